"""Documents and the immutable corpus that holds them."""

from discourse.corpus.corpora import Corpus
from discourse.corpus.documents import Document, Segment, SegmentKind, Unit
from discourse.corpus.exporting import write_csv
from discourse.corpus.tables import ID_COLUMNS, as_corpus

__all__ = [
    "ID_COLUMNS",
    "Corpus",
    "Document",
    "Segment",
    "SegmentKind",
    "Unit",
    "as_corpus",
    "write_csv",
]
