"""From a noun phrase or verb up to everything that governs it."""

from __future__ import annotations

from discourse.stances.chain import Chain, Step
from discourse.stances.matching import match_after
from discourse.stances.syntax import FINITE, Found, Phrase, Sentence
from discourse.stances.words import NOMINAL, Tag

MAX_LINKS = 12


OBJECT_FORMS = ("verb", "noun", "adjective", "phrase")


def climb_phrase(s: Sentence, phrase: Phrase, chain: Chain, /) -> Phrase:
    """Follow what governs a noun phrase upwards; return the outermost noun phrase reached.

    The chain gains a link for every cue; it stays empty when nothing with a stance governs the
    phrase.
    """
    denied = s.has_determiner_no(phrase)  # counts once a cue governs the phrase
    for _ in range(MAX_LINKS):
        at = s.left(phrase.start)
        found = None
        if s.additive(phrase) is None:
            found = _governor(s, phrase, at)
        if found is not None:
            chain.add(found)
            if denied:
                chain.negate(phrase.start)
            if found.cue.form == "noun":
                phrase = Phrase(s.phrase_start(found.start), phrase.end)
                denied = s.has_determiner_no(phrase)
                continue
            climb_from(s, found, chain)
            return phrase
        before = s.conjunct_before(phrase)
        if before is None or (chain.links and s.text(s.left(phrase.start)) == "but"):
            break
        # "no A or B" denies both, "less A and more B" only the first.
        denied |= s.has_determiner_no(before) and s.tag(phrase.start) is not Tag.DET
        phrase = Phrase(before.start, phrase.end)
    if denied and chain.links:
        chain.negate(phrase.start)
    chain.top = phrase.start
    return phrase


def _governor(s: Sentence, phrase: Phrase, at: int, /) -> Found | None:
    """Return the cue that governs a phrase whose left neighbour is at `at`."""
    if s.tag(at) is Tag.NEG:  # "supports not A but B"
        at = s.left(at)
    if s.text(at) in {"us", "them", "me", "him", "her", "you"}:  # "give us peace"
        at = s.ending_at(at, ("verb",)) is None and s.left(at) or at
    found = (
        gapped(s, phrase)
        or s.ending_at(phrase.start - 1, OBJECT_FORMS)
        or s.ending_at(at, OBJECT_FORMS)
        or _repeated_preposition(s, at)
        or _with_object(s, at)
    )
    if (
        found is not None
        and found.cue.form == "verb"
        and found.cue.strength == 1
        and found.cue.cue_class == "reduce"
        and _proper(s, phrase)
    ):
        return None
    return found


def _with_object(s: Sentence, at: int, /) -> Found | None:
    """Return the verb cue whose object stands before its preposition: "free the land from X"."""
    if s.tag(at) is not Tag.PREP:
        return None
    for i in range(at - 2, max(at - 9, s.clause_start(at) - 1), -1):
        if s.tag(i) in {Tag.VERB, Tag.ING, Tag.ED}:
            cues = (c for c in s.lexicon.by_head.get(s.text(i), ()) if c.form == "verb")
            cue = next((c for c in cues if c.words[1:] == (s.text(at),) and not c.after), None)
            return None if cue is None else Found(i, at + 1, cue)
        if s.tag(i) not in NOMINAL | {Tag.ADV, Tag.CC, Tag.PRON, Tag.PREP}:
            return None
    return None


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
    for found in s.cues:
        cue = found.cue
        if (
            cue.after
            and cue.form in {"verb", "phrase"}
            and found.end == at + 1
            and match_after(s, found, phrase)
        ):
            return found
    return None


# -- upwards from a verb -------------------------------------------------------------------------


def climb_from(s: Sentence, found: Found, chain: Chain, /) -> None:
    """Follow a cue that is no noun upwards: its verb group, operators and subject."""
    if found.cue.form == "adjective":
        _climb_adjective(s, found.start, chain)
    elif found.cue.form == "phrase" and s.tag(found.start) not in {Tag.VERB, Tag.ING, Tag.ED}:
        _climb_adverbial(s, found.start, chain)
    else:
        climb_verb(s, found.start, chain)


def climb_verb(s: Sentence, verb: int, chain: Chain, /) -> None:
    """Follow a verb upwards through auxiliaries, negation, coordination and operators."""
    i = verb
    for _ in range(MAX_LINKS):
        chain.top = i
        operator = _operator_at(s, i)
        if operator is not None:
            chain.add(operator, "operator")
            i = operator.start
            if s.tag(i) is Tag.NOUN:
                climb_phrase(s, Phrase(s.phrase_start(i), i + 1), chain)
                return
            if s.tag(i) in {Tag.ADJ, Tag.ED}:
                _climb_adjective(s, i, chain)
                return
            continue
        at = _auxiliaries(s, i, chain)
        chain.top = at + 1
        previous = _verb_before(s, at, i)
        if previous is not None:
            i = previous
            continue
        if s.tag(at) is Tag.TO:
            if not _climb_infinitive(s, at, chain):
                return
            i = chain.top
            if s.tag(i) not in {Tag.VERB, Tag.ING, Tag.ED}:
                return
            continue
        instead = s.ending_at(at, ("operator",)) if s.text(at) == "than" else None
        if instead is not None:  # "rather than encourage"
            chain.add(instead, "operator")
            chain.top = instead.start
            _purpose_subject(s, instead.start, chain)
            return
        if s.tag(i) is Tag.ING and s.tag(at) is Tag.PREP:
            _climb_gerund(s, at, chain)
            return
        if s.tag(i) in {Tag.ING, Tag.VERB} and s.tag(at) in {Tag.VERB, Tag.ING}:
            outer = s.starting_at(at, ("verb",))
            if outer is not None and outer.end == at + 1:
                chain.add(outer)
            i = at
            continue
        _set_subject(s, at, chain)
        return


