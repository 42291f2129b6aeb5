"""Score the stance rules against labelled mentions, beside two baselines.

    DISCOURSE_DATA=... python -m benchmarks.stance [--held-out]

The rows: the rules; the usual sign of each target without any cue; the sentiment of the sentence.
All three share one detection of targets. Without the data the program says so and ends.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import discourse as ds
from discourse.stances import Mention
from discourse.stances.mentions import StanceLabel

ESSAY = "qiushi-2020-09-04"
IN_VIEW = {
    ESSAY: {"party": "CPC"},
    "ungd-2017-CHN": {"country": "China"},
    "ungd-2017-FRA": {"country": "France"},
    "ungd-2017-RUS": {"country": "Russia"},
}
HELD_OUT = {
    "ungd-2017-BRA": {"country": "Brazil"},
    "ungd-2017-DEU": {"country": "Germany"},
    "ungd-2017-IND": {"country": "India"},
}
NEUTRAL_BELOW = 0.05  # of the compound score, as its authors advise
PROVENANCE = (
    "Labels come from one careful reading by a language model, not from human coders; "
    "one essay and speeches of one General Debate. The prior takes its signs from the labels of "
    "the documents in view, so on these it has seen the answers."
)


def data() -> Path | None:
    """Return the folder of the data, None where there is none."""
    folder = Path(os.environ.get("DISCOURSE_DATA", ""))
    return folder if (folder / "gold" / "score.py").is_file() else None


def read(root: Path, docvars: dict[str, dict[str, str]], /) -> ds.Corpus:
    """Return the labelled documents; offsets of the labels count from the start of the file."""
    documents: list[ds.Document] = []
    for name, columns in docvars.items():
        place = "seeds/000_acbdaf23a6818195.txt" if name == ESSAY else f"gold/{name}.txt"
        text = (root / place).read_bytes().decode("utf-8")
        documents.append(ds.Document(name, text, columns))
    return ds.Corpus(tuple(documents))


def gold(root: Path, names: Iterable[str], /) -> list[Path]:
    """Return the files of the labels of some documents."""
    return [root / "gold" / f"{name}.gold.jsonl" for name in names]


def usual_signs(files: Iterable[Path], /) -> dict[str, StanceLabel]:
    """Return the stance that most labels of each target have; neutral where they are even."""
    balance: Counter[str] = Counter()
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            balance[row["target"]] += {"support": 1, "oppose": -1}.get(row["stance"], 0)
    return {t: _label(n, 1) for t, n in balance.items()}


def _label(value: float, least: float, /) -> StanceLabel:
    if abs(value) < least:
        return "neutral"
    return "support" if value > 0 else "oppose"


def sentiment(corpus: ds.Corpus, /) -> Callable[[Mention], StanceLabel] | None:
    """Return what reads the stance of a mention from its sentence; None without the package."""
    try:
        vader: Any = importlib.import_module("vaderSentiment.vaderSentiment")
    except ImportError:
        return None
    analyzer = vader.SentimentIntensityAnalyzer()

    def read_sentence(mention: Mention, /) -> StanceLabel:
        sentence = corpus[mention.doc].text[slice(*mention.sentence_span)]
        return _label(analyzer.polarity_scores(sentence)["compound"], NEUTRAL_BELOW)

    return read_sentence


def relabelled(
    found: Sequence[Mention], read: Callable[[Mention], StanceLabel], /
) -> list[Mention]:
    """Return the mentions with other stances, all of the speaker."""
    return [replace(mention, stance=read(mention), holder="self") for mention in found]


def score(root: Path, predicted: Iterable[Mention], names: Iterable[str], /) -> str:
    """Return what the scoring program prints."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "predicted.jsonl"
        lines = (json.dumps(mention.to_dict()) + "\n" for mention in predicted)
        file.write_text("".join(lines), encoding="utf-8")
        command = [sys.executable, str(root / "gold" / "score.py"), str(file)]
        command += map(str, gold(root, names))
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def block(root: Path, title: str, docvars: dict[str, dict[str, str]], /) -> None:
    """Print the three rows of some documents."""
    corpus = read(root, docvars)
    found = ds.stance(corpus).found
    usual = usual_signs(gold(root, IN_VIEW))
    by_sentence = sentiment(corpus)
    rows = {
        "rules": list(found),
        "target prior, no cues": relabelled(found, lambda m: usual.get(m.target, "neutral")),
        "sentence sentiment": None if by_sentence is None else relabelled(found, by_sentence),
    }
    print(f"== {title}: {', '.join(docvars)}\n")
    for name, predicted in rows.items():
        missing = "skipped: the package vaderSentiment is not installed\n"
        print(f"{name}\n{missing if predicted is None else score(root, predicted, docvars)}")


def main(arguments: Sequence[str] | None = None, /) -> None:
    """Print the figures of the documents in view, and on demand those of the held-out ones."""
    parser = argparse.ArgumentParser(description="Stance rules and baselines against labels.")
    parser.add_argument("--held-out", action="store_true", help="add the documents kept unread")
    given = parser.parse_args(arguments)
    root = data()
    if root is None:
        print("skipped: the environment variable DISCOURSE_DATA names no folder with gold/score.py")
        return
    print(f"{PROVENANCE}\n")
    block(root, "in view", IN_VIEW)
    if given.held_out:
        block(root, "held out", HELD_OUT)


if __name__ == "__main__":
    main()
