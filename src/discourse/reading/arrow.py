"""Parquet and Arrow files: one document a row, its docvars of the types of the columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import IO, Any, NamedTuple

from discourse.corpus import Document
from discourse.corpus.saving import row_reader
from discourse.errors import ReadError, need, repetition
from discourse.reading.files import File, Options
from discourse.reading.libraries import ask
from discourse.reading.records import build, check_field, make_document

_ROWS = 1_000  # that are turned into Python's own objects at once


def read_arrow(file: File, options: Options, /) -> Iterator[Document]:
    """Yield a document for every row of a Parquet, Arrow or Feather file, read in parts.

    A corpus that was saved comes back as it was, header lines and all.
    """
    number = 0
    with closing(file.opened()) as source:
        table = _open(file, source)
        restored = ask(file, "its schema", row_reader, str(file), table.schema.metadata)
        if restored is None:
            ask(file, "its schema", _check_columns, table.schema, file, options)
        for batch in _batches(table, file, options):
            for fields in ask(file, f"row {number + 1} or one near it", batch.to_pylist):
                number += 1
                place = f"row {number}"
                try:
                    if restored is None:
                        name = f"{file.name}.{number}"
                        yield make_document(fields, file, options, place=place, name=name)
                    else:
                        document = ask(file, place, restored, fields)
                        yield build(
                            *(file, options, document.text, document.docvars),
                            name=document.id,
                            header=document.header,
                            place=place,
                        )
                except ReadError as error:
                    options.fail(error)
    if not number:
        reason = "has no rows."
        raise file.error(reason)


class _Table(NamedTuple):
    """A file that was opened: its schema and its parts, none of which is read yet."""

    schema: Any
    parts: int
    read: Any  # from the number of a part to how many rows and what batches it has


def _open(file: File, source: IO[bytes], /) -> _Table:
    """Return the parts of a file."""
    if file.suffix == ".parquet":
        return ask(file, "this Parquet file", _parquet, source)
    return ask(file, "this Arrow file", _ipc, source)


def _parquet(source: IO[bytes], /) -> _Table:
    """Return the row groups of a Parquet file."""
    opened = need("pyarrow.parquet", extra="formats").ParquetFile(
        source, page_checksum_verification=True
    )

    def read(part: int) -> tuple[int, Iterator[Any]]:
        rows = opened.metadata.row_group(part).num_rows
        return rows, opened.iter_batches(_ROWS, row_groups=[part], use_threads=False)

    return _Table(opened.schema_arrow, opened.num_row_groups, read)


def _ipc(source: IO[bytes], /) -> _Table:
    """Return the batches of an Arrow file, or all of an Arrow stream as one part."""
    ipc = need("pyarrow.ipc", extra="formats")
    is_file = source.read(6) == b"ARROW1"
    source.seek(0)
    opened = ipc.open_file(source) if is_file else ipc.open_stream(source)

    def read(part: int) -> tuple[int, Iterator[Any]]:
        batch = opened.get_batch(part) if is_file else opened.read_all().combine_chunks()
        batch.validate(full=True)  # damaged offsets would lead out of the memory of the file
        starts = range(0, batch.num_rows, _ROWS)
        return batch.num_rows, (batch.slice(start, _ROWS) for start in starts)

    return _Table(opened.schema, opened.num_record_batches if is_file else 1, read)


def _check_columns(schema: Any, file: File, options: Options, /) -> None:
    """Raise `ReadError` unless the columns have the text, as strings, and names of their own."""
    if problem := repetition("columns", schema.names):
        raise file.error(problem)
    check_field("text", options.text, schema.names, file, "its schema")
    if options.id is not None:
        check_field("id", options.id, schema.names, file, "its schema")
    types = need("pyarrow.types", extra="formats")
    kind = schema.field(options.text).type
    own = kind.value_type if types.is_dictionary(kind) else kind
    if not (types.is_string(own) or types.is_large_string(own) or types.is_string_view(own)):
        reason = f"the column {options.text!r} holds {kind}, not strings. Pass text=..."
        raise file.error(reason)


def _batches(table: _Table, file: File, options: Options, /) -> Iterator[Any]:
    """Yield the batches, telling of the bytes of the file in proportion to the rows."""
    share = file.n_bytes / max(table.parts, 1)
    told = 0
    for part in range(table.parts):
        rows, batches = ask(file, f"part {part + 1}", table.read, part)
        done = 0
        while batch := ask(file, f"part {part + 1}", _next, batches):
            done += batch.num_rows
            now = round(share * (part + done / rows))
            options.advance(now - told)
            told = now
            yield batch


def _next(batches: Iterator[Any], /) -> Any:
    """Return the next batch with rows, or None if there is none."""
    return next(filter(len, batches), None)
