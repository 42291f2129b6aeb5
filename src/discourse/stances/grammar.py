"""Word classes and verb forms of English, read once from the seeds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from discourse import seeds_

VOWELS = frozenset("aeiou")
# One syllable that ends in one vowel and one consonant doubles it: "bin", "binned".
_SHORT = re.compile(r"(?:qu|[^aeiou])*[aeiou][^aeiouwxy]")


@dataclass(frozen=True, slots=True)
class VerbTable:
    """Inflection: what the seeds list as irregular, and the regular rules."""

    irregular: Mapping[str, tuple[str, str]]
    third: Mapping[str, str]
    gerund: Mapping[str, str]
    doubling: frozenset[str]
    both: frozenset[str]

    def forms(self, base: str, /) -> dict[str, set[str]]:
        """Return the inflected forms of a base: form -> {"base", "s", "ing", "past", "part"}."""
        out: dict[str, set[str]] = {}
        past, participle = self.irregular.get(base, ("", ""))
        named = [
            ("base", {base}),
            ("s", {self.third.get(base) or _third(base)}),
            ("ing", {self.gerund[base]} if base in self.gerund else self._suffixed(base, "ing")),
            ("past", {past} if past else self._suffixed(base, "ed")),
            ("part", {participle} if participle else self._suffixed(base, "ed")),
        ]
        for kind, words in named:
            for word in words:
                out.setdefault(word, set()).add(kind)
        return out

    def _suffixed(self, base: str, suffix: str, /) -> set[str]:
        """Return base + suffix by the regular rules, both spellings where both are in use."""
        doubled, plain = base + base[-1] + suffix, _plain(base, suffix)
        if base in self.both:
            return {doubled, plain}
        return {doubled} if base in self.doubling or _SHORT.fullmatch(base) else {plain}


def _third(base: str, /) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _plain(base: str, suffix: str, /) -> str:
    if suffix == "ing" and base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not (suffix == "ing" and base.endswith(("ee", "oe", "ye"))):
        return base[:-1] + suffix
    if suffix == "ed" and base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ied"
    return base + suffix


def plural(noun: str, /) -> str:
    """Return the regular plural of a noun, which is formed as the third person of a verb.

    Examples
    --------
    >>> plural("ally"), plural("threat")
    ('allies', 'threats')
    """
    return _third(noun)


class _Unions(dict[tuple[str, ...], frozenset[str]]):
    """The words of several classes together, by the names of the classes."""

    def __init__(self, classes: Mapping[str, frozenset[str]], /) -> None:
        super().__init__()
        self.classes = classes

    def __missing__(self, names: tuple[str, ...], /) -> frozenset[str]:
        union = self[names] = frozenset[str]().union(*(self.classes[name] for name in names))
        return union


class _Endings(dict[str, dict[str, list[tuple[str, ...]]]]):
    """The entries of a class by their last word, the longest first; by the name of the class."""

    def __init__(self, classes: Mapping[str, frozenset[str]], /) -> None:
        super().__init__()
        self.classes = classes

    def __missing__(self, name: str, /) -> dict[str, list[tuple[str, ...]]]:
        by_last: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(map(str.split, self.classes[name]), key=len, reverse=True):
            by_last.setdefault(words[-1], []).append(tuple(words))
        self[name] = by_last
        return by_last


@dataclass(frozen=True, slots=True)
class Grammar:
    """The classes of words as sets, and every known verb form."""

    classes: Mapping[str, frozenset[str]]
    table: VerbTable
    verbs: Mapping[str, frozenset[str]]  # word -> kinds of form
    base_of: Mapping[str, str]  # word -> base, for the verbs that grammar lists
    _unions: _Unions = field(init=False, repr=False)
    _endings: _Endings = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make room for what is worked out of the classes when it is first asked for."""
        object.__setattr__(self, "_unions", _Unions(self.classes))
        object.__setattr__(self, "_endings", _Endings(self.classes))

    def is_in(self, word: str, *names: str) -> bool:
        """Tell whether a word is in one of the named classes."""
        return word in self._unions[names]

    def sign(self, word: str, good: str, bad: str, /) -> int:
        """Return +1 for a word of the first class, -1 for one of the second, else 0."""
        return int(word in self.classes[good]) - int(word in self.classes[bad])

    def entries_by_end(self, name: str, /) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """Return the entries of a class by their last word, as words, the longest first."""
        return self._endings[name]


@cache
def table() -> VerbTable:
    """Return the inflection of English verbs."""
    seed = seeds_.toml("stance", "irregular-verbs")
    return VerbTable(
        {base: (pair[0], pair[1]) for base, pair in seed["forms"].items()},
        seed.get("third", {}),
        seed.get("gerund", {}),
        frozenset(seed["doubling"]),
        frozenset(seed["both"]),
    )


@cache
def grammar() -> Grammar:
    """Return the grammar of the seeds."""
    seed = seeds_.toml("stance", "english-grammar")
    values = seeds_.toml("stance", "english-values")
    by_meaning: dict[str, list[str]] = values["verbs"]
    classes = {
        key: frozenset(map(str, cast("list[object]", value)))
        for key, value in {**values, **by_meaning, **seed}.items()
        if isinstance(value, list)
    }
    verbs: dict[str, set[str]] = {}
    base_of: dict[str, str] = {}
    classes["reporting_heads"] = frozenset(entry.split()[0] for entry in classes["reporting"])
    bases = classes["reporting_heads"].union(seed["verbs"], *by_meaning.values())
    for base in sorted(bases.union(table().irregular)):
        for word, kinds in table().forms(base).items():
            verbs.setdefault(word, set()).update(kinds)
            base_of.setdefault(word, base)
    return Grammar(classes, table(), {w: frozenset(k) for w, k in verbs.items()}, base_of)
