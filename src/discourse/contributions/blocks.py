"""The parts of many pairs of documents, summed by feature in blocks of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from discourse.errors import UndefinedError
from discourse.labelled import FloatArray
from discourse.metrics import Metric

if TYPE_CHECKING:
    from discourse.vectors import Matrix

_BLOCK: Final = 2**20  # numbers in the rows of one block: 8 MB


class Rows(NamedTuple):
    """Documents as rows of a matrix, by identifier."""

    docs: tuple[str, ...]
    values: Matrix

    def row(self, i: int, /, *, stored: bool) -> tuple[npt.NDArray[np.integer], FloatArray]:
        """Return the columns and values of one document: those that are stored, or all."""
        if not stored:
            return np.arange(self.values.shape[1]), self.values[[i], :].toarray()[0]
        own = slice(self.values.indptr[i], self.values.indptr[i + 1])
        return self.values.indices[own], self.values.data[own]


class _Block(NamedTuple):
    """Some rows: dense, and as what is stored in each, filled up with zeros in column 0."""

    start: int
    docs: tuple[str, ...]
    dense: FloatArray
    columns: npt.NDArray[np.intp]
    data: FloatArray


class _Pairs(NamedTuple):
    """One document and some of a block, side by side, with the metric over their columns.

    A pair is laid out as the features of the one, followed by those of the other that the one
    lacks: so it takes as much room as it has features. Where the metric looks at all features,
    these are the features of the one.
    """

    metric: Metric
    one: FloatArray
    others: FloatArray


def mean_between(metric: Metric, a: Rows, b: Rows, /) -> FloatArray:
    """Return the mean parts of all pairs of a document of `a` and one of `b`, by feature.

    Raises
    ------
    UndefinedError
        If a pair has no value; the message names it.
    """
    total = np.zeros(a.values.shape[1])
    for block in _blocks(metric, b):
        _add(metric, total, a, block, [slice(0, None)] * len(a.docs), both_ways=False)
    return total / (len(a.docs) * len(b.docs))


def mean_within(metric: Metric, rows: Rows, /) -> FloatArray:
    """Return the mean parts of all pairs of two documents, by feature: NaN for a single document.

    Where the order of a pair matters, the mean is over both orders.

    Raises
    ------
    UndefinedError
        If a pair has no value; the message names it.
    """
    n = len(rows.docs)
    total = np.full(rows.values.shape[1], 0.0 if n > 1 else np.nan)
    for block in _blocks(metric, rows):
        last = block.start + len(block.docs) - 1
        later = [slice(max(0, i + 1 - block.start), None) for i in range(last)]
        _add(metric, total, rows, block, later, both_ways=not metric.symmetric)
    return total / max(1, n * (n - 1) // 2)


def _blocks(metric: Metric, rows: Rows, /) -> Iterator[_Block]:
    """Yield the rows in blocks, without what is stored where the metric looks at all features."""
    step = max(1, _BLOCK // max(1, rows.values.shape[1]))
    for start in range(0, len(rows.docs), step):
        docs = rows.docs[start : start + step]
        dense = rows.values[start : start + step, :].toarray()
        own = [rows.row(start + j, stored=True) for j in range(len(docs) * metric.is_local)]
        width = max((len(columns) for columns, _ in own), default=0)
        columns, data = np.zeros((len(docs), width), np.intp), np.zeros((len(docs), width))
        for j, (places, values) in enumerate(own):
            columns[j, : len(places)], data[j, : len(places)] = places, values
        yield _Block(start, docs, dense, columns, data)


def _add(
    metric: Metric,
    total: FloatArray,
    a: Rows,
    block: _Block,
    chosen: Sequence[slice],
    /,
    *,
    both_ways: bool,
) -> None:
    """Add the parts of the first documents of `a`, each with those chosen of the block."""
    stored = metric.is_local
    rest = np.zeros_like(block.data)
    for i, which in enumerate(chosen):
        columns, values = a.row(i, stored=stored)
        pairs = _lay_out(metric, columns, values, block, which)
        try:
            parts = pairs.metric.parts(pairs.one, pairs.others)
            if both_ways:
                parts = (parts + pairs.metric.parts(pairs.others, pairs.one)) / 2
        except UndefinedError:
            for doc, row in zip(block.docs[which], block.dense[which], strict=True):
                metric.pair(a.values[[i], :].toarray()[0], row, names=(a.docs[i], doc))
            raise
        total[columns] += parts[:, : len(columns)].sum(axis=0)
        rest[which] += parts[:, len(columns) :]
    np.add.at(total, block.columns.ravel(), rest.ravel())


def _lay_out(
    metric: Metric,
    columns: npt.NDArray[np.integer],
    values: FloatArray,
    block: _Block,
    which: slice,
    /,
) -> _Pairs:
    """Return a document, given by its columns and values, with those chosen of a block."""
    lacks = np.ones(block.dense.shape[1], np.bool_)
    lacks[columns] = False
    more = block.columns[which]
    added = np.where(lacks[more], block.data[which], 0.0)
    if metric.is_local:
        own = np.broadcast_to(columns, (len(more), len(columns)))
        metric = metric.at(np.concatenate([own, more], axis=1))
    one = np.concatenate([values, np.zeros(added.shape[1])])
    return _Pairs(metric, one, np.concatenate([block.dense[which][:, columns], added], axis=1))
