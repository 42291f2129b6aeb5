"""The scope rules: named, ordered, each a reason and examples; the first that decides, decides.

The examples in the docstrings are run as tests: in each, the words in [brackets] are the target
and the word after the arrow is the stance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from discourse.stances.chain import (
    Chain,
    Link,
    climb_from,
    climb_phrase,
    climb_verb,
    evaluate,
    pejorative,
)
from discourse.stances.cues import NUMBERS
from discourse.stances.sentence import NOMINAL, Tag
from discourse.stances.syntax import FINITE, Found, Phrase, Sentence, base_form


class Verdict(NamedTuple):
    """What a rule decided: a stance of +1 or -1, the chain behind it, and the words of the cues."""

    stance: int
    chain: Chain
    cues: tuple[Phrase, ...]


@dataclass(slots=True)
class Context:
    """A target in its sentence, with what all rules ask for worked out once."""

    s: Sentence
    target: Phrase
    own: Callable[[Chain], bool]
    phrase: Phrase = field(init=False)
    chain: Chain = field(init=False)
    outer: Phrase = field(init=False)
    first: str | None = field(init=False)
    adverbial: bool = field(init=False)

    def __post_init__(self) -> None:
        """Climb from the target once."""
        self.phrase = self.s.phrase(self.target)
        self.chain = Chain()
        self.adverbial = self.s.text(self.target.end - 1).endswith("ly")
        if self.adverbial:  # "multilaterally" is no object and no subject
            self.phrase = self.outer = self.target
            self.first = None
            return
        compound = compound_cue(self.s, self.target)
        if compound is not None:
            self.chain.add(compound)
        self.outer = climb_phrase(self.s, self.phrase, self.chain)
        cues = [link for link in self.chain.links if link.step == "cue"]
        self.first = None if not cues else self._form(cues[0])

    def _form(self, link: Link, /) -> str:
        """Return the form of the cue nearest to the target."""
        if self.phrase.start <= link.start < self.phrase.end:
            return "compound"
        return "gap" if link.gap else link.form

    def decide(self, chain: Chain | None = None, /) -> Verdict | None:
        """Return the verdict of a chain, None if it expresses no stance."""
        chain = chain or self.chain
        stance = evaluate(chain, own=self.own(chain))
        if not stance:
            return None
        return Verdict(stance, chain, tuple(Phrase(link.start, link.end) for link in chain.links))


Rule: TypeAlias = Callable[[Context], Verdict | None]


def compound_cue(s: Sentence, target: Phrase, /) -> Found | None:
    """Return the nominal cue that heads the compound a target is part of: "poverty alleviation"."""
    end = s.phrase_end(target.end)
    for i in range(end - 1, target.end - 1, -1):
        cue = s.lexicon.compounds.get(s.text(i))
        if cue is not None and cue.default:
            return Found(i, i + 1, cue)
    return None


# -- what stands left of the target --------------------------------------------------------------


def prefixed(c: Context, /) -> Verdict | None:
    """A prefix written with a hyphen turns the noun it belongs to.

    anti- and counter- oppose it; non- names its absence, so that wanting the compound rejects
    the noun; pro- favours it.

    Examples
    --------
    The government is known for its anti-[sanctions] course. -> oppose
    We uphold non-[interference]. -> oppose
    They remain pro-[peace]. -> support
    """
    if not c.s.words[c.target.start].joined:
        return None
    prefix = c.s.text(c.target.start - 1)
    if prefix not in {"anti", "counter", "non", "pro"}:
        return None
    stance = 1 if prefix == "pro" else -1
    start = c.target.start - 1
    outer = c.decide()
    if outer is not None and outer.stance < 0 and prefix == "non":
        stance = 1
    return Verdict(stance, c.chain, (Phrase(start, start + 1), *(outer.cues if outer else ())))


def compound(c: Context, /) -> Verdict | None:
    """The head of a compound says what is done with the noun before it.

    Examples
    --------
    We welcome poverty [hunger] alleviation. -> oppose
    They fund [terrorism] prevention. -> oppose
    """
    return c.decide() if c.first == "compound" else None


def verb_object(c: Context, /) -> Verdict | None:
    """A verb of stance governs its object, its conjuncts and the head of "N of" before them.

    Negation, auxiliaries, operators ("refuse to", "stop -ing") and coordinated verbs above the
    verb take part.

    Examples
    --------
    We firmly support [multilateralism]. -> support
    They oppose embargoes, walls and [sanctions]. -> oppose
    We will never seek [hegemony]. -> oppose
    Such acts undermine [peace]. -> support
    They resort to [protectionism]. -> oppose
    We will not allow anyone to undermine [peace]. -> support
    """
    return c.decide() if c.first == "verb" else None


def enclosed(c: Context, /) -> Verdict | None:
    """A verb of stance may enclose its object: the deciding words come after the target.

    Examples
    --------
    These decisions put [peace] at risk. -> support
    We must bring the [war] to an end. -> oppose
    """
    return c.decide() if c.first == "gap" else None


def nominal(c: Context, /) -> Verdict | None:
    """A noun of stance passes it to the phrase its preposition leads to.

    What stands above the noun takes part in turn: "we reject threats to X".

    Examples
    --------
    Our commitment to [multilateralism] is known. -> support
    The scourge of [terrorism] is spreading. -> oppose
    This is a threat to [peace]. -> support
    We reject any attack on [sovereignty]. -> support
    """
    return c.decide() if c.first == "noun" else None


def adjective_complement(c: Context, /) -> Verdict | None:
    """An adjective or participle of attitude governs what its preposition leads to.

    Examples
    --------
    We are dedicated to [dialogue]. -> support
    My country is opposed to [sanctions]. -> oppose
    """
    return c.decide() if c.first == "adjective" else None


def phrasal(c: Context, /) -> Verdict | None:
    """A fixed phrase takes a side: "in favour of", "at the expense of", "rather than".

    Examples
    --------
    Our delegation is in favour of [disarmament]. -> support
    They ask for talks instead of [sanctions]. -> oppose
    It was done in violation of [international law]. -> support
    """
    return c.decide() if c.first == "phrase" else None


CHOOSING = frozenset(
    "choose prefer favour favor put place pick elevate rank set value want like".split()
)
_THAN = frozenset({"over", "above", "before"})


def chosen_over(c: Context, /) -> Verdict | None:
    """Of two things in "prefer A over B" the first is chosen and the second turned down.

    Examples
    --------
    We choose dialogue over [war]. -> oppose
    We put [human rights] before profit. -> support
    Nobody should put profit before [human rights]. -> support
    We prefer talks to [sanctions]. -> oppose
    """
    s = c.s
    at, after = s.left(c.outer.start), s.right(c.phrase.end)
    if _compares(s, after):
        first, stance, border = c.phrase, 1, after
    elif _compares(s, at) and s.tag(s.left(at)) is Tag.NOUN:
        first, stance, border = Phrase(s.phrase_start(s.left(at)), at), -1, at
    else:
        return None
    verb = s.left(first.start)
    while s.tag(verb) not in {Tag.VERB, Tag.ING, None} and verb >= s.clause_start(border):
        verb = s.left(verb)
    base = base_form(s, verb)
    if base not in CHOOSING or (s.text(border) == "to" and base != "prefer"):
        return None
    if s.text(border) in {"over", "to"} and stance > 0:
        return None  # the verb itself says that it is chosen
    chain = Chain()
    climb_verb(s, verb, chain)
    stance = -stance if chain.negations % 2 else stance
    return Verdict(stance, chain, (Phrase(verb, verb + 1), Phrase(border, border + 1)))


def _compares(s: Sentence, i: int, /) -> bool:
    """Tell whether the word at `i` sets one thing over another."""
    return s.text(i) in _THAN or (s.text(i) == "to" and s.tag(i) is Tag.PREP)


LABELLING = frozenset(
    "describe portray call depict paint regard view see treat brand consider deem denounce dismiss "
    "present declare label characterise characterize name find think".split()
)


def labelled(c: Context, /) -> Verdict | None:
    """Who calls a thing by the name of an evil or a good takes that side.

    Examples
    --------
    They describe [migration] as a threat. -> oppose
    We consider [dialogue] essential. -> support
    They call [sanctions] a crime. -> oppose
    """
    s = c.s
    verb = s.left(c.phrase.start)
    if s.tag(verb) not in {Tag.VERB, Tag.ING} or base_form(s, verb) not in LABELLING:
        return None
    start = s.right(c.phrase.end)
    if s.text(start) == "as":
        start = s.right(start + 1)
    found = _evaluation(s, start)
    if found is None:
        return None
    chain = Chain()
    climb_verb(s, verb, chain)
    stance = -found.cue.effect if chain.negations % 2 else found.cue.effect
    return Verdict(stance, chain, (Phrase(verb, verb + 1), Phrase(found.start, found.end)))


def allowed_to_be(c: Context, /) -> Verdict | None:
    """What one lets, wants or urges to be done to the target is the holder's own doing.

    Examples
    --------
    We will not allow [peace] to be undermined. -> support
    We want [sovereignty] to be respected. -> support
    """
    s = c.s
    at = s.left(c.phrase.start)
    opened = next((f for f in s.cues if f.cue.form == "operator" and f.cue.after == ("to",) and f.end == at + 1), None)
    to = next((i for i in range(c.phrase.end, min(len(s.words), c.phrase.end + 9)) if s.tag(i) is Tag.TO), None)
    if opened is None or to is None or s.tag(s.right(to + 1)) is not Tag.BE:
        return None
    found = _passive_cue(s, s.right(s.right(to + 1) + 1))
    if found is None:
        return None
    chain = Chain()
    chain.add(found)
    chain.add(opened, "operator")
    climb_from(s, opened, chain)
    verdict = c.decide(chain)
    return verdict and verdict._replace(stance=_lift(c, verdict.stance))


def renounced(c: Context, /) -> Verdict | None:
    """A promise never to do anything with the target renounces it, whatever the verb.

    Examples
    --------
    We will never start a [war]. -> oppose
    We shall never rehearse another [war]. -> oppose
    """
    s = c.s
    verb = s.left(c.outer.start)
    while s.tag(verb) in {Tag.PREP, Tag.ADV} and verb > 0:
        verb -= 1
    if s.tag(verb) is not Tag.VERB or base_form(s, verb) in {"forget", "exchange", "lose", "stop"}:
        return None
    chain = Chain()
    climb_verb(s, verb, chain)
    if not (chain.intended and chain.negations % 2 and c.own(chain)):
        return None
    stance = -1
    spans = (*(Phrase(link.start, link.end) for link in chain.links), Phrase(verb, verb + 1))
    return Verdict(stance, chain, spans)


def negated_alternative(c: Context, /) -> Verdict | None:
    """In "not A but B" the first is turned down, without any verb of stance.

    Examples
    --------
    The way is not [war] but talks. -> oppose
    This will be solved not through [sanctions] but through talks. -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    negation = s.left(at) if s.tag(at) is Tag.PREP else at
    if s.text(negation) != "not" or s.text(negation + 1) in {"only", "just", "merely"}:
        return None
    if not any(s.text(i) == "but" for i in range(c.phrase.end, min(len(s.words), c.phrase.end + 12))):
        return None
    return Verdict(-1, c.chain, (Phrase(negation, negation + 1),))


