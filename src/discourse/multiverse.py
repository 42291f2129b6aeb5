"""Whether the order of likeness among documents outlives the analyst's choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np

from discourse.dfm import DocumentFeatureMatrix, count
from discourse.errors import OptionError, check_known, shorten
from discourse.labelled import FloatArray, Result, frozen, plain
from discourse.metrics import METRICS
from discourse.pairwise import similarity
from discourse.record import ReadOnly, Record
from discourse.tokens import Tokens, as_tokens, from_tokens
from discourse.vectors import weight

if TYPE_CHECKING:
    import pandas as pd

Specification: TypeAlias = Mapping[str, object]

# The first alternative of each choice is that of the specification all others are compared with.
CHOICES: Mapping[str, Sequence[Any]] = ReadOnly(
    {
        "ngrams": (1, (1, 2)),
        "stopwords": (None, "english"),
        "min_docs": (1, 2),
        "scheme": ("proportion", "tfidf"),
        "metric": ("jensen_shannon", "cosine"),
    }
)

_DIGITS = 12  # of a value, which beyond them is rounding error


@dataclass(frozen=True, slots=True, eq=False)
class Robustness(Result):
    """How near to each other documents are under every combination of choices.

    Attributes
    ----------
    pairs : tuple of (str, str)
        Every two documents.
    specifications : tuple of mapping
        What was chosen, by the name of the choice; the first is the one compared with.
    values : ndarray of shape (n_specifications, n_pairs), float64
        Each in the unit of its metric: compare values of one row only.
    ranks : ndarray of shape (n_specifications, n_pairs), float64
        1 for the pair most alike; ties share the mean of their places.
    correlations : ndarray of shape (n_specifications,), float64
        Spearman's rank correlation with the first specification, in [-1, 1]; NaN where all pairs
        are equally alike.
    concordance : float
        Kendall's W of all specifications, corrected for ties [1]_: 1 if all order the pairs alike,
        near 0 if the order is another each time.

    References
    ----------
    .. [1] Kendall, M. G., & Babington Smith, B. (1939). The problem of m rankings. *Annals of
       Mathematical Statistics* 10(3), 275-287.

    Examples
    --------
    >>> import discourse as ds
    >>> texts = ["war and peace", "peace and war", "peace and the sea"]
    >>> found = ds.robustness(texts, choices={"stopwords": [None, ["and"]], "metric": ["cosine"]})
    >>> found.closer("text1", "text2", "text3"), len(found)
    (1.0, 16)
    """

    UNDEFINED: ClassVar = "all pairs are equally alike, so that they have no order"

    pairs: tuple[tuple[str, str], ...]
    specifications: tuple[Specification, ...]
    values: FloatArray
    ranks: FloatArray
    correlations: FloatArray
    concordance: float
    record: Record

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for array in (self.values, self.ranks, self.correlations):
            frozen(array)

    def __len__(self) -> int:
        """Return the number of specifications."""
        return len(self.specifications)

    def __repr__(self) -> str:
        """Return the sizes and the concordance."""
        sizes = f"{len(self):,} specifications, {len(self.pairs):,} pairs"
        return f"Robustness({sizes}, concordance {self.concordance:.2f})"

    def closer(self, doc: str, one: str, other: str, /) -> float:
        """Return the share of specifications in which a document is more like one than another.

        A tie counts half.

        Examples
        --------
        >>> import discourse as ds
        >>> found = ds.robustness(["peace now", "war now", "peace and war"])
        >>> found.closer("text3", "text1", "text2")
        0.5
        """
        first, second = self._ranks_of(doc, one), self._ranks_of(doc, other)
        return float(((first < second) + (first == second) / 2).mean())

    def _ranks_of(self, one: str, other: str, /) -> FloatArray:
        """Return the ranks of a pair."""
        docs = {doc for pair in self.pairs for doc in pair}
        for doc in (one, other):
            check_known("document", doc, docs)
        if one == other:
            msg = f"a pair must be of two documents; got {one!r} twice."
            raise OptionError("document", msg)
        pair = (one, other) if (one, other) in self.pairs else (other, one)
        return self.ranks[:, self.pairs.index(pair)]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per specification: what was chosen, and its correlation."""
        import pandas as pd

        rows = [{name: str(value) for name, value in s.items()} for s in self.specifications]
        return pd.DataFrame(rows).assign(correlation=self.correlations)

    def by_pair(self) -> pd.DataFrame:
        """Return one row per pair, nearest first: its rank at first, and its range over all."""
        import pandas as pd

        frame = pd.DataFrame(self.pairs, columns=["doc", "other"])
        frame["rank"] = self.ranks[0]
        frame["lowest"], frame["highest"] = self.ranks.min(axis=0), self.ranks.max(axis=0)
        frame["median"] = np.median(self.ranks, axis=0)
        return frame.sort_values("rank", kind="stable", ignore_index=True)

    def by_choice(self) -> pd.DataFrame:
        """Return one row per two alternatives of a choice: what turns on it, all else being equal.

        `correlation` is the mean, and `lowest` the least, of Spearman's correlations between two
        specifications that differ in this choice alone.
        """
        import pandas as pd

        found: dict[tuple[str, str, str], list[float]] = {}
        for (i, a), (j, b) in combinations(enumerate(self.specifications), 2):
            differ = [name for name in a if a[name] != b[name]]
            if len(differ) == 1:
                key = differ[0], str(a[differ[0]]), str(b[differ[0]])
                found.setdefault(key, []).append(_spearman(self.ranks[i], self.ranks[j]))
        order = sorted(found, key=lambda key: list(CHOICES).index(key[0]))
        rows = [(*key, float(np.mean(found[key])), min(found[key])) for key in order]
        columns = ["choice", "alternative", "other", "correlation", "lowest"]
        return pd.DataFrame(rows, columns=columns)

    def to_dict(self) -> dict[str, object]:
        """Return specifications, pairs, numbers and the record as plain data."""
        return {
            "pairs": plain(self.pairs),
            "specifications": plain(self.specifications),
            "values": self.values.tolist(),
            "ranks": self.ranks.tolist(),
            "correlations": self.correlations.tolist(),
            "concordance": self.concordance,
            "record": self.record.to_dict(),
        }


