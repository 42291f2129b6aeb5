"""Rules by what is said of the target as the subject of its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from discourse.stances.chain import Chain, evaluate
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import (
    Group,
    evaluation,
    lift,
    participle,
    passive_cue,
    value_after,
    verb_groups,
)
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


def _predicated(group: Group, found: Found, stance: int, chain: Chain, /) -> Verdict:
    """Return the verdict of a predicate whose subject is the target."""
    spans = [Phrase(found.start, found.end), *(Phrase(i, i + 1) for i in group.negations)]
    spans += [Phrase(link.start, link.end) for link in chain.links]
    chain.obliged, chain.intended = group.obliged, group.intended
    return Verdict(stance, chain, tuple(spans))


def _first(read: Callable[[Context, Group], Verdict | None], c: Context, /) -> Verdict | None:
    """Return the first verdict that the verb groups of the target give."""
    return next((v for g in verb_groups(c) if (v := read(c, g)) is not None), None)


def passive(c: Context, /) -> Verdict | None:
    """A passive turns its subject into the object of the verb.

    A good that is negated without obligation ("is no longer respected") is missed by who says so.

    Examples
    --------
    [Sovereignty] must be respected. -> support
    [Sanctions] must be lifted. -> oppose
    [International law] is no longer respected. -> support
    [Peace] was undermined by these acts. -> support
    [Nuclear weapons] must never be used. -> oppose
    """
    return _first(_passive, c)


def _passive(c: Context, group: Group, /) -> Verdict | None:
    if not group.be or not participle(c.s, group.main):
        return None
    found = passive_cue(c.s, group.main)
    if found is None or not found.cue.default:
        return _wielded(c, group)
    if any(c.s.grammar.is_in(c.s.text(i), "habits") for i in range(group.start, group.main)):
        return None  # "is often condemned" tells of others, whoever they are
    chain = Chain()
    chain.add(found)
    for i in group.negations:
        chain.negate(i)
    chain.obliged, chain.intended = group.obliged, group.intended
    stance = evaluate(chain)
    if base_form(c.s, found.start) in {"fight", "wage"} and c.chain.links:
        return None  # "the battle against X is fought" says nothing against the battle
    if found.cue.cue_class == "promote" and group.negations and not group.obliged:
        stance = 1
    if found.cue.cue_class in {"harm", "blame"} and group.obliged and not group.negations:
        stance = found.cue.effect  # what must be done to it is meant
    chain.links.clear()
    by = next(
        (i for i in range(found.end, min(found.end + 4, len(c.s.words))) if c.s.text(i) == "by"),
        None,
    )
    if by is not None and c.s.tag(by + 1) in NOMINAL | {Tag.PRON}:
        chain.subject = Phrase(by + 1, max(by + 2, c.s.noun_phrase_end(by + 1)))
    return _predicated(group, found, lift(c, stance), chain)


def _wielded(c: Context, group: Group, /) -> Verdict | None:
    """Return opposition to what must not be used, waged or repeated."""
    forbidden = group.obliged and len(group.negations) % 2
    if not forbidden or not c.s.grammar.is_in(base_form(c.s, group.main), "wielding"):
        return None
    spans = (Phrase(group.main, group.main + 1), *(Phrase(i, i + 1) for i in group.negations))
    return Verdict(lift(c, -1), Chain(), spans)


def copular(c: Context, /) -> Verdict | None:
    """An adjective or noun said of the target evaluates it.

    Examples
    --------
    [Dialogue] is the only way out. -> support
    Such [sanctions] are unacceptable. -> oppose
    [War] is no answer. -> oppose
    [Migration] is not a threat. -> support
    """
    return _first(_copular, c)


def _copular(c: Context, group: Group, /) -> Verdict | None:
    if not group.be:
        return None
    if c.s.tag(group.main) is Tag.ING and c.s.starting_at(group.main, ("adjective",)) is None:
        return None  # a progressive, "is facing a challenge", is no copula
    found = evaluation(c.s, group.start + 1)
    if found is None or found.end <= group.main:
        found = evaluation(c.s, group.main)
    if found is None:
        return _worth(c, group)
    if any(
        f.cue.form == "subject" and f.start < f.end - 1 >= group.main
        for f in _subject_cues(c.s, group)
    ):
        return None  # "is under attack" is no evaluation
    # "endangered", "in ruins" is said of a good, "harmful to us" of an evil.
    regretted = found.cue.cue_class == "harm" and not found.cue.leads_on
    stance = found.cue.default if regretted else found.cue.effect
    found, contrasted = _after_but(c.s, group, found)
    stance = found.cue.effect if contrasted else stance
    negations = sum(c.s.text(i) in {"no", "nothing"} for i in range(group.main, found.start))
    negations += 0 if contrasted else len(group.negations)
    negations += c.s.text(found.end) == "of" and c.s.text(found.end + 1) in {"no", "nothing"}
    if negations % 2 and not regretted:
        stance = -stance
    return _predicated(group, found, lift(c, stance), Chain())


def _worth(c: Context, group: Group, /) -> Verdict | None:
    """Return what a good or evil that the target is said to be tells of it: "a sign of health"."""
    if participle(c.s, group.main):
        return None
    value = value_after(c.s, group.main, group.main + 8)
    if value is None:
        return None
    sign = -value.sign if len(group.negations) % 2 else value.sign
    found = Phrase(value.place, value.place + 1)
    spans = (found, *(Phrase(i, i + 1) for i in group.negations))
    return Verdict(lift(c, sign), Chain(), spans)


def _subject_cues(s: Sentence, group: Group, /) -> Iterator[Found]:
    """Yield the predicates that begin in a verb group."""
    for i in range(group.start, group.main + 1):
        found = s.starting_at(i, ("subject",))
        if found is not None:
            yield found


def _after_but(s: Sentence, group: Group, found: Found, /) -> tuple[Found, bool]:
    """Return the second predicate of "is not A but B", and whether there is one."""
    if group.negations:
        for i in range(found.end, min(len(s.words), found.end + 8)):
            if s.text(i) == "but":
                second = evaluation(s, i + 1)
                return (found, False) if second is None else (second, True)
    return found, False


def subject_of(c: Context, /) -> Verdict | None:
    """What the target does, or what becomes of it, evaluates it.

    Examples
    --------
    [Sanctions] have failed. -> oppose
    [Multilateralism] works. -> support
    The [violence] must end. -> oppose
    [Democracy] is under attack. -> support
    """
    return _first(_subject_of, c)


def _subject_of(c: Context, group: Group, /) -> Verdict | None:
    s = c.s
    staying = s.grammar.is_in(base_form(s, group.main), "staying")
    if group.obliged and staying:  # "must stay", "must not go on"
        stance = -1 if len(group.negations) % 2 else 1
        return Verdict(lift(c, stance), Chain(), (Phrase(group.start, group.main + 1),))
    places = range(group.start, group.main + 1)
    found = next((f for i in reversed(places) if (f := s.starting_at(i, ("subject",)))), None)
    if found is None:
        return _received(c, group) or _acting(c, group)
    if found.cue.strength == 1 and not _weak_subject_holds(s, group, found):
        return None
    negated = sum(not found.start <= i < found.end for i in group.negations) % 2 == 1
    negated ^= s.text(s.right(found.end)) in {"no", "nobody", "nothing", "little"}
    if found.cue.cue_class == "promote" and _supposed(s, c.outer.start):
        return None  # "wherever X takes root" does not say that it should
    # Decay is regretted ("crumbles", "has not crumbled") unless it must or must not be.
    decays = found.cue.cue_class in {"harm", "blame"}
    stance = found.cue.effect if decays and group.obliged else found.cue.default
    thrives = found.cue.cue_class == "promote" and s.grammar.is_in(
        base_form(s, found.start), "thriving"
    )
    if negated and thrives and any(s.text(i) == "cannot" for i in group.negations):
        return None
    if negated and (group.obliged or not (decays or thrives)):
        stance = -stance
    return _predicated(group, found, lift(c, stance), Chain())


def _received(c: Context, group: Group, /) -> Verdict | None:
    """Return what is felt for the target: it "has our backing", it "deserves our scorn"."""
    s = c.s
    if group.be or not s.grammar.is_in(base_form(s, group.main), "receiving"):
        return None
    start = s.right(group.main + 1)
    start += s.tag(start) is Tag.PREP  # "meets with our approval"
    end = s.noun_phrase_end(start)
    cues = (x for x in s.lexicon.by_head.get(s.text(end - 1), ()) if x.form == "noun" and x.default)
    cue = next((x for x in cues if x.strength > 1), None)
    if end == start or cue is None or s.text(end) == "of" or not _is_felt(s, start):
        return None
    stance = -1 if cue.cue_class != "promote" else 1
    denied = len(group.negations) + (s.text(start) in {"no", "little"})
    spans = [Phrase(group.main, end), *(Phrase(i, i + 1) for i in group.negations)]
    chain = Chain()
    if s.tag(start) is Tag.POSS:
        chain.subject = Phrase(start, start + 1)
    return Verdict(lift(c, -stance if denied % 2 else stance), chain, tuple(spans))


def _is_felt(s: Sentence, start: int, /) -> bool:
    """Tell whether a feeling is somebody's, or nobody's: "our support", "no support"."""
    return s.tag(start) is Tag.POSS or s.text(start) in {"no", "little", "full", "the", "every"}


def _supposed(s: Sentence, start: int, /) -> bool:
    """Tell whether a clause is a mere supposition."""
    return s.text(s.left(start)) in {
        "if",
        "once",
        "wherever",
        "where",
        "whenever",
        "unless",
        "whether",
    }


def _acting(c: Context, group: Group, /) -> Verdict | None:
    """Return what a verb says of the target that does it: harm speaks against, help for it."""
    s = c.s
    found = s.starting_at(group.main, ("verb",))
    if found is None or group.be or s.tag(group.main) is not Tag.VERB:
        return None
    if found.cue.cue_class in {"harm", "blame"}:
        stance = -1
    elif found.cue.cue_class == "promote" and _helps(s, found):
        stance = 1
    else:
        return None
    stance = -stance if len(group.negations) % 2 else stance
    return _predicated(group, found, lift(c, stance), Chain())


def _helps(s: Sentence, found: Found, /) -> bool:
    """Tell whether a verb of promotion is a deed done to people and things, no evil, no target."""
    base = base_form(s, found.start)
    if found.cue.strength < 2 or s.grammar.is_in(base, "attitudes", "causing"):
        return False
    end = s.noun_phrase_end(found.end)
    if end == found.end and s.tag(end) is not Tag.PRON:
        return False
    if any(t.start < end and t.end > found.end for t in s.targets):
        return False
    return not s.grammar.is_in(s.text(end - 1), "evils")


def _weak_subject_holds(s: Sentence, group: Group, found: Found, /) -> bool:
    """Tell whether an ambiguous verb evaluates its subject: "must end", "works" without object."""
    if found.cue.cue_class in {"harm", "blame"}:
        return True
    if found.cue.cue_class == "reduce":
        return group.obliged
    following = s.right(found.end)
    return s.tag(following) in {None, Tag.COMMA, Tag.STOP, Tag.CC}
