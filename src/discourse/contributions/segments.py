"""Which pairs of sentences carry the value of two texts: the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

import numpy as np

from discourse.errors import DiscourseError, OptionError, check_option
from discourse.labelled import FloatArray, Result, frozen
from discourse.labelled.explanations import check_sum, magnitude
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd

    from discourse.vectors import Matrix

Side: TypeAlias = Literal["a", "b"]

WORDS_SHOWN = 5


class TextSegment(NamedTuple):
    """A sentence or paragraph that has words: its document, its span there, its text.

    Examples
    --------
    >>> import discourse as ds
    >>> ds.explain_segments("We agree. We trade.", "They trade.").segments_a[1]
    TextSegment(doc='text1', start=10, end=19, text='We trade.')
    """

    doc: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class SegmentContributions(Result):
    """What each pair of sentences adds to the value of two texts; all parts sum to `total`.

    Attributes
    ----------
    values : ndarray of shape (n_segments_a, n_segments_b), float64
        What the words that both texts have add, by the sentences in which they stand.
    only_a : ndarray of shape (n_segments_a,), float64
        What words that only a has add, by its sentences; ``only_b`` likewise.
    only_b : ndarray of shape (n_segments_b,), float64
    absent : float
        What features that neither text has add: 0, unless a metric brings features of its own.
    total : float
        The value that is explained.
    segments_a, segments_b : tuple of TextSegment
        Sentences or paragraphs that have words, with their document, span and text.
    features : tuple of str
        The words of either text, sorted by code point.
    parts : ndarray of shape (n_features,), float64
        What each word adds.
    shares_a, shares_b : csr_array of shape (n_segments, n_features), float64
        Which share of the occurrences of a word on that side stands in each sentence.
    metric : str
    a, b : str
        What the texts are called.

    Raises
    ------
    DiscourseError
        If the parts do not sum to the total.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.contributions import explain_segments
    >>> found = explain_segments("Peace now. Trade later.", "Trade grows.", metric="cosine")
    >>> found.to_frame()[["text_a", "text_b", "words"]].values.tolist()
    [['Trade later.', 'Trade grows.', 'trade']]
    """

    values: FloatArray
    only_a: FloatArray
    only_b: FloatArray
    absent: float
    total: float
    segments_a: tuple[TextSegment, ...]
    segments_b: tuple[TextSegment, ...]
    features: tuple[str, ...]
    parts: FloatArray
    shares_a: Matrix
    shares_b: Matrix
    metric: str
    a: str
    b: str
    record: Record

    def __post_init__(self) -> None:
        """Check shapes and sum, and make the arrays read-only."""
        shape = len(self.segments_a), len(self.segments_b)
        if self.values.shape != shape:
            msg = f"values have shape {self.values.shape} for {shape[0]} x {shape[1]} segments."
            raise DiscourseError(msg)
        for array in (self.values, self.only_a, self.only_b, self.parts):
            frozen(array)
        for matrix in (self.shares_a, self.shares_b):
            for stored in (matrix.data, matrix.indices, matrix.indptr):
                frozen(stored)
        check_sum(self.total, *self._all())

    def to_frame(self, *, most: int | None = 20) -> pd.DataFrame:
        """Return the pairs that add something, largest magnitude first.

        Parameters
        ----------
        most : int or None
            Pairs at most; None for all.

        Returns
        -------
        DataFrame
            The numbers of both segments, their value, its share of all magnitudes (margins
            included), their texts, and the words that carry it: up to five, largest first.

        Raises
        ------
        OptionError
            If `most` is neither a positive int nor None.
        """
        import pandas as pd

        if most is not None and (not isinstance(most, int) or most < 1):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"most must be a positive int, or None for all pairs; got {most!r}."
            raise OptionError("most", msg)
        sizes = np.abs(self.values).ravel()
        order = np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes)][:most]
        rows, columns = np.unravel_index(order, self.values.shape)
        pairs: list[tuple[int, int]] = list(zip(rows.tolist(), columns.tolist(), strict=True))
        values = self.values[rows, columns]
        return pd.DataFrame(
            {
                "a": rows,
                "b": columns,
                "value": values,
                "share": values / magnitude(*self._all()),
                "text_a": [self.segments_a[i].text for i, _ in pairs],
                "text_b": [self.segments_b[j].text for _, j in pairs],
                "words": [", ".join(self.words(i, j)[:WORDS_SHOWN]) for i, j in pairs],
            }
        )

    def words(self, a: int, b: int, /) -> tuple[str, ...]:
        """Return the words that two segments share and that add something, largest first.

        Parameters
        ----------
        a, b : int
            Numbers of the segments, from 0.
        """
        left, right = (shares[[i], :] for shares, i in ((self.shares_a, a), (self.shares_b, b)))
        columns, i, j = np.intersect1d(left.indices, right.indices, return_indices=True)
        sizes = np.abs(self.parts[columns] * left.data[i] * right.data[j])
        order = np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes)]
        found: list[int] = columns[order].tolist()
        return tuple(self.features[k] for k in found)

    def sentences(self, side: Side, /) -> pd.DataFrame:
        """Return what each sentence of one side carries, in the order of the text.

        Parameters
        ----------
        side : {"a", "b"}

        Returns
        -------
        DataFrame
            Document, span and text; what the sentence adds through words that both texts have
            (`shared`) and through words of its own side only (`only`), the sum of these (`value`)
            and its share of all magnitudes.

        Raises
        ------
        OptionError
            If the side is neither "a" nor "b".
        """
        import pandas as pd

        check_option("side", side, get_args(Side))
        segments, only, axis = (
            (self.segments_a, self.only_a, 1) if side == "a" else (self.segments_b, self.only_b, 0)
        )
        shared = self.values.sum(axis=axis)
        frame = pd.DataFrame(segments, columns=list(TextSegment._fields))
        whole = magnitude(*self._all())
        value = shared + only
        return frame.assign(shared=shared, only=only, value=value, share=value / whole)

    def to_dict(self) -> dict[str, object]:
        """Return the segments and what they add as plain data."""
        return {
            "metric": self.metric,
            "a": self.a,
            "b": self.b,
            "total": self.total,
            "segments_a": [segment._asdict() for segment in self.segments_a],
            "segments_b": [segment._asdict() for segment in self.segments_b],
            "values": self.values.tolist(),
            "only_a": self.only_a.tolist(),
            "only_b": self.only_b.tolist(),
            "absent": self.absent,
            "parts": dict(zip(self.features, self.parts.tolist(), strict=True)),
            "record": self.record.to_dict(),
        }

    def _all(self) -> tuple[FloatArray, ...]:
        """Return everything that sums to the total."""
        return self.values, self.only_a, self.only_b, np.array(self.absent)
