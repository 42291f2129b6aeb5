"""Leave out each scope rule in turn and show what the labelled sets lose by it.

    DISCOURSE_DATA=... python -m benchmarks.ablation

Without a rule the next one that decides takes its place. The last column counts labels over all
sets: how many more are wrong without the rule, neutral ones included. A rule that gains none of
them is marked. Sets that are absent are skipped, and the program says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias
from unittest.mock import patch

from benchmarks import challenge, coal, gold
from benchmarks.baselines import data, show
from discourse.stances import Mention, mentions
from discourse.stances.asides import Core
from discourse.stances.chain import Link
from discourse.stances.phrases import Phrase
from discourse.stances.rules import RULES
from discourse.stances.words import Word

Found: TypeAlias = Mapping[str, Sequence[Mention]]  # of each document


class Score(NamedTuple):
    """A figure between 0 and 1, and how many labels are right."""

    figure: float
    right: int


class Labelled(NamedTuple):
    """A set with labels: how its documents are read, and scored."""

    name: str
    docs: frozenset[str]
    find: Callable[[frozenset[str]], Iterable[Mention]]
    score: Callable[[Found], Score]


class Part(NamedTuple):
    """A set as all rules read it."""

    labelled: Labelled
    found: Found
    score: Score


class Switch(NamedTuple):
    """What is left out: a name in the module of mentions, and what stands in for it there."""

    name: str
    place: str
    off: object


def challenge_set() -> Labelled:
    """Return all batches of the challenge; the figure is accuracy where there is a stance."""
    sentences = {s.document.id: s for batch in challenge.batches() for s in batch.sentences}

    def find(docs: frozenset[str], /) -> Iterable[Mention]:
        return gold.find(s.document for name, s in sentences.items() if name in docs)

    def score(found: Found, /) -> Score:
        answers = {name: challenge.answer(s, found.get(name, ())) for name, s in sentences.items()}
        right = [s for name, s in sentences.items() if answers[name].stance == s.stance]
        sided = sum(s.stance != "neutral" for s in sentences.values())
        return Score(sum(s.stance != "neutral" for s in right) / sided, len(right))

    return Labelled("challenge, accuracy", frozenset(sentences), find, score)


def gold_set() -> Labelled | None:
    """Return the labelled documents in view, None without them; the figure is macro-F."""
    root = data()
    if root is None:
        return None
    labels = gold.read(root, gold.IN_VIEW)

    def find(docs: frozenset[str], /) -> Iterable[Mention]:
        return gold.find(document for document in labels.corpus if document.id in docs)

    def score(found: Found, /) -> Score:
        rows = [mention.to_dict() for each in found.values() for mention in each]
        t = gold.total(gold.tables(labels, rows))
        return Score(float(gold.figures(t)[gold.MACRO_F]), int(t.stances[:3, :3].trace()))

    return Labelled("labels in view, macro-F", frozenset(labels.corpus.ids), find, score)


def coal_set() -> Labelled | None:
    """Return the debate on coal, None without it; the figure is macro-F of sentences."""
    file = coal.data()
    if file is None:
        return None
    sentences = coal.read(file)

    def find(docs: frozenset[str], /) -> Iterable[Mention]:
        return coal.find([s for s in sentences if s.name in docs])

    def score(found: Found, /) -> Score:
        signs = coal.signs((m for each in found.values() for m in each), sentences)
        right = sum(s.label == sign for s, sign in zip(sentences, signs, strict=True))
        return Score(coal.score(signs, sentences).macro_f, right)

    return Labelled("coal, macro-F", frozenset(s.name for s in sentences), find, score)


def by_doc(found: Iterable[Mention], /) -> dict[str, list[Mention]]:
    """Return the mentions of each document, which come one document after the other."""
    return {doc: list(own) for doc, own in groupby(found, lambda mention: mention.doc)}


def parts() -> Iterator[Part]:
    """Yield every set that is at hand as all rules read it."""
    sets = {"challenge": challenge_set(), "gold": gold_set(), "coal": coal_set()}
    for name, labelled in sets.items():
        if labelled is None:
            print(f"skipped {name}: the environment variable DISCOURSE_DATA names no folder of it")
            continue
        found = by_doc(labelled.find(labelled.docs))
        yield Part(labelled, found, labelled.score(found))


def switches() -> Iterator[Switch]:
    """Yield what is left out: each rule in turn, then what is done before and after all rules."""
    for name, _ in RULES:
        yield Switch(name, "RULES", [rule for rule in RULES if rule[0] != name])
    yield Switch("leaving out asides", "without_asides", _whole)
    yield Switch("what clauses above deny", "denials", _no_denials)


def _no_denials(*_: object) -> tuple[Link, ...]:
    return ()


def _whole(words: Sequence[Word], targets: Sequence[Phrase], *_: object) -> Core:
    """Return a sentence with its asides."""
    return Core(list(words), tuple(targets))


def decides(switch: Switch, part: Part, /) -> dict[str, int]:
    """Return how many mentions a rule decides in each document that has any."""
    counts = {doc: sum(m.rule == switch.name for m in own) for doc, own in part.found.items()}
    return {doc: n for doc, n in counts.items() if n}


def without(switch: Switch, part: Part, /) -> Score:
    """Return the score of a set without a rule, reading again only the documents it decides in."""
    is_rule = switch.place == "RULES"
    docs = frozenset(decides(switch, part)) if is_rule else part.labelled.docs
    if not docs:
        return part.score
    kept = {doc: own for doc, own in part.found.items() if doc not in docs}
    with patch.object(mentions, switch.place, switch.off):
        return part.labelled.score({**kept, **by_doc(part.labelled.find(docs))})


def row(switch: Switch, given: Sequence[Part], /) -> tuple[str, ...]:
    """Return a row of the table."""
    scores = [(without(switch, part), part.score) for part in given]
    lost = sum(less.right - whole.right for less, whole in scores)
    n = sum(sum(decides(switch, part).values()) for part in given)
    return (
        switch.name,
        f"{n}" if switch.place == "RULES" else "",
        *(f"{less.figure - whole.figure:+.3f}" for less, whole in scores),
        f"{lost:+d}",
        "" if lost < 0 else "gains nothing",
    )


def main() -> None:
    """Print what is lost without each rule."""
    given = list(parts())
    figures = (f"{part.score.figure:.3f}" for part in given)
    whole = ("everything", "", *figures, f"{sum(part.score.right for part in given)}", "")
    names = (part.labelled.name for part in given)
    rows = [whole, *(row(switch, given) for switch in switches())]
    show("without", ("decides", *names, "labels right", ""), rows)


if __name__ == "__main__":
    main()
