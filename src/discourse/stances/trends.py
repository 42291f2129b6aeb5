"""How the balance of each target changes over time, from document to document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from discourse.errors import check_known, check_level
from discourse.labelled import ColumnResult, FloatArray
from discourse.record import ReadOnly, Record
from discourse.resampling import jackknife_variance
from discourse.stances.counting import IntArray
from discourse.stances.periods import read_dates
from discourse.stances.vectors import StanceVectors

if TYPE_CHECKING:
    import pandas as pd

MIN_DOCS = 5  # with evidence on a target, for an interval
_YEAR = 365.2425  # days


@dataclass(frozen=True, slots=True, eq=False)
class StanceTrend(ColumnResult):
    """The change of the balance of each target per year.

    Attributes
    ----------
    targets : tuple of str
        Those on which a document takes a stance.
    n_docs, n : ndarray of shape (n_targets,), int64
        Documents that take a stance, and their supporting and opposing mentions.
    slope, low, high : ndarray of shape (n_targets,), float64
        Change of the balance (S - O)/(S + O) per year, with its interval at `level`. The slope is
        NaN where all documents are of one date, the limits where fewer than 5 take a stance or
        all but one are of one date.
    by : str
        The docvar of dates.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.stances import stance_trend
    >>> texts = ["We oppose war."] * 5 + ["We support war."] * 5
    >>> corpus = ds.Corpus.from_texts(texts, docvars={"year": range(2010, 2020)})
    >>> stance_trend(ds.stance(corpus), "year").to_frame().round(3).values.tolist()
    [['war', 10, 10, 0.303, 0.198, 0.408]]
    """

    UNDEFINED: ClassVar = "too few documents that take a stance, or too few dates"
    COLUMNS: ClassVar = ("n_docs", "n", "slope", "low", "high")

    targets: tuple[str, ...]
    n_docs: IntArray
    n: IntArray
    slope: FloatArray
    low: FloatArray
    high: FloatArray
    by: str
    level: float
    record: Record

    def to_frame(self) -> pd.DataFrame:
        """Return one row per target, in the order of the lexicon."""
        import pandas as pd

        return pd.DataFrame({"target": self.targets, **self.columns()})

    def to_dict(self) -> dict[str, object]:
        """Return columns and record as plain data."""
        return {
            "by": self.by,
            "level": self.level,
            "targets": list(self.targets),
            **{name: column.tolist() for name, column in self.columns().items()},
            "record": self.record.to_dict(),
        }


def stance_trend(stance: StanceVectors, by: str, /, *, level: float = 0.95) -> StanceTrend:
    """Return how the balance of each target changes per year.

    A straight line through the mentions, 1 for support and -1 for opposition, at the dates of
    their documents (least squares). Documents are the units: the interval leaves out one at a
    time, so that mentions of one document need not be independent. The line is a summary; look at
    ``stance.group(by, every=...)`` for its course, which need not be straight.

    Parameters
    ----------
    stance : StanceVectors
        One row per document.
    by : str
        A docvar of dates: date objects, ISO strings or years as numbers. A year or month stands
        for its first day.
    level : float
        Nominal coverage of the intervals: the slope and t of (documents - 2) degrees of freedom
        times the jackknife standard error.

    Returns
    -------
    StanceTrend

    Raises
    ------
    OptionError
        If the docvar is unknown or holds something else than dates.

    References
    ----------
    .. [1] MacKinnon, J. G. & White, H. (1985). Some heteroskedasticity-consistent covariance
       matrix estimators with improved finite sample properties. *Journal of Econometrics* 29(3),
       305-325.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.stances import stance_trend
    >>> corpus = ds.Corpus.from_texts(
    ...     ["We oppose war.", "We support war."], docvars={"date": ["2010-01-01", "2020-01-01"]})
    >>> stance_trend(ds.stance(corpus), "date").slope.round(3).tolist()
    [0.2]
    """
    check_level(level)
    check_known("docvar", by, stance.docvars)
    dates = read_dates(by, stance.docs, stance.docvars[by])
    years = np.array([date.day.toordinal() / _YEAR for date in dates])
    kept = np.flatnonzero(stance.evidence.any(axis=0))
    lines = [
        _line(years, stance.evidence[:, t], (stance.support - stance.oppose)[:, t], level)
        for t in kept
    ]
    slope, low, high = np.array(lines, np.float64).reshape(-1, 3).T.copy()
    return StanceTrend(
        targets=tuple(stance.targets[t] for t in kept),
        n_docs=np.count_nonzero(stance.evidence[:, kept], axis=0).astype(np.int64),
        n=stance.evidence[:, kept].sum(axis=0),
        slope=slope,
        low=low,
        high=high,
        by=by,
        level=level,
        record=Record(
            "stance_trend",
            ReadOnly({"by": by, "level": level}),
            stance.record.digests,
            recompute=partial(stance_trend, level=level),
        ),
    )


def _line(
    years: FloatArray, n: IntArray, net: IntArray, level: float, /
) -> tuple[float, float, float]:
    """Return the slope through mentions at these years and its limits."""
    from scipy.special import stdtrit

    used = n > 0
    x, weights, net = years[used] - years[used].mean(), n[used].astype(np.float64), net[used]
    slope = _slope(x, weights, net)
    size = len(x)
    if size < MIN_DOCS:
        return slope, np.nan, np.nan
    others = [np.arange(size) != i for i in range(size)]
    without = np.array([_slope(x[rest], weights[rest], net[rest]) for rest in others])
    error = np.sqrt(jackknife_variance(without))  # NaN if a slope is
    half = float(stdtrit(size - 2, 0.5 + level / 2) * error)
    return slope, slope - half, slope + half


def _slope(x: FloatArray, weights: FloatArray, net: IntArray, /) -> float:
    """Return the slope of net / weights on x, each weighted; NaN where x does not vary."""
    if not np.ptp(x):
        return np.nan
    centred = x - np.average(x, weights=weights)
    return float(centred @ net / (weights @ centred**2))
