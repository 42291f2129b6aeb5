"""Rules by what stands beside the target: choice, contrast, comparison, apposition, label."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_verb
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import evaluation, judgement, lift, value_after
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
    I would take [talks] over walls any day. -> support
    They have influence over the [United Nations]. -> neutral
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
    if base in {"take", "have", "give"}:
        if s.text(border) != "over" or not _is_wish(s, verb):
            return None
    elif s.text(border) in {"over", "to"} and stance > 0:
        return None  # the verb itself says that it is chosen
    chain = Chain()
    climb_verb(s, verb, chain)
    stance = -stance if chain.negations % 2 else stance
    return Verdict(stance, chain, (Phrase(verb, verb + 1), Phrase(border, border + 1)))


def _is_wish(s: Sentence, verb: int, /) -> bool:
    """Tell whether a plain verb says what one would have: "I would take A over B", "give me A"."""
    return s.text(s.left(verb)) in {"would", "d"} or s.text(verb + 1) == "me"


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
    border = next((i for i in range(c.phrase.end, end) if s.tag(i) is Tag.COMMA), end)
    appended = s.tag(s.left(negation)) in {Tag.COMMA, Tag.CC, Tag.STOP} and not s.finite_between(
        negation, border
    )
    if not contrasted and not appended:
        return None
    return Verdict(-1, c.chain, (Phrase(negation, negation + 1),))


def affirmed_alternative(c: Context, /) -> Verdict | None:
    """In "not by A but by B" and "by B and not by A" the repeated preposition singles B out.

    Examples
    --------
    Peoples are won not by threats but by [dialogue]. -> support
    Disputes are settled by [negotiations] and not by guns. -> support
    We should use [sanctions] rather than force. -> support
    We travel by land and by sea with the [United Nations]. -> neutral
    """
    s = c.s
    at, after = s.left(c.outer.start), s.right(c.phrase.end)
    if (s.text(after - 1), s.text(after)) == ("rather", "than"):
        return None if c.decide() else _instead(s, at, after)
    if s.tag(at) is not Tag.PREP:
        return None
    after = s.right(after + 1) if s.tag(after) in {Tag.COMMA, Tag.CC} else after
    if s.text(after) == "not" and s.text(after + 1) == s.text(at):
        return Verdict(1, c.chain, (Phrase(after, after + 2),))
    if s.text(s.left(at)) != "but":
        return None
    for i in range(at - 2, max(0, at - 12), -1):
        if s.text(i) == "not" and s.text(i + 1) == s.text(at):
            return Verdict(1, c.chain, (Phrase(i, i + 2), Phrase(s.left(at), at + 1)))
    return None


def _instead(s: Sentence, at: int, than: int, /) -> Verdict | None:
    """Return support for what should be done with a thing "rather than" with another."""
    if s.tag(at) not in {Tag.PREP, Tag.VERB}:
        return None
    duties = (i for i in range(s.clause_start(at), at) if s.grammar.is_in(s.text(i), "obligations"))
    duty = next(duties, None)
    if duty is None:
        return None
    return Verdict(1, Chain(), (Phrase(duty, duty + 1), Phrase(than - 1, than + 1)))


def compared(c: Context, /) -> Verdict | None:
    """What one would rather have than something else is chosen, the other turned down.

    Examples
    --------
    We would rather have [sanctions] than war. -> support
    We would rather talk than impose [sanctions]. -> oppose
    They value order more than [democracy]. -> oppose
    There is nothing we value more than [democracy]. -> support
    We put more trust in bread than in [sanctions]. -> oppose
    """
    s = c.s
    start, than = _comparison(c)
    if than is None or s.tag(than + 1) is Tag.NUM or s.grammar.is_in(s.text(than + 1), "numbers"):
        return None
    sign = next(
        (i for i in range(than - 1, start - 1, -1) if s.grammar.is_in(s.text(i), "comparing")), None
    )
    repeated = None if sign is None else _than_in(c, sign, than)
    if repeated is not None:
        return repeated
    if sign is None or (s.text(sign) == "more" and sign != than - 1):
        return None
    if s.text(sign) == "rather" and sign == than - 1:
        return None  # "rather than" is a phrase of its own
    if base_form(s, s.left(sign)) == "know":
        return None  # "they know better than anybody"
    before = c.phrase.end <= than
    if not before and _denied_comparison(s, sign) and not _is_peerless(s, sign):
        return None  # "nothing is dearer than X" sets X highest
    if not before and any(s.tag(i) in {Tag.COMMA, Tag.STOP} for i in range(than, c.phrase.start)):
        return None
    if s.text(sign) in {"more", "less"} and before:
        return None  # its verb says it
    stance = (1 if before else -1) * (-1 if s.text(sign) == "less" else 1)
    if not before and _is_peerless(s, sign):
        stance = -stance
    return Verdict(stance, Chain(), (Phrase(sign, sign + 1), Phrase(than, than + 1)))


def _than_in(c: Context, sign: int, than: int, /) -> Verdict | None:
    """Return the verdict of a repeated preposition: "we put more trust in talks than in X"."""
    s, at = c.s, c.s.left(c.outer.start)
    if at != than + 1 or s.tag(at) is not Tag.PREP:
        return None
    first = next((i for i in range(than - 1, 0, -1) if s.text(i) == s.text(at)), -1)
    found = s.ending_at(first, ("verb", "noun", "adjective"))
    if found is None or not found.cue.default:
        return None
    stance = found.cue.default if s.text(sign) == "less" else -found.cue.default
    return Verdict(stance, Chain(), (Phrase(found.start, found.end), Phrase(than, at + 1)))


def _comparison(c: Context, /) -> tuple[int, int | None]:
    """Return where the clause begins in which the target is compared, and its "than"."""
    s = c.s
    after = next((i for i in range(c.phrase.end, len(s.words)) if s.text(i) == "than"), None)
    if after is not None and s.finite_between(c.phrase.end, after):
        return c.phrase.end, after  # "A is worth more than B, and X is better than C"
    start = s.clause_start(c.target.start)
    return start, next((i for i in range(start, len(s.words)) if s.text(i) == "than"), None)


def _is_peerless(s: Sentence, sign: int, /) -> bool:
    """Tell whether nothing is liked more than the thing: "nothing would please us more than"."""
    none = {"nothing", "nobody", "anything", "none", "no"}
    if not any(s.text(i) in none for i in range(sign)):
        return False
    verbs = [s.starting_at(i, ("verb",)) for i in range(sign)]
    loathed = any(f is not None and f.cue.cue_class in {"reduce", "blame"} for f in verbs)
    return not loathed and not any(
        s.grammar.is_in(base_form(s, i), "regretting") for i in range(sign)
    )


def _denied_comparison(s: Sentence, sign: int, /) -> bool:
    """Tell whether there is said to be nothing of which a comparative holds."""
    return any(s.text(i) in _NOTHING for i in range(sign))


_NOTHING = frozenset({"nothing", "no", "none", "nobody", "few", "hardly", "scarcely"})


def apposed(c: Context, /) -> Verdict | None:
    """A noun phrase put beside the target, between commas, names what it is.

    Examples
    --------
    [Free trade], that ruinous illusion, will be debated again. -> oppose
    [International law], a noble achievement, is taught in schools. -> support
    """
    s = c.s
    opening = c.phrase.end
    if s.tag(opening) is not Tag.COMMA or s.tag(s.right(opening + 1)) not in {
        Tag.DET,
        Tag.POSS,
    }:
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
    return Verdict(judgement(found), Chain(), (Phrase(found.start, found.end),))


def labelled(c: Context, /) -> Verdict | None:
    """Who calls a thing by the name of an evil or a good takes that side.

    Examples
    --------
    They describe [migration] as a threat. -> oppose
    We consider [dialogue] essential. -> support
    They call [sanctions] a crime. -> oppose
    We see in [sanctions] a grave danger. -> oppose
    They regard as an outrage the [embargo] of last year. -> oppose
    """
    s = c.s
    verb = s.left(c.phrase.start)
    if s.text(verb) == "in" and s.grammar.is_in(base_form(s, s.left(verb)), "seeing"):
        verb = s.left(verb)  # "we see in X a danger"
        return _called(c, verb, s.right(c.phrase.end))
    if s.tag(verb) is Tag.NOUN and s.tag(c.phrase.start) is Tag.DET:
        return _labelled_before(c)
    if s.tag(verb) not in {Tag.VERB, Tag.ING} or not s.grammar.is_in(
        base_form(s, verb), "labelling"
    ):
        return None
    start = s.right(c.phrase.end)
    if s.text(start) == "as":
        start = s.right(start + 1)
    return _called(c, verb, start)


def _called(c: Context, verb: int, start: int, /) -> Verdict | None:
    """Return the verdict of a verb that calls the target what stands at `start`."""
    found = evaluation(c.s, start)
    if found is None:
        return None
    chain = Chain()
    climb_verb(c.s, verb, chain)
    stance = -judgement(found) if chain.negations % 2 else judgement(found)
    return Verdict(stance, chain, (Phrase(verb, verb + 1), Phrase(found.start, found.end)))


def _labelled_before(c: Context, /) -> Verdict | None:
    """Return the verdict of a label before a long object: "rank among the evils of our age X"."""
    s = c.s
    for i in range(c.phrase.start - 2, max(0, c.phrase.start - 9), -1):
        if s.text(i) not in {"as", "among"}:
            continue
        if not s.grammar.is_in(base_form(s, s.left(i)), "labelling", "ranking"):
            return None
        found = evaluation(s, i + 1)
        value = value_after(s, i + 1, c.phrase.start)
        feeling = (s.grammar.sign(s.text(k), "glad", "sorry") for k in range(i + 1, c.phrase.start))
        sign = next(filter(None, feeling), 0) if value is None else value.sign
        sign = sign if found is None else judgement(found)
        if not sign:
            return None
        chain = Chain()
        climb_verb(s, s.left(i), chain)
        sign = -sign if chain.negations % 2 else sign
        return Verdict(sign, chain, (Phrase(s.left(i), c.phrase.start),))
    return None


def exclaimed(c: Context, /) -> Verdict | None:
    """An exclamation names first what the thing is.

    Examples
    --------
    What a blessing this [truce] is! -> support
    What a disgrace these [sanctions] are! -> oppose
    What a year it was for the [United Nations]! -> neutral
    """
    s = c.s
    what = next((i for i in range(3) if (s.text(i), s.text(i + 1)) == ("what", "a")), None)
    be = s.right(c.phrase.end)
    if what is None or s.tag(be) is not Tag.BE or s.words[-1].text == "?":
        return None
    found = evaluation(s, what + 1)
    if found is None or found.end > c.phrase.start:
        return None
    return Verdict(lift(c, judgement(found)), Chain(), (Phrase(found.start, found.end),))
