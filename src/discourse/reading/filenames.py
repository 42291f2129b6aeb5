"""Document variables that the names of files say."""

from __future__ import annotations

import re
import string
from pathlib import PurePath
from typing import cast, get_args

from discourse.errors import OptionError, check_option, repetition
from discourse.reading.docvars import READERS, Kind, typed


class NamePattern:
    """What the names of files say, as a pattern with fields: ``{country}_{year:int}.txt``.

    Examples
    --------
    >>> NamePattern("{country}_{year:int}").docvars(PurePath("talks/south_africa_1970.txt"))
    {'country': 'south_africa', 'year': 1970}
    """

    __slots__ = ("_fields", "_regex", "pattern")

    def __init__(self, pattern: str, /) -> None:
        self.pattern = pattern
        self._fields: list[tuple[str, Kind]] = []
        regex = ""
        for literal, name, kind, conversion in _parts(pattern):
            regex += re.escape(literal)
            if name is not None:
                regex += self._add(name, kind or "str", conversion)
        names = [name for name, _ in self._fields]
        problem = repetition("fields", names).rstrip(".") if names else "it has no field"
        if problem:
            raise _bad_pattern(problem)
        self._regex = re.compile(regex)

    def _add(self, name: str, kind: str, conversion: str | None, /) -> str:
        """Add a field and return the expression for what it holds."""
        if not name or conversion:
            reason = "a field needs a name and no conversion"
            raise _bad_pattern(reason)
        check_option(f"names: the kind of {name!r}", kind, get_args(Kind))
        self._fields.append((name, cast("Kind", kind)))
        return f"({READERS[cast('Kind', kind)].in_names})"

    def docvars(self, path: PurePath, /) -> dict[str, object]:
        """Return the docvars of a file, by as many of its folders as the pattern has.

        Parameters
        ----------
        path : path
            Without the ending of a compression. The pattern may leave out its suffix.

        Raises
        ------
        ValueError
            If the name is not of this form.
        """
        depth = self.pattern.count("/") + 1
        for named in (path.with_suffix(""), path):
            match = self._regex.fullmatch("/".join(named.parts[-depth:]))
            if match:
                pairs = zip(self._fields, match.groups(), strict=True)
                return {name: typed(value, kind) for (name, kind), value in pairs}
        msg = f"the name {'/'.join(path.parts[-depth:])!r} is not of the form {self.pattern!r}"
        raise ValueError(msg)


def _parts(pattern: str, /) -> list[tuple[str, str | None, str | None, str | None]]:
    """Return the literal texts and fields of a pattern."""
    if not isinstance(pattern, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        reason = f"it must be a str; got {pattern!r:.100}"
        raise _bad_pattern(reason)
    try:
        return list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise _bad_pattern(str(error)) from error


def _bad_pattern(reason: str, /) -> OptionError:
    """Return the error of a pattern that cannot be used."""
    msg = f"names must be a pattern such as '{{country}}_{{year:int}}.txt': {reason}."
    return OptionError("names", msg)
