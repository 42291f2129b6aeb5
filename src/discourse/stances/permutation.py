"""The permutation test of whether two sets of clusters of mentions support as often."""

from __future__ import annotations

import numpy as np

from discourse.labelled import FloatArray
from discourse.stances.counting import IntArray

MOST = 20_000  # outcomes that are listed; where there are more, DRAWS of them are drawn
DRAWS = 9_999
_ROUNDING = 1e-12


def permutation_p(a: IntArray, b: IntArray, rng: np.random.Generator, /) -> float:
    """Return how often the balances differ as much when clusters are dealt out at random.

    Clusters keep their mentions together, and either side gets as many clusters as it has. Where
    each cluster has one mention this is Fisher's exact test; an outcome counts if its difference
    is no smaller than that observed. All outcomes are listed if there are few, else drawn; the
    observed one counts among those drawn, so that the test stays valid.

    Parameters
    ----------
    a, b : ndarray of shape (n_clusters, 2), int64
        Supporting and opposing mentions of each cluster, at least one in all; no side is empty.
    rng : numpy.random.Generator

    Returns
    -------
    float
        Two-sided p-value in (0, 1]: valid if clusters are exchangeable.

    References
    ----------
    .. [1] Fisher, R. A. (1935). *The Design of Experiments*. Oliver & Boyd.
    .. [2] Phipson, B. & Smyth, G. K. (2010). Permutation P-values should never be zero.
       *Statistical Applications in Genetics and Molecular Biology* 9(1), 39.

    Examples
    --------
    >>> a, b = np.array([[1, 0]] * 3), np.array([[0, 1]] * 3)
    >>> round(permutation_p(a, b, np.random.default_rng(0)), 3)  # 2 of the 20 ways
    0.1
    """
    if len(a) > len(b):  # so that exchanging the sides changes nothing, draws included
        a, b = b, a
    kinds, sizes = np.unique(np.concatenate([a, b]), axis=0, return_counts=True)
    if len(kinds) == 1:
        return 1.0
    total = sizes @ kinds

    def differences(drawn: IntArray) -> FloatArray:
        """Return the absolute difference of the shares of support, one for each outcome."""
        mine = drawn @ kinds
        rest = total - mine
        shares = mine[:, 0] / mine.sum(axis=1) - rest[:, 0] / rest.sum(axis=1)
        return np.asarray(np.abs(shares), np.float64)

    of_a = np.array([[(a == kind).all(axis=1).sum() for kind in kinds]])
    least = differences(of_a)[0] - _ROUNDING
    if np.prod(np.minimum(np.sort(sizes)[:-1], len(a)) + 1.0) <= MOST:
        outcomes, chances = _outcomes(sizes, len(a))
        return min(1.0, float(chances[differences(outcomes) >= least].sum()))
    drawn = rng.multivariate_hypergeometric(sizes, len(a), DRAWS, method="marginals")
    return (1 + np.count_nonzero(differences(drawn) >= least)) / (1 + DRAWS)


def _outcomes(sizes: IntArray, n: int, /) -> tuple[IntArray, FloatArray]:
    """Return how many clusters of each kind n drawn ones may hold, and with what chance."""
    from scipy.special import gammaln

    order = np.argsort(sizes, kind="stable")  # the most frequent kind takes what the others leave
    most: list[int] = np.minimum(sizes[order[:-1]], n).tolist()
    grid = np.indices([size + 1 for size in most]).reshape(len(most), -1).T
    rest = n - grid.sum(axis=1)
    outcomes = np.empty((len(grid), len(sizes)), np.int64)
    outcomes[:, order] = np.column_stack([grid, rest])
    outcomes = outcomes[(rest >= 0) & (rest <= sizes[order[-1]])]
    ways = gammaln(sizes + 1) - gammaln(outcomes + 1) - gammaln(sizes - outcomes + 1)
    chances = np.exp(ways.sum(axis=1) - np.max(ways.sum(axis=1)))
    return outcomes, chances / chances.sum()
