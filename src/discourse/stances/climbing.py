"""From a noun phrase or verb up to everything that governs it."""

from __future__ import annotations

from dataclasses import replace

from discourse.stances.attachment import (
    is_set_off,
    operator_with_object,
    past_inner_aside,
    verb_before,
    whole,
)
from discourse.stances.chain import Chain
from discourse.stances.denial import fronted_denial, is_missed, is_rhetorical, judged_bad
from discourse.stances.governors import OBJECT_FORMS, VERBAL, governor
from discourse.stances.phrases import Found, Phrase
from discourse.stances.syntax import FINITE, Sentence
from discourse.stances.words import NOMINAL, Tag

MAX_LINKS = 12


AUXILIARY = frozenset({Tag.ADV, Tag.NEG, Tag.MODAL, Tag.HAVE, Tag.DO, Tag.QUOTE})


PREDICATIVE = frozenset({Tag.NEG, Tag.BE, Tag.MODAL, Tag.HAVE, Tag.CC, Tag.ADJ})


ADVERBIAL = frozenset({Tag.NEG, Tag.BE, Tag.VERB, Tag.MODAL, Tag.DO, Tag.HAVE})


def climb_phrase(s: Sentence, phrase: Phrase, chain: Chain, /) -> Phrase:
    """Follow what governs a noun phrase upwards; return the outermost noun phrase reached.

    The chain gains a link for every cue; it stays empty when nothing with a stance governs the
    phrase.
    """
    denied = s.has_determiner_no(phrase)  # counts once a cue governs the phrase
    passed: Phrase | None = None
    for _ in range(MAX_LINKS):
        at = s.left(phrase.start)
        found = governor(s, phrase, at) if s.additive(phrase) is None else None
        if found is not None:
            chain.add(found)
            if denied:
                chain.negate(phrase.start)
            if found.cue.form != "noun":
                climb_from(s, found, chain)
                return phrase
            phrase = _noun_phrase_of(s, found, phrase, chain)
            denied = s.has_determiner_no(phrase)
            continue
        larger = whole(s, phrase, at) if not chain.links else None
        if larger is not None:
            phrase, passed = larger, phrase
            continue
        before = _conjunct(s, phrase, chain)
        if before is None:
            break
        # "no A or B" denies both, "less A and more B" only the first.
        denied |= s.has_determiner_no(before) and s.tag(phrase.start) is not Tag.DET
        phrase = Phrase(before.start, phrase.end)
    if passed is not None and not chain.links:
        return passed
    if denied and chain.links:
        chain.negate(phrase.start)
    if chain.links and s.tag(s.left(phrase.start)) in {Tag.BE, Tag.NEG}:  # "we are enemies of X"
        _climb_group(s, phrase.start, chain, PREDICATIVE)
    return phrase


def _noun_phrase_of(s: Sentence, found: Found, phrase: Phrase, chain: Chain, /) -> Phrase:
    """Return the noun phrase of a nominal cue; "our support for" has its holder with it."""
    start = s.phrase_start(found.start)
    if s.text(start) in {"our", "my"}:
        chain.subject = Phrase(start, start + 1)
    return Phrase(start, phrase.end)


def _conjunct(s: Sentence, phrase: Phrase, chain: Chain, /) -> Phrase | None:
    """Return what a phrase is coordinated with on its left, whose governor it shares."""
    before = s.conjunct_before(phrase)
    if before is None or (chain.links and s.text(s.left(phrase.start)) == "but"):
        return None
    if chain.links or is_set_off(s, before, phrase):
        # "threats to A and attacks on B": the nouns of stance are coordinated
        return s.outermost(before.end - 1)
    return before


def climb_from(s: Sentence, found: Found, chain: Chain, /) -> None:
    """Follow a cue that is no noun upwards: its verb group, operators and subject."""
    if found.cue.form == "adjective":
        _climb_group(s, found.start, chain, PREDICATIVE)
    elif found.cue.form == "phrase" and s.tag(found.start) not in VERBAL:
        _climb_group(s, found.start, chain, ADVERBIAL)
    else:
        climb_verb(s, found.start, chain)


def climb_verb(s: Sentence, verb: int, chain: Chain, /) -> None:
    """Follow a verb upwards through auxiliaries, negation, coordination and operators."""
    above: int | None = verb
    for _ in range(MAX_LINKS):
        if above is None:
            return
        above = _step_up(s, above, chain)


