"""What the words around a word tell of it: its neighbours, and the verbs of the sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discourse.stances.cues import CueLexicon
from discourse.stances.grammar import Grammar
from discourse.stances.words import PUNCTUATION, Tag, Word

FINITE_TAGS = frozenset({Tag.VERB, Tag.BE, Tag.HAVE, Tag.DO, Tag.MODAL})
_SUBJECTS = frozenset(["i", "we", "you", "they", "he", "she", "it", "who", "which", "that"])
_OPENING = frozenset({Tag.REL, Tag.SUB})


class Neighbours:
    """Lists of words, and questions about the words around one that is to be tagged."""

    def __init__(self, grammar: Grammar, cues: CueLexicon, /) -> None:
        self.grammar = grammar
        self.cues = cues
        self.verbs: dict[str, frozenset[str]] = dict(grammar.verbs)
        for word, kinds in cues.verbs.items():
            self.verbs[word] = self.verbs.get(word, frozenset()) | kinds
        self.closed = _closed(grammar)
        self.adjectives = frozenset(
            head
            for head, cues_of_head in cues.by_head.items()
            for cue in cues_of_head
            if cue.form == "adjective" and len(cue.words) == 1
        ).union(grammar.classes["plain_adjectives"])

    def is_adverb(self, text: str, /) -> bool:
        """Tell whether a word is an adverb."""
        return self.closed.get(text) is Tag.ADV or (
            text.endswith("ly")
            and not self.grammar.is_in(text, "ly_adjectives", "ly_others")
            and text not in self.verbs
            and len(text) > 4
        )

    def before(self, words: Sequence[Word], i: int, /) -> Tag | None:
        """Return the tag before a word, adverbs and quotation marks passed over."""
        j = i - 1
        while j >= 0 and words[j].tag in {Tag.ADV, Tag.QUOTE}:
            j -= 1
        if j >= 0 and words[j].tag is Tag.COMMA:  # "will, as always, abide"
            opening = next(
                (k for k in range(j - 1, max(0, j - 9), -1) if words[k].tag is Tag.COMMA), 0
            )
            if opening and words[opening - 1].tag in {Tag.MODAL, Tag.TO}:
                return words[opening - 1].tag
        return words[j].tag if j >= 0 else None

    def after(self, words: Sequence[Word], i: int, /) -> str:
        """Return the next word that is neither adverb nor quotation mark, or ''."""
        j = i + 1
        while j < len(words) and (words[j].tag is Tag.QUOTE or self.is_adverb(words[j].text)):
            j += 1
        return words[j].text if j < len(words) else ""

    def starts_object(self, text: str, /) -> bool:
        """Tell whether a word can begin the object of a verb."""
        closed = self.closed.get(text)
        if "past" in self.verbs.get(text, ()) and not self.noun_too(text):
            return False
        if closed in {Tag.DET, Tag.POSS, Tag.ADJ, Tag.PRON, Tag.NUM, Tag.REL, Tag.TO, Tag.NOUN}:
            return True
        return closed is None and text.isalpha()

    def noun_too(self, text: str, /) -> bool:
        """Tell whether a verb form is as often a noun: "support", "attacks"."""
        if text in self.cues.nouns:
            return True
        if self.grammar.is_in(text, "adjectives", "nouns", "adverbs", "agents"):
            return True
        return self.grammar.is_in(text, "noun_verbs") or self.grammar.is_in(
            text.removesuffix("s"), "noun_verbs"
        )

    def takes_clause(self, text: str, /) -> bool:
        """Tell whether a verb may be followed by a clause with "that"."""
        base = self.grammar.base_of.get(text)
        return base is not None and (
            self.grammar.is_in(base, "reporting", "verbs", "rejoicing", "regretting", "doubting")
            or base in {"know", "show", "hold", "ensure", "trust"}
        )

    def finite_next(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether an auxiliary follows."""
        return i + 1 < len(words) and self.grammar.is_in(words[i + 1].text, "modals", "be", "have")

    def other_finite(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether another word of the clause can be its finite verb."""
        borders = {Tag.REL, Tag.SUB, Tag.STOP}
        start = next((j for j in range(i - 1, -1, -1) if words[j].tag in borders), 0)
        if any(w.tag is Tag.VERB for w in words[start:i]):
            return True
        finite = self.next_finite(words, i)
        if finite is None or words[start].tag is not Tag.SUB:
            return finite is not None
        # "If X spreads, we lose": the clause ends at the comma
        return not any(w.tag is Tag.COMMA for w in words[i + 1 : finite])

    def next_finite(self, words: Sequence[Word], i: int, /) -> int | None:
        """Return the next word after `i` that can only be a finite verb, None if there is none."""
        auxiliaries = {Tag.BE, Tag.MODAL, Tag.HAVE, Tag.DO}
        for j in range(i + 1, len(words)):
            text = words[j].text
            kinds = self.verbs.get(text, frozenset())
            if self.closed.get(text) in auxiliaries:
                return j
            if kinds & {"s", "past"} and not self.noun_too(text):
                return j
        return None

    def is_reduced(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether the finite verb follows in the same breath: "the help given to X was"."""
        finite = self.next_finite(words, i)
        if finite is None or self.closed.get(words[finite].text) is None:
            return False
        opening = {Tag.CC, Tag.REL, Tag.SUB, Tag.PRON}
        return not any(
            w.tag in {Tag.COMMA, Tag.STOP} or self.closed.get(w.text) in opening
            for w in words[i + 1 : finite]
        )

    def leads_coordination(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether the next finite verb is joined to this: "rises above A and opposes B"."""
        finite = self.next_finite(words, i)
        no_verb_before = not any(w.tag is Tag.VERB for w in words[:i])
        return (
            no_verb_before
            and finite is not None
            and self.closed.get(words[finite - 1].text) is Tag.CC
        )

    def is_headline(self, words: Sequence[Word], /) -> bool:
        """Tell whether the first word is a verb without subject: "Supports talks, opposes war"."""
        alone = self.next_finite(words, 0) is None
        return words[0].text.endswith("s") and (alone or self.leads_coordination(words, 0))

    def perfect(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether "have" stands before, adverbs and negation passed over."""
        j = i - 1
        while j >= 0 and words[j].tag in {Tag.ADV, Tag.NEG, Tag.QUOTE}:
            j -= 1
        return j >= 0 and words[j].tag is Tag.HAVE

    def is_superlative(self, text: str, /) -> bool:
        """Tell whether a word is the superlative of a known adjective: "slightest", "happiest"."""
        stem = text.removesuffix("est")
        bases = {stem, stem + "e", stem.removesuffix("i") + "y", stem[:-1]}
        return stem != text and not self.adjectives.isdisjoint(bases)

    def joins_verbs(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether an unknown word is one of a list of verbs: "to flatter A, pamper the B"."""
        listed = i > 0 and words[i - 1].tag in {Tag.COMMA, Tag.CC}
        objects = i + 1 < len(words) and self.closed.get(words[i + 1].text) in {Tag.DET, Tag.POSS}
        return listed and objects and any(w.tag is Tag.TO for w in words[:i])

    def between_subject_and_object(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether an unknown word stands where a verb would: "we zap the"."""
        if not 0 < i < len(words) - 1:
            return False
        before, after = words[i - 1], words[i + 1].text
        if before.tag is Tag.REL and (
            {"s", "past"} & self.verbs.get(after, frozenset()) or self.finite_next(words, i)
        ):
            return False  # "that decency requires"
        subject = before.text in _SUBJECTS and before.tag is not Tag.DET
        marked = before.tag in {Tag.MODAL, Tag.TO, Tag.NEG} or subject
        return marked and words[i + 1].tag not in PUNCTUATION

    def closes_relative(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether a form is the verb of whom a relative clause describes.

        "Those who remember the war stand by X": the clause has its verb, the sentence none.
        """
        relative = next((j for j in range(i - 1, 0, -1) if words[j].tag is Tag.REL), 0)
        if not relative or self.next_finite(words, i) is not None:
            return False
        within = {w.tag for w in words[relative:i]}
        closed = within.isdisjoint({Tag.COMMA, Tag.STOP, Tag.CC, Tag.SUB})
        described = not within.isdisjoint(FINITE_TAGS) and words[i - 1].tag is Tag.NOUN
        return closed and described and not any(w.tag in FINITE_TAGS for w in words[:relative])

    def is_listed(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether a form after a verb is one of a list of nouns: "praise brass bands, X"."""
        comma = i + 2 < len(words) and words[i + 1].tag is Tag.COMMA
        near = words[i - 1 :: -1]
        last = next((w for w in near if w.tag in FINITE_TAGS | _OPENING or w.text == "as"), None)
        return comma and last is not None and last.tag in FINITE_TAGS

    def closes_what(self, words: Sequence[Word], i: int, /) -> bool:
        """Tell whether a form is the verb of a clause with "what": "what the land needs is"."""
        near = words[max(0, i - 5) : i]
        what = next((w for w in near if w.text in {"what", "all"}), None)
        unverbed = not any(w.tag in FINITE_TAGS for w in near)
        return what is not None and unverbed and self.grammar.is_in(self.after(words, i), "be")


def _closed(grammar: Grammar, /) -> Mapping[str, Tag]:
    """Return the tag of every word of a closed class; the first class that lists it counts."""
    order = (
        ("be", Tag.BE),
        ("have", Tag.HAVE),
        ("do", Tag.DO),
        ("modals", Tag.MODAL),
        ("possessives", Tag.POSS),
        ("conjunctions", Tag.CC),
        ("relatives", Tag.REL),
        ("subordinators", Tag.SUB),
        ("prepositions", Tag.PREP),
        ("determiners", Tag.DET),
        ("negators", Tag.NEG),
        ("pronouns", Tag.PRON),
        ("nouns", Tag.NOUN),
        ("adjectives", Tag.ADJ),
        ("adverbs", Tag.ADV),
    )
    tags: dict[str, Tag] = {}
    for name, tag in order:
        for word in grammar.classes[name]:
            tags.setdefault(word, tag)
    tags.update(
        {
            "without": Tag.PREP,
            "nor": Tag.CC,
            "cannot": Tag.MODAL,
            "however": Tag.ADV,
            "so": Tag.ADV,
            "therefore": Tag.ADV,
            "hence": Tag.ADV,
            "thus": Tag.ADV,
        }
    )
    return tags
