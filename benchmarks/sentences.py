"""Compare rules that divide texts into sentences: on hard cases, on real speeches, and in speed.

    DISCOURSE_DATA=... python -m benchmarks.sentences

prints, for every library that is installed, precision, recall and F of the places where sentences
begin, over the cases of `tests/sentences.txt`; by kind, the share of cases without an error; how
many places in real speeches it agrees on with this library; and seconds for a million characters.
The other libraries are told the language of each case where they know it; this one never is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from importlib import import_module
from importlib.util import find_spec
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import discourse as ds
from benchmarks.texts import data_folder, speeches

CASES = Path(__file__).resolve().parents[1] / "tests" / "sentences.txt"
SPEECHES = 120  # their text, to agree upon

Starts: TypeAlias = AbstractSet[int]
Splitter: TypeAlias = Callable[[str, str], Starts]


class Case(NamedTuple):
    """A text, and where its sentences begin."""

    language: str
    kind: str
    text: str
    starts: Starts


def read_cases(path: Path = CASES, /) -> list[Case]:
    """Return the labelled cases: `|` stands where a new sentence begins, `/` for a line end."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [_case(language, kind, marked) for language, kind, marked in rows]


def _case(language: str, kind: str, marked: str, /) -> Case:
    """Return the case without its marks; a `/` within a word or number stands for itself."""
    pieces = marked.replace("/", "\n").split("|")
    starts = accumulate(map(len, pieces[:-1]), initial=0)
    return Case(language, kind, "".join(pieces), frozenset(starts))


def own(text: str, _language: str, /) -> Starts:
    """Return where sentences begin by the rules of this library."""
    return {segment.start for segment in ds.Document("text", text).segments("sentence")}


def _placed(text: str, sentences: list[str], /) -> Starts:
    """Return where these pieces of a text begin, which may have changed its white space."""
    starts, at = set[int](), 0
    for sentence in filter(None, map(str.strip, sentences)):
        words = sentence.split()
        at = text.index(words[0], at)
        starts.add(at)
        for word in words:
            at = text.index(word, at) + len(word)
    return starts


def _pysbd() -> Splitter:
    """Return pysbd's rules."""
    pysbd: Any = import_module("pysbd")
    codes: Any = import_module("pysbd.languages").LANGUAGE_CODES
    known: dict[str, Any] = {}

    def split(text: str, language: str) -> Starts:
        code = language if language in codes else "en"
        if code not in known:
            known[code] = pysbd.Segmenter(language=code, clean=False)
        return _placed(text, known[code].segment(text))

    return split


def _syntok() -> Splitter:
    """Return syntok's rules, which know English, German and Spanish."""
    segmenter: Any = import_module("syntok.segmenter")

    def split(text: str, _language: str) -> Starts:
        return {
            sentence[0].offset for paragraph in segmenter.analyze(text) for sentence in paragraph
        }

    return split


def _blingfire() -> Splitter:
    """Return the finite automaton of Blingfire."""
    blingfire: Any = import_module("blingfire")

    def split(text: str, _language: str) -> Starts:
        return _placed(text, blingfire.text_to_sentences(text).split("\n"))

    return split


def splitters() -> dict[str, Splitter]:
    """Return the rules of this library and of every other that is installed."""
    others: Mapping[str, Callable[[], Splitter]] = {
        "pysbd": _pysbd,
        "syntok": _syntok,
        "blingfire": _blingfire,
    }
    found = {name: make() for name, make in others.items() if find_spec(name)}
    return {"discourse": own, **found}


def f_score(split: Splitter, cases: list[Case], /) -> tuple[float, float, float]:
    """Return precision, recall and F of the starts of all sentences but the first of each text."""
    hits = found = wanted = 0
    for case in cases:
        got = split(case.text, case.language) - {0}
        hits += len(got & case.starts)
        found += len(got)
        wanted += len(case.starts) - 1
    precision, recall = hits / max(found, 1), hits / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def right(split: Splitter, cases: list[Case], /) -> float:
    """Return the share of cases without an error."""
    return sum(split(c.text, c.language) | {0} == c.starts for c in cases) / len(cases)


def _real(folder: Path, /) -> Iterator[str]:
    """Yield speeches spread over all that there are."""
    every = list(speeches(folder))
    yield from islice(every, 0, None, max(1, len(every) // SPEECHES))


def main() -> None:
    """Print the tables."""
    cases = read_cases()
    rules = splitters()
    kinds = sorted({case.kind for case in cases})
    print(f"{len(cases)} cases".ljust(14), "precision recall F    right", *kinds, sep="  ")
    for name, split in rules.items():
        shares = [right(split, [c for c in cases if c.kind == kind]) for kind in kinds]
        numbers = [*f_score(split, cases), right(split, cases), *shares]
        print(name.ljust(14), *(f"{number:.3f}" for number in numbers), sep="  ")
    if folder := data_folder():
        _on_speeches(list(_real(folder)), rules)


def _on_speeches(texts: list[str], rules: Mapping[str, Splitter], /) -> None:
    """Print how far the rules agree on real speeches, and how long they take."""
    size = sum(map(len, texts)) / 1e6
    print(f"\n{len(texts)} speeches, {size:.1f} MB: sentences, F against discourse, s/MB")
    expected = [own(text, "en") for text in texts]
    for name, split in rules.items():
        began = time.perf_counter()
        got = [split(text, "en") for text in texts]
        took = (time.perf_counter() - began) / size
        shared = sum(len(a & b) for a, b in zip(expected, got, strict=True))
        total = sum(map(len, got))
        agreed = 2 * shared / (total + sum(map(len, expected)))
        print(f"{name:14}  {total:8,}  {agreed:.3f}  {took:.2f}")


if __name__ == "__main__":
    main()
