"""The formats that documents are read from, by the endings of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from discourse.corpus import Document
from discourse.reading.arrays import read_array
from discourse.reading.arrow import read_arrow
from discourse.reading.encodings import DETECT, detected
from discourse.reading.files import File, Options
from discourse.reading.html import read_html
from discourse.reading.objects import read_objects
from discourse.reading.pdf import read_pdf
from discourse.reading.plain import read_plain
from discourse.reading.tables import read_table
from discourse.reading.tei import read_tei
from discourse.reading.word import read_word
from discourse.record import ReadOnly

Format: TypeAlias = Callable[[File, Options], Iterator[Document]]

FORMATS: Mapping[str, Format] = ReadOnly(
    {
        ".txt": read_plain,
        ".md": read_plain,
        ".csv": read_table,
        ".tsv": read_table,
        ".json": read_array,
        ".jsonl": read_objects,
        ".ndjson": read_objects,
        ".parquet": read_arrow,
        ".arrow": read_arrow,
        ".feather": read_arrow,
        ".html": read_html,
        ".htm": read_html,
        ".pdf": read_pdf,
        ".docx": read_word,
        ".xml": read_tei,
        ".tei": read_tei,
    }
)


_UNENCODED = {".parquet", ".arrow", ".feather", ".pdf", ".docx", ".xml", ".tei"}


def documents_of(file: File, options: Options, /) -> Iterator[Document]:
    """Return the documents of a file, read one by one, by the format its ending stands for.

    Raises
    ------
    ReadError
        If no format has that ending, or its encoding shall be detected and cannot be; later, if
        the file cannot be read.
    """
    if file.suffix not in FORMATS:
        known = ", ".join(FORMATS)
        reason = f"files that end in {file.suffix!r} cannot be read; those in {known} can."
        raise file.error(reason)
    if options.encoding == DETECT and file.suffix not in _UNENCODED:
        options = detected(file, options)
    return FORMATS[file.suffix](file, options)
