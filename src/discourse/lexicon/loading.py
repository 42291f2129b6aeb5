"""Lexicons from files and from those that come with the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from discourse import seeds_
from discourse.errors import OptionError, ReadError, check_option, did_you_mean
from discourse.lexicon.categories import Lexicon
from discourse.lexicon.collection import Collection, OnError
from discourse.lexicon.lines import collect_lexicoder, collect_liwc, collect_wordstat
from discourse.lexicon.nodes import collect_nodes
from discourse.lexicon.patterns import Entry
from discourse.lexicon.tables import (
    collect_tables,
    is_own,
    json_tables,
    own_lexicon,
    toml_tables,
    yaml_tables,
)

Kind: TypeAlias = Literal["targets", "markers"]

_TABLES: dict[str, Callable[[str, Path], Any]] = {
    ".toml": toml_tables,
    ".json": json_tables,
    ".yaml": yaml_tables,
    ".yml": yaml_tables,
}
_LINES: dict[str, Callable[[str, Collection], None]] = {
    ".dic": collect_liwc,
    ".cat": collect_wordstat,
    ".lc3": collect_lexicoder,
}
_NODES = (".lcd", ".ykd")
SUFFIXES = (*_TABLES, *_LINES, *_NODES)


def load_lexicon(
    source: str | Path, /, *, kind: Kind | None = None, on_error: OnError = "raise"
) -> Lexicon:
    """Return a lexicon from a file, or one that comes with the library.

    The format follows from the end of the file's name:

    * ``.toml``: a table ``[categories.NAME]`` with a list `patterns` for each category, `ignore`
      above them. ``.json`` and ``.yaml`` (``.yml``) hold the same tables;
    * or categories as plain lists, ``{"peace": ["peace*", "cease fire"]}``, which may hold other
      categories, as in dictionaries of quanteda;
    * ``.dic``: LIWC; a word counts for each category whose number stands beside it;
    * ``.lcd``, ``.lc3``: Lexicoder; ``.ykd``: Yoshikoder; ``.cat``: WordStat.

    A category within another is named by both, "economy.taxes", and the outer one keeps only the
    patterns that stand in it directly. Where patterns overlap the longest wins, whatever the
    program does that a file was made for.

    Parameters
    ----------
    source : str or Path
        "foreign-policy" (targets), "english" (markers), or the path of a file in UTF-8.
    kind : {"targets", "markers"}, optional
        Which of the lexicons that come with the library a name refers to; by default the targets,
        then the markers.
    on_error : {"raise", "warn", "skip"}
        What to do with entries of other programs that patterns cannot express: conditions
        ("kind (of)"), rules, weights other than 1, question marks for one letter, emoticons and
        other signs. "warn" and "skip" leave them out.

    Raises
    ------
    OptionError
        If it is neither a known name nor a file.
    ReadError
        If the file is no lexicon, or has such entries and `on_error` is "raise".

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
    check_option("on_error", on_error, get_args(OnError))
    path = Path(source).expanduser()
    if path.suffix.lower() in SUFFIXES and path.is_file():
        return _from_file(path, on_error)
    kinds: tuple[Kind, ...] = get_args(Kind) if kind is None else (kind,)
    kind_of = {name: k for k in reversed(kinds) for name in seeds_.names(k, ".toml")}
    name = str(source)
    if name not in kind_of:
        listed = " or ".join(
            f"{', '.join(map(repr, seeds_.names(k, '.toml')))} ({k})" for k in kinds
        )
        msg = (
            f"no lexicon {name!r:.100}: give {listed}, the path of a file that ends in "
            f"{', '.join(SUFFIXES)}, or a Lexicon.{did_you_mean(name, kind_of)}"
        )
        raise OptionError("lexicon", msg)
    return _seed(kind_of[name], name)


@cache
def _seed(kind: Kind, name: str, /) -> Lexicon:
    """Return a lexicon that comes with the library."""
    return _from_file(seeds_.file(kind, name, ".toml"), "raise")


def _from_file(path: Path, on_error: OnError, /) -> Lexicon:
    """Return the lexicon of one file."""
    suffix, found = path.suffix.lower(), Collection(path)
    try:
        if suffix in _NODES:
            collect_nodes(path.read_bytes(), found)
        elif suffix in _LINES:
            _LINES[suffix](_text(path), found)
        else:
            content = _TABLES[suffix](_text(path), path)
            if suffix == ".toml" or is_own(content):
                return own_lexicon(content, path)
            collect_tables(content, found)
    except RecursionError:
        found.fail("is nested too deeply.")
    return found.lexicon(on_error)


def _text(path: Path, /) -> str:
    """Return the text of a file, a byte order mark left out."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"line {line}: byte {error.start} is not UTF-8. Save the file as UTF-8."
        raise ReadError(str(path), reason) from error


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
