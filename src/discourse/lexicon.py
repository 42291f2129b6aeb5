"""Lexicons: categories of patterns, and where their patterns occur in a sequence of words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias, cast, get_args

from discourse import _text, seeds_
from discourse.corpus import Document
from discourse.errors import DiscourseError, OptionError, ReadError, check_option, did_you_mean
from discourse.record import ReadOnly, digest
from discourse.tokens import token_breaks

Entry: TypeAlias = str | Mapping[str, object]
Kind: TypeAlias = Literal["targets", "markers"]


class Part(NamedTuple):
    """A piece of a word as a lexicon sees it.

    `text` is folded, `surface` as written; `start` and `end` are offsets into the token of number
    `token`; `border` tells that punctuation stands before it, which no pattern runs across.
    """

    text: str
    surface: str
    token: int
    start: int
    end: int
    border: bool


class Match(NamedTuple):
    """A pattern of `category` matches from `start` to `end`: parts, or code points of a text."""

    start: int
    end: int
    category: str


@lru_cache(maxsize=200_000)
def _pieces(surface: str, /) -> tuple[tuple[str, str, int, int], ...]:
    """Return text, surface, start and end of each part of a word."""
    return tuple(
        (_text.fold(surface[a:b]), surface[a:b], a, b) for a, b in _text.part_spans(surface)
    )


def split_parts(surfaces: Iterable[str], breaks: Iterable[int], /) -> list[Part]:
    """Return the parts of a sequence of words.

    Parameters
    ----------
    surfaces : iterable of str
        Words as written.
    breaks : iterable of int
        The border before each word; 0 is none.
    """
    return [
        Part(text, piece, token, start, end, bool(border) and i == 0)
        for token, (surface, border) in enumerate(zip(surfaces, breaks, strict=True))
        for i, (text, piece, start, end) in enumerate(_pieces(surface))
    ]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern: as many matchers as it has parts."""

    category: str | None  # None: an entry of `ignore`
    parts: tuple[str, ...]
    case: bool
    pieces: tuple[tuple[str, ...], ...]  # of each part, what stands between its asterisks

    @property
    def rank(self) -> tuple[int, int]:
        """How long the pattern is: parts, then literal characters."""
        return len(self.parts), sum(len(part.replace("*", "")) for part in self.parts)

    def matches(self, parts: Sequence[Part], at: int, /) -> bool:
        """Tell whether the pattern matches the parts from `at` on."""
        if at + len(self.parts) > len(parts):
            return False
        for i, pieces in enumerate(self.pieces):
            part = parts[at + i]
            got = part.surface if self.case else part.text
            if (i and part.border) or not _fits(pieces, got):
                return False
        return True


def parse_pattern(category: str | None, entry: Entry, /) -> Pattern:
    """Return the pattern of a lexicon entry, which is a string or a table with `pattern`, `case`.

    Raises
    ------
    DiscourseError
        If there is nothing to match in it, or the table has other keys.
    """
    table: Mapping[str, object] = entry if isinstance(entry, Mapping) else {"pattern": entry}
    if not {"pattern"} <= set(table) <= {"pattern", "case"}:
        msg = f"a pattern table has the keys 'pattern' and 'case'; got {dict(table)!r}."
        raise DiscourseError(msg)
    text, case = table["pattern"], table.get("case", False)
    if not isinstance(text, str) or not isinstance(case, bool):
        msg = f"a pattern must be a str and case a bool; got {entry!r} in category {category!r}."
        raise DiscourseError(msg)
    written = [part for word in text.split() for part in _parts_of(word)]
    if not any(part.strip("*") for part in written):
        msg = f"pattern {text!r} in category {category!r} would match every word, or none."
        raise DiscourseError(msg)
    parts = tuple(written if case else map(_text.fold, written))
    return Pattern(category, parts, case, tuple(tuple(part.split("*")) for part in parts))


def _parts_of(word: str, /) -> list[str]:
    """Return the parts of a word of a pattern, by the rules that find the parts of a text."""
    if "*" in word:  # no character of words, so they are split at full stops only
        surfaces = [surface.strip("'’") for surface in word.split(".")]
    else:
        surfaces = [word[start:end] for start, end in _text.word_spans(word)]
    return [piece for surface in surfaces for _, piece, _, _ in _pieces(surface)]


