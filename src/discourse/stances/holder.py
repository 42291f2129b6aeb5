"""Whose stance a mention expresses: the speaker's own, or that of somebody reported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from discourse.corpus import Document
from discourse.stances.chain import Chain
from discourse.stances.grammar import grammar
from discourse.stances.phrases import Phrase
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

Holder: TypeAlias = Literal["self", "other", "unclear"]
OWN_DOCVARS = ("country", "party", "speaker", "author", "state", "organisation", "organization")
# Bounded, so that a hostile text of capitals cannot make the search quadratic.
_WORD = r"[A-Z][\w’'-]{0,40}"
_NAME = rf"\b{_WORD}(?: (?:of )?(?:the )?{_WORD}){{0,6}}"
_OWN_PATTERNS = tuple(
    re.compile(pattern.replace("NAME", f"({_NAME})"))
    for pattern in (
        r"\b(?:[Mm]y|[Oo]ur) (?:own )?(?:country|nation|homeland|party|state)[,:] (?:the )?NAME",
        r"NAME, (?:my|our) (?:own )?(?:country|nation|homeland|party|state)\b",
        r"\b[Oo]n behalf of (?:the )?(?:[Gg]overnment and )?(?:[Pp]eople of )?(?:the )?NAME",
        r"\bwe,? (?:the )?NAME",
    )
)
# A proper name before a finite verb, in which a speaker's own side is named most often.
_SUBJECT = re.compile(
    r"\b([A-Z]\w+)(?: \w+ly)? (?:has|is|will|was|must|does|cannot|would|shall|stands|believes|"
    r"supports|calls|wants|welcomes|remains|rejects|opposes|owns|applies|asks|lives|hopes|helped)\b"
)
MIN_SUBJECTS = 3
# Endings of words for people: "smugglers", "settlers", "fishermen".
_PERSONS = (
    "er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "men", "woman", "women", "ee",
    "ees", "folk", "crats", "crat", "ants", "ats",
)  # fmt: skip


class Held(NamedTuple):
    """Who holds a stance, and the words that name a holder who is not the speaker."""

    holder: Holder
    name: Phrase | None = None


def own_names(document: Document, /) -> frozenset[str]:
    """Return the folded names by which the speaker may speak of his or her own side.

    From docvars (country, party, speaker, ...), from phrases such as "my country, X", and the
    proper name that is most often a subject in the text.
    """
    names: set[str] = set()
    for key in OWN_DOCVARS:
        for name in re.findall(_NAME, str(document.docvars.get(key) or "")):
            names.update((name, *re.split(r" of (?:the )?", name)))
    for pattern in _OWN_PATTERNS:
        names.update(match[1] for match in pattern.finditer(document.text))
    subjects = Counter(
        m[1]
        for m in _SUBJECT.finditer(document.text)
        if m[1].lower() not in grammar().classes["no_names"]
    )
    if subjects:
        name, times = max(subjects.items(), key=lambda item: (item[1], item[0]))
        names |= {name} if times >= MIN_SUBJECTS else set()
    return frozenset(name.strip().lower() for name in names) - grammar().classes["titles"]


def holder(
    s: Sentence, chain: Chain, cues: Sequence[Phrase], target: Phrase, own: frozenset[str], /
) -> Held:
    """Return who holds a stance, from the chain above its target and the cues that decided."""
    speaker = quoted_speaker(s, target)
    if speaker is not None:
        return Held("self") if is_own(s, speaker, own) else Held("other", speaker)
    subject = _antecedent(s, chain.subject)
    if subject is not None and is_own(s, subject, own):
        return Held("self")
    reporter = reported_by(s, target, own)
    if reporter is not None:
        return Held("other", reporter)
    if subject is None or chain.obliged or not _has_attitude(s, cues):
        return Held("self")
    first = chain.innermost
    if (first is not None and first.is_a("harm", "blame")) or _wanted_by_self(s, subject, own):
        return Held("self")
    words = s.phrase_words(subject.start, subject.end)
    if is_agent(s, subject) and not any(s.grammar.is_in(word, "everyone") for word in words[:2]):
        return Held("other", subject)
    return Held("self")


def _wanted_by_self(s: Sentence, subject: Phrase, own: frozenset[str], /) -> bool:
    """Tell whether what somebody else does is wanted, welcomed or regretted by the speaker.

    "We hope that they will resume X", "it is encouraging that they agreed on X".
    """
    that = s.clause_start(subject.start) - 1
    if s.text(that) != "that":
        return False
    above = s.left(that)
    if s.tag(above) in {Tag.VERB, Tag.ING}:
        wanted = s.grammar.is_in(base_form(s, above), "rejoicing", "regretting", "wishing")
        who = _subject_before(s, above)
        return wanted and (who is None or is_own(s, who, own))
    return s.grammar.is_in(s.text(above), "glad", "sorry", "believed", "wishes")


def _has_attitude(s: Sentence, cues: Sequence[Phrase], /) -> bool:
    """Tell whether the cues tell what somebody wants or rejects.

    What somebody merely does or suffers ("has contributed to peace") is told by the speaker.
    """
    for cue in cues:
        bases = [base_form(s, i) for i in range(cue.start, min(cue.end, cue.start + 2))]
        attitudes = s.grammar.classes["attitudes"]
        if not attitudes.isdisjoint((*bases, " ".join(bases))):
            return True
        found = s.starting_at(cue.start, ("verb",))
        stands = found is not None and found.cue.cue_class in {"promote", "reduce"}
        if stands and not s.grammar.is_in(bases[0], "deeds"):
            return True
    return False


def _antecedent(s: Sentence, subject: Phrase | None, /) -> Phrase | None:
    """Return the noun phrase a relative pronoun stands for."""
    if subject is None or s.tag(subject.start) is not Tag.REL:
        return subject
    i = s.left(subject.start)
    while s.tag(i) in {Tag.COMMA, Tag.PREP}:
        i = s.left(i)
    if s.tag(i) in {Tag.NOUN, Tag.PRON, Tag.DET}:
        return Phrase(i if s.tag(i) is Tag.PRON else s.phrase_start(i), i + 1)
    return None


def is_own(s: Sentence, subject: Phrase, own: frozenset[str], /) -> bool:
    """Tell whether a subject is the speaker: first person, or one of the speaker's names."""
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
    head = s.words[end - 1 if subject.start < end < subject.end else subject.end - 1]
    text, singular = head.text, head.text.removesuffix("s")
    if s.tag(subject.start) is Tag.PRON:
        return text in {"they", "he", "she", "others", "those", "who"}
    if s.grammar.is_in(text, "agents") or s.grammar.is_in(singular, "agents"):
        return True
    if any(t.start <= subject.end - 1 < t.end for t in s.targets):
        return False
    if s.grammar.is_in(text, "nouns", "things") or s.grammar.is_in(singular, "things"):
        return False
    alone = subject.end - subject.start == 1
    if head.surface[:1].isupper() and (subject.start > 0 or alone):
        return True  # a proper name, even one like "France"
    return text.endswith(_PERSONS)


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
        before = _subject_before(s, verb)
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
        start = s.spelled_to(i, "viewpoints")
        if start is not None:
            viewer = Phrase(i + 1, max(i + 2, s.noun_phrase_end(i + 1)))
            return None if is_own(s, viewer, own) else viewer
        if s.tag(i) is Tag.VERB and _reports(s, i) and _complement(s, i, target):
            subject = _subject_before(s, i)
            if subject is None or is_own(s, subject, own) or not is_agent(s, subject):
                continue
            if s.text(s.left(subject.start)) == "as":
                continue  # "as the president pointed out": the speaker agrees
            if any(s.grammar.is_in(s.text(j), "approving") for j in range(i + 1)):
                continue
            return subject
    return None


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


def _subject_before(s: Sentence, verb: int, /) -> Phrase | None:
    """Return the subject left of a verb."""
    i = s.left(verb)
    while s.tag(i) in {Tag.HAVE, Tag.MODAL, Tag.DO, Tag.NEG, Tag.BE}:
        i = s.left(i)
    i = s.past_relative(s.past_aside(i))
    if s.tag(i) is Tag.REL:
        return _antecedent(s, Phrase(i, i + 1))
    if s.tag(i) is Tag.PRON:
        return Phrase(i, i + 1)
    return s.outermost(i) if s.tag(i) in {Tag.NOUN, Tag.DET, Tag.ADJ} else None
