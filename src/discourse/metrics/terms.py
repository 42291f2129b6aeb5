"""The elementary functions of which metrics are made: preparing, terms and totals."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from discourse.labelled import FloatArray
from discourse.metrics.metric import Prepare, identity

AS_GIVEN: Final = Prepare("x")
BINARY: Final = Prepare("sign(x)", each=np.sign)
L1: Final = Prepare("x / sum(x)", power=identity)
L2: Final = Prepare("x / sqrt(sum(x**2))", power=np.square, root=np.sqrt)
ROOT_OF_L1: Final = Prepare("sqrt(x / sum(x))", each=np.sqrt, power=np.square, root=np.sqrt)

_BELOW_ONE: Final = 1.0 - 2.0**-53  # the largest difference whose logarithm is finite


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


def entropy_gains(p: FloatArray, q: FloatArray, /) -> FloatArray:
    """Return (p log2(p/m) + q log2(q/m)) / 2 with m = (p + q) / 2.

    A feature on one side only gives half its value, so logarithms are taken of shared features
    alone, and in the difference d = (p - q) / (p + q), which keeps the digits of small terms:
    the term is m/2 ((1 + d) log2(1 + d) + (1 - d) log2(1 - d)).
    """
    terms = p + q
    shared = p * q > 0.0
    both = terms[shared]
    d = np.broadcast_to(p, shared.shape)[shared] - np.broadcast_to(q, shared.shape)[shared]
    d /= both
    gains = (1.0 + d) * np.log1p(np.maximum(d, -_BELOW_ONE))
    gains += (1.0 - d) * np.log1p(np.maximum(-d, -_BELOW_ONE))
    gains *= both / (4.0 * math.log(2.0))
    terms *= 0.5
    terms[shared] = np.maximum(gains, 0.0, out=gains)  # not every log1p rounds both sides alike
    return terms


def plain_sum(s: FloatArray, _a: FloatArray, _b: FloatArray, /) -> FloatArray:
    """Return S: the terms simply add up."""
    return s


def root(s: FloatArray, _a: FloatArray, _b: FloatArray, /) -> FloatArray:
    """Return sqrt(S)."""
    return np.sqrt(s)


def over_union(s: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return S / (A + B - S)."""
    return s / (a + b - s)


def twice_over_sizes(s: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return 2 S / (A + B)."""
    return 2.0 * s / (a + b)


def over_sizes(s: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
    """Return S / (A + B)."""
    return s / (a + b)
