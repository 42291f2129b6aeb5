"""Several comparisons at a glance: a table of all, and maps of each answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from discourse.comparison import Comparison
from discourse.labelled import Estimate
from discourse.reports.display import limits, number, short
from discourse.reports.tables import Cell

STEPS = 10  # shades of a map on either side of 0


class Row(NamedTuple):
    """One comparison: anchor, names, and its answers."""

    key: str
    names: tuple[str, str]
    cells: tuple[tuple[Cell, str], ...]


class Shade(NamedTuple):
    """A cell of a map: its value and the step of its shade, such as "p7" or "m3"."""

    text: str
    step: str


class Map(NamedTuple):
    """The values of one question for all pairs of names."""

    title: str
    rows: tuple[tuple[str, tuple[Shade, ...]], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The table of all comparisons; maps where the names tell the sides apart."""

    rows: tuple[Row, ...]
    names: tuple[str, ...]
    maps: tuple[Map, ...]

    @classmethod
    def of(cls, pairs: Sequence[Comparison], /) -> Overview:
        """Return the overview of comparisons."""
        rows = tuple(_row(found, f"c{i}-") for i, found in enumerate(pairs, start=1))
        names = _names(pairs)
        return cls(rows, tuple(map(short, names)), tuple(_maps(pairs, names)) if names else ())


def _row(found: Comparison, key: str, /) -> Row:
    answers = (found.words, found.topics, found.agreement)
    excess = None if found.matched is None else found.matched.excess
    cells = (
        *((_cell(answer, 2), limits(answer.low, answer.high)) for answer in answers),
        (Cell("–"), "")
        if excess is None
        else (_cell(excess, 3), limits(excess.low, excess.high, 3)),
    )
    return Row(key, (short(found.a), short(found.b)), cells)


def _cell(estimate: Estimate, digits: int, /) -> Cell:
    key = "" if math.isnan(estimate.value) else repr(estimate.value)
    return Cell(number(estimate.value, digits), key)


def _names(pairs: Sequence[Comparison], /) -> list[str]:
    """Return the names of all sides if each stands for one text and no pair comes twice."""
    digest: dict[str, str] = {}
    for found in pairs:
        for side, name in (("a", found.a), ("b", found.b)):
            if digest.setdefault(name, found.record.digests[side]) != found.record.digests[side]:
                return []
    distinct = {frozenset((found.a, found.b)) for found in pairs}
    return list(digest) if len(distinct) == len(pairs) else []


def _maps(pairs: Sequence[Comparison], names: Sequence[str], /) -> list[Map]:
    """Return one map a question."""
    values: dict[str, Callable[[Comparison], float]] = {
        "Same words": lambda found: found.words.value,
        "Same topics": lambda found: found.topics.value,
        "Same side": lambda found: found.agreement.value,
    }
    maps: list[Map] = []
    for title, value in values.items():
        known = {frozenset((found.a, found.b)): value(found) for found in pairs}
        rows = tuple(
            (short(one), tuple(_shade(known.get(frozenset((one, other)))) for other in names))
            for one in names
        )
        maps.append(Map(title, rows))
    return maps


def _shade(value: float | None, /) -> Shade:
    """Return a cell of a map; nothing where no comparison was given."""
    if value is None:
        return Shade("", "none")
    if math.isnan(value):
        return Shade("–", "none")
    sign = "m" if value < 0 else "p"
    return Shade(number(value), f"{sign}{round(abs(value) * STEPS)}")
