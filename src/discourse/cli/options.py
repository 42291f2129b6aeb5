"""Arguments and options that several commands have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeAlias, cast

import typer

if TYPE_CHECKING:
    from discourse.corpus import Corpus
    from discourse.dfm import DocumentFeatureMatrix
    from discourse.vectors import FeatureVectors, Scheme


def _metrics(incomplete: str) -> list[str]:
    """Return the metrics that begin so."""
    from discourse.metrics import METRICS

    return [name for name in METRICS if name.startswith(incomplete)]


def _targets(incomplete: str) -> list[str]:
    """Return the sets of targets that come with discourse and begin so."""
    from discourse import seeds_

    return [name for name in seeds_.names("targets", ".toml") if name.startswith(incomplete)]


Files: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
        help="Files, folders, patterns in quotes, or - for standard input.",
        show_default=False,
    ),
]
A: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="A",
        help="A file, a folder, a pattern in quotes, or - for standard input.",
        show_default=False,
    ),
]
B: TypeAlias = Annotated[
    str, typer.Argument(metavar="B", help="The other side.", show_default=False)
]
Targets: TypeAlias = Annotated[
    str,
    typer.Option(
        help="What stances are about: a set that comes with discourse, or a .toml file.",
        metavar="NAME|FILE",
        autocompletion=_targets,
    ),
]
Holders: TypeAlias = Annotated[
    str, typer.Option(help="Whether stances reported of others count.", metavar="self|all")
]
Keywords: TypeAlias = Annotated[
    str | None,
    typer.Option(help="Categories of words whose rates are compared too.", metavar="NAME|FILE"),
]
AnswerMetric: TypeAlias = Annotated[
    str, typer.Option(help='Of the answer "same words".', metavar="NAME")
]
Metric: TypeAlias = Annotated[
    str,
    typer.Option(
        help="cosine, jaccard, jensen_shannon, ...; a wrong name lists all.",
        metavar="NAME",
        autocompletion=_metrics,
    ),
]
Level: TypeAlias = Annotated[
    float, typer.Option(help="Nominal coverage of the intervals.", metavar="P")
]
Seed: TypeAlias = Annotated[int, typer.Option(help="Seed of the random draws.", min=0, metavar="N")]
Jobs: TypeAlias = Annotated[
    int,
    typer.Option(help="Processes or threads; -1 for one per processor.", metavar="N"),
]
Group: TypeAlias = Annotated[
    str | None,
    typer.Option(help="Sum the documents that share a value of this column.", metavar="COLUMN"),
]
Debug: TypeAlias = Annotated[
    bool,
    typer.Option("--debug", help="Show where an error arose.", rich_help_panel="Output"),
]
Most: TypeAlias = Annotated[
    int,
    typer.Option(help="Rows shown at most.", min=1, metavar="N", rich_help_panel="Output"),
]


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted."""

    ngrams: Annotated[
        str,
        typer.Option(help="Words in a row: 2, or 1-3.", metavar="N|N-M", rich_help_panel="Words"),
    ] = "1"
    stopwords: Annotated[
        str | None,
        typer.Option(
            help='Words left out: "english".', metavar="LANGUAGE", rich_help_panel="Words"
        ),
    ] = None

    def count(self, corpus: Corpus, /) -> DocumentFeatureMatrix:
        """Return the counts of the words of each document."""
        import discourse as ds

        return ds.count(corpus, ngrams=lengths(self.ngrams), stopwords=self.stopwords)


@dataclass(frozen=True, slots=True)
class Vectors(Counting):
    """What documents are compared by."""

    weight: Annotated[
        str | None,
        typer.Option(
            help="Weights of the counts.",
            metavar="proportion|per_1000|tfidf|log|binary",
            rich_help_panel="Words",
        ),
    ] = None
    lexicon: Annotated[
        str | None,
        typer.Option(
            help="Compare the rates of its categories, not words.",
            metavar="NAME|FILE",
            rich_help_panel="Words",
        ),
    ] = None

    def of(self, corpus: Corpus, /) -> DocumentFeatureMatrix | FeatureVectors:
        """Return the vectors of the documents."""
        import discourse as ds

        if self.lexicon is not None:
            return ds.keyword_vectors(corpus, self.lexicon)
        dfm = self.count(corpus)
        return dfm if self.weight is None else ds.weight(dfm, cast("Scheme", self.weight))


def lengths(text: str, /) -> int | tuple[int, int]:
    """Return how many words in a row are counted.

    Raises
    ------
    BadParameter
        If the text is no such number.

    Examples
    --------
    >>> lengths("2"), lengths("1-3")
    (2, (1, 3))
    """
    shortest, dash, longest = text.partition("-")
    if not shortest.isdecimal() or (dash and not longest.isdecimal()):
        msg = f"--ngrams must be a number like 2, or two like 1-3; got {text!r}."
        raise typer.BadParameter(msg)
    return (int(shortest), int(longest)) if dash else int(shortest)
