"""What every result can do, and the plain data that results are made of."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from discourse import _html
from discourse.errors import DiscourseError, OptionError, check_known, shorten
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd

Kind: TypeAlias = Literal["similarity", "distance", "divergence"]
FloatArray: TypeAlias = npt.NDArray[np.float64]


class Result(ABC):
    """What every result can do: become a table, plain data or HTML, and be computed again."""

    __slots__ = ()

    UNDEFINED: ClassVar[str] = "undefined"  # why a number may be missing

    record: Record

    @abstractmethod
    def to_frame(self) -> pd.DataFrame:
        """Return the result as a pandas data frame."""

    @abstractmethod
    def to_dict(self) -> dict[str, object]:
        """Return the result as plain data: str, int, float, list, dict, None."""

    def __reduce__(self) -> tuple[object, ...]:
        """Return what builds the result anew, arrays read-only, when it is copied or pickled."""
        return rebuild(self)

    def to_html(self, *, rows: int | None = _html.ROWS) -> str:
        """Return the result as a table in HTML: what it is, its values, what is missing and why.

        Parameters
        ----------
        rows : int or None
            How many rows are shown at most, and a dozen columns of a matrix; None shows all.
        """
        frame, shape = self._corner(rows, None if rows is None else _html.COLUMNS)
        columns, lines = _labelled(frame)
        notes = [note] if (note := getattr(self, "note", None)) else []
        if bool(frame.select_dtypes("number").isna().to_numpy().any()):
            notes.append(f"NaN: {self.UNDEFINED}.")
        details = {name: value for name, value in _scalars(self).items() if name not in columns}
        return _html.table(type(self).__name__, shape, columns, lines, details=details, notes=notes)

    def _corner(
        self, rows: int | None, columns: int | None, /
    ) -> tuple[pd.DataFrame, tuple[int, int]]:
        """Return the first rows, of a matrix some columns too, and how many there are."""
        del columns  # those of a table are few
        frame = self.to_frame()
        return frame.iloc[:rows], (len(frame), 0)

    def _repr_html_(self) -> str:
        """Return the table that notebooks show."""
        return self.to_html()

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


class ColumnResult(Result):
    """A result of one row per feature or target, whose numbers are arrays of one length."""

    __slots__ = ()

    COLUMNS: ClassVar[tuple[str, ...]]  # the fields that are such arrays, in the order of a table

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for array in self.columns().values():
            frozen(array)

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """Return the numbers, by the names of the columns."""
        return {name: getattr(self, name) for name in self.COLUMNS}


def _labelled(frame: pd.DataFrame, /) -> tuple[list[str], Iterator[tuple[object, ...]]]:
    """Return the columns and rows of a table; the labels of rows, if they have any, come first."""
    import pandas as pd

    if isinstance(frame.index, pd.RangeIndex):
        return list(map(str, frame.columns)), frame.itertuples(index=False, name=None)
    return ["", *map(str, frame.columns)], frame.itertuples(name=None)


def _scalars(result: Result, /) -> dict[str, str | float]:
    """Return the fields that hold a single value."""
    names = [field.name for field in dataclasses.fields(cast("Any", result))]
    values: dict[str, object] = {name: getattr(result, name) for name in names if name != "note"}
    return {name: value for name, value in values.items() if isinstance(value, (str, int, float))}


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
    """Return plain data: dates as ISO strings, tuples, sets and arrays as lists, the rest as str.

    Examples
    --------
    >>> import datetime as dt
    >>> plain(({"day": dt.date(2020, 9, 4)}, {2, 1}, dt.timedelta(1)))
    [{'day': '2020-09-04'}, [1, 2], '1 day, 0:00:00']
    """
    if isinstance(value, (np.ndarray, np.generic)):
        array = cast("npt.NDArray[Any]", value)
        if array.dtype.kind == "M":  # nanoseconds would become integers
            array = array.astype("datetime64[us]")
        return plain(array.tolist())
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {str(key): plain(member) for key, member in items}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in cast("Sequence[object]", value)]
    if isinstance(value, (set, frozenset)):
        return sorted(map(plain, cast("Collection[object]", value)), key=repr)
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


def shares(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64], /) -> FloatArray:
    """Return quotients, NaN where there is nothing to divide by.

    Examples
    --------
    >>> shares(np.array([1, 0]), np.array([2, 0])).tolist()
    [0.5, nan]
    """
    found: FloatArray = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return found


def frozen(array: npt.NDArray[Any], /) -> npt.NDArray[Any]:
    """Return the array, made read-only."""
    array.setflags(write=False)
    return array


def rebuild(value: object, /) -> tuple[object, ...]:
    """Return what `__reduce__` does, so that a copy is built, checked and frozen like any other."""
    names = [field.name for field in dataclasses.fields(cast("Any", value))]
    parts = {name: getattr(value, name) for name in names}
    return _built, (type(value), parts)


def _built(kind: Callable[..., object], parts: Mapping[str, object], /) -> object:
    """Return an object of that type from its fields, arrays read-only."""
    for part in parts.values():
        if isinstance(part, np.ndarray):
            frozen(cast("npt.NDArray[Any]", part))
    return kind(**parts)


def docvar_columns(
    docvars: Mapping[str, Sequence[object]], order: Sequence[int], /
) -> dict[str, tuple[object, ...]]:
    """Return the columns with their rows picked in this order."""
    return {name: tuple(column[i] for i in order) for name, column in docvars.items()}


def check_docvars(docs: Sequence[str], docvars: Mapping[str, Sequence[object]], /) -> None:
    """Raise unless every column has a value for each document."""
    for name, column in docvars.items():
        if len(column) != len(docs):
            msg = f"docvar {name!r} has {len(column)} values for {len(docs)} docs."
            raise DiscourseError(msg)


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


class HasDocvars(Protocol):
    """Rows with identifiers and document variables."""

    @property
    def docs(self) -> tuple[str, ...]:
        """Identifiers of the rows."""
        ...

    @property
    def docvars(self) -> Mapping[str, tuple[object, ...]]:
        """Values of every row, by name."""
        ...


def joined_docvars(docs: Sequence[str], *parts: HasDocvars) -> dict[str, tuple[object, ...]]:
    """Return the docvars of the documents of all parts; None where a document lacks one.

    Raises
    ------
    OptionError
        If two parts give a document different values.
    """
    of_doc: dict[str, dict[str, object]] = {doc: {} for doc in docs}
    for part in parts:
        for name, column in part.docvars.items():
            for doc, value in zip(part.docs, column, strict=True):
                # a merge before this one may have found nothing to put here
                if value is not None and of_doc[doc].setdefault(name, value) != value:
                    msg = f"document {doc!r} has two values of docvar {name!r}: cannot merge."
                    raise OptionError("other", msg)
    names = sorted({name for part in parts for name in part.docvars})
    return {name: tuple(of_doc[doc].get(name) for doc in docs) for name in names}
