"""The best pairs of many: of each document those that nearest() asks for."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.errors import OptionError
from discourse.labelled import FloatArray, group_values
from discourse.pairwise.blocks import Halves, each_block, is_small
from discourse.pairwise.undefined import Missing
from discourse.vectors import FeatureVectors

Groups: TypeAlias = str | Mapping[str, str]
Ids: TypeAlias = npt.NDArray[np.int64]


class Choice(NamedTuple):
    """What is asked for.

    Attributes
    ----------
    k : int or None
        Most neighbours of a document; None for all.
    threshold : float or None
        The least like that they may be.
    groups : (ndarray of shape (n_rows,), ndarray of shape (n_columns,)), int64
    wanted : int
        1 for pairs of one group only, -1 for pairs of two groups only, 0 for all.
    others : bool
        Rows and columns are the same documents, of which none is its own neighbour.
    """

    k: int | None
    threshold: float | None
    groups: tuple[Ids, Ids]
    wanted: int
    others: bool


class Selected(NamedTuple):
    """Pairs by document, best first: numbers of document and neighbour, rank from 1, value."""

    doc: Ids
    neighbour: Ids
    rank: Ids
    values: FloatArray


def as_choice(
    left: FeatureVectors,
    right: FeatureVectors,
    /,
    *,
    itself: bool,
    k: int | None,
    threshold: float | None,
    across: Groups | None,
    within: Groups | None,
) -> Choice:
    """Return the options of nearest(), checked."""
    n_others = len(right) - itself
    if k is None and threshold is None:
        msg = "k=None asks for all neighbours up to a threshold; give threshold=..."
        raise OptionError("threshold", msg)
    if k is not None and (not isinstance(k, int) or not 1 <= k <= n_others):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"k must be between 1 and {n_others}, the documents to choose from; got {k!r}."
        raise OptionError("k", msg)
    if threshold is not None and not math.isfinite(threshold):
        msg = f"threshold must be a finite number; got {threshold!r}."
        raise OptionError("threshold", msg)
    if across is not None and within is not None:
        msg = "ask for neighbours across groups or within them, not for both."
        raise OptionError("within", msg)
    by = within if across is None else across
    if by is None:
        groups = np.zeros(len(left), np.int64), np.zeros(len(right), np.int64)
    else:
        groups = _numbered(left, right, by)
    wanted = 0 if by is None else 1 if across is None else -1
    return Choice(k, threshold, groups, wanted, itself)


def _numbered(left: FeatureVectors, right: FeatureVectors, by: Groups, /) -> tuple[Ids, Ids]:
    """Return the number of the group of every row and column."""
    names = [group_values(side.docs, side.docvars, by) for side in (left, right)]
    number = {name: i for i, name in enumerate(dict.fromkeys([*names[0], *names[1]]))}
    rows, columns = (np.array([number[n] for n in side], np.int64) for side in names)
    return rows, columns


def select(pairs: Halves, choice: Choice, missing: Missing | None, /, *, n_jobs: int) -> Selected:
    """Return the pairs that are asked for."""
    sign = 1.0 if pairs.metric.kind == "similarity" else -1.0
    least = -math.inf if choice.threshold is None else sign * choice.threshold
    if choice.k is None or is_small(pairs):
        doc, neighbour, keys = _listed(pairs, choice, missing, sign, least, n_jobs)
    else:
        doc, neighbour, keys = _heaped(pairs, choice, missing, sign, least, n_jobs)
    order = np.lexsort((neighbour, -keys, doc))
    doc, neighbour, keys = doc[order], neighbour[order], keys[order]
    begins = np.searchsorted(doc, np.arange(pairs.rows.shape[0]))
    rank = np.arange(1, len(doc) + 1) - begins[doc]
    kept = rank <= (len(doc) if choice.k is None else choice.k)
    return Selected(doc[kept], neighbour[kept], rank[kept], sign * keys[kept] + 0.0)


def _listed(
    pairs: Halves, choice: Choice, missing: Missing | None, sign: float, least: float, n_jobs: int
) -> tuple[Ids, Ids, FloatArray]:
    """Return all pairs whose key is at least `least`."""
    nothing = np.empty(0, np.int64)
    found: list[tuple[Ids, Ids, FloatArray]] = [(nothing, nothing, np.empty(0))]
    row_groups, column_groups = choice.groups

    def collect(start: int, block: FloatArray) -> None:
        rows = np.arange(start, start + len(block))
        keys = sign * block
        fits = keys >= least
        if missing is not None:
            fits &= ~missing.block(start, block.shape)
        if choice.wanted:
            same = row_groups[rows, np.newaxis] == column_groups[: block.shape[1]]
            fits &= same == (choice.wanted > 0)
        if pairs.lower:
            fits = np.tril(fits, start - 1)
        elif choice.others:
            fits[np.arange(len(block)), rows] = False
        i, j = np.nonzero(fits)
        found.append((i + start, j, keys[i, j]))
        if pairs.lower:
            found.append((j, i + start, keys[i, j]))

    each_block(pairs, collect, n_jobs=n_jobs)
    doc, neighbour, keys = (np.concatenate(part) for part in zip(*found, strict=True))
    return doc, neighbour, keys


def _heaped(
    pairs: Halves, choice: Choice, missing: Missing | None, sign: float, least: float, n_jobs: int
) -> tuple[Ids, Ids, FloatArray]:
    """Return the best pairs of every document, each thread keeping its own until the end."""
    from discourse._kernels.neighbours import NOBODY, Best, nobody, offer, ranked

    k = choice.k or 0
    kept: dict[int, Best] = {}

    def keep(start: int, block: FloatArray) -> None:
        best = kept.setdefault(threading.get_ident(), nobody(pairs.rows.shape[0], k, least))
        if missing is not None:
            block[missing.block(start, block.shape)] = np.nan
        if choice.others and not pairs.lower:
            block[np.arange(len(block)), np.arange(start, start + len(block))] = np.nan
        block *= sign
        offer(block, start, choice.groups, choice.wanted, best, both=pairs.lower)

    each_block(pairs, keep, n_jobs=n_jobs)
    keys, ids = ranked(list(kept.values()) or [nobody(pairs.rows.shape[0], k, least)])
    doc, place = np.nonzero(ids < NOBODY)
    return doc, ids[doc, place], keys[doc, place]
