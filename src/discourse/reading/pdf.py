"""PDF files: one document a page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from discourse.corpus import Document
from discourse.errors import ReadError, need
from discourse.reading.files import File, Options
from discourse.reading.libraries import ask, hush, shared
from discourse.reading.records import build

_LIGATURES = dict(
    zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)
_DIVIDED = re.compile("([^\\W\\d_])[-\u00ad\u2010] ?\n([^\\W\\d_])")


def read_pdf(file: File, options: Options, /) -> Iterator[Document]:
    """Yield a document for every page with text: its docvars are `page` and how many `pages`.

    What belongs to setting and not to writing is undone: ligatures are letters, and a word that is
    divided at a line's end between small letters is joined. Title and author are docvars too if
    the file says them. A page without text is passed over: `pages` tells if some were.
    """
    data = file.data()
    if not data:
        reason = "has no text."
        raise file.error(reason)
    hush("pypdf")
    reader, pages = ask(file, "this PDF", _open, data, file)
    if not pages:
        reason = "has no pages."
        raise file.error(reason)
    said = ask(file, "what this PDF says of itself", _about, reader)
    found = False
    for number, page in enumerate(shared(pages, file, options.advance), 1):
        try:
            text = _written(ask(file, f"page {number}", page.extract_text))
            if text.strip():
                found = True
                docvars = {**said, "page": number, "pages": len(pages)}
                name, place = f"{file.name}.{number}", f"page {number}"
                yield build(file, options, text, docvars, name=name, place=place)
        except ReadError as error:
            found = True  # what is wrong was said
            options.fail(error)
    if not found:
        reason = (
            f"none of its {len(pages)} page(s) has text: they seem to be pictures of text. Run "
            "character recognition (OCR, for instance ocrmypdf) over it first."
        )
        raise file.error(reason)


def _open(data: bytes, file: File, /) -> tuple[Any, list[Any]]:
    """Return a reader and the pages."""
    reader = need("pypdf", extra="formats").PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        reason = "is encrypted: save a copy of it without a password."
        raise file.error(reason)
    return reader, list(reader.pages)


def _written(text: str, /) -> str:
    r"""Return the text of a page as it was written, before it was set.

    Examples
    --------
    >>> _written("the \ufb01rst inter-\nnational Anglo-\nSaxon")
    'the first international Anglo-\nSaxon'
    """
    return _DIVIDED.sub(_joined, text.translate(_LIGATURES))


def _joined(divided: re.Match[str], /) -> str:
    """Return the letters around a division, joined if both are small."""
    before, after = divided.groups()
    return before + after if before.islower() and after.islower() else divided[0]


def _about(reader: Any, /) -> dict[str, object]:
    """Return the title and the author."""
    about: dict[str, object] = dict(reader.metadata or {})
    said = {name: str(about.get(f"/{name.title()}") or "") for name in ("title", "author")}
    return {name: value for name, value in said.items() if value.strip()}
