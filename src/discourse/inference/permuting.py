"""The permutation test of whether two collections differ more than their documents do at random."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.inference.sources import IntArray, Source
from discourse.labelled import FloatArray
from discourse.metrics import Metric

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

BoolArray: TypeAlias = npt.NDArray[np.bool_]

_DRAWS = 10  # random orders of the sentences, the same for every way to deal out the units
_BLOCK = 2**18  # numbers in the samples that are held at a time
_ROUNDING = 1e-12


class Outcome(NamedTuple):
    """A p-value, and the length at which it was reached."""

    p: float
    m: int


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """One side of a test: its sentences, and the unit of each, numbered from 0."""

    source: Source
    unit: IntArray

    @classmethod
    def of(cls, source: Source, units: Sequence[str], /) -> Collection:
        """Return a source, where units are named for its documents; those without words are out."""
        numbers = np.unique(np.array(units), return_inverse=True)[1][source.document]
        return cls(source, np.unique(numbers, return_inverse=True)[1].astype(np.int64))

    @property
    def n_units(self) -> int:
        """How many units have words."""
        return int(self.unit.max()) + 1

    @property
    def rank(self) -> tuple[int, tuple[int, int]]:
        """What decides which side comes first, so that exchanging them changes nothing."""
        return self.n_units, self.source.key


def permutation_p(
    metric: Metric,
    a: Collection,
    b: Collection,
    /,
    *,
    m: int,
    permutations: int,
    seed: int,
) -> Outcome:
    """Return how often the excess is as large when whole units are dealt out at random.

    Either side gets as many units as it has. Samples are the first and the last `m` tokens of
    random orders of all sentences of both sides, those of the other side passed over. Every way to
    deal out the units meets the same orders, so the test is valid if units are exchangeable. All
    ways are listed if there are no more than asked for, else drawn; the one observed counts among
    them. Where a side might get too few tokens for two samples of `m`, they are shorter.

    Parameters
    ----------
    metric : Metric
    a, b : Collection
        Of at least two units each.
    m : int
        Tokens of a sample.
    permutations : int
        How many ways are drawn, beside the one observed.
    seed : int

    References
    ----------
    .. [1] Phipson, B. & Smyth, G. K. (2010). Permutation P-values should never be zero.
       *Statistical Applications in Genetics and Molecular Biology* 9(1), 39.
    """
    first, second = sorted((a, b), key=lambda side: side.rank)
    rng = np.random.default_rng([seed, *first.source.key, *second.source.key])
    pool = _Pool.of(metric, first, second, m)
    dealt = _dealt(first.n_units, first.n_units + second.n_units, permutations, rng)
    excess = pool.excesses(dealt, rng)
    as_large = np.count_nonzero(excess >= excess[0] - _ROUNDING)
    return Outcome(float(as_large / len(excess)), pool.m)


def _dealt(n_first: int, n: int, permutations: int, rng: np.random.Generator, /) -> BoolArray:
    """Return which of n units the first side gets: as observed, then in other ways."""
    halves = 2 * n_first == n  # then the other side may be called the first
    ways = math.comb(n, n_first) // (2 if halves else 1)
    if ways <= permutations + 1:
        chosen = np.array(list(islice(combinations(range(n), n_first), ways)))
    else:
        drawn = rng.permuted(np.tile(np.arange(n), (permutations, 1)), axis=1)[:, :n_first]
        chosen = np.vstack([np.arange(n_first), drawn])
    dealt = np.zeros((len(chosen), n), np.bool_)
    np.put_along_axis(dealt, chosen, values=True, axis=1)
    return dealt


@dataclass(frozen=True, slots=True, eq=False)
class _Pool:
    """The sentences of both sides over the features that they have, and the unit of each."""

    metric: Metric
    counts: Matrix
    sizes: IntArray
    unit: IntArray
    m: int

    @classmethod
    def of(cls, metric: Metric, first: Collection, second: Collection, m: int, /) -> _Pool:
        """Return both sides together, with the length that every way to deal them out allows."""
        from scipy.sparse import vstack

        counts = vstack([first.source.counts, second.source.counts], format="csr")
        if metric.is_local:
            used = np.unique(counts.indices)
            metric, counts = metric.at(used), counts[:, used]
        sizes = np.concatenate([first.source.sizes, second.source.sizes])
        unit = np.concatenate([first.unit, second.unit + first.n_units])
        least = np.sort(np.bincount(unit, sizes))[: first.n_units].sum()
        return cls(metric, counts, sizes, unit, min(m, int(least) // 2))

    def excesses(self, dealt: BoolArray, rng: np.random.Generator, /) -> FloatArray:
        """Return the mean excess over the draws for each way to deal out the units."""
        total = np.zeros(len(dealt))
        step = max(1, _BLOCK // max(self.counts.shape))
        for _ in range(_DRAWS):
            order = rng.permutation(len(self.sizes))
            counts = self.counts[order].T.tocsr()
            for start in range(0, len(dealt), step):
                block = slice(start, start + step)
                mine = dealt[block][:, self.unit[order]]
                total[block] += self._excess(counts, np.where(mine, self.sizes[order], 0), order)
        return total / _DRAWS

    def _excess(self, counts: Matrix, kept: IntArray, order: IntArray, /) -> FloatArray:
        """Return the excess where these are the tokens of each sentence that the first side has."""
        between = self.metric.between
        (a, a_end), (b, b_end) = (
            self._ends(counts, side, order) for side in (kept, self.sizes[order] - kept)
        )
        excess = between(a, b) + between(a_end, b_end) - between(a, a_end) - between(b, b_end)
        return (-excess if self.metric.kind == "similarity" else excess) / 2

    def _ends(self, counts: Matrix, kept: IntArray, order: IntArray, /) -> tuple[FloatArray, ...]:
        """Return the prepared samples of one side, from the start and the end of the order."""
        upto = np.cumsum(kept, axis=1)
        before, after = upto - kept, upto[:, -1:] - upto
        sizes = self.sizes[order]
        weights = (np.clip(self.m - passed, 0, kept) / sizes for passed in (before, after))
        return tuple(
            self.metric.prepare(np.ascontiguousarray((counts @ weight.T).T)) for weight in weights
        )
