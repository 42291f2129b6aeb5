"""Rules by the frame around the target: promise, permission, absence, goal."""

from __future__ import annotations

from discourse.stances.chain import Chain, evaluate
from discourse.stances.climbing import climb_from, climb_verb
from discourse.stances.denial import NOBODY
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.governed import attributive
from discourse.stances.rules.groups import fate, lift, passive_cue, verb_groups
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import Tag


def allowed_to_be(c: Context, /) -> Verdict | None:
    """What one lets, wants or urges to be done to the target is the holder's own doing.

    Examples
    --------
    We will not allow [peace] to be undermined. -> support
    We want [sovereignty] to be respected. -> support
    It is right for these [sanctions] to be lifted. -> oppose
    """
    s = c.s
    at = s.left(c.phrase.start)
    opened = next(
        (f for f in s.ending[at + 1] if f.cue.form == "operator" and f.cue.after == ("to",)),
        None,
    )
    to = next(
        (i for i in range(c.phrase.end, min(len(s.words), c.phrase.end + 9)) if s.tag(i) is Tag.TO),
        None,
    )
    if to is None or s.tag(s.right(to + 1)) is not Tag.BE:
        return None
    found = passive_cue(s, s.right(s.right(to + 1) + 1))
    if found is None:
        return None
    chain = Chain()
    chain.add(found)
    if opened is None:
        return _judged(c, at, found)
    chain.add(opened, "operator")
    climb_from(s, opened, chain)
    verdict = c.decide(chain)
    return verdict and verdict._replace(stance=lift(c, verdict.stance))


def _judged(c: Context, at: int, found: Found, /) -> Verdict | None:
    """Return the stance of "it is right for X to be lifted": the judgement of what is done."""
    s, word = c.s, c.s.left(at)
    if s.text(at) != "for" or not found.cue.default:
        return None
    judgement = s.ending_at(word, ("adjective", "predicate"))
    sign = judgement.cue.default if judgement is not None else 0
    sign = sign or s.grammar.sign(s.text(word), "glad", "sorry")
    sign = sign or int(s.grammar.is_in(s.text(word), "wishes"))
    if not sign:
        return None
    return Verdict(
        lift(c, sign * found.cue.effect),
        Chain(),
        (Phrase(word, at + 1), Phrase(found.start, found.end)),
    )


def renounced(c: Context, /) -> Verdict | None:
    """A promise never to do anything with the target renounces it, whatever the verb.

    Examples
    --------
    We will never start a [war]. -> oppose
    We shall never rehearse another [war]. -> oppose
    We refuse to answer [violence] in kind. -> oppose
    We must not fail to notice [intervention]. -> neutral
    We will never leave the [United Nations]. -> support
    """
    s = c.s
    verb = s.left(c.outer.start)
    while s.tag(verb) in {Tag.PREP, Tag.ADV} and verb > 0:
        verb -= 1
    if s.tag(verb) not in {Tag.VERB, Tag.ING} and s.text(s.left(verb)) != "than":
        return None
    leaves = s.grammar.is_in(base_form(s, verb), "forsaking")
    if s.grammar.is_in(base_form(s, verb), "unrenounced") and not leaves:
        return None
    chain = Chain()
    climb_verb(s, verb, chain)
    turned = sum(x.step == "operator" and x.is_a("reduce") for x in chain.links)
    failing = any(x.step == "operator" and x.is_a("harm") for x in chain.links)
    never = chain.intended and chain.negations % 2 and not turned and not failing
    if not c.own(chain) or not (never or (turned and not chain.negations)):
        return None
    spans = (*(Phrase(link.start, link.end) for link in chain.links), Phrase(verb, verb + 1))
    return Verdict(1 if leaves else -1, chain, spans)


