"""What every scope rule asks for: the target in its sentence and what governs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from discourse.stances.chain import Chain, evaluate
from discourse.stances.climbing import climb_phrase
from discourse.stances.phrases import Found, Phrase
from discourse.stances.syntax import Sentence


class Verdict(NamedTuple):
    """What a rule decided: a stance of +1 or -1, the chain behind it, and the words of the cues."""

    stance: int
    chain: Chain
    cues: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """A target in its sentence, with what all rules ask for worked out once.

    `phrase` is the noun phrase of the target, `outer` the outermost noun phrase it is part of,
    `chain` what governs it; an adverb ("multilaterally") is no object and no subject.
    """

    s: Sentence
    target: Phrase
    own: Callable[[Chain], bool]
    phrase: Phrase
    outer: Phrase
    chain: Chain
    adverbial: bool

    @classmethod
    def read(cls, s: Sentence, target: Phrase, own: Callable[[Chain], bool], /) -> Context:
        """Return the context of a target; `own` tells whether a chain's subject is the holder."""
        chain = Chain()
        if s.is_adverb(target.end - 1):
            return cls(s, target, own, target, target, chain, adverbial=True)
        phrase = s.phrase(target)
        compound = _compound_cue(s, target)
        if compound is not None:
            chain.add(compound)
        outer = climb_phrase(s, phrase, chain)
        return cls(s, target, own, phrase, outer, chain, adverbial=False)

    @property
    def first(self) -> str | None:
        """How the cue nearest to the target governs it: its form, "gap" or "compound"."""
        link = self.chain.innermost
        if link is None or link.cue is None:
            return None
        if self.phrase.start <= link.start < self.phrase.end:
            return "compound"
        return "gap" if link.cue.after else link.cue.form

    def decide(self, chain: Chain | None = None, /) -> Verdict | None:
        """Return the verdict of a chain, None if it expresses no stance."""
        chain = chain or self.chain
        stance = evaluate(chain, own=self.own(chain))
        if not stance:
            return None
        return Verdict(stance, chain, tuple(Phrase(link.start, link.end) for link in chain.links))


Rule: TypeAlias = Callable[[Context], Verdict | None]


def _compound_cue(s: Sentence, target: Phrase, /) -> Found | None:
    """Return the nominal cue that heads the compound a target is part of: "poverty alleviation"."""
    end = s.phrase_end(target.end)
    for i in range(end - 1, target.end - 1, -1):
        cue = s.lexicon.compounds.get(s.text(i))
        if cue is not None and cue.default:
            return Found(i, i + 1, cue)
    return None
