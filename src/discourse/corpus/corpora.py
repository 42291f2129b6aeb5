"""The immutable, ordered collection of documents, and the tables it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from discourse import _html
from discourse.corpus.columns import docvar_lists, listed
from discourse.corpus.documents import Document, Segment, Unit
from discourse.errors import DiscourseError, OptionError, check_known, check_option, repetition
from discourse.record import digest

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Corpus:
    """An immutable, ordered collection of documents with unique identifiers.

    Attributes
    ----------
    documents : tuple of Document

    Raises
    ------
    DiscourseError
        If two documents share an identifier, or one is no `Document`.

    Examples
    --------
    >>> import discourse as ds
    >>> corpus = ds.Corpus.from_texts(["Peace now.", "War never."], ids=["a", "b"])
    >>> len(corpus), corpus.ids, corpus["b"].text, "c" in corpus
    (2, ('a', 'b'), 'War never.', False)
    """

    documents: tuple[Document, ...]
    _by_id: dict[str, Document] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check that identifiers are unique, since everything downstream aligns by them."""
        documents = listed("documents", self.documents)
        for document in documents:
            if not isinstance(document, Document):
                msg = (
                    f"documents must be a list of Document; got {type(document).__name__} in it. "
                    "Corpus.from_texts takes strings."
                )
                raise OptionError("documents", msg)
        object.__setattr__(self, "documents", tuple(documents))
        object.__setattr__(self, "_by_id", {document.id: document for document in documents})
        if len(self._by_id) < len(documents):
            problem = repetition("document ids", self.ids)
            msg = f"{problem} Give ids=, or rename one of the documents."
            raise DiscourseError(msg)

    @classmethod
    def from_texts(
        cls,
        texts: Iterable[str],
        *,
        ids: Iterable[str] | None = None,
        docvars: Mapping[str, Iterable[object]] | pd.DataFrame | None = None,
    ) -> Corpus:
        """Return a corpus made of strings.

        Parameters
        ----------
        texts : iterable of str
        ids : iterable of str, optional
            Identifiers; by default "text1", "text2", ...
        docvars : mapping of str to iterable, or data frame, optional
            Columns, each as long as `texts` and in the same order, whatever their index.

        Raises
        ------
        OptionError
            If `texts` is a single string, or a length does not fit.

        Examples
        --------
        >>> import discourse as ds
        >>> corpus = ds.Corpus.from_texts(["a b", "c"], docvars={"party": ["X", "Y"]})
        >>> corpus.docvars
        {'party': ('X', 'Y')}
        """
        own = listed("texts", texts)
        names = [f"text{i}" for i in range(1, len(own) + 1)] if ids is None else listed("ids", ids)
        columns = docvar_lists(docvars)
        for name, column in (("ids", names), *columns.items()):
            if len(column) != len(own):
                msg = f"{name} has {len(column)} values for {len(own)} texts."
                raise OptionError(name, msg)
        return cls(
            tuple(
                Document(name, text, {key: column[i] for key, column in columns.items()})
                for i, (name, text) in enumerate(zip(names, own, strict=True))
            )
        )

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.documents)

    def __iter__(self) -> Iterator[Document]:
        """Iterate over the documents in order."""
        return iter(self.documents)

    def __getitem__(self, name: str, /) -> Document:
        """Return the document of that identifier."""
        check_known("document", name, self._by_id)
        return self._by_id[name]

    def __contains__(self, item: object, /) -> bool:
        """Tell whether a document, or one of that identifier, is in the corpus."""
        if isinstance(item, Document):
            return self._by_id.get(item.id) == item
        return isinstance(item, str) and item in self._by_id

    def __repr__(self) -> str:
        """Return the number of documents."""
        return f"Corpus({len(self):,} documents)"

    def _repr_html_(self) -> str:
        """Return the table that notebooks show: the first documents and how they begin."""
        documents = self.documents[: _html.ROWS]
        docvars = list(dict.fromkeys(name for d in documents for name in d.docvars))
        rows = [
            (d.id, len(d.text), d.text[:200], *(d.docvars.get(name) for name in docvars))
            for d in documents
        ]
        columns = ["document", "characters", "text", *docvars]
        return _html.table("Corpus", (len(self), 0), columns, rows)

    def __add__(self, other: Corpus, /) -> Corpus:
        """Return the documents of both, in order."""
        if not isinstance(other, Corpus):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"only a Corpus can be added to a Corpus; got {type(other).__name__}."
            raise OptionError("other", msg)
        return Corpus(self.documents + other.documents)

    @property
    def ids(self) -> tuple[str, ...]:
        """The identifiers, in order."""
        return tuple(document.id for document in self.documents)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts, in order."""
        return tuple(document.text for document in self.documents)

    @property
    def docvars(self) -> dict[str, tuple[object, ...]]:
        """The document variables as columns; None where a document lacks one."""
        names = dict.fromkeys(name for document in self.documents for name in document.docvars)
        return {name: tuple(d.docvars.get(name) for d in self.documents) for name in names}

    @property
    def digest(self) -> str:
        """SHA-256 over identifiers, texts and header spans."""
        return digest(piece for d in self.documents for piece in (d.id, d.text, repr(d.header)))

    def save(self, path: str | Path, /) -> None:
        """Write the corpus to a Parquet file, from which `load` returns an equal one.

        Each document is a row with its ``id`` and ``text``, each docvar a column, so that other
        programs read the file too. What stood there is replaced at the end, not before.

        Parameters
        ----------
        path : str or Path

        Raises
        ------
        DiscourseError
            If pyarrow is missing, or a docvar holds what is none of str, bool, int, float, date,
            datetime and None.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import discourse as ds
        >>> corpus = ds.Corpus.from_texts(["Peace now."], docvars={"year": [1990]})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     corpus.save(pathlib.Path(folder, "speeches.parquet"))
        ...     ds.Corpus.load(pathlib.Path(folder, "speeches.parquet")) == corpus
        True
        """
        from discourse.corpus.saving import save

        save(self, path)

    @classmethod
    def load(cls, path: str | Path, /) -> Corpus:
        """Return the corpus that `save` wrote.

        Raises
        ------
        ReadError
            If there is no such file, it is damaged, or holds no saved corpus.
        """
        from discourse.corpus.saving import load

        return load(path)

    def to_frame(self) -> pd.DataFrame:
        """Return a table with the columns ``id`` and ``text``, and one for each docvar.

        Raises
        ------
        DiscourseError
            If a docvar has one of these names.

        Examples
        --------
        >>> import discourse as ds
        >>> corpus = ds.Corpus.from_texts(["Peace now."], docvars={"year": [1990]})
        >>> print(corpus.to_frame())
              id        text  year
        0  text1  Peace now.  1990
        """
        from discourse.corpus.exporting import to_frame

        return to_frame(self)

    def to_csv(self, path: str | Path, /) -> None:
        """Write the columns ``doc_id`` and ``text``, and one for each docvar, as CSV in UTF-8.

        `discourse.read`, readtext and quanteda read it. None becomes an empty cell; nothing is
        escaped against spreadsheet programs, which take a cell that begins with ``=`` for a
        formula. What stood there is replaced at the end, not before.

        Parameters
        ----------
        path : str or Path

        Raises
        ------
        DiscourseError
            If a docvar has one of these names, or a text cannot be written as UTF-8.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import discourse as ds
        >>> corpus = ds.Corpus.from_texts(["Peace, now."], docvars={"year": [1990]})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     corpus.to_csv(pathlib.Path(folder, "speeches.csv"))
        ...     print(pathlib.Path(folder, "speeches.csv").read_text())
        doc_id,text,year
        text1,"Peace, now.",1990
        <BLANKLINE>
        """
        from discourse.corpus.exporting import to_csv

        to_csv(self, path)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the columns of `to_frame` as a stream of Arrow (needs pyarrow).

        This is how ``polars.DataFrame(corpus)``, ``pyarrow.table(corpus)`` and DuckDB take it.
        Docvars have the types of a saved corpus: values of several types become JSON.
        """
        from discourse.corpus.exporting import arrow_stream

        return arrow_stream(self, requested_schema)

    def subset(
        self, which: Iterable[str] | Callable[[Document], bool] | None = None, /, **docvars: object
    ) -> Corpus:
        """Return the documents that are named, pass a test, and have these docvar values.

        Parameters
        ----------
        which : iterable of str or callable, optional
            Identifiers, or a test of a `Document`.
        **docvars
            Values that document variables must have.

        Raises
        ------
        OptionError
            If an identifier or a document variable is unknown.

        Examples
        --------
        >>> import discourse as ds
        >>> corpus = ds.Corpus.from_texts(["a", "b"], docvars={"party": ["X", "Y"]})
        >>> corpus.subset(party="Y").ids, corpus.subset(lambda d: d.text == "a").ids
        (('text2',), ('text1',))
        """
        known = self.docvars if docvars else {}
        for name in docvars:
            check_known("docvar", name, known)
        chosen = self.documents
        if callable(which):
            chosen = tuple(d for d in chosen if which(d))
        elif which is not None:
            chosen = tuple(self[name] for name in listed("which", which))
        return Corpus(
            tuple(d for d in chosen if all(d.docvars.get(k) == v for k, v in docvars.items()))
        )

    def split(self, unit: Unit, /) -> Corpus:
        """Return a corpus with one document per sentence or paragraph.

        Identifiers are ``"doc:1"``, ``"doc:2"``, ...; the docvars gain ``document`` (the
        identifier of the whole), ``start`` and ``end`` (offsets into its text) and ``kind``
        ("text", or "header" for lines before the text proper).

        Raises
        ------
        OptionError
            If a document has a docvar of one of these names.

        Examples
        --------
        >>> import discourse as ds
        >>> ds.Corpus.from_texts(["One. Two."], ids=["a"]).split("sentence").texts
        ('One.', 'Two.')
        """
        check_option("unit", unit, get_args(Unit))
        return Corpus(
            tuple(
                _piece(document, number, segment)
                for document in self.documents
                for number, segment in enumerate(document.segments(unit), 1)
            )
        )


def _piece(document: Document, number: int, segment: Segment, /) -> Document:
    """Return one segment as a document of its own."""
    start, end, kind = segment
    place = {"document": document.id, "start": start, "end": end, "kind": kind}
    for name in place:
        if name in document.docvars:
            msg = (
                f"split() gives the pieces a docvar {name!r}, which {document.id!r} has already. "
                "Give that one another name first."
            )
            raise OptionError("docvars", msg)
    docvars = {**document.docvars, **place}
    header = ((0, end - start),) if kind == "header" else ()
    return Document(f"{document.id}:{number}", document.text[start:end], docvars, header)