def absent(c: Context, /) -> Verdict | None:
    """What should not exist is rejected; what one does without is missed or rejected by its frame.

    Examples
    --------
    There must be no more [wars]. -> oppose
    No [sanctions] should be imposed. -> oppose
    No more [sanctions]! -> oppose
    There can be no prosperity without [peace]. -> support
    Without [peace], development cannot last. -> support
    There should be [talks]. -> support
    Let there be [peace]. -> support
    There is no salvation outside [multilateralism]. -> support
    For lasting [peace], we must change our minds. -> support
    """
    s = c.s
    at = s.left(c.outer.start)
    if "outside" in {s.text(at), s.text(at - 1)}:
        return _outside(c, at)
    if s.text(at) == "for" and at == s.clause_start(at) and not c.chain.links:
        return _for_its_sake(c, at)
    if s.text(at) == "without":
        return _without(c, at)
    if s.text(c.outer.start) not in {"no", "neither"}:
        return _called_for(c, at)
    obliged = any(group.obliged for group in verb_groups(c))
    bare = c.outer.start == 0 and not s.finite_between(0, len(s.words))
    obliged |= bare and s.text(1) == "more"  # "No more X!"
    i = at
    while s.tag(i) in {Tag.BE, Tag.MODAL, Tag.NEG, Tag.PRON}:
        obliged |= s.grammar.is_in(s.text(i), "obligations")
        i = s.left(i)
    if not obliged:
        return None
    return Verdict(-1, c.chain, (Phrase(c.outer.start, c.outer.start + 1),))


def _without(c: Context, at: int, /) -> Verdict | None:
    """Return the verdict on what one would be poorer, or better off, without."""
    s, start = c.s, c.s.clause_start(at)
    fronted = range(c.phrase.end, min(len(s.words), c.phrase.end + 12)) if at == start else ()
    for i in fronted:  # "Without X, development cannot last"
        if s.grammar.is_in(s.text(i), "negators"):
            return Verdict(1, c.chain, (Phrase(at, at + 1), Phrase(i, i + 1)))
        come = fate(s, i)
        if come is not None:  # "Without X, we should have starved"
            return Verdict(-come.sign, c.chain, (Phrase(at, at + 1), Phrase(i, i + 1)))
    for i in range(start, at):
        loss = s.grammar.sign(s.text(i), "poorer", "richer")
        if loss:
            denied = any(s.tag(j) is Tag.NEG for j in range(start, i))
            spans = (Phrase(i, i + 1), Phrase(at, at + 1))
            return Verdict(-loss if denied else loss, c.chain, spans)
    if s.words[-1].text == "?":  # "Where would we be without X?"
        return Verdict(1, c.chain, (Phrase(at, at + 1),))
    for i in range(max(0, start - 1), at):
        impossible = s.text(i) in {"no", "cannot", "not", "never", "nothing", "impossible"}
        if impossible and s.text(i + 1) != "only":
            return Verdict(1, c.chain, (Phrase(i, i + 1), Phrase(at, at + 1)))
    return None


def _outside(c: Context, at: int, /) -> Verdict | None:
    """Return support for that outside which there is nothing: "no salvation outside X"."""
    s = c.s
    first = at if s.text(at) == "outside" else at - 1
    denied = (s.text(i) in NOBODY for i in range(s.clause_start(first), first))
    if not any(denied):
        return None
    return Verdict(1, c.chain, (Phrase(first, at + 1),))


def _for_its_sake(c: Context, at: int, /) -> Verdict | None:
    """Return support for what something must be done for: "For lasting peace, we must ..."."""
    s = c.s
    for i in range(c.outer.end, min(len(s.words), c.outer.end + 60)):
        if s.grammar.is_in(s.text(i), "obligations") or s.text(i) in {"need", "needs"}:
            return Verdict(1, c.chain, (Phrase(at, at + 1), Phrase(i, i + 1)))
    return None


def _called_for(c: Context, at: int, /) -> Verdict | None:
    """Return support for what there should or must be."""
    s = c.s
    modal = s.left(at)
    obliged = s.tag(at) is Tag.BE and s.grammar.is_in(s.text(modal), "obligations")
    let = s.text(at) == "be" and s.text(modal) == "there" and s.text(s.left(modal)) == "let"
    if not let and (not obliged or s.text(s.left(modal)) != "there"):
        return None
    return Verdict(1, c.chain, (Phrase(modal, at + 1),))


