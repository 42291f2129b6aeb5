"""Words in their places, as tables for the terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from discourse.cli.cells import number, print_left_out, print_table, short
from discourse.cli.pages import heading, indented, new_table
from discourse.cli.streams import visible

if TYPE_CHECKING:
    from rich.console import Console

    from discourse.concordance import Concordance
    from discourse.cooccurrence import Collocations
    from discourse.diversity import Profile
    from discourse.reuse import Passages


def show_concordance(console: Console, found: Concordance, /, *, most: int) -> None:
    """Print every match in the middle of a line, behind the name of its document."""
    heading(console, f"{len(found.docs):,} matches")
    rows = found.to_frame().head(most).to_dict("records")
    names, keywords = ([short(row[key], 24) for row in rows] for key in ("doc", "keyword"))
    widths = (max(map(len, column), default=0) for column in (["document", *names], keywords))
    side = (console.width - sum(widths) - 8) // 2  # 8: the margin and what parts columns
    table = new_table("document", " " * side, "", "")
    table.columns[1].justify = "right"
    table.columns[2].style = "bold"
    for row, name, keyword in zip(rows, names, keywords, strict=True):
        left = visible(row["left"])
        left = left if len(left) <= side else f"…{left[len(left) - side + 1 :]}"
        table.add_row(name, left, keyword, short(row["right"], side))
    print_table(console, table)
    print_left_out(console, len(found.docs) - most)


def show_profile(console: Console, found: Profile, /) -> None:
    """Print the sizes of every document and how varied its words are."""
    heading(console, "Profile", f"moving ratio: of {found.window:,} words at a time")
    columns = (
        "document",
        "words",
        "different",
        "ratio",
        "moving",
        "Yule's K",
        "sentences",
        "words",
    )
    table = new_table(*columns, right=columns[1:])
    for row in found.to_frame().to_dict("records"):
        table.add_row(
            short(row["doc"], 20),
            f"{row['n_tokens']:,}",
            f"{row['n_types']:,}",
            number(row["ttr"]),
            number(row["mattr"]),
            "-" if math.isnan(row["yule_k"]) else f"{row['yule_k']:.0f}",
            f"{row['n_sentences']:,}",
            "-" if math.isnan(row["sentence_length"]) else f"{row['sentence_length']:.0f} each",
        )
    print_table(console, table)


def show_collocations(console: Console, found: Collocations, /, *, most: int) -> None:
    """Print pairs of words, those most surely associated first."""
    heading(console, f"{len(found):,} pairs of words", "log odds and their z")
    table = new_table("words", "times", "log odds", "z", right=("times", "log odds", "z"))
    for row in found.to_frame().head(most).to_dict("records"):
        numbers = number(row["log_odds"]), number(row["z"])
        table.add_row(short(row["collocation"]), f"{row['counts']:,}", *numbers)
    print_table(console, table)
    print_left_out(console, len(found) - most)


def show_passages(console: Console, found: Passages, /, *, most: int) -> None:
    """Print shared passages, the longest first."""
    heading(console, f"{len(found):,} shared passages")
    for row in found.to_frame().head(most).to_dict("records"):
        where = f"{row['n_tokens']:,} words in {short(row['a'])} and {short(row['b'])}"
        console.print(indented(visible(where)), style="dim")
        console.print(indented(visible(" ".join(row["text"].split()))))
        console.print()
    print_left_out(console, len(found) - most)
