"""Commands that show what comes with discourse."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Annotated, cast

import typer

from discourse.cli.options import Debug
from discourse.cli.output import check_place
from discourse.cli.streams import visible
from discourse.errors import DiscourseError, OptionError, did_you_mean, shorten

REPORT = Path("discourse-report.html")


def demo(
    *,
    report: Annotated[
        Path,
        typer.Option(help="Where the report of the two statements is written.", metavar="FILE"),
    ] = REPORT,
) -> None:
    """See what a word count cannot: two sentences, then two statements.

    The statements come with discourse, together with the stances that their author intended.
    What is shown of them is written as a page for browsers as well.

    \b[bold]Examples[/bold]
      discourse demo
      discourse demo --report statements.html
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    check_place("--report", report)
    from discourse.cli.demonstration import show_pair, show_statements
    from discourse.cli.pages import new_console

    console = new_console()
    show_pair(console)
    found = show_statements(console)
    console.print()
    try:
        import discourse as ds

        place = ds.report(found, report).resolve().as_uri()
        typer.echo(f"The whole report, for a browser:\n{place}")
    except (DiscourseError, OSError) as error:
        typer.echo(visible(f"No report was written: {error}"))


def seeds(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="The file to print.", show_default=False),
    ] = None,
    *,
    copy: Annotated[
        Path | None,
        typer.Option(help="Copy it there instead, to make it your own.", metavar="FILE"),
    ] = None,
    path: Annotated[bool, typer.Option("--path", help="Print where it is.")] = False,
    debug: Debug = False,  # noqa: ARG001 - read where errors are explained
) -> None:
    """List the word lists and texts that come with discourse, or print one.

    A list that is copied and changed serves as --targets or --lexicon.

    \b[bold]Examples[/bold]
      discourse seeds
      discourse seeds foreign-policy
      discourse seeds foreign-policy --copy own.toml
      discourse seeds markers/english --path
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    from discourse import seeds_

    if name is None:
        if copy is not None:
            msg = "--copy needs the NAME of a file."
            raise typer.BadParameter(msg)
        if path:
            typer.echo(seeds_.path())
        else:
            _list(_files())
        return
    file = _find(name)
    if copy is not None:
        _copy(file, copy)
    elif path:
        typer.echo(file)
    else:
        typer.echo(file.read_text(encoding="utf-8"), nl=False)


def _files() -> dict[str, Path]:
    """Return the files by name: folder and file without suffix."""
    from discourse import seeds_

    folder = seeds_.path()
    files = sorted(path for path in folder.glob("*/*") if path.suffix != ".md")
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in files}


def _find(name: str, /) -> Path:
    """Return the file of that name, which needs its folder only where two share one.

    Raises
    ------
    OptionError
        If there is none, or more than one.
    """
    files = _files()
    wanted = name.removesuffix(Path(name).suffix)
    found = [known for known in files if wanted in {known, known.partition("/")[2]}]
    if len(found) == 1:
        return files[found[0]]
    if found:
        raise OptionError("name", f"{name!r} may be {shorten(found, 8)}: which?")
    short = [known.partition("/")[2] for known in files]
    hint = did_you_mean(name, [*files, *short]) or " `discourse seeds` lists all."
    raise OptionError("name", f"no seed {name!r} comes with discourse.{hint}")


def _copy(file: Path, place: Path, /) -> None:
    """Copy a file to a place that nothing has yet.

    Raises
    ------
    DiscourseError
        If something is there.
    """
    place = place / file.name if place.is_dir() else place
    if place.exists():
        msg = f"{place}: is there already; it is not replaced."
        raise DiscourseError(msg)
    place.write_bytes(file.read_bytes())
    typer.echo(f"{visible(str(place))} is written.", err=True)


def _list(files: dict[str, Path], /) -> None:
    """Print the names of all files and what they hold."""
    from discourse.cli.pages import heading, indented, new_console, new_table

    console = new_console()
    heading(console, "What comes with discourse", "discourse seeds NAME prints one")
    table = new_table("name", "holds")
    for name, file in files.items():
        table.add_row(name, visible(_contents(file)))
    console.print(indented(table))


def _contents(file: Path, /) -> str:
    """Return what a file holds, in its own words where it has some."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        content = json.loads(text)
        return f"{len(content['documents'])} documents as counts of words"
    if file.suffix == ".toml":
        described = cast("str | None", tomllib.loads(text).get("description"))
        if described:
            return described
    comment = " ".join(re.findall(r"^# ?(.*)", text, re.MULTILINE))
    title = text.splitlines()[0].removeprefix("Title: ")
    return comment.partition(". ")[0].rstrip(".") if comment else f"Statement: {title}"
