"""Count texts that are hard on a counter, check the counts, and print time and memory.

    python -m benchmarks.hard_inputs [--scale 1]

Each input is counted in a process of its own. What the counts must be follows from how the texts
are made. `--scale 0.01` is a small run.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from itertools import product
from types import MappingProxyType

import numpy as np

import discourse as ds

Counts = ds.DocumentFeatureMatrix
Check = Callable[[Counts], bool]

_LETTERS = "bcdfghjklmnpqrstvwxz"


def _names(n: int, /) -> list[str]:
    """Return so many distinct words, sorted."""
    length = 1
    while len(_LETTERS) ** length < n:
        length += 1
    letters = product(_LETTERS, repeat=length)
    return ["".join(next(letters)) for _ in range(n)]


def one_word_documents(scale: float, /) -> tuple[list[str], Check]:
    """Return a million documents of one word each."""
    n = round(1_000_000 * scale)
    texts = ["peace", "War"] * (n // 2)

    def check(dfm: Counts) -> bool:
        return dfm.features == ("peace", "war") and dfm.counts.sum(axis=0).tolist() == [n // 2] * 2

    return texts, check


def many_types(scale: float, /) -> tuple[list[str], Check]:
    """Return five million distinct words, each twice, once with capitals."""
    names = _names(round(5_000_000 * scale))
    size = 5_000
    texts = [" ".join(names[i : i + size]) for i in range(0, len(names), size)]
    texts += [text.upper() for text in texts]

    def check(dfm: Counts) -> bool:
        each = np.bincount(dfm.counts.indices, weights=dfm.counts.data)
        return dfm.features == tuple(names) and bool((each == 2).all())

    return texts, check


def large_document(scale: float, /) -> tuple[list[str], Check]:
    """Return one document of 200 million characters."""
    names = _names(10_000)
    line = " ".join(names) + "\n"
    times = round(200_000_000 * scale) // len(line) + 1

    def check(dfm: Counts) -> bool:
        return dfm.features == tuple(names) and bool((dfm.counts.data == times).all())

    return [line * times], check


def lone_surrogates(scale: float, /) -> tuple[list[str], Check]:
    """Return twenty million characters of which half are no characters at all."""
    times = round(2_500_000 * scale)

    def check(dfm: Counts) -> bool:
        return dfm.features == ("a", "b") and dfm.counts.data.tolist() == [times, times]

    return ["\ud800a\udfff \udc00b\ud801 " * times], check


def nulls(scale: float, /) -> tuple[list[str], Check]:
    """Return twenty million characters, every second one NUL."""
    times = round(10_000_000 * scale)

    def check(dfm: Counts) -> bool:
        return dfm.features == ("a",) and dfm.counts.data.tolist() == [times]

    return ["a\0" * times], check


def long_word(scale: float, /) -> tuple[list[str], Check]:
    """Return a single word of a hundred million letters."""
    word = "x" * round(100_000_000 * scale)
    return [word], lambda dfm: dfm.features == (word,)


INPUTS: Mapping[str, Callable[[float], tuple[list[str], Check]]] = MappingProxyType(
    {
        "a million documents of one word": one_word_documents,
        "five million types": many_types,
        "a document of 200 MB": large_document,
        "lone surrogates": lone_surrogates,
        "NUL characters": nulls,
        "a word of 100 MB": long_word,
    }
)


def count_one(name: str, scale: float, /) -> None:
    """Count one input, check the counts and print what that took."""
    texts, check = INPUTS[name](scale)
    corpus = ds.Corpus.from_texts(texts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.perf_counter()
    dfm = ds.count(corpus, n_jobs=2)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert check(dfm), name
    size = sum(map(len, texts)) / 1e6
    print(f"{name:34}{size:8.1f} MB{seconds:9.2f} s   peak {peak:6,} MB, {before:,} before")


def main() -> None:
    """Count every input in a process of its own."""
    options = argparse.ArgumentParser(description="Hard inputs.")
    options.add_argument("--scale", type=float, default=1.0, help="share of the full sizes")
    options.add_argument("--only", choices=INPUTS, help="count this one in this process")
    asked = options.parse_args()
    if asked.only:
        count_one(asked.only, asked.scale)
        return
    for name in INPUTS:
        command = [sys.executable, "-m", "benchmarks.hard_inputs", "--only", name]
        subprocess.run([*command, "--scale", str(asked.scale)], check=True)


if __name__ == "__main__":
    main()
