"""compare(): two sides in, an explained comparison out."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from discourse.comparison.doubts import LANGUAGE, SCRIPT, doubts
from discourse.comparison.result import Comparison
from discourse.comparison.sources import Sources, as_sources
from discourse.contributions import explain
from discourse.dfm import DocumentFeatureMatrix, count
from discourse.errors import EmptyDocumentError, OptionError, UndefinedError
from discourse.inference import matched
from discourse.keyterms import keyness
from discourse.labelled import Estimate, MatchedEstimate
from discourse.lexicon import Entry, Lexicon, as_lexicon
from discourse.metrics import METRICS, Metric, find
from discourse.record import ReadOnly, Record
from discourse.rhetoric import markers, poisson_limits
from discourse.stances import (
    StanceVectors,
    agreement_by_target,
    expected_salience,
    salience,
    stance,
)
from discourse.tokens import token_spans, tokenize

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
        A name in ``METRICS`` whose values lie between 0 and 1, for "same words", its
        contributions and the matched length.
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

    Warns
    -----
    UserWarning
        If a document is in a script written without spaces, or has hardly any function words of
        English; the notes of the answers that this touches say so too.

    Examples
    --------
    >>> import discourse as ds
    >>> found = ds.compare("We seek peace.", "We seek peace, and oppose sanctions.")
    >>> found.targets[["target", "n_a", "n_b"]].values.tolist()
    [['peace', 1, 1], ['sanctions', 0, 1]]
    """
    lexicon, words = as_lexicon(targets), None if keywords is None else as_lexicon(keywords)
    chosen = _bounded(find(metric))
    sources = as_sources(a, b)
    by_document = count(tokenize(sources.corpus))
    dfm = by_document.group(sources.side_of)
    sizes = dict(zip(dfm.docs, dfm.totals.tolist(), strict=True))
    empty = [name for name in (sources.a, sources.b) if not sizes[name]]
    if empty:
        raise EmptyDocumentError(empty)
    doubtful = doubts(by_document)
    for reason in doubtful.values():
        warnings.warn(reason, stacklevel=2)
    seed = int(rng) if isinstance(rng, (int, np.integer)) else None
    record = _record(sources, lexicon, words, metric, seed)
    stances = stance(sources.corpus, targets=lexicon)
    sides = stances.group(sources.side_of)
    contributions = explain(dfm, sources.a, sources.b, metric=metric)
    at_length, note = _matched(sources, metric, rng if seed is None else seed)
    return Comparison(
        a=sources.a,
        b=sources.b,
        target_set=lexicon.name,
        words=_noted(_words(contributions.total, chosen, _of(record, "words")), doubtful, SCRIPT),
        topics=_noted(_topics(sides, sources, _of(record, "topics")), doubtful, SCRIPT),
        agreement=_noted(
            _agreement(sides, sources, _of(record, "agreement")), doubtful, SCRIPT, LANGUAGE
        ),
        matched=None if at_length is None else replace(at_length, record=_of(record, "matched")),
        matched_note=note,
        targets=_targets(sides, sources),
        differing=_differing(by_document, sources),
        markers=_rates(sources, as_lexicon("english")),
        keywords=None if words is None else _rates(sources, words),
        mentions=_mentions(stances, sources),
        contributions=replace(contributions, record=_of(record, "contributions")),
        tokens=ReadOnly(sizes),
        record=record,
    )


def _bounded(metric: Metric, /) -> Metric:
    """Return the metric, which must lie between 0 and 1."""
    if metric.bounds != (0.0, 1.0):
        allowed = ", ".join(repr(m.name) for m in METRICS.values() if m.bounds == (0.0, 1.0))
        msg = (
            f"metric {metric.name!r} does not lie between 0 and 1, so it gives no likeness of "
            f"wording; take one of {allowed}."
        )
        raise OptionError("metric", msg)
    return metric


