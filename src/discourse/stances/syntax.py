"""Coordination and clause borders in a tagged sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from discourse.stances.phrases import Phrase, Phrases
from discourse.stances.words import NOMINAL, Tag

FINITE = frozenset({Tag.VERB, Tag.BE, Tag.MODAL, Tag.HAVE, Tag.DO})


@dataclass(slots=True)
class Sentence(Phrases):
    """A tagged sentence with its cues, and the walks over it that the rules share."""

    _clause_starts: dict[int, int] = field(init=False, repr=False, default_factory=dict[int, int])

    # -- coordination --------------------------------------------------------------------------

    def conjunct_before(self, phrase: Phrase, /) -> Phrase | None:
        """Return the noun phrase that `phrase` is coordinated with on its left.

        A list of noun phrases shares one governor: "oppose A, B and C".
        """
        i = self.additive(phrase)
        if i is None:
            i = self.left(phrase.start)
            if self.tag(i) is Tag.CC and self.text(i) != "yet":
                if self._starts_clause(i, phrase):
                    return None
                i = self.left(i)
                while self.tag(i) is Tag.COMMA or self.text(i) in {"either", "both"}:
                    i = self.left(i)
            elif self.tag(i) is Tag.COMMA and self._in_list(i, phrase):
                i = self.left(i)
            else:
                return None
        if self._is_listed_gerund(i):
            return Phrase(i, i + 1)
        poor = self.tag(i) is Tag.ADJ and self.tag(self.phrase_start(i)) is Tag.DET  # "the poor"
        if self.tag(i) is not Tag.NOUN and not poor:
            return None
        before = Phrase(self.phrase_start(i), i + 1)
        over = self.left(before.start)
        if self._turns_down(phrase) and self.text(over) == "over":  # "A over B, C over D"
            return Phrase(self.phrase_start(over - 1), over)
        return before

    def _is_listed_gerund(self, i: int, /) -> bool:
        """Tell whether a gerund is a member of a list of nouns: "gambling, whaling or A"."""
        return self.tag(i) is Tag.ING and self.tag(self.left(i)) in {Tag.COMMA, Tag.CC}

    def _turns_down(self, phrase: Phrase, /) -> bool:
        """Tell whether "over" follows a phrase: it is what is chosen."""
        return self.text(self.right(phrase.end)) == "over"

    def additive(self, phrase: Phrase, /) -> int | None:
        """Return the index before "as well as" and its like, if they stand before the phrase."""
        i = phrase.start - 1
        while self.tag(i) is Tag.COMMA or self.text(i) in {"among", "others"}:
            i -= 1  # "including, among others, X"
        first = self.spelled_to(i, "additive")
        return self.left(first) if first else None

    def _starts_clause(self, conjunction: int, phrase: Phrase, /) -> bool:
        """Tell whether a conjunction joins clauses: finite verbs before and after."""
        if self.tag(self.right(phrase.end)) not in FINITE:
            return False
        return any(
            self.tag(j) in FINITE and self.tag(self.left(j)) is not Tag.TO
            for j in range(self.clause_start(conjunction), conjunction)
        )

    def _in_list(self, comma: int, phrase: Phrase, /) -> bool:
        """Tell whether a comma separates members of a list, which a conjunction closes."""
        if self.is_fronted(comma):
            return False
        if self._turns_down(phrase) or any(
            self.tag(j) is Tag.CC for j in range(phrase.start, phrase.end)
        ):
            return True
        i = phrase.end
        while i < len(self.words) and i < phrase.end + 24:
            tag = self.tag(i)
            if tag is Tag.CC:  # also "or standing committees"
                after = self.right(i + 1)
                after += self.tag(after) is Tag.ING
                return self.tag(after) in NOMINAL
            if tag not in NOMINAL and tag not in {Tag.COMMA, Tag.PREP, Tag.ADV, Tag.QUOTE}:
                return False
            i += 1
        return False

    def is_fronted(self, comma: int, /) -> bool:
        """Tell whether a comma closes a fronted phrase: "In the face of war, peace must ..."."""
        start = self.clause_start(comma)
        opens = self.tag(start) in {Tag.PREP, Tag.ING, Tag.ED, Tag.SUB, Tag.TO}
        return opens and not any(self.tag(j) in FINITE for j in range(start + 1, comma))

    # -- clauses -------------------------------------------------------------------------------

    def clause_start(self, i: int, /) -> int:
        """Return where the clause begins that contains the word at `i`.

        Clauses end at ; : dashes and brackets, at subordinators and relatives, and at
        conjunctions that are followed by a subject and a finite verb.
        """
        start = self._clause_starts.get(i)
        if start is None:
            start = self._clause_starts[i] = self._find_clause_start(i)
        return start

    def _find_clause_start(self, i: int, /) -> int:
        """Walk to where the clause begins that contains the word at `i`."""
        j = i - 1
        while j >= 0:
            tag = self.tag(j)
            if tag is Tag.STOP or tag in {Tag.SUB, Tag.REL}:
                return j + 1
            if tag is Tag.CC and self._subject_follows(j, i):
                return j + 1
            j -= 1
        return 0

    def _subject_follows(self, conjunction: int, limit: int, /) -> bool:
        """Tell whether a subject and its finite verb follow a conjunction before `limit`."""
        i = self.right(conjunction + 1)
        begin = i
        while i <= limit and (
            self.tag(i) in NOMINAL or self.tag(i) in {Tag.PRON, Tag.PREP, Tag.ADV}
        ):
            i += 1
        if i == begin or self.tag(i) not in FINITE:
            return False
        return any(self.tag(j) in FINITE for j in range(conjunction))

    def finite_between(self, start: int, end: int, /) -> bool:
        """Tell whether a finite verb stands in a span."""
        return any(self.tag(j) in FINITE for j in range(start, end))

    def past_aside(self, i: int, /) -> int:
        """Return `i`, or if a comma stands there the word before the aside that it closes."""
        if self.tag(i) is not Tag.COMMA:
            return i
        opening = next(
            (j for j in range(i - 1, max(-1, i - 26), -1) if self.tag(j) is Tag.COMMA), i
        )
        relative = self.tag(opening + 1) is Tag.REL
        return self.left(opening if relative or not self.finite_between(opening, i) else i)

    def past_relative(self, i: int, /) -> int:
        """Return `i`, or if it ends a relative clause the word before that clause.

        "The general who led the front maintained": the general maintained.
        """
        for j in range(i - 1, max(0, i - 20), -1):
            if self.tag(j) in {Tag.COMMA, Tag.STOP, Tag.SUB}:
                return i
            if self.tag(j) is Tag.REL:
                noun = self.left(j)
                noun = self.left(noun) if self.tag(noun) is Tag.PREP else noun  # "to which"
                within = self.finite_between(j + 1, i + 1)
                return noun if within and self.tag(noun) in {Tag.NOUN, Tag.PRON, Tag.ADJ} else i
        return i


def base_form(s: Sentence, i: int, /) -> str:
    """Return the base form of the verb at `i`, or the word itself if it is no known verb."""
    text = s.text(i)
    if text in s.grammar.base_of:
        return s.grammar.base_of[text]
    for ending, base in (
        ("ing", "e"),
        ("ing", ""),
        ("ied", "y"),
        ("ies", "y"),
        ("ed", ""),
        ("d", ""),
        ("es", ""),
        ("s", ""),
    ):
        stem = text.removesuffix(ending) + base
        for form in (stem, stem[:-1]) if stem[-1:] == stem[-2:-1] else (stem,):  # "travelled"
            if text.endswith(ending) and "base" in s.lexicon.verbs.get(form, ()):
                return form
    return text
