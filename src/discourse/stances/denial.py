"""What denies a clause from outside its verb group: failure, question, inversion, verdict."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.phrases import Phrase
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import Tag


def is_missed(s: Sentence, verb: int, subject: int, chain: Chain, /) -> bool:
    """Tell whether a negated verb tells of what should have been done, or could not be.

    "They do not honour X", "if we cannot stop X"; not "we cannot accept X", nor a promise.
    """
    base = base_form(s, verb)
    able = any(s.text(j) in {"cannot", "can", "could"} for j in range(subject + 1, verb))
    if able:
        cue = s.starting_at(verb, ("verb",))
        stops = cue is not None and cue.cue.cue_class == "reduce"
        deed = stops and not s.grammar.is_in(base, "attitudes")
        return deed or s.grammar.is_in(base, "performing", "benefiting")
    others = s.text(subject) not in {"we", "i"}
    bound = chain.obliged or chain.intended
    return others and not bound and s.grammar.is_in(base, "performing")


def is_rhetorical(s: Sentence, i: int, /) -> bool:
    """Tell whether the subject that ends at `i` asks what expects "nobody" for an answer.

    "Who would deny X?", "Can anyone accept X?", "Why should we bear X?"
    """
    if s.words[-1].text != "?":
        return False
    openers = {None, Tag.COMMA, Tag.CC, Tag.STOP, Tag.QUOTE}
    start = s.clause_start(i)
    who = i if s.text(i) == "who" else start - 1  # "who in his right mind would"
    if s.text(who) == "who" and s.tag(who - 1) in openers:
        return True
    if any(s.text(j) in {"really", "honestly", "seriously"} for j in range(i)):
        return s.tag(start) in {Tag.DO, Tag.MODAL, Tag.BE}
    if s.text(start - 1) == "how" and "longer" in {s.text(start), s.text(start + 1)}:
        return True
    asked = s.text(start - 1) if s.tag(start - 1) is Tag.SUB else s.text(start)
    if s.text(i) in {"anyone", "anybody", "somebody", "someone"}:
        return s.tag(s.left(i)) in {Tag.MODAL, Tag.DO, Tag.BE}
    return asked == "why" and s.tag(s.left(s.phrase_start(i))) is Tag.MODAL


def fronted_denial(s: Sentence, subject: Phrase, /) -> bool:
    """Tell whether a denial before an inverted subject negates: "By no means do we condone X"."""
    auxiliary = s.left(subject.start)
    if s.tag(auxiliary) not in {Tag.DO, Tag.HAVE, Tag.MODAL, Tag.BE}:
        return False
    near = [s.text(i) for i in range(max(0, auxiliary - 4), auxiliary)]
    return "before" not in near and not {"no", "never", "nowhere", "nor"}.isdisjoint(near)


def judged_bad(s: Sentence, start: int, /) -> bool:
    """Tell whether the predicate of an infinitive or gerund at the start condemns it."""
    finite = next((i for i in range(start, len(s.words)) if s.tag(i) in FINITE - {Tag.VERB}), None)
    if finite is None or not any(s.tag(i) is Tag.BE for i in (finite, finite + 1)):
        return False
    near = range(finite + 1, min(finite + 7, len(s.words)))
    forms = ("predicate", "adjective")
    found = next((f for i in near if (f := s.starting_at(i, forms)) and f.cue.default), None)
    return found is not None and found.cue.cue_class == "reduce"
