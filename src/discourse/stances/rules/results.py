"""Rules by what the target makes of people and things."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import Value, judgement, lift, value_after, verb_groups
from discourse.stances.rules.verbgroups import Group
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

_REACH = 9  # words between a verb and the state into which it puts its object


def result(c: Context, /) -> Verdict | None:
    """A thing is as good as what it makes of those whom it befalls.

    Examples
    --------
    [Free trade] has turned our sons into heroes. -> support
    [Sanctions] have left our towns poor and empty. -> oppose
    [War] turns neighbours into enemies. -> oppose
    [Free trade] has never left anybody poor. -> support
    [Sanctions] have made the ministers travel. -> neutral
    """
    for group in verb_groups(c):
        state = _state(c.s, group)
        if state is not None:
            sign = -state.sign if len(group.negations) % 2 else state.sign
            spans = (Phrase(group.main, group.main + 1), Phrase(state.place, state.place + 1))
            return Verdict(lift(c, sign), Chain(), spans)
    return None


def _state(s: Sentence, group: Group, /) -> Value | None:
    """Return the state into which a verb puts its object: "made us rich", "into enemies"."""
    verb = group.main - (group.be and s.grammar.base_of.get(s.text(group.main - 1)) == "make")
    if not s.grammar.is_in(base_form(s, verb), "rendering"):
        return None
    begun = False  # whether the object has its noun
    into = False
    for i in range(s.right(verb + 1), min(len(s.words), verb + _REACH)):
        into |= s.text(i) == "into"
        if begun and s.tag(i) in {Tag.ADJ, Tag.ED, Tag.NOUN} and s.tag(i + 1) is not Tag.NOUN:
            sign = _worth_of_state(s, i)
            if into and not sign and s.tag(i) is Tag.NOUN:
                return value_after(s, i, i + 1)
            if sign:
                return Value(i, sign)
        if begun and s.tag(i) is Tag.VERB:  # "makes every village sing"
            found = s.starting_at(i, ("subject",))
            return None if found is None or not found.cue.default else Value(i, judgement(found))
        if s.tag(i) not in NOMINAL | {Tag.PRON, Tag.ADV, Tag.PREP} or s.text(i) == "than":
            return None
        begun |= s.tag(i) in {Tag.NOUN, Tag.PRON}
    return None


def _worth_of_state(s: Sentence, i: int, /) -> int:
    """Return whether a word names a good state (+1) or a bad one (-1), 0 if neither."""
    for good, bad in (("sound", "ailing"), ("richer", "poorer"), ("glad", "sorry")):
        sign = s.grammar.sign(s.text(i), good, bad)
        if sign:
            return sign
    found = s.starting_at(i, ("adjective",)) if s.tag(i) is not Tag.NOUN else None
    if found is None or found.cue.strength < 2:
        return 0
    return {"promote": 1, "reduce": -1, "harm": -1}.get(found.cue.cue_class, 0)
