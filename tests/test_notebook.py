"""The tutorial notebook runs from top to bottom, shows what it tells, is kept without outputs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import discourse as ds
from discourse import seeds_

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
pytest.importorskip("ipykernel", reason="ipykernel is not installed")
pytest.importorskip("matplotlib", reason="the extra `report` is not installed")

NOTEBOOKS = Path(__file__).resolve().parents[1] / "docs" / "notebooks"


@pytest.fixture(scope="module")
def stored():
    return nbformat.read(NOTEBOOKS / "finding.ipynb", as_version=4)


@pytest.fixture(scope="module")
def executed(stored, tmp_path_factory):
    """Return the notebook after it ran, away from the checkout."""
    resources = {"metadata": {"path": str(tmp_path_factory.mktemp("elsewhere"))}}
    client = nbclient.NotebookClient(nbformat.from_dict(stored), timeout=300, resources=resources)
    return client.execute(env={**os.environ, "PYTHONPATH": str(Path(ds.__file__).parents[1])})


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text(notebook):
    """Return all that was printed or shown as text."""
    outputs = [output for cell in code(notebook) for output in cell.outputs]
    shown = [o.text if o.output_type == "stream" else o.data.get("text/plain", "") for o in outputs]
    return "\n".join(shown)


def test_the_notebook_is_valid_and_kept_without_outputs(stored):
    nbformat.validate(stored)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code(stored))


def test_every_cell_runs_without_warnings(executed):
    streams = {o.name for cell in code(executed) for o in cell.outputs if o.output_type == "stream"}
    assert streams == {"stdout"}


def test_every_plot_is_a_picture_and_every_result_a_table(executed):
    for cell in code(executed):
        kinds = {kind for output in cell.outputs for kind in output.get("data", {})}
        assert ("image/png" in kinds) == ("ds.plot(" in cell.source)
        if cell.source.rsplit("\n", 1)[-1] in {"corpus", "dfm", "stance"}:
            assert "text/html" in kinds


def test_the_numbers_say_what_the_text_says(executed):
    """The pair that shares most topics agrees least, and the interval holds zero."""
    corpus = ds.read(seeds_.path() / "samples" / "*.txt")
    stance = ds.stance(corpus, targets="foreign-policy")
    topics, agreement = ds.salience(stance).pairs(), ds.agreement(stance).pairs()
    most, least = topics.loc[topics["value"].idxmax()], agreement.loc[agreement["value"].idxmin()]
    assert {most["a"], most["b"]} == {least["a"], least["b"]} == {"dorvane", "kestria"}
    assert least["low"] < 0 < least["high"]
    excess = ds.matched_matrix(corpus).to_frame()
    assert (excess["excess_low"] < 0).all()
    assert "kestria and dorvane share most topics (salience 0.70) and agree least: -0.24" in text(
        executed
    )
    assert text(executed).endswith("True")
