"""What each feature adds to the value of one pair, before it is named and sorted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from discourse.errors import check_known
from discourse.labelled import FloatArray
from discourse.metrics import Metric
from discourse.pairwise.binding import Table, bind, check_values
from discourse.vectors import FeatureVectors

if TYPE_CHECKING:
    from discourse.vectors import Matrix

ABSENT: Final = "(absent from both)"


class Compared(NamedTuple):
    """Documents over the features of a metric that is bound to them."""

    metric: Metric
    features: Sequence[str]  # those of the documents, and those that only a background has
    docs: tuple[str, ...]
    values: Matrix


def compared(metric: str | Metric, vectors: FeatureVectors, /) -> Compared:
    """Return the documents as the metric compares them.

    Raises
    ------
    OptionError
        If the metric is unknown.
    DiscourseError
        If weights are negative or not finite.
    """
    check_values(vectors)
    bound = bind(metric, Table(vectors.features, vectors.values))
    return Compared(bound.metric, bound.features, vectors.docs, bound.matrices[0])


class PairParts(NamedTuple):
    """The parts of the value of a pair: one for each of `columns`, which either document has."""

    columns: npt.NDArray[np.integer]
    values: FloatArray
    absent: float  # the parts of the features that neither has, in all
    total: float


def pair_parts(among: Compared, a: str, b: str, /) -> PairParts:
    """Return the parts of the value between two documents.

    Raises
    ------
    OptionError
        If a document is unknown.
    UndefinedError
        If there is no value.
    """
    metric, features, docs, values = among
    for doc in (a, b):
        check_known("document", doc, docs)
    rows = values[[docs.index(a), docs.index(b)], :]
    columns = np.arange(len(features))
    if metric.is_local:
        columns = np.unique(rows.indices)
        metric = metric.at(columns)
    pair = rows[:, columns].toarray()
    parts = metric.parts(*pair, names=(a, b))
    used = pair.any(axis=0)
    total = metric.pair(*pair, names=(a, b))
    return PairParts(columns[used], parts[used], float(parts[~used].sum()), total)


def ranked(
    names: Sequence[str], values: FloatArray, /, *more: FloatArray
) -> tuple[tuple[str, ...], tuple[FloatArray, ...]]:
    """Return names and values by falling magnitude, ties by code point, without what is all 0.

    Parameters
    ----------
    names : sequence of str
    values : ndarray of shape (n_names,)
        What decides the order.
    *more : ndarray of shape (n_names,)
        Further values of each name.
    """
    columns = (values, *more)
    some = np.any([np.nan_to_num(column) != 0.0 for column in columns], axis=0)
    sizes = np.abs(values)
    order = sorted(np.flatnonzero(some).tolist(), key=lambda i: (-sizes[i], names[i]))
    return tuple(names[i] for i in order), tuple(column[order] for column in columns)
