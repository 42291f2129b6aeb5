"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: str | Path, /) -> Generator[Path]:
    """Yield a path to write to; what was written takes the place of the file at the end.

    Until then it lies in the same folder under another name, which ends in ".part". An error takes
    it away and leaves the file as it was; so does a crash, but for what lies there.

    Parameters
    ----------
    path : str or Path
        Its folder must exist.

    Examples
    --------
    >>> folder = tempfile.TemporaryDirectory()
    >>> with replacing(Path(folder.name, "list.txt")) as unfinished:
    ...     _ = unfinished.write_text("peace", encoding="utf-8")
    >>> [file.name for file in Path(folder.name).iterdir()]
    ['list.txt']
    >>> folder.cleanup()
    """
    file = Path(path).expanduser()
    handle, name = tempfile.mkstemp(prefix=f".{file.name[:100]}.", suffix=".part", dir=file.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        _permit(unfinished, file)
        yield unfinished
        _flush(unfinished)
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _permit(unfinished: Path, file: Path, /) -> None:
    """Give a file the permissions of that which it replaces, or else those of any new file."""
    if file.exists():
        unfinished.chmod(file.stat().st_mode & 0o777)
        return
    mask = os.umask(0)
    os.umask(mask)
    unfinished.chmod(0o666 & ~mask)


def _flush(file: Path, /) -> None:
    """Wait until the bytes of a file are on the disk: a name must not point at less."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
