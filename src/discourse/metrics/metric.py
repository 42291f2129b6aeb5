"""The record of one metric: its definition in plain numpy, its fast form and its facts."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse._kernels import Overlap
from discourse.errors import DiscourseError, OptionError, UndefinedError
from discourse.labelled import FloatArray, Kind

Elementwise: TypeAlias = Callable[[FloatArray], FloatArray]
Terms: TypeAlias = Callable[[FloatArray, FloatArray], FloatArray]
Total: TypeAlias = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
Reduce: TypeAlias = Callable[[np.ufunc, FloatArray], FloatArray]
Names: TypeAlias = tuple[str, str]

NEAR: Final = 1e-6  # below this share of the sizes, a difference of sums has lost its digits
HALF: Final[FloatArray] = np.array(0.5)


def _over_features(ufunc: np.ufunc, values: FloatArray, /) -> FloatArray:
    """Return the sum, or what else the ufunc makes of a row, shaped to divide the rows by."""
    return np.asarray(ufunc.reduce(values, axis=-1, keepdims=True), np.float64)


def identity(x: FloatArray, /) -> FloatArray:
    """Return the values as they are."""
    return x


@dataclass(frozen=True, slots=True)
class Prepare:
    """What happens to rows before they are compared.

    Each value goes through `each`; then the row is divided by ``root(sum(power(value)))``, unless
    there is no `power`. `formula` says what becomes of a row ``x``, as an expression.
    """

    formula: str
    each: Elementwise = identity
    power: Elementwise | None = None
    root: Elementwise = identity

    def __call__(self, values: FloatArray, reduce: Reduce = _over_features, /) -> FloatArray:
        """Return the prepared values; `reduce` gives every value the sum or maximum of its row."""
        values = self.each(values)
        if self.power is None:
            return values
        # So that no power over- or underflows; by a power of two, which changes no digit.
        exponent = np.frexp(reduce(np.maximum, values))[1]
        values = values / np.ldexp(1.0, exponent - 1)
        values /= self.root(reduce(np.add, self.power(values)))
        return values


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to compare two rows of non-negative values.

    With a and b prepared, the definition is ``total(S, A, B)``, where S sums `terms` over all
    features and A and B sum `size` over each row; rounding never takes it beyond `bounds`. Terms
    never are negative, so the value is shared
    among the features in proportion to them.

    The fast form touches shared features only: with o the sum of `overlap` over them, S is o itself
    or, where terms are differences, ``A + B - shared * o``.

    Attributes
    ----------
    name : str
    kind : {"similarity", "distance", "divergence"}
        A similarity grows with likeness; a distance keeps the triangle inequality on prepared
        rows; a divergence does not.
    prepare : Prepare
    formula : str
        The value as an expression in the prepared rows ``a`` and ``b``, where 0 log2(0) is 0.
    terms : callable
        Rows a, b to one term a feature, non-negative.
    overlap : Overlap
        What the kernel sums over shared features.
    bounds : (float, float)
        Smallest and largest value.
    reference : str
        Where the metric was defined.
    total : callable
        S, A, B to the value.
    size : callable or None
        Elementwise; A and B are its row sums. None where preparing makes both a half, or where
        they are not used.
    shared : float or None
        How often the overlap is taken from the sizes; None where the terms are the overlap.
    needs : {"both", "either", "none"}
        Which rows must have a feature for the value to exist.
    symmetric : bool
        The value does not depend on the order of the rows.
    uses_n_features : bool
        A feature that neither row has changes the value.

    Examples
    --------
    >>> import discourse as ds
    >>> metric = ds.METRICS["hellinger"]
    >>> metric.kind, metric.bounds, metric.pair([1.0, 0.0], [0.0, 2.0])
    ('distance', (0.0, 1.0), 1.0)
    """

    name: str
    kind: Kind
    prepare: Prepare
    formula: str
    terms: Terms
    overlap: Overlap
    bounds: tuple[float, float]
    reference: str
    total: Total
    size: Elementwise | None = None
    shared: float | None = None
    needs: Literal["both", "either", "none"] = "both"
    symmetric: bool = True
    uses_n_features: bool = False

    @property
    def is_metric(self) -> bool:
        """Whether the triangle inequality holds: true of distances."""
        return self.kind == "distance"

    def pair(self, a: npt.ArrayLike, b: npt.ArrayLike, /, *, names: Names = ("a", "b")) -> Any:
        """Return the value for two rows, or for each of two arrays of rows.

        Parameters
        ----------
        a, b : array-like of shape (n_features,) or (..., n_features)
            Non-negative, over the same features in the same order; unprepared. Leading axes
            broadcast.
        names : (str, str)
            What errors call the two sides.

        Returns
        -------
        float, or ndarray of shape (...)
            Within `bounds`; exactly 0 for equal rows, if not a similarity.

        Raises
        ------
        DiscourseError
            If values are negative or not finite.
        OptionError
            If the rows differ in length.
        UndefinedError
            If a row without features leaves the value undefined.

        Examples
        --------
        >>> import discourse as ds
        >>> ds.METRICS["cosine"].pair([3.0, 4.0], [4.0, 3.0])
        0.96
        >>> ds.METRICS["manhattan"].pair([[1.0, 0.0], [2.0, 2.0]], [1.0, 1.0]).tolist()
        [1.0, 2.0]
        """
        value = self.between(*self._prepared(a, b, names))
        return value if value.ndim else float(value)

    def parts(
        self, a: npt.ArrayLike, b: npt.ArrayLike, /, *, names: Names = ("a", "b")
    ) -> FloatArray:
        """Return what each feature contributes to the value of `pair`, to which the parts sum.

        Takes and refuses what `pair` does.

        Returns
        -------
        ndarray of shape (..., n_features)
            Non-negative, in the unit of the value; all 0 if the value is 0.

        Examples
        --------
        >>> import discourse as ds
        >>> ds.METRICS["jensen_shannon"].parts([1.0, 0.0], [1.0, 1.0]).round(4).tolist()
        [0.0613, 0.25]
        """
        a, b = self._prepared(a, b, names)
        terms = self.terms(a, b)
        s = np.asarray(terms.sum(axis=-1))
        value = self._value(s, *self._sizes(a, b))
        share = np.divide(value, s, out=np.zeros(s.shape), where=s > 0.0)
        terms *= share[..., np.newaxis]
        return terms

    def between(self, a: FloatArray, b: FloatArray, /) -> FloatArray:
        """Return the value for rows that are checked and prepared already."""
        return self._value(self.terms(a, b).sum(axis=-1), *self._sizes(a, b))

    def finish(self, o: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
        """Return the value from the summed overlap and the sizes of the rows."""
        if self.shared is None:
            return self._value(o, a, b)
        return self._value(np.maximum(a + b - self.shared * o, 0.0), a, b)

    def near(self, o: FloatArray, a: FloatArray, b: FloatArray, /) -> npt.NDArray[np.bool_]:
        """Return where `finish` is too inexact: rows so alike that differences must be summed."""
        if self.shared is None:
            return np.zeros(o.shape, np.bool_)
        return a + b - self.shared * o < NEAR * (a + b)

    def _value(self, s: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
        """Return the total, which rounding may have taken beyond the bounds, within them."""
        return np.clip(self.total(s, a, b), *self.bounds)

    def _sizes(self, a: FloatArray, b: FloatArray, /) -> tuple[FloatArray, FloatArray]:
        """Return A and B."""
        if self.size is None:
            return HALF, HALF
        return self.size(a).sum(axis=-1), self.size(b).sum(axis=-1)

    def _prepared(
        self, a: npt.ArrayLike, b: npt.ArrayLike, names: Names, /
    ) -> tuple[FloatArray, FloatArray]:
        """Return both sides checked and prepared."""
        a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
        if a.ndim == 0 or a.shape[-1:] != b.shape[-1:]:
            msg = (
                f"{names[0]} and {names[1]} must be rows over the same features; "
                f"got shapes {a.shape} and {b.shape}."
            )
            raise OptionError(names[1], msg)
        for name, rows in zip(names, (a, b), strict=True):
            _check_values(name, rows)
        if self.needs != "none":
            self._check_nonempty(a, b, names)
        return self.prepare(a), self.prepare(b)

    def _check_nonempty(self, a: FloatArray, b: FloatArray, names: Names, /) -> None:
        """Raise `UndefinedError` if rows lack the features that the value needs."""
        none_a, none_b = ~a.any(axis=-1), ~b.any(axis=-1)
        if (none_a | none_b if self.needs == "both" else none_a & none_b).any():
            empty = [n for n, none in zip(names, (none_a, none_b), strict=True) if none.any()]
            raise UndefinedError(empty, self.why_undefined)

    @property
    def why_undefined(self) -> str:
        """Why there is no value for rows without features."""
        which = "both sides" if self.needs == "both" else "at least one side"
        return f"no features there, and {self.name} needs some on {which}."


def _check_values(name: str, rows: FloatArray, /) -> None:
    """Raise unless all values are finite and non-negative."""
    if not (rows.min(initial=0.0) >= 0.0 and rows.max(initial=0.0) < math.inf):  # NaN fails too
        msg = f"{name} must hold finite values of 0 or more; it has negative, infinite or NaN ones."
        raise DiscourseError(msg)
