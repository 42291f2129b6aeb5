"""The map of documents, with as many names as there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from discourse.labelled import FloatArray
from discourse.plots.style import BLUE, Canvas, heading, left_out, panel, shown

if TYPE_CHECKING:
    from matplotlib.transforms import Bbox

    from discourse.ordination import DocumentMap

_GAP: Final = 6.0  # points between a document and its name
_MARGIN: Final = 3.0  # pixels around a name
_SIDES: Final = (
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
)
_MOST: Final = 200  # names that are tried: each is set against all before it


def plot_map(result: DocumentMap, ax: Canvas, _k: int, /) -> Canvas:
    """Return the map: what is alike lies together; names that would overlap are left out."""
    ax = panel(ax, rows=14, wide=6.4)
    ax.plot(result.x, result.y, "o", color=BLUE, markersize=5.5, alpha=0.85)
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.15)
    for side in ("x", "y"):
        ax.tick_params(axis=side, length=2)
    ax.set_xlabel(f"distance ({result.metric}); only distances mean something, not the axes")
    title = f"Map of {len(result.names):,} documents by {result.metric}"
    fit = f"stress {result.stress:.2f} (0 is perfect, 0.2 poor)"
    heading(ax, title, fit, _left(0, result))  # takes its room before names look for theirs
    heading(ax, title, fit, _left(sum(_named(ax, result)), result))
    return ax


def _left(named: int, result: DocumentMap, /) -> str:
    """Return how many names are on the map, if not all are."""
    return left_out(named, len(result.names), "names", "where there is room")


def _named(ax: Canvas, result: DocumentMap, /) -> Iterator[bool]:
    """Yield whether each name found room; documents far out, whose names have most, come first."""
    ax.figure.draw_without_rendering()
    points = ax.transData.transform(np.column_stack([result.x, result.y]))
    taken: list[Bbox] = []
    for i in np.argsort(-np.hypot(result.x, result.y), kind="stable")[:_MOST]:
        yield _placed(ax, result, int(i), points, taken)


def _placed(
    ax: Canvas, result: DocumentMap, i: int, points: FloatArray, taken: list[Bbox], /
) -> bool:
    """Write a name at the first side of its document where nothing else is."""
    for dx, dy, ha, va in _SIDES:
        note = ax.annotate(
            shown(result.names[i]), (result.x[i], result.y[i]), (dx * _GAP, dy * _GAP),
            textcoords="offset points", ha=ha, va=va, fontsize=8, in_layout=False,
        )  # fmt: skip
        box = note.get_window_extent().padded(_MARGIN)
        free = not box.count_overlaps(taken) and not box.count_contains(points)
        if free and ax.bbox.contains(*box.min) and ax.bbox.contains(*box.max):
            taken.append(box)
            return True
        note.remove()
    return False
