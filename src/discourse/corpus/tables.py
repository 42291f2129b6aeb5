"""A corpus from whatever stands for one: lists, data frames, Arrow tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from discourse.corpus.columns import refuse_string, table_columns
from discourse.corpus.corpora import Corpus
from discourse.corpus.documents import Document, is_missing
from discourse.errors import DiscourseError, OptionError, check_known

ID_COLUMNS = ("id", "doc_id")  # what names the documents of a table, the first that is there


def as_corpus(value: Any, /, name: str = "corpus") -> Corpus:
    """Return a corpus from whatever stands for one.

    Parameters
    ----------
    value : Corpus, Document, sequence of str or Document, data frame or Arrow data
        A data frame (pandas, polars) or whatever gives a table by ``__arrow_c_stream__`` (a table
        or reader of pyarrow, a relation of DuckDB) needs a column ``text``; a column ``id``, or
        else ``doc_id``, names the documents, every other column becomes a docvar.

    Raises
    ------
    OptionError
        If it is a single string, or nothing that holds texts.
    DiscourseError
        If there is no document in it.
    """
    corpus = _convert(value, name)
    if not len(corpus):
        msg = f"{name} is empty: there is no document to work on."
        raise DiscourseError(msg)
    return corpus


def _convert(value: Any, name: str, /) -> Corpus:
    refuse_string(name, value)
    if isinstance(value, Corpus):
        return value
    if isinstance(value, Document):
        return Corpus((value,))
    if isinstance(value, Path):
        msg = f"{name} is a path: read it first, discourse.read({str(value)!r:.100})."
        raise OptionError(name, msg)
    columns = table_columns(value)
    if columns is not None:
        return _from_columns(columns)
    if not hasattr(value, "__iter__") or issubclass(type(value), Mapping):
        msg = (
            f"{name} must be a Corpus, a list of str or of Document, or a data frame with a "
            f"column 'text'; got {type(value).__name__}."
        )
        raise OptionError(name, msg)
    items = list(value)
    if items and all(isinstance(item, Document) for item in items):
        return Corpus(tuple(items))
    return Corpus.from_texts(items)


def _from_columns(columns: Mapping[str, list[Any]], /) -> Corpus:
    """Return the rows of a table with a column of texts."""
    check_known("column", "text", columns)
    id_column = next((name for name in ID_COLUMNS if name in columns), None)
    for name in ("text", id_column):
        for row, value in enumerate(columns[name] if name else (), 1):
            if is_missing(value):
                msg = f"column {name!r} has no value in row {row} of the table: leave the row out."
                raise OptionError(name or "text", msg)
    ids = None if id_column is None else [str(value) for value in columns[id_column]]
    docvars = {name: own for name, own in columns.items() if name not in {"text", id_column}}
    return Corpus.from_texts(columns["text"], ids=ids, docvars=docvars)
