"""What the tables of the terminal have in common: cells, names cut short, notes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from discourse.cli.pages import indented
from discourse.cli.streams import visible
from discourse.labelled import decimals, interval

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_LONGEST = 32  # characters of a name


def print_table(console: Console, table: Table, /) -> None:
    """Print a table below its heading."""
    console.print(indented(table))


def print_note(console: Console, note: str | None, /) -> None:
    """Print what a reader must know about the numbers above."""
    if note:
        console.print()
        console.print(indented(visible(note)), style="dim")


def print_left_out(console: Console, number: int, /) -> None:
    """Print how many rows are not shown."""
    if number > 0:
        console.print(f"  and {number:,} more: --most shows more, --csv all", style="dim")


def short(name: str, longest: int = _LONGEST, /) -> str:
    """Return a name that fits a column."""
    name = visible(name)
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def spaced(name: str, /) -> str:
    """Return the name of an option as words."""
    return name.replace("_", " ")


def number(value: float, /) -> str:
    """Return a value with two decimals, or a dash."""
    return "-" if math.isnan(value) else decimals(value)


def share(value: float, /) -> str:
    """Return a share in percent, or a dash."""
    return "-" if math.isnan(value) else f"{100 * value:.0f}%"


def level_name(level: float | None, /) -> str:
    """Return the heading of a column of intervals, if there are any."""
    return "" if level is None else f"{100 * level:g}% interval"


def spelled_limits(low: float | None, high: float | None, /, *, digits: int = 2) -> str:
    """Return an interval, or a dash where there is none."""
    if low is None or high is None or math.isnan(low):
        return "-"
    return interval(low, high) if digits == 2 else f"[{low:.{digits}f}, {high:.{digits}f}]"


def last_if_nan(value: float, /) -> float:
    """Return what a value is sorted by."""
    return math.inf if math.isnan(value) else value
