"""Tables that are saved as Parquet, with what else must be known in the metadata."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias, cast

import numpy as np

from discourse._files import replacing
from discourse.errors import DiscourseError, ReadError, need
from discourse.record import digest

Metadata: TypeAlias = Mapping[bytes, bytes]
Docvars: TypeAlias = dict[str, list[object]]

_FACTS = b"discourse"  # the key in the metadata of the schema
_FORMAT = 1
_LONGEST = 2**63  # integers from here on have no column of their own type
_PLAIN = {str, bool, int, float}  # what JSON gives back as it was


def write(path: str | Path, kind: str, columns: Mapping[str, Any], facts: object, /) -> None:
    """Write Arrow columns of equal length, whole or not at all.

    Parameters
    ----------
    path : str or Path
    kind : str
        What is saved; `read` asks for it.
    columns : mapping of str to pyarrow.Array
    facts : object
        Whatever else `read` returns: plain data.
    """
    pa, pq = need("pyarrow", extra="formats"), need("pyarrow.parquet", extra="formats")
    head = json.dumps([kind, _FORMAT, digest([json.dumps(facts)]), facts])
    table = pa.table(dict(columns)).replace_schema_metadata({_FACTS: head})
    with replacing(path) as unfinished:
        pq.write_table(table, unfinished, compression="zstd", write_page_checksum=True)


def read(path: str | Path, kind: str, /) -> tuple[dict[str, Any], Any]:
    """Return the columns, as Arrow arrays, and the facts.

    Raises
    ------
    ReadError
        If there is no such file, it is damaged, or holds something else.
    """
    pa, pq = need("pyarrow", extra="formats"), need("pyarrow.parquet", extra="formats")
    file = Path(path).expanduser()
    try:
        table = pq.read_table(file, page_checksum_verification=True, partitioning=None)
        columns = {name: table.column(name).combine_chunks() for name in table.column_names}
    except (OSError, ValueError, MemoryError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0]
        raise ReadError(str(path), f"it cannot be read as Parquet: {reason}") from error
    if not holds(kind, table.schema.metadata):
        reason = f"it holds no saved {kind}; discourse.read takes other tables with texts."
        raise ReadError(str(path), reason)
    return columns, facts_of(str(path), table.schema.metadata)


def holds(kind: str, metadata: Metadata | None, /) -> bool:
    """Tell from the metadata of a schema whether `write` has written something of this kind."""
    return _head(metadata)[:1] == (kind,)


def facts_of(name: str, metadata: Metadata | None, /) -> Any:
    """Return the facts in the metadata of a schema; `name` is that of the file, for messages.

    Raises
    ------
    ReadError
        If they are damaged or of another version.
    """
    head = _head(metadata)
    if head[1:2] != (_FORMAT,):
        reason = f"it was saved in format {head[1:2]}; this version knows {_FORMAT}."
        raise ReadError(name, reason)
    if head[2:3] != (digest(map(json.dumps, head[3:])),):
        raise ReadError(name, "its metadata are damaged.")
    return head[3]


def _head(metadata: Metadata | None, /) -> tuple[Any, ...]:
    """Return kind, format, digest and facts; nothing if there are none."""
    try:
        return (*json.loads((metadata or {}).get(_FACTS, b"[]")),)
    except (TypeError, ValueError):
        return ()


def strings(values: Sequence[str | None], /) -> Any:
    """Return an Arrow array of strings; of bytes where a lone surrogate is among them.

    Examples
    --------
    >>> strings(["peace", None]).to_pylist(), str(strings([chr(0xD800)]).type)
    (['peace', None], 'large_binary')
    """
    pa = need("pyarrow", extra="formats")
    try:
        return pa.array(values, pa.large_string())
    except UnicodeEncodeError:
        encoded = [None if v is None else v.encode("utf-8", "surrogatepass") for v in values]
        return pa.array(encoded, pa.large_binary())


def plain_strings(column: Any, /) -> list[Any]:
    """Return what `strings` was given."""
    return [plain_string(value) for value in column.to_pylist()]


def plain_string(value: Any, /) -> Any:
    """Return one of the values that `strings` was given."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def docvar_column(name: str, values: Iterable[object], /) -> tuple[Any, str]:
    """Return a docvar as an Arrow array of its type, and how it is to be read.

    Values of several types, times with a zone and integers beyond 64 bits become JSON.

    Raises
    ------
    DiscourseError
        If a value is none of str, bool, int, float, date, datetime and None.

    Examples
    --------
    >>> docvar_column("year", [1990, None])[0].to_pylist(), docvar_column("year", [1, "1"])[1]
    ([1990, None], 'json')
    """
    pa = need("pyarrow", extra="formats")
    own = [_python(name, value) for value in values]
    kinds: set[type] = {type(value) for value in own if value is not None}
    kind = kinds.pop() if len(kinds) == 1 else None
    natives = {bool: pa.bool_(), float: pa.float64(), dt.date: pa.date32()}
    if kind is str:
        return strings(own), "text"
    if kind in natives:
        return pa.array(own, natives[kind]), "as it is"
    if kind is int and all(v is None or -_LONGEST <= v < _LONGEST for v in own):
        return pa.array(own, pa.int64()), "as it is"
    if kind is dt.datetime and all(v is None or v.tzinfo is None for v in own):
        return pa.array(own, pa.timestamp("us")), "as it is"
    encoded = [None if v is None else json.dumps(_tagged(v)) for v in own]
    return pa.array(encoded, pa.large_string()), "json"


