"""Read damaged files, and see that only the library's own errors come out.

    python -m benchmarks.fuzz [--inputs 200000] [--seed 0] [--processes 2]
    python -m benchmarks.fuzz --only 1234

Small good files of every form are damaged at random: bits flipped, parts cut, repeated, made zero,
exchanged, or taken from another file; those that are compressed or packed from within too. Reading
one may succeed or raise a `DiscourseError`. It must raise nothing else and not warn, end within
some seconds, and write nothing: working folder, temporary folder, home and the folder of the file
are looked at after each. An input follows from its number and the seed; `--only` reads one again.
"""

from __future__ import annotations

import argparse
import faulthandler
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from benchmarks.fuzz_damage import damaged
from benchmarks.fuzz_forms import Form, forms
from discourse.errors import DiscourseError

_SECONDS = 10.0  # for one input; on an idle machine the slowest takes a tenth of one
_CHUNK = 1_000


class _TooSlowError(BaseException):
    """An input took too long; no handler of `Exception` may catch it."""


@dataclass(slots=True)
class Outcome:
    """What came of some inputs.

    Attributes
    ----------
    read, refused : Counter
        Inputs by form.
    reasons : Counter
        Errors by their first words, without numbers and what is quoted.
    slowest : tuple of float and int
        Seconds and number of the slowest input.
    failures : list of str
        What must not happen.
    """

    read: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[str] = field(default_factory=Counter[str])
    reasons: Counter[str] = field(default_factory=Counter[str])
    slowest: tuple[float, int] = (0.0, -1)
    failures: list[str] = field(default_factory=list[str])

    def add(self, other: Outcome, /) -> None:
        """Add what came of other inputs."""
        self.read += other.read
        self.refused += other.refused
        self.reasons += other.reasons
        self.slowest = max(self.slowest, other.slowest)
        self.failures += other.failures


def make(number: int, seed: int, /) -> tuple[Form, bytes]:
    """Return the form of an input, and its bytes."""
    rng = random.Random(f"{seed} {number}")
    found = forms()
    form = rng.choices(found, [form.share for form in found])[0]
    other = rng.choice(found).data
    if rng.random() < 0.5:
        return form, form.wrap(damaged(form.data, other, rng))
    return form, damaged(form.wrap(form.data), other, rng)


def run(numbers: range, seed: int, /) -> Outcome:
    """Return what comes of some inputs, which are read in folders of their own."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as root, _elsewhere(Path(root)) as (folder, others):
        for number in numbers:
            form, data = make(number, seed)
            _read(number, form, data, folder, outcome)
            left = {path.name for path in folder.iterdir()} - {form.name, *form.beside}
            left |= {str(path) for other in others for path in other.iterdir()}
            if left:
                outcome.failures.append(f"input {number} ({title(form)}) wrote {sorted(left)}")
    return outcome


@contextmanager
def _elsewhere(root: Path, /) -> Generator[tuple[Path, list[Path]]]:
    """Give a folder for files, and empty ones as working folder, temporary folder and home."""
    folder, *others = (root / name for name in ("files", "working", "temporary", "home"))
    for path in (folder, *others):
        path.mkdir()
    before, working = dict(os.environ), Path.cwd()
    os.environ |= {"TMPDIR": str(others[1]), "HOME": str(others[2])}
    tempfile.tempdir = None  # else it stays what it was
    os.chdir(others[0])
    try:
        yield folder, others
    finally:
        os.chdir(working)
        os.environ.clear()
        os.environ |= before
        tempfile.tempdir = None


def _read(number: int, form: Form, data: bytes, folder: Path, outcome: Outcome, /) -> None:
    """Read one input and note what comes of it."""
    for path in folder.iterdir():
        path.unlink()
    for name, content in {**form.beside, form.name: data}.items():
        (folder / name).write_bytes(content)
    start = time.perf_counter()
    try:
        with _limited(), warnings.catch_warnings():
            warnings.simplefilter("error")
            form.read(folder / form.name)
        outcome.read[title(form)] += 1
    except DiscourseError as error:
        outcome.refused[title(form)] += 1
        outcome.reasons[_reason(error)] += 1
    except (Exception, _TooSlowError):  # noqa: BLE001 - which are not allowed to come out
        shown = traceback.format_exc(limit=-6)
        outcome.failures.append(f"input {number} ({title(form)}):\n{shown}")
    outcome.slowest = max(outcome.slowest, (time.perf_counter() - start, number))


@contextmanager
def _limited() -> Generator[None]:
    """Raise if what follows takes too long; end the process if it cannot be interrupted."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlowError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    faulthandler.dump_traceback_later(3 * _SECONDS, exit=True, file=2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()


def title(form: Form, /) -> str:
    """Return the verb and the ending."""
    read = getattr(form.read, "func", form.read)
    verb = getattr(read, "__qualname__", "read_counts").removesuffix("<lambda>")
    return f"{verb.rpartition('<locals>')[0] or verb} {form.name.partition('.')[2]}"


def _reason(error: DiscourseError, /) -> str:
    """Return the kind of an error from its message."""
    message = re.sub(r"^\S*files\S*: ", "", str(error)).partition("\n")[0]
    words = re.sub(r"'[^']*'|\"[^\"]*\"|[0-9][0-9.,e+-]*", "_", message).split()
    return f"{type(error).__name__}: {' '.join(words)[:70]}"


def run_all(n: int, seed: int, processes: int, /) -> Outcome:
    """Return what comes of so many inputs; a process that dies is a failure and ends the run."""
    outcome = Outcome()
    chunks = [range(start, min(start + _CHUNK, n)) for start in range(0, n, _CHUNK)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context) as pool:
        parts = {chunk: pool.submit(run, chunk, seed) for chunk in chunks}
        for chunk, part in parts.items():
            try:
                outcome.add(part.result())
            except BrokenProcessPool:
                outcome.failures.append(f"a process died; perhaps in {chunk}")
                break
    return outcome


def show(outcome: Outcome, /) -> None:
    """Print what came of the inputs."""
    print(f"{'':34}{'read':>9}{'refused':>9}")
    for title in sorted(outcome.read | outcome.refused):
        print(f"{title:34}{outcome.read[title]:9,}{outcome.refused[title]:9,}")
    print(f"{'all':34}{outcome.read.total():9,}{outcome.refused.total():9,}\n")
    print(f"{len(outcome.reasons):,} kinds of errors; the most frequent:")
    for reason, n in outcome.reasons.most_common(25):
        print(f"{n:9,}  {reason}")
    seconds, number = outcome.slowest
    print(f"\nslowest: input {number}, {seconds:.2f} s")
    print(f"{len(outcome.failures)} failure(s)")
    for failure in outcome.failures[:20]:
        print(f"\n{failure}")


def main() -> None:
    """Read the inputs that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    start = time.perf_counter()
    if options.only is not None:
        form, data = make(options.only, options.seed)
        print(f"{title(form)}: {data!r:.2000}")
        outcome = run(range(options.only, options.only + 1), options.seed)
    else:
        outcome = run_all(options.inputs, options.seed, options.processes)
    show(outcome)
    print(f"{time.perf_counter() - start:.0f} s")
    sys.exit(bool(outcome.failures))


if __name__ == "__main__":
    main()
