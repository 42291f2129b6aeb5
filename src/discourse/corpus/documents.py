"""Documents: a text with its identifier, its document variables and its segments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias, cast, get_args

import numpy as np

from discourse import _html, _text
from discourse.errors import OptionError, check_option
from discourse.record import ReadOnly

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
        docvars = {name: None if is_missing(v) else v for name, v in self.docvars.items()}
        object.__setattr__(self, "docvars", ReadOnly(docvars))

    def __repr__(self) -> str:
        """Return the identifier and the length."""
        return f"Document({self.id!r}, {len(self.text):,} characters)"

    def _repr_html_(self) -> str:
        """Return the table that notebooks show: the docvars, and how the text begins."""
        rows = [("text", self.text[:200]), *self.docvars.items()]
        details = {"characters": len(self.text)}
        return _html.table(f"Document {self.id}", (len(rows), 0), ["", ""], rows, details=details)

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


def is_missing(value: object, /) -> bool:
    """Tell whether a value is None or what data frames put where there is none."""
    if isinstance(value, (float, np.generic)):
        return bool(value != value)  # noqa: PLR0124 - NaN and NaT alone differ from themselves
    return value is None or type(value).__name__ in {"NAType", "NaTType"}
