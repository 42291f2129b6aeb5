"""Kill processes in the midst of saving, and measure what saving takes.

    python -m benchmarks.saves --kills 100 --megabytes 50

For each kind of saved thing a file is saved over an older one, again and again, by processes that
are killed (SIGKILL) at random moments between the start of the save and somewhat after its end.
The file must then be the whole old or the whole new one, and at most one unfinished file may lie
beside it. Then times and sizes are printed, against those of pyarrow writing the same table.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

import discourse as ds
from benchmarks.stream_memory import frequencies, vocabulary

Saved: TypeAlias = ds.Corpus | ds.DocumentFeatureMatrix

KINDS: tuple[type[Saved], ...] = (ds.Corpus, ds.DocumentFeatureMatrix)
LENGTH = 1_000  # words of a document
TYPES = 200_000
KILLED_MEGABYTES = 5  # of the texts whose saving is killed
ROUNDS = 5
BEYOND = 2.0  # kills come until this multiple of the duration of a save

CHILD = "import sys; from benchmarks.saves import child; child(*sys.argv[1:])"


def texts(megabytes: float, seed: int, /) -> list[str]:
    """Return texts whose words are drawn by Zipf's law."""
    rng = np.random.default_rng(seed)
    words = np.array(vocabulary(TYPES), object)
    edges = np.cumsum(frequencies(TYPES))
    left = megabytes * 1e6
    found: list[str] = []
    while left > 0:
        at: npt.NDArray[np.float64] = rng.random(LENGTH) * edges[-1]
        found.append(" ".join(words[np.searchsorted(edges, at)]))
        left -= len(found[-1])
    return found


def corpus(megabytes: float, seed: int, /) -> ds.Corpus:
    """Return a corpus with docvars of several types."""
    said = texts(megabytes, seed)
    years = [1970 + i % 50 for i in range(len(said))]
    parties = ["north" if i % 2 else "south" for i in range(len(said))]
    return ds.Corpus.from_texts(said, docvars={"year": years, "party": parties})


def child(kind: str, source: str, target: str, /) -> None:
    """Load one file, save what it holds over another; tell the parent when and how long."""
    thing = getattr(ds, kind).load(source)
    print("ready", flush=True)
    start = time.perf_counter()
    thing.save(target)
    print(time.perf_counter() - start, flush=True)


def start(kind: type[Saved], source: Path, target: Path, /) -> subprocess.Popen[str]:
    """Return a process that begins to save now."""
    arguments = [sys.executable, "-c", CHILD, kind.__name__, str(source), str(target)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def duration(kind: type[Saved], source: Path, target: Path, /) -> float:
    """Return the median number of seconds that a process takes to save."""
    seconds: list[float] = []
    for _ in range(ROUNDS):
        with start(kind, source, target) as process:
            assert process.stdout is not None
            seconds.append(float(process.stdout.readline()))
    return statistics.median(seconds)


def kill(kind: type[Saved], kills: int, rng: np.random.Generator, /) -> bool:
    """Kill so many saves; print what was found, return whether nothing was lost."""
    with tempfile.TemporaryDirectory() as folder:
        things = {"old": corpus(KILLED_MEGABYTES, 1), "new": corpus(KILLED_MEGABYTES, 2)}
        sources: dict[str, Path] = {}
        digests: dict[str, str] = {}
        for name, texts_of in things.items():
            thing = texts_of if kind is ds.Corpus else ds.count(texts_of)
            sources[name] = Path(folder, f"{name}.parquet")
            thing.save(sources[name])
            digests[thing.digest] = name
        target = Path(folder, "target", "saved.parquet")
        target.parent.mkdir()
        seconds = duration(kind, sources["new"], target)
        found: Counter[str] = Counter()
        for _ in range(kills):
            found.update(killed(kind, sources, target, rng.random() * BEYOND * seconds, digests))
    print(
        f"{kind.__name__}, {KILLED_MEGABYTES} MB of texts, saved in {seconds:.3f} s, "
        f"{kills} kills: {found['old']} left the old file, {found['new']} the new one, "
        f"{found['other']} another; {found['unfinished']} left an unfinished file beside it, "
        f"{found['more']} more than one; {found['ended']} came after the process had ended",
        flush=True,
    )
    return found["other"] == found["more"] == 0


def killed(
    kind: type[Saved],
    sources: dict[str, Path],
    target: Path,
    delay: float,
    digests: dict[str, str],
    /,
) -> list[str]:
    """Kill one save after a delay; return what was found."""
    shutil.copy(sources["old"], target)
    with start(kind, sources["new"], target) as process:
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    try:
        found = [digests.get(kind.load(target).digest, "other")]
    except ds.DiscourseError:
        found = ["other"]
    beside = [file for file in target.parent.iterdir() if file != target]
    for file in beside:
        file.unlink()
    found += ["unfinished"] * (len(beside) == 1) + ["more"] * (len(beside) > 1)
    return found + ["ended"] * (process.returncode != -signal.SIGKILL)


def best(call: Any, /) -> float:
    """Return the least number of seconds that a call takes, in a few rounds."""
    seconds: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def measure(thing: Saved, megabytes: float, folder: Path, /) -> None:
    """Print what saving and loading take, and what pyarrow takes for the same table."""
    pq: Any = importlib.import_module("pyarrow.parquet")
    path, other = folder / "saved.parquet", folder / "pyarrow.parquet"
    save = best(lambda: thing.save(path))
    load = best(lambda: type(thing).load(path))
    table = pq.read_table(path)
    write = best(lambda: pq.write_table(table, other, compression="zstd"))
    read = best(lambda: pq.read_table(other))
    print(
        f"{type(thing).__name__} of {megabytes:g} MB: saved in {save:.2f} s (pyarrow, which has "
        f"the columns ready and flushes nothing: {write:.2f} s), loaded in {load:.2f} s "
        f"(pyarrow: {read:.2f} s), {path.stat().st_size / 1e6:.1f} MB on disk"
    )


def main() -> None:
    """Kill and measure; fail if something was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--megabytes", type=float, default=50)
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    kept = [kill(kind, options.kills, rng) for kind in KINDS]
    with tempfile.TemporaryDirectory() as folder:
        large = corpus(options.megabytes, 0)
        for thing in (large, ds.count(large)):
            measure(thing, options.megabytes, Path(folder))
    sys.exit(int(not all(kept)))


if __name__ == "__main__":
    main()
