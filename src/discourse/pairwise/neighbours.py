"""The nearest documents of each document, as a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from discourse.errors import check_known
from discourse.labelled import FloatArray, Kind, Result, frozen
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours(Result):
    """The nearest documents of each document, best first.

    Attributes
    ----------
    rows, columns : tuple of str
        Identifiers of the documents, and of those among which neighbours were looked for.
    doc, neighbour : ndarray of shape (n_pairs,), int64
        Where a document and its neighbour stand in `rows` and `columns`.
    rank : ndarray of shape (n_pairs,), int64
        1 for the nearest. Of two with one value the earlier document comes first.
    values : ndarray of shape (n_pairs,), float64
    metric : str
    kind : {"similarity", "distance", "divergence"}
        The nearest has the largest value of a similarity, and the smallest of the others.
    note : str or None
        Which documents have no neighbours, since no value exists for them.

    Examples
    --------
    >>> import discourse as ds
    >>> dfm = ds.count(["war and peace", "peace and war", "peace"])
    >>> found = ds.nearest(dfm, k=1, metric="jaccard")
    >>> found.of("text3")
    {'text1': 0.3333333333333333}
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    doc: Numbers
    neighbour: Numbers
    rank: Numbers
    values: FloatArray
    metric: str
    kind: Kind
    record: Record
    note: str | None = None

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for array in (self.doc, self.neighbour, self.rank, self.values):
            frozen(array)

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.values)

    def of(self, doc: str, /) -> dict[str, float]:
        """Return the neighbours of one document and their values, nearest first."""
        check_known("document", doc, self.rows)
        own = np.flatnonzero(self.doc == self.rows.index(doc))
        return {self.columns[self.neighbour[i]]: float(self.values[i]) for i in own.tolist()}

    def to_frame(self) -> pd.DataFrame:
        """Return doc, neighbour, rank and value, one row a pair."""
        import pandas as pd

        doc: list[int] = self.doc.tolist()
        neighbour: list[int] = self.neighbour.tolist()
        return pd.DataFrame(
            {
                "doc": [self.rows[i] for i in doc],
                "neighbour": [self.columns[j] for j in neighbour],
                "rank": self.rank,
                "value": self.values,
            }
        )

    def to_dict(self) -> dict[str, object]:
        """Return the neighbours of every document and the record as plain data."""
        return {
            "metric": self.metric,
            "kind": self.kind,
            "neighbours": self.to_frame().to_dict("records"),
            "note": self.note,
            "record": self.record.to_dict(),
        }
