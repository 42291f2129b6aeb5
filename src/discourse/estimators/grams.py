"""Sparse matrices of weighted strings, and of the products of two of their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Matrix: TypeAlias = "csr_array[Any, tuple[int, int]]"
IntArray: TypeAlias = npt.NDArray[np.int64]


class Grams:
    """Vocabulary of strings, weighted by (1 + ln tf)(1 + ln((1 + n) / (1 + df))), unit length."""

    names: tuple[str, ...]

    def fit(self, docs: Sequence[Sequence[str]], /) -> Grams:
        """Learn the vocabulary and how rare each string is."""
        found = Counter(gram for doc in docs for gram in set(doc))
        self.names = tuple(sorted(found))
        self._column = {name: j for j, name in enumerate(self.names)}
        frequency = np.array([found[name] for name in self.names], np.float64)
        self._rarity = 1 + np.log((1 + len(docs)) / (1 + frequency))
        return self

    def transform(self, docs: Iterable[Sequence[str]], /) -> Matrix:
        """Return the weights of the known strings of each document."""
        from scipy.sparse import csr_array

        columns: list[int] = []
        counts: list[int] = []
        sizes = [0]
        for doc in docs:
            known = Counter(self._column[gram] for gram in doc if gram in self._column)
            columns += sorted(known)
            counts += [known[j] for j in sorted(known)]
            sizes.append(len(columns))
        data = (1 + np.log(np.array(counts, np.float64))) * self._rarity[columns]
        shape = (len(sizes) - 1, len(self.names))
        return _unit(csr_array((data, np.array(columns, np.int64), np.array(sizes)), shape=shape))


def _unit(matrix: Matrix, /) -> Matrix:
    """Return the matrix with rows of length 1, or 0 where they are empty."""
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1), np.float64).ravel()
    matrix.data = matrix.data / np.sqrt(np.repeat(squares, np.diff(matrix.indptr)))
    return matrix


class Products:
    """Products of two features of a row, those that occur in the rows that were learned from."""

    def fit(self, left: Matrix, right: Matrix, /) -> Products:
        """Learn which pairs of features occur together."""
        self._keys = np.unique(self._pairs(left, right)[1])
        self.left = self._keys // max(1, right.shape[1])
        return self

    def transform(self, left: Matrix, right: Matrix, /) -> Matrix:
        """Return the products of the known pairs."""
        from scipy.sparse import csr_array

        rows, keys, values = self._pairs(left, right)
        known = np.isin(keys, self._keys)
        columns = np.searchsorted(self._keys, keys[known])
        shape = (left.shape[0], len(self._keys))
        return csr_array((values[known], (rows[known], columns)), shape=shape)

    @staticmethod
    def _pairs(
        left: Matrix, right: Matrix, /
    ) -> tuple[IntArray, IntArray, npt.NDArray[np.float64]]:
        """Return the row, the number and the value of every product of two stored values."""
        m, n = np.diff(left.indptr), np.diff(right.indptr)
        sizes = m * n
        rows = np.repeat(np.arange(len(sizes)), sizes)
        offset = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        i = left.indptr[rows] + offset // n[rows]
        j = right.indptr[rows] + offset % n[rows]
        keys = left.indices[i].astype(np.int64) * right.shape[1] + right.indices[j]
        return rows, keys, left.data[i] * right.data[j]
