"""A sentence as words and punctuation marks, with their places in the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, auto

from discourse._text import Span
from discourse.lexicon import Part
from discourse.stances.grammar import grammar


class Tag(IntEnum):
    """Coarse word classes; punctuation has its own."""

    NOUN = auto()
    VERB = auto()  # finite or infinitive
    ING = auto()
    ED = auto()  # participle that is not part of a perfect
    ADJ = auto()
    ADV = auto()
    DET = auto()
    POSS = auto()
    PRON = auto()
    PREP = auto()
    CC = auto()
    SUB = auto()
    REL = auto()
    MODAL = auto()
    BE = auto()
    HAVE = auto()
    DO = auto()
    TO = auto()
    NEG = auto()
    NUM = auto()
    COMMA = auto()
    STOP = auto()  # ; : dash brackets
    QUOTE = auto()


PUNCTUATION = frozenset({Tag.COMMA, Tag.STOP, Tag.QUOTE})


NOMINAL = frozenset({Tag.NOUN, Tag.ADJ, Tag.DET, Tag.POSS, Tag.NUM})


@dataclass(slots=True)
class Word:
    """One word or punctuation mark; `start` and `end` are offsets into the document."""

    text: str
    surface: str
    start: int
    end: int
    tag: Tag
    joined: bool = False  # a hyphen stands before it
    genitive: bool = False  # 's stands after it


_MARKS = re.compile(r"[,;:?()\[\]“”\"«»—–‒…]| [-‑] |''|(?<!\w)['‘]|['’](?!\w)")


_CONTRACTION = re.compile(r"(.+?)(n't|'ll|'ve|'re|'d|'m)")


_HYPHENS = frozenset("-‐‑")


_TAILS = {"n't": "not", "'re": "are", "'m": "am", "'ve": "have", "'ll": "will"}


_WHOLE = {"ca": "can", "wo": "will", "sha": "shall"}


def read_words(
    text: str, parts: Sequence[Part], spans: Sequence[Span], sentence: Span, /
) -> tuple[list[Word], list[int]]:
    """Return the words of one sentence with its punctuation, and the word of each part.

    Parameters
    ----------
    text : str
        The document.
    parts : sequence of Part
        Of the sentence's words; ``parts[i].token`` counts from 0 within the sentence.
    spans : sequence of (int, int)
        Of the sentence's words in the document.
    sentence : (int, int)
        Span of the sentence, whose first word may follow a quotation mark.
    """
    words: list[Word] = []
    index: list[int] = []
    previous, end = sentence
    contracted_is = grammar().classes["contracted_is"]
    for part in parts:
        offset = spans[part.token][0]
        start = offset + part.start
        gap = text[previous:start]
        if gap != " ":
            whole, gap = gap, _without_possessive(gap)
            if words and len(gap) < len(whole):
                words[-1].genitive = True
            if not _is_plural_possessive(gap, words):
                words += _punctuation(gap, start - len(gap))
        previous = offset + part.end
        index.append(len(words))
        if "'" in part.text or part.text in contracted_is or part.text == "let":
            words += _split(text, part, start, previous, joined=gap in _HYPHENS)
        else:
            words.append(Word(part.text, part.surface, start, previous, Tag.NOUN, gap in _HYPHENS))
    gap = _without_possessive(text[previous:end])
    words += _punctuation(gap, end - len(gap))
    return words, index


def _without_possessive(gap: str, /) -> str:
    """Return the text between two words without the 's that belongs to the first."""
    return gap[2:] if gap[:2] in {"'s", "’s", "'S", "’S"} else gap


def _is_plural_possessive(gap: str, words: Sequence[Word], /) -> bool:
    """Tell whether a mark between words is that of a possessive: "the workers' rights"."""
    quoted = any(word.text in {"'", "‘"} for word in words)
    return gap in {"' ", "’ "} and not quoted and words[-1:] != [] and words[-1].text.endswith("s")


def _punctuation(gap: str, offset: int, /) -> list[Word]:
    """Return the punctuation in the text between two words."""
    return [
        Word(m[0], m[0], offset + m.start(), offset + m.end(), _mark_tag(m[0].strip()))
        for m in _MARKS.finditer(gap)
    ]


def _mark_tag(mark: str, /) -> Tag:
    if mark in {",", "、", "，"}:
        return Tag.COMMA
    return Tag.QUOTE if mark in "“”\"«»''’‘" else Tag.STOP


def _split(text: str, part: Part, start: int, end: int, /, *, joined: bool) -> list[Word]:
    """Return the word of a part, or the two words of a contraction."""
    contraction = _CONTRACTION.fullmatch(part.text)
    if contraction:
        head, tail = contraction.groups()
        head = _WHOLE.get(head, head) if tail == "n't" else head
        middle = end - len(tail)
        tail = _TAILS.get(tail, tail.removeprefix("'"))
        return [
            Word(head, part.surface, start, middle, Tag.NOUN, joined),
            Word(tail, tail, middle, end, Tag.NOUN),
        ]
    words = [Word(part.text, part.surface, start, end, Tag.NOUN, joined)]
    contracted = "us" if part.text == "let" else "is"
    known = contracted == "us" or grammar().is_in(part.text, "contracted_is")
    if known and text[end : end + 2].lower() in {"'s", "’s"}:
        words.append(Word(contracted, "'s", end, end + 2, Tag.NOUN))
    return words
