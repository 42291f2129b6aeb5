"""Files and standard input become a corpus."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from discourse.cli import progress
from discourse.cli.streams import STDIN

if TYPE_CHECKING:
    from discourse.corpus import Corpus, Document
    from discourse.reading import DocumentStream
    from discourse.reading.failures import OnError

PANEL = "Reading"


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read."""

    encoding: Annotated[
        str,
        typer.Option(
            help="Of all files and standard input; detect guesses it.",
            metavar="NAME",
            rich_help_panel=PANEL,
        ),
    ] = "utf-8"
    text: Annotated[
        str,
        typer.Option(
            help="Column or field of the text, in tables and JSON.",
            metavar="COLUMN",
            rich_help_panel=PANEL,
        ),
    ] = "text"
    id: Annotated[
        str | None,
        typer.Option(
            help="Column or field that names the documents.",
            metavar="COLUMN",
            rich_help_panel=PANEL,
        ),
    ] = None
    delimiter: Annotated[
        str | None,
        typer.Option(help="What ends the cells of a table.", metavar="CHAR", rich_help_panel=PANEL),
    ] = None
    names: Annotated[
        str | None,
        typer.Option(
            help='What file names say, as in "{country}_{year:int}.txt".',
            metavar="PATTERN",
            rich_help_panel=PANEL,
        ),
    ] = None
    on_error: Annotated[
        str,
        typer.Option(
            help="What a file that cannot be read does.",
            metavar="raise|warn|skip",
            rich_help_panel=PANEL,
        ),
    ] = "raise"

    def read(self, sources: Sequence[str], /) -> Corpus:
        """Return the documents of files, then that of standard input if "-" is among them."""
        from discourse.corpus import Corpus

        documents: list[Document] = []
        if files := [source for source in sources if source != STDIN]:
            documents += progress.documents(self.stream(files))
        if STDIN in sources:
            documents.append(self._standard_input())
        return Corpus(tuple(documents))

    def stream(self, files: Sequence[str], /) -> DocumentStream:
        """Return the documents of files, to be read one by one."""
        from discourse.reading import stream

        return stream(
            list(files),
            encoding=self.encoding,
            text=self.text,
            id=self.id,
            delimiter=self.delimiter,
            names=self.names,
            on_error=cast("OnError", self.on_error),
        )

    def sides(self, a: str, b: str, /) -> tuple[Corpus, Corpus]:
        """Return the documents of two sides.

        Raises
        ------
        BadParameter
            If both are standard input.
        """
        if a == b == STDIN:
            msg = "standard input can be one side only."
            raise typer.BadParameter(msg)
        return self.read([a]), self.read([b])

    def joined(self, a: str, b: str, /) -> tuple[Corpus, tuple[str, ...]]:
        """Return the documents of both sides, and the identifiers of those of the first.

        Where both sides have a document of one name, the name of the side goes before all.
        """
        from discourse.corpus import Corpus

        first, second = self.sides(a, b)
        if set(first.ids) & set(second.ids):
            first, second = _prefixed(a, first), _prefixed(b, second)
        return Corpus((*first, *second)), first.ids

    def _standard_input(self) -> Document:
        """Return the one document of standard input."""
        from discourse.reading.encodings import DETECT, guess
        from discourse.reading.files import File, check_encoding
        from discourse.reading.plain import plain_document

        check_encoding(self.encoding)
        file = File(Path("standard input"), "stdin")
        data = sys.stdin.buffer.read()
        encoding = guess(data) or "utf-8" if self.encoding == DETECT else self.encoding
        return plain_document(file, file.decoded(data, encoding))


def _prefixed(side: str, corpus: Corpus, /) -> Corpus:
    """Return the documents with the name of their side before their own."""
    from discourse.corpus import Corpus

    return Corpus(tuple(replace(document, id=f"{side}:{document.id}") for document in corpus))
