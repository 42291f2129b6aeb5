"""Many documents compared with many: all pairs, and the nearest of each."""

from discourse.pairwise.binding import Bound, Table, bind, described, over
from discourse.pairwise.blocks import crossed
from discourse.pairwise.matrix import similarity
from discourse.pairwise.nearest import nearest
from discourse.pairwise.neighbours import Neighbours

__all__ = [
    "Bound",
    "Neighbours",
    "Table",
    "bind",
    "crossed",
    "described",
    "nearest",
    "over",
    "similarity",
]
