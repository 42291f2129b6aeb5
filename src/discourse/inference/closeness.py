"""closer(): whether a source is closer to a second one than to a third."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from discourse.errors import check_level
from discourse.inference.common import CommonLevels, common_levels, variances
from discourse.inference.drawing import check_count, drawn_record, limits, seed_of
from discourse.inference.lengths import common_length, why_no_interval
from discourse.inference.sources import bound, named_corpora, sources_of
from discourse.labelled import Estimate, FloatArray
from discourse.metrics import Metric


def closer(
    a: Any,
    b: Any,
    c: Any,
    /,
    *,
    metric: str | Metric = "jensen_shannon",
    m: int | None = None,
    draws: int = 200,
    level: float = 0.95,
    rng: np.random.Generator | int = 0,
) -> Estimate:
    """Return how much closer a source is to a second one than to a third, at one length.

    ``D_m(a, c) - D_m(a, b)``, or for a similarity ``D_m(a, b) - D_m(a, c)``: positive if `a` is
    closer to `b`, negative if it is closer to `c`. See `matched` for D_m.

    Parameters
    ----------
    a, b, c : str, Document, Corpus, or list of str or Document
        Three sources; the sentences of a collection are pooled. Headers are left out.
    metric : str or Metric
        A name in ``METRICS``, or one of these metrics with options. One that needs a background
        takes the whole texts of the three sources, unless it has another.
    m : int, optional
        Tokens of each sample; by default, and at most, the largest that all three allow.
    draws : int
        Random pairs of disjoint samples of each source.
    level : float
        Nominal coverage of the interval, between 0 and 1.
    rng : Generator or int
        Source of the random orders, or its seed.

    Returns
    -------
    Estimate
        In the unit of the metric. The jackknife leaves groups of sentences out of both differences
        at once, so that what they share, the text of `a`, widens the interval no more than it
        should. With fewer than 20 sentences in a source there is no interval, and ``note`` says so.

    Raises
    ------
    UndefinedError
        If a source has no words, or too few for two samples.
    OptionError
        If an option is not allowed; for `m` the message names the largest possible.

    Examples
    --------
    >>> from discourse.inference import closer
    >>> peace, trade, war = "Peace and trade. ", "We trade in peace. ", "War is a loss. "
    >>> found = closer(peace * 20, trade * 20, war * 20)
    >>> found.name, found.value > 0
    ("jensen_shannon: how much closer 'a' is to 'b' than to 'c'", True)
    """
    check_count("draws", draws, least=1)
    check_level(level)
    names, corpora = named_corpora({"a": a, "b": b, "c": c})
    sources = sources_of(names, corpora)
    m = common_length(m, sources)
    chosen, sources = bound(metric, sources)
    found = common_levels(chosen, sources, m=m, draws=draws, seed=seed_of(rng))
    sign = -1.0 if chosen.kind == "similarity" else 1.0
    value = sign * (found.between[0, 2] - found.between[0, 1])
    low, high = limits(value, _error(found), level, (-np.inf, np.inf))
    options: dict[str, Any] = {"metric": metric, "m": m, "draws": draws, "level": level}
    return Estimate(
        name=f"{chosen.name}: how much closer {names[0]!r} is to {names[1]!r} than to {names[2]!r}",
        value=float(value),
        low=None if np.isnan(low) else float(low),
        high=None if np.isnan(high) else float(high),
        level=level,
        m=m,
        note=why_no_interval(sources),
        record=drawn_record(
            "closer",
            options,
            {letter: corpus.digest for letter, corpus in zip("abc", corpora, strict=True)},
            rng,
            partial(closer, **options, rng=rng),
        ),
    )


def _error(found: CommonLevels, /) -> FloatArray:
    """Return the standard error of the difference of two differences that share a source."""
    both = found.less_first[0, 2] - found.less_first[0, 1]
    others = found.less_second[0, 1:3]
    return np.asarray(np.sqrt(variances(both) + variances(others).sum()), np.float64)
