"""Metrics of what two rows share: products of weights, and presence."""

from __future__ import annotations

from typing import Final

import numpy as np

from discourse._kernels import Overlap
from discourse.metrics import terms
from discourse.metrics.metric import Metric
from discourse.metrics.preparing import Prepare

_PRESENCE: Final = "Presence alone counts, so that long texts, with more types, look more alike."

METRICS: Final = (
    Metric(
        name="cosine",
        kind="similarity",
        preparation=terms.L2,
        formula="sum(a * b)",
        terms=np.multiply,
        total=terms.plain_sum,
        gather=terms.overlap_itself,
        overlap=Overlap.PRODUCT,
        weighting=0.5,
        bounds=(0.0, 1.0),
        reference="Salton, G. & McGill, M. J. (1983). Introduction to Modern Information "
        "Retrieval. McGraw-Hill.",
        trap="On counts the few most frequent words decide: nearly all texts of one language are "
        "above .8. Weight by tf-idf, or leave function words out.",
    ),
    Metric(
        name="jaccard",
        kind="similarity",
        preparation=terms.BINARY,
        formula="sum(a * b) / sum(maximum(a, b))",
        terms=np.multiply,
        total=terms.over_union,
        size=np.square,
        gather=terms.overlap_itself,
        overlap=Overlap.PRODUCT,
        needs="either",
        weighting=0.5,
        bounds=(0.0, 1.0),
        reference="Jaccard, P. (1912). The distribution of the flora in the alpine zone. "
        "New Phytologist 11(2), 37-50.",
        trap=f"{_PRESENCE} A short text can share little of a long one.",
    ),
    Metric(
        name="dice",
        kind="similarity",
        preparation=terms.BINARY,
        formula="2 * sum(a * b) / (sum(a) + sum(b))",
        terms=np.multiply,
        total=terms.twice_over_sizes,
        size=np.square,
        gather=terms.overlap_itself,
        overlap=Overlap.PRODUCT,
        needs="either",
        weighting=0.5,
        bounds=(0.0, 1.0),
        reference="Dice, L. R. (1945). Measures of the amount of ecologic association between "
        "species. Ecology 26(3), 297-302.",
        trap=f"{_PRESENCE} It orders pairs as Jaccard does, and 1 less it is no distance.",
    ),
    Metric(
        name="overlap",
        kind="similarity",
        preparation=terms.BINARY,
        formula="sum(a * b) / minimum(sum(a), sum(b))",
        terms=np.multiply,
        total=terms.over_smaller,
        size=np.square,
        gather=terms.overlap_itself,
        overlap=Overlap.PRODUCT,
        weighting=0.5,
        bounds=(0.0, 1.0),
        reference="Simpson, G. G. (1943). Mammals and the nature of continents. American Journal "
        "of Science 241(1), 1-31.",
        trap="A text of ten types that a long one holds is wholly like it: 1 does not mean equal.",
    ),
    Metric(
        name="simple_matching",
        kind="similarity",
        preparation=terms.BINARY,
        formula="sum(a == b) / n",
        terms=terms.matches,
        total=terms.plain_sum,
        size=np.square,
        gather=terms.share_matched,
        overlap=Overlap.PRODUCT,
        needs="none",
        uses_n_features=True,
        bounds=(0.0, 1.0),
        reference="Sokal, R. R. & Michener, C. D. (1958). A statistical method for evaluating "
        "systematic relationships. University of Kansas Science Bulletin 38, 1409-1438.",
        trap="Features that both lack count as likeness, so that the value depends on which "
        "other texts were counted along.",
    ),
    Metric(
        name="pearson",
        kind="similarity",
        preparation=Prepare(
            "(x - mean(x)) / sqrt(sum((x - mean(x))**2))",
            power=np.square,
            root=np.sqrt,
        ),
        formula="sum(a * b)",
        terms=np.multiply,
        total=terms.plain_sum,
        gather=terms.overlap_itself,
        overlap=Overlap.PRODUCT,
        level=terms.ROW_CENTRED,
        uses_n_features=True,
        bounds=(-1.0, 1.0),
        reference="Pearson, K. (1895). Note on regression and inheritance in the case of two "
        "parents. Proceedings of the Royal Society of London 58, 240-242.",
        trap="Features that both lack count as likeness; with many features it is the cosine.",
    ),
)
