"""How far two rankings of words diverge, and what each word adds to it."""

from __future__ import annotations

import math
from functools import partial
from numbers import Real

import numpy as np

from discourse.contributions.parts import ranked
from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import EmptyDocumentError, OptionError, check_known
from discourse.labelled import Contributions, FloatArray
from discourse.record import ReadOnly, Record


def rank_turbulence(
    dfm: DocumentFeatureMatrix, a: str, b: str, /, *, alpha: float = 1 / 3
) -> Contributions:
    r"""Return the rank-turbulence divergence of two documents, by word.

    With r the rank of a word in each document, 1 for the most frequent, ties sharing their mean
    rank, and the words that a document lacks tied behind those it has:

    .. math:: D = \frac{1}{N} \sum_w \left| r_{w,a}^{-\alpha} - r_{w,b}^{-\alpha}
       \right|^{1/(\alpha + 1)}

    where N is the value of the sum for two documents of as many words that share none. Frequencies
    enter by their ranks alone: no document is too short to be ranked, but short ones tie.

    Parameters
    ----------
    dfm : DocumentFeatureMatrix
    a, b : str
        Identifiers of the two documents.
    alpha : float
        At least 0; ``math.inf`` too. Small ones weigh rare words as much as frequent ones, with
        ``|ln(r_a / r_b)|`` at 0; large ones look at the top ranks alone.

    Returns
    -------
    Contributions
        Of unit 1; the total lies in [0, 1]: 0 for equal rankings, 1 for no word in common.

    Raises
    ------
    OptionError
        If a document is unknown, or `alpha` is no number of at least 0.
    EmptyDocumentError
        If a document has no words.

    References
    ----------
    .. [1] Dodds, P. S., Minot, J. R., Arnold, M. V., et al. (2023). Allotaxonometry and
       rank-turbulence divergence: a universal instrument for comparing complex systems. *EPJ Data
       Science* 12, 37. There a word that is lacking has half a rank less in N.

    Examples
    --------
    >>> import discourse as ds
    >>> dfm = ds.count(["peace peace war trade", "war war peace tax"])
    >>> found = ds.rank_turbulence(dfm, "text1", "text2")
    >>> round(found.total, 3), found.features
    (0.552, ('peace', 'war', 'tax', 'trade'))
    """
    if not isinstance(dfm, DocumentFeatureMatrix):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"dfm must be a DocumentFeatureMatrix of counts; got {type(dfm).__name__}."
        raise OptionError("dfm", msg)
    if not isinstance(alpha, Real) or not alpha >= 0:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"alpha must be a number of 0 or more; got {alpha!r}."
        raise OptionError("alpha", msg)
    for name in (a, b):
        check_known("document", name, dfm.docs)
    rows = [dfm.docs.index(name) for name in (a, b)]
    if empty := [dfm.docs[row] for row in rows if not dfm.totals[row]]:
        raise EmptyDocumentError(empty)
    pair = dfm.counts[rows, :]
    kept = np.flatnonzero(np.asarray(pair.sum(axis=0)))
    counts = pair[:, kept].toarray().astype(np.float64)
    values = _differences(_ranks(counts), alpha) / _differences(_apart(counts), alpha).sum()
    names = [dfm.features[i] for i in kept]
    features, (sorted_values,) = ranked(names, values)
    record = Record(
        "rank_turbulence",
        ReadOnly({"alpha": float(alpha), "a": a, "b": b}),
        ReadOnly({"dfm": dfm.digest}),
        recompute=partial(rank_turbulence, alpha=alpha),
    )
    total = float(values.sum())
    return Contributions(features, sorted_values, total, "rank_turbulence", a, b, record)


def _ranks(counts: FloatArray, /) -> FloatArray:
    """Return the ranks of the words of each row, the most frequent first, ties sharing the mean."""
    return np.stack([_mean_ranks(row) for row in counts])


def _mean_ranks(counts: FloatArray, /) -> FloatArray:
    """Return the ranks of the words of one text."""
    _, place, ties = np.unique(-counts, return_inverse=True, return_counts=True)
    return (np.cumsum(ties) - (ties - 1) / 2)[place]


def _apart(counts: FloatArray, /) -> FloatArray:
    """Return the ranks if the words of the rows had nothing in common."""
    own = [row[row > 0] for row in counts]
    sizes = [len(row) for row in own]
    apart = np.zeros((2, sum(sizes)))
    apart[0, : sizes[0]], apart[1, sizes[0] :] = own
    return _ranks(apart)


def _differences(ranks: FloatArray, alpha: float, /) -> FloatArray:
    """Return what each word adds, but for a factor."""
    first, second = ranks
    if alpha == 0:
        parts = np.abs(np.log(first / second))
    elif math.isinf(alpha):
        parts = np.where(first == second, 0.0, 1 / np.minimum(first, second))
    else:
        parts = np.abs(first**-alpha - second**-alpha) ** (1 / (alpha + 1))
    return np.asarray(parts, np.float64)
