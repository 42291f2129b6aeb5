"""What it takes to put rows of stance vectors together: their documents and their docvars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from discourse.errors import OptionError, shorten

if TYPE_CHECKING:
    from discourse.stances.vectors import StanceVectors


def pooled(
    names: Sequence[str], rows: Iterable[tuple[str, tuple[str, ...]]], /
) -> tuple[tuple[str, ...], ...]:
    """Return the documents of each name, from rows of a name and some of its documents."""
    of_name: dict[str, list[str]] = {name: [] for name in names}
    for name, own in rows:
        of_name[name].extend(own)
    return tuple(tuple(of_name[name]) for name in names)


def check_alike(one: StanceVectors, other: StanceVectors, /) -> None:
    """Raise `OptionError` unless both count the same things, in different documents."""
    for name in ("target_set", "targets", "holders"):
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours != theirs:
            msg = f"cannot merge vectors that differ in {name}: {ours!r:.60} and {theirs!r:.60}."
            raise OptionError("other", msg)
    ours, theirs = made_with(one), made_with(other)
    if unlike := sorted(name for name in ours.keys() & theirs.keys() if ours[name] != theirs[name]):
        msg = f"cannot merge vectors that were made with different {unlike[0]}."
        raise OptionError("other", msg)
    both = {doc for own in one.members for doc in own} & {d for own in other.members for d in own}
    if both:
        msg = (
            f"both have the document(s) {shorten(sorted(both))}, whose mentions would count twice. "
            "Merge vectors of different documents."
        )
        raise OptionError("other", msg)


def made_with(stance: StanceVectors, /) -> dict[str, str]:
    """Return the digests of what stances were found with: targets and cues."""
    digests = stance.record.digests
    return {name: digests[name] for name in ("targets", "cues") if name in digests}
