"""Results as pages for browsers, in a file or on standard output."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from discourse.cli.streams import STDIN as STDOUT
from discourse.cli.streams import visible

if TYPE_CHECKING:
    from discourse.labelled import Result

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; }}
body {{ padding: 0 1rem; }}
main {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
th, td {{ border-bottom: 1px solid #8884; padding: 0.3rem 0.7rem; text-align: right; }}
th:first-child, td:first-child {{ text-align: left; }}
</style>
</head>
<body>
<h1>{title}</h1>
<main tabindex="0" aria-label="{title}">
{content}
</main>
</body>
</html>
"""


def write(place: str, page: Callable[[Path], object], /) -> None:
    """Let the page be written to that place and say so, or print it."""
    if place != STDOUT:
        page(Path(place))
        typer.echo(f"{visible(place)} is written; a browser opens it.", err=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        page(file)
        typer.echo(file.read_bytes(), nl=False)


def table_page(found: Result, /, *, rows: int | None = None) -> Callable[[Path], object]:
    """Return what writes a page with the table of a result, or with its first rows."""

    def page(file: Path, /) -> None:
        from discourse._files import replacing

        title = html.escape(f"discourse: {found.record.verb}")
        text = _PAGE.format(title=title, content=found.to_html(rows=rows))
        with replacing(file) as unfinished:
            unfinished.write_text(text, encoding="utf-8", errors="replace", newline="\n")

    return page
