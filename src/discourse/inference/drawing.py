"""What verbs that draw at random share: checks of options, seeds and records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from discourse.errors import OptionError
from discourse.labelled import FloatArray
from discourse.pairwise import described
from discourse.record import ReadOnly, Record
from discourse.resampling import GROUPS


def check_count(name: str, count: int, /, *, least: int) -> None:
    """Raise `OptionError` unless a number is an int and not too small."""
    if not isinstance(count, (int, np.integer)) or count < least:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"{name} must be an int of at least {least}; got {count!r}."
        raise OptionError(name, msg)


def seed_of(rng: np.random.Generator | int, /) -> int:
    """Return the number from which all random orders of a call follow."""
    return int(np.random.default_rng(rng).integers(2**63))


def drawn_record(
    verb: str,
    options: Mapping[str, Any],
    digests: Mapping[str, str],
    rng: np.random.Generator | int,
    again: Callable[..., object],
    /,
) -> Record:
    """Return the record of a result; what a generator drew cannot be drawn again."""
    parameters, learnt = described(options["metric"])
    parameters = {**options, **parameters}
    digests = ReadOnly({**digests, **learnt})
    if isinstance(rng, np.random.Generator):
        return Record(verb, ReadOnly({**parameters, "rng": "generator"}), digests)
    return Record(verb, ReadOnly({**parameters, "rng": int(rng)}), digests, recompute=again)


def limits(
    values: FloatArray, errors: FloatArray, level: float, bounds: tuple[float, float], /
) -> tuple[FloatArray, FloatArray]:
    """Return the limits of jackknife intervals, none beyond the bounds; NaN without an error."""
    from scipy.special import stdtrit

    reach = float(stdtrit(GROUPS - 1, (1 + level) / 2)) * errors
    low, high = np.maximum(values - reach, bounds[0]), np.minimum(values + reach, bounds[1])
    return low, high
