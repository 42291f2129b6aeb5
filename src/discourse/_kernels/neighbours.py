"""The best values of every row and column of blocks, kept as they go by."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from discourse._kernels._jit import jit, plain

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]

NOBODY = 2**62  # in the place of a neighbour not yet found: greater than every number of one


class Best(NamedTuple):
    """The best neighbours of every document so far, as one heap a row whose root is the worst.

    Attributes
    ----------
    keys : ndarray of shape (n_docs, k), float64
        Greater is better.
    ids : ndarray of shape (n_docs, k), int64
        Of two with one key the lower number is better.
    worst : ndarray of shape (n_docs,), float64
        The keys of the roots.
    """

    keys: Floats
    ids: Ids
    worst: Floats


def nobody(n_docs: int, k: int, least: float, /) -> Best:
    """Return heaps that take every key of at least `least`."""
    keys = np.full((n_docs, k), least)
    return Best(keys, np.full((n_docs, k), NOBODY, np.int64), keys[:, 0].copy())


def offer(
    keys: Floats, start: int, groups: tuple[Ids, Ids], wanted: int, best: Best, /, *, both: bool
) -> None:
    """Offer a block of keys to the heaps.

    Parameters
    ----------
    keys : ndarray of shape (n_rows, n_columns)
        Of rows ``start, start + 1, ...`` and columns ``0, 1, ...``; NaN is passed over.
    start : int
    groups : (ndarray of shape (n,), ndarray of shape (m,)), int64
        Of all row and column documents.
    wanted : int
        1 for pairs of one group only, -1 for pairs of two groups only, 0 for all.
    best : Best
        Changed in place.
    both : bool
        Rows and columns are the same documents: only columns before the row count, and each is
        offered the row in turn.
    """
    rows, columns = (plain(side, np.int64) for side in groups)
    _offer(plain(keys), start, rows, columns, wanted, *best, both)


@jit
def _offer(
    block: Floats,
    start: int,
    row_groups: Ids,
    column_groups: Ids,
    wanted: int,
    keys: Floats,
    ids: Ids,
    worst: Floats,
    both: bool,  # noqa: FBT001 - compiled code takes plain arguments, by position
) -> None:
    """Walk through the block once; few values get beyond the first comparison."""
    for r in range(block.shape[0]):
        i = start + r
        values = block[r]
        n = min(i, values.size) if both else values.size
        for j in range(n):
            key = values[j]
            if not (key >= worst[i] or (both and key >= worst[j])):
                continue
            same = row_groups[i] == column_groups[j]
            if (wanted > 0 and not same) or (wanted < 0 and same):
                continue
            _push(keys, ids, worst, i, key, j)
            if both:
                _push(keys, ids, worst, j, key, i)


@jit
def _push(keys: Floats, ids: Ids, worst: Floats, row: int, key: float, number: int) -> None:
    """Put a neighbour in the place of the worst one, if it is better, and restore the heap."""
    heap, names = keys[row], ids[row]
    if key < heap[0] or (key == heap[0] and number >= names[0]):
        return
    at = 0
    while True:
        child = 2 * at + 1
        if child >= heap.size:
            break
        if child + 1 < heap.size and (
            heap[child + 1] < heap[child]
            or (heap[child + 1] == heap[child] and names[child + 1] > names[child])
        ):
            child += 1
        if key < heap[child] or (key == heap[child] and number > names[child]):
            break
        heap[at], names[at] = heap[child], names[child]
        at = child
    heap[at], names[at] = key, number
    worst[row] = heap[0]


def ranked(parts: list[Best], /) -> tuple[Floats, Ids]:
    """Return keys and numbers of the best in all parts, best first, of shape (n_docs, k)."""
    keys = np.concatenate([part.keys for part in parts], axis=1)
    ids = np.concatenate([part.ids for part in parts], axis=1)
    k = parts[0].keys.shape[1]
    order = np.lexsort((ids, -keys))[:, :k]
    return np.take_along_axis(keys, order, axis=1), np.take_along_axis(ids, order, axis=1)
