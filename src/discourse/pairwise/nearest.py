"""The nearest documents of each document, without the matrix of all pairs."""

from __future__ import annotations

from functools import partial
from typing import Any, get_args

from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import check_jobs, check_option
from discourse.metrics import Metric
from discourse.pairwise.binding import Table, bind, check_values, described
from discourse.pairwise.blocks import Halves
from discourse.pairwise.neighbours import Neighbours
from discourse.pairwise.selection import Groups, as_choice, select
from discourse.pairwise.undefined import Undefined, find_missing
from discourse.record import ReadOnly, Record, shown
from discourse.vectors import FeatureVectors, as_vectors


def nearest(
    vectors: FeatureVectors | DocumentFeatureMatrix,
    /,
    other: FeatureVectors | DocumentFeatureMatrix | None = None,
    *,
    k: int | None = 10,
    threshold: float | None = None,
    metric: str | Metric = "cosine",
    across: Groups | None = None,
    within: Groups | None = None,
    undefined: Undefined = "raise",
    n_jobs: int = 1,
) -> Neighbours:
    """Return the nearest documents of each document.

    Parameters
    ----------
    vectors : FeatureVectors or DocumentFeatureMatrix
    other : FeatureVectors or DocumentFeatureMatrix, optional
        Where neighbours are looked for; by default among the same documents, of which none is a
        neighbour of itself. Features are matched by name.
    k : int or None
        How many a document gets at most; None for all that keep to the threshold.
    threshold : float, optional
        The smallest similarity, or the largest distance or divergence, of a neighbour.
    metric : str or Metric
        As in `similarity`.
    across, within : str or mapping of str to str, optional
        A docvar, or a group for every document: neighbours come from other groups only, or from
        the same group only.
    undefined : {"raise", "nan"}
        What becomes of documents for which there is no value; with "nan" they are no neighbours.
    n_jobs : int
        Threads; -1 for one per processor. The result does not depend on it.

    Returns
    -------
    Neighbours
        At most `k` a document, best first, ties in the order of the documents.

    Raises
    ------
    OptionError
        If an option is not allowed, or there are fewer than `k` documents to choose from.
    UndefinedError
        If a pair has no value and `undefined` is "raise".
    DiscourseError
        If weights are negative or not finite.

    Notes
    -----
    Values are computed in blocks of rows, 16 MiB a thread, and each pair once if the metric is
    symmetric. How large the blocks are is logged before the run, at level INFO of the logger
    "discourse"; beside them stand `k` numbers a document and thread.

    Examples
    --------
    >>> import discourse as ds
    >>> corpus = ds.Corpus.from_texts(["war and peace", "peace and war", "peace"],
    ...                               docvars={"party": ["X", "X", "Y"]})
    >>> ds.nearest(ds.count(corpus), k=1, across="party").to_frame()["neighbour"].tolist()
    ['text3', 'text3', 'text1']
    """
    check_option("undefined", undefined, get_args(Undefined))
    threads = check_jobs(n_jobs)
    left = as_vectors(vectors)
    right = left if other is None else as_vectors(other)
    for side in (left, right):
        check_values(side)
    bound = bind(metric, Table(left.features, left.values), Table(right.features, right.values))
    rows, columns = bound.matrices
    missing = find_missing(bound.metric, (left.docs, rows), (right.docs, columns), undefined)
    wanted: dict[str, Any] = {"k": k, "threshold": threshold, "across": across, "within": within}
    itself = other is None
    choice = as_choice(left, right, itself=itself, **wanted)
    pairs = Halves(bound.metric, rows, columns, itself and bound.metric.symmetric)
    found = select(pairs, choice, missing, n_jobs=threads)
    parameters, digests = described(metric)
    options = {name: shown(value) for name, value in wanted.items()}
    record = Record(
        "nearest",
        ReadOnly({**parameters, **options, "undefined": undefined}),
        ReadOnly(
            {"vectors": left.digest, **({} if other is None else {"other": right.digest})} | digests
        ),
        recompute=partial(nearest, metric=metric, undefined=undefined, n_jobs=n_jobs, **wanted),
    )
    return Neighbours(
        left.docs,
        right.docs,
        found.doc,
        found.neighbour,
        found.rank,
        found.values,
        bound.metric.name,
        bound.metric.kind,
        record,
        note=None if missing is None else missing.note,
    )
