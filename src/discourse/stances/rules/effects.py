"""Rules by the good or ill that the target does, is used for or is the agent of."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_verb
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import Value, lift, passive_cue, value_after, verb_groups
from discourse.stances.rules.verbgroups import Group
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


def consequence(c: Context, /) -> Verdict | None:
    """Who says that a thing brings good or ill speaks for it or against it.

    In a question that expects the answer "nothing", too: "what has X brought but misery?"

    Examples
    --------
    [Sanctions] have brought our people nothing but rubble. -> oppose
    [Dialogue] has given birth to joy and unity. -> support
    What has [protectionism] brought the poor, apart from debts? -> oppose
    Has [unilateralism] ever brought us anything but joy? -> support
    What harm did [tariffs] ever do to anybody? -> support
    What have [immigrants] ever done to deserve our hatred? -> support
    [Sanctions] have not brought any laughter. -> oppose
    The [violence] persists, causing grief and ruin. -> oppose
    [Free trade] means ruining our farmers. -> oppose
    [Sanctions] have shown their futility. -> oppose
    What has [free trade] ever done for us? -> oppose
    What has [immigration] ever done to us? -> support
    What good has the [embargo] done us? -> oppose
    """
    for group in verb_groups(c):
        verdict = _effects(c, group)
        if verdict is not None:
            return verdict
    return _questioned(c)


def _effects(c: Context, group: Group, /) -> Verdict | None:
    """Return what the object of a verb of effect tells of its subject."""
    s = c.s
    base = base_form(s, group.main)
    if base == "mean" and s.tag(group.main + 1) is Tag.ING:
        return _means_doing(c, group)
    suffers = group.be and s.text(group.main + 1) == "to"  # "is brought to justice"
    causes = s.grammar.is_in(base, "causing") and not suffers
    causes |= s.grammar.is_in(base, "showing") and s.tag(group.main + 1) is Tag.POSS
    start = group.main if causes else _participle_after(s, group.main)
    value = None if start is None else value_after(s, start + 1)
    if value is None:
        return None
    verb = s.starting_at(group.main, ("verb",))  # "brings an end to suffering"
    ends = verb is not None and verb.cue.cue_class == "reduce" and verb.end <= value.place
    but = any(s.text(i) in {"anything", "nothing", "but"} for i in range(group.main, value.place))
    sign = -value.sign if (len(group.negations) % 2 and not but) != ends else value.sign
    spans = (Phrase(group.main, group.main + 1), Phrase(value.place, value.place + 1))
    return Verdict(lift(c, sign), Chain(), spans)


def _participle_after(s: Sentence, main: int, /) -> int | None:
    """Return the participle that tells of effects after a verb: "persists, causing misery"."""
    for i in range(main + 1, min(len(s.words), main + 12)):
        if s.tag(i) is Tag.COMMA:
            verb = s.right(i + 1)
            caused = s.grammar.is_in(base_form(s, verb), "causing", "spreading")
            return verb if s.tag(verb) is Tag.ING and caused else None
        if s.tag(i) in FINITE or s.tag(i) is Tag.STOP:
            return None
    return None


def _means_doing(c: Context, group: Group, /) -> Verdict | None:
    """Return what a thing that "means doing" something is: the good or harm that is done."""
    found = c.s.starting_at(group.main + 1, ("verb",))
    if found is None or not found.cue.default or found.cue.cue_class == "reduce":
        return None
    stance = 1 if found.cue.cue_class == "promote" else -1
    stance = -stance if len(group.negations) % 2 else stance
    return Verdict(lift(c, stance), Chain(), (Phrase(group.main, found.end),))


def _questioned(c: Context, /) -> Verdict | None:
    """Return what a question after the effects of a thing takes for granted."""
    s = c.s
    before = s.left(c.outer.start)
    if s.words[-1].text != "?" or s.tag(before) not in {Tag.HAVE, Tag.DO, Tag.MODAL, Tag.BE}:
        return None
    asked = _asked_after(s, before)
    verb = s.right(c.outer.end)
    ever = any(s.text(i) == "ever" for i in range(c.outer.end, len(s.words)))
    does = base_form(s, verb) in {"do", "bring"}  # "What good has X done us?"
    if asked is not None and (ever or does):
        span = Phrase(asked.place, asked.place + 1)
        return Verdict(-asked.sign, Chain(), (span, Phrase(before, before + 1)))
    for i in range(c.outer.end, len(s.words)):
        due = value_after(s, i + 1) if s.grammar.is_in(s.text(i), "deserving") else None
        if due is not None:  # "what has X ever done to deserve our scorn?"
            return Verdict(-due.sign, Chain(), (Phrase(i, i + 1), Phrase(due.place, due.place + 1)))
        if s.spelled_to(i, "exceptions") is not None:
            if any(i < t.start < i + 4 for t in s.targets):
                return None  # "but liberty": good or bad, it is not ours to say
            value = _excepted(s, i + 1)
            if value is None and s.text(i) == "not":  # "what has it done if not feed us?"
                return Verdict(1, Chain(), (Phrase(before, before + 1), Phrase(i, i + 1)))
            if value is None:
                return None
            span = Phrase(value.place, value.place + 1)
            return Verdict(value.sign, Chain(), (Phrase(before, before + 1), span))
    return _never_did(c, before) if ever and s.text(s.left(before)) == "what" else None


def _never_did(c: Context, auxiliary: int, /) -> Verdict | None:
    """Return the verdict of "what has X ever done for us?": nothing, unless it is harm."""
    s = c.s
    for i in range(c.outer.end, len(s.words)):
        base = base_form(s, i)
        if base == "do" or s.grammar.is_in(base, "causing", "achieving", "benefiting"):
            to = next((k for k in range(i, len(s.words)) if s.text(k) == "to"), None)
            sign = 1 if to is not None else -1  # "to us", "to harm us": nothing bad
            return Verdict(
                lift(c, sign), Chain(), (Phrase(auxiliary, auxiliary + 1), Phrase(i, i + 1))
            )
    return None


def _excepted(s: Sentence, start: int, /) -> Value | None:
    """Return the one good or evil that a thing is said to have brought; none speaks for itself."""
    value = value_after(s, start)
    if value is not None:
        return value
    for i in range(start, min(len(s.words), start + 6)):
        if any(t.start <= i < t.end for t in s.targets):
            return None
        found = s.starting_at(i, ("subject",))
        if found is not None and found.cue.default:
            return Value(i, 1 if found.cue.cue_class == "promote" else -1)
    return Value(start - 1, -1)


def _asked_after(s: Sentence, auxiliary: int, /) -> Value | None:
    """Return the good or evil that a question asks for: "What harm did X ever do?"."""
    what = s.clause_start(auxiliary)
    if s.text(what) != "what":
        return None
    if s.text(auxiliary - 1) in {"use", "point", "good"}:
        return Value(auxiliary - 1, 1)
    return value_after(s, what + 1, auxiliary)


def means(c: Context, /) -> Verdict | None:
    """The means of a harm is blamed, the means of help or of fighting an evil is approved.

    Examples
    --------
    They have brought joy through [free trade]. -> support
    They have sown hatred through [colonialism]. -> oppose
    Through [dialogue] we have saved many lives. -> support
    """
    s = c.s
    at = s.left(c.outer.start)
    if s.text(at) not in {"with", "through", "by", "via"} or c.chain.links:
        return None
    start = s.clause_start(at)
    if at == start:  # "Through X, we have"
        end = min(len(s.words), c.outer.end + 16)
        return _done_with(c, at, range(c.outer.end, end), 2 - (s.text(at) == "through"))
    return _done_with(c, at, range(at - 1, start - 1, -1), 2)


def _done_with(c: Context, at: int, places: range, least: int, /) -> Verdict | None:
    """Return the verdict of the first verb at `places`, of this strength at least."""
    s, end = c.s, max(at, places.stop)
    i = next((i for i in places if s.tag(i) in {Tag.VERB, Tag.ING, Tag.ED}), None)
    if i is None or s.tag(s.right(i + 1)) not in NOMINAL | {Tag.PRON}:
        return None
    gapped = (x for x in s.starting[i] if x.cue.form == "verb")
    found = s.starting_at(i, ("verb",)) or next(gapped, None)
    value = value_after(s, i + 1, end)
    if value is not None and s.grammar.is_in(base_form(s, i), "causing", "spreading"):
        return Verdict(value.sign, Chain(), (Phrase(i, i + 1), Phrase(at, at + 1)))
    if found is None or not found.cue.default or found.end > end or found.cue.strength < least:
        return None
    sign = 1 if found.cue.cue_class in {"promote", "reduce"} else -1
    return Verdict(sign, Chain(), (Phrase(i, i + 1), Phrase(at, at + 1)))


def agent(c: Context, /) -> Verdict | None:
    """By whom a harm is done is blamed, by whom good is done is praised.

    Examples
    --------
    Our towns were betrayed by [free trade]. -> oppose
    Many lives were saved by [disarmament]. -> support
    The meeting was attended by the [Security Council]. -> neutral
    """
    s = c.s
    by = s.left(c.outer.start)
    verb = _done_by(s, by) if s.text(by) == "by" and not c.chain.links else None
    found = None if verb is None else passive_cue(s, verb)
    if found is None:
        return None
    evil = value_after(s, found.start + 1, by)
    if found.cue.cue_class == "reduce" and evil is not None and evil.sign < 0:
        return Verdict(1, Chain(), (Phrase(found.start, by + 1),))  # "lifted out of misery by"
    asked = s.words[-1].text == "?" and any(s.text(i).startswith("any") for i in range(by))
    if asked:  # "has anybody been helped by X?"
        return Verdict(-1 if found.cue.default > 0 else 1, Chain(), (Phrase(found.start, by + 1),))
    if found.cue.cue_class in {"harm", "blame"}:
        return Verdict(-1, Chain(), (Phrase(found.start, by + 1),))
    base = base_form(s, found.start)
    strong = found.cue.strength > 1 or s.grammar.is_in(base, "benefiting")
    helps = found.cue.cue_class == "promote" and strong
    helps &= not s.grammar.is_in(base, "attitudes")
    return Verdict(1, Chain(), (Phrase(found.start, by + 1),)) if helps else None


def _done_by(s: Sentence, by: int, /) -> int | None:
    """Return the participle that "by" belongs to, past a phrase: "driven from their homes by"."""
    i = s.left(by)
    if s.tag(i) in {Tag.ED, Tag.VERB}:
        return i
    while s.tag(i) in NOMINAL | {Tag.PREP}:
        i = s.left(i)
    passive = s.tag(i) is Tag.ED and s.tag(s.left(i)) is Tag.BE
    return i if passive and s.tag(s.right(i + 1)) is Tag.PREP else None


def outcome(c: Context, /) -> Verdict | None:
    """What an evil leads to is an evil, what a good leads to a good.

    Examples
    --------
    Such recklessness may lead to [war]. -> oppose
    Their wisdom has led to [free trade]. -> support
    The meeting led to [sanctions]. -> neutral
    """
    s = c.s
    verb = min((link.start for link in c.chain.links), default=s.left(c.outer.start))
    verb = s.left(verb) if s.tag(verb) is Tag.PREP else verb
    if s.tag(verb) is not Tag.VERB or any(link.default for link in c.chain.links):
        return None
    if not s.grammar.is_in(base_form(s, verb), "causing"):
        return None
    i = s.left(verb)
    while s.tag(i) in {Tag.MODAL, Tag.HAVE, Tag.DO, Tag.TO}:
        i = s.left(i)
    if s.tag(i) is not Tag.NOUN:
        return None
    subject = s.outermost(i)
    value = value_after(s, subject.start, i + 1)
    if value is None:
        return None
    spans = (Phrase(value.place, value.place + 1), Phrase(verb, verb + 1))
    return Verdict(value.sign, Chain(), spans)


def instrument(c: Context, /) -> Verdict | None:
    """The means by which the holder wants something done is a means the holder approves.

    Only under an obligation, an intention or a cue of support; a bare report is neutral.

    Examples
    --------
    Disputes must be settled through [dialogue]. -> support
    These problems must be addressed [multilaterally]. -> support
    They met through [dialogue]. -> neutral
    The strong parties met through [dialogue]. -> neutral
    """
    s = c.s
    if c.adverbial:
        return _wanted_means(c, c.target.start, c.target.start)
    at = s.left(c.outer.start)
    if s.text(at) == "without" and not c.chain.links:  # "let us act without X"
        wanted = _wanted_means(c, at, at)
        return wanted and wanted._replace(stance=-1)
    first = s.spelled_to(at, "instruments")
    return None if not first else _wanted_means(c, first, at)


def _wanted_means(c: Context, first: int, at: int, /) -> Verdict | None:
    """Return support if the clause before an instrument is wanted, opposition if it is negated."""
    s = c.s
    if s.text(s.left(first)) == "not":
        if s.words[-1].text == "?":
            return None  # "was it not through X that": good or bad, it was
        return Verdict(-1, c.chain, (Phrase(s.left(first), at + 1),))
    start = s.clause_start(first)
    wanted = [
        i
        for i in range(start, first)
        if s.grammar.is_in(s.text(i), "obligations") or s.text(i) in {"only", "let"}
    ]
    cues = [
        f
        for f in s.cues
        if start <= f.start < first
        and f.cue.form in {"verb", "noun", "operator"}
        and f.cue.cue_class == "promote"
    ]
    if not wanted and not cues:
        return None
    chain = Chain()
    verb = next((i for i in range(start, first) if s.tag(i) in FINITE), None)
    if verb is not None:
        climb_verb(s, verb, chain)
    chain.links.clear()
    mark = Phrase(wanted[0], wanted[0] + 1) if wanted else Phrase(cues[-1].start, cues[-1].end)
    return Verdict(1, chain, (mark, Phrase(first, at + 1)))
