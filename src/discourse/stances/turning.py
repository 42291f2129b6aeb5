"""Common words whose class the words beside them decide: "to", "that", "no longer"."""

from __future__ import annotations

from collections.abc import Sequence

from discourse.stances.neighbours import Neighbours
from discourse.stances.words import Tag, Word

OPENERS = frozenset({Tag.DET, Tag.POSS, Tag.ADJ, Tag.NUM})
_BEFORE_VERB = frozenset({Tag.MODAL, Tag.HAVE, Tag.DO, Tag.PRON})


class Turning(Neighbours):
    """Tags the common words that are not what they usually are."""

    def turned(self, words: Sequence[Word], i: int, /) -> Tag | None:
        """Tag a common word that its neighbours make something else, None where they do not."""
        text = words[i].text
        before = words[i - 1].tag if i else None
        following = words[i + 1].text if i + 1 < len(words) else ""
        if text in {"to", "that"}:
            return self._to(words, i) if text == "to" else self._that(words, i)
        if text in {"will", "can"} and before in OPENERS:
            return Tag.NOUN  # "the will of the people", "a can of worms"
        if text == "long" and following in {"for", "to"} and before in {Tag.NOUN, Tag.PRON}:
            return Tag.VERB  # "our people long for rest"
        if (text == "long" and before is Tag.HAVE) or (
            text == "once" and following in {"again", "and", "more"}
        ):
            return Tag.ADV  # "have long been", "once more"
        if (text, following) == ("no", "longer"):
            return Tag.NEG
        if (text, following) == ("short", "of"):
            return Tag.ADJ  # "nothing short of"
        return Tag.NEG if text == "neither" and before in _BEFORE_VERB else None

    def _to(self, words: Sequence[Word], i: int, /) -> Tag:
        """Tell the infinitive marker from the preposition by the next word."""
        j = i + 1
        while j < len(words) and (self.is_adverb(words[j].text) or words[j].tag is Tag.QUOTE):
            j += 1
        if j < len(words) and (
            "base" in self.verbs.get(words[j].text, ())
            or self.grammar.is_in(words[j].text, "be", "have", "do")
        ):
            noun_like = (
                words[j].text in self.cues.nouns
                and j + 1 < len(words)
                and words[j + 1].text in {"for", "of", "and", "against", "in"}
            )
            return (
                Tag.PREP
                if noun_like and j == i + 1 and not self._infinitive_before(words, i)
                else Tag.TO
            )
        # "to pamper the press": an unknown word before an object is a verb
        unknown = j + 1 < len(words) and self.closed.get(words[j].text) is None
        objects = unknown and self.closed.get(words[j + 1].text) in {Tag.DET, Tag.POSS}
        return Tag.TO if objects and words[j].surface[:1].islower() else Tag.PREP

    def _infinitive_before(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether the word before "to" usually takes an infinitive rather than an object."""
        if i == 0:
            return False
        if words[i - 1].tag in {Tag.VERB, Tag.ED, Tag.ADJ, Tag.BE, Tag.HAVE, Tag.ADV}:
            return True
        cues = self.cues.by_head.get(words[i - 1].text, ())  # "no wish to"
        return any(x.form == "operator" and x.words[1:] == ("to",) for x in cues)

    def _that(self, words: Sequence[Word], i: int, /) -> Tag:
        """Tell the determiner ("deepen that bond") from the conjunction or relative pronoun."""
        if i + 1 == len(words):
            return Tag.PRON
        before, after = (words[i - 1] if i else None), words[i + 1].text
        if self.finite_next(words, i) or self.closed.get(after) in {Tag.DET, Tag.POSS, Tag.PRON}:
            return Tag.REL
        if before is not None and before.tag is Tag.BE and i > 1:
            plural = after.endswith("s") and not after.endswith("ss")  # "is that X never work"
            finite = self.next_finite(words, i)  # "the truth is that X has"
            return Tag.DET if finite is None and not plural else Tag.REL
        if before is None or before.tag in {Tag.PREP, Tag.CC, Tag.BE, Tag.ADV, Tag.COMMA}:
            return Tag.DET
        if before.tag in {Tag.VERB, Tag.ING} and not self.takes_clause(before.text):
            return Tag.DET
        return Tag.REL
