"""Numbers about documents and words, as tables for the terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations, groupby, product
from typing import TYPE_CHECKING, Any

from discourse.cli.pages import heading, indented, new_table
from discourse.cli.streams import visible
from discourse.labelled import decimals, interval

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from discourse.concordance import Concordance
    from discourse.cooccurrence import Collocations
    from discourse.dfm import DocumentFeatureMatrix
    from discourse.diversity import Profile
    from discourse.keyterms import Keyness
    from discourse.labelled import MatchedEstimate, SimilarityMatrix
    from discourse.legibility import Coverage
    from discourse.pairwise import Neighbours
    from discourse.reuse import Passages
    from discourse.rhetoric import MarkerRates
    from discourse.scaling import Positions
    from discourse.vectors import FeatureVectors

_WIDE = 6  # columns of a matrix that fit a narrow terminal
_LONGEST = 32  # characters of a name


# -- pairs of documents ------------------------------------------------------------------------


def show_matrix(console: Console, found: SimilarityMatrix, /, *, most: int) -> None:
    """Print the value of every pair as a matrix if it is small, else the closest pairs."""
    heading(console, f"{_words(found.metric)}, a {found.kind}")
    if len(found.columns) <= _WIDE:
        _print(console, _square(found))
    else:
        _print_closest(console, found, most)
    _print_note(console, found.note)


def _square(found: SimilarityMatrix, /) -> Table:
    """Return the matrix."""
    names = [_short(name, 12) for name in found.columns]
    table = new_table("", *names, right=names)
    for name, values in zip(found.rows, found.values.tolist(), strict=True):
        table.add_row(_short(name), *map(_number, values))
    return table


def _print_closest(console: Console, found: SimilarityMatrix, most: int, /) -> None:
    """Print the closest pairs and how many there are."""
    symmetric = found.rows == found.columns
    n, m = len(found.rows), len(found.columns)
    places = list(combinations(range(n), 2) if symmetric else product(range(n), range(m)))
    sign = -1 if found.kind == "similarity" else 1
    places.sort(key=lambda place: _last_if_nan(sign * float(found.values[place])))
    value = _words(found.metric)
    table = new_table(
        "document",
        "document",
        value,
        "" if found.low is None else _level(found.level),
        right=[value],
    )
    for i, j in places[:most]:
        limits = "" if found.low is None else _limits(found.low[i, j], found.high[i, j])  # type: ignore[index]
        names = _short(found.rows[i]), _short(found.columns[j])
        table.add_row(*names, _number(float(found.values[i, j])), limits)
    _print(console, table)
    _print_left_out(console, len(places) - most)


def show_neighbours(console: Console, found: Neighbours, /) -> None:
    """Print the neighbours of every document, nearest first."""
    heading(console, "Nearest documents", f"by {_words(found.metric)}, a {found.kind}")
    table = new_table("document", "neighbour", "value", right=["value"])
    rows = found.to_frame().to_dict("records")
    for doc, neighbours in groupby(rows, key=lambda row: row["doc"]):
        name = _short(doc)
        for row in neighbours:
            table.add_row(name, _short(row["neighbour"]), _number(row["value"]))
            name = ""
    _print(console, table)
    _print_note(console, found.note)


def show_matched(console: Console, found: MatchedEstimate, /) -> None:
    """Print the difference of two sides, what it is within a side, and the excess."""
    heading(
        console, f"{_words(found.name)} at matched length", f"{found.m:,.0f} words of each side"
    )
    table = new_table("", "value", _level(found.level), right=["value"])
    rows = found.to_frame().to_dict("records")
    for name, row in zip(("between the sides", "within a side", "excess"), rows, strict=True):
        table.add_row(name, f"{row['value']:.3f}", _limits(row["low"], row["high"], digits=3))
    _print(console, table)
    _print_note(console, found.note)


def show_positions(console: Console, found: Positions, scores: Mapping[str, float], /) -> None:
    """Print the position of every document, the largest first, beside the scores that are known."""
    heading(console, "Positions", "scored: share of the words that have a score")
    columns = ("document", "known", "position", "95% interval", "scored")
    table = new_table(*columns, right=columns[1:])
    rows = found.to_frame().to_dict("records")
    for row in sorted(rows, key=lambda row: _last_if_nan(-row["position"])):
        known = f"{scores[row['doc']]:g}" if row["doc"] in scores else ""
        position, error = row["position"], 1.96 * row["se"]
        limits = _limits(position - error, position + error)
        table.add_row(_short(row["doc"]), known, _number(position), limits, _share(row["scored"]))
    _print(console, table)


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
        _print(console, table)
        _print_left_out(console, len(part) - most)
    _print_note(console, found.note)


_MEASURES = {"g2": "G2", "log_ratio": "log ratio"}
_KEYNESS = ("word", "in A", "in B", "A per 1,000", "B per 1,000", "G2", "log ratio", "adjusted p")


def _keyness_cells(row: dict[Any, Any], /) -> tuple[str, ...]:
    """Return a word with its counts, rates, statistic, effect and p."""
    p = row["p_adjusted"]
    return (
        _short(row["feature"], 24),
        *(f"{row[f'n_{side}']:,}" for side in ("target", "reference")),
        *(f"{row[f'freq_{side}']:.2f}" for side in ("target", "reference")),
        f"{row['statistic']:.1f}",
        f"{row['log_ratio']:.1f}",
        "-" if math.isnan(p) else "<0.001" if p < 0.001 else f"{p:.3f}",
    )


def show_concordance(console: Console, found: Concordance, /, *, most: int) -> None:
    """Print every match in the middle of a line, behind the name of its document."""
    heading(console, f"{len(found.docs):,} matches")
    rows = found.to_frame().head(most).to_dict("records")
    names, keywords = ([_short(row[key], 24) for row in rows] for key in ("doc", "keyword"))
    widths = (max(map(len, column), default=0) for column in (["document", *names], keywords))
    side = (console.width - sum(widths) - 8) // 2  # 8: the margin and what parts columns
    table = new_table("document", " " * side, "", "")
    table.columns[1].justify = "right"
    table.columns[2].style = "bold"
    for row, name, keyword in zip(rows, names, keywords, strict=True):
        left = visible(row["left"])
        left = left if len(left) <= side else f"…{left[len(left) - side + 1 :]}"
        table.add_row(name, left, keyword, _short(row["right"], side))
    _print(console, table)
    _print_left_out(console, len(found.docs) - most)


def show_counts(console: Console, found: DocumentFeatureMatrix, /, *, most: int) -> None:
    """Print the size of every document, then the commonest words of all."""
    documents, words = len(found), int(found.totals.sum())
    heading(console, f"{words:,} words", f"{len(found.features):,} of them different")
    table = new_table("document", "words", "different", right=("words", "different"))
    different = (found.counts > 0).sum(axis=1).tolist()
    rows = zip(found.docs, found.totals.tolist(), different, strict=True)
    for (doc, total, types), _ in zip(rows, range(most), strict=False):
        table.add_row(_short(doc), f"{total:,}", f"{types:,}")
    _print(console, table)
    _print_left_out(console, documents - most)
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
        table.add_row(_short(found.features[j]), f"{totals[j]:,}", rate, f"{spread[j]:,}")
    _print(console, table)
    _print_left_out(console, len(totals) - most)


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
            _print(console, table)
        else:
            console.print("  has no word of these categories.", style="dim")


def show_markers(console: Console, found: MarkerRates, /) -> None:
    """Print rates with their limits, one table a document."""
    level = _level(found.level)
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
                _limits(row["low"], row["high"], digits=1),
                _limits(row["burst_low"], row["burst_high"], digits=1),
            )
        _print(console, table)
    _print_note(console, found.note)


def show_coverage(console: Console, found: Coverage, /) -> None:
    """Print how much of every document was understood."""
    heading(console, "How much was understood", "unsplit: letters of scripts without spaces")
    columns = ("document", "script", "words", "per 100 signs", "unsplit", "known")
    table = new_table(*columns, right=columns[2:])
    for row in found.to_frame().to_dict("records"):
        table.add_row(
            _short(row["doc"]),
            row["script"] or "-",
            f"{row['n_tokens']:,}",
            "-" if math.isnan(row["per_100_chars"]) else f"{row['per_100_chars']:.1f}",
            _share(row["unsplit"]),
            _share(row["known"]),
        )
    _print(console, table)


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
            _short(row["doc"], 20),
            f"{row['n_tokens']:,}",
            f"{row['n_types']:,}",
            _number(row["ttr"]),
            _number(row["mattr"]),
            "-" if math.isnan(row["yule_k"]) else f"{row['yule_k']:.0f}",
            f"{row['n_sentences']:,}",
            "-" if math.isnan(row["sentence_length"]) else f"{row['sentence_length']:.0f} each",
        )
    _print(console, table)


def show_collocations(console: Console, found: Collocations, /, *, most: int) -> None:
    """Print pairs of words, those most surely associated first."""
    heading(console, f"{len(found):,} pairs of words", "log odds and their z")
    table = new_table("words", "times", "log odds", "z", right=("times", "log odds", "z"))
    for row in found.to_frame().head(most).to_dict("records"):
        numbers = _number(row["log_odds"]), _number(row["z"])
        table.add_row(_short(row["collocation"]), f"{row['counts']:,}", *numbers)
    _print(console, table)
    _print_left_out(console, len(found) - most)


def show_passages(console: Console, found: Passages, /, *, most: int) -> None:
    """Print shared passages, the longest first."""
    heading(console, f"{len(found):,} shared passages")
    for row in found.to_frame().head(most).to_dict("records"):
        where = f"{row['n_tokens']:,} words in {_short(row['a'])} and {_short(row['b'])}"
        console.print(indented(visible(where)), style="dim")
        console.print(indented(visible(" ".join(row["text"].split()))))
        console.print()
    _print_left_out(console, len(found) - most)


# -- cells -------------------------------------------------------------------------------------


def _print(console: Console, table: Table, /) -> None:
    """Print a table below its heading."""
    console.print(indented(table))


def _print_note(console: Console, note: str | None, /) -> None:
    """Print what a reader must know about the numbers above."""
    if note:
        console.print()
        console.print(indented(visible(note)), style="dim")


def _print_left_out(console: Console, number: int, /) -> None:
    """Print how many rows are not shown."""
    if number > 0:
        console.print(f"  and {number:,} more: --most shows more, --csv all", style="dim")


def _short(name: str, longest: int = _LONGEST, /) -> str:
    """Return a name that fits a column."""
    name = visible(name)
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _words(name: str, /) -> str:
    """Return the name of an option as words."""
    return name.replace("_", " ")


def _number(value: float, /) -> str:
    """Return a value with two decimals, or a dash."""
    return "-" if math.isnan(value) else decimals(value)


def _share(value: float, /) -> str:
    """Return a share in percent, or a dash."""
    return "-" if math.isnan(value) else f"{100 * value:.0f}%"


def _level(level: float | None, /) -> str:
    """Return the heading of a column of intervals, if there are any."""
    return "" if level is None else f"{100 * level:g}% interval"


def _limits(low: float | None, high: float | None, /, *, digits: int = 2) -> str:
    """Return an interval, or a dash where there is none."""
    if low is None or high is None or math.isnan(low):
        return "-"
    return interval(low, high) if digits == 2 else f"[{low:.{digits}f}, {high:.{digits}f}]"


def _last_if_nan(value: float, /) -> float:
    """Return what a value is sorted by."""
    return math.inf if math.isnan(value) else value
