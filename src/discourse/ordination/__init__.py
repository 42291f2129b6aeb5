"""Which documents lie together: trees and maps of the distances between them."""

from discourse.ordination.clustering import Clustering, Method, cluster
from discourse.ordination.maps import DocumentMap, mds

__all__ = [
    "Clustering",
    "DocumentMap",
    "Method",
    "cluster",
    "mds",
]
