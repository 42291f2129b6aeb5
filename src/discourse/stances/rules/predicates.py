"""Rules by what is said of the target as the subject of its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from discourse.stances.chain import Chain, evaluate
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.deeds import acting
from discourse.stances.rules.groups import (
    Group,
    deserts,
    evaluation,
    judgement,
    lift,
    participle,
    passive_cue,
    predicated,
    turned,
    value_after,
    verb_groups,
)
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


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
    [Sanctions] cannot be justified. -> oppose
    [Dialogue] must not be allowed to fail. -> support
    [Free trade] is trusted by nobody. -> oppose
    """
    return _first(_passive, c)


def _passive(c: Context, group: Group, /) -> Verdict | None:
    if not group.be or not participle(c.s, group.main):
        return None
    let = _let(c, group)
    if let is not None:
        return let
    found = passive_cue(c.s, group.main)
    if found is None or not found.cue.default:
        return _wielded(c, group)
    if base_form(c.s, found.start) in {"fight", "wage"} and (wielded := _wielded(c, group)):
        return wielded
    if _is_no_judgement(c, group, found):
        return None
    chain = Chain()
    chain.add(found)
    for i in group.negations:
        chain.negate(i)
    chain.obliged, chain.intended = group.obliged, group.intended
    stance = _done_to(c, group, found, chain)
    if not stance:
        return None
    chain.links.clear()
    chain.subject = _by_whom(c.s, found.end)
    return predicated(group, found, lift(c, stance), chain)


def _is_no_judgement(c: Context, group: Group, found: Found, /) -> bool:
    """Tell whether a verb in the passive takes no side: habits, "fought", "addressed"."""
    s, base, inner = c.s, base_form(c.s, found.start), c.chain.innermost
    if any(s.grammar.is_in(s.text(i), "habits") for i in range(group.start, group.main)):
        return True  # "is often condemned" tells of others, whoever they are
    if base in {"fight", "wage"} and c.chain.links:
        return True  # "the battle against X is fought" says nothing against the battle
    weak = found.cue.strength == 1 and found.cue.cue_class == "reduce"
    if weak and inner is not None and inner.is_noun and inner.default > 0:
        return True  # "the financing of X is addressed"
    # "cannot be imposed" tells how the thing comes about
    return base in {"dictate", "impose"} and any(s.text(i) == "cannot" for i in group.negations)


def _let(c: Context, group: Group, /) -> Verdict | None:
    """Return what is meant by what a thing must, or must not, be let do: "be allowed to fail"."""
    s, to = c.s, c.s.right(group.main + 1)
    if base_form(s, group.main) not in {"allow", "permit"} or s.tag(to) is not Tag.TO:
        return None
    verb = s.right(to + 1)
    found = s.starting_at(verb, ("subject",))
    if s.tag(s.right(verb + 1)) in NOMINAL:
        return None
    exists = s.grammar.is_in(base_form(s, verb), "existing", "spreading")
    sign = 1 if exists else (found.cue.effect if found is not None else 0)
    if not sign:
        return None
    spans = (Phrase(group.start, group.main + 1), Phrase(verb, verb + 1))
    return Verdict(lift(c, -sign if len(group.negations) % 2 else sign), Chain(), spans)


def _done_to(c: Context, group: Group, found: Found, chain: Chain, /) -> int:
    """Return the stance toward what a thing is done to."""
    s, cue, base = c.s, found.cue, base_form(c.s, found.start)
    if base in {"fight", "wage"}:  # a war must not be fought, an evil must be
        return -1
    stance = evaluate(chain)
    missed = not s.grammar.is_in(base, "attitudes", "vindicating", "excusing")
    if cue.cue_class == "promote" and group.negations and not group.obliged and missed:
        stance = 1
    if cue.cue_class in {"harm", "blame"} and group.obliged and not group.negations:
        stance = cue.effect  # what must be done to it is meant
    return -stance if _by_nobody(s, found.end) else stance


def _by_nobody(s: Sentence, i: int, /) -> bool:
    """Tell whether a passive names nobody as doer: "is trusted by nobody", "is owed to no one"."""
    agent = i + (s.text(i) in {"by", "to"})
    return s.text(agent) in {"no", "nobody", "none", "nothing"}


