"""Clauses whose auxiliary stands before their subject: questions, and what a denial opens."""

from __future__ import annotations

from discourse.stances.rules.context import Context
from discourse.stances.rules.verbgroups import VERBAL, Group, verb_group
from discourse.stances.syntax import Sentence
from discourse.stances.words import Tag

_INVERTING = frozenset({Tag.HAVE, Tag.DO, Tag.BE, Tag.MODAL})
_ONLY = frozenset({"only", "just", "merely", "simply"})
_DENIALS = frozenset({"never", "nor", "neither", "nowhere", "rarely", "seldom", "little", "again"})
_DOUBTS = frozenset({"ever", "really", "seriously", "honestly"})
_OCCASIONS = frozenset(
    {
        "account", "case", "circumstance", "circumstances", "conditions", "event", "manner",
        "means", "moment", "occasion", "point", "sense", "stage", "time", "way",
    }
)  # fmt: skip


def inverted(c: Context, /) -> Group | None:
    """Return the verb group of a subject whose auxiliary stands before it."""
    s, auxiliary = c.s, c.s.left(c.outer.start)
    if s.tag(auxiliary) not in _INVERTING | {Tag.NEG}:
        return None
    opened = _opened(c, auxiliary)
    if opened is not None:
        return opened
    if s.words[-1].text != "?":
        return None
    if s.tag(auxiliary) is Tag.NEG:
        if s.tag(auxiliary - 1) not in _INVERTING:
            return None
        return _with(c, auxiliary - 1, denied=False)  # "Isn't X the only way?" expects "yes"
    if any(x.step == "cue" and s.tag(x.start) in VERBAL for x in c.chain.links):
        return None
    denied_after = s.right(c.outer.end)
    if s.tag(denied_after) is Tag.NEG and auxiliary == s.clause_start(auxiliary):
        return _with(c, auxiliary, denied=False, start=denied_after + 1)  # "Is X not the best way?"
    since = s.text(auxiliary - 1) == "when" and s.text(auxiliary - 2) == "since"
    ever = any(s.text(i) in _DOUBTS for i in range(c.outer.end, len(s.words)))
    doubted = _with(c, auxiliary, denied=True)
    called = s.text(auxiliary - 1) == "how" and s.grammar.is_in(s.text(doubted.main), "naming")
    return doubted if since or ever or called else None


def _opened(c: Context, auxiliary: int, /) -> Group | None:
    """Return the group of a clause that opens with a denial: "never has X", "not only does X"."""
    s, last = c.s, auxiliary - 1
    if s.tag(auxiliary) is Tag.NEG or s.words[-1].text == "?":
        return None
    if s.text(last) in _ONLY and s.tag(last - 1) is Tag.NEG:
        return _with(c, auxiliary, denied=False)
    if s.text(last) == "before" and s.text(last - 1) == "never":
        return _with(c, auxiliary, denied=False)  # "never before has X been so needed"
    denied = s.text(last) in _DENIALS and (s.text(last) != "again" or s.text(last - 1) == "never")
    if s.text(last) in _OCCASIONS:
        denied = s.text(last - 1) == "no"
    return _with(c, auxiliary, denied=True) if denied and _opens(s, last) else None


def _opens(s: Sentence, last: int, /) -> bool:
    """Tell whether no subject stands before a denial: "at no time has", "; nor does"."""
    i = last
    while i >= 0 and s.tag(i) not in {Tag.COMMA, Tag.STOP}:
        if s.tag(i) in {Tag.PRON, Tag.VERB} or (
            s.tag(i) is Tag.NOUN and s.text(i) not in _OCCASIONS
        ):
            return False
        i -= 1
    return True


def _with(c: Context, auxiliary: int, /, *, denied: bool, start: int | None = None) -> Group:
    """Return the verb group after the subject, or from `start`, its auxiliary counted in."""
    s = c.s
    group = verb_group(c, s.right(c.outer.end if start is None else start))
    text = s.text(auxiliary)
    return group._replace(
        negations=(*group.negations, auxiliary) if denied else group.negations,
        obliged=group.obliged or s.grammar.is_in(text, "obligations"),
        intended=group.intended or s.grammar.is_in(text, "intentions"),
        be=group.be or s.tag(auxiliary) is Tag.BE,
    )
