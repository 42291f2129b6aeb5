"""How many independent mentions those of sentences or documents are worth, and what follows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from discourse.errors import check_level
from discourse.labelled import FloatArray
from discourse.stances.counting import IntArray
from discourse.stances.wilson import Limits, score_limits, wilson


def size_number(sizes: IntArray, /) -> float:
    """Return n^2 / sum of n_c^2, n_c the mentions of cluster c; 0 if there are none.

    What n mentions are worth at worst: if all of one cluster take the same side.

    References
    ----------
    .. [1] Kish, L. (1965). *Survey Sampling*. Wiley.

    Examples
    --------
    >>> size_number(np.array([3, 1]))
    1.6
    """
    return float(sizes.sum() ** 2 / max(1, (sizes**2).sum()))


def spread_number(pairs: IntArray, /) -> float:
    """Return what n mentions are worth by how far the clusters differ in their shares.

    With p the share of all n mentions that support, S_c of the n_c of cluster c and k clusters, the
    variance of the number of support is V = k/(k - 1) sum of (S_c - p n_c)^2, and n mentions are
    worth n (n p (1 - p) / V), but no more than n, and no less than `size_number`. Where all
    mentions agree they do not tell how far clusters differ, and are worth the least.

    Parameters
    ----------
    pairs : ndarray of shape (n_clusters, 2), int64
        Supporting and opposing mentions of each cluster.

    References
    ----------
    .. [1] Rao, J. N. K. & Scott, A. J. (1992). A simple method for the analysis of clustered binary
       data. *Biometrics* 48(2), 577-585.

    Examples
    --------
    >>> spread_number(np.array([[2, 2], [2, 2]])), spread_number(np.array([[4, 0], [0, 4]]))
    (8.0, 2.0)
    """
    sizes = pairs.sum(axis=1)
    n, least, k = float(sizes.sum()), size_number(sizes), len(pairs)
    if k < 2 or not pairs.any(axis=0).all():
        return least
    p = pairs[:, 0].sum() / n
    variance = k / (k - 1) * float(np.square(pairs[:, 0] - p * sizes).sum())
    independent = float(n * p * (1 - p))
    return max(least, n * independent / max(variance, independent))


def limits_by_sentence(targets: Sequence[IntArray], level: float, /) -> tuple[FloatArray, Limits]:
    """Return effective numbers and balances with Wilson limits, one for each array of pairs."""
    numbers = np.array([size_number(pairs.sum(axis=1)) for pairs in targets], np.float64)
    balances = _balances(targets)
    return numbers, (balances, *wilson(balances, numbers, level))


def limits_by_document(targets: Sequence[IntArray], level: float, /) -> tuple[FloatArray, Limits]:
    """Return the same, the numbers by the spread of documents and the limits wider to match.

    With k documents the normal quantile gives way to that of t with k - 1 degrees of freedom.
    """
    check_level(level)
    from scipy.special import stdtrit

    numbers = np.array([spread_number(pairs) for pairs in targets], np.float64)
    balances = _balances(targets)
    free = np.array([max(1, len(pairs) - 1) for pairs in targets], np.float64)
    quantiles = stdtrit(free, 0.5 + level / 2)
    return numbers, (balances, *score_limits(balances, numbers, quantiles))


def _balances(targets: Sequence[IntArray], /) -> FloatArray:
    """Return the balance of all mentions of each target; NaN without any."""
    sums = np.array([pairs.sum(axis=0) for pairs in targets], np.float64).reshape(-1, 2)
    n = sums.sum(axis=1)
    return np.where(n > 0, (sums[:, 0] - sums[:, 1]) / np.maximum(n, 1), np.nan)
