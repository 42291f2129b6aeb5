"""Agreement: do two documents stand on the same side, target by target and for all pairs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

import numpy as np

from discourse.errors import UndefinedError, check_option
from discourse.labelled import FloatArray, Result, SimilarityMatrix, frozen
from discourse.record import ReadOnly, Record
from discourse.stances.counting import IntArray
from discourse.stances.vectors import StanceVectors
from discourse.stances.wilson import Limits, mover

if TYPE_CHECKING:
    import pandas as pd

Undefined: TypeAlias = Literal["raise", "nan"]


NO_SHARED = "no target on which both take a stance"


@dataclass(frozen=True, slots=True, eq=False)
class AgreementByTarget(Result):
    """The agreement of two documents, target by target; contributions sum to `value`.

    Attributes
    ----------
    targets : tuple of str
        Those on which both documents take a stance.
    balance_a, balance_b : ndarray of shape (n_targets,), float64
        (S - O)/(S + O) in [-1, 1].
    n_a, n_b : ndarray of shape (n_targets,), int64
        Supporting and opposing mentions.
    contributions : ndarray of shape (n_targets,), float64
        w_t s_at s_bt / sum of w, with w_t = sqrt(n_at n_bt).
    value, low, high : float
        Agreement in [-1, 1] and its interval at `level`.
    effective_targets : float
        (sum of w)^2 / sum of w^2.
    evidence_share_a, evidence_share_b : float
        Share of each document's supporting and opposing mentions that these targets carry.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(["We support peace and oppose war.", "We support peace and war."])
    >>> found = ds.agreement_by_target(stance, "text1", "text2")
    >>> dict(zip(found.targets, found.contributions.tolist(), strict=True)), found.value
    ({'peace': 0.5, 'war': -0.5}, 0.0)
    """

    a: str
    b: str
    targets: tuple[str, ...]
    balance_a: FloatArray
    balance_b: FloatArray
    n_a: IntArray
    n_b: IntArray
    contributions: FloatArray
    value: float
    low: float
    high: float
    level: float
    effective_targets: float
    evidence_share_a: float
    evidence_share_b: float
    record: Record

    def to_frame(self) -> pd.DataFrame:
        """Return one row per shared target, largest contribution in magnitude first."""
        import pandas as pd

        frame = pd.DataFrame(
            {
                "target": self.targets,
                "balance_a": self.balance_a,
                "n_a": self.n_a,
                "balance_b": self.balance_b,
                "n_b": self.n_b,
                "contribution": self.contributions,
            }
        )
        order = np.lexsort((np.array(self.targets), -np.abs(self.contributions)))
        return frame.iloc[order].reset_index(drop=True)

    def to_dict(self) -> dict[str, object]:
        """Return the agreement and its parts as plain data."""
        return {
            "a": self.a,
            "b": self.b,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "level": self.level,
            "effective_targets": self.effective_targets,
            "evidence_share_a": self.evidence_share_a,
            "evidence_share_b": self.evidence_share_b,
            "targets": self.to_frame().to_dict("records"),
            "record": self.record.to_dict(),
        }


def agreement_by_target(
    stance: StanceVectors, a: str, b: str, /, *, level: float = 0.95
) -> AgreementByTarget:
    """Return the agreement of two documents with its parts.

    Draw one mention of a shared target from each document: agreement is the probability that
    they are on the same side less the probability that they are on opposite sides, shared
    targets weighted by the geometric mean of their evidence.

    Parameters
    ----------
    stance : StanceVectors
    a, b : str
        Identifiers of the documents.
    level : float
        Nominal coverage of the interval (MOVER with Wilson limits). Simulated coverage of 95 %
        intervals is .93 to 1.00 with twenty mentions a side on each target and .90 to 1.00 with
        five; it falls to .82 with two and to .75 with one where several targets are shared
        (`python -m benchmarks.agreement`).

    Raises
    ------
    UndefinedError
        If there is no target on which both take a stance.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(["We support peace.", "We oppose peace."])
    >>> ds.agreement_by_target(stance, "text1", "text2").value
    -1.0
    """
    found = _pair(stance, _sides(stance, level), stance.row(a), stance.row(b))
    if found is None:
        raise UndefinedError([a, b], f"there is {NO_SHARED}.")
    i, j, n = stance.row(a), stance.row(b), stance.evidence
    return AgreementByTarget(
        a=a,
        b=b,
        targets=tuple(stance.targets[t] for t in found.shared),
        balance_a=frozen(found.a[0]),
        balance_b=frozen(found.b[0]),
        n_a=frozen(n[i, found.shared]),
        n_b=frozen(n[j, found.shared]),
        contributions=frozen(found.weights * found.a[0] * found.b[0]),
        value=found.value,
        low=found.low,
        high=found.high,
        level=level,
        effective_targets=1 / float((found.weights**2).sum()),
        evidence_share_a=float(n[i, found.shared].sum() / n[i].sum()),
        evidence_share_b=float(n[j, found.shared].sum() / n[j].sum()),
        record=Record(
            "agreement_by_target",
            ReadOnly({"a": a, "b": b, "level": level}),
            stance.record.digests,
            recompute=partial(agreement_by_target, level=level),
        ),
    )


class _Pair(NamedTuple):
    """Two documents on their shared targets; each side is balance, low and high."""

    shared: list[int]
    weights: FloatArray  # sum to 1
    a: Limits
    b: Limits
    value: float
    low: float
    high: float


def _sides(stance: StanceVectors, level: float, /) -> Limits:
    """Return balance, low and high of every cell."""
    return (stance.score("balance"), *stance.limits(level=level))


def _pair(stance: StanceVectors, sides: Limits, i: int, j: int, /) -> _Pair | None:
    """Return the agreement of two rows, None if they share no target with evidence."""
    n = stance.evidence
    shared: list[int] = np.flatnonzero((n[i] > 0) & (n[j] > 0)).tolist()
    if not shared:
        return None
    weights = np.sqrt(n[i, shared] * n[j, shared])
    weights /= weights.sum()
    a: Limits = (sides[0][i, shared], sides[1][i, shared], sides[2][i, shared])
    b: Limits = (sides[0][j, shared], sides[1][j, shared], sides[2][j, shared])
    low, high = mover(weights, a, b, same=i == j)
    value = min(high, max(low, float(weights @ (a[0] * b[0]))))
    return _Pair(shared, weights, a, b, value, low, high)


def agreement(
    stance: StanceVectors, /, *, level: float = 0.95, undefined: Undefined = "nan"
) -> SimilarityMatrix:
    """Return the agreement of every pair of documents, with intervals.

    With itself a document agrees less than 1 where it is ambivalent: its mentions differ.

    Parameters
    ----------
    stance : StanceVectors
    level : float
        Nominal coverage of the intervals.
    undefined : {"nan", "raise"}
        What to do with pairs that share no target on which both take a stance.

    Returns
    -------
    SimilarityMatrix
        Values in [-1, 1] with `low` and `high`; NaN where undefined, with the reason in `note`.

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
    check_option("undefined", undefined, get_args(Undefined))
    size = len(stance.docs)
    values, low, high = (np.full((size, size), np.nan) for _ in range(3))
    sides = _sides(stance, level)
    for i in range(size):
        for j in range(i + 1):
            pair = _pair(stance, sides, i, j)
            if pair is not None:
                values[i, j] = values[j, i] = pair.value
                low[i, j] = low[j, i] = pair.low
                high[i, j] = high[j, i] = pair.high
            elif undefined == "raise":
                raise UndefinedError([stance.docs[i], stance.docs[j]], f"there is {NO_SHARED}.")
    return SimilarityMatrix(
        values,
        stance.docs,
        stance.docs,
        "agreement",
        "similarity",
        Record(
            "agreement",
            ReadOnly({"level": level, "undefined": undefined}),
            stance.record.digests,
            recompute=partial(agreement, level=level, undefined=undefined),
        ),
        low=low,
        high=high,
        level=level,
        note=f"NaN: {NO_SHARED}" if np.isnan(values).any() else None,
    )
