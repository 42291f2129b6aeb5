"""Plots look as they did when somebody last looked at them; letters, which vary, are left out.

With DISCOURSE_NEW_PICTURES set, the pictures in tests/baseline are drawn anew: look at them before
you commit them.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest

import discourse as ds
from discourse.plots import plot

pytest.importorskip("matplotlib", reason="the extra `report` is not installed")
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.text import Text

BASELINE = Path(__file__).with_name("baseline")
BLOCK = 4  # pixels that are averaged, so that a line may move by a fraction of its width
TOLERANCE = 2.0  # of 255, root mean square over blocks
LARGEST = 30_000  # bytes

TEXTS = (
    "We support peace and free trade. We oppose sanctions. Dialogue is welcome. We support peace.",
    "We support peace and sanctions. We oppose free trade. We oppose war. Peace is welcome.",
    "We oppose peace. We welcome war and sanctions. We reject dialogue and free trade.",
    "The harbour was frozen in March. The ferries waited in the harbour.",
)
NAMES = ("north", "south", "west", "harbour")


@pytest.fixture(scope="module")
def corpus():
    return ds.Corpus.from_texts(TEXTS, ids=NAMES)


def keyness(corpus, ax):
    plot(ds.keyness(ds.count(corpus), target="north", reference="west"), k=8, ax=ax)


def stances(corpus, ax):
    plot(ds.stance(corpus.subset(lambda doc: doc.id != "harbour")), ax=ax)


def heat_map(corpus, ax):
    plot(ds.similarity(ds.count(corpus), metric="jensen_shannon_distance"), ax=ax)


def document_map(corpus, ax):
    plot(ds.mds(ds.similarity(ds.count(corpus), metric="jensen_shannon_distance")), ax=ax)


# Cells of a heat map may end at the next pixel; all else stays within the tolerance.
PICTURES = {keyness: TOLERANCE, stances: TOLERANCE, heat_map: 6.0, document_map: TOLERANCE}


def drawn(draw, corpus):
    """Return the picture, without its letters, as the bytes of a file."""
    figure = Figure(figsize=(6, 4))
    draw(corpus, figure.add_axes((0.05, 0.05, 0.7, 0.9)))
    for text in figure.findobj(Text):
        text.set_visible(False)
    file = io.BytesIO()
    figure.savefig(file, dpi=60, format="png", metadata={"Software": None})
    return file.getvalue()


def blocks(picture):
    """Return the mean brightness of blocks of pixels, from 0 to 255."""
    grey = imread(io.BytesIO(picture))[..., :3].mean(axis=2) * 255
    rows, columns = (n // BLOCK for n in grey.shape)
    cut = grey[: rows * BLOCK, : columns * BLOCK]
    return cut.reshape(rows, BLOCK, columns, BLOCK).mean(axis=(1, 3))


def distance(a, b):
    """Return the root mean square difference of two pictures."""
    a, b = blocks(a), blocks(b)
    assert a.shape == b.shape
    return float(np.sqrt(np.mean((a - b) ** 2)))


@pytest.mark.parametrize("draw", PICTURES, ids=lambda draw: draw.__name__)
def test_a_picture_is_that_of_the_baseline(draw, corpus):
    file = BASELINE / f"{draw.__name__}.png"
    found = drawn(draw, corpus)
    if os.environ.get("DISCOURSE_NEW_PICTURES"):
        file.write_bytes(found)
    assert file.stat().st_size < LARGEST
    assert distance(found, file.read_bytes()) < PICTURES[draw]


def test_the_tolerance_is_smaller_than_one_bar_or_one_line(corpus):
    def without_a_bar(corpus, ax):
        keyness(corpus, ax)
        ax.patches[1].set_visible(False)

    def without_a_line(corpus, ax):
        stances(corpus, ax)
        ax.collections[0].set_visible(False)

    for draw, changed in ((keyness, without_a_bar), (stances, without_a_line)):
        assert distance(drawn(draw, corpus), drawn(changed, corpus)) > TOLERANCE
