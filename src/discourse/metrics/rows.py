"""How values lie in rows, in full arrays or compressed ones, for code that serves both."""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from discourse.labelled import FloatArray


class Layout(Protocol):
    """How numbers per value, per row and per feature meet."""

    def per_row(self, ufunc: np.ufunc, values: FloatArray, /) -> FloatArray:
        """Return the sum, or what else the ufunc makes of the values of a row."""
        ...

    def along(self, per_row: FloatArray, /) -> FloatArray:
        """Return numbers per row so that they meet the values of their row."""
        ...

    def of(self, per_feature: FloatArray, /) -> FloatArray:
        """Return numbers per feature so that they meet the values of their feature."""
        ...


class Full:
    """Rows in an array of shape (..., n_features)."""

    def per_row(self, ufunc: np.ufunc, values: FloatArray, /) -> FloatArray:
        """Return one number a row, in the place of its features."""
        return np.asarray(ufunc.reduce(values, axis=-1, keepdims=True, initial=0.0), np.float64)

    def along(self, per_row: FloatArray, /) -> FloatArray:
        """Return the numbers as they are: they broadcast."""
        return per_row

    def of(self, per_feature: FloatArray, /) -> FloatArray:
        """Return the numbers as they are: they broadcast."""
        return per_feature


FULL: Final = Full()


class Compressed(NamedTuple):
    """The stored values of rows that have some; a row without any has no number."""

    starts: npt.NDArray[np.intp]  # of each such row among the values
    lengths: npt.NDArray[np.intp]
    indices: npt.NDArray[np.integer]

    def per_row(self, ufunc: np.ufunc, values: FloatArray, /) -> FloatArray:
        """Return one number for each row that has values."""
        return np.asarray(ufunc.reduceat(values, self.starts), np.float64)

    def along(self, per_row: FloatArray, /) -> FloatArray:
        """Return one number for each value."""
        return np.repeat(per_row, self.lengths)

    def of(self, per_feature: FloatArray, /) -> FloatArray:
        """Return one number for each value."""
        values: FloatArray = per_feature[self.indices]
        return values
