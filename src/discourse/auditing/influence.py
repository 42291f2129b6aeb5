"""What leaving out one entry of a lexicon changes in the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.auditing.clauses import Clause, Matcher, Span
from discourse.auditing.result import Measure
from discourse.labelled import FloatArray, same
from discourse.stances import Mention, StanceVectors

Found: TypeAlias = tuple[str, str, Span]  # document, category, span in the document
Sides: TypeAlias = npt.NDArray[np.int64]  # support, oppose, mentioned; documents; targets


class Value(NamedTuple):
    """A number of a category, or of a pair of documents, before and after."""

    measure: Measure
    of: str
    before: float
    after: float


class Exchange(NamedTuple):
    """What goes when an entry is left out, and what then takes its place."""

    gone: tuple[Found, ...]
    come: tuple[Found, ...]


def exchange(matcher: Matcher, clauses: Sequence[Clause], number: int, /) -> Exchange:
    """Return what leaving out an entry changes in the clauses where it wins."""
    gone: list[Found] = []
    come: list[Found] = []
    for clause in clauses:
        before, after = matcher.matches(clause), matcher.matches(clause, without=number)
        for matches, found in ((before - after, gone), (after - before, come)):
            found += [(clause.doc, name, clause.place(span)) for span, name in sorted(matches)]
    return Exchange(tuple(gone), tuple(come))


class KeywordRates:
    """Matches of each category per 1,000 tokens of the corpus."""

    def __init__(self, counts: Mapping[str, int], n_tokens: int, /) -> None:
        self.counts = counts
        self.n_tokens = n_tokens

    def values(self, change: Exchange, /) -> Iterator[Value]:
        """Yield the rate of each category that changes, before and after."""
        step: dict[str, int] = {}
        for found, sign in ((change.gone, -1), (change.come, 1)):
            for _, name, _ in found:
                step[name] = step.get(name, 0) + sign
        for name, by in sorted(step.items()):
            if by:
                per_token = 1000 / self.n_tokens
                before = self.counts[name] * per_token
                yield Value("rate", name, before, (self.counts[name] + by) * per_token)


class StanceNumbers:
    """Balance and salience of each target over the corpus, and agreement of its documents.

    Stances are not read again: what takes the place of a mention has its stance, as replacing a
    target by another changes no stance.
    """

    def __init__(self, stance: StanceVectors, /) -> None:
        self.stance = stance
        self.sides = np.stack([stance.support, stance.oppose, stance.mentioned])
        self.mentions = {(m.doc, m.target, m.start): m for m in stance.found}
        self.row = {name: i for i, name in enumerate(stance.docs)}
        self.column = {name: j for j, name in enumerate(stance.targets)}
        self.agreement = _agreement(self.sides, range(len(stance.docs)))

    def values(self, change: Exchange, /) -> Iterator[Value]:
        """Yield balance and salience of targets that change, and the agreement that does most."""
        after, touched, rows = self.sides.copy(), set[int](), set[int]()
        for mention, target, sign in self._steps(change):
            i, j = self.row[mention.doc], self.column[target]
            after[2, i, j] += sign
            if mention.holder != "other" or self.stance.holders == "all":
                after[0, i, j] += sign * (mention.stance == "support")
                after[1, i, j] += sign * (mention.stance == "oppose")
            touched.add(j)
            rows.add(i)
        for j in sorted(touched):
            of = self.stance.targets[j]
            balance = Value("balance", of, _balance(self.sides, j), _balance(after, j))
            salience = Value("salience", of, _salience(self.sides, j), _salience(after, j))
            yield from (v for v in (balance, salience) if not same(v.before, v.after))
        if rows:
            yield from self._pair(after, sorted(rows))

    def _steps(self, change: Exchange, /) -> Iterator[tuple[Mention, str, int]]:
        """Yield each mention that goes, and again under the target that takes its place."""
        gone: dict[str, list[tuple[Mention, Span]]] = {}
        for doc, name, span in change.gone:
            mention = self.mentions.get((doc, name, span[0]))
            if mention is not None:
                gone.setdefault(doc, []).append((mention, span))
                yield mention, name, -1
        for doc, target, (start, end) in change.come:
            over = (m for m, span in gone.get(doc, ()) if start < span[1] and span[0] < end)
            replaced = next(over, None)
            if replaced is not None:
                yield replaced, target, 1

    def _pair(self, sides: Sides, rows: Sequence[int], /) -> Iterator[Value]:
        """Yield the agreement that changes most; one that ceases to exist changes without bound."""
        before, after = self.agreement[rows], _agreement(sides, rows)
        change = np.abs(after - before)
        change[np.isnan(after) & ~np.isnan(before)] = np.inf
        change[np.isnan(before)] = 0
        change[np.arange(len(rows)), rows] = 0  # of a document with itself
        if change.size and change.max() > 0:
            i, j = np.unravel_index(np.argmax(change), change.shape)
            pair = sorted((rows[int(i)], int(j)))
            of = " ~ ".join(self.stance.docs[n] for n in pair)
            yield Value("agreement", of, float(before[i, j]), float(after[i, j]))


def _balance(sides: Sides, j: int, /) -> float:
    """Return (S - O)/(S + O) of a target over all documents, NaN without evidence."""
    support, oppose = int(sides[0, :, j].sum()), int(sides[1, :, j].sum())
    return (support - oppose) / (support + oppose) if support + oppose else float("nan")


def _salience(sides: Sides, j: int, /) -> float:
    """Return the share of a target in all mentions, NaN without any."""
    total = int(sides[2].sum())
    return int(sides[2, :, j].sum()) / total if total else float("nan")


def _agreement(sides: Sides, rows: Sequence[int], /) -> FloatArray:
    """Return the agreement of some documents with all, NaN where they share no target.

    ``sum(sqrt(n_a n_b) s_a s_b) / sum(sqrt(n_a n_b))`` over targets, n the evidence and s the
    balance of a document.
    """
    evidence = sides[0] + sides[1]
    weight = np.sqrt(evidence)
    signed = (sides[0] - sides[1]) / np.maximum(weight, 1)
    shared = weight[rows] @ weight.T
    with np.errstate(invalid="ignore"):
        return np.asarray((signed[rows] @ signed.T) / np.where(shared > 0, shared, np.nan))
