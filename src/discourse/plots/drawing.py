"""The verb that draws a result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from discourse.comparison import Comparison
from discourse.contributions import Separation
from discourse.errors import OptionError, need
from discourse.inference import MatchedMatrix, MatchedPercentile
from discourse.keyterms import Keyness
from discourse.labelled import Contributions, Estimate, MatchedEstimate, Result, SimilarityMatrix
from discourse.ordination import Clustering, DocumentMap
from discourse.plots import estimates, grids, maps, stances, words
from discourse.plots.style import styled
from discourse.rhetoric import MarkerRates
from discourse.scaling import Positions, WordfishModel
from discourse.stances import AgreementByTarget, StanceDifference, StanceTrend, StanceVectors

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DRAWN: Final[dict[type[Result], Callable[[Any, Axes | None, int], Axes]]] = {
    AgreementByTarget: words.plot_breakdown,
    Clustering: grids.plot_tree,
    Comparison: stances.plot_comparison,
    Contributions: words.plot_contributions,
    DocumentMap: maps.plot_map,
    Estimate: estimates.plot_estimate,
    Keyness: words.plot_keyness,
    MarkerRates: estimates.plot_markers,
    MatchedEstimate: estimates.plot_matched_estimate,
    MatchedMatrix: grids.plot_matched,
    MatchedPercentile: estimates.plot_percentile,
    Positions: estimates.plot_positions,
    Separation: words.plot_separation,
    SimilarityMatrix: grids.plot_matrix,
    StanceDifference: stances.plot_difference,
    StanceTrend: stances.plot_trend,
    StanceVectors: stances.plot_vectors,
    WordfishModel: estimates.plot_wordfish,
}


def plot(result: Result, /, *, ax: Axes | None = None, k: int = 20) -> Axes:
    """Return the axes on which a result is drawn.

    Nothing is shown or written: in a notebook the figure appears by itself, elsewhere
    ``ax.figure.savefig("picture.png")`` writes it. Points and bars have the colours of Okabe and
    Ito, which colour-blind readers tell apart, and shapes or hatches that tell them apart in grey.
    Letters are those of DejaVu Sans; what it lacks, as Chinese, comes from the font in
    ``matplotlib.rcParams["font.family"]``.

    Parameters
    ----------
    result : Result
        ============================================ ==================================
        type                                         picture
        ============================================ ==================================
        `Comparison`, `StanceVectors`                balance on each target
        `StanceDifference`, `StanceTrend`            difference, or change per year
        `AgreementByTarget`                          what each target adds
        `Keyness`, `Contributions`, `Separation`     bars of features
        `SimilarityMatrix`, `MatchedMatrix`          heat map, in the order of a tree
        `Clustering`, `DocumentMap`                  tree, map
        `Estimate`, `MatchedEstimate`                numbers with their intervals
        `MatchedPercentile`                          a pair among the pairs of a corpus
        `MarkerRates`                                rates with their intervals
        `Positions`, `WordfishModel`                 positions with their intervals
        ============================================ ==================================

        Stance vectors of more than six documents become a heat map.
    ax : Axes, optional
        Where to draw; by default on a new figure of pyplot, which keeps it until it is closed.
    k : int
        Features, targets or classes shown at most; the title tells how many are left out. Heat
        maps of documents, trees and maps show all documents.

    Returns
    -------
    Axes
        To be changed at will.

    Raises
    ------
    OptionError
        If there is no picture of such a result; the message names what can be plotted.
    DiscourseError
        If matplotlib is not installed.

    Examples
    --------
    >>> import matplotlib
    >>> matplotlib.use("agg")
    >>> import discourse as ds
    >>> from discourse.plots import plot
    >>> dfm = ds.count(["peace peace trade", "war war trade"])
    >>> ax = plot(ds.keyness(dfm, target="text1"), k=2)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['peace', 'war']
    >>> matplotlib.pyplot.close(ax.figure)
    """
    check_k(k)
    kinds = type(result).__mro__
    draw = next((DRAWN[kind] for kind in kinds if kind in DRAWN), None)
    if draw is None:
        names = ", ".join(sorted(kind.__name__ for kind in DRAWN))
        msg = f"cannot plot a {type(result).__name__}; what can be plotted: {names}."
        raise OptionError("result", msg)
    with styled(need("matplotlib", extra="report").rcParams):
        return draw(result, ax, k)


def check_k(k: object, /) -> None:
    """Raise `OptionError` unless so many rows can be shown."""
    if not isinstance(k, int) or isinstance(k, bool) or k < 1:
        msg = f"k must be a positive int, the most rows to show; got {k!r}."
        raise OptionError("k", msg)
