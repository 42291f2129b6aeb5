"""From a row of a table or a JSON object to a document."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from discourse.corpus import ID_COLUMNS, Document
from discourse.errors import did_you_mean
from discourse.reading.files import File, Options


def make_document(
    fields: Mapping[str, object], file: File, options: Options, /, *, line: int, number: int
) -> Document:
    """Return the document of one row.

    Parameters
    ----------
    fields : mapping of str to object
        What is neither the text nor the identifier becomes a docvar.
    file, options
    line : int
        Where the row starts, for messages.
    number : int
        Of the row among those of the file; makes the identifier if no field does.

    Raises
    ------
    ReadError
        If the text or the identifier is missing or not usable.
    """
    check_field("text", options.text, fields, file, line)
    text = fields[options.text]
    if text is None or (isinstance(text, str) and not text.strip()):
        reason = f"{options.text!r} has no text."
        raise file.error(reason, line)
    if not isinstance(text, str):
        reason = f"{options.text!r} must be a string; got {type(text).__name__}."
        raise file.error(reason, line)
    id_field = options.id or next((name for name in ID_COLUMNS if name in fields), None)
    name = f"{file.name}.{number}"
    if id_field is not None:
        check_field("id", id_field, fields, file, line)
        name = _identifier(fields[id_field], file, id_field, line)
    docvars = {k: v for k, v in fields.items() if k not in {options.text, id_field}}
    return Document(name, text, docvars)


def _identifier(value: object, file: File, field: str, line: int, /) -> str:
    """Return the identifier that a field holds, as a string."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        reason = f"the identifier {field!r} must be a string or an integer; got {value!r:.60}."
        raise file.error(reason, line)
    return value


def check_field(option: str, name: str, names: Collection[str], file: File, line: int, /) -> None:
    """Raise `ReadError` unless the field that an option names is there."""
    if name not in names:
        listed = ", ".join(map(repr, names)) or "none"
        hint = did_you_mean(name, names)
        reason = f"no field {name!r}; there are: {listed}.{hint} Pass {option}=..."
        raise file.error(reason, line)
