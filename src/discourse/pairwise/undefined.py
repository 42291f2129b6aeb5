"""Which pairs have no value, since a document lacks what the metric needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.errors import UndefinedError, shorten
from discourse.metrics import Metric, alike, lacking, why_undefined

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

Undefined: TypeAlias = Literal["raise", "nan"]
Flags: TypeAlias = npt.NDArray[np.bool_]


class Missing(NamedTuple):
    """Which documents lack what the metric needs, and why pairs of them have no value.

    Attributes
    ----------
    rows, columns : ndarray of bool
    either : bool
        One of a pair is enough, else both must lack it.
    note : str
    """

    rows: Flags
    columns: Flags
    either: bool
    note: str

    def block(self, start: int, shape: tuple[int, ...], /) -> Flags:
        """Return which pairs of a block have no value, for rows from `start` on."""
        rows, columns = self.rows[start : start + shape[0], np.newaxis], self.columns[: shape[1]]
        return rows | columns if self.either else rows & columns


def find_missing(
    metric: Metric,
    rows: tuple[tuple[str, ...], Matrix],
    columns: tuple[tuple[str, ...], Matrix],
    undefined: Undefined,
    /,
) -> Missing | None:
    """Return which pairs of documents have no value; None if all have one.

    Parameters
    ----------
    metric : Metric
        Bound to the columns of the matrices.
    rows, columns : (tuple of str, csr_array)
        Identifiers and values of the documents.
    undefined : {"raise", "nan"}

    Raises
    ------
    UndefinedError
        If there are such pairs and `undefined` is "raise".
    """
    if metric.needs == "none":
        return None
    of_rows = _lacking(metric, rows[1])
    of_columns = of_rows if columns[1] is rows[1] else _lacking(metric, columns[1])
    either = metric.needs == "both"
    exists = of_rows.any() or of_columns.any() if either else of_rows.any() and of_columns.any()
    if not exists or not (of_rows.size and of_columns.size):
        return None
    sides = ((rows[0], of_rows), (columns[0], of_columns))
    named = (docs[i] for docs, none in sides for i in np.flatnonzero(none).tolist())
    empty = list(dict.fromkeys(named))
    if undefined == "raise":
        reason = f"{why_undefined(metric)} Drop the documents, or ask for undefined='nan'."
        raise UndefinedError(empty, reason)
    note = f"undefined for {shorten(empty)}: {why_undefined(metric)}"
    return Missing(of_rows, of_columns, either, note)


def _lacking(metric: Metric, matrix: Matrix, /) -> Flags:
    """Return which rows lack what the metric needs."""
    sizes = np.diff(matrix.indptr)
    none: Flags = sizes == 0
    if metric.space is not None and metric.space.before is not None:
        rows = np.arange(len(sizes)).repeat(sizes)
        none = np.bincount(rows, metric.space.before[matrix.indices] > 0.0, len(sizes)) == 0.0
    for i in alike(metric, matrix).tolist():
        none[i] = lacking(metric, matrix[[i], :].toarray())[0]
    return none
