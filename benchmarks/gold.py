"""Score the stance rules against labelled mentions, beside two baselines that share detection.

    DISCOURSE_DATA=... python -m benchmarks.gold [--held-out]

Mentions are matched by the scoring program that comes with the labels. Intervals: 95 % of draws of
sentences with replacement, the same draws for every column; F of holder = other rests on few rows,
so there Wilson's interval for tp/(tp + fp + fn), of which F is a function, with the number of rows
made smaller where several share a sentence. Without the data the program says so and ends.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from benchmarks.baselines import NO_VADER, PRIOR, RULES, VADER, data, label, sentiment, share, show
from discourse.corpus import Corpus, Document
from discourse.lexicon import load_lexicon
from discourse.stances import Mention
from discourse.stances.mentions import StanceLabel, find_mentions
from discourse.stances.wilson import wilson

ESSAY = "qiushi-2020-09-04"
IN_VIEW = {
    ESSAY: {"party": "CPC"},
    "ungd-2017-CHN": {"country": "China"},
    "ungd-2017-FRA": {"country": "France"},
    "ungd-2017-RUS": {"country": "Russia"},
}
HELD_OUT = {
    "ungd-2017-BRA": {"country": "Brazil"},
    "ungd-2017-DEU": {"country": "Germany"},
    "ungd-2017-IND": {"country": "India"},
}
PROVENANCE = (
    "Labels come from one careful reading by a language model, not from human coders; "
    "one essay and speeches of one General Debate. The prior takes its signs from the labels of "
    "the documents in view, so on these it has seen the answers."
)
DRAWS, LEVEL, SEED = 2000, 0.95, 0
INTERVALS = (
    f"({100 * LEVEL:.0f} % intervals: {DRAWS} draws of sentences, seed {SEED}; for holder-other F "
    "those of Wilson, from the effective number of its rows)"
)
MACRO_F, OTHER, F_AVG, LESS = "macro-F", "holder-other F", "F_avg", "F_avg less the prior's"
GOALS = {
    "detection F": ">= .85",
    MACRO_F: ">= .75",
    "  neutral F": ">= .55",
    OTHER: ">= .50",
    LESS: ">= .05",
}
STANCES = ("support", "oppose", "neutral", "absent")
HOLDERS = ("self", "other", "unclear")

Floats: TypeAlias = npt.NDArray[np.float64]
Docvars: TypeAlias = Mapping[str, Mapping[str, str]]
Row: TypeAlias = dict[str, Any]


class Gold(NamedTuple):
    """Documents, the rows of their labels, and where the sentences of each start."""

    corpus: Corpus
    rows: list[Row]
    starts: dict[str, list[int]]
    program: Any


class Tables(NamedTuple):
    """Labels against predictions of each sentence, or of each draw: how many of each pair.

    `stances` has the shape (n, 4, 4), with "absent" for what only one side has; `holders` has the
    shape (n, 3, 3), over the mentions on both sides that have a stance in the labels.
    """

    stances: Floats
    holders: Floats


def read(root: Path, docvars: Docvars, /) -> Gold:
    """Return the labelled documents; offsets of the labels count from the start of the file."""
    spec: Any = importlib.util.spec_from_file_location("score", root / "gold" / "score.py")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    documents: list[Document] = []
    rows: list[Row] = []
    starts: dict[str, list[int]] = {}
    for name, columns in docvars.items():
        place = "seeds/000_acbdaf23a6818195.txt" if name == ESSAY else f"gold/{name}.txt"
        text = (root / place).read_bytes().decode("utf-8")
        documents.append(Document(name, text, columns))
        rows += program.rows(root / "gold" / f"{name}.gold.jsonl")
        with (root / "gold" / f"{name}.sents.tsv").open(encoding="utf-8") as lines:
            starts[name] = [int(line.split("\t")[1]) for line in lines]
    return Gold(Corpus(tuple(documents)), rows, starts, program)


def find(documents: Iterable[Document], /) -> list[Mention]:
    """Return the mentions that the rules find."""
    targets = load_lexicon("foreign-policy")
    return [mention for document in documents for mention in find_mentions(document, targets)]


def by_prior(found: Iterable[Mention], rows: Iterable[Row], /) -> list[Row]:
    """Return the mentions with the stance that most labels of their target have, if any."""
    balance: Counter[str] = Counter()
    for row in rows:
        balance[row["target"]] += {"support": 1, "oppose": -1}.get(row["stance"], 0)
    return [_relabelled(mention, label(balance[mention.target], 1)) for mention in found]


def by_sentiment(found: Iterable[Mention], corpus: Corpus, /) -> list[Row] | None:
    """Return the mentions with the sentiment of their sentences, None without the package."""
    read = sentiment()
    if read is None:
        return None
    return [_relabelled(m, read(corpus[m.doc].text[slice(*m.sentence_span)])) for m in found]


def _relabelled(mention: Mention, stance: StanceLabel, /) -> Row:
    """Return a mention with another stance, of the speaker."""
    return {**mention.to_dict(), "stance": stance, "holder": "self"}


def tables(gold: Gold, predicted: Sequence[Row], /) -> Tables:
    """Return the tables of every sentence that has labels, in one order for all predictions."""
    sentences = [(doc, k) for doc, starts in gold.starts.items() for k in range(len(starts))]
    place = {sentence: n for n, sentence in enumerate(sentences)}
    stances = np.zeros((len(sentences), len(STANCES), len(STANCES)))
    holders = np.zeros((len(sentences), len(HOLDERS), len(HOLDERS)))
    for want, got in _pairs(gold, predicted):
        row: Row = want or got or {}
        n = place[row["doc"], max(bisect_right(gold.starts[row["doc"]], row["start"]) - 1, 0)]
        sides = [side["stance"] if side else "absent" for side in (want, got)]
        stances[n, STANCES.index(sides[0]), STANCES.index(sides[1])] += 1
        if want and got and want["stance"] != "neutral":
            holders[n, HOLDERS.index(want["holder"]), HOLDERS.index(got["holder"])] += 1
    return Tables(stances, holders)


def _pairs(gold: Gold, predicted: Sequence[Row], /) -> Iterable[tuple[Row | None, Row | None]]:
    """Yield what the scoring program matches, and what it leaves alone on either side."""
    by_doc: tuple[dict[str, list[Row]], ...] = (defaultdict(list), defaultdict(list))
    for side, rows in zip(by_doc, (gold.rows, predicted), strict=True):
        for row in rows:
            if row["target"] != "other":
                side[row["doc"]].append(row)
    for doc, wanted in by_doc[0].items():
        end = max(row["end"] for row in wanted)  # of the part that has labels
        given = [row for row in by_doc[1][doc] if row["start"] < end]
        matched, used = gold.program.match(given, wanted)
        for k, row in enumerate(wanted):
            yield row, given[matched[k]] if k in matched else None
        yield from ((None, row) for k, row in enumerate(given) if k not in used)


def total(each: Tables, /) -> Tables:
    """Return the tables of all sentences together."""
    return Tables(*(table.sum(axis=0) for table in each))


def drawn(each: Tables, /) -> Tables:
    """Return the tables of random draws of sentences with replacement."""
    n = len(each.stances)
    times = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=DRAWS)
    return Tables(*(np.tensordot(times, table, axes=1) for table in each))


def figures(t: Tables, /) -> dict[str, Floats]:
    """Return every row of the table, of one table or of many draws.

    F of detection is that of finding a mention, whatever its stance; F_avg is the mean F of
    support and oppose over all mentions, missed and spurious ones too.
    """
    here = np.array([1.0, 1.0, 1.0, 0.0])
    matched = t.stances @ here @ here
    alone = t.stances @ (1 - here) @ here + t.stances @ here @ (1 - here)
    right = np.trace(t.holders, axis1=-2, axis2=-1)
    f = f_scores(t.stances[..., :3, :3])
    return {
        "detection F": np.asarray(2 * matched / (2 * matched + alone)),
        MACRO_F: np.asarray(f.mean(axis=-1)),
        "  support F": f[..., 0],
        "  oppose F": f[..., 1],
        "  neutral F": f[..., 2],
        "holder accuracy": np.asarray(right / t.holders.sum(axis=(-2, -1))),
        OTHER: f_scores(t.holders)[..., 1],
        F_AVG: np.asarray(f_scores(t.stances)[..., :2].mean(axis=-1)),
    }


def f_scores(table: Floats, /) -> Floats:
    """Return F of each class from tables of shape (..., k, k); NaN for a class never seen."""
    right = np.diagonal(table, axis1=-2, axis2=-1)
    sizes = np.asarray(table.sum(axis=-1) + table.sum(axis=-2))
    f = np.full_like(sizes, np.nan)
    np.divide(2 * right, sizes, out=f, where=sizes > 0)
    return f


def quantiles(draws: Floats, /) -> tuple[float, float]:
    """Return the limits that hold the middle of some draws."""
    low, high = np.nanquantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def other_limits(holders: Floats, /) -> tuple[float, float]:
    """Return the limits of F = 2j/(1 + j) from those of j, the share of tp in tp + fp + fn."""
    right = holders[:, 1, 1]
    rows = holders[:, 1, :].sum(axis=1) + holders[:, :, 1].sum(axis=1) - right
    if not rows.any():
        return np.nan, np.nan
    effective = rows.sum() ** 2 / (rows**2).sum()
    low, high = wilson(2 * right.sum() / rows.sum() - 1, effective, LEVEL)
    return float(2 * (low + 1) / (low + 3)), float(2 * (high + 1) / (high + 3))


def check(gold: Gold, predicted: Sequence[Row], figure: Mapping[str, Floats], /) -> None:
    """Hold the figures against those that the scoring program prints."""
    with redirect_stdout(io.StringIO()) as printed:
        gold.program.score(predicted, gold.rows)
    for name in (MACRO_F, F_AVG):
        (number,) = re.findall(rf"{name} (0\.\d+)", printed.getvalue())
        assert abs(float(number) - figure[name]) < 0.001, f"{name}: {number}, {figure[name]}"


def column(each: Tables, prior: Tables, /) -> dict[str, str]:
    """Return the cells of a column: every figure with its interval."""
    figure, draws = figures(total(each)), figures(drawn(each))
    limits = {
        name: other_limits(each.holders) if name == OTHER else quantiles(values)
        for name, values in draws.items()
    }
    cells = {
        name: f"{share(float(figure[name]))} [{share(low)}, {share(high)}]"
        for name, (low, high) in limits.items()
    }
    less = figure[F_AVG] - figures(total(prior))[F_AVG]
    low, high = quantiles(draws[F_AVG] - figures(drawn(prior))[F_AVG])
    return {**cells, LESS: f"{less:+.3f} [{low:+.3f}, {high:+.3f}]"}


def report(root: Path, title: str, docvars: Docvars, /) -> None:
    """Print the table of some documents."""
    gold = read(root, docvars)
    found = find(gold.corpus)
    predicted = {
        RULES: [mention.to_dict() for mention in found],
        PRIOR: by_prior(found, read(root, IN_VIEW).rows),
        VADER: by_sentiment(found, gold.corpus),
    }
    each: dict[str, Tables] = {}
    for name, rows in predicted.items():
        if rows is not None:
            each[name] = tables(gold, rows)
            check(gold, rows, figures(total(each[name])))
    columns = {name: column(one, each[PRIOR]) for name, one in each.items()}
    labels, others = each[RULES].stances[:, :3].sum(), each[RULES].holders[:, 1].sum()
    counts = f"{labels:.0f} labels, of them {others:.0f} found of other holders"
    show(
        f"labels {title}, {', '.join(docvars)}: {counts}",
        ("goal", *columns),
        ((row, GOALS.get(row, ""), *(c[row] for c in columns.values())) for row in columns[RULES]),
    )


def main(arguments: Sequence[str] | None = None, /) -> None:
    """Print the table of the documents in view, and on demand that of the held-out ones."""
    parser = argparse.ArgumentParser(description="Stance rules and baselines against labels.")
    parser.add_argument("--held-out", action="store_true", help="add the documents kept unread")
    given = parser.parse_args(arguments)
    root = data()
    if root is None:
        print("skipped: the environment variable DISCOURSE_DATA names no folder with gold/score.py")
        return
    print(f"{PROVENANCE}\n{INTERVALS}\n")
    if sentiment() is None:
        print(f"{NO_VADER}\n")
    report(root, "in view", IN_VIEW)
    if given.held_out:
        report(root, "held out", HELD_OUT)


if __name__ == "__main__":
    main()
