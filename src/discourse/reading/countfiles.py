"""Count files: the counts of documents, with docvars, as one JSON object."""

from __future__ import annotations

from typing import cast

from discourse.errors import repetition
from discourse.reading.files import File, parse_json
from discourse.reading.tallies import Tally

_FORMAT, _VERSION = "discourse-counts", 1


def read_count_file(file: File, encoding: str, /) -> Tally:
    """Return the counts of a count file."""
    documents = _documents(file, encoding)
    tally = Tally(file)
    names: list[str] = []
    for number, document in enumerate(documents, 1):
        where = f"document {number}"
        fields = _object(document, where, file)
        name = fields.get("id")
        if not isinstance(name, str) or not name:
            reason = f'"id" must be a string that is not empty; got {name!r:.40}.'
            raise file.error(reason, where)
        names.append(name)
        docvars = _object(fields.get("docvars", {}), f'"docvars" of {where}', file)
        tally.add_doc(name, docvars)
        for feature, count in _object(fields.get("counts"), f'"counts" of {where}', file).items():
            tally.add(name, feature, count, where)
    if problem := repetition("document ids", names):
        raise file.error(problem)
    return tally


def _documents(file: File, encoding: str, /) -> list[object]:
    """Return the documents of a count file, which must be one."""
    text = file.decode(encoding)
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
    return cast("list[object]", documents)


def _object(value: object, where: str, file: File, /) -> dict[str, object]:
    """Return the value if it is a JSON object."""
    if not isinstance(value, dict):
        reason = f"{where} must be a JSON object; got {value!r:.40}."
        raise file.error(reason)
    return cast("dict[str, object]", value)
