"""Corpora as arrays of integers: which word stands where, and what breaks precede it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from itertools import pairwise
from operator import index
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from discourse import _text
from discourse.corpus import Document, as_corpus
from discourse.errors import OptionError, check_known
from discourse.labelled import check_docvars, frozen, rebuild
from discourse.record import ReadOnly, Record

Tokenizer: TypeAlias = Callable[[str], Sequence[tuple[int, int]]]
Made = TypeVar("Made")


class Break(IntEnum):
    """The strongest border between a token and the one before it."""

    NONE = 0
    CLAUSE = 1
    SENTENCE = 2
    PARAGRAPH = 3


class Vocabulary:
    """The surfaces of a corpus and the type that each folds to.

    Attributes
    ----------
    surfaces : tuple of str
        Words as written, sorted by code point.
    types : tuple of str
        Folded surfaces, sorted by code point.
    type_of : ndarray of shape (n_surfaces,), int32
        Index into `types` for each surface.

    Examples
    --------
    >>> import discourse as ds
    >>> vocabulary = ds.tokenize(["Peace, peace and Don’t."]).vocabulary
    >>> vocabulary.surfaces, vocabulary.types
    (('Don’t', 'Peace', 'and', 'peace'), ('and', "don't", 'peace'))
    """

    __slots__ = ("surfaces", "type_of", "types")

    def __init__(self, surfaces: Sequence[str], /) -> None:
        folded = [_text.fold(surface) for surface in surfaces]
        self.surfaces = tuple(surfaces)
        self.types = tuple(sorted(set(folded)))
        number = {name: i for i, name in enumerate(self.types)}
        self.type_of: npt.NDArray[np.int32] = frozen(
            np.fromiter((number[name] for name in folded), np.int32, len(folded))
        )

    def __repr__(self) -> str:
        """Return the sizes."""
        return f"Vocabulary({len(self.surfaces)} surfaces, {len(self.types)} types)"

    def __reduce__(self) -> tuple[object, ...]:
        """Return what rebuilds the vocabulary, read-only, when it is copied or pickled."""
        return type(self), (self.surfaces,)


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words of every document, in order.

    Attributes
    ----------
    surface_ids : ndarray of shape (n_tokens,), int32
        Index into ``vocabulary.surfaces`` for each token.
    indptr : ndarray of shape (n_docs + 1,), int64
        The tokens of document i are ``indptr[i]:indptr[i + 1]``.
    breaks : ndarray of shape (n_tokens,), uint8
        The border before each token, a `Break`.
    vocabulary : Vocabulary
    docs : tuple of str
    docvars : mapping of str to tuple
        Columns aligned with `docs`.

    Examples
    --------
    >>> import discourse as ds
    >>> tokens = ds.tokenize(["Peace, not war. Peace!"])
    >>> tokens.ids.tolist(), tokens.breaks.tolist()
    ([1, 0, 2, 1], [3, 1, 0, 2])
    """

    surface_ids: npt.NDArray[np.int32]
    indptr: npt.NDArray[np.int64]
    breaks: npt.NDArray[np.uint8]
    vocabulary: Vocabulary
    docs: tuple[str, ...]
    docvars: Mapping[str, tuple[object, ...]]
    record: Record

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        check_docvars(self.docs, self.docvars)
        for array in (self.surface_ids, self.indptr, self.breaks):
            frozen(array)

    def __reduce__(self) -> tuple[object, ...]:
        """Return what rebuilds the tokens, arrays read-only, when they are copied or pickled."""
        return rebuild(self)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.docs)

    def __repr__(self) -> str:
        """Return the sizes."""
        return f"Tokens({len(self):,} documents, {len(self.surface_ids):,} tokens)"

    @property
    def ids(self) -> npt.NDArray[np.int32]:
        """Index into ``vocabulary.types`` for each token."""
        return self.vocabulary.type_of[self.surface_ids]

    @property
    def n_tokens(self) -> npt.NDArray[np.int64]:
        """Tokens per document, shape (n_docs,)."""
        return np.diff(self.indptr)

    def words(self, doc: str, /) -> tuple[str, ...]:
        """Return the types of one document, in the order of its text."""
        check_known("document", doc, self.docs)
        i = self.docs.index(doc)
        own: list[int] = self.ids[self.indptr[i] : self.indptr[i + 1]].tolist()
        return tuple(self.vocabulary.types[j] for j in own)


