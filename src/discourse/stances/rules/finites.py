"""Where the verbs stand whose subject a noun phrase is, over lists and relative clauses."""

from __future__ import annotations

from collections.abc import Iterator

from discourse.stances.syntax import FINITE, Sentence
from discourse.stances.words import NOMINAL, Tag

_REACH = 40  # words between a subject and its verb
_JOINED = 18  # words between the verbs of one subject
_NEAR = 8  # words between a relative pronoun and its verb


def finites_after(s: Sentence, start: int, /) -> Iterator[int]:
    """Yield the finite verbs of which a phrase ending at `start` may be the subject."""
    i, limit, within = start, min(len(s.words), start + _REACH), False
    listed = False  # a comma and a noun phrase, which "and" must follow if it is a list
    while i < limit:
        tag = s.tag(i)
        if tag in FINITE and s.text(i) != "being" and not _is_reduced(s, start, i):
            if not listed:
                yield i
                yield from _joined(s, i)
            return
        listed &= tag is not Tag.CC
        relative = _past_border(s, i)
        if s.tag(relative) is Tag.REL or (i == start and s.text(i) == "that"):
            verb = _relative_finite(s, relative)
            if verb is None:
                return
            if s.right(start) == i and _is_its_subject(s, relative, verb):
                yield s.right(relative + 1) if s.tag(relative + 1) is Tag.NEG else verb
            closing = _next_comma(s, relative + 1, limit) if tag is Tag.COMMA else None
            i = _group_end(s, verb) if closing is None else closing
            within = closing is None
        elif tag is Tag.COMMA:
            closing = _next_comma(s, i + 1, i + 14)
            closes = closing is not None and s.tag(s.right(closing + 1)) in FINITE
            if not closes and not _opens_member(s, s.right(i + 1)):
                return
            listed = not closes and s.tag(i + 1) is not Tag.CC
            i = closing if closes and closing is not None else i
        elif tag in {Tag.STOP, Tag.SUB} or (_blocks(s, i) and not within):
            return
        elif within and tag is Tag.TO:  # an infinitive within a relative clause
            i = s.right(i + 1)
        i += 1


def _joined(s: Sentence, verb: int, /) -> Iterator[int]:
    """Yield the verbs that share the subject of a verb: "is old, but works"."""
    for i in range(verb + 1, min(len(s.words), verb + _JOINED)):
        if s.tag(i) in {Tag.STOP, Tag.SUB, Tag.REL}:
            return
        joined = s.right(i + 1)
        if s.text(i) in {"and", "but"} and s.tag(joined) in FINITE:
            yield joined


def _past_border(s: Sentence, i: int, /) -> int:
    """Return the relative pronoun that a comma or preposition at `i` leads to, else `i`."""
    at = i + 1 if s.tag(i) is Tag.COMMA else i
    at += s.tag(at) is Tag.PREP and s.tag(at + 1) is Tag.REL
    return at if s.tag(at) is Tag.REL else i


def _opens_member(s: Sentence, i: int, /) -> bool:
    """Tell whether a member of a list may begin at `i`: "X, leaking roofs and ..."."""
    participle = s.tag(i) in {Tag.ING, Tag.ED} and s.tag(i + 1) is Tag.NOUN
    return participle or s.tag(i) in NOMINAL | {Tag.CC}


def _is_reduced(s: Sentence, start: int, i: int, /) -> bool:
    """Tell a participle after its noun from the verb of the clause: "duties agreed in May are"."""
    kinds = s.lexicon.verbs.get(s.text(i), frozenset()) | s.grammar.verbs.get(
        s.text(i), frozenset()
    )
    dated = s.tag(i + 1) in {Tag.PREP, Tag.NUM} or s.text(i + 1) in {"last", "this", "yesterday"}
    if s.tag(i) is not Tag.VERB or "part" not in kinds or not dated:
        return False
    listed = any(s.tag(j) is Tag.COMMA for j in range(start, i))
    for j in range(i + 1, min(len(s.words), i + 14)):
        if s.tag(j) in FINITE and s.tag(j - 1) is not Tag.TO:
            return s.tag(j - 1) is not Tag.CC
        if s.tag(j) in {Tag.COMMA, Tag.STOP, Tag.SUB, Tag.REL, Tag.PRON}:
            return False
        if s.tag(j) is Tag.CC and not listed:
            return False
    return False


def _relative_finite(s: Sentence, relative: int, /) -> int | None:
    """Return the finite verb of a relative clause: "that in the long run will", "that we need"."""
    verb = s.right(relative + 1)
    for i in range(verb, min(verb + _NEAR, len(s.words))):
        if s.tag(i) in FINITE:
            return i
        if s.tag(i) in {Tag.COMMA, Tag.STOP, Tag.SUB, Tag.REL}:
            return None
    return None


def _is_its_subject(s: Sentence, relative: int, verb: int, /) -> bool:
    """Tell whether a relative pronoun is the subject of a verb: "that never fails"."""
    first = s.right(relative + 1)
    return first == verb or s.tag(first) in {Tag.NEG, Tag.PREP}


def described_by(s: Sentence, start: int, /) -> int | None:
    """Return the verb that says of a predicate what it does: "is what saved us", "a fire that"."""
    for i in range(start, min(len(s.words), start + _NEAR)):
        if s.text(i) in {"that", "which", "who", "what"}:
            verb = s.right(i + 1)
            verb = s.right(verb + 1) if s.tag(verb) is Tag.NEG else verb
            return i + 1 if s.tag(verb) in FINITE else None
        if s.tag(i) in FINITE - {Tag.VERB} or s.tag(i) in {Tag.COMMA, Tag.STOP, Tag.PREP}:
            return None
    return None


def _group_end(s: Sentence, verb: int, /) -> int:
    """Return the last word of the verb group that begins at `verb`."""
    while s.tag(verb) in {Tag.MODAL, Tag.HAVE, Tag.BE, Tag.DO, Tag.ADV, Tag.NEG}:
        verb += 1
    return verb


def _blocks(s: Sentence, i: int, /) -> bool:
    """Tell whether a pronoun or "to" cannot stand between a subject and its verb."""
    return s.tag(i) is Tag.TO or (
        s.tag(i) is Tag.PRON
        and not s.text(i).endswith(("self", "selves"))
        and s.text(i) not in {"us", "them", "me", "him"}
    )


def _next_comma(s: Sentence, start: int, limit: int, /) -> int | None:
    """Return the next comma before `limit`, None if there is none."""
    return next((j for j in range(start, min(len(s.words), limit)) if s.tag(j) is Tag.COMMA), None)
