"""Measure `matched` and `matched_matrix` beside the same as a loop over SciPy and scikit-learn.

    DISCOURSE_DATA=... python -m benchmarks.matched_speed [--draws 200] [--rounds 3]

Both loops take one sample at a time: sentences in random order until they hold m tokens. The loop
over texts joins them, has scikit-learn count and normalise them, and SciPy compare them. The loop
over counts sums what was counted sentence by sentence before; it draws the same random orders as
the library, so values and limits must agree, while those of the loop over texts, which takes whole
sentences, come close. The pair are two inaugural addresses of about 5,000 words, the matrix all of
2,000 words or more, of which the loop computes a few pairs; where DISCOURSE_DATA names no folder,
texts are simulated.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import jensenshannon
from scipy.stats import t as student
from sklearn.feature_extraction.text import CountVectorizer

import discourse as ds
from discourse import _text
from discourse.inference import MatchedMatrix, matched_matrix
from discourse.inference.drawing import seed_of
from discourse.inference.sources import sources_of
from discourse.resampling import random_orders

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WORDS = 5_000
LEAST = 2_000
PAIRS = ((0, 1), (0, 7), (3, 11))  # of the matrix, that the loop computes
GROUPS = 20
GOAL = 50
CLOSE = 1e-9
NEAR = 0.01  # whole sentences make samples a little longer

Numbers = npt.NDArray[Any]
Ends = tuple[Numbers, Numbers]


def texts() -> tuple[str, list[str]]:
    """Return what the texts are, and texts of 2,000 words or more, those of about 5,000 first."""
    path = Path(os.environ.get("DISCOURSE_DATA", ""), "data", "us-inaugural", "addresses.jsonl")
    if not path.is_file():
        return "simulated", [simulated(seed) for seed in range(20)]
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    length = {row["text"]: len(row["text"].split()) for row in rows}
    enough = [text for text in length if length[text] >= LEAST]
    return "inaugural addresses", sorted(enough, key=lambda text: (abs(length[text] - WORDS), text))


def simulated(seed: int, /) -> str:
    """Return a text of Zipf words in sentences of twenty."""
    rng = np.random.default_rng(seed)
    p = 1.0 / (np.arange(4_000) + 2.0)
    words = rng.choice([f"w{'abcdefghij'[i % 10]}{i}" for i in range(4_000)], WORDS, p=p / p.sum())
    return " ".join(f"S{' '.join(words[i : i + 20])}." for i in range(0, WORDS, 20))


def sample(counts: csr_array, sizes: Numbers, order: Numbers, m: int, /) -> Numbers:
    """Return the relative frequencies in the first m tokens of sentences in this order."""
    weights, room = np.zeros(len(sizes)), m
    for i in order:
        taken = min(room, sizes[i])
        weights[i] = taken / sizes[i]
        room -= taken
        if not room:
            break
    summed: Numbers = weights @ counts
    return np.asarray(summed / summed.sum())


def ends(counts: csr_array, sizes: Numbers, order: Numbers, m: int, /) -> Ends:
    """Return the two disjoint samples at the ends of an order."""
    return sample(counts, sizes, order, m), sample(counts, sizes, order[::-1], m)


def divergence(p: Numbers, q: Numbers, /) -> float:
    """Return the Jensen-Shannon divergence in bits."""
    return float(jensenshannon(p, q, 2) ** 2)


def cross(a: Ends, b: Ends, /) -> float:
    """Return the mean divergence between two sources in one draw."""
    return (divergence(a[0], b[0]) + divergence(a[1], b[1])) / 2


def looped(
    counts: Sequence[csr_array], orders: Sequence[Numbers], m: int, draws: int, /
) -> list[float]:
    """Return the numbers of two sources given as segments x features, sample by sample."""
    sizes = [np.asarray(side.sum(axis=1)) for side in counts]
    between: list[float] = []
    within: list[float] = []
    replicates = np.zeros((2, 2, GROUPS, draws // 4))
    for draw in range(draws):
        order = [side[draw] for side in orders]
        whole = [ends(c, s, o, m) for c, s, o in zip(counts, sizes, order, strict=True)]
        between.append(cross(*whole))
        within.append((divergence(*whole[0]) + divergence(*whole[1])) / 2)
        if draw >= draws // 4:
            continue
        for side in (0, 1):
            group = np.arange(len(sizes[side])) * GROUPS // len(sizes[side])
            for left_out in range(GROUPS):
                kept = order[side][group[order[side]] != left_out]
                less = ends(counts[side], sizes[side], kept, m)
                replicates[0, side, left_out, draw] = cross(less, whole[1 - side])
                replicates[1, side, left_out, draw] = divergence(*less) / 2
    return summarised(between, within, replicates)


def summarised(
    between: Sequence[float], within: Sequence[float], replicates: Numbers, /
) -> list[float]:
    """Return value, within, excess and the limits of the first and the last."""
    means = replicates.mean(axis=-1)
    value, inside = float(np.mean(between)), float(np.mean(within))
    reach, excess_reach = half_width(means[0]), half_width(means[0] - means[1])
    excess = value - inside
    limits = (value - reach, value + reach, excess - excess_reach, excess + excess_reach)
    return [value, inside, excess, *limits]


def half_width(replicates: Numbers, /) -> float:
    """Return half the width of the interval, from replicates of shape (side, group)."""
    variance = ((GROUPS - 1) * replicates.var(axis=1)).sum()
    return float(student.ppf(0.975, GROUPS - 1) * math.sqrt(variance))


def pair_by_loop(a: str, b: str, m: int, draws: int, /) -> list[float]:
    """Return what the loop over counts makes of two texts, with the orders of `matched`."""
    sources = sources_of("ab", [ds.Corpus.from_texts([text]) for text in (a, b)])
    rng = np.random.default_rng(0)
    orders = random_orders(len(sources[0].sizes), len(sources[1].sizes), draws, rng)
    return looped([source.counts for source in sources], orders, m, draws)


class Texts:
    """Two texts of which samples are joined, counted and compared anew each time."""

    def __init__(self, a: str, b: str, m: int, /) -> None:
        self.m = m
        self.sentences = [[a[i:j] for i, j in _text.sentence_spans(a)] for a in (a, b)]
        self.counter = CountVectorizer(
            token_pattern=_text.word_pattern().pattern, lowercase=False, preprocessor=_text.fold
        ).fit([a, b])
        self.sizes = [self.counter.transform(own).sum(axis=1) for own in self.sentences]

    def ends(self, side: int, order: Numbers, /) -> Ends:
        """Return the two samples at the ends of an order."""
        return self.sample(side, order), self.sample(side, order[::-1])

    def sample(self, side: int, order: Numbers, /) -> Numbers:
        """Return the relative frequencies in the first sentences that hold m tokens."""
        sizes = np.asarray(self.sizes[side]).ravel()[order]
        n = int(np.searchsorted(np.cumsum(sizes), self.m)) + 1
        chosen: list[int] = order[:n].tolist()
        text = " ".join(self.sentences[side][i] for i in chosen)
        counts = self.counter.transform([text]).toarray()[0]
        return np.asarray(counts / counts.sum())


def pair_by_texts(a: str, b: str, m: int, draws: int, /) -> list[float]:
    """Return value, within, excess and limits by the loop over texts."""
    texts = Texts(a, b, m)
    rng = np.random.default_rng(0)
    order = [np.arange(len(own)) for own in texts.sentences]
    between: list[float] = []
    within: list[float] = []
    replicates = np.zeros((2, 2, GROUPS, draws // 4))
    for draw in range(draws):
        drawn = [rng.permutation(own) for own in order]
        whole = [texts.ends(side, own) for side, own in enumerate(drawn)]
        between.append(cross(*whole))
        within.append((divergence(*whole[0]) + divergence(*whole[1])) / 2)
        if draw >= draws // 4:
            continue
        for side in (0, 1):
            group = order[side] * GROUPS // len(order[side])
            for left_out in range(GROUPS):
                less = texts.ends(side, drawn[side][group[drawn[side]] != left_out])
                replicates[0, side, left_out, draw] = cross(less, whole[1 - side])
                replicates[1, side, left_out, draw] = divergence(*less) / 2
    return summarised(between, within, replicates)


def pair_by_library(a: str, b: str, draws: int, /) -> tuple[int, list[float]]:
    """Return the length and the same numbers as `matched` gives them."""
    found = ds.matched(a, b, draws=draws, n_jobs=-1)
    limits = (found.low, found.high, found.excess.low, found.excess.high)
    numbers = (found.value, found.within.value, found.excess.value, *limits)
    return int(found.m or 0), [math.nan if x is None else x for x in numbers]


def matrix_by_loop(corpus: ds.Corpus, m: int, draws: int, /) -> list[list[float]]:
    """Return what the loop makes of a few pairs, with the orders of `matched_matrix`."""
    sources = sources_of(corpus.ids, [ds.Corpus((document,)) for document in corpus])
    found: list[list[float]] = []
    for pair in PAIRS:
        own = [sources[i] for i in pair]
        orders = [
            source.generator(seed_of(0)).permuted(
                np.tile(np.arange(len(source.sizes)), (draws, 1)), axis=1
            )
            for source in own
        ]
        found.append(looped([source.counts for source in own], orders, m, draws))
    return found


def of_matrix(found: MatchedMatrix, /) -> list[list[float]]:
    """Return the numbers of those pairs."""
    arrays = (found.low, found.high, found.excess_low, found.excess_high)
    return [
        [
            found.values[i, j],
            (found.within[i] + found.within[j]) / 2,
            found.excess[i, j],
            *(array[i, j] for array in arrays),
        ]
        for i, j in PAIRS
    ]


def seconds(work: Callable[[], object], /) -> float:
    """Return the wall time of some work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print both times and their ratio."""
    options = argparse.ArgumentParser(description="Speed of matched().")
    options.add_argument("--draws", type=int, default=200, help="a multiple of 8")
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "scikit-learn"))
    print(f"{platform.platform()}, Python {platform.python_version()}, {versions}")
    kind, own = texts()
    compare_pair(kind, own[0], own[1], given.draws, given.rounds)
    compare_matrix(kind, ds.Corpus.from_texts(own), given.draws, given.rounds)


def compare_pair(kind: str, a: str, b: str, draws: int, rounds: int, /) -> None:
    """Print how long two texts take."""
    m, numbers = pair_by_library(a, b, draws)
    check(numbers, pair_by_loop(a, b, m, draws))
    gaps = np.abs(np.subtract(numbers[:3], pair_by_texts(a, b, m, draws)[:3]))
    assert gaps.max() < NEAR, f"the loop over texts differs by {gaps.max():.2g}"
    print(f"two {kind}: {len(a.split()):,} and {len(b.split()):,} words, {draws} draws, m={m:,}")
    loops = {"loop over texts": pair_by_texts, "loop over counts": pair_by_loop}
    for name, loop in loops.items():
        report(
            rounds,
            lambda: pair_by_library(a, b, draws),
            partial(loop, a, b, m, draws),
            name=name,
        )


def compare_matrix(kind: str, corpus: ds.Corpus, draws: int, rounds: int, /) -> None:
    """Print how long all pairs take; of the loop, what they would take from those it does."""
    found = matched_matrix(corpus, draws=draws)
    for numbers, by_loop in zip(
        of_matrix(found), matrix_by_loop(corpus, found.m, draws), strict=True
    ):
        check(numbers, by_loop)
    n = math.comb(len(corpus), 2)
    print(f"all {n:,} pairs of {len(corpus)} {kind}, {draws} draws, m={found.m:,}")
    report(
        rounds,
        lambda: matched_matrix(corpus, draws=draws),
        lambda: matrix_by_loop(corpus, found.m, draws),
        times=n / len(PAIRS),
    )


def check(numbers: Sequence[float], by_loop: Sequence[float], /) -> None:
    """Stop if the answers differ."""
    gap = max(abs(x - y) for x, y in zip(numbers, by_loop, strict=True))
    assert gap < CLOSE, f"the answers differ by {gap:.2g}"


def report(
    rounds: int,
    library: Callable[[], object],
    loop: Callable[[], object],
    /,
    *,
    name: str = "loop over counts",
    times: float = 1,
) -> None:
    """Print the medians of alternated runs and their ratio; `times` is what the loop left out."""
    fast: list[float] = []
    slow: list[float] = []
    for _ in range(rounds):
        fast.append(seconds(library))
        slow.append(times * seconds(loop))
    for who, own in (("library", fast), (name, slow)):
        spread = f"{min(own):.3f} to {max(own):.3f} s"
        print(f"  {who:18}{statistics.median(own):10.3f} s ({spread})")
    print(f"  {statistics.median(slow) / statistics.median(fast):.1f} times as fast (goal {GOAL})")


if __name__ == "__main__":
    main()
