"""Measure how often the 95 % intervals of `discourse.matched` hold the true value.

    python -m benchmarks.coverage                        # some four minutes on one core
    python -m benchmarks.coverage --runs 200 --stay 0.5  # topics last for two sentences on average
    python -m benchmarks.coverage --tokens 1000 3000

Sources are simulated: 30,000 types with Zipf frequencies; every sentence has a topic and repeats
its words in bursts. Two sources share frequencies and topics and differ in how often they turn to
each topic.

At matched length the truth is the mean over many pairs of fresh texts, each sampled once at m
tokens; texts too short for an interval are neither hits nor misses, and their number is printed. At
infinite length the truth is exact. Closed sets are words of the topics ("topics"), or to one half
the commonest words ("common"), on which two sources differ less; once both texts come from one
source ("same"). With DISCOURSE_DATA set, `benchmarks.length` follows, on real speeches.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from benchmarks import length
from discourse.inference import levels
from discourse.inference.infinite import at_infinity
from discourse.metrics import METRICS, Metric
from discourse.resampling import fill

TYPES = 30_000
TOPICS = 40
TOPIC_WORDS = 60
BURST = 0.35  # of the tokens of a sentence come from its topic
SENTENCE = 20  # tokens on average
SHARE = 0.4  # of a text in each sample: m / n
LEVEL = 0.95
METRIC_NAMES = ("jensen_shannon", "hellinger", "cosine")
PER_FEATURE = (10, 30)  # occurrences in a text, on average
PER_TOPIC = (1, 4)  # features of a closed set: some 40 and 155

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A source of sentences: how often it turns to each topic."""

    topics: Numbers
    words: npt.NDArray[np.int64]  # of each topic, shape (TOPICS, TOPIC_WORDS)
    cumulated: Numbers  # Zipf frequencies of all types
    stay: float  # probability that a sentence keeps the topic of the one before it

    def text(self, tokens: int, rng: np.random.Generator, /) -> csr_array:
        """Return segments x features of a text that has exactly so many tokens."""
        sizes = 1 + rng.poisson(SENTENCE - 1, 2 * tokens // SENTENCE + 10)
        row = np.repeat(np.arange(len(sizes)), sizes)[:tokens]
        turns = np.cumsum(rng.random(len(sizes)) >= self.stay)
        topic = rng.choice(TOPICS, len(sizes) + 1, p=self.topics)[turns][row]
        common = np.searchsorted(self.cumulated, rng.random(tokens))
        # Squaring favours the first words of a topic, so that they recur within a sentence.
        place = (TOPIC_WORDS * rng.random(tokens) ** 2).astype(np.int64)
        column = np.where(rng.random(tokens) < BURST, self.words[topic, place], common)
        shape = (int(row[-1]) + 1, TYPES)
        return csr_array((np.ones(tokens, np.int64), (row, column)), shape=shape)

    def shares(self) -> Numbers:
        """Return how often each type occurs in an endless text."""
        edges = np.sqrt(np.arange(TOPIC_WORDS + 1) / TOPIC_WORDS)  # see `place` above
        shares = (1.0 - BURST) * np.diff(self.cumulated, prepend=0.0)
        np.add.at(shares, self.words, BURST * np.outer(self.topics, np.diff(edges)))
        return shares

    def halves(self, tokens: int, m: int, rng: np.random.Generator, /) -> list[Numbers]:
        """Return two disjoint samples of m tokens from one fresh text."""
        counts = self.text(tokens, rng)
        sizes = np.asarray(counts.sum(axis=1), np.int64)
        order = rng.permutation(len(sizes))[np.newaxis]
        return [(fill(ends, sizes, m) @ counts)[0] for ends in (order, order[:, ::-1])]


def two_sources(stay: float, rng: np.random.Generator, /) -> tuple[Source, Source]:
    """Return two sources that differ in their topics alone."""
    frequencies = 1.0 / np.arange(1, TYPES + 1)
    cumulated = np.cumsum(frequencies / frequencies.sum())
    cumulated[-1] = 1.0
    words = rng.integers(50, TYPES // 10, (TOPICS, TOPIC_WORDS))
    topics = rng.dirichlet(np.full(TOPICS, 0.5), 2)
    return Source(topics[0], words, cumulated, stay), Source(topics[1], words, cumulated, stay)


def true_levels(
    metric: Metric, sources: tuple[Source, Source], *, tokens: int, m: int, pairs: int, seed: int
) -> Numbers:
    """Return D_m and E_m with their Monte-Carlo errors, of shape (mean or error, D or E)."""
    rng = np.random.default_rng(seed)
    found = np.empty((pairs, 2))
    for i in range(pairs):
        a, b = (source.halves(tokens, m, rng) for source in sources)
        between = (metric.pair(a[0], b[0]) + metric.pair(a[1], b[1])) / 2
        within = (metric.pair(*a) + metric.pair(*b)) / 2
        found[i] = between, between - within
    if metric.kind == "similarity":
        found[:, 1] *= -1.0
    return np.array([found.mean(axis=0), found.std(axis=0) / math.sqrt(pairs)])


def coverage(
    metric: Metric, sources: tuple[Source, Source], tokens: int, runs: int, seed: int, /
) -> str:
    """Return one row of the table: truth, mean width of the intervals, coverage, runs without."""
    m = int(SHARE * tokens)
    truth, error = true_levels(metric, sources, tokens=tokens, m=m, pairs=10 * runs, seed=seed)
    rng = np.random.default_rng(seed + 1)
    limits: list[list[tuple[float, float] | tuple[None, None]]] = []
    for _ in range(runs):
        a, b = (source.text(tokens, rng) for source in sources)
        used = np.flatnonzero(a.sum(axis=0) + b.sum(axis=0))
        found = levels(metric, a[:, used], b[:, used], m=m, draws=200, rng=rng)
        if found.between.se is not None:
            unbounded = (-math.inf, math.inf)
            limits.append(
                [level.limits(LEVEL, unbounded) for level in (found.between, found.excess)]
            )
    head, n_without = f"{metric.name:15}{tokens:7,}{m:7,}", runs - len(limits)
    if not limits:
        return f"{head}  no interval in any run: fewer than 20 sentences a side"
    low, high = np.moveaxis(np.array(limits, np.float64), -1, 0)
    cells = [
        f"{truth[i]:7.4f} ({error[i]:.4f}) {(high - low)[:, i].mean():7.4f} "
        f"{_share((low[:, i] <= truth[i]) & (truth[i] <= high[:, i]))}"
        for i in (0, 1)
    ]
    return f"{head}  {'   '.join(cells)}   {n_without:7}"


def _share(held: npt.NDArray[np.bool_], /) -> str:
    """Return a share with its Monte-Carlo error, shrunk so that 1.000 does not look certain."""
    shrunk = (held.sum() + 0.5) / (len(held) + 1)
    return f"{held.mean():5.3f} ({math.sqrt(shrunk * (1 - shrunk) / len(held)):.3f})"


def closed_sets(source: Source, /) -> Iterator[tuple[str, npt.NDArray[np.int64]]]:
    """Yield names and columns of closed sets of features."""
    for n in PER_TOPIC:
        words = source.words[:, :n].ravel()
        half = len(words) // 2
        yield "topics", np.unique(words)
        yield "common", np.union1d(np.arange(half), words[:half])


def limits_at_infinity(
    metric: Metric,
    sources: tuple[Source, Source],
    columns: npt.NDArray[np.int64],
    /,
    *,
    tokens: int,
    runs: int,
    seed: int,
) -> str:
    """Return truth, mean value, mean width and coverage at infinite length."""
    truth = float(metric.pair(*(source.shares()[columns] for source in sources)))
    rng = np.random.default_rng(seed + 1)
    found = np.empty((runs, 3))
    for run in range(runs):
        texts = (source.text(tokens, rng)[:, columns] for source in sources)
        a, b = (length.as_source(text[np.flatnonzero(text.sum(axis=1))]) for text in texts)
        found[run] = at_infinity(metric, a, b, level=LEVEL)[:3]
    low, high = np.clip(found[:, 1:], *metric.bounds).T
    held = (low <= truth + 1e-12) & (truth <= high + 1e-12)
    mean = np.clip(found[:, 0], *metric.bounds).mean()
    return f"{truth:7.4f} {mean:7.4f} {(high - low).mean():7.4f} {_share(held)}"


def infinite_length(sources: tuple[Source, Source], given: argparse.Namespace, /) -> None:
    """Print the coverage of the cosine at infinite length, and of metrics on closed sets."""
    print(f"\n{'at infinite length':34}{'tokens':>7}    truth    mean   width coverage")
    for tokens in given.tokens:
        every = np.arange(TYPES)
        row = limits_at_infinity(
            METRICS["cosine"], sources, every, tokens=tokens, runs=given.runs, seed=given.seed
        )
        print(f"{'cosine':15}{'all words':19}{tokens:7,}  {row}", flush=True)
    one = sources[0]
    for pair, kind in ((sources, ""), ((one, one), "same")):
        for name, columns in closed_sets(one):
            least = min(source.shares()[columns].sum() for source in pair)
            for n in PER_FEATURE:
                tokens = round(n * len(columns) / least)
                for metric in METRIC_NAMES:
                    row = limits_at_infinity(
                        METRICS[metric],
                        pair,
                        columns,
                        tokens=tokens,
                        runs=given.runs,
                        seed=given.seed,
                    )
                    label = f"{name:7}{kind:5}{len(columns):3} x{n:2}"
                    print(f"{metric:15}{label:19}{tokens:7,}  {row}", flush=True)


def main() -> None:
    """Print truth and coverage of D_m and E_m for each metric and length."""
    parser = argparse.ArgumentParser(description="Coverage of the intervals of matched().")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--tokens", type=int, nargs="+", default=[1_000, 3_000, 10_000])
    parser.add_argument("--stay", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    sources = two_sources(given.stay, np.random.default_rng(given.seed))
    print(f"{given.runs} runs, nominal coverage {LEVEL}, topics kept with p = {given.stay}")
    print("(in parentheses: Monte-Carlo standard errors of the truth and of the coverage)")
    print("(without: runs whose texts are too short for an interval; not in the coverage)")
    columns = "truth            width   coverage     "
    print(f"{'metric':15}{'tokens':>7}{'m':>7}    D_m: {columns}  E_m: {columns}without")
    start = time.perf_counter()
    for name in METRIC_NAMES:
        for tokens in given.tokens:
            row = coverage(METRICS[name], sources, tokens, given.runs, given.seed)
            print(row, flush=True)
    infinite_length(sources, given)
    print(f"{time.perf_counter() - start:.0f} s")
    if "DISCOURSE_DATA" in os.environ:
        print()
        length.main()


if __name__ == "__main__":
    main()
