"""Comma-separated tables: one document a row."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from discourse.corpus import Document
from discourse.errors import ReadError, repetition
from discourse.reading.files import Fail, File, Options
from discourse.reading.records import check_field, make_document


class Row(NamedTuple):
    """One row of a table: its number, the line on which it starts, and its cells."""

    number: int
    line: int
    cells: list[str]


def read_table(file: File, options: Options, /) -> Iterator[Document]:
    """Yield a document for every row of a comma-separated file; its cells are strings or None."""
    columns, rows = parse_table(file, options.encoding, options.fail)
    check_field("text", options.text, columns, file, 1)
    if options.id is not None:
        check_field("id", options.id, columns, file, 1)
    for number, line, cells in rows:
        fields = {name: cell or None for name, cell in zip(columns, cells, strict=True)}
        try:
            yield make_document(fields, file, options, line=line, number=number)
        except ReadError as error:
            options.fail(error)


def parse_table(file: File, encoding: str, fail: Fail, /) -> tuple[list[str], list[Row]]:
    """Return the column names and the rows of a comma-separated file.

    Raises
    ------
    ReadError
        If it has no rows or repeats a column. Malformed rows go to `fail`.
    """
    table = _parse(file, encoding, fail)
    if len(table) < 2:
        raise file.error("has no rows below its header." if table else "has no text.")
    columns = table[0].cells
    if problem := repetition("columns", columns):
        raise file.error(problem, 1)
    if len(columns) == 1 and (mark := next((m for m in ";\t|" if m in columns[0]), None)):
        reason = (
            f"has the one column {columns[0]!r:.100}: its cells seem to end at {mark!r}, not at "
            f"commas. Pass pandas.read_csv(..., sep={mark!r}) in the place of a corpus."
        )
        raise file.error(reason, 1)
    rows = [row for row in table[1:] if len(row.cells) == len(columns)]
    for _, line, cells in table[1:]:
        if len(cells) != len(columns):
            fail(file.error(f"has {len(cells)} cells where the header has {len(columns)}.", line))
    return columns, rows


def _parse(file: File, encoding: str, fail: Fail, /) -> list[Row]:
    """Return the rows that are not blank; the header is row 0."""
    rows: list[Row] = []
    number = 0
    text = file.decode(encoding)
    with _cells_of_any_size():
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return rows
            except csv.Error as error:
                failure = file.error(f"not well-formed: {error}.", line)
                if not number:  # no row can be read without the header
                    raise failure from error
                fail(failure)
                number += 1
            else:
                if cells:
                    rows.append(Row(number, line, cells))
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
