"""Similarity of all pairs of documents, by the definition where it is small, else by the kernel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from discourse import metrics
from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import DiscourseError, UndefinedError, check_jobs, check_option, shorten
from discourse.labelled import FloatArray, SimilarityMatrix
from discourse.metrics import Metric
from discourse.record import ReadOnly, Record
from discourse.vectors import FeatureVectors, as_vectors, compressed

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

Undefined: TypeAlias = Literal["raise", "nan"]

# Up to this many values (pairs times features) the definition takes less than 0.1 s, and numba
# needs more to load; so two texts are compared without it.
_SMALL = 10_000_000
_MIRROR_BLOCK = 256
_NEAR_BLOCK = 256


def similarity(
    vectors: FeatureVectors | DocumentFeatureMatrix,
    /,
    other: FeatureVectors | DocumentFeatureMatrix | None = None,
    *,
    metric: str = "cosine",
    undefined: Undefined = "raise",
    n_jobs: int = 1,
) -> SimilarityMatrix:
    """Return the similarity, distance or divergence of all pairs of documents.

    Parameters
    ----------
    vectors : FeatureVectors or DocumentFeatureMatrix
        Documents in the rows of the result.
    other : FeatureVectors or DocumentFeatureMatrix, optional
        Documents in the columns; `vectors` again by default. Features are matched by name.
    metric : str
        A name in ``METRICS``; the kind of the result is the metric's.
    undefined : {"raise", "nan"}
        What becomes of pairs that have no value, since a document has no features.
    n_jobs : int
        Threads; -1 for one per processor. The result does not depend on it.

    Returns
    -------
    SimilarityMatrix
        Values of shape (n_rows, n_columns), within the bounds of the metric. Without `other`
        exactly symmetric, with exact zeros on the diagonal of distances and divergences.

    Raises
    ------
    OptionError
        If an option is unknown, or `vectors` are not vectors.
    UndefinedError
        If a pair has no value and `undefined` is "raise".
    DiscourseError
        If weights are negative or not finite.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.pairwise import similarity
    >>> dfm = ds.count(["war and peace", "peace and war", "peace"])
    >>> similarity(dfm, metric="jaccard").values.round(2).tolist()
    [[1.0, 1.0, 0.33], [1.0, 1.0, 0.33], [0.33, 0.33, 1.0]]
    """
    chosen = metrics.find(metric)
    check_option("undefined", undefined, get_args(Undefined))
    threads = check_jobs(n_jobs)
    left = as_vectors(vectors)
    right = left if other is None else as_vectors(other)
    for side in (left, right):
        _check_weights(side)
    missing, note = _undefined_pairs(chosen, left, right, undefined)
    values = _values(chosen, *_aligned(left, right), threads)
    if missing is not None:
        values[missing] = np.nan
    record = Record(
        "similarity",
        ReadOnly({"metric": metric, "undefined": undefined}),
        ReadOnly({"vectors": left.digest} | ({} if other is None else {"other": right.digest})),
        recompute=partial(similarity, metric=metric, undefined=undefined, n_jobs=n_jobs),
    )
    return SimilarityMatrix(values, left.docs, right.docs, metric, chosen.kind, record, note=note)


def _undefined_pairs(
    metric: Metric, left: FeatureVectors, right: FeatureVectors, undefined: Undefined, /
) -> tuple[npt.NDArray[np.bool_] | None, str | None]:
    """Return which pairs have no value and the reason; None and None if all have one."""
    rows, columns = (np.diff(v.values.indptr) == 0 for v in (left, right))
    if metric.needs == "none" or not (rows.any() or columns.any()):
        return None, None
    combine = np.logical_or if metric.needs == "both" else np.logical_and
    missing = combine.outer(rows, columns)
    if not missing.any():
        return None, None
    sides = ((left, rows), (right, columns))
    named = (v.docs[i] for v, none in sides for i in np.flatnonzero(none).tolist())
    empty = list(dict.fromkeys(named))
    if undefined == "raise":
        reason = f"{metric.why_undefined} Drop the documents, or ask for undefined='nan'."
        raise UndefinedError(empty, reason)
    return missing, f"undefined for {shorten(empty)}: {metric.why_undefined}"


def _check_weights(vectors: FeatureVectors, /) -> None:
    """Raise unless all weights are finite and none is negative."""
    data = vectors.values.data
    wrong = np.flatnonzero(~((data >= 0.0) & (data < np.inf)))
    if wrong.size:
        rows = np.unique(np.searchsorted(vectors.values.indptr, wrong, side="right") - 1)
        msg = (
            f"weights must be finite and 0 or more; those of {len(rows)} document(s) are not: "
            f"{shorten([vectors.docs[int(i)] for i in rows])}."
        )
        raise DiscourseError(msg)


def _aligned(left: FeatureVectors, right: FeatureVectors, /) -> tuple[Matrix, Matrix]:
    """Return the values over the same columns: the features of either."""
    if left.features == right.features:
        return left.values, right.values
    features = sorted({*left.features, *right.features})
    column = {name: i for i, name in enumerate(features)}
    return _moved(left, column), _moved(right, column)


def _moved(vectors: FeatureVectors, column: dict[str, int], /) -> Matrix:
    """Return the values with each feature in its column."""
    values = vectors.values
    places = np.array([column[name] for name in vectors.features], values.indices.dtype)
    shape = (len(vectors), len(column))
    return compressed(values.data, places[values.indices], values.indptr, shape)


def _values(metric: Metric, left: Matrix, right: Matrix, n_jobs: int, /) -> FloatArray:
    """Return the values of all pairs; those that do not exist are arbitrary."""
    mirrored = left is right and metric.symmetric
    a = _prepared(metric, left)
    b = a if left is right else _prepared(metric, right)
    small = a.shape[0] * b.shape[0] * a.shape[1] <= _SMALL
    with np.errstate(divide="ignore", invalid="ignore"):  # 0 / 0 of pairs that do not exist
        if small:
            values = _by_definition(metric, a, b, lower=mirrored)
        else:
            values = _by_kernel(metric, a, b, lower=mirrored, n_jobs=n_jobs)
    if mirrored:
        _mirror(values)
    return values


def _prepared(metric: Metric, matrix: Matrix, /) -> Matrix:
    """Return the matrix with prepared rows."""
    lengths = np.diff(matrix.indptr)
    used = lengths > 0

    def reduce(ufunc: np.ufunc, data: FloatArray) -> FloatArray:
        return np.repeat(ufunc.reduceat(data, matrix.indptr[:-1][used]), lengths[used])

    prepared = compressed(
        metric.prepare(matrix.data, reduce), matrix.indices, matrix.indptr, matrix.shape
    )
    if not prepared.data.all():  # a weight too small beside the others of its row
        prepared = prepared.copy()
        prepared.eliminate_zeros()
    return prepared


def _row_sums(matrix: Matrix, data: FloatArray, /) -> FloatArray:
    """Return the sums per row of numbers that stand in the place of the matrix's."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.asarray(np.bincount(rows, data, matrix.shape[0]), np.float64)


