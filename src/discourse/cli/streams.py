"""Results become JSON, CSV and harmless text."""

from __future__ import annotations

import json
import math
import re
import sys
from typing import TYPE_CHECKING, Final, cast

import typer

if TYPE_CHECKING:
    import pandas as pd

    from discourse.labelled import Result

STDIN: Final = "-"

_REPLACED = 0xFFFD
# Pictures of the control characters; C1 controls, embeddings and overrides of direction, which
# would rearrange the rest of a line, and lone surrogates have none.
_HARMLESS = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), _REPLACED),
    **dict.fromkeys(range(0x202A, 0x202F), _REPLACED),
    **dict.fromkeys(range(0x2066, 0x206A), _REPLACED),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACED),
}


def visible(text: str, /) -> str:
    r"""Return the text in one line that steers no terminal: control characters are pictured.

    Examples
    --------
    >>> visible("a\n  b \x1b[31m")
    'a b ␛[31m'
    """
    return re.sub(r"\s+", " ", text).translate(_HARMLESS)


def write_json(result: Result, /) -> None:
    """Print a result as JSON, in ASCII, whatever the encoding of the terminal."""
    typer.echo(json.dumps(jsonable(result.to_dict()), indent=2, allow_nan=False))


def jsonable(value: object, /) -> object:
    """Return plain data as JSON knows it: NaN and infinity become None.

    Examples
    --------
    >>> jsonable({"values": [0.5, float("nan")]})
    {'values': [0.5, None]}
    """
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        return {name: jsonable(member) for name, member in members.items()}
    if isinstance(value, list):
        return [jsonable(item) for item in cast("list[object]", value)]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def write_csv(frame: pd.DataFrame, /) -> None:
    """Print a table as CSV; several cues of one mention are joined by semicolons.

    Row names, where a table has some, are those of documents.
    """
    if "cues" in frame:
        frame = frame.assign(cues=frame["cues"].map("; ".join))
    named = type(frame.index).__name__ != "RangeIndex"
    frame.to_csv(sys.stdout, index=named, index_label="doc", lineterminator="\n")
