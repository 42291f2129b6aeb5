"""Weighted rows of features: the vectors that metrics compare, with their unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import (
    DiscourseError,
    EmptyDocumentError,
    OptionError,
    check_known,
    check_option,
    repetition,
)
from discourse.labelled import (
    FloatArray,
    Result,
    check_matrix,
    contents,
    corner,
    dense_frame,
    plain,
    row_dicts,
)
from discourse.record import ReadOnly, Record, digest

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    Matrix: TypeAlias = csr_array[np.float64, tuple[int, int]]
    Counts: TypeAlias = csr_array[np.int64, tuple[int, int]]

Scheme: TypeAlias = Literal["proportion", "per_1000", "tfidf", "log", "binary"]


@dataclass(frozen=True, slots=True, eq=False)
class FeatureVectors(Result):
    """Weights of features in documents.

    Attributes
    ----------
    values : csr_array of shape (n_docs, n_features), float64
        Canonical (sorted indices, no stored zeros) and read-only.
    features : tuple of str
        Unique names of the columns.
    docs : tuple of str
        Unique identifiers.
    docvars : mapping of str to tuple
        Columns aligned with `docs`.
    unit : str
        What the values are: "proportion", "per 1,000", "tf-idf", ...

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.vectors import weight
    >>> vectors = weight(ds.count(["peace and war", "peace"]), "proportion")
    >>> vectors.unit, vectors.values.toarray().round(3).tolist()
    ('proportion', [[0.333, 0.333, 0.333], [0.0, 1.0, 0.0]])
    """

    values: Matrix
    features: tuple[str, ...]
    docs: tuple[str, ...]
    docvars: Mapping[str, tuple[object, ...]]
    unit: str
    record: Record

    def __post_init__(self) -> None:
        """Check type, shape and labels once; afterwards the type is trusted."""
        values = self.values
        if values.dtype != np.float64:
            msg = f"values must be float64; got {values.dtype}."
            raise DiscourseError(msg)
        if problem := repetition("features", self.features):
            raise DiscourseError(problem)
        check_matrix("values", values, self.docs, self.features, self.docvars)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.docs)

    def __repr__(self) -> str:
        """Return the sizes and the unit."""
        sizes = f"{len(self):,} documents, {len(self.features):,} features"
        return f"{type(self).__name__}({sizes}, {self.unit})"

    def row(self, doc: str, /) -> FloatArray:
        """Return the weights of one document, shape (n_features,)."""
        check_known("document", doc, self.docs)
        i = self.docs.index(doc)
        return np.asarray(self.values[[i], :].toarray()[0])

    @property
    def digest(self) -> str:
        """SHA-256 over unit, labels and values."""
        return digest([self.unit, *self.docs, "\n", *self.features, *contents(self.values)])

    def to_frame(self) -> pd.DataFrame:
        """Return the values as a dense table, documents in rows."""
        return dense_frame(self.values, self.docs, self.features)

    def _corner(
        self, rows: int | None, columns: int | None, /
    ) -> tuple[pd.DataFrame, tuple[int, int]]:
        """Return the first rows of the heaviest features, and how many there are."""
        table = corner(self.values, self.docs, self.features, rows=rows, columns=columns)
        return table, self.values.shape

    def to_dict(self) -> dict[str, object]:
        """Return labels, docvars, unit and the weights per document as plain data."""
        return {
            "docs": list(self.docs),
            "features": list(self.features),
            "docvars": {name: plain(column) for name, column in self.docvars.items()},
            "unit": self.unit,
            "values": row_dicts(self.values, self.features),
            "record": self.record.to_dict(),
        }


def compressed(
    data: FloatArray, indices: npt.NDArray[Any], indptr: npt.NDArray[Any], shape: tuple[int, int], /
) -> Matrix:
    """Return the matrix of these arrays, which it shares."""
    from scipy.sparse import csr_array

    return csr_array((data, indices, indptr), shape=shape)


def as_vectors(vectors: FeatureVectors | DocumentFeatureMatrix, /) -> FeatureVectors:
    """Return the vectors themselves, or the counts of a matrix as vectors of unit "count".

    Raises
    ------
    OptionError
        If it is neither.
    """
    if isinstance(vectors, FeatureVectors):
        return vectors
    if isinstance(vectors, DocumentFeatureMatrix):  # pyright: ignore[reportUnnecessaryIsInstance]
        return _vectors(vectors, vectors.counts.data.astype(np.float64), "count", vectors.record)
    msg = (
        "vectors must be FeatureVectors or a DocumentFeatureMatrix; "
        f"got {type(vectors).__name__}. Make them with weight() or count()."
    )
    raise OptionError("vectors", msg)


def _vectors(
    dfm: DocumentFeatureMatrix, data: FloatArray, unit: str, record: Record, /
) -> FeatureVectors:
    """Return the matrix with other numbers in the place of its counts."""
    counts = dfm.counts
    values = compressed(data, counts.indices.copy(), counts.indptr.copy(), counts.shape)
    return FeatureVectors(values, dfm.features, dfm.docs, dfm.docvars, unit, record)


def weight(dfm: DocumentFeatureMatrix, /, scheme: Scheme) -> FeatureVectors:
    """Return the weights of the features of each document.

    With tf the count of a feature in a document, n the sum of the document's counts, N the number
    of documents and df the number of documents that have the feature:

    ============  ==================================  ==============
    scheme        weight                              unit
    ============  ==================================  ==============
    proportion    tf / n                              proportion
    per_1000      1000 tf / n                         per 1,000
    tfidf         tf (ln((1 + N) / (1 + df)) + 1)     tf-idf
    log           ln(1 + tf)                          ln(1 + count)
    binary        1                                   0 or 1
    ============  ==================================  ==============

    Parameters
    ----------
    dfm : DocumentFeatureMatrix
        The counts.
    scheme : {"proportion", "per_1000", "tfidf", "log", "binary"}
        Rows are not normalised further; metrics do what they need.

    Returns
    -------
    FeatureVectors
        Same documents and features, in the same order.

    Raises
    ------
    EmptyDocumentError
        If a document without features is to be divided by its total.
    OptionError
        If `dfm` is not a matrix of counts, or the scheme is unknown.

    References
    ----------
    .. [1] Spärck Jones, K. (1972). A statistical interpretation of term specificity and its
       application in retrieval. *Journal of Documentation* 28(1), 11-21.

    Examples
    --------
    >>> import discourse as ds
    >>> weight(ds.count(["a a b", "a"]), "tfidf").values.toarray().round(3).tolist()
    [[2.0, 1.405], [1.0, 0.0]]
    """
    if not isinstance(dfm, DocumentFeatureMatrix):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = (
            f"dfm must be a DocumentFeatureMatrix of counts; got {type(dfm).__name__}. "
            "Count a corpus first: weight(count(corpus), ...)."
        )
        raise OptionError("dfm", msg)
    check_option("scheme", scheme, get_args(Scheme))
    weighting = SCHEMES[scheme]
    if weighting.divides and (empty := np.flatnonzero(dfm.totals == 0)).size:
        raise EmptyDocumentError([dfm.docs[i] for i in empty])
    record = Record(
        "weight",
        ReadOnly({"scheme": scheme}),
        ReadOnly({"dfm": dfm.digest}),
        recompute=partial(weight, scheme=scheme),
    )
    return _vectors(dfm, weighting.of(dfm.counts), weighting.unit, record)


def _proportions(counts: Counts, /) -> FloatArray:
    """Return tf / n for each stored count."""
    return counts.data / np.repeat(counts.sum(axis=1), np.diff(counts.indptr))


def _tfidf(counts: Counts, /) -> FloatArray:
    """Return tf (ln((1 + N) / (1 + df)) + 1) for each stored count."""
    return np.asarray(counts.data * inverse_frequency(counts)[counts.indices], np.float64)


def inverse_frequency(counts: Counts, /) -> FloatArray:
    """Return ln((1 + N) / (1 + df)) + 1 for each feature, shape (n_features,)."""
    n_docs, n_features = counts.shape
    in_docs = np.bincount(counts.indices, minlength=n_features)
    return np.log((1 + n_docs) / (1 + in_docs)) + 1


def _per_1000(counts: Counts, /) -> FloatArray:
    """Return 1000 tf / n for each stored count."""
    return 1000.0 * _proportions(counts)


def _log(counts: Counts, /) -> FloatArray:
    """Return ln(1 + tf) for each stored count."""
    return np.log1p(counts.data)


def _binary(counts: Counts, /) -> FloatArray:
    """Return 1 for each stored count."""
    return np.ones(counts.data.shape)


class Weighting(NamedTuple):
    """How stored counts become weights, in what unit, and whether totals are divided by."""

    of: Callable[[Counts], FloatArray]
    unit: str
    divides: bool = False


SCHEMES: dict[Scheme, Weighting] = {
    "proportion": Weighting(_proportions, "proportion", divides=True),
    "per_1000": Weighting(_per_1000, "per 1,000", divides=True),
    "tfidf": Weighting(_tfidf, "tf-idf"),
    "log": Weighting(_log, "ln(1 + count)"),
    "binary": Weighting(_binary, "0 or 1"),
}
