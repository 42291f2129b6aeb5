"""explain_segments(): two texts in, which pairs of their sentences carry the value out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import numpy as np

from discourse.contributions.parts import compared, pair_parts
from discourse.contributions.segments import SegmentContributions, TextSegment
from discourse.corpus import Corpus, Document, Unit, as_corpus
from discourse.dfm import DocumentFeatureMatrix, count
from discourse.errors import check_option
from discourse.labelled import FloatArray
from discourse.metrics import Metric
from discourse.pairwise import described
from discourse.record import ReadOnly, Record
from discourse.vectors import FeatureVectors, Scheme, as_vectors, compressed
from discourse.vectors import weight as weighted

if TYPE_CHECKING:
    from discourse.vectors import Counts, Matrix


def explain_segments(
    a: Any,
    b: Any,
    /,
    *,
    metric: str | Metric = "jensen_shannon",
    segments: Unit = "sentence",
    weight: Scheme | None = None,
) -> SegmentContributions:
    """Return which pairs of sentences carry the likeness, or the difference, of two texts.

    The value is that of the two whole texts. What a word adds to it is shared among the pairs of
    sentences, each occurrence counting the same: with x and y the counts of the word in a and in
    b, and x_s and y_r those in a sentence of each, a pair gets ``(x_s / x) (y_r / y)`` of it. What
    a word adds that only one text has goes to the sentences of that text alone.

    Of cosine, whose summands are products of counts, this is the bilinear form itself: a pair gets
    the product of its two sentences as rows of counts, over the lengths of the two whole rows. The
    summands of other similarities, such as the square roots in Bhattacharyya's coefficient, are no
    products of counts, nor are those of cosine under the weights "log" and "binary"; of these a
    pair gets what the rule above says, which depends on the whole texts and is not the value of the
    two sentences by themselves.

    Parameters
    ----------
    a, b : str, Document, Corpus, or what else stands for a corpus
        Header lines are left out.
    metric : str or Metric
        A name in ``METRICS``, or one of these metrics with options. One that needs a background
        takes the two texts, unless it has another.
    segments : {"sentence", "paragraph"}
    weight : {"proportion", "per_1000", "tfidf", "log", "binary"}, optional
        How the counts of the two texts are weighted before they are compared; not by default.

    Returns
    -------
    SegmentContributions

    Raises
    ------
    OptionError
        If an option is unknown, or `a` or `b` holds no texts.
    UndefinedError
        If there is no value, since a text has no words.
    EmptyDocumentError
        If a text without words is to be divided by their number.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.contributions import explain_segments
    >>> found = explain_segments("War again. Peace and trade.", "Peace. Trade and peace.")
    >>> found.only_a.tolist(), found.only_b.tolist()
    ([0.2, 0.0], [0.0, 0.0])
    >>> found.sentences("a")["text"][found.sentences("a")["value"].argmax()]
    'War again.'
    """
    check_option("segments", segments, get_args(Unit))
    features, left, right = _sides(a, b, segments)
    counts = (left.counts, right.counts)
    parameters, digests = described(metric)
    record = Record(
        "explain_segments",
        ReadOnly({**parameters, "segments": segments, "weight": weight}),
        ReadOnly({"a": left.corpus.digest, "b": right.corpus.digest, **digests}),
        recompute=partial(explain_segments, metric=metric, segments=segments, weight=weight),
    )
    among = compared(metric, _vectors(features, counts, (left.name, right.name), weight, record))
    found = pair_parts(among, left.name, right.name)  # one text or the other has each feature
    shares_a, shares_b = _shares(counts[0]), _shares(counts[1])
    values, only_a, only_b = spread(found.values, shares_a, shares_b)
    return SegmentContributions(
        values=values,
        only_a=only_a,
        only_b=only_b,
        absent=found.absent,
        total=found.total,
        segments_a=left.segments,
        segments_b=right.segments,
        features=features,
        parts=found.values,
        shares_a=shares_a,
        shares_b=shares_b,
        metric=among.metric.name,
        a=left.name,
        b=right.name,
        record=record,
    )


def spread(
    parts: FloatArray, shares_a: Matrix, shares_b: Matrix, /
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the parts of features by pairs of segments, and by segments of either side alone.

    Parameters
    ----------
    parts : ndarray of shape (n_features,)
        0 where neither side has the feature.
    shares_a, shares_b : csr_array of shape (n_segments, n_features)
        Columns sum to 1, or are empty where the side lacks the feature.
    """
    n_features = len(parts)
    in_a, in_b = (np.bincount(m.indices, minlength=n_features) > 0 for m in (shares_a, shares_b))
    shared = _scaled(shares_a, parts) @ shares_b.T
    only_a, only_b = shares_a @ np.where(in_b, 0.0, parts), shares_b @ np.where(in_a, 0.0, parts)
    return shared.toarray(), only_a, only_b


