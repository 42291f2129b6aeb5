"""The bytes of a file, compressed or not, a piece at a time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, Protocol, TypeAlias, cast

from discourse.record import ReadOnly

Advance: TypeAlias = Callable[[int], object]

_PIECE = 1 << 18  # bytes; enough to decode at full speed, little beside any batch
_PACKED = 1 << 15  # bytes of a compressed file, which may be a thousand times as many


class _Decompressor(Protocol):
    """What the standard library's decompressors have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


def _gzip() -> _Decompressor:
    return zlib.decompressobj(wbits=31)


def _bzip2() -> _Decompressor:
    # Some builds of Python lack this module and that of _xz.
    return cast("_Decompressor", import_module("bz2").BZ2Decompressor())


def _xz() -> _Decompressor:
    return cast("_Decompressor", import_module("lzma").LZMADecompressor())


COMPRESSED: Mapping[str, Callable[[], _Decompressor]] = ReadOnly(
    {".gz": _gzip, ".bz2": _bzip2, ".xz": _xz}
)


def ignore(_: int, /) -> None:
    """Take no notice of how many bytes were read."""


class DamagedError(ValueError):
    """A compressed file does not decompress."""


def plain_path(path: Path, /) -> Path:
    """Return the path as it is named before compression.

    Examples
    --------
    >>> plain_path(Path("talks.jsonl.gz")).name, plain_path(Path("talks.csv")).name
    ('talks.jsonl', 'talks.csv')
    """
    return path.with_suffix("") if path.suffix.lower() in COMPRESSED else path


def pieces(path: Path, advance: Advance, /) -> Iterator[bytes]:
    """Yield the decompressed bytes of a file in pieces that are not empty.

    Parameters
    ----------
    path : Path
    advance : callable
        Told, before each piece, how many bytes of the file went into it.

    Raises
    ------
    OSError
        If the file cannot be opened or read.
    DamagedError
        If it is compressed and breaks off or is not well-formed.
    """
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        if suffix in COMPRESSED:
            yield from _decompressed(_read(file, _PACKED, advance), COMPRESSED[suffix])
        else:
            yield from _read(file, _PIECE, advance)


def _read(file: IO[bytes], size: int, advance: Advance, /) -> Iterator[bytes]:
    """Yield the bytes of a file as they are."""
    while piece := file.read(size):
        advance(len(piece))
        yield piece


def _decompressed(
    packed: Iterator[bytes], start: Callable[[], _Decompressor], /
) -> Iterator[bytes]:
    """Yield what the pieces decompress to; files may be joined, and padded with zeros."""
    decompressor = start()
    for piece in packed:
        rest = piece
        while rest := rest.lstrip(b"\0") if decompressor.eof else rest:
            if decompressor.eof:
                decompressor = start()
            if data := _decompress(decompressor, rest):
                yield data
            rest = decompressor.unused_data
    if not decompressor.eof:
        msg = "they break off"
        raise DamagedError(msg)


def _decompress(decompressor: _Decompressor, data: bytes, /) -> bytes:
    """Return what the data decompress to."""
    try:
        return decompressor.decompress(data)
    except Exception as error:  # each library has its own
        raise DamagedError(str(error)) from error
