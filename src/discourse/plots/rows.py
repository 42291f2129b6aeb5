"""Names in rows: points with intervals, and bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from discourse.labelled import FloatArray
from discourse.plots.style import BLUE, GREY, MARKS, ORANGE, PALE, Canvas, Places, shown

_SPREAD: Final = 0.6  # of a row, which series share


class Series(NamedTuple):
    """Values of every row with their intervals; NaN where there is none."""

    label: str
    values: FloatArray
    low: FloatArray
    high: FloatArray
    filled: npt.NDArray[np.bool_] | None = None  # the others are drawn hollow

    def at(self, places: Places, /) -> Series:
        """Return the rows at these places."""
        filled = None if self.filled is None else self.filled[places]
        values, low, high = self.values[places], self.low[places], self.high[places]
        return Series(self.label, values, low, high, filled)


def points(ax: Canvas, names: Sequence[str], series: Sequence[Series], /) -> None:
    """Draw a point and an interval for each series in the row of every name, the first on top."""
    places = np.arange(len(names), dtype=np.float64)
    step = _SPREAD / len(series)
    for i, (line, mark) in enumerate(zip(series, MARKS, strict=False)):
        y = places + step * (i - (len(series) - 1) / 2)
        ax.hlines(y, line.low, line.high, color=mark.colour, linewidth=1.4)
        filled = np.ones(len(names), np.bool_) if line.filled is None else line.filled
        for chosen, face in ((filled, mark.colour), (~filled, "white")):
            ax.plot(
                np.where(chosen, line.values, np.nan), y, mark.shape,
                color=mark.colour, markerfacecolor=face, markersize=5.5,
            )  # fmt: skip
        ax.plot([], [], mark.shape, linestyle="-", color=mark.colour, label=shown(line.label))
    _rows(ax, names)
    if len(series) > 1:
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), borderaxespad=0.0)


def bars(
    ax: Canvas,
    names: Sequence[str],
    values: FloatArray,
    /,
    *,
    filled: npt.NDArray[np.bool_] | None = None,
    rest: float | None = None,
) -> None:
    """Draw a bar in the row of every name, to the left and hatched below 0; `rest` comes last."""
    filled = np.ones(len(names), np.bool_) if filled is None else filled
    for i, (value, full) in enumerate(zip(values.tolist(), filled.tolist(), strict=True)):
        colour = ORANGE if value < 0 else BLUE
        ax.barh(
            i, value, height=0.72, edgecolor=colour, linewidth=0.8,
            facecolor=f"{colour}D0" if full else "white", hatch="////" if value < 0 else None,
        )  # fmt: skip
    if rest is not None:
        ax.barh(len(names), rest, height=0.72, facecolor=PALE, edgecolor=GREY, hatch="..")
        names = [*names, "all others"]
    _rows(ax, names)
    ax.axvline(0.0, color=GREY, linewidth=0.8, zorder=0.5)


def _rows(ax: Canvas, names: Sequence[str], /) -> None:
    """Name the rows, the first on top, with a pale line along each."""
    if not names:
        ax.text(0.5, 0.5, "nothing to show", transform=ax.transAxes, ha="center", va="center")
    ax.set_yticks(range(len(names)), [shown(name) for name in names])
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="y", color=PALE, linewidth=0.6)


def zero_line(ax: Canvas, x: float = 0.0, /) -> None:
    """Draw the line that parts both directions."""
    ax.axvline(x, color=GREY, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0.5)
