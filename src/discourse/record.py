"""How a result came about: the verb, its parameters, versions and the digests of what went in."""

from __future__ import annotations

import hashlib
import platform
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

VERSION = "0.1.0"

Parameter: TypeAlias = str | int | float | bool | tuple[str, ...] | None


def _versions() -> Mapping[str, str]:
    """Return the versions on which a number may depend."""
    return MappingProxyType(
        {
            "discourse": VERSION,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "unicode": unicodedata.unidata_version,
        }
    )


@dataclass(frozen=True, slots=True)
class Record:
    """What it takes to get a result again.

    Attributes
    ----------
    verb : str
        The public function that made the result.
    parameters : mapping of str to scalar
        Its options, as given or as defaulted; the seed of random draws is ``"rng"``.
    digests : mapping of str to str
        SHA-256 of each input, by name ("corpus", "lexicon", ...).
    versions : mapping of str to str
        Of this library, Python, numpy and the Unicode tables.
    recompute : callable or None
        Takes the inputs again and returns a fresh result; not part of equality or of `to_dict`.
    """

    verb: str
    parameters: Mapping[str, Parameter]
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    versions: Mapping[str, str] = field(default_factory=_versions)
    recompute: Callable[..., object] | None = field(default=None, compare=False, repr=False)

    def then(self, step: str, apply: Callable[[Any], object], /) -> Record:
        """Return the record of what a further step made of the result.

        Parameters
        ----------
        step : str
            The step as it would be written, added to the parameter ``"steps"``.
        apply : callable
            Takes the result and returns that of the step.
        """
        before = self.parameters.get("steps", ())
        steps = (*(before if isinstance(before, tuple) else ()), step)
        recompute = None if self.recompute is None else partial(_chained, self.recompute, apply)
        parameters = MappingProxyType({**self.parameters, "steps": steps})
        return replace(self, parameters=parameters, recompute=recompute)

    def to_dict(self) -> dict[str, object]:
        """Return the record as plain data."""
        return {
            "verb": self.verb,
            "parameters": {
                k: list(v) if isinstance(v, tuple) else v for k, v in self.parameters.items()
            },
            "digests": dict(self.digests),
            "versions": dict(self.versions),
        }


def _chained(first: Callable[..., object], then: Callable[[Any], object], *inputs: object) -> object:
    """Return what the second callable makes of the result of the first."""
    return then(first(*inputs))


def digest(pieces: Iterable[str], /) -> str:
    """Return the SHA-256 of a sequence of strings, in hexadecimal.

    Each piece is preceded by its length, so that ("ab", "c") and ("a", "bc") differ. Lone
    surrogates are hashed as they are.

    Examples
    --------
    >>> digest(["ab", "c"]) == digest(["a", "bc"])
    False
    """
    state = hashlib.sha256()
    for piece in pieces:
        data = piece.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.hexdigest()
