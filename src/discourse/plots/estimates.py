"""Numbers with their intervals, beside what to hold them against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from discourse.errors import OptionError
from discourse.labelled import Estimate, FloatArray, MatchedEstimate
from discourse.plots.rows import Series, points, zero_line
from discourse.plots.style import (
    GREY,
    MARKS,
    ORANGE,
    PALE,
    Canvas,
    heading,
    left_out,
    panel,
    percent,
    picked,
    shown,
)

if TYPE_CHECKING:
    from discourse.inference import MatchedPercentile
    from discourse.rhetoric import MarkerRates
    from discourse.scaling import Positions, WordfishModel

_NORMAL: Final = 1.96  # standard errors of 95 %
_BURSTS: Final = "allowing for bursts where there are 20 sentences"


def plot_estimate(result: Estimate, ax: Canvas, _k: int, /) -> Canvas:
    """Return a number with its interval."""
    ax = panel(ax, rows=1.5)
    _numbers(ax, [result.name], [result])
    ax.set_xlabel(result.name)
    heading(ax, f"{result.name}: {result}", percent(result.level) if result.low is not None else "")
    return ax


def plot_matched_estimate(result: MatchedEstimate, ax: Canvas, _k: int, /) -> Canvas:
    """Return the value at a matched length, the level within one source, and their difference."""
    ax = panel(ax, rows=4)
    parts = [result, result.within, result.excess]
    _numbers(ax, ["between the two", "within one source", "excess"], parts)
    zero_line(ax)
    ax.set_xlabel(f"{result.name} of samples of {result.m:,} tokens")
    title = f"{result.name} at matched length: {result}"
    undefined = [f"{part.name} undefined" for part in parts if np.isnan(part.value)]
    heading(ax, title, f"{percent(result.level)}s", *undefined)
    return ax


def _numbers(ax: Canvas, names: Sequence[str], parts: Sequence[Estimate], /) -> None:
    """Draw an estimate in the row of each name."""
    values = np.array([[part.value, part.low, part.high] for part in parts], np.float64)
    points(ax, names, [Series("", *values.T)])


def plot_percentile(result: MatchedPercentile, ax: Canvas, _k: int, /) -> Canvas:
    """Return the excess of two sources beside the quartiles of the pairs of a reference."""
    ax = panel(ax, rows=3)
    low, middle, high = result.quartiles
    ax.barh(1, high - low, left=low, height=0.5, facecolor=PALE, edgecolor=GREY, linewidth=1.2)
    ax.vlines(middle, 0.75, 1.25, color=GREY, linewidth=2.0)
    ax.plot([result.value], [0], "D", color=ORANGE, markersize=7)
    ax.axvline(result.value, color=ORANGE, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0.5)
    ax.set_yticks([0, 1], ["these two", f"middle half of {result.n_pairs:,} pairs"])
    ax.set_ylim(1.6, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.use_sticky_edges = False
    ax.margins(x=0.08)
    ax.set_xlabel(f"excess of {result.metric} at {result.m:,} tokens")
    heading(ax, f"{shown(result.a)} and {shown(result.b)}: {result}", "bar: quartiles and median")
    return ax


def plot_positions(result: Positions, ax: Canvas, k: int, /) -> Canvas:
    """Return the documents along the dimension of the reference scores."""
    return _positions(result.docs, result.positions, result.se, ax, k)


def plot_wordfish(result: WordfishModel, ax: Canvas, k: int, /) -> Canvas:
    """Return the documents along the dimension that was found."""
    return _positions(result.docs, result.theta, result.theta_se, ax, k)


def _positions(
    docs: Sequence[str], values: FloatArray, errors: FloatArray, ax: Canvas, k: int, /
) -> Canvas:
    """Return the documents in their order, those farthest from the median if there are too many."""
    apart = np.abs(values - np.median(values))
    order = np.sort(np.argsort(-apart, kind="stable")[:k])
    order = order[np.argsort(values[order], kind="stable")]
    half = _NORMAL * errors
    ax = panel(ax, rows=len(order))
    points(ax, picked(docs, order), [Series("", values, values - half, values + half).at(order)])
    ax.set_xlabel(f"position, ± {_NORMAL} standard errors")
    chosen = left_out(len(order), len(docs), "documents", "farthest from the median")
    heading(ax, "Positions of documents", chosen, percent(0.95))
    return ax


def plot_markers(result: MarkerRates, ax: Canvas, k: int, /) -> Canvas:
    """Return the rates of classes of markers of a few documents, with intervals."""
    if len(result) > len(MARKS):
        msg = f"markers of at most {len(MARKS)} documents can be told apart; got {len(result)}."
        raise OptionError("result", msg)
    rates = result.values.toarray()
    low = np.where(np.isnan(result.burst_low), result.low, result.burst_low)
    high = np.where(np.isnan(result.burst_high), result.high, result.burst_high)
    order = np.argsort(-rates.max(axis=0), kind="stable")[:k]
    lines = zip(result.docs, rates, low, high, strict=True)
    series = [Series(*line).at(order) for line in lines]
    ax = panel(ax, rows=len(order) * max(1.0, 0.5 * len(series)))
    points(ax, picked(result.features, order), series)
    ax.set_xlim(left=-0.015 * ax.get_xlim()[1])
    ax.set_xlabel("markers per 1,000 tokens")
    chosen = left_out(len(order), len(result.features), "classes", "most frequent first")
    heading(ax, "Rhetorical markers", chosen, f"{percent(result.level)}s, {_BURSTS}")
    return ax
