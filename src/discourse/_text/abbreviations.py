"""Whether a sentence ends at the full stop of an abbreviation, an initial or an ordinal number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from discourse import seeds_
from discourse._text.stops import OPENERS

_LETTER = r"[^\W\d_\uac00-\ud7a3]"  # of an alphabet; one syllable of Korean may be a sentence
_LETTERS = re.compile(rf"(?:{_LETTER}{{1,2}}\.[-‐‑]?)+{_LETTER}{{1,2}}|{_LETTER}")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?!\w)")
_NUMBER = re.compile(r"[\d(§]|[IVXLC]+\b|[A-Z]+/")
_LONGEST = 20  # characters of an abbreviation


class _Words(NamedTuple):
    """The kind of each abbreviation, words that begin sentences, words after ordinal numbers."""

    kinds: Mapping[str, str]
    starters: frozenset[str]
    after_ordinal: frozenset[str]


@cache
def _words() -> _Words:
    """Return what the seeds list."""
    lists = seeds_.toml("sentences", "abbreviations")
    kinds = {word: kind for kind in ("never", "number", "closing", "name") for word in lists[kind]}
    return _Words(kinds, frozenset(lists["starters"]), frozenset(lists["after_ordinal"]))


def is_title(text: str, begin: int, stop: int, /) -> bool:
    """Tell whether the word before the full stop at `stop` is one that no sentence ends with."""
    return _words().kinds.get(_last_word(text, begin, stop).lower()) == "never"


def stop_ends(text: str, begin: int, stop: int, opening: str, /) -> bool:
    """Tell whether the full stop at `stop` ends the sentence that starts at `begin`.

    Parameters
    ----------
    text : str
    begin, stop : int
    opening : str
        What follows, without brackets and quotation marks; it does not begin in lower case.

    Examples
    --------
    >>> stop_ends("Mr. Bo", 0, 2, "Bo"), stop_ends("We won. They", 0, 6, "They")
    (False, True)
    """
    word = _last_word(text, begin, stop)
    kind = _words().kinds.get(word.lower())
    if kind == "never":
        return False
    if kind == "number":
        return _NUMBER.match(opening) is None
    if kind == "name" or (kind is None and _LETTERS.fullmatch(word)):
        first = _first_word(opening)
        return first in _words().starters and not opening.startswith(".", len(first))
    is_ordinal = word.isdecimal() and len(word) < 3
    return not (is_ordinal and _first_word(opening) in _words().after_ordinal)


def _last_word(text: str, begin: int, stop: int, /) -> str:
    """Return what stands between the last white space, or elided article, and the full stop."""
    pieces = text[max(begin, stop - _LONGEST) : stop].split()
    return pieces[-1].lstrip(OPENERS).replace("’", "'").rpartition("'")[2] if pieces else ""


def _first_word(text: str, /) -> str:
    """Return the letters with which a text begins, in lower case."""
    first = _FIRST_WORD.match(text)
    return first[0].lower() if first else ""
