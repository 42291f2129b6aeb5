"""Counts as they are read one by one, checked, and the matrix that they make."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from discourse.dfm import DocumentFeatureMatrix
from discourse.reading.files import File
from discourse.record import ReadOnly, Record

if TYPE_CHECKING:
    import numpy.typing as npt

    IntArray: TypeAlias = npt.NDArray[np.int64]

_NO_DOCVARS: Mapping[str, object] = ReadOnly[str, object]({})


class Tally:
    """Documents, features and counts in the order in which a file names them.

    Parameters
    ----------
    file : File
        For messages.
    docs, features : sequence of str
        Those that are known ahead.

    Attributes
    ----------
    MOST : int
        The largest count and sum of counts.
    ALLOWED : str
        What a count must be, for messages.
    """

    MOST = 2**53  # up to it sums are exact in floats too
    ALLOWED = "an integer from 0 to 2**53"

    def __init__(
        self, file: File, /, docs: Sequence[str] = (), features: Sequence[str] = ()
    ) -> None:
        self._file = file
        self._docs = {name: number for number, name in enumerate(docs)}
        self._features = {name: number for number, name in enumerate(features)}
        self._docvars: dict[str, Mapping[str, object]] = {}
        self._rows, self._columns, self._counts = array("q"), array("q"), array("q")
        self._lines = array("q")

    def add_doc(self, name: str, docvars: Mapping[str, object], /) -> None:
        """Add a document, which need not have counts."""
        self._docs[name] = len(self._docs)
        self._docvars[name] = docvars

    def add(self, doc: str, feature: str, count: object, /, place: int | str) -> None:
        """Add the count of a feature in a document.

        Raises
        ------
        ReadError
            If a name is empty, or the count is not one.
        """
        for kind, name in (("document", doc), ("feature", feature)):
            if not name:
                reason = f"a {kind} must not be empty."
                raise self._file.error(reason, place)
        row = self._docs.setdefault(doc, len(self._docs))
        column = self._features.setdefault(feature, len(self._features))
        if type(count) is not int or not 0 <= count <= self.MOST:
            reason = f"the count of {feature!r:.100} must be {self.ALLOWED}; got {count!r:.40}."
            raise self._file.error(reason, place)
        self._rows.append(row)
        self._columns.append(column)
        self._counts.append(count)
        self._lines.append(place if isinstance(place, int) else 0)

    def extend(
        self, rows: IntArray, columns: IntArray, counts: IntArray, lines: IntArray, /
    ) -> None:
        """Add counts by the numbers of documents and features.

        Raises
        ------
        ReadError
            If a count is too large; that it is not negative is taken for granted.
        """
        large = counts > self.MOST
        if large.any():
            reason = f"a count must be {self.ALLOWED}; got {counts[large][0]}."
            raise self._file.error(reason, int(lines[large][0]))
        self._rows.frombytes(rows.tobytes())
        self._columns.frombytes(columns.tobytes())
        self._counts.frombytes(counts.tobytes())
        self._lines.frombytes(lines.tobytes())

    def matrix(self, record: Record, /) -> DocumentFeatureMatrix:
        """Return the matrix of what was added; its digest goes into the record.

        Raises
        ------
        ReadError
            If a count is repeated, or all add up to more than floats tell apart.
        """
        from scipy.sparse import csr_array

        docs, features = tuple(self._docs), sorted(self._features)
        rows, columns, data = (
            np.array(numbers, np.int64) for numbers in (self._rows, self._columns, self._counts)
        )
        self._check_repetition(rows, columns)
        # The one is not exact, the other may run over where the one is far beyond.
        if max(float(data.sum(dtype=np.float64)), int(data.sum())) > self.MOST:
            reason = "the counts add up to more than 2**53, beyond which sums are not exact."
            raise self._file.error(reason)
        place = np.empty(len(features), np.int64)
        place[np.array([self._features[name] for name in features], np.int64)] = range(
            len(features)
        )
        counts = csr_array((data, (rows, place[columns])), shape=(len(docs), len(features)))
        names = dict.fromkeys(name for docvars in self._docvars.values() for name in docvars)
        docvars = {
            name: tuple(self._docvars.get(doc, _NO_DOCVARS).get(name) for doc in docs)
            for name in names
        }
        dfm = DocumentFeatureMatrix(counts, tuple(features), docs, ReadOnly(docvars), record)
        return replace(dfm, record=replace(record, digests=ReadOnly({"counts": dfm.digest})))

    def _check_repetition(self, rows: IntArray, columns: IntArray, /) -> None:
        """Raise `ReadError` if a feature is counted twice in a document."""
        order = np.lexsort((columns, rows))  # stable: of two the earlier comes first
        again = (np.diff(rows[order]) == 0) & (np.diff(columns[order]) == 0)
        if again.any():
            entry = int(order[1:][again].min())
            doc = tuple(self._docs)[int(rows[entry])]
            feature = tuple(self._features)[int(columns[entry])]
            reason = f"the count of {feature!r:.100} in {doc!r:.100} is repeated."
            raise self._file.error(reason, self._lines[entry] or None)
