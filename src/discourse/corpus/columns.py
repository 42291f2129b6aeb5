"""Columns from whatever holds them: mappings, data frames, Arrow data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from discourse.errors import OptionError, need, repetition


def docvar_lists(docvars: object, /) -> dict[str, list[object]]:
    """Return columns, which a mapping or a table holds, as lists."""
    if docvars is None:
        return {}
    if isinstance(docvars, Mapping):
        named = cast("Mapping[str, object]", docvars)
        return {name: listed(name, column) for name, column in named.items()}
    columns = table_columns(docvars)
    if columns is None:
        msg = (
            f"docvars must map names to columns, or be a data frame; got {type(docvars).__name__}."
        )
        raise OptionError("docvars", msg)
    return columns


def listed(name: str, values: Any, /) -> list[Any]:
    """Return what an iterable holds, which a single string is not meant to be."""
    refuse_string(name, values)
    if not hasattr(values, "__iter__"):
        msg = f"{name} must be a list; got {type(values).__name__}."
        raise OptionError(name, msg)
    return list(values)


def refuse_string(name: str, value: object, /) -> None:
    """Raise `OptionError` if a single string stands where a list belongs."""
    if isinstance(value, (str, bytes)):
        msg = f"{name} must be a list of str, not a single string; write [{name}]."
        raise OptionError(name, msg)


def table_columns(value: Any, /) -> dict[str, list[object]] | None:
    """Return the columns of a data frame or of Arrow data by name, None if it is neither."""
    kind = cast("type[object]", type(value))
    if hasattr(kind, "columns") and hasattr(kind, "to_dict"):  # pandas, polars
        names, columns = list(value.columns), (list(value[name]) for name in value.columns)
    elif hasattr(kind, "__arrow_c_stream__") and not hasattr(kind, "dtype"):  # no mere column
        table = _arrow_table(value)
        names, columns = table.column_names, (column.to_pylist() for column in table.columns)
    else:
        return None
    if problem := repetition("columns", map(str, names)):
        raise OptionError("columns", problem)
    return {str(name): column for name, column in zip(names, columns, strict=True)}


def _arrow_table(value: Any, /) -> Any:
    """Return the Arrow table of a stream of record batches."""
    pa = need("pyarrow", extra="formats")
    try:
        return pa.table(value)
    except pa.ArrowInvalid as error:
        msg = f"the {type(value).__name__} cannot be read as a table of Arrow: {error}."
        raise OptionError("table", msg) from error