def _record(
    sources: Sources, targets: Lexicon, keywords: Lexicon | None, metric: str, seed: int | None, /
) -> Record:
    """Return how the comparison came about."""
    digests = {
        "a": sources.corpus_a.digest,
        "b": sources.corpus_b.digest,
        "targets": targets.digest,
        "markers": as_lexicon("english").digest,
    }
    options: dict[str, Any] = {"targets": targets, "keywords": keywords, "metric": metric}
    again = None if seed is None else partial(compare, **options, rng=seed)
    return Record(
        "compare",
        ReadOnly(
            {
                "targets": targets.name,
                "keywords": None if keywords is None else keywords.name,
                "metric": metric,
                "rng": "generator" if seed is None else seed,
            }
        ),
        ReadOnly(digests if keywords is None else {**digests, "keywords": keywords.digest}),
        recompute=again,
    )


def _of(record: Record, part: str, /) -> Record:
    """Return the record of one part of the comparison."""
    return record.then(part, attrgetter(part))


def _words(value: float, metric: Metric, record: Record, /) -> Estimate:
    """Return the likeness of wording, with the value of the metric in its note."""
    note = "no interval: the bare value also measures length; see the matched length"
    if metric.kind != "similarity":
        unit = " bits" if metric.name == "jensen_shannon" else ""
        note = f"1 - {metric.name} of {value:.3f}{unit}; {note}"
        value = 1 - value
    value = min(1.0, max(0.0, value))
    return Estimate(f"words ({metric.name})", value, None, None, LEVEL, record, note=note)


def _topics(sides: StanceVectors, sources: Sources, record: Record, /) -> Estimate:
    """Return salience, with the value to expect by chance in its note."""
    value, note = float("nan"), "a side mentions no target"
    try:
        expected = expected_salience(sides, sources.a, sources.b)
    except UndefinedError:
        pass
    else:
        value = salience(sides).value(sources.a, sources.b)
        note = (
            f"{expected:.2f} is expected of two texts of these sizes from one source, "
            "if mentions were independent draws"
        )
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


def _noted(estimate: Estimate, doubtful: Mapping[str, str], /, *reasons: str) -> Estimate:
    """Return the estimate, with those of these reasons to doubt it that hold in its note."""
    held = [doubtful[reason] for reason in reasons if reason in doubtful]
    return replace(estimate, note="; ".join(filter(None, [estimate.note, *held])) or None)


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
    totals = np.maximum(sides.mentioned.sum(axis=1), 1)
    balance, (low, high), status = sides.score("balance"), sides.limits(level=LEVEL), sides.status
    columns: dict[str, object] = {"target": sides.targets}
    for side, row in (("a", i), ("b", j)):
        columns |= {
            f"n_{side}": sides.mentioned[row],
            f"support_{side}": sides.support[row],
            f"oppose_{side}": sides.oppose[row],
            f"neutral_{side}": sides.neutral[row],
            f"balance_{side}": balance[row],
            f"low_{side}": low[row],
            f"high_{side}": high[row],
            f"status_{side}": status[row],
            f"share_{side}": sides.mentioned[row] / totals[row],
        }
    frame = pd.DataFrame(columns)
    try:
        parts = agreement_by_target(sides, sources.a, sources.b, level=LEVEL).to_frame()
    except UndefinedError:
        frame["contribution"] = np.nan
    else:
        frame["contribution"] = frame["target"].map(parts.set_index("target")["contribution"])
    frame["n"] = -(frame["n_a"] + frame["n_b"])
    frame = frame[frame["n"] < 0].sort_values(["n", "target"], ignore_index=True)
    return frame.drop(columns="n")


def _rates(sources: Sources, lexicon: Lexicon, /) -> pd.DataFrame:
    """Return the rates per 1,000 tokens of the categories of a lexicon, both sides in a row."""
    import pandas as pd

    worded = sources.corpus.subset(lambda document: bool(token_spans(document)))
    rates = markers(worded, lexicon=lexicon, level=LEVEL)
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
    letter = {sources.a: "a", sources.b: "b"}
    side = pd.Series([letter[sources.side_of[m.doc]] for m in found], name="side", dtype=object)
    passages = pd.DataFrame(
        {
            "cue_spans": [m.cue_spans for m in found],
            "passage_start": [m.sentence_span[0] for m in found],
            "passage": pd.Series(
                [texts[m.doc][slice(*m.sentence_span)] for m in found], dtype=object
            ),  # a column of strings would refuse lone surrogates
        }
    )
    return pd.concat([side, stances.mentions, passages], axis=1)
