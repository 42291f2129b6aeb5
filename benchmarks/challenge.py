"""Score the stance rules on the challenge set, beside two baselines and the first run.

    python -m benchmarks.challenge

Needs no data but the seeds.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from benchmarks.baselines import NO_VADER, PRIOR, RULES, VADER, sentiment, share, show
from discourse import seeds_
from discourse.corpus import Document
from discourse.lexicon import Lexicon, load_lexicon
from discourse.stances import Mention
from discourse.stances.holder import Holder
from discourse.stances.mentions import StanceLabel, find_mentions

SPEAKER = {"country": "Velmora"}
EVERY = "sentences with a stance"
GOALS = {EVERY: ">= .90"}
NOTE = (
    "The first run of a batch counts: since then the rules have seen its sentences and are fitted "
    "to some degree. The prior knows the one sign of each target that fits its batch best."
)
ROWS = (
    EVERY, "  plain", "  long", "  idiom", "both of a pair", "neutral sentences",
    "where a side is taken", "holder self", "holder other",
)  # fmt: skip


class Sentence(NamedTuple):
    """One labelled sentence; the words from `start` to `end` name the target."""

    pair: int
    register: str
    target: str
    document: Document
    start: int
    end: int
    stance: StanceLabel
    holder: Holder


class Batch(NamedTuple):
    """Sentences written together."""

    name: str
    date: str
    sentences: tuple[Sentence, ...]


class Answer(NamedTuple):
    """What is said of one sentence."""

    stance: StanceLabel
    holder: Holder


Read: TypeAlias = Callable[[Sentence], Answer]
Shares: TypeAlias = Mapping[str, Counter[bool]]


def folder() -> Path:
    """Return the folder of the batches."""
    return Path(seeds_.path()) / "challenge"


def batches() -> Iterator[Batch]:
    """Yield every batch."""
    for file in sorted(folder().glob("batch-*.toml")):
        batch = tomllib.loads(file.read_text(encoding="utf-8"))
        yield Batch(file.stem, batch["date"], tuple(_sentences(file.stem, batch["pairs"])))


def _sentences(batch: str, pairs: Iterable[Mapping[str, Any]], /) -> Iterator[Sentence]:
    """Yield the sentences of some pairs, each as a document with a name of its own."""
    for number, pair in enumerate(pairs):
        for k, row in enumerate(pair["sentences"]):
            document = Document(f"{batch}, {number}.{k}", row["text"], SPEAKER)
            start = row["text"].index(row["mention"])
            end = start + len(row["mention"])
            yield Sentence(
                number, pair["register"], pair["target"], document, start, end,
                row["stance"], row["holder"],
            )  # fmt: skip


def targets() -> Lexicon:
    """Return the targets that the sentences are about."""
    return load_lexicon("foreign-policy")


def answer(sentence: Sentence, found: Iterable[Mention], /) -> Answer:
    """Return what the mention at the marked words says; neutral where none was found."""
    for m in found:
        if m.target == sentence.target and m.start < sentence.end and m.end > sentence.start:
            return Answer(m.stance, m.holder)
    return Answer("neutral", "unclear")


def by_rules() -> Read:
    """Return what reads a sentence by the rules."""
    lexicon = targets()
    return lambda sentence: answer(sentence, find_mentions(sentence.document, lexicon))


def by_prior(sentences: Iterable[Sentence], /) -> Read:
    """Return what gives each target the stance that most of some sentences have."""
    balance: Counter[str] = Counter()
    for sentence in sentences:
        balance[sentence.target] += {"support": 1, "oppose": -1}.get(sentence.stance, 0)
    return lambda s: Answer("support" if balance[s.target] >= 0 else "oppose", "self")


def by_sentiment() -> Read | None:
    """Return what reads the sentiment of a sentence, None without the package."""
    read = sentiment()
    if read is None:
        return None
    return lambda sentence: Answer(read(sentence.document.text), "self")


def score(sentences: Iterable[Sentence], read: Read, /) -> Shares:
    """Return how many answers are right and wrong, by row of the table."""
    shares: dict[str, Counter[bool]] = defaultdict(Counter)
    pairs: dict[int, bool] = {}
    for sentence in sentences:
        got = read(sentence)
        right = got.stance == sentence.stance
        if sentence.stance == "neutral":
            shares["neutral sentences"][right] += 1
            continue
        pairs[sentence.pair] = pairs.get(sentence.pair, True) and right
        shares[EVERY][right] += 1
        shares[f"  {sentence.register}"][right] += 1
        if got.stance != "neutral":
            shares["where a side is taken"][right] += 1
            shares[f"holder {sentence.holder}"][got.holder == sentence.holder] += 1
    shares["both of a pair"] = Counter(pairs.values())
    return shares


def first_runs() -> Mapping[str, Mapping[str, float]]:
    """Return the shares of the first run of each batch that has had one."""
    return tomllib.loads((folder() / "first-runs.toml").read_text(encoding="utf-8"))


def report(batch: Batch, first: Mapping[str, float], /) -> None:
    """Print the table of a batch."""
    read: dict[str, Read | None] = {
        RULES: by_rules(),
        PRIOR: by_prior(batch.sentences),
        VADER: by_sentiment(),
    }
    shares = {name: score(batch.sentences, r) for name, r in read.items() if r}
    rows: list[Sequence[str]] = []
    for row in ROWS:
        now = [shares[name][row] for name in shares]
        cells = [share(n[True] / n.total() if n else None) for n in now]
        rows.append(
            (row, str(now[0].total()), GOALS.get(row, ""), share(first.get(row.strip())), *cells)
        )
    title = f"challenge, {batch.name} of {batch.date}"
    show(title, ("number", "goal", "first run", *shares), rows)


def main() -> None:
    """Print the table of every batch."""
    print(f"{NOTE}\n")
    if by_sentiment() is None:
        print(f"{NO_VADER}\n")
    first = first_runs()
    for batch in batches():
        report(batch, first.get(batch.name, {}))


if __name__ == "__main__":
    main()
