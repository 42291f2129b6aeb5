"""Text files: one document each, with the header lines that saved articles carry."""

from __future__ import annotations

from collections.abc import Iterator

from discourse.corpus import Document
from discourse.reading.files import File, Options
from discourse.reading.headers import find_header


def read_plain(file: File, options: Options, /) -> Iterator[Document]:
    """Yield the one document of a text file."""
    text = file.decode(options.encoding)
    docvars, header = find_header(text)
    body = header[-1][1] if header else 0
    if not text[body:].strip():
        raise file.error("has no text" + (" below its header lines." if header else "."))
    yield Document(file.name, text, docvars, header)
