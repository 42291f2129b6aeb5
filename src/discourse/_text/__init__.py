"""From a text to the spans of its words, sentences and paragraphs; from a word to its type."""

from discourse._text.folding import fold, part_spans
from discourse._text.paragraphs import paragraph_spans
from discourse._text.sentences import sentence_spans
from discourse._text.spans import Span, trim_span
from discourse._text.words import (
    character_classes,
    has_unspaced,
    spans_by,
    word_pattern,
    word_spans,
)

__all__ = [
    "Span",
    "character_classes",
    "fold",
    "has_unspaced",
    "paragraph_spans",
    "part_spans",
    "sentence_spans",
    "spans_by",
    "trim_span",
    "word_pattern",
    "word_spans",
]
