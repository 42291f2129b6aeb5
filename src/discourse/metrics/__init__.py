"""Metrics: ways to compare two rows of features, each with its definition and its laws."""

from __future__ import annotations

from discourse.metrics.metric import HALF, Metric, Prepare
from discourse.metrics.registry import METRICS, find

__all__ = ["HALF", "METRICS", "Metric", "Prepare", "find"]
