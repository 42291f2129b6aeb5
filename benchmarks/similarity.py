"""Measure all pairs of documents beside scikit-learn, scipy, sparse_dot_topn and proxyC.

    DISCOURSE_DATA=... python -m benchmarks.similarity [--size 50] [--docs 20000] [--quick]

The nearest ten of every document are compared on real texts (or, without DISCOURSE_DATA, on counts
after Zipf's law), with two threads for all that have threads; every figure is the median of
alternated runs, after one that only loads. Answers are compared; the program stops where
they differ. Peers that are not installed are left out, with the reason. What a peer cannot do in
the time there is it does for a part of the documents against another part, over all features; the
times are then given for one pair. A pair is counted once, whichever comes first.

At last the growth of time with the number of documents is measured on a Zipf corpus, and the most
memory that a fresh process holds.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import itertools
import multiprocessing
import os
import platform
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

import discourse as ds
from benchmarks.peers import NEAREST, PARTS, THREADS, WHOLES, Floats, K, Timed, missing, timed
from benchmarks.texts import Counts, as_dfm, data_folder, real_texts, zipf_counts

TOL = 1e-6  # scikit-learn's Euclidean distances lose digits between rows that are near
GOALS = {"jensen_shannon": 200}
STATUS = Path("/proc/self/status")


class Given(NamedTuple):
    """What is asked for."""

    size: float
    docs: int
    part: int
    rounds: int


def nearest_here(dfm: ds.DocumentFeatureMatrix, /) -> Timed:
    """Return what this library finds."""
    start = time.perf_counter()
    found = ds.nearest(dfm, k=K, metric="cosine", n_jobs=THREADS)
    seconds = time.perf_counter() - start
    return Timed(seconds, found.values.reshape(len(dfm.docs), K))


def compare_nearest(counts: Counts, rounds: int, /) -> None:
    """Print the times of all who find the nearest ten by cosine, and their ratios."""
    asked: dict[str, Callable[[], Timed]] = {"discourse": partial(nearest_here, as_dfm(counts))}
    for name, (peer, _) in NEAREST.items():
        if reason := missing(name):
            print(f"{name:26}left out: {reason}")
        else:
            peer(counts[: 2 * K])  # loads what it takes
            asked[name] = partial(peer, counts)
    expected = asked["discourse"]().values
    times: dict[str, list[float]] = {name: [] for name in asked}
    for _, (name, work) in itertools.product(range(rounds), asked.items()):
        found = work()
        np.testing.assert_allclose(found.values, expected, rtol=1e-9, atol=1e-9)
        times[name].append(found.seconds)
    own = statistics.median(times["discourse"])
    for name, seconds in times.items():
        median = statistics.median(seconds)
        spread = f"({min(seconds):.2f} to {max(seconds):.2f} s)"
        ratio = f"{median / own:7.1f} times (goal {NEAREST[name][1]})" if name in NEAREST else ""
        print(f"{name:26}{median:8.2f} s {spread:20}{ratio}", flush=True)


def similarity_here(dfm: ds.DocumentFeatureMatrix, metric: str, /) -> Floats:
    """Return all values by this library."""
    return ds.similarity(dfm, metric=metric, n_jobs=THREADS).values


def compare_pairs(counts: Counts, given: Given, /) -> None:
    """Print what one pair costs here and elsewhere, in microseconds, for every metric."""
    dfm = as_dfm(counts)
    pairs = counts.shape[0] * (counts.shape[0] - 1) // 2
    rows = counts[: 2 * given.part].toarray().astype(np.float64)
    a, b = rows[: given.part], rows[given.part :]
    for metric, part in PARTS.items():
        works = {"here": partial(similarity_here, dfm, metric), "part": partial(part, a, b)}
        name, whole = WHOLES.get(metric, ("", None))
        if whole is not None:
            works["whole"] = partial(whole, counts)
        expected = works["here"]()
        answers = {
            "here": expected,
            "part": expected[: given.part, given.part : 2 * given.part],
            "whole": expected,
        }
        times: dict[str, list[float]] = {key: [] for key in works}
        for _, (key, work) in itertools.product(range(given.rounds), works.items()):
            found = timed(work)
            np.testing.assert_allclose(found.values, answers[key], rtol=TOL, atol=TOL)
            times[key].append(found.seconds)
        median = {key: statistics.median(seconds) for key, seconds in times.items()}
        own = median["here"] / pairs
        print(f"{metric}: {pairs:,} pairs in {median['here']:.2f} s, {own * 1e6:.3f} us a pair")
        show("scipy cdist, a part", median["part"], given.part**2, own, GOALS.get(metric))
        if whole is not None:
            show(f"{name}, all", median["whole"], pairs, own, None)


def show(name: str, seconds: float, pairs: int, own: float, goal: int | None, /) -> None:
    """Print a peer's time for one pair, and how many times ours that is."""
    each = seconds / pairs
    ratio = f"{each / own:9.1f} times" + (f" (goal {goal})" if goal else "")
    print(f"    {name:22}{seconds:8.2f} s {each * 1e6:10.3f} us a pair {ratio}", flush=True)


