"""Salience: how far documents speak of the same targets, and what to expect of one source."""

from __future__ import annotations

from functools import partial
from typing import get_args

import numpy as np

from discourse.errors import UndefinedError, check_option
from discourse.labelled import SimilarityMatrix
from discourse.record import ReadOnly, Record
from discourse.stances.agreement import Undefined
from discourse.stances.vectors import StanceVectors


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

    The mentions of both are pooled and split at random into the two sizes: the baseline to hold
    `salience` against, if mentions were independent draws. Short texts differ by chance.

    Parameters
    ----------
    stance : StanceVectors
    a, b : str
        Identifiers of the documents.

    Returns
    -------
    float
        In [0, 1].

    Raises
    ------
    UndefinedError
        If one of them mentions no target.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(["Peace, not war.", "War, not peace."])
    >>> round(ds.expected_salience(stance, "text1", "text2"), 3)
    0.667
    """
    counts_a, counts_b = stance.mentioned[stance.row(a)], stance.mentioned[stance.row(b)]
    n, m = int(counts_a.sum()), int(counts_b.sum())
    empty = [doc for doc, size in ((a, n), (b, m)) if size == 0]
    if empty:
        raise UndefinedError(empty, f"no target of {stance.target_set!r} is mentioned.")
    pooled = (counts_a + counts_b).tolist()
    return 1 - sum(_mean_difference(k, n, m) for k in pooled if k) / 2


def _mean_difference(k: int, n: int, m: int, /) -> float:
    """Return E|X/n - (k - X)/m| where X of k mentions fall, at random, on the side of size n."""
    from scipy.special import gammaln

    x = np.arange(max(0, k - m), min(k, n) + 1)
    log_choose = [
        gammaln(top + 1) - gammaln(part + 1) - gammaln(top - part + 1)
        for top, part in ((k, x), (n + m - k, n - x), (n + m, n))
    ]
    chances = np.exp(log_choose[0] + log_choose[1] - log_choose[2])
    return float(chances @ np.abs(x / n - (k - x) / m))
