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
ATOL = 1e-12  # of what is added up, where summands of both signs leave little


@dataclass(frozen=True, slots=True, eq=False)
class Contributions(Result):
    """What each feature adds to one comparison; `values` sums to `total`.

    Attributes
    ----------
    features : tuple of str
        Or categories, where features were summed by category.
    values : ndarray of shape (n_features,), float64
        In the unit of the metric, largest magnitude first. Negative where a feature lowers the
        value: parts of Pearson's correlation or of the Kullback-Leibler divergence do.
    total : float
        The value that is explained.
    metric : str
    a, b : str
        Identifiers of the two documents.
    note : str or None
        What could not be taken into account.

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
    note: str | None = None

    def __post_init__(self) -> None:
        """Check the one promise of this type."""
        frozen(self.values)
        check_sum(self.total, self.values)

    def to_frame(self) -> pd.DataFrame:
        """Return feature, value and share, largest magnitude first.

        A share is the value divided by the sum of all magnitudes: that of the total where no value
        is negative. Where values of both signs cancel out, it tells how much of all that moves the
        value either way is due to the feature, and keeps the feature's sign.
        """
        import pandas as pd

        share = self.values / magnitude(self.values)
        return pd.DataFrame({"feature": self.features, "value": self.values, "share": share})

    def to_dict(self) -> dict[str, object]:
        """Return the contributions as plain data."""
        return {
            "metric": self.metric,
            "a": self.a,
            "b": self.b,
            "total": self.total,
            "contributions": dict(zip(self.features, self.values.tolist(), strict=True)),
            "note": self.note,
            "record": self.record.to_dict(),
        }


def check_sum(total: float, /, *parts: FloatArray) -> None:
    """Raise `DiscourseError` unless the parts sum to the total."""
    found = sum(float(part.sum()) for part in parts)
    if not math.isclose(found, total, rel_tol=RTOL, abs_tol=ATOL * max(1.0, magnitude(*parts))):
        msg = f"contributions sum to {found:.6g}, not to total={total:.6g}."
        raise DiscourseError(msg)


def magnitude(*parts: FloatArray) -> float:
    """Return the sum of the magnitudes of all parts, 1 if all are 0: what shares are taken of."""
    return sum(float(np.abs(part).sum()) for part in parts) or 1.0
