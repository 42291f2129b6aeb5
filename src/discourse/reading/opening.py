"""The bytes of a file, compressed or not, a piece at a time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, Protocol, TypeAlias, cast

from discourse.record import ReadOnly

Advance: TypeAlias = Callable[[int], object]

_PIECE = 1 << 18  # bytes; enough to decode at full speed, little beside any batch
_PACKED = 1 << 15  # bytes of a compressed file

# A text is packed to a tenth, a table of few words to a hundredth; what unpacks to more was made
# to fill a memory. No option lifts these limits: who trusts such a file can unpack it first.
MOST_TIMES = 250
MOST_BYTES = 1 << 36
MOST_WHOLE = 1 << 31  # of what must be in memory at once
FREE_BYTES = 1 << 26  # may be unpacked from however little
_TRUSTED = "If you trust it, unpack it first"
_XZ_MEMORY = 1 << 28  # bytes; the strongest preset of xz needs a quarter of it


class Decompressor(Protocol):
    """What the standard library's decompressors have in common."""

    @property
    def eof(self) -> bool:
        """Whether the compressed data have ended."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What came after their end."""
        ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Return at most so many bytes of what the data decompress to."""
        ...


def _gzip() -> Decompressor:
    return zlib.decompressobj(wbits=31)


def bzip2() -> Decompressor:
    """Return a decompressor of bzip2."""
    # Some builds of Python lack this module and that of _xz.
    return cast("Decompressor", import_module("bz2").BZ2Decompressor())


def _xz() -> Decompressor:
    return cast("Decompressor", import_module("lzma").LZMADecompressor(memlimit=_XZ_MEMORY))


COMPRESSED: Mapping[str, Callable[[], Decompressor]] = ReadOnly(
    {".gz": _gzip, ".bz2": bzip2, ".xz": _xz}
)


def ignore(_: int, /) -> None:
    """Take no notice of how many bytes were read."""


class DamagedError(ValueError):
    """A compressed file does not decompress."""


class OversizeError(ValueError):
    """A file holds more than may be unpacked, or more than may be in memory at once."""


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
    OversizeError
        If it is compressed to less than a text can be.
    """
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        if suffix in COMPRESSED:
            yield from decompressed(_read(file, _PACKED, advance), COMPRESSED[suffix])
        else:
            yield from _read(file, _PIECE, advance)


def whole(pieces: Iterable[bytes], /) -> bytes:
    """Return the pieces joined.

    Raises
    ------
    OversizeError
        If they are more than may be in memory at once.
    """
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_WHOLE:
            msg = f"it holds more than {MOST_WHOLE / 1e9:.1f} GB, which must be in memory at once"
            raise OversizeError(msg)
        kept.append(piece)
    return b"".join(kept)


def check_unpacked(size: int, packed: int, /) -> None:
    """Raise `OversizeError` if so much must not be unpacked from so little.

    Parameters
    ----------
    size, packed : int
        Bytes that were unpacked, or will be, and those that they take in the file.

    Examples
    --------
    >>> check_unpacked(10**9, 10**7)
    >>> check_unpacked(10**9, 10**6)
    Traceback (most recent call last):
    ...
    discourse.reading.opening.OversizeError: it unpacks to more than 250 times its size. If you \
trust it, unpack it first
    """
    if size > MOST_BYTES:
        msg = f"it unpacks to more than {MOST_BYTES / 1e9:.1f} GB. {_TRUSTED}"
        raise OversizeError(msg)
    if size > max(FREE_BYTES, MOST_TIMES * packed):
        msg = f"it unpacks to more than {MOST_TIMES} times its size. {_TRUSTED}"
        raise OversizeError(msg)


def _read(file: IO[bytes], size: int, advance: Advance, /) -> Iterator[bytes]:
    """Yield the bytes of a file as they are."""
    while piece := file.read(size):
        advance(len(piece))
        yield piece


def decompressed(packed: Iterator[bytes], start: Callable[[], Decompressor], /) -> Iterator[bytes]:
    """Yield what the pieces decompress to; files may be joined, and padded with zeros.

    Raises
    ------
    DamagedError, OversizeError
        As for `pieces`.
    """
    decompressor = start()
    n_packed = n_bytes = 0
    for piece in packed:
        n_packed += len(piece)
        rest = piece
        while rest := rest.lstrip(b"\0") if decompressor.eof else rest:
            if decompressor.eof:
                decompressor = start()
            for data in _decompress(decompressor, rest):
                n_bytes += len(data)
                check_unpacked(n_bytes, n_packed)
                yield data
            rest = decompressor.unused_data
    if not decompressor.eof:
        msg = "they break off"
        raise DamagedError(msg)


def _decompress(decompressor: Decompressor, data: bytes, /) -> Iterator[bytes]:
    """Yield what the data decompress to, in pieces of limited size."""
    full = True
    while full and not decompressor.eof:
        try:
            piece = decompressor.decompress(data, _PIECE)
        except Exception as error:  # each library has its own
            raise DamagedError(str(error)) from error
        if piece:
            yield piece
        # That of zlib hands back what it did not take; the others keep it.
        data = getattr(decompressor, "unconsumed_tail", b"")
        full = len(piece) == _PIECE
