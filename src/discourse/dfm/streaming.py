"""Counts of documents that pass by once, in memory bounded by what results."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from operator import methodcaller
from types import NoneType
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast, runtime_checkable

import numpy as np
import numpy.typing as npt

from discourse.corpus import Corpus, Document, as_corpus
from discourse.dfm.matrix import DocumentFeatureMatrix
from discourse.errors import OptionError
from discourse.record import ReadOnly, Record, digest

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from tqdm import tqdm

Counts: TypeAlias = "csr_array[Any, tuple[int, int]]"
Count: TypeAlias = Callable[[Corpus], DocumentFeatureMatrix]

_BATCH = 9_000_000  # characters: enough to count at full speed
_MOST_HELD = 100_000  # documents, each of which weighs something beside its text
_MOST_SHARED = 10_000  # values of a docvar; where there are more they hardly ever repeat


@runtime_checkable
class DocumentSource(Protocol):
    """Documents that can be read one by one, and again, without being held in memory."""

    @property
    def n_bytes(self) -> int:
        """Size of what is read."""
        ...

    def documents(self, advance: Callable[[int], object], /) -> Iterator[Document]:
        """Yield the documents; `advance` is told how many further bytes were read."""
        ...


def count_stream(
    source: DocumentSource | Iterable[Document],
    /,
    *,
    count: Count,
    group: str | Mapping[str, str] | None = None,
    batch: int = _BATCH,
    progress: bool | None = None,
) -> DocumentFeatureMatrix:
    """Return the matrix of documents that are read once and forgotten.

    It is that of counting all documents at once, whatever the size of the batches.

    Parameters
    ----------
    source : DocumentSource, or iterable of Document
    count : callable
        Takes a corpus, returns its matrix; applied to one batch after another.
    group : str or mapping, optional
        A docvar, or a group for every identifier. The counts of a group are summed as they come,
        so that memory is bounded by the words of the groups.
    batch : int
        Characters in a batch.
    progress : bool, optional
        Whether to show progress on standard error; by default if that is a terminal.

    Returns
    -------
    DocumentFeatureMatrix
        Documents in the order of the source; groups sorted by name.

    Raises
    ------
    OptionError
        If the docvar is unknown, or a document has no group.
    DiscourseError
        If there is no document.

    Examples
    --------
    >>> import discourse as ds
    >>> corpus = ds.Corpus.from_texts(["a b", "b", "c"], docvars={"party": ["X", "Y", "X"]})
    >>> dfm = count_stream(corpus, count=ds.count, group="party", batch=1)
    >>> dfm.docs, dfm.features, dfm.counts.toarray().tolist()
    (('X', 'Y'), ('a', 'b', 'c'), [[1, 1, 1], [0, 1, 0]])
    """
    running = _Documents(count) if group is None else _Groups(count, group)
    with _bar(source, progress=progress) as bar:
        documents = source.documents(bar.update) if isinstance(source, DocumentSource) else source
        contents = digest(_passing(documents, running.add, batch))
    record = replace(
        running.record(),
        digests=ReadOnly({"corpus": contents}),
        recompute=partial(count_stream, count=count, group=group, batch=batch, progress=progress),
    )
    return running.matrix(record)


def _bar(source: object, *, progress: bool | None) -> tqdm[Any]:
    """Return the bar that shows how many bytes have been read."""
    from tqdm import tqdm

    if not isinstance(progress, (bool, NoneType)):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"progress must be True, False or None; got {progress!r}."
        raise OptionError("progress", msg)
    shown = sys.stderr.isatty() if progress is None else progress
    total = source.n_bytes if isinstance(source, DocumentSource) else None
    return tqdm(total=total, desc="counting", unit="B", unit_scale=True, disable=not shown)


def _passing(
    documents: Iterable[Document], add: Callable[[Corpus], None], batch: int, /
) -> Iterator[str]:
    """Yield what the digest of a corpus is made of, and hand the documents on in batches."""
    held: list[Document] = []
    size = 0
    for document in documents:
        yield from (document.id, document.text, repr(document.header))
        held.append(document)
        size += len(document.text)
        if size >= batch or len(held) == _MOST_HELD:
            add(Corpus(tuple(held)))
            held, size = [], 0
    if held:
        add(Corpus(tuple(held)))


class _Running(ABC):
    """The counts so far, their columns numbered in the order in which features appeared."""

    def __init__(self, count: Count, /) -> None:
        self._count = count
        self._number: dict[str, int] = {}
        self._record: Record | None = None

    def add(self, corpus: Corpus, /) -> None:
        """Count a batch and add it."""
        dfm = self._count(corpus)
        self._record = dfm.record
        self._add(dfm)

    def record(self) -> Record:
        """Return the record of counting any batch."""
        if self._record is None:
            as_corpus(Corpus(()), "the stream")  # raises: there is nothing to count
        return cast("Record", self._record)

    @abstractmethod
    def _add(self, dfm: DocumentFeatureMatrix, /) -> None:
        """Add the matrix of a batch."""

    @abstractmethod
    def matrix(self, record: Record, /) -> DocumentFeatureMatrix:
        """Return all that was added, features sorted; nothing can be added after it."""

    def _columns(self, dfm: DocumentFeatureMatrix, /) -> npt.NDArray[np.int32]:
        """Return the number of each column of the batch's counts that is stored."""
        number = self._number
        numbers = [number.setdefault(feature, len(number)) for feature in dfm.features]
        return np.array(numbers, np.int32)[dfm.counts.indices]

    def _sorted(self) -> tuple[tuple[str, ...], npt.NDArray[np.int32]]:
        """Return the features in order, and the place there of each number."""
        features = tuple(sorted(self._number))
        place = np.empty(len(features), np.int32)
        place[[self._number[feature] for feature in features]] = np.arange(len(features))
        return features, place


