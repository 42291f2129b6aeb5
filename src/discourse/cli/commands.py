"""The commands and their options; what they do is done by the library."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated, TypeAlias

import typer

from discourse.errors import DiscourseError
from discourse.record import VERSION

app = typer.Typer(
    name="discourse",
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_READING, _OUTPUT = "Reading", "Output"

Targets: TypeAlias = Annotated[
    str,
    typer.Option(
        help="What stances are about: a set that comes with discourse, or a .toml file.",
        metavar="NAME|FILE",
    ),
]
Encoding: TypeAlias = Annotated[
    str, typer.Option(help="Of all files and standard input.", rich_help_panel=_READING)
]
TextField: TypeAlias = Annotated[
    str,
    typer.Option(
        help="Column (.csv) or field (.jsonl) that holds the text.", rich_help_panel=_READING
    ),
]
IdField: TypeAlias = Annotated[
    str | None,
    typer.Option(help="Column or field that names the documents.", rich_help_panel=_READING),
]
Json: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print the whole result as JSON.", rich_help_panel=_OUTPUT)
]
Debug: TypeAlias = Annotated[
    bool, typer.Option("--debug", help="Show where an error arose.", rich_help_panel=_OUTPUT)
]


def main() -> None:
    """Run the command line; characters that the terminal cannot show never stop it."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    app()


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"discourse {VERSION}")
        raise typer.Exit


@contextmanager
def _explained(*, debug: bool) -> Generator[None]:
    """Turn an error of the library into one line on standard error and exit code 1."""
    from discourse.cli.streams import visible

    try:
        yield
    except DiscourseError as error:
        if debug:
            raise
        typer.echo(visible(str(error)), err=True)
        raise typer.Exit(1) from error


def _one_format(*, as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        msg = "--json and --csv exclude each other."
        raise typer.BadParameter(msg)


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
      discourse compare speeches/1970 "speeches/20*/*.txt"
      discourse compare ours.txt theirs.txt --json > comparison.json
      discourse stance ours.txt theirs.txt
      discourse stance - --csv < ours.txt

    [dim]discourse COMMAND --help[/dim] says more about each command.
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


_SIDE = "A file, a folder, a pattern in quotes, or - for standard input."


@app.command()
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help=_SIDE, show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="The other side.", show_default=False)],
    *,
    targets: Targets = "foreign-policy",
    keywords: Annotated[
        str | None,
        typer.Option(
            help="Categories of words whose rates are compared as well.", metavar="NAME|FILE"
        ),
    ] = None,
    metric: Annotated[str, typer.Option(help='Of "same words".')] = "jensen_shannon",
    rng: Annotated[int, typer.Option(help="Seed of the samples at matched length.", min=0)] = 0,
    encoding: Encoding = "utf-8",
    text: TextField = "text",
    id: IdField = None,  # noqa: A002 - the name of the option
    sentences: Annotated[
        int,
        typer.Option(
            help="Sentences shown of each side on each target.", min=0, rich_help_panel=_OUTPUT
        ),
    ] = 2,
    as_json: Json = False,
    as_csv: Annotated[
        bool,
        typer.Option("--csv", help="Print the table of targets as CSV.", rich_help_panel=_OUTPUT),
    ] = False,
    debug: Debug = False,
) -> None:
    """Compare two texts, or two collections: same words, same topics, same side.

    A collection (a folder, a pattern, a table with one document a row) is pooled.

    \b[bold]Examples[/bold]
      discourse compare ours.txt theirs.txt
      discourse compare ours.txt theirs.txt --targets targets.toml
      discourse compare speeches/1970 speeches/2020 --sentences 1
      discourse compare 1970.csv 2020.csv --text speech --id country
      discourse compare ours.txt theirs.txt --metric cosine --json
      discourse compare ours.txt - < theirs.txt
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    _one_format(as_json=as_json, as_csv=as_csv)
    if a == b == "-":
        msg = "standard input can be one side only."
        raise typer.BadParameter(msg)
    import discourse as ds
    from discourse.cli.streams import read, write_csv, write_json

    with _explained(debug=debug):
        sides = (read([side], encoding=encoding, text=text, id=id) for side in (a, b))
        found = ds.compare(*sides, targets=targets, keywords=keywords, metric=metric, rng=rng)
        if as_json:
            write_json(found)
        elif as_csv:
            write_csv(found.targets)
        else:
            from discourse.cli.pages import new_console, show_comparison

            show_comparison(new_console(), found, sentences=sentences)


@app.command()
def stance(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Files, folders, patterns, or - for standard input.",
            show_default=False,
        ),
    ],
    *,
    targets: Targets = "foreign-policy",
    holders: Annotated[
        str,
        typer.Option(help="Whether stances reported of others count.", metavar="self|all"),
    ] = "self",
    encoding: Encoding = "utf-8",
    text: TextField = "text",
    id: IdField = None,  # noqa: A002 - the name of the option
    mentions: Annotated[
        bool,
        typer.Option(
            "--mentions",
            help="List every mention with sentence, rule and cues.",
            rich_help_panel=_OUTPUT,
        ),
    ] = False,
    as_json: Json = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print the mentions as CSV.", rich_help_panel=_OUTPUT)
    ] = False,
    debug: Debug = False,
) -> None:
    """Show where each document stands on each target that it mentions.

    The balance runs from -1 (all against) to 1 (all for), with its 95% interval.

    \b[bold]Examples[/bold]
      discourse stance ours.txt
      discourse stance ours.txt theirs.txt --mentions
      discourse stance "speeches/*/*.txt" --targets targets.toml
      discourse stance speeches/1970 --holders all --csv > mentions.csv
      discourse stance - --json < ours.txt
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    _one_format(as_json=as_json, as_csv=as_csv)
    from typing import cast

    import discourse as ds
    from discourse.cli.streams import read, write_csv, write_json
    from discourse.stances.counting import Holders

    with _explained(debug=debug):
        corpus = read(files, encoding=encoding, text=text, id=id)
        found = ds.stance(corpus, targets=targets, holders=cast("Holders", holders))
        if as_json:
            write_json(found)
        elif as_csv:
            write_csv(found.mentions)
        else:
            from discourse.cli.pages import new_console, show_stances

            show_stances(new_console(), found, corpus, mentions=mentions)


@app.command()
def demo() -> None:
    """See what a word count cannot: two sentences, then two statements.

    The statements come with discourse, together with the stances that their author intended.

    \b[bold]Example[/bold]
      discourse demo
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    from discourse.cli.demonstration import show_pair, show_statements
    from discourse.cli.pages import new_console

    console = new_console()
    show_pair(console)
    show_statements(console)