def _fits(pieces: tuple[str, ...], word: str, /) -> bool:
    """Tell whether a word is made of these pieces, in order, with any letters between them.

    Examples
    --------
    >>> [_fits(("sanction", ""), word) for word in ("sanction", "sanctions", "unsanctioned")]
    [True, True, False]
    """
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return word == first
    at, end = len(first), len(word) - len(last)
    if at > end or not (word.startswith(first) and word.endswith(last)):
        return False
    for piece in pieces[1:-1]:  # the leftmost place leaves most room for the rest
        found = word.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Categories of patterns: keywords, targets or markers.

    A pattern is one or more words; `*` stands for any letters within a word. Matching ignores
    case, splits hyphens and strips possessive 's; an entry ``{"pattern": "US", "case": True}``
    matches as written. Where patterns overlap the longest wins, by words and then by letters; a
    pattern listed in two categories counts for both, one listed in `ignore` too for none.

    Attributes
    ----------
    categories : mapping of str to sequence of str or table
        Patterns by category.
    ignore : sequence of str or table
        Patterns that win as any other but count for nothing ("developing countries").
    name : str
        For display and records.

    Raises
    ------
    DiscourseError
        If there is no category, a category has no pattern, or a pattern matches every word.

    Examples
    --------
    >>> import discourse as ds
    >>> lexicon = ds.Lexicon({"trade": ["tariff*", "free trade"]}, name="mine")
    >>> ds.keyword_vectors(["Free trade, no tariffs."], lexicon, per=None).values.toarray()
    array([[2.]])
    """

    categories: Mapping[str, Sequence[Entry]]
    ignore: Sequence[Entry] = ()
    name: str = "custom"
    _patterns: tuple[Pattern, ...] = field(init=False, repr=False, compare=False)
    _starting: Callable[[str], tuple[Pattern, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the categories and parse their patterns; what is given may change afterwards."""
        if not isinstance(self.categories, Mapping) or not self.categories:  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"lexicon {self.name!r} has no category: it maps categories to lists of patterns."
            raise DiscourseError(msg)
        categories = {k: _listed(f"category {k!r}", own) for k, own in self.categories.items()}
        ignore = _listed("ignore", self.ignore) if self.ignore else ()
        object.__setattr__(self, "categories", ReadOnly(categories))
        object.__setattr__(self, "ignore", ignore)
        patterns = [parse_pattern(None, entry) for entry in ignore]
        patterns += [parse_pattern(name, e) for name, listed in categories.items() for e in listed]
        object.__setattr__(self, "_patterns", tuple(patterns))
        object.__setattr__(self, "_starting", _index(patterns))

    def __repr__(self) -> str:
        """Return the name and the sizes."""
        return f"Lexicon({self.name!r}, {len(self.categories)} categories)"

    def __reduce__(self) -> tuple[object, ...]:
        """Return what rebuilds the lexicon when it is copied or sent to another process."""
        return type(self), (dict(self.categories), self.ignore, self.name)

    @property
    def digest(self) -> str:
        """SHA-256 over categories and patterns."""
        return digest(repr((p.category, p.parts, p.case)) for p in self._patterns)

    def find(self, parts: Sequence[Part], /) -> list[Match]:
        """Return the matches in a sequence of parts, in order, longest first where they overlap."""
        candidates = [
            (at, pattern)
            for at, part in enumerate(parts)
            for pattern in self.starting_with(part.text)
            if pattern.matches(parts, at)
        ]
        candidates.sort(key=lambda c: (c[1].rank, -c[0], c[1].category is None), reverse=True)
        taken = [False] * len(parts)
        ranks: dict[tuple[int, int], tuple[int, int]] = {}
        found: set[Match] = set()
        for at, pattern in candidates:
            end = at + len(pattern.parts)
            if any(taken[at:end]) and ranks.get((at, end)) != pattern.rank:
                continue
            taken[at:end] = [True] * (end - at)
            if pattern.category is not None:
                ranks[at, end] = pattern.rank
                found.add(Match(at, end, pattern.category))
        return sorted(found)

    def starting_with(self, text: str, /) -> tuple[Pattern, ...]:
        """Return the patterns whose first part may match a part of this folded text."""
        return self._starting(text)


def _index(patterns: Iterable[Pattern], /) -> Callable[[str], tuple[Pattern, ...]]:
    """Return what finds the patterns that a folded part may start, and remembers them."""
    literal: dict[str, list[Pattern]] = {}
    globs: list[Pattern] = []
    for pattern in patterns:
        if len(pattern.pieces[0]) == 1:
            literal.setdefault(_text.fold(pattern.parts[0]), []).append(pattern)
        else:
            globs.append(pattern)

    @lru_cache(maxsize=100_000)
    def starting(text: str, /) -> tuple[Pattern, ...]:
        matching = (p for p in globs if p.case or _fits(p.pieces[0], text))
        return (*literal.get(text, ()), *matching)

    return starting


