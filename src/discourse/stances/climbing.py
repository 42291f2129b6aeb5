"""From a noun phrase or verb up to everything that governs it."""

from __future__ import annotations

from discourse.stances.attachment import (
    ENABLING,
    add_operator,
    causative,
    is_disposed,
    operator_of_noun,
    operator_with_object,
    verb_before,
    whole,
)
from discourse.stances.auxiliaries import AUXILIARY, note_modality, note_negation, pass_auxiliaries
from discourse.stances.chain import Chain
from discourse.stances.denial import (
    NOBODY,
    denied_antecedent,
    denied_effort,
    denied_relative,
    far_denial,
    fronted_denial,
    is_rhetorical,
    judged_bad,
)
from discourse.stances.governors import OBJECT_FORMS, VERBAL, before_object, governor
from discourse.stances.heads import add_judgement, around, conjunct, is_lacking, noun_phrase_of
from discourse.stances.phrases import Found, Phrase
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

MAX_LINKS = 12
_BARELY = frozenset({"hardly", "scarcely", "barely", "not"})
PREDICATIVE = frozenset({Tag.NEG, Tag.BE, Tag.MODAL, Tag.HAVE, Tag.CC, Tag.ADJ})
ADVERBIAL = frozenset({Tag.NEG, Tag.BE, Tag.VERB, Tag.MODAL, Tag.DO, Tag.HAVE})


_HEADS = frozenset({Tag.NOUN, Tag.DET})


def climb_phrase(s: Sentence, phrase: Phrase, chain: Chain, /) -> Phrase:
    """Follow what governs a noun phrase upwards; return the outermost noun phrase reached."""
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
            phrase = noun_phrase_of(s, found, phrase, chain)
            denied = s.has_determiner_no(phrase)
            continue
        larger = whole(s, phrase, at) if not chain.links else None
        if larger is not None:
            # "the halls of X" are no X, "the efforts made by X" are.
            phrase, passed = larger, phrase if s.tag(s.left(at)) in _HEADS else passed
            continue
        before = conjunct(s, phrase, chain) or (None if chain.links else around(s, phrase))
        if before is None:
            break
        # "no A or B" denies both, "less A and more B" only the first.
        denied |= s.has_determiner_no(before) and s.tag(phrase.start) is not Tag.DET
        phrase = Phrase(before.start, phrase.end)
    if passed is not None and not chain.links:
        return passed
    if denied and chain.links:
        chain.negate(phrase.start, missed=is_lacking(s, chain.links[-1]))
    at = s.left(phrase.start)
    sworn = s.tag(at) is Tag.ED and s.tag(s.left(at)) is Tag.BE  # "are sworn enemies of X"
    if chain.links and (sworn or s.tag(at) in {Tag.BE, Tag.NEG}):  # "we are enemies of X"
        _climb_group(s, at if sworn else phrase.start, chain, PREDICATIVE)
    return phrase


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
        add_operator(operator, chain)
        return _go_on(s, operator.start, chain)
    at = pass_auxiliaries(s, verb, chain)
    helped = s.tag(at) is Tag.COMMA and s.tag(at + 1) in {Tag.MODAL, Tag.HAVE, Tag.DO, Tag.BE}
    previous = None if helped else verb_before(s, at, verb)
    if previous is not None:
        return previous
    if s.tag(at) is Tag.TO:
        return _above_infinitive(s, at, chain)
    instead = s.ending_at(at, ("operator",)) if s.text(at) == "than" else None
    if instead is not None:  # "rather than encourage"
        chain.add(instead, "operator")
        _purpose_subject(s, instead.start, chain)
        return None
    causing = causative(s, at, verb)
    if causing is not None:
        return causing
    if s.tag(verb) is Tag.ING and s.tag(at) not in {Tag.VERB, Tag.ING}:
        return _above_participle(s, verb, at, chain)
    if s.tag(verb) in {Tag.ING, Tag.VERB} and s.tag(at) in {Tag.VERB, Tag.ING}:
        outer = s.starting_at(at, ("verb",))
        if outer is not None and outer.end == at + 1:  # "help promote"
            chain.add(outer)
        return at
    if s.tag(verb) is Tag.VERB and s.tag(at) in {None, Tag.STOP}:  # an imperative
        asked = any(word.text == "?" for word in s.words)
        chain.obliged |= base_form(s, verb) == s.text(verb) and not asked
    set_subject(s, at, chain)
    return None


