"""Corpora as Parquet: a row for each document, a column for each docvar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from discourse import _parquet
from discourse.corpus.corpora import Corpus
from discourse.corpus.documents import Document
from discourse.errors import ReadError, need

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
        corpus = _corpus(columns, facts["docvars"])
        same = corpus.digest == facts["digest"]
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ReadError(str(path), f"a part of the saved corpus is damaged: {error}.") from error
    if not same:
        raise ReadError(str(path), "the documents are not those that were saved.")
    return corpus


def _corpus(columns: Mapping[str, Any], known: list[list[str]], /) -> Corpus:
    """Return the corpus of these columns."""
    ids = _parquet.plain_strings(columns["id"])
    texts = _parquet.plain_strings(columns["text"])
    docvars = _parquet.docvars_of(columns, known)
    edges, lacking = (_lists(columns, name, len(ids)) for name in ("header", "lacking"))
    names = list(docvars)
    documents: list[Document] = []
    for row, (name, text) in enumerate(zip(ids, texts, strict=True)):
        without = {names[i] for i in lacking[row]}
        own = {key: column[row] for key, column in docvars.items() if key not in without}
        header = tuple(zip(edges[row][::2], edges[row][1::2], strict=True))
        documents.append(Document(name, text, own, header))
    return Corpus(tuple(documents))


def _lists(columns: Mapping[str, Any], name: str, length: int, /) -> list[list[int]]:
    """Return a column of lists; empty ones where it was not worth a column."""
    return columns[name].to_pylist() if name in columns else [[] for _ in range(length)]
