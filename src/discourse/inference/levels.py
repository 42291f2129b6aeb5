"""Expected values at a matched length over arrays of segment counts, with the jackknife."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from discourse.inference.sources import IntArray, segment_sizes
from discourse.labelled import FloatArray
from discourse.metrics import Metric
from discourse.resampling import GROUPS, blocks, fill, jackknife_variance, random_orders

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Counts: TypeAlias = csr_array[Any, tuple[int, int]]

Halves: TypeAlias = tuple[FloatArray, FloatArray]
Run: TypeAlias = Callable[..., Iterator[tuple[float, float]]]  # the map of some threads


_REPLICATES = 4  # one draw in so many serves the jackknife, whose replicates are coupled


_CHUNK = 2**18  # numbers in one block of samples: bounded memory, and near the processor


class Level(NamedTuple):
    """An expected value with its standard error, None where there are too few segments.

    The value is NaN where two samples of a source may draw on the same segment.
    """

    value: float
    se: float | None

    def limits(
        self, coverage: float, bounds: tuple[float, float], /
    ) -> tuple[float, float] | tuple[None, None]:
        """Return the limits of the interval, none beyond the bounds."""
        from scipy.special import stdtrit

        if self.se is None:
            return None, None
        reach = float(stdtrit(GROUPS - 1, (1 + coverage) / 2)) * self.se
        return max(bounds[0], self.value - reach), min(bounds[1], self.value + reach)


class Levels(NamedTuple):
    """The levels between and within two sources, and the excess of the one over the other."""

    between: Level
    within: Level
    excess: Level


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One source: counts of features (rows) in segments (columns), and random orders of these."""

    metric: Metric
    counts: csr_array[np.float64, tuple[int, int]]
    sizes: IntArray
    orders: IntArray

    def halves(self, draws: slice, m: int, /, *, without: int | None = None) -> Halves:
        """Return two disjoint samples a draw: the two ends of its order, less one group."""
        sizes = self.sizes
        if without is not None:
            sizes = np.where(blocks(len(sizes)) == without, 0, sizes)
        orders = self.orders[draws]
        return self._sample(orders, sizes, m), self._sample(orders[:, ::-1], sizes, m)

    def _sample(self, orders: IntArray, sizes: IntArray, m: int, /) -> FloatArray:
        """Return samples of m tokens, prepared for the metric, of shape (draws, n_features)."""
        counts = self.counts @ fill(orders, sizes, m).T
        return self.metric.prepare(np.ascontiguousarray(counts.T))


def levels(
    metric: Metric,
    a: Counts,
    b: Counts,
    /,
    *,
    m: int,
    draws: int,
    rng: np.random.Generator,
    n_jobs: int = 1,
) -> Levels:
    """Return the levels at m tokens of two sources, given as segments x features."""
    orders = random_orders(a.shape[0], b.shape[0], draws, rng)
    sides = tuple(
        _Side(metric, counts.T.tocsr().astype(np.float64), segment_sizes(counts), order)
        for counts, order in zip((a, b), orders, strict=True)
    )
    between, within = _means(metric, sides, m, draws)
    sign = -1.0 if metric.kind == "similarity" else 1.0
    # Samples of one source overlap; not where it has the segments that an interval needs.
    if any(side.sizes.max() > side.sizes.sum() - 2 * m for side in sides):
        within = math.nan
    values = (between, within, sign * (between - within))
    if min(a.shape[0], b.shape[0]) < GROUPS:
        return Levels(*(Level(value, None) for value in values))
    few = 2 * max(1, draws // (2 * _REPLICATES))
    with ThreadPoolExecutor(n_jobs) as pool:
        replicates = _replicates(metric, sides, m, few, pool.map)
    errors = (
        math.sqrt(sum(map(jackknife_variance, of_sides)))
        for of_sides in (*replicates, replicates[0] - replicates[1])
    )
    return Levels(*map(Level, values, errors))


def _means(metric: Metric, sides: Sequence[_Side], m: int, draws: int, /) -> tuple[float, float]:
    """Return the mean value between the sources and within them."""
    between = within = 0.0
    for rows in _chunks(draws, sides[0].counts.shape[0]):
        a, b = (side.halves(rows, m) for side in sides)
        between += float(_cross(metric, a, b).sum())
        within += float((metric.between(*a) + metric.between(*b)).sum()) / 2
    return between / draws, within / draws


def _replicates(
    metric: Metric, sides: Sequence[_Side], m: int, draws: int, run: Run, /
) -> FloatArray:
    """Return the means with one group left out, of shape (between or within, side, group).

    Leaving out a group of one side changes neither the other side's samples nor its level within.
    """
    totals = np.zeros((2, 2, GROUPS))
    cells = list(product((0, 1), range(GROUPS)))
    for rows in _chunks(draws, sides[0].counts.shape[0]):
        whole = [side.halves(rows, m) for side in sides]
        sums = run(partial(_without, metric, sides, whole, rows, m), cells)
        for (which, group), of_cell in zip(cells, sums, strict=True):
            totals[:, which, group] += of_cell
    return totals / draws


def _without(
    metric: Metric,
    sides: Sequence[_Side],
    whole: Sequence[Halves],
    rows: slice,
    m: int,
    left_out: tuple[int, int],
    /,
) -> tuple[float, float]:
    """Return sums over some draws, between and within, with one group of one side left out."""
    which, group = left_out
    less = sides[which].halves(rows, m, without=group)
    pair = (less, whole[1]) if which == 0 else (whole[0], less)
    return float(_cross(metric, *pair).sum()), float(metric.between(*less).sum()) / 2


def _cross(metric: Metric, a: Halves, b: Halves, /) -> FloatArray:
    """Return the value between two sources for each draw, the mean over the two ends."""
    return (metric.between(a[0], b[0]) + metric.between(a[1], b[1])) / 2


def _chunks(draws: int, n_features: int, /) -> Iterator[slice]:
    """Yield the draws in blocks of bounded size."""
    step = max(1, _CHUNK // max(1, n_features))
    for start in range(0, draws, step):
        yield slice(start, min(start + step, draws))
