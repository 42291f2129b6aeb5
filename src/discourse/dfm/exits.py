"""What a matrix of counts becomes: tables, plain data, and files of other programs."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from discourse.labelled import Result, corner, dense_frame, plain, row_dicts

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from scipy.sparse import csr_array


class Exits(Result):
    """A matrix of counts, as far as it leaves the library."""

    __slots__ = ()

    counts: csr_array[np.int64, tuple[int, int]]
    features: tuple[str, ...]
    docs: tuple[str, ...]
    docvars: Mapping[str, tuple[object, ...]]

    @property
    @abstractmethod
    def digest(self) -> str:
        """SHA-256 over labels and counts."""

    def to_frame(self) -> pd.DataFrame:
        """Return the counts as a dense table, documents in rows."""
        return dense_frame(self.counts, self.docs, self.features)

    def _corner(
        self, rows: int | None, columns: int | None, /
    ) -> tuple[pd.DataFrame, tuple[int, int]]:
        """Return the first rows of the most frequent features, and how many there are."""
        table = corner(self.counts, self.docs, self.features, rows=rows, columns=columns)
        return table, self.counts.shape

    def to_dict(self) -> dict[str, object]:
        """Return labels, docvars and the counts per document as plain data."""
        return {
            "docs": list(self.docs),
            "features": list(self.features),
            "docvars": {name: plain(column) for name, column in self.docvars.items()},
            "counts": row_dicts(self.counts, self.features),
            "record": self.record.to_dict(),
        }

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the counts above 0 as a stream of Arrow: ``doc``, ``feature``, ``count``.

        This is how ``polars.DataFrame(dfm)``, ``pyarrow.table(dfm)`` and DuckDB take them.
        """
        from discourse.dfm.exporting import arrow_stream

        return arrow_stream(self, requested_schema)

    def save(self, path: str | Path, /) -> None:
        """Write the matrix to a Parquet file, from which `load` returns an equal one.

        Each document is a row with its ``id``, docvars and the lists ``columns`` and ``counts``;
        ``feature`` has the names of the columns, from the first row on. What stood there is
        replaced at the end, not before.

        Parameters
        ----------
        path : str or Path

        Raises
        ------
        DiscourseError
            If pyarrow is missing, or a docvar holds what is none of str, bool, int, float, date,
            datetime and None.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import discourse as ds
        >>> dfm = ds.count(["peace now", "war"])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     dfm.save(pathlib.Path(folder, "counts.parquet"))
        ...     again = ds.DocumentFeatureMatrix.load(pathlib.Path(folder, "counts.parquet"))
        >>> again.digest == dfm.digest, again.record == dfm.record
        (True, True)
        """
        from discourse.dfm.saving import save

        save(self, path)

    def to_csv(self, path: str | Path, /) -> None:
        """Write the counts as CSV in UTF-8, a row for each document, a column for each feature.

        The first column, ``doc_id``, has the identifiers: in R ``read.csv(path, row.names = 1,
        check.names = FALSE)`` reads it, and quanteda makes a matrix of ``as.matrix`` of that. Zeros
        are written: for large matrices `to_matrix_market` is better. Nothing is escaped against
        spreadsheet programs, which take a cell that begins with ``=`` for a formula. What stood
        there is replaced at the end, not before.

        Parameters
        ----------
        path : str or Path

        Raises
        ------
        DiscourseError
            If a label cannot be written as UTF-8.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import discourse as ds
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ds.count(["peace now", "war"]).to_csv(pathlib.Path(folder, "counts.csv"))
        ...     print(pathlib.Path(folder, "counts.csv").read_text())
        doc_id,now,peace,war
        text1,1,1,0
        text2,0,0,1
        <BLANKLINE>
        """
        from discourse.dfm.exporting import to_csv

        to_csv(self, path)

    def to_matrix_market(self, path: str | Path, /) -> None:
        """Write the counts as Matrix Market, and their labels as lines of text beside it.

        To ``counts.mtx`` belong ``counts.docs.txt`` and ``counts.features.txt``, with a label for
        each row and column. Docvars are not written. The three files are replaced at the end, one
        right after the other.

        Parameters
        ----------
        path : str or Path
            Its name ends in ".mtx".

        Raises
        ------
        OptionError
            If the name ends otherwise.
        DiscourseError
            If a label holds the end of a line, or cannot be written as UTF-8.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import discourse as ds
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ds.count(["peace now", "war"]).to_matrix_market(pathlib.Path(folder, "counts.mtx"))
        ...     print(*sorted(file.name for file in pathlib.Path(folder).iterdir()))
        counts.docs.txt counts.features.txt counts.mtx
        """
        from discourse.dfm.exporting import to_matrix_market

        to_matrix_market(self, path)
