"""The words, cues and noun phrases of a tagged sentence, and the walks over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from discourse.stances.cues import Cue, CueLexicon
from discourse.stances.grammar import Grammar
from discourse.stances.words import NOMINAL, PUNCTUATION, Tag, Word

_HEADS = frozenset({Tag.NOUN, Tag.PRON, Tag.DET})
_PASSED = frozenset({Tag.ADV, Tag.QUOTE})
_DENYING = frozenset({"no", "neither", "less", "fewer", "little", "scant", "small", "scarce"})


class Phrase(NamedTuple):
    """A noun phrase: words `start` to `end` (exclusive)."""

    start: int
    end: int


class Found(NamedTuple):
    """A cue at words `start` to `end` (exclusive); a gap in it is not part of the span."""

    start: int
    end: int
    cue: Cue


class _Texts(dict[int, str]):
    """Words by their index; '' outside the sentence."""

    __slots__ = ()

    def __missing__(self, i: int, /) -> str:
        """Return what stands outside the sentence."""
        return ""


class CuesAt(dict[int, list[Found]]):
    """Cues by a place at which they begin or end, in order."""

    __slots__ = ()

    def __missing__(self, i: int, /) -> list[Found]:
        """Return that no cue begins or ends there."""
        return []


@dataclass(slots=True)
class Phrases:
    """A tagged sentence with its cues, and its noun phrases.

    `targets` are the phrases of the targets (without determiners and modifiers). The rules ask
    for the same things again and again, so that what a walk finds is remembered.
    """

    words: Sequence[Word]
    targets: tuple[Phrase, ...]
    grammar: Grammar
    lexicon: CueLexicon
    cues: tuple[Found, ...] = field(init=False, default=())
    gapped: tuple[Found, ...] = field(init=False, repr=False, default=())
    starting: CuesAt = field(init=False, repr=False, default_factory=CuesAt)
    ending: CuesAt = field(init=False, repr=False, default_factory=CuesAt)
    # The tag at an index, None outside the sentence; the folded word there, '' outside.
    tag: Callable[[int], Tag | None] = field(init=False, repr=False)
    text: Callable[[int], str] = field(init=False, repr=False)
    _lefts: list[int] = field(init=False, repr=False)
    _rights: list[int] = field(init=False, repr=False)
    _phrase_starts: dict[int, int] = field(init=False, repr=False, default_factory=dict[int, int])

    def __post_init__(self) -> None:
        """Look up each word once."""
        tags = [word.tag for word in self.words]
        self.tag = dict(enumerate(tags)).get
        self.text = _Texts(enumerate([word.text for word in self.words])).__getitem__
        self._lefts, self._rights = _skipping(tags)

    def add_cues(self, cues: tuple[Found, ...], /) -> None:
        """Set the cues, in order of place."""
        self.cues = cues
        self.gapped = tuple(found for found in cues if found.cue.after)
        for found in cues:
            self.starting.setdefault(found.start, []).append(found)
            self.ending.setdefault(found.end, []).append(found)

    # -- looking at words ----------------------------------------------------------------------

    def is_adverb(self, i: int, /) -> bool:
        """Tell whether a word is an adverb of manner, even where it names a target."""
        text = self.text(i)
        return text.endswith("ly") and not self.grammar.is_in(text, "ly_adjectives", "ly_others")

    def left(self, i: int, /) -> int:
        """Return the nearest index left of `i` that is neither adverb nor quotation mark."""
        return self._lefts[i] if 0 <= i < len(self._lefts) else i - 1

    def right(self, i: int, /) -> int:
        """Return the nearest index from `i` on that is neither adverb nor quotation mark."""
        return self._rights[i] if 0 <= i < len(self._rights) else i

    def spelled_to(self, i: int, name: str, /) -> int | None:
        """Return where the longest entry of a class of the grammar begins that ends at `i`."""
        for words in self.grammar.entries_by_end(name).get(self.text(i), ()):
            first = i - len(words) + 1
            if first >= 0 and all(self.text(first + k) == word for k, word in enumerate(words)):
                return first
        return None

    def phrase_words(self, start: int, end: int, /) -> tuple[str, ...]:
        """Return the folded words of a span, punctuation left out."""
        return tuple(w.text for w in self.words[start:end] if w.tag not in PUNCTUATION)

    # -- cues ----------------------------------------------------------------------------------

    def ending_at(self, i: int, forms: Collection[str], /) -> Found | None:
        """Return the longest cue of these forms, without gap, whose last word is at `i`."""
        found = [f for f in self.ending[i + 1] if f.cue.form in forms and not f.cue.after]
        if not found:
            return None
        # "committed to" is an adjective after "are", a verb after "have".
        return min(found, key=self._rank)

    def _rank(self, found: Found, /) -> tuple[int, bool, bool, str]:
        """Return what the best of the cues that end at a word has least of."""
        return found.start, self._is_other(found), self._bends(found), found.cue.entry

    def _is_other(self, found: Found, /) -> bool:
        """Tell whether a cue stands on a word of another kind, so that others win."""
        form, tag = found.cue.form, self.tag(found.start)
        return (form == "verb" and tag is Tag.ED) or (
            form == "adjective" and tag in {Tag.VERB, Tag.PREP}
        )

    def _bends(self, found: Found, /) -> bool:
        """Tell whether a noun is inflected, for which another entry may list the very form."""
        return found.cue.form == "noun" and self.text(found.start) != found.cue.words[0]

    def starting_at(self, i: int, forms: Collection[str], /) -> Found | None:
        """Return the longest cue of these forms, without gap, whose first word is at `i`."""
        found = [f for f in self.starting[i] if f.cue.form in forms and not f.cue.after]
        return max(found, key=lambda f: (f.end, f.cue.entry)) if found else None

    def shortest_at(self, i: int, forms: Collection[str], /) -> Found | None:
        """Return the cue of one word of these forms at `i`."""
        found = (f for f in self.starting[i] if f.end == i + 1 and f.cue.form in forms)
        return next((f for f in found if not f.cue.after), None)

    # -- noun phrases --------------------------------------------------------------------------

    def phrase(self, head: Phrase, /) -> Phrase:
        """Return the noun phrase around a head: its modifiers, determiner and compound nouns."""
        return Phrase(self.phrase_start(head.start), self.phrase_end(head.end))

    def phrase_start(self, i: int, /) -> int:
        """Return where the noun phrase begins that the word at `i` belongs to."""
        start = self._phrase_starts.get(i)
        if start is None:
            start = self._phrase_starts[i] = self._find_phrase_start(i)
        return start

    def _find_phrase_start(self, i: int, /) -> int:
        """Walk to where the noun phrase begins that the word at `i` belongs to."""
        while i > 0 and not any(self._is_closed(found) for found in self.ending[i]):
            tag = self.tag(i - 1)
            if tag in {Tag.DET, Tag.POSS}:
                i -= 1
                joins = self.text(i) == "other" and self.tag(i - 1) is Tag.CC
                if joins and self.tag(i - 2) is Tag.ADJ:
                    i -= 2  # "nuclear and other arms"
                    continue
                # "the world's most bitter wars": the possessive goes on to the left
                superlative = self.text(i) in {"most", "least"} and self.tag(i - 1) is Tag.NOUN
                counted = self.text(i - 1) == "than"  # "more than seven decades"
                if self.tag(i - 1) not in {Tag.DET, Tag.POSS} and not (superlative or counted):
                    break
            elif (
                tag in NOMINAL
                or self.words[i].joined
                or (
                    tag is Tag.QUOTE
                    and self.tag(i - 2) in NOMINAL
                    and self.tag(i - 2) is not Tag.NOUN
                )
                or (tag is Tag.ADV and self.tag(i) is Tag.ADJ)
                or (tag is Tag.ADV and self.tag(i - 2) is Tag.POSS)  # "its forward bases"
            ):
                i -= 1
            elif (self.text(i - 1) == "than" and self.text(i - 2) in {"more", "less", "fewer"}) or (
                tag in {Tag.CC, Tag.COMMA} and self.tag(i) is Tag.ADJ and self.tag(i - 2) is Tag.ADJ
            ):
                i -= 2
            else:
                break
        return i

    def _is_closed(self, found: Found, /) -> bool:
        """Tell whether what follows a cue is no part of its last noun phrase: "hold dear X"."""
        if found.cue.form == "phrase":
            return True
        several = found.cue.form == "verb" and len(found.cue.words) > 1
        return several and self.tag(found.end - 1) in {Tag.ADJ, Tag.NOUN}

    def phrase_end(self, i: int, /) -> int:
        """Return where the noun phrase ends whose words so far end at `i` (exclusive)."""
        while i < len(self.words) and (self.tag(i) is Tag.NOUN or self.words[i].joined):
            i += 1
        return i

    def noun_phrase_end(self, i: int, /) -> int:
        """Return where the noun phrase ends that begins at `i`."""
        while self.tag(i) in NOMINAL:
            i += 1
        return i

    def outermost(self, i: int, /) -> Phrase:
        """Return the noun phrase or pronoun that ends at `i`, or the one around it: "N of N"."""
        start, end = (i if self.tag(i) is Tag.PRON else self.phrase_start(i)), i + 1
        head = self._head_before(start)
        while self.tag(self.left(start)) is Tag.PREP and self.tag(head) in _HEADS:
            start = head if self.tag(head) is Tag.PRON else self.phrase_start(head)
            end = head + 1
            head = self._head_before(start)
        return Phrase(start, end)

    def _head_before(self, start: int, /) -> int:
        """Return the noun before a preposition: "progress in", "progress made in"."""
        head = self.left(self.left(start))
        participle = self.tag(head) is Tag.ED and self.tag(self.left(head)) is Tag.NOUN
        return self.left(head) if participle else head

    def has_determiner_no(self, phrase: Phrase, /) -> bool:
        """Tell whether the phrase is negated: "no country", "no such sanctions"."""
        return self.text(phrase.start) in _DENYING


def _skipping(tags: Sequence[Tag], /) -> tuple[list[int], list[int]]:
    """Return for each index the nearest before it, and from it on, that no walk passes over."""
    lefts: list[int] = []
    rights = list(range(len(tags) + 1))
    last = -1
    for i, tag in enumerate(tags):
        lefts.append(last)
        last = last if tag in _PASSED else i
    lefts.append(last)
    for i in reversed(range(len(tags))):
        if tags[i] in _PASSED:
            rights[i] = rights[i + 1]
    return lefts, rights
