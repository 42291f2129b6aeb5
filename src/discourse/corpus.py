"""Documents and the immutable corpus that holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, cast, get_args

import numpy as np

from discourse import _text
from discourse.errors import DiscourseError, OptionError, check_known, check_option, shorten
from discourse.record import ReadOnly, digest

if TYPE_CHECKING:
    import pandas as pd

Unit: TypeAlias = Literal["sentence", "paragraph"]
SegmentKind: TypeAlias = Literal["header", "text"]

ID_COLUMNS = ("id", "doc_id")  # what names the documents of a table, the first that is there


class Segment(NamedTuple):
    """A sentence, a paragraph or a header line of a document: a span of its text."""

    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its identifier and its document variables.

    Attributes
    ----------
    id : str
        Unique within a corpus.
    text : str
        As it was read: nothing is normalised, so offsets refer to the source.
    docvars : mapping of str to object
        Document variables, such as author or date. None if missing: NaN, NaT and pandas' NA
        become None.
    header : tuple of (int, int)
        Spans of the lines before the text proper (title, byline); not counted, without stance.

    Examples
    --------
    >>> import discourse as ds
    >>> document = ds.Document("a", "We agree. They do not.", {"year": 2020})
    >>> [document.text[s.start:s.end] for s in document.segments("sentence")]
    ['We agree.', 'They do not.']
    """

    id: str
    text: str
    docvars: Mapping[str, object] = field(default_factory=dict[str, object])
    header: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        """Check the types at the door, where a wrong one is easy to explain."""
        for name, value in (("id", self.id), ("text", self.text)):
            if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                msg = f"a document's {name} must be a str; got {type(value).__name__}."
                raise OptionError(name, msg)
        if not isinstance(self.docvars, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"docvars must map names to values; got {type(self.docvars).__name__}."
            raise OptionError("docvars", msg)
        if not _ascends(self.header, len(self.text)):
            msg = (
                f"header must hold (start, end) spans of the {len(self.text)} characters of "
                f"{self.id!r}, in order; got {self.header!r}."
            )
            raise OptionError("header", msg)
        docvars = {name: None if _missing(v) else v for name, v in self.docvars.items()}
        object.__setattr__(self, "docvars", ReadOnly(docvars))

    def __repr__(self) -> str:
        """Return the identifier and the length."""
        return f"Document({self.id!r}, {len(self.text):,} characters)"

    def segments(self, unit: Unit, /) -> tuple[Segment, ...]:
        """Return the document's segments in order; header lines come first, marked as such."""
        check_option("unit", unit, get_args(Unit))
        body = self.header[-1][1] if self.header else 0
        spans = _text.sentence_spans if unit == "sentence" else _text.paragraph_spans
        text = self.text[body:]
        return (
            *(Segment(start, end, "header") for start, end in self.header),
            *(Segment(body + start, body + end, "text") for start, end in spans(text)),
        )


def _ascends(spans: object, length: int, /) -> bool:
    """Tell whether these are spans of a text of this length, in order, none over another."""
    try:
        edges = [edge for start, end in cast("Any", spans) for edge in (start, end)]
        return edges == sorted(edges) and all(0 <= edge <= length for edge in edges)
    except (TypeError, ValueError):
        return False


def _missing(value: object, /) -> bool:
    """Tell whether a value is None or what data frames put where there is none."""
    if isinstance(value, (float, np.generic)):
        return bool(value != value)  # noqa: PLR0124 - NaN and NaT alone differ from themselves
    return value is None or type(value).__name__ in {"NAType", "NaTType"}


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
        documents = _listed("documents", self.documents)
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
            repeated = [name for name, n in Counter(self.ids).items() if n > 1]
            msg = (
                f"document ids must be unique; repeated: {shorten(repeated)}. "
                "Give ids=, or rename one of the documents."
            )
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
        own = _listed("texts", texts)
        names = [f"text{i}" for i in range(1, len(own) + 1)] if ids is None else _listed("ids", ids)
        columns = _docvars(docvars)
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
            chosen = tuple(self[name] for name in _listed("which", which))
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


def as_corpus(value: Any, /, name: str = "corpus") -> Corpus:
    """Return a corpus from whatever stands for one.

    Parameters
    ----------
    value : Corpus, Document, sequence of str or Document, data frame or Arrow table
        A data frame (pandas, polars) or Arrow table needs a column ``text``; a column ``id``, or
        else ``doc_id``, names the documents, every other column becomes a docvar.

    Raises
    ------
    OptionError
        If it is a single string, or nothing that holds texts.
    DiscourseError
        If there is no document in it.
    """
    corpus = _convert(value, name)
    if not len(corpus):
        msg = f"{name} is empty: there is no document to work on."
        raise DiscourseError(msg)
    return corpus


def _convert(value: Any, name: str, /) -> Corpus:
    _refuse_string(name, value)
    if isinstance(value, Corpus):
        return value
    if isinstance(value, Document):
        return Corpus((value,))
    if isinstance(value, Path):
        msg = f"{name} is a path: read it first, discourse.read({str(value)!r:.100})."
        raise OptionError(name, msg)
    columns = _columns(value)
    if columns is not None:
        return _from_columns(columns)
    if not hasattr(value, "__iter__") or issubclass(type(value), Mapping):
        msg = (
            f"{name} must be a Corpus, a list of str or of Document, or a data frame with a "
            f"column 'text'; got {type(value).__name__}."
        )
        raise OptionError(name, msg)
    items = list(value)
    if items and all(isinstance(item, Document) for item in items):
        return Corpus(tuple(items))
    return Corpus.from_texts(items)


def _columns(value: Any, /) -> dict[str, list[object]] | None:
    """Return the columns of a data frame or Arrow table by name, None if it is neither."""
    if hasattr(value, "column_names"):  # an Arrow table, whose `columns` have no names
        return {str(name): column for name, column in value.to_pydict().items()}
    if hasattr(value, "columns") and hasattr(value, "__getitem__"):
        repeated = [name for name, n in Counter(map(str, value.columns)).items() if n > 1]
        if repeated:
            msg = f"columns must be unique; repeated: {shorten(repeated)}."
            raise OptionError("columns", msg)
        return {str(name): list(value[name]) for name in value.columns}
    return None


def _from_columns(columns: Mapping[str, list[Any]], /) -> Corpus:
    """Return the rows of a table with a column of texts."""
    check_known("column", "text", columns)
    id_column = next((name for name in ID_COLUMNS if name in columns), None)
    for name in ("text", id_column):
        for row, value in enumerate(columns[name] if name else (), 1):
            if _missing(value):
                msg = f"column {name!r} has no value in row {row} of the table: leave the row out."
                raise OptionError(name or "text", msg)
    ids = None if id_column is None else [str(value) for value in columns[id_column]]
    docvars = {name: own for name, own in columns.items() if name not in {"text", id_column}}
    return Corpus.from_texts(columns["text"], ids=ids, docvars=docvars)


def _docvars(docvars: object, /) -> dict[str, list[object]]:
    """Return columns, which a mapping or a table holds, as lists."""
    if docvars is None:
        return {}
    if isinstance(docvars, Mapping):
        named = cast("Mapping[str, object]", docvars)
        return {name: _listed(name, column) for name, column in named.items()}
    columns = _columns(docvars)
    if columns is None:
        msg = (
            f"docvars must map names to columns, or be a data frame; got {type(docvars).__name__}."
        )
        raise OptionError("docvars", msg)
    return columns


def _listed(name: str, values: Any, /) -> list[Any]:
    """Return what an iterable holds, which a single string is not meant to be."""
    _refuse_string(name, values)
    if not hasattr(values, "__iter__"):
        msg = f"{name} must be a list; got {type(values).__name__}."
        raise OptionError(name, msg)
    return list(values)


def _refuse_string(name: str, value: object, /) -> None:
    if isinstance(value, (str, bytes)):
        msg = f"{name} must be a list of str, not a single string; write [{name}]."
        raise OptionError(name, msg)
