"""Where patterns of several words stand in a row of numbered words, and which of them win."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from discourse._kernels._jit import jit, plain

Ids = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]


class Patterns(NamedTuple):
    """Patterns whose slots are sets of word numbers.

    Pattern p has the slots ``slots[slot_ptr[p]:slot_ptr[p + 1]]``; slot s takes the words
    ``words[word_ptr[s]:word_ptr[s + 1]]``, in ascending order; word w begins the patterns
    ``begun[begun_ptr[w]:begun_ptr[w + 1]]``.
    """

    slots: Ids
    slot_ptr: Offsets
    words: Ids
    word_ptr: Offsets
    begun: Ids
    begun_ptr: Offsets


def candidates(
    ids: Ids, borders: npt.NDArray[np.bool_], patterns: Patterns, /
) -> tuple[Offsets, Ids]:
    """Return where patterns match and which, in order of place; none runs across a border.

    Parameters
    ----------
    ids : ndarray of shape (n_words,), int32
    borders : ndarray of shape (n_words,), bool
        Whether a border stands before each word.
    patterns : Patterns
    """
    places, found = np.empty(0, np.int64), np.empty(0, np.int32)
    while True:
        n = _candidates(
            plain(ids, np.int32),
            plain(borders, np.bool_),
            plain(patterns.slots, np.int32),
            plain(patterns.slot_ptr, np.int64),
            plain(patterns.words, np.int32),
            plain(patterns.word_ptr, np.int64),
            plain(patterns.begun, np.int32),
            plain(patterns.begun_ptr, np.int64),
            places,
            found,
        )
        if n <= len(places):
            return places, found
        places, found = np.empty(n, np.int64), np.empty(n, np.int32)


@jit
def _takes(slot: int, wanted: int, words: Ids, word_ptr: Offsets) -> bool:
    """Tell whether a slot takes a word, whose place is halved until it is found."""
    low, high = word_ptr[slot], word_ptr[slot + 1]
    while low < high:
        middle = (low + high) // 2
        if words[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return bool(low < word_ptr[slot + 1] and words[low] == wanted)


@jit
def _candidates(
    ids: Ids,
    borders: npt.NDArray[np.bool_],
    slots: Ids,
    slot_ptr: Offsets,
    words: Ids,
    word_ptr: Offsets,
    begun: Ids,
    begun_ptr: Offsets,
    places: Offsets,
    found: Ids,
) -> int:
    """Count the matches, and note as many as there is room for."""
    n = 0
    for at in range(len(ids)):
        for k in range(begun_ptr[ids[at]], begun_ptr[ids[at] + 1]):
            pattern = int(begun[k])
            first = slot_ptr[pattern]
            length = slot_ptr[pattern + 1] - first
            fits = at + length <= len(ids)
            i = 1
            while fits and i < length:
                inside = _takes(int(slots[first + i]), int(ids[at + i]), words, word_ptr)
                fits = inside and not borders[at + i]
                i += 1
            if fits:
                if n < len(places):
                    places[n] = at
                    found[n] = pattern
                n += 1
    return n


def settle(
    starts: Offsets, ends: Offsets, ranks: Ids, counted: npt.NDArray[np.bool_], /
) -> npt.NDArray[np.bool_]:
    """Return which candidates win, given best first: those of which no word is taken before.

    Those with the rank and the words of a winner win beside it; one that is not `counted` takes
    its words and wins nothing.
    """
    n_words = int(ends.max(initial=0))
    kept = np.zeros(len(starts), np.bool_)
    holder = np.full(n_words, -1, np.int64)
    words = plain(starts, np.int64), plain(ends, np.int64)
    _settle(*words, plain(ranks, np.int32), plain(counted, np.bool_), holder, kept)
    return kept


@jit
def _settle(
    starts: Offsets,
    ends: Offsets,
    ranks: Ids,
    counted: npt.NDArray[np.bool_],
    holder: Offsets,
    kept: npt.NDArray[np.bool_],
) -> None:
    """Give each word to the first candidate that claims it; `holder` starts as -1."""
    for c in range(len(starts)):
        free = True
        for i in range(starts[c], ends[c]):
            free = free and holder[i] < 0
        if free:
            for i in range(starts[c], ends[c]):
                holder[i] = c
            kept[c] = counted[c]
        else:
            other = holder[starts[c]]
            if other >= 0:
                same = starts[other] == starts[c] and ends[other] == ends[c]
                kept[c] = counted[c] and kept[other] and same and ranks[other] == ranks[c]
