"""Two sentences that no word count tells apart, and two statements with known stances."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from rich.text import Text

import discourse as ds
from discourse import seeds_
from discourse.cli.pages import (
    heading,
    indented,
    new_table,
    show_answers,
    show_comparison,
    show_targets,
)
from discourse.labelled import decimals

if TYPE_CHECKING:
    from rich.console import Console

    from discourse.stances import StanceVectors

PAIR = (
    "Our country supports multilateralism and opposes sanctions.",
    "Our country opposes multilateralism and supports sanctions.",
)
DEMO = ("velmora", "dorvane")

Reading: TypeAlias = Literal["support", "oppose", "mixed", "none"]


def show_pair(console: Console, /) -> None:
    """Print what cosine similarity and what `compare` say of two sentences."""
    heading(console, "Two sentences with the same words")
    for name, text in zip("ab", PAIR, strict=True):
        console.print(f"  {name}  {text}")
    vectors = ds.weight(ds.count(PAIR), "tfidf")
    cosine = ds.similarity(vectors).value("text1", "text2")
    console.print()
    console.print(Text.assemble("TF-IDF cosine similarity: ", (f"{cosine:.3f}", "bold cyan")))
    found = ds.compare(*PAIR)
    show_answers(console, found)
    show_targets(console, found, sentences=1)


def show_statements(console: Console, /) -> ds.Comparison:
    """Return the comparison of two sample statements, printed with how much was intended."""
    heading(console, "Two statements of countries that do not exist")
    folder = seeds_.path() / "samples"
    a, b = (ds.read(folder / f"{name}.txt") for name in DEMO)
    found = ds.compare(a, b)
    show_comparison(console, found, sentences=1)
    _show_recovery(console, list(judge(ds.stance(a + b))))
    return found


class Judgement(NamedTuple):
    """What an author intended on a target, and what was read from the text."""

    doc: str
    target: str
    intended: Reading
    recovered: Reading
    balance: float

    @property
    def ok(self) -> bool:
        """Whether the intention was recovered."""
        return self.intended == self.recovered


def judge(found: StanceVectors, /) -> Iterator[Judgement]:
    """Yield every intended stance of the sample documents, beside the recovered one."""
    balance = found.score("balance")
    documents = seeds_.toml("samples", "intended")["documents"]
    for doc in found.docs:
        for target, intended in documents[doc]["targets"].items():
            value = float(balance[found.row(doc), found.targets.index(target)])
            yield Judgement(doc, target, intended, recovered(value), value)


def recovered(balance: float, /) -> Reading:
    """Return the stance that a balance stands for: beyond a third it takes a side.

    Examples
    --------
    >>> recovered(1.0), recovered(-0.5), recovered(1 / 3), recovered(float("nan"))
    ('support', 'oppose', 'mixed', 'none')
    """
    if math.isnan(balance):
        return "none"
    if abs(balance) <= 1 / 3:
        return "mixed"
    return "support" if balance > 0 else "oppose"


def _show_recovery(console: Console, judgements: list[Judgement], /) -> None:
    """Print what was intended and what was recovered, and how often they agree."""
    heading(console, "Intended and recovered", "what the author meant, what was read")
    columns = ("document", "target", "intended", "recovered", "balance", "")
    table = new_table(*columns, right=["balance"])
    for one in judgements:
        balance = "-" if one.recovered == "none" else decimals(one.balance)
        verdict = Text("ok", "green") if one.ok else Text("not", "bold red")
        table.add_row(one.doc, one.target, one.intended, one.recovered, balance, verdict)
    console.print(indented(table))
    ok = sum(one.ok for one in judgements)
    console.print()
    console.print(f"{ok} of {len(judgements)} intended stances recovered")
