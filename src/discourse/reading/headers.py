"""The lines that saved articles carry above their text: title, author, source and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import filterfalse, islice
from typing import NamedTuple

from discourse._text import Span, trim_span
from discourse.reading.docvars import written_date

_FIELDS = {
    "title": "title",
    "author": "author",
    "by": "author",
    "source": "source",
    "date": "date",
    "published": "date",
    "updated": "date",
}
# A longer value is a paragraph that begins with such a word.
_LABELLED = re.compile(rf"({'|'.join(_FIELDS)})\s*:\s*(.{{0,200}})", re.IGNORECASE)
_IN_BYLINE = re.compile(r"\b(Source|Date|Published|Updated)\s*:\s*")
_BYLINE_WITHIN = 6  # non-empty lines; a byline further down belongs to the text
_LONGEST = 300  # characters; a longer line is a paragraph, not a headline
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")


class Header(NamedTuple):
    """What the header lines say, and where they stand."""

    docvars: dict[str, object]
    spans: tuple[Span, ...]


def find_header(text: str, /) -> Header:
    r"""Return the header of a text: labelled lines at its top, or a saved page's byline.

    Labelled lines are ``Title:``, ``Author:`` or ``By:``, ``Source:``, ``Date:``, ``Published:``
    or ``Updated:``, blank lines between them or not, with up to 200 characters after the colon;
    they end at the first line of another form. A byline begins with "By" and
    names a source or a date on the same line; the line above it is the title, what stands above
    that is the page's navigation. Where a field occurs twice the first counts.

    Examples
    --------
    >>> find_header("Home\nOn Peace\nBy A. Bo Date: 4 May 2020\n\nWe agree.").docvars
    {'title': 'On Peace', 'author': 'A. Bo', 'date': datetime.date(2020, 5, 4)}
    """
    return _labelled(text) or _saved_page(text) or Header({}, ())


def _lines(text: str, /) -> Iterator[Span]:
    """Iterate over the trimmed spans of the lines, empty ones included."""
    return (trim_span(text, *match.span()) for match in _LINE.finditer(text))


def _is_empty(span: Span, /) -> bool:
    """Tell whether a span holds nothing."""
    return span[0] == span[1]


def _labelled(text: str, /) -> Header | None:
    """Return the header of a text that begins with labelled lines."""
    fields: list[tuple[str, str]] = []
    spans: list[Span] = []
    for start, end in filterfalse(_is_empty, _lines(text)):
        match = _LABELLED.fullmatch(text, start, end)
        if match is None:
            break
        fields.append((match[1], match[2]))
        spans.append((start, end))
    return Header(_docvars(fields), tuple(spans)) if spans else None


def _saved_page(text: str, /) -> Header | None:
    """Return the header of a text that has a byline near its top."""
    spans: list[Span] = []
    for start, end in islice(filterfalse(_is_empty, _lines(text)), _BYLINE_WITHIN):
        line = text[start:end]
        if len(line) > _LONGEST:
            return None
        spans.append((start, end))
        author, *labelled = _IN_BYLINE.split(line)
        if re.match(r"By\s", author) and labelled:
            title = [("title", text[slice(*spans[-2])])] if len(spans) > 1 else []
            pairs = zip(labelled[::2], labelled[1::2], strict=True)
            return Header(_docvars([*title, ("by", author[3:]), *pairs]), tuple(spans))
    return None


def _docvars(fields: list[tuple[str, str]], /) -> dict[str, object]:
    """Return the docvars of labels and values; the first value of each counts."""
    docvars: dict[str, object] = {}
    for label, value in fields:
        name, said = _FIELDS[label.lower()], value.strip()
        if said:
            docvars.setdefault(name, (name == "date" and written_date(said)) or said)
    return docvars
