"""Documents of files, read one by one each time they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

from discourse import _html
from discourse.corpus import Document
from discourse.errors import ReadError, check_known, check_option
from discourse.reading.docvars import Kind, check_kinds
from discourse.reading.failures import Failures, OnError
from discourse.reading.filenames import NamePattern
from discourse.reading.files import File, Options, check_delimiter, check_encoding
from discourse.reading.formats import FORMATS, documents_of
from discourse.reading.identifiers import Identifiers
from discourse.reading.opening import Advance, ignore
from discourse.reading.sources import find_files


class DocumentStream:
    r"""Documents of files that are opened anew, and read one by one, in every loop.

    Attributes
    ----------
    files : tuple of File
        In the order in which they are read.
    left_out : Failures
        What the latest loop could not read: how many (``.n``) and the first errors (``.first``).

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import discourse as ds
    >>> from discourse.reading.streams import stream
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "talks.jsonl")
    ...     _ = file.write_text('{"id": "a", "text": "Peace."}\n{"id": "b", "text": "War."}\n')
    ...     documents = stream(file)
    ...     [document.id for document in documents], [document.text for document in documents]
    (['a', 'b'], ['Peace.', 'War.'])
    """

    __slots__ = ("_missing", "_names", "_on_error", "_options", "_source", "files", "left_out")

    def __init__(
        self,
        source: str | Path | Iterable[str | Path],
        /,
        *,
        encoding: str,
        text: str,
        id: str | None,  # noqa: A002 - the word for it everywhere else
        delimiter: str | None,
        docvars: Mapping[str, Kind | type] | None,
        names: str | None,
        on_error: OnError,
    ) -> None:
        check_option("on_error", on_error, get_args(OnError))
        check_encoding(encoding)
        check_delimiter(delimiter)
        self._source = str(source)[:100]
        self._on_error: OnError = on_error
        self._options = Options(encoding, text, id, delimiter, check_kinds(docvars))
        self._names = None if names is None else NamePattern(names)
        self._missing: list[ReadError] = []
        self.left_out = Failures(on_error)
        self.files = tuple(find_files(source, FORMATS, self._miss))

    def __iter__(self) -> Iterator[Document]:
        """Open the files and yield their documents."""
        return self.documents()

    def __repr__(self) -> str:
        """Return the sizes."""
        return f"DocumentStream({len(self.files):,} files, {self.n_bytes:,} bytes)"

    def _repr_html_(self) -> str:
        """Return the table that notebooks show: the first files, none of them opened."""
        rows = [(str(file), file.n_bytes) for file in self.files[: _html.ROWS]]
        details = {"bytes": self.n_bytes}
        columns = ["file", "bytes"]
        return _html.table("DocumentStream", (len(self.files), 0), columns, rows, details=details)

    @property
    def n_bytes(self) -> int:
        """Size of the files in bytes, as they are stored."""
        return sum(file.n_bytes for file in self.files)

    def documents(self, advance: Advance = ignore, /) -> Iterator[Document]:
        """Open the files and yield their documents.

        Parameters
        ----------
        advance : callable
            Told how many further bytes of the files, as they are stored, were read.

        Raises
        ------
        ReadError
            If a file or row cannot be read, or an identifier occurs again, and that shall be
            raised; if there was no document at all.
        OptionError
            At the end of a loop that left out nothing, if a docvar that shall be typed was in no
            document.
        """
        self.left_out = failures = Failures(self._on_error)
        for error in self._missing:
            failures.add(error)
        seen = Identifiers()
        untold, told = set(self._options.kinds), set[str]()
        for file in self.files:
            for document in self._read(file, failures, advance):
                if untold:
                    told |= document.docvars.keys()
                    untold -= told
                if seen.add(document.id):
                    yield document
                else:
                    reason = f"the identifier {document.id!r} occurs twice. Pass id=..."
                    failures.add(file.error(reason))
        failures.close(len(seen), self._source)
        if untold and not failures.n:
            check_known("docvar", min(untold), told)

    def part(self, file: File, advance: Advance, /) -> Iterator[Document]:
        """Yield the documents of one of the files."""
        return self._read(file, Failures(self._on_error), advance)

    def _read(self, file: File, failures: Failures, advance: Advance, /) -> Iterator[Document]:
        """Yield the documents of a file; what cannot be read is added to the failures."""
        try:
            options = replace(
                self._options, given=self._given(file), fail=failures.add, advance=advance
            )
            yield from documents_of(file, options)
        except ReadError as error:
            failures.add(error)

    def _given(self, file: File, /) -> dict[str, object]:
        """Return the docvars that the name of a file says."""
        if self._names is None:
            return {}
        try:
            return self._names.docvars(file.plain)
        except ValueError as error:
            reason = f"{error}. Pass another names=..., or on_error='skip'."
            raise file.error(reason) from error

    def _miss(self, error: ReadError, /) -> None:
        """Raise the error of a source that names no file, or keep it for every loop."""
        self.left_out.add(error)
        self._missing.append(error)


def stream(
    source: str | Path | Iterable[str | Path],
    /,
    *,
    encoding: str = "utf-8",
    text: str = "text",
    id: str | None = None,  # noqa: A002 - the word for it everywhere else
    delimiter: str | None = None,
    docvars: Mapping[str, Kind | type] | None = None,
    names: str | None = None,
    on_error: OnError = "raise",
) -> DocumentStream:
    r"""Return the documents in files, to be read one by one in memory that does not grow with them.

    Tables, speeches in TEI and files with a JSON object a line are read row by row, however large
    they are; a text file is one document and read whole. The stream can be looped over again, and
    `count` takes it.

    Parameters
    ----------
    source, encoding, text, id, delimiter, docvars, names
        As for `read`; the formats are the same.
    on_error : {"raise", "warn", "skip"}
        Whether a file or row that cannot be read ends a loop with an error, is left out and
        listed in one warning at its end, or is left out. What was left out is listed in the
        stream's `left_out` in any case.

    Returns
    -------
    DocumentStream

    Raises
    ------
    ReadError
        If a source names no file and `on_error` is "raise"; in a loop, if a file or row cannot be
        read, or nothing is left.
    OptionError
        If an option has a value that is not allowed.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "talks.csv")
    ...     _ = file.write_text("id,text\na,We agree.\nb,They do not.\n")
    ...     for document in stream(file):
    ...         print(document.id, document.text)
    a We agree.
    b They do not.
    """
    return DocumentStream(
        source,
        encoding=encoding,
        text=text,
        id=id,
        delimiter=delimiter,
        docvars=docvars,
        names=names,
        on_error=on_error,
    )
