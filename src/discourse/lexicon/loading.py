"""Lexicons from files and from those that come with the library."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from discourse import seeds_
from discourse.errors import DiscourseError, OptionError, ReadError, check_option, did_you_mean
from discourse.lexicon.categories import Lexicon
from discourse.lexicon.patterns import Entry

Kind: TypeAlias = Literal["targets", "markers"]


def load_lexicon(source: str | Path, /, *, kind: Kind | None = None) -> Lexicon:
    """Return a lexicon from a TOML file, or one that comes with the library.

    Parameters
    ----------
    source : str or Path
        "foreign-policy" (targets), "english" (markers), or the path of a file with a table
        ``[categories.NAME]`` and a list ``patterns`` for each category, `ignore` above them.
    kind : {"targets", "markers"}, optional
        Which of the lexicons that come with the library a name refers to; by default the targets,
        then the markers.

    Raises
    ------
    OptionError
        If it is neither a known name nor a file.
    ReadError
        If the file is no lexicon.

    Examples
    --------
    >>> import discourse as ds
    >>> "sanctions" in ds.load_lexicon("foreign-policy").categories
    True
    """
    if not isinstance(source, (str, Path)):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"source must be the name of a lexicon or a path; got {type(source).__name__}."
        raise OptionError("source", msg)
    if kind is not None:
        check_option("kind", kind, get_args(Kind))
    path = Path(source).expanduser()
    if path.suffix == ".toml" and path.is_file():
        return _from_toml(path)
    kinds: tuple[Kind, ...] = get_args(Kind) if kind is None else (kind,)
    kind_of = {name: k for k in reversed(kinds) for name in seeds_.names(k, ".toml")}
    name = str(source)
    if name not in kind_of:
        listed = " or ".join(
            f"{', '.join(map(repr, seeds_.names(k, '.toml')))} ({k})" for k in kinds
        )
        msg = (
            f"no lexicon {name!r:.100}: give {listed}, the path of a .toml file, or a Lexicon."
            f"{did_you_mean(name, kind_of)}"
        )
        raise OptionError("lexicon", msg)
    return _seed(kind_of[name], name)


@cache
def _seed(kind: Kind, name: str, /) -> Lexicon:
    """Return a lexicon that comes with the library."""
    return _from_toml(seeds_.file(kind, name, ".toml"))


def _from_toml(path: Path, /) -> Lexicon:
    """Return the lexicon of one file."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        categories = {k: _patterns_of(table) for k, table in content["categories"].items()}
        return Lexicon(categories, content.get("ignore", ()), path.stem)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadError(str(path), f"is not TOML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        reason = (
            "needs a table [categories.NAME] for each category, with a list 'patterns' and "
            "nothing else than a 'description'; 'ignore' stands above the first of them."
        )
        raise ReadError(str(path), reason) from error
    except DiscourseError as error:
        raise ReadError(str(path), str(error)) from error


def _patterns_of(table: dict[str, Any], /) -> Any:
    """Return the patterns of a category; a list `ignore` below its heading would be lost."""
    for key in set(table) - {"patterns", "description"}:
        raise KeyError(key)
    return table["patterns"]


def as_lexicon(value: Lexicon | Mapping[str, Sequence[Entry]] | str | Path, /) -> Lexicon:
    """Return a lexicon from a Lexicon, a mapping of categories to patterns, a name or a path."""
    if isinstance(value, Lexicon):
        return value
    if isinstance(value, Mapping):
        return Lexicon(value)
    if isinstance(value, (str, Path)):  # pyright: ignore[reportUnnecessaryIsInstance]
        return load_lexicon(value)
    msg = (
        "lexicon must be a Lexicon, a mapping of categories to patterns, a name or a path; "
        f"got {type(value).__name__}."
    )
    raise OptionError("lexicon", msg)
