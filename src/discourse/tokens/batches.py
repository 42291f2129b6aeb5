"""The words of a large corpus, found batch by batch in several threads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Semaphore
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from discourse import _text
from discourse.corpus import Corpus, Document
from discourse.record import digest
from discourse.tokens.spans import Tokenizer, token_spans

if TYPE_CHECKING:
    from discourse._kernels.numbering import Numbered, Numbering

Ids = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]

LARGE = 8_000_000  # characters, which the expression finds the words of while numba is loaded
_LOADED = 16  # times fewer are enough once it is
_LOOPS = "discourse._kernels.words"
_BATCH = 2**20  # bytes
_LONGEST = 2**28  # characters of a text, whose bytes 32 bits must number
_WAITING = 2  # batches for each thread, so that memory is bounded


class Batch(NamedTuple):
    """The words of some documents, in order.

    Attributes
    ----------
    found : Numbered
    word_of : ndarray of shape (n_numbers,), int32
        Index into the words for each number.
    """

    found: Numbered
    word_of: Ids


class Found(NamedTuple):
    """The words of a corpus.

    Attributes
    ----------
    words : list of str
        Distinct, in any order.
    batches : list of Batch
    digest : str
        Of the corpus.
    """

    words: list[str]
    batches: list[Batch]
    digest: str


def suits(corpus: Corpus, /) -> bool:
    """Tell whether a corpus is large enough for the loops, and holds nothing they cannot take."""
    sizes = [len(document.text) for document in corpus]
    enough = LARGE // _LOADED if _LOOPS in sys.modules else LARGE
    return sum(sizes) >= enough and max(sizes) < _LONGEST and not any(map(_cuts_word, corpus))


def _cuts_word(document: Document, /) -> bool:
    """Tell whether a word may begin in the header lines and end after them."""
    body = _body(document)
    around = document.text[max(body - 1, 0) : body + 1]
    return body > 0 and len(around) == 2 and not any(map(str.isspace, around))


def _body(document: Document, /) -> int:
    """Return where the text proper begins."""
    return document.header[-1][1] if document.header else 0


def find_words(corpus: Corpus, n_jobs: int, /, *, lower: bool = False) -> Found:
    """Return the words of a corpus by the default rule.

    Each thread numbers words by itself; while they do, this one encodes texts.

    Parameters
    ----------
    corpus : Corpus
    n_jobs : int
    lower : bool
        Whether the capital letters of ASCII are taken for small ones, which changes no type.
    """
    from discourse._kernels.numbering import Numbering

    classes = _text.character_classes()
    numberings = [Numbering(classes, lower=lower) for _ in range(n_jobs)]
    idle: SimpleQueue[int] = SimpleQueue()
    for which in range(n_jobs):
        idle.put(which)
    room = Semaphore(_WAITING * n_jobs)

    def number(texts: list[bytes]) -> tuple[int, Numbered]:
        which = idle.get()
        try:
            return which, numberings[which].add(texts)
        finally:
            idle.put(which)
            room.release()

    futures: list[Future[tuple[int, Numbered]]] = []
    with ThreadPoolExecutor(n_jobs) as pool:

        def hand_over(texts: list[bytes]) -> None:
            room.acquire()
            futures.append(pool.submit(number, texts))

        contents = digest(_encoded(corpus, hand_over))
    word_of = _merged(numberings)
    batches = [Batch(found, word_of[which]) for which, found in (f.result() for f in futures)]
    words = numberings[0].words()
    if _text.has_unspaced(" ".join(words)):
        return Found(*_in_pieces(words, batches), contents)
    return Found(words, batches, contents)


def corpus_spans(corpus: Corpus, tokenizer: Tokenizer, /) -> Iterator[Places]:
    """Yield the spans of each document's words, an array of shape (n_words, 2)."""
    if tokenizer is not _text.word_spans or not suits(corpus):
        for document in corpus:
            yield np.array(token_spans(document, tokenizer), np.int64).reshape(-1, 2)
        return
    from discourse._kernels.edges import Edges

    edges = Edges(_text.character_classes())
    for document in corpus:
        if _text.has_unspaced(document.text):
            yield np.array(token_spans(document), np.int64).reshape(-1, 2)
        else:
            spans = edges.spans(document.text)
            yield spans[spans[:, 0].searchsorted(_body(document)) :]


def _encoded(corpus: Corpus, hand_over: Callable[[list[bytes]], None], /) -> Iterator[str | bytes]:
    """Yield what the digest of a corpus is made of, and hand over what words are looked for in."""
    texts: list[bytes] = []
    size = 0
    for document in corpus:
        text = document.text.encode("utf-8", "surrogatepass")
        yield from (document.id, text, repr(document.header))
        body = document.text[: _body(document)].encode("utf-8", "surrogatepass")
        texts.append(text[len(body) :])
        size += len(text)
        if size >= _BATCH:
            hand_over(texts)
            texts, size = [], 0
    if texts:
        hand_over(texts)


def _merged(numberings: list[Numbering], /) -> list[Ids]:
    """Return the numbers that the words of all have in the first, which takes in the others."""
    first, *others = numberings
    own = np.arange(len(first), dtype=np.int32)
    return [own, *(first.take(other) for other in others)]


def _in_pieces(words: list[str], batches: list[Batch], /) -> tuple[list[str], list[Batch]]:
    """Return words and batches with those of unspaced scripts cut up as `word_spans` does."""
    number: dict[str, int] = {}
    pieces: list[int] = []
    borders = [0]
    for word in words:
        spans = _text.word_spans(word)
        pieces += [number.setdefault(word[start:end], len(number)) for start, end in spans]
        borders.append(len(pieces))
    own = np.arange(len(number), dtype=np.int32)
    ids, starts = np.array(pieces, np.int32), np.array(borders, np.int64)
    return list(number), [Batch(_cut(batch, ids, starts), own) for batch in batches]


def _cut(batch: Batch, pieces: Ids, borders: Places, /) -> Numbered:
    """Return the pieces of every word in its place."""
    words = batch.word_of[batch.found.ids]
    sizes = np.diff(borders)[words]
    ends: Places = np.concatenate([[0], sizes.cumsum()]).astype(np.int64)
    places: Places = np.arange(int(ends[-1])) + (borders[words] - ends[:-1]).repeat(sizes)
    return batch.found._replace(ids=pieces[places], indptr=ends[batch.found.indptr])
