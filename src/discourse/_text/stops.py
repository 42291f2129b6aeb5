"""Which characters end sentences, and which may stand around the end of one."""

from __future__ import annotations

import re

# Latin, Cyrillic, Greek, Georgian, Indic of the south, Lao: white space must follow.
_SPACED = ".!?…‼⁇⁈⁉"
# Han, Devanagari, Arabic, Armenian, Ethiopic, Tibetan, Myanmar, Khmer, Mongolian, Balinese: none
# need follow.
FREE = "。！？｡।॥؟۔։።፧፨།༎༔။។៕᠃᠉᭞᭟"
CLOSERS = "\"'”’»“«)\\]」』）】〉》"  # of quotations and brackets, in a class of an expression
OPENERS = "\"'“‘„‚”»«‹([{—–-¿¡「『（*• "

# All ways to end begin with one of some characters, which makes an expression fast to search.
STOP = re.compile(
    rf"[{_SPACED}{FREE}．፡;\u037e](?:"
    rf"(?<=[{_SPACED}])(?:(?<=\.)(?:\s\.){{2,}}|[{_SPACED}]*)[{CLOSERS}]*"
    r"(?:[ \u00a0\u202f]»(?=[\s.,;:!?)]|$))?(?=\s|$)"
    rf"|(?<=[{FREE}])(?:[{FREE}]|(?<=།)[^\S\n]+(?=།))*[{CLOSERS}]*"
    rf"|(?<=．)(?!\d)[{CLOSERS}]*"
    r"|(?<=፡)፡"
    r"|(?<=\u037e)|(?<=[\u0370-\u03ff\u1f00-\u1fff];)(?=\s|$)"  # the question mark of Greek
    r"|(?<=[a-z][a-z][.!?])(?=[A-Z][a-z])"  # the space was lost
    r")"
)
LINE_END = re.compile(rf"(?:[{_SPACED}{FREE}．:;\u037e]|፡፡)[{CLOSERS}]*(?:[ \u00a0\u202f]»)?$")


def begins_lower(text: str, /) -> bool:
    """Tell whether a text begins in lower case as no sentence does: "and", but not "iPhone".

    Georgian, whose letters count as lower case, begins sentences with them.

    Examples
    --------
    >>> [begins_lower(text) for text in ("and", "And", "iPhone", "და")]
    [True, False, False, False]
    """
    return text[:1].islower() and text[:1].title() != text[:1] and not text[1:2].isupper()
