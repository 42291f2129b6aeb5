"""What could not be read: raised at once, or kept for a report."""

from __future__ import annotations

import inspect
import warnings
from itertools import count
from typing import Literal, TypeAlias

from discourse.errors import ReadError

OnError: TypeAlias = Literal["raise", "warn", "skip"]

_MOST_LISTED = 10


class Failures:
    """The files and rows that one pass over a source left out.

    Attributes
    ----------
    n : int
        How many there are.
    first : list of ReadError
        The first of them, so that a source with many takes no more memory.
    """

    __slots__ = ("_on_error", "first", "n")

    def __init__(self, on_error: OnError, /) -> None:
        self._on_error = on_error
        self.n = 0
        self.first: list[ReadError] = []

    def __repr__(self) -> str:
        """Return the number."""
        return f"Failures({self.n:,})"

    def __str__(self) -> str:
        """Return the messages of the first, a line each."""
        more = self.n - len(self.first)
        rest = [f"and {more} more"] if more else []
        return "\n  ".join(["", *map(str, self.first), *rest])

    def add(self, error: ReadError, /) -> None:
        """Raise the error if that was asked for, else keep it."""
        if self._on_error == "raise":
            raise error
        self.n += 1
        if self.n <= _MOST_LISTED:
            self.first.append(error)

    def close(self, n_read: int, source: str, /) -> None:
        """Warn of what was left out if that was asked for.

        Raises
        ------
        ReadError
            If no document was read.
        """
        if not n_read:
            msg = f"nothing could be read:{self}"
            raise ReadError(source, msg)
        if self.n and self._on_error == "warn":
            msg = f"read {n_read} document(s), left out {self.n}:{self}"
            warnings.warn(msg, stacklevel=_caller())


def _caller() -> int:
    """Return how many frames above the caller of this function the code of the user stands."""
    frame = inspect.currentframe()
    package = __name__.partition(".")[0]
    for level in count():
        if frame is None or frame.f_globals.get("__name__", "").partition(".")[0] != package:
            return level
        frame = frame.f_back
    raise AssertionError  # pragma: no cover - count() does not end
