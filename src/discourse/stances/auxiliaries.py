"""What the auxiliaries before a verb tell of it: negation, obligation, intention."""

from __future__ import annotations

from dataclasses import replace

from discourse.stances.attachment import past_inner_aside
from discourse.stances.chain import Chain
from discourse.stances.denial import expects_yes, is_missed
from discourse.stances.syntax import Sentence
from discourse.stances.words import Tag

AUXILIARY = frozenset({Tag.ADV, Tag.NEG, Tag.MODAL, Tag.HAVE, Tag.DO, Tag.QUOTE})


def pass_auxiliaries(s: Sentence, verb: int, chain: Chain, /) -> int:
    """Pass over auxiliaries left of a verb, noting negation and modality; return where they end."""
    i, first = past_inner_aside(s, verb - 1), len(chain.links)
    while (
        s.tag(i) in AUXILIARY
        or (s.tag(i) is Tag.BE and s.tag(verb) is not Tag.VERB)
        or s.text(i) == "nor"
        or (s.text(i) == "no" and s.tag(verb) is Tag.ING)
    ):
        note_negation(s, i, chain)
        note_modality(s, i, chain)
        i -= 2 if s.text(i) == "nor" and s.tag(i - 1) is Tag.COMMA else 1
    if len(chain.links) == first + 1 and is_missed(s, verb, i, chain):
        chain.links[first] = replace(chain.links[first], missed=True)
    return i


def note_negation(s: Sentence, i: int, chain: Chain, /) -> None:
    """Note a negating word, unless it is the first half of "not only ... but"."""
    negates = s.tag(i) in {Tag.NEG, Tag.MODAL, Tag.ADV, Tag.CC, Tag.DET} and s.grammar.is_in(
        s.text(i), "negators"
    )
    asked = s.text(i - 1) == "why" or expects_yes(s, i)  # "why not build X?"
    if negates and not asked and not s.grammar.is_in(s.text(i + 1), "restrictors"):
        chain.negate(i)


def note_modality(s: Sentence, i: int, chain: Chain, /) -> None:
    """Note obligation and intention."""
    chain.obliged |= s.grammar.is_in(s.text(i), "obligations")
    chain.intended |= s.grammar.is_in(s.text(i), "intentions")
