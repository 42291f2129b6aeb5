"""The overlaps of all rows of one sparse matrix with all rows of another, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from discourse._kernels import Overlap
from discourse._kernels._jit import jit, plain, sparse
from discourse._kernels.logarithm import log2

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix = csr_array[np.float64, tuple[int, int]]

Floats = npt.NDArray[np.float64]

# A multiplication of full matrices takes about a fifteenth of the time a value that adding up
# products one by one takes, so that it wins where this part of all pairs shares a feature.
_DENSE = 0.06
_MOST_DENSE = 2**28  # bytes of full columns a side

_PRODUCT = int(Overlap.PRODUCT)
_MINIMUM = int(Overlap.MINIMUM)
_ENTROPY = int(Overlap.ENTROPY)
_HARMONIC = int(Overlap.HARMONIC)
_RELATIVE = int(Overlap.RELATIVE)
_POWER = int(Overlap.POWER)


class Pairs:
    """All pairs of a row and a column document, of which blocks are summed on demand.

    Products are summed over features that many documents have by multiplying full matrices, over
    the others, like all other overlaps, by walking through the documents that have them. Blocks of
    the same borders come out the same, bit by bit, in any thread.

    Parameters
    ----------
    overlap : Overlap
    rows, columns : csr_array of shapes (n, n_features), (m, n_features)
        Without duplicates. Positive values only, unless products are summed.
    exponent : float
        Of `Overlap.POWER`.
    """

    def __init__(
        self, overlap: Overlap, rows: Matrix, columns: Matrix, /, *, exponent: float = 1.0
    ) -> None:
        self._overlap = overlap
        self._exponent = exponent
        self._full: tuple[Floats, Floats] | None = None
        if overlap is Overlap.PRODUCT:
            common, others = _split(rows, columns)
            if common.size:
                self._full = rows[:, common].toarray(), columns[:, common].toarray()
                rows, columns = rows[:, others], columns[:, others]
        self._left, self._right = sparse(rows), sparse(columns.tocsc())
        self._own = _of_one(overlap, self._left.data, exponent)
        self._others = _of_one(overlap, self._right.data, exponent)

    def fill(self, start: int, stop: int, out: Floats, /) -> None:
        """Write the overlaps of rows ``start:stop`` with the first columns into `out`.

        Parameters
        ----------
        start, stop : int
        out : ndarray of shape (stop - start, n_first)
            C-contiguous, written over.
        """
        if self._full is None:
            out.fill(0.0)
        else:
            left, right = self._full
            np.matmul(left[start:stop], right[: out.shape[1]].T, out=out)
        _accumulate(
            int(self._overlap),
            self._exponent,
            *self._left,
            self._own,
            self._right.indptr,
            self._right.indices.view(np.uint32),  # an index that may be negative costs a check
            self._right.data,
            self._others,
            start,
            stop,
            out,
        )


def _split(rows: Matrix, columns: Matrix, /) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the features that so many pairs share that full matrices are faster, and the rest."""
    shared = np.ones(rows.shape[1])
    for matrix in (rows, columns):
        shared *= np.bincount(matrix.indices, minlength=len(shared)) / max(1, matrix.shape[0])
    most = _MOST_DENSE // (8 * max(1, rows.shape[0], columns.shape[0]))
    order = np.argsort(-shared, kind="stable")[:most]
    common = np.sort(order[shared[order] > _DENSE])
    return common, np.setdiff1d(np.arange(len(shared)), common)


def _of_one(overlap: Overlap, values: Floats, exponent: float, /) -> Floats:
    """Return what the overlap takes of each stored value alone."""
    if overlap is Overlap.ENTROPY:
        return plain(0.5 * values * np.log2(values))
    if overlap is Overlap.POWER:
        return plain(values**exponent)
    return values


