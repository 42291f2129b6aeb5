"""The registry: every metric, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from discourse.errors import check_option
from discourse.metrics import distributions, gaps, learnt, shared
from discourse.metrics.metric import Metric
from discourse.record import ReadOnly

METRICS: Final[Mapping[str, Metric]] = ReadOnly(
    {
        metric.name: metric
        for family in (shared, gaps, distributions, learnt)
        for metric in family.METRICS
    }
)


def find(metric: str | Metric, /) -> Metric:
    """Return the metric of that name, or the metric itself.

    Raises
    ------
    OptionError
        If there is none; the message lists them.
    """
    if isinstance(metric, Metric):
        return metric
    check_option("metric", metric, tuple(METRICS))
    return METRICS[metric]
