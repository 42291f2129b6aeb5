"""Counts of word sequences, which form a tree: each is a shorter one and a last word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from discourse.tokens import LARGE, Tokens, places

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Places = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint64]

_32 = np.uint64(32)
_WORDS = LARGE // 6  # beyond which loading numba is worth it


@dataclass(frozen=True, slots=True)
class _Level:
    """The sequences of one length.

    Attributes
    ----------
    parents, last : ndarray of shape (n,), int64
        The sequence without its last word, among those one shorter, and that word. Sorted by both,
        and so as tuples of words are.
    found : ndarray of shape (n_found,), int64
        Which sequence there is at each place that one fits into.
    at : ndarray of shape (n_found,), int64
        The token at which it begins.
    """

    parents: Places
    last: Places
    found: Places
    at: Places


def count_sequences(
    tokens: Tokens, unit_of: Places, shortest: int, longest: int, /
) -> tuple[csr_array[np.int64, tuple[int, int]], tuple[str, ...]]:
    """Return how often each document has each sequence of words, and the sequences.

    Parameters
    ----------
    tokens : Tokens
    unit_of : ndarray of shape (n_tokens,), int64
        Ascending; no sequence runs from one unit into another.
    shortest, longest : int
        Numbers of words.
    """
    types = tokens.vocabulary.types
    levels = _grown(tokens.ids.astype(np.int64), unit_of, longest, len(types))
    numbers = _preorder(levels, shortest)
    names = _names(levels, types)[shortest - 1 :]
    columns = numbers[shortest - 1 :]
    n = sum(map(len, names))
    named = np.empty(n, object)
    for column, name in zip(columns, names, strict=True):
        named[column] = name
    features: list[str] = named.tolist()
    if any(
        a >= b for a, b in pairwise(features)
    ):  # words of a tokenizer that leaves spaces in them
        ordered = sorted(set(features))
        place = places(features, ordered)
        columns, features = [place[column].astype(np.int64) for column in columns], ordered
    counts = _counted(tokens, levels[shortest - 1 :], columns, len(features))
    return counts, tuple(features)


def _grown(ids: Places, unit_of: Places, longest: int, n_types: int, /) -> list[_Level]:
    """Return the sequences of each length up to the longest."""
    everything = np.arange(n_types)
    levels = [_Level(np.zeros(n_types, np.int64), everything, ids, np.arange(len(ids)))]
    for n in range(2, longest + 1):
        shorter = levels[-1]
        ends = shorter.at + n - 1
        fits = ends < len(ids)
        fits[fits] = unit_of[shorter.at[fits]] == unit_of[ends[fits]]
        at = shorter.at[fits]
        pairs = shorter.found[fits].astype(np.uint64) << _32 | ids[at + n - 1].astype(np.uint64)
        sequences, found = _distinct(pairs)
        parents = (sequences >> _32).astype(np.int64)
        last = (sequences & np.uint64(2**32 - 1)).astype(np.int64)
        levels.append(_Level(parents, last, found, at))
    return levels


def _distinct(pairs: Codes, /) -> tuple[Codes, Places]:
    """Return the distinct pairs, sorted, and the place among them of each."""
    if len(pairs) < _WORDS:
        sequences, found = np.unique(pairs, return_inverse=True)
        return sequences, found.astype(np.int64)
    from discourse._kernels.pairing import distinct_pairs

    return distinct_pairs(pairs)


def _preorder(levels: Sequence[_Level], shortest: int, /) -> list[Places]:
    """Return the number of each sequence, one before those that it begins, those too short none.

    A space sorts before whatever a word holds, so this is the order of the sequences as strings.
    """
    own = [int(n >= shortest) for n in range(1, len(levels) + 1)]
    sizes = [np.full(len(level.last), one) for level, one in zip(levels, own, strict=True)]
    for n in range(len(levels) - 1, 0, -1):
        np.add.at(sizes[n - 1], levels[n].parents, sizes[n])
    first = np.cumsum(sizes[0]) - sizes[0]
    numbers = [first]
    for n in range(1, len(levels)):
        parents = levels[n].parents
        before = np.cumsum(sizes[n]) - sizes[n]
        eldest = np.searchsorted(parents, parents)
        numbers.append(numbers[-1][parents] + own[n - 1] + before - before[eldest])
    return numbers


def _names(levels: Sequence[_Level], types: Sequence[str], /) -> list[list[str]]:
    """Return the sequences of each length as strings."""
    names = [list(types)]
    for level in levels[1:]:
        shorter = names[-1]
        both = zip(level.parents.tolist(), level.last.tolist(), strict=True)
        names.append([f"{shorter[parent]} {types[last]}" for parent, last in both])
    return names


def _counted(
    tokens: Tokens, levels: Sequence[_Level], columns: Sequence[Places], n_columns: int, /
) -> csr_array[np.int64, tuple[int, int]]:
    """Return the matrix of the sequences of some lengths."""
    from scipy.sparse import csr_array

    total = csr_array((len(tokens), n_columns), dtype=np.int64)
    for level, column in zip(levels, columns, strict=True):
        borders = np.searchsorted(level.at, tokens.indptr)
        ones = np.ones(len(level.at), np.int64)
        counts = csr_array((ones, column[level.found], borders), shape=total.shape)
        counts.sum_duplicates()
        total = total + counts
    return total
