"""Metrics that learn from a background what is usual: Deltas and smoothed divergences."""

from __future__ import annotations

import math
from functools import partial
from typing import Final

import numpy as np

from discourse._kernels import Overlap
from discourse.errors import OptionError
from discourse.metrics import backgrounds, terms
from discourse.metrics.metric import Metric
from discourse.metrics.preparing import Prepare, identity
from discourse.record import ReadOnly


def _smoothing(smoothing: float, /) -> Prepare:
    """Return the preparation of smoothed divergences, whose rows are then given their level."""
    if not 0.0 < smoothing < 1.0:
        msg = f"smoothing must lie between 0 and 1, the part of the background; got {smoothing!r}."
        raise OptionError("smoothing", msg)
    return Prepare(f"(1 - {smoothing:g}) * x / sum(x) + {smoothing:g} * g", power=identity)


def _kl(*, smoothing: float) -> Metric:
    """Return the Kullback-Leibler divergence, smoothed by this much of the background."""
    return Metric(
        name="kl",
        kind="divergence",
        preparation=_smoothing(smoothing),
        formula="sum(a * log2(a / b))",
        terms=terms.log_ratios,
        total=terms.plain_sum,
        gather=terms.right_apart,
        cancels=True,
        overlap=Overlap.PRODUCT,
        symmetric=False,
        learns=partial(backgrounds.smoothed, smoothing=smoothing),
        level=terms.SMOOTHED,
        family=_kl,
        options=ReadOnly({"smoothing": smoothing}),
        bounds=(0.0, math.inf),
        reference="Kullback, S. & Leibler, R. A. (1951). On information and sufficiency. Annals "
        "of Mathematical Statistics 22(1), 79-86; smoothed as in Zhai, C. & Lafferty, J. (2004). "
        "A study of smoothing methods for language models applied to information retrieval. ACM "
        "Transactions on Information Systems 22(2), 179-214.",
        trap="The value depends on the order of the texts, on the background and on how much it "
        "smooths: give all three.",
    )


def _jeffreys(*, smoothing: float) -> Metric:
    """Return Jeffreys's divergence, smoothed by this much of the background."""
    return Metric(
        name="jeffreys",
        kind="divergence",
        preparation=_smoothing(smoothing),
        formula="sum((a - b) * log2(a / b))",
        terms=terms.both_log_ratios,
        total=terms.plain_sum,
        gather=terms.apart,
        cancels=True,
        overlap=Overlap.PRODUCT,
        learns=partial(backgrounds.smoothed, smoothing=smoothing),
        level=terms.SMOOTHED,
        family=_jeffreys,
        options=ReadOnly({"smoothing": smoothing}),
        bounds=(0.0, math.inf),
        reference="Jeffreys, H. (1946). An invariant form for the prior probability in "
        "estimation problems. Proceedings of the Royal Society A 186(1007), 453-461.",
        trap="Features that one text lacks decide, by as much as the smoothing lets them.",
    )


METRICS: Final = (
    Metric(
        name="burrows_delta",
        kind="distance",
        preparation=Prepare("x / sum(x) / (s * n)", power=identity),
        formula="sum(abs(a - b))",
        terms=terms.absolute,
        total=terms.plain_sum,
        size=identity,
        gather=terms.twice_apart,
        cancels=True,
        overlap=Overlap.MINIMUM,
        learns=backgrounds.delta,
        bounds=(0.0, math.inf),
        reference="Burrows, J. (2002). 'Delta': a measure of stylistic difference and a guide to "
        "likely authorship. Literary and Linguistic Computing 17(3), 267-287.",
        trap="Made for the few hundred most frequent words: with all words the rarest decide. "
        "The value belongs to its background.",
    ),
    Metric(
        name="eder_delta",
        kind="distance",
        preparation=Prepare("x / sum(x) * (n - r + 1) / (s * n**2)", power=identity),
        formula="sum(abs(a - b))",
        terms=terms.absolute,
        total=terms.plain_sum,
        size=identity,
        gather=terms.twice_apart,
        cancels=True,
        overlap=Overlap.MINIMUM,
        learns=backgrounds.ranked_delta,
        bounds=(0.0, math.inf),
        reference="Eder, M., Rybicki, J. & Kestemont, M. (2016). Stylometry with R: a package for "
        "computational text analysis. The R Journal 8(1), 107-121.",
        trap="Rare words weigh less than in Burrows's Delta; the value belongs to its background.",
    ),
    Metric(
        name="cosine_delta",
        kind="similarity",
        preparation=Prepare(
            "(x / sum(x) - m) / s / sqrt(sum(((x / sum(x) - m) / s)**2))", power=identity
        ),
        formula="sum(a * b)",
        terms=np.multiply,
        total=terms.plain_sum,
        gather=terms.overlap_itself,
        overlap=Overlap.PRODUCT,
        learns=backgrounds.standardised,
        level=terms.FEATURE_CENTRED,
        bounds=(-1.0, 1.0),
        reference="Smith, P. W. H. & Aldridge, W. (2011). Improving authorship attribution: "
        "optimizing Burrows' Delta method. Journal of Quantitative Linguistics 18(1), 63-88.",
        trap="The cosine of z-scores, of which stylometry prints 1 less it. Among few texts it is "
        "negative for most pairs, since z-scores sum to 0.",
    ),
    _kl(smoothing=0.5),
    _jeffreys(smoothing=0.5),
)
