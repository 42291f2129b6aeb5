"""Bars of words: keyness, contributions, what sets groups apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from discourse.keyterms import Keyness
from discourse.labelled import Contributions, FloatArray
from discourse.plots.rows import bars
from discourse.plots.style import Canvas, heading, left_out, panel, picked, shown

if TYPE_CHECKING:
    from discourse.contributions import Separation
    from discourse.stances import AgreementByTarget

SIGNIFICANT: Final = 0.05


def plot_keyness(result: Keyness, ax: Canvas, k: int, /) -> Canvas:
    """Return bars of the features that each side uses more, half of `k` a side."""
    order = np.argsort(-result.statistic, kind="stable")
    more, fewer = result.statistic[order] > 0, result.statistic[order] < 0
    last = order[fewer][::-1][: k // 2][::-1]
    chosen = np.concatenate([order[more][: (k + 1) // 2], last])
    ax = panel(ax, rows=len(chosen))
    tested = np.isfinite(result.p_adjusted).any()
    filled = result.p_adjusted[chosen] < SIGNIFICANT if tested else None
    bars(ax, picked(result.features, chosen), result.statistic[chosen], filled=filled)
    target, reference = _side("target", result.target), _side("reference", result.reference)
    ax.set_xlabel(f"{_MEASURES[result.measure]}\n← more in {reference}   |   more in {target} →")
    hollow = (
        f"hollow: adjusted p ≥ {SIGNIFICANT} (unit: {result.unit})" if tested else "no p-values"
    )
    heading(
        ax,
        f"Words that set {target} apart from {reference}",
        left_out(len(chosen), len(result.features), "features", "the largest either way"),
        hollow,
    )
    return ax


_MEASURES: Final = {
    "g2": "signed log-likelihood G²",
    "log_ratio": "log ratio (log₂ of the ratio of relative frequencies)",
}


def _side(role: str, docs: Sequence[str], /) -> str:
    """Return what a side of keyness is called."""
    return shown(docs[0]) if len(docs) == 1 else f"the {role} ({len(docs):,} documents)"


def plot_contributions(result: Contributions, ax: Canvas, k: int, /) -> Canvas:
    """Return the bars of a word shift: what each feature adds to the value, largest first."""
    ax = _summands(ax, result.features, result.values, k)
    ax.set_xlabel(f"contribution to {result.metric}")
    title = f"What makes up the {result.metric} of {shown(result.a)} and {shown(result.b)}"
    heading(ax, f"{title}, {result.total:.3g}", _number(result.features, k))
    return ax


def plot_separation(result: Separation, ax: Canvas, k: int, /) -> Canvas:
    """Return bars of what each feature adds to the contrast of two groups, largest first."""
    ax = _summands(ax, result.features, result.values, k)
    ax.set_xlabel(f"contribution to the contrast of {result.metric}, between less within groups")
    a, b = map(shown, result.groups)
    title = f"What sets {a} and {b} apart: a contrast of {result.metric} of {result.total:.3g}"
    heading(ax, title, _number(result.features, k))
    return ax


def plot_breakdown(result: AgreementByTarget, ax: Canvas, k: int, /) -> Canvas:
    """Return bars of what each target adds to the agreement of two documents, largest first."""
    order = np.argsort(-np.abs(result.contributions), kind="stable")
    targets = picked(result.targets, order)
    ax = _summands(ax, targets, result.contributions[order], k)
    ax.set_xlabel("contribution to agreement\n← opposite sides   |   same side →")
    title = f"What makes up the agreement of {shown(result.a)} and {shown(result.b)}"
    heading(ax, f"{title}, {result.value:.2f}", _number(targets, k, "targets"))
    return ax


def _summands(ax: Canvas, names: Sequence[str], values: FloatArray, k: int, /) -> Canvas:
    """Return bars of the first values, and one of the sum of the others."""
    rest = float(values[k:].sum()) if len(values) > k else None
    ax = panel(ax, rows=min(k, len(values)) + (rest is not None))
    bars(ax, names[:k], values[:k], rest=rest)
    return ax


def _number(names: Sequence[str], k: int, what: str = "features", /) -> str:
    """Return how many summands have no bar of their own."""
    if len(names) <= k:
        return ""
    return f"the {k:,} largest of {len(names):,} {what}; the other {len(names) - k:,} in one bar"
