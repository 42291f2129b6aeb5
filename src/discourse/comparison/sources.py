"""The two sides of a comparison: anything that holds texts, as two labelled sets of documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from discourse.corpus import Corpus, Document, as_corpus


class Sources(NamedTuple):
    """Both sides in one corpus; `side_of` maps its document identifiers to `a` or `b`."""

    a: str
    b: str
    corpus_a: Corpus
    corpus_b: Corpus
    side_of: dict[str, str]

    @property
    def corpus(self) -> Corpus:
        """The documents of both sides."""
        return self.corpus_a + self.corpus_b


def as_sources(a: Any, b: Any, /) -> Sources:
    """Return two sides from texts, documents, corpora, lists or data frames.

    A side is called by the identifier of its document if it is a single one, else "a" or "b".
    Identifiers that occur on both sides gain the name of the side.
    """
    name_a, corpus_a = _side(a, "a")
    name_b, corpus_b = _side(b, "b")
    if name_a == name_b:
        name_a, name_b = f"{name_a} (a)", f"{name_b} (b)"
    both = set(corpus_a.ids) & set(corpus_b.ids)
    corpus_a, corpus_b = _renamed(corpus_a, both, "a"), _renamed(corpus_b, both, "b")
    side_of = dict.fromkeys(corpus_a.ids, name_a) | dict.fromkeys(corpus_b.ids, name_b)
    return Sources(name_a, name_b, corpus_a, corpus_b, side_of)


def _side(value: Any, name: str, /) -> tuple[str, Corpus]:
    """Return the name of a side and its documents."""
    if isinstance(value, str):
        return name, Corpus((Document(name, value),))
    corpus = as_corpus(value, name)
    named = len(corpus) == 1 and isinstance(value, (Document, Corpus))
    return (corpus.ids[0] if named else name), corpus


def _renamed(corpus: Corpus, both: set[str], side: str, /) -> Corpus:
    """Return the corpus with the identifiers of `both` marked by side."""
    if not both:
        return corpus
    return Corpus(tuple(replace(d, id=f"{d.id} ({side})") if d.id in both else d for d in corpus))
