"""Contributions of features, summed by the categories of a lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from discourse import _text
from discourse.errors import shorten
from discourse.labelled import FloatArray
from discourse.lexicon import Lexicon, split_parts
from discourse.tokens import Break

NO_CATEGORY: Final = "(no category)"


def by_category(
    features: Sequence[str], values: FloatArray, lexicon: Lexicon, /
) -> tuple[list[str], FloatArray]:
    """Return categories and their shares of the values, which keep their sum.

    A value is shared equally among the categories of its feature.
    """
    sums = dict.fromkeys((*lexicon.categories, NO_CATEGORY), 0.0)
    for feature, value in zip(features, values.tolist(), strict=True):
        own = categories_of(feature, lexicon) or [NO_CATEGORY]
        for category in own:
            sums[category] += value / len(own)
    return list(sums), np.fromiter(sums.values(), np.float64, len(sums))


def categories_of(feature: str, lexicon: Lexicon, /) -> list[str]:
    """Return the categories that a lexicon finds in a feature, a word or an n-gram of words.

    Examples
    --------
    >>> import discourse as ds
    >>> lexicon = ds.Lexicon({"peace": ["peace*"], "economy": ["peace dividend", "trad*"]})
    >>> [categories_of(feature, lexicon) for feature in ("peaceful", "peace dividend", "war")]
    [['peace'], ['economy'], []]
    """
    words = feature.split(" ")
    matches = lexicon.find(split_parts(words, [Break.NONE] * len(words)))
    return sorted({match.category for match in matches})


def beyond_features(features: Sequence[str], lexicon: Lexicon, /) -> str | None:
    """Return which patterns no such feature can match, or None if each might."""
    single = not any(" " in feature for feature in features)
    folded = all(feature == _text.fold(feature) for feature in features)
    several: set[str] = set()
    cased: set[str] = set()
    for pattern in (p for p in lexicon.patterns if p.category is not None):
        written = " ".join(pattern.parts)
        if single and len(pattern.parts) > 1:
            several.add(written)
        elif folded and pattern.case and written != _text.fold(written):
            cased.add(written)
    notes = [
        _named(
            several, "of several words match hyphenated words at most: features are single words"
        ),
        _named(cased, "match as written only: features are folded"),
    ]
    return "; ".join(filter(None, notes)) or None


def _named(patterns: Iterable[str], reason: str, /) -> str:
    """Return the note on some patterns, empty if there are none."""
    listed = sorted(patterns)
    return f"{len(listed)} pattern(s) {reason}: {shorten(listed)}" if listed else ""
