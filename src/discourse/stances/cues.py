"""The cue lexicon: words and phrases that express a stance, with their two numbers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast, get_args

from discourse import seeds_
from discourse.errors import OptionError, ReadError, did_you_mean
from discourse.record import digest
from discourse.stances.grammar import grammar, plural, table

CueClass: TypeAlias = Literal["promote", "reduce", "harm", "blame", "neutral"]
Form: TypeAlias = Literal[
    "verb", "noun", "adjective", "predicate", "subject", "operator", "negator", "phrase"
]

# What a cue does to its object, and the stance toward the object when nothing stands above it.
NUMBERS: dict[str, tuple[int, int]] = {
    "promote": (1, 1),
    "reduce": (-1, -1),
    "harm": (-1, 1),
    "blame": (1, -1),
    "neutral": (1, 0),
}
GAP = "..."
POSSESSIVE = "one's"
REFLEXIVE = "oneself"


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the lexicon.

    `words` are what must stand in the text one after the other; the first is any of `heads`.
    `after` are the words that follow the target when the entry has a gap, `needs` the words
    without which a sentence cannot hold the entry.
    """

    entry: str
    cue_class: CueClass
    form: Form
    strength: int
    heads: Mapping[str, frozenset[str]]  # inflected first word -> kinds of form
    words: tuple[str, ...]
    after: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()

    @property
    def effect(self) -> int:
        """+1 if the cue makes more of its object, -1 if less."""
        return NUMBERS[self.cue_class][0]

    @property
    def is_verb(self) -> bool:
        """Whether its first word is a verb that inflects."""
        return any("ing" in kinds for kinds in self.heads.values())

    @property
    def leads_on(self) -> bool:
        """Whether its last word leads to an object: "harmful to", not "in ruins"."""
        return _leads_on(self.words[-1])

    @property
    def default(self) -> int:
        """The stance toward the object when no operator stands above: +1, -1 or 0."""
        return NUMBERS[self.cue_class][1]


@dataclass(frozen=True, slots=True, eq=False)
class CueLexicon:
    """Cues by the first word they may begin with, and the words that strengthen or weaken."""

    by_head: Mapping[str, tuple[Cue, ...]]
    verbs: Mapping[str, frozenset[str]]  # every form of every cue verb -> kinds
    nouns: frozenset[str]  # heads of nominal cues
    compounds: Mapping[str, Cue]  # "alleviation" for "poverty alleviation"
    strengtheners: frozenset[str]
    weakeners: frozenset[str]
    digest: str


@cache
def lexicon() -> CueLexicon:
    """Return the English cues of the seeds, inflected."""
    return build(seeds_.toml("stance", "english-cues"))


Cues: TypeAlias = CueLexicon | Mapping[str, Any] | str | Path


def as_cues(own: Cues | None, /) -> CueLexicon:
    """Return the cues of the seeds with a user's own; what both list is the user's.

    Parameters
    ----------
    own : CueLexicon, mapping, str or Path, optional
        A lexicon is taken as it is; else the path or content of a file in the format of
        `stance/english-cues.toml`: blocks ``[[cues]]`` with `class`, `form`, `entries` and,
        where it is not 2, `strength`.

    Raises
    ------
    ReadError
        If the file cannot be read.
    OptionError
        If a block has no entries, or a class or form that does not exist.
    """
    if own is None:
        return lexicon()
    if isinstance(own, CueLexicon):
        return own
    content = own if isinstance(own, Mapping) else _read(Path(own).expanduser())
    blocks = content.get("cues", ())
    for block in blocks:
        _check(block)
    seed = seeds_.toml("stance", "english-cues")
    taken = {(block["form"], entry) for block in blocks for entry in _entries(block)}
    kept = [
        {**block, "entries": [e for e in _entries(block) if (block["form"], e) not in taken]}
        for block in seed["cues"]
    ]
    return build({**seed, "cues": [*blocks, *kept]})


def _entries(block: Mapping[str, Any], /) -> Sequence[str]:
    """Return the entries of a block: a list, or one text in which bars stand between them."""
    entries: Sequence[str] | str = block["entries"]
    return [e.strip() for e in entries.split("|")] if isinstance(entries, str) else entries


