"""A map of documents, on which what is alike lies together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from discourse.errors import UndefinedError
from discourse.labelled import FloatArray, Kind, Result, SimilarityMatrix, frozen
from discourse.ordination.distances import correlation, matrix_digest, square_distances
from discourse.record import ReadOnly, Record

if TYPE_CHECKING:
    import pandas as pd

_POOR: Final = 0.2  # stress from which Kruskal calls a map poor
_STEPS: Final = 1000
_CHANGE: Final = 1e-7  # of the stress, at which the search ends
_TIE: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class DocumentMap(Result):
    """A map of documents in two dimensions, whose distances are near those that were given.

    Attributes
    ----------
    names : tuple of str
        Identifiers of the documents.
    x, y : ndarray of shape (n_docs,), float64
        In the unit of the distances, around 0; `x` is the direction in which they spread most.
    metric : str
        What the distances are.
    kind : {"similarity", "distance", "divergence"}
        Of the metric; the map shows distances in any case.
    stress : float
        Kruskal's stress-1: 0 is perfect, .05 good, .1 fair, .2 poor.
    rank_correlation : float
        Spearman's, between the distances that were given and those on the map. NaN where all that
        were given, or all on the map, are the same.
    note : str or None
        That the map is poor.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.ordination import mds
    >>> dfm = ds.count(["peace and war", "war and peace", "roads", "roads and rails"])
    >>> mds(ds.similarity(dfm, metric="hellinger")).to_frame()["doc"].tolist()
    ['text1', 'text2', 'text3', 'text4']
    """

    names: tuple[str, ...]
    x: FloatArray
    y: FloatArray
    metric: str
    kind: Kind
    stress: float
    rank_correlation: float
    note: str | None
    record: Record

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        frozen(self.x)
        frozen(self.y)

    def to_frame(self) -> pd.DataFrame:
        """Return the place of every document, in the columns doc, x and y."""
        import pandas as pd

        return pd.DataFrame({"doc": list(self.names), "x": self.x, "y": self.y})

    def to_dict(self) -> dict[str, object]:
        """Return places, fit and record as plain data."""
        return {
            "names": list(self.names),
            "x": self.x.tolist(),
            "y": self.y.tolist(),
            "metric": self.metric,
            "kind": self.kind,
            "stress": self.stress,
            "rank_correlation": self.rank_correlation,
            "note": self.note,
            "record": self.record.to_dict(),
        }


def mds(matrix: SimilarityMatrix, /) -> DocumentMap:
    """Return a map of documents by metric multidimensional scaling.

    The map that least squares find from the classical solution; nothing is random. It is centred
    and turned to its principal axes, so the same matrix gives the same picture, whatever the order
    of the documents, unless it is equally wide in all directions.

    Bare distances of texts of unequal length tell the lengths: short texts look far from all
    others, and lie around the edge. For these take a matched length:
    ``matched_matrix(corpus).matrix("excess")``.

    Parameters
    ----------
    matrix : SimilarityMatrix
        Documents against themselves. A similarity becomes a distance by its difference from the
        largest value it can have; the diagonal is not used.

    Returns
    -------
    DocumentMap
        With d given and e on the map, `stress` is ``sqrt(sum((d - e)**2) / sum(e**2))`` over all
        pairs.

    Raises
    ------
    OptionError
        If `matrix` is not symmetric, with the same three or more documents in rows and columns.
    UndefinedError
        If some values do not exist, or all distances are 0.

    References
    ----------
    .. [1] Kruskal, J. B. (1964). Multidimensional scaling by optimizing goodness of fit to a
       nonmetric hypothesis. *Psychometrika* 29(1), 1-27.
    .. [2] Torgerson, W. S. (1952). Multidimensional scaling: I. Theory and method. *Psychometrika*
       17(4), 401-419.
    .. [3] de Leeuw, J. (1977). Applications of convex analysis to multidimensional scaling. In
       *Recent Developments in Statistics*, 133-145. North-Holland.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.ordination import mds
    >>> dfm = ds.count(["peace", "peace peace peace peace", "peace peace peace"])
    >>> places = mds(ds.similarity(dfm, metric="manhattan"))
    >>> (places.x + 0.0).round(3).tolist(), round(places.stress, 3)
    ([1.667, -1.333, -0.333], 0.0)
    """
    from scipy.spatial.distance import pdist, squareform
    from scipy.stats import rankdata
    from sklearn.manifold import smacof

    square = square_distances(matrix, least=3)
    if not square.any():
        reason = "all distances are 0, so there is nothing to map."
        raise UndefinedError(matrix.rows, reason)
    unit = square / square.max()  # so that the search ends alike, whatever the unit
    # With a start of one's own and one run, all versions of scikit-learn do the same in silence.
    found, _ = smacof(unit, init=_classical(unit), n_init=1, max_iter=_STEPS, eps=_CHANGE)
    places = _turned(found * square.max(), matrix.rows)
    given, shown = squareform(square), pdist(places)
    stress = float(np.linalg.norm(given - shown) / np.linalg.norm(shown))
    return DocumentMap(
        matrix.rows,
        places[:, 0].copy(),
        places[:, 1].copy(),
        matrix.metric,
        matrix.kind,
        stress,
        correlation(rankdata(given), rankdata(shown)),
        _note(stress),
        Record(
            "mds", ReadOnly({}), ReadOnly({"matrix": matrix_digest(matrix)}), recompute=partial(mds)
        ),
    )


def _classical(distances: FloatArray, /) -> FloatArray:
    """Return the two first coordinates of classical scaling."""
    products = -0.5 * np.square(distances)
    products -= products.mean(axis=0)
    products -= products.mean(axis=1, keepdims=True)
    spread, directions = np.linalg.eigh(products)  # in rising order
    return np.asarray(directions[:, -2:] * np.sqrt(np.maximum(spread[-2:], 0.0)), np.float64)


def _turned(places: FloatArray, names: tuple[str, ...], /) -> FloatArray:
    """Return the places around 0, on their principal axes, the farthest document positive."""
    places = places - places.mean(axis=0)
    places = places @ np.linalg.svd(places, full_matrices=False)[2].T
    return places * [_sign(axis, names) for axis in places.T]


def _sign(axis: FloatArray, names: tuple[str, ...], /) -> float:
    """Return the sign of the document farthest out; of those that tie, the first by name."""
    far = np.flatnonzero(np.abs(axis) >= (1.0 - _TIE) * np.abs(axis).max())
    return -1.0 if axis[min(far.tolist(), key=names.__getitem__)] < 0.0 else 1.0


def _note(stress: float, /) -> str | None:
    """Return that two dimensions are too few, if they are."""
    if stress <= _POOR:
        return None
    return f"stress {stress:.2f} is above {_POOR}: two dimensions show these distances poorly."
