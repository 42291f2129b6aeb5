"""Two sources as counts of their sentences, and the lengths that they allow."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.corpus import Corpus, Document, as_corpus
from discourse.errors import OptionError, UndefinedError
from discourse.inference.closed import ClosedSet, names_of, sentence_counts
from discourse.resampling import GROUPS, blocks
from discourse.tokens import Break, tokenize

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Counts: TypeAlias = csr_array[np.int64, tuple[int, int]]

IntArray: TypeAlias = npt.NDArray[np.int64]


def pooled_corpus(name: str, source: Any, /) -> Corpus:
    """Return the documents of one source."""
    return as_corpus([source] if isinstance(source, str) else source, name)


def source_name(name: str, source: Any, /) -> str:
    """Return what a source is called in messages."""
    return source.id if isinstance(source, Document) else name


class SegmentCounts(NamedTuple):
    """Two sources as segments x features, and the names of these."""

    a: Counts
    b: Counts
    features: Sequence[str]


def segment_counts(a: Corpus, b: Corpus, /, features: ClosedSet | None = None) -> SegmentCounts:
    """Return the counts of two sources, one row a sentence that has features."""
    both = [
        Document(f"{side}:{document.id}", document.text, header=document.header)
        for side, corpus in (("a", a), ("b", b))
        for document in corpus
    ]
    tokens = tokenize(Corpus(tuple(both)))
    begins: npt.NDArray[np.bool_] = tokens.breaks >= Break.SENTENCE  # so does every document
    starts = np.flatnonzero(begins)
    counts = sentence_counts(tokens, starts, features)
    border = int(np.searchsorted(starts, int(tokens.indptr[len(a)])))
    sides = counts[:border], counts[border:]
    of_a, of_b = (side[np.flatnonzero(segment_sizes(side))] for side in sides)
    return SegmentCounts(
        of_a, of_b, tokens.vocabulary.types if features is None else names_of(features)
    )


def segment_sizes(counts: Counts, /) -> IntArray:
    """Return the tokens of each segment."""
    return np.asarray(counts.sum(axis=1), np.int64)


def check_nonempty(
    sizes: Sequence[IntArray], names: tuple[str, str], features: ClosedSet | None, /
) -> None:
    """Raise `UndefinedError` if a source has nothing to compare."""
    empty = [name for name, side in zip(names, sizes, strict=True) if not len(side)]
    if empty:
        what = "words to compare" if features is None else "features of the set"
        raise UndefinedError(empty, f"there are no {what}.")


def matched_length(m: float | None, sizes: Sequence[IntArray], names: tuple[str, str], /) -> int:
    """Return the tokens a side, checked against what the sources hold."""
    most = 9 * min(map(_least_left, sizes)) // 20
    if not most:
        raise UndefinedError(names, "too few words to draw two samples from each side.")
    if m is None:
        return most
    if not isinstance(m, Integral) or not 1 <= m <= most:
        msg = f"m must be between 1 and {most}, the largest length these two allow; got {m!r}."
        raise OptionError("m", msg)
    return int(m)


def _least_left(sizes: IntArray, /) -> int:
    """Return the tokens that remain when the largest jackknife group is left out."""
    if len(sizes) < GROUPS:
        return int(sizes.sum())
    return int(sizes.sum() - np.bincount(blocks(len(sizes)), sizes).max())


def interval_note(
    sizes: Sequence[IntArray], names: tuple[str, str], features: ClosedSet | None = None, /
) -> str | None:
    """Return why there is no interval, or None if there is one."""
    short = [
        f"{name!r} has {len(side)}"
        for name, side in zip(names, sizes, strict=True)
        if len(side) < GROUPS
    ]
    if not short:
        return None
    needed = f"{GROUPS} sentences {'' if features is None else 'with features of the set '}a side"
    return f"no interval: it needs {needed}, and {' and '.join(short)}."


def baseline_note_of(sizes: Sequence[IntArray], names: tuple[str, str], m: int, /) -> str | None:
    """Return why there is no baseline, or None if there is one."""
    long = [
        f"in {name!r} the longest has {side.max()}, and {side.sum() - 2 * m} are left over"
        for name, side in zip(names, sizes, strict=True)
        if overlapping(side, m)
    ]
    if not long:
        return None
    most = min(int(side.sum() - side.max()) // 2 for side in sizes)
    advice = f"an m of at most {most}, or more text" if most else "more text"
    return (
        f"undefined: two samples of {m} tokens may draw on one sentence of their source, since "
        f"{'; '.join(long)}. Take {advice}."
    )


def overlapping(sizes: IntArray, m: int, /) -> bool:
    """Return whether two samples of m tokens of one source may draw on the same segment."""
    return bool(sizes.max() > sizes.sum() - 2 * m)
