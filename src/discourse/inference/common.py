"""Expected values at one length between all pairs of many sources, which share their samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.inference.sampling import Drawn, Sampler
from discourse.inference.sources import Source
from discourse.labelled import FloatArray, Kind
from discourse.metrics import Metric
from discourse.pairwise import crossed
from discourse.resampling import GROUPS

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

BoolArray: TypeAlias = npt.NDArray[np.bool_]
Run: TypeAlias = Callable[..., Iterator[Any]]  # the map of some threads, in order

_REPLICATES = 4  # one draw in so many serves the jackknife, as for a pair in `levels`
_BLOCK = 2**23  # about the most numbers in the samples that are held at a time


class CommonLevels(NamedTuple):
    """The levels between k sources at one length, with their jackknife replicates.

    Attributes
    ----------
    between : ndarray of shape (k, k), float64
        D_m; on the diagonal the level within the source, NaN where it has none.
    less_first, less_second : ndarray of shape (k, k, 20), float64
        The same with one group of the first, or of the second source left out; NaN where it has
        too few sentences for groups.
    """

    between: FloatArray
    less_first: FloatArray
    less_second: FloatArray

    @property
    def within(self) -> FloatArray:
        """The levels within the sources, shape (k,)."""
        return self.between.diagonal()

    def excess(self, kind: Kind, /) -> FloatArray:
        """Return how far each pair goes beyond what is within its sources; 0 on the diagonal."""
        beyond = self.between - np.add.outer(self.within, self.within) / 2
        return -beyond if kind == "similarity" else beyond

    def errors(self) -> tuple[FloatArray, FloatArray]:
        """Return the standard errors of `between` and of the excess, NaN where there are none."""
        own = np.einsum("iig->ig", self.less_first)
        between = variances(self.less_first) + variances(self.less_second)
        between[np.diag_indices(len(own))] /= 2  # one source, not two
        excess = variances(self.less_first - own[:, np.newaxis] / 2)
        excess += variances(self.less_second - own / 2)
        np.fill_diagonal(excess, 0.0)
        return np.sqrt(between), np.sqrt(excess)


def variances(replicates: FloatArray, /) -> FloatArray:
    """Return the variances of estimates whose jackknife replicates lie along the last axis."""
    return np.asarray((GROUPS - 1) * replicates.var(axis=-1), np.float64)


def common_levels(
    metric: Metric,
    sources: Sequence[Source],
    /,
    *,
    m: int,
    draws: int,
    seed: int,
    jackknife: bool = True,
    n_jobs: int = 1,
) -> CommonLevels:
    """Return the levels at m tokens of all pairs of sources.

    What a pair gets depends on the texts of its two sources, on `m` and on `seed`, and on no other
    source. The memory in use does not grow with the draws.
    """
    k = len(sources)
    samplers = [Sampler.of(metric, source, m, seed) for source in sources]
    grouped = [i for i, source in enumerate(sources) if source.long and jackknife]
    at = range(len(grouped))
    between = np.zeros((k, k))
    first, second = np.full((2, k, k, GROUPS), np.nan)
    first[grouped] = second[:, grouped] = 0.0
    replicates = max(1, draws // _REPLICATES)
    with ThreadPoolExecutor(n_jobs) as pool:
        for n, leaving in _blocks(draws, replicates if grouped else 0, sources, m):
            orders = [sampler.orders(n) for sampler in samplers]
            whole = [s.whole(order) for s, order in zip(samplers, orders, strict=True)]
            between += _between(metric, whole, n, pool.map)
            if leaving:
                less = [samplers[i].less(orders[i]) for i in grouped]
                of_first, of_second = _less(metric, whole, less, grouped, n, pool.map)
                of_first[at, grouped] = of_second[grouped, at] = [drawn.within for drawn in less]
                first[grouped] += of_first
                second[:, grouped] += of_second
    none = [i for i, source in enumerate(sources) if not source.disjoint(m)]
    for sums in (between, first, second):
        sums[none, none] = np.nan
    return CommonLevels(between / draws, first / replicates, second / replicates)


def _blocks(
    draws: int, replicates: int, sources: Sequence[Source], m: int, /
) -> Iterator[tuple[int, bool]]:
    """Yield numbers of draws whose samples fit in memory, and whether groups are left out too."""
    longest = max(len(source.sizes) for source in sources)
    done = 0
    while done < draws:
        leaving = done < replicates
        rows = 2 * len(sources) * (1 + GROUPS * leaving)
        step = max(1, _BLOCK // max(rows * m, longest))
        n = min(step, (replicates if leaving else draws) - done)
        yield n, leaving
        done += n


def _between(metric: Metric, whole: Sequence[Drawn], n: int, run: Run, /) -> FloatArray:
    """Return the sums over n draws of the values of all pairs; those within on the diagonal."""
    own: BoolArray = np.eye(len(whole), dtype=np.bool_)

    def values(rows: Matrix) -> FloatArray:
        """Return the values of one draw."""
        both = crossed(metric, rows, rows, own)
        return np.tril(both) + np.tril(both, -1).T if metric.symmetric else both

    total = np.zeros((len(whole), len(whole)))
    for of_draw in run(values, (end[draw::n] for end in _stacked(whole) for draw in range(n))):
        total += of_draw / 2
    np.fill_diagonal(total, np.concatenate([drawn.within for drawn in whole]))
    return total


def _stacked(drawn: Sequence[Drawn], /) -> tuple[Matrix, ...]:
    """Return the samples from either end, one under the other."""
    from scipy.sparse import vstack

    ends = zip(*(each.ends for each in drawn), strict=True)
    return tuple(vstack(end, format="csr") for end in ends)


def _less(
    metric: Metric,
    whole: Sequence[Drawn],
    less: Sequence[Drawn],
    grouped: Sequence[int],
    n: int,
    run: Run,
    /,
) -> tuple[FloatArray, FloatArray]:
    """Return sums over n draws with one group left out of the first, or of the second source.

    Their shapes are (sources with groups, k, groups) and (k, sources with groups, groups).
    """
    k = len(whole)
    first, second = np.zeros((len(less), k, GROUPS)), np.zeros((k, len(less), GROUPS))
    own: BoolArray = np.repeat(np.equal.outer(np.arange(k), grouped), GROUPS, axis=1)

    def values(pair: tuple[Matrix, Matrix]) -> tuple[FloatArray, FloatArray]:
        """Return the values of one draw in both directions."""
        forth = crossed(metric, *pair, own).reshape(second.shape)
        if metric.symmetric:
            return forth.swapaxes(0, 1), forth
        back = crossed(metric, pair[1], pair[0], own.T)
        return back.reshape(len(less), GROUPS, k).swapaxes(1, 2), forth

    ends = zip(_stacked(whole), _stacked(less), strict=True)
    pairs = ((rows[draw::n], columns[draw::n]) for rows, columns in ends for draw in range(n))
    for of_first, of_second in run(values, pairs):
        first += of_first / 2
        second += of_second / 2
    return first, second
