"""The overlap of every row of one sparse matrix with every row of another."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from discourse._kernels import Overlap
from discourse._kernels._jit import Sparse, jit, plain, sparse

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix = csr_array[np.float64, tuple[int, int]]

_BLOCKS_PER_JOB = 16  # rows differ in length: small blocks keep all threads busy to the end

_PRODUCT = int(Overlap.PRODUCT)
_MINIMUM = int(Overlap.MINIMUM)
_ENTROPY = int(Overlap.ENTROPY)


def overlaps(
    overlap: Overlap, rows: Matrix, columns: Matrix, /, *, lower: bool = False, n_jobs: int = 1
) -> npt.NDArray[np.float64]:
    """Return the overlap, summed over shared features, of all pairs of rows.

    Parameters
    ----------
    overlap : Overlap
    rows, columns : csr_array of shapes (n, n_features), (m, n_features)
        Without duplicates, with positive values only.
    lower : bool
        Fill only the entries on and below the diagonal; the others stay 0.
    n_jobs : int
        Threads. The result does not depend on it.

    Returns
    -------
    ndarray of shape (n, m)
    """
    left, postings = sparse(rows), sparse(columns.tocsc())
    own = _entropies(overlap, left)
    others = _entropies(overlap, postings)
    out = np.zeros((rows.shape[0], columns.shape[0]))

    def fill(start: int, stop: int) -> None:
        _accumulate(int(overlap), *left, own, *postings, others, start, stop, lower, out)

    if n_jobs == 1:
        fill(0, len(out))
        return out
    borders = np.linspace(0, len(out), n_jobs * _BLOCKS_PER_JOB + 1).astype(int).tolist()
    with ThreadPoolExecutor(n_jobs) as pool:
        list(pool.map(fill, borders[:-1], borders[1:]))
    return out


def _entropies(overlap: Overlap, matrix: Sparse, /) -> npt.NDArray[np.float64]:
    """Return x log2(x) / 2 for each stored value, where the overlap needs it."""
    if overlap is Overlap.ENTROPY:
        return plain(0.5 * matrix.data * np.log2(matrix.data))
    return matrix.data


@jit
def _accumulate(
    overlap: int,
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    data: npt.NDArray[np.float64],
    entropies: npt.NDArray[np.float64],
    post_indptr: npt.NDArray[np.int64],
    post_rows: npt.NDArray[np.int32],
    post_data: npt.NDArray[np.float64],
    post_entropies: npt.NDArray[np.float64],
    start: int,
    stop: int,
    lower: bool,  # noqa: FBT001 - compiled code takes plain arguments, by position
    out: npt.NDArray[np.float64],
) -> None:
    """Add what rows ``start:stop`` share with all rows that have the same features."""
    for i in range(start, stop):
        last = i if lower else out.shape[1]
        sums = out[i]
        for k in range(indptr[i], indptr[i + 1]):
            x = data[k]
            begin, end = post_indptr[indices[k]], post_indptr[indices[k] + 1]
            # The choice stands outside the innermost loop, which runs once per shared feature.
            if overlap == _PRODUCT:
                for m in range(begin, end):
                    if post_rows[m] > last:
                        break
                    sums[post_rows[m]] += x * post_data[m]
            elif overlap == _MINIMUM:
                for m in range(begin, end):
                    if post_rows[m] > last:
                        break
                    sums[post_rows[m]] += min(x, post_data[m])
            elif overlap == _ENTROPY:
                for m in range(begin, end):
                    if post_rows[m] > last:
                        break
                    both = x + post_data[m]
                    entropy = 0.5 * both * math.log2(both)
                    sums[post_rows[m]] += entropy - entropies[k] - post_entropies[m]
