"""Delimited tables: one document a row."""

from __future__ import annotations

import csv
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from discourse.corpus import Document
from discourse.errors import ReadError, repetition
from discourse.reading.files import Fail, File, Options
from discourse.reading.opening import Advance, ignore
from discourse.reading.records import check_field, make_document
from discourse.record import ReadOnly

_MARKS = ReadOnly({".tsv": "\t"})


class Row(NamedTuple):
    """One row of a table: its number, the line on which it starts, and its cells."""

    number: int
    line: int
    cells: list[str]


def read_table(file: File, options: Options, /) -> Iterator[Document]:
    """Yield a document for every row of a delimited file; its cells are strings or None."""
    columns, rows = parse_table(
        file, options.encoding, options.fail, options.advance, options.delimiter
    )
    check_field("text", options.text, columns, file, 1)
    if options.id is not None:
        check_field("id", options.id, columns, file, 1)
    for number, line, cells in rows:
        fields = {name: cell or None for name, cell in zip(columns, cells, strict=True)}
        try:
            yield make_document(fields, file, options, place=line, name=f"{file.name}.{number}")
        except ReadError as error:
            options.fail(error)


def parse_table(
    file: File,
    encoding: str,
    fail: Fail,
    /,
    advance: Advance = ignore,
    delimiter: str | None = None,
) -> tuple[list[str], Iterator[Row]]:
    """Return the column names of a delimited file, and its rows, which are read one by one.

    Cells end at `delimiter`; by default at tabs in a file that ends in .tsv, at commas in others.

    Raises
    ------
    ReadError
        If it repeats a column; from the rows, if there are none. Malformed rows go to `fail`.
    """
    mark = delimiter or _MARKS.get(file.suffix, ",")
    table = _parse(file.lines(encoding, advance, newline=""), mark, file, fail)
    header = next(table, None)
    if header is None:
        reason = "has no text."
        raise file.error(reason)
    columns = header.cells
    if problem := repetition("columns", columns):
        raise file.error(problem, 1)
    if len(columns) == 1 and (other := next((m for m in ",;\t|" if m in columns[0]), None)):
        reason = (
            f"has the one column {columns[0]!r:.100}: its cells seem to end at {other!r}, not at "
            f"{mark!r}. Pass delimiter={other!r}."
        )
        raise file.error(reason, 1)
    return columns, _complete(table, len(columns), file, fail)


def _complete(table: Iterator[Row], width: int, file: File, fail: Fail, /) -> Iterator[Row]:
    """Yield the rows that have a cell for every column."""
    row = None
    for row in table:
        if len(row.cells) == width:
            yield row
        else:
            reason = f"has {len(row.cells)} cells where the header has {width}."
            fail(file.error(reason, row.line))
    if row is None:
        reason = "has no rows below its header."
        raise file.error(reason)


def _parse(lines: Iterator[str], delimiter: str, file: File, fail: Fail, /) -> Iterator[Row]:
    """Yield the rows that are not blank; the header is row 0."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        line = reader.line_num + 1
        try:
            with _cells_of_any_size():
                cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            failure = file.error(f"not well-formed: {error}.", line)
            if not number:  # no row can be read without the header
                raise failure from error
            fail(failure)
            number += 1
        else:
            if cells:
                yield Row(number, line, cells)
                number += 1


_LIMIT = threading.Lock()


@contextmanager
def _cells_of_any_size() -> Generator[None]:
    """Lift the csv module's limit on the size of a cell, which is global, and put it back."""
    with _LIMIT:
        before = csv.field_size_limit(2**31 - 1)
        try:
            yield
        finally:
            csv.field_size_limit(before)