def robustness(
    corpus_or_tokens: Any,
    /,
    *,
    choices: Mapping[str, Sequence[Any]] | None = None,
    n_jobs: int = 1,
) -> Robustness:
    """Return how far the order of likeness among documents depends on the analyst's choices.

    Words are counted, weighted and compared in every combination of alternatives [1]_ [2]_. Values
    of two metrics cannot be compared, but the order can be: which two documents are most alike,
    and which least.

    Parameters
    ----------
    corpus_or_tokens : Tokens, or what `tokenize` takes
        Three documents or more.
    choices : mapping of str to sequence, optional
        Alternatives of `ngrams` and `stopwords` (of `count`), `min_docs` (of
        `DocumentFeatureMatrix.trim`), `scheme` (of `weight`) and `metric` (of `similarity`). The
        first of each is that of the specification which all others are compared with. What is not
        named has the alternatives 1 and (1, 2), None and "english", 1 and 2, "proportion" and
        "tfidf", "jensen_shannon" and "cosine".
    n_jobs : int
        Threads; -1 for one per processor. The result does not depend on it.

    Returns
    -------
    Robustness

    Raises
    ------
    OptionError
        If a choice is unknown or has no alternatives, there are fewer than three documents, or
        choices leave a document without words.

    Notes
    -----
    That an order outlives these choices does not make it right: all of them may share a flaw.
    Name the choices you would have defended before you saw the result.

    References
    ----------
    .. [1] Denny, M. J., & Spirling, A. (2018). Text preprocessing for unsupervised learning: why
       it matters, when it misleads, and what to do about it. *Political Analysis* 26(2), 168-189.
    .. [2] Steegen, S., Tuerlinckx, F., Gelman, A., & Vanpaemel, W. (2016). Increasing transparency
       through a multiverse analysis. *Perspectives on Psychological Science* 11(5), 702-712.

    Examples
    --------
    >>> import discourse as ds
    >>> texts = ["we want peace", "we want peace now", "they want war", "they want trade"]
    >>> found = ds.robustness(texts, choices={"min_docs": [1], "ngrams": [1]})
    >>> found
    Robustness(8 specifications, 6 pairs, concordance 0.67)
    >>> found.by_pair()[["doc", "other", "rank", "highest"]].values[0].tolist()
    ['text1', 'text2', 1.0, 1.0]
    """
    alternatives = _alternatives(choices or {})
    tokens = as_tokens(corpus_or_tokens)
    if len(tokens) < 3:
        msg = f"robustness needs three documents or more, whose pairs have an order; got {tokens}."
        raise OptionError("corpus_or_tokens", msg)
    specifications = tuple(
        ReadOnly(dict(zip(alternatives, chosen, strict=True)))
        for chosen in product(*alternatives.values())
    )
    values = np.vstack(list(_values(tokens, alternatives, n_jobs)))
    ranks = np.vstack(
        [
            _ranked(row if METRICS[str(s["metric"])].kind != "similarity" else -row)
            for s, row in zip(specifications, values, strict=True)
        ]
    )
    return Robustness(
        tuple(combinations(tokens.docs, 2)),
        specifications,
        values,
        ranks,
        np.array([_spearman(ranks[0], row) for row in ranks]),
        _concordance(ranks),
        Record(
            "robustness",
            ReadOnly(
                {
                    **tokens.record.parameters,
                    **{name: tuple(map(str, own)) for name, own in alternatives.items()},
                }
            ),
            tokens.record.digests,
            recompute=from_tokens(partial(robustness, choices=choices, n_jobs=n_jobs), tokens),
        ),
    )


