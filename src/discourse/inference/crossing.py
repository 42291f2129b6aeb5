"""The values of all pairs of sparse rows, by the kernel whatever their number."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.labelled import FloatArray
from discourse.metrics import Metric, stored

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]


def needs_all_features(metric: Metric, /) -> bool:
    """Return whether features without counts make a difference, or each has a number of its own."""
    space = metric.space
    known = () if space is None else (space.before, space.after, space.level)
    return metric.uses_n_features or any(numbers is not None for numbers in known)


def crossed(
    metric: Metric, rows: Matrix, columns: Matrix, own: npt.NDArray[np.bool_], /
) -> FloatArray:
    """Return the values of shape (n_rows, n_columns) between rows that all have features.

    Always by the kernel: it serves so often that the definition would be too slow for small
    matrices. Of the pairs that are marked as `own`, samples of one source that share sentences,
    the values are arbitrary.
    """
    from discourse._kernels.pairs import Pairs

    left, right = stored(metric, rows), stored(metric, columns)
    exponent = metric.options.get("p", 1.0)
    values = np.empty((rows.shape[0], columns.shape[0]))
    Pairs(metric.overlap, left.left, right.right, exponent=exponent).fill(0, len(values), values)
    sizes = left.left_sizes[:, np.newaxis], right.right_sizes
    alike = np.argwhere(metric.near(values, *sizes) & ~own)
    values = metric.finish(values, *sizes)
    for i, j in alike.tolist():
        a, b = (metric.prepare(side.toarray()) for side in (rows[[i], :], columns[[j], :]))
        values[i, j] = metric.between(a, b)[0]
    return values
