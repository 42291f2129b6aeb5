"""From a text to the spans of its sentences."""

from __future__ import annotations

import re

from discourse._text.abbreviations import stop_ends
from discourse._text.paragraphs import paragraph_spans
from discourse._text.spans import Span, trim_span
from discourse._text.stops import CLOSERS, FREE, OPENERS, STOP, begins_lower

_CLOSED = re.compile(rf"[{CLOSERS} \u00a0\u202f]+$")
_LABEL = re.compile(r"(?:§\s?|[(\[])?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,5}|[ivx]{1,4}|[^\W\d_])")
_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[.)]\s+\S")
_AHEAD = 40  # characters, among which is what tells whether a sentence begins


def sentence_spans(text: str, /) -> list[Span]:
    """Return the spans of the sentences, in order, without surrounding white space.

    A sentence ends at a paragraph's end, or at terminal punctuation (with the quotation marks
    that close it) before white space, unless the point belongs to an abbreviation, an initial, a
    numbered item or the next word begins in lower case.

    Examples
    --------
    >>> text = "Mr. A. Bo spoke at 3.5 p.m. today. “We agree.” Nobody left."
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['Mr. A. Bo spoke at 3.5 p.m. today.', '“We agree.”', 'Nobody left.']
    """
    return [span for start, end in paragraph_spans(text) for span in _sentences(text, start, end)]


def _sentences(text: str, start: int, end: int, /) -> list[Span]:
    """Return the sentences of one paragraph."""
    spans: list[Span] = []
    begin = start
    for match in STOP.finditer(text, start, end):
        if match.start() >= begin and _ends_sentence(text, begin, match, end):
            spans.append(trim_span(text, begin, match.end()))
            begin = match.end()
    rest = trim_span(text, begin, end)
    if rest[0] < rest[1]:
        spans.append(rest)
    return spans


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int, /) -> bool:
    """Tell whether the punctuation found ends the sentence that starts at `begin`."""
    stop, after = match.span()
    rest = text[after : min(end, after + _AHEAD)].lstrip()
    opening = rest.lstrip(OPENERS)
    if not opening or text[stop] in FREE:
        return opening[:1] != "と" or text[after - 1] not in "」』"  # "..." he said, in Japanese
    if begins_lower(opening) and _ITEM.match(rest) is None:
        return False
    if _CLOSED.sub("", match[0]) != ".":
        return True
    if _LABEL.fullmatch(text[begin:stop].lstrip()):
        return False
    return stop_ends(text, begin, stop, opening)
