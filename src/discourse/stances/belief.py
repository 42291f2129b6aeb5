"""What the clauses around a clause make of it: believed, doubted, denied."""

from __future__ import annotations

from discourse.stances.chain import Chain, Link, evaluate
from discourse.stances.climbing import climb_phrase, climb_verb
from discourse.stances.phrases import Phrase
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import Tag

MAX_CLAUSES = 4


def denials(s: Sentence, start: int, subject: Phrase | None, /) -> tuple[Link, ...]:
    """Return what denies the clause that a word at `start` belongs to, outermost last.

    An odd number of links turns round what the clause says: "we do not believe that X is good",
    "the claim that X is good must be rejected", "I doubt X is good".

    Parameters
    ----------
    s : Sentence
    start : int
        The leftmost word that decided the stance.
    subject : Phrase, optional
        Of the clause; a verb of belief may stand before it without "that".
    """
    links: list[Link] = []
    for _ in range(MAX_CLAUSES):
        head = _above(s, start, subject)
        if head is None:
            break
        links += _denied_by(s, head)
        start, subject = head, None
    return tuple(links)


def _above(s: Sentence, start: int, subject: Phrase | None, /) -> int | None:
    """Return the word that takes the clause at `start` as its complement, None if none does."""
    that = s.clause_start(start) - 1
    complement = s.text(that) == "that" and s.tag(s.right(that + 1)) not in FINITE
    # "the illusion that A and is doing B": the second verb is no part of the illusion
    complement &= not any(
        s.tag(i) is Tag.CC and s.tag(s.right(i + 1)) in FINITE for i in range(that + 1, start)
    )
    if complement and s.tag(that) is Tag.REL:
        return s.left(that) if s.left(that) >= 0 else None
    if subject is not None:
        before = s.left(subject.start)
        if s.tag(before) in {Tag.VERB, Tag.ADJ, Tag.ED} and _takes_clause(s, before):
            return before
    return None


def _takes_clause(s: Sentence, i: int, /) -> bool:
    """Tell whether a clause may follow a word without "that"."""
    word = base_form(s, i) if s.tag(i) is Tag.VERB else s.text(i)
    return s.grammar.is_in(word, "believing", "believed", "doubting", "doubtful")


def _denied_by(s: Sentence, head: int, /) -> list[Link]:
    """Return the links by which the clause of `head` denies its complement."""
    g, text, tag = s.grammar, s.text(head), s.tag(head)
    chain = Chain()
    own = [Link("not", head, head + 1)]
    if tag in {Tag.VERB, Tag.ING} or (tag is Tag.ED and s.tag(s.left(head)) is not Tag.BE):
        climb_verb(s, head, chain)
        turns = [link for link in chain.links if link.effect < 0]
        base = base_form(s, head)
        if g.is_in(base, "doubting"):
            return own + turns
        unsayable = g.is_in(base, "uttering") and _cannot(s, head)
        return turns if unsayable or g.is_in(base, "believing") else []
    if tag in {Tag.ADJ, Tag.ED}:
        turns = [Link("not", i, i + 1) for i in _negations_before(s, head)]
        if g.is_in(text, "doubtful"):
            return own + turns
        return turns if g.is_in(text, "believed") else []
    if tag is Tag.NOUN:
        return _by_noun(s, head, own)
    return []


def _cannot(s: Sentence, verb: int, /) -> bool:
    """Tell whether a verb tells of what cannot be done, or by nobody: "I cannot say that"."""
    near = {s.text(i) for i in range(max(0, verb - 4), verb)}
    return not near.isdisjoint({"can", "cannot", "could", "nobody", "none"})


def _by_noun(s: Sentence, head: int, own: list[Link], /) -> list[Link]:
    """Return the links by which a noun and what governs it deny: "reject the claim that"."""
    g, text = s.grammar, s.text(head)
    phrase = Phrase(s.phrase_start(head), head + 1)
    no = s.has_determiner_no(phrase)
    if g.is_in(text, "grounds"):
        return [Link("not", phrase.start, phrase.start + 1)] if no else []
    chain = Chain()
    climb_phrase(s, phrase, chain)
    before_phrase = s.left(phrase.start)
    if s.tag(before_phrase) is Tag.VERB and g.is_in(base_form(s, before_phrase), "doubting"):
        return own
    if g.is_in(text, "falsehoods"):
        before = range(s.clause_start(head), head)
        denied = any(s.tag(i) is Tag.NEG or s.text(i) in {"no", "nobody"} for i in before)
        return [] if no or denied or chain.negations % 2 else own
    if not g.is_in(text, "propositions"):
        return []
    against = evaluate(chain) < 0 or (not chain.innermost and chain.negations % 2)
    return [Link("not", x.start, x.end) for x in chain.links[:1]] if against else []


def _negations_before(s: Sentence, i: int, /) -> list[int]:
    """Return the negations in the verb group before a predicative word."""
    found: list[int] = []
    i = s.left(i)
    while s.tag(i) in {Tag.BE, Tag.NEG, Tag.MODAL, Tag.HAVE}:
        found += [i] if s.tag(i) is Tag.NEG else []
        i = s.left(i)
    return found + ([i] if s.text(i) in {"nobody", "none"} else [])


def on_no_occasion(s: Sentence, start: int, /) -> tuple[Link, ...]:
    """Return what denies that there was a time or a place: "no occasion on which X failed"."""
    border = s.clause_start(start) - 1
    if s.tag(border) not in {Tag.REL, Tag.SUB}:
        return ()
    head = s.left(border)
    head = s.left(head) if s.tag(head) is Tag.PREP else head
    if not s.grammar.is_in(s.text(head), "occasions"):
        return ()
    before = range(s.clause_start(head), head)
    denying = [i for i in before if s.tag(i) is Tag.NEG or s.text(i) in {"no", "nobody", "cannot"}]
    return tuple(Link("not", i, i + 1) for i in denying) if len(denying) % 2 else ()
