"""Which cue governs a noun phrase: the one that ends before it, encloses it or is repeated."""

from __future__ import annotations

from collections.abc import Sequence

from discourse.stances.cues import Cue
from discourse.stances.matching import match_after
from discourse.stances.phrases import Found, Phrase
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

VERBAL = frozenset({Tag.VERB, Tag.ING, Tag.ED})


OBJECT_FORMS = ("verb", "noun", "adjective", "phrase")


def governor(s: Sentence, phrase: Phrase, at: int, /) -> Found | None:
    """Return the cue that governs a phrase whose left neighbour is at `at`."""
    if s.tag(at) is Tag.NEG:  # "supports not A but B"
        at = s.left(at)
    if s.tag(at) is Tag.PREP and s.text(s.left(at)) == "than":  # "rather than by A"
        at = s.left(at)
    if s.tag(at) is Tag.COMMA:
        at = _past_aside(s, at)
    if s.text(at) in {"us", "them", "me", "him", "her", "you"}:  # "give us peace"
        at = s.left(at) if s.ending_at(at, ("verb",)) is None else at
    found = (
        gapped(s, phrase)
        or _across_relative(s, at)
        or s.ending_at(phrase.start - 1, OBJECT_FORMS)
        or s.ending_at(at, OBJECT_FORMS)
        or _repeated_preposition(s, at)
        or _with_object(s, at)
        or _extraposed(s, at)
        or _of_two_objects(s, phrase)
        or _past_adjunct(s, phrase, at)
    )
    if found is not None and found.cue.form == "phrase" and _is_particle(s, found.start):
        return None
    adjective = found is not None and found.cue.form == "adjective"
    if found is not None and adjective and s.tag(found.start) is Tag.VERB:
        verb = s.ending_at(found.end - 1, ("verb",))  # "vilified X", "sneered at X"
        found = verb if verb is not None and verb.start == found.start else found
    if found is not None and found.cue.form == "phrase" and found.cue.cue_class == "neutral":
        # "progress in the field of X" is progress in X
        found = s.ending_at(found.start, OBJECT_FORMS) or _extraposed(s, found.start) or found
    if found is not None and found.cue.form == "noun" and found.cue.cue_class == "neutral":
        verb = _with_object(s, at) if s.text(at) == "of" else None
        rids = verb is not None and verb.cue.form == "verb" and verb.cue.cue_class == "reduce"
        found = verb if rids else found  # "rid the world of X", not "the world of X"
    if (
        found is not None
        and found.cue.form == "verb"
        and found.cue.strength == 1
        and found.cue.cue_class == "reduce"
        and _proper(s, phrase)
    ):
        return None
    return found


def _is_particle(s: Sentence, i: int, /) -> bool:
    """Tell whether the first word of a phrase belongs to the verb before it: "clamp down with"."""
    return s.grammar.is_in(s.text(i), "particles") and s.tag(i - 1) in VERBAL


def _past_aside(s: Sentence, comma: int, /) -> int:
    """Return the verb or preposition before an aside: "protects, as it should, the peace"."""
    opening = next(
        (i for i in range(comma - 1, max(-1, comma - 12), -1) if s.tag(i) is Tag.COMMA), None
    )
    if opening is None or s.tag(opening - 1) not in VERBAL | {Tag.PREP}:
        return comma
    return opening - 1


def before_object(s: Sentence, phrase: Phrase, /) -> int:
    """Return where the object begins to whose right a second one stands: "gave [the land] a X".

    Without one it is where the phrase itself begins; only an article or its like shows the border.
    """
    at = s.left(phrase.start)
    if s.tag(phrase.start) not in {Tag.DET, Tag.POSS} or s.tag(at) is not Tag.NOUN:
        return phrase.start
    return s.phrase_start(at)


def _of_two_objects(s: Sentence, phrase: Phrase, /) -> Found | None:
    """Return the verb cue whose second object a phrase is: "deny the people their X"."""
    start = before_object(s, phrase)
    if start == phrase.start:
        return None
    verb = s.left(start)
    gives = s.grammar.is_in(base_form(s, verb), "giving")
    return s.ending_at(verb, ("verb",)) if gives else None


