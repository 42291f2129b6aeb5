"""Agreement of all pairs of documents, with what to expect of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from discourse.errors import UndefinedError, check_option
from discourse.labelled import FloatArray, SimilarityMatrix, frozen
from discourse.record import ReadOnly, Record
from discourse.stances.counting import IntArray
from discourse.stances.pairs import (
    Weights,
    common_weighting,
    find_pair,
    find_sides,
    weighting,
    with_reference,
)
from discourse.stances.vectors import StanceVectors

Undefined: TypeAlias = Literal["raise", "nan"]
Targets: TypeAlias = Literal["shared", "common"]


@dataclass(frozen=True, slots=True, eq=False)
class AgreementMatrix(SimilarityMatrix):
    """The agreement of every pair of documents, and what to expect of them.

    Attributes
    ----------
    values : ndarray of shape (n_docs, n_docs), float64
        In [-1, 1]; NaN where undefined.
    expected : ndarray of the same shape, or None
        What two documents of the reference would agree, with the evidence of each pair; None
        without a reference.
    n_targets : ndarray of the same shape, int64
        Targets that each pair is compared on.
    weights : {"evidence", "contested"}
    targets : tuple of str or None
        The targets that all pairs are compared on, where those are common.

    Examples
    --------
    >>> import discourse as ds
    >>> texts = ["We support peace.", "We support peace.", "We oppose peace."]
    >>> matrix = ds.agreement(ds.stance(texts), targets="common")
    >>> matrix.targets, matrix.values[0].tolist(), matrix.excess[0].round(2).tolist()
    (('peace',), [1.0, 1.0, -1.0], [1.33, 1.33, -0.67])
    """

    expected: FloatArray | None = field(kw_only=True)
    n_targets: IntArray = field(kw_only=True)
    weights: Weights = field(kw_only=True)
    targets: tuple[str, ...] | None = field(kw_only=True)

    def __post_init__(self) -> None:
        """Check the shapes and make the arrays read-only."""
        SimilarityMatrix.__post_init__(self)
        for array in (self.expected, self.n_targets):
            if array is not None:
                frozen(array)

    @property
    def excess(self) -> FloatArray | None:
        """Agreement less what is expected; its limits are `low` and `high` less the same."""
        return None if self.expected is None else self.values - self.expected

    def to_dict(self) -> dict[str, object]:
        """Return values, limits, expectations, labels and record as plain data."""
        return {
            **SimilarityMatrix.to_dict(self),
            "expected": None if self.expected is None else self.expected.tolist(),
            "n_targets": self.n_targets.tolist(),
            "weights": self.weights,
            "targets": None if self.targets is None else list(self.targets),
        }


def agreement(
    stance: StanceVectors,
    /,
    *,
    weights: Weights = "evidence",
    targets: Targets = "shared",
    reference: StanceVectors | None = None,
    level: float = 0.95,
    undefined: Undefined = "nan",
) -> AgreementMatrix:
    """Return the agreement of every pair of documents, with intervals.

    With itself a document agrees less than 1 where it is ambivalent: its mentions differ.

    Parameters
    ----------
    stance : StanceVectors
    weights : {"evidence", "contested"}
        "evidence" weighs a target by the mentions that take sides. "contested" multiplies this by
        one less the agreement on it that the reference leads to expect, so that what all say
        counts little. The interval takes weights and expectations as given.
    targets : {"shared", "common"}
        "shared" compares each pair on all targets on which both take a stance; pairs are then
        compared on different ones, and the matrix is no kernel. "common" compares all on the
        targets on which every document takes a stance, with the same weights for all pairs (the
        geometric mean of the evidence): the matrix is then positive semidefinite, and ``sqrt(x_ii
        + x_jj - 2 x_ij)`` a Euclidean distance for clustering and maps.
    reference : StanceVectors, optional
        Documents that tell what to expect, on the same targets; by default those of `stance`, if
        there are more than two. Targets on which fewer than two documents of a given reference
        take a stance are left out.
    level : float
        Nominal coverage of the intervals.
    undefined : {"nan", "raise"}
        What to do with pairs that share no target on which both take a stance.

    Returns
    -------
    AgreementMatrix

    Raises
    ------
    OptionError
        If an option is not allowed, or the reference has other targets or too few documents.
    UndefinedError
        If there is no common target, for ``targets="common"``; the error names the documents to
        leave out.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(
    ...     ["We support multilateralism and oppose sanctions.",
    ...      "We oppose multilateralism and support sanctions."])
    >>> matrix = ds.agreement(stance)
    >>> matrix.value("text1", "text2"), round(float(matrix.high[0, 1]), 2)
    (-1.0, 0.12)
    """
    check_option("weights", weights, get_args(Weights))
    check_option("targets", targets, get_args(Targets))
    check_option("undefined", undefined, get_args(Undefined))
    scheme = weighting(stance, weights, reference)
    if targets == "common":
        scheme = common_weighting(stance, scheme)
    size = len(stance.docs)
    values, low, high, expected = (np.full((size, size), np.nan) for _ in range(4))
    n_targets = np.zeros((size, size), np.int64)
    sides = find_sides(stance, level)
    for i in range(size):
        for j in range(i + 1):
            pair = find_pair(stance, sides, i, j, scheme)
            if pair is None:
                if undefined == "raise":
                    docs = [stance.docs[i], stance.docs[j]]
                    raise UndefinedError(docs, f"there is {scheme.undefined}.")
                continue
            for row, column in ((i, j), (j, i)):
                values[row, column] = pair.value
                low[row, column], high[row, column] = pair.low, pair.high
                n_targets[row, column] = len(pair.shared)
                if scheme.expected is not None:
                    expected[row, column] = pair.weights @ scheme.expected[pair.shared]
    names = zip(stance.targets, scheme.usable.tolist(), strict=True)
    options: dict[str, Any] = {
        "weights": weights,
        "targets": targets,
        "level": level,
        "undefined": undefined,
    }
    return AgreementMatrix(
        values,
        stance.docs,
        stance.docs,
        "agreement",
        "similarity",
        Record(
            "agreement",
            ReadOnly(options),
            with_reference(stance, reference),
            recompute=partial(agreement, reference=reference, **options),
        ),
        low=low,
        high=high,
        level=level,
        note=f"NaN: {scheme.undefined}" if np.isnan(values).any() else None,
        expected=None if scheme.expected is None else expected,
        n_targets=n_targets,
        weights=weights,
        targets=tuple(name for name, used in names if used) if targets == "common" else None,
    )
