"""Make the figures and tables of the worked study in the documentation.

    DISCOURSE_DATA=... python -m benchmarks.study [--out docs/study]

The speeches of the same delegations in the United Nations General Debates of 1970 and 2017 are
compared: words at matched length, targets, stance. Only numbers are written, no text. Three
speeches of 2017 are kept for other tests, and are not opened here. Needs matplotlib.
"""

from __future__ import annotations

import argparse
import tarfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import discourse as ds
from benchmarks.texts import data_folder

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ARCHIVES = {"1970": "session25_1970.tar.gz", "2017": "twelve_countries_2000_2024.tar.gz"}
KEPT = {("BRA", "2017"), ("DEU", "2017"), ("IND", "2017")}  # held out for other tests
DEALS = 9_999
LEAST_SHARE = 0.02  # of a target that is drawn, in either year
LEAST_MENTIONS = 10  # that take sides, in both years
COLOURS = {"1970": "#0072B2", "2017": "#D55E00"}
KINDS = ("within 1970", "within 2017", "across, other delegation", "across, same delegation")


def speeches(folder: Path, year: str, /) -> Iterator[tuple[str, str]]:
    """Yield delegation and text of each speech of a year, but for those that are kept."""
    with tarfile.open(folder / "ungdc" / ARCHIVES[year]) as archive:
        for member in archive:
            delegation, _, end = Path(member.name).name.partition("_")
            if end.endswith(f"_{year}.txt") and (delegation, year) not in KEPT:
                file = archive.extractfile(member)
                assert file is not None, "a member that ends in .txt is a file"
                yield delegation, file.read().decode("utf-8", "replace")


def both_years(folder: Path, /) -> ds.Corpus:
    """Return the speeches of all delegations that have one in either year."""
    found = {year: dict(speeches(folder, year)) for year in ARCHIVES}
    delegations = sorted(found["1970"].keys() & found["2017"].keys())
    keys = [(delegation, year) for year in ARCHIVES for delegation in delegations]
    return ds.Corpus.from_texts(
        [found[year][delegation] for delegation, year in keys],
        ids=[f"{delegation} {year}" for delegation, year in keys],
        docvars={"delegation": [d for d, _ in keys], "year": [y for _, y in keys]},
    )


def kind(a: str, b: str, /) -> str:
    """Return which of the four kinds of pairs two speeches are."""
    (here, then), (there, now) = a.split(), b.split()
    if then == now:
        return f"within {then}"
    return KINDS[3] if here == there else KINDS[2]


def pairs(corpus: ds.Corpus, /) -> pd.DataFrame:
    """Return every pair of speeches at one length, with its kind and its bare value."""
    frame = ds.matched_matrix(corpus).to_frame()
    bare = ds.similarity(ds.count(corpus), metric="jensen_shannon")
    ends = list(zip(frame["a"], frame["b"], strict=True))
    return frame.assign(
        kind=[kind(a, b) for a, b in ends], bare=[bare.value(a, b) for a, b in ends]
    )


def summary(frame: pd.DataFrame, /) -> pd.DataFrame:
    """Return the means of each kind of pairs, with the smallest and largest excess."""
    grouped = frame.groupby("kind")
    means = grouped.agg(
        pairs=("excess", "size"),
        bare=("bare", "mean"),
        matched=("value", "mean"),
        excess=("excess", "mean"),
        smallest=("excess", "min"),
        largest=("excess", "max"),
    )
    return means.reindex(list(KINDS))


def written(frame: pd.DataFrame, path: Path, /) -> None:
    """Write a table with three decimals; what is not known stays empty."""
    frame.round(3).to_csv(path, lineterminator="\n")


def dots(frame: pd.DataFrame, names: tuple[str, str, str], label: str, /) -> Figure:
    """Return a picture of one value for each row, with its interval and a line at 0."""
    from matplotlib.figure import Figure

    value, low, high = (frame[name].to_numpy() for name in names)
    at = np.arange(len(frame))[::-1]
    figure = Figure(figsize=(6.4, 1.2 + 0.26 * len(frame)), layout="constrained")
    axes: Any = figure.subplots()
    axes.axvline(0, color="0.6", linewidth=0.8)
    axes.hlines(at, low, high, color=COLOURS["1970"])
    axes.plot(value, at, "o", color=COLOURS["1970"])
    axes.set_yticks(at, [name.replace("_", " ") for name in frame.index])
    axes.set_xlabel(label)
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def spread(frame: pd.DataFrame, /) -> Figure:
    """Return a picture of the excess of every pair of speeches, by kind of pair."""
    from matplotlib.figure import Figure

    rng = np.random.default_rng(0)
    figure = Figure(figsize=(6.4, 2.8), layout="constrained")
    axes: Any = figure.subplots()
    axes.axvline(0, color="0.6", linewidth=0.8)
    for row, name in enumerate(reversed(KINDS)):
        excess = frame.loc[frame["kind"] == name, "excess"].to_numpy()
        height = row + rng.uniform(-0.2, 0.2, len(excess))
        axes.plot(excess, height, "o", color=COLOURS["1970"], alpha=0.5, markersize=4)
        axes.vlines(excess.mean(), row - 0.3, row + 0.3, color=COLOURS["2017"], linewidth=2)
    axes.set_yticks(range(len(KINDS)), list(reversed(KINDS)))
    axes.set_xlabel("excess in bits at matched length (bar: mean)")
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def drawn(figure: Any, path: Path, /) -> None:
    """Write a figure as SVG, the same bytes for the same figure."""
    mpl: Any = import_module("matplotlib")

    with mpl.rc_context({"svg.hashsalt": "study", "svg.fonttype": "none"}):
        figure.savefig(path, metadata={"Date": None})


