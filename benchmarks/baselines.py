"""What the benchmarks of stance share: the columns of their tables and two baselines."""

from __future__ import annotations

import importlib
import math
import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from discourse.stances.mentions import StanceLabel

RULES = "rules"
PRIOR = "target prior, no cues"
VADER = "VADER sentence"
NO_VADER = f"skipped {VADER}: the package vaderSentiment is not installed"
NEUTRAL_BELOW = 0.05  # of the compound score, as its authors advise

ReadSentence: TypeAlias = Callable[[str], StanceLabel]


def data() -> Path | None:
    """Return the folder of the data, None where DISCOURSE_DATA names none."""
    folder = Path(os.environ.get("DISCOURSE_DATA", ""))
    return folder if (folder / "gold" / "score.py").is_file() else None


def label(balance: float, least: float, /) -> StanceLabel:
    """Return the side of a number; below `least` on either side it takes none."""
    if abs(balance) < least:
        return "neutral"
    return "support" if balance > 0 else "oppose"


@cache
def sentiment() -> ReadSentence | None:
    """Return what reads a stance from the sentiment of a sentence, None without the package."""
    try:
        vader: Any = importlib.import_module("vaderSentiment.vaderSentiment")
    except ImportError:
        return None
    analyzer = vader.SentimentIntensityAnalyzer()

    def read(sentence: str, /) -> StanceLabel:
        return label(analyzer.polarity_scores(sentence)["compound"], NEUTRAL_BELOW)

    return read


def share(value: float | None, /) -> str:
    """Return a number with three decimals, a dash where there is none."""
    return "-" if value is None or math.isnan(value) else f"{value:.3f}"


def show(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], /) -> None:
    """Print a table: the first column to the left, the others below their names."""
    table = [("", *columns), *rows]
    widths = [max(len(row[k]) for row in table) for k in range(len(table[0]))]
    print(f"== {title}\n")
    for row in table:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join(cells).rstrip())
    print(flush=True)
