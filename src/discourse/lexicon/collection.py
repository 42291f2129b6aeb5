"""What a reader finds in the file of another program: categories, patterns, what is left out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, NoReturn, TypeAlias

from discourse.errors import DiscourseError, ReadError
from discourse.lexicon.categories import Lexicon
from discourse.lexicon.patterns import Entry, parse_pattern

OnError: TypeAlias = Literal["raise", "warn", "skip"]
_MOST_LISTED = 10
_SIGN = re.compile(r"[?:;=()\[\]{}<>^|\\@#$%~+]")  # wildcards, emoticons and rules elsewhere


class Node(NamedTuple):
    """A category, or a pattern in it: the names of the categories around, and the line."""

    around: tuple[str, ...]
    pattern: str | None
    line: int


class Collection:
    """The categories of one file while it is read.

    What makes the file unreadable raises at once; what makes an entry unusable is kept until the
    end, so that the message lists all such entries.
    """

    def __init__(self, path: Path, /) -> None:
        self.path = path
        self.categories: dict[str, dict[str, Entry]] = {}
        self.left_out: list[str] = []

    def fail(self, reason: str, line: int | None = None, /) -> NoReturn:
        """Raise `ReadError`: the file, or one of its lines, cannot be read."""
        raise ReadError(str(self.path), reason if line is None else f"line {line}: {reason}")

    def declare(self, category: str, line: int | None = None, /) -> None:
        """Begin a category."""
        if category in self.categories:
            reason = f"category {category!r} occurs twice: give one of the two another name."
            self.fail(reason, line)
        self.categories[category] = {}

    def add(self, category: str, entry: Entry, line: int | None = None, /) -> None:
        """Add a pattern to a category that was declared."""
        text = entry["pattern"] if isinstance(entry, Mapping) else entry
        sign = _SIGN.search(text) if isinstance(text, str) else None
        if sign:
            self.leave_out(f"{text!r}: {sign[0]!r} is no part of a word, and no wildcard", line)
            return
        try:
            pattern = parse_pattern(category, entry)
        except DiscourseError as error:
            self.leave_out(str(error).rstrip("."), line)
            return
        self.categories[category].setdefault(f"{pattern.parts} {pattern.case}", entry)

    def add_nodes(self, nodes: Sequence[Node], /) -> None:
        """Add categories and their patterns, and no category that holds only others."""
        outer = {node.around[:-1] for node in nodes}
        filled = {node.around for node in nodes if node.pattern is not None}
        for around, pattern, line in nodes:
            category = ".".join(around)
            if pattern is not None:
                self.add(category, pattern, line)
            elif around in filled or around not in outer:
                self.declare(category, line)

    def leave_out(self, reason: str, line: int | None = None, /) -> None:
        """Note an entry that patterns cannot express."""
        self.left_out.append(reason if line is None else f"line {line}: {reason}")

    def lexicon(self, on_error: OnError, /) -> Lexicon:
        """Return the lexicon, unless something had to be left out that must not be."""
        if self.left_out and on_error != "skip":
            self._complain(on_error)
        for category, entries in self.categories.items():
            if not entries:
                self.fail(f"category {category!r} has no pattern.")
        listed = {category: tuple(own.values()) for category, own in self.categories.items()}
        try:
            return Lexicon(listed, name=self.path.stem)
        except DiscourseError as error:
            self.fail(str(error))

    def _complain(self, on_error: OnError, /) -> None:
        """Raise, or warn, that entries cannot be used."""
        more = len(self.left_out) - _MOST_LISTED
        shown = [*self.left_out[:_MOST_LISTED], *([f"and {more} more"] if more > 0 else [])]
        listed = "\n  ".join(["", *shown])
        if on_error == "raise":
            reason = f"{len(self.left_out)} of its entries cannot be used:{listed}"
            self.fail(f"{reason}\nDelete them, or leave them out with on_error='warn'.")
        msg = f"{self.path}: left out {len(self.left_out)} entries:{listed}"
        warnings.warn(msg, stacklevel=5)  # the line that called load_lexicon
