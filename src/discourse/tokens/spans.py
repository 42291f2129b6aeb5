"""Where the words of one document stand, and what breaks precede them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from itertools import pairwise
from operator import index
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from discourse import _text
from discourse.corpus import Document, Unit
from discourse.errors import OptionError

Places = npt.NDArray[np.int64]
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
    codes: list[int] = breaks_at(document, np.array(spans, np.int64).reshape(-1, 2)).tolist()
    return codes


def breaks_at(document: Document, spans: Places, /) -> npt.NDArray[np.uint8]:
    """Return the border before each token of a document.

    Parameters
    ----------
    document : Document
    spans : ndarray of shape (n_tokens, 2), int64
        Where tokens start, in ascending order, and end.
    """
    codes = np.zeros(len(spans), np.uint8)
    if not len(spans):
        return codes
    starts, ends = spans.T
    found = _CLAUSE_MARK.finditer(document.text, 0, int(starts[-1]))
    marks = [match.start() for match in found]
    before = starts.searchsorted(marks, "right")
    between = (before == 0) | (ends[before - 1] <= marks)
    codes[before[between]] = Break.CLAUSE
    units: tuple[tuple[Unit, Break], ...] = (
        ("sentence", Break.SENTENCE),
        ("paragraph", Break.PARAGRAPH),
    )
    for unit, code in units:
        segments = document.segments(unit)
        begins = starts.searchsorted([s.start for s in segments if s.kind == "text"])
        codes[begins[begins < len(codes)]] = code
    return codes
