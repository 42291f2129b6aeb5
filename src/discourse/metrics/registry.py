"""The registry: every metric, listed once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np

from discourse._kernels import Overlap
from discourse.errors import check_option
from discourse.metrics import terms
from discourse.metrics.metric import Metric, identity
from discourse.record import ReadOnly

_ALL: Final = (
    Metric(
        name="cosine",
        kind="similarity",
        prepare=terms.L2,
        formula="sum(a * b)",
        terms=np.multiply,
        total=terms.plain_sum,
        overlap=Overlap.PRODUCT,
        bounds=(0.0, 1.0),
        reference="Salton, G. & McGill, M. J. (1983). Introduction to Modern Information "
        "Retrieval. McGraw-Hill.",
    ),
    Metric(
        name="jaccard",
        kind="similarity",
        prepare=terms.BINARY,
        formula="sum(a * b) / sum(maximum(a, b))",
        terms=np.multiply,
        total=terms.over_union,
        size=identity,
        overlap=Overlap.PRODUCT,
        needs="either",
        bounds=(0.0, 1.0),
        reference="Jaccard, P. (1912). The distribution of the flora in the alpine zone. "
        "New Phytologist 11(2), 37-50.",
    ),
    Metric(
        name="dice",
        kind="similarity",
        prepare=terms.BINARY,
        formula="2 * sum(a * b) / (sum(a) + sum(b))",
        terms=np.multiply,
        total=terms.twice_over_sizes,
        size=identity,
        overlap=Overlap.PRODUCT,
        needs="either",
        bounds=(0.0, 1.0),
        reference="Dice, L. R. (1945). Measures of the amount of ecologic association between "
        "species. Ecology 26(3), 297-302.",
    ),
    Metric(
        name="ruzicka",
        kind="similarity",
        prepare=terms.AS_GIVEN,
        formula="sum(minimum(a, b)) / sum(maximum(a, b))",
        terms=np.minimum,
        total=terms.over_union,
        size=identity,
        overlap=Overlap.MINIMUM,
        needs="either",
        bounds=(0.0, 1.0),
        reference="Ružička, M. (1958). Anwendung mathematisch-statistischer Methoden in der "
        "Geobotanik. Biológia (Bratislava) 13, 647-661.",
    ),
    Metric(
        name="bray_curtis",
        kind="divergence",
        prepare=terms.AS_GIVEN,
        formula="sum(abs(a - b)) / sum(a + b)",
        terms=terms.absolute,
        total=terms.over_sizes,
        size=identity,
        shared=2.0,
        overlap=Overlap.MINIMUM,
        needs="either",
        bounds=(0.0, 1.0),
        reference="Bray, J. R. & Curtis, J. T. (1957). An ordination of the upland forest "
        "communities of southern Wisconsin. Ecological Monographs 27(4), 325-349.",
    ),
    Metric(
        name="manhattan",
        kind="distance",
        prepare=terms.AS_GIVEN,
        formula="sum(abs(a - b))",
        terms=terms.absolute,
        total=terms.plain_sum,
        size=identity,
        shared=2.0,
        overlap=Overlap.MINIMUM,
        needs="none",
        bounds=(0.0, math.inf),
        reference="Deza, M. M. & Deza, E. (2009). Encyclopedia of Distances. Springer.",
    ),
    Metric(
        name="euclidean",
        kind="distance",
        prepare=terms.AS_GIVEN,
        formula="sqrt(sum((a - b)**2))",
        terms=terms.squares,
        total=terms.root,
        size=np.square,
        shared=2.0,
        overlap=Overlap.PRODUCT,
        needs="none",
        bounds=(0.0, math.inf),
        reference="Deza, M. M. & Deza, E. (2009). Encyclopedia of Distances. Springer.",
    ),
    Metric(
        name="hellinger",
        kind="distance",
        prepare=terms.ROOT_OF_L1,
        formula="sqrt(sum((a - b)**2) / 2)",
        terms=terms.half_squares,
        total=terms.root,
        shared=1.0,
        overlap=Overlap.PRODUCT,
        bounds=(0.0, 1.0),
        reference="Hellinger, E. (1909). Neue Begründung der Theorie quadratischer Formen von "
        "unendlichvielen Veränderlichen. Journal für die reine und angewandte Mathematik 136, "
        "210-271; scaled to [0, 1] as in Le Cam, L. (1986). Asymptotic Methods in Statistical "
        "Decision Theory. Springer.",
    ),
    Metric(
        name="jensen_shannon",
        kind="divergence",
        prepare=terms.L1,
        formula="sum(a * log2(2 * a / (a + b)) + b * log2(2 * b / (a + b))) / 2",
        terms=terms.entropy_gains,
        total=terms.plain_sum,
        shared=1.0,
        overlap=Overlap.ENTROPY,
        bounds=(0.0, 1.0),
        reference="Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE "
        "Transactions on Information Theory 37(1), 145-151.",
    ),
    Metric(
        name="jensen_shannon_distance",
        kind="distance",
        prepare=terms.L1,
        formula="sqrt(sum(a * log2(2 * a / (a + b)) + b * log2(2 * b / (a + b))) / 2)",
        terms=terms.entropy_gains,
        total=terms.root,
        shared=1.0,
        overlap=Overlap.ENTROPY,
        bounds=(0.0, 1.0),
        reference="Endres, D. M. & Schindelin, J. E. (2003). A new metric for probability "
        "distributions. IEEE Transactions on Information Theory 49(7), 1858-1860.",
    ),
)

METRICS: Final[Mapping[str, Metric]] = ReadOnly({metric.name: metric for metric in _ALL})


def find(name: str, /) -> Metric:
    """Return the metric of that name.

    Raises
    ------
    OptionError
        If there is none; the message lists them.
    """
    check_option("metric", name, tuple(METRICS))
    return METRICS[name]
