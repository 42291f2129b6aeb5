"""Corpora for other programs: tables of pandas, Arrow and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse import _parquet
from discourse._files import replacing
from discourse.corpus.corpora import Corpus
from discourse.errors import DiscourseError, need

if TYPE_CHECKING:
    import pandas as pd


def to_frame(corpus: Corpus, /) -> pd.DataFrame:
    """Return a table with a document a row."""
    import pandas as pd

    return pd.DataFrame(_columns(corpus, "id"))


def arrow_stream(corpus: Corpus, requested_schema: object, /) -> object:
    """Return the table with a document a row as a stream of Arrow."""
    pa = need("pyarrow", extra="formats")
    columns: dict[str, Any] = {
        name: _parquet.docvar_column(name, values)[0]
        for name, values in _columns(corpus, "id").items()
    }
    return pa.table(columns).__arrow_c_stream__(requested_schema)


def to_csv(corpus: Corpus, path: str | Path, /) -> None:
    """Write the table with a document a row as CSV, whole or not at all."""
    columns = _columns(corpus, "doc_id")
    write_csv(path, [columns, *zip(*columns.values(), strict=True)])


def write_csv(path: str | Path, rows: Iterable[Iterable[object]], /) -> None:
    """Write rows as CSV, whole or not at all; lines end as RFC 4180 says.

    Raises
    ------
    DiscourseError
        If a cell cannot be written as UTF-8.
    """
    try:
        with replacing(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as f:
            csv.writer(f).writerows(rows)
    except UnicodeEncodeError as error:
        odd = error.object[error.start]
        msg = f"{str(path)!r} is written as UTF-8, which has no lone surrogate like {odd!r}."
        raise DiscourseError(msg) from error


def _columns(corpus: Corpus, id_column: str, /) -> dict[str, tuple[object, ...]]:
    """Return identifiers, texts and docvars by name."""
    own: dict[str, tuple[object, ...]] = {id_column: corpus.ids, "text": corpus.texts}
    docvars = corpus.docvars
    for name in own:
        if name in docvars:
            msg = f"docvar {name!r} has the name of another column: give it another one first."
            raise DiscourseError(msg)
    return {**own, **docvars}
