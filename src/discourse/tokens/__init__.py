"""Tokens: the words of a corpus as arrays of integers."""

from discourse.tokens.batches import LARGE, find_words, suits
from discourse.tokens.model import Tokens, Vocabulary, places
from discourse.tokens.spans import CLAUSE_MARKS, Break, Tokenizer, token_breaks, token_spans
from discourse.tokens.tokenizing import as_tokens, from_tokens, token_record, tokenize

__all__ = [
    "CLAUSE_MARKS",
    "LARGE",
    "Break",
    "Tokenizer",
    "Tokens",
    "Vocabulary",
    "as_tokens",
    "find_words",
    "from_tokens",
    "places",
    "suits",
    "token_breaks",
    "token_record",
    "token_spans",
    "tokenize",
]
