"""The patterns of a lexicon as an automaton that is built as far as the texts read so far ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from discourse import _text
from discourse.lexicon.patterns import Part, Pattern, pattern_fits

_REMEMBERED = 200_000  # words after one state; then it starts anew
_LEAD = 2  # letters at which globs are looked up that begin with so many


class State(dict[str, "State | None"]):
    """The patterns that the parts read so far have begun; maps the next part to what follows.

    Keys are parts as written. What a part leads to is worked out when it first comes, so that a
    glob is compared with each distinct word that begins alike once, however often it occurs.

    Attributes
    ----------
    whole : tuple of Pattern
        Those that end here.
    """

    __slots__ = ("_depth", "_globs", "_led", "_literal", "whole")

    def __init__(self, begun: Sequence[Pattern], depth: int, /) -> None:
        super().__init__()
        self.whole = tuple(p for p in begun if len(p.parts) == depth)
        self._depth = depth
        self._literal: dict[str, list[Pattern]] = {}
        self._led: dict[str, list[Pattern]] = {}
        self._globs: list[Pattern] = []
        for pattern in begun:
            if len(pattern.parts) > depth:
                self._listed(pattern).append(pattern)

    def _listed(self, pattern: Pattern, /) -> list[Pattern]:
        """Return the list in which a pattern is looked up."""
        first, *more = pattern.pieces[self._depth]
        if not more:
            return self._literal.setdefault(_text.fold(first), [])
        if pattern.case or len(first) < _LEAD:
            return self._globs
        return self._led.setdefault(first[:_LEAD], [])

    def __missing__(self, surface: str, /) -> State | None:
        """Return the state after a part, None if no pattern goes on with it."""
        if len(self) >= _REMEMBERED:
            self.clear()
        text = _text.fold(surface)
        listed = self._literal.get(text, ()), self._led.get(text[:_LEAD], ()), self._globs
        begun = [
            p
            for p in chain.from_iterable(listed)
            if pattern_fits(p.pieces[self._depth], surface if p.case else text)
        ]
        state = self[surface] = State(begun, self._depth + 1) if begun else None
        return state


def candidates(start: State, parts: Sequence[Part], /) -> Iterator[tuple[int, Pattern]]:
    """Yield every pattern that matches, with the index of its first part."""
    for at, part in enumerate(parts):
        state, end = start[part.surface], at + 1
        while state is not None:
            for pattern in state.whole:
                yield at, pattern
            if end == len(parts) or parts[end].border:
                break
            state, end = state[parts[end].surface], end + 1


def occurs(start: State, surfaces: Sequence[str], /) -> bool:
    """Tell whether a pattern matches in these parts, were there no borders between them."""
    for at, surface in enumerate(surfaces):
        state, end = start[surface], at + 1
        while state is not None:
            if state.whole:
                return True
            if end == len(surfaces):
                break
            state, end = state[surfaces[end]], end + 1
    return False
