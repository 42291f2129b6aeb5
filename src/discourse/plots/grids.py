"""Coloured cells: documents by documents, or documents by targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from discourse.errors import DiscourseError
from discourse.labelled import FloatArray, SimilarityMatrix
from discourse.ordination import Clustering, cluster
from discourse.plots.style import GREY, PALE, Canvas, heading, panel, picked, shown

if TYPE_CHECKING:
    from discourse.inference import MatchedMatrix

_NAMED: Final = 60  # rows or columns with names; those of more would be too small to read
_UNNAMED: Final = 40  # rows of room for them
_WRITTEN: Final = 10  # rows and columns up to which the numbers stand in the cells
_ORDERED: Final = 500  # documents up to which a tree puts rows in order
_FINE: Final = 0.1  # span of values that differ in the third digit
_DARK: Final = 0.6  # share of the scale from which letters are white


def cells(
    ax: Canvas,
    values: FloatArray,
    rows: Sequence[str],
    columns: Sequence[str],
    /,
    *,
    label: str,
    ends: tuple[float, float],
) -> None:
    """Colour a cell for each value, NaN grey, with names and a scale; small ones hold numbers."""
    picture = ax.imshow(
        values, cmap="PuOr_r" if _signed(ends) else "Blues", vmin=ends[0], vmax=ends[1],
        aspect="auto" if len(rows) != len(columns) else "equal", interpolation="nearest",
    )  # fmt: skip
    ax.set_facecolor(PALE)
    _name(ax, rows, columns)
    bar = ax.figure.colorbar(picture, ax=ax, location="bottom", shrink=0.6, aspect=30, pad=0.02)
    bar.set_label(label)
    bar.outline.set_visible(False)
    if max(values.shape) <= _WRITTEN:
        _write(ax, values, ends)


def _name(ax: Canvas, rows: Sequence[str], columns: Sequence[str], /) -> None:
    """Name rows and columns where they are few enough."""
    ax.set_yticks(*_ticks(rows))
    ax.set_xticks(*_ticks(columns))
    ax.tick_params(axis="x", rotation=90 if len(columns) > _WRITTEN else 45, length=0)
    for tick in ax.get_xticklabels():
        tick.set_horizontalalignment("right" if len(columns) <= _WRITTEN else "center")
        tick.set_rotation_mode("anchor" if len(columns) <= _WRITTEN else "default")
    ax.tick_params(axis="y", length=0)
    ax.spines[:].set_visible(False)


def _ticks(names: Sequence[str], /) -> tuple[Sequence[int], list[str]]:
    if len(names) > _NAMED:
        return [], []
    return range(len(names)), [shown(name, 20) for name in names]


def _write(ax: Canvas, values: FloatArray, ends: tuple[float, float], /) -> None:
    """Write the numbers into the cells."""
    middle = 0.5 if _signed(ends) else 0.0
    digits = 2 if ends[1] - ends[0] > _FINE else 3
    share = np.abs((values - ends[0]) / ((ends[1] - ends[0]) or 1.0) - middle) / (1.0 - middle)
    for (i, j), value in np.ndenumerate(values):
        if np.isfinite(value):
            colour = "white" if share[i, j] > _DARK else "#222222"
            ax.text(
                j,
                i,
                f"{value:z.{digits}f}",
                color=colour,
                ha="center",
                va="center",
                fontsize=10 - digits,
            )


def plot_matrix(result: SimilarityMatrix, ax: Canvas, _k: int, /) -> Canvas:
    """Return a heat map of all values; rows of a symmetric matrix in the order of a tree."""
    tree = _tree(result)
    order = np.arange(len(result.rows)) if tree is None else tree.order
    across = np.arange(len(result.columns)) if tree is None else order
    side = min(max(len(order), 6), 22)
    ax = panel(ax, rows=1.25 * side + 3, wide=max(5.0, 0.36 * side + 3.2))
    rows, columns = picked(result.rows, order), picked(result.columns, across)
    values = result.values[np.ix_(order, across)]
    ends = _ends(result)
    darker = "more alike" if result.kind == "similarity" else "farther apart"
    label = result.metric if _signed(ends) else f"{result.metric}; darker: {darker}"
    cells(ax, values, rows, columns, label=label, ends=ends)
    if tree is not None:
        _branches(ax.inset_axes((1.02, 0.0, 0.18, 1.0)), tree)
    size = f"{len(rows):,} documents" if tree else f"{len(rows):,} by {len(columns):,} documents"
    in_order = f"in the order of the tree ({tree.method} linkage)" if tree else ""
    missing = "grey: undefined" if np.isnan(values).any() else ""
    heading(ax, f"{result.metric} of {size}", in_order, missing)
    return ax


def plot_matched(result: MatchedMatrix, ax: Canvas, k: int, /) -> Canvas:
    """Return a heat map of how far pairs go beyond the difference within their sources."""
    ax = plot_matrix(result.matrix("excess"), ax, k)
    title = f"{result.metric} beyond the level within sources"
    heading(ax, title, f"{len(result.names):,} sources at {result.m:,} tokens each")
    return ax


def _tree(result: SimilarityMatrix, /) -> Clustering | None:
    """Return the tree of the documents, where there is one."""
    if not 2 < len(result.rows) <= _ORDERED:
        return None
    try:
        return cluster(result)
    except DiscourseError:
        return None


def _ends(result: SimilarityMatrix, /) -> tuple[float, float]:
    """Return the ends of the scale: of the values off the diagonal, or both ways from 0."""
    values = result.values
    if result.rows == result.columns and len(result.rows) > 1:
        values = values[~np.eye(len(result.rows), dtype=np.bool_)]
    values = values[np.isfinite(values)]
    if values.size == 0:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    return (-max(-low, high), max(-low, high)) if _signed((low, high)) else (low, high)


def _signed(ends: tuple[float, float], /) -> bool:
    """Tell whether values go both ways from 0."""
    return ends[0] < 0.0 < ends[1]


def plot_tree(result: Clustering, ax: Canvas, _k: int, /) -> Canvas:
    """Return the tree, documents in rows and heights to the right."""
    ax = panel(ax, rows=len(result.names) if len(result.names) <= _NAMED else _UNNAMED)
    _branches(ax, result)
    ax.axis("on")
    names = picked(result.names, result.order)
    ax.set_yticks(*_ticks(names))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlim(left=0.0)
    unit = "difference from the largest value" if result.kind == "similarity" else result.kind
    ax.set_xlabel(f"height at which they join ({result.metric}, {unit})")
    fit = f"cophenetic correlation {result.cophenetic:.2f}"
    heading(ax, f"Which of {len(names):,} documents lie together", f"{result.method} linkage", fit)
    return ax


def _branches(ax: Canvas, tree: Clustering, /) -> None:
    """Draw the branches from the left, the first leaf on top, in the middle of its row."""
    from matplotlib.collections import LineCollection
    from scipy.cluster.hierarchy import dendrogram

    drawn = dendrogram(tree.linkage, no_plot=True)
    places = np.asarray(drawn["icoord"]) / 10.0 - 0.5  # scipy puts leaves at 5, 15, 25, ...
    heights = np.asarray(drawn["dcoord"])
    lines = list(np.stack([heights, places], axis=-1))
    ax.add_collection(LineCollection(lines, colors=GREY, linewidths=1.2))
    ax.set_xlim(0.0, 1.03 * heights.max() or 1.0)
    ax.set_ylim(len(tree.names) - 0.5, -0.5)
    ax.axis("off")
