"""Lexicons: categories of patterns, and where their patterns occur in a sequence of words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from discourse import _text, seeds_
from discourse.errors import DiscourseError, OptionError, ReadError, did_you_mean
from discourse.record import digest

Entry: TypeAlias = str | Mapping[str, object]


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
    """The parts `start:end` match a pattern of `category`."""

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
    globs: tuple[re.Pattern[str] | None, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """How long the pattern is: parts, then literal characters."""
        return len(self.parts), sum(len(part.replace("*", "")) for part in self.parts)

    def matches(self, parts: Sequence[Part], at: int, /) -> bool:
        """Tell whether the pattern matches the parts from `at` on."""
        if at + len(self.parts) > len(parts):
            return False
        for i, (literal, glob) in enumerate(zip(self.parts, self.globs, strict=True)):
            part = parts[at + i]
            got = part.surface if self.case else part.text
            if (i and part.border) or not (glob.fullmatch(got) if glob else got == literal):
                return False
        return True


def parse_pattern(category: str | None, entry: Entry, /) -> Pattern:
    """Return the pattern of a lexicon entry, which is a string or a table with `pattern`, `case`.

    Raises
    ------
    DiscourseError
        If there is nothing to match in it, or the table has other keys.
    """
    text, case = entry, False
    if isinstance(entry, Mapping):
        if not {"pattern"} <= set(entry) <= {"pattern", "case"}:
            msg = f"a pattern table has the keys 'pattern' and 'case'; got {dict(entry)!r}."
            raise DiscourseError(msg)
        text, case = entry["pattern"], bool(entry.get("case", False))
    if not isinstance(text, str):
        msg = f"a pattern must be a str; got {text!r} in category {category!r}."
        raise DiscourseError(msg)
    words = [piece.strip("'’") for piece in re.split(r"[\s.‐‑-]+", text)]
    words = [re.sub(r"['’ʼ][sS]$", "", word) for word in words if word]
    if not any(word.strip("*") for word in words):
        msg = f"pattern {text!r} in category {category!r} would match every word."
        raise DiscourseError(msg)
    parts = tuple(words if case else map(_text.fold, words))
    return Pattern(category, parts, case, tuple(map(_glob, parts)))


def _glob(part: str, /) -> re.Pattern[str] | None:
    """Return the expression for a part with an asterisk, None for a literal one."""
    return re.compile(".*".join(map(re.escape, part.split("*")))) if "*" in part else None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Categories of patterns: keywords, targets or markers.

    A pattern is one or more words; `*` stands for any letters within a word. Matching ignores
    case, splits hyphens and strips possessive 's; an entry ``{"pattern": "US", "case": True}``
    matches as written. Where patterns overlap the longest wins; a pattern listed in two
    categories counts for both.

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
    _first: Mapping[str, tuple[Pattern, ...]] = field(init=False, repr=False, compare=False)
    _globs: tuple[Pattern, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Parse the patterns, and index them by their first part."""
        first: dict[str, list[Pattern]] = {}
        globs: list[Pattern] = []
        for pattern in self._patterns():
            if pattern.globs[0] is None:
                first.setdefault(_text.fold(pattern.parts[0]), []).append(pattern)
            else:
                globs.append(pattern)
        index = {key: tuple(patterns) for key, patterns in first.items()}
        object.__setattr__(self, "_first", MappingProxyType(index))
        object.__setattr__(self, "_globs", tuple(globs))

    def _patterns(self) -> list[Pattern]:
        """Return every pattern, with the checks of the categories."""
        if not self.categories:
            msg = f"lexicon {self.name!r} has no category."
            raise DiscourseError(msg)
        patterns = [parse_pattern(None, entry) for entry in self.ignore]
        for category, entries in self.categories.items():
            if isinstance(entries, str) or not entries:
                msg = f"category {category!r} must be a list of patterns; got {entries!r}."
                raise DiscourseError(msg)
            patterns += [parse_pattern(category, entry) for entry in entries]
        return patterns

    @property
    def digest(self) -> str:
        """SHA-256 over categories and patterns."""
        entries = [(c, repr(e)) for c, entries in self.categories.items() for e in entries]
        return digest([*(text for entry in entries for text in entry), *map(repr, self.ignore)])

    def find(self, parts: Sequence[Part], /) -> list[Match]:
        """Return the matches in a sequence of parts, in order, longest first where they overlap."""
        candidates = self._candidates(parts)
        candidates.sort(key=lambda c: (c[1].rank, -c[0]), reverse=True)
        taken = [False] * len(parts)
        found: set[Match] = set()
        places: set[tuple[int, int]] = set()
        for at, pattern in candidates:
            end = at + len(pattern.parts)
            if (at, end) not in places and any(taken[at:end]):
                continue
            places.add((at, end))
            taken[at:end] = [True] * (end - at)
            if pattern.category is not None:
                found.add(Match(at, end, pattern.category))
        return sorted(found)

    def _candidates(self, parts: Sequence[Part], /) -> list[tuple[int, Pattern]]:
        """Return every pattern at every place where it matches."""
        starts: dict[str, tuple[Pattern, ...]] = {}
        candidates: list[tuple[int, Pattern]] = []
        for at, part in enumerate(parts):
            if part.text not in starts:
                starts[part.text] = self._starting_with(part.text)
            candidates += [(at, p) for p in starts[part.text] if p.matches(parts, at)]
        return candidates

    def _starting_with(self, text: str, /) -> tuple[Pattern, ...]:
        """Return the patterns whose first part may match this word."""
        globs = (
            pattern
            for pattern in self._globs
            if pattern.case or (pattern.globs[0] is not None and pattern.globs[0].fullmatch(text))
        )
        return (*self._first.get(text, ()), *globs)


def load_lexicon(source: str | Path, /) -> Lexicon:
    """Return a lexicon from a TOML file, or one that comes with the library.

    Parameters
    ----------
    source : str or Path
        "foreign-policy" (targets), or the path of a file with a table
        ``[categories.NAME]`` and a list ``patterns`` for each category; an optional top-level
        list ``ignore``.

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
    path = Path(source)
    if path.suffix == ".toml" and path.is_file():
        return _from_toml(path, path.stem)
    name = str(source)
    known = seeds_.names("targets", ".toml")
    if name not in known:
        hint = did_you_mean(name, known)
        listed = ", ".join(map(repr, known))
        msg = (
            f"no target set or lexicon {name!r}: give one of {listed}, "
            f"the path of a .toml file, or a Lexicon.{hint}"
        )
        raise OptionError("lexicon", msg)
    return _from_toml(seeds_.file("targets", name, ".toml"), name)


@lru_cache(maxsize=32)
def _from_toml(path: Path, name: str, /) -> Lexicon:
    """Return the lexicon of one file."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        categories = {key: table["patterns"] for key, table in content["categories"].items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadError(str(path), f"is not TOML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        reason = "needs a table [categories.NAME] with a list 'patterns' for each category."
        raise ReadError(str(path), reason) from error
    return Lexicon(categories, content.get("ignore", ()), name)


def as_lexicon(value: Lexicon | Mapping[str, Sequence[Entry]] | str | Path, /) -> Lexicon:
    """Return a lexicon from a Lexicon, a mapping of categories to patterns, a name or a path."""
    if isinstance(value, Lexicon):
        return value
    if isinstance(value, Mapping):
        return Lexicon(value)
    return load_lexicon(value)
