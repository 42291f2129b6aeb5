"""From a text to the spans of its words."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

from discourse._kernels.classes import CharacterClass
from discourse._text.spans import Span

Cut: TypeAlias = Callable[[str, int, int], list[Span]]

SOFT = "\u00ad\u200c\u200d"
_JOINTS = "'’‐‑-"  # the hyphen comes last, where it stands for itself in a class of an expression


@cache
def word_pattern() -> re.Pattern[str]:
    """Return the expression that finds words in text as written.

    A word is one or more `W` joined by an apostrophe or a hyphen, where `W` is a word character
    followed by word characters and Unicode marks; so Hindi, vocalised Arabic and decomposed Latin
    keep their words together.

    Examples
    --------
    >>> word_pattern().findall("Don't re-open the Cold-War files.")
    ["Don't", 're-open', 'the', 'Cold-War', 'files']
    """
    inner = rf"\w[\w{_marks()}]*"
    return re.compile(rf"{inner}(?:[{_JOINTS}]{inner})*")


@cache
def _marks() -> str:
    """Return the body of a character class: every mark (Mn, Mc, Me) and the invisible joiners."""
    majors = "".join(map(unicodedata.category, _every_character()))[::2]
    runs = (match.span() for match in re.finditer("M+", majors))
    return SOFT + "".join(f"\\U{start:08x}-\\U{end - 1:08x}" for start, end in runs)


def _every_character() -> Iterator[str]:
    """Return an iterator over all characters by code point."""
    return map(chr, range(sys.maxunicode + 1))


@cache
def character_classes() -> bytes:
    """Return the `CharacterClass` of every code point: the rule for words as a table.

    Examples
    --------
    >>> [CharacterClass(character_classes()[ord(char)]).name for char in "a'!"]
    ['WORD', 'JOINT', 'OTHER']
    """
    text = "".join(_every_character())
    table = bytearray(len(text))
    rules = (
        (CharacterClass.MARK, f"[{_marks()}]"),
        (CharacterClass.WORD, r"\w"),  # some are word characters and marks: those begin words too
        (CharacterClass.JOINT, f"[{_JOINTS}]"),
    )
    for kind, pattern in rules:
        for match in re.finditer(f"{pattern}+", text):
            table[match.start() : match.end()] = bytes([kind]) * len(match[0])
    return bytes(table)


def word_spans(text: str, /) -> list[Span]:
    """Return the spans of the words of `text`, in code points, in order.

    Runs of a script that is written without spaces become overlapping pairs of characters, since
    a whole clause would otherwise be one word.

    Examples
    --------
    >>> word_spans("Peace, now"), word_spans("和平万岁")
    ([(0, 5), (7, 10)], [(0, 2), (1, 3), (2, 4)])
    """
    return spans_by(_pairs, text)


def spans_by(cut: Cut, text: str, /) -> list[Span]:
    """Return the spans of words, those of unspaced script being what `cut` makes of its runs.

    Parameters
    ----------
    cut : callable
        Takes the text, start and end of a run; returns spans of the text.
    text : str
    """
    spans = [match.span() for match in word_pattern().finditer(text)]
    if not has_unspaced(text):
        return spans
    return [piece for start, end in spans for piece in _pieces(cut, text, start, end)]


# Thai, Lao, Tibetan, Myanmar, Khmer, Tai Tham, kana, bopomofo, Han and their extensions.
_UNSPACED_RANGES = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aaf\u3005-\u3007\u3040-\u30ff"
    "\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{_UNSPACED_RANGES}]")
_RUN = re.compile(f"[{_UNSPACED_RANGES}]+|[^{_UNSPACED_RANGES}]+")
_STACKERS = "\u1039\u17d2\u1a60"  # of Myanmar, Khmer, Tai Tham: the next letter is written below


def has_unspaced(text: str, /) -> bool:
    """Tell whether characters of a script that is written without spaces occur."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def _pieces(cut: Cut, text: str, start: int, end: int, /) -> list[Span]:
    """Return the word itself, or the words that its runs of spaced and unspaced scripts become."""
    if _UNSPACED.search(text, start, end) is None:
        return [(start, end)]
    spans: list[Span] = []
    for run in _RUN.finditer(text, start, end):
        if _UNSPACED.match(run[0]) is not None:
            spans += cut(text, *run.span())
        elif core := run[0].strip(_JOINTS):
            first = run.start() + run[0].index(core)
            spans.append((first, first + len(core)))
    return spans


def _pairs(text: str, start: int, end: int, /) -> list[Span]:
    """Return the pairs of characters of a run, each with its marks; the run if it is but one."""
    starts = [start, *(i for i in range(start + 1, end) if not _belongs(text, i))]
    borders = [*starts, end]
    pairs = zip(borders, borders[2:], strict=False)
    return list(pairs) if len(starts) > 1 else [(start, end)]


def _belongs(text: str, i: int, /) -> bool:
    """Tell whether a character belongs to the one before it: a mark, or what is written below."""
    return unicodedata.category(text[i])[0] == "M" or text[i - 1] in _STACKERS
