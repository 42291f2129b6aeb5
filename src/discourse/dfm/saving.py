"""Matrices of counts as Parquet: a row for each document, with its features and counts as lists.

Row i has the name of feature i too, so that features which do not occur are kept. The shorter of
the two kinds of names ends in nulls.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from discourse import _parquet
from discourse.dfm.exits import Exits
from discourse.dfm.matrix import DocumentFeatureMatrix
from discourse.errors import ReadError, need
from discourse.record import ReadOnly, Record

_KIND = "DocumentFeatureMatrix"
_OWN = ("id", "columns", "counts", "feature")


def save(dfm: Exits, path: str | Path, /) -> None:
    """Write a matrix, whole or not at all."""
    pa = need("pyarrow", extra="formats")
    rows = max(len(dfm.docs), len(dfm.features))
    padding = [None] * (rows - len(dfm.docs))
    docvars = {name: [*column, *padding] for name, column in dfm.docvars.items()}
    more, known = _parquet.docvar_columns(docvars, _OWN)
    stored = dfm.counts
    borders = np.concatenate([stored.indptr, np.full(rows - len(dfm.docs), stored.indptr[-1])])
    lists = {"columns": stored.indices.astype(np.int32, copy=False), "counts": stored.data}
    columns = {
        "id": _parquet.strings([*dfm.docs, *padding]),
        **more,
        **{
            name: pa.LargeListArray.from_arrays(borders.astype(np.int64), pa.array(values))
            for name, values in lists.items()
        },
        "feature": _parquet.strings([*dfm.features, *[None] * (rows - len(dfm.features))]),
    }
    facts = {
        "shape": list(stored.shape),
        "digest": dfm.digest,
        "docvars": known,
        "record": dfm.record.to_dict(),
    }
    _parquet.write(path, _KIND, columns, facts)


def load(path: str | Path, /) -> DocumentFeatureMatrix:
    """Return the matrix that was saved."""
    columns, facts = _parquet.read(path, _KIND)
    try:
        dfm = _matrix(columns, facts)
        same = dfm.digest == facts["digest"]
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ReadError(str(path), f"a part of the saved matrix is damaged: {error}.") from error
    if not same:
        raise ReadError(str(path), "the counts are not those that were saved.")
    return dfm


def _matrix(columns: Mapping[str, Any], facts: Mapping[str, Any], /) -> DocumentFeatureMatrix:
    """Return the matrix of these columns."""
    from scipy.sparse import csr_array, get_index_dtype

    n_docs, n_features = facts["shape"]
    docs = tuple(_parquet.plain_strings(columns["id"].slice(0, n_docs)))
    features = tuple(_parquet.plain_strings(columns["feature"].slice(0, n_features)))
    borders = columns["columns"].offsets.to_numpy()[: n_docs + 1]
    narrow = get_index_dtype(maxval=int(borders[-1]) if len(borders) else 0)
    arrays = (
        columns["counts"].values.to_numpy(),
        columns["columns"].values.to_numpy().astype(narrow, copy=False),
        borders.astype(narrow),
    )
    counts: Any = csr_array(arrays, shape=(n_docs, n_features))
    docvars = {
        name: tuple(column[:n_docs])
        for name, column in _parquet.docvars_of(columns, facts["docvars"]).items()
    }
    return DocumentFeatureMatrix(
        counts, features, docs, ReadOnly(docvars), Record.from_dict(facts["record"])
    )