@jit
def _end(rows: npt.NDArray[np.uint32], begin: int, end: int, n_first: int) -> int:
    """Return where the rows below `n_first` end, which are in ascending order."""
    if end > begin and rows[end - 1] < n_first:
        return end
    while begin < end:
        middle = (begin + end) // 2
        if rows[middle] < n_first:
            begin = middle + 1
        else:
            end = middle
    return end


# What takes long is computed apart from the sums, which are scattered: many terms at a time.


@jit
def _add(sums: Floats, places: npt.NDArray[np.uint32], terms: Floats) -> None:
    """Add terms where they belong."""
    for m in range(places.size):
        sums[places[m]] += terms[m]


@jit
def _add_products(sums: Floats, places: npt.NDArray[np.uint32], x: float, others: Floats) -> None:
    """Add x y."""
    for m in range(places.size):
        sums[places[m]] += x * others[m]


@jit
def _add_minima(sums: Floats, places: npt.NDArray[np.uint32], x: float, others: Floats) -> None:
    """Add min(x, y)."""
    for m in range(places.size):
        sums[places[m]] += min(x, others[m])


@jit
def _entropies(terms: Floats, x: float, others: Floats, own: float, apart: Floats) -> None:
    """Write ((x + y) log2(x + y) - x log2(x) - y log2(y)) / 2."""
    for m in range(others.size):
        both = x + others[m]
        terms[m] = 0.5 * both * log2(both) - own - apart[m]


@jit
def _harmonics(terms: Floats, x: float, others: Floats) -> None:
    """Write x y / (x + y)."""
    for m in range(others.size):
        terms[m] = x * (others[m] / (x + others[m]))


@jit
def _relatives(terms: Floats, x: float, others: Floats) -> None:
    """Write 1 + 2 min(x, y) / (x + y)."""
    for m in range(others.size):
        terms[m] = 1.0 + 2.0 * (min(x, others[m]) / (x + others[m]))


@jit
def _powers(
    terms: Floats, x: float, others: Floats, own: float, apart: Floats, exponent: float
) -> None:
    """Write x^p + y^p - abs(x - y)^p."""
    whole = int(exponent)
    if whole != exponent:
        for m in range(others.size):
            terms[m] = own + apart[m] - abs(x - others[m]) ** exponent
        return
    for m in range(others.size):  # a whole power takes a tenth of the time
        gap = abs(x - others[m])
        power = gap
        for _ in range(1, whole):
            power *= gap
        terms[m] = own + apart[m] - power


@jit
def _accumulate(
    overlap: int,
    exponent: float,
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    data: Floats,
    own: Floats,
    post_indptr: npt.NDArray[np.int64],
    post_rows: npt.NDArray[np.uint32],
    post_data: Floats,
    post_own: Floats,
    start: int,
    stop: int,
    out: Floats,
) -> None:
    """Add what rows ``start:stop`` share with the first columns that have the same features."""
    terms = np.empty(out.shape[1])
    for i in range(start, stop):
        sums = out[i - start]
        for k in range(indptr[i], indptr[i + 1]):
            x, begin = data[k], int(post_indptr[indices[k]])
            end = _end(post_rows, begin, int(post_indptr[indices[k] + 1]), out.shape[1])
            places, others, apart = post_rows[begin:end], post_data[begin:end], post_own[begin:end]
            # The choice stands outside the innermost loops, which run once per shared feature.
            if overlap == _PRODUCT:
                _add_products(sums, places, x, others)
            elif overlap == _MINIMUM:
                _add_minima(sums, places, x, others)
            elif overlap == _ENTROPY:
                _entropies(terms, x, others, own[k], apart)
                _add(sums, places, terms)
            elif overlap == _HARMONIC:
                _harmonics(terms, x, others)
                _add(sums, places, terms)
            elif overlap == _RELATIVE:
                _relatives(terms, x, others)
                _add(sums, places, terms)
            elif overlap == _POWER:
                _powers(terms, x, others, own[k], apart, exponent)
                _add(sums, places, terms)
