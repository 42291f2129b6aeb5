"""How two documents, or two groups of documents, differ on each target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, TypeAlias, get_args

import numpy as np

from discourse.errors import OptionError, check_option, shorten
from discourse.labelled import ColumnResult, FloatArray
from discourse.record import ReadOnly, Record
from discourse.resampling import benjamini_hochberg
from discourse.stances.counting import IntArray, clusters
from discourse.stances.effective import limits_by_document, limits_by_sentence
from discourse.stances.permutation import permutation_p
from discourse.stances.vectors import StanceVectors
from discourse.stances.wilson import Limits, newcombe

if TYPE_CHECKING:
    import pandas as pd

Unit: TypeAlias = Literal["auto", "documents", "sentences"]
Cluster: TypeAlias = Literal["documents", "sentences", "clusters"]

_MIN_DOCS = 5  # a side, from which on documents are the unit by default


@dataclass(frozen=True, slots=True, eq=False)
class StanceDifference(ColumnResult):
    """How two rows of stance vectors differ, target by target.

    Attributes
    ----------
    a, b : str
        The rows: documents, or groups of them.
    targets : tuple of str
        Those that either side mentions.
    balance_a, balance_b : ndarray of shape (n_targets,), float64
        (S - O)/(S + O) in [-1, 1]; NaN without evidence.
    n_a, n_b : ndarray of shape (n_targets,), int64
        Supporting and opposing mentions.
    effective_a, effective_b : ndarray of shape (n_targets,), float64
        How many independent mentions these are worth in the interval.
    difference, low, high : ndarray of shape (n_targets,), float64
        balance_a - balance_b in [-2, 2] with its interval at `level`; NaN where a side has no
        evidence.
    p, p_adjusted : ndarray of shape (n_targets,), float64
        Two-sided p-value of no difference, and after Benjamini and Hochberg over the targets with
        evidence on both sides; NaN elsewhere.
    share_a, share_b : ndarray of shape (n_targets,), float64
        Share of the target in all mentions of the side, neutral ones included; NaN if it has none.
    share_difference, share_low, share_high : ndarray of shape (n_targets,), float64
        share_a - share_b in [-1, 1] with its interval: the difference of salience.
    unit : {"documents", "sentences", "clusters"}
        What intervals and p-values take to be independent; "clusters" are those of a mapping.
    note : str
        What they may claim.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.stances import stance_difference
    >>> stance = ds.stance(["We support peace. " * 6, "We oppose peace. We support peace. " * 3])
    >>> stance_difference(stance, "text1", "text2").to_frame().round(3)[
    ...     ["target", "difference", "low", "high", "p"]].values.tolist()
    [['peace', 1.0, 0.0, 1.625, 0.182]]
    """

    UNDEFINED: ClassVar = "a side has no mention that takes sides"
    COLUMNS: ClassVar = (
        *("balance_a", "n_a", "effective_a", "balance_b", "n_b", "effective_b"),
        *("difference", "low", "high", "p", "p_adjusted"),
        *("share_a", "share_b", "share_difference", "share_low", "share_high"),
    )

    a: str
    b: str
    targets: tuple[str, ...]
    balance_a: FloatArray
    n_a: IntArray
    effective_a: FloatArray
    balance_b: FloatArray
    n_b: IntArray
    effective_b: FloatArray
    difference: FloatArray
    low: FloatArray
    high: FloatArray
    p: FloatArray
    p_adjusted: FloatArray
    share_a: FloatArray
    share_b: FloatArray
    share_difference: FloatArray
    share_low: FloatArray
    share_high: FloatArray
    unit: Cluster
    level: float
    note: str
    record: Record

    def to_frame(self) -> pd.DataFrame:
        """Return one row per target, smallest p-value first, then the largest difference.

        The note is in ``attrs["note"]`` of the table.
        """
        import pandas as pd

        frame = pd.DataFrame({"target": self.targets, **self.columns()})
        keys = (np.array(self.targets), -np.abs(self.difference), self.p)
        frame = frame.iloc[np.lexsort(keys)].reset_index(drop=True)
        frame.attrs["note"] = self.note
        return frame

    def to_dict(self) -> dict[str, object]:
        """Return columns, unit, note and record as plain data."""
        return {
            "a": self.a,
            "b": self.b,
            "unit": self.unit,
            "level": self.level,
            "targets": list(self.targets),
            **{name: column.tolist() for name, column in self.columns().items()},
            "note": self.note,
            "record": self.record.to_dict(),
        }


def stance_difference(
    stance: StanceVectors,
    a: str,
    b: str,
    /,
    *,
    unit: Unit | Mapping[str, str] = "auto",
    level: float = 0.95,
    rng: np.random.Generator | int = 0,
) -> StanceDifference:
    """Return how far two documents, or groups of documents, stand apart on each target.

    The interval is Newcombe's: Wilson limits of either balance, put together. In it mentions count
    as the effective number of independent ones: those of one sentence as about one; those of one
    document as many as its difference from the others leaves, which the documents tell. The p-value
    deals the units out at random to the two sides, each with all its mentions, and is valid if
    units are exchangeable; with one mention a unit it is Fisher's exact test.

    Parameters
    ----------
    stance : StanceVectors
        Groups are made by its `group`.
    a, b : str
        Two of its rows.
    unit : {"auto", "documents", "sentences"} or mapping of str to str
        What is taken to be independent. A mapping puts documents that belong together, such as
        those of one speaker, in one cluster, which must be on one side. "documents" speaks of the
        collections that the documents of two groups are drawn from. "sentences" speaks of two
        texts, as if their sentences were drawn one by one; neighbours share topic and side, and
        such p-values are too small for any claim beyond the two texts. "auto": documents, if there
        are at least 5 on each side.
    level : float
        Nominal coverage of the intervals.
    rng : Generator or int
        Source of the random outcomes where they are too many to list, or its seed.

    Returns
    -------
    StanceDifference

    Raises
    ------
    OptionError
        If a row is unknown, both are the same, an option is not allowed, or a mapping lacks a
        document or has a cluster on both sides.

    References
    ----------
    .. [1] Newcombe, R. G. (1998). Interval estimation for the difference between independent
       proportions: comparison of eleven methods. *Statistics in Medicine* 17, 873-890.
    .. [2] Ernst, M. D. (2004). Permutation methods: a basis for exact inference. *Statistical
       Science* 19(4), 676-685.
    .. [3] Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. *Journal of
       the Royal Statistical Society B* 57(1), 289-300.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.stances import stance_difference
    >>> texts = ["We support peace."] * 5 + ["We oppose peace."] * 5
    >>> corpus = ds.Corpus.from_texts(texts, docvars={"side": ["X"] * 5 + ["Y"] * 5})
    >>> found = stance_difference(ds.stance(corpus).group("side"), "X", "Y")
    >>> found.unit, found.targets, found.difference.tolist(), found.p.round(3).tolist()
    ('documents', ('peace',), [2.0], [0.008])
    """
    i, j = stance.row(a), stance.row(b)
    if i == j:
        msg = f"b must be another row than a; got {a!r} twice."
        raise OptionError("b", msg)
    cluster, unit_of = _units(unit, stance.members[i], stance.members[j])
    kept: list[int] = np.flatnonzero(stance.mentioned[[i, j]].any(axis=0)).tolist()
    one, other = (_side(stance, row, kept, unit_of, level) for row in (i, j))
    low, high = newcombe(one.balance, other.balance)
    share_low, share_high = newcombe(one.share, other.share)
    p = _p_values(one, other, np.random.default_rng(rng))
    seed = int(rng) if isinstance(rng, (int, np.integer)) else None
    return StanceDifference(
        a=a,
        b=b,
        targets=tuple(stance.targets[t] for t in kept),
        balance_a=one.balance[0],
        n_a=one.n,
        effective_a=one.effective,
        balance_b=other.balance[0],
        n_b=other.n,
        effective_b=other.effective,
        difference=one.balance[0] - other.balance[0],
        low=low,
        high=high,
        p=p,
        p_adjusted=benjamini_hochberg(p),
        share_a=(one.share[0] + 1) / 2,
        share_b=(other.share[0] + 1) / 2,
        share_difference=(one.share[0] - other.share[0]) / 2,
        share_low=share_low / 2,
        share_high=share_high / 2,
        unit=cluster,
        level=level,
        note=_note(unit, cluster),
        record=Record(
            "stance_difference",
            ReadOnly({"a": a, "b": b, "unit": _named(unit), "level": level, "rng": seed}),
            stance.record.digests,
            recompute=partial(stance_difference, unit=unit, level=level, rng=rng),
        ),
    )


def _units(
    unit: Unit | Mapping[str, str], a: Sequence[str], b: Sequence[str], /
) -> tuple[Cluster, Mapping[str, str] | None]:
    """Return what is independent, and the unit of each document unless it is the sentence."""
    if isinstance(unit, Mapping):
        if missing := [doc for doc in (*a, *b) if doc not in unit]:
            msg = f"unit has no cluster for {len(missing)} document(s): {shorten(missing)}."
            raise OptionError("unit", msg)
        if both := sorted({unit[doc] for doc in a} & {unit[doc] for doc in b}):
            msg = f"a cluster of unit must be on one side; on both are {shorten(both)}."
            raise OptionError("unit", msg)
        return "clusters", unit
    check_option("unit", unit, get_args(Unit))
    fewest = min(len(a), len(b))
    if unit == "documents" or (unit == "auto" and fewest >= _MIN_DOCS):
        return "documents", {doc: doc for doc in (*a, *b)}
    return "sentences", None


def _named(unit: Unit | Mapping[str, str], /) -> str:
    """Return what stands for the units in a record."""
    return "clusters" if isinstance(unit, Mapping) else unit


class _Side(NamedTuple):
    """One row on the targets that are compared; shares are mapped to [-1, 1] like balances."""

    stances: tuple[IntArray, ...]
    n: IntArray
    effective: FloatArray
    balance: Limits
    share: Limits


def _side(
    stance: StanceVectors,
    row: int,
    kept: list[int],
    unit_of: Mapping[str, str] | None,
    level: float,
    /,
) -> _Side:
    """Return the counts of a row per cluster, and the limits that follow from them."""
    found = clusters(
        stance.found,
        frozenset(stance.members[row]),
        stance.targets,
        holders=stance.holders,
        unit_of=unit_of,
    )
    limits = limits_by_sentence if unit_of is None else limits_by_document
    stances = tuple(found.stances[t] for t in kept)
    effective, balance = limits(stances, level)
    in_all = found.mentions.sum(axis=1)
    shares = tuple(
        np.column_stack([found.mentions[:, t], in_all - found.mentions[:, t]]) for t in kept
    )
    _, share = limits(shares, level)
    return _Side(stances, stance.evidence[row, kept], effective, balance, share)


def _p_values(one: _Side, other: _Side, rng: np.random.Generator, /) -> FloatArray:
    """Return the p-value of each target; NaN where a side has no evidence."""
    both = zip(one.stances, other.stances, strict=True)
    return np.array(
        [permutation_p(x, y, rng) if len(x) and len(y) else np.nan for x, y in both], np.float64
    )


_NOTES: Mapping[Cluster, str] = {
    "clusters": "intervals and p-values take the clusters of documents to be independent",
    "documents": "intervals and p-values take documents to be independent",
    "sentences": (
        "intervals and p-values take sentences to be independent, which neighbours are not: they "
        "speak of these texts, not of where they come from"
    ),
}


def _note(unit: Unit | Mapping[str, str], cluster: Cluster, /) -> str:
    """Return what intervals and p-values may claim."""
    few = unit == "auto" and cluster == "sentences"
    reason = f" (there are fewer than {_MIN_DOCS} documents on a side)" if few else ""
    return f"{_NOTES[cluster]}{reason}."
