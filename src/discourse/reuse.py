"""Passages that two texts share, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.corpus import Corpus, Document, as_corpus
from discourse.errors import OptionError
from discourse.labelled import ColumnResult
from discourse.record import ReadOnly, Record
from discourse.tokens import Tokens, token_spans, tokenize

if TYPE_CHECKING:
    import pandas as pd

IntArray: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Passages(ColumnResult):
    """Passages that documents of two sides share, the longest first.

    Attributes
    ----------
    a, b : tuple of str
        The documents in which each passage stands.
    n_tokens : ndarray of shape (n_passages,), int64
    a_start, a_end, b_start, b_end : ndarray of shape (n_passages,), int64
        Where it stands in their texts, in characters.
    text : tuple of str
        The passage as the first document has it.

    Examples
    --------
    >>> import discourse as ds
    >>> found = ds.passages("We want peace and trade.", "All want peace, and trade!", min_tokens=3)
    >>> found.text, found.n_tokens.tolist()
    (('want peace and trade',), [4])
    """

    COLUMNS: ClassVar = ("n_tokens", "a_start", "a_end", "b_start", "b_end")

    a: tuple[str, ...]
    b: tuple[str, ...]
    n_tokens: IntArray
    a_start: IntArray
    a_end: IntArray
    b_start: IntArray
    b_end: IntArray
    text: tuple[str, ...]
    record: Record

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.text)

    def __repr__(self) -> str:
        """Return the size."""
        return f"Passages({len(self):,} passages)"

    def to_frame(self) -> pd.DataFrame:
        """Return one row per passage."""
        import pandas as pd

        names = {"a": list(self.a), "b": list(self.b)}
        return pd.DataFrame({**names, **self.columns(), "text": list(self.text)})

    def to_dict(self) -> dict[str, object]:
        """Return the columns and the record as plain data."""
        columns = {name: array.tolist() for name, array in self.columns().items()}
        names = {"a": list(self.a), "b": list(self.b)}
        return {**names, **columns, "text": list(self.text), "record": self.record.to_dict()}


def passages(a: Any, b: Any, /, *, min_tokens: int = 8) -> Passages:
    """Return the passages that documents of two sides have in common.

    A passage is a run of the same words, whatever stands between them, that cannot be made longer
    at either end. It may overlap others, and is there once for each pair of places.

    Parameters
    ----------
    a, b : str, Document, Corpus, list of str or Document, or data frame
        Two sides; each document of the one is compared with each of the other.
    min_tokens : int
        Words of a passage, at least. Eight words are seldom the same by chance, but for names and
        set phrases.

    Returns
    -------
    Passages

    Raises
    ------
    OptionError
        If `min_tokens` is not a positive int.

    Notes
    -----
    Runs of `min_tokens` words are numbered and looked up: time and memory grow with the length of
    the texts and with the pairs of places at which such runs are the same.

    Examples
    --------
    >>> import discourse as ds
    >>> found = ds.passages(["to be or not to be"], ["not to be"], min_tokens=2)
    >>> found.to_frame()[["n_tokens", "a_start", "text"]].values.tolist()
    [[3, 9, 'not to be'], [2, 0, 'to be']]
    """
    if not isinstance(min_tokens, int) or min_tokens < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"min_tokens must be a positive int; got {min_tokens!r}."
        raise OptionError("min_tokens", msg)
    first, second = (_side(side, name) for side, name in ((a, "a"), (b, "b")))
    both = tokenize(Corpus((*_renamed(first, "a"), *_renamed(second, "b"))))
    runs = _runs(both, len(first), min_tokens)
    order = np.lexsort((runs.second, runs.first, -runs.length))
    return _passages(both, (first, second), runs.taken(order), min_tokens)


def _side(side: Any, name: str, /) -> Corpus:
    """Return the documents of a side, one of which may be a bare text."""
    return as_corpus([side] if isinstance(side, str) else side, name)


def _renamed(side: Corpus, prefix: str, /) -> Iterator[Document]:
    """Yield the documents of a side under names that those of the other do not have."""
    for document in side:
        yield Document(f"{prefix}:{document.id}", document.text, header=document.header)


class _Runs(NamedTuple):
    """Runs of the same tokens: where they begin on each side, and their lengths."""

    first: IntArray
    second: IntArray
    length: IntArray

    def taken(self, order: IntArray, /) -> _Runs:
        """Return the runs in this order."""
        return _Runs(self.first[order], self.second[order], self.length[order])


def _runs(tokens: Tokens, n_first: int, least: int, /) -> _Runs:
    """Return the longest runs that a document of the first side shares with one of the second."""
    border = int(tokens.indptr[n_first])
    starts = _starts(tokens, least)
    numbers = _numbered(tokens.ids, starts, least)
    here, there = starts < border, starts >= border
    left, right = _same(numbers[here], numbers[there])
    left, right = starts[here][left], starts[there][right]
    diagonal = np.lexsort((left, right - left))
    left, right = left[diagonal], right[diagonal]
    doc = np.searchsorted(tokens.indptr, np.stack([left, right]), side="right")
    follows = np.zeros(len(left), np.bool_)
    follows[1:] = (np.diff(left) == 1) & (np.diff(right) == 1) & (np.diff(doc) == 0).all(axis=0)
    begins = np.flatnonzero(~follows)
    lengths = np.diff(np.append(begins, len(left))) + least - 1
    return _Runs(left[begins], right[begins], lengths)


def _starts(tokens: Tokens, least: int, /) -> IntArray:
    """Return the tokens from which so many are left in their document."""
    ends = np.repeat(tokens.indptr[1:], tokens.n_tokens)
    return np.flatnonzero(np.arange(len(ends)) + least <= ends)


def _numbered(ids: npt.NDArray[np.int32], starts: IntArray, length: int, /) -> IntArray:
    """Return a number for the run of so many tokens from each start; equal runs have equal ones.

    Runs twice as long are pairs of runs, so that the numbers are those of pairs all along.
    """
    whole = np.unique(ids, return_inverse=True)[1].astype(np.int64)
    size = 1
    padded = np.append(whole, np.full(length, -1, np.int64))
    while size < length:
        step = min(size, length - size)
        pairs = padded[: len(ids)] * (padded.max() + 2) + padded[step : len(ids) + step] + 1
        padded = np.append(np.unique(pairs, return_inverse=True)[1], padded[len(ids) :])
        size += step
    return padded[starts]


def _same(left: IntArray, right: IntArray, /) -> tuple[IntArray, IntArray]:
    """Return all pairs of places at which the two hold the same number."""
    order = np.argsort(right, kind="stable")
    low, high = (np.searchsorted(right[order], left, side=side) for side in ("left", "right"))
    counts = high - low
    first = np.repeat(np.arange(len(left)), counts)
    within = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    return first, order[np.repeat(low, counts) + within]


def _passages(
    tokens: Tokens, sides: tuple[Corpus, Corpus], runs: _Runs, min_tokens: int, /
) -> Passages:
    """Return the runs with the names of their documents and their places in the texts."""
    documents: list[Document] = [*sides[0], *sides[1]]
    here, a_start, a_end = _places(tokens, documents, runs.first, runs.length)
    there, b_start, b_end = _places(tokens, documents, runs.second, runs.length)
    places = zip(here, a_start.tolist(), a_end.tolist(), strict=True)
    return Passages(
        tuple(document.id for document in here),
        tuple(document.id for document in there),
        runs.length,
        a_start,
        a_end,
        b_start,
        b_end,
        tuple(document.text[start:end] for document, start, end in places),
        Record(
            "passages",
            ReadOnly({"min_tokens": min_tokens}),
            ReadOnly({"a": sides[0].digest, "b": sides[1].digest}),
            recompute=partial(passages, min_tokens=min_tokens),
        ),
    )


def _places(
    tokens: Tokens, documents: list[Document], starts: IntArray, lengths: IntArray, /
) -> tuple[list[Document], IntArray, IntArray]:
    """Return the document of each run, and where the run begins and ends in it, in characters.

    Tokens do not hold their places: documents that have runs, few as a rule, are looked at again.
    """
    rows = np.searchsorted(tokens.indptr, starts, side="right") - 1
    begins, ends = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
    numbers: list[int] = rows.tolist()
    for row in set(numbers):
        own = rows == row
        spans = np.array(token_spans(documents[row]), np.int64)
        first = starts[own] - tokens.indptr[row]
        begins[own], ends[own] = spans[first, 0], spans[first + lengths[own] - 1, 1]
    return [documents[row] for row in numbers], begins, ends
