"""From a text to the spans of its words, sentences and paragraphs; from a word to its type."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from discourse._kernels.classes import CharacterClass

Span: TypeAlias = tuple[int, int]

_SOFT = "\u00ad\u200c\u200d"
_JOINTS = "'’‐‑-"  # the hyphen comes last, where it stands for itself in a class of an expression
_DROP = dict.fromkeys(map(ord, _SOFT))
_FOLD = str.maketrans({"ς": "σ", "’": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-"})


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
    return _SOFT + "".join(f"\\U{start:08x}-\\U{end - 1:08x}" for start, end in runs)


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
    spans = [match.span() for match in word_pattern().finditer(text)]
    if not has_unspaced(text):
        return spans
    return [piece for start, end in spans for piece in _bigrams(text, start, end)]


# Thai, Lao, Tibetan, Myanmar, Khmer, Tai Tham, kana, bopomofo, Han and their extensions.
_UNSPACED_RANGES = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aaf\u3005-\u3007\u3040-\u30ff"
    "\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{_UNSPACED_RANGES}]")
_RUN = re.compile(f"[{_UNSPACED_RANGES}]+|[^{_UNSPACED_RANGES}]+")


def has_unspaced(text: str, /) -> bool:
    """Tell whether characters of a script that is written without spaces occur."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def _bigrams(text: str, start: int, end: int, /) -> list[Span]:
    """Return the word itself, or the character pairs of its runs of unspaced script."""
    if _UNSPACED.search(text, start, end) is None:
        return [(start, end)]
    spans: list[Span] = []
    for run in _RUN.finditer(text, start, end):
        if _UNSPACED.match(run[0]) is None:
            core = run[0].strip(_JOINTS)
            if core:
                first = run.start() + run[0].index(core)
                spans.append((first, first + len(core)))
            continue
        starts = [i for i in range(*run.span()) if not _is_mark(text[i]) or i == run.start()]
        borders = [*starts, run.end()]
        pairs = zip(borders, borders[2:], strict=False)
        spans += list(pairs) if len(starts) > 1 else [run.span()]
    return spans


def _is_mark(char: str, /) -> bool:
    """Tell whether a character belongs to the one before it."""
    return unicodedata.category(char)[0] == "M"


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


def trim_span(text: str, start: int, end: int, /) -> Span:
    """Return the span without the white space at its two ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


# -- paragraphs ------------------------------------------------------------------------------

_BLANK_LINE = re.compile(r"\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+|\r[^\S\r\n]*\r(?:[^\S\n]*\r)*|\u2029")
_LINE_END = re.compile(r"[.!?…:;。！？।॥؟۔][\"'”’»)\]」』）]*$")
_NEW_LINE = re.compile(r"\r\n|\n|\r|\u2028|\u2029")


def paragraph_spans(text: str, /) -> list[Span]:
    r"""Return the spans of the paragraphs, in order, without surrounding white space.

    Paragraphs end at blank lines, unless the line breaks off and goes on in lower case; in a text
    without any blank line, at every line end, unless most lines break off: then they are wrapped.

    Examples
    --------
    >>> paragraph_spans("One\nstill one.\n\nTwo."), paragraph_spans("One.\nTwo.")
    ([(0, 14), (16, 20)], [(0, 4), (5, 9)])
    """
    spans = _split(text, _BLANK_LINE, 0, len(text))
    if len(spans) != 1:
        return _rejoined(text, spans)
    lines = _split(text, _NEW_LINE, *spans[0])
    ended = sum(_ends(text, *line) for line in lines)
    return lines if 2 * ended >= len(lines) else spans


def _rejoined(text: str, spans: list[Span], /) -> list[Span]:
    """Return the spans with those joined that a page break cut within a sentence."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and text[start].islower() and not _ends(text, *joined[-1]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _ends(text: str, start: int, end: int, /) -> bool:
    """Tell whether a span ends with the punctuation of a sentence."""
    return _LINE_END.search(text, max(start, end - 4), end) is not None


def _split(text: str, border: re.Pattern[str], start: int, end: int, /) -> list[Span]:
    """Return the trimmed, non-empty pieces of `text[start:end]` between matches of `border`."""
    edges = [start]
    for match in border.finditer(text, start, end):
        edges += match.span()
    edges.append(end)
    pieces = (trim_span(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [(a, b) for a, b in pieces if a < b]


# -- sentences -------------------------------------------------------------------------------

_CLOSERS = "\"'”’»)\\]"
_STOP = re.compile(
    rf"[.!?…]+[{_CLOSERS}]*(?=\s|$)"  # Latin, Cyrillic, Greek: a space must follow
    rf"|[。！？।॥؟۔።]+[{_CLOSERS}」』）]*"  # scripts whose full stop needs no space
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“'‘\[])"
    r"(?:mr|mrs|ms|messrs|mme|dr|prof|hon|rev|gen|col|lt|sgt|capt|adm|gov|sen|rep|st|jr|sr|h\.e|"
    r"no|nos|art|arts|para|paras|ch|sec|vol|ed|eds|pp|fig|figs|res|doc|cf|vs|viz|etc|al|approx|"
    r"dept|est|inc|ltd|co|corp|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|"
    r"e\.g|i\.e|a\.m|p\.m|[a-z](?:\.[a-z])*)\.$",
    re.IGNORECASE,
)
# Abbreviations that also end sentences: a capital letter after them starts a new one.
_MAY_END = re.compile(
    r"(?:etc|al|a\.m|p\.m|inc|ltd|co|corp|jr|sr|(?:[a-z]\.){1,}[a-z])\.$", re.IGNORECASE
)
_STARTER = re.compile(
    r"(?:The|A|An|This|That|These|Those|It|He|She|We|They|I|You|In|On|At|But|And|For|As|If|When|"
    r"Our|His|Her|Their|There|No|Such|Some|All|To|From|With|By|However|Yet|So)\b"
)


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
    for match in _STOP.finditer(text, start, end):
        if match.start() >= begin and _ends_sentence(text, begin, match.start(), match.end(), end):
            spans.append(trim_span(text, begin, match.end()))
            begin = match.end()
    rest = trim_span(text, begin, end)
    if rest[0] < rest[1]:
        spans.append(rest)
    return spans


def _ends_sentence(text: str, begin: int, stop: int, after: int, end: int, /) -> bool:
    """Tell whether the punctuation `text[stop:after]` ends the sentence that starts at `begin`."""
    rest = text[after : min(end, after + 40)].lstrip()
    opening = rest.lstrip("\"'“‘«([—–- ")
    if not opening or text[stop] in "。！？।॥؟۔።":
        return True
    if opening[0].islower():
        return False
    if text[stop:after].rstrip("\"'”’»)]") != ".":
        return True
    head = text[begin : stop + 1].lstrip()
    if len(head) <= 5 and head[:-1].strip("([").isdigit():  # "12. " numbers an item
        return False
    tail = head[-16:] if len(head) > 16 else " " + head
    if not _ABBREVIATION.search(tail):
        return True
    return bool(_MAY_END.search(tail)) and bool(_STARTER.match(opening))
