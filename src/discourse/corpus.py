"""Documents and the immutable corpus that holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from discourse import _text
from discourse.errors import DiscourseError, OptionError, check_known, check_option, shorten
from discourse.record import ReadOnly, digest

Unit: TypeAlias = Literal["sentence", "paragraph"]
SegmentKind: TypeAlias = Literal["header", "text"]


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
        Document variables, such as author or date.
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
        object.__setattr__(self, "docvars", ReadOnly(dict(self.docvars)))

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


@dataclass(frozen=True, slots=True)
class Corpus:
    """An immutable, ordered collection of documents with unique identifiers.

    Attributes
    ----------
    documents : tuple of Document

    Raises
    ------
    DiscourseError
        If two documents share an identifier.

    Examples
    --------
    >>> import discourse as ds
    >>> corpus = ds.Corpus.from_texts(["Peace now.", "War never."], ids=["a", "b"])
    >>> len(corpus), corpus.ids, corpus["b"].text
    (2, ('a', 'b'), 'War never.')
    """

    documents: tuple[Document, ...]

    def __post_init__(self) -> None:
        """Check that identifiers are unique, since everything downstream aligns by them."""
        object.__setattr__(self, "documents", tuple(self.documents))
        repeated = [name for name, n in Counter(self.ids).items() if n > 1]
        if repeated:
            msg = (
                f"document ids must be unique; repeated: {shorten(repeated)}. "
                "Give ids=, or rename one of the documents."
            )
            raise DiscourseError(msg)

    @classmethod
    def from_texts(
        cls,
        texts: Sequence[str],
        *,
        ids: Sequence[str] | None = None,
        docvars: Mapping[str, Sequence[object]] | None = None,
    ) -> Corpus:
        """Return a corpus made of strings.

        Parameters
        ----------
        texts : sequence of str
        ids : sequence of str, optional
            Identifiers; by default "text1", "text2", ...
        docvars : mapping of str to sequence, optional
            Columns, each as long as `texts`.

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
        _refuse_string("texts", texts)
        _refuse_string("ids", ids)
        columns = docvars or {}
        names = [f"text{i}" for i in range(1, len(texts) + 1)] if ids is None else list(ids)
        for name, column in (("ids", names), *columns.items()):
            _refuse_string(name, column)
            if len(column) != len(texts):
                msg = f"{name} has {len(column)} values for {len(texts)} texts."
                raise OptionError(name, msg)
        return cls(
            tuple(
                Document(name, text, {key: column[i] for key, column in columns.items()})
                for i, (name, text) in enumerate(zip(names, texts, strict=True))
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
        check_known("document", name, self.ids)
        return self.documents[self.ids.index(name)]

    def __add__(self, other: Corpus, /) -> Corpus:
        """Return the documents of both, in order."""
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
        self, which: Sequence[str] | Callable[[Document], bool] | None = None, /, **docvars: object
    ) -> Corpus:
        """Return the documents that are named, pass a test, and have these docvar values.

        Parameters
        ----------
        which : sequence of str or callable, optional
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
        for name in docvars:
            check_known("docvar", name, self.docvars)
        chosen = self.documents
        if callable(which):
            chosen = tuple(d for d in chosen if which(d))
        elif which is not None:
            _refuse_string("which", which)
            by_id = {document.id: document for document in chosen}
            for name in which:
                check_known("document", name, by_id)
            chosen = tuple(by_id[name] for name in which)
        return Corpus(
            tuple(d for d in chosen if all(d.docvars.get(k) == v for k, v in docvars.items()))
        )

    def split(self, unit: Unit, /) -> Corpus:
        """Return a corpus with one document per sentence or paragraph.

        Identifiers are ``"doc:1"``, ``"doc:2"``, ...; the docvars gain ``document`` (the
        identifier of the whole), ``start`` and ``end`` (offsets into its text) and ``kind``
        ("text", or "header" for lines before the text proper).

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
    docvars = {
        **document.docvars,
        "document": document.id,
        "start": start,
        "end": end,
        "kind": kind,
    }
    header = ((0, end - start),) if kind == "header" else ()
    return Document(f"{document.id}:{number}", document.text[start:end], docvars, header)


def as_corpus(value: Any, /, name: str = "corpus") -> Corpus:
    """Return a corpus from whatever stands for one.

    Parameters
    ----------
    value : Corpus, Document, sequence of str or Document, data frame or Arrow table
        A data frame (pandas, polars) or Arrow table needs a column ``text``; a column ``id``
        names the documents, every other column becomes a docvar.

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
        return {str(name): list(value[name]) for name in value.columns}
    return None


def _from_columns(columns: Mapping[str, list[Any]], /) -> Corpus:
    """Return the rows of a table with a column of texts."""
    check_known("column", "text", columns)
    ids = [str(value) for value in columns["id"]] if "id" in columns else None
    docvars = {name: column for name, column in columns.items() if name not in {"text", "id"}}
    return Corpus.from_texts(columns["text"], ids=ids, docvars=docvars)


def _refuse_string(name: str, value: object, /) -> None:
    if isinstance(value, (str, bytes)):
        msg = f"{name} must be a list of str, not a single string; write [{name}]."
        raise OptionError(name, msg)