def _auxiliaries(s: Sentence, verb: int, chain: Chain, /) -> int:
    """Pass over auxiliaries left of a verb, noting negation and modality; return where they end."""
    i = verb - 1
    while True:
        tag, text = s.tag(i), s.text(i)
        if text in {
            "never",
            "not",
            "nor",
            "neither",
            "cannot",
            "hardly",
            "scarcely",
            "seldom",
            "rarely",
        } and not _not_only(s, i):
            chain.negate(i)
        if tag is Tag.MODAL:
            chain.obliged |= s.grammar.is_in(text, "obligations")
            chain.intended |= s.grammar.is_in(text, "intentions")
        if (
            tag not in {Tag.ADV, Tag.NEG, Tag.MODAL, Tag.HAVE, Tag.DO, Tag.QUOTE}
            and not (tag is Tag.BE and s.tag(verb) is not Tag.VERB)
            and not (tag is Tag.CC and text == "nor")
        ):
            break
        if text == "nor" and s.tag(i - 1) is Tag.COMMA:
            i -= 1
        i -= 1
    return i


def _not_only(s: Sentence, i: int, /) -> bool:
    """Tell whether a negation is the first half of "not only ... but"."""
    return s.text(i + 1) in {"only", "just", "merely", "simply"}


def _operator_at(s: Sentence, verb: int, /) -> Found | None:
    """Return the operator that ends with this verb: "stop undermining", "refrain from using"."""
    found = s.ending_at(verb, ("operator",))
    return found if found is not None and found.start < verb else None


def _verb_before(s: Sentence, at: int, verb: int, /) -> int | None:
    """Return the verb that a verb is coordinated with: "never seek A, engage in B or pursue C"."""
    if s.tag(at) not in {Tag.CC, Tag.COMMA}:
        return None
    form = _form(s, verb)
    for i in range(at - 1, s.clause_start(at) - 1, -1):
        if s.tag(i) in {Tag.VERB, Tag.ING, Tag.ED} and _form(s, i) & form:
            return i
    return None


def _form(s: Sentence, i: int, /) -> frozenset[str]:
    """Return the kinds of form a verb may be here."""
    text = s.text(i)
    return (
        s.grammar.verbs.get(text) or s.lexicon.verbs.get(text) or frozenset({s.words[i].tag.value})
    )


def _climb_infinitive(s: Sentence, to: int, chain: Chain, /) -> bool:
    """Follow "to" upwards to its operator; tell whether there is one. `chain.top` is its place."""
    found = s.ending_at(to, ("operator", "adjective", "noun", "verb", "phrase"))
    if found is None:
        found = _operator_with_object(s, to)
    if found is not None:
        step: Step = "operator" if found.cue.form == "operator" else "cue"
        if found.cue.form == "operator" and found.cue.cue_class != "neutral" and found.cue.after:
            chain.obliged = True
        chain.add(found, step)
        chain.top = found.start
        return _continue(s, found.start, chain)
    before = s.left(to)
    if s.tag(before) in {Tag.CC, Tag.COMMA}:  # "important to A, to B and to C"
        for i in range(before - 1, s.clause_start(before) - 1, -1):
            if s.tag(i) is Tag.TO:
                return _climb_infinitive(s, i, chain)
    evaluation = s.ending_at(before, ("adjective", "predicate"))
    if evaluation is not None:
        if evaluation.cue.cue_class == "reduce":
            chain.add(evaluation)
        chain.obliged = True
        chain.top = evaluation.start
        return False
    chain.top = to
    _purpose_subject(s, to, chain)
    return False


def _continue(s: Sentence, i: int, chain: Chain, /) -> bool:
    """Go on from an operator: tell whether it is a verb, else climb its noun or adjective."""
    tag = s.tag(i)
    if tag is Tag.NOUN:
        climb_phrase(s, Phrase(s.phrase_start(i), i + 1), chain)
        return False
    if tag in {Tag.ADJ, Tag.ED}:
        _climb_adjective(s, i, chain)
        return False
    if tag is Tag.MODAL:
        chain.obliged |= s.grammar.is_in(s.text(i), "obligations")
        _set_subject(s, i - 1, chain)
        return False
    return True


