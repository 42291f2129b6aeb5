"""Where the cues of the lexicon stand in a tagged sentence."""

from __future__ import annotations

from discourse.stances.cues import POSSESSIVE, REFLEXIVE, Cue
from discourse.stances.syntax import Found, Phrase, Sentence
from discourse.stances.words import Tag

_TAGS = {
    "verb": {Tag.VERB, Tag.ING, Tag.ED, Tag.HAVE},
    "subject": {Tag.VERB, Tag.ING, Tag.ED, Tag.BE, Tag.HAVE},
    "noun": {Tag.NOUN, Tag.ING, Tag.ADJ},
    "adjective": {Tag.ADJ, Tag.ED, Tag.ING, Tag.NOUN, Tag.VERB},
}


def find_cues(sentence: Sentence, /) -> tuple[Found, ...]:
    """Return every cue in a sentence, in order of place."""
    found: list[Found] = []
    present = {word.text for word in sentence.words}
    for i, word in enumerate(sentence.words):
        for cue in sentence.lexicon.by_head.get(word.text, ()):
            if not cue.needs <= present:
                continue
            hyphened = len(cue.words) > 1 and i + 1 < len(sentence.words) and sentence.words[i + 1].joined
            if not hyphened and word.tag not in _TAGS.get(cue.form, {word.tag}):
                continue
            end = _match(sentence, cue, i)
            if end is not None:
                found.append(Found(i, end, cue))
    return tuple(found)


def _match(sentence: Sentence, cue: Cue, start: int, /) -> int | None:
    """Return where a cue ends that begins at `start`, None if it does not stand there."""
    at = start
    for wanted in cue.words[1:]:
        # The entry itself may hold adverbs; between its words others may stand.
        beside = sentence.right(at + 1)
        denied = beside + (wanted == "to" and sentence.tag(beside) is Tag.NEG)  # "decide not to"
        if sentence.text(beside) == "than" and sentence.text(beside + 1) == "ever":
            beside += 2  # "more devoted than ever to"
        places = (at + 1, beside, denied, _past_object(sentence, cue, at + 1))
        nxt = next((i for i in places if _fits(sentence, i, wanted, cue)), None)
        if nxt is None:
            return None
        at = nxt
    return at + 1


def _past_object(sentence: Sentence, cue: Cue, i: int, /) -> int:
    """Return the index past a pronoun or determiner within a predicate: "bring us hope"."""
    if cue.form == "subject":
        while sentence.tag(i) in {Tag.PRON, Tag.POSS, Tag.DET}:
            i += 1
    return i


def _fits(sentence: Sentence, i: int, wanted: str, cue: Cue, /) -> bool:
    """Tell whether the word at `i` is the one an entry asks for."""
    text = sentence.text(i)
    if wanted == POSSESSIVE:
        return sentence.tag(i) is Tag.POSS
    if wanted == REFLEXIVE:
        return text.endswith(("self", "selves"))
    if wanted == "-ing":
        return sentence.tag(i) is Tag.ING
    if wanted in {"on", "towards"}:
        return text in {"on", "upon"} if wanted == "on" else text in {"towards", "toward"}
    inflects = cue.form in {"noun", "predicate"} and text == wanted + "s"
    return text == wanted or (inflects and not sentence.grammar.is_in(wanted, "prepositions"))


def match_after(sentence: Sentence, found: Found, phrase: Phrase, /) -> bool:
    """Tell whether the words after the gap of a cue follow the phrase in the gap.

    Other words may stand between: "put the peace of the region at risk".
    """
    limit = min(len(sentence.words), phrase.end + 10)
    after = found.cue.after
    for i in range(phrase.end, limit):
        if sentence.tag(i) is Tag.STOP:
            return False
        at = i
        for wanted in after:
            if not _fits(sentence, at, wanted, found.cue):
                break
            at = at + 1
        else:
            return True
    return False
