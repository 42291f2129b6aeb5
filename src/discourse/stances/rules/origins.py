"""Rules by what comes of the target: what it is the source of, what would be without it."""

from __future__ import annotations

import math

from discourse.stances.auxiliaries import AUXILIARY
from discourse.stances.chain import Chain, pejorative
from discourse.stances.climbing import climb_verb
from discourse.stances.denial import NOBODY
from discourse.stances.governors import VERBAL
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.frames import of_what
from discourse.stances.rules.groups import Value, fate, lift, value_after
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

_SOURCES = frozenset({"from", "of", "in", "out", "to", "by"})


def origin(c: Context, /) -> Verdict | None:
    """Who says that a good comes of a thing praises it, who says that an evil does blames it.

    Examples
    --------
    Our ruin stems from [free trade]. -> oppose
    Our success has its roots in [dialogue]. -> support
    Ruin is the fruit of [war]. -> oppose
    They praised the success that comes from [disarmament]. -> support
    Our ruin does not come of defending [sovereignty]. -> support
    The blame lies with [protectionism]. -> oppose
    The letter came from the [United Nations]. -> neutral
    """
    s = c.s
    verbal = [x.start for x in c.chain.links if x.step == "cue" and s.tag(x.start) is Tag.ING]
    starts = dict.fromkeys([c.phrase.start, c.outer.start, *verbal])
    for at in [s.left(start) for start in starts]:
        account = _accounted(s, at)
        if account is not None:
            return account
        verb = _frame(s, at) if s.text(at) in _SOURCES else None
        value = None if verb is None else _subject_value(s, verb)
        if verb is None or value is None:
            continue
        effect = math.prod(x.effect for x in c.chain.links if x.step == "cue" and x.start > at)
        spans = (Phrase(value.place, value.place + 1), Phrase(verb, at + 1))
        return Verdict(value.sign * effect, Chain(), spans)
    return None


_CREDITED: dict[str, int] = dict.fromkeys(
    (
        "admiration", "applause", "congratulations", "credit", "gratitude", "honor", "honour",
        "merit", "praise", "respect", "solidarity", "sympathy", "thanks",
    ),
    1,
)  # fmt: skip
_ACCOUNTS: dict[tuple[str, str], dict[str, int]] = {
    ("lie", "with"): {"blame": -1, "fault": -1, "guilt": -1, "responsibility": -1},
    ("rest", "with"): {"blame": -1, "fault": -1, "guilt": -1, "responsibility": -1},
    ("go", "to"): _CREDITED,
    ("belong", "to"): {"credit": 1, "merit": 1, "honour": 1, "honor": 1},
}


def _accounted(s: Sentence, at: int, /) -> Verdict | None:
    """Return the verdict on what blame lies with, or credit goes to."""
    verb = s.left(at)
    signs = _ACCOUNTS.get((base_form(s, verb), s.text(at)), {})
    subject = s.left(verb)
    while s.tag(subject) in AUXILIARY:
        subject = s.left(subject)
    sign = signs.get(s.text(subject), 0)
    return Verdict(sign, Chain(), (Phrase(subject, at + 1),)) if sign else None


def _frame(s: Sentence, at: int, /) -> int | None:
    """Return the verb by which something comes from what the preposition at `at` leads to."""
    head = s.left(at)
    if s.text(at) == "of" and s.text(head) == "out":
        head = s.left(head)
    if s.tag(head) in {Tag.VERB, Tag.ING, Tag.ED}:
        back = (s.text(at - 1), s.text(at)) == ("back", "to")
        origin = s.text(at) in {"from", "of", "out", "in"}
        base = base_form(s, head)
        comes = (origin and s.grammar.is_in(base, "originating")) or (
            back and s.grammar.is_in(base, "dating")
        )
        return head if comes else None
    if s.text(head) in {"due", "down", "attributable", "traceable"}:
        verb = s.left(head)
        return verb if s.text(at) == "to" and s.tag(verb) is Tag.BE else None
    if s.tag(head) is not Tag.NOUN:
        return None
    verb = s.left(s.phrase_start(head))
    if s.text(at) == "in" and s.grammar.is_in(s.text(head), "roots"):
        return verb if s.tag(verb) is Tag.HAVE or base_form(s, verb) in {"find", "take"} else None
    born = s.text(at) == "of" and s.grammar.is_in(s.text(head), "descent")
    return verb if born and s.tag(verb) is Tag.BE else None