def _by_whom(s: Sentence, start: int, /) -> Phrase | None:
    """Return who does what a passive tells of, if "by" names somebody."""
    near = range(start, min(start + 4, len(s.words)))
    by = next((i for i in near if s.text(i) == "by"), None)
    if by is None or s.tag(by + 1) not in NOMINAL | {Tag.PRON}:
        return None
    return Phrase(by + 1, max(by + 2, s.noun_phrase_end(by + 1)))


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
    Isn't [dialogue] the only way out? -> support
    """
    return _first(_copular, c)


def _copular(c: Context, group: Group, /) -> Verdict | None:
    if not group.be:
        return None
    if _is_progressive(c.s, group.main):
        return None  # "is facing a challenge", "is choking our cities"
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
    # Under an obligation it tells what is to be done: "must be overcome".
    harm = found.cue.cue_class == "harm" and not found.cue.leads_on
    befallen = {"us", "them", "people"}  # "makes us helpless"
    harm &= befallen.isdisjoint(c.s.text(i) for i in range(group.start, found.start))
    regretted = harm and not (group.obliged and participle(c.s, group.main))
    stance = found.cue.default if regretted else judgement(found)
    found, contrasted = _after_but(c.s, group, found)
    stance = judgement(found) if contrasted else stance
    denying = {"no", "nothing", "little"}
    negations = sum(c.s.text(i) in denying for i in range(group.main, found.start))
    apart = [i for i in group.negations if not found.start <= i < found.end]
    negations += 0 if contrasted else len(apart)
    negations += found.cue.words == ("worth",) and _is_little(c.s, found.end)
    leads = found.end + (c.s.text(found.end) == "of")
    negations += leads > found.start + 1 and c.s.text(leads) in {"no", "nothing"}
    if negations % 2 and not regretted:
        stance = -stance
    return predicated(group, found, lift(c, stance), Chain())


def _is_progressive(s: Sentence, i: int, /) -> bool:
    """Tell whether a word after "be" is a verb in the progressive, no predicate."""
    if s.tag(i) is not Tag.ING:
        return False
    has_object = s.tag(s.right(i + 1)) in {Tag.DET, Tag.POSS} or s.text(i + 1) in {"us", "them"}
    return has_object or s.starting_at(i, ("adjective",)) is None


def _is_little(s: Sentence, i: int, /) -> bool:
    """Tell whether an amount is as good as none: "very little", "nothing", "next to nothing"."""
    i = s.right(i)
    i += s.text(i) in {"very", "precious", "so"}
    return s.text(i) in {"little", "nothing"} or (s.text(i), s.text(i + 1)) == ("next", "to")


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
    [Sanctions] deserve to be dropped. -> oppose
    """
    return _first(_subject_of, c)


def _subject_of(c: Context, group: Group, /) -> Verdict | None:
    s = c.s
    staying = s.grammar.is_in(base_form(s, group.main), "staying")
    if group.obliged and staying:  # "must stay", "must not go on"
        span = Phrase(group.start, group.main + 1)
        return Verdict(lift(c, turned(group, 1)), Chain(), (span,))
    places = range(group.start, group.main + 1)
    found = next((f for i in reversed(places) if (f := s.starting_at(i, ("subject",)))), None)
    if found is None:
        return _received(c, group) or acting(c, group)
    if found.cue.strength == 1 and not _weak_subject_holds(s, group, found):
        return None
    stance = _told(c, group, found)
    return predicated(group, found, lift(c, stance), Chain()) if stance else None


def _told(c: Context, group: Group, found: Found, /) -> int:
    """Return what a predicate tells of its subject: +1, -1, or 0 if it leaves it open."""
    s, cue = c.s, found.cue
    if deserts(s, group):
        return deserts(s, group)
    if cue.cue_class in {"promote", "reduce"} and _supposed(s, c.outer.start):
        return 0  # "wherever X takes root" does not say that it should
    negated = sum(not found.start <= i < found.end for i in group.negations) % 2 == 1
    negated ^= s.text(s.right(found.end)) in {"no", "nobody", "nothing", "little"}
    decays = cue.cue_class in {"harm", "blame"}
    thrives = cue.cue_class == "promote" and s.grammar.is_in(base_form(s, found.start), "thriving")
    if negated and thrives and any(s.text(i) == "cannot" for i in group.negations):
        return 0
    stance = _fares(c, group, found)
    return -stance if negated and (group.obliged or not (decays or thrives)) else stance


def _fares(c: Context, group: Group, found: Found, /) -> int:
    """Return what a predicate tells of its subject, whatever negates it.

    Decay is regretted ("crumbles", "has not crumbled") unless it must or must not be.
    """
    s, cue = c.s, found.cue
    if cue.cue_class == "promote":
        return -1 if _badly(s, found) else 1
    if cue.cue_class == "reduce":
        return cue.default
    if _befalls(s, found):
        return -1  # "drowns our villages", not "drowns"
    aimed_at = group.obliged or s.text(s.left(c.outer.start)) == "until"  # "not rest until X ends"
    return cue.effect if aimed_at else cue.default


def _befalls(s: Sentence, found: Found, /) -> bool:
    """Tell whether a verb of decay has an object, which is what decays."""
    alone = found.end == found.start + 1
    if not alone or s.grammar.is_in(base_form(s, found.start), "undergone"):
        return False
    at = s.right(found.end)
    return s.tag(at) in {Tag.DET, Tag.POSS} or s.text(at) in {"us", "them"}


def _badly(s: Sentence, found: Found, /) -> bool:
    """Tell whether what a thing does is done badly: "works poorly", "serves us ill"."""
    near = range(found.end, found.end + 3)
    return any(s.grammar.is_in(s.text(i), "badly") for i in near)


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


def _weak_subject_holds(s: Sentence, group: Group, found: Found, /) -> bool:
    """Tell whether an ambiguous verb evaluates its subject: "must end", "works" without object."""
    if found.cue.cue_class in {"harm", "blame"}:
        return True
    if found.cue.cue_class == "reduce":
        return group.obliged
    following = s.right(found.end)
    return s.tag(following) in {None, Tag.COMMA, Tag.STOP, Tag.CC}
