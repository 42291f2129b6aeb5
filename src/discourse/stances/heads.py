"""From a noun phrase to the nouns around it: whose conjunct it is, what its noun is called."""

from __future__ import annotations

from discourse.stances.attachment import is_set_off
from discourse.stances.chain import Chain, Link
from discourse.stances.phrases import Found, Phrase
from discourse.stances.syntax import Sentence
from discourse.stances.words import Tag


def is_lacking(s: Sentence, link: Link, /) -> bool:
    """Tell whether a denied noun and its verb miss a good: "no hope remains for"."""
    parted = link.cue is not None and link.end - link.start > len(link.cue.words)
    felt = s.grammar.is_in(s.text(link.start), "attitudes")
    return parted and link.is_noun and link.is_a("promote") and not felt


def noun_phrase_of(s: Sentence, found: Found, phrase: Phrase, chain: Chain, /) -> Phrase:
    """Return the noun phrase of a nominal cue; "our support for" has its holder with it."""
    start = s.phrase_start(found.start)
    if s.text(start) in {"our", "my"}:
        chain.subject = Phrase(start, start + 1)
    if not found.cue.default:  # "the criminal use of X"
        add_judgement(s, start, found.start, chain)
    return Phrase(start, phrase.end)


def add_judgement(s: Sentence, start: int, noun: int, chain: Chain, /) -> None:
    """Add the adjective that judges a deed: "the unlawful practice of imposing X"."""
    for i in range(start, noun):
        found = s.starting_at(i, ("adjective",))
        if found is not None and found.cue.strength > 1 and found.cue.cue_class == "reduce":
            chain.add(found)
            return


def conjunct(s: Sentence, phrase: Phrase, chain: Chain, /) -> Phrase | None:
    """Return what a phrase is coordinated with on its left, whose governor it shares."""
    before = s.conjunct_before(phrase)
    if before is None or (chain.links and s.text(s.left(phrase.start)) == "but"):
        return None
    if chain.links or is_set_off(s, before, phrase):
        # "threats to A and attacks on B": the nouns of stance are coordinated
        return s.outermost(before.end - 1)
    return before


def around(s: Sentence, phrase: Phrase, /) -> Phrase | None:
    """Return the noun that a member of a list is put beside: "walls on the border and X".

    That X has no article shows that it is no partner of "the border".
    """
    at = s.left(phrase.start)
    head = s.left(at)
    within = range(phrase.start, phrase.end)
    joint = max((i for i in within if s.tag(i) in {Tag.CC, Tag.COMMA}), default=-1)
    articles = {Tag.DET, Tag.POSS}
    unlike = s.tag(phrase.start) in articles and s.tag(s.right(joint + 1)) not in articles
    if joint < 0 or not unlike or s.tag(at) is not Tag.PREP or s.tag(head) is not Tag.NOUN:
        return None
    return Phrase(s.phrase_start(head), head + 1)
