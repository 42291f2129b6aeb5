"""Metrics of how far two rows are apart, feature by feature."""

from __future__ import annotations

import math
from functools import partial
from typing import Final

import numpy as np

from discourse._kernels import Overlap
from discourse.errors import OptionError
from discourse.metrics import terms
from discourse.metrics.metric import Metric
from discourse.metrics.preparing import identity
from discourse.record import ReadOnly

_DEZA: Final = "Deza, M. M. & Deza, E. (2009). Encyclopedia of Distances. Springer."
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


METRICS: Final = (
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
)
