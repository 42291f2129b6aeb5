"""What each feature adds to one comparison."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from discourse.errors import DiscourseError
from discourse.labelled.results import FloatArray, Result, frozen
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd

RTOL = 1e-9
ATOL = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Contributions(Result):
    """What each feature adds to one comparison; `values` sums to `total`.

    Attributes
    ----------
    features : tuple of str
    values : ndarray of shape (n_features,), float64
        In the unit of the metric, largest magnitude first.
    total : float
        The value that is explained.
    metric : str
    a, b : str
        Identifiers of the two documents.

    Raises
    ------
    DiscourseError
        If the values do not sum to the total: an explanation that does not add up is a defect.

    Examples
    --------
    >>> import discourse as ds
    >>> dfm = ds.count(["peace now", "war now"])
    >>> contributions = ds.explain(dfm, "text1", "text2", metric="jensen_shannon")
    >>> contributions.total, dict(zip(contributions.features, contributions.values.tolist()))
    (0.5, {'peace': 0.25, 'war': 0.25})
    """

    features: tuple[str, ...]
    values: FloatArray
    total: float
    metric: str
    a: str
    b: str
    record: Record

    def __post_init__(self) -> None:
        """Check the one promise of this type."""
        frozen(self.values)
        if not math.isclose(float(self.values.sum()), self.total, rel_tol=RTOL, abs_tol=ATOL):
            msg = f"contributions sum to {self.values.sum():.6g}, not to total={self.total:.6g}."
            raise DiscourseError(msg)

    def to_frame(self) -> pd.DataFrame:
        """Return feature, value and share of the total, largest magnitude first."""
        import pandas as pd

        share = self.values / self.total if self.total else np.zeros_like(self.values)
        return pd.DataFrame({"feature": self.features, "value": self.values, "share": share})

    def to_dict(self) -> dict[str, object]:
        """Return the contributions as plain data."""
        return {
            "metric": self.metric,
            "a": self.a,
            "b": self.b,
            "total": self.total,
            "contributions": dict(zip(self.features, self.values.tolist(), strict=True)),
            "record": self.record.to_dict(),
        }