def _read(path: Path, /) -> Mapping[str, Any]:
    """Return the content of a cue file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ReadError(str(path), f"is no TOML file of cues: {error}") from error


def _check(block: Mapping[str, Any], /) -> None:
    """Refuse a block of cues that says nothing or what no rule understands."""
    allowed = {"form": get_args(Form), "class": get_args(CueClass)}
    for key, names in allowed.items():
        value = block.get(key, "reduce" if block.get("form") == "negator" else None)
        if value not in names:
            msg = f"{key} of a block of cues must be one of {names}; got {value!r}."
            raise OptionError("cues", f"{msg}{did_you_mean(str(value), names)}")
    entries = _entries(block) if "entries" in block else None
    if not isinstance(entries, (list, tuple)) or not all(
        isinstance(entry, str) and entry.split() for entry in cast("Sequence[object]", entries)
    ):
        msg = f"entries of a block of cues must be a list of words; got {entries!r:.60}."
        raise OptionError("cues", msg)


def build(seed: Mapping[str, Any], /) -> CueLexicon:
    """Return a cue lexicon from the content of a cue file."""
    by_head: dict[str, list[Cue]] = {}
    verbs: dict[str, set[str]] = {}
    nouns: set[str] = set()
    compounds: dict[str, Cue] = {}
    cues = tuple(_cues(seed))
    for cue in cues:
        is_verb = cue.is_verb
        for head, kinds in cue.heads.items():
            by_head.setdefault(head, []).append(cue)
            if is_verb:
                verbs.setdefault(head, set()).update(kinds)
            if cue.form == "noun":
                nouns.add(head)
                if cue.words[1:] == ("of",) and cue.strength > 1 and head == cue.words[0]:
                    compounds[head] = cue
    return CueLexicon(
        {head: tuple(cues) for head, cues in by_head.items()},
        {word: frozenset(kinds) for word, kinds in verbs.items()},
        frozenset(nouns),
        compounds,
        frozenset(seed["strengtheners"]["words"]),
        frozenset(seed["weakeners"]["words"]),
        digest(f"{c.form} {c.entry} {c.cue_class} {c.strength}" for c in cues),
    )


def _cues(seed: Mapping[str, Any], /) -> Iterator[Cue]:
    """Yield the entries of a cue file."""
    for block in seed["cues"]:
        form: Form = block["form"]
        # A negator only flips; it has the effect of `reduce` and no stance of its own.
        cue_class: CueClass = block.get("class", "reduce")
        for entry in _entries(block):
            words = [_bare(word) for word in _HYPHEN.sub(" ", entry).split()]
            gap = words.index(GAP) if GAP in words else len(words)
            before, after = words[:gap], words[gap + 1 :]
            heads = _heads(form, before)
            yield Cue(
                entry,
                cue_class,
                form,
                int(block.get("strength", 2)),
                heads,
                tuple(before),
                tuple(after),
                _needs(form, [*before[1:], *after]),
            )


# A text is split at hyphens as well; "-ing" stands for a form.
def _bare(word: str, /) -> str:
    """Return a word of an entry as texts are read: without the 's of a possessive."""
    return word if word == POSSESSIVE else word.removesuffix("'s").removesuffix("'")


_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
# Words of entries that other words may stand for.
VARIABLE = frozenset({POSSESSIVE, REFLEXIVE, "-ing", "on", "towards"})


def _needs(form: Form, words: Sequence[str], /) -> frozenset[str]:
    """Return the words of an entry that can stand in one form only."""
    fixed = grammar().classes["prepositions"] if form in {"noun", "predicate"} else None
    return frozenset(
        [word for word in words if word not in VARIABLE and (fixed is None or word in fixed)]
    )


_INFLECTED = {"verb", "subject", "operator"}


def _heads(form: Form, words: Sequence[str], /) -> Mapping[str, frozenset[str]]:
    """Return the forms that the first word of an entry may take."""
    first = words[0]
    if form in {"noun", "predicate"}:
        return _nominal_forms(form, first, inflects=_head_index(words) == 0)
    if form == "verb" or (form in _INFLECTED and _is_verb(first)):
        return _verb_forms(first)
    if form == "adjective" and len(words) == 1:
        return dict.fromkeys([first, *superlatives(first)], frozenset({form}))
    return {first: frozenset({form})}


@cache
def superlatives(adjective: str, /) -> tuple[str, ...]:
    """Return the superlative in -est of a short adjective, none of a long one.

    "The slightest" only means "any".
    """
    if adjective == "slight":
        return ()
    vowels = len(_VOWELS.findall(adjective.removesuffix("e")))
    if adjective.endswith(("ed", "ing", "est", "ful", "less", "ous")) or vowels > 2 or not vowels:
        return ()
    if adjective.endswith("y"):
        return (adjective.removesuffix("y") + "iest",)
    if adjective.endswith("e"):
        return (adjective + "st",)
    if adjective.endswith("el"):
        return (adjective + "est", adjective + "lest")
    if vowels > 1:
        return (adjective + "est",) if adjective.endswith(("er", "ow")) else ()
    doubled = _SHORT.fullmatch(adjective) is not None
    return (adjective + adjective[-1] + "est" if doubled else adjective + "est",)


_VOWELS = re.compile("[aeiouy]+")
_SHORT = re.compile("[^aeiou]*[aeiou][bdgmnpt]")


@cache
def _nominal_forms(form: Form, first: str, /, *, inflects: bool) -> Mapping[str, frozenset[str]]:
    """Return the singular and the plural of a noun that heads its entry."""
    kinds = frozenset({form})
    return {first: kinds, plural(first): kinds} if inflects else {first: kinds}


@cache
def _verb_forms(base: str, /) -> Mapping[str, frozenset[str]]:
    """Return the forms of a verb."""
    if base == "be":
        return {word: frozenset({"be"}) for word in grammar().classes["be"]}
    return {word: frozenset(kinds) for word, kinds in table().forms(base).items()}


@cache
def _is_verb(word: str, /) -> bool:
    """Tell whether the first word of a subject or operator entry inflects as a verb."""
    closed = ("modals", "negators", "prepositions", "determiners", "adverbs", "adjectives")
    named = word.endswith(_NOMINAL) and not grammar().is_in(word, "noun_verbs")
    return word.isalpha() and not named and not grammar().is_in(word, *closed)


_NOMINAL = ("ship", "ness", "tion", "sion", "ity", "ism", "ance", "ence")


def _leads_on(word: str, /) -> bool:
    """Tell whether an object must follow a word."""
    return word == "to" or grammar().is_in(word, "prepositions")


def _head_index(words: Sequence[str], /) -> int:
    """Return which word of a nominal entry is its head: the last before the preposition."""
    return len(words) - 2 if len(words) > 1 and _leads_on(words[-1]) else len(words) - 1