def _step_up(s: Sentence, verb: int, chain: Chain, /) -> int | None:
    """Return the verb above a verb, None once the subject is set."""
    operator = s.ending_at(verb, ("operator",))
    if operator is not None and operator.start < verb:  # "stop undermining"
        chain.add(operator, "operator")
        return _go_on(s, operator.start, chain)
    at = _auxiliaries(s, verb, chain)
    previous = verb_before(s, at, verb)
    if previous is not None:
        return previous
    if s.tag(at) is Tag.TO:
        return _above_infinitive(s, at, chain)
    instead = s.ending_at(at, ("operator",)) if s.text(at) == "than" else None
    if instead is not None:  # "rather than encourage"
        chain.add(instead, "operator")
        _purpose_subject(s, instead.start, chain)
        return None
    if s.tag(verb) is Tag.ING and s.tag(at) is Tag.PREP:
        return _above_gerund(s, at, chain)
    if s.tag(verb) is Tag.ING and at < 0 and judged_bad(s, verb):  # "Leaving X is folly"
        chain.negate(verb)
        return None
    if s.tag(verb) is Tag.ING and s.tag(at) is Tag.COMMA:  # ", choosing A over B"
        _purpose_subject(s, at, chain)
        return None
    if s.tag(verb) is Tag.ING and s.tag(at) is Tag.NOUN and not any(x.default for x in chain.links):
        climb_phrase(s, Phrase(s.phrase_start(at), at + 1), chain)  # "policies involving X"
        return None
    if s.tag(verb) in {Tag.ING, Tag.VERB} and s.tag(at) in {Tag.VERB, Tag.ING}:
        outer = s.starting_at(at, ("verb",))
        if outer is not None and outer.end == at + 1:  # "help promote"
            chain.add(outer)
        return at
    set_subject(s, at, chain)
    return None


def _go_on(s: Sentence, i: int, chain: Chain, /) -> int | None:
    """Return the verb that an operator is; climb from its noun, adjective or modal."""
    tag = s.tag(i)
    if tag is Tag.NOUN:
        climb_phrase(s, Phrase(s.phrase_start(i), i + 1), chain)
        return None
    if tag in {Tag.ADJ, Tag.ED}:
        return _climb_group(s, i, chain, PREDICATIVE)
    if tag is Tag.MODAL:
        _note_modality(s, i, chain)
        set_subject(s, i - 1, chain)
        return None
    return i if tag in VERBAL else None


def _auxiliaries(s: Sentence, verb: int, chain: Chain, /) -> int:
    """Pass over auxiliaries left of a verb, noting negation and modality; return where they end."""
    i, first = past_inner_aside(s, verb - 1), len(chain.links)
    while (
        s.tag(i) in AUXILIARY
        or (s.tag(i) is Tag.BE and s.tag(verb) is not Tag.VERB)
        or s.text(i) == "nor"
    ):
        _note_negation(s, i, chain)
        _note_modality(s, i, chain)
        i -= 2 if s.text(i) == "nor" and s.tag(i - 1) is Tag.COMMA else 1
    if len(chain.links) == first + 1 and is_missed(s, verb, i, chain):
        chain.links[first] = replace(chain.links[first], missed=True)
    return i


def _note_negation(s: Sentence, i: int, chain: Chain, /) -> None:
    """Note a negating word, unless it is the first half of "not only ... but"."""
    negates = s.tag(i) in {Tag.NEG, Tag.MODAL, Tag.ADV, Tag.CC} and s.grammar.is_in(
        s.text(i), "negators"
    )
    if negates and not s.grammar.is_in(s.text(i + 1), "restrictors"):
        chain.negate(i)


def _note_modality(s: Sentence, i: int, chain: Chain, /) -> None:
    """Note obligation and intention."""
    chain.obliged |= s.grammar.is_in(s.text(i), "obligations")
    chain.intended |= s.grammar.is_in(s.text(i), "intentions")


def _above_infinitive(s: Sentence, to: int, chain: Chain, /) -> int | None:
    """Return the verb above "to": its operator, or the verb of its noun or adjective."""
    if s.tag(to - 1) is Tag.NEG:
        chain.negate(to - 1)
    forms = ("operator", "adjective", "noun", "verb", "phrase")
    found = s.ending_at(to, ("operator",)) or operator_with_object(s, to, ("to",))
    found = found or s.ending_at(to, forms)
    if found is not None:
        is_operator = found.cue.form == "operator"
        # Who urges somebody to do a thing puts an obligation on them.
        chain.obliged |= is_operator and bool(found.cue.after) and found.cue.cue_class != "neutral"
        chain.add(found, "operator" if is_operator else "cue")
        chain.intended |= is_operator and found.cue.cue_class == "promote"
        return _go_on(s, found.start, chain)
    before = s.left(to)
    if s.grammar.is_in(s.text(before), "sorry"):  # "it is sad to see"
        chain.negate(before)
        return None
    if s.tag(before) in {Tag.CC, Tag.COMMA}:  # "important to A, to B and to C"
        for i in range(before - 1, s.clause_start(before) - 1, -1):
            if s.tag(i) is Tag.TO:
                return _above_infinitive(s, i, chain)
    evaluation = s.ending_at(before, ("adjective", "predicate"))
    if evaluation is None:
        if s.left(to) < 0 and judged_bad(s, to):  # "To abandon X would be madness"
            chain.negate(to)
        _purpose_subject(s, to, chain)
        return None
    if evaluation.cue.cue_class == "reduce":  # "it is wrong to"
        chain.add(evaluation)
    chain.obliged = True
    return None