def _above_participle(s: Sentence, verb: int, at: int, chain: Chain, /) -> int | None:
    """Return the verb above a form in -ing, before whose auxiliaries the word at `at` stands."""
    if s.tag(at) is Tag.PREP:
        return _above_gerund(s, at, chain)
    if at < 0 and judged_bad(s, verb):  # "Leaving X is folly"
        chain.negate(verb)
        return None
    if s.tag(at) is Tag.COMMA:  # ", choosing A over B"
        _purpose_subject(s, at, chain)
        return None
    operator = operator_with_object(s, verb, ("-ing",))
    if operator is not None and s.tag(at) in NOMINAL | {Tag.PRON}:
        chain.add(operator, "operator")
        if operator.cue.cue_class != "neutral":
            return _go_on(s, operator.start, chain)
        pass_auxiliaries(s, operator.start, chain)
        chain.subject = s.outermost(at)  # who is caught undermining X does it
        return None
    if s.tag(at) is Tag.NOUN and not any(x.default for x in chain.links):
        climb_phrase(s, Phrase(s.phrase_start(at), at + 1), chain)  # "policies involving X"
        return None
    set_subject(s, at, chain)
    return None


def _go_on(s: Sentence, i: int, chain: Chain, /) -> int | None:
    """Return the verb that an operator is; climb from its noun, adjective or modal."""
    tag = s.tag(i)
    if tag is Tag.NOUN:
        start = s.phrase_start(i)
        add_judgement(s, start, i, chain)
        links = len(chain.links)
        phrase = climb_phrase(s, Phrase(start, i + 1), chain)
        verb = s.left(before_object(s, phrase))
        plain = all(link.cue is None for link in chain.links[links:])
        return verb if plain and s.tag(verb) in {Tag.VERB, Tag.ING, Tag.HAVE} else None
    if tag in {Tag.ADJ, Tag.ED}:
        return _climb_group(s, i, chain, PREDICATIVE)
    if tag is Tag.MODAL:
        note_modality(s, i, chain)
        set_subject(s, i - 1, chain)
        return None
    if tag is Tag.BE:
        return _above_be(s, i, chain)
    if tag is Tag.ADV and s.tag(s.left(i)) in {Tag.BE, Tag.NEG}:  # "we are not here to"
        return _climb_group(s, i, chain, PREDICATIVE)
    if tag is Tag.HAVE:  # "have reason to"
        return _climb_group(s, i, chain, AUXILIARY | {Tag.BE})
    if tag is Tag.PREP and s.text(i + 1) == "order":  # "in order to"
        _purpose_subject(s, i, chain)
        return None
    if tag is Tag.PREP:
        return _climb_group(s, i, chain, ADVERBIAL)  # "are in the process of"
    return i if tag in VERBAL else None


def _above_be(s: Sentence, be: int, chain: Chain, /) -> int | None:
    """Climb from an operator with "be", which a negation may stand in: "are not prepared to"."""
    operator = chain.links[-1].cue
    inside = s.right(be + 1)
    if s.tag(inside) is Tag.NEG and operator is not None and s.text(inside) not in operator.words:
        chain.negate(inside)
    return _climb_group(s, be, chain, PREDICATIVE)


def _above_infinitive(s: Sentence, to: int, chain: Chain, /) -> int | None:
    """Return the verb above "to": its operator, or the verb of its noun or adjective."""
    if s.tag(to - 1) is Tag.NEG:
        chain.negate(to - 1)
        if s.grammar.is_in(s.text(to - 2), "hard"):  # "it is hard not to"
            chain.negate(to - 2)
            return None
    forms = ("operator", "adjective", "noun", "verb", "phrase")
    found = s.ending_at(to, ("operator",))
    if found is None and s.tag(s.left(to)) is Tag.ADJ:  # "commit acts liable to", not "commit to"
        found = s.ending_at(to, ("adjective",))
    found = found or operator_with_object(s, to, ("to",))
    found = found or s.ending_at(to, forms) or operator_of_noun(s, to)
    if found is not None:
        is_operator = found.cue.form == "operator"
        # Who urges somebody to do a thing puts an obligation on them.
        urges = found.cue.cue_class != "neutral" and found.cue.words[0] not in ENABLING
        chain.obliged |= is_operator and bool(found.cue.after) and urges
        due = any(s.grammar.is_in(word, "wishes") for word in found.cue.words)  # "it is time to"
        chain.obliged |= is_operator and (due or found.cue.words[-2:] == ("right", "to"))
        if is_operator:
            add_operator(found, chain)
        else:
            chain.add(found)
        chain.intended |= is_operator and found.cue.cue_class == "promote"
        return _go_on(s, found.start, chain)
    before = s.left(to)
    if s.grammar.is_in(s.text(before), "sorry"):  # "it is sad to see"
        chain.negate(before)
        return _climb_group(s, before, chain, PREDICATIVE)
    if s.tag(before) in {Tag.CC, Tag.COMMA}:  # "important to A, to B and to C"
        for i in range(before - 1, s.clause_start(before) - 1, -1):
            if s.tag(i) is Tag.TO:
                return _above_infinitive(s, i, chain)
    return _above_predicate(s, to, before, chain)


