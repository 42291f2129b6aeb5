"""Where results go: a page for the terminal, JSON, CSV or HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from discourse.cli.options import Debug
from discourse.cli.streams import visible

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from discourse.labelled import Result

    Page: TypeAlias = Callable[[Console], None]

PANEL = "Output"


@dataclass(frozen=True, slots=True)
class Output:
    """The form of a result, and whether errors are explained or shown whole."""

    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole result as JSON.", rich_help_panel=PANEL)
    ] = False
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print its table as CSV.", rich_help_panel=PANEL)
    ] = False
    html: Annotated[
        str | None,
        typer.Option(
            help="Write a page for browsers there; - prints it.",
            metavar="FILE",
            rich_help_panel=PANEL,
        ),
    ] = None
    debug: Debug = False

    def __post_init__(self) -> None:
        """Check that one form is asked for."""
        check_exclusive(*self.asked())
        if self.html is not None:
            check_place("--html", self.html)

    def asked(self) -> list[str]:
        """Return the options by which a form was asked for."""
        wanted = {"--json": self.as_json, "--csv": self.as_csv, "--html": self.html is not None}
        return [option for option, given in wanted.items() if given]

    def show(
        self,
        found: Result,
        page: Page,
        /,
        *,
        table: Callable[[], pd.DataFrame] | None = None,
        html: Callable[[Path], object] | None = None,
    ) -> None:
        """Print the result or write it.

        Parameters
        ----------
        found : Result
        page : callable
            Prints the result on a console.
        table : callable, optional
            Returns what is printed as CSV; by default the table of the result.
        html : callable, optional
            Writes a page for browsers; by default one with the table of the result.
        """
        from discourse.cli import streams

        if self.as_json:
            streams.write_json(found)
        elif self.as_csv:
            streams.write_csv((table or found.to_frame)())
        elif self.html is not None:
            from discourse.cli import browser

            browser.write(self.html, html or browser.table_page(found))
        else:
            from discourse.cli.pages import new_console

            page(new_console())


def check_exclusive(*options: str) -> None:
    """Refuse options that were given together.

    Raises
    ------
    BadParameter
    """
    if len(options) > 1:
        msg = f"{' and '.join(options)} exclude each other."
        raise typer.BadParameter(msg)


def check_place(option: str, place: str | Path, /) -> None:
    """Refuse a file whose folder does not exist, before anything is computed.

    Raises
    ------
    BadParameter
    """
    folder = Path(place).expanduser().parent
    if not folder.is_dir():
        msg = f"{option}: there is no folder {visible(str(folder))}."
        raise typer.BadParameter(msg)
