"""Pairs of disjoint samples of one source, whole and with one jackknife group left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from discourse.inference.sources import IntArray, Source
from discourse.labelled import FloatArray
from discourse.metrics import Metric
from discourse.resampling import GROUPS, blocks, fill
from discourse.vectors import compressed

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]
    Ends: TypeAlias = tuple[Matrix, Matrix]


class Drawn(NamedTuple):
    """Samples from both ends of n random orders, of a source as a whole or less each of its groups.

    Attributes
    ----------
    ends : (csr_array, csr_array) of shape (n_variants * n, n_features), float64
        Their counts, those of a variant in consecutive rows.
    within : ndarray of shape (n_variants,), float64
        Sums over the orders of the value between the two ends.
    """

    ends: Ends
    within: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Sampler:
    """What draws the samples of a source; those with a group left out skip it in their order.

    Attributes
    ----------
    metric : Metric
    counts : csr_array of shape (n_sentences, n_own), float64
    columns : ndarray of shape (n_own,), int64
        The features that the source has, among those of all.
    n_features : int
        Of all sources.
    sizes : ndarray of shape (n_sentences,), int64
    m : int
        Tokens of a sample.
    rng : Generator
    """

    metric: Metric
    counts: Matrix
    columns: IntArray
    n_features: int
    sizes: IntArray
    m: int
    rng: np.random.Generator

    @classmethod
    def of(cls, metric: Metric, source: Source, m: int, seed: int, /) -> Sampler:
        """Return the sampler of a source."""
        n_features = source.counts.shape[1]
        columns = np.arange(n_features)
        if metric.is_local:
            columns = np.unique(source.counts.indices).astype(np.int64)
        own, counts = metric.at(columns), source.counts[:, columns]
        return cls(own, counts, columns, n_features, source.sizes, m, source.generator(seed))

    def orders(self, n: int, /) -> IntArray:
        """Return the next random orders of the sentences, shape (n, n_sentences)."""
        rows = np.tile(np.arange(len(self.sizes)), (n, 1))
        return self.rng.permuted(rows, axis=1, out=rows)

    def whole(self, orders: IntArray, /) -> Drawn:
        """Return the samples of each order."""
        return self._drawn(orders, self.sizes[np.newaxis])

    def less(self, orders: IntArray, /) -> Drawn:
        """Return those with each group left out."""
        groups = blocks(len(self.sizes))
        return self._drawn(
            orders, np.where(groups == np.arange(GROUPS)[:, np.newaxis], 0, self.sizes)
        )

    def _drawn(self, orders: IntArray, variants: IntArray, /) -> Drawn:
        """Return samples of sentences of these sizes, 0 for those that are left out."""
        first, second = (self._sample(order, variants) for order in (orders, orders[:, ::-1]))
        prepared = (self.metric.prepare(side.toarray()) for side in (first, second))
        within = self.metric.between(*prepared).reshape(len(variants), -1).sum(axis=1)
        return Drawn((self._widened(first), self._widened(second)), within)

    def _sample(self, orders: IntArray, variants: IntArray, /) -> Matrix:
        """Return the counts of samples over the source's own features."""
        from scipy.sparse import csr_array

        weights = [fill(orders, sizes, self.m) for sizes in variants]
        return csr_array(np.concatenate(weights)) @ self.counts

    def _widened(self, own: Matrix, /) -> Matrix:
        """Return the counts over the features of all sources."""
        own.sort_indices()
        shape = (own.shape[0], self.n_features)
        return compressed(own.data, self.columns[own.indices], own.indptr, shape)
