"""What `import discourse` costs on top of `import numpy`: median over alternating processes."""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time

ROUNDS = 15
GOAL = 0.15


def seconds(statement: str, /) -> float:
    """Return the wall time of a fresh process that runs one statement."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print both medians, their ratio and the median difference with its quartiles."""
    pairs = [(seconds("import numpy"), seconds("import discourse")) for _ in range(ROUNDS + 1)]
    numpy, discourse = map(statistics.median, zip(*pairs[1:], strict=True))  # the first warms up
    low, extra, high = statistics.quantiles([b - a for a, b in pairs[1:]], n=4)
    print(f"{platform.platform()}, Python {platform.python_version()}, {ROUNDS} rounds")
    print(f"import numpy      {numpy:.3f} s")
    print(f"import discourse  {discourse:.3f} s  ({discourse / numpy:.2f} times)")
    print(f"difference        {extra:.3f} s  (quartiles {low:.3f} to {high:.3f}; goal {GOAL} s)")
    assert extra <= GOAL, f"import discourse takes {extra:.3f} s more than import numpy"


if __name__ == "__main__":
    main()
