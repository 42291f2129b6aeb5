"""From the text and fields that a format found to a document."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from discourse._text import Span
from discourse.corpus import ID_COLUMNS, Document
from discourse.errors import did_you_mean
from discourse.reading.docvars import typed
from discourse.reading.files import File, Options


def make_document(
    fields: Mapping[str, object],
    file: File,
    options: Options,
    /,
    *,
    place: int | str,
    name: str,
) -> Document:
    """Return the document of one row.

    Parameters
    ----------
    fields : mapping of str to object
        What is neither the text nor the identifier becomes a docvar.
    file, options
    place : int or str
        Where the row is, for messages: the line on which it starts, or in words.
    name : str
        The identifier if no field holds one.

    Raises
    ------
    ReadError
        If the text or the identifier is missing or not usable.
    """
    check_field("text", options.text, fields, file, place)
    text = fields[options.text]
    if text is None or (isinstance(text, str) and not text.strip()):
        reason = f"{options.text!r} has no text."
        raise file.error(reason, place)
    if not isinstance(text, str):
        reason = f"{options.text!r} must be a string; got {type(text).__name__}."
        raise file.error(reason, place)
    id_field = options.id or next((name for name in ID_COLUMNS if name in fields), None)
    if id_field is not None:
        check_field("id", id_field, fields, file, place)
        name = _identifier(fields[id_field], file, id_field, place)
    docvars = {k: v for k, v in fields.items() if k not in {options.text, id_field}}
    return build(file, options, text, docvars, name=name, place=place)


def build(
    file: File,
    options: Options,
    text: str,
    docvars: Mapping[str, object],
    /,
    *,
    name: str | None = None,
    header: tuple[Span, ...] = (),
    place: int | str | None = None,
) -> Document:
    """Return a document with typed docvars, those that the name of its file says among them.

    Raises
    ------
    ReadError
        If a docvar is not of the kind that was asked for, or is said twice.
    """
    for given in options.given:
        if given in docvars:
            where = "encoding='detect'" if given == "encoding" else "names=..."
            reason = (
                f"the docvar {given!r} is in the file too. Name it otherwise or leave out {where}."
            )
            raise file.error(reason, place)
    every = {**options.given, **docvars}
    for variable, kind in options.kinds.items():
        if variable in every:
            try:
                every[variable] = typed(every[variable], kind)
            except ValueError as error:
                reason = f"the docvar {variable!r} {error}. Leave it out of docvars=..."
                raise file.error(reason, place) from error
    return Document(file.name if name is None else name, text, every, header)


def _identifier(value: object, file: File, field: str, place: int | str, /) -> str:
    """Return the identifier that a field holds, as a string."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        reason = f"the identifier {field!r} must be a string or an integer; got {value!r:.60}."
        raise file.error(reason, place)
    return value


def check_field(
    option: str, name: str, names: Collection[str], file: File, place: int | str, /
) -> None:
    """Raise `ReadError` unless the field that an option names is there."""
    if name not in names:
        listed = ", ".join(map(repr, names)) or "none"
        hint = did_you_mean(name, names)
        reason = f"no field {name!r}; there are: {listed}.{hint} Pass {option}=..."
        raise file.error(reason, place)