# -- what stands right of the target: predicates -------------------------------------------------


class Group(NamedTuple):
    """The verb group whose subject is the phrase: `main` is its first word that is no auxiliary."""

    start: int
    main: int
    negations: tuple[int, ...]
    obliged: bool
    intended: bool
    be: bool


def verb_groups(c: Context, /) -> Iterator[Group]:
    """Yield the verb groups whose subject the outermost phrase is: of a relative clause, the main."""
    if _may_be_subject(c) and not c.adverbial and not pejorative(c.chain):
        for i in _finites_after(c.s, c.outer.end):
            yield _verb_group(c, i)


def _verb_group(c: Context, i: int, /) -> Group:
    """Return the verb group that begins at `i`."""
    s = c.s
    start, negations, obliged, intended, be = i, [], False, False, False
    if s.has_determiner_no(c.outer):
        negations.append(c.outer.start)
    while i < len(s.words):
        tag, text = s.tag(i), s.text(i)
        if tag is Tag.NEG or text == "cannot":
            negations += [] if s.text(i + 1) in {"only", "just", "merely", "simply"} else [i]
        elif text == "no" and s.text(i + 1) == "longer":
            negations.append(i)
        elif tag is Tag.BE or s.grammar.is_in(text, "copulas") and not _takes_object(s, i):
            be = True
        elif tag is Tag.VERB and s.tag(s.right(i + 1)) is Tag.TO and text in {"need", "needs", "has", "have", "ought", "continues", "continue"}:
            obliged = True
            i = s.right(i + 1)
        elif tag in {Tag.HAVE, Tag.DO} and s.tag(s.right(i + 1)) is Tag.TO:
            obliged = True
            i = s.right(i + 1)
        elif tag not in {Tag.MODAL, Tag.HAVE, Tag.DO, Tag.ADV, Tag.QUOTE, Tag.TO}:
            break
        obliged |= s.grammar.is_in(text, "obligations")
        intended |= s.grammar.is_in(text, "intentions")
        i += 1
    return Group(start, i, tuple(negations), obliged, intended, be)


