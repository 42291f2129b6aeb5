"""Rhetorical markers: rates of hedges, boosters and other classes, with intervals and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.corpus import Document, as_corpus
from discourse.errors import EmptyDocumentError, check_level
from discourse.labelled import FloatArray, frozen
from discourse.lexicon import Entry, Lexicon, as_lexicon, find_spans
from discourse.record import ReadOnly, Record
from discourse.tokens import token_spans
from discourse.vectors import FeatureVectors

if TYPE_CHECKING:
    import pandas as pd

IntArray: TypeAlias = npt.NDArray[np.int64]


class Marker(NamedTuple):
    """One marker at one place; `start` and `end` are code points of the document's text."""

    doc: str
    category: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MarkerRates(FeatureVectors):
    """How often each document uses each class of markers.

    Attributes
    ----------
    values : csr_array of shape (n_docs, n_features), float64
        Markers per 1,000 tokens.
    features : tuple of str
        Classes of markers, in the order of the lexicon.
    counts : ndarray of shape (n_docs, n_features), int64
    exposure : ndarray of shape (n_docs,), int64
        Tokens, header lines left out.
    low, high : ndarray of shape (n_docs, n_features), float64
        Limits of the rates: exact Poisson intervals, which take markers to be independent of each
        other; where they come in bursts the truth is wider.
    level : float
        Least coverage of the intervals.
    spans : tuple of Marker
        Every marker, in order of documents and text.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.rhetoric import markers
    >>> rates = markers(["Perhaps we must. We should not."])
    >>> [span.text for span in rates.spans if span.category == "obligation"]
    ['must', 'should']
    """

    counts: IntArray
    exposure: IntArray
    low: FloatArray
    high: FloatArray
    level: float
    spans: tuple[Marker, ...]

    def __post_init__(self) -> None:
        """Check the labels and make the arrays read-only."""
        FeatureVectors.__post_init__(self)
        for array in (self.counts, self.exposure, self.low, self.high):
            frozen(array)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per document and class: count, exposure, rate per 1,000 and limits."""
        import pandas as pd

        return pd.DataFrame(
            {
                "doc": [doc for doc in self.docs for _ in self.features],
                "category": [*self.features] * len(self),
                "count": self.counts.ravel(),
                "exposure": np.repeat(self.exposure, len(self.features)),
                "rate": self.values.toarray().ravel(),
                "low": self.low.ravel(),
                "high": self.high.ravel(),
            }
        )

    def to_dict(self) -> dict[str, object]:
        """Return rates, counts, limits, markers and record as plain data."""
        return {
            **FeatureVectors.to_dict(self),
            "counts": self.counts.tolist(),
            "exposure": self.exposure.tolist(),
            "low": self.low.tolist(),
            "high": self.high.tolist(),
            "level": self.level,
            "spans": [span._asdict() for span in self.spans],
        }


def markers(
    corpus: Any,
    /,
    *,
    lexicon: Lexicon | Mapping[str, Sequence[Entry]] | str | Path = "english",
    level: float = 0.95,
) -> MarkerRates:
    """Return how often each document uses each class of rhetorical markers, and where.

    The classes of "english" are hedges, boosters, attitude, self_mention, obligation, engagement
    and negation [1]_.

    Parameters
    ----------
    corpus : Corpus, or list of str or Document, or data frame with a text column
        Header lines are left out.
    lexicon : Lexicon, mapping of categories to patterns, name or path
        The markers.
    level : float
        Least coverage of the intervals.

    Returns
    -------
    MarkerRates
        Rates per 1,000 tokens, with the limits of `poisson_limits`.

    Raises
    ------
    EmptyDocumentError
        If a document has no tokens.
    OptionError
        If the lexicon is unknown, or `level` does not lie between 0 and 1.

    References
    ----------
    .. [1] Hyland, K. (2005). *Metadiscourse: Exploring Interaction in Writing*. Continuum.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.rhetoric import markers
    >>> rates = markers(["We must not. " * 5], lexicon={"duty": ["must"], "denial": ["not"]})
    >>> rates.to_frame().round(1).values.tolist()
    [['text1', 'duty', 5, 15, 333.3, 108.2, 777.9], ['text1', 'denial', 5, 15, 333.3, 108.2, 777.9]]
    """
    from scipy.sparse import csr_array

    corpus, chosen = as_corpus(corpus), as_lexicon(lexicon)
    found = {document.id: token_spans(document) for document in corpus}
    if empty := [doc for doc, words in found.items() if not words]:
        raise EmptyDocumentError(empty)
    spans = tuple(marker for d in corpus for marker in _markers(d, found[d.id], chosen))
    features = tuple(chosen.categories)
    counts = _tally(spans, corpus.ids, features)
    exposure = np.array([len(words) for words in found.values()], np.int64)
    low, high = poisson_limits(counts, level=level)
    per_marker = 1000 / exposure[:, np.newaxis]
    return MarkerRates(
        csr_array(counts * per_marker),
        features,
        corpus.ids,
        ReadOnly(corpus.docvars),
        "per 1,000 tokens",
        Record(
            "markers",
            ReadOnly({"lexicon": chosen.name, "level": level}),
            ReadOnly({"corpus": corpus.digest, "lexicon": chosen.digest}),
            recompute=partial(markers, lexicon=chosen, level=level),
        ),
        counts,
        exposure,
        low * per_marker,
        high * per_marker,
        level,
        spans,
    )


def _markers(
    document: Document, words: Sequence[tuple[int, int]], lexicon: Lexicon, /
) -> Iterator[Marker]:
    """Yield the markers of a document, the spans of whose words are given."""
    for start, end, category in find_spans(document, words, lexicon):
        yield Marker(document.id, category, start, end, document.text[start:end])


def _tally(spans: Iterable[Marker], docs: Sequence[str], features: Sequence[str], /) -> IntArray:
    """Return the number of markers of each document and class."""
    tally = Counter((span.doc, span.category) for span in spans)
    return np.array([[tally[doc, name] for name in features] for doc in docs], np.int64)


def poisson_limits(counts: npt.ArrayLike, /, *, level: float) -> tuple[FloatArray, FloatArray]:
    """Return the exact limits of the expected values of Poisson counts.

    With alpha = 1 - level, the lower limit of a count k is half the alpha/2 quantile of the
    chi-square distribution of 2k degrees of freedom, and 0 if k is 0; the upper limit half the
    1 - alpha/2 quantile of that of 2k + 2. The interval covers with at least `level`.

    Parameters
    ----------
    counts : array-like of int
    level : float
        Between 0 and 1.

    Returns
    -------
    low, high : ndarray of the same shape, float64

    Raises
    ------
    OptionError
        If `level` does not lie between 0 and 1.

    References
    ----------
    .. [1] Garwood, F. (1936). Fiducial limits for the Poisson distribution. *Biometrika*
       28(3/4), 437-442.

    Examples
    --------
    >>> low, high = poisson_limits(10, level=0.95)
    >>> round(float(low), 3), round(float(high), 3)
    (4.795, 18.39)
    """
    check_level(level)
    from scipy.special import gammainccinv, gammaincinv

    k, tail = np.asarray(counts, np.float64), (1 - level) / 2
    # Half a chi-square quantile of 2k degrees of freedom is a gamma quantile of shape k.
    low = np.where(k > 0, gammaincinv(np.maximum(k, 1), tail), 0.0)
    return low, np.asarray(gammainccinv(k + 1, tail), np.float64)
