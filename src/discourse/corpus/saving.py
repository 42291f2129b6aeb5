"""Corpora as Parquet: a row for each document, a column for each docvar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from discourse import _parquet
from discourse.corpus.corpora import Corpus
from discourse.corpus.documents import Document
from discourse.errors import DiscourseError, ReadError, need

_KIND = "Corpus"
_OWN = ("id", "text", "header", "lacking")


def save(corpus: Corpus, path: str | Path, /) -> None:
    """Write a corpus, whole or not at all."""
    pa = need("pyarrow", extra="formats")
    docvars, known = _parquet.docvar_columns(corpus.docvars, _OWN)
    names = [name for name, *_ in known]
    edges = [[edge for span in document.header for edge in span] for document in corpus]
    lacking = [[i for i, name in enumerate(names) if name not in d.docvars] for d in corpus]
    columns = {
        "id": _parquet.strings(corpus.ids),
        "text": _parquet.strings(corpus.texts),
        **docvars,
        "header": pa.array(edges, pa.list_(pa.int64())),
        "lacking": pa.array(lacking, pa.list_(pa.int32())),
    }
    for name in ("header", "lacking"):
        if not any(map(len, edges if name == "header" else lacking)):
            del columns[name]
    _parquet.write(path, _KIND, columns, {"digest": corpus.digest, "docvars": known})


def load(path: str | Path, /) -> Corpus:
    """Return the corpus that was saved."""
    columns, facts = _parquet.read(path, _KIND)
    try:
        rows = zip(*(column.to_pylist() for column in columns.values()), strict=True)
        restored = partial(_document, facts["docvars"])
        corpus = Corpus(tuple(restored(dict(zip(columns, row, strict=True))) for row in rows))
        same = corpus.digest == facts["digest"]
    except (AttributeError, DiscourseError, LookupError, TypeError, ValueError) as error:
        raise ReadError(str(path), f"a part of the saved corpus is damaged: {error}.") from error
    if not same:
        raise ReadError(str(path), "the documents are not those that were saved.")
    return corpus


def row_reader(
    name: str, metadata: Mapping[bytes, bytes] | None, /
) -> Callable[[Mapping[str, Any]], Document] | None:
    """Return what makes documents of the rows of a saved corpus, None if it is another table.

    Parameters
    ----------
    name : str
        Of the file, for messages.
    metadata : mapping or None
        Of the Arrow schema.

    Raises
    ------
    ReadError
        If the metadata are damaged.
    """
    if not _parquet.holds(_KIND, metadata):
        return None
    return partial(_document, _parquet.facts_of(name, metadata)["docvars"])


def _document(known: Sequence[Sequence[str]], fields: Mapping[str, Any], /) -> Document:
    """Return the document of a row."""
    lacking = fields.get("lacking") or ()
    docvars = {
        name: _parquet.docvar_value(fields[column], kind)
        for i, (name, column, kind) in enumerate(known)
        if i not in lacking
    }
    edges = fields.get("header") or ()
    header = tuple(zip(edges[::2], edges[1::2], strict=True))
    name, text = (_parquet.plain_string(fields[column]) for column in ("id", "text"))
    return Document(name, text, docvars, header)
