"""The verb group of which a target is the subject, and what its complement says of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from discourse.stances.chain import Link, pejorative
from discourse.stances.phrases import Found
from discourse.stances.rules.context import Context
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag


class Group(NamedTuple):
    """The verb group whose subject is the phrase: `main` is its first word that is no auxiliary."""

    start: int
    main: int
    negations: tuple[int, ...]
    obliged: bool
    intended: bool
    be: bool


@lru_cache(maxsize=1)  # rule after rule asks for those of the same target
def verb_groups(c: Context, /) -> tuple[Group, ...]:
    """Return the verb groups of which the outermost phrase is the subject: relative, then main."""
    return tuple(_verb_groups(c))


def _verb_groups(c: Context, /) -> Iterator[Group]:
    """Find the verb groups of which the outermost phrase is the subject."""
    if c.adverbial or pejorative(c.chain):
        return
    asked = _asked(c)
    if asked is not None:
        yield asked
    elif _may_be_subject(c):
        relative = cleft(c)
        start = c.outer.end if relative is None else relative
        for i in _finites_after(c.s, start):
            yield _verb_group(c, i)


def cleft(c: Context, /) -> int | None:
    """Return the relative pronoun of a cleft clause: "it is X, and nothing else, that"."""
    s, be = c.s, c.s.left(c.outer.start)
    if s.tag(be) is not Tag.BE or s.text(s.left(be)) != "it":
        return None
    for i in range(c.outer.end, min(len(s.words), c.outer.end + 14)):
        if s.text(i) == "that" or (s.tag(i) is Tag.REL and s.text(i) in {"which", "who"}):
            return i
        if s.tag(i) in FINITE or s.tag(i) is Tag.STOP:
            return None
    return None


def _asked(c: Context, /) -> Group | None:
    """Return the group of a question that expects "never": "Has X ever helped?"."""
    s, auxiliary = c.s, c.s.left(c.outer.start)
    never = s.text(auxiliary - 1) == "before" and s.text(auxiliary - 2) == "never"
    if never and s.tag(auxiliary) in {Tag.HAVE, Tag.BE}:  # "never before has X been so needed"
        return _verb_group(c, s.right(c.outer.end))
    inverted = s.words[-1].text == "?" and s.tag(auxiliary) in {Tag.HAVE, Tag.DO, Tag.BE, Tag.MODAL}
    if not inverted or any(link.step == "cue" and _is_verbal(s, link) for link in c.chain.links):
        return None
    since = s.text(auxiliary - 1) == "when" and s.text(auxiliary - 2) == "since"
    ever = next((i for i in range(c.outer.end, len(s.words)) if s.text(i) == "ever"), None)
    if not since and ever is None:
        return None
    group = _verb_group(c, s.right(c.outer.end))
    be = group.be or s.tag(auxiliary) is Tag.BE
    return group._replace(negations=(*group.negations, auxiliary), be=be)


def _verb_group(c: Context, start: int, /) -> Group:
    """Return the verb group that begins at `start`."""
    s, i = c.s, start
    negations = [c.outer.start] if s.has_determiner_no(c.outer) else []
    obliged = intended = be = False
    while i < len(s.words):
        text, to = s.text(i), s.tag(s.right(i + 1)) is Tag.TO
        if to and s.grammar.is_in(text, "semi_modals"):  # "is to vanish"
            obliged = True
            i = s.right(i + 1)
        elif s.tag(i) is Tag.PREP and s.text(i + 1) == "no":  # "can in no case be"
            negations.append(i + 1)
            i += 2
        elif s.tag(i) is Tag.BE or (s.grammar.is_in(text, "copulas") and not _takes_object(s, i)):
            be = True
        elif s.text(i + 1) in {"into", "to"} and s.grammar.is_in(base_form(s, i), "becoming"):
            be = True  # "has evolved into a threat"
            i += 1
        elif to and s.grammar.is_in(base_form(s, i), "catenatives"):
            i = s.right(i + 1)  # "serves to enhance"
        elif s.tag(i) is Tag.CC and s.tag(s.right(i + 1)) in _AUXILIARY and i > start:
            pass  # "does not and will not"
        elif s.tag(i) not in _AUXILIARY and (text, s.text(i + 1)) != ("no", "longer"):
            break
        negations += [i] if _negates(s, i) else []
        obliged |= s.grammar.is_in(text, "obligations")
        intended |= s.grammar.is_in(text, "intentions")
        i += 1
    return Group(start, i, tuple(negations), obliged, intended, be)


_AUXILIARY = frozenset({Tag.NEG, Tag.MODAL, Tag.HAVE, Tag.DO, Tag.ADV, Tag.QUOTE, Tag.TO})


def _negates(s: Sentence, i: int, /) -> bool:
    """Tell whether a word of a verb group negates it; "not only" does not."""
    if s.grammar.is_in(s.text(i + 1), "restrictors"):
        return False
    return s.tag(i) is Tag.NEG or s.text(i) in {"cannot", "no"}


def _takes_object(s: Sentence, i: int, /) -> bool:
    """Tell whether a word that may be a copula is a full verb here: "makes peace"."""
    return (
        s.text(i) in {"make", "makes", "made", "form", "forms", "go", "represent", "represents"}
        and s.tag(i + 1) is Tag.NOUN
    )


def _may_be_subject(c: Context, /) -> bool:
    """Tell whether the outermost phrase can be a subject: no verb or preposition stands before."""
    tag = c.s.tag(c.s.left(c.outer.start))
    if tag is Tag.BE and c.s.text(c.s.left(c.s.left(c.outer.start))) == "it":
        return cleft(c) is not None  # "it is X that saved us"
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
    listed = False  # a comma and a noun phrase, which "and" must follow if it is a list
    while i < limit:
        tag = s.tag(i)
        if tag in FINITE:
            if not listed:
                yield i
            return
        listed &= tag is not Tag.CC
        relative = i + 1 if tag is Tag.COMMA and s.tag(i + 1) is Tag.REL else i
        if s.tag(relative) is Tag.REL or (i == start and s.text(i) == "that"):
            verb = _relative_finite(s, relative)
            if verb is None:
                return
            if s.right(start) == i:
                yield verb
            closing = _next_comma(s, relative + 1, limit) if tag is Tag.COMMA else None
            i = _group_end(s, verb) if closing is None else closing
            within = closing is None
        elif tag is Tag.COMMA:
            closing = _next_comma(s, i + 1, i + 14)
            closes = closing is not None and s.tag(s.right(closing + 1)) in FINITE
            if not closes and s.tag(i + 1) not in NOMINAL | {Tag.CC}:
                return
            listed = not closes and s.tag(i + 1) is not Tag.CC
            i = closing if closes and closing is not None else i
        elif tag in {Tag.STOP, Tag.SUB} or (_blocks(s, i) and not within):
            return
        elif within and tag is Tag.TO:  # an infinitive within a relative clause
            i = s.right(i + 1)
        i += 1


def _relative_finite(s: Sentence, relative: int, /) -> int | None:
    """Return the finite verb whose subject a relative pronoun is: "that in the long run will"."""
    verb = s.right(relative + 1)
    if s.tag(verb) is Tag.PREP:
        later = range(verb, min(verb + 8, len(s.words)))
        verb = next((k for k in later if s.tag(k) in FINITE), verb)
    return verb if s.tag(verb) in FINITE else None


def _group_end(s: Sentence, verb: int, /) -> int:
    """Return the last word of the verb group that begins at `verb`."""
    while s.tag(verb) in {Tag.MODAL, Tag.HAVE, Tag.BE, Tag.DO, Tag.ADV, Tag.NEG}:
        verb += 1
    return verb


def _blocks(s: Sentence, i: int, /) -> bool:
    """Tell whether a pronoun or "to" cannot stand between a subject and its verb."""
    return s.tag(i) is Tag.TO or (
        s.tag(i) is Tag.PRON and not s.text(i).endswith(("self", "selves"))
    )


def _next_comma(s: Sentence, start: int, limit: int, /) -> int | None:
    """Return the next comma before `limit`, None if there is none."""
    return next((j for j in range(start, min(len(s.words), limit)) if s.tag(j) is Tag.COMMA), None)


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
        if text in {"no", "neither", "little", "less"} or (text == "nothing" and not _but(s, i)):
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
        for forms in (("predicate",), ("adjective",), ("noun",)):
            found = s.starting_at(i, forms)
            if found is not None and found.cue.default:
                return _headed(s, found) or found
        if s.tag(i) is Tag.PREP and i > start:
            return None
        i += 1
    return None
