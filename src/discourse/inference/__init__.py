"""How different two sources are at a matched length, with interval, baseline and excess."""

from discourse.inference.estimation import matched
from discourse.inference.levels import levels
from discourse.inference.sources import segment_counts

__all__ = [
    "levels",
    "matched",
    "segment_counts",
]
