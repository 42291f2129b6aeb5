"""keyness(): two sets of documents in, features by how they differ out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import OptionError, UndefinedError, check_known, check_option, shorten
from discourse.keyterms.result import Inference, IntArray, Keyness, Measure, Unit, Which
from discourse.keyterms.statistics import log_ratios, signed_g2, tail_probability, welch
from discourse.record import ReadOnly, Record
from discourse.resampling import benjamini_hochberg

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Counts: TypeAlias = csr_array[np.int64, tuple[int, int]]

_MIN_DOCS = 5  # a side, from which on p-values are over documents by default


_CONFLICT = 0.05  # smaller p-values are counted where they contradict the statistic


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
    p, difference = welch(*counts) if unit == "documents" else (tail_probability(g2), g2)
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
