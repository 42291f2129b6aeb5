"""The fast form of prepared rows: what is stored of them, and what overlaps are summed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from discourse.labelled import FloatArray
from discourse.metrics.metric import HALF, Metric
from discourse.metrics.preparing import Level
from discourse.metrics.rows import Compressed

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

_DOUBT: Final = 1e-9  # of a sum of squares: below this part of it, sums say nothing certain
_STEEP: Final = 8.0  # standard deviations of a mean above 0


class Stored(NamedTuple):
    """Rows ready for the kernel, as left and as right sides of pairs.

    Attributes
    ----------
    own : csr_array of shape (n_rows, n_features)
        What rows hold by themselves.
    left, right : csr_array of shape (n_rows, n_columns)
        Whose overlaps are summed; `own` unless the metric has a level.
    left_sizes, right_sizes : ndarray of shape (n_rows,)
    """

    own: Matrix
    left: Matrix
    right: Matrix
    left_sizes: FloatArray
    right_sizes: FloatArray


def stored(metric: Metric, matrix: Matrix, /) -> Stored:
    """Return the rows of a matrix prepared for a metric that is bound to its columns."""
    own = _own(metric, matrix)
    n_rows = matrix.shape[0]
    if metric.level is not None:
        of_feature = cast("Any", metric.space).level
        if metric.level.unit:
            return _centred(metric.level, of_feature, own)
        return _smoothed(of_feature, own, both_ways=metric.symmetric)
    size = metric.size
    sizes = np.full(n_rows, HALF) if size is None else _row_sums(own, size(own.data))
    return Stored(own, own, own, sizes, sizes)


def _own(metric: Metric, matrix: Matrix, /) -> Matrix:
    """Return what the rows hold by themselves, without stored zeros."""
    space = metric.space
    if space is not None and space.before is not None and not space.before.all():
        kept = matrix.data * (space.before[matrix.indices] > 0.0)
        matrix = _with(matrix, kept).copy()  # the arrays of the caller are read-only
        matrix.eliminate_zeros()  # a feature of weight 0 is none
    lengths = np.diff(matrix.indptr).astype(np.intp)
    used = lengths > 0
    rows = Compressed(matrix.indptr[:-1][used].astype(np.intp), lengths[used], matrix.indices)
    own = _with(matrix, metric.own(matrix.data, rows)) if used.any() else matrix
    if not own.data.all():  # a weight too small beside the others of its row, or one left out
        own = own.copy()
        own.eliminate_zeros()
    return own


def alike(metric: Metric, matrix: Matrix, /) -> npt.NDArray[np.intp]:
    """Return the rows of which hardly anything may be left once their level is taken off."""
    if metric.level is None or not metric.level.unit:
        return np.empty(0, np.intp)
    own = _own(metric, matrix)
    centred = _off_level(metric.level, cast("Any", metric.space).level, own)
    return np.flatnonzero(
        centred.squared <= _DOUBT * (centred.own + centred.share**2 * centred.level)
    )


class _Centred(NamedTuple):
    """Rows ``x + c l``: x, ``x l``, c, ``l l``, and the sums of squares of the rows and of x."""

    x: Matrix
    dot: FloatArray
    share: FloatArray
    level: float
    squared: FloatArray
    own: FloatArray


def _off_level(level: Level, of_feature: FloatArray, own: Matrix, /) -> _Centred:
    """Return what rows are made of.

    Of a feature that is high beside its spread hardly a digit would be left in sums: where it is
    above `_STEEP`, it is taken off each row, and its level is 0.
    """
    steep = np.flatnonzero(of_feature > _STEEP)
    if steep.size:
        off = own[:, steep].toarray() - of_feature[steep]
        rest = np.setdiff1d(np.arange(len(of_feature)), steep)
        own = _beside(own[:, rest], off)
        of_feature = np.concatenate([of_feature[rest], np.zeros(len(steep))])
    dot = _row_sums(own, own.data * of_feature[own.indices])
    square = float(np.square(of_feature).sum())
    share = level.share(dot, np.asarray(square))
    own_squared = _row_sums(own, np.square(own.data))
    squared = own_squared + share * (2.0 * dot + share * square)
    return _Centred(own, dot, share, square, np.maximum(squared, 0.0), own_squared)


def _centred(level: Level, of_feature: FloatArray, own: Matrix, /) -> Stored:
    """Return unit rows ``x + c l``, whose products are ``x y + c (l y) + d (l x) + c d (l l)``.

    Two columns more hold ``l x`` and ``c`` on the left, ``d`` and ``l y + d l l`` on the right.
    """
    rows = _off_level(level, of_feature, own)
    with np.errstate(divide="ignore", invalid="ignore"):  # of rows that are their level
        scale = 1.0 / np.sqrt(rows.squared)
        dot, share = rows.dot * scale, rows.share * scale
        unit = _with(rows.x, rows.x.data * np.repeat(scale, np.diff(rows.x.indptr)))
    left = _beside(unit, np.column_stack([dot, share]))
    right = _beside(unit, np.column_stack([share, dot + share * rows.level]))
    sizes = np.full(len(dot), HALF)
    return Stored(unit, left, right, sizes, sizes)


def _smoothed(of_feature: FloatArray, own: Matrix, /, *, both_ways: bool) -> Stored:
    """Return rows ``u`` and ``v = log2(1 + u / l)``, which is ``log2(u + l)`` less the level's.

    For a sum over both directions, ``u v' + v u'``, they stand side by side.
    """
    from scipy.sparse import csr_array, hstack

    at = of_feature[own.indices]
    logs = np.log1p(own.data / at) / np.log(2.0)
    v = _with(own, logs)
    if not both_ways:
        left_sizes = _row_sums(own, (own.data + at) * logs)
        return Stored(own, own, v, left_sizes, _row_sums(own, at * logs))
    left, right = (csr_array(hstack(pair, format="csr")) for pair in ((own, v), (v, own)))
    sizes = _row_sums(own, own.data * logs)
    return Stored(own, cast("Any", left), cast("Any", right), sizes, sizes)


def _with(matrix: Matrix, data: FloatArray, /) -> Matrix:
    """Return a matrix with these numbers in the place of its own."""
    from scipy.sparse import csr_array

    other: Any = csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    return cast("Matrix", other)


def _beside(matrix: Matrix, columns: FloatArray, /) -> Matrix:
    """Return the matrix with further columns."""
    from scipy.sparse import csr_array, hstack

    wider: Any = csr_array(hstack((matrix, csr_array(columns)), format="csr"))
    return cast("Matrix", wider)


def _row_sums(matrix: Matrix, data: FloatArray, /) -> FloatArray:
    """Return the sums per row of numbers that stand in the place of the matrix's."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.asarray(np.bincount(rows, data, matrix.shape[0]), np.float64)