def docvar_value(value: Any, kind: str, /) -> object:
    """Return one of the values that `docvar_column` was given."""
    if kind == "json" and value is not None:
        return _untagged(json.loads(value))
    return plain_string(value)


def docvar_columns(
    docvars: Mapping[str, Iterable[object]], taken: Iterable[str], /
) -> tuple[dict[str, Any], list[list[str]]]:
    """Return docvars as Arrow arrays by column, and what `docvars_of` needs to know of them.

    A column has the name of its docvar, unless it is taken or no UTF-8.
    """
    names = {*taken}
    columns: dict[str, Any] = {}
    known: list[list[str]] = []
    for number, (name, values) in enumerate(docvars.items()):
        odd = name in names or not name or any("\ud800" <= char <= "\udfff" for char in name)
        column = f"docvar {number}" if odd else name
        while column in names:
            column += "'"
        names.add(column)
        columns[column], kind = docvar_column(name, values)
        known.append([name, column, kind])
    return columns, known


def docvars_of(columns: Mapping[str, Any], known: Iterable[Sequence[str]], /) -> Docvars:
    """Return the docvars that `docvar_columns` was given, in their order."""
    return {
        name: [docvar_value(value, kind) for value in columns[column].to_pylist()]
        for name, column, kind in known
    }


def _python(name: str, value: Any, /) -> Any:
    """Return a value as one of Python's own types."""
    kind = value.__class__
    if issubclass(kind, np.datetime64):
        moment = value.astype("datetime64[us]")  # nothing finer
        value = moment.item() if moment == value else value
    elif issubclass(kind, (np.bool_, np.number)):
        value = value.item()
    elif hasattr(value, "to_pydatetime") and not value.nanosecond:
        value = value.to_pydatetime()
    if value is None or type(value) in {*_PLAIN, dt.date, dt.datetime}:
        return value
    if issubclass(kind, str):
        return str(value)
    msg = (
        f"docvar {name!r} holds {value!r:.60}, a {kind.__name__}: only str, bool, int, "
        "float, date, datetime and None can be saved."
    )
    raise DiscourseError(msg)


def _tagged(value: Any, /) -> Any:
    """Return a value as JSON can hold it, with the name of its type where that would be lost."""
    return value if type(value) in _PLAIN else {type(value).__name__: value.isoformat()}


def _untagged(value: Any, /) -> Any:
    """Return what `_tagged` was given."""
    if not isinstance(value, Mapping):
        return value
    ((kind, text),) = cast("Mapping[str, str]", value).items()
    return dt.date.fromisoformat(text) if kind == "date" else dt.datetime.fromisoformat(text)
