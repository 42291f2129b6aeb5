"""What keyness returns: features with their frequencies, statistic, effect and p-values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.labelled import ColumnResult, FloatArray
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    Counts: TypeAlias = csr_array[np.int64, tuple[int, int]]

IntArray: TypeAlias = npt.NDArray[np.int64]


Which: TypeAlias = str | Sequence[str] | Sequence[bool] | npt.NDArray[np.bool_]


Measure: TypeAlias = Literal["g2", "log_ratio"]


Unit: TypeAlias = Literal["documents", "tokens"]


Inference: TypeAlias = Literal["auto", "documents", "tokens"]


@dataclass(frozen=True, slots=True, eq=False)
class Keyness(ColumnResult):
    """Features by how much more the target uses them than the reference.

    Attributes
    ----------
    features : tuple of str
        Those that occur on either side, by falling statistic, ties by code point.
    n_target, n_reference : ndarray of shape (n_features,), int64
        Occurrences.
    freq_target, freq_reference : ndarray of shape (n_features,), float64
        Occurrences per 1,000 tokens.
    statistic : ndarray of shape (n_features,), float64
        The measure; positive where the target uses the feature more.
    log_ratio : ndarray of shape (n_features,), float64
        log2 of the ratio of relative frequencies; a count of 0 is taken as 0.5.
    p, p_adjusted : ndarray of shape (n_features,), float64
        Two-sided, and after Benjamini and Hochberg over all features; NaN where no frequency
        varies between the documents of a side, so that there is nothing to test against.
    measure : {"g2", "log_ratio"}
    unit : {"documents", "tokens"}
        What the p-values take to be independent.
    target, reference : tuple of str
        Identifiers of the documents on either side.
    note : str
        What the p-values are of, and where they contradict the statistic.

    Examples
    --------
    >>> import discourse as ds
    >>> dfm = ds.count(["peace peace trade", "war war trade"])
    >>> ds.keyness(dfm, target="text1").features
    ('peace', 'trade', 'war')
    """

    UNDEFINED: ClassVar = "frequencies do not vary between the documents of a side"
    COLUMNS: ClassVar = (
        *("n_target", "n_reference", "freq_target", "freq_reference"),
        *("statistic", "log_ratio", "p", "p_adjusted"),
    )

    features: tuple[str, ...]
    n_target: IntArray
    n_reference: IntArray
    freq_target: FloatArray
    freq_reference: FloatArray
    statistic: FloatArray
    log_ratio: FloatArray
    p: FloatArray
    p_adjusted: FloatArray
    measure: Measure
    unit: Unit
    target: tuple[str, ...]
    reference: tuple[str, ...]
    record: Record
    note: str

    def to_frame(self) -> pd.DataFrame:
        """Return one row a feature; the columns are the same whatever the measure.

        The note is in ``attrs["note"]`` of the table.
        """
        import pandas as pd

        frame = pd.DataFrame({"feature": self.features, **self.columns(), "unit": self.unit})
        frame.attrs["note"] = self.note
        return frame

    def to_dict(self) -> dict[str, object]:
        """Return columns, sides and record as plain data."""
        return {
            "measure": self.measure,
            "unit": self.unit,
            "target": list(self.target),
            "reference": list(self.reference),
            "features": list(self.features),
            **{name: column.tolist() for name, column in self.columns().items()},
            "note": self.note,
            "record": self.record.to_dict(),
        }
