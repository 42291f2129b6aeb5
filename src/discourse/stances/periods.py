"""Dates as document variables have them, and the periods that they fall into."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, TypeAlias, cast, get_args

import numpy as np

from discourse.errors import OptionError, check_option, shorten

Span: TypeAlias = Literal["day", "month", "quarter", "year", "decade"]
Every: TypeAlias = Span | int

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_NEEDS = {"day": 3, "month": 2, "quarter": 2}  # year, month, day: how many of them must be known


class Period(NamedTuple):
    """A span of time: its name, which sorts by time, and its first day."""

    label: str
    start: dt.date


class _Date(NamedTuple):
    """A date of which the year (1), the month (2) or the day (3) is the last thing known."""

    day: dt.date
    known: int


def find_periods(
    name: str, docs: Sequence[str], values: Sequence[object], every: Every, /
) -> list[Period]:
    """Return the period that each document falls into.

    Parameters
    ----------
    name : str
        Name of the document variable, for messages.
    docs : sequence of str
        Identifiers, for messages.
    values : sequence of object
        Dates as ``date``, ``datetime``, ``datetime64`` or ISO strings (2017-09-19, 2017-09, 2017),
        or years as numbers.
    every : {"day", "month", "quarter", "year", "decade"} or int
        Length of the periods; a number is one of years, counted from the year 0.

    Raises
    ------
    OptionError
        If a value is no date or is too coarse for the periods, or `every` is not allowed.

    Examples
    --------
    >>> [p.label for p in find_periods("date", ["a", "b"], ["2017-09-19", "2021-03"], "quarter")]
    ['2017-Q3', '2021-Q1']
    >>> [p.label for p in find_periods("year", ["a", "b"], [2017, 2021], 5)]
    ['2015-2019', '2020-2024']
    """
    _check(every)
    dates = read_dates(name, docs, values)
    needed = 1 if isinstance(every, int) else _NEEDS.get(every, 1)
    coarse = [doc for doc, date in zip(docs, dates, strict=True) if date.known < needed]
    if coarse:
        part = "day" if needed == _NEEDS["day"] else "month"
        msg = (
            f"every={every!r} needs a {part}, which docvar {name!r} does not tell for "
            f"{len(coarse)} document(s): {shorten(coarse)}. Choose longer periods."
        )
        raise OptionError("every", msg)
    return [_period(date.day, every) for date in dates]


def _check(every: object, /) -> None:
    """Raise unless this is the name of a span or a number of years."""
    if isinstance(every, int) and not isinstance(every, bool):
        if every < 1:
            msg = f"every must be at least 1 year; got {every!r}."
            raise OptionError("every", msg)
    elif isinstance(every, str):
        check_option("every", every, get_args(Span))
    else:
        listed = ", ".join(map(repr, get_args(Span)))
        msg = f"every must be one of {listed} or a whole number of years; got {every!r}."
        raise OptionError("every", msg)


def _period(day: dt.date, every: Every, /) -> Period:
    """Return the period of this length that a day falls into."""
    year = f"{day.year:04}"
    if every == "day":
        return Period(day.isoformat(), day)
    if every == "month":
        return Period(f"{year}-{day.month:02}", day.replace(day=1))
    if every == "quarter":
        quarter = (day.month - 1) // 3
        return Period(f"{year}-Q{quarter + 1}", dt.date(day.year, 3 * quarter + 1, 1))
    if every in {"year", 1}:
        return Period(year, dt.date(day.year, 1, 1))
    years = every if isinstance(every, int) else 10
    first = day.year // years * years
    label = f"{first:04}s" if every == "decade" else f"{first:04}-{first + years - 1:04}"
    return Period(label, dt.date(max(first, 1), 1, 1))


def read_dates(name: str, docs: Sequence[str], values: Sequence[object], /) -> list[_Date]:
    """Return the dates of documents, each with how much of it is known.

    Raises
    ------
    OptionError
        If a value is no date.
    """
    dates = [_date(value) for value in values]
    if wrong := [(d, v) for d, v, date in zip(docs, values, dates, strict=True) if date is None]:
        shown = ", ".join(f"{value!r} of {doc!r}" for doc, value in wrong[:3])
        msg = (
            f"docvar {name!r} holds no date for {len(wrong)} document(s): "
            f"{shown}{', ...' if len(wrong) > 3 else ''}. Write dates as 2017-09-19, 2017-09 or "
            "2017, give date objects, or leave these documents out (corpus.subset)."
        )
        raise OptionError("by", msg)
    return cast("list[_Date]", dates)


def _date(value: Any, /) -> _Date | None:
    """Return a value as a date, or None if it is none."""
    if isinstance(value, np.generic):  # numpy writes dates in ISO format, as far as they are known
        scalar = cast("Any", value)
        value = str(scalar) if scalar.dtype.kind == "M" else scalar.item()
    if isinstance(value, dt.datetime):
        return _Date(value.date(), 3)
    if isinstance(value, dt.date):
        return _Date(value, 3)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # A column of years with gaps is one of floating-point numbers in data frames.
        return _from_parts(int(value)) if float(value).is_integer() else None
    return _parsed(value.strip()) if isinstance(value, str) else None


def _parsed(text: str, /) -> _Date | None:
    """Return the date that a string in ISO format names."""
    if match := _WRITTEN.fullmatch(text):
        return _from_parts(*(int(part) for part in match.groups() if part))
    try:
        return _Date(dt.datetime.fromisoformat(text).date(), 3)
    except ValueError:
        return None


def _from_parts(*parts: int) -> _Date | None:
    """Return the first day of a year, or month, or that day; None if the calendar lacks it."""
    year, month, day = (*parts, 1, 1)[:3]
    try:
        return _Date(dt.date(year, month, day), len(parts))
    except (ValueError, OverflowError):
        return None
