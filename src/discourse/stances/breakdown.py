"""The agreement of two documents, target by target."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, get_args

import numpy as np

from discourse.errors import UndefinedError, check_option
from discourse.labelled import FloatArray, Result, frozen
from discourse.record import ReadOnly, Record
from discourse.stances.counting import IntArray
from discourse.stances.pairs import Weights, find_pair, find_sides, weighting, with_reference
from discourse.stances.vectors import StanceVectors

if TYPE_CHECKING:
    import pandas as pd


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
        w_t s_at s_bt / sum of w, with w_t = sqrt(n_at n_bt), times 1 - e_t if contested.
    value, low, high : float
        Agreement in [-1, 1] and its interval at `level`.
    expected_by_target : ndarray of shape (n_targets,), float64, or None
        e_t, the mean product of balances of the pairs of documents of the reference; None without
        a reference.
    expected : float or None
        Sum of w_t e_t / sum of w: what two documents of the reference would agree with this
        evidence. None without a reference that tells of all these targets.
    weights : {"evidence", "contested"}
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
    expected_by_target: FloatArray | None
    expected: float | None
    weights: Weights
    effective_targets: float
    evidence_share_a: float
    evidence_share_b: float
    record: Record

    @property
    def excess(self) -> float | None:
        """Agreement less what is expected; its limits are `low` and `high` less the same."""
        return None if self.expected is None else self.value - self.expected

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
        if self.expected_by_target is not None:
            frame["expected"] = self.expected_by_target
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
            "weights": self.weights,
            "expected": self.expected,
            "excess": self.excess,
            "effective_targets": self.effective_targets,
            "evidence_share_a": self.evidence_share_a,
            "evidence_share_b": self.evidence_share_b,
            "targets": self.to_frame().to_dict("records"),
            "record": self.record.to_dict(),
        }


def agreement_by_target(
    stance: StanceVectors,
    a: str,
    b: str,
    /,
    *,
    weights: Weights = "evidence",
    reference: StanceVectors | None = None,
    level: float = 0.95,
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
    weights : {"evidence", "contested"}
        "contested" multiplies the weight of each target by one less the agreement on it that the
        reference leads to expect, so that what all say counts little.
    reference : StanceVectors, optional
        Documents that tell what to expect, on the same targets; by default those of `stance`, if
        there are more than two. Targets on which fewer than two documents of a given reference
        take a stance are left out.
    level : float
        Nominal coverage of the interval (MOVER with Wilson limits). Simulated coverage of 95 %
        intervals is .93 to 1.00 with twenty mentions a side on each target and .90 to 1.00 with
        five; it falls to .82 with two and to .75 with one where several targets are shared
        (`python -m benchmarks.agreement`).

    Raises
    ------
    OptionError
        If an option or a document is unknown, or the reference has other targets or too few
        documents.
    UndefinedError
        If there is no target on which both take a stance; for contested weights, none on which
        documents of the reference differ.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(["We support peace.", "We oppose peace."])
    >>> ds.agreement_by_target(stance, "text1", "text2").value
    -1.0
    """
    check_option("weights", weights, get_args(Weights))
    scheme = weighting(stance, weights, reference)
    i, j, n = stance.row(a), stance.row(b), stance.evidence
    found = find_pair(stance, find_sides(stance, level), i, j, scheme)
    if found is None:
        raise UndefinedError([a, b], f"there is {scheme.undefined}.")
    expected = None if scheme.expected is None else scheme.expected[found.shared]
    if expected is not None and np.isnan(expected).any():  # a document with itself
        expected = None
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
        expected_by_target=None if expected is None else frozen(expected),
        expected=None if expected is None else float(found.weights @ expected),
        weights=weights,
        effective_targets=1 / float((found.weights**2).sum()),
        evidence_share_a=float(n[i, found.shared].sum() / n[i].sum()),
        evidence_share_b=float(n[j, found.shared].sum() / n[j].sum()),
        record=Record(
            "agreement_by_target",
            ReadOnly({"a": a, "b": b, "weights": weights, "level": level}),
            with_reference(stance, reference),
            recompute=partial(
                agreement_by_target, weights=weights, reference=reference, level=level
            ),
        ),
    )
