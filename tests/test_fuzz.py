"""Damaged files of every form: only the library's own errors come out; what else does is told."""

from __future__ import annotations

import contextlib
import random
import time
from pathlib import Path

import pytest
from benchmarks import fuzz
from benchmarks.fuzz_damage import damaged
from benchmarks.fuzz_forms import Form, forms
from hypothesis import given
from hypothesis import strategies as st

from discourse.lexicon.loading import SUFFIXES
from discourse.reading.formats import FORMATS
from discourse.reading.frequencies import ENDINGS
from discourse.reading.opening import COMPRESSED


@pytest.mark.parametrize("form", forms(), ids=fuzz.title)
def test_the_good_file_of_every_form_can_be_read(form, tmp_path):
    for name, content in {**form.beside, form.name: form.wrap(form.data)}.items():
        (tmp_path / name).write_bytes(content)
    assert form.read(tmp_path / form.name) is not None


def test_every_ending_has_a_form():
    endings = {Path(form.name).suffix for form in forms()}
    same = {".ndjson", ".feather", ".htm", ".tei", ".yml"}  # read as another ending is
    assert {*FORMATS, *ENDINGS, *SUFFIXES, *COMPRESSED, ".zip"} - same == endings


def test_only_errors_of_the_library_come_out_of_damaged_files():
    outcome = fuzz.run(range(300), 0)
    assert not outcome.failures
    assert outcome.read.total() + outcome.refused.total() == 300
    assert outcome.refused.total() > 150
    assert len(outcome.reasons) > 30


def test_an_input_follows_from_its_number_and_the_seed():
    assert [fuzz.make(i, 7) for i in range(50)] == [fuzz.make(i, 7) for i in range(50)]
    assert [fuzz.make(i, 7)[1] for i in range(50)] != [fuzz.make(i, 8)[1] for i in range(50)]


@given(st.binary(max_size=100), st.binary(max_size=100), st.integers(0, 2**32))
def test_any_bytes_can_be_damaged(data, other, seed):
    got = damaged(data, other, random.Random(seed))  # noqa: S311
    assert got == damaged(data, other, random.Random(seed))  # noqa: S311


def crash(_path):
    """Raise an error that is not the library's."""
    return {}["nothing"]


def warn(_path):
    """Warn, as numpy does."""
    import numpy as np

    return np.float64(1.0) / np.float64(0.0)


def hang(_path):
    """Catch every `Exception` and go on."""
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


def write_beside(path):
    """Write a file beside the one to read."""
    path.with_name("own.txt").write_text("x")


def write_here(_path):
    """Write a file into the working folder."""
    Path("own.txt").write_text("x")


def write_home(_path):
    """Write a file into the home folder."""
    Path("~/own.txt").expanduser().write_text("x")


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (crash, "KeyError: 'nothing'"),
        (warn, "RuntimeWarning: divide by zero"),
        (hang, "_TooSlowError"),
        (write_beside, "wrote ['own.txt']"),
        (write_here, "working/own.txt"),
        (write_home, "home/own.txt"),
    ],
)
def test_whatever_else_comes_of_a_reader_is_a_failure(monkeypatch, read, told):
    monkeypatch.setattr(fuzz, "forms", lambda: [Form("t.txt", b"x", read)])
    monkeypatch.setattr(fuzz, "_SECONDS", 0.1)
    before = Path.cwd()
    (failure,) = fuzz.run(range(3, 4), 0).failures
    assert failure.startswith("input 3 (")
    assert told in failure
    assert Path.cwd() == before


def test_a_run_over_processes_is_the_sum_of_its_parts(monkeypatch, capsys):
    monkeypatch.setattr(fuzz, "_CHUNK", 30)
    outcome = fuzz.run_all(60, 3, 1)
    assert not outcome.failures
    whole = fuzz.run(range(60), 3)
    assert not whole.failures
    assert (outcome.read, outcome.refused) == (whole.read, whole.refused)
    fuzz.show(outcome)
    assert "0 failure(s)" in capsys.readouterr().out
