"""The registry: every metric, listed once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Final

import numpy as np

from discourse._kernels import Overlap
from discourse.errors import OptionError, check_option
from discourse.metrics import backgrounds, terms
from discourse.metrics.metric import Metric
from discourse.metrics.preparing import Prepare, identity
from discourse.record import ReadOnly

_DEZA: Final = "Deza, M. M. & Deza, E. (2009). Encyclopedia of Distances. Springer."
_PRESENCE: Final = "Presence alone counts, so that long texts, with more types, look more alike."
_LENGTH: Final = "Counts of texts of unequal length differ by length: weight them first."


def _minkowski(*, p: float) -> Metric:
    """Return Minkowski's distance of one power."""
    if not 1.0 <= p < math.inf:
        msg = f"p must be 1 or more, and finite: below 1 there is no distance; got {p!r}."
        raise OptionError("p", msg)
    return Metric(
        name="minkowski",
        kind="distance",
        preparation=terms.AS_GIVEN,
        formula=f"sum(abs(a - b)**{p:g})**(1 / {p:g})",
        terms=partial(terms.powers, p=p),
        total=partial(terms.p_root, p=p),
        size=partial(terms.power, p=p),
        gather=terms.apart,
        cancels=True,
        overlap=Overlap.POWER,
        needs="none",
        weighting=1.0 / p,
        family=_minkowski,
        options=ReadOnly({"p": p}),
        bounds=(0.0, math.inf),
        reference=_DEZA,
        trap=f"The larger p, the more the few most frequent features decide. {_LENGTH}",
    )


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


_ALL: Final = (
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
        name="ruzicka",
        kind="similarity",
        preparation=terms.AS_GIVEN,
        formula="sum(minimum(a, b)) / sum(maximum(a, b))",
        terms=np.minimum,
        total=terms.over_union,
        size=identity,
        gather=terms.overlap_itself,
        overlap=Overlap.MINIMUM,
        needs="either",
        weighting=1.0,
        bounds=(0.0, 1.0),
        reference="Ružička, M. (1958). Anwendung mathematisch-statistischer Methoden in der "
        "Geobotanik. Biológia (Bratislava) 13, 647-661.",
        trap=_LENGTH,
    ),
    Metric(
        name="bray_curtis",
        kind="divergence",
        preparation=terms.AS_GIVEN,
        formula="sum(abs(a - b)) / sum(a + b)",
        terms=terms.absolute,
        total=terms.over_sizes,
        size=identity,
        gather=terms.twice_apart,
        cancels=True,
        overlap=Overlap.MINIMUM,
        needs="either",
        weighting=1.0,
        bounds=(0.0, 1.0),
        reference="Bray, J. R. & Curtis, J. T. (1957). An ordination of the upland forest "
        "communities of southern Wisconsin. Ecological Monographs 27(4), 325-349.",
        trap=f"{_LENGTH} It is no distance: the triangle inequality fails.",
    ),
    Metric(
        name="manhattan",
        kind="distance",
        preparation=terms.AS_GIVEN,
        formula="sum(abs(a - b))",
        terms=terms.absolute,
        total=terms.plain_sum,
        size=identity,
        gather=terms.twice_apart,
        cancels=True,
        overlap=Overlap.MINIMUM,
        needs="none",
        weighting=1.0,
        bounds=(0.0, math.inf),
        reference=_DEZA,
        trap=_LENGTH,
    ),
    Metric(
        name="euclidean",
        kind="distance",
        preparation=terms.AS_GIVEN,
        formula="sqrt(sum((a - b)**2))",
        terms=terms.squares,
        total=terms.root,
        size=np.square,
        gather=terms.twice_apart,
        cancels=True,
        overlap=Overlap.PRODUCT,
        needs="none",
        weighting=0.5,
        bounds=(0.0, math.inf),
        reference=_DEZA,
        trap=f"The few most frequent features decide. {_LENGTH}",
    ),
    _minkowski(p=3.0),
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
    Metric(
        name="canberra",
        kind="distance",
        preparation=terms.AS_GIVEN,
        formula="sum(abs(a - b) / (a + b))",
        terms=terms.relative,
        total=terms.plain_sum,
        size=np.sign,
        gather=terms.apart,
        cancels=True,
        overlap=Overlap.RELATIVE,
        needs="none",
        bounds=(0.0, math.inf),
        reference="Lance, G. N. & Williams, W. T. (1967). Mixed-data classificatory programs I. "
        "Agglomerative systems. Australian Computer Journal 1(1), 15-20.",
        trap="Every word that one text alone has counts 1, however rare: mostly a count of types.",
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

METRICS: Final[Mapping[str, Metric]] = ReadOnly({metric.name: metric for metric in _ALL})


def find(metric: str | Metric, /) -> Metric:
    """Return the metric of that name, or the metric itself.

    Raises
    ------
    OptionError
        If there is none; the message lists them.
    """
    if isinstance(metric, Metric):
        return metric
    check_option("metric", metric, tuple(METRICS))
    return METRICS[metric]
