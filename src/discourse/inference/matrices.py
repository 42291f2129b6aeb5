"""matched_matrix(): the differences of all pairs of many sources at one length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from discourse.corpus import Corpus, as_corpus
from discourse.errors import OptionError, check_jobs, check_level, shorten
from discourse.inference.common import common_levels
from discourse.inference.drawing import check_count, drawn_record, limits, seed_of
from discourse.inference.lengths import common_length, joined, why_no_baseline, why_no_interval
from discourse.inference.matrix import MatchedMatrix
from discourse.inference.permuting import Collection, Outcome, permutation_p
from discourse.inference.sources import Source, bound, sources_of
from discourse.labelled import FloatArray, group_values
from discourse.metrics import Metric
from discourse.record import shown
from discourse.resampling import benjamini_hochberg

Groups: TypeAlias = str | Mapping[str, str]


def matched_matrix(
    corpus: Any,
    /,
    *,
    by: Groups | None = None,
    metric: str | Metric = "jensen_shannon",
    m: int | None = None,
    draws: int = 200,
    level: float = 0.95,
    permutations: int = 0,
    unit: Groups | None = None,
    rng: np.random.Generator | int = 0,
    n_jobs: int = 1,
) -> MatchedMatrix:
    """Return how different all pairs of sources are when all are cut to the same length.

    Of each pair it is what `matched` gives at the same `m`, up to the random samples, which the
    pairs share. What two sources get depends on their texts, on `m` and on `rng`; not on their
    names, their order or, unless the metric learns from all of them or counts what both lack,
    which other sources there are.

    Parameters
    ----------
    corpus : Corpus, or list of str or Document, or data frame
        Headers are left out.
    by : str or mapping of str to str, optional
        A docvar, or the group of each document by identifier: sources are the groups, the
        sentences of their documents pooled, sorted by name. By default each document is a source.
    metric : str or Metric
        A name in ``METRICS``, or one of these metrics with options. One that needs a background
        takes the whole texts of all sources, if these are three or more, unless it has another.
    m : int, optional
        Tokens of each sample; by default, and at most, the largest that every source allows: 0.45
        of what it keeps when its largest jackknife group is left out.
    draws : int
        Random pairs of disjoint samples of each source; one in four serves the intervals.
    level : float
        Nominal coverage of the intervals, between 0 and 1.
    permutations : int
        If not 0, p-values for pairs of groups: how often the excess would be as large if documents
        were dealt out to the two groups at random, in that many ways. All ways are listed where
        they are no more.
    unit : str or mapping of str to str, optional
        A docvar, such as the speaker, or a mapping, of documents that are dealt out together.
    rng : Generator or int
        Source of all random numbers, or its seed.
    n_jobs : int
        Threads; -1 for one per processor. The result does not depend on it.

    Returns
    -------
    MatchedMatrix

    Raises
    ------
    UndefinedError
        If a source has no words, or too few for two samples.
    OptionError
        If there are fewer than two sources, or an option is not allowed. For `m` the message names
        the largest possible and the source that limits it.

    Notes
    -----
    Intervals are those of `matched`, and hold for one pair at a time. There are p-values of
    collections only, since sentences of a text are not exchangeable: neighbours share their topic.
    They are valid if documents, or units, are: where 400 pairs of collections were simulated, each
    document with topics of its own that last for some sentences, p was .05 or less in .048 of them
    (five documents a side) and in .040 (three against eight).

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.inference import matched_matrix
    >>> texts = ["We want peace. Trade is good. " * 12, "Peace is good. We trade. " * 12,
    ...          "War is loss. They lost it. " * 12, "They lost. It is a loss. " * 12]
    >>> corpus = ds.Corpus.from_texts(texts, docvars={"side": ["X", "X", "Y", "Y"]})
    >>> found = matched_matrix(corpus, by="side", permutations=99)
    >>> found.to_frame()[["a", "b", "p", "m"]].values.tolist()  # one of three ways to deal
    [['X', 'Y', 0.3333333333333333, 55]]
    """
    _check(by, unit, draws, level, permutations)
    threads = check_jobs(n_jobs)
    texts = as_corpus(corpus)
    groups = _groups(texts, by)
    sources = sources_of(tuple(groups), tuple(groups.values()))
    m = common_length(m, sources)
    chosen, sources = bound(metric, sources)
    seed = seed_of(rng)
    tests = _NONE
    if permutations:
        collections = _collections(texts, groups, sources, unit)
        tests = _tests(chosen, collections, m, permutations, seed, threads)
    options: dict[str, Any] = {"metric": metric, "m": m, "draws": draws, "level": level}
    options |= {"by": by, "permutations": permutations, "unit": unit}
    return MatchedMatrix(
        names=tuple(groups),
        metric=chosen.name,
        kind=chosen.kind,
        m=m,
        **_estimates(chosen, sources, m, draws, level, seed, threads),
        p=tests.p,
        p_adjusted=tests.adjusted,
        level=level,
        note=joined(why_no_interval(sources), why_no_baseline(sources, m), tests.note),
        record=drawn_record(
            "matched_matrix",
            {name: shown(value) for name, value in options.items()},
            {"corpus": texts.digest},
            rng,
            partial(matched_matrix, **options, rng=rng, n_jobs=n_jobs),
        ),
    )


def _check(
    by: Groups | None, unit: Groups | None, draws: int, level: float, permutations: int, /
) -> None:
    """Check the options that need no corpus."""
    check_count("draws", draws, least=1)
    check_count("permutations", permutations, least=0)
    check_level(level)
    if permutations and by is None:
        msg = (
            "permutations deal out the documents of groups, and by= names none: there is no "
            "p-value for two texts. Name the groups, or compare the excess with a reference "
            "corpus (matched_percentile)."
        )
        raise OptionError("permutations", msg)
    if unit is not None and not permutations:
        msg = "unit says what permutations deal out together, and there are none: ask for some."
        raise OptionError("unit", msg)


def _groups(corpus: Corpus, by: Groups | None, /) -> dict[str, Corpus]:
    """Return the documents of each source, groups sorted by name."""
    if by is None:
        groups = {document.id: Corpus((document,)) for document in corpus}
    else:
        of = group_values(corpus.ids, corpus.docvars, by)
        groups = {
            name: Corpus(tuple(d for d, own in zip(corpus, of, strict=True) if own == name))
            for name in sorted(set(of))
        }
    if len(groups) < 2:
        msg = f"at least two sources are needed; there is one: {shorten(list(groups))}."
        raise OptionError("corpus" if by is None else "by", msg)
    return groups


def _estimates(
    metric: Metric,
    sources: Sequence[Source],
    m: int,
    draws: int,
    level: float,
    seed: int,
    n_jobs: int,
    /,
) -> dict[str, FloatArray]:
    """Return the numbers of all pairs with their limits, by the names of the fields."""
    found = common_levels(metric, sources, m=m, draws=draws, seed=seed, n_jobs=n_jobs)
    excess = found.excess(metric.kind)
    error, excess_error = found.errors()
    low, high = limits(found.between, error, level, metric.bounds)
    excess_low, excess_high = limits(excess, excess_error, level, (-np.inf, np.inf))
    return {
        "values": found.between,
        "low": low,
        "high": high,
        "excess": excess,
        "excess_low": excess_low,
        "excess_high": excess_high,
    }


class _Tests(NamedTuple):
    """p-values of all pairs, and what to keep in mind about them."""

    p: FloatArray | None
    adjusted: FloatArray | None
    note: str | None


_NONE = _Tests(None, None, None)


def _collections(
    corpus: Corpus, groups: Mapping[str, Corpus], sources: Sequence[Source], unit: Groups | None, /
) -> list[Collection]:
    """Return the sources with the units of their sentences."""
    names = corpus.ids if unit is None else group_values(corpus.ids, corpus.docvars, unit)
    unit_of = dict(zip(corpus.ids, names, strict=True))
    group_of: dict[str, str] = {}
    for name, group in groups.items():
        for own in {unit_of[doc] for doc in group.ids}:
            if group_of.setdefault(own, name) != name:
                msg = f"unit {own!r} has documents in {group_of[own]!r} and in {name!r}."
                raise OptionError("unit", f"{msg} A unit must be in one group.")
    return [
        Collection.of(source, [unit_of[doc] for doc in group.ids])
        for source, group in zip(sources, groups.values(), strict=True)
    ]


def _tests(
    metric: Metric,
    collections: Sequence[Collection],
    m: int,
    permutations: int,
    seed: int,
    n_jobs: int,
    /,
) -> _Tests:
    """Return the p-value of every pair of collections of two units or more."""
    numbers = [i for i, each in enumerate(collections) if each.n_units > 1]
    pairs = list(combinations(numbers, 2))

    def test(pair: tuple[int, int]) -> Outcome:
        """Return the p-value of one pair."""
        a, b = (collections[i] for i in pair)
        return permutation_p(metric, a, b, m=m, permutations=permutations, seed=seed)

    with ThreadPoolExecutor(n_jobs) as pool:
        tested = list(pool.map(test, pairs))
    k = len(collections)
    p, adjusted = np.full((2, k, k), np.nan)
    if pairs:
        i, j = np.array(pairs).T
        p[i, j] = p[j, i] = own = np.array([each.p for each in tested])
        adjusted[i, j] = adjusted[j, i] = benjamini_hochberg(own)
    single = [each.source.name for each in collections if each.n_units == 1]
    return _Tests(p, adjusted, _test_note(single, m, [each.m for each in tested]))


def _test_note(single: Sequence[str], m: int, lengths: Sequence[int], /) -> str | None:
    """Return which pairs have no p-value, or one at a smaller length, and why."""
    notes: list[str] = []
    if single:
        notes.append(f"no p-value for a group of a single unit: {shorten(single)}.")
    if shorter := [length for length in lengths if length < m]:
        notes.append(
            f"{len(shorter)} of {len(lengths)} p-values are of samples of {min(shorter)} tokens or "
            f"more, less than m, since permuted groups may hold so few."
        )
    return joined(*notes)
