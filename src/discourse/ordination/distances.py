"""The distances between documents that a matrix of any kind stands for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from discourse.errors import DiscourseError, OptionError, UndefinedError, shorten
from discourse.labelled import FloatArray, SimilarityMatrix, frozen
from discourse.metrics import METRICS
from discourse.record import digest

_RTOL = 1e-9
_ATOL = 1e-12
_EXCESS = " excess"  # how names of metrics end whose values are differences from a baseline


def square_distances(matrix: SimilarityMatrix, /, *, least: int) -> FloatArray:
    """Return the distances between documents, symmetric and 0 on the diagonal.

    Distances and divergences are taken as they are. Of a similarity it is the difference from the
    largest value that it can have. An excess below 0, of two sources no more different than two
    samples of one, is an estimate of 0 and counts as 0.

    Raises
    ------
    OptionError
        If the matrix does not compare at least so many documents with themselves, or the value of
        two documents depends on their order.
    UndefinedError
        If some values do not exist.
    DiscourseError
        If a distance would be negative.
    """
    _check_documents(matrix, least)
    values = matrix.values.copy()
    np.fill_diagonal(values, 0.0)  # a document is no distance from itself
    _check_finite(matrix, values)
    if not np.allclose(values, values.T, rtol=_RTOL, atol=_ATOL):
        msg = (
            f"matrix must be symmetric; {matrix.metric!r} depends on the order of two documents. "
            "Take a symmetric metric ('jeffreys' for 'kl'), or the mean of both directions."
        )
        raise OptionError("matrix", msg)
    values = (values + values.T) / 2
    if matrix.kind == "similarity":
        values = _largest(matrix.metric) - values
        np.fill_diagonal(values, 0.0)
    _check_positive(matrix, values)
    return frozen(np.maximum(values, 0.0))


def matrix_digest(matrix: SimilarityMatrix, /) -> str:
    """Return the digest of values, labels, metric and kind."""
    labels = (matrix.metric, matrix.kind, str(len(matrix.rows)), *matrix.rows, *matrix.columns)
    return digest([*labels, np.ascontiguousarray(matrix.values).tobytes()])


def correlation(a: FloatArray, b: FloatArray, /) -> float:
    """Return Pearson's correlation; NaN where either side is constant."""
    if np.ptp(a) == 0.0 or np.ptp(b) == 0.0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def _largest(metric: str, /) -> float:
    """Return the largest similarity: that of the metric, or 1 of agreement and salience."""
    return METRICS[metric].bounds[1] if metric in METRICS else 1.0


def _check_documents(matrix: SimilarityMatrix, least: int, /) -> None:
    """Raise unless the matrix compares enough documents with themselves."""
    if not isinstance(matrix, SimilarityMatrix):  # pyright: ignore[reportUnnecessaryIsInstance]
        kind = type(matrix).__name__
        msg = f"matrix must be a SimilarityMatrix, as ds.similarity returns it; got {kind}."
        raise OptionError("matrix", msg)
    if matrix.rows != matrix.columns:
        msg = (
            "matrix must have the same documents in rows and in columns; these differ. "
            "Compare the documents with themselves, without other=."
        )
        raise OptionError("matrix", msg)
    if len(matrix.rows) < least:
        msg = f"matrix must compare at least {least} documents; got {len(matrix.rows)}."
        raise OptionError("matrix", msg)


def _check_finite(matrix: SimilarityMatrix, values: FloatArray, /) -> None:
    """Raise if values are missing, and name the documents without which none would be."""
    missing = ~np.isfinite(values)
    if missing.any():
        reason = "some of their values are missing. Leave these documents out, then compare again."
        raise UndefinedError(_covering(missing, matrix.rows), reason)


def _covering(missing: npt.NDArray[np.bool_], names: tuple[str, ...], /) -> list[str]:
    """Return documents, each time the one with most missing values, until none is missing."""
    either = missing | missing.T
    covering: list[str] = []
    while either.any():
        worst = int(either.sum(axis=1).argmax())
        covering.append(names[worst])
        either[worst], either[:, worst] = False, False
    return covering


def _check_positive(matrix: SimilarityMatrix, values: FloatArray, /) -> None:
    """Raise if a distance is negative by more than rounding."""
    if values.min() < -_ATOL and not matrix.metric.endswith(_EXCESS):
        i, j = (int(place) for place in np.unravel_index(values.argmin(), values.shape))
        pair = shorten([matrix.rows[i], matrix.rows[j]])
        msg = f"distances must be 0 or more; that between {pair} would be {values[i, j]:.4g}."
        raise DiscourseError(msg)
