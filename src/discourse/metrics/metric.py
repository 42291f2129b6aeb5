"""The record of one metric: its definition in plain numpy, its fast form and its facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from discourse._kernels import Overlap
from discourse.errors import OptionError, check_option
from discourse.labelled import FloatArray, Kind
from discourse.metrics.checks import (
    Names,
    as_array,
    check_background,
    check_values,
    checked_rows,
)
from discourse.metrics.lacking import check_nonempty
from discourse.metrics.preparing import Elementwise, Level, Prepare, Space
from discourse.metrics.rows import FULL, Layout
from discourse.record import ReadOnly

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

Terms: TypeAlias = Callable[[FloatArray, FloatArray], FloatArray]
Total: TypeAlias = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
Gather: TypeAlias = Callable[[FloatArray, FloatArray, FloatArray, int], FloatArray]

NEAR: Final = 1e-6  # below this share of the sizes, a difference of sums has lost its digits
HALF: Final[FloatArray] = np.array(0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Metric:
    """One way to compare two rows of non-negative values.

    With a and b prepared, the definition is ``total(S, A, B)``, where S sums `terms` over all
    features and A and B sum `size` over each row; rounding never takes it beyond `bounds`. The
    value is shared among the features in proportion to their terms, which are its summands where
    they may be negative.

    The fast form touches shared features only: `gather` makes S of the sum of `overlap` over
    them, of A, B and the number of features.

    Attributes
    ----------
    name : str
    kind : {"similarity", "distance", "divergence"}
        A similarity grows with likeness; a distance keeps the triangle inequality on prepared
        rows; a divergence does not.
    preparation : Prepare
    formula : str
        The value as an expression in the prepared rows ``a`` and ``b``, where 0 log2(0) and 0 / 0
        are 0.
    terms : callable
        Rows a, b to one term a feature.
    overlap : Overlap
        What the kernel sums over shared features.
    bounds : (float, float)
        Smallest and largest value.
    reference : str
        Where the metric was defined.
    trap : str
        What misleads those who read its values.
    total : callable
        S, A, B to the value.
    gather : callable
        Sum of overlaps, A, B, number of features to S.
    size : callable or None
        Elementwise; A and B are its row sums. None where preparing makes both a half, or where
        they are not used.
    cancels : bool
        `gather` takes the overlap from the sizes, so that little is left for rows much alike.
    needs : {"both", "either", "none"}
        Which rows must have a feature for the value to exist.
    symmetric : bool
        The value does not depend on the order of the rows.
    uses_n_features : bool
        A feature that neither row has changes the value.
    weighting : float or None
        The power to which weights of features multiply prepared values; None where the metric
        takes no weights.
    learns : callable or None
        A matrix of documents to what the metric knows of the features; None where it needs no
        background.
    level : Level or None
        What rows hold besides their own values.
    family : callable or None
        Options to the metric that has them.
    options : mapping of str to float
        The options of the family, and their values here.
    background : vectors, matrix or None
        The documents to learn from.
    weights : mapping of str to float, ndarray or None
        Weights of features, 1 where not given.

    Examples
    --------
    >>> import discourse as ds
    >>> metric = ds.METRICS["hellinger"]
    >>> metric.kind, metric.bounds, metric.pair([1.0, 0.0], [0.0, 2.0])
    ('distance', (0.0, 1.0), 1.0)
    """

    name: str
    kind: Kind
    preparation: Prepare
    formula: str
    terms: Terms
    overlap: Overlap
    bounds: tuple[float, float]
    reference: str
    trap: str
    total: Total
    gather: Gather
    size: Elementwise | None = None
    cancels: bool = False
    needs: Literal["both", "either", "none"] = "both"
    symmetric: bool = True
    uses_n_features: bool = False
    weighting: float | None = None
    learns: Callable[[Matrix], Space] | None = None
    level: Level | None = None
    family: Callable[..., Metric] | None = None
    options: Mapping[str, float] = field(default_factory=lambda: ReadOnly[str, float]({}))
    background: Any = None
    weights: Any = None
    space: Space | None = None

    @property
    def is_metric(self) -> bool:
        """Whether the triangle inequality holds: true of distances."""
        return self.kind == "distance"

    def using(
        self, *, background: object = None, weights: object = None, **options: float
    ) -> Metric:
        """Return the metric with a background, weights of features or other options.

        Parameters
        ----------
        background : DocumentFeatureMatrix, FeatureVectors or array-like, optional
            What Deltas take the spread of features from, and smoothed divergences their
            proportions. An array, documents in rows, serves `pair` and `parts` alone. Without it,
            the documents that are compared are the background.
        weights : mapping of str to float or array-like, optional
            Weights of features, 0 or more; those not named have 1. An array, one weight a
            feature, serves `pair` and `parts` alone.
        **options : float
            What the family of the metric takes: the power ``p`` of "minkowski", the
            ``smoothing`` of "kl" and "jeffreys".

        Raises
        ------
        OptionError
            If the metric does not take the option, or not this value of it.

        Examples
        --------
        >>> import discourse as ds
        >>> ds.METRICS["minkowski"].using(p=1).pair([1.0, 2.0], [3.0, 0.0])
        4.0
        >>> ds.METRICS["jaccard"].using(weights=[3.0, 1.0]).pair([1, 0], [1, 1])
        0.75
        """
        for name in options:
            check_option(f"option of {self.name}", name, tuple(self.options))
        if weights is not None and self.weighting is None:
            msg = f"{self.name} takes no weights of features; weight the counts with weight()."
            raise OptionError("weights", msg)
        if background is not None and self.learns is None:
            msg = f"{self.name} needs no background."
            raise OptionError("background", msg)
        made = self
        if options and self.family is not None:
            made = self.family(**{**self.options, **options})
        return replace(
            made,
            background=self.background if background is None else background,
            weights=self.weights if weights is None else weights,
            space=None,
        )

    def on(
        self, n: int, *, background: Matrix | None = None, weights: FloatArray | None = None
    ) -> Metric:
        """Return the metric bound to `n` features, with what it learns of them.

        Parameters
        ----------
        n : int
        background : csr_array of shape (n_docs, n), optional
            Needed by metrics that learn.
        weights : ndarray of shape (n,), optional
        """
        if self.learns is None:
            space = Space(n, level=None if self.level is None else np.ones(n))
        elif background is None:
            msg = (
                f"{self.name} needs a background: documents that show what is usual. Name them "
                f"with METRICS[{self.name!r}].using(background=...)."
            )
            raise OptionError("background", msg)
        else:
            space = self.learns(background)
        if weights is not None and self.weighting is not None:
            check_values("weights", weights)
            space = space._replace(before=weights**self.weighting)
        return replace(self, space=space)

    @property
    def is_local(self) -> bool:
        """Whether the value of a pair rests on the features that either has, and on no others."""
        return not (self.uses_n_features or (self.level is not None and self.level.unit))

    def at(self, columns: npt.NDArray[np.integer], /) -> Metric:
        """Return the bound metric over these columns alone, one list for all rows or one a row."""
        space = self.space
        if space is None or (space.before is None and space.after is None and space.level is None):
            return self
        known = (space.before, space.after, space.level)
        taken = (None if array is None else array[columns] for array in known)
        return replace(self, space=Space(columns.shape[-1], *taken))

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
            If the rows differ in length, or the metric needs a background and has none.
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
        a, b = checked_rows(a, b, names)
        if self.space is None:
            return self._on_arrays(a.shape[-1]).pair(a, b, names=names)
        check_nonempty(self, a, b, names)
        value = self.between(self.prepare(a), self.prepare(b))
        return value if value.ndim else float(value)

    def parts(
        self, a: npt.ArrayLike, b: npt.ArrayLike, /, *, names: Names = ("a", "b")
    ) -> FloatArray:
        """Return what each feature contributes to the value of `pair`, to which the parts sum.

        Takes and refuses what `pair` does.

        Returns
        -------
        ndarray of shape (..., n_features)
            In the unit of the value. Not negative, and all 0 if the value is 0, unless the terms
            of the metric may be negative themselves ("pearson", "cosine_delta", "kl").

        Examples
        --------
        >>> import discourse as ds
        >>> ds.METRICS["jensen_shannon"].parts([1.0, 0.0], [1.0, 1.0]).round(4).tolist()
        [0.0613, 0.25]
        """
        a, b = checked_rows(a, b, names)
        if self.space is None:
            return self._on_arrays(a.shape[-1]).parts(a, b, names=names)
        check_nonempty(self, a, b, names)
        a, b = self.prepare(a), self.prepare(b)
        terms = self.terms(a, b)
        s = np.asarray(terms.sum(axis=-1))
        value = self._value(s, *self._sizes(a, b))
        share = np.divide(value, s, out=np.ones(s.shape), where=s != 0.0)
        parts: FloatArray = terms * share[..., np.newaxis]
        return parts

    def prepare(self, values: FloatArray, /) -> FloatArray:
        """Return rows as the definition takes them, for values of shape (..., n_features)."""
        metric = self if self.space is not None else self._on_arrays(values.shape[-1])
        return metric.full(metric.own(values, FULL))

    def own(self, values: FloatArray, rows: Layout, /) -> FloatArray:
        """Return what rows hold by themselves, in the layout of the values."""
        assert self.space is not None  # noqa: S101 - bound before, by on()
        own = self.preparation(values, rows, self.space.before)
        if self.space.after is not None:
            own = own * rows.of(self.space.after)
        if self.level is not None and not self.level.unit:
            check_background(self.name, own, rows.of(cast("FloatArray", self.space.level)))
        return own

    def full(
        self, own: FloatArray, columns: npt.NDArray[np.intp] | slice = slice(None), /
    ) -> FloatArray:
        """Return the rows of the definition, over these columns, from what rows hold themselves."""
        if self.level is None or self.space is None or self.space.level is None:
            return own
        return self.level.full(own, self.space.level[columns])

    def between(self, a: FloatArray, b: FloatArray, /) -> FloatArray:
        """Return the value for rows that are checked and prepared already."""
        return self._value(self.terms(a, b).sum(axis=-1), *self._sizes(a, b))

    def finish(
        self, o: FloatArray, a: FloatArray, b: FloatArray, /
    ) -> tuple[FloatArray, npt.NDArray[np.intp]]:
        """Return values from summed overlaps and the sizes of rows, and where they are too inexact.

        The latter, of shape (n_pairs, o.ndim), are rows so alike that differences must be summed.
        """
        s = self.gather(o, a, b, 0 if self.space is None else self.space.n)
        if not self.cancels:
            return self._value(s, a, b), np.empty((0, o.ndim), np.intp)
        near = np.argwhere(s < NEAR * (a + b))
        return self._value(np.maximum(s, 0.0), a, b), near

    def _value(self, s: FloatArray, a: FloatArray, b: FloatArray, /) -> FloatArray:
        """Return the total, which rounding may have taken beyond the bounds, within them."""
        return np.clip(self.total(s, a, b), *self.bounds)

    def _sizes(self, a: FloatArray, b: FloatArray, /) -> tuple[FloatArray, FloatArray]:
        """Return A and B."""
        if self.size is None:
            return HALF, HALF
        return self.size(a).sum(axis=-1), self.size(b).sum(axis=-1)

    def _on_arrays(self, n: int, /) -> Metric:
        """Return the metric bound to `n` features, with background and weights as arrays."""
        from scipy.sparse import csr_array

        given = {
            name: None if value is None else as_array(name, value, n)
            for name, value in (("background", self.background), ("weights", self.weights))
        }
        background = given["background"]
        return self.on(
            n,
            background=None if background is None else csr_array(np.atleast_2d(background)),
            weights=given["weights"],
        )
