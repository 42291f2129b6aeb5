"""explain(): a pair of documents in, what each feature adds to their value out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from discourse.contributions.categories import beyond_features, by_category
from discourse.contributions.parts import ABSENT, compared, pair_parts, ranked
from discourse.dfm import DocumentFeatureMatrix
from discourse.labelled import Contributions
from discourse.lexicon import Entry, Lexicon, as_lexicon
from discourse.metrics import Metric
from discourse.pairwise import described
from discourse.record import ReadOnly, Record
from discourse.vectors import FeatureVectors, as_vectors


def explain(
    vectors: FeatureVectors | DocumentFeatureMatrix,
    a: str,
    b: str,
    /,
    *,
    metric: str | Metric = "cosine",
    by: Lexicon | Mapping[str, Sequence[Entry]] | str | Path | None = None,
) -> Contributions:
    """Return what each feature, or each category of features, adds to the value of two documents.

    Similarities are split into their summands, ratios in proportion to what each feature shares,
    distances in proportion to how far each feature is apart. What features that neither document
    has add to some metrics stands in one row, ``(absent from both)``.

    Parameters
    ----------
    vectors : FeatureVectors or DocumentFeatureMatrix
    a, b : str
        Identifiers of the two documents.
    metric : str or Metric
        A name in ``METRICS``, or one of these metrics with options. One that needs a background
        takes `vectors`, unless it has another.
    by : Lexicon, mapping of categories to patterns, name or path, optional
        Sum the features by the categories that `keyword_vectors` would find in a text of that
        feature alone: globs match, the longest pattern wins, what is ignored counts for nothing. A
        feature in several categories is shared equally among them, so that the sum stays what it
        is; one in none goes to ``(no category)``. Patterns of several words match n-grams and
        hyphenated words; if features are single words the note names such patterns.

    Returns
    -------
    Contributions
        Largest magnitude first, ties in order of code point; what adds nothing is left out. The
        values are in the unit of the metric and sum to what
        ``similarity(vectors, metric=metric).value(a, b)`` is.

    Raises
    ------
    OptionError
        If a document, the metric or the lexicon is unknown.
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
    >>> by = {"conflict": ["war*"], "peace": ["peace*"]}
    >>> explain(dfm, "x", "y", metric="manhattan", by=by).to_frame()["feature"].tolist()
    ['(no category)', 'conflict']
    """
    weights = as_vectors(vectors)
    lexicon = None if by is None else as_lexicon(by)
    among = compared(metric, weights)
    found = pair_parts(among, a, b)
    columns: list[int] = found.columns.tolist()
    names, values = [among.features[i] for i in columns], found.values
    note = None
    if lexicon is not None:
        note = beyond_features(names, lexicon)
        names, values = by_category(names, values, lexicon)
    features, (sorted_values,) = ranked([*names, ABSENT], np.append(values, found.absent))
    parameters, digests = described(metric)
    if lexicon is not None:
        parameters, digests = parameters | {"by": lexicon.name}, digests | {"by": lexicon.digest}
    record = Record(
        "explain",
        ReadOnly({**parameters, "a": a, "b": b}),
        ReadOnly({"vectors": weights.digest, **digests}),
        recompute=partial(explain, metric=metric, by=lexicon),
    )
    name = among.metric.name
    return Contributions(features, sorted_values, found.total, name, a, b, record, note)
