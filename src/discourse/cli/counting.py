"""The command that counts words, and the forms in which counts leave it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, cast

import typer

from discourse.cli.options import Counting, Files, Group, Jobs, Most, lengths
from discourse.cli.output import Output, check_exclusive, check_place
from discourse.cli.reading import Reading
from discourse.cli.streams import STDIN, visible

if TYPE_CHECKING:
    from discourse.dfm import DocumentFeatureMatrix
    from discourse.dfm.counting import Within


def count(
    files: Files,
    *,
    counting: Counting,
    within: Annotated[
        str,
        typer.Option(
            help="What rows of words do not leave.",
            metavar="document|sentence",
            rich_help_panel="Words",
        ),
    ] = "document",
    group: Group = None,
    n_jobs: Jobs = 1,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write the matrix there: .parquet, .mtx or .csv.",
            metavar="FILE",
            rich_help_panel="Output",
        ),
    ] = None,
    most: Most = 20,
    reading: Reading,
    output: Output,
) -> None:
    """Count the words of each document, in memory that does not grow with them.

    --csv prints document, word and count, one row for each word a document has.

    \b[bold]Examples[/bold]
      discourse count ours.txt theirs.txt --stopwords english
      discourse count "speeches/*/*.txt" --ngrams 1-2 --out counts.parquet
      discourse count 1970.csv 2020.csv --text speech --group country --csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import browser, tables

    if out is not None:
        check_exclusive("--out", *output.asked())
        check_place("--out", out)
    write = None if out is None else _writer(out)
    found = ds.count(
        reading.read(files) if STDIN in files else reading.stream(files),
        ngrams=lengths(counting.ngrams),
        within=cast("Within", within),
        stopwords=counting.stopwords,
        group=group,
        n_jobs=n_jobs,
    )
    if write is not None:
        write(found)
        typer.echo(f"{visible(str(out))} is written.", err=True)
    elif output.as_csv:
        write_triplets(found, sys.stdout)
    else:
        output.show(
            found,
            lambda console: tables.show_counts(console, found, most=most),
            html=browser.table_page(found, rows=most),
        )


def write_triplets(found: DocumentFeatureMatrix, file: TextIO, /) -> None:
    """Write document, feature and count of each count that is not zero, row by row."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("doc", "feature", "count"))
    indptr = found.counts.indptr.tolist()
    for doc, start, end in zip(found.docs, indptr, indptr[1:], strict=False):
        columns: list[int] = found.counts.indices[start:end].tolist()
        counts: list[int] = found.counts.data[start:end].tolist()
        writer.writerows(
            (doc, found.features[j], n) for j, n in sorted(zip(columns, counts, strict=True))
        )


def _writer(out: Path, /) -> Callable[[DocumentFeatureMatrix], None]:
    """Return what writes a matrix to a file of that name.

    Raises
    ------
    BadParameter
        If no format has this ending.
    """
    writers: dict[str, Callable[[DocumentFeatureMatrix], None]] = {
        ".parquet": lambda found: found.save(out),
        ".mtx": lambda found: found.to_matrix_market(out),
        ".csv": lambda found: found.to_csv(out),
    }
    if out.suffix not in writers:
        msg = f"--out must end in {', '.join(writers)}; got {out.name!r}."
        raise typer.BadParameter(msg)
    return writers[out.suffix]
