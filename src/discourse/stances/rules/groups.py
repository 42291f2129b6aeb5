"""The verb group of which a target is the subject, and what its complement says of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from discourse.stances.chain import Chain, Link, pejorative
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.finites import described_by, finites_after
from discourse.stances.rules.inversion import inverted
from discourse.stances.rules.verbgroups import VERBAL, Group, verb_group
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


@lru_cache(maxsize=1)  # rule after rule asks for those of the same target
def verb_groups(c: Context, /) -> tuple[Group, ...]:
    """Return the verb groups of which the outermost phrase is the subject: relative, then main."""
    return tuple(_verb_groups(c))


def _verb_groups(c: Context, /) -> Iterator[Group]:
    """Find the verb groups of which the outermost phrase is the subject."""
    if c.adverbial or pejorative(c.chain):
        return
    turned_round = inverted(c)
    if turned_round is not None:
        yield turned_round
    elif _may_be_subject(c):
        relative = cleft(c)
        start = c.outer.end if relative is None else relative
        denial = cleft_denial(c)
        for i in finites_after(c.s, start):
            group = verb_group(c, _group_start(c, i))
            if denial is not None:
                group = group._replace(negations=(denial, *group.negations))
            alone = c.s.text(c.outer.end) == "alone" and group.negations  # "X alone will not do"
            if not _concedes(c.s, group) and not alone:
                yield group
            verb = described_by(c.s, group.main) if group.be else None
            if verb is not None:
                inner = verb_group(c, verb)
                yield inner._replace(negations=(*group.negations, *inner.negations))


def _group_start(c: Context, finite: int, /) -> int:
    """Return where a verb group begins whose finite verb is known: "never works"."""
    start = finite
    while start > c.outer.end and c.s.tag(start - 1) in {Tag.NEG, Tag.ADV}:
        start -= 1
    return start


def _concedes(s: Sentence, group: Group, /) -> bool:
    """Tell whether a verb group only concedes what "but" outweighs: "may be dull, but it"."""
    if not any(s.text(i) in {"may", "might"} for i in range(group.start, group.main)):
        return False
    later = range(group.main, min(len(s.words), group.main + 12))
    return any(s.text(i) in {"but", "yet"} and s.tag(i) is Tag.CC for i in later)


def cleft(c: Context, be: int | None = None, /) -> int | None:
    """Return the relative pronoun of a cleft clause: "it is X, and nothing else, that".

    `be` is where its verb stands, if not before the target: "it is to X that".
    """
    s = c.s
    be = _cleft_verb(c)[0] if be is None else be
    if s.tag(be) is not Tag.BE or s.text(s.left(be)) != "it":
        return None
    for i in range(c.outer.end, min(len(s.words), c.outer.end + 14)):
        if s.text(i) == "that" or (s.tag(i) is Tag.REL and s.text(i) in {"which", "who"}):
            return i
        contrasted = s.tag(i - 1) is Tag.NEG and s.tag(i - 2) is Tag.COMMA  # ", not force,"
        if (s.tag(i) in FINITE and not contrasted) or s.tag(i) is Tag.STOP:
            return None
    return None


def cleft_denial(c: Context, /) -> int | None:
    """Return what denies a cleft clause: "it is not X that"."""
    return None if cleft(c) is None else _cleft_verb(c)[1]


def _cleft_verb(c: Context, /) -> tuple[int, int | None]:
    """Return the verb of a cleft clause and what negates it: "it was not X", not "not A but X"."""
    s, at = c.s, c.s.left(c.outer.start)
    but = "but" in {s.text(at), s.text(s.left(c.phrase.start))}
    if s.tag(at) is Tag.NEG:
        return s.left(at), None if but else at
    if but:
        near = range(at, max(0, at - 12), -1)
        at = next((i for i in near if s.tag(i) is Tag.BE and s.text(s.left(i)) == "it"), at)
    return at, None


def _may_be_subject(c: Context, /) -> bool:
    """Tell whether the outermost phrase can be a subject: no verb or preposition stands before."""
    tag = c.s.tag(c.s.left(c.outer.start))
    if tag in {Tag.BE, Tag.NEG, Tag.CC} and cleft(c) is not None:
        return True  # "it is X that saved us"
    if tag is Tag.PRON and c.s.tag(c.s.left(c.s.left(c.outer.start))) is Tag.PREP:
        tag = Tag.COMMA  # "to us X is"
    if _is_left_over(c):
        return True
    if tag is Tag.PREP and not c.chain.links:  # "A in the B and the X must end"
        tag = c.s.tag(c.s.left(c.phrase.start))
    return tag in {None, Tag.STOP, Tag.COMMA, Tag.CC, Tag.SUB, Tag.REL, Tag.QUOTE, Tag.VERB} and (
        not any(link.step == "cue" and _is_verbal(c.s, link) for link in c.chain.links)
    )


def _is_left_over(c: Context, /) -> bool:
    """Tell whether a phrase must be the subject, after one that cannot: "In our eyes X is"."""
    s, verb = c.s, c.s.right(c.outer.end)
    i = (c.outer.start if any(x.default for x in c.chain.links) else c.target.start) - 1
    while s.tag(i) in {Tag.DET, Tag.POSS, Tag.ADJ, Tag.NUM}:
        i -= 1
    inverts = base_form(s, verb) in {"lie", "come", "stand"}
    if s.tag(i) is not Tag.NOUN or s.tag(verb) not in FINITE or inverts:
        return False
    while s.tag(i) in NOMINAL | {Tag.PREP, Tag.ADV}:
        i -= 1
    borders = {None, Tag.STOP, Tag.COMMA, Tag.SUB}
    return s.tag(i + 1) is Tag.PREP and (s.tag(i) in borders or s.text(i) == "that")


def _is_verbal(s: Sentence, link: Link, /) -> bool:
    return s.tag(link.start) in VERBAL


def lift(c: Context, stance: int, /) -> int:
    """Carry the stance toward the outermost phrase down to the target in it: "the end of X is"."""
    for link in reversed(c.chain.links):
        if link.step == "cue":
            stance *= link.effect
    return stance


def participle(s: Sentence, i: int, /) -> bool:
    """Tell whether the word at `i` can be a past participle."""
    kinds = s.lexicon.verbs.get(s.text(i), frozenset()) | s.grammar.verbs.get(
        s.text(i), frozenset()
    )
    return s.tag(i) is Tag.ED or "part" in kinds


def passive_cue(s: Sentence, i: int, /) -> Found | None:
    """Return the verb cue in the passive at `i`: "lifted", "called into question"."""
    for gapped in s.starting[i]:  # in the passive nothing stands in the gap
        after, end = gapped.cue.after, gapped.end + len(gapped.cue.after)
        if gapped.cue.form != "verb" or not after:
            continue
        if tuple(s.text(k) for k in range(gapped.end, end)) == after:
            return Found(i, end, gapped.cue)
    found = s.starting_at(i, ("verb",))
    if found is None or (s.tag(found.end - 1) is Tag.PREP and s.tag(found.end) in NOMINAL):
        return s.shortest_at(i, ("verb",))
    return found


class Value(NamedTuple):
    """A good (+1) or an evil (-1) that a text names."""

    place: int
    sign: int


def value_after(s: Sentence, start: int, limit: int | None = None, /) -> Value | None:
    """Return the first good or evil from `start` on within the clause.

    "no", "little" and "less" before it turn it round; "nothing but" and its like do not.
    """
    sign = 1
    for i in range(start, min(len(s.words), start + 12 if limit is None else limit)):
        tag, text = s.tag(i), s.text(i)
        if (tag in FINITE and i > start) or tag in {Tag.STOP, Tag.REL, Tag.SUB}:
            return None
        if text in {"no", "neither", "little", "less", "without"} or (
            text == "nothing" and not _but(s, i)
        ):
            sign = -sign
            continue
        if tag is not Tag.NOUN or s.tag(i + 1) is Tag.NOUN:
            continue
        if any(t.start <= i < t.end for t in s.targets):
            continue
        value = s.grammar.sign(text, "goods", "evils")
        if value:
            return Value(i, sign * value)
    return None


def fate(s: Sentence, i: int, /) -> Value | None:
    """Return the good or ill that a word tells would have come: "misery", "poorer", "starve"."""
    text = s.text(i)
    sign = s.grammar.sign(text, "richer", "poorer")
    if s.tag(i) is Tag.NOUN and not any(t.start <= i < t.end for t in s.targets):
        sign = sign or s.grammar.sign(text, "goods", "evils")
    if s.tag(i) in {Tag.VERB, Tag.ED}:
        found = s.starting_at(i, ("subject",))
        sign = found.cue.effect if found is not None and found.cue.default else sign
    if not sign:
        return None
    denied = any(s.tag(j) is Tag.NEG or s.text(j) == "no" for j in range(max(0, i - 4), i))
    return Value(i, -sign if denied else sign)


def _but(s: Sentence, i: int, /) -> bool:
    """Tell whether an exception follows: "nothing but", "anything other than"."""
    return s.text(i + 1) in {"but", "except", "save", "if", "other", "apart", "more"}


def _headed(s: Sentence, found: Found, /) -> Found | None:
    """Return the noun that an evaluating adjective stands before: "a serious threat"."""
    if found.cue.form != "adjective":
        return None
    i = found.end
    while s.tag(i) in {Tag.ADJ, Tag.NOUN} or s.words[min(i, len(s.words) - 1)].tag is Tag.NUM:
        noun = s.starting_at(i, ("predicate",))
        if noun is not None and noun.cue.default:
            return noun
        i += 1
    return None


COMPLEMENT = NOMINAL | {
    Tag.ADV, Tag.QUOTE, Tag.ED, Tag.ING, Tag.PREP, Tag.CC, Tag.TO, Tag.PRON, Tag.BE, Tag.NEG,
    Tag.HAVE,
}  # fmt: skip


def evaluation(s: Sentence, start: int, /) -> Found | None:
    """Return the first evaluating cue in the predicate that begins at `start`."""
    i = start
    while i < min(len(s.words), start + 7) and s.tag(i) in COMPLEMENT:
        plain = s.starting_at(i, ("predicate",)) is None
        if s.text(i) == "just" and plain and s.tag(i + 1) in {Tag.DET, Tag.PREP, Tag.NUM}:
            i += 1  # "not just a slogan"
            continue
        for forms in (("predicate",), ("adjective",), ("noun",)):
            found = s.starting_at(i, forms)
            if found is not None and found.cue.default and not _is_only(s, found):
                return _headed(s, found) or found
        clause = s.text(i) in {"we", "i", "they", "you"}  # "a price we are willing to pay"
        if (s.tag(i) is Tag.PREP or clause) and i > start:
            return None
        i += 1
    return None


def _is_only(s: Sentence, found: Found, /) -> bool:
    """Tell whether "just" means no more than "only": "is just a slogan"."""
    follows = s.tag(found.end) in {Tag.DET, Tag.POSS, Tag.PREP, Tag.NOUN}
    return found.end == found.start + 1 and s.text(found.start) == "just" and follows


def judgement(found: Found, /) -> int:
    """Return what a cue says of the thing that is called by it: "a scourge of" speaks against."""
    scolds = found.cue.form == "noun" and found.cue.cue_class == "blame"
    return -1 if scolds else found.cue.effect


def predicated(group: Group, found: Found, stance: int, chain: Chain, /) -> Verdict:
    """Return the verdict of a predicate whose subject is the target."""
    spans = [Phrase(found.start, found.end), *(Phrase(i, i + 1) for i in group.negations)]
    spans += [Phrase(link.start, link.end) for link in chain.links]
    chain.obliged, chain.intended = group.obliged, group.intended
    return Verdict(stance, chain, tuple(spans))


def turned(group: Group, sign: int, /) -> int:
    """Return a sign, turned round by an odd number of negations."""
    return -sign if len(group.negations) % 2 else sign


def deserts(s: Sentence, group: Group, /) -> int:
    """Return what it is that a thing deserves: "to be dropped", "a place of infamy"; 0 if unknown.

    What it does not deserve is turned round.
    """
    if base_form(s, group.main) not in {"deserve", "merit"}:
        return 0
    after = s.right(group.main + 1)
    sign = turned(group, 1)
    if s.tag(after) is Tag.TO and s.tag(s.right(after + 1)) is Tag.BE:
        done = passive_cue(s, s.right(s.right(after + 1) + 1))
        return sign * done.cue.effect if done is not None and done.cue.default else 0
    value = value_after(s, after)
    return sign * value.sign if value is not None else 0
