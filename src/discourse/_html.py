"""The table that notebooks show of a result: small, escaped, with a caption and its notes."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

ROWS: Final = 20
COLUMNS: Final = 12  # of a matrix
_TEXT: Final = 80  # letters of a text that are shown
_SMALLEST: Final = 10  # digits after the point, at most
_UNSENDABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")  # neither shown nor UTF-8


def table(
    name: str,
    shape: tuple[int, int],
    columns: Sequence[object],
    rows: Iterable[Sequence[object]],
    /,
    *,
    details: Mapping[str, object] | None = None,
    notes: Sequence[str] = (),
) -> str:
    """Return a table as HTML, every piece of text escaped.

    Parameters
    ----------
    name : str
        What the table is, for its caption.
    shape : (int, int)
        How many rows and columns there are in all, the column of names left out.
    columns : sequence
        Names of the columns shown; the first one is that of the names of the rows.
    rows : iterable of sequences
        The rows shown.
    details : mapping, optional
        What else the caption says.
    notes : sequence of str
        What stands below.

    Examples
    --------
    >>> print(table("Pair", (1, 1), ["doc", "value"], [["<a>", 0.25]], details={"unit": "words"}))
    <table><caption style="caption-side: top; text-align: left"><strong>Pair</strong>: 1 row; \
unit: words</caption><thead><tr><th scope="col">doc</th><th scope="col">value</th></tr></thead>\
<tbody><tr><th scope="row">&lt;a&gt;</th><td>0.250</td></tr></tbody></table>
    """
    body = [list(row) for row in rows]
    digits = [_digits(column) for column in zip(*body, strict=True)]
    head = "".join(f'<th scope="col">{escaped(column)}</th>' for column in columns)
    lines = "".join(_row(row, digits) for row in body)
    caption = "; ".join(
        [
            f"<strong>{escaped(name)}</strong>: {_size(shape, len(body), len(columns) - 1)}",
            *(f"{escaped(key)}: {_brief(value)}" for key, value in (details or {}).items()),
        ]
    )
    below = "".join(f"<p>{escaped(note, most=None)}</p>" for note in notes)
    return (
        f'<table><caption style="caption-side: top; text-align: left">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>{below}"
    )


def escaped(value: object, /, most: int | None = _TEXT) -> str:
    """Return a value as escaped text on one line, shortened to so many letters.

    Examples
    --------
    >>> escaped("<b>" + "a" * 100, most=8)
    '&lt;b&gt;aaaa…'
    """
    text = _UNSENDABLE.sub(" ", str(value))
    if most is not None and len(text) > most:
        text = f"{text[: most - 1]}…"
    return html.escape(text)


def _size(shape: tuple[int, int], rows: int, columns: int, /) -> str:
    """Return how many rows there are, and how many rows and columns are shown if not all."""
    size = f"{shape[0]:,} row{'' if shape[0] == 1 else 's'}"
    if columns < shape[1]:
        size += f" by {shape[1]:,} columns, {rows:,} by {columns:,} shown"
    elif rows < shape[0]:
        size += f", {rows:,} shown"
    return size


def _row(row: Sequence[object], digits: Sequence[int], /) -> str:
    """Return a row, whose first cell names it."""
    first, *others = (_cell(value, n) for value, n in zip(row, digits, strict=True))
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'


def _digits(column: Sequence[object], /) -> int:
    """Return the digits after the point with which the largest number of a column has three."""
    numbers = [abs(x) for x in column if isinstance(x, float) and math.isfinite(x)]
    if all(x.is_integer() for x in numbers):
        return 0
    return min(max(3, 2 - math.floor(math.log10(max(numbers)))), _SMALLEST)


def _brief(value: object, /) -> str:
    """Return a number to four digits, or the text of anything else."""
    return f"{value:.4g}" if isinstance(value, float) else _cell(value)


def _cell(value: object, digits: int = 3, /) -> str:
    """Return a number with its digits, or the text of anything else."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return escaped(", ".join(map(str, cast("Sequence[object]", value))))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return escaped(value)
    if isinstance(value, float):
        tiny = value != 0.0 and abs(value) < 0.5 * 10.0**-digits
        return "NaN" if math.isnan(value) else f"{value:.1e}" if tiny else f"{value:z,.{digits}f}"
    return f"{value:,}"
