"""Score the stance rules on the challenge set, where one sign a target scores one half.

    python -m benchmarks.challenge

The first run of each batch is recorded in `seeds/challenge/README.md`; whatever this prints now was
fitted to some degree, since the rules have seen the sentences.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import discourse as ds
from discourse import seeds_
from discourse.stances import Mention

SPEAKER = {"country": "Velmora"}


def read(sentence: dict[str, str], target: str, /) -> Mention | None:
    """Return the mention that the engine finds at the marked words, None if there is none."""
    document = ds.Document("sentence", sentence["text"], SPEAKER)
    start = sentence["text"].index(sentence["mention"])
    end = start + len(sentence["mention"])
    found = ds.stance([document]).found
    return next((m for m in found if m.target == target and m.start < end and m.end > start), None)


def score(pairs: list[dict[str, Any]], /) -> dict[str, Counter[bool]]:
    """Return how many sentences, pairs and reported holders are right, by kind."""
    right: dict[str, Counter[bool]] = defaultdict(Counter)
    for pair in pairs:
        both = True
        for sentence in pair["sentences"]:
            mention = read(sentence, pair["target"])
            stance = "neutral" if mention is None else mention.stance
            if sentence["stance"] == "neutral":
                right["neutral sentences"][stance == "neutral"] += 1
                continue
            correct = stance == sentence["stance"]
            both &= correct
            for kind in ("all sentences", f"register {pair['register']}"):
                right[kind][correct] += 1
            if mention is not None and stance != "neutral":
                right["right where a side is taken"][correct] += 1
                right[f"holder {sentence['holder']}"][mention.holder == sentence["holder"]] += 1
        right["both of a pair"][both] += 1
    return right


def main() -> None:
    """Print the figures of every batch."""
    for file in sorted(Path(seeds_.path() / "challenge").glob("batch-*.toml")):
        batch = tomllib.loads(file.read_text(encoding="utf-8"))
        print(
            f"{file.stem} of {batch['date']} (one sign a target: .500; first run: see its README)"
        )
        for kind, counts in score(batch["pairs"]).items():
            print(f"  {kind:<28}{counts[True] / counts.total():6.3f} of {counts.total():5d}")


if __name__ == "__main__":
    main()
