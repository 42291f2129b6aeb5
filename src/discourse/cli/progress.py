"""Signs of life on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discourse.corpus import Document
    from discourse.reading import DocumentStream

_SLOW = 1.0  # seconds of reading after which a bar shows how far it is


def documents(found: DocumentStream, /) -> Iterator[Document]:
    """Yield the documents of files, with a bar that shows how many bytes have been read."""
    from tqdm import tqdm

    with tqdm(
        total=found.n_bytes,
        desc="reading",
        unit="B",
        unit_scale=True,
        delay=_SLOW,
        leave=False,
        disable=not sys.stderr.isatty(),
    ) as bar:
        yield from found.documents(bar.update)


@contextmanager
def working(what: str, /) -> Generator[None]:
    """Show what is being done and for how long, until it is done."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(what, total=None)
        yield
