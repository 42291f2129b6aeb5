"""What metrics take from a background: how features vary in it, and how frequent they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from discourse.errors import DiscourseError
from discourse.labelled import FloatArray
from discourse.metrics.preparing import Space

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

_STEADY = 1e-24  # a variance below this part of the squared mean is rounding


def delta(background: Matrix, /) -> Space:
    """Return 1 / (sd n) of every feature, n features having a spread; 0 for the others."""
    _, sd = _spread(background)
    return Space(len(sd), after=_inverse(sd) / np.count_nonzero(sd))


def ranked_delta(background: Matrix, /) -> Space:
    """Return the same, times (n - r + 1) / n for the feature of rank r by frequency."""
    _, sd = _spread(background)
    kept = np.flatnonzero(sd)
    frequency = np.asarray(background.sum(axis=0), np.float64)[kept]
    rank = np.empty(len(kept))
    rank[np.argsort(-frequency, kind="stable")] = np.arange(len(kept))
    after = _inverse(sd)
    after[kept] *= (len(kept) - rank) / len(kept) ** 2
    return Space(len(sd), after=after)


def standardised(background: Matrix, /) -> Space:
    """Return 1 / sd and mean / sd of every feature; 0 for those without spread."""
    mean, sd = _spread(background)
    inverse = _inverse(sd)
    return Space(len(sd), after=inverse, level=mean * inverse)


def smoothed(background: Matrix, /, *, smoothing: float) -> Space:
    """Return 1 - smoothing, and smoothing times the proportion of every feature."""
    total = background.sum()
    if not total > 0:
        msg = "the background has no features: there is nothing to smooth with."
        raise DiscourseError(msg)
    level = smoothing * np.asarray(background.sum(axis=0), np.float64) / total
    return Space(len(level), after=np.full(len(level), 1.0 - smoothing), level=level)


def _spread(background: Matrix, /) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation of the proportions of every feature."""
    totals = np.asarray(background.sum(axis=1), np.float64)
    used = background[np.flatnonzero(totals), :]
    n = used.shape[0]
    if n < 2:
        msg = f"the background needs two documents with features or more; it has {n}."
        raise DiscourseError(msg)
    data = used.data / np.repeat(totals[totals > 0], np.diff(used.indptr))
    n_features = used.shape[1]
    mean = np.bincount(used.indices, data, n_features) / n
    absent = n - np.bincount(used.indices, minlength=n_features)
    squares = np.bincount(used.indices, np.square(data - mean[used.indices]), n_features)
    variance = (squares + absent * np.square(mean)) / (n - 1)
    variance[variance <= _STEADY * np.square(mean)] = 0.0
    if not variance.any():
        msg = "no feature varies between the documents of the background."
        raise DiscourseError(msg)
    return mean, np.sqrt(variance)


def _inverse(sd: FloatArray, /) -> FloatArray:
    """Return 1 / sd, and 0 where it is 0."""
    return np.divide(1.0, sd, out=np.zeros(len(sd)), where=sd > 0.0)
