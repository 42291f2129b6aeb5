"""Numbers for the distinct ones of many pairs of integers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from discourse._kernels._jit import jit, plain

Codes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_SLOTS = 2**16  # of a new table
_1, _32 = np.uint64(1), np.uint64(32)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio


@jit
def _slot(pair: np.uint64, last_slot: np.uint64) -> np.uint64:
    """Return where the search for a pair begins, from high bits, which depend on all others."""
    mixed = (pair ^ (pair >> _32)) * _SPREAD
    return (mixed >> _32) & last_slot


@jit
def _number(pairs: Codes, start: int, known: int, slots: Codes, found: Places) -> int:
    """Write the number of each pair, new ones numbered in order; return how many are known.

    It stops where half of the table is filled.

    Parameters
    ----------
    pairs : ndarray of shape (n,), uint64
    start : int
        The first to number.
    known : int
        How many pairs the table holds.
    slots : ndarray of shape (2^k, 2), uint64
        The table: pair, number + 1.
    found : ndarray of shape (n + 1,), int64
        Written over from `start`; the last is where it stopped.
    """
    last_slot = np.uint64(slots.shape[0] - 1)
    most = slots.shape[0] // 2
    for i in range(start, pairs.size):
        slot = _slot(pairs[i], last_slot)
        while slots[slot, 1] != 0 and slots[slot, 0] != pairs[i]:
            slot = (slot + _1) & last_slot
        if slots[slot, 1] == 0:
            if known == most:
                found[-1] = i
                return known
            known += 1
            slots[slot, 0], slots[slot, 1] = pairs[i], np.uint64(known)
        found[i] = np.int64(slots[slot, 1]) - 1
    found[-1] = pairs.size
    return known


def distinct_pairs(pairs: Codes, /) -> tuple[Codes, Places]:
    """Return the distinct pairs, sorted, and the place among them of each.

    Parameters
    ----------
    pairs : ndarray of shape (n,), uint64
        Each of two integers of 32 bits.
    """
    pairs = plain(pairs, np.uint64)
    slots = np.zeros((_SLOTS, 2), np.uint64)
    found = np.zeros(pairs.size + 1, np.int64)
    known = 0
    while True:
        known = _number(pairs, int(found[-1]), known, slots, found)
        own = slots[slots[:, 1] != 0]
        if found[-1] == pairs.size:
            break
        slots = np.zeros((4 * slots.shape[0], 2), np.uint64)
        _number(plain(_in_order(own), np.uint64), 0, 0, slots, np.zeros(known + 1, np.int64))
    in_order = _in_order(own)
    order = np.argsort(in_order)
    place = np.empty(known, np.int64)
    place[order] = np.arange(known)
    return in_order[order], place[found[:-1]]


def _in_order(slots: Codes, /) -> Codes:
    """Return the pairs of filled slots in the order of their numbers."""
    pairs = np.empty(len(slots), np.uint64)
    pairs[slots[:, 1].astype(np.int64) - 1] = slots[:, 0]
    return pairs
