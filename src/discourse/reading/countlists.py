"""Tables of counts: frequency lists of one document, and triplets of several."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from discourse.errors import did_you_mean
from discourse.reading.files import File, raise_it
from discourse.reading.tables import parse_table
from discourse.reading.tallies import Tally
from discourse.record import ReadOnly

COLUMNS: Mapping[str, Sequence[str]] = ReadOnly(  # as other programs call them too
    {
        "doc": ("doc", "doc_id", "document"),
        "word": ("word", "feature", "term"),
        "count": ("count", "frequency", "n"),
    }
)


def read_count_list(file: File, encoding: str, delimiter: str | None, /) -> Tally:
    """Return the counts of a table with the columns word and count, and doc if of several."""
    columns, rows = parse_table(file, encoding, raise_it, delimiter=delimiter)
    word, count = _place("word", columns, file), _place("count", columns, file)
    several = any(name in columns for name in COLUMNS["doc"])
    doc = _place("doc", columns, file) if several else None
    tally = Tally(file)
    has_words = doc is None or len(columns) == 3
    for _, line, cells in rows:
        name = file.name if doc is None else cells[doc]
        tally.add(name, cells[word], _number(cells[count]), line)
        has_words = has_words or not cells[word].isdecimal()
    if not has_words:
        reason = (
            f"all of {columns[word]!r} are numbers: it seems to have a column for each feature. "
            "Give it a row for each count (doc, feature, count), or save it as Matrix Market."
        )
        raise file.error(reason)
    return tally


def _place(kind: str, columns: Sequence[str], file: File, /) -> int:
    """Return which of the columns is of that kind."""
    found = [name for name in COLUMNS[kind] if name in columns]
    if len(found) == 1:
        return columns.index(found[0])
    if found:
        reason = f"has several columns of a {kind}: {', '.join(map(repr, found))}. Keep one."
        raise file.error(reason, 1)
    listed = ", ".join(map(repr, columns))
    reason = f"not a list of counts: it has no column {kind!r}; there are: {listed}."
    raise file.error(reason + did_you_mean(kind, columns), 1)


def _number(written: str, /) -> int | str:
    """Return the count that is written, or what is written if it is none."""
    return int(written) if re.fullmatch(r"[0-9]{1,16}", written) else written
