"""The mentions of a whole corpus, found by one process or by several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from discourse.corpus import Corpus, Document
from discourse.lexicon import Lexicon
from discourse.stances.cues import CueLexicon
from discourse.stances.mentions import Mention, find_mentions

_BATCHES_PER_JOB = 4  # documents differ in length: more batches keep all processes busy to the end


def collect_mentions(
    corpus: Corpus, targets: Lexicon, cues: CueLexicon | None, /, *, n_jobs: int
) -> tuple[Mention, ...]:
    """Return the mentions of a corpus in the order of its documents and texts.

    Parameters
    ----------
    corpus : Corpus
    targets : Lexicon
    cues : CueLexicon, optional
        By default those of the seeds, which need not be sent to other processes.
    n_jobs : int
        Processes. The result does not depend on it.
    """
    if n_jobs == 1:
        return tuple(_mentions_of(corpus.documents, targets, cues))
    from joblib import Parallel, delayed

    batches = _batches(corpus.documents, n_jobs * _BATCHES_PER_JOB)
    found = Parallel(n_jobs)(delayed(_mentions_of)(batch, targets, cues) for batch in batches)
    return tuple(chain.from_iterable(found))


def _mentions_of(
    documents: Sequence[Document], targets: Lexicon, cues: CueLexicon | None, /
) -> list[Mention]:
    """Return the mentions of some documents."""
    return [mention for document in documents for mention in find_mentions(document, targets, cues)]


def _batches(documents: Sequence[Document], n: int, /) -> Iterator[Sequence[Document]]:
    """Yield the documents in order, in at most `n` rows of about as many characters each."""
    share = sum(len(document.text) for document in documents) / n
    first = size = 0
    for i, document in enumerate(documents, 1):
        size += len(document.text)
        if size >= share or i == len(documents):
            yield documents[first:i]
            first, size = i, 0
