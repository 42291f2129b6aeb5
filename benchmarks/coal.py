"""Score the stance rules on a debate about coal subsidies, sentences and speakers, beside others.

    DISCOURSE_DATA=... python -m benchmarks.coal [--file sentences_en_dev.tsv]

Many coders judged each sentence of the debate. The folder `coal` beside this module holds the
targets of the subject, the direction of each, and its cues; a sentence takes the sign of the sum of
the speaker's stances times the directions of their targets. A speaker's position is the mean over
all of his or her sentences, for the crowd over all codings. Without the data the program says so
and ends.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, cast

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata
from sklearn.pipeline import Pipeline, make_pipeline

import discourse as ds
from benchmarks.baselines import NO_VADER, PRIOR, RULES, VADER, sentiment, share, show
from discourse.stances import Mention
from discourse.stances.mentions import StanceLabel

OWN = Path(__file__).with_name("coal")
TARGETS, CUES = OWN / "targets.toml", OWN / "cues.toml"
LABELS = {"Pro-Subsidy": 1, "Neutral or inapplicable": 0, "Anti-Subsidy": -1}  # "TIE" is none
SIDES: Mapping[StanceLabel, int] = {"support": 1, "oppose": -1, "neutral": 0}
SVM = "TF-IDF + linear SVM"
COLUMNS = ("macro-F", "Pearson", "Spearman")
LEVEL = 0.95
PROVENANCE = (
    "Labels are majorities of 14 to 19 crowd coders a sentence (Benoit, Conway, Lauderdale, Laver "
    "& Mikhaylov 2016, APSR 110(2)); one debate of 2010 in official translations. Targets and cues "
    "were written from knowledge of the subject; their first version scored .480, .286 and .415 "
    "(macro-F, Pearson, Spearman), then the errors on these sentences were read: what is printed "
    "is fitted to some degree. The settings of the SVM are the best of 20 on these sentences."
)

Signs: TypeAlias = npt.NDArray[np.int64]  # of each sentence: 1 for the subsidies, -1 against them
Floats: TypeAlias = npt.NDArray[np.float64]


class Sentence(NamedTuple):
    """A sentence of a speaker, its label (None where the coders tie) and its codings."""

    name: str
    speaker: str
    group: str
    country: str
    label: int | None
    balance: int  # codings for the subsidies less those against them
    codings: int
    text: str


Sentences: TypeAlias = Sequence[Sentence]


class Scores(NamedTuple):
    """Macro-F of sentences, and the correlations of the means of speakers with the crowd's."""

    macro_f: float
    pearson: float
    spearman: float


def data(name: str = "sentences_en_dev.tsv", /) -> Path | None:
    """Return the file of the sentences, None where there is none."""
    file = Path(os.environ.get("DISCOURSE_DATA", ""), "data", "ep-coal-debate-2010", name)
    return file if file.is_file() else None


