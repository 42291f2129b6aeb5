"""Exact explanations: what features, sentences and categories add to the value of a comparison."""

from discourse.contributions.explanation import explain
from discourse.contributions.groups import separating
from discourse.contributions.segments import SegmentContributions, TextSegment
from discourse.contributions.separation import Separation
from discourse.contributions.spreading import explain_segments
from discourse.contributions.turbulence import rank_turbulence

__all__ = [
    "SegmentContributions",
    "Separation",
    "TextSegment",
    "explain",
    "explain_segments",
    "rank_turbulence",
    "separating",
]
