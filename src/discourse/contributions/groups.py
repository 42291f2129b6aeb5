"""separating(): two groups of documents in, which features set them apart out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from discourse.contributions.blocks import Rows, mean_between, mean_within
from discourse.contributions.parts import ABSENT, Compared, compared, ranked
from discourse.contributions.separation import Separation
from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import OptionError, UndefinedError, check_known
from discourse.labelled import FloatArray, group_values
from discourse.metrics import Metric
from discourse.pairwise import described
from discourse.record import ReadOnly, Record, digest, shown
from discourse.vectors import FeatureVectors, as_vectors


def separating(
    vectors: FeatureVectors | DocumentFeatureMatrix,
    by: str | Mapping[str, str],
    /,
    a: str,
    b: str,
    *,
    metric: str | Metric = "cosine",
) -> Separation:
    """Return which features set the documents of one group apart from those of another.

    A feature's value is its mean contribution over the pairs of a document of `a` and one of `b`,
    less its mean contribution over the pairs within a group, which is the average of the two
    groups' means; for similarities the other way round, so that positive always means apart. The
    values sum to the same contrast of mean values of the metric.

    Parameters
    ----------
    vectors : FeatureVectors or DocumentFeatureMatrix
    by : str or mapping
        A docvar, or a group for every document identifier (aligned by identifier).
    a, b : str
        The two groups; documents of others are left out. Where the order of a pair matters to the
        metric, pairs between the groups run from `a` to `b`, and those within count both ways.
    metric : str or Metric
        A name in ``METRICS``, or one of these metrics with options. One that needs a background
        takes all of `vectors`, other groups included, unless it has another.

    Returns
    -------
    Separation
        A group of a single document has no pairs: the contrast is with the pairs within the other
        group alone, and the note says so. What features that no document of the two groups has add
        to some metrics stands in one row, ``(absent from both)``.

    Raises
    ------
    OptionError
        If the docvar, a group or the metric is unknown, or the groups are the same.
    UndefinedError
        If a pair has no value, since a document has no features, or if both groups have a single
        document: `explain` takes one pair apart.
    DiscourseError
        If weights are negative or not finite.

    Notes
    -----
    The work grows with the number of pairs times the features of a pair; memory does not grow with
    the number of pairs. Docvars that depend on each other are not told apart: what separates two
    parties may separate their topics or their years.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.contributions import separating
    >>> texts = ["cut tax now", "cut tax", "raise tax now", "raise tax"]
    >>> corpus = ds.Corpus.from_texts(texts, docvars={"party": ["X", "X", "Y", "Y"]})
    >>> found = separating(ds.count(corpus), "party", "X", "Y", metric="bray_curtis")
    >>> found.to_frame()["feature"].tolist()
    ['cut', 'raise', 'now']
    """
    weights = as_vectors(vectors)
    groups = group_values(weights.docs, weights.docvars, by)
    among = compared(metric, weights)
    left, right = (_members(among, groups, name) for name in (a, b))
    note = _single((a, left), (b, right))
    columns = _contrast(among.metric, left, right)
    total = float(columns[0].sum())
    features, (values, between, within_a, within_b) = _named(among, left, right, columns)
    parameters, digests = described(metric)
    record = Record(
        "separating",
        ReadOnly({"by": shown(by), "a": a, "b": b, **parameters}),
        ReadOnly({"vectors": weights.digest, "groups": digest(groups), **digests}),
        recompute=partial(separating, a=a, b=b, metric=metric),
    )
    return Separation(
        features=features,
        values=values,
        between=between,
        within_a=within_a,
        within_b=within_b,
        total=total,
        metric=among.metric.name,
        groups=(a, b),
        record=record,
        note=note,
    )


def _contrast(metric: Metric, left: Rows, right: Rows, /) -> tuple[FloatArray, ...]:
    """Return the contrast by feature, and the means between and within that it is made of."""
    between = mean_between(metric, left, right)
    within = [mean_within(metric, rows) for rows in (left, right)]
    apart = between - np.mean([mean for mean in within if not np.isnan(mean).any()], axis=0)
    return -apart if metric.kind == "similarity" else apart, between, *within


def _named(
    among: Compared, left: Rows, right: Rows, columns: Sequence[FloatArray], /
) -> tuple[tuple[str, ...], tuple[FloatArray, ...]]:
    """Return the features by falling magnitude, those of neither group as one, and their values."""
    used = np.zeros(len(among.features), np.bool_)
    for rows in (left, right):
        used[rows.values.indices] = True
    names = [name for name, some in zip(among.features, used, strict=True) if some]
    return ranked([*names, ABSENT], *(np.append(x[used], x[~used].sum()) for x in columns))


def _members(among: Compared, groups: Sequence[str], name: str, /) -> Rows:
    """Return the documents of one group."""
    check_known("group", name, sorted(set(groups)))
    places = [i for i, group in enumerate(groups) if group == name]
    return Rows(tuple(among.docs[i] for i in places), among.values[places, :])


def _single(*sides: tuple[str, Rows]) -> str | None:
    """Return the note on a group of a single document, or None; refuse two such, or one twice."""
    (a, left), (b, right) = sides
    if a == b:
        msg = f"a and b must be two groups; both are {a!r}."
        raise OptionError("b", msg)
    single = [name for name, rows in sides if len(rows.docs) == 1]
    if len(single) == 2:
        reason = "both groups have a single document. To take one pair apart use explain()."
        raise UndefinedError((*left.docs, *right.docs), reason)
    if not single:
        return None
    other = b if single[0] == a else a
    return (
        f"{single[0]!r} has a single document, so no pairs within: the contrast is with the pairs "
        f"within {other!r} alone."
    )
