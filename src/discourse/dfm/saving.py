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
from discourse.errors import DiscourseError, ReadError, need
from discourse.record import ReadOnly, Record

_KIND = "DocumentFeatureMatrix"
_OWN = ("id", "columns", "counts", "feature")


def save(dfm: Exits, path: str | Path, /) -> None:
    """Write a matrix, whole or not at all."""
    pa = need("pyarrow", extra="formats")
    docvars, known = _parquet.docvar_columns(dfm.docvars, _OWN)
    stored = dfm.counts
    borders = pa.array(stored.indptr.astype(np.int64))
    lists = {"columns": stored.indices.astype(np.int32, copy=False), "counts": stored.data}
    columns = {
        "id": _parquet.strings(dfm.docs),
        **docvars,
        **{
            name: pa.LargeListArray.from_arrays(borders, pa.array(values))
            for name, values in lists.items()
        },
        "feature": _parquet.strings(dfm.features),
    }
    rows = max(stored.shape)
    for name, column in columns.items():
        columns[name] = pa.concat_arrays([column, pa.nulls(rows - len(column), column.type)])
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
    except (AttributeError, DiscourseError, LookupError, TypeError, ValueError) as error:
        raise ReadError(str(path), f"a part of the saved matrix is damaged: {error}.") from error
    if not same:
        raise ReadError(str(path), "the counts are not those that were saved.")
    return dfm


def _matrix(columns: Mapping[str, Any], facts: Mapping[str, Any], /) -> DocumentFeatureMatrix:
    """Return the matrix of these columns."""
    from scipy.sparse import csr_array, get_index_dtype

    n_docs, n_features = facts["shape"]
    features = tuple(_parquet.plain_strings(columns["feature"].slice(0, n_features)))
    own = {name: column.slice(0, n_docs) for name, column in columns.items()}
    docs = tuple(_parquet.plain_strings(own["id"]))
    borders = own["columns"].offsets.to_numpy()
    narrow = get_index_dtype(maxval=int(borders[-1]) if len(borders) else 0)
    arrays = (
        columns["counts"].values.to_numpy(),
        columns["columns"].values.to_numpy().astype(narrow, copy=False),
        borders.astype(narrow),
    )
    counts: Any = csr_array(arrays, shape=(n_docs, n_features))
    counts.check_format(full_check=True)  # else a column too far would lead out of the memory
    docvars = {
        name: tuple(values) for name, values in _parquet.docvars_of(own, facts["docvars"]).items()
    }
    return DocumentFeatureMatrix(
        counts, features, docs, ReadOnly(docvars), Record.from_dict(facts["record"])
    )
