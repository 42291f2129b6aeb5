"""Rules by what is told to have come about because of the target, or through it."""

from __future__ import annotations

from discourse.stances.chain import Chain, pejorative
from discourse.stances.denial import NOBODY
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import Value, fate, lift, passive_cue, value_after
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import Tag


def cause(c: Context, /) -> Verdict | None:
    """What good or ill has come about because of a thing, or was gained by it, is put down to it.

    Examples
    --------
    The crops were destroyed because of the [embargo]. -> oppose
    Owing to [free trade], our towns have prospered. -> support
    We attribute our success to [free trade]. -> support
    We have nothing to fear from [immigration]. -> support
    Nothing was gained by the [sanctions]. -> oppose
    A great deal can be learned from [multilateralism]. -> support
    Who ever got richer because of [protectionism]? -> oppose
    They met because of the [embargo]. -> neutral
    """
    s = c.s
    at = s.left(c.outer.start)
    if pejorative(c.chain):
        return None
    gained = _gained(s, at) or _ascribed(s, at) or _exposed(s, at)
    if gained is not None:
        return Verdict(lift(c, gained.sign), Chain(), (Phrase(gained.place, at + 1),))
    first = s.spelled_to(at, "causes") if at > 0 else None
    if first is None and (s.text(at - 1), s.text(at)) != ("because", "of"):
        first = next((x.start for x in c.chain.links if _is_cause(s, x.start, x.end)), None)
    elif first is None:
        first = at - 1
    if first is None:
        return None
    start = s.clause_start(first - 1) if first else c.outer.end
    places = range(start, first) if first else range(c.outer.end, len(s.words))
    told = next((v for i in places if (v := _told(s, i)) is not None), None)
    if told is None:
        return None
    span = Phrase(told.place, told.place + 1)
    asked = s.words[-1].text == "?" and any(s.text(i) == "ever" for i in range(len(s.words)))
    sign = -told.sign if asked else told.sign
    return Verdict(lift(c, sign), Chain(), (span, Phrase(first, c.outer.start)))


def _is_cause(s: Sentence, start: int, end: int, /) -> bool:
    """Tell whether a link is a phrase that names a cause."""
    return s.spelled_to(end - 1, "causes") == start


def _told(s: Sentence, i: int, /) -> Value | None:
    """Return the good or ill that a word tells has come: a fate, a harm or help undergone."""
    value = fate(s, i)
    if value is not None or s.tag(i) is not Tag.ED or s.tag(s.left(i)) is not Tag.BE:
        return value
    found = passive_cue(s, i)
    if found is None:
        return None
    if found.cue.cue_class in {"harm", "blame"}:
        return Value(i, -1)
    return Value(i, 1) if s.grammar.is_in(base_form(s, i), "benefiting") else None


def _ascribed(s: Sentence, at: int, /) -> Value | None:
    """Return the good or evil that is put down to a thing: "we attribute our success to X"."""
    if s.text(at) != "to":
        return None
    down = s.text(at - 1) == "down"
    for i in range(at - 1 - down, max(-1, at - 9), -1):
        base = base_form(s, i)
        if s.grammar.is_in(base, "ascribing") or (down and base == "put"):
            return value_after(s, i + 1, at)
    return None


def _exposed(s: Sentence, at: int, /) -> Value | None:
    """Return what one has to gain, fear or lose from a thing: "nothing to fear from X"."""
    verb = s.left(at)
    sign = s.grammar.sign(s.text(verb), "gaining", "losing")
    if s.text(at) not in {"from", "by", "in"} or s.tag(s.left(verb)) is not Tag.TO or not sign:
        return None
    amount = s.left(s.left(verb))
    if s.text(amount) in NOBODY | {"little"}:
        return Value(amount, -sign)
    return Value(amount, sign) if s.text(amount) in {"much", "deal", "lot", "everything"} else None


def _gained(s: Sentence, at: int, /) -> Value | None:
    """Return how much is told to be gained by a thing: "nothing was won by X"."""
    verb = s.left(at)
    if s.text(at) not in {"by", "from", "with", "through"} or s.tag(verb) not in {Tag.ED, Tag.VERB}:
        return None
    i = s.left(verb)
    if s.tag(i) is not Tag.BE or not s.grammar.is_in(base_form(s, verb), "gaining"):
        return None
    while s.tag(i) in {Tag.BE, Tag.MODAL, Tag.HAVE, Tag.NEG, Tag.TO}:
        i = s.left(i)
    amount = s.text(i)
    if amount in NOBODY | {"little"}:
        return Value(i, -1)
    return Value(i, 1) if amount in {"much", "deal", "lot", "everything"} else None
