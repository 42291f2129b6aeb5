"""Rules by what stands beside the target: choice, contrast, comparison, apposition, label."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_verb
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import evaluation, lift
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

_THAN = frozenset({"over", "above", "before"})


def chosen_over(c: Context, /) -> Verdict | None:
    """Of two things in "prefer A over B" the first is chosen and the second turned down.

    Examples
    --------
    We choose dialogue over [war]. -> oppose
    We put [human rights] before profit. -> support
    Nobody should put profit before [human rights]. -> support
    We prefer talks to [sanctions]. -> oppose
    """
    s = c.s
    at, after = s.left(c.outer.start), s.right(c.phrase.end)
    if _compares(s, after):
        first, stance, border = c.phrase, 1, after
    elif _compares(s, at) and s.tag(s.left(at)) is Tag.NOUN:
        first, stance, border = Phrase(s.phrase_start(s.left(at)), at), -1, at
    else:
        return None
    verb = s.left(first.start)
    while s.tag(verb) not in {Tag.VERB, Tag.ING, None} and verb >= s.clause_start(border):
        verb = s.left(verb)
    base = base_form(s, verb)
    if not s.grammar.is_in(base, "choosing") or (s.text(border) == "to" and base != "prefer"):
        return None
    if s.text(border) in {"over", "to"} and stance > 0:
        return None  # the verb itself says that it is chosen
    chain = Chain()
    climb_verb(s, verb, chain)
    stance = -stance if chain.negations % 2 else stance
    return Verdict(stance, chain, (Phrase(verb, verb + 1), Phrase(border, border + 1)))


def _compares(s: Sentence, i: int, /) -> bool:
    """Tell whether the word at `i` sets one thing over another."""
    return s.text(i) in _THAN or (s.text(i) == "to" and s.tag(i) is Tag.PREP)


def negated_alternative(c: Context, /) -> Verdict | None:
    """In "not A but B" and "B, not A" A is turned down, without any verb of stance.

    Examples
    --------
    The way is not [war] but talks. -> oppose
    This will be solved not through [sanctions] but through talks. -> oppose
    We need partners, not [sanctions]. -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    negation = s.left(at) if s.tag(at) is Tag.PREP else at
    if s.text(negation) != "not" or s.grammar.is_in(s.text(negation + 1), "restrictors"):
        return None
    end = min(len(s.words), c.phrase.end + 12)
    contrasted = any(s.text(i) == "but" for i in range(c.phrase.end, end))
    appended = s.tag(s.left(negation)) in {Tag.COMMA, Tag.CC, Tag.STOP} and not s.finite_between(
        negation, end
    )
    if not contrasted and not appended:
        return None
    return Verdict(-1, c.chain, (Phrase(negation, negation + 1),))


def compared(c: Context, /) -> Verdict | None:
    """What one would rather have than something else is chosen, the other turned down.

    Examples
    --------
    We would rather have [sanctions] than war. -> support
    We would rather talk than impose [sanctions]. -> oppose
    They value order more than [democracy]. -> oppose
    """
    s = c.s
    start = s.clause_start(c.target.start)
    than = next((i for i in range(start, len(s.words)) if s.text(i) == "than"), None)
    if than is None or s.tag(than + 1) is Tag.NUM or s.grammar.is_in(s.text(than + 1), "numbers"):
        return None
    sign = next(
        (i for i in range(than - 1, start - 1, -1) if s.grammar.is_in(s.text(i), "comparing")), None
    )
    if sign is None or (s.text(sign) == "more" and sign != than - 1):
        return None
    if s.text(sign) == "rather" and sign == than - 1:
        return None  # "rather than" is a phrase of its own
    before = c.phrase.end <= than
    if not before and any(s.tag(i) in {Tag.COMMA, Tag.STOP} for i in range(than, c.phrase.start)):
        return None
    if s.text(sign) in {"more", "less"} and before:
        return None  # its verb says it
    stance = (1 if before else -1) * (-1 if s.text(sign) == "less" else 1)
    return Verdict(stance, Chain(), (Phrase(sign, sign + 1), Phrase(than, than + 1)))


def apposed(c: Context, /) -> Verdict | None:
    """A noun phrase put beside the target, between commas, names what it is.

    Examples
    --------
    [Free trade], that ruinous illusion, will be debated again. -> oppose
    [International law], a noble achievement, is taught in schools. -> support
    """
    s = c.s
    opening = c.phrase.end
    if s.tag(opening) is not Tag.COMMA or s.tag(s.right(opening + 1)) is not Tag.DET:
        return None
    closing = next(
        (i for i in range(opening + 1, len(s.words)) if s.tag(i) is Tag.COMMA), len(s.words)
    )
    if closing - opening > 12 or s.finite_between(opening, closing):
        return None
    if any(s.tag(i) is Tag.CC for i in range(opening, closing)):
        return None
    if closing < len(s.words) and s.tag(s.right(closing + 1)) in NOMINAL | {Tag.CC}:
        return None  # a list
    found = evaluation(s, opening + 1)
    if found is None or found.end > closing:
        return None
    return Verdict(lift(c, found.cue.effect), Chain(), (Phrase(found.start, found.end),))


def labelled(c: Context, /) -> Verdict | None:
    """Who calls a thing by the name of an evil or a good takes that side.

    Examples
    --------
    They describe [migration] as a threat. -> oppose
    We consider [dialogue] essential. -> support
    They call [sanctions] a crime. -> oppose
    """
    s = c.s
    verb = s.left(c.phrase.start)
    if s.tag(verb) not in {Tag.VERB, Tag.ING} or not s.grammar.is_in(
        base_form(s, verb), "labelling"
    ):
        return None
    start = s.right(c.phrase.end)
    if s.text(start) == "as":
        start = s.right(start + 1)
    found = evaluation(s, start)
    if found is None:
        return None
    chain = Chain()
    climb_verb(s, verb, chain)
    stance = -found.cue.effect if chain.negations % 2 else found.cue.effect
    return Verdict(stance, chain, (Phrase(verb, verb + 1), Phrase(found.start, found.end)))
