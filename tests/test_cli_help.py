"""Help: every command explains itself with examples that run, fits the terminal, comes quickly."""

import inspect
import re
import shlex
import shutil
from pathlib import Path

import pytest

import discourse as ds
from discourse import seeds_
from discourse.cli import app
from discourse.cli.application import COMMANDS
from discourse.cli.groups import expanded
from discourse.record import VERSION
from shell import furnish, in_a_fresh_process, printed, settle

FUNCTIONS = {function.__name__: function for panel in COMMANDS.values() for function in panel}
VERBS = {
    **{name: getattr(ds, name) for name in FUNCTIONS if hasattr(ds, name)},
    "similar": ds.similarity,
    "keywords": ds.keyword_vectors,
}
# A text stands for a number or two; what stances are about, not which of these are compared.
OTHERWISE = {("count", "ngrams"), ("agreement", "targets")}


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch)


def examples(name):
    """Return the lines of examples in the help of a command, or of the program."""
    text = inspect.cleandoc((FUNCTIONS[name] if name else app.registered_callback.callback).__doc__)
    return [line.strip() for line in text.splitlines() if line.startswith("  discourse ")]


ALL = [(name, example) for name in ("", *FUNCTIONS) for example in examples(name)]


DOCUMENTED = re.findall(
    r"^\$ (discourse .*)",
    (Path(__file__).parents[1] / "docs" / "commands.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize("example", sorted({*DOCUMENTED, *(example for _, example in ALL)}))
def test_every_example_of_help_and_documentation_runs(example):
    furnish()
    shutil.copy(seeds_.file("targets", "foreign-policy", ".toml"), "own.toml")
    if "--copy" in example:
        Path("own.toml").unlink()
    words, stdin = shlex.split(example)[1:], None
    if ">" in words:
        words = words[: words.index(">")]
    if "<" in words:
        stdin = Path(words.pop()).read_text(encoding="utf-8")
        words.remove("<")
    before = set(Path().rglob("*"))
    shown = printed(*words, stdin=stdin)
    assert shown or set(Path().rglob("*")) > before


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_command_has_examples(name):
    assert examples(name)
    assert all(example.startswith(f"discourse {name}") for example in examples(name))


@pytest.mark.parametrize("name", ["", *FUNCTIONS])
@pytest.mark.parametrize("columns", [80, 100])
def test_a_page_of_help_fits_the_terminal_and_no_example_is_broken(name, columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    page = printed(*([name] if name else []), "--help")
    lines = [line.rstrip() for line in page.splitlines()]
    assert max(map(len, lines)) <= columns
    for example in examples(name):
        assert f"   {example}" in lines
    assert "<bool>" not in page


def test_without_arguments_there_is_help_with_every_command_in_its_group():
    page = printed()
    assert page == printed("--help")
    for panel, functions in COMMANDS.items():
        inside = re.search(rf"╭─ {panel} .*?╰", page, re.DOTALL)
        assert [f.__name__ for f in functions] == re.findall(
            r"^│ ([a-z]+)", inside[0], re.MULTILINE
        )


@pytest.mark.parametrize("name", VERBS)
def test_options_have_names_and_defaults_of_the_library(name):
    here = inspect.signature(expanded(FUNCTIONS[name])).parameters
    there = inspect.signature(VERBS[name]).parameters
    shared = [o for o in here if o in there and (name, o) not in OTHERWISE]
    optional = [o for o in shared if there[o].default is not inspect.Parameter.empty]
    assert {o: here[o].default for o in optional} == {o: there[o].default for o in optional}
    assert optional or name in {"report", "keywords"}


def test_the_version_is_that_of_the_library():
    assert printed("--version") == f"discourse {VERSION}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["compare", "--help"], ["seeds", "--path"]])
def test_help_loads_no_heavy_library(arguments):
    heavy = "[m for m in ('scipy', 'sklearn', 'pandas', 'numba', 'tqdm') if m in sys.modules]"
    done = in_a_fresh_process(*arguments, then=f"print({heavy})")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


# -- completion --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "complete -o default -F _discourse_completion discourse"),
        ("zsh", "#compdef discourse"),
        ("fish", "complete --command discourse"),
    ],
)
def test_the_script_of_completion_is_printed(shell, line):
    done = in_a_fresh_process(_DISCOURSE_COMPLETE=f"source_{shell}")
    assert done.returncode == 0, done.stderr
    assert line in done.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("discourse ke", {"keyness", "keywords"}),
        ("discourse compare --targ", {"--targets"}),
        ("discourse similar --metric jac", {"jaccard"}),
        ("discourse stance --targets for", {"foreign-policy"}),
    ],
)
def test_commands_options_and_names_are_completed(words, offered):
    done = in_a_fresh_process(
        _DISCOURSE_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split()) - 1),
    )
    assert set(done.stdout.split()) == offered


def test_completion_can_be_installed_and_shown():
    page = printed("--help")
    assert "--install-completion" in page
    assert "--show-completion" in page