def _listed(name: str, entries: object, /) -> tuple[Entry, ...]:
    """Return the patterns of a category, which must be a list of them."""
    is_list = isinstance(entries, Iterable) and not isinstance(entries, (str, Mapping))
    listed = tuple(cast("Iterable[Entry]", entries)) if is_list else ()
    if not listed:
        msg = f"{name} must be a list of patterns; got {entries!r}."
        raise DiscourseError(msg)
    return listed


def find_spans(
    document: Document, spans: Sequence[tuple[int, int]], lexicon: Lexicon, /
) -> list[Match]:
    """Return the matches in a document whose words have these spans, in code points of its text."""
    surfaces = [document.text[start:end] for start, end in spans]
    parts = split_parts(surfaces, token_breaks(document, spans))
    places = [(spans[p.token][0] + p.start, spans[p.token][0] + p.end) for p in parts]
    found = lexicon.find(parts)
    return [Match(places[first][0], places[end - 1][1], name) for first, end, name in found]


def load_lexicon(source: str | Path, /, *, kind: Kind | None = None) -> Lexicon:
    """Return a lexicon from a TOML file, or one that comes with the library.

    Parameters
    ----------
    source : str or Path
        "foreign-policy" (targets), "english" (markers), or the path of a file with a table
        ``[categories.NAME]`` and a list ``patterns`` for each category, `ignore` above them.
    kind : {"targets", "markers"}, optional
        Which of the lexicons that come with the library a name refers to; by default the targets,
        then the markers.

    Raises
    ------
    OptionError
        If it is neither a known name nor a file.
    ReadError
        If the file is no lexicon.

    Examples
    --------
    >>> import discourse as ds
    >>> "sanctions" in ds.load_lexicon("foreign-policy").categories
    True
    """
    if not isinstance(source, (str, Path)):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"source must be the name of a lexicon or a path; got {type(source).__name__}."
        raise OptionError("source", msg)
    if kind is not None:
        check_option("kind", kind, get_args(Kind))
    path = Path(source).expanduser()
    if path.suffix == ".toml" and path.is_file():
        return _from_toml(path)
    kinds: tuple[Kind, ...] = get_args(Kind) if kind is None else (kind,)
    kind_of = {name: k for k in reversed(kinds) for name in seeds_.names(k, ".toml")}
    name = str(source)
    if name not in kind_of:
        listed = " or ".join(
            f"{', '.join(map(repr, seeds_.names(k, '.toml')))} ({k})" for k in kinds
        )
        msg = (
            f"no lexicon {name!r:.100}: give {listed}, the path of a .toml file, or a Lexicon."
            f"{did_you_mean(name, kind_of)}"
        )
        raise OptionError("lexicon", msg)
    return _seed(kind_of[name], name)


@cache
def _seed(kind: Kind, name: str, /) -> Lexicon:
    """Return a lexicon that comes with the library."""
    return _from_toml(seeds_.file(kind, name, ".toml"))


def _from_toml(path: Path, /) -> Lexicon:
    """Return the lexicon of one file."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        categories = {k: _patterns_of(table) for k, table in content["categories"].items()}
        return Lexicon(categories, content.get("ignore", ()), path.stem)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadError(str(path), f"is not TOML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        reason = (
            "needs a table [categories.NAME] for each category, with a list 'patterns' and "
            "nothing else than a 'description'; 'ignore' stands above the first of them."
        )
        raise ReadError(str(path), reason) from error
    except DiscourseError as error:
        raise ReadError(str(path), str(error)) from error


def _patterns_of(table: dict[str, Any], /) -> Any:
    """Return the patterns of a category; a list `ignore` below its heading would be lost."""
    for key in set(table) - {"patterns", "description"}:
        raise KeyError(key)
    return table["patterns"]


def as_lexicon(value: Lexicon | Mapping[str, Sequence[Entry]] | str | Path, /) -> Lexicon:
    """Return a lexicon from a Lexicon, a mapping of categories to patterns, a name or a path."""
    if isinstance(value, Lexicon):
        return value
    if isinstance(value, Mapping):
        return Lexicon(value)
    if isinstance(value, (str, Path)):  # pyright: ignore[reportUnnecessaryIsInstance]
        return load_lexicon(value)
    msg = (
        "lexicon must be a Lexicon, a mapping of categories to patterns, a name or a path; "
        f"got {type(value).__name__}."
    )
    raise OptionError("lexicon", msg)
