"""Numbers with their intervals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from discourse.labelled.results import Result
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Estimate(Result):
    """A number with its interval.

    Attributes
    ----------
    name : str
        What is estimated.
    value : float
    low, high : float or None
        Limits of the interval; None when there is none, and `note` says why.
    level : float
        Nominal coverage of the interval.
    m : int, math.inf or None
        Tokens per side, where the number refers to a matched length.
    note : str or None
        Why there is no interval, or what to keep in mind.

    Examples
    --------
    >>> import discourse as ds
    >>> estimate = ds.matched("We agree. We do. " * 20, "They do not. They left. " * 20).within
    >>> estimate.name, estimate.m, estimate.low <= estimate.value <= estimate.high
    ('jensen_shannon within', 34, True)
    """

    name: str
    value: float
    low: float | None
    high: float | None
    level: float
    record: Record
    m: float | None = None
    note: str | None = None

    def __str__(self) -> str:
        """Return the value and its interval, to two decimals."""
        return f"{decimals(self.value)} {interval(self.low, self.high)}".rstrip()

    def to_dict(self) -> dict[str, object]:
        """Return the estimate as plain data."""
        return {
            "name": self.name,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "level": self.level,
            "m": self.m,
            "note": self.note,
            "record": self.record.to_dict(),
        }

    def to_frame(self) -> pd.DataFrame:
        """Return the estimate as a table of one row."""
        return _table(self)


@dataclass(frozen=True, slots=True)
class MatchedEstimate(Estimate):
    """The expected value at a matched length, with its baseline.

    Attributes
    ----------
    within : Estimate
        The expected value between two disjoint samples of one source; NaN where the samples
        would not be disjoint, and its `note` says why.
    excess : Estimate
        `value` less `within`; 0 on average when both sides are one source. NaN where `within` is.

    Examples
    --------
    >>> import discourse as ds
    >>> estimate = ds.matched("We agree. We do. " * 20, "They do not. They left. " * 20)
    >>> estimate.to_frame()["name"].tolist()
    ['jensen_shannon', 'jensen_shannon within', 'jensen_shannon excess']
    """

    within: Estimate = field(kw_only=True)
    excess: Estimate = field(kw_only=True)

    def to_dict(self) -> dict[str, object]:
        """Return the estimate and its baseline as plain data."""
        return {
            **Estimate.to_dict(self),
            "within": self.within.to_dict(),
            "excess": self.excess.to_dict(),
        }

    def to_frame(self) -> pd.DataFrame:
        """Return value, within and excess as a table of three rows."""
        return _table(self, self.within, self.excess)


def _table(*estimates: Estimate) -> pd.DataFrame:
    """Return one row an estimate."""
    import pandas as pd

    columns = ("name", "value", "low", "high", "level", "m", "note")
    rows = [[getattr(estimate, name) for name in columns] for estimate in estimates]
    return pd.DataFrame(rows, columns=list(columns))


def decimals(value: float, /) -> str:
    """Return a number to two decimals, without a minus before zero.

    Examples
    --------
    >>> decimals(-0.001), decimals(0.5)
    ('0.00', '0.50')
    """
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text


def interval(low: float | None, high: float | None, /) -> str:
    """Return ``"[low, high]"`` to two decimals, or an empty string without limits.

    Examples
    --------
    >>> interval(-1.0, 0.1213)
    '[-1.00, 0.12]'
    """
    return "" if low is None or high is None else f"[{decimals(low)}, {decimals(high)}]"