def _takes_object(s: Sentence, i: int, /) -> bool:
    """Tell whether a word that may be a copula is a full verb here: "makes peace"."""
    return s.text(i) in {"make", "makes", "made", "form", "forms", "go", "represent", "represents"} and s.tag(i + 1) is Tag.NOUN


def _may_be_subject(c: Context, /) -> bool:
    """Tell whether the outermost phrase can be a subject: no verb or preposition stands before."""
    tag = c.s.tag(c.s.left(c.outer.start))
    if tag is Tag.PREP and not c.chain.links:  # "A in the B and the X must end"
        tag = c.s.tag(c.s.left(c.phrase.start))
    return tag in {None, Tag.STOP, Tag.COMMA, Tag.CC, Tag.SUB, Tag.REL, Tag.QUOTE, Tag.VERB} and (
        not any(link.step == "cue" and _is_verbal(c.s, link) for link in c.chain.links)
    )


def _is_verbal(s: Sentence, link: Link, /) -> bool:
    return s.tag(link.start) in {Tag.VERB, Tag.ING, Tag.ED}


def _finites_after(s: Sentence, start: int, /) -> Iterator[int]:
    """Yield the finite verbs of which a phrase ending at `start` may be the subject."""
    i, limit, within = start, min(len(s.words), start + 24), False
    while i < limit:
        tag = s.tag(i)
        if tag in FINITE:
            yield i
            return
        relative = i + 1 if tag is Tag.COMMA and s.tag(i + 1) is Tag.REL else i
        if s.tag(relative) is Tag.REL:
            verb = s.right(relative + 1)
            if s.tag(verb) not in FINITE:
                return
            if s.right(start) == i:
                yield verb
            closing = _next_comma(s, relative + 1, limit) if tag is Tag.COMMA else None
            i = _group_end(s, verb) if closing is None else closing
            within = closing is None
        elif tag is Tag.COMMA:
            closing = _next_comma(s, i + 1, i + 14)
            if closing is not None and s.tag(s.right(closing + 1)) in FINITE:
                i = closing
            elif not (s.tag(i + 1) in NOMINAL or s.tag(i + 1) is Tag.CC):
                return
        elif tag in {Tag.STOP, Tag.SUB} or (tag in {Tag.PRON, Tag.TO} and not within):
            return
        elif within and tag is Tag.TO:  # an infinitive within a relative clause
            i = s.right(i + 1)
        i += 1


