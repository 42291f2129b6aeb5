"""From files to a corpus, whatever their formats, with every failure named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from discourse.corpus import Corpus
from discourse.reading.docvars import Kind
from discourse.reading.failures import OnError
from discourse.reading.streams import stream


def read(
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
) -> Corpus:
    r"""Return the corpus of the documents in files.

    Parameters
    ----------
    source : str, path, or iterable of these
        A file; a folder, of which the visible files of known formats are read, sorted by name,
        without its subfolders; or a pattern with ``*``, ``?``, ``[]`` or ``**``. A file that is
        named twice is read once. Files may be compressed (``speeches.jsonl.gz``, .bz2, .xz), and
        an archive (.zip) stands for the files in it, those in its folders too.
    encoding : str
        Of all files, or "detect": each is read in the one that its byte order mark says or that its
        beginning seems to be in, which becomes the docvar ``encoding``. A byte order mark is not
        part of the text: offsets start after it.
    text : str
        Column or field that holds the text, in tables and JSON.
    id : str, optional
        Column or field that names the documents; by default ``id`` or ``doc_id`` if there is one,
        else the file's name and the number of the row ("speeches.1").
    delimiter : str, optional
        What ends the cells of a table; by default a tab in .tsv, a comma in .csv.
    docvars : mapping of str to {"str", "int", "float", "bool", "date"}, optional
        What docvars are read as: ``{"year": "int", "day": "date"}``; types of these names do too.
        The others stay as the format has them, which is as strings in .csv and .tsv. A day is
        written 2020-09-04 (a time after it is left out), 20200904, 4 September 2020 or September
        4, 2020.
    names : str, optional
        What the names of the files say, as a pattern whose fields become docvars:
        ``"{country}_{year:int}.txt"``. Folders count if the pattern has a ``/``; the suffix may be
        left out; the kinds are those of `docvars`.
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
        as they are. What the other formats give (.html, .pdf, .docx, .xml in TEI, .parquet, .arrow)
        is told on the page about reading files.

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
    documents = stream(
        source,
        encoding=encoding,
        text=text,
        id=id,
        delimiter=delimiter,
        docvars=docvars,
        names=names,
        on_error=on_error,
    )
    return Corpus(tuple(documents))
