"""discover_targets(): the noun-like terms of a corpus that attract stances."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from discourse.auditing.nouns import noun_terms
from discourse.auditing.terms import check_size
from discourse.corpus import as_corpus
from discourse.corpus.columns import refuse_string
from discourse.dfm import as_stopwords
from discourse.errors import DiscourseError, check_known
from discourse.keyterms import signed_g2
from discourse.keyterms.statistics import tail_probability
from discourse.labelled import Result, plain
from discourse.lexicon import Lexicon
from discourse.record import ReadOnly, Record
from discourse.resampling import benjamini_hochberg
from discourse.stances.mentions import find_mentions
from discourse.stances.wilson import wilson

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95


class Candidate(NamedTuple):
    """A term that may be a target, with the stances that its mentions get.

    `share` is that of mentions with a stance, `low` and `high` its 95 % interval; `g2` the signed
    log-likelihood ratio of the table of term or other, with or without stance, positive where the
    term has more; `p_adjusted` is after Benjamini and Hochberg over all terms. All of them take
    mentions to be independent of each other.
    """

    term: str
    forms: tuple[str, ...]
    mentions: int
    docs: int
    support: int
    oppose: int
    share: float
    low: float
    high: float
    g2: float
    p: float
    p_adjusted: float


@dataclass(frozen=True, slots=True)
class TargetCandidates(Result):
    """Terms that may be targets, those first that attract stances most.

    Attributes
    ----------
    candidates : tuple of Candidate
    share : float
        Mentions with a stance among all mentions of all terms: what is to be expected.
    n_terms : int
        How many terms were compared.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.auditing import discover_targets
    >>> texts = ["We support pensions. The town lies there.", "They defend pensions. A town."]
    >>> found = discover_targets(texts, min_count=2)
    >>> found.terms, dict(found.accept(["pensions"]).categories)
    (('pensions', 'town'), {'pensions': ('pensions',)})
    """

    candidates: tuple[Candidate, ...]
    share: float
    n_terms: int
    record: Record

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms alone."""
        return tuple(candidate.term for candidate in self.candidates)

    def accept(self, terms: Iterable[str], /) -> Lexicon:
        """Return a lexicon with a category for each of some terms.

        Raises
        ------
        OptionError
            If a term is not among the candidates.
        """
        refuse_string("terms", terms)
        forms = {candidate.term: candidate.forms for candidate in self.candidates}
        accepted = list(terms)
        for term in accepted:
            check_known("term", term, forms)
        return Lexicon({term: forms[term] for term in accepted}, name="discovered")

    def to_frame(self) -> pd.DataFrame:
        """Return one row a term."""
        import pandas as pd

        return pd.DataFrame(self.candidates, columns=list(Candidate._fields))

    def to_dict(self) -> dict[str, object]:
        """Return the terms and the record as plain data."""
        return {
            "candidates": [plain(candidate._asdict()) for candidate in self.candidates],
            "share": self.share,
            "n_terms": self.n_terms,
            "record": self.record.to_dict(),
        }


def discover_targets(
    corpus: Any,
    /,
    *,
    k: int = 50,
    min_count: int = 5,
    stopwords: str | Iterable[str] = "english",
) -> TargetCandidates:
    """Return the noun-like terms on which a corpus takes sides more often than on others.

    Every noun, and every pair of a noun and the noun or adjective before it, is read as if it were
    a target. Terms whose mentions get a stance more often than those of all terms together come
    first. They are candidates: a person has to choose, and `accept` makes a lexicon of what was
    chosen.

    Parameters
    ----------
    corpus : Corpus, or list of str or Document, or data frame with a text column
        In English.
    k : int
        How many, at most.
    min_count : int
        How often a term must head a noun phrase, at least.
    stopwords : str or iterable of str
        Words that are no terms: the name of a list, or a list.

    Returns
    -------
    TargetCandidates

    Raises
    ------
    OptionError
        If an option is not allowed.
    DiscourseError
        If no term is frequent enough, or none is mentioned with a stance, or all always are.

    References
    ----------
    .. [1] Stefanowitsch, A. and Gries, S. T. (2003). Collostructions: investigating the
       interaction of words and constructions. *International Journal of Corpus Linguistics*
       8(2), 209-243.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.auditing import discover_targets
    >>> texts = ["We support pensions. The town lies there.", "They defend pensions. A town."]
    >>> best = discover_targets(texts, min_count=2).candidates[0]
    >>> best.term, best.mentions, best.support, round(best.low, 2), best.high
    ('pensions', 2, 2, 0.34, 1.0)
    """
    check_size("k", k)
    check_size("min_count", min_count)
    corpus, stops = as_corpus(corpus), as_stopwords(stopwords)
    forms = noun_terms(corpus, min_count, stops)
    if not forms:
        msg = f"no noun heads {min_count} noun phrases: give more text, or a lower min_count."
        raise DiscourseError(msg)
    lexicon = Lexicon(forms)
    stances: Counter[tuple[str, str]] = Counter()
    docs: dict[str, set[str]] = defaultdict(set)
    for document in corpus:
        for mention in find_mentions(document, lexicon):
            stances[mention.target, mention.stance] += 1
            docs[mention.target].add(document.id)
    found, share = _compare(forms, stances, docs)
    found.sort(key=lambda candidate: (-candidate.g2, candidate.term))
    options: dict[str, Any] = {
        "k": k,
        "min_count": min_count,
        "stopwords": stopwords if isinstance(stopwords, str) else tuple(sorted(stops)),
    }
    return TargetCandidates(
        tuple(found[:k]),
        share,
        len(found),
        Record(
            "discover_targets",
            ReadOnly(options),
            ReadOnly({"corpus": corpus.digest}),
            recompute=partial(discover_targets, **options),
        ),
    )


def _compare(
    forms: Mapping[str, tuple[str, ...]],
    stances: Mapping[tuple[str, str], int],
    docs: Mapping[str, Collection[str]],
    /,
) -> tuple[list[Candidate], float]:
    """Return every term that is mentioned, against all of them, and the share of stances in all."""
    terms = sorted(docs)
    counts = {
        name: np.array([stances.get((term, name), 0) for term in terms], np.int64)
        for name in ("support", "oppose", "neutral")
    }
    taken = counts["support"] + counts["oppose"]
    total = taken + counts["neutral"]
    if not taken.any() or not counts["neutral"].any():
        which = "no mention has" if not taken.any() else "all mentions have"
        msg = f"{which} a stance: there is nothing to compare."
        raise DiscourseError(msg)
    share = taken / total
    low, high = ((1 + limit) / 2 for limit in wilson(2 * share - 1, total, LEVEL))
    g2 = signed_g2(taken, counts["neutral"])
    p = tail_probability(g2)
    columns = (counts["support"], counts["oppose"], share, low, high, g2, p, benjamini_hochberg(p))
    numbers = zip(*(column.tolist() for column in columns), strict=True)
    found = [
        Candidate(term, forms[term], int(n), len(docs[term]), *own)
        for term, n, own in zip(terms, total, numbers, strict=True)
    ]
    return found, float(taken.sum() / total.sum())
