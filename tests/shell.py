"""What the tests of the command line share: a folder of files, and ways to run commands there."""

import csv
import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

import discourse as ds
from discourse import seeds_
from discourse.cli import app

ESCAPE = "\x1b"
OURS = "We support multilateralism. We oppose sanctions, and we cherish peace."
THEIRS = "We oppose multilateralism. Sanctions are legitimate. Trade is mentioned here."


def settle(folder, monkeypatch):
    """Work in a folder with two files, at a narrow terminal without colour."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    Path("ours.txt").write_text(OURS, encoding="utf-8")
    Path("theirs.txt").write_text(THEIRS, encoding="utf-8")


def furnish():
    """Add the files that examples name; the sample statements are long enough for all of them."""
    names = ("velmora", "kestria", "sorrenay", "dorvane", "asterholm", "ilmaris")
    texts = {name: (seeds_.path() / "samples" / f"{name}.txt").read_bytes() for name in names}
    Path("ours.txt").write_bytes(texts["velmora"])
    Path("theirs.txt").write_bytes(texts["dorvane"])
    for year, half in ((1970, names[:3]), (2020, names[3:])):
        place = Path("speeches", str(year))
        place.mkdir(parents=True)
        for name in half:
            (place / f"{name}.txt").write_bytes(texts[name])
        with Path(f"{year}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = (
                (country, texts[name].decode()) for country, name in zip("abc", half, strict=True)
            )
            csv.writer(file).writerows([("country", "speech"), *rows])
    Path("targets.toml").write_text(
        '[categories.sanctions]\npatterns = ["sanctions"]\n', encoding="utf-8"
    )


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, list(arguments), input=stdin)


def printed(*arguments, stdin=None):
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def flat(text):
    return " ".join(text.split())


def environment(**more):
    package = {"PYTHONPATH": str(Path(ds.__file__).parents[1]), "PYTHONIOENCODING": "utf-8"}
    return os.environ | package | more


def in_a_fresh_process(*arguments, first="pass", then="pass", **more):
    code = f"import sys; from discourse.cli import main; {first}\ntry: main()\nfinally: {then}"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment(**more),
        check=False,
    )
