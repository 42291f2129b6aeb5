"""Two rows of stance vectors on the targets that they share: weights, value and limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.errors import OptionError, UndefinedError, shorten
from discourse.labelled import FloatArray
from discourse.record import ReadOnly
from discourse.stances.expectation import reference_products
from discourse.stances.vectors import StanceVectors
from discourse.stances.wilson import Limits, mover

Weights: TypeAlias = Literal["evidence", "contested"]

_NO_SHARED = "no target on which both take a stance"


class Weighting(NamedTuple):
    """Which targets count, and for how much.

    `usable` and `factor` have one value per target; `common` are the weights of all pairs alike, if
    they do not depend on the pair; `expected` is what the reference leads to expect, None without
    one; `undefined` says what a pair lacks that has no agreement.
    """

    usable: npt.NDArray[np.bool_]
    factor: FloatArray
    expected: FloatArray | None
    undefined: str
    common: FloatArray | None = None


def weighting(
    stance: StanceVectors, weights: Weights, reference: StanceVectors | None, /
) -> Weighting:
    """Return how targets are weighted where each pair is compared on what it shares.

    Raises
    ------
    OptionError
        If the reference does not fit, or contested weights have none.
    """
    expected = reference_products(stance, reference)
    plain = np.ones(len(stance.targets))
    if weights == "contested":
        if expected is None:
            msg = (
                "weights='contested' needs documents that tell what is contested: give reference=, "
                "or vectors of at least 3 documents."
            )
            raise OptionError("weights", msg)
        factor = np.nan_to_num(1 - expected)  # where nothing is known there is no weight
        undefined = f"{_NO_SHARED} and documents of the reference differ"
        return Weighting(factor > 0, factor, expected, undefined)
    if reference is None or expected is None:
        return Weighting(plain > 0, plain, expected, _NO_SHARED)
    undefined = "no target on which both and two documents of the reference take a stance"
    return Weighting(~np.isnan(expected), plain, expected, undefined)


def common_weighting(stance: StanceVectors, scheme: Weighting, /) -> Weighting:
    """Return the same for the targets on which all documents take a stance.

    The weight of a target is the geometric mean of its evidence over all documents, which for two
    documents is the weight that they have as a pair.

    Raises
    ------
    UndefinedError
        If there is no such target; it names the documents to leave out.
    """
    n = stance.evidence
    usable = scheme.usable & (n > 0).all(axis=0)
    if not usable.any():
        raise _nothing_in_common(stance, scheme)
    common = np.exp(np.log(np.maximum(n, 1)).mean(axis=0))
    return scheme._replace(usable=usable, common=common)


def _nothing_in_common(stance: StanceVectors, scheme: Weighting, /) -> UndefinedError:
    """Return the error that names the fewest documents without which a target is common."""
    takes = (stance.evidence > 0) & scheme.usable
    best = int(np.lexsort((-stance.evidence.sum(axis=0), -takes.sum(axis=0)))[0])
    lacking = [doc for doc, has in zip(stance.docs, takes[:, best], strict=True) if not has]
    if len(lacking) == len(stance):
        return UndefinedError(stance.docs, "no document takes a stance on a target that counts.")
    left = len(stance) - len(lacking)
    return UndefinedError(
        lacking,
        "there is no target on which all documents take a stance. Leave out these "
        f"{len(lacking)} ({shorten(lacking, 8)}; corpus.subset), and {stance.targets[best]!r} is "
        f"common to the other {left}; or use targets='shared'.",
    )


class Pair(NamedTuple):
    """Two documents on their shared targets; each side is balance, low and high."""

    shared: list[int]
    weights: FloatArray  # sum to 1
    a: Limits
    b: Limits
    value: float
    low: float
    high: float


def find_sides(stance: StanceVectors, level: float, /) -> Limits:
    """Return balance, low and high of every cell."""
    return (stance.score("balance"), *stance.limits(level=level))


def find_pair(
    stance: StanceVectors, sides: Limits, i: int, j: int, scheme: Weighting, /
) -> Pair | None:
    """Return the agreement of two rows, None if no target counts on which both take a stance."""
    n = stance.evidence
    shared: list[int] = np.flatnonzero((n[i] > 0) & (n[j] > 0) & scheme.usable).tolist()
    if not shared:
        return None
    own = np.sqrt(n[i, shared] * n[j, shared]) if scheme.common is None else scheme.common[shared]
    weights = own * scheme.factor[shared]
    weights /= weights.sum()
    a: Limits = (sides[0][i, shared], sides[1][i, shared], sides[2][i, shared])
    b: Limits = (sides[0][j, shared], sides[1][j, shared], sides[2][j, shared])
    low, high = mover(weights, a, b, same=i == j)
    value = min(high, max(low, float(weights @ (a[0] * b[0]))))
    return Pair(shared, weights, a, b, value, low, high)


def with_reference(stance: StanceVectors, reference: StanceVectors | None, /) -> Mapping[str, str]:
    """Return the digests of what stances and reference came from."""
    digests = dict(stance.record.digests)
    if reference is not None:
        digests |= {f"reference {name}": d for name, d in reference.record.digests.items()}
    return ReadOnly(digests)
