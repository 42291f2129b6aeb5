"""From files of counts to a document-feature matrix."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np

from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import OptionError, ReadError, did_you_mean, repetition
from discourse.reading.files import File, parse_json
from discourse.reading.tables import parse_table
from discourse.record import ReadOnly, Record, digest

_FORMAT, _VERSION = "discourse-counts", 1
_MOST = 2**53  # a sum of counts stays an exact float


class _Row(NamedTuple):
    """One document of a count file."""

    id: str
    docvars: Mapping[str, object]
    counts: Mapping[str, int]


def read_counts(path: str | Path, /) -> DocumentFeatureMatrix:
    r"""Return the document-feature matrix of a file of counts.

    Parameters
    ----------
    path : str or path
        A frequency list (.csv) with the columns ``word`` and ``count``, which is one document
        named by the file; or a count file (.json), an object with ``"format":
        "discourse-counts"``, ``"version": 1`` and ``"documents"``, a list of objects with an
        ``"id"``, ``"docvars"`` (an object; may be absent) and ``"counts"`` (of features).

    Returns
    -------
    DocumentFeatureMatrix
        Features as they stand in the file: nothing is folded.

    Raises
    ------
    ReadError
        If the file is not of these forms, a count is negative or not an integer, or a document,
        key or word is repeated.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import discourse as ds
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "speech.csv")
    ...     _ = file.write_text("word,count\npeace,3\nwar,1\n")
    ...     dfm = ds.read_counts(file)
    >>> dfm.docs, dfm.features, dfm.counts.toarray().tolist()
    (('speech',), ('peace', 'war'), [[3, 1]])
    """
    if not isinstance(path, (str, Path)):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"path must be a str or a path; got {type(path).__name__}."
        raise OptionError("path", msg)
    file = File(Path(path).expanduser(), Path(path).stem)
    suffix = file.path.suffix.lower()
    if suffix not in _FORMS:
        known = " and ".join(_FORMS)
        reason = f"counts are read from {known} files; this one ends in {suffix!r}."
        raise file.error(reason)
    return _matrix(_FORMS[suffix](file), file)


def _matrix(rows: list[_Row], file: File, /) -> DocumentFeatureMatrix:
    """Return the matrix of these rows."""
    from scipy.sparse import csr_array

    features = sorted({feature for row in rows for feature in row.counts})
    number = {feature: i for i, feature in enumerate(features)}
    columns = [number[feature] for row in rows for feature in row.counts]
    counts = csr_array(
        (
            np.array([n for row in rows for n in row.counts.values()], np.int64),
            np.array(columns, np.int64),
            np.cumsum([0, *(len(row.counts) for row in rows)]),
        ),
        shape=(len(rows), len(features)),
    )
    names = dict.fromkeys(name for row in rows for name in row.docvars)
    docvars = {name: tuple(row.docvars.get(name) for row in rows) for name in names}
    record = Record(
        "read_counts",
        ReadOnly({"file": file.path.name}),
        ReadOnly({"counts": digest([file.decode("utf-8")])}),
        recompute=read_counts,
    )
    docs = tuple(row.id for row in rows)
    return DocumentFeatureMatrix(counts, tuple(features), docs, ReadOnly(docvars), record)


def _raise(error: ReadError, /) -> None:
    raise error


def _frequency_list(file: File, /) -> list[_Row]:
    """Return the one document of a table of words and counts."""
    columns, rows = parse_table(file, "utf-8", _raise)
    for name in ("word", "count"):
        if name not in columns:
            listed = ", ".join(map(repr, columns))
            reason = f"not a frequency list: it has no column {name!r}; there are: {listed}."
            raise file.error(reason + did_you_mean(name, columns), 1)
    counts: dict[str, int] = {}
    for _, line, cells in rows:
        word, written = cells[columns.index("word")], cells[columns.index("count")]
        if word in counts:
            reason = f"the word {word!r} is repeated."
            raise file.error(reason, line)
        count = int(written) if re.fullmatch(r"[0-9]{1,16}", written) else written
        counts[word] = _count(word, count, file, f"line {line}")
    return [_Row(file.name, {}, counts)]


def _count(feature: str, count: object, file: File, where: str, /) -> int:
    """Return the count of a feature, checked."""
    if not feature:
        reason = f"{where}: a feature must not be empty."
        raise file.error(reason)
    if type(count) is not int or not 0 <= count <= _MOST:
        allowed = "an integer from 0 to 2**53"
        reason = f"{where}: the count of {feature!r} must be {allowed}; got {count!r:.40}."
        raise file.error(reason)
    return count


def _count_file(file: File, /) -> list[_Row]:
    """Return the documents of a count file."""
    text = file.decode("utf-8")
    try:
        content = parse_json(text)
    except ValueError as error:
        reason = f"not JSON: {error}."
        raise file.error(reason) from error
    found = _object(content, "the file", file)
    if found.get("format") != _FORMAT:
        reason = f'not a count file: "format" must be {_FORMAT!r}; got {found.get("format")!r:.40}.'
        raise file.error(reason)
    if found.get("version") != _VERSION:
        reason = f'"version" must be {_VERSION}; got {found.get("version")!r:.40}.'
        raise file.error(reason)
    documents = found.get("documents")
    if not isinstance(documents, list) or not documents:
        reason = '"documents" must be a list that is not empty.'
        raise file.error(reason)
    rows = [
        _row(document, i, file) for i, document in enumerate(cast("list[object]", documents), 1)
    ]
    if problem := repetition("document ids", (row.id for row in rows)):
        raise file.error(problem)
    return rows


def _row(document: object, number: int, file: File, /) -> _Row:
    """Return one document of a count file, checked."""
    where = f"document {number}"
    fields = _object(document, where, file)
    name = fields.get("id")
    if not isinstance(name, str) or not name:
        reason = f'{where}: "id" must be a string that is not empty; got {name!r:.40}.'
        raise file.error(reason)
    docvars = _object(fields.get("docvars", {}), f'"docvars" of {where}', file)
    counts = _object(fields.get("counts"), f'"counts" of {where}', file)
    return _Row(name, docvars, {f: _count(f, n, file, where) for f, n in counts.items()})


def _object(value: object, where: str, file: File, /) -> dict[str, object]:
    """Return the value if it is a JSON object."""
    if not isinstance(value, dict):
        reason = f"{where} must be a JSON object; got {value!r:.40}."
        raise file.error(reason)
    return cast("dict[str, object]", value)


_FORMS: Mapping[str, Callable[[File], list[_Row]]] = ReadOnly(
    {".csv": _frequency_list, ".json": _count_file}
)
