"""The identifiers that occurred, kept as hashes, in a few bytes each."""

from __future__ import annotations

from array import array

_FIRST = 1 << 10  # slots; a power of two, as are all sizes after it


class Identifiers:
    """The identifiers seen so far, of which the 64-bit hashes alone are kept.

    Two different ones among ten million are taken for the same with probability 3e-6.

    Examples
    --------
    >>> seen = Identifiers()
    >>> seen.add("a"), seen.add("b"), seen.add("a"), len(seen)
    (True, True, False, 2)
    """

    __slots__ = ("_n", "_slots")

    def __init__(self) -> None:
        self._slots = array("q", [0]) * _FIRST
        self._n = 0

    def __len__(self) -> int:
        """Return how many there are."""
        return self._n

    def add(self, name: str, /) -> bool:
        """Tell whether an identifier is new; from now on it is not."""
        value = hash(name) or 1  # an empty slot holds 0
        slot = _find(self._slots, value)
        if self._slots[slot] == value:
            return False
        self._slots[slot] = value
        self._n += 1
        if 3 * self._n > 2 * len(self._slots):
            self._grow()
        return True

    def _grow(self) -> None:
        """Move everything to twice as many slots."""
        slots = array("q", [0]) * (2 * len(self._slots))
        for value in self._slots:
            if value:
                slots[_find(slots, value)] = value
        self._slots = slots


def _find(slots: array[int], value: int, /) -> int:
    """Return the slot that holds a value, or the empty one where it belongs."""
    last = len(slots) - 1
    slot = value & last
    while slots[slot] and slots[slot] != value:
        slot = (slot + 1) & last
    return slot
