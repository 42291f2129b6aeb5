"""The sentences of a corpus as words, and which of the words may become terms of a lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from discourse import _text
from discourse.corpus import Document
from discourse.errors import OptionError
from discourse.lexicon import Part, split_parts
from discourse.tokens import Break, token_breaks, token_spans

_AROUND = 6  # words shown on either side of a term


class Token(NamedTuple):
    """A word: its type, its span in the document, and the border before it."""

    text: str
    start: int
    end: int
    border: int


def sentences(document: Document, /) -> Iterator[tuple[list[Token], list[Part]]]:
    """Yield the words of each sentence and their parts, header lines left out."""
    words = token_spans(document)
    breaks = token_breaks(document, words)
    starts = [i for i, border in enumerate(breaks) if border >= Break.SENTENCE]
    for first, end in zip(starts, [*starts[1:], len(words)], strict=True):
        own, borders = words[first:end], breaks[first:end]
        surfaces = [document.text[a:b] for a, b in own]
        folded = map(_text.fold, surfaces)
        tokens = [Token(w, *span, b) for w, span, b in zip(folded, own, borders, strict=True)]
        yield tokens, split_parts(surfaces, borders)


def is_content(text: str, stops: frozenset[str], /) -> bool:
    """Tell whether a type has at least two characters, a letter, and is no stop word."""
    return len(text) > 1 and text not in stops and any(map(str.isalpha, text))


def check_size(name: str, value: object, /) -> None:
    """Raise `OptionError` unless an option is a positive int."""
    if not isinstance(value, int) or value < 1:
        msg = f"{name} must be a positive int; got {value!r}."
        raise OptionError(name, msg)


def snippet(text: str, tokens: Sequence[Token], first: int, end: int, /) -> str:
    """Return the tokens from `first` to `end` (exclusive) with some words around them."""
    left, right = max(0, first - _AROUND), min(len(tokens), end + _AROUND)
    shown = " ".join(text[tokens[left].start : tokens[right - 1].end].split())
    return f"{'... ' if left else ''}{shown}{' ...' if right < len(tokens) else ''}"
