"""From what a user names - files, folders, patterns - to the files that are meant."""

# os.path says False, where pathlib raises, for names that no file can have.
# ruff: noqa: PTH100, PTH111, PTH112, PTH113, PTH207, PTH208

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple, cast

from discourse.errors import OptionError, ReadError, did_you_mean
from discourse.reading.archives import Member, find_members, is_archive
from discourse.reading.files import Fail, File
from discourse.reading.opening import plain_path


def find_files(source: object, /, suffixes: Collection[str], fail: Fail) -> list[File]:
    """Return the files that a source names, in the order given, each once.

    An archive stands for the files in it.

    Parameters
    ----------
    source : str, path, or iterable of these
    suffixes : collection of str
        Those of the files to take from a folder.
    fail : callable
        Takes the error of a source that names no file.
    """
    places: dict[str, _Place] = {}
    for one in _sources(source):
        try:
            for path in _expand(one, suffixes):
                places |= _places(path, suffixes, fail)
        except ReadError as error:
            fail(error)
    return [
        File(place.path, name, place.member)
        for place, name in zip(places.values(), _names(places), strict=True)
    ]


class _Place(NamedTuple):
    """Where a file is."""

    path: Path
    member: Member | None


def _places(path: str, suffixes: Collection[str], fail: Fail, /) -> dict[str, _Place]:
    """Return the file at a path, or those in the archive at it, by their full names."""
    full = os.path.abspath(path)
    if not is_archive(path):
        return {full: _Place(Path(path), None)}
    try:
        members = find_members(Path(path), suffixes, fail)
    except ReadError as error:
        fail(error)
        return {}
    return {f"{full}/{member.name}": _Place(Path(path), member) for member in members}


def _sources(source: object, /) -> list[str]:
    """Return the source as a list of strings."""
    if isinstance(source, (str, Path)):
        return [os.path.expanduser(source)]
    if isinstance(source, Iterable) and not isinstance(source, bytes):
        items = list(cast("Iterable[object]", source))
        paths = [os.path.expanduser(item) for item in items if isinstance(item, (str, Path))]
        if items and len(paths) == len(items):
            return paths
    msg = (
        "source must be a path, a folder, a pattern, or a list of these that is not empty; "
        f"got {source!r:.100}."
    )
    raise OptionError("source", msg)


def _expand(source: str, suffixes: Collection[str], /) -> list[str]:
    """Return the files of one source, sorted."""
    if os.path.isfile(source):
        return [source]
    if os.path.isdir(source):
        found = [entry.path for entry in os.scandir(source) if _readable(entry, suffixes)]
        reason = f"the folder has no files that end in {', '.join(sorted(suffixes))}."
    elif any(mark in source for mark in "*?["):
        found = [path for path in glob.glob(source, recursive=True) if os.path.isfile(path)]
        reason = "no file matches this pattern."
    else:
        found, reason = [], _missing(source)
    if not found:
        raise ReadError(source, reason)
    return sorted(found)


def _readable(entry: os.DirEntry[str], suffixes: Collection[str], /) -> bool:
    """Tell whether a folder's entry is a visible file of a known format."""
    known = plain_path(Path(entry.name)).suffix.lower() in suffixes or is_archive(entry.name)
    return known and not entry.name.startswith(".") and entry.is_file()


def _missing(source: str, /) -> str:
    """Return why there is nothing at a path, with the closest name beside it."""
    folder, name = os.path.split(source)
    if not os.path.isdir(folder or "."):
        return f"there is no folder {folder!r:.100}."
    return f"no such file or folder.{did_you_mean(name, sorted(os.listdir(folder or '.')))}"


def _names(paths: Collection[str], /) -> list[str]:
    """Return the shortest end of each path that no other path has, without suffix if possible.

    Examples
    --------
    >>> _names(["/talks/1970/france.txt", "/talks/1971/france.txt", "/talks/1971/chad.txt"])
    ['1970/france', '1971/france', 'chad']
    """
    ends = {path: _ends(Path(path)) for path in paths}
    shared = Counter(end for path in paths for end in ends[path])
    return [next(end for end in ends[path] if shared[end] == 1) for path in paths]


def _ends(path: Path, /) -> list[str]:
    """Return the ends of a path, shortest first, those without suffix before those with it."""
    bare, full = plain_path(path).with_suffix("").parts, path.parts
    ends = ["/".join(parts[-n:]) for parts in (bare, full) for n in range(1, len(full) + 1)]
    return list(dict.fromkeys(ends))
