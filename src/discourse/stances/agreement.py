"""Agreement: do two documents stand on the same side; salience: do they name the same things."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from discourse.errors import UndefinedError, check_option
from discourse.labelled import FloatArray, Result, SimilarityMatrix, frozen
from discourse.record import ReadOnly, Record
from discourse.stances.vectors import StanceVectors
from discourse.stances.wilson import mover, wilson

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
    n_a: FloatArray
    n_b: FloatArray
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
        Nominal coverage of the interval (MOVER with Wilson limits; simulated coverage of 95 %
        intervals is .91 to 1.00).

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
    i, j = stance.row(a), stance.row(b)
    n = stance.evidence
    shared = np.flatnonzero((n[i] > 0) & (n[j] > 0))
    if not len(shared):
        raise UndefinedError([a, b], f"there is {NO_SHARED}.")
    weights = np.sqrt(n[i, shared] * n[j, shared])
    total = float(weights.sum())
    balance = stance.score("balance")
    side_a, side_b = (
        (balance[k, shared], *wilson(balance[k, shared], stance.effective[k, shared], level))
        for k in (i, j)
    )
    contributions = weights * side_a[0] * side_b[0] / total
    low, high = mover(weights / total, side_a, side_b)
    return AgreementByTarget(
        a=a,
        b=b,
        targets=tuple(stance.targets[t] for t in shared),
        balance_a=frozen(side_a[0]),
        balance_b=frozen(side_b[0]),
        n_a=frozen(n[i, shared]),
        n_b=frozen(n[j, shared]),
        contributions=frozen(contributions),
        value=float(contributions.sum()),
        low=low,
        high=high,
        level=level,
        effective_targets=total**2 / float((weights**2).sum()),
        evidence_share_a=float(n[i, shared].sum() / n[i].sum()),
        evidence_share_b=float(n[j, shared].sum() / n[j].sum()),
        record=Record(
            "agreement_by_target",
            ReadOnly({"a": a, "b": b, "level": level}),
            stance.record.digests,
            recompute=partial(_recompute_by_target, a=a, b=b, level=level),
        ),
    )


def _recompute_by_target(
    stance: StanceVectors, /, *, a: str, b: str, level: float
) -> AgreementByTarget:
    return agreement_by_target(stance, a, b, level=level)


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
    for i, a in enumerate(stance.docs):
        for j, b in enumerate(stance.docs[: i + 1]):
            try:
                pair = agreement_by_target(stance, a, b, level=level)
            except UndefinedError:
                if undefined == "raise":
                    raise
                continue
            for matrix, value in ((values, pair.value), (low, pair.low), (high, pair.high)):
                matrix[i, j] = matrix[j, i] = value
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


def salience(stance: StanceVectors, /, *, undefined: Undefined = "nan") -> SimilarityMatrix:
    """Return how far every pair of documents speaks of the same targets, whatever the stance.

    One less half the sum of absolute differences of the shares of mentions: 1 is the same
    shares, 0 no common target.

    Parameters
    ----------
    stance : StanceVectors
    undefined : {"nan", "raise"}
        What to do with documents that mention no target.

    Returns
    -------
    SimilarityMatrix
        Values in [0, 1]; NaN where undefined, with the reason in `note`.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(["Peace, not war.", "War, not peace."])
    >>> ds.salience(stance).value("text1", "text2")
    1.0
    """
    check_option("undefined", undefined, get_args(Undefined))
    totals = stance.mentioned.sum(axis=1)
    empty = [doc for doc, n in zip(stance.docs, totals, strict=True) if n == 0]
    if empty and undefined == "raise":
        raise UndefinedError(empty, f"no target of {stance.target_set!r} is mentioned.")
    shares = stance.mentioned / np.maximum(totals, 1)[:, None]
    values = np.minimum(shares[:, None, :], shares[None, :, :]).sum(axis=2)
    values[totals == 0, :] = values[:, totals == 0] = np.nan
    return SimilarityMatrix(
        np.minimum(values, 1.0),
        stance.docs,
        stance.docs,
        "salience",
        "similarity",
        Record(
            "salience",
            ReadOnly({"undefined": undefined}),
            stance.record.digests,
            recompute=partial(salience, undefined=undefined),
        ),
        note="NaN: a document that mentions no target" if empty else None,
    )


def expected_salience(stance: StanceVectors, a: str, b: str, /) -> float:
    """Return the salience to expect of two documents of these sizes from one source.

    The source draws targets with the shares of both documents pooled; every mention is an
    independent draw. The baseline to hold `salience` against: short texts differ by chance.

    Raises
    ------
    UndefinedError
        If one of them mentions no target.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(["Peace, not war.", "War, not peace."])
    >>> ds.expected_salience(stance, "text1", "text2")
    0.625
    """
    counts_a, counts_b = stance.mentioned[stance.row(a)], stance.mentioned[stance.row(b)]
    n_a, n_b = int(counts_a.sum()), int(counts_b.sum())
    empty = [doc for doc, n in ((a, n_a), (b, n_b)) if n == 0]
    if empty:
        raise UndefinedError(empty, f"no target of {stance.target_set!r} is mentioned.")
    pooled = (counts_a + counts_b) / (n_a + n_b)
    return 1 - sum(_mean_difference(n_a, n_b, float(p)) for p in pooled if p > 0) / 2


EXACT_CELLS = 4_000_000


def _mean_difference(n: int, m: int, p: float, /) -> float:
    """Return E|X/n - Y/m| for independent binomials with the same p; normal beyond some size."""
    if (n + 1) * (m + 1) > EXACT_CELLS:
        return float(np.sqrt(2 / np.pi * p * (1 - p) * (1 / n + 1 / m)))
    x, y = np.arange(n + 1), np.arange(m + 1)
    gaps = np.abs(x[:, None] / n - y[None, :] / m)
    return float(_binomial(n, p) @ gaps @ _binomial(m, p))


def _binomial(n: int, p: float, /) -> FloatArray:
    """Return the probabilities of 0 to n successes."""
    from scipy.special import gammaln, xlog1py, xlogy

    k = np.arange(n + 1)
    log_choose = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(np.exp(log_choose + xlogy(k, p) + xlog1py(n - k, -p)), np.float64)
