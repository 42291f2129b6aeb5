"""Matrices of counts for other programs: CSV, Matrix Market and Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from discourse import _parquet
from discourse._files import replacing
from discourse.corpus import write_csv
from discourse.dfm.exits import Exits
from discourse.errors import DiscourseError, OptionError, need


def arrow_stream(dfm: Exits, requested_schema: object, /) -> object:
    """Return a row for every count above 0 as a stream of Arrow."""
    pa = need("pyarrow", extra="formats")
    rows = np.repeat(np.arange(len(dfm.docs), dtype=np.int32), np.diff(dfm.counts.indptr))
    columns: dict[str, Any] = {
        "doc": pa.DictionaryArray.from_arrays(rows, _parquet.strings(dfm.docs)),
        "feature": pa.DictionaryArray.from_arrays(
            dfm.counts.indices.astype(np.int32, copy=False), _parquet.strings(dfm.features)
        ),
        "count": pa.array(dfm.counts.data),
    }
    return pa.table(columns).__arrow_c_stream__(requested_schema)


def to_csv(dfm: Exits, path: str | Path, /) -> None:
    """Write a dense table, whole or not at all."""
    write_csv(path, _rows(dfm))


def _rows(dfm: Exits, /) -> Iterator[Sequence[object]]:
    """Yield the cells of the table, of which only a row is held at a time."""
    yield "doc_id", *dfm.features
    counts = dfm.counts
    for row, name in enumerate(dfm.docs):
        cells = np.zeros(len(dfm.features), np.int64)
        own = slice(counts.indptr[row], counts.indptr[row + 1])
        cells[counts.indices[own]] = counts.data[own]
        yield name, *cells.tolist()


def to_matrix_market(dfm: Exits, path: str | Path, /) -> None:
    """Write the counts and their labels, each file whole or not at all."""
    from scipy.io import mmwrite

    file = Path(path).expanduser()
    if file.suffix != ".mtx":
        msg = f"path must end in '.mtx'; got {file.name!r}."
        raise OptionError("path", msg)
    labels = {"docs": _lines("docs", dfm.docs), "features": _lines("features", dfm.features)}
    with ExitStack() as stack:
        for name, lines in labels.items():
            stack.enter_context(replacing(file.with_suffix(f".{name}.txt"))).write_bytes(lines)
        with stack.enter_context(replacing(file)).open("wb") as matrix:
            mmwrite(matrix, dfm.counts, field="integer", symmetry="general")


def _lines(name: str, labels: Sequence[str], /) -> bytes:
    """Return labels as lines of UTF-8."""
    for label in labels:
        if "".join(label.splitlines()) != label:
            msg = f"{name} have a label with the end of a line in it, {label!r:.60}: rename it."
            raise DiscourseError(msg)
    try:
        return "".join(f"{label}\n" for label in labels).encode()
    except UnicodeEncodeError as error:
        odd = error.object[error.start]
        msg = f"{name} are written as UTF-8, which has no lone surrogate like {odd!r}."
        raise DiscourseError(msg) from error
