"""What a phrase or a verb is attached to: the whole it is part of, its conjuncts, its operator."""

from __future__ import annotations

from discourse.stances.governors import VERBAL
from discourse.stances.phrases import Found, Phrase
from discourse.stances.syntax import FINITE, Sentence
from discourse.stances.words import Tag


def is_set_off(s: Sentence, before: Phrase, phrase: Phrase, /) -> bool:
    """Tell whether an article shows that a conjunct is none of the last noun before it.

    In "the ban on flights and the embargo" the embargo is not banned.
    """
    bare = s.tag(before.start) not in {Tag.DET, Tag.POSS}
    article = s.text(phrase.start) in {"the", "a", "an"}
    parallel = s.text(s.left(before.start)) != "of" or s.text(s.right(phrase.end)) == "of"
    return bare and article and parallel


def whole(s: Sentence, phrase: Phrase, at: int, /) -> Phrase | None:
    """Return the noun phrase a phrase is a part of: "the halls of X"."""
    head = s.left(at)
    if s.text(at) not in {"of", "by"} or s.tag(head) not in {Tag.NOUN, Tag.DET}:
        return None
    return Phrase(s.phrase_start(head), phrase.end)


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
        if all(s.tag(i) not in FINITE and s.tag(i) is not Tag.STOP for i in range(found.end, to)):
            best = found
    return best
