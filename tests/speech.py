"""Simulated speeches: texts of Zipf words in short sentences."""

import re

import numpy as np


def speech(n_sentences, seed, *, words, tilt=1.0, longest=12):
    """A text of Zipf words in short sentences; `tilt` moves the frequencies."""
    rng = np.random.default_rng(seed)
    p = 1.0 / (np.arange(len(words)) + tilt)
    sizes = rng.integers(1, longest + 1, n_sentences)
    drawn = (rng.choice(words, size, p=p / p.sum()) for size in sizes)
    return " ".join(f"{' '.join(sentence).capitalize()}." for sentence in drawn)


def sentences(text):
    """The sentences of such a text."""
    return [match.strip() for match in re.findall(r"[^.]+\.", text)]
