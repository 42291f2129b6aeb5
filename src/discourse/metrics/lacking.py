"""Which rows lack what a metric needs, so that pairs of them have no value, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from discourse.errors import UndefinedError
from discourse.labelled import FloatArray
from discourse.metrics.checks import Names
from discourse.metrics.rows import FULL

if TYPE_CHECKING:
    from discourse.metrics.metric import Metric

_STEADY: Final = 1e-24  # a sum of squares below this part of the values' own is rounding


def lacking(metric: Metric, rows: FloatArray, /) -> npt.NDArray[np.bool_]:
    """Return which rows have no values, or none but their level, for a metric that is bound."""
    none = ~rows.any(axis=-1)
    space = metric.space
    if space is not None and space.before is not None:
        none |= ~(rows * space.before).any(axis=-1)
    if metric.level is None or not metric.level.unit or space is None or space.level is None:
        return np.asarray(none)
    with np.errstate(invalid="ignore"):  # of rows without values
        own = metric.own(rows, FULL)
        left = np.square(metric.level.shared(own, space.level)).sum(axis=-1)
    return np.asarray(none | ~(left > _STEADY * np.square(own).sum(axis=-1)))


def why_undefined(metric: Metric, /) -> str:
    """Return why there is no value for rows that lack what the metric needs."""
    which = "both sides" if metric.needs == "both" else "at least one side"
    if metric.level is not None and metric.level.unit:
        return f"no features that differ from the mean, and {metric.name} needs some on {which}."
    return f"no features there, and {metric.name} needs some on {which}."


def check_nonempty(metric: Metric, a: FloatArray, b: FloatArray, names: Names, /) -> None:
    """Raise `UndefinedError` if rows lack the features that the value needs."""
    if metric.needs == "none":
        return
    none_a, none_b = lacking(metric, a), lacking(metric, b)
    if (none_a | none_b if metric.needs == "both" else none_a & none_b).any():
        empty = [n for n, none in zip(names, (none_a, none_b), strict=True) if none.any()]
        raise UndefinedError(empty, why_undefined(metric))
