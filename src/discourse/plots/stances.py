"""Who stands where on what: balances, their differences and their change, target by target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from discourse.plots.grids import cells
from discourse.plots.rows import Series, points, zero_line
from discourse.plots.style import (
    MARKS,
    Canvas,
    heading,
    left_out,
    most,
    panel,
    percent,
    picked,
    shown,
)
from discourse.plots.words import SIGNIFICANT

if TYPE_CHECKING:
    from discourse.comparison import Comparison
    from discourse.stances import StanceDifference, StanceTrend, StanceVectors

_LEVEL: Final = 0.95
_BALANCE: Final = "balance of mentions, (for − against) / (for + against)"
_EVIDENCE: Final = "most evidence first"


def plot_comparison(result: Comparison, ax: Canvas, k: int, /) -> Canvas:
    """Return where two sides stand: the balance of each on the targets on which one takes sides."""
    frame = result.targets
    counts = {s: (frame[f"support_{s}"] + frame[f"oppose_{s}"]).to_numpy() for s in ("a", "b")}
    series = [
        Series(name, *(frame[f"{part}_{s}"].to_numpy(float) for part in ("balance", "low", "high")))
        for s, name in (("a", result.a), ("b", result.b))
    ]
    title = f"Where {shown(result.a)} and {shown(result.b)} stand"
    targets = frame["target"].tolist()
    evidence = counts["a"] + counts["b"]
    return _balances(ax, title, targets, series, evidence, k, result.agreement.level)


def plot_vectors(result: StanceVectors, ax: Canvas, k: int, /) -> Canvas:
    """Return where documents stand: points with intervals, or a heat map of many documents."""
    if len(result) > len(MARKS):
        return _map_of_stances(result, ax, k)
    balance, (low, high) = result.score("balance"), result.limits(level=_LEVEL)
    series = [Series(*row) for row in zip(result.docs, balance, low, high, strict=True)]
    few = len(result) <= 2
    title = f"Where {' and '.join(map(shown, result.docs))} stand" if few else "Who stands where"
    evidence = result.evidence.sum(axis=0)
    return _balances(ax, title, list(result.targets), series, evidence, k, _LEVEL)


def _balances(
    ax: Canvas,
    title: str,
    targets: list[str],
    series: list[Series],
    evidence: npt.NDArray[np.int64],
    k: int,
    level: float,
    /,
) -> Canvas:
    """Return the balance of each series on the targets with most evidence."""
    order = most(evidence, k)
    ax = panel(ax, rows=len(order) * max(1.0, 0.5 * len(series)))
    points(ax, picked(targets, order), [line.at(order) for line in series])
    zero_line(ax)
    ax.set_xlim(-1.08, 1.08)
    ax.set_xlabel(f"{_BALANCE}\n← all against   |   all for →")
    of = int(np.count_nonzero(evidence))
    heading(ax, title, left_out(len(order), of, "targets", _EVIDENCE), f"{percent(level)}s")
    return ax


def _map_of_stances(result: StanceVectors, ax: Canvas, k: int, /) -> Canvas:
    """Return a heat map of the balances of the documents and targets with most evidence."""
    docs, targets = (np.sort(most(result.evidence.sum(axis=axis), k)) for axis in (1, 0))
    ax = panel(ax, rows=len(docs) + 3)
    names = picked(result.targets, targets)
    label = f"{_BALANCE}; grey: no evidence"
    balance = result.score("balance")[np.ix_(docs, targets)]
    cells(ax, balance, picked(result.docs, docs), names, label=label, ends=(-1.0, 1.0))
    heading(
        ax,
        "Who stands where",
        left_out(len(docs), len(result), "documents", _EVIDENCE),
        left_out(len(targets), len(result.targets), "targets", _EVIDENCE),
    )
    return ax


def plot_difference(result: StanceDifference, ax: Canvas, k: int, /) -> Canvas:
    """Return how far two sides stand apart on the targets with most evidence."""
    evidence = np.where(np.isfinite(result.difference), result.n_a + result.n_b, 0)
    order = most(evidence, k)
    order = order[np.argsort(-result.difference[order], kind="stable")]
    a, b = (shown(name, 18) for name in (result.a, result.b))
    filled = result.p_adjusted < SIGNIFICANT
    line = Series("difference", result.difference, result.low, result.high, filled)
    ax = panel(ax, rows=len(order))
    points(ax, picked(result.targets, order), [line.at(order)])
    zero_line(ax)
    ax.set_xlim(-2.1, 2.1)
    ax.set_xlabel(f"balance of {a} less balance of {b}\n← {b} more for it   |   {a} more for it →")
    heading(
        ax,
        f"How far {a} and {b} stand apart",
        left_out(len(order), int(np.count_nonzero(evidence)), "targets", "those of most evidence"),
        f"{percent(result.level)}s, unit: {result.unit}",
        f"hollow: adjusted p ≥ {SIGNIFICANT} or none",
    )
    return ax


def plot_trend(result: StanceTrend, ax: Canvas, k: int, /) -> Canvas:
    """Return how the balance of the targets with most evidence changes per year."""
    evidence = np.where(np.isfinite(result.slope), result.n, 0)
    order = most(evidence, k)
    order = order[np.argsort(-result.slope[order], kind="stable")]
    ax = panel(ax, rows=len(order))
    line = Series("slope", result.slope, result.low, result.high)
    points(ax, picked(result.targets, order), [line.at(order)])
    zero_line(ax)
    ax.set_xlabel("change of the balance per year\n← more against   |   more for →")
    heading(
        ax,
        f"How stances change with {shown(result.by)}",
        left_out(len(order), int(np.count_nonzero(evidence)), "targets", "those of most evidence"),
        f"{percent(result.level)}s over documents; no line: too few of them",
    )
    return ax
