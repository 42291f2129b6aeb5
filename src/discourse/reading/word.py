"""Word files (.docx): one document each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from discourse.corpus import Document
from discourse.errors import need
from discourse.reading.files import File, Options
from discourse.reading.libraries import ask
from discourse.reading.records import build

_MOST_BYTES = 1 << 28  # unpacked; the longest books are a hundredth of it
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = {"del", "moveFrom", "Fallback", "pPr", "rPr", "instrText"}


def read_word(file: File, options: Options, /) -> Iterator[Document]:
    """Yield the one document of a Word file; title, author and date are docvars if it has them.

    Paragraphs are set apart by blank lines; the rows of a table are lines, its cells set apart by
    tabs. What was deleted under tracked changes, and notes, headers and footers are left out.
    """
    data = file.data(options.advance)
    if not data:
        reason = "has no text."
        raise file.error(reason)
    text, docvars = ask(file, "this Word file", _parse, data, file)
    if not text.strip():
        reason = "has no text."
        raise file.error(reason)
    yield build(file, options, text, docvars)


def _parse(data: bytes, file: File, /) -> tuple[str, dict[str, object]]:
    """Return the text and what the file says of itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
            reason = f"it unpacks to more than {_MOST_BYTES >> 20} MB."
            raise file.error(reason)
    opened = need("docx", extra="formats").Document(io.BytesIO(data))
    text = "\n\n".join(filter(str.strip, _blocks(opened.element.body)))
    about = opened.core_properties
    date = about.created.date() if isinstance(about.created, datetime) else None
    said = {"title": about.title, "author": about.author, "date": date}
    return text, {name: value for name, value in said.items() if value}


def _local(element: Any, /) -> str:
    """Return the name of an element without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(parent: Any, /) -> Iterator[str]:
    """Yield the paragraphs and tables in an element, whatever holds them."""
    for child in parent:
        name = _local(child)
        if name == "p":
            yield _text(child)
        elif name == "tbl":
            yield "\n".join(_rows(child))
        elif name not in _LEFT_OUT:
            yield from _blocks(child)


def _rows(table: Any, /) -> Iterator[str]:
    """Yield the rows of a table."""
    for row in (child for child in table if _local(child) == "tr"):
        cells = (child for child in row if _local(child) == "tc")
        yield "\t".join(" ".join(filter(str.strip, _blocks(cell))) for cell in cells)


def _text(element: Any, /) -> str:
    """Return the text in an element."""
    pieces: list[str] = []
    for child in element:
        name = _local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _SPACES:
            pieces.append(_SPACES[name])
        elif name not in _LEFT_OUT:
            pieces.append(_text(child))
    return "".join(pieces)
