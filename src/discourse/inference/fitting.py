"""A metric bound to the features of sources, whose counts come over the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import numpy as np

from discourse.metrics import Metric, find
from discourse.pairwise import Table, bind

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Counts: TypeAlias = csr_array[Any, tuple[int, int]]

_FEWEST = 3  # sources of which a spread tells something: the z-scores of two are always the same


def fitted(
    metric: str | Metric, features: Sequence[str], sources: Sequence[Counts], /
) -> tuple[Metric, tuple[Counts, ...]]:
    """Return the metric over the features of sources, given as segments x features.

    What it has to learn of the features, it learns from its background or, without one, from the
    whole texts of all sources; a spread is not learnt from two.

    Raises
    ------
    OptionError
        If the metric is unknown, or needs a background that it does not have.
    """
    from scipy.sparse import csr_array

    chosen = find(metric)
    wholes = np.array([source.sum(axis=0) for source in sources], np.float64)
    texts: Any = csr_array(wholes.reshape(len(sources), len(features)))
    spread = chosen.learns is not None and (chosen.level is None or chosen.level.unit)
    if spread and chosen.background is None and len(sources) < _FEWEST:
        chosen = chosen.on(len(features))  # which says what is needed
    bound = bind(chosen, Table(features, texts))
    if bound.features is features:
        return bound.metric, tuple(sources)
    number = {name: i for i, name in enumerate(bound.features)}
    places = np.array([number[name] for name in features])
    return bound.metric, tuple(_moved(source, places, len(number)) for source in sources)


def _moved(counts: Counts, places: Any, n_features: int, /) -> Counts:
    """Return the counts with each feature in its place."""
    from scipy.sparse import csr_array

    moved: Any = csr_array(
        (counts.data, places[counts.indices], counts.indptr), shape=(counts.shape[0], n_features)
    )
    return cast("Counts", moved)
