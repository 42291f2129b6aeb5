"""Score `StanceClassifier` beside a linear SVM of n-grams and the majority, on the same rows.

    DISCOURSE_DATA=... python -m benchmarks.classifier

The SVM is that of Mohammad et al. (2016), A dataset for detecting stance in tweets: presence of
1-3 words and of 2-5 characters. Where claims are the targets it sees the text alone, or the claim
before the text. All its penalties are shown; the best one is picked on the rows scored, which
favours it. The defaults of the classifier were chosen with these rows in view.
"""

from __future__ import annotations

import csv
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import f1_score
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.svm import LinearSVC

from discourse.estimators import StanceClassifier

PENALTIES = (0.001, 0.01, 0.1)


class Row(NamedTuple):
    """One labelled text; rows of one group are never both learned from and predicted."""

    text: str
    target: str
    stance: str
    group: str


Rows: TypeAlias = Sequence[Row]
Split: TypeAlias = tuple[Rows, Rows]
Predict: TypeAlias = Callable[[Rows, Rows], Sequence[str]]


def table(path: Path, /) -> Iterator[dict[str, str]]:
    """Yield the rows of a table with tabs, quotation marks being part of the text."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def perspectrum(root: Path, /) -> list[Split]:
    """Return the claims to learn from and the others to predict."""
    labels = {"SUPPORT": "support", "UNDERMINE": "oppose"}
    parts: dict[str, list[Row]] = {"train": [], "dev": []}
    for row in table(root / "perspectrum" / "perspectives_train_dev.tsv"):
        cells = row["perspective"], row["claim"], labels[row["stance3"]], row["claim_id"]
        parts[row["split"]].append(Row(*cells))
    return [(parts["train"], parts["dev"])]


def coal(root: Path, /) -> list[Split]:
    """Return the sentences with each speaker left out in turn; ties of the coders are left out."""
    labels = {
        "Pro-Subsidy": "support",
        "Anti-Subsidy": "oppose",
        "Neutral or inapplicable": "neutral",
    }
    rows = [
        Row(row["text"], "coal subsidies", labels[row["majority_label"]], row["name_last"])
        for row in table(root / "ep-coal-debate-2010" / "sentences_en_dev.tsv")
        if row["majority_label"] in labels
    ]
    return [
        ([row for row in rows if row.group != name], [row for row in rows if row.group == name])
        for name in sorted({row.group for row in rows})
    ]


SETS = {"perspectrum, train to dev": perspectrum, "coal debate, leave a speaker out": coal}


def classifier(train: Rows, test: Rows, /) -> Sequence[str]:
    """Return the predictions of the classifier as it comes."""
    model = StanceClassifier().fit([(r.text, r.target) for r in train], [r.stance for r in train])
    return [str(stance) for stance in model.predict([(r.text, r.target) for r in test])]


def majority(train: Rows, test: Rows, /) -> Sequence[str]:
    """Return the most frequent stance for every row."""
    ((stance, _),) = Counter(row.stance for row in train).most_common(1)
    return [stance] * len(test)


def svm(read: Callable[[Row], str], penalty: float, /) -> Predict:
    """Return what learns and predicts by n-grams of what is read of a row."""

    def predict(train: Rows, test: Rows, /) -> Sequence[str]:
        model = _pipeline(penalty).fit([read(r) for r in train], [r.stance for r in train])
        return [str(stance) for stance in model.predict([read(r) for r in test])]

    return predict


def _pipeline(penalty: float, /) -> Pipeline:
    grams = make_union(
        CountVectorizer(ngram_range=(1, 3), token_pattern=r"\S+", binary=True),
        CountVectorizer(analyzer="char", ngram_range=(2, 5), binary=True),
    )
    return make_pipeline(grams, LinearSVC(C=penalty, random_state=0, max_iter=10_000))


def scores(splits: Sequence[Split], predict: Predict, /) -> tuple[float, float]:
    """Return the mean F of support and oppose, and of all stances, over all rows predicted."""
    predicted = [stance for train, test in splits for stance in predict(train, test)]
    truth = [row.stance for _, test in splits for row in test]
    names = sorted(set(truth))
    f = dict(zip(names, f1_score(truth, predicted, labels=names, average=None), strict=True))
    return 100 * (f["support"] + f["oppose"]) / 2, 100 * float(np.mean(list(f.values())))


def report(name: str, splits: Sequence[Split], /) -> None:
    """Print the scores of one set."""
    print(f"== {name}: {sum(len(test) for _, test in splits):,} rows predicted\n")
    print(f"{'':34}F of both  F of all  seconds")
    rows = {"majority": majority, "classifier": classifier}
    readings: dict[str, Callable[[Row], str]] = {"text": lambda row: row.text}
    if len({row.target for row in splits[0][0]}) > 1:
        readings["claim and text"] = lambda row: f"{row.target} ||| {row.text}"
    for of, read in readings.items():
        rows |= {f"SVM of {of}, C = {c}": svm(read, c) for c in PENALTIES}
    for label, predict in rows.items():
        start = time.perf_counter()
        both, every = scores(splits, predict)
        print(f"{label:34}{both:9.1f}{every:10.1f}{time.perf_counter() - start:9.1f}", flush=True)
    print()


def main() -> None:
    """Print the scores of every set that is there."""
    root = Path(os.environ.get("DISCOURSE_DATA", ""), "data")
    for name, read in SETS.items():
        try:
            splits = read(root)
        except FileNotFoundError as error:
            print(f"skipped {name}: no {error.filename}; set DISCOURSE_DATA to the folder of data")
            continue
        report(name, splits)


if __name__ == "__main__":
    main()