def _above_gerund(s: Sentence, preposition: int, chain: Chain, /) -> int | None:
    """Return the verb above "PREP + -ing": "committed to promoting", "without harming"."""
    found = s.ending_at(preposition, (*OBJECT_FORMS, "operator"))
    found = found or operator_with_object(s, preposition, (s.text(preposition), "-ing"))
    if found is None:
        if s.text(preposition) == "without":
            chain.negate(preposition)
        _purpose_subject(s, preposition, chain)
        return None
    chain.add(found, "operator" if found.cue.form == "operator" else "cue")
    return _go_on(s, found.start, chain)


def _climb_group(s: Sentence, start: int, chain: Chain, tags: frozenset[Tag], /) -> int | None:
    """Follow a predicative adjective or adverbial phrase past its verb group to its subject."""
    i = s.left(start)
    while s.tag(i) in tags or s.grammar.is_in(s.text(i), "copulas"):
        if s.text(i) == "but" and s.text(i - 1) == "anything":  # "anything but hostile to"
            chain.negate(i)
            i = s.left(i - 1)
            continue
        if (s.text(i - 2), s.text(i - 1), s.text(i)) == ("nothing", "if", "not"):
            i = s.left(i - 2)
            continue
        if s.tag(i) is Tag.CC and s.tag(s.left(i)) not in {Tag.ADJ, Tag.ED}:
            break
        _note_negation(s, i, chain)
        _note_modality(s, i, chain)
        i = s.left(i)
    if s.tag(i) is Tag.TO:
        return _above_infinitive(s, i, chain)
    set_subject(s, i, chain)
    return None


def _purpose_subject(s: Sentence, i: int, chain: Chain, /) -> None:
    """Set the subject of an infinitive of purpose or a gerund: that of the clause around it."""
    for j in range(i - 1, s.clause_start(i) - 1, -1):
        if s.tag(j) in FINITE and s.tag(s.left(j)) not in FINITE:
            _note_modality(s, j, chain)
            set_subject(s, s.left(j), chain)
            return
    for j in range(i + 1, len(s.words)):  # the gerund stands before its clause: "By doing X, we"
        if s.tag(j) in FINITE and s.tag(s.left(j)) is not Tag.REL:
            set_subject(s, s.left(j), chain)
            return


def set_subject(s: Sentence, i: int, chain: Chain, /) -> None:
    """Set the subject whose last word is at or left of `i`."""
    i = s.past_relative(s.past_aside(i))  # "Kestria, like its neighbours, rejects"
    if is_rhetorical(s, i):
        chain.negate(i)
        return
    if s.tag(i) is Tag.REL:
        chain.subject = Phrase(i, i + 1)
        _climb_antecedent(s, i, chain)
        return
    if s.tag(i) not in NOMINAL | {Tag.PRON}:
        return
    chain.subject = s.outermost(i)
    for _ in range(MAX_LINKS):  # "France, Italy and their partners reject"
        before = s.conjunct_before(chain.subject)
        if before is None:
            break
        chain.subject = Phrase(before.start, chain.subject.end)
    if fronted_denial(s, chain.subject):
        chain.negate(s.left(chain.subject.start))
    if s.text(chain.subject.start) in {"no", "nobody", "none", "neither", "nothing"}:
        chain.negate(chain.subject.start)


def _climb_antecedent(s: Sentence, relative: int, chain: Chain, /) -> None:
    """Follow what governs those who do a thing: "we condemn those who undermine X"."""
    head = s.left(relative)
    if s.tag(head) not in NOMINAL | {Tag.PRON}:
        return
    phrase = Phrase(head if s.tag(head) is Tag.PRON else s.phrase_start(head), head + 1)
    if s.has_determiner_no(phrase) or s.text(head) in {"nobody", "nothing", "none"}:
        chain.negate(phrase.start)  # "there is no cause that justifies"
        return
    if s.words[-1].text == "?" and s.text(1) == "there":  # "is there anyone who does not"
        chain.negate(phrase.start)
        return
    found = s.ending_at(s.left(phrase.start), ("verb", "adjective", "phrase"))
    # Only leftwards: a clause that stands inside what was climbed already must not be met again.
    if found is not None and found.cue.default and found.start < chain.leftmost:
        chain.add(found)
        climb_from(s, found, chain)
