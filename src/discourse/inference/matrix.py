"""The differences of all pairs of sources at one length: the result of `matched_matrix`."""

from __future__ import annotations

from dataclasses import dataclass
from operator import methodcaller
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from discourse.errors import DiscourseError, check_option
from discourse.inference.sources import IntArray
from discourse.labelled import FloatArray, Kind, Result, SimilarityMatrix, frozen
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd

Shown: TypeAlias = Literal["value", "excess"]

_PAIRWISE = ("values", "low", "high", "excess", "excess_low", "excess_high", "p", "p_adjusted")


@dataclass(frozen=True, slots=True, eq=False)
class MatchedMatrix(Result):
    """How different all pairs of k sources are when all are cut to the same number of tokens.

    Attributes
    ----------
    names : tuple of str
        The sources: documents, or groups of them.
    metric : str
    kind : {"similarity", "distance", "divergence"}
    m : int
        Tokens of each sample, the same for all sources.
    values : ndarray of shape (k, k), float64
        D_m of each pair; on the diagonal the level within the source.
    low, high : ndarray of shape (k, k), float64
        Limits of their intervals; NaN where there is none, and `note` says why.
    excess : ndarray of shape (k, k), float64
        How far a pair goes beyond the mean of the two levels within: 0 on average for two texts of
        one source, positive where they differ, for similarities too. 0 on the diagonal.
    excess_low, excess_high : ndarray of shape (k, k), float64
    within : ndarray of shape (k,), float64
        Expected value between two disjoint samples of one source; NaN where samples would not be
        disjoint, and `note` says so.
    p, p_adjusted : ndarray of shape (k, k), float64, or None
        p-values of the permutation of documents, and after Benjamini and Hochberg over all pairs;
        NaN on the diagonal and where a group has a single unit. None if none were asked for.
    level : float
        Nominal coverage of the intervals.
    note : str or None
        What is missing, and why.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.inference import matched_matrix
    >>> texts = ["Peace and trade. We trade. " * 20, "War and loss. They lost. " * 20]
    >>> found = matched_matrix(ds.Corpus.from_texts(texts, ids=["x", "y"]))
    >>> found.m, found.matrix("excess").value("x", "y") > 0.5
    (42, True)
    """

    names: tuple[str, ...]
    metric: str
    kind: Kind
    m: int
    values: FloatArray
    low: FloatArray
    high: FloatArray
    excess: FloatArray
    excess_low: FloatArray
    excess_high: FloatArray
    p: FloatArray | None
    p_adjusted: FloatArray | None
    level: float
    note: str | None
    record: Record

    def __post_init__(self) -> None:
        """Check the shapes and make the arrays read-only."""
        for name in _PAIRWISE:
            array: FloatArray | None = getattr(self, name)
            if array is not None:
                if array.shape != (len(self.names), len(self.names)):
                    msg = f"{name} has shape {array.shape} for {len(self.names)} names."
                    raise DiscourseError(msg)
                frozen(array)

    @property
    def within(self) -> FloatArray:
        """The levels within the sources."""
        return self.values.diagonal()

    def matrix(self, which: Shown = "value", /) -> SimilarityMatrix:
        """Return the values or the excesses as a matrix that can be clustered, mapped or plotted.

        Parameters
        ----------
        which : {"value", "excess"}
            "value" is D_m, in the unit and of the kind of the metric, with the levels within on
            the diagonal, against which a row is to be read: it suits tables and heat maps.
            "excess" is a divergence whatever the metric, with zeros on the diagonal: it suits
            clusters and maps, since it leaves out how varied each source is in itself. Of pairs no
            more different than two samples of one source it may be below 0.

        Returns
        -------
        SimilarityMatrix
            With limits at `level`.
        """
        check_option("which", which, get_args(Shown))
        shown = (self.values, self.low, self.high)
        if which == "excess":
            shown = (self.excess, self.excess_low, self.excess_high)
        return SimilarityMatrix(
            shown[0],
            self.names,
            self.names,
            self.metric if which == "value" else f"{self.metric} excess",
            self.kind if which == "value" else "divergence",
            self.record.then(f"matrix({which!r})", methodcaller("matrix", which)),
            low=shown[1],
            high=shown[2],
            level=self.level,
            note=self.note,
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row a pair, in the order of the names; both directions if they differ.

        Columns: a, b, value, low, high, within (the mean of the two), excess, excess_low,
        excess_high, p, p_adjusted (NaN if none were asked for), m. The note is in
        ``attrs["note"]`` of the table.
        """
        import pandas as pd

        i, j = self._pairs()
        none = np.full_like(self.values, np.nan)
        columns: dict[str, object] = {
            "a": [self.names[x] for x in i],
            "b": [self.names[x] for x in j],
            "value": self.values[i, j],
            "low": self.low[i, j],
            "high": self.high[i, j],
            "within": (self.within[i] + self.within[j]) / 2,
            "excess": self.excess[i, j],
            "excess_low": self.excess_low[i, j],
            "excess_high": self.excess_high[i, j],
            "p": (none if self.p is None else self.p)[i, j],
            "p_adjusted": (none if self.p_adjusted is None else self.p_adjusted)[i, j],
            "m": self.m,
        }
        frame = pd.DataFrame(columns)
        frame.attrs["note"] = self.note
        return frame

    def _pairs(self) -> tuple[IntArray, IntArray]:
        """Return rows and columns of the pairs of a table."""
        counted = ~np.eye(len(self.names), dtype=np.bool_)
        if np.array_equal(self.values, self.values.T, equal_nan=True):
            counted = np.triu(counted)
        row, column = np.nonzero(counted)
        return row.astype(np.int64), column.astype(np.int64)

    def to_dict(self) -> dict[str, object]:
        """Return names, arrays, length and record as plain data."""
        arrays: dict[str, FloatArray | None] = {name: getattr(self, name) for name in _PAIRWISE}
        return {
            "names": list(self.names),
            "metric": self.metric,
            "kind": self.kind,
            "m": self.m,
            **{key: None if array is None else array.tolist() for key, array in arrays.items()},
            "within": self.within.tolist(),
            "level": self.level,
            "note": self.note,
            "record": self.record.to_dict(),
        }
