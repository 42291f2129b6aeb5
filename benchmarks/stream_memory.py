"""Measure memory and speed of counting a stream: into a few groups, and into a full matrix.

    python -m benchmarks.stream_memory --megabytes 10 100 1000 4000

A file of JSON objects is written to a temporary folder for each size, its words drawn by Zipf's
law, and counted in a process of its own for each of the two; what each prints includes the memory
of Python and of the libraries. The totals are checked against those of what was written. At last
it is printed how time and memory grow with the file.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

PARTIES = ("north", "east", "south", "west")
LETTERS = "etaoinshrdlu"
WORDS = 300  # of a document, on average
KNEE, STEEPER = 8_000, 2.0

CHILD = "import sys; from benchmarks.stream_memory import child; child(*sys.argv[1:])"


def vocabulary(size: int, /) -> list[str]:
    """Return words, the shorter ones first, as frequent words are shorter."""
    lengths = itertools.count(2)
    words = (w for n in lengths for w in itertools.product(LETTERS, repeat=n))
    return ["".join(letters) for letters in itertools.islice(words, size)]


def frequencies(size: int, /) -> npt.NDArray[np.float64]:
    """Return how often words occur, by rank: Zipf's law, and a steeper one for rare words.

    With these numbers 50 MB hold about as many different words as speeches do.
    """
    rank = np.arange(1, size + 1, dtype=np.float64)
    return np.where(rank <= KNEE, 1 / rank, (KNEE / rank) ** STEEPER / KNEE)


def objects(megabytes: int, types: int, rng: np.random.Generator, /) -> Iterator[tuple[str, int]]:
    """Yield lines of JSON, and how many words each holds, until there are so many megabytes."""
    words = np.array(vocabulary(types), object)
    edges = np.cumsum(frequencies(types))
    left = megabytes * 1_000_000
    for block in itertools.count():
        sizes = rng.poisson(WORDS, 1_000)
        at: npt.NDArray[np.float64] = rng.random(int(sizes.sum())) * edges[-1]
        drawn = words[np.searchsorted(edges, at)]
        for row, text in enumerate(np.split(drawn, np.cumsum(sizes)[:-1])):
            number = 1_000 * block + row
            fields = {"id": f"doc{number}", "party": PARTIES[number % 4], "text": " ".join(text)}
            line = json.dumps(fields) + "\n"
            yield line, len(text)
            left -= len(line)
            if left <= 0:
                return


def write(path: Path, megabytes: int, types: int, /) -> tuple[int, int]:
    """Write the file; return how many documents and words are in it."""
    documents = total = 0
    with path.open("w", encoding="utf-8") as file:
        for line, size in objects(megabytes, types, np.random.default_rng(0)):
            file.write(line)
            documents += 1
            total += size
    return documents, total


def child(path: str, into: str, /) -> None:
    """Count the file and print the figures as JSON."""
    import discourse as ds
    from discourse.dfm.streaming import count_stream
    from discourse.reading import stream

    start = time.perf_counter()
    group = "party" if into == "groups" else None
    dfm = count_stream(stream(path), count=partial(ds.count), group=group)
    seconds = time.perf_counter() - start
    counts = dfm.counts
    stored = (counts.data, counts.indices, counts.indptr)
    figures = {
        "rows": len(dfm),
        "features": len(dfm.features),
        "words": int(counts.sum()),
        "matrix": sum(array.nbytes for array in stored) / 1e6,
        "seconds": seconds,
        "peak": peak(),
    }
    print(json.dumps(figures))


def peak() -> float:
    """Return the largest resident size of this process in megabytes (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def measure(path: Path, into: str, documents: int, words: int, /) -> tuple[float, float, bool]:
    """Print the figures of one way to count; return seconds, peak and whether it is in bounds."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), into], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert found["words"] == words, f"{found['words']:,} words counted of {words:,}"
    assert found["rows"] == (len(PARTIES) if into == "groups" else documents)
    megabytes = path.stat().st_size / 1e6
    bound = 600 if megabytes < 1_500 else 700
    if into == "matrix":
        bound = 1.5 * found["matrix"] + 300
    print(
        f"into {into}: peak {found['peak']:,.0f} MB of at most {bound:,.0f}; matrix of "
        f"{found['rows']:,} x {found['features']:,} with {found['matrix']:,.0f} MB; "
        f"{found['seconds']:.1f} s, {megabytes / found['seconds']:.1f} MB/s"
    )
    return found["seconds"], found["peak"], found["peak"] <= bound


def growth(into: str, sizes: list[int], seconds: list[float], peaks: list[float], /) -> None:
    """Print how time, and memory beyond that of the smallest file, grow with the file."""
    slope = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
    print(f"into {into}: time grows with size to the power of {slope:.2f}", end="")
    if len(sizes) > 2:
        more = np.log(np.maximum(np.array(peaks[1:]) - peaks[0], 1))
        print(f", memory to that of {np.polyfit(np.log(sizes[1:]), more, 1)[0]:.2f}", end="")
    print()


def main() -> None:
    """Write the files, count them both ways, and fail if a bound is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--types", type=int, default=1_000_000)
    parser.add_argument("--into", choices=["groups", "matrix"], nargs="+")
    options = parser.parse_args()
    ways: list[str] = options.into or ["groups", "matrix"]
    found: dict[str, list[tuple[float, float, bool]]] = {way: [] for way in ways}
    for megabytes in options.megabytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "documents.jsonl")
            documents, words = write(path, megabytes, options.types)
            print(f"{megabytes:,} MB, {documents:,} documents, {words:,} words", flush=True)
            for way in ways:
                found[way].append(measure(path, way, documents, words))
    if len(options.megabytes) > 1:
        for way, runs in found.items():
            seconds, peaks, _ = map(list, zip(*runs, strict=True))
            growth(way, options.megabytes, seconds, peaks)
    sys.exit(int(not all(within for runs in found.values() for *_, within in runs)))


if __name__ == "__main__":
    main()
