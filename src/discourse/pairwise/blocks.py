"""The values of all pairs, block of rows by block of rows, in as many threads as wanted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.labelled import FloatArray
from discourse.metrics import Metric, stored

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from threadpoolctl import ThreadpoolController

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

# Up to this many values (pairs times features) the definition takes less than 0.1 s, and numba
# needs more to load; so two texts are compared without it.
_SMALL = 10_000_000
_BLOCK = 2**21  # values of one block: 16 MiB
_MOST_ROWS = 256
_CHUNK = 2**15  # values that are finished at a time, near the processor
_NEAR_BLOCK = 256

Use: TypeAlias = Callable[[int, FloatArray], None]
Places: TypeAlias = npt.NDArray[np.intp]
Flags: TypeAlias = npt.NDArray[np.bool_]

log = logging.getLogger("discourse")


class Halves(NamedTuple):
    """What is compared: documents in rows with documents in columns.

    With `lower`, both are the same documents and the metric is symmetric, so that only columns up
    to the last row of a block are computed; what stands on the diagonal and above is arbitrary.
    """

    metric: Metric
    rows: Matrix
    columns: Matrix
    lower: bool


def each_block(pairs: Halves, use: Use, /, *, n_jobs: int) -> None:
    """Hand every block of values to `use`, with the number of its first row.

    Blocks come in any order, from several threads at a time; their borders and values do not
    depend on the number of threads. The array is written over once `use` returns.
    """
    with np.errstate(divide="ignore", invalid="ignore"):  # 0 / 0 of pairs that do not exist
        if is_small(pairs):
            _by_definition(pairs, use)
        else:
            _by_kernel(pairs, use, n_jobs)


def is_small(pairs: Halves, /) -> bool:
    """Tell whether the definition is fast enough."""
    n_features = pairs.rows.shape[1]
    return pairs.rows.shape[0] * pairs.columns.shape[0] * n_features <= _SMALL


def _rows_of_block(n_columns: int, /) -> int:
    """Return how many rows a block has."""
    return max(1, min(_MOST_ROWS, _BLOCK // max(1, n_columns)))


def _borders(pairs: Halves, /) -> Iterator[tuple[int, int, int]]:
    """Yield first row, last row and number of columns of each block, the largest first."""
    n_rows, n_columns = pairs.rows.shape[0], pairs.columns.shape[0]
    step = _rows_of_block(n_columns)
    for start in reversed(range(0, n_rows, step)):
        stop = min(start + step, n_rows)
        yield start, stop, stop if pairs.lower else n_columns


def _by_definition(pairs: Halves, use: Use, /) -> None:
    """Compare full rows."""
    metric = pairs.metric
    left = metric.prepare(pairs.rows.toarray())
    right = left if pairs.lower else metric.prepare(pairs.columns.toarray())
    for start, stop, n_columns in _borders(pairs):
        values = np.empty((stop - start, n_columns))
        for i, row in enumerate(left[start:stop]):
            values[i] = metric.between(row, right[:n_columns])
        use(start, values)


def _by_kernel(pairs: Halves, use: Use, n_jobs: int, /) -> None:
    """Sum overlaps of what is stored."""
    fast = _Fast(pairs)
    _tell(pairs, n_jobs)

    def run(borders: tuple[int, int, int]) -> None:
        start, stop, n_columns = borders
        use(start, fast.block(start, stop, n_columns))

    # Several threads that each used all processors would be in each other's way.
    with _libraries().limit(limits=1, user_api="blas"):
        if n_jobs == 1:
            for borders in _borders(pairs):
                run(borders)
        else:
            with ThreadPoolExecutor(n_jobs) as pool:
                list(pool.map(run, _borders(pairs)))


@cache
def _libraries() -> ThreadpoolController:
    """Return what sets the threads of libraries; finding those takes longer than a small run."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def crossed(metric: Metric, rows: Matrix, columns: Matrix, ignored: Flags, /) -> FloatArray:
    """Return the values of all pairs at once, by the kernel however few they are.

    Of the pairs that are marked as `ignored` the values are arbitrary.
    """
    pairs = Halves(metric, rows, columns, lower=False)
    return _Fast(pairs).block(0, rows.shape[0], columns.shape[0], ignored)


class _Fast:
    """Pairs as what is stored of their rows, of which blocks are computed on demand."""

    def __init__(self, pairs: Halves, /) -> None:
        from discourse._kernels.pairs import Pairs

        metric = self._metric = pairs.metric
        self._lower = pairs.lower
        self._left = stored(metric, pairs.rows)
        same = pairs.columns is pairs.rows
        self._right = self._left if same else stored(metric, pairs.columns)
        exponent = metric.options.get("p", 1.0)
        left, right = self._left.left, self._right.right
        self._overlaps = Pairs(metric.overlap, left, right, exponent=exponent)

    def block(
        self, start: int, stop: int, n_columns: int, /, ignored: Flags | None = None
    ) -> FloatArray:
        """Return the values of some rows with the first columns."""
        values = np.empty((stop - start, n_columns))
        self._overlaps.fill(start, stop, values)
        step = max(1, _CHUNK // max(1, n_columns))
        with np.errstate(divide="ignore", invalid="ignore"):  # of pairs that do not exist
            for first in range(0, len(values), step):
                near = self._finish(values[first : first + step], start + first)
                if self._lower:
                    near = near[near[:, 1] < near[:, 0]]
                if ignored is not None:
                    near = near[~ignored[near[:, 0], near[:, 1]]]
                self._sum_differences(near, values, start)
        return values

    def _finish(self, overlaps: FloatArray, start: int, /) -> Places:
        """Turn overlaps into values, in place; return the pairs whose rows are too much alike."""
        rows = self._left.left_sizes[start : start + len(overlaps), np.newaxis]
        columns = self._right.right_sizes[: overlaps.shape[1]]
        overlaps[:], near = self._metric.finish(overlaps, rows, columns)
        near[:, 0] += start
        return near

    def _sum_differences(self, near: Places, values: FloatArray, start: int, /) -> None:
        """Put the value of the definition where rows are too much alike."""
        metric = self._metric
        for i in np.unique(near[:, 0]).tolist():
            columns = near[near[:, 0] == i, 1]
            row = self._left.own[[i], :]
            for begin in range(0, len(columns), _NEAR_BLOCK):
                some = columns[begin : begin + _NEAR_BLOCK]
                others = self._right.own[some, :]
                used = np.union1d(row.indices, others.indices).astype(np.intp)
                a, b = (metric.full(rows[:, used].toarray(), used) for rows in (row, others))
                values[i - start, some] = metric.between(a, b)


def _tell(pairs: Halves, n_jobs: int, /) -> None:
    """Log what the run is to compute and what its blocks take."""
    n_rows, n_columns = pairs.rows.shape[0], pairs.columns.shape[0]
    step = min(n_rows, _rows_of_block(n_columns))
    log.info(
        "%s of %d x %d documents: blocks of %d rows, %.1f MiB in all.",
        *(pairs.metric.name, n_rows, n_columns, step),
        8 * n_jobs * step * n_columns / 2**20,
    )
