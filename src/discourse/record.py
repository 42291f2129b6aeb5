"""How a result came about: the verb, its parameters, versions and the digests of what went in."""

from __future__ import annotations

import hashlib
import platform
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeAlias, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

VERSION = "0.1.0"

Parameter: TypeAlias = str | int | float | bool | tuple[str, ...] | None


def _versions() -> Mapping[str, str]:
    """Return the versions on which a number may depend."""
    import numpy as np

    return ReadOnly(
        {
            "discourse": VERSION,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "unicode": unicodedata.unidata_version,
        }
    )


class ReadOnly(Mapping[Key, Value]):
    """A mapping that cannot be changed, and unlike the standard library's can be pickled.

    Examples
    --------
    >>> ReadOnly({"a": 1})["a"]
    1
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[Key, Value], /) -> None:
        self._items = dict(items)

    def __getitem__(self, key: Key, /) -> Value:
        """Return the value of a key."""
        return self._items[key]

    def __iter__(self) -> Iterator[Key]:
        """Iterate over the keys in the order given."""
        return iter(self._items)

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._items)

    def __repr__(self) -> str:
        """Return the mapping as it would be written."""
        return f"ReadOnly({self._items!r})"


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
    digests: Mapping[str, str] = field(default_factory=lambda: ReadOnly[str, str]({}))
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
        parameters = ReadOnly({**self.parameters, "steps": steps})
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

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Record:
        """Return the record that `to_dict` was called on, but for `recompute`."""
        parameters: dict[str, Any] = data["parameters"]
        for name in [name for name, value in parameters.items() if isinstance(value, list)]:
            parameters = {**parameters, name: tuple(parameters[name])}
        return cls(
            data["verb"],
            ReadOnly(parameters),
            ReadOnly(data["digests"]),
            ReadOnly(data["versions"]),
        )


def _chained(
    first: Callable[..., object], then: Callable[[Any], object], *inputs: object
) -> object:
    """Return what the second callable makes of the result of the first."""
    return then(first(*inputs))


def shown(value: Any, /) -> Parameter:
    """Return what stands for an option in a record, which holds no mappings.

    Examples
    --------
    >>> shown("party"), shown({"a": "X"})
    ('party', 'a mapping')
    """
    return "a mapping" if isinstance(value, Mapping) else value


def digest(pieces: Iterable[str | bytes], /) -> str:
    """Return the SHA-256 of a sequence of strings and bytes, in hexadecimal.

    Each piece is preceded by its length, so that ("ab", "c") and ("a", "bc") differ. Lone
    surrogates are hashed as they are.

    Examples
    --------
    >>> digest(["ab", "c"]) == digest(["a", "bc"])
    False
    """
    state = hashlib.sha256()
    for piece in pieces:
        data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.hexdigest()
