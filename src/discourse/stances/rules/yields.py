"""Rules by what a thing has brought, named apart from it: "what X has given us is peace"."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import Value, evaluation, judgement, lift, value_after
from discourse.stances.rules.verbgroups import Group, verb_group
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import Tag

_REACH = 14  # words between what a thing has brought and the name of it


def yielded(c: Context, /) -> Verdict | None:
    """What a thing is said to have brought, done or achieved judges it.

    Examples
    --------
    What [free trade] has given us is wealth. -> support
    All that [sanctions] have achieved is ruin. -> oppose
    We have seen what [war] brings: rubble and grief. -> oppose
    Look at what [immigration] has done for our city. -> support
    The only thing that [sanctions] have done is to ruin the poor. -> oppose
    We shall hear what the [Security Council] has done today. -> neutral
    """
    s = c.s
    group = _group(c)
    if group is None:
        return None
    main = group.main - (s.tag(group.main - 1) is Tag.DO and s.tag(group.main) is Tag.PREP)
    base, after = base_form(s, main), s.right(main + 1)
    whom = s.text(after) in {"to", "for"} and s.tag(after) is Tag.PREP
    if base == "do" and whom and not group.negations:  # "what X has done to our towns"
        return _verdict(c, 1 if s.text(after) == "for" else -1, Phrase(main, after + 1))
    if base != "do" and not s.grammar.is_in(base, "causing"):
        return None
    value = _named(s, after)
    if value is None:
        return None
    sign = -value.sign if len(group.negations) % 2 else value.sign
    return _verdict(c, sign, Phrase(main, main + 1), value)


def _verdict(c: Context, sign: int, verb: Phrase, value: Value | None = None, /) -> Verdict:
    """Return the verdict on a target by what it has brought."""
    spans = (verb,) if value is None else (verb, Phrase(value.place, value.place + 1))
    return Verdict(lift(c, sign), Chain(), spans)


def _group(c: Context, /) -> Group | None:
    """Return the verb group of a target after "what", "all that" or "the only thing"."""
    s, before = c.s, c.s.left(c.outer.start)
    before = s.left(before) if s.text(before) == "that" else before
    verb = s.right(c.outer.end)
    headed = s.text(before) in {"what", "all", "everything", "thing"}
    headed |= s.text(c.outer.start) in {"what", "all"} and c.outer.start < c.target.start
    asked = s.words[-1].text == "?"
    return verb_group(c, verb) if headed and not asked and s.tag(verb) in FINITE else None


def _named(s: Sentence, start: int, /) -> Value | None:
    """Return the worth of what is named after "is" or a colon, None if none is."""
    near = range(start, min(len(s.words), start + _REACH))
    border = next((i for i in near if s.tag(i) is Tag.BE or s.text(i).strip() in {":", "–"}), None)
    if border is None:
        return None
    at = s.right(border + 1)
    denied = s.tag(at) is Tag.NEG
    if denied:
        but = next((i for i in near if i > at and s.text(i) == "but"), None)
        denied, at = but is None, at + 1 if but is None else but + 1
    value = _worth(s, s.right(at + 1) if s.tag(at) is Tag.TO else at)
    return Value(value.place, -value.sign) if value is not None and denied else value


def _worth(s: Sentence, at: int, /) -> Value | None:
    """Return the worth of a thing or deed that is named at a word."""
    value = value_after(s, at)
    if value is not None:
        return value
    deed = s.starting_at(at, ("subject",)) or s.starting_at(at, ("verb",))
    if deed is not None and s.tag(at) in {Tag.VERB, Tag.ING}:
        signs = {"promote": 1, "harm": -1, "blame": -1}
        sign = signs.get(deed.cue.cue_class, 0 if deed.cue.form == "verb" else -1)
        return Value(at, sign) if sign else None
    found = evaluation(s, at)
    return None if found is None else Value(found.start, judgement(found))
