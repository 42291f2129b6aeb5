"""Files with one JSON object a line: one document each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

from discourse.corpus import Document
from discourse.errors import ReadError
from discourse.reading.files import File, Options, parse_json
from discourse.reading.records import make_document


def read_objects(file: File, options: Options, /) -> Iterator[Document]:
    """Yield a document for every line of a file of JSON objects."""
    number = 0
    lines = file.lines(options.encoding, options.advance, newline="\n")  # U+2028 stays in a string
    for line, content in enumerate(lines, 1):
        if not content.strip():
            continue
        number += 1
        try:
            fields = _parse(content.removesuffix("\n"), file, line)
            yield make_document(fields, file, options, place=line, name=f"{file.name}.{number}")
        except ReadError as error:
            options.fail(error)
    if not number:
        reason = "has no text."
        raise file.error(reason)


def _parse(content: str, file: File, line: int, /) -> dict[str, object]:
    """Return the object of one line."""
    try:
        value = parse_json(content)
    except ValueError as error:
        raise file.error(reason_of(error), line) from error
    if not isinstance(value, dict):
        reason = f"must be a JSON object; got {type(value).__name__}."
        raise file.error(reason, line)
    return cast("dict[str, object]", value)


def reason_of(error: ValueError, /, *, lines: bool = False) -> str:
    """Return why a text is no JSON, with the column or, if asked for, line and column."""
    said: object = error
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno}, " if lines else ""
        said = f"{error.msg} at {line}column {error.colno}"
    return f"not JSON: {said}."
