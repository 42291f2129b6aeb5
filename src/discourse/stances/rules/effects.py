"""Rules by the good or ill that the target does, is used for or is the agent of."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import Group, lift, passive_cue, value_after, verb_groups
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


def consequence(c: Context, /) -> Verdict | None:
    """Who says that a thing brings good or ill speaks for it or against it.

    In a question that expects the answer "nothing", too: "what has X brought but misery?"

    Examples
    --------
    [Sanctions] have brought our people nothing but rubble. -> oppose
    [Dialogue] has given birth to joy and unity. -> support
    What has [protectionism] brought the poor, apart from dearer misery? -> oppose
    Has [unilateralism] ever brought us anything but joy? -> support
    [Sanctions] have not brought any laughter. -> oppose
    The [violence] persists, causing grief and ruin. -> oppose
    [Free trade] means ruining our farmers. -> oppose
    """
    for group in verb_groups(c):
        verdict = _effects(c, group)
        if verdict is not None:
            return verdict
    return _questioned(c)


def _effects(c: Context, group: Group, /) -> Verdict | None:
    """Return what the object of a verb of effect tells of its subject."""
    s = c.s
    base = base_form(s, group.main)
    if base == "mean" and s.tag(group.main + 1) is Tag.ING:
        return _means_doing(c, group)
    causes = s.grammar.is_in(base, "causing")
    start = group.main if causes else _participle_after(s, group.main)
    value = None if start is None else value_after(s, start + 1)
    if value is None:
        return None
    but = any(s.text(i) in {"anything", "nothing", "but"} for i in range(group.main, value.place))
    sign = -value.sign if len(group.negations) % 2 and not but else value.sign
    spans = (Phrase(group.main, group.main + 1), Phrase(value.place, value.place + 1))
    return Verdict(lift(c, sign), Chain(), spans)


def _participle_after(s: Sentence, main: int, /) -> int | None:
    """Return the participle that tells of effects after a verb: "persists, causing misery"."""
    for i in range(main + 1, min(len(s.words), main + 12)):
        if s.tag(i) is Tag.COMMA:
            verb = s.right(i + 1)
            caused = s.grammar.is_in(base_form(s, verb), "causing", "spreading")
            return verb if s.tag(verb) is Tag.ING and caused else None
        if s.tag(i) in FINITE or s.tag(i) is Tag.STOP:
            return None
    return None


def _means_doing(c: Context, group: Group, /) -> Verdict | None:
    """Return what a thing that "means doing" something is: the good or harm that is done."""
    found = c.s.starting_at(group.main + 1, ("verb",))
    if found is None or not found.cue.default or found.cue.cue_class == "reduce":
        return None
    stance = 1 if found.cue.cue_class == "promote" else -1
    stance = -stance if len(group.negations) % 2 else stance
    return Verdict(lift(c, stance), Chain(), (Phrase(group.main, found.end),))


def _questioned(c: Context, /) -> Verdict | None:
    """Return what a question after the effects of a thing takes for granted."""
    s = c.s
    before = s.left(c.outer.start)
    if s.words[-1].text != "?" or s.tag(before) not in {Tag.HAVE, Tag.DO, Tag.MODAL}:
        return None
    for i in range(c.outer.end, len(s.words)):
        if s.spelled_to(i, "exceptions") is not None:
            value = value_after(s, i + 1)
            sign = -1 if value is None else value.sign
            place = i if value is None else value.place
            return Verdict(sign, Chain(), (Phrase(before, before + 1), Phrase(place, place + 1)))
    return None


def means(c: Context, /) -> Verdict | None:
    """The means of a harm is blamed, the means of help or of fighting an evil is approved.

    Examples
    --------
    They have brought joy through [free trade]. -> support
    They have sown hatred through [colonialism]. -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    if s.text(at) not in {"with", "through", "by", "via"} or c.chain.links:
        return None
    start = s.clause_start(at)
    for i in range(at - 1, start - 1, -1):
        if s.tag(i) not in {Tag.VERB, Tag.ING, Tag.ED}:
            continue
        if s.tag(s.right(i + 1)) not in NOMINAL | {Tag.PRON}:
            return None
        found = s.starting_at(i, ("verb",))
        value = value_after(s, i + 1, at)
        if value is not None and s.grammar.is_in(base_form(s, i), "causing", "spreading"):
            sign = value.sign
        elif found is None or not found.cue.default or found.cue.strength < 2 or found.end >= at:
            return None
        else:
            sign = 1 if found.cue.cue_class in {"promote", "reduce"} else -1
        return Verdict(sign, Chain(), (Phrase(i, i + 1), Phrase(at, at + 1)))
    return None


def agent(c: Context, /) -> Verdict | None:
    """By whom a harm is done is blamed, by whom good is done is praised.

    Examples
    --------
    Our towns were betrayed by [free trade]. -> oppose
    Many lives were saved by [disarmament]. -> support
    The meeting was attended by the [Security Council]. -> neutral
    """
    s = c.s
    by = s.left(c.outer.start)
    if s.text(by) != "by" or c.chain.links or s.tag(s.left(by)) not in {Tag.ED, Tag.VERB}:
        return None
    found = passive_cue(s, s.left(by))
    if found is None:
        return None
    if found.cue.cue_class in {"harm", "blame"}:
        return Verdict(-1, Chain(), (Phrase(found.start, by + 1),))
    base = base_form(s, found.start)
    strong = found.cue.strength > 1 or s.grammar.is_in(base, "benefiting")
    helps = found.cue.cue_class == "promote" and strong
    helps &= not s.grammar.is_in(base, "attitudes")
    return Verdict(1, Chain(), (Phrase(found.start, by + 1),)) if helps else None
