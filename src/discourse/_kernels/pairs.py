"""The overlaps of all rows of one sparse matrix with all rows of another, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from discourse._kernels import Overlap
from discourse._kernels._jit import Sparse, jit, plain, sparse
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
    n_first = out.shape[1]
    terms = np.empty(n_first)
    for i in range(start, stop):
        sums = out[i - start]
        for k in range(indptr[i], indptr[i + 1]):
            x = data[k]
            begin, end = post_indptr[indices[k]], post_indptr[indices[k] + 1]
            if end > begin and post_rows[end - 1] >= n_first:
                low = begin  # halve until the columns end where `out` does
                while low < end:
                    middle = (low + end) // 2
                    if post_rows[middle] < n_first:
                        low = middle + 1
                    else:
                        end = middle
            places, others = post_rows[begin:end], post_data[begin:end]
            # The choice stands outside the innermost loop, which runs once per shared feature;
            # what takes long is computed apart from the scattered sums, many at a time.
            if overlap == _PRODUCT:
                for m in range(places.size):
                    sums[places[m]] += x * others[m]
            elif overlap == _MINIMUM:
                for m in range(places.size):
                    sums[places[m]] += min(x, others[m])
            elif overlap == _ENTROPY:
                apart = post_own[begin:end]
                for m in range(places.size):
                    both = x + others[m]
                    terms[m] = 0.5 * both * log2(both) - own[k] - apart[m]
                for m in range(places.size):
                    sums[places[m]] += terms[m]
            elif overlap == _HARMONIC:
                for m in range(places.size):
                    terms[m] = x * (others[m] / (x + others[m]))
                for m in range(places.size):
                    sums[places[m]] += terms[m]
            elif overlap == _RELATIVE:
                for m in range(places.size):
                    terms[m] = 1.0 + 2.0 * (min(x, others[m]) / (x + others[m]))
                for m in range(places.size):
                    sums[places[m]] += terms[m]
            elif overlap == _POWER:
                apart = post_own[begin:end]
                for m in range(places.size):
                    gap = abs(x - others[m]) ** exponent
                    sums[places[m]] += own[k] + apart[m] - gap
