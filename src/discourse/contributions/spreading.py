"""explain_segments(): two texts in, which pairs of their sentences carry the value out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import numpy as np

from discourse._text import fold
from discourse.contributions.parts import compared, pair_parts
from discourse.contributions.segments import SegmentContributions, TextSegment
from discourse.corpus import Corpus, Document, Unit, as_corpus
from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import check_option
from discourse.labelled import FloatArray
from discourse.metrics import Metric
from discourse.pairwise import described
from discourse.record import ReadOnly, Record
from discourse.tokens import token_spans
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
    left, right = _sides(a, b, segments)
    features, counts = _counts(left, right)
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
    """One side: its segments that have words, these words, and the segment of each."""

    name: str
    corpus: Corpus
    segments: tuple[TextSegment, ...]
    words: list[str]
    rows: list[int]


def _sides(a: Any, b: Any, unit: Unit, /) -> tuple[_Side, _Side]:
    """Return both sides, called by different names."""
    left, right = _side("a", a, unit), _side("b", b, unit)
    if left.name != right.name:
        return left, right
    return left._replace(name=f"{left.name} (a)"), right._replace(name=f"{right.name} (b)")


def _side(name: str, source: Any, unit: Unit, /) -> _Side:
    """Return one side; a document is called by its identifier."""
    corpus = as_corpus([source] if isinstance(source, str) else source, name)
    segments: list[TextSegment] = []
    words: list[str] = []
    rows: list[int] = []
    for document in corpus:
        spans = token_spans(document)
        own = [s for s in document.segments(unit) if s.kind == "text"]
        places = np.searchsorted([s.start for s in own], [start for start, _ in spans], "right") - 1
        used, row = np.unique(places, return_inverse=True)
        rows += (len(segments) + row).tolist()
        words += [fold(document.text[start:end]) for start, end in spans]
        kept: list[int] = used.tolist()
        for start, end, _ in (own[i] for i in kept):
            segments.append(TextSegment(document.id, start, end, document.text[start:end]))
    named = source.id if isinstance(source, Document) else name
    return _Side(named, corpus, tuple(segments), words, rows)


def _counts(*sides: _Side) -> tuple[tuple[str, ...], tuple[Counts, Counts]]:
    """Return the words of both sides, sorted, and the counts of these in each segment."""
    from scipy.sparse import csr_array

    features = sorted({word for side in sides for word in side.words})
    number = {word: i for i, word in enumerate(features)}
    left, right = (
        csr_array(
            (
                np.ones(len(side.words), np.int64),
                (side.rows, [number[word] for word in side.words]),
            ),
            shape=(len(side.segments), len(features)),
        )
        for side in sides
    )
    return tuple(features), (left, right)