class _Growing:
    """A long array that is appended to; most systems enlarge it without a copy."""

    def __init__(self, dtype: npt.DTypeLike, /) -> None:
        self._array: npt.NDArray[Any] = np.empty(0, dtype)
        self._n = 0

    def extend(self, values: npt.NDArray[Any], /) -> None:
        """Append values, with more bytes for each if they need it."""
        kind = np.promote_types(self._array.dtype, values.dtype)
        if kind != self._array.dtype:
            self._array = self._array.astype(kind)
        end = self._n + len(values)
        if end > len(self._array):
            self._array.resize(max(end, len(self._array) * 9 // 8), refcheck=False)
        self._array[self._n : end] = values
        self._n = end

    def __len__(self) -> int:
        """Return how many values there are."""
        return self._n

    def taken(self) -> npt.NDArray[Any]:
        """Return the array, which is let go."""
        array, self._array = self._array, np.empty(0, self._array.dtype)
        array.resize(self._n, refcheck=False)
        return array


class _Documents(_Running):
    """Rows that are kept as they come, in as few bytes as they need."""

    def __init__(self, count: Count, /) -> None:
        super().__init__(count)
        self._stored = _Growing(np.int32)
        self._values = _Growing(np.uint8)
        self._sizes: list[npt.NDArray[np.int64]] = []  # of the rows of each batch
        self._docs: list[str] = []
        self._docvars: dict[str, list[object]] = {}
        self._shared: dict[str, dict[object, object]] = {}

    def _add(self, dfm: DocumentFeatureMatrix, /) -> None:
        """Append the rows of a batch."""
        values = dfm.counts.data
        self._stored.extend(self._columns(dfm))
        self._values.extend(values.astype(np.min_scalar_type(values.max(initial=0))))
        self._sizes.append(np.diff(dfm.counts.indptr).astype(np.int64))
        for name in dfm.docvars.keys() - self._docvars.keys():
            self._docvars[name] = [None] * len(self._docs)
        self._docs += dfm.docs
        for name, column in self._docvars.items():
            own = dfm.docvars.get(name, [None] * len(dfm))
            column.extend(_sharing(own, self._shared.setdefault(name, {})))

    def matrix(self, record: Record, /) -> DocumentFeatureMatrix:
        """Return the rows in the order in which they came."""
        from scipy.sparse import csr_array

        features, place = self._sorted()
        # In this order, so that no more than one of the arrays is there twice.
        columns = place.astype(_integer(len(self._stored)))[self._stored.taken()]
        values = self._values.taken().astype(np.int64)
        borders = np.concatenate(([0], np.cumsum(np.concatenate(self._sizes))))
        shape = (len(self._docs), len(features))
        counts: Counts = csr_array((values, columns, borders.astype(columns.dtype)), shape=shape)
        docvars = {name: tuple(column) for name, column in self._docvars.items()}
        return DocumentFeatureMatrix(counts, features, tuple(self._docs), ReadOnly(docvars), record)


def _integer(stored: int, /) -> npt.DTypeLike:
    """Return the type of the indices of a matrix with so many stored values."""
    return np.int32 if stored < 2**31 else np.int64


def _sharing(values: Iterable[object], shared: dict[object, object], /) -> Iterator[object]:
    """Yield the values, equal strings being one object as long as there are few of them."""
    for value in values:
        if isinstance(value, str) and len(shared) < _MOST_SHARED:
            yield shared.setdefault(value, value)
        else:
            yield value


class _Groups(_Running):
    """Rows that are summed by group as they come."""

    def __init__(self, count: Count, group: str | Mapping[str, str], /) -> None:
        super().__init__(count)
        self._group = group
        self._rows: dict[str, int] = {}
        self._sums: list[Counts] = []

    def record(self) -> Record:
        """Return the record of counting any batch and grouping it."""
        step = f"group({self._group!r})"
        return super().record().then(step, methodcaller("group", self._group))

    def _add(self, dfm: DocumentFeatureMatrix, /) -> None:
        """Add the groups of a batch, summing what has become large enough to be worth it."""
        from scipy.sparse import csr_array

        dfm = dfm.group(self._group)
        columns = self._columns(dfm)
        rows = [self._rows.setdefault(name, len(self._rows)) for name in dfm.docs]
        of_entry = np.repeat(np.array(rows, np.int32), np.diff(dfm.counts.indptr))
        shape = (len(self._rows), len(self._number))
        self._sums.append(csr_array((dfm.counts.data, (of_entry, columns)), shape=shape))
        # Each sum is at least twice the next: an entry is added up a logarithmic number of times.
        while len(self._sums) > 1 and self._sums[-2].nnz < 2 * self._sums[-1].nnz:
            self._merge()

    def _merge(self) -> None:
        """Replace the last two sums by their sum."""
        last = self._sums.pop()
        earlier: Any = self._sums.pop()
        earlier.resize(last.shape)  # later sums have more rows and columns
        self._sums.append(earlier + last)

    def matrix(self, record: Record, /) -> DocumentFeatureMatrix:
        """Return the groups, sorted by name."""
        from scipy.sparse import csr_array

        while len(self._sums) > 1:
            self._merge()
        features, place = self._sorted()
        names = sorted(self._rows)
        sums = self._sums.pop()[[self._rows[name] for name in names], :]
        counts: Counts = csr_array((sums.data, place[sums.indices], sums.indptr), shape=sums.shape)
        docvars = {self._group: tuple(names)} if isinstance(self._group, str) else {}
        return DocumentFeatureMatrix(counts, features, tuple(names), ReadOnly(docvars), record)
