"""Measure how fast words are counted, beside others that count by the same rule.

    DISCOURSE_DATA=... python -m benchmarks.counting [--megabytes 50 200] [--rounds 3] [--quick]

Real texts are sentences of speeches, shuffled; those after Zipf's law are drawn. Each time is the
median of alternated runs, after one that only loads. Matrices are compared; the program stops
where they differ. Peers that are not installed are left out. Some are given texts that were folded
before, which saves them the folding; beyond `--alone` megabytes only `wc` is asked (at 1,000 all
peers together need more than 24 GB). At last it is printed where the time goes, in one thread, and
how it grows with the texts.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import importlib.util
import itertools
import math
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import discourse as ds
from benchmarks.texts import SPREAD, data_folder, real_texts
from discourse import _text
from discourse._kernels.numbering import Numbering, by_column
from discourse.tokens.batches import LARGE

THREADS = 2
N_TYPES = 100_000  # which 50 MB have in 171,000 surfaces
WORDS = 1_500  # of a drawn text, on average
PATTERN = _text.word_pattern().pattern

Work = Callable[[], object]
Numbers = npt.NDArray[np.float64]


# -- texts -----------------------------------------------------------------------------------


def ranks(cumulated: Numbers, size: int, rng: np.random.Generator, /) -> list[int]:
    """Return ranks drawn by cumulated frequencies."""
    found: Any = cumulated.searchsorted(rng.random(size) * float(cumulated[-1]))
    return list(map(int, found))


def capitalised(
    words: Sequence[str], chosen: Sequence[int], rng: np.random.Generator, /
) -> Iterator[str]:
    """Yield the chosen words, one in twelve with a capital letter."""
    for rank, draw in zip(chosen, rng.random(len(chosen)), strict=True):
        yield words[rank].title() if draw < 1 / 12 else words[rank]


def zipf_texts(megabytes: float, /, *, seed: int = 0) -> list[str]:
    """Return texts of words drawn after Zipf's law, one in twelve with a capital letter."""
    rng = np.random.default_rng(seed)
    letters = np.array(list("etaoinshrdlcumwfgypbvk"))
    lengths = np.minimum(2 + rng.poisson(np.log1p(np.arange(N_TYPES)) / 2), 20)
    drawn = "".join(rng.choice(letters, int(lengths.sum())))
    ends = np.cumsum(lengths).tolist()
    words = [drawn[a:b] for a, b in itertools.pairwise([0, *ends])]
    cumulated: Numbers = np.cumsum(1.0 / np.arange(1, N_TYPES + 1))
    texts: list[str] = []
    left = megabytes * 1e6
    while left > 0:
        size = max(1, round(float(rng.lognormal(math.log(WORDS) - SPREAD**2 / 2, SPREAD))))
        texts.append(" ".join(capitalised(words, ranks(cumulated, size, rng), rng)))
        left -= len(texts[-1])
    return texts


# -- peers -----------------------------------------------------------------------------------


def vectorized(name: str, texts: Sequence[str], **options: object) -> Any:
    """Return the counts of a vectorizer of scikit-learn, and its features where it has them."""
    text = importlib.import_module("sklearn.feature_extraction.text")
    vectorizer = getattr(text, name)(token_pattern=PATTERN, lowercase=False, **options)
    counts = vectorizer.fit_transform(texts)
    is_counter = name == "CountVectorizer"
    return counts, tuple(vectorizer.get_feature_names_out()) if is_counter else None


def by_polars(texts: Sequence[str], /) -> Any:
    """Return a table of documents, words and counts, by polars."""
    pl = importlib.import_module("polars")
    table = pl.DataFrame({"doc": np.arange(len(texts)), "text": texts})
    words = table.select("doc", pl.col("text").str.extract_all(PATTERN)).explode("text")
    return words.drop_nulls().group_by("doc", "text").len()


def by_wc(path: Path, /) -> int:
    """Return the number of words between spaces, by the program wc."""
    found = subprocess.run(["wc", "-w", path], check=True, capture_output=True)
    return int(found.stdout.split()[0])


def peers(texts: list[str], path: Path, /) -> Iterator[tuple[str, Work]]:
    """Yield all who are asked, by name, but for those that are not installed."""
    folded = list(map(_text.fold, texts))
    hashing = {"norm": None, "alternate_sign": False}
    yield "CountVectorizer", partial(vectorized, "CountVectorizer", texts, preprocessor=_text.fold)
    yield "CountVectorizer, folded", partial(vectorized, "CountVectorizer", folded)
    yield "HashingVectorizer, folded", partial(vectorized, "HashingVectorizer", folded, **hashing)
    if importlib.util.find_spec("polars"):
        yield "polars, folded", partial(by_polars, folded)
    if shutil.which("wc"):
        yield "wc -w", partial(by_wc, path)


def check(name: str, found: Any, dfm: ds.DocumentFeatureMatrix, /) -> None:
    """Stop unless a peer has found the same counts, or as many as can be compared."""
    if name.startswith("CountVectorizer"):
        counts, features = found
        assert features == dfm.features
        assert (abs(counts - dfm.counts)).nnz == 0
    elif name.startswith("HashingVectorizer"):
        assert found[0].sum() == dfm.counts.sum()
    elif name.startswith("polars"):
        assert (found["len"].sum(), found.height) == (dfm.counts.sum(), dfm.counts.nnz)
    elif name.startswith("discourse"):
        assert found.digest == dfm.digest


# -- reports ---------------------------------------------------------------------------------


