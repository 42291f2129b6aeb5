"""What goes wrong on the command line is one line and an exit code; a broken pipe is silence."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import discourse as ds
from shell import ESCAPE, OURS, environment, flat, in_a_fresh_process, run, settle


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch)
    Path("old.txt").write_bytes(b"Ol\xe9 we say.")
    Path("empty.txt").write_bytes(b"\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare", "our.txt", "theirs.txt"], r"our\.txt: no such .* Did you mean 'ours\.txt'\?"),
        (["stance", "none/*.txt"], r"none/\*\.txt: no file matches this pattern\."),
        (["stance", "old.txt"], r"old\.txt: not utf-8: byte 2 does not decode .*"),
        (["compare", "ours.txt", "empty.txt"], r"empty\.txt: has no text\."),
        (["keyness", "ours.txt", "our.txt"], r"our\.txt: no such .*"),
        (["similar", "ours.txt", "--other", "empty.txt"], r"empty\.txt: has no text\."),
        (["seeds", "foreign-policy", "--copy", "ours.txt"], r"ours\.txt: is there already; .*"),
    ],
)
def test_data_that_cannot_be_used_are_one_line_and_exit_code_1(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 1
    assert re.fullmatch(message + "\n", result.output)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["stance", "ours.txt", "--targets", "foreign"], r"no lexicon 'foreign': .*"),
        (["stance", "ours.txt", "--holders", "us"], r"holders must be one of 'self', 'all'; .*"),
        (["stance", "ours.txt", "--encoding", "utf-9"], r"encoding must be .*; got 'utf-9'\."),
        (
            ["compare", "ours.txt", "theirs.txt", "--metric", "cosin"],
            r"metric must be one of .*; got 'cosin'\. Did you mean 'cosine'\?",
        ),
        (["similar", "ours.txt", "--weight", "idf"], r"scheme must be one of .*"),
        (["positions", "*s.txt", "--reference", "ours=1"], r"reference must give .* two .*"),
        (["nearest", "*s.txt", "--across", "party"], r"unknown docvar 'party'.*"),
        (["seeds", "foreign"], r"no seed 'foreign' .* Did you mean 'foreign-policy'\?"),
        (["seeds", "english"], r"'english' may be 'markers/english', 'stopwords/english': which\?"),
    ],
)
def test_an_option_that_the_library_refuses_is_one_line_and_exit_code_2(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert re.fullmatch(message + "\n", result.output)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare", "ours.txt"], "B"),
        (["compare", "-", "-"], "standard input can be one side only."),
        (["report", "ours.txt"], "two sides are needed"),
        (["report", "-", "-"], "standard input can be one of them only."),
        (["stance", "ours.txt", "--json", "--csv"], "--json and --csv exclude each other."),
        (["count", "ours.txt", "--csv", "--html", "-"], "--csv and --html exclude each other."),
        (["count", "ours.txt", "--out", "a.csv", "--csv"], "--out and --csv exclude each other."),
        (["count", "ours.txt", "--ngrams", "1-"], "--ngrams must be a number like 2, or two"),
        (
            ["count", "ours.txt", "--out", "a.txt"],
            "--out must end in .parquet, .mtx, .csv; got 'a.txt'.",
        ),
        (["count", "ours.txt", "--out", "none/a.csv"], "--out: there is no folder none."),
        (["coverage", "ours.txt", "--html", "none/a.html"], "--html: there is no folder none."),
        (["demo", "--report", "none/a.html"], "--report: there is no folder none."),
        (["seeds", "--copy", "a.toml"], "--copy needs the NAME of a file."),
        (["compare", "ours.txt", "theirs.txt", "--rng", "-1"], "--rng"),
        (["compare", "ours.txt", "theirs.txt", "--sentences", "-1"], "--sentences"),
        (["stance"], "FILE"),
        (["positions", "ours.txt", "--reference", "1"], "--reference must be DOCUMENT=SCORE"),
        (["stanse", "ours.txt"], "Did you mean 'stance'?"),
    ],
)
def test_a_wrong_call_is_exit_code_2_and_names_the_culprit(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in flat(re.sub(r"[│╭╰─╮╯]", " ", result.output))


@pytest.mark.parametrize(
    ("stdin", "message"),
    [
        (b" \n", r"standard input: has no text\."),
        (b"Title: only\n", r"standard input: has no text below its header lines\."),
        (b"Ol\xe9!", r"standard input: not utf-8: byte 2 does not decode .*encoding='cp1252'.*"),
        ("Peace.".encode("utf-16-le"), r"standard input: .* encoding='utf-16-le'\."),
    ],
)
def test_standard_input_that_cannot_be_read_is_an_error(stdin, message):
    result = run("stance", "-", stdin=stdin)
    assert result.exit_code == 1
    assert re.fullmatch(message + "\n", result.output)


def test_debug_keeps_the_traceback():
    result = run("stance", "our.txt", "--debug")
    assert isinstance(result.exception, ds.ReadError)


def test_errors_go_to_standard_error_without_a_traceback():
    done = in_a_fresh_process("stance", "our.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "our.txt: no such file or folder. Did you mean 'ours.txt'?\n"


def test_what_the_system_refuses_is_told_in_words():
    Path("folder.csv").mkdir()
    result = run("count", "ours.txt", "--out", "folder.csv")
    assert result.exit_code == 1
    assert re.fullmatch(r".*folder\.csv.*: Is a directory\n", result.output)


def test_a_warning_is_one_line_on_standard_error():
    done = in_a_fresh_process("stance", "*.txt", "--on-error", "warn")
    assert done.returncode == 0
    assert "ours" in done.stdout
    assert re.match(r"warning: .*old\.txt", done.stderr)
    assert "\n" not in done.stderr.strip()


def test_an_error_message_steers_no_terminal():
    result = run("stance", f"a{ESCAPE}\nb.txt")
    assert result.output == "a␛ b.txt: no such file or folder.\n"


# -- pipes and interrupts ----------------------------------------------------------------------

PROGRAM = [sys.executable, "-m", "discourse"]


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="this system has no SIGPIPE")
def test_a_reader_that_stops_reading_ends_the_program_in_silence():
    Path("many.txt").write_text(f"{OURS} " * 2000, encoding="utf-8")
    with subprocess.Popen(
        [*PROGRAM, "stance", "many.txt", "--csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as program:
        assert program.stdout.readline().startswith(b"doc,")
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == -signal.SIGPIPE


INTERRUPTED = """
import os, signal, sys
from discourse.cli import main

class Terminal:
    def read(self):
        os.kill(os.getpid(), signal.SIGINT)

sys.stdin.buffer.close()
sys.stdin = type("Input", (), {"buffer": Terminal()})()
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="no process of Windows can send itself an interrupt")
def test_an_interrupt_ends_the_program_without_a_traceback():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, "stance", "-"],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=environment(),
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
