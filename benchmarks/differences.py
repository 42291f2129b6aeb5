"""Measure intervals and p-values of `discourse.stance_difference` and `discourse.stance_trend`.

    python -m benchmarks.differences --runs 1000

A target is mentioned 1.5 times a sentence on average, all of one sentence on the same side. In two
texts sentences are independent, or neighbours keep their side with probability 1/2. In two groups
every document has a propensity of its own (a beta distribution, whose intraclass correlation is
printed) and four mentions on average. For a trend the propensity changes linearly over the years.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import tarfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

import discourse as ds
from discourse.record import Record
from discourse.stances import stance_difference, stance_trend
from discourse.stances.effective import limits_by_document, limits_by_sentence
from discourse.stances.permutation import permutation_p
from discourse.stances.wilson import Limits, newcombe

LEVEL = 0.95
SHARES = ((0.5, 0.5), (0.8, 0.8), (0.95, 0.5), (0.95, 0.95))  # of support, on either side
SPEECHES = 60

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def text(n: int, share: float, stay: float, rng: np.random.Generator, /) -> Counts:
    """Return support and opposition in each of n sentences."""
    sides = rng.random(n) < share
    for i in range(1, n):
        if rng.random() < stay:
            sides[i] = sides[i - 1]
    sizes = 1 + rng.poisson(0.5, n)
    return np.column_stack([sides * sizes, ~sides * sizes])


def documents(n: int, share: float, icc: float, rng: np.random.Generator, /) -> Counts:
    """Return support and opposition in each of n documents."""
    own = np.full(n, share)
    if icc:
        spread = 1 / icc - 1
        own = rng.beta(share * spread, (1 - share) * spread, n)
    sizes = 1 + rng.poisson(3, n)
    support = rng.binomial(sizes, own)
    return np.column_stack([support, sizes - support])


def coverage(
    pairs: list[tuple[Counts, Counts]],
    truth: float,
    limits: Callable[[Sequence[Counts], float], tuple[Floats, Limits]],
    /,
) -> float:
    """Return the share of intervals that hold the true difference."""
    sides = [limits([pair[i] for pair in pairs], LEVEL)[1] for i in (0, 1)]
    low, high = newcombe(sides[0], sides[1])
    return float(np.mean((low <= truth) & (truth <= high)))


def tally(
    drawn: list[tuple[Counts, Counts]], truth: float, rng: np.random.Generator, /
) -> tuple[float, float, float]:
    """Return the coverage by size and by spread of clusters, and the share of p < .05."""
    rejected = sum(permutation_p(a, b, rng) < 1 - LEVEL for a, b in drawn)
    return (
        coverage(drawn, truth, limits_by_sentence),
        coverage(drawn, truth, limits_by_document),
        rejected / len(drawn),
    )


def show(name: str, size: int, cells: list[tuple[float, float, float]], /) -> None:
    """Print one row."""
    shown = "".join(f"{f'{c:.3f} {m:.3f} {p:.3f}':>20}" for c, m, p in cells)
    print(f"{name:>26}{size:6}{shown}", flush=True)


def differences(runs: int, rng: np.random.Generator, /) -> None:
    """Print coverage and rejections for two texts and for two groups."""
    print("coverage by size, as for sentences, and by spread, as for documents; share of p < .05")
    print(f"{'':>26}{'size':>6}" + "".join(f"{f'{a} and {b}':>20}" for a, b in SHARES))
    for stay, n in itertools.product((0.0, 0.5), (3, 10, 40)):
        cells = [
            tally(
                [(text(n, a, stay, rng), text(n, b, stay, rng)) for _ in range(runs)],
                2 * (a - b),
                rng,
            )
            for a, b in SHARES
        ]
        show(f"sentences, stay {stay}", n, cells)
    for icc, n in itertools.product((0.0, 0.2, 0.6), (5, 10, 30)):
        cells = [
            tally(
                [(documents(n, a, icc, rng), documents(n, b, icc, rng)) for _ in range(runs)],
                2 * (a - b),
                rng,
            )
            for a, b in SHARES
        ]
        show(f"documents, icc {icc}", n, cells)


def vectors(clusters: Counts, years: Floats, /) -> ds.StanceVectors:
    """Return the stance of documents of these years on one target."""
    names = tuple(f"text{i}" for i in range(len(years)))
    return ds.StanceVectors(
        support=clusters[:, :1],
        oppose=clusters[:, 1:],
        neutral=np.zeros_like(clusters[:, :1]),
        mentioned=clusters.sum(axis=1, keepdims=True),
        effective=clusters.sum(axis=1, keepdims=True).astype(np.float64),
        targets=("target",),
        docs=names,
        docvars={"year": tuple(years.tolist())},
        members=tuple((name,) for name in names),
        found=(),
        target_set="simulated",
        holders="self",
        record=Record("simulated", {}),
    )


def trends(runs: int, rng: np.random.Generator, /) -> None:
    """Print the coverage of the interval of the change per year."""
    print("trend: coverage at a change of 0 and of .04 a year")
    for icc, n in itertools.product((0.0, 0.2, 0.6), (6, 10, 30)):
        cells: list[float] = []
        for change in (0.0, 0.04):
            held = 0
            for _ in range(runs):
                years = np.sort(rng.integers(2000, 2020, n)).astype(np.float64)
                years[-1] = 2020  # so that they differ
                shares = 0.5 + change / 2 * (years - 2010)
                drawn = np.concatenate([documents(1, float(p), icc, rng) for p in shares])
                found = stance_trend(vectors(drawn, years), "year", level=LEVEL)
                held += found.low[0] <= change <= found.high[0]
            cells.append(held / runs)
        shown = "".join(f"{cell:10.3f}" for cell in cells)
        print(f"{f'documents, icc {icc}':>26}{n:6}{shown}", flush=True)


def speeches(archive: Path, /) -> ds.Corpus:
    """Return the first speeches of an archive of texts."""
    with tarfile.open(archive) as files:
        members = [member for member in files.getmembers() if member.name.endswith(".txt")]
        contents = [files.extractfile(member) for member in members[:SPEECHES]]
        return ds.Corpus.from_texts([f.read().decode("utf-8-sig") for f in contents if f])


def halves(corpus: ds.Corpus, rng: np.random.Generator, /) -> None:
    """Print how often p < .05 on a target between two halves of one text."""
    for name in ("contiguous", "random"):
        tested = rejected = adjusted = 0
        for document in corpus:
            pieces = ds.Corpus((document,)).split("sentence")
            order = np.arange(len(pieces)) if name == "contiguous" else rng.permutation(len(pieces))
            part = dict(zip(pieces.ids, np.where(order * 2 < len(pieces), "a", "b"), strict=True))
            stance = ds.stance(pieces).group({doc: str(side) for doc, side in part.items()})
            if len(stance) == 1:
                continue
            found = stance_difference(stance, "a", "b", unit="sentences", level=LEVEL)
            tested += int(np.isfinite(found.p).sum())
            rejected += int((found.p < 1 - LEVEL).sum())
            adjusted += int((found.p_adjusted < 1 - LEVEL).any())
        print(
            f"{name} halves of {len(corpus)} speeches: p < .05 on {rejected} of {tested} targets; "
            f"adjusted p < .05 in {adjusted} speeches"
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Intervals and p-values of differences.")
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    error = math.sqrt(LEVEL * (1 - LEVEL) / given.runs)
    print(f"{given.runs} runs a cell, nominal coverage {LEVEL}, seed {given.seed}")
    print(f"(Monte-Carlo standard error at .95: {error:.3f})")
    start = time.perf_counter()
    differences(given.runs, rng)
    trends(given.runs, rng)
    if folder := os.environ.get("DISCOURSE_DATA"):
        halves(speeches(Path(folder) / "data" / "ungdc" / "session25_1970.tar.gz"), rng)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
