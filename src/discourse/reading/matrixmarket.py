"""Matrices of counts as Matrix Market has them: numbered entries, the names in files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from discourse.errors import repetition
from discourse.reading.files import File
from discourse.reading.tallies import Tally

if TYPE_CHECKING:
    import numpy.typing as npt

_HEADER = re.compile(
    r"%%MatrixMarket\s+matrix\s+coordinate\s+(integer|real|pattern)\s+general\s*", re.IGNORECASE
)
_WIDTH = 3  # of a line: row, column and count
_WHOLE = re.compile(r"[0-9]{1,16}")
_PLAIN = re.compile(r"(?:[0-9]{1,16} [0-9]{1,16} [0-9]{1,16}\r?\n)*")
_BATCH = 1 << 14  # lines


class _Line(NamedTuple):
    """A line that is neither blank nor a comment: its number and what it says."""

    number: int
    cells: list[str]

    def __str__(self) -> str:
        """Return the line for messages."""
        return repr(" ".join(self.cells)[:100])


def read_matrix(
    file: File, encoding: str, docs: Sequence[str], features: Sequence[str], /
) -> Tally:
    """Return the counts of a matrix whose rows are documents and whose columns are features."""
    lines = file.lines(encoding, newline="\n")
    header = next(lines, "")
    match = _HEADER.fullmatch(header)
    if not match:
        allowed = "'%%MatrixMarket matrix coordinate integer general' (or real, or pattern)"
        reason = f"must be {allowed}; got {header.rstrip()!r:.100}."
        raise file.error(reason, 1)
    sizes = next(_lines(lines, 2), _Line(2, []))
    expected = _check_sizes(sizes, [len(docs), len(features)], file)
    tally = Tally(file, docs, features)
    width = _WIDTH - 1 if match[1].lower() == "pattern" else _WIDTH
    found = 0
    for numbers, entries in _entries(lines, sizes.number + 1, width, file):
        _check_places(numbers, entries, [len(docs), len(features)], file)
        tally.extend(entries[:, 0] - 1, entries[:, 1] - 1, entries[:, 2], numbers)
        found += len(entries)
    if found != expected:
        reason = f"must have {expected:,} entries; it has {found:,}."
        raise file.error(reason)
    return tally


def _lines(lines: Iterator[str], first: int, /) -> Iterator[_Line]:
    """Yield the lines that are neither blank nor comments, numbered from the first."""
    for number, line in enumerate(lines, first):
        if line.strip() and not line.startswith("%"):
            yield _Line(number, line.split())


def _check_sizes(line: _Line, named: Sequence[int], file: File, /) -> int:
    """Return the number of entries from the line of sizes, which must be those of the names."""
    if len(line.cells) != _WIDTH or not all(_WHOLE.fullmatch(cell) for cell in line.cells):
        reason = f"must say how many rows, columns and entries there are; got {line}."
        raise file.error(reason, line.number)
    rows, columns, entries = map(int, line.cells)
    if [rows, columns] != named:
        turned = " It is transposed: rows must be documents." if [columns, rows] == named else ""
        names = f"{named[0]:,} documents and {named[1]:,} features are named"
        reason = f"has {rows:,} rows and {columns:,} columns, but {names}.{turned}"
        raise file.error(reason, line.number)
    return entries


def _entries(
    lines: Iterator[str], first: int, width: int, file: File, /
) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Yield numbers of lines and their entries, shape (n, 3), as many at a time as suits numpy."""
    while batch := list(islice(lines, _BATCH)):
        text = "".join(batch)
        if width == _WIDTH and _PLAIN.fullmatch(text):
            entries = np.fromstring(text, np.int64, sep=" ").reshape(-1, _WIDTH)
            yield np.arange(first, first + len(batch)), entries
        else:
            some = list(_lines(iter(batch), first))
            parsed = [_parse(line, width, file) for line in some]
            entries = np.array(parsed, np.int64).reshape(-1, _WIDTH)
            yield np.array([line.number for line in some], np.int64), entries
        first += len(batch)


def _parse(line: _Line, width: int, file: File, /) -> list[int]:
    """Return row, column and count of a line."""
    if len(line.cells) != width:
        reason = f"must have {width} numbers; got {line}."
        raise file.error(reason, line.number)
    if not all(_WHOLE.fullmatch(cell) for cell in line.cells[:2]):
        reason = f"row and column must be positive integers; got {line}."
        raise file.error(reason, line.number)
    row, column, *rest = line.cells
    return [int(row), int(column), _count(line, rest[0], file) if rest else 1]


def _count(line: _Line, cell: str, file: File, /) -> int:
    """Return the count that is written, which may be as 3.0 or 1e+05."""
    if _WHOLE.fullmatch(cell):
        return int(cell)
    try:
        number = float(cell.replace("_", "?"))
    except ValueError:
        number = float("nan")
    if not 0 <= number <= Tally.MOST or not number.is_integer():
        reason = f"a count must be {Tally.ALLOWED}; got {cell!r:.40}."
        raise file.error(reason, line.number)
    return int(number)


def _check_places(
    numbers: npt.NDArray[np.int64],
    entries: npt.NDArray[np.int64],
    sizes: Sequence[int],
    file: File,
    /,
) -> None:
    """Raise `ReadError` if a row or column is not among those of the matrix."""
    wrong = ((entries[:, :2] < 1) | (entries[:, :2] > sizes)).any(axis=1)
    if wrong.any():
        place = int(wrong.argmax())
        row, column, _ = entries[place].tolist()
        reason = f"there is no row {row:,} with column {column:,}: they are numbered from 1."
        raise file.error(reason, int(numbers[place]))


def read_names(file: File, encoding: str, /) -> list[str]:
    """Return the names in a file, one a line.

    Raises
    ------
    ReadError
        If there is none, or one is empty or repeated.
    """
    names = [line.rstrip("\r\n") for line in file.lines(encoding, newline="\n")]
    names = names[:-1] if names and not names[-1] else names
    if not names:
        reason = "has no names."
        raise file.error(reason)
    if "" in names:
        reason = "a name must not be empty."
        raise file.error(reason, names.index("") + 1)
    if problem := repetition("names", names):
        raise file.error(problem)
    return names
