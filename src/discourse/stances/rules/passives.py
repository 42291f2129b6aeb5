"""Rules by what is done to the target, the subject of a passive."""

from __future__ import annotations

from collections.abc import Callable

from discourse.stances.chain import Chain, evaluate
from discourse.stances.denial import NOBODY
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import lift, participle, passive_cue, predicated, verb_groups
from discourse.stances.rules.verbgroups import Group
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


def first_of(read: Callable[[Context, Group], Verdict | None], c: Context, /) -> Verdict | None:
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
    [Dialogue] cannot be praised highly enough. -> support
    """
    return first_of(_passive, c)


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
    if is_reported(c.s, group) or _is_no_judgement(c, group, found):
        return None
    chain = Chain()
    chain.add(found)
    for i in () if _has_no_bounds(c.s, group, found.end) else group.negations:
        chain.negate(i)
    chain.obliged, chain.intended = group.obliged, group.intended
    stance = _done_to(c, group, found, chain)
    chain.links.clear()
    chain.subject = _by_whom(c.s, found.end)
    return predicated(group, found, lift(c, stance), chain)


def _has_no_bounds(s: Sentence, group: Group, end: int, /) -> bool:
    """Tell whether a denial is of a limit: "cannot be praised highly enough", "too often"."""
    able = any(s.text(i) == "cannot" or s.text(i - 1) in {"can", "could"} for i in group.negations)
    return able and any(s.text(i) in {"enough", "too", "sufficiently"} for i in range(end, end + 3))


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


def _is_no_judgement(c: Context, group: Group, found: Found, /) -> bool:
    """Tell whether a verb in the passive takes no side: "fought", "addressed", "is being met"."""
    s, base, inner = c.s, base_form(c.s, found.start), c.chain.innermost
    if found.cue.strength == 1 and s.text(group.main - 1) == "being" and not group.obliged:
        return True
    if base in {"fight", "wage"} and c.chain.links:
        return True  # "the battle against X is fought" says nothing against the battle
    weak = found.cue.strength == 1 and found.cue.cue_class == "reduce"
    if weak and inner is not None and inner.is_noun and inner.default > 0:
        return True  # "the financing of X is addressed"
    # "cannot be imposed" tells how the thing comes about
    return base in {"dictate", "impose"} and any(s.text(i) == "cannot" for i in group.negations)


def _done_to(c: Context, group: Group, found: Found, chain: Chain, /) -> int:
    """Return the stance toward what a thing is done to."""
    s, cue, base = c.s, found.cue, base_form(c.s, found.start)
    if base in {"fight", "wage"}:  # a war must not be fought, an evil must be
        return -1
    stance = evaluate(chain)
    missed = not s.grammar.is_in(base, "attitudes", "vindicating", "excusing")
    if cue.cue_class == "promote" and chain.negations and not group.obliged and missed:
        stance = 1
    if cue.cue_class in {"harm", "blame"} and group.obliged and not group.negations:
        stance = cue.effect  # what must be done to it is meant
    return -stance if _by_nobody(s, found.end) else stance


def _by_nobody(s: Sentence, i: int, /) -> bool:
    """Tell whether a passive names nobody as doer: "is trusted by nobody", "is owed to no one"."""
    agent = i + (s.text(i) in {"by", "to"})
    return s.text(agent) in NOBODY


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


def is_reported(s: Sentence, group: Group, /) -> bool:
    """Tell whether a passive tells of others, whoever they are: "is often condemned"."""
    usual = any(s.grammar.is_in(s.text(i), "habits") for i in range(group.start, group.main))
    return usual and participle(s, group.main)
