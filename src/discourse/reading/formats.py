"""The formats that documents are read from, by the endings of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from discourse.corpus import Document
from discourse.reading.files import File, Options
from discourse.reading.objects import read_objects
from discourse.reading.plain import read_plain
from discourse.reading.tables import read_table
from discourse.record import ReadOnly

Format: TypeAlias = Callable[[File, Options], Iterator[Document]]

FORMATS: Mapping[str, Format] = ReadOnly(
    {
        ".txt": read_plain,
        ".md": read_plain,
        ".csv": read_table,
        ".jsonl": read_objects,
        ".ndjson": read_objects,
    }
)


def documents_of(file: File, options: Options, /) -> Iterator[Document]:
    """Return the documents of a file, read one by one, by the format its ending stands for.

    Raises
    ------
    ReadError
        If no format has that ending; later, if the file cannot be read.
    """
    if file.suffix not in FORMATS:
        known = ", ".join(FORMATS)
        reason = f"files that end in {file.suffix!r} cannot be read; those in {known} can."
        raise file.error(reason)
    return FORMATS[file.suffix](file, options)
