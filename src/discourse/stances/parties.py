"""Who can hold a stance: subjects of verbs, the speaker's own side, people and things."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.phrases import Phrase
from discourse.stances.syntax import Sentence
from discourse.stances.words import Tag

# Endings of words for people: "smugglers", "settlers", "fishermen".
_PERSONS = (
    "er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "ee",
    "ees", "folk", "crats", "crat", "ants", "ats",
)  # fmt: skip
_OPENERS = frozenset({Tag.PREP, Tag.ING, Tag.ED, Tag.SUB, Tag.TO})
_VERBAL = frozenset({Tag.VERB, Tag.ED, Tag.ING, Tag.HAVE})
_OBJECT = frozenset({Tag.PREP, Tag.VERB, Tag.ING})
_GROUP = frozenset({Tag.HAVE, Tag.MODAL, Tag.DO, Tag.NEG, Tag.BE})


def is_own(s: Sentence, subject: Phrase, own: frozenset[str], /) -> bool:
    """Tell whether a subject is the speaker or belongs to the speaker: "the people of Velmora"."""
    if _names_self(s, subject, own):
        return True
    of = s.right(subject.end)
    words = s.phrase_words(subject.start, subject.end)
    if s.text(of) != "of" or any(s.grammar.is_in(w, "outsiders", "enmities") for w in words):
        return False
    return _names_self(s, Phrase(of + 1, max(of + 2, s.noun_phrase_end(of + 1))), own)


def _names_self(s: Sentence, subject: Phrase, own: frozenset[str], /) -> bool:
    """Tell whether words are in the first person or name the speaker."""
    words = s.phrase_words(subject.start, subject.end)
    joined = f" {' '.join(words)} "
    if any(f" {name} " in joined for name in own):
        return True
    if any(s.grammar.is_in(word, "outsiders") for word in words):
        return False
    if any(s.grammar.is_in(word, "self_pronouns") for word in words):
        return True
    if words[:1] == ("this",) and s.grammar.is_in(words[-1], "own_bodies"):
        return True
    # "the Velmoran Government" belongs to Velmora.
    stems = tuple(name.rstrip("aeiouy") for name in own if name.isalpha() and len(name) > 4)
    return bool(stems) and any(word.startswith(stems) for word in words)


def is_agent(s: Sentence, subject: Phrase, /) -> bool:
    """Tell whether a subject can hold a stance: people, states, parties, but no things."""
    end = s.noun_phrase_end(subject.start)  # the head of "minister of the island" is "minister"
    last = end - 1 if subject.start < end < subject.end else subject.end - 1
    head = s.words[last]
    text, singular = head.text, head.text.removesuffix("s")
    if s.text(last + 1) == "of" and s.grammar.is_in(text, "parts"):
        return is_agent(s, Phrase(last + 2, max(last + 3, s.noun_phrase_end(last + 2))))
    if s.tag(subject.start) is Tag.PRON:
        return text in {"they", "them", "he", "she", "others", "those", "who"}
    if any(s.grammar.is_in(form, "agents") for form in (text, singular, f"{text}s")):
        return True
    if any(t.start <= subject.end - 1 < t.end for t in s.targets):
        return False
    if s.grammar.is_in(text, "nouns", "things") or s.grammar.is_in(singular, "things"):
        return False
    if last == 0 and text in s.grammar.base_of:
        return False  # "Let us", "Call"
    alone = subject.end - subject.start == 1
    if head.surface[:1].isupper() and (last > 0 or alone):
        return True  # a proper name, even one like "France"
    return text.endswith(_PERSONS)


def antecedent(s: Sentence, subject: Phrase | None, /) -> Phrase | None:
    """Return the noun phrase a relative pronoun stands for."""
    if subject is None or s.tag(subject.start) is not Tag.REL:
        return subject
    i = s.left(subject.start)
    while s.tag(i) in {Tag.COMMA, Tag.PREP}:
        i = s.left(i)
    if s.tag(i) in {Tag.NOUN, Tag.PRON, Tag.DET}:
        return Phrase(i if s.tag(i) is Tag.PRON else s.phrase_start(i), i + 1)
    return None


def doer(s: Sentence, chain: Chain, /) -> Phrase | None:
    """Return whose doing the outermost cue is, where asides or other nouns stand between, too."""
    subject = antecedent(s, chain.subject)
    link = next((x for x in reversed(chain.links) if x.cue is not None), None)
    if link is None or link.cue is None:
        return subject
    passive = s.tag(link.start) is Tag.ED and s.tag(s.left(link.start)) is Tag.BE
    if passive and link.effect < 0 and link.cue.form != "adjective":
        return None  # "is condemned for"
    if s.tag(link.start) in _VERBAL or s.tag(link.start) is Tag.PREP:
        return subject_before(s, link.start) if _is_doubtful(s, chain, link.start) else subject
    phrase = range(link.start, s.noun_phrase_end(link.start))
    if subject is None and any(s.grammar.is_in(s.text(i), "sentiments") for i in phrase):
        verb = s.left(s.phrase_start(link.start))
        return subject_before(s, verb) if s.tag(verb) in _VERBAL else None
    return subject


def _is_doubtful(s: Sentence, chain: Chain, verb: int, /) -> bool:
    """Tell whether the subject is missing, or the object of another word: "on the train"."""
    subject = chain.subject
    if subject is None or s.tag(s.left(verb)) is Tag.COMMA:
        return True
    before, first = s.tag(s.left(subject.start)), s.tag(subject.start)
    return before in {Tag.PREP, Tag.VERB} and first not in {Tag.PRON, Tag.REL}


def subject_before(s: Sentence, verb: int, /) -> Phrase | None:
    """Return the subject left of a verb."""
    i = s.left(verb)
    while s.tag(i) in _GROUP:
        i = s.left(i)
    parted = s.tag(i) is Tag.COMMA
    subject = _subject_at(s, i)
    if parted or (subject is not None and s.tag(s.left(subject.start)) in _OBJECT):
        return _first_subject(s, verb) or subject  # the nearest noun is another verb's object
    return subject


def _subject_at(s: Sentence, i: int, /) -> Phrase | None:
    """Return the noun phrase or pronoun that ends at `i`, asides and relative clauses passed."""
    i = s.past_relative(s.past_aside(i))
    if s.tag(i) is Tag.REL:
        return antecedent(s, Phrase(i, i + 1))
    if s.tag(i) is Tag.PRON:
        return Phrase(i, i + 1)
    return s.outermost(i) if s.tag(i) in {Tag.NOUN, Tag.DET, Tag.ADJ} else None


def _first_subject(s: Sentence, verb: int, /) -> Phrase | None:
    """Return the noun phrase or pronoun that opens a sentence, what stands in front passed over.

    "In March, the mayor of Dorvane, speaking in a barn, vowed to": the mayor.
    """
    i = 0
    while i < verb and s.tag(i) in _OPENERS:
        i = next((j + 1 for j in range(i, verb) if s.tag(j) is Tag.COMMA), verb)
    if i >= verb or any(s.tag(j) is Tag.STOP for j in range(i, verb)):
        return None
    if s.tag(i) is Tag.PRON:
        return Phrase(i, i + 1)
    end = s.noun_phrase_end(i)
    end = next((j for j in range(i, end) if s.text(j) == "whose"), end)
    return Phrase(i, end) if i < end < verb else None
