"""The result types that several rooms return: matrices, estimates and contributions with labels."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from discourse.errors import DiscourseError, OptionError, check_known, shorten
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd

Kind: TypeAlias = Literal["similarity", "distance", "divergence"]
FloatArray: TypeAlias = npt.NDArray[np.float64]


class Result:
    """What every result can do: become a table, plain data or HTML, and be computed again."""

    __slots__ = ()

    record: Record

    def to_frame(self) -> pd.DataFrame:
        """Return the result as a pandas data frame."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, object]:
        """Return the result as plain data: str, int, float, list, dict, None."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        """Return the table that notebooks show."""
        return str(self.to_frame().to_html(float_format="{:.3f}".format, border=0))

    def verify(self, *inputs: object) -> bool:
        """Tell whether computing the result again from the same inputs gives the same numbers.

        Parameters
        ----------
        *inputs
            What the verb was called on, in the same order.

        Raises
        ------
        DiscourseError
            If an input is not the one the result came from, or nothing can be recomputed.
        """
        if self.record.recompute is None:
            msg = f"this {type(self).__name__} does not know how to recompute itself."
            raise DiscourseError(msg)
        again = self.record.recompute(*inputs)
        assert isinstance(again, Result)  # noqa: S101 - recompute is the verb itself
        for name, expected in self.record.digests.items():
            if again.record.digests[name] != expected:
                msg = f"{name} is not the one that this result came from: its digest differs."
                raise DiscourseError(msg)
        return same(_numbers(self), _numbers(again))


def _numbers(result: Result, /) -> dict[str, object]:
    """Return the result as plain data without its record."""
    return {key: value for key, value in result.to_dict().items() if key != "record"}


def same(a: object, b: object, /) -> bool:
    """Tell whether two pieces of plain data are equal, NaN counting as equal to NaN."""
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, dict) and isinstance(b, dict):
        left, right = cast("dict[str, object]", a), cast("dict[str, object]", b)
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(a, list) and isinstance(b, list):
        items, others = cast("list[object]", a), cast("list[object]", b)
        return len(items) == len(others) and all(map(same, items, others))
    return a == b


def plain(value: object, /) -> object:
    """Return a value as plain data: dates as ISO strings, tuples as lists, numpy scalars as Python's.

    Examples
    --------
    >>> import datetime
    >>> plain((datetime.date(2020, 9, 4), 1))
    ['2020-09-04', 1]
    """
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value


def frozen(array: npt.NDArray[Any], /) -> npt.NDArray[Any]:
    """Return the array, made read-only."""
    array.setflags(write=False)
    return array


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
    m : int or None
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
    m: int | None = None
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
        import pandas as pd

        row = {key: value for key, value in Estimate.to_dict(self).items() if key != "record"}
        return pd.DataFrame([row])


@dataclass(frozen=True, slots=True)
class MatchedEstimate(Estimate):
    """The expected value at a matched length, with its baseline.

    Attributes
    ----------
    within : Estimate
        The expected value between two disjoint samples of one source.
    excess : Estimate
        `value` less `within`; 0 on average when both sides are one source.

    Examples
    --------
    >>> import discourse as ds
    >>> estimate = ds.matched("We agree. We do. " * 20, "They do not. They left. " * 20)
    >>> estimate.to_frame()["name"].tolist()
    ['jensen_shannon', 'jensen_shannon within', 'jensen_shannon excess']
    """

    # Dataclass inheritance puts these after defaulted fields; both are always given.
    within: Estimate | None = None
    excess: Estimate | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the estimate and its baseline as plain data."""
        return {
            **Estimate.to_dict(self),
            "within": None if self.within is None else self.within.to_dict(),
            "excess": None if self.excess is None else self.excess.to_dict(),
        }

    def to_frame(self) -> pd.DataFrame:
        """Return value, within and excess as a table of three rows."""
        import pandas as pd

        estimates = [e for e in (self, self.within, self.excess) if e is not None]
        return pd.concat([Estimate.to_frame(e) for e in estimates], ignore_index=True)


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


def docvar_columns(
    docvars: Mapping[str, Sequence[object]], order: Sequence[int], /
) -> dict[str, tuple[object, ...]]:
    """Return the columns with their rows picked in this order."""
    return {name: tuple(column[i] for i in order) for name, column in docvars.items()}


def group_values(
    docs: Sequence[str],
    docvars: Mapping[str, Sequence[object]],
    by: str | Mapping[str, str],
    /,
) -> list[str]:
    """Return the group of every document, from a docvar or from a mapping by identifier.

    Raises
    ------
    OptionError
        If the docvar is unknown, or a document has no group.
    """
    if isinstance(by, str):
        check_known("docvar", by, docvars)
        values: Sequence[object] = docvars[by]
    elif isinstance(by, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        values = [by.get(doc) for doc in docs]
    else:
        msg = f"by must be a docvar or a mapping of ids to groups; got {type(by).__name__}."
        raise OptionError("by", msg)
    missing = [doc for doc, value in zip(docs, values, strict=True) if value is None]
    if missing:
        msg = f"{len(missing)} document(s) have no group: {shorten(missing)}."
        raise OptionError("by", msg)
    return [str(value) for value in values]
