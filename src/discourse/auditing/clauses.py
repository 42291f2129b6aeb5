"""Every entry of a lexicon, and the clauses of a corpus in which its patterns win or lose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from discourse.corpus import Document
from discourse.lexicon import Entry, Lexicon, Part, Pattern, parse_pattern, split_parts
from discourse.tokens import token_breaks

Span: TypeAlias = tuple[int, int]
Matches: TypeAlias = frozenset[tuple[Span, str]]  # spans of parts, with their categories


class Listed(NamedTuple):
    """An entry of a lexicon as it is written; its pattern has no category in `ignore`."""

    entry: Entry
    pattern: Pattern

    @property
    def text(self) -> str:
        """The pattern as written."""
        return self.entry if isinstance(self.entry, str) else str(self.entry["pattern"])


def list_entries(lexicon: Lexicon, /) -> tuple[Listed, ...]:
    """Return the entries of a lexicon in order, those of `ignore` first, each pattern once."""
    listed: list[tuple[str | None, Entry]] = [(None, entry) for entry in lexicon.ignore]
    listed += [(name, entry) for name, own in lexicon.categories.items() for entry in own]
    by_pattern: dict[Pattern, Listed] = {}
    for name, entry in listed:
        pattern = parse_pattern(name, entry)
        by_pattern.setdefault(pattern, Listed(entry, pattern))
    return tuple(by_pattern.values())


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between punctuation, in parts, with what matches there.

    Attributes
    ----------
    doc : str
    parts : sequence of Part
    places : sequence of (int, int)
        Spans of the parts in the document.
    won : mapping of span to tuple of int
        For each span of parts that is taken, the numbers of the entries that match it.
    lost : tuple of (span, int)
        Where other entries match, of which nothing counts.
    """

    doc: str
    parts: Sequence[Part]
    places: Sequence[Span]
    won: dict[Span, tuple[int, ...]]
    lost: tuple[tuple[Span, int], ...]

    def place(self, span: Span, /) -> Span:
        """Return the span in the document of a span of parts."""
        return self.places[span[0]][0], self.places[span[1] - 1][1]

    def rivals(self, span: Span, /) -> tuple[int, ...]:
        """Return the numbers of the entries that win where a span loses."""
        start, end = span
        overlapping = (taken for taken in self.won if taken[0] < end and start < taken[1])
        return tuple(number for taken in overlapping for number in self.won[taken])


class Matcher:
    """The entries of a lexicon as categories of their own, which changes no span that is taken.

    Categories play no part in what wins: the longest does, and equals share a span. So every
    entry can be told apart, those of `ignore` too, and a lexicon of the candidates of a clause
    finds what the whole lexicon finds there.
    """

    def __init__(self, lexicon: Lexicon, /) -> None:
        self.entries = list_entries(lexicon)
        self._whole = self._lexicon(range(len(self.entries)))
        self._some = lru_cache(maxsize=10_000)(self._lexicon)

    def _lexicon(self, numbers: Sequence[int], /) -> Lexicon:
        return Lexicon({str(number): [self.entries[number].entry] for number in numbers})

    def clauses(self, document: Document, words: Sequence[Span], /) -> Iterator[Clause]:
        """Yield the clauses of a document, whose words have these spans, in which some match."""
        surfaces = [document.text[start:end] for start, end in words]
        parts = split_parts(surfaces, token_breaks(document, words))
        starts = [i for i, part in enumerate(parts) if part.border or i == 0]
        for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
            own = parts[start:end]
            candidates = self._candidates(own)
            if candidates:
                places = [(words[p.token][0] + p.start, words[p.token][0] + p.end) for p in own]
                won = self._won(self._whole, own)
                lost = [c for c in candidates if c[1] not in won.get(c[0], ())]
                yield Clause(document.id, own, places, won, tuple(lost))

    def _candidates(self, parts: Sequence[Part], /) -> list[tuple[Span, int]]:
        """Return every match of every entry, whatever overlaps it."""
        return [
            ((at, at + len(pattern.parts)), int(pattern.category or 0))
            for at, pattern in self._whole.fitting(parts)
        ]

    def _won(self, lexicon: Lexicon, parts: Sequence[Part], /) -> dict[Span, tuple[int, ...]]:
        """Return the entries that win, by the span of parts that they take."""
        won: dict[Span, list[int]] = {}
        for start, end, number in lexicon.find(parts):
            won.setdefault((start, end), []).append(int(number))
        return {span: self._counted(numbers) for span, numbers in won.items()}

    def _counted(self, numbers: Sequence[int], /) -> tuple[int, ...]:
        """Return those of equal entries that count: those of `ignore`, if there are any."""
        ignored = [n for n in numbers if self.entries[n].pattern.category is None]
        return tuple(sorted(ignored or numbers))

    def matches(self, clause: Clause, /, without: int | None = None) -> Matches:
        """Return the matches in a clause, or those that there would be without an entry."""
        won = clause.won
        if without is not None:
            numbers = {n for own in won.values() for n in own} | {n for _, n in clause.lost}
            rest = tuple(sorted(numbers - {without}))
            won = self._won(self._some(rest), clause.parts) if rest else {}
        return frozenset(
            (span, category)
            for span, own in won.items()
            for number in own
            if (category := self.entries[number].pattern.category) is not None
        )
