"""The cue lexicon: words and phrases that express a stance, with their two numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

from discourse import seeds_
from discourse.stances.grammar import grammar, plural, table

CueClass: TypeAlias = Literal["promote", "reduce", "harm", "blame", "neutral"]
Form: TypeAlias = Literal[
    "verb", "noun", "adjective", "predicate", "subject", "operator", "negator", "phrase"
]

# What a cue does to its object, and the stance toward the object when nothing stands above it.
NUMBERS: dict[str, tuple[int, int]] = {
    "promote": (1, 1),
    "reduce": (-1, -1),
    "harm": (-1, 1),
    "blame": (1, -1),
    "neutral": (1, 0),
}
GAP = "..."
POSSESSIVE = "one's"
REFLEXIVE = "oneself"


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the lexicon.

    `words` are what must stand in the text one after the other; the first is any of `heads`.
    `after` are the words that follow the target when the entry has a gap, `needs` the words
    without which a sentence cannot hold the entry.
    """

    entry: str
    cue_class: CueClass
    form: Form
    strength: int
    heads: Mapping[str, frozenset[str]]  # inflected first word -> kinds of form
    words: tuple[str, ...]
    after: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()

    @property
    def effect(self) -> int:
        """+1 if the cue makes more of its object, -1 if less."""
        return NUMBERS[self.cue_class][0]

    @property
    def is_verb(self) -> bool:
        """Whether its first word is a verb that inflects."""
        return any("ing" in kinds for kinds in self.heads.values())

    @property
    def default(self) -> int:
        """The stance toward the object when no operator stands above: +1, -1 or 0."""
        return NUMBERS[self.cue_class][1]


class CueLexicon(NamedTuple):
    """Cues by the first word they may begin with, and the words that strengthen or weaken."""

    by_head: Mapping[str, tuple[Cue, ...]]
    verbs: Mapping[str, frozenset[str]]  # every form of every cue verb -> kinds
    nouns: frozenset[str]  # heads of nominal cues
    compounds: Mapping[str, Cue]  # "alleviation" for "poverty alleviation"
    strengtheners: frozenset[str]
    weakeners: frozenset[str]


@cache
def lexicon() -> CueLexicon:
    """Return the English cues of the seeds, inflected."""
    return build(seeds_.toml("stance", "english-cues"))


def build(seed: Mapping[str, Any], /) -> CueLexicon:
    """Return a cue lexicon from the content of a cue file."""
    by_head: dict[str, list[Cue]] = {}
    verbs: dict[str, set[str]] = {}
    nouns: set[str] = set()
    compounds: dict[str, Cue] = {}
    for cue in _cues(seed):
        for head, kinds in cue.heads.items():
            by_head.setdefault(head, []).append(cue)
            if cue.is_verb:
                verbs.setdefault(head, set()).update(kinds)
            if cue.form == "noun":
                nouns.add(head)
                if cue.words[1:] == ("of",) and cue.strength > 1 and head == cue.words[0]:
                    compounds[head] = cue
    return CueLexicon(
        {head: tuple(cues) for head, cues in by_head.items()},
        {word: frozenset(kinds) for word, kinds in verbs.items()},
        frozenset(nouns),
        compounds,
        frozenset(seed["strengtheners"]["words"]),
        frozenset(seed["weakeners"]["words"]),
    )


def _cues(seed: Mapping[str, Any], /) -> Iterator[Cue]:
    """Yield the entries of a cue file."""
    for block in seed["cues"]:
        form: Form = block["form"]
        # A negator only flips; it has the effect of `reduce` and no stance of its own.
        cue_class: CueClass = block.get("class", "reduce")
        for entry in block["entries"]:
            words = entry.split()
            gap = words.index(GAP) if GAP in words else len(words)
            before, after = words[:gap], words[gap + 1 :]
            heads = _heads(form, before)
            yield Cue(
                entry,
                cue_class,
                form,
                int(block.get("strength", 2)),
                heads,
                tuple(before),
                tuple(after),
                _needs(form, [*before[1:], *after]),
            )


# Words of entries that other words may stand for.
VARIABLE = frozenset({POSSESSIVE, REFLEXIVE, "-ing", "on", "towards"})


def _needs(form: Form, words: Sequence[str], /) -> frozenset[str]:
    """Return the words of an entry that can stand in one form only."""
    inflects = form in {"noun", "predicate"}
    return frozenset(
        word
        for word in words
        if word not in VARIABLE and (not inflects or grammar().is_in(word, "prepositions"))
    )


_INFLECTED = {"verb", "subject", "operator"}


def _heads(form: Form, words: Sequence[str], /) -> dict[str, frozenset[str]]:
    """Return the forms that the first word of an entry may take."""
    first = words[0]
    if form in {"noun", "predicate"} and _head_index(words) == 0:
        return {first: frozenset({form}), plural(first): frozenset({form})}
    if form == "verb" or (form in _INFLECTED and _is_verb(first)):
        if first == "be":
            return {word: frozenset({"be"}) for word in grammar().classes["be"]}
        return {word: frozenset(kinds) for word, kinds in table().forms(first).items()}
    return {first: frozenset({form})}


def _is_verb(word: str, /) -> bool:
    """Tell whether the first word of a subject or operator entry inflects as a verb."""
    closed = ("modals", "negators", "prepositions", "determiners", "adverbs", "adjectives")
    return word.isalpha() and not grammar().is_in(word, *closed)


def _head_index(words: Sequence[str], /) -> int:
    """Return which word of a nominal entry is its head: the last before the preposition."""
    return (
        len(words) - 2
        if len(words) > 1 and (grammar().is_in(words[-1], "prepositions") or words[-1] == "to")
        else len(words) - 1
    )
