"""What a thing does to others, by which it is judged: it ruins them, feeds them, outdoes them."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.matching import match_after
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import lift, predicated, value_after
from discourse.stances.rules.verbgroups import Group
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


def acting(c: Context, group: Group, /) -> Verdict | None:
    """Return what a verb says of the target that does it: harm speaks against, help for it."""
    s, verb = c.s, group.main
    if s.tag(verb - 1) is Tag.DO and s.tag(verb) in NOMINAL | {Tag.PRON}:
        verb -= 1  # "did us a good turn"
    elif s.tag(verb) is not (Tag.ING if group.be else Tag.VERB):
        return None
    found = _around_object(s, verb) or s.starting_at(verb, ("verb",))
    if found is None or not found.cue.default:
        return _doing(c, group)
    if found.cue.cue_class in {"harm", "blame"}:
        stance = -1
    elif s.grammar.is_in(base_form(s, found.start), "outdoing"):
        stance = 1
    elif found.cue.cue_class == "reduce":
        stance = 1 if "us" in found.cue.words else _reduces(s, found)  # "lifts us out of"
    else:
        stance = 1 if found.cue.cue_class == "promote" and _helps(s, found) else 0
    if not stance:
        return None
    stance = -stance if len(group.negations) % 2 else stance
    return predicated(group, found, lift(c, stance), Chain())


def _doing(c: Context, group: Group, /) -> Verdict | None:
    """Return what a deed that holds nobody's stance tells of its doer: "scorches our fields"."""
    sign = c.s.grammar.sign(base_form(c.s, group.main), "outdoing", "hurting")
    if not sign or c.s.tag(c.s.right(group.main + 1)) not in NOMINAL | {Tag.PRON}:
        return None
    stance = -sign if len(group.negations) % 2 else sign
    return Verdict(lift(c, stance), Chain(), (Phrase(group.main, group.main + 1),))


def _around_object(s: Sentence, verb: int, /) -> Found | None:
    """Return the cue of a verb that encloses its object: "brought the city to its knees"."""
    for found in s.starting[verb]:
        end = _object_end(s, found.end)
        gapped = found.cue.form == "verb" and found.cue.after and found.cue.default
        if gapped and end > found.end and match_after(s, found, Phrase(found.start, end)):
            return found
    return None


def _object_end(s: Sentence, start: int, /) -> int:
    """Return where the first of two objects ends: "did the town | a bad turn"."""
    i, has_noun = start, s.tag(start) is Tag.PRON
    i += has_noun
    while s.tag(i) in NOMINAL and not (has_noun and s.tag(i) in {Tag.DET, Tag.POSS}):
        poor = s.tag(i) is Tag.ADJ and s.tag(i + 1) in {Tag.DET, Tag.POSS}  # "the weak | a voice"
        has_noun |= s.tag(i) is Tag.NOUN or poor
        i += 1
    return i


def _helps(s: Sentence, found: Found, /) -> bool:
    """Tell whether a verb of promotion is a deed done to people and things, no evil, no target."""
    base = base_form(s, found.start)
    strong = found.cue.strength > 1 or s.grammar.is_in(base, "benefiting")
    if not strong or s.grammar.is_in(base, "attitudes", "causing", "enacting"):
        return False
    end = s.noun_phrase_end(found.end)
    if end == found.end and s.tag(end) is not Tag.PRON:
        return False
    if any(t.start < end and t.end > found.end for t in s.targets):
        return False
    return not s.grammar.is_in(s.text(end - 1), "evils")


def _reduces(s: Sentence, found: Found, /) -> int:
    """Return whether it speaks for a thing (+1) or against it (-1) what it makes less of."""
    value = value_after(s, found.end, found.end + 5)
    if value is not None:
        return -value.sign
    end = s.noun_phrase_end(found.end)
    if any(t.start < end and t.end > found.end for t in s.targets):
        return 0
    hurts = end > found.end and s.grammar.is_in(base_form(s, found.start), "hurting")
    return -1 if hurts or s.text(found.end) in {"us", "people"} else 0
