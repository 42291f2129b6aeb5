"""Commands that describe each document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from discourse.cli.options import Files, Holders, Jobs, Level, Most, Targets
from discourse.cli.output import Output
from discourse.cli.progress import working
from discourse.cli.reading import Reading

if TYPE_CHECKING:
    from discourse.stances.counting import Holders as WhoseStances


def stance(
    files: Files,
    *,
    targets: Targets = "foreign-policy",
    holders: Holders = "self",
    n_jobs: Jobs = 1,
    mentions: Annotated[
        bool,
        typer.Option(
            "--mentions",
            help="List every mention with sentence, rule and cues.",
            rich_help_panel="Output",
        ),
    ] = False,
    reading: Reading,
    output: Output,
) -> None:
    """Show where each document stands on each target that it mentions.

    The balance runs from -1 (all against) to 1 (all for), with its 95% interval.
    --csv prints the mentions.

    \b[bold]Examples[/bold]
      discourse stance ours.txt
      discourse stance ours.txt theirs.txt --mentions
      discourse stance "speeches/*/*.txt" --targets targets.toml
      discourse stance speeches/1970 --holders all --csv > mentions.csv
      discourse stance - --json < ours.txt
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import pages

    corpus = reading.read(files)
    with working("finding stances"):
        found = ds.stance(
            corpus, targets=targets, holders=cast("WhoseStances", holders), n_jobs=n_jobs
        )
    output.show(
        found,
        lambda console: pages.show_stances(console, found, corpus, mentions=mentions),
        table=lambda: found.mentions,
    )


def markers(
    files: Files,
    *,
    lexicon: Annotated[
        str, typer.Option(help="The classes of markers.", metavar="NAME|FILE")
    ] = "english",
    level: Level = 0.95,
    reading: Reading,
    output: Output,
) -> None:
    """Show how often each document hedges, boosts, obliges, negates, ...

    Rates are per 1,000 words; markers come in bursts, which widens intervals.

    \b[bold]Examples[/bold]
      discourse markers ours.txt theirs.txt
      discourse markers speeches/1970 --level 0.9 --csv > markers.csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import tables

    corpus = reading.read(files)
    with working("finding markers"):
        found = ds.markers(corpus, lexicon=lexicon, level=level)
    output.show(found, lambda console: tables.show_markers(console, found))


def keywords(
    files: Files,
    *,
    lexicon: Annotated[
        str, typer.Option(help="The categories and their words.", metavar="NAME|FILE")
    ] = "foreign-policy",
    per: Annotated[
        int,
        typer.Option(help="Matches per so many words; 0 for bare counts.", min=0, metavar="N"),
    ] = 1000,
    reading: Reading,
    output: Output,
) -> None:
    """Show how often each document uses the words of each category.

    A category names patterns; where they overlap the longest wins.

    \b[bold]Examples[/bold]
      discourse keywords ours.txt theirs.txt
      discourse keywords "speeches/*/*.txt" --lexicon targets.toml --per 0
      discourse keywords 1970.csv --text speech --csv > keywords.csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import tables

    corpus = reading.read(files)
    with working("finding keywords"):
        found = ds.keyword_vectors(corpus, lexicon, per=per or None)
    output.show(found, lambda console: tables.show_vectors(console, found))


def coverage(
    files: Files,
    *,
    lexicon: Annotated[
        str | None,
        typer.Option(help="Of which words the share is wanted.", metavar="NAME|FILE"),
    ] = None,
    reading: Reading,
    output: Output,
) -> None:
    """Show how much of each document was understood.

    Look at it before you trust numbers about a language you do not read.

    \b[bold]Examples[/bold]
      discourse coverage "speeches/*/*.txt"
      discourse coverage ours.txt theirs.txt --lexicon foreign-policy
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import tables

    corpus = reading.read(files)
    with working("reading"):
        found = ds.coverage(corpus, lexicon)
    output.show(found, lambda console: tables.show_coverage(console, found))


def kwic(
    pattern: Annotated[
        str,
        typer.Argument(
            metavar="PATTERN", help="Words; * stands for any letters.", show_default=False
        ),
    ],
    files: Files,
    *,
    window: Annotated[int, typer.Option(help="Words on each side.", min=0, metavar="N")] = 5,
    most: Most = 20,
    reading: Reading,
    output: Output,
) -> None:
    """Find every match of a pattern, with the words around it.

    A pattern of several words does not run across punctuation.

    \b[bold]Examples[/bold]
      discourse kwic "multilateral*" ours.txt theirs.txt
      discourse kwic "climate action" "speeches/*/*.txt" --window 8 --csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import wording

    corpus = reading.read(files)
    with working("searching"):
        found = ds.kwic(corpus, pattern, window=window)
    output.show(found, lambda console: wording.show_concordance(console, found, most=most))


def profile(
    files: Files,
    *,
    window: Annotated[
        int, typer.Option(help="Words of a stretch, for the moving ratio.", min=1, metavar="N")
    ] = 100,
    reading: Reading,
    output: Output,
) -> None:
    """Show how long each document and its sentences are, and how varied its words.

    The ratio of different words falls with length; the moving one does not.

    \b[bold]Examples[/bold]
      discourse profile ours.txt theirs.txt
      discourse profile "speeches/*/*.txt" --window 50 --csv > profile.csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import wording

    corpus = reading.read(files)
    with working("reading"):
        found = ds.profile(corpus, window=window)
    output.show(found, lambda console: wording.show_profile(console, found))


def collocations(
    files: Files,
    *,
    min_count: Annotated[
        int, typer.Option(help="Rarer pairs are left out.", min=1, metavar="N")
    ] = 2,
    most: Most = 20,
    reading: Reading,
    output: Output,
) -> None:
    """Find words that stand side by side more often than by chance.

    All files are read as one text. The order is how surely words attract each other.

    \b[bold]Examples[/bold]
      discourse collocations "speeches/*/*.txt"
      discourse collocations ours.txt --min-count 3 --csv
    """  # noqa: D301 - the backspace keeps the lines of the paragraph
    import discourse as ds
    from discourse.cli import wording

    corpus = reading.read(files)
    with working("counting"):
        found = ds.collocations(corpus, min_count=min_count)
    output.show(found, lambda console: wording.show_collocations(console, found, most=most))
