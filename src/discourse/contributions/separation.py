"""Which features set two groups of documents apart: the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from discourse.labelled import ColumnResult, FloatArray
from discourse.labelled.explanations import check_sum, magnitude
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Separation(ColumnResult):
    """What each feature adds to the contrast of pairs between two groups and pairs within them.

    Attributes
    ----------
    features : tuple of str
        Largest magnitude first, ties in order of code point; what adds nothing is left out.
    values : ndarray of shape (n_features,), float64
        Positive where a feature sets the groups apart, negative where it makes documents differ
        within a group more than between the groups.
    between : ndarray of shape (n_features,), float64
        Mean contribution to a pair of a document of each group, in the unit of the metric.
    within_a, within_b : ndarray of shape (n_features,), float64
        Mean contribution to a pair of documents of one group; NaN where it has a single one.
    total : float
        The contrast of the mean values, to which `values` sums.
    metric : str
    groups : (str, str)
    note : str or None
        Which pairs there are none of.

    Raises
    ------
    DiscourseError
        If the values do not sum to the total.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.contributions import separating
    >>> dfm = ds.count(["peace now", "peace so", "war now", "war so"])
    >>> found = separating(dfm, dict(zip(dfm.docs, "xxyy")), "x", "y", metric="manhattan")
    >>> found.features, found.values.tolist(), found.total
    (('peace', 'war', 'now', 'so'), [1.0, 1.0, -0.5, -0.5], 1.0)
    """

    UNDEFINED: ClassVar = "a group has a single document, and no pair within it"
    COLUMNS: ClassVar = ("values", "between", "within_a", "within_b")

    features: tuple[str, ...]
    values: FloatArray
    between: FloatArray
    within_a: FloatArray
    within_b: FloatArray
    total: float
    metric: str
    groups: tuple[str, str]
    record: Record
    note: str | None = None

    def __post_init__(self) -> None:
        """Make the arrays read-only and check the sum."""
        super(Separation, self).__post_init__()
        check_sum(self.total, self.values)

    def to_frame(self) -> pd.DataFrame:
        """Return feature, value, its share of all magnitudes, and the means it is made of."""
        import pandas as pd

        return pd.DataFrame(
            {
                "feature": self.features,
                "value": self.values,
                "share": self.values / magnitude(self.values),
                "between": self.between,
                "within_a": self.within_a,
                "within_b": self.within_b,
            }
        )

    def to_dict(self) -> dict[str, object]:
        """Return features and their means as plain data."""
        return {
            "metric": self.metric,
            "groups": list(self.groups),
            "total": self.total,
            "features": list(self.features),
            **{name: column.tolist() for name, column in self.columns().items()},
            "note": self.note,
            "record": self.record.to_dict(),
        }