def _alternatives(choices: Mapping[str, Sequence[Any]], /) -> dict[str, tuple[Any, ...]]:
    """Return the alternatives of every choice, checked."""
    for name, given in choices.items():
        check_known("choice", name, CHOICES)
        if isinstance(given, str) or not isinstance(given, Sequence) or not given:  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"alternatives of {name} must be in a list that is not empty; got {given!r:.60}."
            raise OptionError("choices", msg)
    for metric in choices.get("metric", ()):
        check_known("metric", metric, METRICS)
    return {name: tuple(choices.get(name, own)) for name, own in CHOICES.items()}


def _values(
    tokens: Tokens, alternatives: Mapping[str, Sequence[Any]], n_jobs: int, /
) -> Iterator[FloatArray]:
    """Yield the value of every pair, specification by specification."""
    upper = np.triu_indices(len(tokens), 1)
    for dfm in _matrices(tokens, alternatives):
        for scheme in alternatives["scheme"]:
            vectors = weight(dfm, scheme)
            for metric in alternatives["metric"]:
                yield similarity(vectors, metric=metric, n_jobs=n_jobs).values[upper]


def _matrices(
    tokens: Tokens, alternatives: Mapping[str, Sequence[Any]], /
) -> Iterator[DocumentFeatureMatrix]:
    """Yield the counts under every combination of the choices that bear on them."""
    for ngrams, stopwords in product(alternatives["ngrams"], alternatives["stopwords"]):
        dfm = count(tokens, ngrams=ngrams, stopwords=stopwords)
        for min_docs in alternatives["min_docs"]:
            trimmed = dfm.trim(min_docs=min_docs)
            empty = [doc for doc, n in zip(trimmed.docs, trimmed.totals, strict=True) if not n]
            if empty:
                where = f"ngrams {ngrams}, stopwords {stopwords!r:.20}, min_docs {min_docs}"
                msg = f"choices leave no words to {shorten(empty)} ({where}): choose others."
                raise OptionError("choices", msg)
            yield trimmed


def _ranked(values: FloatArray, /) -> FloatArray:
    """Return the ranks of values, ties sharing the mean of their places.

    What differs by no more than the error of sums is tied.
    """
    from scipy.stats import rankdata

    return np.asarray(rankdata(values.round(_DIGITS)), np.float64)


def _spearman(one: FloatArray, other: FloatArray, /) -> float:
    """Return the correlation of two rows of ranks, NaN if one of them has no order."""
    a, b = one - one.mean(), other - other.mean()
    scale = np.sqrt((a @ a) * (b @ b))
    return float(np.clip(a @ b / scale, -1, 1)) if scale else float("nan")


def _concordance(ranks: FloatArray, /) -> float:
    """Return Kendall's W of rows of ranks, NaN if none of them has an order."""
    m, n = ranks.shape
    sums = ranks.sum(axis=0)
    ties = sum(int((np.unique(row, return_counts=True)[1] ** 3).sum()) - n for row in ranks)
    most = m**2 * (n**3 - n) - m * ties
    return float(12 * ((sums - sums.mean()) ** 2).sum() / most) if most else float("nan")
