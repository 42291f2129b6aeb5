"""Rules by the kind a target is counted among: a blessing, one of the evils of the age."""

from __future__ import annotations

from discourse.stances.chain import Chain, pejorative
from discourse.stances.climbing import climb_verb
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.frames import of_what
from discourse.stances.rules.groups import evaluation, judgement, lift, value_after
from discourse.stances.syntax import base_form
from discourse.stances.words import Tag


def kind(c: Context, /) -> Verdict | None:
    """What is counted among goods or evils is one, and so is what is called a jewel of a thing.

    Examples
    --------
    Among the blessings of our age we count [free trade]. -> support
    Among the things that ruin a country is [protectionism]. -> oppose
    We number [war] among the greatest evils. -> oppose
    They read out that masterpiece of a [truce]. -> support
    Among our guests was the [Security Council]. -> neutral
    """
    s = c.s
    before = s.left(c.phrase.start)
    if s.text(c.phrase.start) in {"a", "an"} and s.text(before) == "of" and not c.chain.links:
        head = s.left(before)
        pointed = s.tag(s.phrase_start(head)) is Tag.DET and s.text(head - 1) != "the"
        sign = _sign(c, head, before) if pointed and s.tag(head) is Tag.NOUN else 0
        return Verdict(sign, Chain(), (Phrase(head, before + 1),)) if sign else None
    verb = s.left(c.outer.start)
    base = base_form(s, verb)
    ranks = s.grammar.is_in(base, "ranking", "labelling") or s.tag(verb) is Tag.BE
    if pejorative(c.chain) or not ranks:
        return None
    among = s.right(c.phrase.end)
    if s.text(among) in _AMONG:
        end = min(len(s.words), among + 9)
    else:
        among, end = s.clause_start(verb), verb
        if s.text(among) not in _AMONG:  # "among the things that we count"
            among = next((i for i in range(verb) if s.text(i) in _AMONG), -1)
    sign = _sign(c, among + 1, end) if s.text(among) in _AMONG else 0
    chain = Chain()
    climb_verb(s, verb, chain)
    sign = lift(c, -sign if chain.negations % 2 else sign)
    spans = (Phrase(among, among + 1), Phrase(verb, verb + 1))
    return Verdict(sign, chain, spans) if sign else None


_AMONG = frozenset({"among", "amongst"})


def _sign(c: Context, start: int, end: int, /) -> int:
    """Return what the words between two places name: a good (+1), an evil (-1), neither (0)."""
    s = c.s
    value = value_after(s, start, end)
    if value is not None:
        return value.sign
    relative = next((i for i in range(start, end) if s.tag(i) is Tag.REL), None)
    if relative is not None:
        made = s.right(relative + 1)
        found = evaluation(s, made + 1) if base_form(s, made) == "make" else None
        return of_what(c, relative, end) if found is None else judgement(found)
    found = evaluation(s, start)
    return judgement(found) if found is not None and found.end <= end else 0
