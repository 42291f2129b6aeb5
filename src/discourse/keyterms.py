"""Which features one set of documents uses more, or less, than another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import OptionError, UndefinedError, check_known, check_option, shorten
from discourse.labelled import FloatArray, Result, frozen
from discourse.record import ReadOnly, Record
from discourse.resampling import benjamini_hochberg

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    Counts: TypeAlias = csr_array[np.int64, tuple[int, int]]

IntArray: TypeAlias = npt.NDArray[np.int64]
Which: TypeAlias = str | Sequence[str] | Sequence[bool] | npt.NDArray[np.bool_]
Measure: TypeAlias = Literal["g2", "log_ratio"]
Unit: TypeAlias = Literal["documents", "tokens"]
Inference: TypeAlias = Literal["auto", "documents", "tokens"]

_COLUMNS = (
    *("n_target", "n_reference", "freq_target", "freq_reference"),
    *("statistic", "log_ratio", "p", "p_adjusted"),
)
_MIN_DOCS = 5  # a side, from which on p-values are over documents by default
_CONFLICT = 0.05  # smaller p-values are counted where they contradict the statistic
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Keyness(Result):
    """Features by how much more the target uses them than the reference.

    Attributes
    ----------
    features : tuple of str
        Those that occur on either side, by falling statistic, ties by code point.
    n_target, n_reference : ndarray of shape (n_features,), int64
        Occurrences.
    freq_target, freq_reference : ndarray of shape (n_features,), float64
        Occurrences per 1,000 tokens.
    statistic : ndarray of shape (n_features,), float64
        The measure; positive where the target uses the feature more.
    log_ratio : ndarray of shape (n_features,), float64
        log2 of the ratio of relative frequencies; a count of 0 is taken as 0.5.
    p, p_adjusted : ndarray of shape (n_features,), float64
        Two-sided, and after Benjamini and Hochberg over all features; NaN where no frequency
        varies between the documents of a side, so that there is nothing to test against.
    measure : {"g2", "log_ratio"}
    unit : {"documents", "tokens"}
        What the p-values take to be independent.
    target, reference : tuple of str
        Identifiers of the documents on either side.
    note : str
        What the p-values are of, and where they contradict the statistic.

    Examples
    --------
    >>> import discourse as ds
    >>> dfm = ds.count(["peace peace trade", "war war trade"])
    >>> ds.keyness(dfm, target="text1").features
    ('peace', 'trade', 'war')
    """

    features: tuple[str, ...]
    n_target: IntArray
    n_reference: IntArray
    freq_target: FloatArray
    freq_reference: FloatArray
    statistic: FloatArray
    log_ratio: FloatArray
    p: FloatArray
    p_adjusted: FloatArray
    measure: Measure
    unit: Unit
    target: tuple[str, ...]
    reference: tuple[str, ...]
    record: Record
    note: str

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for array in self._columns().values():
            frozen(array)

    def _columns(self) -> dict[str, npt.NDArray[Any]]:
        """Return the numbers, by the names of the columns."""
        return {name: getattr(self, name) for name in _COLUMNS}

    def to_frame(self) -> pd.DataFrame:
        """Return one row a feature; the columns are the same whatever the measure.

        The note is in ``attrs["note"]`` of the table.
        """
        import pandas as pd

        frame = pd.DataFrame({"feature": self.features, **self._columns(), "unit": self.unit})
        frame.attrs["note"] = self.note
        return frame

    def to_dict(self) -> dict[str, object]:
        """Return columns, sides and record as plain data."""
        return {
            "measure": self.measure,
            "unit": self.unit,
            "target": list(self.target),
            "reference": list(self.reference),
            "features": list(self.features),
            **{name: column.tolist() for name, column in self._columns().items()},
            "note": self.note,
            "record": self.record.to_dict(),
        }


def keyness(
    dfm: DocumentFeatureMatrix,
    /,
    *,
    target: Which,
    reference: Which | None = None,
    measure: Measure = "g2",
    inference: Inference = "auto",
) -> Keyness:
    """Return which features the target documents use more, or less, than the reference.

    Parameters
    ----------
    dfm : DocumentFeatureMatrix
        Counts, not weights.
    target, reference : str, sequence of str, or mask of shape (n_docs,)
        Identifiers of documents (of groups, after ``dfm.group()``), or a truth value for every
        document. The reference is by default all documents outside the target.
    measure : {"g2", "log_ratio"}
        The statistic and the order. "g2" is the log-likelihood ratio of the table of four cells
        (feature or other, target or reference), with the sign of the difference; it measures
        evidence. "log_ratio" measures size, whatever the evidence.
    inference : {"auto", "documents", "tokens"}
        What the p-values are over. "documents": Welch's test of the relative frequencies per
        document, empty documents left out. Every document counts alike there, and every token in
        the statistic, so the two may differ in direction; `note` counts where. "tokens": G2
        against chi-square with one degree of freedom, as if tokens were independent, which they
        are not: words come in bursts, and such p-values are too small. "auto": documents, if
        there are at least 5 on each side.

    Returns
    -------
    Keyness

    Raises
    ------
    OptionError
        If `dfm` does not hold counts, an option or identifier is unknown, or the sides overlap.
    UndefinedError
        If a side has no tokens, or has fewer than 2 documents for ``inference="documents"``.

    References
    ----------
    .. [1] Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
       *Computational Linguistics* 19(1), 61-74.
    .. [2] Hardie, A. (2014). Log Ratio: an informal introduction. CASS, Lancaster University.
    .. [3] Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora.
       *Digital Scholarship in the Humanities* 31(2), 374-397.

    Examples
    --------
    >>> import discourse as ds
    >>> dfm = ds.count(["peace peace trade", "war war trade"])
    >>> found = ds.keyness(dfm, target="text1", reference="text2")
    >>> found.features, found.log_ratio.tolist()
    (('peace', 'trade', 'war'), [2.0, 0.0, -2.0])
    >>> found.note
    'the p-values assume independent tokens: there are fewer than 5 documents on a side.'
    """
    _check_counts(dfm)
    check_option("measure", measure, get_args(Measure))
    check_option("inference", inference, get_args(Inference))
    rows = _rows(dfm, target, reference)
    names = tuple(tuple(dfm.docs[int(i)] for i in side) for side in rows)
    counts = tuple(dfm.counts[side, :] for side in rows)
    n_target, n_reference = (_occurrences(*side) for side in zip(counts, names, strict=True))
    unit = _unit(inference, counts, names)
    g2, log_ratio = signed_g2(n_target, n_reference), log_ratios(n_target, n_reference)
    statistic = g2 if measure == "g2" else log_ratio
    used = np.flatnonzero(n_target + n_reference)
    order = used[np.argsort(-statistic[used], kind="stable")]  # features are sorted already
    p, difference = _welch(*counts) if unit == "documents" else (_tail(g2), g2)
    note = _note(unit, inference, (p < _CONFLICT) & (difference * statistic < 0))
    p = p[order]
    return Keyness(
        features=tuple(dfm.features[int(i)] for i in order),
        n_target=n_target[order],
        n_reference=n_reference[order],
        freq_target=1000.0 * n_target[order] / n_target.sum(),
        freq_reference=1000.0 * n_reference[order] / n_reference.sum(),
        statistic=statistic[order],
        log_ratio=log_ratio[order],
        p=p,
        p_adjusted=benjamini_hochberg(p),
        measure=measure,
        unit=unit,
        target=names[0],
        reference=names[1],
        record=_record(dfm, names, measure, inference),
        note=note,
    )


def _record(
    dfm: DocumentFeatureMatrix,
    names: Sequence[tuple[str, ...]],
    measure: Measure,
    inference: Inference,
    /,
) -> Record:
    """Return how the result came about."""
    sides = {"target": names[0], "reference": names[1]}
    options: dict[str, Any] = {**sides, "measure": measure, "inference": inference}
    digests = ReadOnly({"dfm": dfm.digest})
    return Record("keyness", ReadOnly(options), digests, recompute=partial(keyness, **options))


# -- which documents ---------------------------------------------------------------------------


def _check_counts(dfm: object, /) -> None:
    """Raise unless these are counts."""
    if not isinstance(dfm, DocumentFeatureMatrix):
        msg = (
            "keyness compares counts, whose sampling error is known; it needs a "
            f"DocumentFeatureMatrix, got {type(dfm).__name__}. Pass what ds.count() returned, "
            "before any weighting."
        )
        raise OptionError("dfm", msg)


def _rows(
    dfm: DocumentFeatureMatrix, target: Which, reference: Which | None, /
) -> tuple[IntArray, IntArray]:
    """Return the rows of either side."""
    a = _mask(dfm.docs, "target", target)
    b = ~a if reference is None else _mask(dfm.docs, "reference", reference)
    for name, side in (("target", a), ("reference", b)):
        if not side.any():
            raise OptionError(name, f"{name} is empty: it must hold at least one document.")
    both = [dfm.docs[int(i)] for i in np.flatnonzero(a & b)]
    if both:
        msg = f"target and reference share {len(both)} document(s): {shorten(both)}."
        raise OptionError("reference", msg)
    return np.flatnonzero(a), np.flatnonzero(b)


def _mask(docs: tuple[str, ...], name: str, which: Which, /) -> npt.NDArray[np.bool_]:
    """Return a truth value for every document."""
    given = np.asarray(which)
    if given.dtype == np.bool_:
        if given.shape != (len(docs),):
            msg = f"{name} is a mask of shape {given.shape} for {len(docs)} documents."
            raise OptionError(name, msg)
        return given
    ids = [which] if isinstance(which, str) else [str(doc) for doc in which]
    known, chosen = frozenset(docs), frozenset(ids)
    for doc in ids:
        if doc not in known:
            check_known(f"{name} document", doc, docs)
    return np.fromiter((doc in chosen for doc in docs), np.bool_, len(docs))


def _occurrences(counts: Counts, names: tuple[str, ...], /) -> IntArray:
    """Return the occurrences of every feature on one side."""
    n = np.asarray(counts.sum(axis=0), np.int64)
    if not n.any():
        raise UndefinedError(names, "there are no words, so there are no frequencies.")
    return n


def _unit(
    inference: Inference, counts: Sequence[Counts], names: Sequence[tuple[str, ...]], /
) -> Unit:
    """Return what p-values are over."""
    fewest = min(int(np.count_nonzero(side.sum(axis=1))) for side in counts)
    if inference == "documents" or (inference == "auto" and fewest >= _MIN_DOCS):
        if fewest < 2:  # a variance needs two
            reason = "a test over documents needs at least 2 with words on each side."
            raise UndefinedError([doc for side in names for doc in side], reason)
        return "documents"
    return "tokens"


def _note(unit: Unit, inference: Inference, opposed: npt.NDArray[np.bool_], /) -> str:
    """Return what the p-values are of, and for how many features they oppose the statistic."""
    if unit == "tokens":
        note = "the p-values assume independent tokens"
        if inference == "auto":
            note += f": there are fewer than {_MIN_DOCS} documents on a side"
        return f"{note}."
    note = "the p-values are of mean shares per document, the statistic of all tokens pooled"
    if opposed.any():
        note += f": for {opposed.sum()} feature(s) with p < {_CONFLICT} the two differ in direction"
    return f"{note}."


# -- statistics over arrays --------------------------------------------------------------------


def signed_g2(a: IntArray, b: IntArray, /) -> FloatArray:
    """Return the log-likelihood ratio of each feature, negative where `b` uses it more.

    ``2 * sum(O * ln(O / E))`` over the four cells of feature or other, `a` or `b`. All cells
    differ from expectation by the same ``d``, and so the sum is ``2 * sum(E * h(d / E))`` with
    ``h(x) = (1 + x) ln(1 + x) - x``, which keeps the digits of small differences.

    Parameters
    ----------
    a, b : ndarray of shape (n_features,), int64
        Occurrences on either side.

    Examples
    --------
    >>> signed_g2(np.array([10, 90]), np.array([20, 80])).round(4).tolist()
    [-3.9866, 3.9866]
    """
    from scipy.special import xlog1py

    x, y = a.astype(np.float64), b.astype(np.float64)
    n_a, n_b = x.sum(), y.sum()
    n = n_a + n_b
    difference = (x * n_b - y * n_a) / n
    half = np.zeros(len(x))
    for row, sign in ((x + y, 1.0), (n - x - y, -1.0)):
        for total, excess in ((n_a, sign * difference), (n_b, -sign * difference)):
            expected = row * (total / n)
            ratio = np.divide(excess, expected, out=np.zeros_like(x), where=expected > 0)
            ratio = np.maximum(ratio, -1.0)  # an empty cell, but for rounding
            half += expected * (xlog1py(1.0 + ratio, ratio) - ratio)
    return np.asarray(np.copysign(2.0 * half, difference), np.float64)


def log_ratios(a: IntArray, b: IntArray, /) -> FloatArray:
    """Return log2 of the ratio of relative frequencies, a count of 0 being taken as 0.5."""
    x, y = (np.where(side > 0, side, 0.5) / side.sum() for side in (a, b))
    return np.asarray(np.log2(x / y), np.float64)


def _tail(g2: FloatArray, /) -> FloatArray:
    """Return the p-values of G2 by chi-square with one degree of freedom."""
    from scipy.special import chdtrc

    return np.asarray(chdtrc(1.0, np.abs(g2)), np.float64)


def _welch(a: Counts, b: Counts, /) -> tuple[FloatArray, FloatArray]:
    """Return p-values of Welch's test of relative frequencies over documents, and differences.

    With mean x and squared standard error e of the shares of n documents on either side, t is
    ``(x_a - x_b) / sqrt(e_a + e_b)``, of ``(e_a + e_b)**2 / (e_a**2 / (n_a - 1) + e_b**2 /
    (n_b - 1))`` degrees of freedom.

    References
    ----------
    .. [1] Welch, B. L. (1947). The generalization of Student's problem when several different
       population variances are involved. *Biometrika* 34(1/2), 28-35.
    """
    from scipy.special import stdtr

    mean_a, error_a, df_a = _mean_and_error(a)
    mean_b, error_b, df_b = _mean_and_error(b)
    error, difference = error_a + error_b, mean_a - mean_b
    with np.errstate(divide="ignore", invalid="ignore"):  # no variance: NaN
        df = error**2 / (error_a**2 / df_a + error_b**2 / df_b)
        t = difference / np.sqrt(error)
    return np.where(error > 0, 2.0 * stdtr(df, -np.abs(t)), np.nan), difference


def _mean_and_error(counts: Counts, /) -> tuple[FloatArray, FloatArray, int]:
    """Return mean share of each feature, its squared standard error, degrees of freedom."""
    totals = np.asarray(counts.sum(axis=1), np.int64)
    n = int(np.count_nonzero(totals))
    shares = counts.data / np.repeat(totals, np.diff(counts.indptr))
    width = counts.shape[1]
    mean = np.bincount(counts.indices, shares, width) / n
    in_docs = np.bincount(counts.indices, minlength=width)
    spread = (shares - mean[counts.indices]) ** 2
    squares = np.bincount(counts.indices, spread, width) + (n - in_docs) * mean**2
    squares[squares <= n * (_ROUNDING * mean) ** 2] = 0.0  # equal shares, but for rounding
    return mean, squares / (n * (n - 1)), n - 1
