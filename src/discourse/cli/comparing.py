"""Commands that set two sides against each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Annotated, cast

import typer

from discourse.cli.options import (
    A,
    AnswerMetric,
    B,
    Counting,
    Debug,
    Jobs,
    Keywords,
    Level,
    Most,
    Seed,
    Targets,
)
from discourse.cli.output import Output, check_place
from discourse.cli.progress import working
from discourse.cli.reading import Reading
from discourse.cli.streams import STDIN

if TYPE_CHECKING:
    from discourse.keyterms import Inference, Measure


def compare(
    a: A,
    b: B,
    *,
    targets: Targets = "foreign-policy",
    keywords: Keywords = None,
    metric: AnswerMetric = "jensen_shannon",
    rng: Seed = 0,
    sentences: Annotated[
        int,
        typer.Option(
            help="Sentences shown of each side on each target.",
            min=0,
            metavar="N",
            rich_help_panel="Output",
        ),
    ] = 2,
    reading: Reading,
    output: Output,
) -> None:
    """Compare two texts or collections: same words, same topics, same side.

    A collection (a folder, a pattern, a table with one document a row) is pooled.
    --csv prints the table of targets, --html writes the whole report.

    \b[bold]Examples[/bold]
      discourse compare ours.txt theirs.txt
      discourse compare ours.txt theirs.txt --html report.html
      discourse compare ours.txt theirs.txt --targets targets.toml
      discourse compare speeches/1970 speeches/2020 --sentences 1
      discourse compare 1970.csv 2020.csv --text speech --id country
      discourse compare ours.txt theirs.txt --metric cosine --json
      discourse compare ours.txt - < theirs.txt
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import pages

    sides = reading.sides(a, b)
    with working("comparing"):
        found = ds.compare(*sides, targets=targets, keywords=keywords, metric=metric, rng=rng)
    output.show(
        found,
        lambda console: pages.show_comparison(console, found, sentences=sentences),
        table=lambda: found.targets,
        html=lambda file: ds.report(found, file),
    )


def report(
    sides: Annotated[
        list[str],
        typer.Argument(
            metavar="SIDE",
            help="Two sides or more: files, folders, patterns in quotes, or -.",
            show_default=False,
        ),
    ],
    *,
    html: Annotated[
        str, typer.Option(help="Where to write; - prints the page.", metavar="FILE")
    ] = "discourse-report.html",
    title: Annotated[str | None, typer.Option(help="Heading of the page.", metavar="TEXT")] = None,
    targets: Targets = "foreign-policy",
    keywords: Keywords = None,
    metric: AnswerMetric = "jensen_shannon",
    rng: Seed = 0,
    reading: Reading,
    debug: Debug = False,  # noqa: ARG001 - read where errors are explained
) -> None:
    """Write a page for browsers: answers, evidence, words, methods.

    With three sides or more every pair is compared, and a table of all comes first.

    \b[bold]Examples[/bold]
      discourse report ours.txt theirs.txt
      discourse report ours.txt theirs.txt --html pair.html --title "Two speeches"
      discourse report speeches/1970 speeches/2020 "speeches/20*/*.txt"
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import browser

    if len(sides) < 2 or sides.count(STDIN) > 1:
        msg = "two sides are needed, and standard input can be one of them only."
        raise typer.BadParameter(msg)
    check_place("--html", html)
    corpora = [reading.read([side]) for side in sides]
    with working("comparing"):
        found = [
            ds.compare(a, b, targets=targets, keywords=keywords, metric=metric, rng=rng)
            for a, b in combinations(corpora, 2)
        ]
    browser.write(html, lambda file: ds.report(found, file, title=title))


def matched(
    a: A,
    b: B,
    *,
    metric: AnswerMetric = "jensen_shannon",
    m: Annotated[
        float | None,
        typer.Option(help="Words drawn of each side; by default 0.45 of the shorter.", metavar="N"),
    ] = None,
    draws: Annotated[int, typer.Option(help="Samples of each side.", metavar="N")] = 200,
    level: Level = 0.95,
    rng: Seed = 0,
    n_jobs: Jobs = 1,
    reading: Reading,
    output: Output,
) -> None:
    """Tell how different two sides are when both are cut to one length.

    Within is how different two samples of one side are; the excess is the rest.

    \b[bold]Examples[/bold]
      discourse matched ours.txt theirs.txt
      discourse matched speeches/1970 speeches/2020 --m 100 --json
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import tables

    sides = reading.sides(a, b)
    if m is not None and m.is_integer():
        m = int(m)
    with working("drawing samples"):
        found = ds.matched(
            *sides, metric=metric, m=m, draws=draws, level=level, rng=rng, n_jobs=n_jobs
        )
    output.show(found, lambda console: tables.show_matched(console, found))


def keyness(
    a: A,
    b: B,
    *,
    measure: Annotated[
        str, typer.Option(help="What words are sorted by.", metavar="g2|log_ratio")
    ] = "g2",
    inference: Annotated[
        str,
        typer.Option(help="What is independent.", metavar="auto|documents|tokens"),
    ] = "auto",
    counting: Counting,
    most: Most = 20,
    reading: Reading,
    output: Output,
) -> None:
    """Find the words that A uses more, or less, than B.

    G2 says how sure it is that they differ, the log ratio by how much.

    \b[bold]Examples[/bold]
      discourse keyness ours.txt theirs.txt
      discourse keyness speeches/1970 speeches/2020 --stopwords english --most 10
      discourse keyness ours.txt theirs.txt --ngrams 1-2 --csv > words.csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import tables

    corpus, target = reading.joined(a, b)
    with working("counting"):
        found = ds.keyness(
            counting.count(corpus),
            target=target,
            measure=cast("Measure", measure),
            inference=cast("Inference", inference),
        )
    output.show(found, lambda console: tables.show_keyness(console, found, (a, b), most=most))


def passages(
    a: A,
    b: B,
    *,
    min_tokens: Annotated[
        int, typer.Option(help="Words of a passage, at least.", min=1, metavar="N")
    ] = 8,
    most: Most = 20,
    reading: Reading,
    output: Output,
) -> None:
    """Find passages that both sides have in common, word by word.

    Punctuation and capital letters may differ.

    \b[bold]Examples[/bold]
      discourse passages ours.txt theirs.txt --min-tokens 4
      discourse passages speeches/1970 speeches/2020 --csv > shared.csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import wording

    sides = reading.sides(a, b)
    with working("comparing"):
        found = ds.passages(*sides, min_tokens=min_tokens)
    output.show(found, lambda console: wording.show_passages(console, found, most=most))
