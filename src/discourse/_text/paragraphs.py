"""From a text to the spans of its paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise

from discourse._text.abbreviations import is_title
from discourse._text.spans import Span, split_span
from discourse._text.stops import LINE_END, begins_lower

# Each way to begin is spelt out: an expression that may skip its first character is slow to search.
_BLANK_LINE = re.compile(
    r"\n[^\S\n]*(?:\r?\n[^\S\n]*)+|\r\n[^\S\n]*(?:\r?\n[^\S\n]*)+"
    r"|\r[^\S\r\n]*\r(?:[^\S\n]*\r)*|\u2029"
)
_NEW_LINE = re.compile(r"\r\n|\n|\r|\u2028|\u2029")
_ITEM = re.compile(
    r"(?P<sign>[•‣◦▪●○■□*·–—-])[^\S\n]+\S"
    r"|(?P<open>[(\[]?)(?P<label>\d{1,3}|[ivxIVX]{1,5}|[a-zA-Z])(?P<close>[.)\]])[^\S\n]+\S"
)
_FIRST = re.compile(r"\S+")
_SHORT = 0.4  # of the longest line: what leaves more room than that to the next word ends there
_WORDS = 6  # of a heading


def paragraph_spans(text: str, /) -> list[Span]:
    r"""Return the spans of the paragraphs, in order, without surrounding white space.

    Paragraphs end at blank lines; in a text without any blank line, at every line end, unless most
    lines break off: then they are wrapped. Neither ends one where the line breaks off and goes on
    in lower case. Within a paragraph, the items of a list and short lines above it, which are
    headings, stand for themselves.

    Examples
    --------
    >>> paragraph_spans("One\nstill one.\n\nTwo."), paragraph_spans("One.\nTwo.")
    ([(0, 14), (16, 20)], [(0, 4), (5, 9)])
    """
    spans = split_span(text, _BLANK_LINE, 0, len(text))
    if len(spans) == 1:
        lines = split_span(text, _NEW_LINE, *spans[0])
        ended = sum(_ends(text, *line) for line in lines)
        if 2 * ended >= len(lines):
            spans = lines
    return [piece for span in _rejoined(text, spans) for piece in _pieces(text, *span)]


def _rejoined(text: str, spans: list[Span], /) -> list[Span]:
    """Return the spans with those joined that a line or page break cut within a sentence."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and _goes_on(text, joined[-1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _goes_on(text: str, before: Span, start: int, /) -> bool:
    """Tell whether the sentence that the span before breaks off goes on at `start`."""
    if _ends(text, *before):
        return False
    if text[before[1] - 1] == ".":  # of a title, before a name
        return True
    return begins_lower(text[start : start + 2])


def _ends(text: str, start: int, end: int, /) -> bool:
    """Tell whether a span ends with the punctuation of a sentence."""
    if LINE_END.search(text, max(start, end - 4), end) is None:
        return False
    return text[end - 1] != "." or not is_title(text, start, end - 1)


def _pieces(text: str, start: int, end: int, /) -> list[Span]:
    """Return a paragraph, or its headings and the items of its list."""
    lines = split_span(text, _NEW_LINE, start, end)
    if len(lines) == 1:
        return [(start, end)]
    begins = _items(text, lines) | _after_headings(text, lines)
    edges = [0, *sorted(begins - {0}), len(lines)]
    return [(lines[i][0], lines[j - 1][1]) for i, j in pairwise(edges)]


def _items(text: str, lines: list[Span], /) -> set[int]:
    """Return the numbers of the lines that begin an item: two of a kind at least, and not few."""
    kinds: dict[tuple[str | None, ...], list[int]] = {}
    for i, (start, end) in enumerate(lines):
        if (item := _ITEM.match(text, start, end)) is not None:
            label = item["label"] and ("1" if item["label"].isdecimal() else "a")
            kinds.setdefault((item["sign"], item["open"], label, item["close"]), []).append(i)
    lists = (found for found in kinds.values() if len(found) > 1 and 4 * len(found) >= len(lines))
    return {i for found in lists for i in found}


def _after_headings(text: str, lines: list[Span], /) -> set[int]:
    """Return the numbers of the lines that follow a heading: a short line that breaks off.

    The next line begins with a capital letter, and its first word had room there; the one before
    ends a sentence, or is a heading too.
    """
    room = _SHORT * max(end - start for start, end in lines)
    found: set[int] = set()
    for i, (line, following) in enumerate(pairwise(lines), 1):
        is_free = i == 1 or i - 1 in found or _ends(text, *lines[i - 2])
        if is_free and text[following[0]].isupper() and text[line[1] - 1].isalnum():
            first = _FIRST.match(text, *following)
            length = line[1] - line[0] + 1 + len(first[0] if first else "")
            if length <= room and text.count(" ", *line) < _WORDS:
                found.add(i)
    return found