def _group_end(s: Sentence, verb: int, /) -> int:
    """Return the last word of the verb group that begins at `verb`."""
    while s.tag(verb) in {Tag.MODAL, Tag.HAVE, Tag.BE, Tag.DO, Tag.ADV, Tag.NEG}:
        verb += 1
    return verb


def _next_comma(s: Sentence, start: int, limit: int, /) -> int | None:
    """Return the next comma before `limit`, None if there is none."""
    return next((j for j in range(start, min(len(s.words), limit)) if s.tag(j) is Tag.COMMA), None)


def _predicated(c: Context, group: Group, found: Found, stance: int, chain: Chain, /) -> Verdict:
    """Return the verdict of a predicate whose subject is the target."""
    spans = [Phrase(found.start, found.end), *(Phrase(i, i + 1) for i in group.negations)]
    spans += [Phrase(link.start, link.end) for link in chain.links]
    chain.obliged, chain.intended = group.obliged, group.intended
    chain.top = group.start
    return Verdict(stance, chain, tuple(spans))


def _lift(c: Context, stance: int, /) -> int:
    """Carry the stance toward the outermost phrase down to the target in it: "the end of X is"."""
    for link in reversed(c.chain.links):
        if link.step == "cue":
            stance *= link.effect
    return stance


def _first(read: Callable[[Context, Group], Verdict | None], c: Context, /) -> Verdict | None:
    """Return the first verdict that the verb groups of the target give."""
    return next((v for g in verb_groups(c) if (v := read(c, g)) is not None), None)


