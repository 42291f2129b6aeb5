"""Where the cues of the lexicon stand in a tagged sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from discourse.stances.cues import POSSESSIVE, REFLEXIVE, VARIABLE, Cue, CueLexicon, Form
from discourse.stances.phrases import Found, Phrase
from discourse.stances.syntax import Sentence
from discourse.stances.words import NOMINAL, Tag

_TAGS: dict[Form, frozenset[Tag]] = {
    "verb": frozenset({Tag.VERB, Tag.ING, Tag.ED, Tag.HAVE, Tag.DO}),
    "subject": frozenset({Tag.VERB, Tag.ING, Tag.ED, Tag.BE, Tag.HAVE, Tag.DO}),
    "noun": frozenset({Tag.NOUN, Tag.ING, Tag.ADJ}),
    "adjective": frozenset({Tag.ADJ, Tag.ED, Tag.ING, Tag.NOUN, Tag.VERB}),
}
_ANY_TAG = frozenset(Tag)


class _Entry(NamedTuple):
    """A cue that a word may begin; `number` is its place among the cues of that word."""

    number: int
    cue: Cue
    tags: frozenset[Tag]  # of the first word
    needs: frozenset[str]  # words without which, or without whose plural, it cannot stand here


class _Head(NamedTuple):
    """The cues that a word may begin: those of which nothing is needed, and the others."""

    free: tuple[_Entry, ...]
    needing: Mapping[str, tuple[_Entry, ...]]  # by one of the words that each needs
    needed: frozenset[str]

    def among(self, present: frozenset[str], /) -> Iterable[_Entry]:
        """Return, in order, the cues that a sentence of these words can hold."""
        if self.needed.isdisjoint(present):
            return self.free
        needed = self.needed & present
        more = [e for word in needed for e in self.needing[word] if e.needs <= present]
        return sorted((*self.free, *more)) if more else self.free


class _Heads(dict[str, _Head]):
    """The cues of a lexicon by the words that may begin them, worked out once a text has one."""

    def __init__(self, lexicon: CueLexicon, /) -> None:
        super().__init__()
        self._cues = lexicon.by_head

    def __missing__(self, word: str, /) -> _Head:
        """Return what a word may begin, which is remembered; a KeyError where it begins none."""
        head = self[word] = _head(self._cues[word])
        return head


@lru_cache(maxsize=4)
def _heads(lexicon: CueLexicon, /) -> _Heads:
    """Return the cues of a lexicon by the words that may begin them."""
    return _Heads(lexicon)


def _head(cues: Sequence[Cue], /) -> _Head:
    """Return the cues of a word by what they need; the longest word is the rarest."""
    free: list[_Entry] = []
    needing: dict[str, list[_Entry]] = {}
    for number, cue in enumerate(cues):
        needs = cue.needs.union(cue.words[1:]) - VARIABLE
        rarest = max(needs, key=lambda word: (len(word), word), default=None)
        own = free if rarest is None else needing.setdefault(rarest, [])
        tags = _TAGS.get(cue.form, _ANY_TAG)
        if cue.form == "adjective" and len(cue.words) > 1:
            tags = tags | {Tag.PREP, Tag.ADV}  # "out of touch", "up in arms about"
        own.append(_Entry(number, cue, tags, needs))
    return _Head(
        tuple(free), {word: tuple(own) for word, own in needing.items()}, frozenset(needing)
    )


def find_cues(sentence: Sentence, /) -> tuple[Found, ...]:
    """Return every cue in a sentence, in order of place."""
    found: list[Found] = []
    heads = _heads(sentence.lexicon)
    texts = [word.text for word in sentence.words]
    present = frozenset([*texts, *(text[:-1] for text in texts if text.endswith("s"))])
    for i, word in enumerate(sentence.words):
        if word.text not in sentence.lexicon.by_head:
            continue
        head = heads[word.text]
        hyphened = i + 1 < len(sentence.words) and sentence.words[i + 1].joined
        for _, cue, tags, _ in head.among(present):
            if word.tag in tags or (hyphened and len(cue.words) > 1):
                end = _match(sentence, cue, i)
                if end is not None:
                    found.append(Found(i, end, cue))
    return tuple(found)


def match_open(sentence: Sentence, cue: Cue, start: int, /) -> int | None:
    """Return where a cue ends that begins at `start` and lacks its last word, the preposition."""
    return _match(sentence, replace(cue, words=cue.words[:-1]), start)


def _match(sentence: Sentence, cue: Cue, start: int, /) -> int | None:
    """Return where a cue ends that begins at `start`, None if it does not stand there."""
    at = start
    for wanted in cue.words[1:]:
        following = _following(sentence, cue, at, wanted)
        if following is None:
            return None
        at = following
    return at + 1


def _following(sentence: Sentence, cue: Cue, at: int, wanted: str, /) -> int | None:
    """Return where the next word of an entry stands, whose words so far end at `at`."""
    if _fits(sentence, at + 1, wanted, cue):
        return at + 1
    # The entry itself may hold adverbs; between its words others may stand.
    beside = sentence.right(at + 1)
    denied = beside + (wanted == "to" and sentence.tag(beside) is Tag.NEG)  # "decide not to"
    if sentence.text(beside) == "than" and sentence.text(beside + 1) == "ever":
        beside += 2  # "more devoted than ever to"
    if cue.form == "operator" and cue.words[0] == "be" and sentence.tag(at) is Tag.BE:
        denied = beside + (sentence.tag(beside) is Tag.NEG)  # "are not prepared to"
    places = (beside, denied, _past_object(sentence, cue, at + 1))
    return next((i for i in places if _fits(sentence, i, wanted, cue)), None)


def _past_object(sentence: Sentence, cue: Cue, i: int, /) -> int:
    """Return the index past a pronoun or determiner within a predicate: "bring us hope"."""
    if cue.form == "subject":
        while sentence.tag(i) in {Tag.PRON, Tag.POSS, Tag.DET}:
            i += 1
    return i


def _fits(sentence: Sentence, i: int, wanted: str, cue: Cue, /) -> bool:
    """Tell whether the word at `i` is the one an entry asks for."""
    text = sentence.text(i)
    if wanted in VARIABLE:
        return _stands_for(sentence, i, wanted)
    if text == wanted:
        return True
    inflects = cue.form in {"noun", "predicate"} and text == wanted + "s"
    return inflects and not sentence.grammar.is_in(wanted, "prepositions")


def _stands_for(sentence: Sentence, i: int, wanted: str, /) -> bool:
    """Tell whether the word at `i` is one of those that a word of an entry stands for."""
    text = sentence.text(i)
    if wanted == POSSESSIVE:
        return sentence.tag(i) is Tag.POSS
    if wanted == REFLEXIVE:
        return text.endswith(("self", "selves"))
    if wanted == "-ing":
        return sentence.tag(i) is Tag.ING
    return text in {"on", "upon"} if wanted == "on" else text in {"towards", "toward"}


_PARTICLES = frozenset({"through", "off", "out", "up", "down"})


def match_after(sentence: Sentence, found: Found, phrase: Phrase, /) -> bool:
    """Tell whether the words after the gap of a cue follow the phrase in the gap.

    Other words may stand between: "put the peace of the region at risk".
    """
    limit = min(len(sentence.words), phrase.end + 10)
    after = found.cue.after
    # The last nouns of what looks like a compound may be the end of the cue: "make X history".
    for i in range(max(phrase.start + 1, phrase.end - len(after)), limit):
        if sentence.tag(i) is Tag.STOP:
            return False
        led_on = sentence.tag(i + 1) in NOMINAL and i > phrase.end
        if after[0] in _PARTICLES and len(after) == 1 and led_on:
            continue  # "see a queue of people through the glass"
        at = i
        for wanted in after:
            if not _fits(sentence, at, wanted, found.cue):
                break
            at = at + 1
        else:
            return True
    return False