def tokenize(corpus: Any, /, *, tokenizer: Tokenizer = _text.word_spans) -> Tokens:
    """Return the tokens of a corpus.

    A token is found in the text as written; its type is the folded surface, so that case,
    composition of letters and typographic apostrophes or hyphens make no difference. Header lines
    are left out.

    Parameters
    ----------
    corpus : Corpus, or list of str or Document, or data frame with a text column
    tokenizer : callable, optional
        Takes a text, returns the (start, end) spans of its words in ascending order. A record
        holds its name alone, so `verify` does not know whether it is still the same.

    Returns
    -------
    Tokens

    Raises
    ------
    OptionError
        If the tokenizer returns no spans, or such as are empty, lie outside the text or do not
        ascend.

    Examples
    --------
    >>> import discourse as ds
    >>> ds.tokenize(["Peace, not war."]).words("text1")
    ('peace', 'not', 'war')
    """
    corpus = as_corpus(corpus)
    if not callable(tokenizer):
        msg = f"tokenizer must be a callable from a text to spans; got {tokenizer!r:.60}."
        raise OptionError("tokenizer", msg)
    surfaces: list[str] = []
    sizes = [0]
    breaks: list[int] = []
    for document in corpus:
        spans = token_spans(document, tokenizer)
        surfaces += [document.text[start:end] for start, end in spans]
        breaks += token_breaks(document, spans)
        sizes.append(len(spans))
    vocabulary = Vocabulary(sorted(set(surfaces)))
    number = {surface: i for i, surface in enumerate(vocabulary.surfaces)}
    return Tokens(
        surface_ids=np.fromiter((number[s] for s in surfaces), np.int32, len(surfaces)),
        indptr=np.cumsum(sizes, dtype=np.int64),
        breaks=np.array(breaks, np.uint8),
        vocabulary=vocabulary,
        docs=corpus.ids,
        docvars=ReadOnly(corpus.docvars),
        record=Record(
            "tokenize",
            ReadOnly({"tokenizer": _name(tokenizer)}),
            ReadOnly({"corpus": corpus.digest}),
            recompute=partial(tokenize, tokenizer=tokenizer),
        ),
    )


def as_tokens(corpus_or_tokens: Any, /) -> Tokens:
    """Return the tokens themselves, or those of whatever stands for a corpus."""
    return corpus_or_tokens if isinstance(corpus_or_tokens, Tokens) else tokenize(corpus_or_tokens)


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


def token_spans(
    document: Document, tokenizer: Tokenizer = _text.word_spans, /
) -> list[tuple[int, int]]:
    """Return the spans of a document's words, header lines left out."""
    body = document.header[-1][1] if document.header else 0
    found = tokenizer(document.text)
    try:
        spans = [(index(start), index(end)) for start, end in found]
    except (TypeError, ValueError) as error:
        msg = f"tokenizer must return (start, end) spans of the text; got {found!r:.60}."
        raise OptionError("tokenizer", msg) from error
    if any(not 0 <= start < end <= len(document.text) for start, end in spans):
        msg = f"tokenizer returned a span that is empty or outside the text of {document.id!r}."
        raise OptionError("tokenizer", msg)
    if any(a[0] > b[0] for a, b in pairwise(spans)):
        msg = f"tokenizer returned spans that do not ascend for {document.id!r}."
        raise OptionError("tokenizer", msg)
    return [(start, end) for start, end in spans if start >= body]


def _name(tokenizer: Tokenizer, /) -> str:
    """Return what stands for a tokenizer in a record."""
    if tokenizer is _text.word_spans:
        return "words"
    return getattr(tokenizer, "__qualname__", type(tokenizer).__qualname__)


CLAUSE_MARKS = frozenset(',;:()[]{}—–…"“”«»、，；：（）「」،؛')


def token_breaks(document: Document, spans: Sequence[tuple[int, int]], /) -> list[int]:
    """Return the border before each token of a document."""
    if not spans:
        return []
    text = document.text
    starts = {s.start: Break.SENTENCE for s in document.segments("sentence") if s.kind == "text"}
    starts |= {s.start: Break.PARAGRAPH for s in document.segments("paragraph") if s.kind == "text"}
    borders = sorted(starts.items())
    codes: list[int] = []
    previous, next_border = 0, 0
    for start, end in spans:
        code = Break.NONE
        if not CLAUSE_MARKS.isdisjoint(text[previous:start]):
            code = Break.CLAUSE
        while next_border < len(borders) and borders[next_border][0] <= start:
            code = max(code, borders[next_border][1])
            next_border += 1
        codes.append(code)
        previous = end
    return codes
