"""A metric and two sets of documents over the same features: what every comparison begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

import numpy as np

from discourse import metrics
from discourse.errors import DiscourseError, OptionError, shorten
from discourse.labelled import FloatArray
from discourse.metrics import Metric
from discourse.record import Parameter, digest
from discourse.vectors import FeatureVectors, as_vectors, compressed

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]


class Table(NamedTuple):
    """Rows of values with the names of their columns."""

    features: Sequence[str]
    values: Matrix


class Bound(NamedTuple):
    """A metric that knows its features, and what it is to compare.

    Attributes
    ----------
    metric : Metric
        Bound to the features.
    features : sequence of str
        Of all columns: those compared, then those that only the background has.
    matrices : tuple of csr_array
        What is compared, over these columns; the same object where it was given twice.
    """

    metric: Metric
    features: Sequence[str]
    matrices: tuple[Matrix, ...]


def bind(metric: str | Metric, /, *tables: Table) -> Bound:
    """Return a metric bound to the features of tables, whose columns are brought together.

    Parameters
    ----------
    metric : str or Metric
    *tables : Table
        What is compared; the background too, where the metric needs one and has none of its own.

    Raises
    ------
    OptionError
        If the metric is unknown, or its background or weights are of no use here.
    DiscourseError
        If weights of features are negative or not finite, or the background tells nothing.
    """
    chosen = metrics.find(metric)
    own = None if chosen.background is None else _background(chosen.background)
    features, matrices = _aligned([*tables, *([] if own is None else [own])])
    compared = tuple(matrices[: len(tables)])
    background = None
    if chosen.learns is not None:
        background = matrices[-1] if own is not None else _stacked(compared)
    weights = None if chosen.weights is None else _weights(chosen.weights, features)
    bound = chosen.on(len(features), background=background, weights=weights)
    return Bound(bound, features, compared)


def described(metric: str | Metric, /) -> tuple[dict[str, Parameter], dict[str, str]]:
    """Return what a record says of a metric: its parameters, and digests of what it was given."""
    chosen = metrics.find(metric)
    parameters: dict[str, Parameter] = {"metric": chosen.name, **chosen.options}
    digests: dict[str, str] = {}
    if chosen.background is not None:
        digests["background"] = as_vectors(chosen.background).digest
    if chosen.weights is not None:
        digests["weights"] = digest(repr(item) for item in sorted(dict(chosen.weights).items()))
    return parameters, digests


def check_values(vectors: FeatureVectors, /) -> None:
    """Raise unless all weights are finite and none is negative."""
    data = vectors.values.data
    wrong = np.flatnonzero(~((data >= 0.0) & (data < np.inf)))
    if wrong.size:
        rows = np.unique(np.searchsorted(vectors.values.indptr, wrong, side="right") - 1)
        msg = (
            f"weights must be finite and 0 or more; those of {len(rows)} document(s) are not: "
            f"{shorten([vectors.docs[int(i)] for i in rows])}."
        )
        raise DiscourseError(msg)


def _background(given: Any, /) -> Table:
    """Return the documents that a metric is to learn from."""
    if not hasattr(given, "docs"):
        msg = (
            "background must be FeatureVectors or a DocumentFeatureMatrix here, whose features "
            f"have names; got {type(given).__name__}."
        )
        raise OptionError("background", msg)
    vectors = as_vectors(given)
    check_values(vectors)
    return Table(vectors.features, vectors.values)


def _weights(given: Any, features: Sequence[str], /) -> FloatArray:
    """Return the weight of every feature, 1 where none is given."""
    if not isinstance(given, Mapping):
        msg = (
            "weights must map features to weights here, such as {'peace': 2.0}; "
            f"got {type(given).__name__}."
        )
        raise OptionError("weights", msg)
    named = cast("Mapping[str, float]", given)
    return np.array([named.get(feature, 1.0) for feature in features], np.float64)


def _aligned(tables: Sequence[Table], /) -> tuple[Sequence[str], list[Matrix]]:
    """Return the features of any table, and the values of each over all of them."""
    first = tables[0].features
    if all(table.features == first for table in tables):
        return first, [table.values for table in tables]
    features = sorted({feature for table in tables for feature in table.features})
    column = {name: i for i, name in enumerate(features)}
    moved = {id(table.values): over(column, table) for table in tables}
    return features, [moved[id(table.values)] for table in tables]


def over(column: Mapping[str, int], table: Table, /) -> Matrix:
    """Return the values of a table with each feature in its column."""
    values = table.values
    places = np.array([column[name] for name in table.features], values.indices.dtype)
    shape = (values.shape[0], len(column))
    return compressed(values.data, places[values.indices], values.indptr, shape)


def _stacked(matrices: tuple[Matrix, ...], /) -> Matrix:
    """Return the rows of all matrices, those given twice once."""
    from scipy.sparse import csr_array, vstack

    unique = list({id(matrix): matrix for matrix in matrices}.values())
    if len(unique) == 1:
        return unique[0]
    stacked: Any = csr_array(vstack(unique, format="csr"))
    return cast("Matrix", stacked)