def _operator_with_object(s: Sentence, to: int, /) -> Found | None:
    """Return the operator that encloses an object: "urge all parties to", "allow it to"."""
    best: Found | None = None
    for found in s.cues:
        cue = found.cue
        if cue.form != "operator" or cue.after != ("to",) or not found.end < to <= found.end + 14:
            continue
        if all(s.tag(i) not in FINITE and s.tag(i) is not Tag.STOP for i in range(found.end, to)):
            best = found
    return best


def _climb_gerund(s: Sentence, preposition: int, chain: Chain, /) -> None:
    """Follow "PREP + -ing" upwards: "committed to promoting", "without harming", "efforts at"."""
    found = s.ending_at(preposition, (*OBJECT_FORMS, "operator"))
    if found is None:
        if s.text(preposition) == "without":
            chain.negate(preposition)
        chain.top = preposition
        _purpose_subject(s, preposition, chain)
        return
    chain.add(found, "operator" if found.cue.form == "operator" else "cue")
    if found.cue.form == "noun":
        climb_phrase(s, Phrase(s.phrase_start(found.start), found.start + 1), chain)
    elif found.cue.form == "operator":
        chain.top = found.start
        if _continue(s, found.start, chain):
            climb_verb(s, found.start, chain)
    else:
        climb_from(s, found, chain)


def _climb_adjective(s: Sentence, adjective: int, chain: Chain, /) -> None:
    """Follow a predicative adjective to the verb it belongs to: "is not committed to"."""
    chain.top = adjective
    i = s.left(adjective)
    while s.tag(i) in {Tag.NEG, Tag.BE, Tag.MODAL, Tag.HAVE, Tag.CC, Tag.ADJ} or s.grammar.is_in(
        s.text(i), "copulas"
    ):
        if s.tag(i) is Tag.CC and s.tag(s.left(i)) not in {Tag.ADJ, Tag.ED}:
            break
        if (s.tag(i) is Tag.NEG or s.text(i) == "cannot") and not _not_only(s, i):
            chain.negate(i)
        if s.tag(i) is Tag.MODAL:
            chain.obliged |= s.grammar.is_in(s.text(i), "obligations")
            chain.intended |= s.grammar.is_in(s.text(i), "intentions")
        chain.top = i
        i = s.left(i)
    if s.tag(i) is Tag.TO:
        _climb_infinitive(s, i, chain)
        return
    _set_subject(s, i, chain)


def _climb_adverbial(s: Sentence, start: int, chain: Chain, /) -> None:
    """Follow a phrase such as "in favour of" to the verb or subject before it."""
    chain.top = start
    i = s.left(start)
    while s.tag(i) in {Tag.NEG, Tag.BE, Tag.VERB, Tag.MODAL, Tag.DO, Tag.HAVE}:
        if s.tag(i) is Tag.NEG and not _not_only(s, i):
            chain.negate(i)
        chain.top = i
        i = s.left(i)
    _set_subject(s, i, chain)


def _purpose_subject(s: Sentence, i: int, chain: Chain, /) -> None:
    """Set the subject of an infinitive of purpose or a gerund: that of the clause around it."""
    start = s.clause_start(i)
    for j in range(i - 1, start - 1, -1):
        if s.tag(j) in FINITE and s.tag(s.left(j)) not in FINITE:
            _modality(s, j, chain)
            _set_subject(s, s.left(j), chain)
            return
    for j in range(i + 1, len(s.words)):  # the gerund stands before its clause: "By doing X, we"
        if s.tag(j) in FINITE:
            _set_subject(s, s.left(j), chain)
            return


def _modality(s: Sentence, i: int, chain: Chain, /) -> None:
    """Note the modality of a finite verb."""
    chain.obliged |= s.grammar.is_in(s.text(i), "obligations")
    chain.intended |= s.grammar.is_in(s.text(i), "intentions")


def _set_subject(s: Sentence, i: int, chain: Chain, /) -> None:
    """Set the subject whose last word is at or left of `i`."""
    if s.tag(i) is Tag.COMMA:  # "Kestria, like its neighbours, rejects"
        opening = next((j for j in range(i - 1, -1, -1) if s.tag(j) is Tag.COMMA), None)
        if opening is not None and i - opening < 14 and not s.finite_between(opening, i):
            i = s.left(opening)
        else:
            i = s.left(i)
    if s.tag(i) is Tag.REL:
        chain.subject = Phrase(i, i + 1)
        return
    if s.tag(i) not in {Tag.NOUN, Tag.PRON, Tag.DET, Tag.NUM, Tag.ADJ}:
        return
    start = i if s.tag(i) is Tag.PRON else s.phrase_start(i)
    end = i + 1
    while s.tag(s.left(start)) is Tag.PREP and s.tag(s.left(s.left(start))) in {
        Tag.NOUN,
        Tag.PRON,
        Tag.DET,
    }:
        head = s.left(s.left(start))
        start = head if s.tag(head) is Tag.PRON else s.phrase_start(head)
        end = head + 1
    chain.subject = Phrase(start, end)
    if s.text(start) in {"no", "nobody", "none", "neither", "nothing"}:
        chain.negate(start)
