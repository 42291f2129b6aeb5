"""JSON files that are one value: a list of objects, or an object that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeGuard, cast

from discourse.corpus import Document
from discourse.errors import ReadError
from discourse.reading.files import File, Options, parse_json
from discourse.reading.libraries import shared
from discourse.reading.objects import reason_of
from discourse.reading.records import make_document


def read_array(file: File, options: Options, /) -> Iterator[Document]:
    """Yield a document for every object in a JSON file, which is read whole.

    They are the items of a list, or of the one list of objects within an object, or the values of
    an object, whose keys then name those without identifier; an object that has the field of the
    text is one document.
    """
    content = file.decode(options.encoding)
    if not content.strip():
        reason = "has no text."
        raise file.error(reason)
    try:
        value = parse_json(content)
    except ValueError as error:
        raise file.error(reason_of(error, lines=True)) from error
    records = _records(value, file, options)
    if not records:
        reason = (
            f"has no documents: it must be a list of objects, an object with one such list, or an "
            f"object of objects by identifier; got {_shape(value)}."
        )
        raise file.error(reason)
    for name, fields in shared(records, file, options.advance):
        try:
            yield _document(name, fields, file, options)
        except ReadError as error:
            options.fail(error)


def _document(name: str, fields: object, file: File, options: Options, /) -> Document:
    """Return the document of one object."""
    place = f"object {name!r:.100}"
    if not _is_object(fields):
        reason = f"must be a JSON object; got {type(fields).__name__}."
        raise file.error(reason, place)
    return make_document(fields, file, options, place=place, name=name)


def _records(value: object, file: File, options: Options, /) -> list[tuple[str, object]]:
    """Return the objects that stand for documents, and what to call those without identifier."""
    if isinstance(value, list):
        return _numbered(cast("list[object]", value), file)
    if not _is_object(value):
        return []
    if options.text in value:
        return [(file.name, value)]
    lists = [own for own in value.values() if _is_list_of_objects(own)]
    if len(lists) == 1:
        return _numbered(lists[0], file)
    return list(value.items()) if all(map(_is_object, value.values())) else []


def _numbered(items: list[object], file: File, /) -> list[tuple[str, object]]:
    """Return the items with the name of the file and their numbers."""
    return [(f"{file.name}.{number}", item) for number, item in enumerate(items, 1)]


def _is_object(value: object, /) -> TypeGuard[Mapping[str, object]]:
    """Tell whether a value is a JSON object."""
    return isinstance(value, dict)


def _is_list_of_objects(value: object, /) -> TypeGuard[list[object]]:
    """Tell whether a value is a list that begins with an object."""
    return isinstance(value, list) and _is_object(next(iter(cast("list[object]", value)), None))


def _shape(value: object, /) -> str:
    """Return what a JSON value is, for a message."""
    if _is_object(value):
        return "an object with the keys " + ", ".join(map(repr, [*value][:5])) if value else "{}"
    return "an empty list" if value == [] else f"one {type(value).__name__}"
