"""From a word to its type, and to the parts by which a lexicon matches it."""

from __future__ import annotations

import re
import unicodedata

from discourse._text.spans import Span
from discourse._text.words import SOFT

_DROP = dict.fromkeys(map(ord, SOFT))
_FOLD = str.maketrans({"ς": "σ", "’": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-"})


def fold(surface: str, /) -> str:
    """Return the type of a word: its surface without differences that do not count.

    Soft hyphens and joiners go; then composition (NFC), lower case and NFC again; final sigma,
    typographic apostrophes and typographic hyphens become the plain ones. Folding is idempotent.

    Examples
    --------
    >>> fold("Don’t")
    "don't"
    """
    if surface.isascii():
        return surface.lower()
    composed = unicodedata.normalize("NFC", surface.translate(_DROP)).lower()
    return unicodedata.normalize("NFC", composed).translate(_FOLD)


_PIECE = re.compile(r"[^-\u2010\u2011]+")
_POSSESSIVE = re.compile(r"['’ʼ][sS]$")


def part_spans(surface: str, /) -> list[Span]:
    """Return the spans of the parts by which a lexicon matches a word.

    Hyphens split a word into parts, and a possessive 's is no part of it.

    Examples
    --------
    >>> [w[a:b] for w in ("anti-sanctions", "China’s") for a, b in part_spans(w)]
    ['anti', 'sanctions', 'China']
    """
    return [
        (match.start(), match.start() + len(_POSSESSIVE.sub("", match[0])))
        for match in _PIECE.finditer(surface)
    ]
