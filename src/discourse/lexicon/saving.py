"""Lexicons as text: TOML that a person edits, or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from discourse._files import replacing
from discourse.errors import OptionError
from discourse.lexicon.categories import Lexicon
from discourse.lexicon.patterns import Entry

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def save(lexicon: Lexicon, path: str | Path, /) -> None:
    """Write a lexicon as TOML or JSON, whole or not at all."""
    file = Path(path).expanduser()
    writers = {".toml": _toml, ".json": _json}
    if file.suffix.lower() not in writers:
        msg = f"path must end in {' or '.join(map(repr, writers))}; got {file.name!r}."
        raise OptionError("path", msg)
    text = writers[file.suffix.lower()](lexicon)
    with replacing(file) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def _json(lexicon: Lexicon, /) -> str:
    return json.dumps(lexicon.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _toml(lexicon: Lexicon, /) -> str:
    blocks = [f"ignore = {_list(lexicon.ignore)}\n"] if lexicon.ignore else []
    for name, entries in lexicon.categories.items():
        key = name if _BARE.fullmatch(name) else _string(name)
        blocks.append(f"[categories.{key}]\npatterns = {_list(entries)}\n")
    return "\n".join(blocks)


def _list(entries: Sequence[Entry], /) -> str:
    """Return the patterns as a list, one a line."""
    return "\n    ".join(["[", *(f"{_value(entry)}," for entry in entries)]) + "\n]"


def _value(entry: Entry, /) -> str:
    """Return a pattern as TOML."""
    if not isinstance(entry, Mapping):
        return _string(entry)
    case = str(entry.get("case", False)).lower()
    return f"{{ pattern = {_string(str(entry['pattern']))}, case = {case} }}"


def _string(text: str, /) -> str:
    """Return a string as TOML; of the escapes JSON lacks one."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
