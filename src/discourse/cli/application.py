"""The commands as one program."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from discourse.cli import comparing, counting, describing, learning, pairing
from discourse.cli.failures import explained
from discourse.cli.groups import expanded
from discourse.record import VERSION


def _plain(parameters: list[Any], /) -> list[Any]:
    """Return parameters of which switches show no type, since nothing follows them."""
    for parameter in parameters:
        if getattr(parameter, "is_flag", False) and parameter.metavar is None:
            parameter.metavar = ""
    return parameters


class _Command(TyperCommand):
    def get_params(self, ctx: Any) -> list[Any]:
        return _plain(super().get_params(ctx))


class _Group(TyperGroup):
    def get_params(self, ctx: Any) -> list[Any]:
        return _plain(super().get_params(ctx))


_NAME = "discourse"

app = typer.Typer(
    name=_NAME,
    cls=_Group,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# In the order in which help lists them.
COMMANDS: dict[str, tuple[Callable[..., None], ...]] = {
    "Compare two sides": (
        comparing.compare,
        comparing.report,
        comparing.keyness,
        comparing.matched,
        comparing.passages,
    ),
    "Compare all with all": (
        pairing.similar,
        pairing.nearest,
        pairing.agreement,
        pairing.positions,
    ),
    "Describe each document": (
        describing.stance,
        describing.markers,
        describing.keywords,
        describing.kwic,
        describing.collocations,
        counting.count,
        describing.profile,
        describing.coverage,
    ),
    "Learn": (learning.demo, learning.seeds),
}


def main() -> None:
    """Run the command line as a program of its system: silent when a pipe or a user ends it."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:  # characters that the terminal cannot show never stop it
        reconfigure(errors="backslashreplace")
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    app(prog_name=_NAME)


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"discourse {VERSION}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback acts
        bool,
        typer.Option("--version", help="Show the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Compare what texts say: the same words, the same topics, the same side.

    Each answer is a number with its interval, a value to hold it against, and
    the sentences it rests on. Nothing is downloaded; texts stay where they are.

    \b[bold]Examples[/bold]
      discourse demo
      discourse compare ours.txt theirs.txt
      discourse compare speeches/1970 "speeches/20*/*.txt" --html report.html
      discourse stance ours.txt theirs.txt --mentions
      discourse keyness speeches/1970 speeches/2020 --csv > words.csv
      discourse nearest "speeches/*/*.txt" --weight tfidf

    [dim]discourse COMMAND --help[/dim] says more about each command.
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _guarded(function: Callable[..., None], /) -> Callable[..., None]:
    """Return a command whose errors are one line, unless it is told to show them whole."""

    @wraps(function)
    def command(**values: Any) -> None:
        with explained(debug=values.get("debug", False)):
            function(**values)

    return command


for _panel, _functions in COMMANDS.items():
    for _function in _functions:
        app.command(cls=_Command, rich_help_panel=_panel)(_guarded(expanded(_function)))
