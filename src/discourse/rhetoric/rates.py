"""What markers() returns: rates of classes of markers with their intervals and places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.labelled import FloatArray, frozen
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
    sentences : ndarray of shape (n_docs,), int64
        Sentences that have words.
    low, high : ndarray of shape (n_docs, n_features), float64
        Limits of the rates per 1,000 tokens: exact Poisson intervals, which take markers to be
        independent of each other.
    dispersion : ndarray of shape (n_docs, n_features), float64
        How many times as large as that of independent markers the variance is, at least 1,
        estimated from 20 runs of neighbouring sentences; NaN with fewer than 20 sentences.
    burst_low, burst_high : ndarray of shape (n_docs, n_features), float64
        Limits of the rates that allow for this: markers come in bursts. NaN with fewer than 20
        sentences.
    level : float
        Nominal coverage of the intervals.
    note : str or None
        Why some limits are NaN.
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
    sentences: IntArray
    low: FloatArray
    high: FloatArray
    dispersion: FloatArray
    burst_low: FloatArray
    burst_high: FloatArray
    level: float
    note: str | None
    spans: tuple[Marker, ...]

    def __post_init__(self) -> None:
        """Check the labels and make the arrays read-only."""
        FeatureVectors.__post_init__(self)
        limits = (self.low, self.high, self.burst_low, self.burst_high)
        for array in (self.counts, self.exposure, self.sentences, self.dispersion, *limits):
            frozen(array)

    @property
    def per_sentence(self) -> FloatArray:
        """Markers per sentence, shape (n_docs, n_features)."""
        return self.counts / self.sentences[:, np.newaxis]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per document and class: count, exposure, rates and limits.

        `rate` and the limits are per 1,000 tokens; the note is in ``attrs["note"]``.
        """
        import pandas as pd

        frame = pd.DataFrame(
            {
                "doc": [doc for doc in self.docs for _ in self.features],
                "category": [*self.features] * len(self),
                "count": self.counts.ravel(),
                "exposure": np.repeat(self.exposure, len(self.features)),
                "rate": self.values.toarray().ravel(),
                "low": self.low.ravel(),
                "high": self.high.ravel(),
                "dispersion": self.dispersion.ravel(),
                "burst_low": self.burst_low.ravel(),
                "burst_high": self.burst_high.ravel(),
                "sentences": np.repeat(self.sentences, len(self.features)),
                "per_sentence": self.per_sentence.ravel(),
            }
        )
        frame.attrs["note"] = self.note
        return frame

    def _corner(
        self, rows: int | None, columns: int | None, /
    ) -> tuple[pd.DataFrame, tuple[int, int]]:
        """Return the first rows of the table, which has the intervals, and how many there are."""
        del columns
        frame = self.to_frame()
        return frame.iloc[:rows], (len(frame), 0)

    def to_dict(self) -> dict[str, object]:
        """Return rates, counts, limits, markers and record as plain data."""
        return {
            **FeatureVectors.to_dict(self),
            "counts": self.counts.tolist(),
            "exposure": self.exposure.tolist(),
            "sentences": self.sentences.tolist(),
            "low": self.low.tolist(),
            "high": self.high.tolist(),
            "dispersion": self.dispersion.tolist(),
            "burst_low": self.burst_low.tolist(),
            "burst_high": self.burst_high.tolist(),
            "level": self.level,
            "note": self.note,
            "spans": [span._asdict() for span in self.spans],
        }
