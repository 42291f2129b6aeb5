"""Make corpora to measure with: shuffled sentences of real speeches, and counts after Zipf's law.

    DISCOURSE_DATA=... python -m benchmarks.texts

prints how large they are.
"""

from __future__ import annotations

import csv
import json
import math
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

import discourse as ds
from discourse.record import ReadOnly, Record

DOCUMENT = 8_600  # characters on average, so that 50 MB make 5,800 documents
SPREAD = 0.6  # standard deviation of the logarithm of their lengths

Counts = csr_array[np.int64, tuple[int, int]]


def data_folder() -> Path | None:
    """Return the folder of real texts that DISCOURSE_DATA names, if there is one."""
    folder = Path(os.environ.get("DISCOURSE_DATA", ""), "data")
    return folder if (folder / "ungdc").is_dir() else None


def speeches(folder: Path, /) -> Iterator[str]:
    """Yield the speeches of the General Assembly, of presidents, parties and a parliament."""
    for path in sorted((folder / "ungdc").glob("*.tar.gz")):
        with tarfile.open(path) as archive:
            members = (archive.extractfile(m) for m in archive if m.name.endswith(".txt"))
            yield from (file.read().decode("utf-8", "replace") for file in members if file)
    for name in ("us-inaugural/addresses.jsonl", "irish-budget-2010/speeches.jsonl"):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        yield from (json.loads(line)["text"] for line in lines)
    path = folder / "us-conventions-2012" / "convention_speeches.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from (row["text"] for row in csv.DictReader(file))


def real_texts(folder: Path, megabytes: float = 50.0, /, *, seed: int = 0) -> list[str]:
    """Return documents of shuffled sentences of speeches, so many million characters together.

    All sentences are used before any is used again. Lengths are log-normal.
    """
    rng = np.random.default_rng(seed)
    sentences = [
        text[s.start : s.end]
        for text in speeches(folder)
        for s in ds.Document("text", text).segments("sentence")
    ]
    drawn = _again_and_again(sentences, rng)
    texts: list[str] = []
    left = megabytes * 1e6
    while left > 0:
        length = rng.lognormal(math.log(DOCUMENT) - SPREAD**2 / 2, SPREAD)
        texts.append(_filled(drawn, min(length, left)))
        left -= len(texts[-1])
    return texts


def _again_and_again(sentences: list[str], rng: np.random.Generator, /) -> Iterator[str]:
    """Yield all sentences in a random order, then in another one, without end."""
    while True:
        for i in rng.permutation(len(sentences)):
            yield sentences[i]


def _filled(sentences: Iterator[str], length: float, /) -> str:
    """Return the next sentences, as many as it takes to be so long."""
    taken: list[str] = []
    while length > 0:
        taken.append(next(sentences))
        length -= len(taken[-1]) + 1
    return " ".join(taken)


def zipf_counts(
    n_docs: int = 20_000, n_types: int = 50_000, tokens: int = 200, /, *, seed: int = 0
) -> Counts:
    """Return counts of words drawn after Zipf's law, of so many tokens a document on average.

    The r-th most frequent word is drawn in proportion to 1 / r. Lengths are log-normal.
    """
    rng = np.random.default_rng(seed)
    lengths = rng.lognormal(math.log(tokens) - SPREAD**2 / 2, SPREAD, n_docs)
    sizes = np.maximum(lengths, 1.0).astype(np.int64)
    cumulated = np.cumsum(1.0 / np.arange(1, n_types + 1))
    drawn = rng.random(int(sizes.sum())) * float(cumulated[-1])
    rows = np.repeat(np.arange(n_docs), sizes)
    words = np.digitize(drawn, cumulated)
    return csr_array((np.ones(len(drawn), np.int64), (rows, words)), shape=(n_docs, n_types))


def as_dfm(counts: Counts, /) -> ds.DocumentFeatureMatrix:
    """Return the counts with names for documents and features."""
    docs, features = (tuple(f"{i:07}" for i in range(n)) for n in counts.shape)
    record = Record("simulated", ReadOnly({}), ReadOnly({}))
    return ds.DocumentFeatureMatrix(counts, features, docs, ReadOnly({}), record)


def main() -> None:
    """Print the sizes of the corpora."""
    counts = zipf_counts()
    print(f"Zipf: {counts.shape[0]:,} documents, {counts.sum():,} tokens, {counts.nnz:,} cells")
    if folder := data_folder():
        texts = real_texts(folder)
        size = sum(map(len, texts)) / 1e6
        print(f"real: {len(texts):,} documents of {len(set(texts)):,} kinds, {size:.1f} MB")


if __name__ == "__main__":
    main()
