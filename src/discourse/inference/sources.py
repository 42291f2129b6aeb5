"""Sources as counts of their sentences, and the random orders of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.corpus import Corpus, Document, as_corpus
from discourse.inference.closed import ClosedSet, names_of, sentence_counts
from discourse.inference.fitting import fitted
from discourse.metrics import Metric
from discourse.record import digest
from discourse.resampling import GROUPS, blocks
from discourse.tokens import Break, tokenize

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

IntArray: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The sentences of one source that have words.

    Attributes
    ----------
    name : str
    features : tuple of str
        Of all sources together.
    counts : csr_array of shape (n_sentences, n_features), float64
    sizes : ndarray of shape (n_sentences,), int64
        Tokens per sentence.
    document : ndarray of shape (n_sentences,), int64
        The place of its document among those of the source.
    key : tuple of int
        What its random orders depend on, beside the seed: its texts, not its name or its place.
    """

    name: str
    features: Sequence[str]
    counts: Matrix
    sizes: IntArray
    document: IntArray
    key: tuple[int, int]

    @property
    def long(self) -> bool:
        """Whether it has the sentences that an interval needs."""
        return len(self.sizes) >= GROUPS

    @property
    def largest(self) -> int:
        """The tokens of the largest samples it allows; 0 if it allows none."""
        kept = int(self.sizes.sum())
        if self.long:  # with the largest jackknife group left out
            kept -= int(np.bincount(blocks(len(self.sizes)), self.sizes).max())
        return 9 * kept // 20

    def disjoint(self, m: int, /) -> bool:
        """Return whether two samples of m tokens never draw on the same sentence."""
        return bool(self.sizes.max() <= self.sizes.sum() - 2 * m)

    def generator(self, seed: int, /) -> np.random.Generator:
        """Return the generator that the random orders of the sentences come from."""
        return np.random.default_rng([seed, *self.key])


def sources_of(
    names: Sequence[str], corpora: Sequence[Corpus], features: ClosedSet | None = None, /
) -> tuple[Source, ...]:
    """Return a source for each corpus, called by its name, their features aligned.

    Of a closed set of features only these count, and sentences without any are left out.

    Examples
    --------
    >>> texts = [Corpus.from_texts(["Peace. War, war."]), Corpus.from_texts(["War."])]
    >>> x, y = sources_of(["x", "y"], texts)
    >>> x.counts.toarray().tolist(), y.counts.toarray().tolist()
    ([[1.0, 0.0], [0.0, 2.0]], [[0.0, 1.0]])
    """
    tokens = tokenize(Corpus(tuple(_renamed(corpora))))
    # the first word of every document is among them
    starts = np.flatnonzero(tokens.breaks >= Break.SENTENCE)
    counts = sentence_counts(tokens, starts, features)
    document = np.repeat(np.arange(len(tokens.docs)), np.diff(tokens.indptr))[starts]
    kept = np.flatnonzero(segment_sizes(counts))
    counts, document = counts[kept], document[kept]
    sizes = segment_sizes(counts)
    first = np.cumsum([0, *map(len, corpora)])  # document of each source
    border: list[int] = document.searchsorted(first).tolist()
    columns = tokens.vocabulary.types if features is None else names_of(features)
    return tuple(
        Source(
            name,
            columns,
            counts[i:j].astype(np.float64),
            sizes[i:j],
            document[i:j] - start,
            key,
        )
        for name, start, (i, j), key in zip(
            names, first[:-1], pairwise(border), _keys(corpora), strict=True
        )
    )


def segment_sizes(counts: csr_array[Any, tuple[int, int]], /) -> IntArray:
    """Return the tokens of each segment, for counts of shape (n_segments, n_features)."""
    return np.asarray(counts.sum(axis=1), np.int64)


def bound(metric: str | Metric, sources: Sequence[Source], /) -> tuple[Metric, tuple[Source, ...]]:
    """Return the metric over the features of the sources, and these over its columns."""
    counts = [source.counts for source in sources]
    chosen, moved = fitted(metric, sources[0].features, counts)
    pairs = zip(sources, moved, strict=True)
    return chosen, tuple(replace(source, counts=counts) for source, counts in pairs)


def named_corpora(sources: Mapping[str, Any], /) -> tuple[tuple[str, ...], tuple[Corpus, ...]]:
    """Return what sources are called in messages, and their documents, from their parameters."""
    names = tuple(
        source.id if isinstance(source, Document) else name for name, source in sources.items()
    )
    corpora = (
        as_corpus([source] if isinstance(source, str) else source, name)
        for name, source in sources.items()
    )
    return names, tuple(corpora)


def _renamed(corpora: Sequence[Corpus], /) -> Iterator[Document]:
    """Yield the documents of all corpora, with identifiers that never are the same."""
    for number, corpus in enumerate(corpora):
        for document in corpus:
            yield Document(f"{number}:{document.id}", document.text, header=document.header)


def _keys(corpora: Sequence[Corpus], /) -> list[tuple[int, int]]:
    """Return the digest of each source's texts, and how many sources before it have the same."""
    seen: Counter[int] = Counter()
    keys: list[tuple[int, int]] = []
    for corpus in corpora:
        text = int(digest(corpus.texts), 16)
        keys.append((text, seen[text]))
        seen[text] += 1
    return keys
