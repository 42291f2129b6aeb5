"""What rows, weights and backgrounds given as arrays must be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.errors import DiscourseError, OptionError
from discourse.labelled import FloatArray

Names: TypeAlias = tuple[str, str]


def checked_rows(
    a: npt.ArrayLike, b: npt.ArrayLike, names: Names, /
) -> tuple[FloatArray, FloatArray]:
    """Return both sides as arrays of rows that can be compared."""
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    if a.ndim == 0 or a.shape[-1:] != b.shape[-1:]:
        msg = (
            f"{names[0]} and {names[1]} must be rows over the same features; "
            f"got shapes {a.shape} and {b.shape}."
        )
        raise OptionError(names[1], msg)
    for name, rows in zip(names, (a, b), strict=True):
        check_values(name, rows)
    return a, b


def as_array(name: str, value: object, n: int, /) -> FloatArray:
    """Return a background or weights as an array over `n` features."""
    if isinstance(value, Mapping) or not hasattr(value, "__len__") or hasattr(value, "docs"):
        msg = f"rows have no names of features: give {name} as an array here, n_features wide."
        raise OptionError(name, msg)
    array = np.asarray(value, np.float64)
    if array.shape[-1:] != (n,):
        msg = f"{name} must have {n} columns, one for each feature; got shape {array.shape}."
        raise OptionError(name, msg)
    check_values(name, array)
    return array


def check_values(name: str, rows: FloatArray, /) -> None:
    """Raise unless all values are finite and non-negative."""
    if not (rows.min(initial=0.0) >= 0.0 and rows.max(initial=0.0) < math.inf):  # NaN fails too
        msg = f"{name} must hold finite values of 0 or more; it has negative, infinite or NaN ones."
        raise DiscourseError(msg)


def check_background(metric: str, own: FloatArray, level: FloatArray, /) -> None:
    """Raise if rows have a feature that the background, and so the level, has not."""
    lacks = int(np.count_nonzero((own > 0.0) & (level == 0.0)))
    if lacks:
        msg = (
            f"the background of {metric} has no count of {lacks} of the values compared: "
            "it must have every feature of the documents."
        )
        raise DiscourseError(msg)
