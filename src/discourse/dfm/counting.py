"""From tokens to the document-feature matrix: words, n-grams and stop words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, get_args

import numpy as np
import numpy.typing as npt

from discourse import _text, seeds_
from discourse.corpus import Corpus, as_corpus
from discourse.dfm.matrix import DocumentFeatureMatrix
from discourse.dfm.sequences import count_sequences
from discourse.dfm.streaming import DocumentSource, count_stream
from discourse.errors import OptionError, check_jobs, check_option
from discourse.record import ReadOnly, Record
from discourse.tokens import (
    Break,
    Tokens,
    Vocabulary,
    as_tokens,
    find_words,
    from_tokens,
    suits,
    token_record,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from discourse.tokens.batches import Batch

Within: TypeAlias = Literal["document", "sentence"]


def count(
    corpus_or_tokens: Any,
    /,
    *,
    ngrams: int | tuple[int, int] = 1,
    within: Within = "document",
    stopwords: str | Iterable[str] | None = None,
    group: str | Mapping[str, str] | None = None,
    n_jobs: int = 1,
    progress: bool | None = None,
) -> DocumentFeatureMatrix:
    """Return the document-feature matrix of a corpus.

    Parameters
    ----------
    corpus_or_tokens : Tokens, what `tokenize` takes, or a stream of documents
        The documents of a stream are read once, batch by batch, and forgotten: memory is bounded
        by the words and counts that result.
    ngrams : int or (int, int)
        Length of the features in words, or shortest and longest; words are joined by a space.
    within : {"document", "sentence"}
        Whether an n-gram may run across sentence borders.
    stopwords : str or iterable of str, optional
        Name of a list that comes with the library ("english"), or the words themselves. N-grams
        that contain a stop word are left out.
    group : str or mapping, optional
        A docvar, or a group for every identifier, whose counts are summed as by
        ``DocumentFeatureMatrix.group``.
    n_jobs : int
        Threads that look for words in a large corpus, -1 for all processors; the matrix is the
        same for any number.
    progress : bool, optional
        Whether counting a stream shows progress on standard error; by default if that is a
        terminal.

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
    jobs = check_jobs(n_jobs)
    stops = as_stopwords(stopwords)
    again = partial(count, ngrams=ngrams, within=within, n_jobs=n_jobs)
    again = partial(again, stopwords=stopwords if isinstance(stopwords, str) else sorted(stops))
    if isinstance(corpus_or_tokens, DocumentSource):
        return count_stream(corpus_or_tokens, count=again, group=group, progress=progress)
    if group is not None:
        return again(corpus_or_tokens).group(group)
    recompute: Callable[..., DocumentFeatureMatrix] = again
    is_tokens = isinstance(corpus_or_tokens, Tokens)
    given: Tokens | Corpus = corpus_or_tokens if is_tokens else as_corpus(corpus_or_tokens)
    if longest == 1 and isinstance(given, Corpus) and suits(given):
        dfm = _in_batches(given, jobs)
    else:
        tokens = as_tokens(given, n_jobs=n_jobs)
        dfm = _unigrams(tokens) if longest == 1 else _sequences(tokens, shortest, longest, within)
        recompute = from_tokens(again, tokens)
    record = Record(
        "count",
        ReadOnly(
            {
                "ngrams": f"{shortest}-{longest}",
                "within": within,
                "stopwords": stopwords if isinstance(stopwords, str) else tuple(sorted(stops)),
                "tokenizer": dfm.record.parameters["tokenizer"],
            }
        ),
        dfm.record.digests,
        recompute=recompute,
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


def _in_batches(corpus: Corpus, jobs: int, /) -> DocumentFeatureMatrix:
    """Return the matrix of single words of a large corpus, which become no tokens before."""
    from discourse._kernels.numbering import Cells, by_column

    found = find_words(corpus, jobs, lower=True)
    vocabulary = Vocabulary(found.words)

    def counted(batch: Batch) -> Cells:
        type_of = vocabulary.type_of[batch.word_of]
        return by_column(batch.found, type_of, len(vocabulary.types))

    with ThreadPoolExecutor(jobs) as pool:
        parts = list(pool.map(counted, found.batches))
    sizes = [np.diff(part.indptr) for part in parts]
    counts = np.concatenate([part.counts for part in parts])
    columns = np.concatenate([part.columns for part in parts])
    indptr = np.cumsum(np.concatenate([[0], *sizes]))
    return DocumentFeatureMatrix(
        _matrix(counts, columns, indptr, len(vocabulary.types)),
        vocabulary.types,
        corpus.ids,
        ReadOnly(corpus.docvars),
        token_record(found.digest),
    )


def _unigrams(tokens: Tokens, /) -> DocumentFeatureMatrix:
    """Return the matrix of single words."""
    ones = np.ones(len(tokens.surface_ids), np.int64)
    types = tokens.vocabulary.types
    counts = _matrix(ones, tokens.ids, tokens.indptr, len(types))
    return DocumentFeatureMatrix(counts, types, tokens.docs, tokens.docvars, tokens.record)


def _matrix(
    counts: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int32],
    indptr: npt.NDArray[np.int64],
    n_columns: int,
    /,
) -> csr_array[np.int64, tuple[int, int]]:
    """Return the counts as a matrix, with narrow borders where those hold them all."""
    from scipy.sparse import csr_array, get_index_dtype

    borders = indptr.astype(get_index_dtype(maxval=len(columns)))
    shape = (len(indptr) - 1, n_columns)
    matrix: Any = csr_array((counts, columns, borders), shape=shape)
    return cast("csr_array[np.int64, tuple[int, int]]", matrix)


def _sequences(
    tokens: Tokens, shortest: int, longest: int, within: Within, /
) -> DocumentFeatureMatrix:
    """Return the matrix of word sequences."""
    unit_of = np.repeat(np.arange(len(tokens.docs)), tokens.n_tokens)
    if within == "sentence":
        starts = tokens.breaks >= Break.SENTENCE
        starts[tokens.indptr[:-1][tokens.n_tokens > 0]] = True
        unit_of = np.cumsum(starts, dtype=np.int64)
    counts, features = count_sequences(tokens, unit_of, shortest, longest)
    return DocumentFeatureMatrix(counts, features, tokens.docs, tokens.docvars, tokens.record)