def _scaled(matrix: Matrix, factors: FloatArray, /) -> Matrix:
    """Return the matrix with each column multiplied by its factor."""
    data = matrix.data * factors[matrix.indices]
    return compressed(data, matrix.indices, matrix.indptr, matrix.shape)


def _shares(counts: Counts, /) -> Matrix:
    """Return which share of each feature's occurrences stands in each segment."""
    totals = np.bincount(counts.indices, counts.data, minlength=counts.shape[1])
    data = counts.data / totals[counts.indices]
    return compressed(data, counts.indices, counts.indptr, counts.shape)


def _vectors(
    features: tuple[str, ...],
    counts: tuple[Counts, Counts],
    names: tuple[str, str],
    weight: Scheme | None,
    record: Record,
    /,
) -> FeatureVectors:
    """Return both whole texts as vectors."""
    from scipy.sparse import csr_array

    whole = csr_array(np.stack([side.sum(axis=0) for side in counts]))
    dfm = DocumentFeatureMatrix(whole, features, names, ReadOnly({}), record)
    return as_vectors(dfm) if weight is None else weighted(dfm, weight)


class _Side(NamedTuple):
    """One side: its segments that have words, and the counts of these."""

    name: str
    corpus: Corpus
    segments: tuple[TextSegment, ...]
    counts: Counts


def _sides(a: Any, b: Any, unit: Unit, /) -> tuple[tuple[str, ...], _Side, _Side]:
    """Return the words of both sides, sorted, and the sides, called by different names."""
    corpora = [
        as_corpus([side] if isinstance(side, str) else side, name)
        for name, side in (("a", a), ("b", b))
    ]
    names = [side.id if isinstance(side, Document) else name for name, side in (("a", a), ("b", b))]
    if names[0] == names[1]:
        names = [f"{names[0]} (a)", f"{names[1]} (b)"]
    segments = [list(_segments(corpus, unit)) for corpus in corpora]
    texts = [segment.text for side in segments for segment in side]
    dfm = count(texts or [""])  # of texts without segments there is no value, which is said later
    border = len(segments[0])
    left, right = (
        _with_words(name, corpus, side, counts)
        for name, corpus, side, counts in zip(
            names, corpora, segments, (dfm.counts[:border], dfm.counts[border:]), strict=True
        )
    )
    return dfm.features, left, right


def _segments(corpus: Corpus, unit: Unit, /) -> Iterator[TextSegment]:
    """Yield the segments of all documents, header lines left out."""
    for document in corpus:
        for start, end, kind in document.segments(unit):
            if kind == "text":
                yield TextSegment(document.id, start, end, document.text[start:end])


def _with_words(name: str, corpus: Corpus, own: list[TextSegment], counts: Counts, /) -> _Side:
    """Return a side without segments that have no words."""
    kept: list[int] = np.flatnonzero(counts.sum(axis=1)).tolist()
    return _Side(name, corpus, tuple(own[i] for i in kept), counts[kept])
