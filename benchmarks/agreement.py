"""Measure how often the 95 % intervals of `discourse.agreement_by_target` hold the true value.

    python -m benchmarks.agreement --runs 4000

In each run two documents have the same number of mentions of every target, each in a sentence of
its own; a mention supports with a probability that is fixed for the document. Truth is the
agreement of these probabilities.
"""

from __future__ import annotations

import argparse
import itertools
import math
import time

import numpy as np
import numpy.typing as npt

import discourse as ds
from discourse.record import Record

TARGETS = (1, 3, 5, 15, 28)
MENTIONS = (1, 2, 5, 20)  # a target and side
SUPPORT = ((0.6, 0.6), (0.8, 0.8), (0.98, 0.5))  # probabilities of the two documents
LEVEL = 0.95

Counts = npt.NDArray[np.int64]


def stance(support: Counts, n: int, /) -> ds.StanceVectors:
    """Return the stance of documents with n mentions of each target, so many of which support."""
    all_n = np.full(support.shape, n)
    return ds.StanceVectors(
        support=support,
        oppose=n - support,
        neutral=np.zeros_like(support),
        mentioned=all_n,
        effective=all_n.astype(np.float64),
        targets=tuple(f"target{j}" for j in range(support.shape[1])),
        docs=("a", "b"),
        docvars={},
        members=(("a",), ("b",)),
        found=(),
        target_set="simulated",
        holders="self",
        record=Record("simulated", {}),
    )


def coverage(
    n_targets: int, n: int, p: tuple[float, float], runs: int, rng: np.random.Generator, /
) -> float:
    """Return the share of runs whose interval holds the true agreement."""
    truth = math.prod(2 * side - 1 for side in p)
    held = 0
    for _ in range(runs):
        support = rng.binomial(n, np.array(p)[:, np.newaxis], (2, n_targets))
        found = ds.agreement_by_target(stance(support, n), "a", "b", level=LEVEL)
        held += found.low <= truth <= found.high
    return held / runs


def main() -> None:
    """Print the coverage for each number of targets and mentions and each pair of shares."""
    parser = argparse.ArgumentParser(description="Coverage of the intervals of agreement.")
    parser.add_argument("--runs", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    errors = [math.sqrt(p * (1 - p) / given.runs) for p in (LEVEL, 0.75)]
    print(f"{given.runs} runs a cell, nominal coverage {LEVEL}, seed {given.seed}")
    print(f"(Monte-Carlo standard errors: {errors[0]:.3f} at .95, {errors[1]:.3f} at .75)")
    print(f"{'support':>12}{'targets':>9}" + "".join(f"{f'n = {n}':>8}" for n in MENTIONS))
    start = time.perf_counter()
    for p, n_targets in itertools.product(SUPPORT, TARGETS):
        cells = [coverage(n_targets, n, p, given.runs, rng) for n in MENTIONS]
        name = f"{p[0]} and {p[1]}"
        print(f"{name:>12}{n_targets:9}" + "".join(f"{cell:8.3f}" for cell in cells), flush=True)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