def _subject_value(s: Sentence, verb: int, /) -> Value | None:
    """Return the good or evil that the subject of a verb names; a negated verb turns it round."""
    i, sign = (verb if s.tag(verb) is Tag.BE else verb - 1), 1
    while s.tag(i) in AUXILIARY | {Tag.BE} or s.text(i) == "back":
        sign = -sign if s.tag(i) is Tag.NEG or s.text(i) == "cannot" else sign
        i -= 1
    end = i + 1
    if s.clause_start(i) == 1 and s.text(0) == "that":  # "That our mills stand idle is"
        return _told(s, 1, end, sign)
    i = s.left(i) if s.tag(i) is Tag.REL else _past_clauses(s, s.past_aside(i))
    if s.tag(i) not in NOMINAL:
        return None
    start = s.outermost(i).start
    value = _judged(s, start, i + 1)
    if value is not None and (s.text(start) in NOBODY or _is_doubted(s, start)):
        sign = -sign
    value = value or value_after(s, start, i + 1) or value_after(s, i, end)
    return None if value is None else Value(value.place, sign * value.sign)


def _told(s: Sentence, start: int, end: int, sign: int, /) -> Value | None:
    """Return the good or ill that a clause tells of."""
    for i in range(start, end):
        value = fate(s, i) or _judged(s, i, i + 1)
        if value is not None:
            denied = any(s.tag(j) is Tag.NEG for j in range(max(start, i - 3), i))
            return Value(i, -sign * value.sign if denied else sign * value.sign)
    return None


def _is_doubted(s: Sentence, start: int, /) -> bool:
    """Tell whether a question expects that there is none: "When did anything good come of X?"."""
    anything = s.text(start) == "anything" or s.text(start - 1) == "anything"
    return anything and s.words[-1].text == "?"


def _past_clauses(s: Sentence, i: int, /) -> int:
    """Return the noun before relative clauses that end at `i`: "the ruin that A, and that B"."""
    while s.tag(s.clause_start(i) - 1) is Tag.REL and s.finite_between(s.clause_start(i), i):
        i = s.left(s.clause_start(i) - 1)
        while s.tag(i) in {Tag.CC, Tag.COMMA}:
            i = s.left(i)
    return i


def _judged(s: Sentence, start: int, end: int, /) -> Value | None:
    """Return what an evaluating adjective makes of a noun: "broken promises"."""
    for i in range(start, end):
        found = s.starting_at(i, ("predicate",)) or s.starting_at(i, ("adjective",))
        if found is not None and found.cue.default and s.tag(i) in {Tag.ADJ, Tag.ED}:
            return Value(i, found.cue.effect)
    return None


def counterfactual(c: Context, /) -> Verdict | None:
    """What saves from an evil that would be without it is valued, what keeps from a good is not.

    Examples
    --------
    Where would we be but for [free trade]? -> support
    Had it not been for the [truce], there would be ruin. -> support
    But for the [sanctions], our land would be in bloom and richer. -> oppose
    If it were not for [dialogue], our children would starve. -> support
    This is not for the [Security Council]. -> neutral
    """
    s = c.s
    at = s.left(c.outer.start)
    if s.text(at) != "for" or not _is_unreal(s, at) or pejorative(c.chain):
        return None
    span = Phrase(s.left(at), at + 1)
    rest = [*range(c.outer.end, len(s.words)), *range(at - 1)]
    if any(s.text(i) == "where" for i in range(at)):
        conceded = any((s.text(i), s.text(i + 1)) == ("if", "not") for i in rest)
        lost = s.words[-1].text == "?" and not conceded
        return Verdict(lift(c, 1), Chain(), (span,)) if lost else None
    value = next((v for i in rest if (v := fate(s, i)) is not None), None)
    if value is None:
        return None
    return Verdict(lift(c, -value.sign), Chain(), (span, Phrase(value.place, value.place + 1)))


def _is_unreal(s: Sentence, at: int, /) -> bool:
    """Tell whether "for" closes "but for", "were it not for", "had it not been for"."""
    before = s.left(at)
    if s.text(before) == "but":
        return True
    near = {s.text(i) for i in range(max(0, at - 5), at)}
    return s.tag(before) in {Tag.NEG, Tag.BE} and "not" in near and bool(near & {"it", "if"})


