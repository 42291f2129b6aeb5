"""Which cue governs a noun phrase: the one that ends before it, encloses it or is repeated."""

from __future__ import annotations

from discourse.stances.matching import match_after
from discourse.stances.phrases import Found, Phrase
from discourse.stances.syntax import Sentence
from discourse.stances.words import NOMINAL, Tag

VERBAL = frozenset({Tag.VERB, Tag.ING, Tag.ED})


OBJECT_FORMS = ("verb", "noun", "adjective", "phrase")


def governor(s: Sentence, phrase: Phrase, at: int, /) -> Found | None:
    """Return the cue that governs a phrase whose left neighbour is at `at`."""
    if s.tag(at) is Tag.NEG:  # "supports not A but B"
        at = s.left(at)
    if s.tag(at) is Tag.PREP and s.text(s.left(at)) == "than":  # "rather than by A"
        at = s.left(at)
    if s.tag(at) is Tag.COMMA:
        at = _past_aside(s, at)
    if s.text(at) in {"us", "them", "me", "him", "her", "you"}:  # "give us peace"
        at = s.left(at) if s.ending_at(at, ("verb",)) is None else at
    found = (
        gapped(s, phrase)
        or s.ending_at(phrase.start - 1, OBJECT_FORMS)
        or s.ending_at(at, OBJECT_FORMS)
        or _repeated_preposition(s, at)
        or _with_object(s, at)
    )
    if (
        found is not None
        and found.cue.form == "verb"
        and found.cue.strength == 1
        and found.cue.cue_class == "reduce"
        and _proper(s, phrase)
    ):
        return None
    return found


def _past_aside(s: Sentence, comma: int, /) -> int:
    """Return the verb or preposition before an aside: "protects, as it should, the peace"."""
    opening = next(
        (i for i in range(comma - 1, max(-1, comma - 12), -1) if s.tag(i) is Tag.COMMA), None
    )
    if opening is None or s.tag(opening - 1) not in VERBAL | {Tag.PREP}:
        return comma
    return opening - 1


def _with_object(s: Sentence, at: int, /) -> Found | None:
    """Return the verb cue whose object stands before its preposition: "free the land from X"."""
    if s.tag(at) is not Tag.PREP:
        return None
    for i in range(at - 2, max(at - 9, s.clause_start(at) - 1), -1):
        if s.tag(i) in {Tag.VERB, Tag.ING, Tag.ED}:
            cues = (c for c in s.lexicon.by_head.get(s.text(i), ()) if c.form == "verb")
            cue = next((c for c in cues if c.words[1:] == (s.text(at),) and not c.after), None)
            return None if cue is None else Found(i, at + 1, cue)
        noun = _noun_with_complement(s, i, at)
        if noun is not None:
            return noun
        if s.tag(i) not in NOMINAL | {Tag.ADV, Tag.CC, Tag.PRON, Tag.PREP} or s.text(i) == "rather":
            return None
    return None


def _noun_with_complement(s: Sentence, i: int, at: int, /) -> Found | None:
    """Return the noun cue at `i` if "of N" stands before its preposition: "right of N to X"."""
    if s.tag(i) is not Tag.NOUN or s.text(i + 1) != "of":
        return None
    cues = (c for c in s.lexicon.by_head.get(s.text(i), ()) if c.form == "noun")
    cue = next((c for c in cues if c.words[1:] == (s.text(at),)), None)
    return None if cue is None or s.text(at) == "of" else Found(i, at + 1, cue)


def _proper(s: Sentence, phrase: Phrase, /) -> bool:
    """Tell whether a phrase is a proper name, with which weak verbs mean something else.

    "We address the Assembly" takes no stance, "we address the problem" does.
    """
    head = s.words[phrase.end - 1]
    return head.surface[:1].isupper() and not head.surface.isupper()


def _repeated_preposition(s: Sentence, at: int, /) -> Found | None:
    """Return the cue of a preposition that a coordination repeats: "committed to A and to B"."""
    before = s.left(at)
    if s.tag(at) is not Tag.PREP or s.tag(before) not in {Tag.CC, Tag.COMMA}:
        return None
    start = s.clause_start(at)
    for i in range(before, start - 1, -1):
        if s.text(i) == s.text(at):
            found = s.ending_at(i, OBJECT_FORMS)
            if found is not None:
                return found
    return None


def gapped(s: Sentence, phrase: Phrase, /) -> Found | None:
    """Return the verb cue that encloses the phrase: "put X at risk"."""
    at = s.left(phrase.start)
    for found in s.gapped:
        cue = found.cue
        end = found.end + len(cue.after)  # "hold dear the rights of all"
        adjacent = cue.form == "verb" and end == phrase.start
        if adjacent and tuple(s.text(i) for i in range(found.end, end)) == cue.after:
            return Found(found.start, end, cue)
        if (
            cue.after
            and cue.form in {"verb", "phrase"}
            and found.end == at + 1
            and match_after(s, found, phrase)
        ):
            return found
    return None
