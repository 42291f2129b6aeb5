"""Results as pages for the terminal; whatever came from outside is shown and never interpreted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from discourse.cli.streams import visible
from discourse.comparison import rendering
from discourse.labelled import decimals, interval

if TYPE_CHECKING:
    import pandas as pd

    from discourse.comparison import Comparison
    from discourse.corpus import Corpus
    from discourse.stances import StanceVectors
    from discourse.stances.mentions import Mention

WIDEST = 100  # columns; longer lines of prose are hard to read
_ROLES = {"plain": "", "target": "bold reverse", "cue": "underline"}
_STANCES = {"support": ("+", "green"), "oppose": ("-", "red"), "neutral": ("·", "dim")}
_VERDICTS = {"same side": "green", "opposite sides": "red"}


def new_console() -> Console:
    """Return a console on standard output that interprets no markup, at most `WIDEST` wide."""
    console = Console(markup=False, emoji=False, highlight=False)
    console.width = min(console.width, WIDEST)
    return console


def heading(console: Console, title: str, note: str = "") -> None:
    """Print the heading of a section, with an empty line above it."""
    line = Text.assemble((visible(title), "bold"), (f"  {note}" if note else "", "dim"))
    console.print()
    console.print(line)


def new_table(*columns: str, right: Sequence[str] = ()) -> Table:
    """Return a table without lines, the columns of `right` set flush right."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in columns:
        table.add_column(visible(name), justify="right" if name in right else "left")
    return table


def indented(content: RenderableType, /, *, by: int = 2) -> Padding:
    """Return the content moved to the right."""
    return Padding(content, (0, 0, 0, by), expand=False)


# -- one comparison ----------------------------------------------------------------------------


def show_comparison(console: Console, found: Comparison, /, *, sentences: int) -> None:
    """Print a comparison: answers, targets with their sentences, words, markers."""
    show_answers(console, found)
    show_targets(console, found, sentences=sentences)
    _show_words(console, found)
    _show_rates(console, found, "Markers", found.markers)
    if found.keywords is not None:
        _show_rates(console, found, "Keywords", found.keywords)


def show_answers(console: Console, found: Comparison, /) -> None:
    """Print what is compared, and the answers, each with what to hold it against."""
    console.print(Rule(style="dim"))
    console.print(_names(found))
    console.print(Rule(style="dim"))
    console.print(_answers(found))


def _names(found: Comparison, /) -> Text:
    """Return what is compared, with sizes and the set of targets."""
    a, b = (
        Text.assemble((visible(name), "bold"), f" ({found.tokens[name]:,} words)")
        for name in (found.a, found.b)
    )
    return Text.assemble(a, " and ", b, f"; targets: {visible(found.target_set)}")


def _answers(found: Comparison, /) -> Table:
    """Return question, value and note of each answer."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(style="bold cyan", no_wrap=True)
    table.add_column(style="dim")
    for answer in rendering.answers(found):
        table.add_row(*(visible(text) for text in answer))
    return table


def show_targets(console: Console, found: Comparison, /, *, sentences: int) -> None:
    """Print the targets on which a side takes a stance, each above its sentences."""
    heading(console, "Where they stand, target by target", "+ for   - against")
    sides = list(rendering.sides(found))
    if not sides:
        console.print("  Neither takes a stance on any of these targets.", style="dim")
        return
    console.print(_target_row("", found.a, found.b, "", style="dim"))
    for side in sides:
        # The counts go to a line of their own, so that the columns fit 80 characters.
        a, b = (standing.replace(" (", "\n(") for standing in (side.a, side.b))
        console.print(_target_row(side.target, a, b, side.verdict))
        for quote in rendering.evidence(found, side.target, most=sentences):
            name = found.a if quote.side == "a" else found.b
            _show_sentence(console, quote.stance, name, quote.pieces)


def _target_row(target: str, a: str, b: str, verdict: str, /, *, style: str = "") -> Table:
    """Return one row; as a table of its own, so that sentences can stand between rows."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=18, style="bold", overflow="fold")
    for _ in "ab":
        table.add_column(width=21, style=style, overflow="ellipsis")
    table.add_column(width=14, style=_VERDICTS.get(verdict, "dim"))
    cells = ("\n".join(map(visible, text.split("\n"))) for text in (target, a, b, verdict))
    table.add_row(*cells)
    return table


