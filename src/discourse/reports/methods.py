"""A paragraph on methods that can be pasted, with the works it cites."""

from __future__ import annotations

from discourse.comparison import Comparison
from discourse.metrics import METRICS
from discourse.record import VERSION
from discourse.reports.answers import title
from discourse.reports.display import visible

CITATION = (
    f"The discourse authors. discourse: compare what texts say (version {VERSION}) "
    "[Computer software]."
)
_DUNNING = (
    "Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. "
    "Computational Linguistics 19(1), 61-74."
)
_HARDIE = "Hardie, A. (2014). Log Ratio: an informal introduction. CASS, Lancaster University."
_KOTT = (
    "Kott, P. S. (2001). The delete-a-group jackknife. Journal of Official Statistics 17(4), "
    "521-526."
)
_LOWE = (
    "Lowe, W., Benoit, K., Mikhaylov, S. & Laver, M. (2011). Scaling policy preferences from coded "
    "political texts. Legislative Studies Quarterly 36(1), 123-155."
)
_WILSON = (
    "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. "
    "Journal of the American Statistical Association 22, 209-212."
)
_GARWOOD = (
    "Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 437-442."
)


_SIDES = (
    "Stances were read sentence by sentence with rules over cue words; a target's connotation "
    "never decides, and stances reported of others were left out. The balance on a target is "
    "support less opposition over both (Lowe et al., 2011), with Wilson's interval (Wilson, 1927) "
    "at an effective number of stances. Agreement is the mean product of balances over shared "
    "targets, weighted by evidence"
)
_DIFFERING = (
    "Words that set the sides apart were found by the log-likelihood ratio G2 (Dunning, 1993) and "
    "the log ratio (Hardie, 2014). Intervals of the rates of rhetorical markers are exact Poisson "
    "limits (Garwood, 1936)."
)


def paragraph(found: Comparison, /) -> str:
    """Return how the numbers of a comparison came about, as a paper would tell it."""
    a, b = visible(found.a), visible(found.b)
    n_a, n_b = found.tokens[found.a], found.tokens[found.b]
    level = f"{found.agreement.level:.0%}"
    sentences = (
        f"We compared {a} ({n_a:,} words) with {b} ({n_b:,} words) with discourse {VERSION}.",
        f"Wording was compared by the {title(found.contributions.metric)} ({_cited(found)}).",
        *_length(found, level),
        f"Topics were compared by salience: how far the shares overlap that {a} and {b} give to",
        f"the targets of the list {visible(found.target_set)}.",
        f"{_SIDES}, in [-1, 1] and with a {level} interval.",
        _DIFFERING,
    )
    return " ".join(sentences)


def _cited(found: Comparison, /) -> str:
    """Return authors and year of the metric."""
    authors, _, rest = METRICS[found.contributions.metric].reference.partition(" (")
    names = (author.partition(",")[0] for author in authors.split(" & "))
    return f"{' & '.join(names)}, {rest.partition(')')[0]}"


def _length(found: Comparison, level: str, /) -> tuple[str, ...]:
    """Return how length was allowed for, if it was."""
    if found.matched is None:
        return ("The texts are too short to compare at matched length.",)
    rng = found.record.parameters["rng"]
    seed = f" (seed {rng})" if isinstance(rng, int) else ""
    drawn = f"Since such values depend on length, random sentences of {found.matched.m:,.0f} words"
    draws = f"{drawn} a side were compared as well{seed}"
    if found.matched.low is None:
        return (f"{draws}.",)
    jackknife = f"with a {level} delete-a-group jackknife interval (Kott, 2001)"
    return (f"{draws}, {jackknife}, beside samples of one and the same side.",)


def references(found: Comparison, /) -> list[str]:
    """Return the works that the paragraph cites, by author."""
    metric = METRICS[found.contributions.metric].reference
    jackknife = [_KOTT] if found.matched is not None and found.matched.low is not None else []
    return sorted({metric, _DUNNING, _HARDIE, _LOWE, _WILSON, _GARWOOD, *jackknife})
