"""From files to a corpus, whatever their formats, with every failure named."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from discourse.corpus import Corpus, Document
from discourse.errors import ReadError, check_option
from discourse.reading.files import File, Options, check_encoding
from discourse.reading.objects import read_objects
from discourse.reading.plain import read_plain
from discourse.reading.sources import find_files
from discourse.reading.tables import read_table
from discourse.record import ReadOnly

OnError: TypeAlias = Literal["raise", "warn", "skip"]
Format: TypeAlias = Callable[[File, Options], Iterator[Document]]

FORMATS: Mapping[str, Format] = ReadOnly(
    {
        ".txt": read_plain,
        ".md": read_plain,
        ".csv": read_table,
        ".jsonl": read_objects,
        ".ndjson": read_objects,
    }
)
_MOST_LISTED = 10


def read(
    source: str | Path | Iterable[str | Path],
    /,
    *,
    encoding: str = "utf-8",
    text: str = "text",
    id: str | None = None,  # noqa: A002 - the word for it everywhere else
    on_error: OnError = "raise",
) -> Corpus:
    r"""Return the corpus of the documents in files.

    Parameters
    ----------
    source : str, path, or iterable of these
        A file; a folder, of which the visible files of known formats are read, sorted by name,
        without its subfolders; or a pattern with ``*``, ``?``, ``[]`` or ``**``. A file that is
        named twice is read once.
    encoding : str
        Of all files. A byte order mark is not part of the text: offsets start after it.
    text : str
        Column (.csv) or field (.jsonl, .ndjson) that holds the text.
    id : str, optional
        Column or field that names the documents; by default ``id`` or ``doc_id`` if there is one,
        else the file's name and the number of the row ("speeches.1").
    on_error : {"raise", "warn", "skip"}
        Whether a file or row that cannot be read is an error, is left out and listed in one
        warning, or is left out.

    Returns
    -------
    Corpus
        A text file (.txt, .md) is one document, named by the file without suffix, or by the
        shortest end of its path that is unique. Its text is that of the file, line ends included.
        Lines that name title, author, source and date at the top of a saved article become
        docvars and the document's header; a date is a `datetime.date` if written as 2020-09-04,
        4 September 2020 or September 4, 2020, else a string. The other columns of a table become
        docvars, as strings, or None where a cell is empty; the other fields of a JSON object,
        as they are.

    Raises
    ------
    ReadError
        If a file or row cannot be read and `on_error` is "raise", or nothing is left.
    OptionError
        If an option has a value that is not allowed.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import discourse as ds
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "speech.txt")
    ...     _ = file.write_text("Title: On Peace\nDate: 2020-09-04\n\nWe agree.")
    ...     document = ds.read(file)["speech"]
    >>> document.docvars["title"], document.text[-9:]
    ('On Peace', 'We agree.')
    """
    check_option("on_error", on_error, get_args(OnError))
    check_encoding(encoding)
    failures: list[ReadError] = []

    def fail(error: ReadError) -> None:
        if on_error == "raise":
            raise error
        failures.append(error)

    documents: dict[str, Document] = {}
    options = Options(encoding, text, id, fail)
    for file in find_files(source, FORMATS, fail):
        try:
            for document in _documents(file, options):
                if document.id in documents:
                    fail(file.error(f"the identifier {document.id!r} occurs twice. Pass id=..."))
                else:
                    documents[document.id] = document
        except ReadError as error:
            fail(error)
    if not documents:
        reason = f"nothing could be read: {_listed(failures)}"
        raise ReadError(str(source)[:100], reason)
    if failures and on_error == "warn":
        msg = f"read {len(documents)} document(s), left out {len(failures)}: {_listed(failures)}"
        warnings.warn(msg, stacklevel=2)
    return Corpus(tuple(documents.values()))


def _documents(file: File, options: Options, /) -> Iterator[Document]:
    """Return the documents of a file, by the format that its suffix stands for."""
    suffix = file.path.suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        reason = f"files that end in {suffix!r} cannot be read; those in {known} can."
        raise file.error(reason)
    return FORMATS[suffix](file, options)


def _listed(failures: list[ReadError], /) -> str:
    """Return the messages of the failures, a line each."""
    more = len(failures) - _MOST_LISTED
    rest = [f"and {more} more"] if more > 0 else []
    return "\n  ".join(["", *map(str, failures[:_MOST_LISTED]), *rest])
