"""The length that all sources allow, and what their lengths do not allow."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral

from discourse.errors import OptionError, UndefinedError
from discourse.inference.closed import ClosedSet
from discourse.inference.sources import Source
from discourse.resampling import GROUPS


def check_nonempty(sources: Sequence[Source], features: ClosedSet | None = None, /) -> None:
    """Raise `UndefinedError` if a source has nothing to compare."""
    if empty := [source.name for source in sources if not len(source.sizes)]:
        what = "words to compare" if features is None else "features of the set"
        raise UndefinedError(empty, f"there are no {what}.")


def common_length(m: float | None, sources: Sequence[Source], /) -> int:
    """Return the tokens a sample, checked against what every source holds.

    Raises
    ------
    UndefinedError
        If a source has no words, or too few for two samples.
    OptionError
        If `m` is not between 1 and the largest length.
    """
    check_nonempty(sources)
    if small := [source.name for source in sources if not source.largest]:
        raise UndefinedError(small, "too few words to draw two samples from.")
    shortest = min(sources, key=lambda source: source.largest)
    if m is None:
        return shortest.largest
    if not isinstance(m, Integral) or not 1 <= m <= shortest.largest:
        msg = (
            f"m must be between 1 and {shortest.largest}, the largest length that "
            f"{shortest.name!r} allows; got {m!r}."
        )
        raise OptionError("m", msg)
    return int(m)


def why_no_interval(sources: Sequence[Source], features: ClosedSet | None = None, /) -> str | None:
    """Return which sources are too short for an interval, or None if none is."""
    short = [f"{source.name!r} has {len(source.sizes)}" for source in sources if not source.long]
    if not short:
        return None
    needed = f"{GROUPS} sentences{'' if features is None else ' with features of the set'}"
    return f"no interval: it needs {needed} of each source, and {listed(short)}."


def why_no_baseline(sources: Sequence[Source], m: int, /) -> str | None:
    """Return which sources have no level within, or None if all have one."""
    without = [repr(source.name) for source in sources if not source.disjoint(m)]
    if not without:
        return None
    most = min(int(source.sizes.sum() - source.sizes.max()) // 2 for source in sources)
    advice = f"an m of at most {most}, or more text" if most else "more text"
    return (
        f"no baseline, and no excess: two samples of {m} tokens may draw on one sentence of "
        f"{listed(without)}. Take {advice}."
    )


def listed(items: Sequence[str], /, most: int = 5) -> str:
    """Return the first items, comma-separated, and how many more there are."""
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more


def joined(*notes: str | None) -> str | None:
    """Return the notes that there are as one, None if there are none."""
    return " ".join(note for note in notes if note) or None
