"""Measure how often the 95 % intervals of `discourse.markers` hold the true rate.

    python -m benchmarks.markers --runs 2000

Texts are simulated: sentences of 20 words on average, and markers at a rate that is the same
throughout, varies from sentence to sentence, or from passage to passage of five sentences on
average, with a coefficient of variation of 1 or 2 (a gamma distribution).
"""

from __future__ import annotations

import argparse
import itertools
import math
import time
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from discourse.rhetoric import burst_limits, dispersion, poisson_limits

SENTENCES = (40, 100, 400, 2000)
RATES = (1, 5, 20)  # per 1,000 words
WORDS = 20
LEVEL = 0.95

Counts = npt.NDArray[np.int64]


class Process(NamedTuple):
    """How the rate varies: its coefficient of variation, and how long it stays."""

    name: str
    variation: float
    passage: int  # sentences on average


PROCESSES = (
    Process("the same throughout", 0, 1),
    Process("by sentence, cv 1", 1, 1),
    Process("by passage, cv 1", 1, 5),
    Process("by passage, cv 2", 2, 5),
)


def text(
    process: Process, n: int, rate: float, rng: np.random.Generator, /
) -> tuple[Counts, Counts]:
    """Return markers and words of each of n sentences."""
    words = 1 + rng.poisson(WORDS - 1, n)
    level: npt.NDArray[np.float64] = np.ones(n)
    if process.variation:
        passage = np.cumsum(rng.random(n) < 1 / process.passage)
        shape = process.variation**-2
        level = rng.gamma(shape, 1 / shape, int(passage[-1]) + 1)[passage]
    return rng.poisson(rate / 1000 * words * level), words


def coverage(
    process: Process, n: int, rate: float, runs: int, rng: np.random.Generator, /
) -> tuple[float, float, float]:
    """Return the coverage of exact and overdispersed limits, and how much wider these are."""
    drawn = [text(process, n, rate, rng) for _ in range(runs)]
    counts = np.array([[marks.sum()] for marks, _ in drawn])
    spread = np.array([dispersion(marks[:, np.newaxis], words) for marks, words in drawn])
    truth = rate / 1000 * np.array([[words.sum()] for _, words in drawn])
    exact = poisson_limits(counts, level=LEVEL)
    wide = burst_limits(counts, spread, level=LEVEL)
    held = [float(np.mean((low <= truth) & (truth <= high))) for low, high in (exact, wide)]
    widths = [float((high - low).mean()) for low, high in (exact, wide)]
    return held[0], held[1], widths[1] / widths[0]


def main() -> None:
    """Print coverage for each way that rates vary, length of text and rate."""
    parser = argparse.ArgumentParser(description="Coverage of the intervals of markers().")
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    error = math.sqrt(LEVEL * (1 - LEVEL) / given.runs)
    print(f"{given.runs} runs a cell, nominal coverage {LEVEL}, seed {given.seed}")
    print(f"(Monte-Carlo standard error at .95: {error:.3f})")
    print("(exact / overdispersed coverage, and how many times as wide the latter are)")
    print(
        f"{'rate varies':>20}{'sentences':>10}" + "".join(f"{f'{r} per 1,000':>22}" for r in RATES)
    )
    start = time.perf_counter()
    for process, n in itertools.product(PROCESSES, SENTENCES):
        cells = [coverage(process, n, rate, given.runs, rng) for rate in RATES]
        shown = "".join(f"{f'{e:.3f} / {o:.3f}  x{w:.2f}':>22}" for e, o, w in cells)
        print(f"{process.name:>20}{n:10}{shown}", flush=True)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
