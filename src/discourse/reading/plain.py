"""Text files: one document each, with the header lines that saved articles carry."""

from __future__ import annotations

from collections.abc import Iterator

from discourse.corpus import Document
from discourse.reading.files import File, Options
from discourse.reading.headers import find_header
from discourse.reading.records import build

_DEFAULTS = Options()


def read_plain(file: File, options: Options, /) -> Iterator[Document]:
    """Yield the one document of a text file."""
    yield plain_document(file, file.decode(options.encoding, options.advance), options)


def plain_document(file: File, text: str, options: Options = _DEFAULTS, /) -> Document:
    """Return the document of a text, its header lines as docvars.

    Raises
    ------
    ReadError
        If there is no text, or none below its header lines.
    """
    docvars, header = find_header(text)
    body = header[-1][1] if header else 0
    if not text[body:].strip():
        raise file.error("has no text" + (" below its header lines." if header else "."))
    return build(file, options, text, docvars, header=header)
