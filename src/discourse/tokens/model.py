"""Corpora as arrays of integers: which word stands where, and what breaks precede it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from discourse import _html, _text
from discourse.corpus import Corpus
from discourse.errors import check_known
from discourse.labelled import check_docvars, frozen, rebuild
from discourse.record import Record
from discourse.tokens.batches import corpus_spans
from discourse.tokens.spans import Tokenizer, breaks_at

_FIRST = 20  # words of a document that a notebook shows


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
        folded = list(map(_text.fold, surfaces))
        self.surfaces = tuple(surfaces)
        self.types = tuple(sorted(set(folded)))
        self.type_of: npt.NDArray[np.int32] = frozen(places(folded, self.types))

    def __repr__(self) -> str:
        """Return the sizes."""
        return f"Vocabulary({len(self.surfaces)} surfaces, {len(self.types)} types)"

    def __reduce__(self) -> tuple[object, ...]:
        """Return what rebuilds the vocabulary, read-only, when it is copied or pickled."""
        return type(self), (self.surfaces,)


def places(words: Sequence[str], names: Sequence[str], /) -> npt.NDArray[np.int32]:
    """Return where each word stands among the names, which are distinct.

    Examples
    --------
    >>> places(["war", "peace", "war"], ["peace", "war"]).tolist()
    [1, 0, 1]
    """
    number = dict(zip(names, range(len(names)), strict=True))
    return np.fromiter(map(number.__getitem__, words), np.int32, len(words))


class Borders:
    """The breaks before all tokens of a corpus, found when they are asked for.

    Parameters
    ----------
    corpus : Corpus
    tokenizer : callable
        Finds the tokens again.
    """

    __slots__ = ("_codes", "_source")

    def __init__(self, corpus: Corpus, tokenizer: Tokenizer, /) -> None:
        self._source: tuple[Corpus, Tokenizer] | None = (corpus, tokenizer)
        self._codes: npt.NDArray[np.uint8] = np.empty(0, np.uint8)

    def codes(self) -> npt.NDArray[np.uint8]:
        """Return a `Break` for each token."""
        if self._source is not None:
            corpus, tokenizer = self._source
            spans = corpus_spans(corpus, tokenizer)
            codes = [breaks_at(document, own) for document, own in zip(corpus, spans, strict=True)]
            self._codes = np.concatenate([self._codes, *codes])
            self._source = None
        return frozen(self._codes)

    def __getstate__(self) -> tuple[None, dict[str, object]]:
        """Return the breaks alone, which are smaller than the texts, when copied or pickled."""
        return None, {"_codes": self.codes(), "_source": None}


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words of every document, in order.

    Attributes
    ----------
    surface_ids : ndarray of shape (n_tokens,), int32
        Index into ``vocabulary.surfaces`` for each token.
    indptr : ndarray of shape (n_docs + 1,), int64
        The tokens of document i are ``indptr[i]:indptr[i + 1]``.
    borders : Borders
        What finds `breaks`.
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
    borders: Borders
    vocabulary: Vocabulary
    docs: tuple[str, ...]
    docvars: Mapping[str, tuple[object, ...]]
    record: Record

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        check_docvars(self.docs, self.docvars)
        for array in (self.surface_ids, self.indptr):
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

    def _repr_html_(self) -> str:
        """Return the table that notebooks show: the first documents and their first words."""
        rows = [
            (doc, n, " ".join(self.words(doc)[:_FIRST]))
            for doc, n in zip(self.docs[: _html.ROWS], self.n_tokens.tolist(), strict=False)
        ]
        details = {"tokens": int(self.n_tokens.sum())}
        columns = ["document", "tokens", "first tokens"]
        return _html.table("Tokens", (len(self), 0), columns, rows, details=details)

    @property
    def ids(self) -> npt.NDArray[np.int32]:
        """Index into ``vocabulary.types`` for each token."""
        return self.vocabulary.type_of[self.surface_ids]

    @property
    def breaks(self) -> npt.NDArray[np.uint8]:
        """The border before each token, a `Break`, shape (n_tokens,); found at first use."""
        return self.borders.codes()

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
