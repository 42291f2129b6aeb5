"""What a phrase or a verb is attached to: the whole it is part of, its conjuncts, its operator."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.governors import VERBAL
from discourse.stances.phrases import Found, Phrase
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import Tag


def is_set_off(s: Sentence, before: Phrase, phrase: Phrase, /) -> bool:
    """Tell whether an article shows that a conjunct is none of the last noun before it.

    In "the ban on flights and the embargo" the embargo is not banned.
    """
    bare = s.tag(before.start) not in {Tag.DET, Tag.POSS}
    article = s.text(phrase.start) in {"the", "a", "an"}
    of = s.text(s.left(before.start)) == "of"
    around = s.text(s.outermost(before.end - 1).start)  # "the killing of children and the X"
    parallel = not of or s.text(s.right(phrase.end)) == "of" or around == s.text(phrase.start)
    return bare and article and parallel


def whole(s: Sentence, phrase: Phrase, at: int, /) -> Phrase | None:
    """Return the noun phrase a phrase is part of: "the halls of X", "the rules laid down in X"."""
    head = s.left(at)
    if s.text(at) == "by" and s.tag(head) in {Tag.ED, Tag.VERB}:
        head = _performed(s, head)
    elif s.text(at) == "by" and _is_agent(s, head):
        return None  # "driven from their homes by X"
    elif s.text(at) not in {"of", "by"}:
        head = _container(s, at)
    if s.tag(head) not in {Tag.NOUN, Tag.DET}:
        return None
    if s.tag(head) is Tag.NOUN and s.grammar.is_in(s.text(head), "agents"):
        return None  # who harms members of X does not harm X
    return Phrase(s.phrase_start(head), phrase.end)


def _is_agent(s: Sentence, i: int, /) -> bool:
    """Tell whether "by" after a noun at `i` tells who did what a passive before it tells."""
    verb = before = s.left(s.phrase_start(i))
    while s.tag(verb) is Tag.PREP:
        verb = s.left(verb)
    return verb != before and s.tag(verb) is Tag.ED


def _performed(s: Sentence, participle: int, /) -> int:
    """Return the noun of a deed that is told as done: "the efforts being made by X"."""
    head = s.left(participle)
    head = s.left(head) if s.text(head) == "being" else head
    done = s.tag(head) is Tag.NOUN and s.grammar.is_in(s.text(participle), "performed")
    return head if done and not s.grammar.is_in(s.text(head), "evils") else -1


def _container(s: Sentence, at: int, /) -> int:
    """Return the noun whose content a text holds: "duties under X", "rules set forth in X"."""
    head = s.left(at)
    if s.text(at) == "under" and s.grammar.is_in(s.text(head), "contents"):
        return head
    head = s.left(head) if s.text(head) in {"down", "forth", "out", "for"} else head
    participle = s.tag(head) is Tag.ED or s.text(head) == "set"
    if s.tag(at) is Tag.PREP and participle and s.grammar.is_in(s.text(head), "held"):
        return s.left(head)
    return -1


def past_inner_aside(s: Sentence, i: int, /) -> int:
    """Return the auxiliary before an aside: "we will, as always, abide by"."""
    if s.tag(i) is not Tag.COMMA:
        return i
    before = s.past_aside(i)
    return before if s.tag(before) in {Tag.MODAL, Tag.TO} else i


def verb_before(s: Sentence, at: int, verb: int, /) -> int | None:
    """Return the verb that a verb is coordinated with: "never seek A, engage in B or pursue C"."""
    if s.tag(at) not in {Tag.CC, Tag.COMMA}:
        return None
    form = _form(s, verb)
    for i in range(at - 1, s.clause_start(at) - 1, -1):
        if s.tag(i) in VERBAL and _form(s, i) & form:
            return i
    return None


def _form(s: Sentence, i: int, /) -> frozenset[str]:
    """Return the kinds of form a verb may be here."""
    text = s.text(i)
    known = s.grammar.verbs.get(text) or s.lexicon.verbs.get(text)
    if known:
        return known
    endings = {"ing": {"ing"}, "ed": {"past", "part"}, "s": {"s"}, "": {"base"}}
    return frozenset(next(kinds for ending, kinds in endings.items() if text.endswith(ending)))


def operator_with_object(s: Sentence, to: int, after: tuple[str, ...], /) -> Found | None:
    """Return the operator that encloses an object: "urge all parties to", "stop it from -ing"."""
    best: Found | None = None
    for found in s.gapped:
        cue = found.cue
        if cue.form != "operator" or cue.after != after or not found.end < to <= found.end + 14:
            continue
        if s.tag(found.start) is Tag.NOUN and len(cue.words) == 1:
            continue  # "a point of order to"
        if all(s.tag(i) not in FINITE and s.tag(i) is not Tag.STOP for i in range(found.end, to)):
            best = found
    return best


def causative(s: Sentence, at: int, verb: int, /) -> int | None:
    """Return the verb that brings somebody to do a thing or meets them at it.

    "make them regret X", "will not catch us regretting X", "will not hear us regret X".
    """
    who = Phrase(at, at + 1) if s.tag(at) is Tag.PRON else s.outermost(at) if at >= 0 else None
    above = -1 if who is None else s.left(who.start)
    if s.tag(above) is not Tag.VERB or s.tag(verb) not in {Tag.VERB, Tag.ING}:
        return None
    name = "making" if s.tag(verb) is Tag.VERB else "catching"
    base = base_form(s, above)
    unseen = s.tag(s.left(above)) is Tag.NEG and s.grammar.is_in(base, "catching")
    return above if unseen or s.grammar.is_in(base, name) else None


def is_disposed(s: Sentence, i: int, /) -> bool:
    """Tell whether an adjective before "to" says what somebody is like: "we are not ready to"."""
    personal = s.tag(i) is Tag.ADJ or s.grammar.is_in(s.text(i), "disposed")
    if not personal or s.text(i) == "able":  # what one cannot do may be missed
        return False
    be = s.left(i)
    while s.tag(be) is Tag.NEG:
        be = s.left(be)
    subject = be
    while s.tag(subject) in {Tag.BE, Tag.NEG, Tag.MODAL, Tag.HAVE}:
        subject = s.left(subject)
    return s.tag(be) is Tag.BE and s.text(subject) not in {"it", "what", ""}


def operator_of_noun(s: Sentence, to: int, /) -> Found | None:
    """Return the nominal operator whose complement stands before "to": "the policy of N to"."""
    before = s.left(to)
    if s.tag(before) is not Tag.NOUN:
        return None
    outer = s.outermost(before)
    of = next((i for i in range(outer.start, to) if s.tag(i) is Tag.PREP), None)
    if of is None or s.text(of) != "of":
        return None
    head = s.left(of)
    cues = (x for x in s.lexicon.by_head.get(s.text(head), ()) if x.form == "operator")
    cue = next((x for x in cues if x.words[1:] == ("to",) and not x.after), None)
    return None if cue is None else Found(head, to + 1, cue)


def add_operator(found: Found, chain: Chain, /) -> None:
    """Append an operator; "let us" and "it is time to" oblige as much as "must"."""
    chain.add(found, "operator")
    calls = not _CALLS.isdisjoint(found.cue.words)
    chain.obliged |= calls and found.cue.cue_class == "promote"


ENABLING = frozenset({"use", "enable", "allow", "permit", "empower", "help"})
_CALLS = frozenset({"let", "time"})