def answer(c: Context, /) -> Verdict | None:
    """A question after who did a thing that answers itself with the target says that it did it.

    Examples
    --------
    Who saved us from ruin, if not the [United Nations]? -> support
    Who brought us misery, if not the [embargo]? -> oppose
    Who met, if not the [Security Council]? -> neutral
    """
    s = c.s
    first = s.spelled_to(s.left(c.outer.start), "exceptions")
    if first is None or s.words[-1].text != "?":
        return None
    who = next((i for i in range(first) if s.text(i) in {"who", "what"}), None)
    if who is None:
        return None
    stance = of_what(c, who, first)
    if not stance:
        value = value_after(s, who + 2, first)
        stance = value.sign if value is not None else 0
    return Verdict(lift(c, stance), Chain(), (Phrase(who, who + 1), Phrase(first, c.outer.start)))


def balance(c: Context, /) -> Verdict | None:
    """What one is the better or the worse for does good or ill.

    Examples
    --------
    We are all the better for [free trade]. -> support
    Nobody was the worse for a little [immigration]. -> support
    Who was ever the better for a [war]? -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    word = s.left(at)
    sign = s.grammar.sign(s.text(word), "richer", "poorer")
    if s.text(at) != "for" or not sign or s.text(word - 1) not in {"the", "none"}:
        return None
    start = s.clause_start(word)
    asked = s.words[-1].text == "?" and any(s.text(i) in {"who", "ever"} for i in range(at))
    denied = any(s.tag(i) is Tag.NEG or s.text(i) in NOBODY for i in range(start, word))
    sign = -sign if asked != denied else sign
    return Verdict(sign, Chain(), (Phrase(word, at + 1),))


def exchanged(c: Context, /) -> Verdict | None:
    """What one gives a thing up for is preferred to it; what is given in exchange is given up.

    Examples
    --------
    We have ditched the crown for [democracy]. -> support
    We will not swap our crown for [democracy]. -> oppose
    We swapped [democracy] for the crown. -> oppose
    We must replace force with [dialogue]. -> support
    """
    s = c.s
    at = s.left(c.outer.start)
    if s.text(s.right(c.phrase.end)) == "for" and s.grammar.is_in(base_form(s, at), "swapping"):
        verb, stance = at, -1
    elif s.text(at) in {"with", "by"}:
        return _replacing(c, at)
    elif s.text(at) == "for":
        head = s.left(at)
        verb, stance = s.left(s.phrase_start(head)), 1
        given = s.tag(head) is Tag.NOUN and s.ending_at(at, ("noun",)) is None
        if (
            not given
            or s.tag(verb) not in VERBAL
            or not s.grammar.is_in(base_form(s, verb), "swapping", "forsaking")
        ):
            return None
    else:
        return None
    chain = Chain()
    climb_verb(s, verb, chain)
    stance = -stance if chain.negations % 2 else stance
    above = (x.effect for x in c.chain.links if x.step == "cue" and x.start > verb)
    return Verdict(stance * math.prod(above), chain, (Phrase(verb, verb + 1), Phrase(at, at + 1)))


def _replacing(c: Context, at: int, /) -> Verdict | None:
    """Return the verdict on what the holder puts in the place of another thing."""
    s = c.s
    head = s.left(at)
    verb = s.left(s.phrase_start(head)) if s.tag(head) is Tag.NOUN else -1
    if not s.grammar.is_in(base_form(s, verb), "replacing"):
        return None
    return _wanted(c, verb, 1, Phrase(at, at + 1))


def _wanted(c: Context, verb: int, stance: int, mark: Phrase, /) -> Verdict | None:
    """Return a verdict if the holder does or wants what a verb says."""
    chain = Chain()
    climb_verb(c.s, verb, chain)
    if not chain.obliged and not c.own(chain):
        return None
    stance = -stance if chain.negations % 2 else stance
    return Verdict(stance, chain, (Phrase(verb, verb + 1), mark))


def passage(c: Context, /) -> Verdict | None:
    """Where one is to go from one thing to another, the first is left and the second sought.

    Examples
    --------
    We must move from force to [dialogue]. -> support
    Let us pass from [confrontation] to talks. -> oppose
    They went from [war] to war. -> neutral
    """
    s = c.s
    at = s.left(c.outer.start)
    start, stance = at, -1
    if s.text(at) == "to":
        near = range(at - 1, max(0, at - 9), -1)
        start, stance = next((i for i in near if s.text(i) == "from"), -1), 1
    elif s.text(s.right(c.phrase.end)) != "to":
        return None
    verb = s.left(start)
    if s.text(start) != "from" or not s.grammar.is_in(base_form(s, verb), "passing"):
        return None
    return _wanted(c, verb, stance, Phrase(start, start + 1))
