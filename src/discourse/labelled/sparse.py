"""What matrices of documents by features share: labels that fit, storage, digest, plain forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from discourse.errors import DiscourseError, repetition
from discourse.labelled.results import check_docvars, frozen

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array


def check_matrix(
    name: str,
    matrix: csr_array[Any, tuple[int, int]],
    docs: Sequence[str],
    features: Sequence[str],
    docvars: Mapping[str, Sequence[object]],
    /,
) -> None:
    """Raise unless the labels fit; then make the matrix canonical and read-only."""
    if matrix.shape != (len(docs), len(features)):
        labels = f"{len(docs)} docs and {len(features)} features"
        msg = f"{name} have shape {matrix.shape} for {labels}."
        raise DiscourseError(msg)
    if problem := repetition("document ids", docs):
        raise DiscourseError(problem)
    check_docvars(docs, docvars)
    if matrix.data.flags.writeable:  # else it has been through here before
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
    for array in (matrix.data, matrix.indices, matrix.indptr):
        frozen(array)


def contents(matrix: csr_array[Any, tuple[int, int]], /) -> tuple[bytes, bytes, bytes]:
    """Return the bytes of a canonical matrix: borders of rows, columns, values."""
    arrays = (matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data)
    first, second, third = (array.tobytes() for array in arrays)
    return first, second, third


def dense_frame(
    matrix: csr_array[Any, tuple[int, int]], docs: Sequence[str], features: Sequence[str], /
) -> pd.DataFrame:
    """Return the matrix as a dense table, documents in rows."""
    import pandas as pd

    return pd.DataFrame(matrix.toarray(), index=list(docs), columns=list(features))


def corner(
    matrix: csr_array[Any, tuple[int, int]],
    docs: Sequence[str],
    features: Sequence[str],
    /,
    *,
    rows: int | None,
    columns: int | None,
) -> pd.DataFrame:
    """Return the first rows as a dense table, with the columns of the largest sums."""
    order = range(len(features))
    if columns is not None:
        sums = np.asarray(matrix.sum(axis=0)).ravel()
        order = np.argsort(-sums, kind="stable")[:columns].tolist()
    return dense_frame(matrix[:rows][:, order], docs[:rows], [features[j] for j in order])


def row_dicts(
    matrix: csr_array[Any, tuple[int, int]], features: Sequence[str], /
) -> list[dict[str, Any]]:
    """Return what is stored in each row, by feature."""
    names = [features[j] for j in matrix.indices.tolist()]
    cells = list(zip(names, matrix.data.tolist(), strict=True))
    borders: list[int] = matrix.indptr.tolist()
    return [dict(cells[start:end]) for start, end in pairwise(borders)]
