"""The tree in which the nearest documents are joined first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from discourse.errors import OptionError, check_option
from discourse.labelled import FloatArray, Kind, Result, SimilarityMatrix, frozen
from discourse.ordination.distances import correlation, matrix_digest, square_distances
from discourse.record import ReadOnly, Record

if TYPE_CHECKING:
    import pandas as pd

Method: TypeAlias = Literal[
    "average", "complete", "single", "weighted", "ward", "centroid", "median"
]

# These three speak of the means of points, so there must be points. Documents are points where
# distances are Euclidean: of weights, of the roots of shares, or (a squared distance of negative
# type, so that it embeds in a Hilbert space) of Jensen and Shannon.
_OF_POINTS: Final = ("ward", "centroid", "median")
_EUCLIDEAN: Final = ("euclidean", "hellinger", "jensen_shannon_distance")


@dataclass(frozen=True, slots=True, eq=False)
class Clustering(Result):
    """The tree in which the nearest documents are joined first.

    Attributes
    ----------
    names : tuple of str
        Identifiers of the documents.
    linkage : ndarray of shape (n_docs - 1, 4), float64
        The merges in their order, as in scipy: the numbers of the two clusters (documents first,
        then merges), the height at which they join, and how many documents that makes.
    order : ndarray of shape (n_docs,), int64
        The documents as the leaves of the tree. Merges are turned so that neighbours are near, as
        scipy does it: mostly, but not always, as near as they could be.
    method : str
    metric : str
        What the distances are.
    kind : {"similarity", "distance", "divergence"}
        Of the metric; heights are distances in any case.
    cophenetic : float
        Correlation of the distances with the heights at which two documents join; near 1 where
        the tree tells the truth about them. NaN where all distances, or all heights, are the same.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.ordination import cluster
    >>> dfm = ds.count(["peace and war", "war and peace", "roads", "roads and rails"])
    >>> tree = cluster(ds.similarity(dfm, metric="jensen_shannon_distance"), method="ward")
    >>> tree.to_frame()[["left", "right", "size"]].values.tolist()
    [['text1', 'text2', 2], ['text4', 'text3', 2], ['merge 1', 'merge 2', 4]]
    """

    names: tuple[str, ...]
    linkage: FloatArray
    order: npt.NDArray[np.int64]
    method: Method
    metric: str
    kind: Kind
    cophenetic: float
    record: Record

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        frozen(self.linkage)
        frozen(self.order)

    def cut(self, *, k: int | None = None, height: float | None = None) -> pd.DataFrame:
        """Return the cluster of every document.

        Parameters
        ----------
        k : int, optional
            How many clusters to make; where merges tie, the earlier ones are kept.
        height : float, optional
            Documents that join at this height or below it are together. One of both is needed.

        Returns
        -------
        DataFrame
            The columns doc and cluster, in the order of the documents; clusters are numbered from
            1 along the leaves of the tree.

        Raises
        ------
        OptionError
            If neither or both are given, there are not so many documents, or heights do not grow
            from merge to merge, as may happen with the methods "centroid" and "median".

        Examples
        --------
        >>> import discourse as ds
        >>> from discourse.ordination import cluster
        >>> tree = cluster(ds.similarity(ds.count(["peace", "war", "war now"])))
        >>> tree.cut(k=2)["cluster"].tolist()
        [1, 2, 2]
        """
        import pandas as pd

        labels = np.arange(len(self.names))
        parts = self.linkage[: self._merges(k, height), :2].astype(np.int64)
        for merge, (left, right) in enumerate(parts, len(self.names)):
            labels[(labels == left) | (labels == right)] = merge
        numbers: dict[int, int] = {}
        for label in labels[self.order].tolist():
            numbers.setdefault(label, len(numbers) + 1)
        clusters = [numbers[label] for label in labels.tolist()]
        return pd.DataFrame({"doc": list(self.names), "cluster": clusters})

    def _merges(self, k: int | None, height: float | None, /) -> int:
        """Return how many merges are kept."""
        if (k is None) == (height is None):
            msg = "k or height must be given, and not both: cut(k=3) makes three clusters."
            raise OptionError("k", msg)
        if height is None:
            return len(self.names) - self._checked(k)
        heights = self.linkage[:, 2]
        if (np.diff(heights) < 0.0).any():
            msg = f"height says nothing of this {self.method!r} tree: heights fall. Use cut(k=...)."
            raise OptionError("height", msg)
        return int(np.count_nonzero(heights <= height))

    def _checked(self, k: object, /) -> int:
        """Return the number of clusters, if there can be so many."""
        if not isinstance(k, int) or not 1 <= k <= len(self.names):
            msg = f"k must be an int from 1 to {len(self.names)}, the documents; got {k!r}."
            raise OptionError("k", msg)
        return k

    def to_frame(self) -> pd.DataFrame:
        """Return the merges: what is joined on the left and right, the height and the size."""
        import pandas as pd

        names = [*self.names, *(f"merge {i + 1}" for i in range(len(self.linkage)))]
        left, right = ([names[int(i)] for i in side] for side in self.linkage[:, :2].T)
        height, size = self.linkage[:, 2], self.linkage[:, 3].astype(np.int64)
        return pd.DataFrame({"left": left, "right": right, "height": height, "size": size})

    def to_dict(self) -> dict[str, object]:
        """Return tree, leaves and record as plain data."""
        return {
            "names": list(self.names),
            "linkage": self.linkage.tolist(),
            "order": self.order.tolist(),
            "method": self.method,
            "metric": self.metric,
            "kind": self.kind,
            "cophenetic": self.cophenetic,
            "record": self.record.to_dict(),
        }


def cluster(matrix: SimilarityMatrix, /, *, method: Method = "average") -> Clustering:
    """Return the tree in which the nearest documents are joined first.

    Bare distances of texts of unequal length tell the lengths: short texts look far from all
    others, and the tree sorts long from short. For these take a matched length:
    ``matched_matrix(corpus).matrix("excess")``.

    Parameters
    ----------
    matrix : SimilarityMatrix
        Documents against themselves. A similarity becomes a distance by its difference from the
        largest value it can have; the diagonal is not used.
    method : {"average", "complete", "single", "weighted", "ward", "centroid", "median"}
        How far two clusters are apart: "average" takes the mean over all pairs of documents,
        "complete" the farthest and "single" the nearest pair, "weighted" the mean of the two parts
        whatever their sizes. The last three need Euclidean distances: ``"euclidean"``,
        ``"hellinger"`` and ``"jensen_shannon_distance"`` are.

    Returns
    -------
    Clustering
        Where two distances tie, the tree may depend on the order of the documents.

    Raises
    ------
    OptionError
        If `method` is unknown or does not suit the metric, or `matrix` is not symmetric, with the
        same two or more documents in rows and columns.
    UndefinedError
        If some values do not exist; the message names the documents.

    References
    ----------
    .. [1] Sokal, R. R. & Michener, C. D. (1958). A statistical method for evaluating systematic
       relationships. *University of Kansas Science Bulletin* 38, 1409-1438.
    .. [2] Ward, J. H. (1963). Hierarchical grouping to optimize an objective function. *Journal
       of the American Statistical Association* 58(301), 236-244.
    .. [3] Sokal, R. R. & Rohlf, F. J. (1962). The comparison of dendrograms by objective methods.
       *Taxon* 11(2), 33-40.
    .. [4] Bar-Joseph, Z., Gifford, D. K. & Jaakkola, T. S. (2001). Fast optimal leaf ordering for
       hierarchical clustering. *Bioinformatics* 17(suppl. 1), S22-S29.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.ordination import cluster
    >>> dfm = ds.count(["peace and war", "roads", "war and peace", "roads and rails"])
    >>> tree = cluster(ds.similarity(dfm, metric="cosine"))
    >>> tree.linkage[:, 2].round(2).tolist(), tree.cut(k=2)["cluster"].tolist()
    ([0.0, 0.42, 0.83], [1, 2, 1, 2])
    """
    from scipy.cluster import hierarchy
    from scipy.spatial.distance import squareform

    check_option("method", method, get_args(Method))
    distances = squareform(square_distances(matrix, least=2))
    _check_points(method, matrix.metric)
    linkage = hierarchy.linkage(distances, method, optimal_ordering=True)
    return Clustering(
        matrix.rows,
        linkage,
        np.asarray(hierarchy.leaves_list(linkage), np.int64),
        method,
        matrix.metric,
        matrix.kind,
        correlation(distances, hierarchy.cophenet(linkage)),
        Record(
            "cluster",
            ReadOnly({"method": method}),
            ReadOnly({"matrix": matrix_digest(matrix)}),
            recompute=partial(cluster, method=method),
        ),
    )


def _check_points(method: Method, metric: str, /) -> None:
    """Raise if the method speaks of points, and documents are none under this metric."""
    if method in _OF_POINTS and metric not in _EUCLIDEAN:
        suited: Sequence[str] = [name for name in get_args(Method) if name not in _OF_POINTS]
        msg = (
            f"method {method!r} needs Euclidean distances, and those of {metric!r} are not. Use "
            f"the metric {_listed(_EUCLIDEAN)}, or the method {_listed(suited)}."
        )
        raise OptionError("method", msg)


def _listed(names: Sequence[str], /) -> str:
    """Return the names as a choice."""
    return f"{', '.join(map(repr, names[:-1]))} or {names[-1]!r}"
