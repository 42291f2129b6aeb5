"""Score the stance rules on every labelled set at hand, beside two baselines.

    DISCOURSE_DATA=... python -m benchmarks.stance [--held-out]

The baselines: the usual sign of each target without any cue, and the sentiment of the sentence. A
set that is absent is skipped, and the program says why. `benchmarks.ablation` tells what each rule
adds.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from benchmarks import challenge, coal, gold


def main(arguments: Sequence[str], /) -> None:
    """Print the tables of the challenge set, of labelled mentions and of the coal debate."""
    challenge.main()
    gold.main(arguments)
    coal.main([])


if __name__ == "__main__":
    main(sys.argv[1:])
