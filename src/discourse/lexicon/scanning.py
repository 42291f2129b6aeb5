"""The matches of a lexicon in a whole corpus at once, over numbers instead of words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse import _text
from discourse.lexicon.categories import Lexicon
from discourse.lexicon.patterns import Pattern, part_surfaces, pattern_fits
from discourse.tokens import Break, Tokens

if TYPE_CHECKING:
    from discourse._kernels.matches import Patterns

Slot: TypeAlias = tuple[tuple[str, ...], bool]  # the pieces of a part of a pattern; does case count
IntArray: TypeAlias = npt.NDArray[np.int64]


class Hits(NamedTuple):
    """Matches in the tokens of a corpus: first and last token, and the number of the category."""

    first: IntArray
    last: IntArray
    category: IntArray


class _Parts(NamedTuple):
    """The parts of all tokens: their numbers in a vocabulary, borders before them, their tokens."""

    ids: npt.NDArray[np.int32]
    borders: npt.NDArray[np.bool_]
    token: IntArray
    vocabulary: Sequence[str]


def scan(tokens: Tokens, lexicon: Lexicon, /) -> Hits:
    """Return what `Lexicon.find` finds in every clause, in order.

    Each pattern is compared with each distinct word once; the rest is work on arrays.

    Parameters
    ----------
    tokens : Tokens
    lexicon : Lexicon
        Its categories are numbered in their order.
    """
    from discourse._kernels import matches

    parts, patterns = _parts(tokens), lexicon.patterns
    number = {name: i for i, name in enumerate(lexicon.categories)}
    order = {rank: i for i, rank in enumerate(sorted({p.rank for p in patterns}))}
    numbered = _numbered(patterns, parts.vocabulary)
    starts, found = matches.candidates(parts.ids, parts.borders, numbered)
    ends = starts + np.array([len(p.parts) for p in patterns])[found]
    ranks = np.array([order[p.rank] for p in patterns], np.int32)[found]
    category = np.array([-1 if p.category is None else number[p.category] for p in patterns])[found]
    best = np.lexsort((category >= 0, starts, -ranks))
    won = best[matches.settle(starts[best], ends[best], ranks[best], category[best] >= 0)]
    rows = np.unique(np.stack([starts[won], ends[won] - 1, category[won]]), axis=1)
    return Hits(parts.token[rows[0]], parts.token[rows[1]], rows[2])


def _parts(tokens: Tokens, /) -> _Parts:
    """Return the parts of the tokens; what begins a clause or a document has a border before it."""
    split = [part_surfaces(surface) for surface in tokens.vocabulary.surfaces]
    vocabulary = sorted(set(chain.from_iterable(split)))
    number = {surface: i for i, surface in enumerate(vocabulary)}
    of_surface, offsets = _compressed([[number[s] for s in row] for row in split])
    sizes = np.diff(offsets)[tokens.surface_ids]
    token = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(len(token)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    begins = tokens.breaks >= Break.CLAUSE
    begins[tokens.indptr[:-1][tokens.n_tokens > 0]] = True
    borders = np.diff(np.cumsum(begins)[token], prepend=-1) != 0
    ids = of_surface[offsets[tokens.surface_ids[token]] + within]
    return _Parts(ids, borders, token, vocabulary)


def _numbered(patterns: Sequence[Pattern], vocabulary: Sequence[str], /) -> Patterns:
    """Return the patterns over the numbers of the words of a vocabulary."""
    from discourse._kernels.matches import Patterns

    slot_of: dict[Slot, int] = {}
    rows = [
        [slot_of.setdefault((pieces, p.case), len(slot_of)) for pieces in p.pieces]
        for p in patterns
    ]
    by_case = {case: _sorted_forms(vocabulary, case=case) for case in (False, True)}
    words = [_fitting(pieces, *by_case[case]) for pieces, case in slot_of]
    begun: list[list[int]] = [[] for _ in vocabulary]
    for pattern, row in enumerate(rows):
        for word in words[row[0]]:
            begun[word].append(pattern)
    return Patterns(*_compressed(rows), *_compressed(words), *_compressed(begun))


def _sorted_forms(vocabulary: Sequence[str], /, *, case: bool) -> tuple[list[str], list[int]]:
    """Return the words as written or folded, sorted, and the number of each."""
    forms = [surface if case else _text.fold(surface) for surface in vocabulary]
    order = sorted(range(len(forms)), key=forms.__getitem__)
    return [forms[i] for i in order], order


def _fitting(pieces: tuple[str, ...], forms: Sequence[str], order: Sequence[int], /) -> list[int]:
    """Return the numbers of the words that a part of a pattern takes, in ascending order."""
    first = bisect_left(forms, pieces[0])
    if len(pieces) == 1:
        return sorted(order[first : bisect_right(forms, pieces[0])])
    begins = takewhile(lambda i: forms[i].startswith(pieces[0]), range(first, len(forms)))
    return sorted(order[i] for i in begins if pattern_fits(pieces, forms[i]))


def _compressed(rows: Iterable[Sequence[int]], /) -> tuple[npt.NDArray[np.int32], IntArray]:
    """Return rows of numbers one after the other, and where each begins and the last ends."""
    listed = list(rows)
    sizes = np.array([0, *map(len, listed)], np.int64)
    return np.fromiter(chain.from_iterable(listed), np.int32), np.cumsum(sizes)
