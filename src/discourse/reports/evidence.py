"""Targets with where both sides stand, and the sentences that show it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from discourse.comparison import Comparison
from discourse.comparison.rendering import Role, pieces
from discourse.reports.display import limits, number, percent, short, visible

if TYPE_CHECKING:
    import pandas as pd

QUOTES_SHOWN = 6  # of one side on one target
PASSAGE_LENGTH = 600

_UNTAKEN = {
    "absent": "not mentioned",
    "neutral only": "no stance",
    "reported only": "only reported of others",
}
_HOLDERS = {"self": "own stance", "other": "reported of others", "unclear": ""}


class Stand(NamedTuple):
    """Where one side stands on a target; places are shares of the width of the plot."""

    text: str
    counts: str
    place: str
    low: str
    high: str


class Quote(NamedTuple):
    """A sentence in pieces that are plain, target or cue, with how it was read."""

    doc: str
    stance: str
    holder: str
    rule: str
    pieces: tuple[tuple[str, Role], ...]


class Quotes(NamedTuple):
    """The first sentences of one side on a target, and how many more there are."""

    shown: tuple[Quote, ...]
    more: int


class Target(NamedTuple):
    """One row of the plot of sides, with what opens below it."""

    name: str
    verdict: str
    stands: tuple[Stand, Stand]
    quotes: tuple[Quotes, Quotes]


def targets(found: Comparison, /) -> list[Target]:
    """Return every mentioned target: both sides' first, by contribution, those untaken last."""
    frame = found.targets
    taken = (frame["status_a"] == "evidence").astype(int) + (frame["status_b"] == "evidence")
    order = frame.assign(taken=taken, weight=frame["contribution"].abs().fillna(-1.0))
    order = order.sort_values(["taken", "weight"], ascending=False, kind="stable")
    by_target = dict(iter(found.mentions.groupby("target", sort=False)))
    return [_target(row, by_target[row["target"]]) for row in order.to_dict("records")]


def _target(row: dict[Any, Any], mentions: pd.DataFrame, /) -> Target:
    """Return the row of one target."""
    return Target(
        short(row["target"].replace("_", " ")),
        verdict(row["contribution"]),
        (_stand(row, "a"), _stand(row, "b")),
        (_quotes(mentions, "a"), _quotes(mentions, "b")),
    )


def verdict(contribution: float, /) -> str:
    """Return whether two sides stand together on a target, or nothing where one has no stance."""
    if math.isnan(contribution):
        return ""
    if contribution > 0:
        return "same side"
    return "opposite sides" if contribution < 0 else "balanced"


def _stand(row: dict[Any, Any], side: str, /) -> Stand:
    """Return the stance of one side: balance with interval, counts, places."""
    status = row[f"status_{side}"]
    if status != "evidence":
        return Stand(_UNTAKEN[status], "", "", "", "")
    balance, low, high = (row[f"{name}_{side}"] for name in ("balance", "low", "high"))
    return Stand(
        f"{number(balance)} {limits(low, high)}",
        f"{row[f'support_{side}']} for, {row[f'oppose_{side}']} against",
        *(percent(0.5 + 0.47 * value) for value in (balance, low, high)),
    )


def _quotes(mentions: pd.DataFrame, side: str, /) -> Quotes:
    """Return the sentences of one side, its own stances first."""
    own = mentions[mentions["side"] == side]
    rank = (own["stance"] == "neutral") * 2 + (own["holder"] == "other")
    own = own.assign(rank=rank).sort_values("rank", kind="stable")
    own = own.drop_duplicates(["doc", "sentence", "stance", "holder"])
    shown = tuple(_quote(row) for row in own.head(QUOTES_SHOWN).to_dict("records"))
    return Quotes(shown, len(own) - len(shown))


def _quote(row: dict[Any, Any], /) -> Quote:
    """Return one sentence."""
    neutral = row["stance"] == "neutral"
    return Quote(
        short(row["doc"]),
        "no stance" if neutral else row["stance"],
        "" if neutral else _HOLDERS[row["holder"]],
        "" if neutral else row["rule"],
        tuple(clipped(pieces(row))),
    )


def clipped(parts: tuple[tuple[str, Role], ...], /) -> Iterator[tuple[str, Role]]:
    """Yield the pieces of a sentence, long stretches of plain text cut in their middle.

    Examples
    --------
    >>> [len(text) for text, _ in clipped((("x" * 9000, "plain"), ("peace", "target")))]
    [601, 5]
    """
    for text, role in parts:
        if len(text) <= PASSAGE_LENGTH:
            yield visible(text), role
        else:
            half = PASSAGE_LENGTH // 2
            yield f"{visible(text[:half])}…{visible(text[-half:])}", role