def _above_predicate(s: Sentence, to: int, before: int, chain: Chain, /) -> int | None:
    """Follow what the predicate before "to" says of the infinitive: "it is wrong to"."""
    if s.text(s.left(before)) == "for" and s.tag(before) is Tag.PRON:  # "it is not for us to"
        return _climb_group(s, s.left(before), chain, PREDICATIVE)
    evaluation = s.ending_at(before, ("adjective", "predicate"))
    if is_disposed(s, before):  # "we are not prepared to"
        if evaluation is not None and evaluation.cue.cue_class == "reduce":
            chain.add(evaluation)
        chain.intended |= s.grammar.is_in(s.text(before), "disposed")
        return _climb_group(s, before, chain, PREDICATIVE)
    if evaluation is None:
        if s.left(to) < 0 and judged_bad(s, to):  # "To abandon X would be madness"
            chain.negate(to)
        _purpose_subject(s, to, chain)
        return None
    if evaluation.cue.cue_class == "reduce":  # "it is wrong to"
        chain.add(evaluation)
    note_negation(s, s.left(evaluation.start), chain)  # "it is not right to"
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
        note_negation(s, i, chain)
        note_modality(s, i, chain)
        i = s.left(i)
    if s.tag(i) is Tag.TO:
        return _above_infinitive(s, i, chain)
    set_subject(s, i, chain)
    return None


def _purpose_subject(s: Sentence, i: int, chain: Chain, /) -> None:
    """Set the subject of an infinitive of purpose or a gerund: that of the clause around it."""
    for j in range(i - 1, s.clause_start(i) - 1, -1):
        if s.tag(j) in FINITE and s.tag(s.left(j)) not in FINITE:
            first = verb_before(s, s.left(j), j)
            denied = denied_effort(s, j if first is None else first)
            if denied is not None:  # "we did not come here to"
                chain.negate(denied)
            auxiliary = j if denied is None else s.left(denied)
            note_modality(s, auxiliary, chain)
            set_subject(s, s.left(auxiliary), chain)
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
    first = chain.subject.start
    praised = s.text(first + 1) in {"uncertain", "small", "mean"}  # "in no uncertain terms"
    nobody = s.text(first) in NOBODY and not praised
    nobody |= s.text(s.left(first)) == "nor"  # "nor the delays will"
    for _ in range(MAX_LINKS):  # "France, Italy and their partners reject"
        before = s.conjunct_before(chain.subject)
        if before is None:
            break
        chain.subject = Phrase(before.start, chain.subject.end)
    chain.supposed = s.text(s.left(chain.subject.start)) in {"if", "unless"}
    inverted = fronted_denial(s, chain.subject)
    if inverted is not None:
        chain.negate(inverted)
        note_modality(s, inverted, chain)
    opening = s.text(chain.subject.start)
    nobody |= opening == "few" or (opening in NOBODY and not praised)
    nobody |= opening.startswith("any") and s.text(chain.subject.start - 1) in _BARELY
    if nobody:
        alone = any(s.text(j) in {"alone", "itself", "own"} for j in range(i, len(s.words)))
        chain.negate(chain.subject.start, missed=alone)  # "nobody can defeat X alone"
        return
    denied = far_denial(s, i) if s.tag(i) is not Tag.PRON else None
    if denied is None:
        denied = denied_relative(s, chain.subject.start)
    if denied is not None:
        chain.negate(denied)


def _climb_antecedent(s: Sentence, relative: int, chain: Chain, /) -> None:
    """Follow what governs those who do a thing: "we condemn those who undermine X"."""
    head = s.left(relative)
    denied = denied_antecedent(s, relative)
    if denied is not None:
        chain.negate(denied)
        return
    if s.tag(head) not in NOMINAL | {Tag.PRON}:
        return
    phrase = Phrase(head if s.tag(head) is Tag.PRON else s.phrase_start(head), head + 1)
    if s.has_determiner_no(phrase):
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