def show_words(corpus: ds.Corpus, out: Path, /) -> None:
    """Compare all pairs of speeches at one length, and the pooled years."""
    sizes = ds.count(corpus).totals
    written(pd.DataFrame({"tokens": sizes}, index=list(corpus.ids)), out / "tokens.csv")
    found = pairs(corpus)
    written(summary(found), out / "pairs.csv")
    drawn(spread(found), out / "pairs.svg")
    print(f"pairs at {found['m'].iloc[0]} tokens", summary(found).round(3), sep="\n")
    years = ds.matched_matrix(corpus, by="year", permutations=DEALS).to_frame()
    written(years.set_index("a"), out / "years.csv")
    print(years.T)


def show_keyness(corpus: ds.Corpus, /) -> None:
    """Print how many words set the years apart, by word and by document."""
    dfm = ds.count(corpus)
    late = [doc for doc in dfm.docs if doc.endswith("2017")]
    words = ds.keyness(dfm, target=late, inference="tokens").to_frame()["p_adjusted"]
    documents = ds.keyness(dfm, target=late, inference="documents").to_frame()["p_adjusted"]
    for unit, adjusted in (("words", words), ("documents", documents)):
        print(f"{(adjusted < 0.05).sum()} of {len(adjusted)} words differ, unit: {unit}")


def show_topics(targets: pd.DataFrame, out: Path, /) -> None:
    """Compare the share of each target in the mentions of the two years."""
    columns = ["share_a", "share_b", "share_difference", "share_low", "share_high"]
    shares = targets.sort_values("share_difference")[columns]
    written(shares, out / "shares.csv")
    common = shares[shares[["share_a", "share_b"]].max(axis=1) >= LEAST_SHARE]
    label = "share of mentions, 1970 less 2017 (95 % interval, each by itself)"
    drawn(dots(common, ("share_difference", "share_low", "share_high"), label), out / "shares.svg")
    print(shares.round(3).to_string())


def show_sides(targets: pd.DataFrame, out: Path, /) -> None:
    """Compare the balances of the targets on which both years have enough mentions."""
    columns = ["n_a", "n_b", "balance_a", "balance_b", "difference", "low", "high", "p_adjusted"]
    enough = targets[targets[["n_a", "n_b"]].min(axis=1) >= LEAST_MENTIONS]
    enough = enough.sort_values("share_difference")[columns]
    written(enough, out / "stance.csv")
    label = "balance, 1970 less 2017 (95 % interval, each by itself)"
    drawn(dots(enough, ("difference", "low", "high"), label), out / "stance.svg")
    print(enough.round(3).to_string())


def show_overall(years: ds.StanceVectors, /) -> None:
    """Print how alike the two years are in topics and in sides."""
    agreement = ds.agreement(years)
    low, high = agreement.low, agreement.high
    assert low is not None, "agreement comes with intervals"
    assert high is not None, "agreement comes with intervals"
    print("salience", ds.salience(years).value("1970", "2017"))
    print("agreement", agreement.value("1970", "2017"), low[0, 1], high[0, 1])


def study(corpus: ds.Corpus, out: Path, /) -> None:
    """Print the results and write figures and tables."""
    show_words(corpus, out)
    show_keyness(corpus)
    years = ds.stance(corpus).group("year")
    targets = ds.stance_difference(years, "1970", "2017").to_frame().set_index("target")
    show_topics(targets, out)
    show_sides(targets, out)
    show_overall(years)


def main() -> None:
    """Run the study on the data that DISCOURSE_DATA names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/study"))
    options = parser.parse_args()
    if (folder := data_folder()) is None:
        print("skipped: DISCOURSE_DATA names no folder with the speeches")
        return
    options.out.mkdir(parents=True, exist_ok=True)
    study(both_years(folder), options.out)


if __name__ == "__main__":
    main()
