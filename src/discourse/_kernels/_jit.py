"""The one door through which loops are compiled, and the one through which arrays reach them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

import numba
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array

P = ParamSpec("P")
R = TypeVar("R")


def jit(function: Callable[P, R], /) -> Callable[P, R]:
    """Return the function compiled, without the lock of the interpreter, and cached on disk.

    Division by zero gives infinities, as in numpy, and a product may be added in one rounding:
    else loops cannot be computed several steps at a time.

    Where neither the folder of the package nor the user's cache can be written to, it is compiled
    anew in each process.
    """
    njit: Callable[..., Any] = numba.njit
    options = {"nogil": True, "error_model": "numpy", "fastmath": {"contract"}}
    try:
        compiled: Callable[P, R] = njit(cache=True, **options)(function)
    except RuntimeError:  # numba found no place for the cache
        compiled = njit(**options)(function)
    return compiled


class Sparse(NamedTuple):
    """A compressed matrix in the only types that kernels see, so that each compiles once."""

    indptr: npt.NDArray[np.int64]
    indices: npt.NDArray[np.int32]
    data: npt.NDArray[np.float64]


def sparse(matrix: csr_array[Any, Any] | csc_array[Any], /) -> Sparse:
    """Return the arrays of a compressed matrix as kernels take them."""
    return Sparse(
        plain(matrix.indptr, np.int64), plain(matrix.indices, np.int32), plain(matrix.data)
    )


def plain(array: npt.ArrayLike, dtype: npt.DTypeLike = np.float64, /) -> npt.NDArray[Any]:
    """Return a contiguous, read-only view or copy of one type.

    Numba compiles anew for a read-only array where it has seen a writable one, so all are the
    same; the caller's array stays as it is.
    """
    view = np.ascontiguousarray(array, dtype).view()
    view.setflags(write=False)
    return view
