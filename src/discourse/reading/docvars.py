"""Typed document variables, from the strings that cells and fields hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeAlias, cast, get_args

from discourse.corpus.documents import is_missing
from discourse.errors import OptionError, check_option

Kind: TypeAlias = Literal["str", "int", "float", "bool", "date"]


# -- dates -------------------------------------------------------------------------------------

# English whatever the locale, unlike calendar.month_name.
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DATE = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<d2>\d\d?) (?P<m2>[A-Za-z]+),? (?P<y2>\d{4})"
    r"|(?P<m3>[A-Za-z]+) (?P<d3>\d\d?),? (?P<y3>\d{4})",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*", re.ASCII)


def written_date(value: str, /) -> date | None:
    """Return the day that is written, or None if it is in none of the known forms.

    Examples
    --------
    >>> written_date("2020-09-04") == written_date("4 September 2020")
    True
    >>> written_date("September 4, 2020")
    datetime.date(2020, 9, 4)
    >>> written_date("last week") is None
    True
    """
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    year, month, day = (next(filter(None, match.group(key, f"{key}2", f"{key}3"))) for key in "ymd")
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
        return date(int(year), number, int(day))
    except ValueError:  # no such month or day
        return None


# -- kinds -------------------------------------------------------------------------------------


def _day(value: str, /) -> date | None:
    """Return the day of a date, one without hyphens, or one with a time after it."""
    with_time = _WITH_TIME.fullmatch(value)
    return written_date(with_time[1] if with_time else _COMPACT.sub(r"\1-\2-\3", value))


def _whole(value: str, /) -> int | None:
    """Return a whole number; "2020.0" is what data frames write where others have no value."""
    match = re.fullmatch(r"([+-]?\d{1,4000})(?:\.0+)?", value, re.ASCII)
    return int(match[1]) if match else None


def _real(value: str, /) -> float | None:
    """Return a decimal number."""
    written = re.fullmatch(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", value, re.ASCII)
    return float(value) if written else None


def _truth(value: str, /) -> bool | None:
    """Return whether a value says yes."""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(
        value.lower()
    )


class Reader(NamedTuple):
    """How values of a kind are read: what a message calls them, and how names hold them."""

    called: str
    parse: Callable[[str], object]
    in_names: str


READERS: Mapping[Kind, Reader] = {
    "str": Reader("a string", str, "[^/]+?"),
    "int": Reader("a whole number", _whole, r"[+-]?\d+"),
    "float": Reader("a number", _real, r"[+-]?\d+(?:\.\d+)?"),
    "bool": Reader("true, false, yes, no, 1 or 0", _truth, "(?i:true|false|yes|no|1|0)"),
    "date": Reader("a date such as 2020-09-04", _day, r"\d{4}-?\d\d-?\d\d"),
}


def typed(value: object, kind: Kind, /) -> object:
    """Return a value as the kind that was asked for; None, NaN and blank strings are None.

    Raises
    ------
    ValueError
        If it is not written as one.

    Examples
    --------
    >>> typed("1970", "int"), typed(" ", "int"), typed("4 May 2020", "date")
    (1970, None, datetime.date(2020, 5, 4))
    """
    written = "" if is_missing(value) else str(value).strip()
    if not written:
        return None
    reader = READERS[kind]
    parsed = str(value) if kind == "str" else reader.parse(written)
    if parsed is None:
        msg = f"must be {reader.called}; got {written!r:.100}"
        raise ValueError(msg)
    return parsed


def check_kinds(docvars: Mapping[str, Kind | type] | None, /) -> dict[str, Kind]:
    """Return the kinds of docvars by name; types stand for kinds of the same name.

    Raises
    ------
    OptionError
        If it is no mapping, or something in it is not a kind.
    """
    if docvars is None:
        return {}
    if not isinstance(docvars, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"docvars must map names to kinds, such as {{'year': 'int'}}; got {docvars!r:.100}."
        raise OptionError("docvars", msg)
    kinds: dict[str, Kind] = {}
    for name, kind in docvars.items():
        named = kind.__name__ if isinstance(kind, type) else kind
        check_option(f"docvars[{name!r}]", named, get_args(Kind))
        kinds[name] = cast("Kind", named)
    return kinds
