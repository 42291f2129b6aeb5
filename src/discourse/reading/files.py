"""A named file, its decoded text, and what a format needs to know to make documents of it."""

# os.path says False, where pathlib raises, for names that no file can have.
# ruff: noqa: PTH110, PTH202

from __future__ import annotations

import codecs
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, Literal, TypeAlias

from discourse.errors import OptionError, ReadError
from discourse.reading.archives import Member, member_pieces
from discourse.reading.docvars import Kind
from discourse.reading.encodings import DETECT, marked, zeros
from discourse.reading.opening import (
    Advance,
    DamagedError,
    OversizeError,
    ignore,
    pieces,
    plain_path,
    whole,
)

Fail: TypeAlias = Callable[[ReadError], None]


@dataclass(frozen=True, slots=True)
class File:
    """A file to read and the identifier that its name gives.

    Attributes
    ----------
    path : Path
    name : str
        Unique among the files of one call.
    member : Member or None
        What is meant of the archive at that path.
    """

    path: Path
    name: str
    member: Member | None = None

    def __str__(self) -> str:
        """Return the path, and that in the archive if it is one."""
        return f"{self.path}: {self.member.name}" if self.member else str(self.path)

    def error(self, reason: str, /, place: int | str | None = None) -> ReadError:
        """Return the error that names this file, and the place in it: a line if it is a number."""
        where = f"line {place}" if isinstance(place, int) else place
        return ReadError(str(self), reason if where is None else f"{where}: {reason}")

    @property
    def plain(self) -> Path:
        """The path, or that in an archive, without the ending of a compression."""
        return plain_path(Path(self.member.name) if self.member else self.path)

    @property
    def n_bytes(self) -> int:
        """Size in bytes, as the file is stored; 0 if there is none."""
        if self.member:
            return self.member.packed
        return os.path.getsize(self.path) if os.path.exists(self.path) else 0

    @property
    def suffix(self) -> str:
        """The ending that stands for the format, in lower case, that of a compression left out."""
        return self.plain.suffix.lower()

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
        yield from self._decoded(self.pieces(advance), encoding)

    def pieces(self, advance: Advance = ignore, /) -> Iterator[bytes]:
        """Yield the bytes, decompressed, piece by piece.

        Raises
        ------
        ReadError
            If the file cannot be opened, or is compressed and damaged.
        """
        try:
            if self.member:
                yield from member_pieces(self.path, self.member, advance)
            else:
                yield from pieces(self.path, advance)
        except OSError as error:
            msg = f"cannot be opened: {error.strerror}."
            raise self.error(msg) from error
        except DamagedError as error:
            msg = f"the compressed data are damaged: {error}."
            raise self.error(msg) from error
        except OversizeError as error:
            msg = f"{error}."
            raise self.error(msg) from error

    def data(self, advance: Advance = ignore, /) -> bytes:
        """Return all bytes, decompressed; see `pieces`."""
        try:
            return whole(self.pieces(advance))
        except OversizeError as error:
            msg = f"{error}."
            raise self.error(msg) from error

    def opened(self) -> IO[bytes]:
        """Return the file, opened, if it is stored as it is; else its bytes, decompressed.

        Raises
        ------
        ReadError
            As for `data`.
        """
        if self.member or self.plain != self.path:
            return io.BytesIO(self.data())
        try:
            return self.path.open("rb")
        except OSError as error:
            msg = f"cannot be opened: {error.strerror}."
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
    if encoding := marked(data):
        return f"It begins like {encoding.upper()}: pass encoding={encoding!r}."
    if encoding := zeros(data):
        return f"It looks like {encoding[:6].upper()}: pass encoding={encoding!r}."
    older = "encoding='cp1252' or 'latin-1' if it is an older Western text, or convert it"
    return f"Pass encoding='detect' to have it guessed, {older}."


def raise_it(error: ReadError, /) -> None:
    """Raise the error."""
    raise error


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
    delimiter : str or None
        What ends the cells of a table, if not what its ending says.
    kinds : mapping of str to Kind
        Of the docvars that shall be typed.
    given : mapping of str to object
        Docvars that the name of the file says.
    fail : callable
        Takes the error of one row; returns if the rest of the file shall be read.
    advance : callable
        Told how many further bytes of the file were read.
    """

    encoding: str = "utf-8"
    text: str = "text"
    id: str | None = None
    delimiter: str | None = None
    kinds: Mapping[str, Kind] = field(default_factory=dict[str, Kind])
    given: Mapping[str, object] = field(default_factory=dict[str, object])
    fail: Fail = raise_it
    advance: Advance = ignore


def check_delimiter(delimiter: str | None, /) -> None:
    """Raise `OptionError` unless this can end the cells of a table."""
    if delimiter is None:
        return
    single = isinstance(delimiter, str) and len(delimiter) == 1  # pyright: ignore[reportUnnecessaryIsInstance]
    if not single or delimiter in '"\r\n\0':
        msg = f"delimiter must be one character, such as ';' or '\\t'; got {delimiter!r:.100}."
        raise OptionError("delimiter", msg)


def check_encoding(encoding: str, /) -> None:
    """Raise `OptionError` unless Python knows the encoding as one of texts, or it is "detect"."""
    if encoding == DETECT:
        return
    try:
        " ".encode(encoding)
    except (LookupError, TypeError, ValueError) as error:
        allowed = "the name of a text encoding such as 'utf-8', or 'detect'"
        msg = f"encoding must be {allowed}; got {encoding!r}."
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
