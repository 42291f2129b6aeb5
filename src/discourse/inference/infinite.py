"""Values at infinite length: what a metric says of two sources once chance has averaged out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np

from discourse.errors import OptionError, UndefinedError, shorten
from discourse.inference.closed import ClosedSet, names_of
from discourse.inference.lengths import why_no_interval
from discourse.inference.levels import Level
from discourse.inference.sources import Source
from discourse.labelled import FloatArray
from discourse.metrics import Metric, find
from discourse.resampling import GROUPS, blocks, jackknife_variance

Names: TypeAlias = tuple[str, str]

_PER_FEATURE = 10  # occurrences a side; with fewer the bias is beyond correction


class Figures(NamedTuple):
    """A value with its interval, not yet held within bounds, and what there is to note."""

    value: float
    low: float | None
    high: float | None
    note: str | None


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Facts of one source: of all of it in the first row, then with one group left out."""

    shares: FloatArray  # (1 or 21, n_features)
    recurrence: FloatArray  # (1 or 21,): P(two tokens of different segments are the same feature)


def check_limit(metric: Metric, features: ClosedSet | None, /) -> None:
    """Raise `OptionError` unless the value at infinite length can be estimated."""
    if metric.name == "cosine":
        return
    advice = "Take metric='cosine', or a finite m."
    if metric.learns is not None:
        reason = f"{metric.name!r} compares with a background, of which the sample is finite."
    elif not all(map(math.isfinite, metric.bounds)):
        reason = f"{metric.name!r} grows without limit as texts grow."
    elif not _is_smooth(metric):
        reason = f"{metric.name!r} jumps or bends where shares are 0 or equal: its bias remains."
    elif features is None:
        reason = (
            f"{metric.name!r} of whole texts with an open vocabulary measures how long they are, "
            "and its intervals do not hold."
        )
        advice = "Take a closed set of features=, metric='cosine', or a finite m."
    else:
        return
    msg = f"no value at infinite length: {reason} {advice}"
    raise OptionError("m", msg)


def _is_smooth(metric: Metric, /) -> bool:
    """Return whether errors of the order h move the value by no more than the order h squared.

    They are errors about equal shares, and of the order h squared about a share of 0; a distance is
    squared before.
    """
    h = 1e-4
    same = [0.6, 0.4, 0.0, 0.0]
    metric = find(metric.name)  # without weights of features, which are others here
    moved = metric.pair([0.6, 0.4, h**2, 0.0], [0.6 + h, 0.4 - h, 0.0, h**2])
    power = _power(metric)
    return bool(abs(metric.pair(same, same) ** power - moved**power) < h / 10)


def _power(metric: Metric, /) -> float:
    """Return 2 for distances, square roots that are infinitely steep at 0, and 1 for the rest."""
    return 2.0 if metric.kind == "distance" else 1.0


def at_infinity(
    metric: Metric,
    a: Source,
    b: Source,
    /,
    *,
    features: ClosedSet | None = None,
    level: float = 0.95,
) -> Figures:
    """Return the value at infinite length of two sources."""
    sides = _sums(a), _sums(b)
    note = why_no_interval((a, b), features)
    if metric.name == "cosine":
        note = _recurrence_note(sides, (a.name, b.name)) or note
    elif features is not None:
        _check_enough(features, (a, b))
    wholes = [_Sums(side.shares[:1], side.recurrence[:1]) for side in sides]
    power = _power(metric)
    of_a = _values(metric, sides[0], wholes[1]) ** power
    of_b = _values(metric, wholes[0], sides[1]) ** power
    found = Level(float(of_a[0]), None) if note else _jackknifed(of_a, of_b)
    low, high = found.limits(level, (-math.inf, math.inf))
    if low is None or high is None:
        return Figures(_root(found.value, power), None, None, note)
    return Figures(_root(found.value, power), _root(low, power), _root(high, power), None)


def _check_enough(features: ClosedSet, sources: tuple[Source, Source], /) -> None:
    """Raise unless a closed set occurs often enough, and in enough sentences, on both sides."""
    n = len(names_of(features))
    totals = {source.name: int(source.sizes.sum()) for source in sources}
    if min(totals.values()) < _PER_FEATURE * n:
        held = " and ".join(f"{name!r} has {total:,}" for name, total in totals.items())
        msg = (
            f"m=inf with {n:,} features needs {_PER_FEATURE * n:,} occurrences of them a side; "
            f"{held}. Take fewer features, or a finite m."
        )
        raise OptionError("m", msg)
    if short := [source.name for source in sources if not source.long]:
        reason = f"m=inf needs {GROUPS} sentences with features of the set. Take a finite m."
        raise UndefinedError(short, reason)


def _sums(source: Source, /) -> _Sums:
    """Return the facts of one source; of all of it alone if it has too few segments."""
    counts, sizes = source.counts, source.sizes
    n = len(sizes)
    kept = np.ones((1, n))
    if source.long:
        kept = np.vstack([kept, blocks(n) != np.arange(GROUPS)[:, np.newaxis]])
    totals: FloatArray = np.asarray(kept @ counts, np.float64)
    n_tokens = kept @ sizes
    own = np.asarray(counts.multiply(counts).sum(axis=1), np.float64)
    same = np.square(totals).sum(axis=1) - kept @ own
    pairs = np.square(n_tokens) - kept @ np.square(sizes)
    recurrence = np.divide(same, pairs, out=np.full(len(kept), np.nan), where=same > 0)
    return _Sums(totals / n_tokens[:, np.newaxis], recurrence)


def _values(metric: Metric, a: _Sums, b: _Sums, /) -> FloatArray:
    """Return the value for each row of the one source and each, or the only, row of the other.

    Two tokens of one sentence often are the same word since they share a topic. So the sum of
    squared shares below the cosine comes from pairs of tokens of different sentences.
    """
    if metric.name == "cosine":
        products = (a.shares * b.shares).sum(axis=1)
        return np.asarray(products / np.sqrt(a.recurrence * b.recurrence), np.float64)
    return np.asarray(metric.pair(a.shares, b.shares), np.float64)


def _recurrence_note(sides: Sequence[_Sums], names: Names, /) -> str | None:
    """Return why the cosine, or its interval, does not exist, or None if both do."""
    never = [name for name, s in zip(names, sides, strict=True) if np.isnan(s.recurrence[0])]
    if never:
        return f"undefined: no feature recurs between sentences of {shorten(never)}."
    seldom = [name for name, s in zip(names, sides, strict=True) if np.isnan(s.recurrence).any()]
    if seldom:
        return (
            "no interval: with one twentieth left out no feature recurs between sentences of "
            f"{shorten(seldom)}."
        )
    return None


def _jackknifed(of_a: FloatArray, of_b: FloatArray, /) -> Level:
    """Return the value less its bias, with its standard error; the first entries are of all."""
    bias = sum((GROUPS - 1) * (side[1:].mean() - side[0]) for side in (of_a, of_b))
    variance = sum(jackknife_variance(side[1:]) for side in (of_a, of_b))
    return Level(float(of_a[0] - bias), math.sqrt(variance))


def _root(value: float, power: float, /) -> float:
    """Return the root; of a negative number, which is an estimate of 0, with its sign."""
    return math.copysign(abs(value) ** (1.0 / power), value)
