"""Rules by wish: what is to be, and whose time has come."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_verb
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import lift, verb_groups
from discourse.stances.syntax import base_form
from discourse.stances.words import Tag


def wished(c: Context, /) -> Verdict | None:
    """What may or will be, if only something else is, is wished for; so is what is due.

    Examples
    --------
    May [peace] return. -> support
    The hour has struck for [dialogue]. -> support
    Without justice there can be no [peace]. -> support
    """
    s = c.s
    at = s.left(c.outer.start)
    if s.text(at) == "for":
        return _due(c, at)
    if s.text(at) == "may" and at == s.clause_start(at) and s.words[-1].text != "?":
        verb = s.right(c.outer.end)
        lasting = s.grammar.is_in(base_form(s, verb), "existing")
        return Verdict(lift(c, 1), Chain(), (Phrase(at, at + 1),)) if lasting else None
    if s.text(c.outer.start) == "no" and s.text(at) == "be":
        return _conditional(c, s.left(at))
    if s.text(at) == "be" and s.words[-1].text == "?":  # "How can there be X without Y?"
        asked = tuple(s.text(i) for i in range(at - 3, at)) in _HOW
        return Verdict(lift(c, 1), Chain(), (Phrase(at - 3, at + 1),)) if asked else None
    return _expected(c, at)


def _expected(c: Context, at: int, /) -> Verdict | None:
    """Return support for whom the holder expects to do something: "we trust that X will"."""
    s = c.s
    verb = s.left(at) if s.text(at) == "that" else at
    if s.tag(verb) is not Tag.VERB or not s.grammar.is_in(base_form(s, verb), "expecting"):
        return None
    chain = Chain()
    climb_verb(s, verb, chain)
    if chain.negations or not c.own(chain):
        return None
    for group in verb_groups(c):
        acts = s.tag(group.main) is Tag.VERB and not group.be and not group.negations
        if acts and group.intended:
            chain.links.clear()
            spans = (Phrase(verb, verb + 1), Phrase(group.start, group.main + 1))
            return Verdict(lift(c, 1), chain, spans)
    return None


_HOW = {("how", "can", "there"), ("how", "could", "there")}


def _due(c: Context, at: int, /) -> Verdict | None:
    """Return support for what it is time for, unless an infinitive says what is to become of it."""
    s, head = c.s, c.s.left(at)
    if s.text(head) in {"come", "arrived", "struck"}:
        head = s.left(s.left(head))
    if s.text(head) not in {"time", "hour", "moment"} or s.tag(s.right(c.outer.end)) is Tag.TO:
        return None
    said = s.tag(s.left(s.phrase_start(head))) is Tag.BE or head != s.left(at)
    return Verdict(lift(c, 1), Chain(), (Phrase(head, at + 1),)) if said else None


def _conditional(c: Context, i: int, /) -> Verdict | None:
    """Return support for what there cannot be without something else: "no X without Y"."""
    s = c.s
    while s.tag(i) in {Tag.MODAL, Tag.NEG}:
        i = s.left(i)
    needs = any(word.text in {"without", "unless", "until"} for word in s.words)
    if s.text(i) != "there" or not needs:
        return None
    return Verdict(1, c.chain, (Phrase(i, c.outer.start + 1),))