def passive(c: Context, /) -> Verdict | None:
    """A passive turns its subject into the object of the verb.

    A good that is negated without obligation ("is no longer respected") is missed by who says so.

    Examples
    --------
    [Sovereignty] must be respected. -> support
    [Sanctions] must be lifted. -> oppose
    [International law] is no longer respected. -> support
    [Peace] was undermined by these acts. -> support
    """
    return _first(_passive, c)


def _passive(c: Context, group: Group, /) -> Verdict | None:
    if not group.be or not _participle(c.s, group.main):
        return None
    found = _passive_cue(c.s, group.main)
    if found is None or not found.cue.default:
        return None
    if any(c.s.text(i) in _BY_OTHERS for i in range(group.start, group.main)):
        return None  # "is often condemned" tells of others, whoever they are
    chain = Chain()
    chain.add(found)
    for i in group.negations:
        chain.negate(i)
    chain.obliged, chain.intended = group.obliged, group.intended
    stance = evaluate(chain)
    if base_form(c.s, found.start) in {"fight", "wage"} and c.chain.links:
        return None  # "the battle against X is fought" says nothing against the battle
    if found.cue.cue_class == "promote" and group.negations and not group.obliged:
        stance = 1
    if found.cue.cue_class == "harm" and group.obliged and not group.negations:
        stance = -1
    chain.links.clear()
    by = next((i for i in range(found.end, min(found.end + 4, len(c.s.words))) if c.s.text(i) == "by"), None)
    if by is not None and c.s.tag(by + 1) in NOMINAL | {Tag.PRON}:
        chain.subject = Phrase(by + 1, c.s.phrase_end(by + 1) + 1)
    return _predicated(c, group, found, _lift(c, stance), chain)


_BY_OTHERS = frozenset({"often", "sometimes", "frequently", "commonly", "routinely"})


def _participle(s: Sentence, i: int, /) -> bool:
    """Tell whether the word at `i` can be a past participle."""
    kinds = s.lexicon.verbs.get(s.text(i), frozenset()) | s.grammar.verbs.get(s.text(i), frozenset())
    return s.tag(i) is Tag.ED or "part" in kinds


