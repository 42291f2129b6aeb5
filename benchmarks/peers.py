"""How others compare documents: one function for each peer that similarity is measured beside."""

from __future__ import annotations

import importlib
import importlib.util
import math
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.io import mmwrite
from scipy.sparse import csr_array, csr_matrix
from scipy.spatial.distance import cdist

from benchmarks.texts import Counts

K = 10
THREADS = 2
BLOCK = 512  # rows, of those peers that are fed in blocks

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]
Weights = csr_array[np.float64, tuple[int, int]]


class Timed(NamedTuple):
    """An answer and the seconds that it took."""

    seconds: float
    values: Floats


def timed(work: Callable[[], Floats], /) -> Timed:
    """Return the answer and the wall time of some work."""
    start = time.perf_counter()
    values = work()
    return Timed(time.perf_counter() - start, values)


# -- the ten nearest -----------------------------------------------------------------------


def as_weights(counts: Counts, /) -> Weights:
    """Return the counts as floats, with the narrow indices that scikit-learn asks for."""
    weights = counts.astype(np.float64)
    weights.indices = weights.indices.astype(np.int32)
    weights.indptr = weights.indptr.astype(np.int32)
    return weights


def unit_rows(counts: Counts, norm: str = "l2", /) -> Weights:
    """Return the rows divided by their lengths, or by their sums ("l1"), by scikit-learn."""
    normalize = importlib.import_module("sklearn.preprocessing").normalize
    return csr_array(normalize(as_weights(counts), norm=norm))


def best(rows: Places, columns: Places, values: Floats, n: int, /) -> Floats:
    """Return the largest values of each row, largest first, without that of the row itself."""
    other = rows != columns
    rows, values = rows[other], values[other]
    order = np.lexsort((-values, rows))
    rows, values = rows[order], values[order]
    rank = np.arange(len(rows)) - rows.searchsorted(rows)
    top = np.zeros((n, K))
    top[rows[rank < K], rank[rank < K]] = values[rank < K]
    return top


def nearest_scikit_learn(counts: Counts, /) -> Timed:
    """Return the largest products of normalised rows, a block of rows at a time."""

    def work() -> Floats:
        unit = unit_rows(counts)
        columns = unit.T.tocsr()
        top = np.empty((unit.shape[0], K))
        for start in range(0, len(top), BLOCK):
            block = (unit[start : start + BLOCK] @ columns).toarray()
            rows = np.arange(len(block))
            block[rows, start + rows] = -np.inf
            largest = np.argpartition(block, -K, axis=1)[:, -K:]
            top[start : start + BLOCK] = -np.sort(-np.take_along_axis(block, largest, axis=1))
        return top

    return timed(work)


def nearest_neighbors(counts: Counts, /) -> Timed:
    """Return what scikit-learn's class of that name finds."""
    neighbors = importlib.import_module("sklearn.neighbors").NearestNeighbors

    def work() -> Floats:
        model = neighbors(n_neighbors=K, metric="cosine", algorithm="brute", n_jobs=THREADS)
        distances, _ = model.fit(as_weights(counts)).kneighbors()
        return np.asarray(1.0 - distances, np.float64)

    return timed(work)


def nearest_sparse_dot_topn(counts: Counts, /) -> Timed:
    """Return what sparse_dot_topn finds."""
    multiply = importlib.import_module("sparse_dot_topn").sp_matmul_topn
    start = time.perf_counter()
    unit = csr_matrix(unit_rows(counts))
    found = multiply(unit, unit.T.tocsr(), top_n=K + 1, sort=True, n_threads=THREADS).tocoo()
    seconds = time.perf_counter() - start
    return Timed(seconds, best(found.row, found.col, found.data, counts.shape[0]))


R_SCRIPT = """
suppressMessages({library(Matrix); library(proxyC)})
given <- commandArgs(TRUE)
options(proxyC.threads = as.integer(given[4]))
RcppParallel::setThreadOptions(numThreads = as.integer(given[4]))
x <- as(as(readMM(given[1]), "generalMatrix"), "CsparseMatrix")
seconds <- system.time(found <- simil(x, method = "cosine", rank = as.integer(given[3])))
found <- as(found, "TsparseMatrix")
cat(seconds[["elapsed"]], "\\n", file = given[2])
write.table(cbind(found@i, found@j, sprintf("%.17g", found@x)), given[2], append = TRUE,
            quote = FALSE, row.names = FALSE, col.names = FALSE)
"""


