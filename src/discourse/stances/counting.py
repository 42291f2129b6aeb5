"""From mentions to numbers: counts per row and target, and how many of them are independent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.labelled import FloatArray
from discourse.stances.mentions import Mention

IntArray: TypeAlias = npt.NDArray[np.int64]
Holders: TypeAlias = Literal["self", "all"]


class Counts(NamedTuple):
    """The numbers of mentions per row and target, as `StanceVectors` has them."""

    support: IntArray
    oppose: IntArray
    neutral: IntArray
    mentioned: IntArray
    effective: FloatArray


def count_mentions(
    found: Iterable[Mention],
    row_of: Mapping[str, int],
    n_rows: int,
    targets: Sequence[str],
    holders: Holders,
    /,
) -> Counts:
    """Return the counts of mentions, those of each document in the row that it maps to."""
    shape = (n_rows, len(targets))
    column = {name: j for j, name in enumerate(targets)}
    by_label = {name: np.zeros(shape, np.int64) for name in ("support", "oppose", "neutral", "all")}
    in_sentence: dict[tuple[int, int, str, int], int] = {}
    for mention in found:
        i, j = row_of[mention.doc], column[mention.target]
        by_label["all"][i, j] += 1
        if _counts(mention, holders):
            by_label[mention.stance][i, j] += 1
            if mention.stance != "neutral":
                place = (i, j, mention.doc, mention.sentence)
                in_sentence[place] = in_sentence.get(place, 0) + 1
    total, squares = np.zeros(shape), np.zeros(shape)
    for (i, j, *_), n in in_sentence.items():
        total[i, j] += n
        squares[i, j] += n * n
    effective = total**2 / np.maximum(squares, 1)
    label = by_label.__getitem__
    return Counts(label("support"), label("oppose"), label("neutral"), label("all"), effective)


def _counts(mention: Mention, holders: Holders, /) -> bool:
    """Tell whether the stance of a mention counts for its document."""
    return mention.holder != "other" or holders == "all"


class Clusters(NamedTuple):
    """The mentions of one row of vectors, counted per cluster.

    Attributes
    ----------
    stances : tuple of ndarray of shape (n_clusters, 2), int64
        For each target, supporting and opposing mentions of the clusters that have any.
    mentions : ndarray of shape (n_clusters, n_targets), int64
        All mentions.
    """

    stances: tuple[IntArray, ...]
    mentions: IntArray


def clusters(
    found: Iterable[Mention],
    docs: Collection[str],
    targets: Sequence[str],
    /,
    *,
    holders: Holders,
    unit_of: Mapping[str, str] | None,
) -> Clusters:
    """Return the mentions of these documents per unit of them; per sentence without units."""
    column = {name: j for j, name in enumerate(targets)}
    number: dict[tuple[str, int], int] = {}
    places: list[tuple[int, int, int]] = []
    for mention in found:
        if mention.doc in docs:
            key = (mention.doc, mention.sentence) if unit_of is None else (unit_of[mention.doc], 0)
            k, j = number.setdefault(key, len(number)), column[mention.target]
            places.append((0, k, j))
            if mention.stance != "neutral" and _counts(mention, holders):
                places.append((1 if mention.stance == "support" else 2, k, j))
    cells = np.zeros((3, len(number), len(targets)), np.int64)
    np.add.at(cells, tuple(np.array(places, np.int64).reshape(-1, 3).T), 1)
    pairs = cells[1:].transpose(2, 1, 0)  # target, cluster, side
    return Clusters(tuple(pair[pair.any(axis=1)] for pair in pairs), cells[0])
