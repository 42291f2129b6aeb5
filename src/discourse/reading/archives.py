"""The members of a .zip archive, listed and read as the files of a folder would be."""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_IFMT, S_ISLNK, S_ISREG
from typing import IO

from discourse.errors import ReadError
from discourse.reading.opening import (
    COMPRESSED,
    Advance,
    DamagedError,
    Decompressor,
    OversizeError,
    bzip2,
    check_unpacked,
    decompressed,
    plain_path,
)
from discourse.record import ReadOnly

MOST_MEMBERS = 1_000_000

_PACKED = 1 << 15  # bytes that are read at once
_LOCAL = struct.Struct("<4s22xHH")  # a member's own header: signature, lengths of name and extra
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_ENCRYPTED = 1
_UNSAFE = re.compile(
    r"[\\\0]|\A[A-Za-z]:"
)  # on one system or another: a separator, an end, a drive


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive.

    Attributes
    ----------
    name : str
        Its path in the archive.
    start, packed : int
        Where its header begins in the archive, and how many bytes its data take there.
    size, crc : int
        Number of its bytes and their check sum.
    method : int
        By which it is compressed.
    """

    name: str
    start: int
    packed: int
    size: int
    crc: int
    method: int


def is_archive(name: str, /) -> bool:
    """Tell whether a file of this name is an archive."""
    return name.lower().endswith(".zip")


def find_members(
    path: Path, suffixes: Collection[str], fail: Callable[[ReadError], None], /
) -> list[Member]:
    """Return the files in an archive that a format reads, sorted by name.

    As in a folder, hidden files and those of other formats are passed over. Nothing is unpacked
    to disk, but names become identifiers, so that those which lead out of the archive are refused.

    Parameters
    ----------
    path : Path
    suffixes : collection of str
        Of the formats.
    fail : callable
        Takes the error of a member that shall not be read: one that is encrypted, a link, an
        archive, of the same name as another, or not safely named.

    Raises
    ------
    ReadError
        If the archive is damaged, is larger than may be unpacked, or holds no such file.
    """
    infos = _directory(path)
    found: dict[str, Member] = {}
    refused = False
    for info in infos:
        if not _wanted(info, suffixes):
            continue
        problem = "occurs twice." if info.orig_filename in found else _problem(info)
        if problem:
            refused = True
            fail(ReadError(f"{path}: {info.orig_filename}", problem))
        else:
            found[info.filename] = _member(info)
    if not found and not refused:
        reason = f"the archive has no files that end in {', '.join(sorted(suffixes))}."
        raise ReadError(str(path), reason)
    return [found[name] for name in sorted(found)]


def _directory(path: Path, /) -> list[zipfile.ZipInfo]:
    """Return what the archive says of its members, if that is possible and not too much."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            infos = _infos(file)
        check_unpacked(sum(info.file_size for info in infos), size)
    except OSError as error:
        reason = f"cannot be opened: {error.strerror}."
        raise ReadError(str(path), reason) from error
    except DamagedError as error:
        reason = f"the archive is damaged: {error}."
        raise ReadError(str(path), reason) from error
    except OversizeError as error:
        reason = f"{error}."
        raise ReadError(str(path), reason) from error
    if len(infos) > MOST_MEMBERS:
        reason = f"it has more than {MOST_MEMBERS:,} members. If you trust it, unpack it first."
        raise ReadError(str(path), reason)
    if not all(0 <= info.header_offset <= size - info.compress_size for info in infos):
        reason = "the archive is damaged: it breaks off."
        raise ReadError(str(path), reason)
    return infos


def _infos(file: IO[bytes], /) -> list[zipfile.ZipInfo]:
    """Return what the archive says of its members."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except Exception as error:  # besides its own, those of struct, of decoding, of seeking, ...
        raise DamagedError(str(error).rstrip(".")) from error


def _wanted(info: zipfile.ZipInfo, suffixes: Collection[str], /) -> bool:
    """Tell whether a member is a visible file of a known format, or an archive."""
    name = PurePosixPath(info.filename)
    hidden = any(part.startswith(".") and not part.startswith("..") for part in name.parts)
    if info.filename.endswith("/") or hidden or name.parts[:1] == ("__MACOSX",):
        return False
    return plain_path(Path(name)).suffix.lower() in suffixes or is_archive(info.filename)


def _problem(info: zipfile.ZipInfo, /) -> str:
    """Return why a member must not be read, or an empty string."""
    name = info.orig_filename
    if _UNSAFE.search(name) or {"", ".", ".."} & set(name.split("/")):
        return "the name is no path within the archive. Rename it, or unpack the archive with care."
    if is_archive(name):
        return "an archive in an archive is not read. Unpack the outer one and pass the folder."
    kind = info.external_attr >> 16
    if S_IFMT(kind) and not S_ISREG(kind):
        return f"{'a link' if S_ISLNK(kind) else 'a special file'} is not followed."
    if info.flag_bits & _ENCRYPTED:
        return "encrypted. Unpack the archive with its password and pass the folder."
    if info.compress_type not in _METHODS:
        method = f"compressed by method {info.compress_type}, which is not read"
        return f"{method}. Unpack the archive and pass the folder."
    return ""


def _member(info: zipfile.ZipInfo, /) -> Member:
    """Return the member of which the archive says this."""
    return Member(
        name=info.filename,
        start=info.header_offset,
        packed=info.compress_size,
        size=info.file_size,
        crc=info.CRC,
        method=info.compress_type,
    )


def member_pieces(path: Path, member: Member, advance: Advance, /) -> Iterator[bytes]:
    """Yield the bytes of a member in pieces, decompressed a second time if its name says so.

    Raises
    ------
    OSError, DamagedError, OversizeError
        As for `discourse.reading.opening.pieces`.
    """
    suffix = PurePosixPath(member.name).suffix.lower()
    with path.open("rb") as file:
        data = _packed(file, member, advance)
        if start := _METHODS[member.method]:
            data = decompressed(data, start)
        data = _checked(data, member)
        yield from decompressed(data, COMPRESSED[suffix]) if suffix in COMPRESSED else data


def _packed(file: IO[bytes], member: Member, advance: Advance, /) -> Iterator[bytes]:
    """Yield the bytes of a member as they are stored."""
    file.seek(member.start)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\3\4"):
        msg = "the member is not where the directory says"
        raise DamagedError(msg)
    _, *lengths = _LOCAL.unpack(header)
    file.seek(sum(lengths), os.SEEK_CUR)
    rest = member.packed
    while piece := file.read(min(rest, _PACKED)):
        rest -= len(piece)
        advance(len(piece))
        yield piece


def _checked(pieces: Iterable[bytes], member: Member, /) -> Iterator[bytes]:
    """Yield the pieces, which must be those of which the directory has the check sum."""
    size = crc = 0
    for piece in pieces:
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size <= member.size:
            yield piece
    if (size, crc) != (member.size, member.crc):
        msg = "they are not those of which the directory has the check sum"
        raise DamagedError(msg)


def _deflate() -> Decompressor:
    return zlib.decompressobj(wbits=-15)


_METHODS: Mapping[int, Callable[[], Decompressor] | None] = ReadOnly(
    {_STORED: None, _DEFLATED: _deflate, _BZIP2: bzip2}
)
