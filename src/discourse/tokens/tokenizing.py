"""From a corpus to its tokens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from discourse import _text
from discourse.corpus import Corpus, as_corpus
from discourse.errors import OptionError, check_jobs
from discourse.record import ReadOnly, Record
from discourse.tokens.batches import find_words, suits
from discourse.tokens.chinese import jieba_spans
from discourse.tokens.model import Borders, Tokens, Vocabulary, places
from discourse.tokens.spans import Tokenizer, token_spans

Made = TypeVar("Made")


def tokenize(
    corpus: Any,
    /,
    *,
    tokenizer: Tokenizer | Literal["jieba"] = _text.word_spans,
    n_jobs: int = 1,
) -> Tokens:
    """Return the tokens of a corpus.

    A token is found in the text as written; its type is the folded surface, so that case,
    composition of letters and typographic apostrophes or hyphens make no difference. Header lines
    are left out.

    Parameters
    ----------
    corpus : Corpus, or list of str or Document, or data frame with a text column
    tokenizer : callable or "jieba", optional
        Takes a text, returns the (start, end) spans of its words in ascending order. A record
        holds its name alone, so `verify` does not know whether it is still the same. "jieba"
        finds the words of Chinese by a dictionary, which by default are pairs of characters.
    n_jobs : int
        Threads that look for words in a large corpus, -1 for all processors; the tokens are the
        same for any number.

    Returns
    -------
    Tokens

    Raises
    ------
    OptionError
        If the tokenizer returns no spans, or such as are empty, lie outside the text or do not
        ascend; or if `n_jobs` is neither positive nor -1.
    DiscourseError
        If jieba is not installed; it comes with the extra `cjk`.

    Examples
    --------
    >>> import discourse as ds
    >>> ds.tokenize(["Peace, not war."]).words("text1")
    ('peace', 'not', 'war')
    """
    corpus = as_corpus(corpus)
    if tokenizer == "jieba":
        tokenizer = jieba_spans
    if not callable(tokenizer):
        msg = (
            f"tokenizer must be a callable from a text to spans, or 'jieba'; got {tokenizer!r:.60}."
        )
        raise OptionError("tokenizer", msg)
    jobs = check_jobs(n_jobs)
    if tokenizer is _text.word_spans and suits(corpus):
        found = _in_batches(corpus, jobs)
    else:
        found = _one_by_one(corpus, tokenizer)
    return Tokens(
        surface_ids=found.ids,
        indptr=found.indptr,
        borders=Borders(corpus, tokenizer),
        vocabulary=found.vocabulary,
        docs=corpus.ids,
        docvars=ReadOnly(corpus.docvars),
        record=token_record(found.digest, tokenizer, n_jobs=n_jobs),
    )


class _Found(NamedTuple):
    """The words of a corpus, numbered by surface, and the digest of the corpus."""

    vocabulary: Vocabulary
    ids: npt.NDArray[np.int32]
    indptr: npt.NDArray[np.int64]
    digest: str


def _one_by_one(corpus: Corpus, tokenizer: Tokenizer, /) -> _Found:
    """Return the words that a tokenizer finds."""
    surfaces: list[str] = []
    borders = [0]
    for document in corpus:
        text = document.text
        surfaces += [text[start:end] for start, end in token_spans(document, tokenizer)]
        borders.append(len(surfaces))
    vocabulary = Vocabulary(sorted(set(surfaces)))
    ids = places(surfaces, vocabulary.surfaces)
    return _Found(vocabulary, ids, np.array(borders, np.int64), corpus.digest)


def _in_batches(corpus: Corpus, jobs: int, /) -> _Found:
    """Return the words of the default rule."""
    found = find_words(corpus, jobs)
    vocabulary = Vocabulary(sorted(found.words))
    rank = places(found.words, vocabulary.surfaces)
    ids = [rank[batch.word_of][batch.found.ids] for batch in found.batches]
    sizes = [np.diff(batch.found.indptr) for batch in found.batches]
    indptr = np.cumsum(np.concatenate([[0], *sizes]), dtype=np.int64)
    return _Found(vocabulary, np.concatenate(ids), indptr, found.digest)


def token_record(
    corpus_digest: str, tokenizer: Tokenizer = _text.word_spans, /, *, n_jobs: int = 1
) -> Record:
    """Return the record of the tokens of a corpus."""
    return Record(
        "tokenize",
        ReadOnly({"tokenizer": _name(tokenizer)}),
        ReadOnly({"corpus": corpus_digest}),
        recompute=partial(tokenize, tokenizer=tokenizer, n_jobs=n_jobs),
    )


def as_tokens(corpus_or_tokens: Any, /, *, n_jobs: int = 1) -> Tokens:
    """Return the tokens themselves, or those of whatever stands for a corpus."""
    if isinstance(corpus_or_tokens, Tokens):
        return corpus_or_tokens
    return tokenize(corpus_or_tokens, n_jobs=n_jobs)


def from_tokens(verb: Callable[..., Made], tokens: Tokens, /) -> Callable[..., Made]:
    """Return the verb such that a corpus becomes tokens the way that these tokens did."""
    return partial(_again, verb, tokens.record.recompute or tokenize)


def _again(
    verb: Callable[..., Made],
    tokenize: Callable[[Any], object],
    corpus_or_tokens: Any,
    /,
    *inputs: object,
) -> Made:
    """Return what the verb makes of the tokens and its other inputs."""
    is_tokens = isinstance(corpus_or_tokens, Tokens)
    return verb(corpus_or_tokens if is_tokens else tokenize(corpus_or_tokens), *inputs)


def _name(tokenizer: Tokenizer, /) -> str:
    """Return what stands for a tokenizer in a record."""
    if tokenizer is _text.word_spans:
        return "words"
    return getattr(tokenizer, "__qualname__", type(tokenizer).__qualname__)
