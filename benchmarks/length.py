"""Show that bare values move with the length of two texts, and values at matched length do not.

    DISCOURSE_DATA=... python -m benchmarks.length

The speeches are real: the United Nations General Debate of 1970, and inaugural addresses of
presidents of the United States. Each is cut to random sets of its sentences, the shorter part of
the longer: a shorter text from the same source, which the opening of a speech would not be. Every
speech serves in one pair, so that pairs are independent.
"""

from __future__ import annotations

import json
import math
import os
import tarfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.corpus import Corpus
from discourse.inference import levels
from discourse.inference.infinite import at_infinity
from discourse.inference.sources import Source, segment_sizes, sources_of
from discourse.metrics import METRICS
from discourse.resampling import fill
from discourse.tokens import tokenize

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Counts: TypeAlias = csr_array[Any, tuple[int, int]]

LENGTHS = (400, 800, 1_600, 3_200)
M = 120  # of 400 tokens, two such samples leave a long sentence over
BARE = ("jensen_shannon", "hellinger", "cosine")
COLUMNS = ("JSD", "Hellinger", "cosine", f"JSD D_{M}", f"JSD E_{M}", "cosine, inf")

Numbers: TypeAlias = npt.NDArray[np.float64]


def general_debate(folder: Path, /) -> Iterator[str]:
    """Yield the speeches of 1970, by country."""
    with tarfile.open(folder / "data" / "ungdc" / "session25_1970.tar.gz") as files:
        for name in sorted(files.getnames()):
            if name.endswith(".txt") and (file := files.extractfile(name)):
                yield file.read().decode("utf-8-sig")


def inaugural_addresses(folder: Path, /) -> Iterator[str]:
    """Yield the inaugural addresses, by year."""
    path = folder / "data" / "us-inaugural" / "addresses.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]


def cut(counts: Counts, tokens: int, order: npt.NDArray[np.int64], /) -> Counts:
    """Return the first sentences in this order that make up so many tokens, as they stand."""
    sizes = np.asarray(counts.sum(axis=1), np.int64)
    return counts[np.flatnonzero(fill(order[np.newaxis], sizes, tokens)[0])]


def as_source(counts: Counts, /) -> Source:
    """Return segments x features as the library counts a text."""
    sizes = segment_sizes(counts)
    return Source(
        "text", (), counts.astype(np.float64), sizes, np.zeros(len(sizes), np.int64), (0, 0)
    )


def values(a: Counts, b: Counts, rng: np.random.Generator, /) -> list[float]:
    """Return the numbers of one pair at one length, in the order of the columns."""
    whole = [np.asarray(side.sum(axis=0), np.float64) for side in (a, b)]
    matched = levels(METRICS["jensen_shannon"], a, b, m=M, draws=200, rng=rng)
    limit = at_infinity(METRICS["cosine"], as_source(a), as_source(b))
    return [
        *(METRICS[name].pair(*whole) for name in BARE),
        matched.between.value,
        matched.excess.value,
        limit.value,
    ]


def table(texts: Sequence[str], rng: np.random.Generator, /) -> Numbers:
    """Return values of shape (pairs, lengths, columns)."""
    found: list[list[list[float]]] = []
    for one, other in zip(texts[::2], texts[1::2], strict=False):
        corpora = [Corpus.from_texts([text]) for text in (one, other)]
        pair = [source.counts for source in sources_of("ab", corpora)]
        orders = [rng.permutation(side.shape[0]) for side in pair]
        found.append([])
        for tokens in LENGTHS:
            a, b = (cut(side, tokens, order) for side, order in zip(pair, orders, strict=True))
            found[-1].append(values(a, b, rng))
    return np.array(found)


def show(title: str, found: Numbers, /) -> None:
    """Print means over pairs with their standard errors, and how far they move."""
    print(f"\n{title}, {len(found)} pairs: mean over pairs (its standard error)")
    print(f"{'tokens':16}" + "".join(f"{name:>16}" for name in COLUMNS))
    change = found[:, -1] - found[:, 0]
    rows = [*zip(map("{:,}".format, LENGTHS), found.swapaxes(0, 1), strict=True)]
    for label, row in (*rows, (f"{LENGTHS[0]} to {LENGTHS[-1]:,}", change)):
        errors = row.std(axis=0, ddof=1) / math.sqrt(len(row))
        cells = (
            f"{mean:7.3f} ({error:.3f})"
            for mean, error in zip(row.mean(axis=0), errors, strict=True)
        )
        print(f"{label:16}" + "".join(f"{cell:>16}" for cell in cells))


def long_enough(texts: Iterator[str], /) -> list[str]:
    """Return the texts that have the largest number of tokens."""
    return [text for text in texts if tokenize([text]).n_tokens[0] >= LENGTHS[-1]]


def main() -> None:
    """Print a table for each collection of speeches."""
    if not (folder := os.environ.get("DISCOURSE_DATA")):
        print("skipped: DISCOURSE_DATA names no folder of speeches")
        return
    rng = np.random.default_rng(0)
    start = time.perf_counter()
    for title, read in (
        ("General Debate of 1970", general_debate),
        ("inaugural addresses", inaugural_addresses),
    ):
        show(title, table(long_enough(read(Path(folder))), rng))
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
