"""Patterns of words, and the parts of words that they match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from discourse import _text
from discourse.errors import DiscourseError

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


@lru_cache(maxsize=200_000)
def part_surfaces(word: str, /) -> tuple[str, ...]:
    """Return the parts of a word as written."""
    return tuple(surface for _, surface, _, _ in _pieces(word))


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
    rank: tuple[int, int]  # how long it is: parts, then literal characters


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
    pieces = tuple(tuple(part.split("*")) for part in parts)
    rank = len(parts), sum(len(piece) for split in pieces for piece in split)
    return Pattern(category, parts, case, pieces, rank)


def _parts_of(word: str, /) -> list[str]:
    """Return the parts of a word of a pattern, by the rules that find the parts of a text."""
    if "*" in word:  # no character of words, so they are split at full stops only
        surfaces = [surface.strip("'’") for surface in word.split(".")]
    else:
        surfaces = [word[start:end] for start, end in _text.word_spans(word)]
    return [piece for surface in surfaces for _, piece, _, _ in _pieces(surface)]


def pattern_fits(pieces: tuple[str, ...], word: str, /) -> bool:
    """Tell whether a word is made of these pieces, in order, with any letters between them.

    Examples
    --------
    >>> [pattern_fits(("sanction", ""), word) for word in ("sanction", "sanctions", "unsanctioned")]
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
