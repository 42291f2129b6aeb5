"""matched_percentile(): how the excess of a pair compares with those in a reference corpus."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from discourse.corpus import Corpus, Document, as_corpus
from discourse.errors import UndefinedError, check_jobs
from discourse.inference.common import common_levels
from discourse.inference.drawing import check_count, drawn_record, seed_of
from discourse.inference.lengths import common_length, listed, why_no_baseline
from discourse.inference.sources import IntArray, bound, named_corpora, sources_of
from discourse.labelled import Result
from discourse.metrics import Metric
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class MatchedPercentile(Result):
    """How much closer two sources are than the pairs of documents of a reference corpus.

    Attributes
    ----------
    a, b : str
        The two sources.
    metric : str
    m : int
        Tokens of each sample.
    value : float
        The excess of the two sources.
    closer_than : float
        Share of the pairs of the reference whose excess is larger, in [0, 1]; ties count half.
    quartiles : (float, float, float)
        Of the excesses in the reference.
    n_pairs : int
        Pairs of the reference.
    note : str or None
        Which documents of the reference were left out, and why.

    Examples
    --------
    >>> from discourse.inference import matched_percentile
    >>> reference = ["Peace and trade. " * 20, "War and loss. " * 20, "Art and music. " * 20]
    >>> found = matched_percentile("Peace and trade. " * 20, "Trade or peace. " * 20, reference)
    >>> found.closer_than, found.n_pairs
    (1.0, 3)
    """

    a: str
    b: str
    metric: str
    m: int
    value: float
    closer_than: float
    quartiles: tuple[float, float, float]
    n_pairs: int
    note: str | None
    record: Record

    def __str__(self) -> str:
        """Return the share as a sentence."""
        return f"closer than {100 * self.closer_than:.0f} % of {self.n_pairs:,} pairs"

    def to_dict(self) -> dict[str, object]:
        """Return the result as plain data."""
        return {
            "a": self.a,
            "b": self.b,
            "metric": self.metric,
            "m": self.m,
            "value": self.value,
            "closer_than": self.closer_than,
            "quartiles": list(self.quartiles),
            "n_pairs": self.n_pairs,
            "note": self.note,
            "record": self.record.to_dict(),
        }

    def to_frame(self) -> pd.DataFrame:
        """Return the result as a table of one row."""
        import pandas as pd

        row = {key: value for key, value in self.to_dict().items() if key != "record"}
        del row["quartiles"]
        row |= dict(zip(("q25", "q50", "q75"), self.quartiles, strict=True))
        return pd.DataFrame([row])


def matched_percentile(
    a: Any,
    b: Any,
    reference: Any,
    /,
    *,
    metric: str | Metric = "jensen_shannon",
    m: int | None = None,
    draws: int = 200,
    rng: np.random.Generator | int = 0,
    n_jobs: int = 1,
) -> MatchedPercentile:
    """Return how the excess of two sources compares with that of all pairs in a reference corpus.

    Parameters
    ----------
    a, b : str, Document, Corpus, or list of str or Document
        Two sources; the sentences of a collection are pooled. Headers are left out.
    reference : Corpus, or list of str or Document, or data frame
        Each document is a source. Those too short for two samples of `m` tokens are left out. If
        both `a` and `b` are documents with identifiers that occur here, so is this pair.
    metric : str or Metric
        A name in ``METRICS``, or one of these metrics with options. One that needs a background
        takes the whole texts of both sources and of the reference, unless it has another.
    m : int, optional
        Tokens of each sample; by default, and at most, the largest that `a` and `b` allow.
    draws : int
        Random pairs of disjoint samples of each source.
    rng : Generator or int
        Source of the random orders, or its seed.
    n_jobs : int
        Threads; -1 for one per processor. The result does not depend on it.

    Returns
    -------
    MatchedPercentile

    Raises
    ------
    UndefinedError
        If `a` or `b` has no words, or too few for two samples, or if fewer than two documents of
        the reference remain.
    OptionError
        If an option is not allowed; for `m` the message names the largest possible.

    Notes
    -----
    The excess serves, since its mean is 0 for two texts of one source whatever the source; see
    `matched`. The share describes these documents; pairs that share a document are not
    independent, so it is no p-value.

    Examples
    --------
    >>> from discourse.inference import matched_percentile
    >>> reference = ["Peace and trade. " * 20, "War and loss. " * 20, "Art and music. " * 20]
    >>> str(matched_percentile(reference[0], reference[0], reference))
    'closer than 100 % of 3 pairs'
    """
    check_count("draws", draws, least=1)
    threads = check_jobs(n_jobs)
    names, corpora = named_corpora({"a": a, "b": b})
    documents = as_corpus(reference, "reference")
    singles = tuple(Corpus((document,)) for document in documents)
    one, other, *rest = sources_of((*names, *documents.ids), (*corpora, *singles))
    m = common_length(m, (one, other))
    if why := why_no_baseline((one, other), m):
        raise UndefinedError(names, why)
    usable = [source for source in rest if source.largest >= m and source.disjoint(m)]
    if len(usable) < 2:
        msg = (
            f"fewer than two documents of the reference are long enough for two samples of {m} "
            "tokens. Take a smaller m, or longer documents."
        )
        raise UndefinedError([source.name for source in rest], msg)
    chosen, compared = bound(metric, (one, other, *usable))
    levels = common_levels(
        chosen,
        compared,
        m=m,
        draws=draws,
        seed=seed_of(rng),
        jackknife=False,
        n_jobs=threads,
    )
    excess = levels.excess(chosen.kind)
    value = float(excess[0, 1])
    own = {source.id for source in (a, b) if isinstance(source, Document)}
    others = excess[2:, 2:][_pairs(chosen, [source.name for source in usable], own)]
    q = np.quantile(others, (0.25, 0.5, 0.75))
    options: dict[str, Any] = {"metric": metric, "m": m, "draws": draws}
    return MatchedPercentile(
        a=names[0],
        b=names[1],
        metric=chosen.name,
        m=m,
        value=value,
        closer_than=float(((others > value) + (others == value) / 2).mean()),
        quartiles=(float(q[0]), float(q[1]), float(q[2])),
        n_pairs=len(others),
        note=_left_out([source.name for source in rest if source not in usable], m),
        record=drawn_record(
            "matched_percentile",
            options,
            {"a": corpora[0].digest, "b": corpora[1].digest, "reference": documents.digest},
            rng,
            partial(matched_percentile, **options, rng=rng, n_jobs=n_jobs),
        ),
    )


def _pairs(metric: Metric, docs: Sequence[str], own: Collection[str], /) -> tuple[IntArray, ...]:
    """Return rows and columns of the pairs of documents, without that of the two own ones."""
    counted = ~np.eye(len(docs), dtype=np.bool_)
    if metric.symmetric:
        counted = np.triu(counted)
    mine = [i for i, doc in enumerate(docs) if doc in own]
    if len(mine) == 2:
        counted[np.ix_(mine, mine)] = False
    if not counted.any():
        raise UndefinedError(docs, "the reference has no other pair of documents to compare with.")
    return np.nonzero(counted)


def _left_out(docs: Sequence[str], m: int, /) -> str | None:
    """Return which documents were left out, or None if none was."""
    if not docs:
        return None
    return (
        f"{len(docs)} document(s) of the reference are too short for two samples of {m} tokens and "
        f"were left out: {listed([repr(doc) for doc in docs])}."
    )
