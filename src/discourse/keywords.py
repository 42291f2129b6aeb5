"""Vectors of keyword categories: how often each document uses the patterns of a lexicon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from discourse.errors import EmptyDocumentError, OptionError
from discourse.lexicon import Entry, Lexicon, as_lexicon, occurrences
from discourse.record import ReadOnly, Record
from discourse.tokens import Tokens, as_tokens, from_tokens
from discourse.vectors import FeatureVectors

if TYPE_CHECKING:
    from discourse.vectors import Matrix


def keyword_vectors(
    corpus_or_tokens: Any,
    lexicon: Lexicon | Mapping[str, Sequence[Entry]] | str | Path,
    /,
    *,
    per: int | None = 1000,
) -> FeatureVectors:
    """Return how often each document matches the patterns of each category.

    Parameters
    ----------
    corpus_or_tokens : Tokens, or what `tokenize` takes
    lexicon : Lexicon, mapping of categories to patterns, name or path
        Patterns do not run across punctuation; where they overlap the longest wins.
    per : int or None
        Matches per this many tokens; None for bare counts.

    Returns
    -------
    FeatureVectors
        Categories as features, in the order of the lexicon; of unit "per 1,000 tokens" or "count".

    Raises
    ------
    EmptyDocumentError
        If a document without tokens is to be divided by their number.
    OptionError
        If the lexicon is unknown, or `per` is not a positive int.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.keywords import keyword_vectors
    >>> lexicon = {"peace": ["peace*", "cease fire"], "war": ["war", "wars"]}
    >>> vectors = keyword_vectors(["A cease-fire after two wars.", "Peace now!"], lexicon, per=100)
    >>> vectors.features, vectors.unit, vectors.values.toarray().tolist()
    (('peace', 'war'), 'per 100 tokens', [[20.0, 20.0], [50.0, 0.0]])
    """
    check_per(per)
    chosen = as_lexicon(lexicon)
    tokens = as_tokens(corpus_or_tokens)
    if per is not None and (empty := np.flatnonzero(tokens.n_tokens == 0)).size:
        raise EmptyDocumentError([tokens.docs[i] for i in empty])
    values = _counts(tokens, chosen)
    if per is not None:
        values.data = values.data * per / np.repeat(tokens.n_tokens, np.diff(values.indptr))
    record = Record(
        "keyword_vectors",
        ReadOnly({**tokens.record.parameters, "lexicon": chosen.name, "per": per}),
        ReadOnly({**tokens.record.digests, "lexicon": chosen.digest}),
        recompute=from_tokens(partial(keyword_vectors, per=per), tokens),
    )
    unit = "count" if per is None else f"per {per:,} tokens"
    features = tuple(chosen.categories)
    return FeatureVectors(values, features, tokens.docs, tokens.docvars, unit, record)


def check_per(per: int | None, /) -> None:
    """Raise `OptionError` unless matches can be given per so many tokens, or bare."""
    if per is not None and (not isinstance(per, int) or per < 1):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"per must be a positive int, or None for counts; got {per!r}."
        raise OptionError("per", msg)


def _counts(tokens: Tokens, lexicon: Lexicon, /) -> Matrix:
    """Return the matches per document and category."""
    from scipy.sparse import csr_array

    hits = occurrences(tokens, lexicon)
    rows = np.searchsorted(tokens.indptr, hits.first, side="right") - 1
    shape = (len(tokens), len(lexicon.categories))
    return csr_array((np.ones(len(rows)), (rows, hits.category)), shape=shape)
