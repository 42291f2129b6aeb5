"""The statistics of keyness over plain arrays: G2, log ratio, Welch over documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from discourse.keyterms.result import IntArray
from discourse.labelled import FloatArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Counts: TypeAlias = csr_array[np.int64, tuple[int, int]]

_ROUNDING = 1e-12


def signed_g2(a: IntArray, b: IntArray, /) -> FloatArray:
    """Return the log-likelihood ratio of each feature, negative where `b` uses it more.

    ``2 * sum(O * ln(O / E))`` over the four cells of feature or other, `a` or `b`. All cells
    differ from expectation by the same ``d``, and so the sum is ``2 * sum(E * h(d / E))`` with
    ``h(x) = (1 + x) ln(1 + x) - x``, which keeps the digits of small differences.

    Parameters
    ----------
    a, b : ndarray of shape (n_features,), int64
        Occurrences on either side.

    Examples
    --------
    >>> signed_g2(np.array([10, 90]), np.array([20, 80])).round(4).tolist()
    [-3.9866, 3.9866]
    """
    from scipy.special import xlog1py

    x, y = a.astype(np.float64), b.astype(np.float64)
    n_a, n_b = x.sum(), y.sum()
    n = n_a + n_b
    difference = (x * n_b - y * n_a) / n
    half = np.zeros(len(x))
    for row, sign in ((x + y, 1.0), (n - x - y, -1.0)):
        for total, excess in ((n_a, sign * difference), (n_b, -sign * difference)):
            expected = row * (total / n)
            ratio = np.divide(excess, expected, out=np.zeros_like(x), where=expected > 0)
            ratio = np.maximum(ratio, -1.0)  # an empty cell, but for rounding
            half += expected * (xlog1py(1.0 + ratio, ratio) - ratio)
    return np.asarray(np.copysign(2.0 * half, difference), np.float64)


def log_ratios(a: IntArray, b: IntArray, /) -> FloatArray:
    """Return log2 of the ratio of relative frequencies, a count of 0 being taken as 0.5."""
    x, y = (np.where(side > 0, side, 0.5) / side.sum() for side in (a, b))
    return np.asarray(np.log2(x / y), np.float64)


def tail_probability(g2: FloatArray, /) -> FloatArray:
    """Return the p-values of G2 by chi-square with one degree of freedom."""
    from scipy.special import chdtrc

    return np.asarray(chdtrc(1.0, np.abs(g2)), np.float64)


def welch(a: Counts, b: Counts, /) -> tuple[FloatArray, FloatArray]:
    """Return p-values of Welch's test of relative frequencies over documents, and differences.

    With mean x and squared standard error e of the shares of n documents on either side, t is
    ``(x_a - x_b) / sqrt(e_a + e_b)``, of ``(e_a + e_b)**2 / (e_a**2 / (n_a - 1) + e_b**2 /
    (n_b - 1))`` degrees of freedom.

    References
    ----------
    .. [1] Welch, B. L. (1947). The generalization of Student's problem when several different
       population variances are involved. *Biometrika* 34(1/2), 28-35.
    """
    from scipy.special import stdtr

    mean_a, error_a, df_a = _mean_and_error(a)
    mean_b, error_b, df_b = _mean_and_error(b)
    error, difference = error_a + error_b, mean_a - mean_b
    with np.errstate(divide="ignore", invalid="ignore"):  # no variance: NaN
        df = error**2 / (error_a**2 / df_a + error_b**2 / df_b)
        t = difference / np.sqrt(error)
    return np.where(error > 0, 2.0 * stdtr(df, -np.abs(t)), np.nan), difference


def _mean_and_error(counts: Counts, /) -> tuple[FloatArray, FloatArray, int]:
    """Return mean share of each feature, its squared standard error, degrees of freedom."""
    totals = np.asarray(counts.sum(axis=1), np.int64)
    n = int(np.count_nonzero(totals))
    shares = counts.data / np.repeat(totals, np.diff(counts.indptr))
    width = counts.shape[1]
    mean = np.bincount(counts.indices, shares, width) / n
    in_docs = np.bincount(counts.indices, minlength=width)
    spread = (shares - mean[counts.indices]) ** 2
    squares = np.bincount(counts.indices, spread, width) + (n - in_docs) * mean**2
    squares[squares <= n * (_ROUNDING * mean) ** 2] = 0.0  # equal shares, but for rounding
    return mean, squares / (n * (n - 1)), n - 1
