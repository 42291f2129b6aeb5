"""Lexicons from TOML, JSON and YAML: tables of this library, and plain or nested categories."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from discourse.errors import DiscourseError, ReadError
from discourse.lexicon.categories import Lexicon
from discourse.lexicon.collection import Collection
from discourse.lexicon.patterns import Entry

_OWN = "__"  # quanteda's key for the patterns of a category that has categories in it
_DEEPEST = 100  # brackets in brackets
_MOST_PARTS = 1000  # of a key; the parser takes time and memory that grow as their square


def toml_tables(text: str, path: Path, /) -> Any:
    """Return the content of a TOML file."""
    if any(part.count(".") > _MOST_PARTS for part in re.split(r"[=\n]", text)):
        raise RecursionError
    try:
        return tomllib.loads(text)
    except ValueError as error:  # its own, or that of a number of thousands of digits
        raise ReadError(str(path), f"is not TOML: {error}") from error


def json_tables(text: str, path: Path, /) -> Any:
    """Return the content of a JSON file, in which no key may occur twice."""

    def unique(pairs: list[tuple[str, object]], /) -> dict[str, object]:
        table = dict(pairs)
        if len(table) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise ReadError(str(path), f"category {twice!r} occurs twice: rename one of the two.")
        return table

    try:
        return json.loads(text, object_pairs_hook=unique)
    except DiscourseError:
        raise
    except ValueError as error:  # its own, or that of a number of thousands of digits
        raise ReadError(str(path), f"is not JSON: {error}") from error


def yaml_tables(text: str, path: Path, /) -> Any:
    """Return the content of a YAML file, scalars as text, without building what tags name.

    "no", "on" and "1984" are words here. Anchors are refused, since a few lines of them can stand
    for any amount of text.
    """
    import yaml

    class Loader(yaml.SafeLoader):
        """Refuses brackets in brackets in ..., which take time that grows as their square."""

        def fetch_flow_collection_start(self, TokenClass: Any) -> None:  # noqa: N803
            if self.flow_level > _DEEPEST:
                raise RecursionError
            cast("Any", super()).fetch_flow_collection_start(TokenClass)

    try:
        root = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise ReadError(str(path), f"is not YAML: {error}") from error
    return _plain(root, path, set())


def _plain(node: Any, path: Path, seen: set[int], /) -> Any:
    """Return what a node of YAML holds; an empty scalar is None."""
    if node is None or node.id == "scalar":
        return (node.value or None) if node else None
    line = f"line {node.start_mark.line + 1}"
    if id(node) in seen:
        raise ReadError(str(path), f"{line}: aliases are not expanded; write the list out.")
    seen.add(id(node))
    if node.id == "sequence":
        return [_plain(item, path, seen) for item in node.value]
    table: dict[str, Any] = {}
    for key, value in node.value:
        name = _plain(key, path, seen)
        where = f"line {key.start_mark.line + 1}"
        if not isinstance(name, str):
            raise ReadError(str(path), f"{where}: a category must have a name.")
        if name in table:
            reason = f"{where}: category {name!r} occurs twice: rename one of the two."
            raise ReadError(str(path), reason)
        table[name] = _plain(value, path, seen)
    if table.get("case") in {"true", "false"}:
        table["case"] = table["case"] == "true"
    return table


def is_own(content: Any, /) -> bool:
    """Tell whether these are tables as this library writes them."""
    if not isinstance(content, dict):
        return False
    categories = cast("dict[str, object]", content).get("categories")
    if not isinstance(categories, dict) or not categories:
        return False
    tables = cast("dict[str, object]", categories).values()
    return all(isinstance(table, dict) and "patterns" in table for table in tables)


def own_lexicon(content: Any, path: Path, /) -> Lexicon:
    """Return the lexicon of tables as this library writes them."""
    try:
        categories = {name: _patterns_of(table) for name, table in content["categories"].items()}
        return Lexicon(categories, content.get("ignore", ()), path.stem)
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


def collect_tables(content: Any, found: Collection, /) -> None:
    """Collect categories that are lists of patterns, or hold other categories."""
    if not isinstance(content, dict) or not content:
        found.fail("must map categories to lists of patterns.")
    _collect(cast("dict[str, Any]", content), (), found)


def _collect(content: Mapping[str, Any], around: tuple[str, ...], found: Collection, /) -> None:
    """Collect the categories of a mapping within the categories `around` it."""
    for key, value in content.items():
        names = around if key == _OWN and around else (*around, key)
        category = ".".join(names)
        items = cast("Sequence[Any]", value) if isinstance(value, list) else [value]
        if not items or not all(map(_is_outer, items)):
            found.declare(category)
        for item in items:
            if _is_outer(item):
                _collect(item, names, found)
            elif isinstance(item, (str, dict)) and item:
                found.add(category, cast("Entry", item))
            elif item is not None:
                found.fail(f"category {category!r}: {item!r:.60} is no pattern.")


def _is_outer(item: Any, /) -> bool:
    """Tell whether an item of a category holds categories itself."""
    return isinstance(item, dict) and item != {} and "pattern" not in item
