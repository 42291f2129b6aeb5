"""The elementary functions of which metrics are made: preparing, terms, totals and gathering."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from discourse.labelled import FloatArray
from discourse.metrics.preparing import Level, Prepare, identity

AS_GIVEN: Final = Prepare("x")
BINARY: Final = Prepare("sign(x)", each=np.sign)
L1: Final = Prepare("x / sum(x)", power=identity)
L2: Final = Prepare("x / sqrt(sum(x**2))", power=np.square, root=np.sqrt)
ROOT_OF_L1: Final = Prepare("sqrt(x / sum(x))", each=np.sqrt, power=np.square, root=np.sqrt)

_BELOW_ONE: Final = 1.0 - 2.0**-53  # the largest difference whose logarithm is finite

# -- shares of a level ---------------------------------------------------------------------------


def _less_mean(dot: FloatArray, square: FloatArray, /) -> FloatArray:
    """Return what takes the mean off a row, of a level that is 1 everywhere."""
    return -dot / square


def _less_one(dot: FloatArray, _square: FloatArray, /) -> FloatArray:
    """Return -1: rows hold themselves less the level."""
    return np.full(dot.shape, -1.0)


def _one(dot: FloatArray, _square: FloatArray, /) -> FloatArray:
    """Return 1: rows hold themselves and the level."""
    return np.ones(dot.shape)


ROW_CENTRED: Final = Level(_less_mean, unit=True)
FEATURE_CENTRED: Final = Level(_less_one, unit=True)
SMOOTHED: Final = Level(_one, unit=False)

# -- terms ---------------------------------------------------------------------------------------


def absolute(a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return abs(a - b)."""
    difference = a - b
    return np.abs(difference, out=difference)


def squares(a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return (a - b)^2."""
    difference = a - b
    return np.square(difference, out=difference)


def half_squares(a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return (a - b)^2 / 2."""
    terms = squares(a, b)
    terms *= 0.5
    return terms


def powers(a: FloatArray, b: FloatArray, /, *, p: float) -> FloatArray:
    """Return abs(a - b)^p."""
    return absolute(a, b) ** p


def power(x: FloatArray, /, *, p: float) -> FloatArray:
    """Return x^p."""
    raised: FloatArray = x**p
    return raised


def matches(a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return 1 / n where a is b, for n features."""
    shares: FloatArray = (a == b) / a.shape[-1]
    return shares


def relative(a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return abs(a - b) / (a + b), 0 where neither has the feature."""
    return _per_sum(absolute(a, b), a + b)


def half_triangles(a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return (a - b)^2 / (2 (a + b)), 0 where neither has the feature."""
    return _per_sum(half_squares(a, b), a + b)


def cells(a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return (a B - b A)^2 / (A B (a + b)), A and B the sums of the rows."""
    sum_a, sum_b = a.sum(axis=-1, keepdims=True), b.sum(axis=-1, keepdims=True)
    terms = _per_sum(squares(a / sum_a, b / sum_b), a + b)
    terms *= sum_a * sum_b
    return terms


def log_ratios(p: FloatArray, q: FloatArray, /) -> FloatArray:
    """Return p log2(p / q), 0 where neither has mass."""
    some = (p > 0.0) & (q > 0.0)
    ratio = np.divide(p, q, out=np.ones(some.shape), where=some)
    return p * np.log2(ratio)


def both_log_ratios(p: FloatArray, q: FloatArray, /) -> FloatArray:
    """Return (p - q) log2(p / q), 0 where neither has mass."""
    gap = absolute(p, q)
    less = np.minimum(p, q)
    growth = np.divide(gap, less, out=np.zeros(gap.shape), where=less > 0.0)
    return gap * np.log1p(growth) / math.log(2.0)


def entropy_gains(p: FloatArray, q: FloatArray, /) -> FloatArray:
    """Return (p log2(p/m) + q log2(q/m)) / 2 with m = (p + q) / 2.

    A feature on one side only gives half its value, so logarithms are taken of shared features
    alone, and in the difference d = (p - q) / (p + q), which keeps the digits of small terms:
    the term is m/2 ((1 + d) log2(1 + d) + (1 - d) log2(1 - d)).
    """
    terms = p + q
    shared = np.flatnonzero(p * q > 0.0)
    both = terms.take(shared)
    d = np.broadcast_to(p, terms.shape).take(shared) - np.broadcast_to(q, terms.shape).take(shared)
    d /= both
    inner = np.clip(d, -_BELOW_ONE, _BELOW_ONE)
    gains = (1.0 + d) * np.log1p(inner)
    gains += (1.0 - d) * np.log1p(-inner)
    gains *= both / (4.0 * math.log(2.0))
    terms *= 0.5
    np.maximum(gains, 0.0, out=gains)  # not every log1p rounds both sides alike
    terms.put(shared, gains)
    return terms


def _per_sum(terms: FloatArray, sums: FloatArray, /) -> FloatArray:
    """Return terms / sums, 0 where the sum is 0."""
    return np.divide(terms, sums, out=np.zeros(terms.shape), where=sums > 0.0)


# -- totals --------------------------------------------------------------------------------------


def plain_sum(s: FloatArray, _a: FloatArray, _b: FloatArray, /) -> FloatArray:
    """Return S: the terms simply add up."""
    return s


def root(s: FloatArray, _a: FloatArray, _b: FloatArray, /) -> FloatArray:
    """Return sqrt(S)."""
    return np.sqrt(s)


def p_root(s: FloatArray, _a: FloatArray, _b: FloatArray, /, *, p: float) -> FloatArray:
    """Return S^(1 / p)."""
    return s ** (1.0 / p)


def over_union(s: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return S / (A + B - S)."""
    return s / (a + b - s)


def twice_over_sizes(s: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return 2 S / (A + B)."""
    return 2.0 * s / (a + b)


def over_smaller(s: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return S / min(A, B)."""
    return s / np.minimum(a, b)


def over_sizes(s: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return S / (A + B)."""
    return s / (a + b)


# -- gathering -----------------------------------------------------------------------------------


def overlap_itself(o: FloatArray, _a: FloatArray, _b: FloatArray, _n: int, /) -> FloatArray:
    """Return o."""
    return o


def apart(o: FloatArray, a: FloatArray, b: FloatArray, _n: int, /) -> FloatArray:
    """Return A + B - o."""
    return a + b - o


def twice_apart(o: FloatArray, a: FloatArray, b: FloatArray, _n: int, /) -> FloatArray:
    """Return A + B - 2 o."""
    return a + b - 2.0 * o


def right_apart(o: FloatArray, a: FloatArray, b: FloatArray, _n: int, /) -> FloatArray:
    """Return A - B - o."""
    return a - b - o


def table_apart(o: FloatArray, a: FloatArray, b: FloatArray, _n: int, /) -> FloatArray:
    """Return N - N^2 o / (A B) for N = A + B."""
    n = a + b
    return n - n * (n / a) * (o / b)


def share_matched(o: FloatArray, a: FloatArray, b: FloatArray, n: int, /) -> FloatArray:
    """Return (n - A - B + 2 o) / n."""
    return (n - a - b + 2.0 * o) / n
