"""What kind of word each word of a sentence is: by closed classes, verb forms and neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from discourse.stances.neighbours import FINITE_TAGS
from discourse.stances.turning import OPENERS, Turning
from discourse.stances.words import PUNCTUATION, Tag, Word

_ADJ_SUFFIXES = ("ous", "ful", "ive", "able", "ible", "less", "ical", "ic", "al", "ary", "ian")
_OPEN = frozenset({Tag.ADJ, Tag.ADV, Tag.NOUN})
# Listed in closed classes, and yet tagged by their neighbours.
_CHANGING = frozenset(
    ["to", "that", "will", "can", "once", "like", "past", "further", "neither", "no"]
)
_OBJECTS = frozenset({"us", "me", "them", "him"})


class Tagger(Turning):
    """Tags the words of a sentence by closed classes, verb forms and what stands before."""

    def tag(self, words: Sequence[Word], named: frozenset[int], /) -> None:
        """Set the tags, left to right; the words at the indices `named` are of noun phrases."""
        for i, word in enumerate(words):
            if word.tag in PUNCTUATION:
                continue
            if i + 1 < len(words) and word.text == "as" and self._opens_clause(words, i):
                word.tag = Tag.SUB
                continue
            tag = self._fixed.get(word.text) or self._tag(words, i)
            word.tag = self._hyphenated(words, i, tag)
            if i in named and not (word.tag is Tag.ADJ and i + 1 in named):
                word.tag = Tag.NOUN

    def _opens_clause(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether "as" opens a clause: "as X is being weakened", "even as we speak"."""
        if words[i + 1].text in {"we", "i", "they", "he", "she"}:
            return True
        if i and words[i - 1].tag not in PUNCTUATION and words[i - 1].text != "even":
            return False
        for word in words[i + 1 : i + 9]:
            closed = self.closed.get(word.text)
            if closed in {Tag.BE, Tag.HAVE, Tag.MODAL}:
                return word is not words[i + 1]
            if word.tag in PUNCTUATION or closed in {Tag.PRON, Tag.REL, Tag.CC, Tag.SUB}:
                return False
        return False

    def _hyphenated(self, words: Sequence[Word], i: int, tag: Tag, /) -> Tag:
        """Return the tag within a hyphenated word, whose parts make one noun or adjective."""
        if words[i].joined and words[i].text in {"designate", "elect", "general"}:
            return Tag.NOUN  # "the Secretary-General"
        if (
            words[i].joined
            and tag in {Tag.PREP, Tag.ING, Tag.ED, Tag.VERB}
            and not self.grammar.is_in(words[i - 1].text, "verb_prefixes")
        ):
            return Tag.ADJ
        if i + 1 < len(words) and words[i + 1].joined and tag in {Tag.ING, Tag.VERB}:
            return Tag.NOUN
        return tag

    @cached_property
    def _fixed(self) -> Mapping[str, Tag]:
        """The tags of the words to which their neighbours do not matter."""
        changing = _CHANGING | self.grammar.classes["verb_prefixes"]
        return {
            text: tag
            for text, tag in self.closed.items()
            if tag not in _OPEN and text not in changing
        }

    def _tag(self, words: Sequence[Word], i: int, /) -> Tag:
        text = words[i].text
        if text[:1].isdigit():
            return Tag.NOUN if words[i].joined else Tag.NUM  # "COVID-19"
        if self.grammar.is_in(text, "verb_prefixes") and i + 1 < len(words) and words[i + 1].joined:
            return Tag.ADV
        turned = self.turned(words, i)
        if turned is not None:
            return turned
        closed = self.closed.get(text)
        if closed is not None and closed not in _OPEN and text not in {"like", "past"}:
            return closed
        kinds = self.verbs.get(text)
        if text in {"like", "further", "long"} and not self._is_verb_here(words, i):
            return closed or Tag.ADJ
        if kinds and i and words[i].surface[:1].isupper() and words[i - 1].tag not in PUNCTUATION:
            return closed or Tag.NOUN  # part of a name: "Member States"
        if kinds:
            return self._verbal(words, i, kinds)
        if closed is not None:
            return closed
        return self._by_shape(words, i)

    def _is_verb_here(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell the verb from the adverb or preposition: "to further X", not "further X"."""
        adverb = "base" in self.verbs.get(self.after(words, i), ())  # "to further support"
        return not adverb and self._is_verb_by_left(
            words, i, frozenset({"base"}), self.before(words, i)
        )

    def _by_shape(self, words: Sequence[Word], i: int, /) -> Tag:
        """Tag a word that no list knows by its ending."""
        text = words[i].text
        if i and words[i].surface[:1].isupper():
            return Tag.NOUN  # a name
        if self.is_adverb(text):
            return Tag.ADV
        if self.grammar.is_in(text, "ly_adjectives"):
            return Tag.ADJ
        if text.endswith("ing") and len(text) > 5:
            return self._verbal(words, i, frozenset({"ing"}))
        if text.endswith("ed") and len(text) > 4:
            return self._verbal(words, i, frozenset({"past", "part"}))
        if self.is_superlative(text):
            return Tag.ADJ
        if text in self.adjectives or (text.endswith(_ADJ_SUFFIXES) and len(text) > 4):
            return Tag.NOUN if self._heads_phrase(words, i) else Tag.ADJ
        if self.between_subject_and_object(words, i) or self.joins_verbs(words, i):
            return Tag.VERB
        return Tag.NOUN

    def _heads_phrase(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether a word with the look of an adjective is a noun: "the admiral wrote"."""
        if i == 0 or words[i - 1].tag not in OPENERS | {Tag.NOUN}:
            return False
        if i + 1 == len(words) or words[i + 1].tag in PUNCTUATION:  # "a quiet funeral"
            graded = words[i - 1].text in {"more", "most", "less", "least", "all", "both"}
            return words[i - 1].tag in OPENERS and not graded
        after = words[i + 1].text
        kinds = self.verbs.get(after, frozenset())
        finite = bool(kinds & {"s", "past"}) and not self.noun_too(after)
        return finite or self.closed.get(after) in {Tag.BE, Tag.HAVE, Tag.DO, Tag.MODAL, Tag.REL}

    def _verbal(self, words: Sequence[Word], i: int, kinds: frozenset[str], /) -> Tag:
        """Tag a word that can be a verb form by its neighbours."""
        before = self.before(words, i)
        if before is Tag.NEG and i > 1 and words[i - 2].tag is Tag.BE:
            before = Tag.BE  # "is not welcome"
        if before is Tag.BE and "base" in kinds and words[i].text in self.adjectives:
            return Tag.ADJ  # "is welcome"
        unchanging = kinds <= {"base", "past", "part"} and bool(kinds & {"past", "part"})
        if kinds & {"base", "s"} and not (unchanging and before in {Tag.HAVE, Tag.BE}):
            return self._base(words, i, kinds, before)
        if "ing" in kinds:
            return self._ing(words, i, before)
        return self._past(words, i, before)

    def _base(
        self, words: Sequence[Word], i: int, kinds: frozenset[str], before: Tag | None, /
    ) -> Tag:
        """Tag a base or third-person form, which may be a noun of the same shape."""
        if self._is_verb_by_left(words, i, kinds, before):
            return Tag.VERB
        text, previous = words[i].text, words[i - 1].text if i else ""
        ambiguous, otherwise = self.noun_too(text), self.closed.get(text) or Tag.NOUN
        if before in OPENERS or before in {Tag.PREP, Tag.BE}:
            plain = "s" in kinds and not ambiguous and before is Tag.ADJ
            plain = plain and not self.other_finite(words, i)  # "the accused denies"
            return Tag.VERB if plain else otherwise
        if before in {None, Tag.COMMA, Tag.CC, Tag.STOP}:
            plain = not ambiguous and self.starts_object(self.after(words, i))
            joined = not ambiguous and "s" in kinds and before in {Tag.COMMA, Tag.CC}
            listed = self.closed.get(self.after(words, i)) is Tag.CC  # "tariffs, licences and"
            joined &= not listed or any(w.tag in FINITE_TAGS for w in words[:i])
            return Tag.VERB if plain or joined else self._coordinate(words, i, ambiguous=ambiguous)
        if before is Tag.NOUN:
            return Tag.VERB if self._follows_subject(words, i, kinds) else otherwise
        helped = self.grammar.base_of.get(previous) in {"help", "let", "make", "see", "need"}
        if before in {Tag.VERB, Tag.ING} and (ambiguous or not helped):
            return otherwise
        return Tag.VERB

    def _is_verb_by_left(
        self, words: Sequence[Word], i: int, kinds: frozenset[str], before: Tag | None, /
    ) -> bool:
        """Tell whether what stands before makes a form a verb: "to", a modal, a pronoun."""
        previous, after = words[i - 1].text if i else "", self.after(words, i)
        if before in {Tag.TO, Tag.MODAL, Tag.DO, Tag.NEG}:
            return True
        if before in {Tag.PRON, Tag.REL} and previous not in {"them", "us", "him", "me"}:
            return True
        if previous in {"all", "both", "each"} and i > 1 and words[i - 2].tag is Tag.PRON:
            return True  # "let us all embrace"
        if "base" not in kinds:
            return False
        alone = self.grammar.is_in(previous, "quantifiers")  # "some claim that"
        return (alone and self.grammar.is_in(after, "clause_openers")) or (
            previous == "than" and self.starts_object(after)
        )

    def _follows_subject(self, words: Sequence[Word], i: int, kinds: frozenset[str], /) -> bool:
        """Tell whether a form after a noun is the verb of that noun."""
        previous = words[i - 1].text
        if "s" in kinds and self.is_listed(words, i):
            return False
        if not self.noun_too(words[i].text) or words[i - 1].tag is Tag.ADV:
            return True
        if self.closes_what(words, i):
            return True
        if not self.other_finite(words, i) or self.closes_relative(words, i):
            return True
        if "s" in kinds and not previous.endswith("s") and self.leads_coordination(words, i):
            return True  # "the party rises above A and opposes B"
        agrees = ("base" in kinds) == (previous.endswith("s") or previous in {"people", "and"})
        return agrees and self.starts_object(self.after(words, i))

    def _coordinate(self, words: Sequence[Word], i: int, /, *, ambiguous: bool) -> Tag:
        """Tag a form after a conjunction, comma or at the start like its partner before."""
        closed = self.closed.get(words[i].text)
        after = self.after(words, i)
        if i and words[i - 1].tag in {Tag.CC, Tag.COMMA}:
            verbs = [w for w in words[:i] if w.tag is Tag.VERB]
            follows = self.grammar.is_in(after, "particles") or (
                self.starts_object(after) and self.closed.get(after) is not Tag.PREP
            )
            if verbs and follows and after not in {"and", "or"}:
                return Tag.VERB
            if not ambiguous and verbs:
                return Tag.VERB
            return closed or Tag.NOUN
        if i == 0 and (self.closed.get(after) in {Tag.DET, Tag.POSS} or after in _OBJECTS):
            return Tag.VERB
        if i == 0 and self.starts_object(after) and self.is_headline(words):
            return Tag.VERB
        return closed or (Tag.NOUN if ambiguous else Tag.VERB)

    def _ing(self, words: Sequence[Word], i: int, before: Tag | None, /) -> Tag:
        """Tag an -ing form: noun after a determiner, adjective before a noun, else participle."""
        text = words[i].text
        closed, after = self.closed.get(text), self.after(words, i)
        if (text, after) == ("owing", "to"):
            return Tag.PREP
        if i > 1 and words[i - 1].text == "no" and words[i - 2].tag is Tag.BE:
            return Tag.ING  # "there is no denying that"
        if closed is Tag.NOUN and before is Tag.PREP and self.closed.get(after) in OPENERS:
            return Tag.ING  # "by building a world"
        if closed is Tag.NOUN and before is Tag.BE and self.starts_object(after):
            return Tag.ING  # "we are building peace"
        if closed is not None and closed in {Tag.ADJ, Tag.NOUN, Tag.PREP}:
            return closed
        if before in {Tag.DET, Tag.POSS, Tag.ADJ}:
            noun_next = (
                after != "to"
                and after.isalpha()
                and self.closed.get(after) in {None, Tag.NOUN, Tag.ADJ}
            )
            return Tag.ADJ if noun_next else Tag.NOUN
        return Tag.ING

    def _past(self, words: Sequence[Word], i: int, before: Tag | None, /) -> Tag:
        """Tag a past form: finite verb, perfect, participle or adjective."""
        if self.perfect(words, i) or "part" not in self.verbs.get(words[i].text, {"part"}):
            return Tag.VERB  # "wrote" is no participle
        if before is Tag.BE:
            return Tag.ED
        after = self.after(words, i)
        if i + 2 < len(words) and words[i + 1].tag is Tag.COMMA and before in OPENERS | {Tag.VERB}:
            follower = words[i + 2].text  # "a shared, lasting peace"
            if self.closed.get(follower) is Tag.ADJ or follower in self.adjectives:
                return Tag.ADJ
        if (
            before in OPENERS
            and after.isalpha()
            and self.closed.get(after) in {None, Tag.NOUN, Tag.ADJ}
        ):
            return Tag.ADJ
        if after in {"by", "to", "in", "on", "at", "with", "from"} or not after.isalpha():
            finite = before is Tag.PRON or not (
                any(w.tag in {Tag.VERB, Tag.BE, Tag.HAVE} for w in words[:i])
                or self.is_reduced(words, i)
            )
            return (
                Tag.VERB
                if finite and before in {Tag.PRON, Tag.NOUN, Tag.REL, Tag.NUM} and after != "by"
                else Tag.ED
            )
        if before is Tag.VERB and after.isalpha() and self.closed.get(after) in {None, Tag.NOUN}:
            return Tag.ADJ  # "fight imported crime"
        if before in {Tag.COMMA, Tag.CC} and self.closed.get(after) in {None, Tag.NOUN, Tag.ADJ}:
            partners = (
                w for w in words[:i] if w.tag is Tag.VERB and "past" in self.verbs.get(w.text, ())
            )
            return Tag.VERB if any(partners) or not self.other_finite(words, i) else Tag.ADJ
        if before in {None, Tag.PREP}:
            return (
                Tag.ADJ
                if self.closed.get(after) in {None, Tag.NOUN} and before is Tag.PREP
                else Tag.ED
            )
        return Tag.VERB
