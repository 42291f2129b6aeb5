"""Lexicons: categories of patterns, and where their patterns occur in a sequence of words."""

from discourse.lexicon.categories import Lexicon, find_spans
from discourse.lexicon.loading import as_lexicon, load_lexicon
from discourse.lexicon.occurrences import occurrences
from discourse.lexicon.patterns import Entry, Match, Part, Pattern, parse_pattern, split_parts
from discourse.lexicon.scanning import Hits, scan

__all__ = [
    "Entry",
    "Hits",
    "Lexicon",
    "Match",
    "Part",
    "Pattern",
    "as_lexicon",
    "find_spans",
    "load_lexicon",
    "occurrences",
    "parse_pattern",
    "scan",
    "split_parts",
]