def _past_adjunct(s: Sentence, phrase: Phrase, at: int, /) -> Found | None:
    """Return the verb cue before an adjunct: "condemn in the strongest terms the X"."""
    first = s.spelled_to(at, "adjuncts") or s.spelled_to(phrase.start, "adjuncts")
    if first is None:
        shown = s.tag(phrase.start) in {Tag.DET, Tag.POSS} and s.tag(at) is Tag.NOUN
        first = s.left(s.phrase_start(at)) if shown else None
        if first is None or s.text(first) not in {"in", "with", "at", "by", "without"}:
            return None
    return s.ending_at(s.left(first), ("verb",))


def _with_object(s: Sentence, at: int, /) -> Found | None:
    """Return the verb cue whose object stands before its preposition: "free the land from X"."""
    if s.tag(at) is not Tag.PREP:
        return None
    for i in range(at - 2, max(at - 9, s.clause_start(at) - 1), -1):
        if s.tag(i) in {Tag.VERB, Tag.ING, Tag.ED}:
            cues = (c for c in s.lexicon.by_head.get(s.text(i), ()) if c.form == "verb")
            cue = next((c for c in cues if _encloses(s, c.words, i, at) and not c.after), None)
            return None if cue is None else Found(i, at + 1, cue)
        noun = _noun_with_complement(s, i, at)
        if noun is not None:
            return noun
        if s.tag(i) not in NOMINAL | {Tag.ADV, Tag.CC, Tag.PRON, Tag.PREP} or s.text(i) == "rather":
            return None
    return None


def _encloses(s: Sentence, words: Sequence[str], verb: int, at: int, /) -> bool:
    """Tell whether an entry ends with the preposition at `at` and its particles follow the verb."""
    last = len(words) - 1
    begins = all(s.text(verb + k) == words[k] for k in range(1, last))
    ends = at - last > verb and all(
        s.text(at - last + k) == words[k] and s.grammar.is_in(words[k], "particles", "turning")
        for k in range(1, last)
    )
    return words[last] == s.text(at) and (begins or ends)  # "win the people over to"


def _extraposed(s: Sentence, at: int, /) -> Found | None:
    """Return the cue whose noun is the subject of a verb before its preposition.

    "Efforts must be made towards X", "the progress made towards X", "an end was put to X", "hope
    remains for X".
    """
    verb = s.left(at)
    auxiliary = s.tag(s.left(verb)) is Tag.BE
    reduced = s.tag(s.left(verb)) is Tag.NOUN and s.grammar.is_in(s.text(verb), "performed")
    passive = s.tag(verb) is Tag.ED or (s.tag(verb) is Tag.VERB and (auxiliary or reduced))
    if s.tag(at) is not Tag.PREP or not (
        passive or (s.tag(verb) is Tag.VERB and s.grammar.is_in(base_form(s, verb), "existing"))
    ):
        return None
    i = s.left(verb)
    while s.tag(i) in _GROUP:
        i = s.left(i)
    if s.tag(i) is not Tag.NOUN:
        return None
    idiom = _passive_idiom(s, verb, i, s.text(at)) if passive else None
    if idiom is not None:
        return Found(verb, at + 1, idiom)
    return _noun_leading_to(s, i, at)


_GROUP = frozenset({Tag.BE, Tag.MODAL, Tag.HAVE, Tag.NEG, Tag.TO, Tag.DO})


def _passive_idiom(s: Sentence, verb: int, noun: int, last: str, /) -> Cue | None:
    """Return the verb cue whose noun has become the subject: "priority is given to"."""
    for cue in s.lexicon.by_head.get(s.text(verb), ()):
        inner = tuple(w for w in cue.words[1:-1] if not s.grammar.is_in(w, "determiners"))
        if cue.form != "verb" or cue.after or not inner or cue.words[-1] != last:
            continue
        if all(s.text(noun - len(inner) + 1 + k) == word for k, word in enumerate(inner)):
            return cue
    return None


def _noun_leading_to(s: Sentence, i: int, at: int, /) -> Found | None:
    """Return the noun cue at `i` whose preposition stands at `at`."""
    cues = (c for c in s.lexicon.by_head.get(s.text(i), ()) if c.form == "noun")
    cue = next((c for c in cues if _leads_to(c, s.text(at))), None)
    return None if cue is None else Found(i, at + 1, cue)


