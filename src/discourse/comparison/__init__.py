"""Two sides in, an explained comparison out."""

from discourse.comparison.computation import compare
from discourse.comparison.result import Comparison

__all__ = ["Comparison", "compare"]