def read(file: Path, /) -> Sentences:
    """Return the sentences of a file, quotation marks being part of the text."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Sentence(
                row["sentence_id"],
                row["name_last"],
                row["ep_group"],
                row["country"],
                LABELS.get(row["majority_label"]),
                int(row["n_pro"]) - int(row["n_anti"]),
                int(row["n_codings"]),
                row["text"],
            )
            for row in rows
        ]


def find(sentences: Sentences, /) -> tuple[Mention, ...]:
    """Return every mention that the engine finds with the targets and cues of the subject."""
    corpus = ds.Corpus(tuple(ds.Document(s.name, s.text, _own(s)) for s in sentences))
    return ds.stance(corpus, targets=TARGETS, cues=CUES).found


def _own(sentence: Sentence, /) -> dict[str, str]:
    """Return whom a speaker speaks for; who belongs to no group speaks for the Commission."""
    return {
        "speaker": sentence.speaker,
        "party": sentence.group,
        "country": sentence.country,
        "organisation": "European Union, EU" if sentence.group else "Commission",
    }


def directions() -> Mapping[str, int]:
    """Return whether support of a target speaks for the subsidies, 1, or against them, -1."""
    content = tomllib.loads(TARGETS.read_text(encoding="utf-8"))
    return cast("dict[str, int]", content["direction"])


def signs(found: Iterable[Mention], sentences: Sentences, /) -> Signs:
    """Return the sign of each sentence: that of its stances, held by the speaker, summed up.

    A stance counts 1 (support) or -1 (oppose) times the direction of its target.
    """
    direction, total = directions(), Counter[str]()
    for mention in found:
        if mention.holder == "self":
            total[mention.doc] += SIDES[mention.stance] * direction[mention.target]
    return _signs(total[s.name] for s in sentences)


def prior(found: Iterable[Mention], sentences: Sentences, /) -> Signs:
    """Return the sign of each sentence if every target that is found had its usual one."""
    direction, total = directions(), Counter[str]()
    for mention in found:
        total[mention.doc] += direction[mention.target]
    return _signs(total[s.name] for s in sentences)


def _signs(values: Iterable[int], /) -> Signs:
    return np.sign(np.fromiter(values, dtype=np.int64))


def svm(sentences: Sentences, /) -> Signs:
    """Return what a linear SVM of TF-IDF says of each speaker, learned from all the others.

    Of C in .1 to 10, with and without weights of classes and logarithmic counts, the settings are
    those of the best macro-F on the first half of the speakers, which favours it there.
    """
    predicted = np.zeros(len(sentences), dtype=np.int64)
    for speaker in {s.speaker for s in sentences}:
        train = [s for s in sentences if s.speaker != speaker and s.label is not None]
        at = [i for i, s in enumerate(sentences) if s.speaker == speaker]
        model = _model().fit([s.text for s in train], [s.label for s in train])
        predicted[at] = model.predict([sentences[i].text for i in at])
    return predicted


def _model() -> Pipeline:
    text: Any = importlib.import_module("sklearn.feature_extraction.text")
    machines: Any = importlib.import_module("sklearn.svm")
    grams = text.TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    return make_pipeline(grams, machines.LinearSVC(class_weight="balanced", random_state=0))


def by_sentiment(sentences: Sentences, /) -> Signs | None:
    """Return the sign of the sentiment of each sentence; None without the package."""
    of = sentiment()
    return None if of is None else _signs(SIDES[of(s.text)] for s in sentences)


def majority(sentences: Sentences, /) -> Signs:
    """Return the most frequent label for every sentence."""
    ((label, _),) = Counter(s.label for s in sentences if s.label is not None).most_common(1)
    return np.full(len(sentences), label)


def score(predicted: Signs, sentences: Sentences, /) -> Scores:
    """Return the scores of the signs given to sentences.

    Sentences on which the coders tie have no part in macro-F, but in the means of speakers.
    Correlations are NaN where all speakers have one mean.
    """
    return _score(*_by_speaker(predicted, sentences))


def bootstrap(predicted: Signs, sentences: Sentences, /, *, draws: int, seed: int) -> Floats:
    """Return the scores of random draws of speakers with replacement, shape (draws, 3).

    One seed draws the same speakers for every row of the table, so that rows can be subtracted.
    """
    confusions, means = _by_speaker(predicted, sentences)
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(means), size=(draws, len(means)))
    return np.array([_score(confusions[one], means[one]) for one in drawn])


def _by_speaker(predicted: Signs, sentences: Sentences, /) -> tuple[Floats, Floats]:
    """Return of each speaker the confusions, shape (n, 3, 3), and both means, shape (n, 2)."""
    speakers = sorted({s.speaker for s in sentences})
    confusions, means = np.zeros((len(speakers), 3, 3)), np.zeros((len(speakers), 2))
    for i, speaker in enumerate(speakers):
        at = [j for j, s in enumerate(sentences) if s.speaker == speaker]
        for j in at:
            label = sentences[j].label
            if label is not None:
                confusions[i, label + 1, predicted[j] + 1] += 1
        codings = sum(sentences[j].codings for j in at)
        means[i] = sum(sentences[j].balance for j in at) / codings, predicted[at].mean()
    return confusions, means


def _score(confusions: Floats, means: Floats, /) -> Scores:
    """Return the scores of some speakers."""
    table = confusions.sum(axis=0)
    sizes = table.sum(axis=0) + table.sum(axis=1)
    f = 2 * np.diag(table) / np.maximum(sizes, 1)
    if (np.ptp(means, axis=0) == 0).any():
        return Scores(float(f.mean()), np.nan, np.nan)
    return Scores(float(f.mean()), _correlation(means), _correlation(rankdata(means, axis=0)))


def _correlation(pairs: Floats, /) -> float:
    crowd, own = (pairs - pairs.mean(axis=0)).T
    return float(crowd @ own / np.sqrt((crowd @ crowd) * (own @ own)))


def cells(scores: Floats, draws: Floats, /) -> list[str]:
    """Return each score with the limits of its interval, a dash where there is none."""
    tails = [50 * (1 - LEVEL), 50 * (1 + LEVEL)]
    found: list[str] = []
    for value, drawn in zip(scores.tolist(), draws.T, strict=True):
        low, high = np.nanpercentile(drawn, tails) if np.isfinite(value) else (np.nan, np.nan)
        limits = "" if np.isnan(value) else f" [{low:.3f}, {high:.3f}]"
        found.append(f"{share(value)}{limits}")
    return found


def report(sentences: Sentences, /, *, draws: int, seed: int) -> None:
    """Print the rows of the table, and the rules less the SVM."""
    found = find(sentences)
    rows = {
        RULES: signs(found, sentences),
        SVM: svm(sentences),
        PRIOR: prior(found, sentences),
        VADER: by_sentiment(sentences),
        "majority class": majority(sentences),
    }
    values = {
        name: (
            np.array(score(predicted, sentences)),
            bootstrap(predicted, sentences, draws=draws, seed=seed),
        )
        for name, predicted in rows.items()
        if predicted is not None
    }
    (rules, rules_drawn), (other, other_drawn) = values[RULES], values[SVM]
    values["rules less SVM"] = rules - other, rules_drawn - other_drawn
    ties = sum(s.label is None for s in sentences)
    title = (
        f"coal debate: {len(sentences) - ties} sentences, {ties} ties left out, "
        f"{len({s.speaker for s in sentences})} speakers; {100 * LEVEL:.0f} % intervals from "
        f"{draws} draws of speakers, seed {seed}"
    )
    show(title, COLUMNS, [(name, *cells(*value)) for name, value in values.items()])
    if rows[VADER] is None:
        print(NO_VADER)


def main(arguments: Sequence[str] | None = None, /) -> None:
    """Print the table of one file of sentences."""
    parser = argparse.ArgumentParser(description="Stance rules and baselines on a debate on coal.")
    parser.add_argument("--file", default="sentences_en_dev.tsv", help="in ep-coal-debate-2010")
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    file = data(given.file)
    if file is None:
        print(f"skipped: DISCOURSE_DATA names no folder with {given.file}")
        return
    print(f"{PROVENANCE}\n")
    report(read(file), draws=given.draws, seed=given.seed)


if __name__ == "__main__":
    main()