def _passive_cue(s: Sentence, i: int, /) -> Found | None:
    """Return the verb cue in the passive at `i`: "called into question", "lifted", "done with"."""
    for found in s.cues:
        after = found.cue.after
        if found.start == i and after and found.cue.form == "verb" and found.end + len(after) <= len(s.words):
            if all(s.text(found.end + k) == word for k, word in enumerate(after)):
                return Found(i, found.end + len(after), found.cue)
    found = s.starting_at(i, ("verb",))
    if found is None or (s.tag(found.end - 1) is Tag.PREP and s.tag(found.end) in NOMINAL):
        return s.shortest_at(i, ("verb",))
    return found


def copular(c: Context, /) -> Verdict | None:
    """An adjective or noun said of the target evaluates it.

    Examples
    --------
    [Dialogue] is the only way out. -> support
    Such [sanctions] are unacceptable. -> oppose
    [War] is no answer. -> oppose
    [Migration] is not a threat. -> support
    """
    return _first(_copular, c)


def _copular(c: Context, group: Group, /) -> Verdict | None:
    if not group.be:
        return None
    if c.s.tag(group.main) is Tag.ING and c.s.starting_at(group.main, ("adjective",)) is None:
        return None  # a progressive, "is facing a challenge", is no copula
    found = _evaluation(c.s, group.start + 1)
    if found is None or found.end <= group.main:
        found = _evaluation(c.s, group.main)
    if found is None:
        return None
    stance = found.cue.effect
    if found.cue.form == "adjective" and found.cue.cue_class == "harm":
        stance = found.cue.default
    found, contrasted = _after_but(c.s, group, found)
    stance = found.cue.effect if contrasted else stance
    negations = sum(c.s.text(i) in {"no", "nothing"} for i in range(group.main, found.start))
    negations += 0 if contrasted else len(group.negations)
    if negations % 2 and not (found.cue.form == "adjective" and found.cue.cue_class == "harm"):
        stance = -stance
    return _predicated(c, group, found, _lift(c, stance), Chain())


def _after_but(s: Sentence, group: Group, found: Found, /) -> tuple[Found, bool]:
    """Return the second predicate of "is not A but B", and whether there is one."""
    if group.negations:
        for i in range(found.end, min(len(s.words), found.end + 8)):
            if s.text(i) == "but":
                second = _evaluation(s, i + 1)
                return (found, False) if second is None else (second, True)
    return found, False


_COMPLEMENT = NOMINAL | {
    Tag.ADV, Tag.QUOTE, Tag.ED, Tag.ING, Tag.PREP, Tag.CC, Tag.TO, Tag.PRON, Tag.BE, Tag.NEG, Tag.HAVE,
}  # fmt: skip


def _evaluation(s: Sentence, start: int, /) -> Found | None:
    """Return the first evaluating cue in the predicate that begins at `start`."""
    i = start
    while i < min(len(s.words), start + 7) and s.tag(i) in _COMPLEMENT:
        for forms in (("predicate",), ("adjective",), ("noun",)):
            found = s.starting_at(i, forms)
            if found is not None and found.cue.default:
                # "an important country": an adjective before another noun says little of the subject.
                return found
        if s.tag(i) is Tag.PREP and i > start:
            return None
        i += 1
    return None


def subject_of(c: Context, /) -> Verdict | None:
    """What the target does, or what becomes of it, evaluates it.

    Examples
    --------
    [Sanctions] have failed. -> oppose
    [Multilateralism] works. -> support
    The [violence] must end. -> oppose
    [Democracy] is under attack. -> support
    """
    return _first(_subject_of, c)


