"""Metrics of rows as distributions over features, and of the table of two rows of counts."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from discourse._kernels import Overlap
from discourse.metrics import terms
from discourse.metrics.metric import Metric
from discourse.metrics.preparing import identity

METRICS: Final = (
    Metric(
        name="bhattacharyya",
        kind="similarity",
        preparation=terms.ROOT_OF_L1,
        formula="sum(a * b)",
        terms=np.multiply,
        total=terms.plain_sum,
        gather=terms.overlap_itself,
        overlap=Overlap.PRODUCT,
        bounds=(0.0, 1.0),
        reference="Bhattacharyya, A. (1943). On a measure of divergence between two statistical "
        "populations defined by their probability distributions. Bulletin of the Calcutta "
        "Mathematical Society 35, 99-109.",
        trap="Short texts look unlike each other: words that a text has not happened to use count "
        "as absent. Compare at matched length.",
    ),
    Metric(
        name="hellinger",
        kind="distance",
        preparation=terms.ROOT_OF_L1,
        formula="sqrt(sum((a - b)**2) / 2)",
        terms=terms.half_squares,
        total=terms.root,
        gather=terms.apart,
        cancels=True,
        overlap=Overlap.PRODUCT,
        bounds=(0.0, 1.0),
        reference="Hellinger, E. (1909). Neue Begründung der Theorie quadratischer Formen von "
        "unendlichvielen Veränderlichen. Journal für die reine und angewandte Mathematik 136, "
        "210-271; scaled to [0, 1] as in Le Cam, L. (1986). Asymptotic Methods in Statistical "
        "Decision Theory. Springer.",
        trap="Rare words weigh more than in the cosine, so that length moves it more. Compare at "
        "matched length.",
    ),
    Metric(
        name="jensen_shannon",
        kind="divergence",
        preparation=terms.L1,
        formula="sum(a * log2(2 * a / (a + b)) + b * log2(2 * b / (a + b))) / 2",
        terms=terms.entropy_gains,
        total=terms.plain_sum,
        gather=terms.apart,
        cancels=True,
        overlap=Overlap.ENTROPY,
        bounds=(0.0, 1.0),
        reference="Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE "
        "Transactions on Information Theory 37(1), 145-151.",
        trap="Two texts of one source differ by .2 to .6 as they are long or short: compare at "
        "matched length. The root, not the divergence, is a distance; software differs in which "
        "it prints, and in bits or nats.",
    ),
    Metric(
        name="jensen_shannon_distance",
        kind="distance",
        preparation=terms.L1,
        formula="sqrt(sum(a * log2(2 * a / (a + b)) + b * log2(2 * b / (a + b))) / 2)",
        terms=terms.entropy_gains,
        total=terms.root,
        gather=terms.apart,
        cancels=True,
        overlap=Overlap.ENTROPY,
        bounds=(0.0, 1.0),
        reference="Endres, D. M. & Schindelin, J. E. (2003). A new metric for probability "
        "distributions. IEEE Transactions on Information Theory 49(7), 1858-1860.",
        trap="The root of the divergence: .5 here is .25 there.",
    ),
    Metric(
        name="triangular",
        kind="divergence",
        preparation=terms.L1,
        formula="sum((a - b)**2 / (a + b)) / 2",
        terms=terms.half_triangles,
        total=terms.plain_sum,
        gather=terms.twice_apart,
        cancels=True,
        overlap=Overlap.HARMONIC,
        bounds=(0.0, 1.0),
        reference="Topsøe, F. (2000). Some inequalities for information divergence and related "
        "measures of discrimination. IEEE Transactions on Information Theory 46(4), 1602-1609.",
        trap="Half of what is also called the symmetric chi-square; its root is a distance.",
    ),
    Metric(
        name="chi_square",
        kind="divergence",
        preparation=terms.AS_GIVEN,
        formula="sum((a * sum(b) - b * sum(a))**2 / (sum(a) * sum(b) * (a + b)))",
        terms=terms.cells,
        total=terms.plain_sum,
        size=identity,
        gather=terms.table_apart,
        cancels=True,
        overlap=Overlap.HARMONIC,
        bounds=(0.0, math.inf),
        reference="Pearson, K. (1900). On the criterion that a given system of deviations ... "
        "Philosophical Magazine 50(302), 157-175; for corpora: Kilgarriff, A. (2001). Comparing "
        "corpora. International Journal of Corpus Linguistics 6(1), 97-133.",
        trap="The statistic of a table of counts: it grows with length, and weights are no counts.",
    ),
)
