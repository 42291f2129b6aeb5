"""From tokens to the document-feature matrix: words, n-grams and stop words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from discourse import _text, seeds_
from discourse.dfm.matrix import DocumentFeatureMatrix
from discourse.errors import OptionError, check_option
from discourse.record import ReadOnly, Record
from discourse.tokens import Break, Tokens, as_tokens, from_tokens

Within: TypeAlias = Literal["document", "sentence"]


def count(
    corpus_or_tokens: Any,
    /,
    *,
    ngrams: int | tuple[int, int] = 1,
    within: Within = "document",
    stopwords: str | Iterable[str] | None = None,
) -> DocumentFeatureMatrix:
    """Return the document-feature matrix of a corpus.

    Parameters
    ----------
    corpus_or_tokens : Tokens, or what `tokenize` takes
    ngrams : int or (int, int)
        Length of the features in words, or shortest and longest; words are joined by a space.
    within : {"document", "sentence"}
        Whether an n-gram may run across sentence borders.
    stopwords : str or iterable of str, optional
        Name of a list that comes with the library ("english"), or the words themselves. N-grams
        that contain a stop word are left out.

    Returns
    -------
    DocumentFeatureMatrix

    Examples
    --------
    >>> import discourse as ds
    >>> ds.count(["the rule of law"], ngrams=2).features
    ('of law', 'rule of', 'the rule')
    >>> ds.count(["the rule of law"], stopwords="english").features
    ('law', 'rule')
    """
    shortest, longest = _lengths(ngrams)
    check_option("within", within, get_args(Within))
    stops = as_stopwords(stopwords)
    tokens = as_tokens(corpus_or_tokens)
    dfm = _unigrams(tokens) if longest == 1 else _ngrams(tokens, shortest, longest, within)
    again = partial(count, ngrams=ngrams, within=within, stopwords=sorted(stops))
    record = Record(
        "count",
        ReadOnly(
            {
                "ngrams": f"{shortest}-{longest}",
                "within": within,
                "stopwords": stopwords if isinstance(stopwords, str) else tuple(sorted(stops)),
                "tokenizer": tokens.record.parameters["tokenizer"],
            }
        ),
        tokens.record.digests,
        recompute=from_tokens(again, tokens),
    )
    if not stops:
        return replace(dfm, record=record)
    kept = [i for i, f in enumerate(dfm.features) if stops.isdisjoint(f.split(" "))]
    return dfm.columns(kept, record)


def _lengths(ngrams: int | tuple[int, int], /) -> tuple[int, int]:
    """Return the shortest and longest n, checked."""
    match (ngrams, ngrams) if isinstance(ngrams, int) else ngrams:
        case (int(shortest), int(longest)) if 1 <= shortest <= longest:
            return shortest, longest
        case _:
            msg = f"ngrams must be a positive int or (shortest, longest); got {ngrams!r}."
            raise OptionError("ngrams", msg)


def as_stopwords(stopwords: str | Iterable[str] | None, /) -> frozenset[str]:
    """Return the stop words themselves, folded as the words of the texts are."""
    if isinstance(stopwords, str):
        return as_stopwords(seeds_.stopwords(stopwords))
    given = () if stopwords is None else stopwords
    words = list(given) if isinstance(given, Iterable) else [given]  # pyright: ignore[reportUnnecessaryIsInstance]
    if not all(isinstance(word, str) for word in words):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"stopwords must be the name of a list, or a list of str; got {stopwords!r:.60}."
        raise OptionError("stopwords", msg)
    return frozenset(map(_text.fold, words))


def _unigrams(tokens: Tokens, /) -> DocumentFeatureMatrix:
    """Return the matrix of single words."""
    from scipy.sparse import csr_array

    counts = csr_array(
        (np.ones(len(tokens.surface_ids), np.int64), tokens.ids, tokens.indptr.copy()),
        shape=(len(tokens.docs), len(tokens.vocabulary.types)),
        dtype=np.int64,
    )
    return DocumentFeatureMatrix(
        counts, tokens.vocabulary.types, tokens.docs, tokens.docvars, tokens.record
    )


def _ngrams(
    tokens: Tokens, shortest: int, longest: int, within: Within, /
) -> DocumentFeatureMatrix:
    """Return the matrix of word sequences, by one pass over starts for each length."""
    from scipy.sparse import csr_array

    doc_of = np.repeat(np.arange(len(tokens.docs)), tokens.n_tokens)
    unit_of = doc_of
    if within == "sentence":
        starts = tokens.breaks >= Break.SENTENCE
        starts[tokens.indptr[:-1][tokens.n_tokens > 0]] = True
        unit_of = np.cumsum(starts)
    types = tokens.vocabulary.types
    ids: list[int] = tokens.ids.tolist()
    words = [types[i] for i in ids]
    names: list[str] = []
    rows: list[npt.NDArray[np.int64]] = []
    for n in range(shortest, longest + 1):
        begins = np.flatnonzero(unit_of[: max(len(words) - n + 1, 0)] == unit_of[n - 1 :])
        names += [" ".join(words[i : i + n]) for i in begins]
        rows.append(doc_of[begins])
    features = sorted(set(names))
    number = {name: i for i, name in enumerate(features)}
    columns = np.fromiter((number[name] for name in names), np.int64, len(names))
    counts = csr_array(
        (np.ones(len(names), np.int64), (np.concatenate(rows), columns)),
        shape=(len(tokens.docs), len(features)),
    )
    return DocumentFeatureMatrix(
        counts, tuple(features), tokens.docs, tokens.docvars, tokens.record
    )
