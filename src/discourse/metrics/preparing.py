"""What becomes of rows before they are compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from discourse.labelled import FloatArray
from discourse.metrics.rows import FULL, Layout

Elementwise: TypeAlias = Callable[[FloatArray], FloatArray]

_SAFE: Final = (1e-100, 1e100)  # sizes of rows whose powers neither over- nor underflow


def identity(x: FloatArray, /) -> FloatArray:
    """Return the values as they are."""
    return x


@dataclass(frozen=True, slots=True)
class Prepare:
    """How the values of a row are scaled by what the row itself holds.

    Each value goes through `each` and is multiplied by the factor of its feature, if there are
    factors; then the row is divided by ``root(sum(power(value)))``, unless there is no `power`.
    `formula` says what becomes of a row ``x``, as an expression.
    """

    formula: str
    each: Elementwise = identity
    power: Elementwise | None = None
    root: Elementwise = identity

    def __call__(
        self, values: FloatArray, rows: Layout = FULL, factors: FloatArray | None = None, /
    ) -> FloatArray:
        """Return the prepared values."""
        values = self.each(values)
        if factors is not None:
            values = values * rows.of(factors)
        if self.power is None:
            return values
        sizes = self._sizes(values, rows, self.power)
        if not ((sizes > _SAFE[0]) & (sizes < _SAFE[1])).all():
            # So that no power over- or underflows; by a power of two, which changes no digit.
            exponent = np.frexp(rows.along(rows.per_row(np.maximum, values)))[1]
            values = values / np.ldexp(1.0, exponent - 1)
            sizes = self._sizes(values, rows, self.power)
        return values / rows.along(sizes)

    def _sizes(self, values: FloatArray, rows: Layout, power: Elementwise, /) -> FloatArray:
        """Return what rows are divided by."""
        with np.errstate(over="ignore", under="ignore"):
            return self.root(rows.per_row(np.add, power(values)))


class Level(NamedTuple):
    """What every row holds besides its own values: a share of one level of all features.

    The `share` is made of the sum of own value times level over the features, and of the sum of
    squared levels. With `unit` the row is then divided by the root of its sum of squares.
    """

    share: Callable[[FloatArray, FloatArray], FloatArray]
    unit: bool

    def shared(self, own: FloatArray, level: FloatArray, /) -> FloatArray:
        """Return rows with their share of the level, for own values of shape (..., n_features)."""
        share = self.share((own * level).sum(axis=-1, keepdims=True), np.square(level).sum())
        return own + share * level

    def full(self, own: FloatArray, level: FloatArray, /) -> FloatArray:
        """Return the same rows, of unit length where that is asked for."""
        rows = self.shared(own, level)
        return rows / np.sqrt(np.square(rows).sum(axis=-1, keepdims=True)) if self.unit else rows


class Space(NamedTuple):
    """What a metric knows of the features that rows are made of.

    Attributes
    ----------
    n : int
        How many there are.
    before, after : ndarray of shape (n,) or None
        Factors of the values before and after rows are divided by what they hold.
    level : ndarray of shape (n,) or None
        Of which rows hold a share, as the metric's `Level` says.
    """

    n: int
    before: FloatArray | None = None
    after: FloatArray | None = None
    level: FloatArray | None = None
