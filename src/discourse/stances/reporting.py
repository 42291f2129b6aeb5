"""Who is quoted or reported: the speech and thought of others, and how they look on things."""

from __future__ import annotations

from discourse.stances.parties import is_agent, is_own, subject_before
from discourse.stances.phrases import Phrase
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


def quoted_speaker(s: Sentence, target: Phrase, /) -> Phrase | None:
    """Return who is quoted, if the target stands in quotation marks that a verb of saying opens.

    "The minister said: 'We oppose X'", "'We oppose X', said the minister". Words in quotation
    marks without such a verb are quoted as words, and have no speaker.
    """
    quotes = [i for i, word in enumerate(s.words) if word.tag is Tag.QUOTE]
    opening = max((i for i in quotes if i < target.start), default=None)
    closing = min((i for i in quotes if i >= target.end), default=len(s.words))
    if opening is None or sum(i < target.start for i in quotes) % 2 == 0:
        return None
    for verb in (*range(opening - 1, -1, -1), *range(closing + 1, len(s.words))):
        if s.tag(verb) not in {Tag.VERB, Tag.ED, Tag.ADJ} or not _reports(s, verb):
            continue
        before = subject_before(s, verb)
        if before is not None and not opening < before.start < closing:
            return before
        start = s.right(verb + 1)  # "said the minister"
        if s.tag(start) in NOMINAL | {Tag.PRON}:
            return Phrase(start, max(start + 1, s.noun_phrase_end(start)))
    return None


def reported_by(s: Sentence, target: Phrase, own: frozenset[str], /) -> Phrase | None:
    """Return the words that name who is reported to say or think what holds the target.

    "X said that ...", "according to X, ...", "..., as X put it"; not when the speaker is the one
    who says it or approves of it ("was right to say").
    """
    for i in range(target.start - 1, -1, -1):
        if s.tag(i) is Tag.STOP and s.text(i) == ";":
            break
        viewer = _viewer(s, i)
        if viewer is not None:
            return None if is_own(s, viewer, own) else viewer
        subject = _reporter(s, i, target)
        if subject is None or is_own(s, subject, own) or not is_agent(s, subject):
            continue
        if s.text(s.left(subject.start)) == "as":
            continue  # "as the president pointed out": the speaker agrees
        if any(s.grammar.is_in(s.text(j), "approving") for j in range(i + 1)):
            continue
        return subject
    return None


def _viewer(s: Sentence, i: int, /) -> Phrase | None:
    """Return whose view a phrase that ends at `i` names: "according to X", "in X's eyes"."""
    if s.spelled_to(i, "viewpoints") is not None:
        return Phrase(i + 1, max(i + 2, s.noun_phrase_end(i + 1)))
    if s.text(i) == "for" and i == s.clause_start(i):  # "For the bishop, X is a crime"
        end = s.noun_phrase_end(i + 1)
        person = Phrase(i + 1, end)
        one = s.text(i + 1) in {"the", "a", "an"} and not s.text(end - 1).endswith("s")
        return person if one and s.tag(end) is Tag.COMMA and _is_person(s, end) else None
    if not s.grammar.is_in(s.text(i), "outlooks") or s.tag(i + 1) not in _AFTER_VIEW:
        return None
    start = s.phrase_start(i)
    owner = owner_of(s, start, i)
    return owner if s.text(start - 1) in {"in", "to"} else None


_AFTER_VIEW = frozenset({Tag.COMMA, Tag.DET, Tag.NOUN, Tag.POSS, Tag.ADJ, Tag.BE})


def _is_person(s: Sentence, end: int, /) -> bool:
    """Tell whether the noun before `end` is a person, and no body of people."""
    named = s.words[end - 1].surface[:1].isupper()
    adjective = s.starting_at(end - 1, ("adjective",)) is not None  # "for the poor"
    return not named and not adjective and is_agent(s, Phrase(end - 1, end))


def owner_of(s: Sentence, start: int, head: int, /) -> Phrase | None:
    """Return the possessive in a noun phrase that begins at `start`: "their", "the Tsar's"."""
    if s.tag(start) is Tag.POSS:
        return Phrase(start, start + 1)
    last = next((j for j in range(head - 1, start - 1, -1) if s.words[j].genitive), None)
    return None if last is None else Phrase(start, last + 1)


def _reporter(s: Sentence, i: int, target: Phrase, /) -> Phrase | None:
    """Return the subject of the verb or noun of saying at `i` whose content holds the target."""
    viewed = s.tag(i) is Tag.NOUN and s.text(i + 1) == "that"
    if viewed and s.grammar.is_in(s.text(i), "propositions"):
        return _holds_view(s, i)
    if s.tag(i) is not Tag.VERB:
        return None
    if s.grammar.is_in(base_form(s, i), "accusing") and _charged(s, i, target):
        return subject_before(s, i)
    if not _reports(s, i) or not _complement(s, i, target):
        return None
    convincing = s.grammar.is_in(s.grammar.base_of[s.text(i)], "convincing")
    if convincing and s.text(i + 1) in {"us", "me"}:
        return None  # then we are of that mind as well
    subject = subject_before(s, i)
    if subject is not None and s.text(subject.start) in {"us", "me"}:
        return subject_before(s, subject.start)  # "they would have us believe"
    return subject


def _charged(s: Sentence, verb: int, target: Phrase, /) -> bool:
    """Tell whether a charge follows a verb of accusing: "of doing", "because", "for doing"."""
    for i in range(verb + 1, target.start):
        if s.text(i) == "because" or (s.text(i) in {"of", "for"} and s.tag(i + 1) in _DOING):
            return True
    return False


_DOING = frozenset({Tag.ING, Tag.HAVE})


def _holds_view(s: Sentence, noun: int, /) -> Phrase | None:
    """Return who is of a view: "X are of the opinion that", "the Tsar's claim that"."""
    start = s.phrase_start(noun)
    owner = owner_of(s, start, noun)
    if owner is not None:
        return owner
    i = s.left(start)
    i = s.left(i) if s.text(i) == "of" else i
    return subject_before(s, i) if s.tag(i) in {Tag.VERB, Tag.BE, Tag.HAVE} else None


def _reports(s: Sentence, i: int, /) -> bool:
    """Tell whether a verb reports speech or thought."""
    base = s.grammar.base_of.get(s.text(i), "")
    if s.grammar.is_in(base, "reporting"):
        return True
    if not s.grammar.is_in(base, "reporting_heads"):
        return False
    phrases = (entry.split() for entry in s.grammar.classes["reporting"])
    return any(
        words[0] == base and all(s.text(i + k) == word for k, word in enumerate(words) if k)
        for words in phrases
    )


def _complement(s: Sentence, verb: int, target: Phrase, /) -> bool:
    """Tell whether a clause follows a reporting verb: "that", a colon, a quotation, a verb."""
    if any(s.text(i) == "that" and s.tag(i) is Tag.REL for i in range(verb + 1, target.start)):
        return True
    if any(s.tag(i) in {Tag.STOP, Tag.QUOTE} for i in range(verb + 1, min(verb + 9, target.start))):
        return True
    return s.finite_between(verb + 1, min(len(s.words), target.end + 4))
