"""A metric bound to the features of sources, whose counts come over the same columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from discourse.metrics import Metric, find
from discourse.pairwise import Table, bind, over

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

_FEWEST = 3  # sources of which a spread tells something: the z-scores of two are always the same


def fitted(
    metric: str | Metric, features: Sequence[str], sources: Sequence[Matrix], /
) -> tuple[Metric, tuple[Matrix, ...]]:
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
    column = {name: i for i, name in enumerate(bound.features)}
    return bound.metric, tuple(over(column, Table(features, source)) for source in sources)
