"""markers(): a corpus in, rates of rhetorical markers out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from discourse.corpus import Document, as_corpus
from discourse.errors import EmptyDocumentError, shorten
from discourse.lexicon import Entry, Lexicon, as_lexicon, find_spans
from discourse.record import ReadOnly, Record
from discourse.resampling import GROUPS
from discourse.rhetoric.intervals import burst_limits, dispersion, poisson_limits
from discourse.rhetoric.rates import IntArray, Marker, MarkerRates
from discourse.tokens import token_spans


def markers(
    corpus: Any,
    /,
    *,
    lexicon: Lexicon | Mapping[str, Sequence[Entry]] | str | Path = "english",
    level: float = 0.95,
) -> MarkerRates:
    """Return how often each document uses each class of rhetorical markers, and where.

    The classes of "english" are hedges, boosters, attitude, self_mention, obligation, engagement
    and negation [1]_.

    Parameters
    ----------
    corpus : Corpus, or list of str or Document, or data frame with a text column
        Header lines are left out.
    lexicon : Lexicon, mapping of categories to patterns, name or path
        The markers.
    level : float
        Nominal coverage of the intervals. Exact Poisson limits hold at least this, if markers are
        independent of each other; where each sentence has a rate of its own, and more so where
        passages have, they hold less, and the limits that allow for bursts hold about as much as
        they say as long as a passage is short beside a twentieth of the text.

    Returns
    -------
    MarkerRates
        Rates per 1,000 tokens and per sentence, with exact and with overdispersed limits.

    Raises
    ------
    EmptyDocumentError
        If a document has no tokens.
    OptionError
        If the lexicon is unknown, or `level` does not lie between 0 and 1.

    References
    ----------
    .. [1] Hyland, K. (2005). *Metadiscourse: Exploring Interaction in Writing*. Continuum.
    .. [2] Garwood, F. (1936). Fiducial limits for the Poisson distribution. *Biometrika* 28(3/4),
       437-442.
    .. [3] McCullagh, P. & Nelder, J. A. (1989). *Generalized Linear Models*. Chapman & Hall.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.rhetoric import markers
    >>> rates = markers(["We must not. " * 5], lexicon={"duty": ["must"], "denial": ["not"]})
    >>> columns = ["doc", "category", "count", "exposure", "rate", "low", "high"]
    >>> rates.to_frame()[columns].round(1).values.tolist()
    [['text1', 'duty', 5, 15, 333.3, 108.2, 777.9], ['text1', 'denial', 5, 15, 333.3, 108.2, 777.9]]
    """
    from scipy.sparse import csr_array

    corpus, chosen = as_corpus(corpus), as_lexicon(lexicon)
    found = {document.id: token_spans(document) for document in corpus}
    if empty := [doc for doc, words in found.items() if not words]:
        raise EmptyDocumentError(empty)
    own = [tuple(_markers(d, found[d.id], chosen)) for d in corpus]
    features = tuple(chosen.categories)
    by_sentence = [
        _by_sentence(document, found[document.id], marks, features)
        for document, marks in zip(corpus, own, strict=True)
    ]
    counts = np.array([marks.sum(axis=0) for marks, _ in by_sentence], np.int64)
    sentences = np.array([len(tokens) for _, tokens in by_sentence], np.int64)
    exposure = np.array([tokens.sum() for _, tokens in by_sentence], np.int64)
    spread = np.array([dispersion(marks, tokens) for marks, tokens in by_sentence])
    low, high = poisson_limits(counts, level=level)
    burst_low, burst_high = burst_limits(counts, spread, level=level)
    per_marker = 1000 / exposure[:, np.newaxis]
    few = [doc for doc, n in zip(corpus.ids, sentences, strict=True) if n < GROUPS]
    return MarkerRates(
        csr_array(counts * per_marker),
        features,
        corpus.ids,
        ReadOnly(corpus.docvars),
        "per 1,000 tokens",
        Record(
            "markers",
            ReadOnly({"lexicon": chosen.name, "level": level}),
            ReadOnly({"corpus": corpus.digest, "lexicon": chosen.digest}),
            recompute=partial(markers, lexicon=chosen, level=level),
        ),
        counts=counts,
        exposure=exposure,
        sentences=sentences,
        low=low * per_marker,
        high=high * per_marker,
        dispersion=spread,
        burst_low=burst_low * per_marker,
        burst_high=burst_high * per_marker,
        level=level,
        note=f"no limits for bursts: fewer than {GROUPS} sentences in {shorten(few)}"
        if few
        else None,
        spans=tuple(marker for marks in own for marker in marks),
    )


def _markers(
    document: Document, words: Sequence[tuple[int, int]], lexicon: Lexicon, /
) -> Iterator[Marker]:
    """Yield the markers of a document, the spans of whose words are given."""
    for start, end, category in find_spans(document, words, lexicon):
        yield Marker(document.id, category, start, end, document.text[start:end])


def _by_sentence(
    document: Document,
    words: Sequence[tuple[int, int]],
    marks: Sequence[Marker],
    features: Sequence[str],
    /,
) -> tuple[IntArray, IntArray]:
    """Return the markers of each class in each sentence that has words, and its words."""
    ends = np.array([s.end for s in document.segments("sentence") if s.kind == "text"])

    def sentence(starts: list[int]) -> IntArray:
        """Return the number of the sentence in which each place is."""
        return np.searchsorted(ends, np.array(starts, np.int64), side="right")

    tokens = np.bincount(sentence([start for start, _ in words]), minlength=len(ends))
    column = {name: j for j, name in enumerate(features)}
    counts = np.zeros((len(tokens), len(features)), np.int64)
    places = sentence([mark.start for mark in marks])
    columns = np.array([column[mark.category] for mark in marks], np.int64)
    np.add.at(counts, (places, columns), 1)
    return counts[tokens > 0], tokens[tokens > 0]
