"""A named file, its decoded text, and what a format needs to know to make documents of it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from discourse.errors import OptionError, ReadError

Fail: TypeAlias = Callable[[ReadError], None]


@dataclass(frozen=True, slots=True)
class File:
    """A file to read and the identifier that its name gives.

    Attributes
    ----------
    path : Path
    name : str
        Unique among the files of one call.
    """

    path: Path
    name: str

    def error(self, reason: str, /, line: int | None = None) -> ReadError:
        """Return the error that names this file, and the line if there is one."""
        return ReadError(str(self.path), reason if line is None else f"line {line}: {reason}")

    def decode(self, encoding: str, /) -> str:
        """Return the text with its line ends as they are, without a byte order mark.

        Raises
        ------
        ReadError
            If the file cannot be opened, or its bytes are not in that encoding.
        """
        try:
            data = self.path.read_bytes()
        except OSError as error:
            msg = f"cannot be opened: {error.strerror}."
            raise self.error(msg) from error
        return self.decoded(data, encoding)

    def decoded(self, data: bytes, encoding: str, /) -> str:
        """Return the text of these bytes, which came from the file; see `decode`."""
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            reason = f"not {encoding}: byte {error.start} does not decode ({error.reason}). "
            raise self.error(reason + _other_encoding(data)) from error
        if 4 * text.count("\0") > len(text):
            msg = f"not {encoding}: it would be full of null characters. {_other_encoding(data)}"
            raise self.error(msg)
        return text


def _other_encoding(data: bytes, /) -> str:
    """Return the advice for bytes that did not decode."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "It begins like UTF-16: pass encoding='utf-16'."
    if 4 * data.count(0) > len(data):
        return f"It looks like UTF-16: pass encoding='utf-16-{'le' if data[0] else 'be'}'."
    return "Pass encoding='cp1252' or 'latin-1' if it is an older Western text, or convert it."


@dataclass(frozen=True, slots=True)
class Options:
    """What `read` was told, for all formats.

    Attributes
    ----------
    encoding : str
    text : str
        Column or field that holds the text.
    id : str or None
        Column or field that names the documents.
    fail : callable
        Takes the error of one row; returns if the rest of the file shall be read.
    """

    encoding: str
    text: str
    id: str | None
    fail: Fail


def check_encoding(encoding: str, /) -> None:
    """Raise `OptionError` unless Python knows the encoding as one of texts."""
    try:
        " ".encode(encoding)
    except (LookupError, TypeError, ValueError) as error:
        msg = f"encoding must be the name of a text encoding such as 'utf-8'; got {encoding!r}."
        raise OptionError("encoding", msg) from error


def parse_json(text: str, /) -> object:
    """Return the value of a JSON text.

    Raises
    ------
    ValueError
        If it is not JSON, is nested too deeply, or an object repeats a key (which the standard
        parser would resolve silently).
    """
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_number)
    except RecursionError as error:
        msg = "it is nested too deeply"
        raise ValueError(msg) from error


def _number(name: str, /) -> float | None:
    """Return infinity, or None for NaN, which is how Python's JSON writes a missing value."""
    return None if name == "NaN" else float(name)


def _unique(pairs: list[tuple[str, object]], /) -> dict[str, object]:
    """Return the object of these members, none of which may be repeated."""
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            msg = f"the key {key!r} is repeated"
            raise ValueError(msg)
        members[key] = value
    return members