def compare(texts: list[str], rounds: int, path: Path, /, *, alone: bool) -> None:
    """Print the times of all who count the texts, and how many times ours that is."""
    path.write_text("\n".join(texts), encoding="utf-8")
    corpus = ds.Corpus.from_texts(texts)
    dfm = ds.count(corpus, n_jobs=THREADS)
    print(f"{dfm.counts.sum():,} words, {len(dfm.features):,} types, {dfm.counts.nnz:,} cells")
    asked: dict[str, Work] = {
        f"discourse, {n} threads": partial(ds.count, corpus, n_jobs=n) for n in (THREADS, 1)
    }
    asked |= {name: work for name, work in peers(texts, path) if not alone or name == "wc -w"}
    times: dict[str, list[float]] = {name: [] for name in asked}
    for _, (name, work) in itertools.product(range(rounds), asked.items()):
        start = time.perf_counter()
        found = work()
        times[name].append(time.perf_counter() - start)
        check(name, found, dfm)
        del found
    own = statistics.median(next(iter(times.values())))
    for name, seconds in times.items():
        median = statistics.median(seconds)
        spread = f"({min(seconds):.2f} to {max(seconds):.2f} s)"
        print(f"    {name:26}{median:8.3f} s {spread:20}{median / own:7.1f} times", flush=True)


def compare_pairs(texts: list[str], /) -> None:
    """Print the times of one run each over pairs of words."""
    corpus = ds.Corpus.from_texts(texts)
    ds.count(corpus, ngrams=2, n_jobs=THREADS)
    start = time.perf_counter()
    dfm = ds.count(corpus, ngrams=2, n_jobs=THREADS)
    own = time.perf_counter() - start
    options = {"preprocessor": _text.fold, "ngram_range": (2, 2)}
    start = time.perf_counter()
    found = vectorized("CountVectorizer", texts, **options)
    theirs = time.perf_counter() - start
    check("CountVectorizer", found, dfm)
    print(f"    pairs of words            {own:8.3f} s; CountVectorizer {theirs / own:5.1f} times")


def timed(name: str, work: Callable[[], Any], /) -> Any:
    """Return the answer of some work, and print the time that it took."""
    start = time.perf_counter()
    found = work()
    print(f"    {name:26}{time.perf_counter() - start:8.3f} s", flush=True)
    return found


def stages(texts: list[str], /) -> None:
    """Print the times of the steps, in one thread."""
    size = len(texts) // 50 + 1
    corpus = ds.Corpus.from_texts(texts)
    encoded = timed("encoding", lambda: [t.encode("utf-8", "surrogatepass") for t in texts])
    batches = [encoded[i : i + size] for i in range(0, len(encoded), size)]
    numbering = Numbering(_text.character_classes())
    numbered = timed("finding and numbering", lambda: list(map(numbering.add, batches)))
    words = timed("decoding words", numbering.words)
    own = timed("folding and sorting words", lambda: ds.Vocabulary(words))
    types = own.type_of, len(own.types)
    timed("counting by type", lambda: [by_column(words, *types) for words in numbered])
    timed("digest of the corpus", lambda: corpus.digest)


def growth(texts: list[str], rounds: int, /) -> None:
    """Print how the time grows with the size of the texts, all of them beyond `LARGE`."""
    sizes: list[float] = []
    times: list[float] = []
    for divisor in (4, 2, 1):
        corpus = ds.Corpus.from_texts(texts[: len(texts) // divisor])
        n_characters = sum(map(len, corpus.texts))
        if n_characters < LARGE:
            continue
        sizes.append(n_characters / 1e6)
        runs: list[float] = []
        for _ in range(rounds):
            start = time.perf_counter()
            ds.count(corpus, n_jobs=THREADS)
            runs.append(time.perf_counter() - start)
        times.append(statistics.median(runs))
        print(f"    {sizes[-1]:8.1f} MB {times[-1]:8.3f} s")
    if len(sizes) < 2:
        return
    slope = np.polyfit(np.log(sizes), np.log(times), 1)[0]
    print(f"    time grows with size to the power of {slope:.2f}")


def corpora(megabytes: Sequence[float], size: float, /) -> Iterator[tuple[str, list[str]]]:
    """Yield texts, by a name for them."""
    if folder := data_folder():
        yield f"real texts, {size:g} MB", real_texts(folder, size)
    else:
        print("no real texts: DISCOURSE_DATA names no folder that has them")
    for drawn in megabytes:
        yield f"texts after Zipf's law, {drawn:g} MB", zipf_texts(drawn)


def main() -> None:
    """Print all comparisons."""
    options = argparse.ArgumentParser(description="Speed of counting.")
    options.add_argument("--megabytes", type=float, nargs="+", default=[50, 200], help="drawn")
    options.add_argument("--size", type=float, default=50, help="million characters of real text")
    options.add_argument("--alone", type=float, default=100, help="no peers beyond so many MB")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--quick", action="store_true", help="a small run of one round")
    asked = options.parse_args()
    if asked.quick:
        asked.megabytes, asked.size, asked.rounds = [10], 10, 1
    version = importlib.metadata.version("scikit-learn")
    print(f"{platform.platform()}, Python {platform.python_version()}, scikit-learn {version}")
    print(f"{os.cpu_count()} processors, {THREADS} threads, {asked.rounds} rounds, medians")
    with tempfile.TemporaryDirectory() as folder:
        for name, texts in corpora(asked.megabytes, asked.size):
            print(name, end=": ")
            megabytes = sum(map(len, texts)) / 1e6
            compare(texts, asked.rounds, Path(folder, "texts"), alone=megabytes > asked.alone)
            if megabytes <= min(asked.alone, 100):
                compare_pairs(texts)
            stages(texts)
            growth(texts, asked.rounds)


if __name__ == "__main__":
    main()
