"""How every plot looks: one style, marks that grey keeps apart, and names shown as they are."""

from __future__ import annotations

import textwrap
from collections.abc import Generator, MutableMapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Canvas: TypeAlias = Any  # Axes: matplotlib's own types leave many arguments unknown
Places: TypeAlias = npt.NDArray[np.signedinteger[Any]]

WIDTH: Final = 7.2  # inches
ROW: Final = 0.27  # inches a row of points or bars takes
_MARGIN: Final = 1.5  # inches of title and axis around the rows
_NAME: Final = 28  # characters of a name that are shown
_LINE: Final = 66  # characters of a title that fit beside long names

BLUE: Final = "#0072B2"  # of Okabe and Ito's palette, which colour-blind readers tell apart
ORANGE: Final = "#D55E00"
GREY: Final = "#767676"
PALE: Final = "#D9D9D9"


class Mark(NamedTuple):
    """Colour and shape of a series of points; either tells it from the others."""

    colour: str
    shape: str


MARKS: Final = (
    Mark(BLUE, "o"),
    Mark(ORANGE, "s"),
    Mark("#009E73", "^"),
    Mark("#CC79A7", "D"),
    Mark("#000000", "v"),
    Mark("#E69F00", "P"),
)

_FONT: Final = "DejaVu Sans"  # comes with matplotlib: the same picture everywhere
_STYLE: Final[dict[str, object]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": GREY,
    "axes.facecolor": "white",
    "axes.labelcolor": "#222222",
    "axes.labelsize": 9.0,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.0,
    "figure.facecolor": "white",
    "font.family": [_FONT],
    "font.size": 9.0,
    "hatch.linewidth": 0.6,
    "legend.fontsize": 9.0,
    "legend.frameon": False,
    "lines.linewidth": 1.2,
    "text.color": "#222222",
    "text.parse_math": True,  # `shown` relies on it
    "text.usetex": False,
    "xtick.color": GREY,
    "xtick.labelcolor": "#222222",
    "xtick.labelsize": 9.0,
    "ytick.color": GREY,
    "ytick.labelcolor": "#222222",
    "ytick.labelsize": 9.0,
}


@contextmanager
def styled(settings: MutableMapping[str, Any], /) -> Generator[None, None, None]:
    """Change matplotlib's settings to those of the style, and back at the end.

    Others that change meanwhile stay as they are: pyplot loads its backend with the first figure,
    and that of notebooks sets what makes figures appear.
    """
    before = {name: settings[name] for name in _STYLE}
    others = [name for name in before["font.family"] if name not in {_FONT, "sans-serif"}]
    settings.update({**_STYLE, "font.family": [_FONT, *others]})  # these have what it lacks
    try:
        yield
    finally:
        settings.update(before)


def panel(ax: Canvas, /, *, rows: float, wide: float = WIDTH) -> Canvas:
    """Return the axes that were given, or those of a new figure with room for so many rows."""
    if ax is not None:
        return ax
    pyplot: Any = import_module("matplotlib.pyplot")
    figure = pyplot.figure(figsize=(wide, _MARGIN + ROW * rows), layout="constrained")
    return figure.add_subplot()


def shown(name: str, /, most: int = _NAME) -> str:
    r"""Return a name as matplotlib shows it letter by letter: short, on one line, no formula.

    Examples
    --------
    >>> shown("the $x$ of\nit"), shown("_a"), shown("a" * 40)
    ('the \\$x\\$ of it', ' _a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaa…')
    """
    line = " ".join(name.split())
    line = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
    if len(line) > most:
        line = f"{line[: most - 1]}…"
    if line.startswith("_"):  # legends leave such names out
        line = f" {line}"
    return line.replace("$", r"\$")


def picked(names: Sequence[str], places: Places, /) -> list[str]:
    """Return the names at these places."""
    return [names[int(i)] for i in places]


def most(evidence: npt.NDArray[np.int64], k: int, /) -> Places:
    """Return the places of the k largest, largest first; zeros are left out."""
    return np.argsort(-evidence, kind="stable")[: min(k, int(np.count_nonzero(evidence)))]


def heading(ax: Canvas, /, title: str, *details: str) -> None:
    """Set the title, and under it what is shown, wrapped."""
    lines = [line for text in (title, "; ".join(filter(None, details))) for line in _wrapped(text)]
    ax.set_title("\n".join(lines), loc="left")


def _wrapped(text: str, /) -> Sequence[str]:
    return textwrap.wrap(text, _LINE, break_on_hyphens=False)


def left_out(shown_: int, of: int, what: str, by: str, /) -> str:
    """Return which of the features, targets or documents are shown, empty if all are.

    Examples
    --------
    >>> left_out(20, 1234, "features", "the largest"), left_out(3, 3, "targets", "the largest")
    ('20 of 1,234 features, the largest; 1,214 left out', '')
    """
    if shown_ == of:
        return ""
    return f"{shown_:,} of {of:,} {what}, {by}; {of - shown_:,} left out"


def percent(level: float, /) -> str:
    r"""Return what an interval is called.

    Examples
    --------
    >>> percent(0.95), percent(0.999)
    ('95\xa0% interval', '99.9\xa0% interval')
    """
    return f"{100 * level:.10g}\xa0% interval"
