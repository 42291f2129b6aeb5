"""What each feature adds to the value of one pair: the exact explanation of a comparison."""

from __future__ import annotations

from functools import partial

import numpy as np

from discourse import metrics
from discourse.dfm import DocumentFeatureMatrix
from discourse.labelled import Contributions
from discourse.record import ReadOnly, Record
from discourse.vectors import FeatureVectors, as_vectors


def explain(
    vectors: FeatureVectors | DocumentFeatureMatrix,
    a: str,
    b: str,
    /,
    *,
    metric: str = "cosine",
) -> Contributions:
    """Return what each feature contributes to the value between two documents.

    Similarities are split into their summands, ratios in proportion to what each feature shares,
    distances in proportion to how far each feature is apart.

    Parameters
    ----------
    vectors : FeatureVectors or DocumentFeatureMatrix
    a, b : str
        Identifiers of the two documents.
    metric : str
        A name in ``METRICS``.

    Returns
    -------
    Contributions
        Largest first, ties in order of code point; features that contribute nothing are left out.
        The values are 0 or more, in the unit of the metric, and sum to what
        ``similarity(vectors, metric=metric).value(a, b)`` is.

    Raises
    ------
    OptionError
        If a document or the metric is unknown.
    UndefinedError
        If there is no value, since a document has no features.
    DiscourseError
        If weights are negative or not finite.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.contributions import explain
    >>> dfm = ds.count(ds.Corpus.from_texts(["war and peace", "peace"], ids=["x", "y"]))
    >>> explain(dfm, "x", "y", metric="manhattan").to_frame()["feature"].tolist()
    ['and', 'war']
    """
    chosen = metrics.find(metric)
    weights = as_vectors(vectors)
    rows = weights.row(a), weights.row(b)
    parts = chosen.parts(*rows, names=(a, b))
    found = np.flatnonzero(parts).tolist()
    order = sorted(found, key=lambda i: (-parts[i], weights.features[i]))
    record = Record(
        "explain",
        ReadOnly({"metric": metric, "a": a, "b": b}),
        ReadOnly({"vectors": weights.digest}),
        recompute=partial(explain, metric=metric),
    )
    return Contributions(
        tuple(weights.features[i] for i in order),
        parts[order],
        chosen.pair(*rows, names=(a, b)),
        metric,
        a,
        b,
        record,
    )
