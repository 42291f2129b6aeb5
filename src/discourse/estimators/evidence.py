"""What the stance rules and the cue lexicon find in a text about a target."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from discourse.corpus import Document
from discourse.estimators.words import content_words, stem, words
from discourse.labelled import FloatArray
from discourse.lexicon import Lexicon
from discourse.stances.cues import CueClass, lexicon
from discourse.stances.mentions import find_mentions

CLASSES: tuple[CueClass, ...] = ("promote", "reduce", "harm", "blame", "neutral")
EVIDENCE = (
    *(f"cues: {name}" for name in CLASSES),
    "negations",
    "rules: support",
    "rules: oppose",
    "rules: neutral mention only",
)
_CUE_WEIGHT = 0.5  # of the logarithm of a count, beside indicators of weight 1


class Target(NamedTuple):
    """A target as the rules see it: patterns, stems, and which way its own words turn.

    `sign` is -1 for a target that rejects what it names ("We should ban guns"), else 1.
    """

    patterns: Lexicon | None
    stems: frozenset[str]
    sign: int


@lru_cache(maxsize=20_000)
def read_target(target: str, /) -> Target:
    """Return how to find a target in texts.

    Examples
    --------
    >>> guns = read_target("We should ban guns")
    >>> sorted(guns.stems), guns.sign
    (['ban', 'gun'], -1)
    """
    named = content_words(target)
    things = [word for word in named if not _cue_classes(word)] or named
    entries = dict.fromkeys(entry for word in things for entry in _entries(stem(word)))
    patterns = Lexicon({"target": list(entries)}) if entries else None
    support, oppose, _ = _stances(target, patterns)
    return Target(patterns, frozenset(map(stem, named)), -1 if oppose > support else 1)


def _entries(word: str, /) -> list[str]:
    """Return the patterns of a word: short ones stand for themselves and their plural."""
    return [f"{word}*"] if len(word) > 4 else [word, f"{word}s"]


def evidence(text: str, target: Target, /) -> FloatArray:
    """Return the values of `EVIDENCE` for a text, shape (9,)."""
    found = words(text)
    classes = Counter(name for word in found for name in _cue_classes(word))
    negations = sum(word in _negators() for word in found)
    counts = [*(classes[name] for name in CLASSES), negations]
    support, oppose, mentioned = _stances(text, target.patterns)
    neutral_only = mentioned > 0 and not support and not oppose
    flags = [support > 0, oppose > 0, neutral_only]
    return np.concatenate([_CUE_WEIGHT * np.log1p(counts), np.array(flags, np.float64)])


def _stances(text: str, patterns: Lexicon | None, /) -> tuple[int, int, int]:
    """Return the supporting, the opposing and all mentions of a target in a text."""
    document = Document("text", text)
    stances = [m.stance for m in find_mentions(document, patterns)] if patterns else []
    return stances.count("support"), stances.count("oppose"), len(stances)


@lru_cache(maxsize=100_000)
def _cue_classes(word: str, /) -> frozenset[CueClass]:
    """Return the classes of the cues of one word that a word may be."""
    return frozenset(
        cue.cue_class
        for cue in lexicon().by_head.get(word, ())
        if len(cue.words) == 1 and not cue.after and cue.form != "negator"
    )


@cache
def _negators() -> frozenset[str]:
    """Return the words that deny what follows."""
    heads = lexicon().by_head.items()
    return (
        frozenset(
            head
            for head, cues in heads
            if any(cue.form == "negator" and len(cue.words) == 1 for cue in cues)
        )
        | frozenset("no not never nor neither nobody nothing cannot without".split())
        | frozenset(
            f"{verb}n't"
            for verb in "do does did is are was were have has had ca wo would could should".split()
        )
    )