def _by_definition(metric: Metric, a: Matrix, b: Matrix, /, *, lower: bool) -> FloatArray:
    """Return the values row by row; with `lower`, up to the diagonal."""
    left, right = a.toarray(), b.toarray()
    values = np.zeros((len(left), len(right)))
    for i, row in enumerate(left):
        stop = i + 1 if lower else len(right)
        values[i, :stop] = metric.between(row, right[:stop])
    return values


def _by_kernel(metric: Metric, a: Matrix, b: Matrix, /, *, lower: bool, n_jobs: int) -> FloatArray:
    """Return the values from overlaps; with `lower`, up to the diagonal."""
    from discourse._kernels.pairs import overlaps

    values = overlaps(metric.overlap, a, b, lower=lower, n_jobs=n_jobs)
    a_sizes, b_sizes = _sizes(metric, a), _sizes(metric, b)
    for i, row in enumerate(values):
        stop = i + 1 if lower else len(b_sizes)
        o, size, sizes = row[:stop], a_sizes[i], b_sizes[:stop]
        near = np.flatnonzero(metric.near(o, size, sizes))
        if lower:
            near = near[near < i]  # the diagonal is filled at the end
        o[:] = metric.finish(o, size, sizes)
        for start in range(0, near.size, _NEAR_BLOCK):
            block = near[start : start + _NEAR_BLOCK]
            row[block] = metric.between(*_dense(a[[i], :], b[block, :]))
    if lower and metric.kind != "similarity":
        np.fill_diagonal(values, 0.0)
    return values


def _sizes(metric: Metric, matrix: Matrix, /) -> FloatArray:
    """Return the size of every prepared row."""
    if metric.size is None:
        return np.full(matrix.shape[0], metrics.HALF)
    return _row_sums(matrix, metric.size(matrix.data))


def _dense(a: Matrix, b: Matrix, /) -> tuple[FloatArray, FloatArray]:
    """Return the rows of both, over the features that either has."""
    used = np.union1d(a.indices, b.indices)
    return a[:, used].toarray(), b[:, used].toarray()


def _mirror(values: FloatArray, /) -> None:
    """Copy what is below the diagonal to the other side, in blocks that fit the cache."""
    for start in range(0, len(values), _MIRROR_BLOCK):
        stop = start + _MIRROR_BLOCK
        square = values[start:stop, start:stop]
        square[:] = np.tril(square) + np.tril(square, -1).T
        values[start:stop, stop:] = values[stop:, start:stop].T