def _leads_to(cue: Cue, preposition: str, /) -> bool:
    """Tell whether a noun cue of two words ends in a preposition."""
    last = cue.words[-1]
    return len(cue.words) == 2 and (last == preposition or {last, preposition} <= _TOWARDS)


_TOWARDS = frozenset({"towards", "toward"})


def _noun_with_complement(s: Sentence, i: int, at: int, /) -> Found | None:
    """Return the noun cue at `i` with a phrase before its preposition: "right of N to X".

    A second "of" belongs to the first noun only past a phrase of manner: "adoption in full of X".
    """
    if s.tag(i) not in {Tag.NOUN, Tag.ADJ} or s.text(i + 1) not in _BETWEEN - {s.text(at)}:
        return None
    bare = s.tag(i + 2) not in {Tag.DET, Tag.POSS} and s.left(at) <= i + 3
    if s.text(at) == "of" and not (bare and s.text(i + 1) in {"in", "by", "at"}):
        return None
    return _noun_leading_to(s, i, at)


_BETWEEN = frozenset(
    {"of", "in", "by", "among", "amongst", "between", "at", "from", "on", "within"}
)


def _across_relative(s: Sentence, at: int, /) -> Found | None:
    """Return the noun cue whose relative clause leads to a phrase: "the scorn that we feel for"."""
    verb = s.left(at)
    if s.tag(at) is not Tag.PREP or not s.grammar.is_in(base_form(s, verb), "feeling"):
        return None
    start = s.clause_start(verb)
    relative = start - 1 if s.tag(start - 1) is Tag.REL else start
    noun = s.left(relative) if relative < start else s.left(s.left(verb))
    if s.tag(noun) is not Tag.NOUN:
        return None
    cues = (x for x in s.lexicon.by_head.get(s.text(noun), ()) if x.form == "noun")
    cue = next((x for x in cues if x.words[1:] == (s.text(at),)), None)
    return None if cue is None else Found(noun, at + 1, cue)


def _proper(s: Sentence, phrase: Phrase, /) -> bool:
    """Tell whether a phrase is a proper name, with which weak verbs mean something else.

    "We address the Assembly" takes no stance, "we address the problem" does.
    """
    head = s.words[phrase.end - 1]
    return head.surface[:1].isupper() and not head.surface.isupper()


def _repeated_preposition(s: Sentence, at: int, /) -> Found | None:
    """Return the cue of a preposition that a coordination repeats: "committed to A and to B"."""
    before = s.left(at)
    if s.tag(at) is not Tag.PREP or s.tag(before) not in {Tag.CC, Tag.COMMA}:
        return None
    start = s.clause_start(at)
    for i in range(before, start - 1, -1):
        if s.text(i) == s.text(at):
            found = s.ending_at(i, OBJECT_FORMS)
            if found is not None:
                return found
    return None


def gapped(s: Sentence, phrase: Phrase, /) -> Found | None:
    """Return the verb cue that encloses the phrase: "put X at risk"."""
    at = s.left(phrase.start)
    for found in s.gapped:
        cue = found.cue
        end = found.end + len(cue.after)  # "hold dear the rights of all"
        adjacent = cue.form == "verb" and end == phrase.start
        if cue.form == "verb" and cue.after and _shifted(s, found, phrase):
            return found
        if adjacent and tuple(s.text(i) for i in range(found.end, end)) == cue.after:
            return Found(found.start, end, cue)
        if (
            cue.after
            and cue.form in {"verb", "phrase"}
            and found.end == at + 1
            and match_after(s, found, phrase)
        ):
            return found
    return None


def _shifted(s: Sentence, found: Found, phrase: Phrase, /) -> bool:
    """Tell whether a long object stands after what belongs behind it: "foist on us the X"."""
    after, end = found.cue.after, found.end + len(found.cue.after)
    if s.tag(end - 1) is not Tag.PREP or end >= phrase.start:
        return False
    if tuple(s.text(i) for i in range(found.end, end)) != after:
        return False
    pronoun = s.tag(end) is Tag.PRON
    return (end + 1 if pronoun else s.noun_phrase_end(end)) == phrase.start or (
        s.tag(phrase.start) is Tag.DET and s.noun_phrase_end(end) == phrase.end and not pronoun
    )
