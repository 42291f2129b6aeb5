"""Many sources as counts of their sentences, the length that all allow, and their random orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from discourse.corpus import Corpus, Document
from discourse.errors import OptionError, UndefinedError
from discourse.inference.closed import sentence_counts
from discourse.inference.fitting import fitted
from discourse.inference.sources import (
    IntArray,
    overlapping,
    pooled_corpus,
    segment_sizes,
    source_name,
)
from discourse.metrics import Metric
from discourse.record import digest
from discourse.resampling import GROUPS, blocks
from discourse.tokens import Break, tokenize

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]


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
        return not overlapping(self.sizes, m)

    def generator(self, seed: int, /) -> np.random.Generator:
        """Return the generator that the random orders of the sentences come from."""
        return np.random.default_rng([seed, *self.key])


def sources_of(names: Sequence[str], corpora: Sequence[Corpus], /) -> tuple[Source, ...]:
    """Return a source for each corpus, called by its name, their features aligned.

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
    counts = sentence_counts(tokens, starts, None)
    sizes = segment_sizes(counts)
    document = np.repeat(np.arange(len(tokens.docs)), np.diff(tokens.indptr))[starts]
    first = np.cumsum([0, *map(len, corpora)])  # document of each source
    border: list[int] = document.searchsorted(first).tolist()
    return tuple(
        Source(
            name,
            tokens.vocabulary.types,
            counts[i:j].astype(np.float64),
            sizes[i:j],
            document[i:j] - start,
            key,
        )
        for name, start, (i, j), key in zip(
            names, first[:-1], pairwise(border), _keys(corpora), strict=True
        )
    )


def bound(metric: str | Metric, sources: Sequence[Source], /) -> tuple[Metric, tuple[Source, ...]]:
    """Return the metric over the features of the sources, and these over its columns."""
    counts = [source.counts for source in sources]
    chosen, moved = fitted(metric, sources[0].features, counts)
    pairs = zip(sources, moved, strict=True)
    return chosen, tuple(replace(source, counts=counts) for source, counts in pairs)


def named_corpora(sources: Mapping[str, Any], /) -> tuple[tuple[str, ...], tuple[Corpus, ...]]:
    """Return what sources are called in messages, and their documents, from their parameters."""
    names = tuple(source_name(name, source) for name, source in sources.items())
    return names, tuple(pooled_corpus(name, source) for name, source in sources.items())


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


def common_length(m: int | None, sources: Sequence[Source], /) -> int:
    """Return the tokens a sample, checked against what every source holds.

    Raises
    ------
    UndefinedError
        If a source has no words, or too few for two samples.
    OptionError
        If `m` is not between 1 and the largest length.
    """
    if empty := [source.name for source in sources if not len(source.sizes)]:
        raise UndefinedError(empty, "there are no words to compare.")
    if small := [source.name for source in sources if not source.largest]:
        raise UndefinedError(small, "too few words to draw two samples from.")
    shortest = min(sources, key=lambda source: source.largest)
    if m is None:
        return shortest.largest
    if not isinstance(m, (int, np.integer)) or not 1 <= m <= shortest.largest:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = (
            f"m must be an int between 1 and {shortest.largest}, the largest length that "
            f"{shortest.name!r} allows; got {m!r}."
        )
        raise OptionError("m", msg)
    return int(m)


def why_no_interval(sources: Sequence[Source], /) -> str | None:
    """Return which sources are too short for an interval, or None if none is."""
    short = [f"{source.name!r} has {len(source.sizes)}" for source in sources if not source.long]
    if not short:
        return None
    return f"no interval with a source of fewer than {GROUPS} sentences: {listed(short)}."


def why_no_baseline(sources: Sequence[Source], m: int, /) -> str | None:
    """Return which sources have no level within, or None if all have one."""
    without = [repr(source.name) for source in sources if not source.disjoint(m)]
    if not without:
        return None
    return (
        f"no baseline, and no excess, for a source in which two samples of {m} tokens may draw on "
        f"one sentence: {listed(without)}. Take a smaller m, or more text."
    )


def listed(items: Sequence[str], /, most: int = 5) -> str:
    """Return the first items, comma-separated, and how many more there are."""
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more


def joined(*notes: str | None) -> str | None:
    """Return the notes that there are as one, None if there are none."""
    return " ".join(note for note in notes if note) or None
