"""Numbers about documents and words, as tables for the terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations, groupby, product
from typing import TYPE_CHECKING, Any

from discourse.cli.cells import (
    last_if_nan,
    level_name,
    number,
    print_left_out,
    print_note,
    print_table,
    share,
    short,
    spaced,
    spelled_limits,
)
from discourse.cli.pages import heading, new_table
from discourse.cli.streams import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from discourse.dfm import DocumentFeatureMatrix
    from discourse.keyterms import Keyness
    from discourse.labelled import MatchedEstimate, SimilarityMatrix
    from discourse.legibility import Coverage
    from discourse.pairwise import Neighbours
    from discourse.rhetoric import MarkerRates
    from discourse.scaling import Positions
    from discourse.vectors import FeatureVectors

_WIDE = 6  # columns of a matrix that fit a narrow terminal


# -- pairs of documents ------------------------------------------------------------------------


def show_matrix(console: Console, found: SimilarityMatrix, /, *, most: int) -> None:
    """Print the value of every pair as a matrix if it is small, else the closest pairs."""
    heading(console, f"{spaced(found.metric)}, a {found.kind}")
    if len(found.columns) <= _WIDE:
        print_table(console, _square(found))
    else:
        _print_closest(console, found, most)
    print_note(console, found.note)


def _square(found: SimilarityMatrix, /) -> Table:
    """Return the matrix."""
    names = [short(name, 12) for name in found.columns]
    table = new_table("", *names, right=names)
    for name, values in zip(found.rows, found.values.tolist(), strict=True):
        table.add_row(short(name), *map(number, values))
    return table


def _print_closest(console: Console, found: SimilarityMatrix, most: int, /) -> None:
    """Print the closest pairs and how many there are."""
    symmetric = found.rows == found.columns
    n, m = len(found.rows), len(found.columns)
    places = list(combinations(range(n), 2) if symmetric else product(range(n), range(m)))
    sign = -1 if found.kind == "similarity" else 1
    places.sort(key=lambda place: last_if_nan(sign * float(found.values[place])))
    value = spaced(found.metric)
    table = new_table(
        "document",
        "document",
        value,
        "" if found.low is None else level_name(found.level),
        right=[value],
    )
    for i, j in places[:most]:
        limits = "" if found.low is None else spelled_limits(found.low[i, j], found.high[i, j])  # type: ignore[index]
        names = short(found.rows[i]), short(found.columns[j])
        table.add_row(*names, number(float(found.values[i, j])), limits)
    print_table(console, table)
    print_left_out(console, len(places) - most)


def show_neighbours(console: Console, found: Neighbours, /) -> None:
    """Print the neighbours of every document, nearest first."""
    heading(console, "Nearest documents", f"by {spaced(found.metric)}, a {found.kind}")
    table = new_table("document", "neighbour", "value", right=["value"])
    rows = found.to_frame().to_dict("records")
    for doc, neighbours in groupby(rows, key=lambda row: row["doc"]):
        name = short(doc)
        for row in neighbours:
            table.add_row(name, short(row["neighbour"]), number(row["value"]))
            name = ""
    print_table(console, table)
    print_note(console, found.note)


def show_matched(console: Console, found: MatchedEstimate, /) -> None:
    """Print the difference of two sides, what it is within a side, and the excess."""
    heading(
        console, f"{spaced(found.name)} at matched length", f"{found.m:,.0f} words of each side"
    )
    table = new_table("", "value", level_name(found.level), right=["value"])
    rows = found.to_frame().to_dict("records")
    for name, row in zip(("between the sides", "within a side", "excess"), rows, strict=True):
        table.add_row(
            name, f"{row['value']:.3f}", spelled_limits(row["low"], row["high"], digits=3)
        )
    print_table(console, table)
    print_note(console, found.note)


def show_positions(console: Console, found: Positions, scores: Mapping[str, float], /) -> None:
    """Print the position of every document, the largest first, beside the scores that are known."""
    heading(console, "Positions", "scored: share of the words that have a score")
    columns = ("document", "known", "position", "95% interval", "scored")
    table = new_table(*columns, right=columns[1:])
    rows = found.to_frame().to_dict("records")
    for row in sorted(rows, key=lambda row: last_if_nan(-row["position"])):
        known = f"{scores[row['doc']]:g}" if row["doc"] in scores else ""
        position, error = row["position"], 1.96 * row["se"]
        limits = spelled_limits(position - error, position + error)
        table.add_row(short(row["doc"]), known, number(position), limits, share(row["scored"]))
    print_table(console, table)


# -- words -------------------------------------------------------------------------------------


def show_keyness(console: Console, found: Keyness, sides: tuple[str, str], /, *, most: int) -> None:
    """Print the words that the first side, the target, uses more, then those of the other."""
    frame = found.to_frame()
    more, less = frame[frame["statistic"] > 0], frame[frame["statistic"] < 0][::-1]
    for name, part in zip(sides, (more, less), strict=True):
        heading(console, f"More in {name}", f"by {_MEASURES[found.measure]}")
        table = new_table(*_KEYNESS, right=_KEYNESS[1:])
        for row in part.head(most).to_dict("records"):
            table.add_row(*_keyness_cells(row))
        print_table(console, table)
        print_left_out(console, len(part) - most)
    print_note(console, found.note)


_MEASURES = {"g2": "G2", "log_ratio": "log ratio"}
_KEYNESS = ("word", "in A", "in B", "A per 1,000", "B per 1,000", "G2", "log ratio", "adjusted p")


def _keyness_cells(row: dict[Any, Any], /) -> tuple[str, ...]:
    """Return a word with its counts, rates, statistic, effect and p."""
    p = row["p_adjusted"]
    return (
        short(row["feature"], 24),
        *(f"{row[f'n_{side}']:,}" for side in ("target", "reference")),
        *(f"{row[f'freq_{side}']:.2f}" for side in ("target", "reference")),
        f"{row['statistic']:.1f}",
        f"{row['log_ratio']:.1f}",
        "-" if math.isnan(p) else "<0.001" if p < 0.001 else f"{p:.3f}",
    )


def show_counts(console: Console, found: DocumentFeatureMatrix, /, *, most: int) -> None:
    """Print the size of every document, then the commonest words of all."""
    documents, words = len(found), int(found.totals.sum())
    heading(console, f"{words:,} words", f"{len(found.features):,} of them different")
    table = new_table("document", "words", "different", right=("words", "different"))
    different = (found.counts > 0).sum(axis=1).tolist()
    rows = zip(found.docs, found.totals.tolist(), different, strict=True)
    for (doc, total, types), _ in zip(rows, range(most), strict=False):
        table.add_row(short(doc), f"{total:,}", f"{types:,}")
    print_table(console, table)
    print_left_out(console, documents - most)
    _print_commonest(console, found, most)


def _print_commonest(console: Console, found: DocumentFeatureMatrix, most: int, /) -> None:
    """Print the words of which there are most, ties in the order of the alphabet."""
    heading(console, "Commonest words")
    totals: list[int] = found.counts.sum(axis=0).tolist()
    spread = (found.counts > 0).sum(axis=0).tolist()
    per_1000 = 1000 / max(sum(totals), 1)
    table = new_table(*_COMMONEST, right=_COMMONEST[1:])
    order = sorted(range(len(totals)), key=lambda j: (-totals[j], found.features[j]))
    for j in order[:most]:
        rate = f"{totals[j] * per_1000:.2f}"
        table.add_row(short(found.features[j]), f"{totals[j]:,}", rate, f"{spread[j]:,}")
    print_table(console, table)
    print_left_out(console, len(totals) - most)


_COMMONEST = ("word", "count", "per 1,000", "documents")


# -- rates and shares --------------------------------------------------------------------------


def show_vectors(console: Console, found: FeatureVectors, /) -> None:
    """Print, for every document, the features that it has, most of all first."""
    dense = found.values.toarray()
    for doc, row in zip(found.docs, dense.tolist(), strict=True):
        heading(console, doc, found.unit)
        table = new_table("category", "rate", right=["rate"])
        pairs = sorted(zip(found.features, row, strict=True), key=lambda pair: -pair[1])
        for name, value in pairs:
            if value:
                shown = f"{value:,.0f}" if found.unit == "count" else f"{value:,.1f}"
                table.add_row(visible(name), shown)
        if table.row_count:
            print_table(console, table)
        else:
            console.print("  has no word of these categories.", style="dim")


def show_markers(console: Console, found: MarkerRates, /) -> None:
    """Print rates with their limits, one table a document."""
    level = level_name(found.level)
    columns = ("", "count", "rate", f"{level} if independent", "with bursts")
    rows = found.to_frame().to_dict("records")
    for doc, own in groupby(rows, key=lambda row: row["doc"]):
        heading(console, doc, found.unit)
        table = new_table(*columns, right=columns[1:])
        for row in own:
            table.add_row(
                visible(row["category"]),
                f"{row['count']:,}",
                f"{row['rate']:.1f}",
                spelled_limits(row["low"], row["high"], digits=1),
                spelled_limits(row["burst_low"], row["burst_high"], digits=1),
            )
        print_table(console, table)
    print_note(console, found.note)


def show_coverage(console: Console, found: Coverage, /) -> None:
    """Print how much of every document was understood."""
    heading(console, "How much was understood", "unsplit: letters of scripts without spaces")
    columns = ("document", "script", "words", "per 100 signs", "unsplit", "known")
    table = new_table(*columns, right=columns[2:])
    for row in found.to_frame().to_dict("records"):
        table.add_row(
            short(row["doc"]),
            row["script"] or "-",
            f"{row['n_tokens']:,}",
            "-" if math.isnan(row["per_100_chars"]) else f"{row['per_100_chars']:.1f}",
            share(row["unsplit"]),
            share(row["known"]),
        )
    print_table(console, table)
