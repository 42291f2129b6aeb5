"""How different sources are at a matched length, with interval, baseline and excess."""

from discourse.inference.closeness import closer
from discourse.inference.estimation import matched
from discourse.inference.levels import levels
from discourse.inference.matrices import matched_matrix
from discourse.inference.matrix import MatchedMatrix
from discourse.inference.percentiles import MatchedPercentile, matched_percentile

__all__ = [
    "MatchedMatrix",
    "MatchedPercentile",
    "closer",
    "levels",
    "matched",
    "matched_matrix",
    "matched_percentile",
]
