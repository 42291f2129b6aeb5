"""Rules by what governs the target: a verb, a noun, an adjective or a phrase of stance."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.syntax import base_form


def prefixed(c: Context, /) -> Verdict | None:
    """A prefix written with a hyphen turns the noun it belongs to.

    anti- and counter- oppose it; non- names its absence, so that wanting the compound rejects
    the noun; pro- favours it.

    Examples
    --------
    The government is known for its anti-[sanctions] course. -> oppose
    We uphold non-[interference]. -> oppose
    They remain pro-[peace]. -> support
    """
    if not c.s.words[c.target.start].joined:
        return None
    prefix = c.s.text(c.target.start - 1)
    if prefix not in {"anti", "counter", "non", "pro"}:
        return None
    stance = 1 if prefix == "pro" else -1
    start = c.target.start - 1
    outer = c.decide()
    if outer is not None and outer.stance < 0 and prefix == "non":
        stance = 1
    return Verdict(stance, c.chain, (Phrase(start, start + 1), *(outer.cues if outer else ())))


def compound(c: Context, /) -> Verdict | None:
    """The head of a compound says what is done with the noun before it.

    Examples
    --------
    We welcome poverty [hunger] alleviation. -> oppose
    They fund [terrorism] prevention. -> oppose
    """
    return c.decide() if c.first == "compound" else None


def verb_object(c: Context, /) -> Verdict | None:
    """A verb of stance governs its object, its conjuncts and the head of "N of" before them.

    Negation, auxiliaries, operators ("refuse to", "stop -ing") and coordinated verbs above the
    verb take part.

    Examples
    --------
    We firmly support [multilateralism]. -> support
    They oppose embargoes, walls and [sanctions]. -> oppose
    We will never seek [hegemony]. -> oppose
    Such acts undermine [peace]. -> support
    They resort to [protectionism]. -> oppose
    The council adopted cruel [sanctions]. -> oppose
    We will not allow anyone to undermine [peace]. -> support
    We can no longer tolerate [interference]. -> oppose
    We welcome the progress made towards [disarmament]. -> support
    """
    return _condemned(c) or c.decide() if c.first == "verb" else None


def _condemned(c: Context, /) -> Verdict | None:
    """Return what an adjective says of a thing that is merely brought about: "adopted cruel X"."""
    links = c.chain.links
    weak = len(links) == 1 and links[0].cue is not None and links[0].cue.cue_class == "promote"
    if not weak or c.own(c.chain) or c.chain.obliged:
        return None
    if c.s.grammar.is_in(base_form(c.s, links[0].start), "attitudes", "wanting"):
        return None
    verdict = attributive(c)
    return verdict if verdict is not None and verdict.stance < 0 else None


def enclosed(c: Context, /) -> Verdict | None:
    """A verb of stance may enclose its object: the deciding words come after the target.

    Examples
    --------
    These decisions put [peace] at risk. -> support
    We must bring the [war] to an end. -> oppose
    """
    return c.decide() if c.first == "gap" else None


def nominal(c: Context, /) -> Verdict | None:
    """A noun of stance passes it to the phrase its preposition leads to.

    What stands above the noun takes part in turn: "we reject threats to X".

    Examples
    --------
    Our commitment to [multilateralism] is known. -> support
    The scourge of [terrorism] is spreading. -> oppose
    This is a threat to [peace]. -> support
    We reject any attack on [sovereignty]. -> support
    """
    return c.decide() if c.first == "noun" else None


def adjective_complement(c: Context, /) -> Verdict | None:
    """An adjective or participle of attitude governs what its preposition leads to.

    Examples
    --------
    We are dedicated to [dialogue]. -> support
    My country is opposed to [sanctions]. -> oppose
    """
    return c.decide() if c.first == "adjective" else None


def phrasal(c: Context, /) -> Verdict | None:
    """A fixed phrase takes a side: "in favour of", "at the expense of", "rather than".

    Examples
    --------
    Our delegation is in favour of [disarmament]. -> support
    They ask for talks instead of [sanctions]. -> oppose
    It was done in violation of [international law]. -> support
    """
    return c.decide() if c.first == "phrase" else None


def attributive(c: Context, /) -> Verdict | None:
    """An evaluating adjective before the target evaluates it, if nothing else decides.

    Examples
    --------
    The illegal [sanctions] continue. -> oppose
    They spoke of this senseless [war]. -> oppose
    They spoke of the tireless work of the [Security Council]. -> support
    The International Criminal [Court] met. -> neutral
    """
    for i in range(c.phrase.start, c.target.end - 1):
        found = c.s.starting_at(i, ("adjective",))
        named = i > 0 and c.s.words[i].surface[:1].isupper()  # "International Criminal Court"
        if (
            found is not None
            and not named
            and found.end <= c.target.end
            and found.cue.cue_class in {"reduce", "promote"}
        ):
            if found.cue.strength < 2 and found.cue.cue_class == "promote":
                continue
            return Verdict(found.cue.default, Chain(), (Phrase(found.start, found.end),))
    return _work_of(c)


def _work_of(c: Context, /) -> Verdict | None:
    """Return what an adjective says of the target's doings: "the tireless efforts of X"."""
    s = c.s
    of = s.left(c.phrase.start)
    head = s.left(of)
    if s.text(of) not in {"of", "by"} or not s.grammar.is_in(s.text(head), "doings"):
        return None
    for i in range(s.phrase_start(head), head):
        found = s.starting_at(i, ("adjective",))
        if found is None or found.cue.strength < 2:
            continue
        if found.cue.cue_class in {"reduce", "promote"}:
            return Verdict(found.cue.default, Chain(), (Phrase(found.start, of + 1),))
    return None
