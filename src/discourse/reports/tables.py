"""The tables of a page: words, contributions, topics, rates, sizes, and how it was made."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from discourse import seeds_
from discourse.comparison import Comparison
from discourse.comparison.rendering import differing_words
from discourse.reports.answers import title
from discourse.reports.display import limits, number, percent, short, visible

if TYPE_CHECKING:
    import pandas as pd

WORDS_SHOWN = 100  # of each side
PARTS_SHOWN = 15


class Cell(NamedTuple):
    """What a cell shows, and the number it is sorted by."""

    text: str
    key: str = ""


class Word(NamedTuple):
    """A word that one side uses more, and whether it is a function word."""

    word: str
    more_in: str
    functional: bool
    cells: tuple[Cell, ...]


class Words(NamedTuple):
    """The words that set the sides apart most."""

    most: tuple[tuple[str, ...], tuple[str, ...]]
    rows: tuple[Word, ...]
    left_out: int
    tested: bool


def words(found: Comparison, /) -> Words:
    """Return the words with the largest G2 of each side."""
    frame = found.differing
    differing = frame[frame["statistic"] != 0]
    halves = (differing[differing["statistic"] > 0], differing[differing["statistic"] < 0][::-1])
    function = seeds_.stopwords("english")
    tested = bool(frame["p_adjusted"].notna().any())
    ordered = sorted(
        (row for half in halves for row in _records(half.head(WORDS_SHOWN))),
        key=lambda row: -abs(row["statistic"]),
    )
    most_a, most_b = differing_words(found)
    return Words(
        most=(tuple(map(short, most_a)), tuple(map(short, most_b))),
        rows=tuple(_word(row, function, tested=tested) for row in ordered),
        left_out=len(differing) - len(ordered),
        tested=tested,
    )


def _word(row: dict[str, Any], function: frozenset[str], /, *, tested: bool) -> Word:
    """Return a word with its numbers."""
    cells = (
        _cell(row["n_target"], 0),
        _cell(row["n_reference"], 0),
        _cell(abs(row["statistic"]), 1),
        _cell(row["log_ratio"], 2),
        *([_cell(row["p_adjusted"], 4)] if tested else []),
    )
    feature = row["feature"]
    return Word(short(feature), _lean(row["statistic"]), feature in function, cells)


def _cell(value: float, digits: int, /) -> Cell:
    """Return a number, and the same number at full length to sort by."""
    return Cell(number(value, digits), "" if math.isnan(value) else repr(float(value)))


class Part(NamedTuple):
    """What a word adds to the metric, and its bar."""

    word: str
    more_in: str
    value: str
    share: str
    width: str


class Parts(NamedTuple):
    """The words that add most to the metric, and how many others there are."""

    metric: str
    total: str
    rows: tuple[Part, ...]
    left_out: int


def parts(found: Comparison, /) -> Parts:
    """Return what the words with the largest contributions add."""
    frame = found.contributions.to_frame()
    frame = frame[frame["value"] != 0]
    shown = frame.head(PARTS_SHOWN)
    largest = float(shown["value"].abs().max()) if len(shown) else 1.0
    statistic = found.differing.set_index("feature")["statistic"]
    rows = tuple(
        Part(
            short(row["feature"]),
            _lean(float(statistic.get(row["feature"], 0.0))),
            number(row["value"], 4),
            f"{number(100 * row['share'], 1)} %",
            percent(abs(row["value"]) / largest),
        )
        for row in _records(shown)
    )
    name, total = title(found.contributions.metric), number(found.contributions.total, 3)
    return Parts(name, total, rows, len(frame) - len(rows))


def _lean(statistic: float, /) -> str:
    """Return the side that uses a word more."""
    if statistic == 0:
        return ""
    return "a" if statistic > 0 else "b"


class Topic(NamedTuple):
    """How much of what is said of targets each side gives to one of them."""

    target: str
    counts: tuple[Cell, Cell]
    shares: tuple[Cell, Cell]
    widths: tuple[str, str]


def topics(found: Comparison, /) -> list[Topic]:
    """Return the mentioned targets, those mentioned most first."""
    frame = found.targets
    largest = float(frame[["share_a", "share_b"]].to_numpy().max()) if len(frame) else 1.0
    return [
        Topic(
            short(row["target"].replace("_", " ")),
            (_cell(row["n_a"], 0), _cell(row["n_b"], 0)),
            (_share(row["share_a"]), _share(row["share_b"])),
            (percent(row["share_a"] / largest), percent(row["share_b"] / largest)),
        )
        for row in _records(frame)
    ]


def _share(value: float, /) -> Cell:
    return Cell(f"{100 * value:.1f} %", repr(float(value)))


class Rate(NamedTuple):
    """The rate of a category on one side, and where it lies in the plot."""

    value: Cell
    interval: str
    place: str
    low: str
    high: str


class Rates(NamedTuple):
    """A table of rates per 1,000 words."""

    title: str
    largest: str
    rows: tuple[tuple[str, tuple[Rate, Rate]], ...]


def rates(found: Comparison, /) -> list[Rates]:
    """Return the markers, and the keywords where a lexicon was given."""
    tables = [_rates("Rhetorical markers", found.markers)]
    if found.keywords is not None:
        tables.append(_rates("Keywords", found.keywords))
    return tables


def _rates(heading: str, frame: pd.DataFrame, /) -> Rates:
    """Return one table; the plot ends at the largest limit."""
    largest = float(frame[["high_a", "high_b"]].to_numpy().max()) if len(frame) else 1.0
    rows = tuple(
        (
            short(row["category"].replace("_", " ")),
            (_rate(row, "a", largest), _rate(row, "b", largest)),
        )
        for row in _records(frame)
    )
    return Rates(heading, number(largest, 0), rows)


def _rate(row: dict[str, Any], side: str, largest: float, /) -> Rate:
    rate, low, high = (row[f"{name}_{side}"] for name in ("rate", "low", "high"))
    places = (percent(0.02 + 0.96 * value / largest) for value in (rate, low, high))
    return Rate(_cell(rate, 1), limits(low, high, 1), *places)


def sizes(found: Comparison, /) -> list[tuple[str, str, str]]:
    """Return what each side holds: words, different words, mentions and stances."""
    frame, mentions = found.differing, found.mentions
    taken, other = mentions["stance"] != "neutral", mentions["holder"] == "other"
    lines = [
        ("words", found.tokens[found.a], found.tokens[found.b]),
        (
            "different words",
            int((frame["n_target"] > 0).sum()),
            int((frame["n_reference"] > 0).sum()),
        ),
        ("mentions of targets", *_by_side(mentions)),
        ("stances taken", *_by_side(mentions[taken & ~other])),
        ("stances reported of others", *_by_side(mentions[taken & other])),
    ]
    return [(name, f"{a:,}", f"{b:,}") for name, a, b in lines]


def _by_side(mentions: pd.DataFrame, /) -> tuple[int, int]:
    """Return how many mentions either side has."""
    return int((mentions["side"] == "a").sum()), int((mentions["side"] == "b").sum())


def settings(found: Comparison, /) -> list[tuple[str, str]]:
    """Return options, versions and digests, as far as they tell one result from another."""
    record = found.record
    return [
        *((name, visible(_plain(value))) for name, value in record.parameters.items()),
        *((f"version of {name}", visible(value)) for name, value in record.versions.items()),
        *((f"SHA-256 of {name}", value) for name, value in record.digests.items()),
    ]


def _plain(value: object, /) -> str:
    """Return an option as text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _records(frame: pd.DataFrame, /) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
