"""Metrics: ways to compare two rows of features, each with its definition and its laws."""

from __future__ import annotations

from discourse.metrics.lacking import lacking, why_undefined
from discourse.metrics.metric import HALF, Metric
from discourse.metrics.preparing import Prepare
from discourse.metrics.registry import METRICS, find
from discourse.metrics.stored import Stored, alike, stored

__all__ = [
    "HALF",
    "METRICS",
    "Metric",
    "Prepare",
    "Stored",
    "alike",
    "find",
    "lacking",
    "stored",
    "why_undefined",
]
