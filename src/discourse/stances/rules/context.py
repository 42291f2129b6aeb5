"""What every scope rule asks for: the target in its sentence and what governs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from discourse.stances.chain import Chain, Link, evaluate
from discourse.stances.climbing import climb_phrase
from discourse.stances.syntax import Found, Phrase, Sentence


class Verdict(NamedTuple):
    """What a rule decided: a stance of +1 or -1, the chain behind it, and the words of the cues."""

    stance: int
    chain: Chain
    cues: tuple[Phrase, ...]


@dataclass(slots=True)
class Context:
    """A target in its sentence, with what all rules ask for worked out once."""

    s: Sentence
    target: Phrase
    own: Callable[[Chain], bool]
    phrase: Phrase = field(init=False)
    chain: Chain = field(init=False)
    outer: Phrase = field(init=False)
    first: str | None = field(init=False)
    adverbial: bool = field(init=False)

    def __post_init__(self) -> None:
        """Climb from the target once."""
        self.phrase = self.s.phrase(self.target)
        self.chain = Chain()
        self.adverbial = self.s.text(self.target.end - 1).endswith("ly")
        if self.adverbial:  # "multilaterally" is no object and no subject
            self.phrase = self.outer = self.target
            self.first = None
            return
        compound = compound_cue(self.s, self.target)
        if compound is not None:
            self.chain.add(compound)
        self.outer = climb_phrase(self.s, self.phrase, self.chain)
        cues = [link for link in self.chain.links if link.step == "cue"]
        self.first = None if not cues else self._form(cues[0])

    def _form(self, link: Link, /) -> str:
        """Return the form of the cue nearest to the target."""
        if self.phrase.start <= link.start < self.phrase.end:
            return "compound"
        return "gap" if link.gap else link.form

    def decide(self, chain: Chain | None = None, /) -> Verdict | None:
        """Return the verdict of a chain, None if it expresses no stance."""
        chain = chain or self.chain
        stance = evaluate(chain, own=self.own(chain))
        if not stance:
            return None
        return Verdict(stance, chain, tuple(Phrase(link.start, link.end) for link in chain.links))


Rule: TypeAlias = Callable[[Context], Verdict | None]


def compound_cue(s: Sentence, target: Phrase, /) -> Found | None:
    """Return the nominal cue that heads the compound a target is part of: "poverty alleviation"."""
    end = s.phrase_end(target.end)
    for i in range(end - 1, target.end - 1, -1):
        cue = s.lexicon.compounds.get(s.text(i))
        if cue is not None and cue.default:
            return Found(i, i + 1, cue)
    return None
