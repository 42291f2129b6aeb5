"""Similarity of all pairs of documents."""

from __future__ import annotations

import math
import os
from functools import partial
from typing import get_args

import numpy as np

from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import DiscourseError, check_jobs, check_option
from discourse.labelled import FloatArray, SimilarityMatrix
from discourse.metrics import Metric
from discourse.pairwise.binding import Table, bind, check_values, described
from discourse.pairwise.blocks import Halves, each_block, log
from discourse.pairwise.undefined import Undefined, find_missing
from discourse.record import ReadOnly, Record
from discourse.vectors import FeatureVectors, as_vectors

_MIRROR_BLOCK = 256


def similarity(
    vectors: FeatureVectors | DocumentFeatureMatrix,
    /,
    other: FeatureVectors | DocumentFeatureMatrix | None = None,
    *,
    metric: str | Metric = "cosine",
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
    metric : str or Metric
        A name in ``METRICS``, or one of these metrics with options; the kind of the result is the
        metric's. One that needs a background takes the documents compared, unless it has another.
    undefined : {"raise", "nan"}
        What becomes of pairs that have no value, since a document has no features.
    n_jobs : int
        Threads; -1 for one per processor. The result does not depend on it.

    Returns
    -------
    SimilarityMatrix
        Values of shape (n_rows, n_columns), within the bounds of the metric. Without `other`
        exactly symmetric if the metric is, with exact zeros on the diagonal of distances and
        divergences.

    Raises
    ------
    OptionError
        If an option is unknown, or `vectors` are not vectors.
    UndefinedError
        If a pair has no value and `undefined` is "raise".
    DiscourseError
        If weights are negative or not finite, or the matrix does not fit into memory.

    Notes
    -----
    The whole matrix is held in memory, 8 bytes a pair; what it takes is logged before the run, at
    level INFO of the logger "discourse". `nearest` needs no more than a block of it.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.pairwise import similarity
    >>> dfm = ds.count(["war and peace", "peace and war", "peace"])
    >>> similarity(dfm, metric="jaccard").values.round(2).tolist()
    [[1.0, 1.0, 0.33], [1.0, 1.0, 0.33], [0.33, 0.33, 1.0]]
    >>> weighted = ds.METRICS["jaccard"].using(weights={"peace": 2.0})
    >>> round(similarity(dfm, metric=weighted).value("text1", "text3"), 3)
    0.5
    """
    check_option("undefined", undefined, get_args(Undefined))
    threads = check_jobs(n_jobs)
    left = as_vectors(vectors)
    right = left if other is None else as_vectors(other)
    for side in (left, right):
        check_values(side)
    tables = (Table(left.features, left.values), Table(right.features, right.values))
    bound = bind(metric, *tables)
    rows, columns = bound.matrices
    missing = find_missing(bound.metric, (left.docs, rows), (right.docs, columns), undefined)
    pairs = Halves(bound.metric, rows, columns, rows is columns and bound.metric.symmetric)
    values = _filled(pairs, threads)
    if missing is not None:
        values[missing.block(0, values.shape)] = np.nan
    parameters, digests = described(metric)
    record = Record(
        "similarity",
        ReadOnly({**parameters, "undefined": undefined}),
        ReadOnly(
            {"vectors": left.digest, **({} if other is None else {"other": right.digest})} | digests
        ),
        recompute=partial(similarity, metric=metric, undefined=undefined, n_jobs=n_jobs),
    )
    note = None if missing is None else missing.note
    return SimilarityMatrix(
        values, left.docs, right.docs, bound.metric.name, bound.metric.kind, record, note=note
    )


def _filled(pairs: Halves, n_jobs: int, /) -> FloatArray:
    """Return the values of all pairs; those that do not exist are arbitrary."""
    shape = (pairs.rows.shape[0], pairs.columns.shape[0])
    _check_memory(shape)
    log.info("all pairs of %d x %d documents: %.1f MiB.", *shape, 8 * math.prod(shape) / 2**20)
    values = np.empty(shape)

    def put(start: int, block: FloatArray) -> None:
        values[start : start + len(block), : block.shape[1]] = block

    each_block(pairs, put, n_jobs=n_jobs)
    if pairs.lower:
        _mirror(values)
    if pairs.rows is pairs.columns and pairs.metric.kind != "similarity":
        np.fill_diagonal(values, 0.0)
    return values


def _check_memory(shape: tuple[int, int], /) -> None:
    """Raise if the matrix is larger than the memory of the machine."""
    needed = 8 * shape[0] * shape[1]
    try:
        there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not every system tells
        return
    if needed > there:
        msg = (
            f"{shape[0]:,} x {shape[1]:,} values take {needed / 2**30:,.0f} GiB, and this machine "
            f"has {there / 2**30:,.0f}. Ask for the nearest documents alone: nearest(..., k=10)."
        )
        raise DiscourseError(msg)


def _mirror(values: FloatArray, /) -> None:
    """Copy what is below the diagonal to the other side, in blocks that fit the cache."""
    for start in range(0, len(values), _MIRROR_BLOCK):
        stop = start + _MIRROR_BLOCK
        square = values[start:stop, start:stop]
        square[:] = np.tril(square) + np.tril(square, -1).T
        values[start:stop, stop:] = values[stop:, start:stop].T
