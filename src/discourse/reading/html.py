"""Saved web pages: the main text of each is one document."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from discourse.corpus import Document
from discourse.errors import ReadError, need
from discourse.reading.docvars import written_date
from discourse.reading.files import File, Options
from discourse.reading.libraries import ask, hush
from discourse.reading.records import build

# Only days that the page itself names in its head or its time stamps, not any that occur in it.
_DATES = {"extensive_search": False, "original_date": True, "max_date": None}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)


def read_html(file: File, options: Options, /) -> Iterator[Document]:
    """Yield the one document of a web page; title, author and date are docvars if it has them."""
    data = file.data(options.advance)
    page = _decoded(data, file, options.encoding)
    if not page.strip():
        reason = "has no text."
        raise file.error(reason)
    hush("trafilatura", "htmldate", "courlan", "justext", "readability")
    found = ask(file, "this page", _extract, page)
    text = (found and found.text) or ""
    if not text.strip():
        reason = "the page has no main text, only what stands around one."
        raise file.error(reason)
    said = {"title": found.title, "author": found.author, "date": _day(found.date)}
    docvars = {name: value for name, value in said.items() if value}
    yield build(file, options, text, docvars)


def _extract(page: str, /) -> Any:
    """Return what trafilatura finds in a page: nothing is fetched."""
    return need("trafilatura", extra="formats").bare_extraction(
        page, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )


def _day(written: object, /) -> object:
    """Return the day as a date."""
    return written_date(written) or written if isinstance(written, str) else written


def _decoded(data: bytes, file: File, encoding: str, /) -> str:
    """Return the page; the error of another encoding names the one that the page declares."""
    try:
        return file.decoded(data, encoding)
    except ReadError as error:
        found = _DECLARED.search(data[:2048])
        declared = _known(found[1].decode("latin-1")) if found else None
        if declared in {None, _known(encoding)}:
            raise
        reason = f"not {encoding}. The page says: encoding={declared!r}."
        raise file.error(reason) from error


def _known(encoding: str, /) -> str | None:
    """Return Python's name of an encoding, if it knows it."""
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None
