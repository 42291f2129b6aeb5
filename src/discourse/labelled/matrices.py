"""Values between documents in rows and documents in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from discourse.errors import DiscourseError, check_known
from discourse.labelled.results import FloatArray, Kind, Result, frozen
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class SimilarityMatrix(Result):
    """Values between documents in rows and documents in columns.

    Attributes
    ----------
    values : ndarray of shape (n_rows, n_columns), float64
        NaN where undefined; `note` says why.
    rows, columns : tuple of str
        Identifiers of the documents.
    metric : str
    kind : {"similarity", "distance", "divergence"}
    low, high : ndarray of the same shape, or None
        Limits of the intervals at `level`, where the measure has them.
    level : float or None
        Nominal coverage of the intervals.
    note : str or None
        Why some values are NaN.

    Examples
    --------
    >>> import discourse as ds
    >>> matrix = ds.similarity(ds.count(["peace now", "war now"]), metric="jensen_shannon")
    >>> matrix.kind, matrix.value("text1", "text2")
    ('divergence', 0.5)
    """

    values: FloatArray
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    metric: str
    kind: Kind
    record: Record
    low: FloatArray | None = None
    high: FloatArray | None = None
    level: float | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Check the shapes and make the arrays read-only."""
        for array in (self.values, self.low, self.high):
            if array is not None:
                if array.shape != (len(self.rows), len(self.columns)):
                    labels = f"{len(self.rows)} x {len(self.columns)} labels"
                    msg = f"values have shape {array.shape} for {labels}."
                    raise DiscourseError(msg)
                frozen(array)

    def value(self, row: str, column: str, /) -> float:
        """Return the value between two documents, by identifier."""
        check_known("row", row, self.rows)
        check_known("column", column, self.columns)
        return float(self.values[self.rows.index(row), self.columns.index(column)])

    def to_frame(self) -> pd.DataFrame:
        """Return the values, documents in rows and columns."""
        import pandas as pd

        return pd.DataFrame(self.values, index=list(self.rows), columns=list(self.columns))

    def _corner(
        self, rows: int | None, columns: int | None, /
    ) -> tuple[pd.DataFrame, tuple[int, int]]:
        """Return the first values, and how many there are."""
        import pandas as pd

        corner, names = self.values[:rows, :columns], (self.rows[:rows], self.columns[:columns])
        return pd.DataFrame(corner, list(names[0]), list(names[1])), self.values.shape

    def pairs(self) -> pd.DataFrame:
        """Return a, b and value, with low and high where there are intervals, one row a pair.

        Of documents compared with themselves each pair comes once, unless its value depends on
        the order, and none with itself.

        Examples
        --------
        >>> import discourse as ds
        >>> matrix = ds.similarity(ds.count(["peace now", "war now"]), metric="jensen_shannon")
        >>> matrix.pairs().values.tolist()
        [['text1', 'text2', 0.5]]
        """
        import pandas as pd

        wanted: npt.NDArray[np.bool_] = np.ones(self.values.shape, np.bool_)
        if self.rows == self.columns:
            symmetric = np.array_equal(self.values, self.values.T, equal_nan=True)
            wanted = np.triu(wanted, 1) if symmetric else ~np.eye(len(self.rows), dtype=np.bool_)
        i, j = np.nonzero(wanted)
        table = {
            "a": [self.rows[k] for k in i],
            "b": [self.columns[k] for k in j],
            "value": self.values[i, j],
        }
        if self.low is not None and self.high is not None:
            table |= {"low": self.low[i, j], "high": self.high[i, j]}
        return pd.DataFrame(table)

    def to_dict(self) -> dict[str, object]:
        """Return values, labels, limits and record as plain data."""
        return {
            "metric": self.metric,
            "kind": self.kind,
            "rows": list(self.rows),
            "columns": list(self.columns),
            "values": self.values.tolist(),
            "low": None if self.low is None else self.low.tolist(),
            "high": None if self.high is None else self.high.tolist(),
            "level": self.level,
            "note": self.note,
            "record": self.record.to_dict(),
        }
