"""What denies a clause from outside its verb group: failure, question, inversion, verdict."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.phrases import Phrase
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


def is_missed(s: Sentence, verb: int, subject: int, chain: Chain, /) -> bool:
    """Tell whether a negated verb tells of what should have been done, or could not be.

    "They do not honour X", "if we cannot stop X"; not "we cannot accept X", nor a promise.
    """
    base = base_form(s, verb)
    able = any(s.text(j) in {"cannot", "can", "could"} for j in range(subject + 1, verb))
    if able:
        cue = s.starting_at(verb, ("verb",))
        stops = cue is not None and cue.cue.cue_class == "reduce"
        spares = cue is not None and "without" in cue.cue.words  # "we cannot do without X"
        felt = s.grammar.is_in(base, "attitudes", "regretting", "doubting")
        deed = stops and not spares and not felt
        return deed or s.grammar.is_in(base, "performing", "benefiting")
    cue = s.starting_at(verb, ("verb",))
    if s.grammar.is_in(base, "perceiving") and cue is not None and cue.cue.cue_class == "reduce":
        return True  # "we do not see the end of X"
    others = s.text(subject) not in {"we", "i"}
    if s.grammar.is_in(base, "perceiving"):  # "we do not see the end of"
        return chain.innermost is not None and chain.innermost.is_a("reduce")
    if not others or chain.obliged or chain.intended:
        return False
    return s.grammar.is_in(base, "performing") or _lacks(s, subject, verb, chain)


def _lacks(s: Sentence, noun: int, verb: int, chain: Chain, /) -> bool:
    """Tell whether a passive tells of a good not done: "progress was not made towards X"."""
    innermost = chain.innermost
    done = s.tag(verb) is Tag.ED and s.tag(noun) is Tag.NOUN
    promotes = innermost is not None and innermost.is_a("promote")
    return done and promotes and not s.grammar.is_in(s.text(noun), "attitudes")


def is_rhetorical(s: Sentence, i: int, /) -> bool:
    """Tell whether the subject that ends at `i` asks what expects "nobody" for an answer.

    "Who would deny X?", "Can anyone accept X?", "Why should we bear X?"
    """
    if s.words[-1].text != "?":
        return False
    openers = {None, Tag.COMMA, Tag.CC, Tag.STOP, Tag.QUOTE}
    start = s.clause_start(i)
    who = i if s.text(i) == "who" else start - 1  # "who in his right mind would"
    if s.text(who) == "who" and s.tag(who - 1) in openers:
        return True
    if any(s.text(j) in {"really", "honestly", "seriously"} for j in range(i + 3)):
        return s.tag(start) in {Tag.DO, Tag.MODAL, Tag.BE}
    if any(s.grammar.is_in(base_form(s, j), "longing") for j in range(i, i + 5)):
        return False  # who asks how long one must wait for a thing wants it
    if s.text(start - 1) == "how" and "longer" in {s.text(start), s.text(start + 1)}:
        return True
    asked = s.text(start - 1) if s.tag(start - 1) is Tag.SUB else s.text(start)
    if s.text(i) in {"anyone", "anybody", "somebody", "someone"}:
        return s.tag(s.left(i)) in {Tag.MODAL, Tag.DO, Tag.BE}
    return asked == "why" and s.tag(s.left(s.phrase_start(i))) is Tag.MODAL


def fronted_denial(s: Sentence, subject: Phrase, /) -> int | None:
    """Return the auxiliary of an inverted subject that a denial before it negates.

    "By no means do we condone X", "Not once did they", "Over my dead body will anyone".
    """
    auxiliary = s.left(subject.start)
    if s.tag(auxiliary) not in {Tag.DO, Tag.HAVE, Tag.MODAL, Tag.BE}:
        return None
    near = range(max(0, auxiliary - 4), auxiliary)
    texts = [s.text(i) for i in near]
    only = any(s.grammar.is_in(text, "restrictors") for text in texts)
    denied = not _FRONTED.isdisjoint(texts) or texts[-2:] == ["dead", "body"]
    turned = only or not {"before", "nothing", "without"}.isdisjoint(texts)  # "not for nothing"
    greater = s.text(subject.start) == "there" and s.tag(auxiliary) is Tag.HAVE
    return auxiliary if denied and not turned and not greater else None


_FRONTED = frozenset(
    {"no", "never", "not", "nowhere", "nor", "hardly", "scarcely", "rarely", "seldom"}
)


def far_denial(s: Sentence, i: int, /) -> int | None:
    """Return the negative word that a long subject ending at `i` begins with.

    "No amount of rhetoric about honour and faith will", "Nothing that they said has".
    """
    depth = commas = 0
    for j in range(i, -1, -1):
        tag = s.tag(j)
        if tag is Tag.STOP or (tag is Tag.SUB and not depth):
            return None
        depth += tag in FINITE and s.tag(s.left(j)) not in FINITE | {Tag.NEG}
        if tag is Tag.REL:
            if not depth:
                return None
            depth -= 1
        if not depth and j < i and s.text(j) in NOBODY and _opens(s, j):
            whole = s.tag(j + 1) is Tag.REL or commas != 1 or _goes_on(s, j, i)
            return j if whole else None
        commas += tag is Tag.COMMA
    return None


NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})


def _opens(s: Sentence, j: int, /) -> bool:
    """Tell whether a negative word opens a noun phrase that is a subject."""
    fixed = {"no", "doubt", "matter", "longer", "wonder", "stranger", "less", "sooner"}
    first = s.tag(j - 1) in {None, Tag.STOP, Tag.COMMA, Tag.CC, Tag.REL, Tag.SUB, Tag.QUOTE}
    return first and s.tag(j + 1) is not Tag.COMMA and s.text(j + 1) not in fixed


def _goes_on(s: Sentence, start: int, end: int, /) -> bool:
    """Tell whether no new noun phrase follows the comma between two places."""
    comma = next(j for j in range(end, start, -1) if s.tag(j) is Tag.COMMA)
    return s.tag(comma + 1) not in {Tag.DET, Tag.POSS, Tag.PRON, Tag.NOUN, Tag.ADJ}


def denied_antecedent(s: Sentence, relative: int, /) -> int | None:
    """Return the word that denies the noun before a relative clause, so that nothing is said of it.

    "There is no case in which", "not one of us who", "I cannot recall a single day when".
    """
    head = s.left(relative)
    head = s.left(head) if s.tag(head) is Tag.PREP else s.past_aside(head)
    if s.tag(head) not in NOMINAL | {Tag.PRON}:
        return None
    first = s.outermost(head).start
    if s.text(first) in NOBODY:
        return first
    if s.text(first - 1) == "not":
        return first - 1
    start = s.clause_start(first)
    there = s.text(start) == "there" and s.text(first) in {"a", "an"}
    if not there and s.text(first + 1) != "single" and s.text(first) != "any":
        return None
    return next(
        (j for j in range(start, first) if s.tag(j) is Tag.NEG or s.text(j) == "cannot"), None
    )


def denied_relative(s: Sentence, subject: int, /) -> int | None:
    """Return what denies the antecedent of the clause of a subject: "no case in which we"."""
    relative = s.clause_start(subject) - 1
    adverbial = s.text(relative) in {"when", "where"}
    prepositional = s.tag(relative) is Tag.REL and s.tag(relative - 1) is Tag.PREP
    return denied_antecedent(s, relative) if adverbial or prepositional else None


def denied_effort(s: Sentence, verb: int, /) -> int | None:
    """Return the negation of a verb of effort, which denies what the effort was made for.

    "We did not come here to bury X", "we have not travelled so far in order to preach X".
    """
    negation = s.left(verb)
    if s.tag(verb) in {Tag.BE, Tag.HAVE, Tag.DO, Tag.MODAL}:  # "we have not travelled"
        negation = s.right(verb + 1)
        verb = negation + 1 if s.text(negation + 1) == "here" else s.right(negation + 1)
    if s.tag(negation) is not Tag.NEG or s.grammar.is_in(s.text(negation + 1), "restrictors"):
        return None
    return negation if s.grammar.is_in(base_form(s, verb), "exerting") else None


def expects_yes(s: Sentence, i: int, /) -> bool:
    """Tell whether a negation at `i` opens a question that expects "yes": "Is it not time to"."""
    start = s.clause_start(i)
    first = s.tag(start - 1) in {None, Tag.STOP, Tag.COMMA, Tag.CC, Tag.QUOTE}
    inverted = s.tag(start) in {Tag.BE, Tag.HAVE, Tag.DO, Tag.MODAL}
    return first and inverted and i <= start + 3 and s.words[-1].text == "?"


def judged_bad(s: Sentence, start: int, /) -> bool:
    """Tell whether the predicate of an infinitive or gerund at the start condemns it."""
    finite = next((i for i in range(start, len(s.words)) if s.tag(i) in FINITE - {Tag.VERB}), None)
    if finite is None or not any(s.tag(i) is Tag.BE for i in (finite, finite + 1)):
        return False
    near = range(finite + 1, min(finite + 7, len(s.words)))
    forms = ("predicate", "adjective")
    found = next((f for i in near if (f := s.starting_at(i, forms)) and f.cue.default), None)
    return found is not None and found.cue.cue_class == "reduce"