def identified(c: Context, /) -> Verdict | None:
    """A target that is said to be the goal, the answer or the problem takes on its value.

    Examples
    --------
    Our goal is lasting [peace]. -> support
    The only answer is [dialogue]. -> support
    The problem is [protectionism]. -> oppose
    What saved us from ruin was [democracy]. -> support
    What we will never accept is [interference]. -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    negations: list[int] = []
    while s.tag(at) in {Tag.NEG, Tag.MODAL}:
        negations += [at] if s.tag(at) is Tag.NEG else []
        at = s.left(at)
    if s.text(s.left(c.phrase.start)) == "but":  # "is not A but X"
        negations = []
    if not (s.tag(at) is Tag.BE or s.grammar.is_in(s.text(at), "copulas")):
        return None
    start = s.clause_start(at)
    subject = s.left(at)
    found = None
    wants = s.text(start) in {"what", "all"} and _wants(s, start, at)
    if wants:
        within = sum(s.tag(i) is Tag.NEG for i in range(start, s.left(at)))
        odd = (len(negations) + within + s.has_determiner_no(c.phrase)) % 2
        stance = -1 if odd else 1
        return Verdict(lift(c, stance), Chain(), (Phrase(subject, at + 1),))
    if s.text(start) == "what":
        stance = of_what(c, start, at)
        if stance:
            stance = -stance if len(negations) % 2 else stance
            return Verdict(lift(c, stance), Chain(), (Phrase(start, at + 1),))
    while s.tag(subject) in {Tag.NEG, Tag.MODAL, Tag.HAVE}:
        negations += [subject] if s.tag(subject) is Tag.NEG else []
        subject = s.left(subject)
    for i in range(start, subject + 1):
        found = found or s.starting_at(i, ("predicate",))
    serves = any(x.is_noun and x.cue and x.cue.words[-1] == "for" for x in c.chain.links)
    if found is None or found.end > subject + 6 or serves or _is_faulted(c):
        return None
    stance = -found.cue.effect if len(negations) % 2 else found.cue.effect
    chain = Chain()
    return Verdict(
        lift(c, stance),
        chain,
        (Phrase(found.start, found.end), *(Phrase(i, i + 1) for i in negations)),
    )


def _wants(s: Sentence, start: int, end: int, /) -> bool:
    """Tell whether a clause with "what" speaks of a wish: "what we need", "what I ask of you"."""
    verb = next((i for i in range(start + 1, end) if s.tag(i) in FINITE), end - 1)
    return any(s.grammar.is_in(s.text(i), "wanting") for i in (s.left(end), verb))


def _is_faulted(c: Context, /) -> bool:
    """Tell whether an adjective speaks against the target: "The mission was crude X"."""
    verdict = attributive(c)
    return verdict is not None and verdict.stance < 0


def of_what(c: Context, what: int, end: int, /) -> int:
    """Return what a clause with "what" says of the thing it stands for: "what saved us"."""
    s, verb = c.s, c.s.right(what + 1)
    if s.tag(verb) in FINITE:
        while s.tag(verb) in {Tag.HAVE, Tag.MODAL, Tag.BE}:
            verb = s.right(verb + 1)
        base = base_form(s, verb)
        felt = s.grammar.sign(base, "rejoicing", "regretting")
        found = s.starting_at(verb, ("subject",))
        done = s.starting_at(verb, ("verb",))
        if felt or found is not None:
            return felt or (0 if found is None else found.cue.effect)
        if done is None or s.grammar.is_in(base, "attitudes"):
            return 0
        return {"promote": 1, "harm": -1, "blame": -1}.get(done.cue.cue_class, 0)
    for i in range(verb, end):
        done = s.starting_at(i, ("verb",)) if s.tag(i) is Tag.VERB else None
        felt = s.grammar.is_in(base_form(s, i), "attitudes")
        if done is not None and felt and done.cue.default:
            chain = Chain()
            chain.add(done)
            climb_verb(s, i, chain)
            return evaluate(chain, own=c.own(chain))
    return 0
