"""A lexicon: categories of patterns, the longest of which wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from discourse import _html
from discourse.corpus import Document
from discourse.errors import DiscourseError
from discourse.labelled import plain
from discourse.lexicon.automaton import State, candidates, occurs
from discourse.lexicon.patterns import (
    Entry,
    Match,
    Part,
    Pattern,
    parse_pattern,
    part_surfaces,
    split_parts,
)
from discourse.record import ReadOnly, digest
from discourse.tokens import token_breaks

_SHOWN = 20  # patterns of a category that a notebook shows


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
    _start: State = field(init=False, repr=False, compare=False)

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
        object.__setattr__(self, "_start", State(patterns, 0))

    def __repr__(self) -> str:
        """Return the name and the sizes."""
        return f"Lexicon({self.name!r}, {len(self.categories)} categories)"

    def _repr_html_(self) -> str:
        """Return the table that notebooks show: categories, how many patterns and the first."""
        rows = [
            (name, len(entries), [_written(entry) for entry in entries[:_SHOWN]])
            for name, entries in self.categories.items()
        ]
        details = {"ignored": len(self.ignore)}
        columns = ["category", "patterns", "first patterns"]
        return _html.table(f"Lexicon {self.name}", (len(rows), 0), columns, rows, details=details)

    def __reduce__(self) -> tuple[object, ...]:
        """Return what rebuilds the lexicon when it is copied or sent to another process."""
        return type(self), (dict(self.categories), self.ignore, self.name)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The entries as they are matched, those of `ignore` first."""
        return self._patterns

    @property
    def digest(self) -> str:
        """SHA-256 over categories and patterns."""
        return digest(repr((p.category, p.parts, p.case)) for p in self._patterns)

    def to_dict(self) -> dict[str, object]:
        """Return the lexicon as plain data, in the form of its files."""
        categories = {
            name: {"patterns": [plain(entry) for entry in entries]}
            for name, entries in self.categories.items()
        }
        return {"ignore": [plain(entry) for entry in self.ignore], "categories": categories}

    def save(self, path: str | Path, /) -> None:
        """Write the lexicon to a file that `load_lexicon` reads; its name becomes the file's.

        Parameters
        ----------
        path : str or Path
            Ends in ".toml", for people, or ".json". What stood there is replaced.

        Raises
        ------
        OptionError
            If the path ends otherwise.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import discourse as ds
        >>> lexicon = ds.Lexicon({"trade": ["tariff*", "free trade"]})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     lexicon.save(pathlib.Path(folder, "mine.toml"))
        ...     ds.load_lexicon(pathlib.Path(folder, "mine.toml"))
        Lexicon('mine', 1 categories)
        """
        from discourse.lexicon.saving import save

        save(self, path)

    def find(self, parts: Sequence[Part], /) -> list[Match]:
        """Return the matches in a sequence of parts, in order, longest first where they overlap."""
        matching = self.fitting(parts)
        matching.sort(key=lambda c: (c[1].rank, -c[0], c[1].category is None), reverse=True)
        taken = [False] * len(parts)
        ranks: dict[tuple[int, int], tuple[int, int]] = {}
        found: set[Match] = set()
        for at, pattern in matching:
            end = at + len(pattern.parts)
            if any(taken[at:end]) and ranks.get((at, end)) != pattern.rank:
                continue
            taken[at:end] = [True] * (end - at)
            if pattern.category is not None:
                ranks[at, end] = pattern.rank
                found.add(Match(at, end, pattern.category))
        return sorted(found)

    def fitting(self, parts: Sequence[Part], /) -> list[tuple[int, Pattern]]:
        """Return every pattern that fits, and where it begins, whatever overlaps it."""
        return list(candidates(self._start, parts))

    def occurs_in(self, words: Iterable[str], /) -> bool:
        """Tell whether a match is possible in a row of words: False if `find` would find none."""
        return occurs(self._start, [surface for w in words for surface in part_surfaces(w)])

    def may_start(self, word: str, /) -> bool:
        """Tell whether a part of a word, as written, may be the first of a pattern."""
        return any(self._start[surface] is not None for surface in part_surfaces(word))


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


def _written(entry: Entry, /) -> str:
    """Return the pattern of an entry, without its options."""
    return entry if isinstance(entry, str) else str(entry["pattern"])
