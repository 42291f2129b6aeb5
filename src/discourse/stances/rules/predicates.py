"""Rules by what is said of the target as the subject of its clause."""

from __future__ import annotations

from collections.abc import Iterator

from discourse.stances.chain import Chain
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.deeds import acting
from discourse.stances.rules.groups import (
    deserts,
    evaluation,
    fate,
    judgement,
    lift,
    participle,
    predicated,
    turned,
    value_after,
)
from discourse.stances.rules.passives import first_of, is_reported
from discourse.stances.rules.verbgroups import Group
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


def copular(c: Context, /) -> Verdict | None:
    """An adjective or noun said of the target evaluates it.

    Examples
    --------
    [Dialogue] is the only way out. -> support
    Such [sanctions] are unacceptable. -> oppose
    [War] is no answer. -> oppose
    [Migration] is not a threat. -> support
    Isn't [dialogue] the only way out? -> support
    Not only is [protectionism] a threat, it is futile. -> oppose
    [Immigration] should be seen as a blessing. -> support
    [Sanctions] turned out to be anything but humane. -> oppose
    [Sanctions] are the reason why our children starve. -> oppose
    [Dialogue] is no longer an option but a necessity. -> support
    [Sanctions] are often described as a blessing. -> neutral
    """
    return first_of(_copular, c)


def _copular(c: Context, group: Group, /) -> Verdict | None:
    if not group.be:
        return None
    if _is_progressive(c.s, group.main):
        return None  # "is facing a challenge", "is choking our cities"
    if is_reported(c.s, group):
        return None
    found = evaluation(c.s, _predicate_start(c.s, group))
    if found is None:
        found = evaluation(c.s, group.start + 1)
    because = _because(c, group)
    if because is not None or found is None:
        return because or _worth(c, group)
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


def _predicate_start(s: Sentence, group: Group, /) -> int:
    """Return where the predicate begins: after "as" in "is regarded as a blessing"."""
    named = s.grammar.is_in(s.text(group.main), "naming") and s.text(group.main + 1) == "as"
    return group.main + 2 if named else group.main


def _because(c: Context, group: Group, /) -> Verdict | None:
    """Return the verdict on what is the reason of a good or an evil: "is why we are poorer"."""
    s = c.s
    at = next((i for i in range(group.main, group.main + 4) if s.text(i) in _REASONS), None)
    if at is None or group.negations:
        return None
    value = value_after(s, at + 1)
    rest = range(at + 1, min(len(s.words), at + 12))
    value = value or next((v for i in rest if (v := fate(s, i)) is not None), None)
    if value is None:
        return None
    spans = (Phrase(at, at + 1), Phrase(value.place, value.place + 1))
    return Verdict(lift(c, value.sign), Chain(), spans)


_REASONS = frozenset({"cause", "reason", "responsible", "why"})


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
        if any(s.text(i) == "but" for i in range(group.main, found.start)):
            return found, True  # "is no option but a duty"
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
    [Sanctions] never work. -> oppose
    The [violence] must end. -> oppose
    [Democracy] is under attack. -> support
    [Sanctions] deserve to be dropped. -> oppose
    The [Paris Agreement] has no teeth. -> oppose
    It was not [free trade] that ruined our farmers. -> support
    [Sanctions] have met with universal condemnation. -> oppose
    [Free trade] has my unqualified support. -> support
    It was not force but [dialogue] that saved us from ruin. -> support
    """
    return first_of(_subject_of, c)


def _subject_of(c: Context, group: Group, /) -> Verdict | None:
    s = c.s
    in_force = s.text(group.main) == "in" and s.text(group.main + 1) in {"force", "place"}
    staying = s.grammar.is_in(base_form(s, group.main - in_force), "staying")
    if group.obliged and staying:  # "must stay", "must not go on"
        span = Phrase(group.start, group.main + 1)
        return Verdict(lift(c, turned(group, 1)), Chain(), (span,))
    places = range(group.start, group.main + 1)
    found = next((f for i in reversed(places) if (f := s.starting_at(i, ("subject",)))), None)
    received = _received(c, group) if found is None or found.end == found.start + 1 else None
    if received is not None or found is None:
        return received or acting(c, group)
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
    inner = {s.text(i) for i in range(found.start, found.end)}.difference(cue.words)
    negated ^= not inner.isdisjoint({"no", "little", "few"})  # "has no teeth"
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
    s, verb = c.s, group.main
    verb -= s.tag(verb - 1) is Tag.HAVE and s.tag(verb) in NOMINAL  # "has our support"
    if group.be or not s.grammar.is_in(base_form(s, verb), "receiving"):
        return None
    start = s.right(verb + 1)
    start += s.tag(start) is Tag.PREP  # "meets with our approval"
    end = s.noun_phrase_end(start)
    cues = (x for x in s.lexicon.by_head.get(s.text(end - 1), ()) if x.form == "noun" and x.default)
    cue = next((x for x in cues if x.strength > 1), None)
    if end == start or cue is None or not _is_felt(s, start, end, verb):
        return None
    stance = -1 if cue.cue_class != "promote" else 1
    denied = len(group.negations) + (s.text(start) in {"no", "little"})
    spans = [Phrase(verb, end), *(Phrase(i, i + 1) for i in group.negations)]
    chain = Chain()
    if s.tag(start) is Tag.POSS:
        chain.subject = Phrase(start, start + 1)
    return Verdict(lift(c, -stance if denied % 2 else stance), chain, tuple(spans))


def _is_felt(s: Sentence, start: int, end: int, verb: int, /) -> bool:
    """Tell whether a feeling is somebody's, or nobody's: "our support", "no support"."""
    if s.text(end) == "of" and s.tag(s.right(end + 1)) not in {Tag.DET, Tag.POSS}:
        return False
    wide = s.tag(start) is Tag.ADJ and s.tag(verb) is not Tag.HAVE  # "met with wide opposition"
    whose = s.text(start) in {"no", "little", "full", "the", "every"}
    return wide or whose or s.tag(start) is Tag.POSS


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
