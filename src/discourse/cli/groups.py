"""Options that several commands share are declared once, as the fields of a dataclass."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import Parameter
from typing import Any, get_type_hints


def expanded(function: Callable[..., None], /) -> Callable[..., None]:
    """Return a command with an option for each field of its parameters that are dataclasses.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Reading:
    ...     encoding: str = "utf-8"
    >>> def show(file: str, *, reading: Reading) -> None:
    ...     print(file, reading.encoding)
    >>> command = expanded(show)
    >>> list(inspect.signature(command).parameters)
    ['file', 'encoding']
    >>> command(file="speech.txt", encoding="ascii")
    speech.txt ascii
    """
    hints = get_type_hints(function, include_extras=True)
    kinds: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}

    @wraps(function)
    def command(**values: Any) -> None:
        for name, kind in kinds.items():
            values[name] = kind(**{field.name: values.pop(field.name) for field in fields(kind)})
        function(**values)

    parameters = [
        option
        for parameter in inspect.signature(function).parameters.values()
        for option in _options(parameter, hints[parameter.name])
    ]
    command.__dict__["__signature__"] = inspect.Signature(parameters)
    command.__annotations__ = {option.name: option.annotation for option in parameters}
    return command


def _options(parameter: Parameter, kind: Any, /) -> Iterator[Parameter]:
    """Yield the parameter, or those that stand for the fields of a dataclass."""
    if not is_dataclass(kind):
        yield parameter.replace(annotation=kind)
        return
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        yield Parameter(
            field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
