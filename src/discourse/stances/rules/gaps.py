"""Cues that lack their object, which stands before them: "On X we insist"."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_from
from discourse.stances.matching import match_open
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import passive_cue, value_after
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

_REACH = 12  # words between a fronted phrase and the verb that leads to it
_FORMS = frozenset({"verb", "adjective", "noun"})
_ENDS = frozenset({None, Tag.STOP, Tag.COMMA, Tag.CC})


def fronted(c: Context, /) -> Verdict | None:
    """What a verb leads to by a preposition may stand before the whole clause.

    Examples
    --------
    On [sovereignty] this house will never compromise. -> support
    In [free trade] the farmers believe. -> support
    On [sovereignty] the committee will meet. -> neutral
    To [sanctions] we say no. -> oppose
    Of the [Security Council] my party thinks highly. -> support
    With [terrorism] there can be no compromise. -> oppose
    In [protectionism] lies the root of our ruin. -> oppose
    """
    s, at = c.s, c.s.left(c.outer.start)
    opens = at == s.clause_start(at) or s.tag(s.left(at)) in {Tag.COMMA, Tag.CC}
    if s.tag(at) is not Tag.PREP or not opens or c.chain.links:
        return None
    lies = s.right(c.outer.end)
    if s.text(at) == "in" and base_form(s, lies) in {"lie", "rest"} and s.tag(lies) is Tag.VERB:
        value = value_after(s, lies + 1)
        spans = (Phrase(at, at + 1), Phrase(lies, lies + 1))
        return Verdict(value.sign, Chain(), spans) if value is not None else None
    for k in range(c.outer.end, min(len(s.words), c.outer.end + _REACH)):
        if s.tag(k) in {Tag.STOP, Tag.REL, Tag.SUB}:
            return None
        found = with_gap(s, k, s.text(at))
        if found is not None and s.tag(s.right(found.end)) in _ENDS:
            return _led_to(c, found)
    return None


def _led_to(c: Context, found: Found, /) -> Verdict | None:
    """Return the verdict of a cue that leads to what stands before its clause."""
    s, chain, first = c.s, Chain(), found
    chain.add(found)
    if found.cue.form == "noun":
        start = s.phrase_start(found.start)
        verb = s.left(start)
        if s.text(start) != "no" or s.tag(verb) not in {Tag.BE, Tag.HAVE}:
            return None  # "with X there can be no compromise"
        chain.negate(start)
        first = Found(verb, verb + 1, found.cue)
    climb_from(s, first, chain)
    return c.decide(chain)


def with_gap(s: Sentence, i: int, preposition: str, /) -> Found | None:
    """Return the cue at `i` that lacks its object: the words after its verb, or its preposition."""
    if preposition:
        return _open_cue(s, i, preposition)
    parted = s.tag(s.left(i)) is not Tag.BE and any(x.cue.after for x in s.starting[i])
    found = passive_cue(s, i) if parted else None  # "the least that we owe to"
    found = found or s.starting_at(i, ("verb", "adjective"))
    verbal = {Tag.VERB, Tag.ED, Tag.ING, Tag.ADJ}
    if found is None or not found.cue.default or s.tag(i) not in verbal:
        return None
    if found.cue.after:
        return found
    if found.cue.form == "adjective" and len(found.cue.words) == 1:
        return None
    follows = s.right(found.end)
    if s.tag(follows) is Tag.TO and s.tag(s.right(follows + 1)) is Tag.VERB:
        return None  # "X that we want to prevent"
    has_object = s.tag(follows) in NOMINAL | {Tag.PRON, Tag.REL} or s.text(follows) == "that"
    return None if has_object else found


def _open_cue(s: Sentence, i: int, preposition: str, /) -> Found | None:
    """Return the longest cue at `i` whose preposition stands elsewhere: "on X we insist"."""
    best: Found | None = None
    for cue in s.lexicon.by_head.get(s.text(i), ()):
        led = cue.form in _FORMS and cue.default and not cue.after and len(cue.words) > 1
        named = (cue.form == "noun") == (s.tag(i) is Tag.NOUN)
        if not led or not named or cue.words[-1:] != (preposition,):
            continue
        end = match_open(s, cue, i)
        if end is not None and (best is None or end > best.end):
            best = Found(i, end, cue)
    return best
