"""Closed sets of features: which words or categories count, and how often in each sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from discourse import _text
from discourse.errors import OptionError, repetition
from discourse.keywords import keyword_vectors
from discourse.lexicon import Lexicon
from discourse.record import ReadOnly
from discourse.tokens import Tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Counts: TypeAlias = csr_array[np.int64, tuple[int, int]]

ClosedSet: TypeAlias = Lexicon | tuple[str, ...]


def as_closed_set(features: Any, /) -> ClosedSet | None:
    """Return the lexicon as given, or the words folded and sorted; None for all words.

    Raises
    ------
    OptionError
        If it is neither a Lexicon nor a list of single words, or is empty or repeats itself.
    """
    if features is None or isinstance(features, Lexicon):
        return features
    if isinstance(features, (str, Mapping)) or not isinstance(features, Iterable):
        msg = (
            f"features must be a list of words, or a Lexicon; got {features!r:.60}. "
            "load_lexicon() finds a lexicon by its name."
        )
        raise OptionError("features", msg)
    words = list(cast("Iterable[object]", features))
    if not words:
        raise OptionError("features", "features is empty: name at least one word.")
    if odd := [word for word in words if not _is_word(word)]:
        msg = f"features must be single words; got {odd[0]!r:.60}. A Lexicon may hold phrases."
        raise OptionError("features", msg)
    folded = sorted(_text.fold(str(word)) for word in words)
    if problem := repetition("features", folded):
        raise OptionError("features", f"{problem} Case makes no difference.")
    return tuple(folded)


def _is_word(value: object, /) -> bool:
    """Return whether a text that is this value has one word, and nothing else."""
    return isinstance(value, str) and _text.word_spans(value) == [(0, len(value))]


def names_of(features: ClosedSet, /) -> Sequence[str]:
    """Return the names of the features."""
    return tuple(features.categories) if isinstance(features, Lexicon) else features


def sentence_counts(
    tokens: Tokens, starts: npt.NDArray[np.int64], features: ClosedSet | None, /
) -> Counts:
    """Return how often each feature occurs in the sentences that begin at these tokens."""
    if isinstance(features, Lexicon):
        sentences = replace(
            tokens,
            indptr=np.append(starts, len(tokens.surface_ids)),
            docs=tuple(map(str, range(len(starts)))),
            docvars=ReadOnly({}),
        )
        return keyword_vectors(sentences, features, per=None).values.astype(np.int64)
    from scipy.sparse import csr_array

    types = tokens.vocabulary.types
    columns = types if features is None else features
    number = {name: i for i, name in enumerate(columns)}
    column = np.array([number.get(name, -1) for name in types], np.int64)[tokens.ids]
    row = np.searchsorted(starts, np.arange(len(column)), side="right") - 1
    known = column >= 0
    ones = np.ones(int(known.sum()), np.int64)
    return csr_array((ones, (row[known], column[known])), shape=(len(starts), len(columns)))
