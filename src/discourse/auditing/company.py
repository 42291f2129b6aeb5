"""The words that keep company with a target: those of its sentences against those of others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.auditing.terms import Token, is_content, sentences, snippet
from discourse.corpus import Corpus, Document
from discourse.errors import DiscourseError
from discourse.keyterms import log_ratios, signed_g2
from discourse.lexicon import Lexicon, Match, Part
from discourse.tokens import Break

IntArray: TypeAlias = npt.NDArray[np.int64]

_EXAMPLES = 3


class Suggestion(NamedTuple):
    """A word or pair of words that keeps company with a target.

    `n_with` and `n_without` count it in sentences with and without the target, `docs` the
    documents that have it in a sentence with the target; `g2` is the signed log-likelihood ratio,
    `log_ratio` log2 of the ratio of frequencies per word; `examples` are such sentences, cut.
    """

    term: str
    n_with: int
    n_without: int
    docs: int
    g2: float
    log_ratio: float
    examples: tuple[str, ...]


class Company:
    """The words of sentences with a target, and of those without."""

    def __init__(self, lexicon: Lexicon, target: str, stops: frozenset[str], /) -> None:
        self.target, self.stops = target, stops
        others = [e for name, own in lexicon.categories.items() if name != target for e in own]
        known = {"target": lexicon.categories[target], "other": others, "ignored": lexicon.ignore}
        self.known = Lexicon({name: own for name, own in known.items() if own})
        # Of sentences without and with the target: words, and by number of words the terms.
        self.n_words = [0, 0]
        self.counts = {n: (Counter[str](), Counter[str]()) for n in (1, 2)}
        self.docs: dict[str, set[str]] = defaultdict(set)
        self.examples: dict[str, list[str]] = defaultdict(list)

    def read(self, corpus: Corpus, /) -> None:
        """Count the terms of every sentence."""
        for document in corpus:
            for tokens, parts in sentences(document):
                self._read(document, tokens, parts)
        if not all(self.n_words):
            which = "every" if self.n_words[1] else "no"
            msg = f"{which} sentence has the target {self.target!r}: there is nothing to compare."
            raise DiscourseError(msg)

    def _read(self, document: Document, tokens: Sequence[Token], parts: Sequence[Part], /) -> None:
        """Count the terms of a sentence."""
        matches = self.known.find(parts)
        has = _has_target(matches)
        self.n_words[has] += len(tokens)
        known = {part.token for m in matches for part in parts[m.start : m.end]}
        free = [
            i not in known and is_content(token.text, self.stops) for i, token in enumerate(tokens)
        ]
        for first, end in _terms(free, [token.border for token in tokens]):
            term = " ".join(token.text for token in tokens[first:end])
            self.counts[end - first][has][term] += 1
            if has:
                self.docs[term].add(document.id)
                if len(self.examples[term]) < _EXAMPLES:
                    self.examples[term].append(snippet(document.text, tokens, first, end))

    def suggestions(self, n: int, min_count: int, /) -> Iterator[Suggestion]:
        """Yield the terms of `n` words that sentences with the target use more."""
        names = sorted(self.counts[n][0].keys() | self.counts[n][1].keys())
        b, a = (_column(own, names, self.n_words[side]) for side, own in enumerate(self.counts[n]))
        g2, ratio = signed_g2(a, b), log_ratios(a, b)
        for i, name in enumerate(names):
            if a[i] < min_count or g2[i] <= 0:
                continue
            numbers = (int(a[i]), int(b[i]), len(self.docs[name]), float(g2[i]), float(ratio[i]))
            yield Suggestion(name, *numbers, tuple(self.examples[name]))


def _column(counts: Mapping[str, int], names: Sequence[str], n_words: int, /) -> IntArray:
    """Return the occurrences of each term, and in the end of all other words."""
    own = [counts.get(name, 0) for name in names]
    return np.array([*own, n_words - sum(own)], np.int64)


def _has_target(matches: Sequence[Match], /) -> bool:
    """Tell whether some match is of the target, and not of an ignored pattern of equal length."""
    ignored = {match[:2] for match in matches if match.category == "ignored"}
    return any(match.category == "target" and match[:2] not in ignored for match in matches)


def _terms(free: Sequence[bool], borders: Sequence[int], /) -> Iterator[tuple[int, int]]:
    """Yield the spans of free words, and of pairs of them without punctuation between."""
    for i, is_free in enumerate(free):
        if is_free:
            yield i, i + 1
            if i and free[i - 1] and borders[i] == Break.NONE:
                yield i - 1, i + 1