def growth(counts: Counts, rounds: int, /) -> None:
    """Print how time grows with documents, and with triples of two documents and a feature."""
    sizes = [counts.shape[0] // divisor for divisor in (8, 4, 2, 1)]
    times: list[float] = []
    triples: list[int] = []
    for size in sizes:
        part = counts[:size]
        runs = [nearest_here(as_dfm(part)).seconds for _ in range(rounds)]
        times.append(statistics.median(runs))
        used = np.bincount(part.indices, minlength=part.shape[1])
        triples.append(int(used @ used))
        print(f"nearest of {size:6,} documents: {times[-1]:8.2f} s, {triples[-1]:,} triples")
    for name, numbers in (("documents", sizes), ("triples", triples)):
        slope = np.polyfit(np.log(numbers), np.log(times), 1)[0]
        print(f"time grows with {name} to the power of {slope:.2f}")


def peak() -> float:
    """Return the most memory that this process has held, in MB.

    Linux counts in `ru_maxrss` what the parent held when it started the process.
    """
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def peak_of_nearest(counts: Counts, /) -> tuple[float, float]:
    """Return the most memory held, in MB, before and after the nearest are found."""
    dfm = as_dfm(counts)
    nearest_here(as_dfm(counts[:500]))  # loads what it takes
    before = peak()
    nearest_here(dfm)
    return before, peak()


def memory(counts: Counts, /) -> None:
    """Print the most memory that a process of its own holds."""
    if not STATUS.exists():
        print(f"memory is left out: there is no {STATUS}")
        return
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        before, after = pool.submit(peak_of_nearest, counts).result()
    n = counts.shape[0]
    print(
        f"nearest of {n:,} documents: {after - before:.0f} MB above the {before:.0f} MB of "
        f"libraries and counts; all values would take {n**2 * 8 / 2**20:.0f} MB"
    )


def main() -> None:
    """Print all comparisons."""
    options = argparse.ArgumentParser(description="Speed of similarity.")
    options.add_argument("--size", type=float, default=50, help="million characters of real text")
    options.add_argument("--docs", type=int, default=20_000, help="documents of the Zipf corpus")
    options.add_argument("--part", type=int, default=60, help="rows and columns given to cdist")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--quick", action="store_true", help="a small run of one round")
    asked = options.parse_args()
    given = Given(asked.size, asked.docs, asked.part, asked.rounds)
    if asked.quick:
        given = Given(size=1.0, docs=1_000, part=20, rounds=1)
    versions = ", ".join(f"{x} {importlib.metadata.version(x)}" for x in ("scipy", "scikit-learn"))
    print(f"{platform.platform()}, Python {platform.python_version()}, {versions}")
    print(f"{os.cpu_count()} processors, {THREADS} threads, {given.rounds} rounds, medians")
    report(given)


def report(given: Given, /) -> None:
    """Print the comparisons that were asked for."""
    zipf = zipf_counts(given.docs)
    if folder := data_folder():
        counts = ds.count(real_texts(folder, given.size)).counts
        print(f"real texts, {given.size:g} MB:", end=" ")
    else:
        counts = zipf[: max(given.docs // 4, 2 * given.part)]
        print("no real texts: DISCOURSE_DATA names no folder that has them; Zipf:", end=" ")
    print(f"{counts.shape[0]:,} documents, {counts.shape[1]:,} features, {counts.nnz:,} cells")
    compare_nearest(counts, given.rounds)
    compare_pairs(counts, given)
    growth(zipf, given.rounds)
    memory(zipf)


if __name__ == "__main__":
    main()
