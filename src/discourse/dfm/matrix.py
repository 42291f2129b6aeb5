"""Integer counts, documents in rows, features in columns: the type and what keeps its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from discourse.dfm.exits import Exits
from discourse.errors import DiscourseError, OptionError
from discourse.labelled import (
    check_matrix,
    contents,
    docvar_columns,
    group_values,
    joined_docvars,
)
from discourse.record import ReadOnly, Record, digest

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, eq=False)
class DocumentFeatureMatrix(Exits):
    """Counts of features in documents.

    Attributes
    ----------
    counts : csr_array of shape (n_docs, n_features), int64
        Canonical (sorted indices, no stored zeros) and read-only.
    features : tuple of str
        Sorted by code point.
    docs : tuple of str
        Unique identifiers.
    docvars : mapping of str to tuple
        Columns aligned with `docs`.

    Examples
    --------
    >>> import discourse as ds
    >>> dfm = ds.count(["peace and war", "peace"])
    >>> dfm.features, dfm.counts.toarray().tolist()
    (('and', 'peace', 'war'), [[1, 1, 1], [0, 1, 0]])
    """

    counts: csr_array[np.int64, tuple[int, int]]
    features: tuple[str, ...]
    docs: tuple[str, ...]
    docvars: Mapping[str, tuple[object, ...]]
    record: Record

    def __post_init__(self) -> None:
        """Check shape, uniqueness and order once; afterwards the type is trusted."""
        counts = self.counts
        if getattr(counts, "format", "") != "csr" or counts.dtype != np.int64:
            got = f"{type(counts).__name__} of {getattr(counts, 'dtype', 'no dtype')}"
            msg = f"counts must be a csr_array of int64; got {got}."
            raise DiscourseError(msg)
        if (counts.data < 0).any():
            msg = f"counts must not be negative; got {counts.data.min()}."
            raise DiscourseError(msg)
        if any(a >= b for a, b in zip(self.features, self.features[1:], strict=False)):
            msg = "features must be unique and sorted by code point."
            raise DiscourseError(msg)
        check_matrix("counts", counts, self.docs, self.features, self.docvars)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.docs)

    def __repr__(self) -> str:
        """Return the sizes."""
        return f"DocumentFeatureMatrix({len(self):,} documents, {len(self.features):,} features)"

    @property
    def totals(self) -> npt.NDArray[np.int64]:
        """Sum of counts per document, shape (n_docs,)."""
        return np.asarray(self.counts.sum(axis=1), np.int64)

    @property
    def digest(self) -> str:
        """SHA-256 over labels and counts."""
        return digest([*self.docs, "\n", *self.features, *contents(self.counts)])

    def trim(
        self,
        *,
        min_docs: int = 1,
        max_docs: int | None = None,
        min_count: int = 1,
        max_features: int | None = None,
    ) -> DocumentFeatureMatrix:
        """Return the matrix without features that are too rare or too frequent.

        Parameters
        ----------
        min_docs, max_docs : int
            Fewest and most documents a feature may occur in.
        min_count : int
            Fewest occurrences in all.
        max_features : int, optional
            Keep this many, the most frequent first, ties in order of code point.

        Raises
        ------
        OptionError
            If a limit is not an int of at least 0; proportions are not taken.

        Examples
        --------
        >>> import discourse as ds
        >>> ds.count(["a b", "b c"]).trim(min_docs=2).features
        ('b',)
        """
        options = {
            "min_docs": min_docs,
            "max_docs": max_docs,
            "min_count": min_count,
            "max_features": max_features,
        }
        for name, limit in options.items():
            _check_limit(name, limit, optional=name.startswith("max"))
        in_docs = np.bincount(self.counts.indices, minlength=len(self.features))
        in_all = np.asarray(self.counts.sum(axis=0), np.int64)
        keep = (in_docs >= min_docs) & (in_all >= min_count)
        if max_docs is not None:
            keep &= in_docs <= max_docs
        if max_features is not None:
            order = np.lexsort((np.arange(len(keep)), -in_all, ~keep))
            keep &= np.isin(np.arange(len(keep)), order[:max_features])
        return self.columns(np.flatnonzero(keep), self._then("trim", **options))

    def select(
        self, features: Iterable[str] | Callable[[str], bool], /, *, drop: bool = False
    ) -> DocumentFeatureMatrix:
        """Return the matrix with only these features, or without them.

        Parameters
        ----------
        features : iterable of str or callable
            Features, or a test of a feature. Names that do not occur are passed over.
        drop : bool
            Leave the features out instead.

        Examples
        --------
        >>> import discourse as ds
        >>> ds.count(["a b c"]).select(["b", "x"]).features
        ('b',)
        """
        if isinstance(features, str):
            msg = "features must be a list of str, not a single string; write [features]."
            raise OptionError("features", msg)
        features = features if callable(features) else frozenset(features)
        test = features if callable(features) else features.__contains__
        kept = [i for i, f in enumerate(self.features) if test(f) != drop]
        again = features if callable(features) else tuple(sorted(features))
        return self.columns(kept, self._then("select", again, drop=drop))

    def drop_empty(self) -> DocumentFeatureMatrix:
        """Return the matrix without documents that have no features.

        Examples
        --------
        >>> import discourse as ds
        >>> ds.count(["a", "..."]).drop_empty().docs
        ('text1',)
        """
        return self._rows(np.flatnonzero(self.totals).tolist(), self._then("drop_empty"))

    def group(self, by: str | Mapping[str, str], /) -> DocumentFeatureMatrix:
        """Return the matrix with one row per group, counts summed.

        Parameters
        ----------
        by : str or mapping
            A docvar, or a group for every document identifier (aligned by identifier).

        Raises
        ------
        OptionError
            If the docvar is unknown, or a document has no group.

        Examples
        --------
        >>> import discourse as ds
        >>> corpus = ds.Corpus.from_texts(["a b", "b"], docvars={"party": ["X", "X"]})
        >>> ds.count(corpus).group("party").counts.toarray().tolist()
        [[1, 2]]
        """
        from scipy.sparse import csr_array

        groups = group_values(self.docs, self.docvars, by)
        names = sorted(set(groups))
        number = {name: i for i, name in enumerate(names)}
        membership = csr_array(
            (
                np.ones(len(groups), np.int64),
                ([number[g] for g in groups], range(len(groups))),
            ),
            shape=(len(names), len(groups)),
        )
        docvars = {by: tuple(names)} if isinstance(by, str) else {}
        counts = csr_array(membership @ self.counts)
        return replace(
            self,
            counts=counts,
            docs=tuple(names),
            docvars=ReadOnly(docvars),
            record=self._then("group", by),
        )

    def merge(self, other: DocumentFeatureMatrix, /) -> DocumentFeatureMatrix:
        """Return the documents and features of both; counts of a shared document are summed.

        Exact, associative and commutative: documents come out sorted by identifier whenever the
        two matrices are merged, so partial counts may be merged in any order.

        Examples
        --------
        >>> import discourse as ds
        >>> left = ds.count(ds.Corpus.from_texts(["a b"], ids=["x"]))
        >>> right = ds.count(ds.Corpus.from_texts(["b c"], ids=["y"]))
        >>> merged = left.merge(right)
        >>> merged.docs, merged.counts.toarray().tolist()
        (('x', 'y'), [[1, 1, 0], [0, 1, 1]])
        """
        from scipy.sparse import csr_array

        if not isinstance(other, DocumentFeatureMatrix):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"other must be a DocumentFeatureMatrix; got {type(other).__name__}."
            raise OptionError("other", msg)
        docs = sorted({*self.docs, *other.docs})
        features = sorted({*self.features, *other.features})
        row = {name: i for i, name in enumerate(docs)}
        column = {name: i for i, name in enumerate(features)}
        rows: list[npt.NDArray[np.int64]] = []
        columns: list[npt.NDArray[np.int64]] = []
        data: list[npt.NDArray[np.int64]] = []
        for dfm in (self, other):
            coo = dfm.counts.tocoo()
            rows.append(np.array([row[d] for d in dfm.docs], np.int64)[coo.coords[0]])
            columns.append(np.array([column[f] for f in dfm.features], np.int64)[coo.coords[1]])
            data.append(coo.data)
        counts = csr_array(
            (np.concatenate(data), (np.concatenate(rows), np.concatenate(columns))),
            shape=(len(docs), len(features)),
        )
        return DocumentFeatureMatrix(
            counts,
            tuple(features),
            tuple(docs),
            ReadOnly(joined_docvars(docs, self, other)),
            Record(
                "merge",
                ReadOnly({}),
                _digests(self, other),
                recompute=DocumentFeatureMatrix.merge,
            ),
        )

    def _then(self, method: str, /, *args: object, **options: object) -> Record:
        """Return the record of what a method makes of this matrix."""
        given = [*map(repr, args), *(f"{name}={value!r}" for name, value in options.items())]
        step = f"{method}({', '.join(given)})"
        return self.record.then(step, methodcaller(method, *args, **options))

    def columns(
        self, keep: Sequence[int] | npt.NDArray[np.intp], record: Record, /
    ) -> DocumentFeatureMatrix:
        """Return the matrix with the columns at these indices, and this record."""
        features = tuple(self.features[i] for i in keep)
        return replace(self, counts=self.counts[:, list(keep)], features=features, record=record)

    def _rows(self, keep: Sequence[int], record: Record, /) -> DocumentFeatureMatrix:
        """Return the matrix with these rows."""
        return replace(
            self,
            counts=self.counts[keep, :],
            docs=tuple(self.docs[i] for i in keep),
            docvars=ReadOnly(docvar_columns(self.docvars, keep)),
            record=record,
        )

    @classmethod
    def load(cls, path: str | Path, /) -> DocumentFeatureMatrix:
        """Return the matrix that `save` wrote; its record cannot recompute it any more.

        Raises
        ------
        ReadError
            If there is no such file, it is damaged, or holds no saved matrix.
        """
        from discourse.dfm.saving import load

        return load(path)


def _check_limit(name: str, got: object, *, optional: bool) -> None:
    """Raise unless a limit is a number of things, or None where there need not be one."""
    if got is None and optional:
        return
    if not isinstance(got, (int, np.integer)) or got < 0:
        msg = f"{name} must be a count of 0 or more, proportions are not taken; got {got!r}."
        raise OptionError(name, msg)


def _digests(a: DocumentFeatureMatrix, b: DocumentFeatureMatrix, /) -> Mapping[str, str]:
    """Return the digests of two merged matrices, in an order that does not depend on the call."""
    first, second = sorted((a.digest, b.digest))
    return ReadOnly({"first": first, "second": second})