def _subject_of(c: Context, group: Group, /) -> Verdict | None:
    s = c.s
    found = s.starting_at(group.main, ("subject",)) or s.starting_at(group.start, ("subject",))
    if found is None:
        found = next((f for i in range(group.start, group.main) if (f := s.starting_at(i, ("subject",)))), None)
    if found is None:
        found = s.starting_at(group.main, ("verb",))
        if found is None or group.be or found.cue.cue_class not in {"harm", "blame"}:
            return None
        stance = found.cue.effect if found.cue.cue_class == "harm" else found.cue.default
        stance = -stance if group.negations else stance
        return _predicated(c, group, found, _lift(c, stance), Chain())
    if found.cue.strength == 1 and not _weak_subject_holds(s, group, found):
        return None
    stance = found.cue.default
    inside = sum(found.start <= i < found.end for i in group.negations)
    if (len(group.negations) - inside) % 2:
        stance = -stance
    if s.text(s.right(found.end)) in {"no", "nobody", "nothing", "little"}:
        stance = -stance
    if group.obliged and found.cue.cue_class == "harm":
        stance = -stance
    return _predicated(c, group, found, _lift(c, stance), Chain())


def _weak_subject_holds(s: Sentence, group: Group, found: Found, /) -> bool:
    """Tell whether an ambiguous verb evaluates its subject: "must end", "works" without object."""
    if found.cue.cue_class != "promote":
        return group.obliged
    following = s.right(found.end)
    return s.tag(following) in {None, Tag.COMMA, Tag.STOP, Tag.CC}


def absent(c: Context, /) -> Verdict | None:
    """What should not exist is rejected; what one does without is missed or rejected by its frame.

    Examples
    --------
    There must be no more [wars]. -> oppose
    No [sanctions] should be imposed. -> oppose
    There can be no prosperity without [peace]. -> support
    """
    s = c.s
    at = s.left(c.outer.start)
    if s.text(at) == "without":
        start = s.clause_start(at)
        for i in range(max(0, start - 1), at):
            if s.text(i) in {"no", "cannot", "not", "never", "nothing", "impossible"} and s.text(i + 1) != "only":
                return Verdict(1, c.chain, (Phrase(i, i + 1), Phrase(at, at + 1)))
        return None
    if s.text(c.outer.start) not in {"no", "neither"}:
        return None
    obliged = any(group.obliged for group in verb_groups(c))
    i = at
    while s.tag(i) in {Tag.BE, Tag.MODAL, Tag.NEG, Tag.PRON}:
        obliged |= s.grammar.is_in(s.text(i), "obligations")
        i = s.left(i)
    if not obliged:
        return None
    return Verdict(-1, c.chain, (Phrase(c.outer.start, c.outer.start + 1),))


def rhetorical(c: Context, /) -> Verdict | None:
    """A question that answers itself ("what has X brought us, apart from Y?") rejects X.

    Examples
    --------
    What has [protectionism] brought the poor, apart from dearer bread? -> oppose
    What did [sanctions] achieve, other than hunger? -> oppose
    """
    s = c.s
    words = [w.text for w in s.words]
    if words[-1] != "?" or s.tag(s.left(c.outer.start)) not in {Tag.HAVE, Tag.DO, Tag.BE, Tag.MODAL}:
        return None
    exception = next((i for i in range(c.phrase.end, len(words)) if tuple(words[i : i + 2]) in _EXCEPT), None)
    start = s.clause_start(c.outer.start)
    if exception is None or "what" not in words[start : c.outer.start]:
        return None
    return Verdict(-1, Chain(top=start), (Phrase(start, start + 1), Phrase(exception, exception + 2)))


_EXCEPT = frozenset({("apart", "from"), ("other", "than"), ("aside", "from"), ("but", "for")})


