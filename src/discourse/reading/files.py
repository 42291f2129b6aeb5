"""A named file, its decoded text, and what a format needs to know to make documents of it."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal, TypeAlias

from discourse.errors import OptionError, ReadError
from discourse.reading.opening import Advance, DamagedError, ignore, pieces, plain_path

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

    @property
    def suffix(self) -> str:
        """The ending that stands for the format, in lower case, that of a compression left out."""
        return plain_path(self.path).suffix.lower()

    def decode(self, encoding: str, /, advance: Advance = ignore) -> str:
        """Return the whole text; see `texts`."""
        return "".join(self.texts(encoding, advance))

    def texts(self, encoding: str, /, advance: Advance = ignore) -> Iterator[str]:
        """Yield the text piece by piece, its line ends as they are, without a byte order mark.

        Parameters
        ----------
        encoding : str
        advance : callable
            Told of the bytes of the file that were read, before each piece.

        Raises
        ------
        ReadError
            If the file cannot be opened, or its bytes are not in that encoding.
        """
        try:
            yield from self._decoded(pieces(self.path, advance), encoding)
        except OSError as error:
            msg = f"cannot be opened: {error.strerror}."
            raise self.error(msg) from error
        except DamagedError as error:
            msg = f"the compressed data are damaged: {error}."
            raise self.error(msg) from error

    def decoded(self, data: bytes, encoding: str, /) -> str:
        """Return the text of these bytes, which came from the file; see `texts`."""
        return "".join(self._decoded([data], encoding))

    def _decoded(self, pieces: Iterable[bytes], encoding: str, /) -> Iterator[str]:
        """Yield the text of pieces that may break a character in two."""
        decoder = codecs.getincrementaldecoder(encoding)()
        done = 0
        for number, piece in enumerate(chain(pieces, [b""])):
            pending = decoder.getstate()[0]
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                at = done - len(pending) + error.start
                reason = f"not {encoding}: byte {at} does not decode ({error.reason}). "
                raise self.error(reason + _other_encoding(pending + piece)) from error
            if 4 * text.count("\0") > len(text):
                reason = f"not {encoding}: it would be full of null characters. "
                raise self.error(reason + _other_encoding(pending + piece))
            done += len(piece)
            yield text if number else text.removeprefix("\ufeff")

    def lines(
        self, encoding: str, /, advance: Advance = ignore, *, newline: Literal["", "\n"]
    ) -> Iterator[str]:
        r"""Yield the lines with their ends: ``\n`` or, if `newline` is empty, also ``\r``.

        A text without any ``\n`` is held in memory until it ends.
        """
        pending: list[str] = []
        for text in self.texts(encoding, advance):
            end = text.rfind("\n") + 1  # a line ends here whatever else ends lines
            pending.append(text[:end] if end else text)
            if end:
                yield from io.StringIO("".join(pending), newline)
                pending = [text[end:]]
        yield from io.StringIO("".join(pending), newline)


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
    advance : callable
        Told how many further bytes of the file were read.
    """

    encoding: str
    text: str
    id: str | None
    fail: Fail
    advance: Advance = ignore


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
        return _DECODER.decode(text)
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


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_number)
