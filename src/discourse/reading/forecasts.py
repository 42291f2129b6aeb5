"""What counting a source will take, from a sample of it."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from discourse.corpus import Corpus, Document, as_corpus
from discourse.dfm import DocumentFeatureMatrix, count
from discourse.dfm.counting import Within
from discourse.errors import OptionError
from discourse.labelled import Result
from discourse.reading.failures import OnError
from discourse.reading.files import File
from discourse.reading.streams import DocumentStream, stream
from discourse.record import ReadOnly, Record

if TYPE_CHECKING:
    import pandas as pd

_MOST_FILES = 16  # into which the sample is divided, where files are larger than their share
_BYTES_PER_ENTRY = 12  # a count of 8 bytes and a column of 4
_BYTES_PER_ROW = 4  # where it begins
_BYTES_PER_FEATURE = 200  # a short string, and its number in a dictionary


@dataclass(frozen=True, slots=True)
class Forecast(Result):
    """What counting a source will take, extrapolated from a sample.

    Attributes
    ----------
    documents, tokens, characters : int
        Of the whole source; tokens are those that are counted.
    features, entries : int
        Columns of the matrix, and cells that are not 0. Features are taken to grow as a power of
        the number of tokens, which the sample gives; where words run out they are fewer.
    matrix_bytes : int
        Memory of the matrix of all documents.
    feature_bytes : int
        Memory of the features; counting into a few groups takes little more.
    seconds : float
        Reading and counting, on this machine, as fast as the sample.
    n_bytes, n_files : int
        Size of the source as it is stored.
    sampled_bytes, sampled_files, sampled_documents : int
        What the figures rest on. If the whole source was sampled they are exact.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from discourse.reading.forecasts import estimate
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "a.txt").write_text("Peace now, peace for ever.")
    ...     forecast = estimate(folder)
    >>> forecast.documents, forecast.tokens, forecast.features, forecast.exact
    (1, 5, 4, True)
    """

    documents: int
    tokens: int
    characters: int
    features: int
    entries: int
    matrix_bytes: int
    feature_bytes: int
    seconds: float
    n_bytes: int
    n_files: int
    sampled_bytes: int
    sampled_files: int
    sampled_documents: int
    record: Record

    @property
    def exact(self) -> bool:
        """Whether the sample is the whole source."""
        return self.sampled_bytes == self.n_bytes

    def __str__(self) -> str:
        """Return the figures for people."""
        about = "" if self.exact else "about "
        rest = "the whole source" if self.exact else f"{_size(self.sampled_bytes)} of it"
        return (
            f"{_size(self.n_bytes)} in {self.n_files:,} file(s): {about}{self.documents:,} "
            f"documents, {self.tokens:,} tokens, {self.features:,} features.\n"
            f"Counting takes about {_duration(self.seconds)}; the matrix of all documents "
            f"{_size(self.matrix_bytes)}, its features {_size(self.feature_bytes)}.\n"
            f"From {self.sampled_documents:,} documents in {self.sampled_files:,} file(s), {rest}."
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the figures, one a row."""
        import pandas as pd

        figures = self._figures()
        return pd.DataFrame({"figure": list(figures), "value": list(figures.values())})

    def to_dict(self) -> dict[str, object]:
        """Return the figures and the record as plain data."""
        return {**self._figures(), "record": self.record.to_dict()}

    def _figures(self) -> dict[str, float]:
        """Return the figures by name."""
        names = (field.name for field in dataclasses.fields(self))
        return {name: getattr(self, name) for name in names if name != "record"}


def _size(n_bytes: float, /) -> str:
    """Return a number of bytes for people.

    Examples
    --------
    >>> _size(999), _size(1_500_000), _size(2e12)
    ('999 B', '1.5 MB', '2,000.0 GB')
    """
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if n_bytes >= factor:
            return f"{n_bytes / factor:,.1f} {unit}"
    return f"{n_bytes:.0f} B"


def _duration(seconds: float, /) -> str:
    """Return a time for people.

    Examples
    --------
    >>> _duration(0.25), _duration(90), _duration(5400)
    ('0.2 s', '1.5 min', '1.5 h')
    """
    for unit, factor in (("h", 3600), ("min", 60)):
        if seconds >= factor:
            return f"{seconds / factor:.1f} {unit}"
    return f"{seconds:.1f} s"