def identified(c: Context, /) -> Verdict | None:
    """A target that is said to be the goal, the answer or the problem takes on its value.

    Examples
    --------
    Our goal is lasting [peace]. -> support
    The only answer is [dialogue]. -> support
    The problem is [protectionism]. -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    negations: list[int] = []
    while s.tag(at) in {Tag.NEG, Tag.MODAL}:
        negations += [at] if s.tag(at) is Tag.NEG else []
        at = s.left(at)
    if not (s.tag(at) is Tag.BE or s.grammar.is_in(s.text(at), "copulas")):
        return None
    start = s.clause_start(at)
    subject = s.left(at)
    found = None
    for i in range(start, subject + 1):
        found = found or s.starting_at(i, ("predicate",))
    if found is None or found.end > subject + 6:
        return None
    stance = -found.cue.effect if len(negations) % 2 else found.cue.effect
    chain = Chain()
    chain.top = start
    return Verdict(_lift(c, stance), chain, (Phrase(found.start, found.end), *(Phrase(i, i + 1) for i in negations)))


INSTRUMENTS = (
    ("through",), ("via",), ("by", "means", "of"), ("by", "way", "of"), ("based", "on"),
    ("on", "the", "basis", "of"), ("grounded", "in"), ("rooted", "in"), ("guided", "by"), ("under", "the", "leadership", "of"),
)


def instrument(c: Context, /) -> Verdict | None:
    """The means by which the holder wants something done is a means the holder approves.

    Only under an obligation, an intention or a cue of support; a bare report is neutral.

    Examples
    --------
    Disputes must be settled through [dialogue]. -> support
    These problems must be addressed [multilaterally]. -> support
    They met through [dialogue]. -> neutral
    """
    s = c.s
    if c.adverbial:
        return _wanted_means(c, c.target.start, c.target.start)
    at = s.left(c.outer.start)
    for words in INSTRUMENTS:
        first = at - len(words) + 1
        if first > 0 and tuple(s.text(i) for i in range(first, at + 1)) == words:
            return _wanted_means(c, first, at)
    return None


def _wanted_means(c: Context, first: int, at: int, /) -> Verdict | None:
    """Return support if the clause before an instrument is wanted, opposition if it is negated."""
    s = c.s
    if s.text(s.left(first)) == "not":
        return Verdict(-1, c.chain, (Phrase(s.left(first), at + 1),))
    start = s.clause_start(first)
    wanted = [
        i for i in range(start, first)
        if s.grammar.is_in(s.text(i), "obligations") or s.text(i) in {"only", "let"}
    ]
    cues = [f for f in s.cues if start <= f.start < first and f.cue.form in {"verb", "noun", "adjective", "operator"} and f.cue.cue_class == "promote"]
    if not wanted and not cues:
        return None
    chain = Chain(top=start)
    verb = next((i for i in range(start, first) if s.tag(i) in FINITE), None)
    if verb is not None:
        climb_verb(s, verb, chain)
    chain.links.clear()
    mark = Phrase(wanted[0], wanted[0] + 1) if wanted else Phrase(cues[-1].start, cues[-1].end)
    return Verdict(1, chain, (mark, Phrase(first, at + 1)))


def attributive(c: Context, /) -> Verdict | None:
    """An evaluating adjective before the target evaluates it, if nothing else decides.

    Examples
    --------
    The illegal [sanctions] continue. -> oppose
    They spoke of this senseless [war]. -> oppose
    """
    for i in range(c.phrase.start, c.target.end - 1):
        found = c.s.starting_at(i, ("adjective",))
        if found is not None and found.end <= c.target.end and found.cue.cue_class in {"reduce", "promote"}:
            if found.cue.strength < 2 and found.cue.cue_class == "promote":
                continue
            return Verdict(found.cue.default, Chain(top=c.phrase.start), (Phrase(found.start, found.end),))
    return None


RULES: Sequence[tuple[str, Rule]] = (
    ("prefix", prefixed),
    ("choice", chosen_over),
    ("alternative", negated_alternative),
    ("absence", absent),
    ("label", labelled),
    ("permission", allowed_to_be),
    ("verb", verb_object),
    ("gap", enclosed),
    ("adjective", adjective_complement),
    ("phrase", phrasal),
    ("passive", passive),
    ("copula", copular),
    ("subject", subject_of),
    ("compound", compound),
    ("nominal", nominal),
    ("renunciation", renounced),
    ("question", rhetorical),
    ("identity", identified),
    ("instrument", instrument),
    ("attribute", attributive),
)
RULE_IDS = tuple(name for name, _ in RULES)
STANCE_NUMBERS = NUMBERS
