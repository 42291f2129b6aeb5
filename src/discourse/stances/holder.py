"""Whose stance a mention expresses: the speaker's own, or that of somebody reported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from discourse.corpus import Document
from discourse.stances.chain import Chain
from discourse.stances.grammar import grammar
from discourse.stances.parties import doer, is_agent, is_own, subject_before
from discourse.stances.phrases import Phrase
from discourse.stances.reporting import owner_of, quoted_speaker, reported_by
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import Tag

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
    r"\b([A-Z]\w+)(?: \w+ly)? (has|is|will|was|must|does|cannot|would|shall|stands|believes|"
    r"supports|calls|wants|welcomes|remains|rejects|opposes|owns|applies|asks|lives|hopes|helped)\b"
)
MIN_SUBJECTS = 3


class Held(NamedTuple):
    """Who holds a stance, and the words that name a holder who is not the speaker."""

    holder: Holder
    name: Phrase | None = None


def own_names(document: Document, /) -> frozenset[str]:
    """Return the folded names by which the speaker may speak of his or her own side.

    From docvars (country, party, speaker, ...), from phrases such as "my country, X", and the
    proper name that is most often a subject, beside known names if it wants or welcomes things.
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
        guessed = times >= MIN_SUBJECTS and (not names or _speaks_for(document.text, name))
        names |= {name} if guessed else set()
    return frozenset(name.strip().lower() for name in names) - grammar().classes["titles"]


def _speaks_for(text: str, name: str, /) -> bool:
    """Tell whether a name is the subject of what one says of oneself, not of an adversary."""
    verbs = (m[2].removesuffix("s") for m in _SUBJECT.finditer(text) if m[1] == name)
    return not grammar().classes["attitudes"].isdisjoint(verbs)


def holder(
    s: Sentence, chain: Chain, cues: Sequence[Phrase], target: Phrase, own: frozenset[str], /
) -> Held:
    """Return who holds a stance, from the chain above its target and the cues that decided."""
    speaker = quoted_speaker(s, target)
    if speaker is not None:
        return Held("self") if is_own(s, speaker, own) else Held("other", speaker)
    subject = doer(s, chain)
    if subject is not None and is_own(s, subject, own):
        return Held("self")
    owner = _owner(s, chain)
    if owner is not None and is_own(s, owner, own):
        return Held("self")
    reporter = reported_by(s, target, own)
    if reporter is not None:
        return Held("other", reporter)
    felt = _felt_by(s, chain, subject, own)
    if felt is not None:
        return Held("other", felt)
    if subject is None or _tells(s, chain, cues) or _wanted_by_self(s, subject, own):
        return Held("self")
    if not is_agent(s, subject) or _is_everybody(s, subject):
        return Held("self")
    return Held("other", subject)


def _owner(s: Sentence, chain: Chain, /) -> Phrase | None:
    """Return the possessive before a noun of stance: "our faith in"."""
    nouns = (x for x in chain.links if x.is_noun)
    owners = (owner_of(s, s.phrase_start(x.start), x.start) for x in nouns)
    return next((owner for owner in owners if owner is not None), None)


def _felt_by(
    s: Sentence, chain: Chain, subject: Phrase | None, own: frozenset[str], /
) -> Phrase | None:
    """Return whose a feeling is: "their scorn for", "the Tsar's hatred of"; not the speaker's."""
    for link in chain.links:
        if not link.is_noun or not s.grammar.is_in(s.text(link.start), "sentiments"):
            continue
        owner = owner_of(s, s.phrase_start(link.start), link.start)
        if owner is None or (s.tag(owner.start) is not Tag.POSS and not is_agent(s, owner)):
            continue
        if s.tag(owner.start) is not Tag.POSS:
            return owner
        who = subject or subject_before(s, s.left(owner.start))
        if who is not None and is_agent(s, who):
            return None if is_own(s, who, own) else who
        return owner if s.text(owner.start) in {"their", "his", "her"} else None
    return None


def _tells(s: Sentence, chain: Chain, cues: Sequence[Phrase], /) -> bool:
    """Tell whether the speaker tells what others do, must do or fail to do, and judges it."""
    urged = [x for x in chain.links if x.step == "operator" and x.cue and x.cue.after]
    verbs = [x.start for x in chain.links if x.cue is not None]
    if any(_is_ours(s, x.end) for x in urged) or any(_is_ours(s, s.left(s.left(i))) for i in verbs):
        return True  # "they called on us to", "they taught us to"
    if (chain.obliged and not urged) or any(_must(s, i) for i in verbs):
        return True
    if urged:
        return False
    if any(x.is_a("harm", "blame") or x.missed for x in chain.links):
        return True
    if any(s.grammar.is_in(s.text(i - 1), "commending", "sadly", "gladly") for i in verbs):
        return True
    return not _has_attitude(s, cues)


def _is_ours(s: Sentence, i: int, /) -> bool:
    """Tell whether a word is the speaker as an object: "us", "me"."""
    return s.text(i) in {"us", "me"}


def _must(s: Sentence, verb: int, /) -> bool:
    """Tell whether a verb is what somebody must do."""
    i = s.left(verb)
    return s.tag(i) is Tag.MODAL and s.grammar.is_in(s.text(i), "obligations")


def _is_everybody(s: Sentence, subject: Phrase, /) -> bool:
    """Tell whether a subject includes the speaker: "all", "no one"; not "all of them"."""
    if s.text(subject.end) == "of" and s.text(subject.end + 1) in {"them", "those", "these"}:
        return False
    words = s.phrase_words(subject.start, subject.end)
    return any(s.grammar.is_in(word, "everyone") for word in words[:2])


def _wanted_by_self(s: Sentence, subject: Phrase, own: frozenset[str], /) -> bool:
    """Tell whether what somebody else does is wanted, welcomed or regretted by the speaker.

    "We hope that they will resume X", "it is encouraging that they agreed on X".
    """
    that = s.clause_start(subject.start) - 1
    if s.text(that) != "that":
        return False
    above = s.left(that)
    if s.tag(s.left(above)) is Tag.TO:  # "it is encouraging to note that"
        above = s.left(s.left(above))
    if s.tag(above) in {Tag.VERB, Tag.ING} and not s.grammar.is_in(s.text(above), "glad"):
        wanted = s.grammar.is_in(base_form(s, above), "rejoicing", "regretting", "wishing")
        who = subject_before(s, above)
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
        if any(s.grammar.is_in(s.text(i), "sentiments") for i in range(cue.start, cue.end)):
            return True
        after = [word for f in s.starting[cue.start] for word in f.cue.after]
        if any(s.grammar.is_in(word, "sentiments") for word in after):
            return True  # "give X a wide berth"
        found = s.starting_at(cue.start, ("verb",))
        stands = found is not None and found.cue.cue_class in {"promote", "reduce"}
        if stands and not s.grammar.is_in(bases[0], "deeds", "undergone"):
            return True
        if found is not None and "one's" in found.cue.words:  # "stake one's name on"
            return True
    return False
