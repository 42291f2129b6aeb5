"""Spans of a text, and how they are cut and trimmed."""

from __future__ import annotations

import re
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


def trim_span(text: str, start: int, end: int, /) -> Span:
    """Return the span without the white space at its two ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def split_span(text: str, border: re.Pattern[str], start: int, end: int, /) -> list[Span]:
    """Return the trimmed, non-empty pieces of `text[start:end]` between matches of `border`."""
    edges = [start]
    for match in border.finditer(text, start, end):
        edges += match.span()
    edges.append(end)
    pieces = (trim_span(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [(a, b) for a, b in pieces if a < b]
