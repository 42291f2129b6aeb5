"""What a reference leads to expect: how far two of its documents agree on each target."""

from __future__ import annotations

import numpy as np

from discourse.errors import OptionError
from discourse.labelled import FloatArray
from discourse.stances.vectors import StanceVectors

_LEAST = 3  # documents of a reference: two are one pair, which cannot be its own measure


def expected_products(reference: StanceVectors, /) -> FloatArray:
    """Return the mean product of balances on each target over pairs of documents.

    With s_i the balances of the k documents that take a stance on a target, the mean of s_i s_j
    over pairs of different documents is ``((sum s)**2 - sum s**2) / (k (k - 1))``.

    Returns
    -------
    ndarray of shape (n_targets,), float64
        In [-1, 1]; NaN where fewer than two documents take a stance.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(["We support peace."] * 2 + ["We oppose peace."], targets={"peace": [
    ...     "peace"]})
    >>> expected_products(stance).round(3).tolist()
    [-0.333]
    """
    balance = np.nan_to_num(reference.score("balance"))
    k = np.count_nonzero(reference.evidence, axis=0)
    pairs = k * (k - 1)
    means = (balance.sum(axis=0) ** 2 - (balance**2).sum(axis=0)) / np.maximum(pairs, 1)
    return np.where(pairs > 0, np.clip(means, -1.0, 1.0), np.nan)


def reference_products(
    stance: StanceVectors, reference: StanceVectors | None, /
) -> FloatArray | None:
    """Return what is expected on each target; None if there are too few documents to tell.

    Raises
    ------
    OptionError
        If a given reference is none, has other targets or fewer than three documents.
    """
    if reference is None:
        return expected_products(stance) if len(stance) >= _LEAST else None
    if not isinstance(reference, StanceVectors):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"reference must be StanceVectors; got {type(reference).__name__}."
        raise OptionError("reference", msg)
    if reference.targets != stance.targets:
        msg = (
            f"reference is about other targets ({reference.target_set!r}, not "
            f"{stance.target_set!r}). Find its stances with the same targets=."
        )
        raise OptionError("reference", msg)
    if len(reference) < _LEAST:
        msg = f"reference must have at least {_LEAST} documents; got {len(reference)}."
        raise OptionError("reference", msg)
    return expected_products(reference)
