"""Commands that compare each document with each other, or place it among the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, cast

import typer

from discourse.cli.options import (
    Counting,
    Files,
    Holders,
    Jobs,
    Level,
    Metric,
    Most,
    Targets,
    Vectors,
)
from discourse.cli.output import Output
from discourse.cli.progress import working
from discourse.cli.reading import Reading

if TYPE_CHECKING:
    from discourse.pairwise.undefined import Undefined
    from discourse.scaling.wordscores import Rescale
    from discourse.stances.counting import Holders as WhoseStances

_Other = Annotated[
    list[str] | None,
    typer.Option(
        help="Compare with these instead of with each other; may be repeated.",
        metavar="FILE",
        show_default=False,
    ),
]
_Undefined = Annotated[
    str, typer.Option(help="What becomes of pairs without a value.", metavar="raise|nan")
]


def similar(
    files: Files,
    *,
    other: _Other = None,
    metric: Metric = "cosine",
    undefined: _Undefined = "raise",
    n_jobs: Jobs = 1,
    vectors: Vectors,
    most: Most = 20,
    reading: Reading,
    output: Output,
) -> None:
    """Show how similar, or how far apart, the documents are.

    They are compared by counts of words, by weights of these, or by keywords.

    \b[bold]Examples[/bold]
      discourse similar ours.txt theirs.txt
      discourse similar "speeches/*/*.txt" --weight tfidf --stopwords english
      discourse similar speeches/2020 --other speeches/1970 --metric jaccard
      discourse similar 1970.csv 2020.csv --text speech --lexicon foreign-policy
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import tables

    corpus, others = reading.read(files), reading.read(other or [])
    with working("comparing"):
        found = ds.similarity(
            vectors.of(corpus),
            vectors.of(others) if other else None,
            metric=metric,
            undefined=cast("Undefined", undefined),
            n_jobs=n_jobs,
        )
    output.show(found, lambda console: tables.show_matrix(console, found, most=most))


def nearest(
    files: Files,
    *,
    other: _Other = None,
    k: Annotated[
        int, typer.Option(help="Neighbours of each document at most.", min=1, metavar="N")
    ] = 10,
    threshold: Annotated[
        float | None,
        typer.Option(
            help="The smallest similarity, or the largest distance, of a neighbour.", metavar="X"
        ),
    ] = None,
    metric: Metric = "cosine",
    across: Annotated[
        str | None,
        typer.Option(help="Neighbours have another value in this column.", metavar="COLUMN"),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(help="Neighbours have the same value in this column.", metavar="COLUMN"),
    ] = None,
    undefined: _Undefined = "raise",
    n_jobs: Jobs = 1,
    vectors: Vectors,
    reading: Reading,
    output: Output,
) -> None:
    """List the nearest documents of each document.

    For many documents: the matrix of all pairs is never held.

    \b[bold]Examples[/bold]
      discourse nearest "speeches/*/*.txt" --k 3
      discourse nearest speeches/2020 --other speeches/1970 --weight tfidf
      discourse nearest 1970.csv 2020.csv --text speech --within country
      discourse nearest "speeches/*/*.txt" --threshold 0.5 --csv > pairs.csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import tables

    corpus, others = reading.read(files), reading.read(other or [])
    with working("comparing"):
        found = ds.nearest(
            vectors.of(corpus),
            vectors.of(others) if other else None,
            k=min(k, len(others) if other else len(corpus) - 1),
            threshold=threshold,
            metric=metric,
            across=across,
            within=within,
            undefined=cast("Undefined", undefined),
            n_jobs=n_jobs,
        )
    output.show(found, lambda console: tables.show_neighbours(console, found))


def agreement(
    files: Files,
    *,
    targets: Targets = "foreign-policy",
    holders: Holders = "self",
    level: Level = 0.95,
    most: Most = 20,
    reading: Reading,
    output: Output,
) -> None:
    """Show which documents take the same side, on the targets they share.

    Agreement runs from -1 (opposite sides on all) to 1 (the same side on all).

    \b[bold]Examples[/bold]
      discourse agreement ours.txt theirs.txt
      discourse agreement "speeches/*/*.txt" --csv > agreement.csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import tables

    corpus = reading.read(files)
    with working("finding stances"):
        stances = ds.stance(corpus, targets=targets, holders=cast("WhoseStances", holders))
        found = ds.agreement(stances, level=level)
    output.show(found, lambda console: tables.show_matrix(console, found, most=most))


def positions(
    files: Files,
    *,
    reference: Annotated[
        list[str],
        typer.Option(
            help="The score of a document that is known; two or more of these.",
            metavar="DOCUMENT=SCORE",
        ),
    ],
    rescale: Annotated[
        str, typer.Option(help="How positions are stretched.", metavar="none|lbg|mv")
    ] = "none",
    counting: Counting,
    reading: Reading,
    output: Output,
) -> None:
    """Place documents on a line between some whose place is known (Wordscores).

    A document is named as it is in the table that is printed: a file without its
    ending, or what --id says.

    \b[bold]Examples[/bold]
      discourse positions "*.txt" --reference ours=1 --reference theirs=-1
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import tables

    scores = dict(map(_score, reference))
    corpus = reading.read(files)
    with working("counting"):
        dfm = counting.count(corpus)
        found = ds.Wordscores().fit(dfm, scores).predict(dfm, rescale=cast("Rescale", rescale))
    output.show(found, lambda console: tables.show_positions(console, found, scores))


def _score(text: str, /) -> tuple[str, float]:
    """Return a document and its score.

    Raises
    ------
    BadParameter
        If the text is not of the form "document=number".
    """
    doc, _, number = text.rpartition("=")
    try:
        score = float(number)
    except ValueError:
        score = math.nan
    if not doc or math.isnan(score):
        msg = f"--reference must be DOCUMENT=SCORE, as in velmora=1; got {text!r}."
        raise typer.BadParameter(msg)
    return doc, score
