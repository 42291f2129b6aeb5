"""Intervals of stance numbers: Wilson for balances, MOVER for what is made of them."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.errors import check_level
from discourse.labelled import FloatArray

Limits: TypeAlias = tuple[FloatArray, FloatArray, FloatArray]


def normal_quantile(level: float, /) -> float:
    """Return z with `level` of the standard normal distribution between -z and z."""
    check_level(level)
    from scipy.special import ndtri

    return float(ndtri(0.5 + level / 2))


def wilson(
    balance: npt.ArrayLike, n: npt.ArrayLike, level: float, /
) -> tuple[FloatArray, FloatArray]:
    """Return the limits of balances by Wilson's interval for the share of support.

    Parameters
    ----------
    balance : array-like
        (S - O)/(S + O), in [-1, 1]; NaN stays NaN.
    n : array-like of the same shape
        Number of mentions, may be fractional (effective).
    level : float
        Nominal coverage.

    Examples
    --------
    >>> low, high = wilson(1.0, 1.0, 0.95)
    >>> round(float(low), 3), round(float(high), 3)
    (-0.587, 1.0)
    """
    return score_limits(balance, n, normal_quantile(level))


def score_limits(
    balance: npt.ArrayLike, n: npt.ArrayLike, quantile: npt.ArrayLike, /
) -> tuple[FloatArray, FloatArray]:
    """Return Wilson's limits of balances, each with its quantile in the place of the normal one."""
    z2 = np.asarray(quantile, np.float64) ** 2
    share = (np.asarray(balance, np.float64) + 1) / 2
    size = np.where(np.isnan(share), np.nan, np.asarray(n, np.float64))
    centre = (share + z2 / (2 * size)) / (1 + z2 / size)
    half = np.sqrt(z2) * np.sqrt(share * (1 - share) / size + z2 / (4 * size**2)) / (1 + z2 / size)
    low, high = np.maximum(centre - half, 0), np.minimum(centre + half, 1)
    # At a share of 0 or 1 the limit is exact; rounding would put it inside.
    low, high = np.where(share == 0, 0.0, low), np.where(share == 1, 1.0, high)
    return 2 * low - 1, 2 * high - 1


def newcombe(a: Limits, b: Limits, /) -> tuple[FloatArray, FloatArray]:
    """Return the limits of the differences of independent estimates with limits of their own.

    ``d - sqrt((a - low_a)**2 + (high_b - b)**2)`` and ``d + sqrt((high_a - a)**2 + (b -
    low_b)**2)`` with d = a - b: with Wilson's limits the hybrid score interval.

    Parameters
    ----------
    a, b : (value, low, high), each an ndarray of shape (n,)
        NaN stays NaN.

    References
    ----------
    .. [1] Newcombe, R. G. (1998). Interval estimation for the difference between independent
       proportions: comparison of eleven methods. *Statistics in Medicine* 17, 873-890. (Method 10)

    Examples
    --------
    >>> a, b = ((p, *wilson(p, n, 0.95)) for p, n in ((0.6, 70), (0.2, 80)))  # 56/70, 48/80
    >>> [round(float(limit) / 2, 4) for limit in newcombe(a, b)]
    [0.0524, 0.3339]
    """
    difference = a[0] - b[0]
    below, above = np.hypot(a[0] - a[1], b[2] - b[0]), np.hypot(a[2] - a[0], b[0] - b[1])
    return difference - below, difference + above


def mover(
    weights: FloatArray, a: Limits, b: Limits, /, *, same: bool = False
) -> tuple[float, float]:
    """Return the limits of a weighted sum of products of estimates.

    Parameters
    ----------
    weights : ndarray of shape (n,)
        Non-negative, summing to 1.
    a, b : (value, low, high), each an ndarray of shape (n,)
        Estimates in [-1, 1] with their limits; independent unless `same`.
    same : bool
        Whether both are one and the same, so that the products are squares.

    References
    ----------
    .. [1] Zou, G. Y. & Donner, A. (2008). Construction of confidence limits about effect
       measures: a general approach. *Statistics in Medicine* 27, 1693-1702.
    """
    products = a[0] * b[0]
    if same:
        corners = np.stack([a[1] ** 2, a[2] ** 2])
        low = np.where((a[1] < 0) & (a[2] > 0), 0.0, corners.min(axis=0))
    else:
        corners = np.stack([x * y for x in a[1:] for y in b[1:]])
        low = corners.min(axis=0)
    high = corners.max(axis=0)
    value = float(weights @ products)
    below = math.sqrt(float(np.sum((weights * (products - low)) ** 2)))
    above = math.sqrt(float(np.sum((weights * (high - products)) ** 2)))
    return max(-1.0, value - below), min(1.0, value + above)
