"""Where the words of one document stand, and what breaks precede them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from enum import IntEnum
from itertools import pairwise
from operator import index
from typing import TypeAlias

from discourse import _text
from discourse.corpus import Document, Unit
from discourse.errors import OptionError

Tokenizer: TypeAlias = Callable[[str], Sequence[tuple[int, int]]]


class Break(IntEnum):
    """The strongest border between a token and the one before it."""

    NONE = 0
    CLAUSE = 1
    SENTENCE = 2
    PARAGRAPH = 3


def token_spans(
    document: Document, tokenizer: Tokenizer = _text.word_spans, /
) -> list[tuple[int, int]]:
    """Return the spans of a document's words, header lines left out."""
    body = document.header[-1][1] if document.header else 0
    found = tokenizer(document.text)
    if tokenizer is _text.word_spans:
        return [span for span in found if span[0] >= body] if body else list(found)
    try:
        spans = [(index(start), index(end)) for start, end in found]
    except (TypeError, ValueError) as error:
        msg = f"tokenizer must return (start, end) spans of the text; got {found!r:.60}."
        raise OptionError("tokenizer", msg) from error
    if any(not 0 <= start < end <= len(document.text) for start, end in spans):
        msg = f"tokenizer returned a span that is empty or outside the text of {document.id!r}."
        raise OptionError("tokenizer", msg)
    if any(a[0] > b[0] for a, b in pairwise(spans)):
        msg = f"tokenizer returned spans that do not ascend for {document.id!r}."
        raise OptionError("tokenizer", msg)
    return [(start, end) for start, end in spans if start >= body]


CLAUSE_MARKS = frozenset(
    ',;:()[]{}—–…"“”„«»‹›'  # Latin, Cyrillic, Greek, which also has the next
    "\u0387՝،؛፣፤፥၊"  # Armenian, Arabic, Ethiopic, Myanmar
    "、，；：（）「」『』《》〈〉【】"  # Han and kana
)
_CLAUSE_MARK = re.compile(f"[{re.escape(''.join(sorted(CLAUSE_MARKS)))}]")


def token_breaks(document: Document, spans: Sequence[tuple[int, int]], /) -> list[int]:
    """Return the border before each token of a document."""
    if not spans:
        return []
    starts, ends = zip(*spans, strict=True)
    codes = [int(Break.NONE)] * len(spans)
    for match in _CLAUSE_MARK.finditer(document.text, 0, starts[-1]):
        mark = match.start()
        following = bisect_right(starts, mark)
        if following == 0 or ends[following - 1] <= mark:
            codes[following] = Break.CLAUSE
    units: tuple[tuple[Unit, Break], ...] = (
        ("sentence", Break.SENTENCE),
        ("paragraph", Break.PARAGRAPH),
    )
    for unit, code in units:
        for segment in document.segments(unit):
            following = bisect_left(starts, segment.start)
            if segment.kind == "text" and following < len(codes):
                codes[following] = max(codes[following], code)
    return codes
