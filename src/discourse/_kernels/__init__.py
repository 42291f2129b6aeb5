"""Inner loops over plain arrays; what they are asked for is named here, without loading numba."""

from __future__ import annotations

from enum import IntEnum


class Overlap(IntEnum):
    """What two positive values of one feature share.

    The numbers are baked into compiled kernels that may lie in a cache: never renumber them.
    """

    PRODUCT = 0
    MINIMUM = 1
    ENTROPY = 2
    HARMONIC = 3
    RELATIVE = 4
    POWER = 5
