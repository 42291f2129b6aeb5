"""compare(): two sides in, an explained comparison out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from discourse.comparison.result import Comparison
from discourse.comparison.sources import Sources, as_sources
from discourse.contributions import explain
from discourse.dfm import DocumentFeatureMatrix, count
from discourse.errors import EmptyDocumentError, UndefinedError
from discourse.inference import matched
from discourse.keyterms import keyness
from discourse.labelled import Estimate, MatchedEstimate
from discourse.lexicon import Entry, Lexicon, as_lexicon
from discourse.metrics import find
from discourse.record import ReadOnly, Record
from discourse.rhetoric import markers, poisson_limits
from discourse.stances import (
    StanceVectors,
    agreement_by_target,
    expected_salience,
    salience,
    stance,
)
from discourse.tokens import tokenize

if TYPE_CHECKING:
    import pandas as pd

Targets: TypeAlias = Lexicon | Mapping[str, Sequence[Entry]] | str | Path
LEVEL = 0.95


def compare(
    a: Any,
    b: Any,
    /,
    *,
    targets: Targets = "foreign-policy",
    keywords: Targets | None = None,
    metric: str = "jensen_shannon",
    rng: np.random.Generator | int = 0,
) -> Comparison:
    """Return how two sides compare: the same words, the same topics, the same side.

    Parameters
    ----------
    a, b : str, Document, Corpus, list of str or Document, or data frame
        Two sides; a collection is pooled.
    targets : Lexicon, mapping of categories to patterns, name or path
        What topics and stances are about; named in the output.
    keywords : Lexicon, mapping, name or path, optional
        Categories whose rates are compared as well.
    metric : str
        A name in ``METRICS``, for "same words", its contributions and the matched length.
    rng : Generator or int
        Source of the random samples at matched length, or its seed.

    Returns
    -------
    Comparison

    Raises
    ------
    EmptyDocumentError
        If a side has no words.
    OptionError
        If an option is not allowed.

    Examples
    --------
    >>> import discourse as ds
    >>> found = ds.compare("We seek peace.", "We seek peace, and oppose sanctions.")
    >>> found.targets[["target", "n_a", "n_b"]].values.tolist()
    [['peace', 1, 1], ['sanctions', 0, 1]]
    """
    chosen, lexicon = find(metric), as_lexicon(targets)
    sources = as_sources(a, b)
    tokens = tokenize(sources.corpus)
    by_document = count(tokens)
    dfm = by_document.group(sources.side_of)
    sizes = dict(zip(dfm.docs, dfm.totals.tolist(), strict=True))
    empty = [name for name in (sources.a, sources.b) if not sizes[name]]
    if empty:
        raise EmptyDocumentError(empty)
    record = Record(
        "compare",
        ReadOnly(
            {
                "targets": lexicon.name,
                "keywords": None if keywords is None else as_lexicon(keywords).name,
                "metric": metric,
                "rng": rng if isinstance(rng, int) else "generator",
            }
        ),
        ReadOnly(
            {
                "a": sources.corpus_a.digest,
                "b": sources.corpus_b.digest,
                "targets": lexicon.digest,
            }
        ),
        recompute=partial(compare, targets=lexicon, keywords=keywords, metric=metric, rng=rng)
        if isinstance(rng, int)
        else None,
    )
    stances = stance(sources.corpus, targets=lexicon)
    sides = stances.group(sources.side_of)
    contributions = explain(dfm, sources.a, sources.b, metric=metric)
    matched_value, matched_note = _matched(sources, metric, rng)
    return Comparison(
        a=sources.a,
        b=sources.b,
        target_set=lexicon.name,
        words=_words(contributions.total, chosen.kind, metric, record),
        topics=_topics(sides, sources, record),
        agreement=_agreement(sides, sources, record),
        matched=matched_value,
        matched_note=matched_note,
        targets=_targets(sides, sources),
        differing=_differing(by_document, sources),
        markers=_rates(sources, "english"),
        keywords=None if keywords is None else _rates(sources, as_lexicon(keywords)),
        mentions=_mentions(stances, sources),
        contributions=contributions,
        tokens=ReadOnly(sizes),
        record=record,
    )


def _words(value: float, kind: str, metric: str, record: Record, /) -> Estimate:
    """Return the likeness of wording, with the value of the metric in its note."""
    note = "no interval: the bare value also measures length; see the matched length"
    if metric == "jensen_shannon":
        value, note = 1 - value, f"1 - Jensen-Shannon divergence of {value:.3f} bits; {note}"
    elif kind != "similarity":
        note = f"a {kind}: grows with difference; {note}"
    return Estimate(f"words ({metric})", value, None, None, LEVEL, record, note=note)


def _topics(sides: StanceVectors, sources: Sources, record: Record, /) -> Estimate:
    """Return salience, with the value to expect by chance in its note."""
    value, note = float("nan"), "a side mentions no target"
    try:
        expected = expected_salience(sides, sources.a, sources.b)
    except UndefinedError:
        pass
    else:
        value = salience(sides).value(sources.a, sources.b)
        note = f"{expected:.2f} is expected of two texts of these sizes from one source"
    return Estimate("topics (salience)", value, None, None, LEVEL, record, note=note)


def _agreement(sides: StanceVectors, sources: Sources, record: Record, /) -> Estimate:
    """Return agreement with its interval and what it rests on."""
    try:
        found = agreement_by_target(sides, sources.a, sources.b, level=LEVEL)
    except UndefinedError as error:
        return Estimate("agreement", float("nan"), None, None, LEVEL, record, note=error.reason)
    note = (
        f"{len(found.targets)} shared targets (effectively {found.effective_targets:.1f}), "
        f"{found.evidence_share_a:.0%} and {found.evidence_share_b:.0%} of the stances taken"
    )
    return Estimate("agreement", found.value, found.low, found.high, LEVEL, record, note=note)


def _matched(
    sources: Sources, metric: str, rng: np.random.Generator | int, /
) -> tuple[MatchedEstimate | None, str | None]:
    """Return the value at matched length, or why there is none."""
    try:
        return matched(sources.corpus_a, sources.corpus_b, metric=metric, rng=rng), None
    except UndefinedError as error:
        return None, error.reason


def _targets(sides: StanceVectors, sources: Sources, /) -> pd.DataFrame:
    """Return one row per mentioned target, most mentioned first."""
    import pandas as pd

    i, j = sides.row(sources.a), sides.row(sources.b)
    mentioned = np.flatnonzero(sides.mentioned[[i, j]].sum(axis=0))
    totals = np.maximum(sides.mentioned.sum(axis=1), 1)
    balance, (low, high), status = sides.score("balance"), sides.limits(), sides.status
    weight = np.sqrt(sides.evidence[i] * sides.evidence[j])
    columns: dict[str, object] = {"target": [sides.targets[t] for t in mentioned]}
    for side, row in (("a", i), ("b", j)):
        columns |= {
            f"n_{side}": sides.mentioned[row, mentioned],
            f"support_{side}": sides.support[row, mentioned],
            f"oppose_{side}": sides.oppose[row, mentioned],
            f"neutral_{side}": sides.neutral[row, mentioned],
            f"balance_{side}": balance[row, mentioned],
            f"low_{side}": low[row, mentioned],
            f"high_{side}": high[row, mentioned],
            f"status_{side}": status[row, mentioned],
            f"share_{side}": sides.mentioned[row, mentioned] / totals[row],
        }
    product = (balance[i] * balance[j] * weight)[mentioned]
    columns["contribution"] = product / max(float(weight.sum()), 1e-300)
    frame = pd.DataFrame(columns)
    order = np.lexsort((np.array(columns["target"]), -(frame["n_a"] + frame["n_b"]).to_numpy()))
    return frame.iloc[order].reset_index(drop=True)


def _rates(sources: Sources, lexicon: Lexicon | str, /) -> pd.DataFrame:
    """Return the rates per 1,000 tokens of the categories of a lexicon, both sides in a row."""
    import pandas as pd

    rates = markers(sources.corpus, lexicon=lexicon, level=LEVEL)
    columns: dict[str, object] = {"category": list(rates.features)}
    for side, name in (("a", sources.a), ("b", sources.b)):
        own = [sources.side_of[doc] == name for doc in rates.docs]
        counts, per_marker = rates.counts[own].sum(axis=0), 1000 / rates.exposure[own].sum()
        low, high = poisson_limits(counts, level=LEVEL)
        columns |= {
            f"count_{side}": counts,
            f"rate_{side}": counts * per_marker,
            f"low_{side}": low * per_marker,
            f"high_{side}": high * per_marker,
        }
    return pd.DataFrame(columns)


def _differing(dfm: DocumentFeatureMatrix, sources: Sources, /) -> pd.DataFrame:
    """Return the keyness of every word, side a against side b.

    The p-values are NaN unless both sides have documents enough to test over: words of one text
    are not independent, and two texts have no p-value.
    """
    found = keyness(dfm, target=sources.corpus_a.ids, reference=sources.corpus_b.ids)
    frame = found.to_frame()
    if found.unit == "tokens":
        frame[["p", "p_adjusted"]] = np.nan
    return frame


def _mentions(stances: StanceVectors, sources: Sources, /) -> pd.DataFrame:
    """Return every mention with its side, the spans of its cues and its sentence."""
    import pandas as pd

    texts = {document.id: document.text for document in sources.corpus}
    found = stances.found
    side = pd.Series([sources.side_of[m.doc] for m in found], name="side", dtype=object)
    passages = pd.DataFrame(
        {
            "cue_spans": [m.cue_spans for m in found],
            "passage_start": [m.sentence_span[0] for m in found],
            "passage": [texts[m.doc][slice(*m.sentence_span)] for m in found],
        }
    )
    return pd.concat([side, stances.mentions, passages], axis=1)
