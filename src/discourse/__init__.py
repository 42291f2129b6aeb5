"""Compare what texts say: the same words, the same topics, the same side."""
from discourse.corpus import Corpus, Document
from discourse.tokens import tokenize
from discourse.dfm import count