def _show_sentence(
    console: Console, stance: str, name: str, pieces: Sequence[tuple[str, rendering.Role]], /
) -> None:
    """Print a sentence behind its sign and the name of its side or document."""
    sign, colour = _STANCES[stance]
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column()
    table.add_column(max_width=14, no_wrap=True, overflow="ellipsis")
    table.add_column()
    table.add_row(Text(sign, colour), Text(visible(name), colour), quotation(pieces))
    console.print(indented(table))


def quotation(pieces: Sequence[tuple[str, rendering.Role]], /) -> Text:
    """Return a sentence with its target highlighted and its cues underlined."""
    return Text.assemble(*((visible(text), _ROLES[role]) for text, role in pieces))


def _show_words(console: Console, found: Comparison, /) -> None:
    """Print the words that most set each side apart."""
    heading(console, "Words that differ", "by G2, function words left out")
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(max_width=24, no_wrap=True, overflow="ellipsis")
    table.add_column()
    both = zip((found.a, found.b), rendering.differing_words(found), strict=True)
    for name, words in both:
        table.add_row(f"more in {visible(name)}", visible(", ".join(words)) or "-")
    console.print(indented(table))


def _show_rates(console: Console, found: Comparison, title: str, frame: pd.DataFrame, /) -> None:
    """Print rates per 1,000 words with their intervals, both sides in a row."""
    heading(console, title, "per 1,000 words, with 95% intervals")
    table = new_table("", found.a, found.b)
    for row in frame.to_dict("records"):
        rates = (
            f"{row[f'rate_{s}']:5.1f} [{row[f'low_{s}']:.1f}, {row[f'high_{s}']:.1f}]" for s in "ab"
        )
        table.add_row(visible(row["category"]), *rates)
    console.print(indented(table))


# -- stances -----------------------------------------------------------------------------------


def show_stances(
    console: Console, found: StanceVectors, corpus: Corpus, /, *, mentions: bool
) -> None:
    """Print where each document stands, and its mentions if they are wanted."""
    rows: defaultdict[str, list[dict[Any, Any]]] = defaultdict(list)
    for row in found.to_frame().to_dict("records"):
        rows[row["doc"]].append(row)
    of_document: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in found.found:
        of_document[mention.doc].append(mention)
    for document in corpus:
        heading(console, document.id, f"targets: {visible(found.target_set)}")
        if document.id not in rows:
            console.print("  mentions none of these targets.", style="dim")
            continue
        console.print(indented(_stance_table(rows[document.id])))
        if mentions:
            console.print()
            for mention in of_document[document.id]:
                _show_mention(console, mention, document.text)


def _stance_table(rows: list[dict[Any, Any]], /) -> Table:
    """Return counts, balance and interval for each target, the most supported first."""
    counts = ("support", "oppose", "neutral", "balance")
    table = new_table("target", *counts, "95% interval", right=counts)
    for row in sorted(rows, key=lambda row: (-row["support"], -row["oppose"])):
        table.add_row(visible(row["target"]), *_stance_cells(row))
    return table


def _stance_cells(row: dict[Any, Any], /) -> tuple[str, ...]:
    """Return the cells of one target after its name; without evidence there is no balance."""
    counts = (str(row["support"]), str(row["oppose"]), str(row["neutral"]))
    if row["status"] != "evidence":
        return (*counts, "-", "no stance")
    return (*counts, decimals(row["balance"]), interval(row["low"], row["high"]))


def _show_mention(console: Console, mention: Mention, text: str, /) -> None:
    """Print a mention: its stance, what decided it, and its sentence."""
    sign, colour = _STANCES[mention.stance]
    head = Text.assemble(
        (f"  {sign} {mention.stance} ", colour),
        (visible(mention.target), "bold"),
        (visible(_grounds(mention)), "dim"),
    )
    console.print(head)
    console.print(indented(quotation(_pieces(mention, text)), by=4))


def _grounds(mention: Mention, /) -> str:
    """Return what decided a stance, and whose it is if not the document's own."""
    if mention.stance == "neutral":
        return ""
    holder = "" if mention.holder == "self" else f"; holder: {mention.holder}"
    return f" (rule: {mention.rule}; cues: {', '.join(mention.cues)}{holder})"


def _pieces(mention: Mention, text: str, /) -> tuple[tuple[str, rendering.Role], ...]:
    """Return the sentence of a mention in pieces that are plain, target or cue."""
    start, end = mention.sentence_span
    return rendering.pieces(
        {
            "passage": text[start:end],
            "passage_start": start,
            "cue_spans": mention.cue_spans,
            "start": mention.start,
            "end": mention.end,
        }
    )