def estimate(
    source: str | Path | Iterable[str | Path],
    /,
    *,
    encoding: str = "utf-8",
    text: str = "text",
    id: str | None = None,  # noqa: A002 - the word for it everywhere else
    delimiter: str | None = None,
    on_error: OnError = "raise",
    ngrams: int | tuple[int, int] = 1,
    within: Within = "document",
    stopwords: str | Iterable[str] | None = None,
    sample: int = 12_000_000,
) -> Forecast:
    r"""Return how many documents and tokens are in files, and what counting them will take.

    Parameters
    ----------
    source, encoding, text, id, delimiter, on_error
        As for `stream`. What cannot be read in the sample is passed over unless `on_error` is
        "raise".
    ngrams, within, stopwords
        As for `count`.
    sample : int
        Bytes to read, spread over the files: the beginnings of up to 16 large files, or many
        small ones.

    Returns
    -------
    Forecast

    Raises
    ------
    ReadError
        As for `stream`, or if there is no document in the sample.
    OptionError
        If an option has a value that is not allowed.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "talks.csv")
    ...     _ = file.write_text("text\n" + "peace and war\n" * 1000)
    ...     forecast = estimate(file)
    >>> forecast.documents, forecast.tokens, forecast.entries
    (1000, 3000, 3000)
    """
    if not isinstance(sample, int) or sample < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"sample must be a positive number of bytes; got {sample!r}."
        raise OptionError("sample", msg)
    whole = stream(
        source, encoding=encoding, text=text, id=id, delimiter=delimiter, on_error=on_error
    )
    start = time.perf_counter()
    part = _sample(whole, sample)
    reading = time.perf_counter() - start
    counting = partial(count, ngrams=ngrams, within=within, stopwords=stopwords)
    counting(part.corpus)  # which may compile
    start = time.perf_counter()
    dfm = counting(part.corpus)
    seconds = reading + time.perf_counter() - start
    parameters = {key: dfm.record.parameters[key] for key in ("ngrams", "within", "stopwords")}
    record = Record("estimate", ReadOnly({**parameters, "sample": sample}), dfm.record.digests)
    return _forecast(whole, part, dfm, seconds, record)


class _Sample(NamedTuple):
    """What was read of a source."""

    corpus: Corpus
    n_bytes: int
    n_files: int


def _sample(whole: DocumentStream, n_bytes: int, /) -> _Sample:
    """Return the documents at the beginnings of files, at least that many bytes if there are."""
    share = -(-n_bytes // min(len(whole.files), _MOST_FILES))
    documents: dict[str, Document] = {}
    read = n_files = 0
    for file in _spread(whole.files):
        if read >= n_bytes:
            break
        found, size = _beginning(whole, file, share)
        documents |= {document.id: document for document in found}
        read += size
        n_files += 1
    return _Sample(as_corpus(tuple(documents.values()), "the sample"), read, n_files)


def _spread(files: Sequence[File], /) -> list[File]:
    """Return the files such that any number of the first are spread evenly over all."""
    golden = (math.sqrt(5) - 1) / 2
    return [files[i] for i in sorted(range(len(files)), key=lambda i: i * golden % 1)]


def _beginning(whole: DocumentStream, file: File, n_bytes: int, /) -> tuple[list[Document], int]:
    """Return the documents in the first bytes of a file, and how many bytes they are."""
    read = [0]

    def advance(further: int) -> None:
        read.append(read[-1] + further)

    documents: list[Document] = []
    for document in whole.part(file, advance):
        if len(read) > 1 and read[-2] >= n_bytes:  # it ends in a piece beyond what was asked for
            return documents, read[-2]
        documents.append(document)
    return documents, read[-1]


def _forecast(
    whole: DocumentStream,
    part: _Sample,
    dfm: DocumentFeatureMatrix,
    seconds: float,
    record: Record,
    /,
) -> Forecast:
    """Return the figures of the sample, extrapolated to the whole."""
    times = whole.n_bytes / part.n_bytes
    documents, entries = round(len(dfm) * times), round(dfm.counts.nnz * times)
    features = round(len(dfm.features) * times ** _growth(dfm))
    return Forecast(
        documents=documents,
        tokens=round(int(dfm.counts.sum()) * times),
        characters=round(sum(map(len, part.corpus.texts)) * times),
        features=features,
        entries=entries,
        matrix_bytes=entries * _BYTES_PER_ENTRY + documents * _BYTES_PER_ROW,
        feature_bytes=features * _BYTES_PER_FEATURE,
        seconds=seconds * times,
        n_bytes=whole.n_bytes,
        n_files=len(whole.files),
        sampled_bytes=part.n_bytes,
        sampled_files=part.n_files,
        sampled_documents=len(dfm),
        record=record,
    )


def _growth(dfm: DocumentFeatureMatrix, /) -> float:
    """Return the power of the number of tokens by which the number of features grows, 0 to 1.

    It is log(V / V') / log(n / n') where V features are found in all n tokens and V' in the n'
    tokens of every second document.
    """
    half = dfm.counts[::2, :]
    n, n_half = int(dfm.counts.sum()), int(half.sum())
    if not 0 < n_half < n:
        return 1.0  # one document tells nothing of the next
    found = np.count_nonzero(half.sum(axis=0))
    return min(math.log(len(dfm.features) / found) / math.log(n / n_half), 1.0)
