"""Where the word lists, cues, samples and counts that come with the library are found."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from discourse.errors import OptionError, did_you_mean, shorten


@cache
def path() -> Path:
    """Return the folder of the seeds: the installed one, or that of the source checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "seeds"
    return installed if installed.is_dir() else here.parents[1] / "seeds"


def names(folder: str, suffix: str, /) -> tuple[str, ...]:
    """Return the names of the seeds in one folder, without their suffix, sorted.

    Examples
    --------
    >>> "foreign-policy" in names("targets", ".toml")
    True
    """
    return tuple(sorted(file.stem for file in (path() / folder).glob(f"*{suffix}")))


def file(folder: str, name: str, suffix: str, /) -> Path:
    """Return the path of one seed.

    Raises
    ------
    OptionError
        If there is no seed of that name; the message lists those that exist.
    """
    known = names(folder, suffix)
    if name not in known:
        hint = did_you_mean(name, known) or f" There are: {shorten(known, 8)}."
        raise OptionError(folder, f"no {folder} named {name!r} come with discourse.{hint}")
    return path() / folder / f"{name}{suffix}"


def toml(folder: str, name: str, /) -> dict[str, Any]:
    """Return the content of one TOML seed."""
    return tomllib.loads(file(folder, name, ".toml").read_text(encoding="utf-8"))


@cache
def stopwords(language: str, /) -> frozenset[str]:
    """Return the stop words of a language ("english").

    Raises
    ------
    OptionError
        If no list of that name comes with the library.
    """
    lines = file("stopwords", language, ".txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