def nearest_proxyc(counts: Counts, /) -> Timed:
    """Return what proxyC finds, and the time that R says it took."""
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder, "x.mtx"), Path(folder, "found.txt")
        mmwrite(given, counts)
        options = [str(given), str(found), str(K + 1), str(THREADS)]
        subprocess.run(["Rscript", "-e", R_SCRIPT, *options], check=True)
        first, *lines = found.read_text(encoding="ascii").splitlines()
    rows, columns, values = np.array([line.split() for line in lines], np.float64).T
    # The matrix is symmetric, and proxyC keeps the largest of every column.
    return Timed(float(first), best(columns.astype(np.int64), rows, values, counts.shape[0]))


Nearest = Callable[[Counts], Timed]
NEAREST: dict[str, tuple[Nearest, float]] = {  # with the ratio that is aimed at
    "scikit-learn, products": (nearest_scikit_learn, 4),
    "scikit-learn, neighbors": (nearest_neighbors, 4),
    "sparse_dot_topn": (nearest_sparse_dot_topn, 2),
    "proxyC": (nearest_proxyc, 6),
}


def missing(name: str, /) -> str | None:
    """Return why a peer cannot be asked, if so."""
    if name == "proxyC":
        if shutil.which("Rscript") is None:
            return "there is no Rscript"
        asked = ["Rscript", "-e", "library(proxyC)"]
        failed = subprocess.run(asked, check=False, capture_output=True).returncode
        return "R has no package of that name" if failed else None
    module = "sklearn" if name.startswith("scikit") else name
    return None if importlib.util.find_spec(module) else "it is not installed"


# -- all pairs -----------------------------------------------------------------------------


def scipy_jensen_shannon(a: Floats, b: Floats, /) -> Floats:
    """Return divergences in bits by scipy, whose distances are roots of nats."""
    return np.square(cdist(a, b, "jensenshannon")) / math.log(2)


def scipy_hellinger(a: Floats, b: Floats, /) -> Floats:
    """Return Hellinger distances by scipy, as Euclidean ones of roots of shares."""
    roots = [np.sqrt(side / side.sum(axis=1, keepdims=True)) for side in (a, b)]
    return np.asarray(cdist(*roots) / math.sqrt(2), np.float64)


def scipy_jaccard(a: Floats, b: Floats, /) -> Floats:
    """Return Jaccard similarities by scipy."""
    return np.subtract(1.0, cdist(a > 0, b > 0, "jaccard"))


def sklearn_euclidean(counts: Counts, /) -> Floats:
    """Return Euclidean distances of all pairs by scikit-learn."""
    pairwise = importlib.import_module("sklearn.metrics.pairwise")
    return np.asarray(pairwise.euclidean_distances(as_weights(counts)))


def sklearn_hellinger(counts: Counts, /) -> Floats:
    """Return Hellinger distances of all pairs by scikit-learn, as Euclidean ones of roots."""
    pairwise = importlib.import_module("sklearn.metrics.pairwise")
    roots = unit_rows(counts, "l1").sqrt()
    return np.asarray(pairwise.euclidean_distances(roots) / math.sqrt(2))


def products_jaccard(counts: Counts, /) -> Floats:
    """Return Jaccard similarities of all pairs from sparse products by scipy."""
    binary = as_weights(counts).astype(np.bool_).astype(np.float64)
    shared = (binary @ binary.T).toarray()
    sizes = shared.diagonal()
    return np.asarray(shared / (sizes[:, np.newaxis] + sizes - shared))


PARTS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "jensen_shannon": scipy_jensen_shannon,
    "hellinger": scipy_hellinger,
    "jaccard": scipy_jaccard,
    "manhattan": partial(cdist, metric="cityblock"),
    "euclidean": cdist,
}
WHOLES: dict[str, tuple[str, Callable[[Counts], Floats]]] = {
    "hellinger": ("scikit-learn", sklearn_hellinger),
    "jaccard": ("scipy products", products_jaccard),
    "euclidean": ("scikit-learn", sklearn_euclidean),
}
