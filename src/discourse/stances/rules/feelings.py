"""Rules by the holder's gladness or regret about what becomes of the target."""

from __future__ import annotations

import math
from typing import NamedTuple

from discourse.stances.chain import Chain, Link
from discourse.stances.climbing import climb_verb
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import (
    evaluation,
    lift,
    participle,
    passive_cue,
    verb_groups,
)
from discourse.stances.rules.verbgroups import Group
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import Tag


class Feeling(NamedTuple):
    """A word of gladness (+1) or regret (-1), and the subject who feels it, if it has one."""

    word: int
    sign: int
    chain: Chain


def felt(c: Context, /) -> Verdict | None:
    """Who is glad that a thing goes on favours it; who regrets it opposes it, and the reverse.

    Examples
    --------
    It is regrettable that the [war] continues. -> oppose
    We are glad that [dialogue] has resumed. -> support
    We note with satisfaction that the [Security Council] has adopted the text. -> support
    Unfortunately, these [sanctions] remain in force. -> oppose
    We regret that [multilateralism] is in retreat. -> support
    We were dismayed to learn of the return of [protectionism]. -> oppose
    They are aware that the [sanctions] continue. -> neutral
    We followed with great concern the [talks]. -> oppose
    I look with delight upon the [truce] that was signed here. -> support
    It is high time that [talks] began. -> support
    """
    perceived = _about_perception(c) or _with_feeling(c)
    feeling = perceived or _feeling(c.s, c.target.start)
    if feeling is None:
        return None
    effect = _effect(c, feeling) or (_nominal_effect(c, feeling) if perceived else 0)
    if not effect:
        return None
    spans = [Phrase(feeling.word, feeling.word + 1)]
    spans += [Phrase(link.start, link.end) for link in c.chain.links]
    return Verdict(feeling.sign * effect, feeling.chain, tuple(spans))


def _about_perception(c: Context, /) -> Feeling | None:
    """Return the feeling with which somebody comes to know of a thing: "sad to see"."""
    s = c.s
    verb = s.left(c.outer.start)
    verb = s.left(verb) if s.tag(verb) is Tag.PREP else verb
    if s.tag(verb) is not Tag.VERB or not s.grammar.is_in(base_form(s, verb), "perceiving"):
        return None
    to = s.left(verb)
    adjective = s.left(to)
    return _at(s, adjective) if s.tag(to) is Tag.TO else None


def _with_feeling(c: Context, /) -> Feeling | None:
    """Return the feeling with which somebody looks upon a thing: "follow with concern the X"."""
    s = c.s
    noun = s.left(c.outer.start)
    noun = s.left(noun) if s.text(noun) in {"on", "upon", "at", "to"} else noun
    sign = _noun_sign(s, noun) if s.tag(noun) is Tag.NOUN else 0
    start = s.outermost(noun).start if sign else -1
    verb = s.left(s.left(start))
    if not sign or s.text(s.left(start)) != "with" or s.tag(verb) is not Tag.VERB:
        return None
    chain = Chain()
    climb_verb(s, verb, chain)
    chain.links.clear()
    return Feeling(noun, sign, chain)


def _noun_sign(s: Sentence, noun: int, /) -> int:
    """Return the sign of a noun of feeling, also of one that is a cue: "disgust (at)"."""
    sign = s.grammar.sign(s.text(noun), "glad", "sorry")
    if sign or not s.grammar.is_in(s.text(noun), "moving", "attitudes"):
        return sign
    cues = (x for x in s.lexicon.by_head.get(s.text(noun), ()) if x.form == "noun" and x.default)
    cue = next((x for x in cues if len(x.words) == 2), None)
    return 0 if cue is None else cue.default


def _at(s: Sentence, word: int, /) -> Feeling | None:
    """Return the feeling that a word tells of, with who feels it; None if it tells of none."""
    sign = _sign(s, word)
    if not sign:
        return None
    chain = Chain()
    climb_verb(s, _verb_of(s, word), chain)
    turned = -1 if chain.negations % 2 else 1
    chain.links.clear()
    return Feeling(word, sign * turned, chain)


def _nominal_effect(c: Context, feeling: Feeling, /) -> int:
    """Return whether the thing one comes to know of is more or less of the target."""
    if feeling.word > c.outer.start:
        return 0
    return math.prod(link.effect for link in _links_below(c, feeling))


def _links_below(c: Context, feeling: Feeling, /) -> list[Link]:
    """Return the links between the feeling and the target, but for how one comes to know of it."""
    return [x for x in c.chain.links if x.start > feeling.word and not _perceives(c.s, x)]


def _perceives(s: Sentence, link: Link, /) -> bool:
    """Tell whether a link is a verb of coming to know, which makes nothing more or less."""
    return s.tag(link.start) is Tag.VERB and s.grammar.is_in(base_form(s, link.start), "perceiving")


def _effect(c: Context, feeling: Feeling, /) -> int:
    """Return whether the clause tells of more (+1) or less (-1) of the target; 0 if of neither."""
    links = _links_below(c, feeling)
    if any(x.cue and x.cue.form == "verb" for x in links):
        return math.prod(link.effect for link in links)
    for group in verb_groups(c):
        return lift(c, _group_effect(c.s, group))
    return 0


def _group_effect(s: Sentence, group: Group, /) -> int:
    """Return what a verb group tells of its subject: more of it, less of it, or neither."""
    sign = -1 if len(group.negations) % 2 else 1
    passive = passive_cue(s, group.main) if group.be and participle(s, group.main) else None
    if passive is not None:
        return sign * passive.cue.effect
    for i in range(group.main, group.start - 1, -1):
        found = s.starting_at(i, ("subject",))
        if found is not None:
            return sign * found.cue.effect
    found = evaluation(s, group.main) if group.be and s.tag(group.main) is not Tag.ING else None
    if found is not None:  # a fault of the thing itself is no loss: the copula says it
        return 0 if found.cue.cue_class == "reduce" else sign * found.cue.effect
    near = range(group.main, group.main + 5)
    slow = any(s.text(i) == "too" and s.grammar.is_in(s.text(i + 1), "wanting_pace") for i in near)
    lacking = {"little", "no", "few", "slowly", "unable", "powerless"}
    if slow or not lacking.isdisjoint(map(s.text, near)):
        sign = -sign  # "proceeds too slowly", "has made little progress", "was unable to"
    return sign if group.be or s.tag(group.main) is Tag.VERB else 0


def _feeling(s: Sentence, at: int, /) -> Feeling | None:
    """Return the feeling about the clause at `at`: of the clause above it, or an adverb in it."""
    start = s.clause_start(at)
    above = s.left(start - 1) if s.text(start - 1) in {"that", "when", "if"} else -1
    if above >= 0 and s.tag(s.right(start)) not in FINITE:  # else the clause is a relative one
        feeling = _at(s, above)
        if feeling is not None:
            return feeling
    for i in range(start, at):
        sign = s.grammar.sign(s.text(i), "gladly", "sadly")
        apart = i in {0, start} or s.tag(i - 1) in {Tag.COMMA, Tag.CC, Tag.BE, Tag.HAVE}
        if sign and apart:
            return Feeling(i, sign, Chain())
    return None


def _sign(s: Sentence, i: int, /) -> int:
    """Return whether a word before "that" tells of gladness or regret; 0 if of neither."""
    base = base_form(s, i)
    if s.tag(i) is Tag.VERB:
        return s.grammar.sign(base, "rejoicing", "regretting")
    if (s.text(i - 1), s.text(i)) == ("high", "time"):
        return 1
    if s.text(i) in {"us", "me", "everyone"}:  # "it saddens us that"
        return _sign(s, s.left(i))
    judged = s.tag(s.left(i)) in {Tag.BE, Tag.NEG, Tag.CC, Tag.ADJ, Tag.DET, Tag.POSS, Tag.PRON}
    if (
        s.tag(i) in {Tag.ADJ, Tag.ED}
        and not judged
        and not s.grammar.is_in(s.text(s.left(i)), "copulas")
    ):
        return 0  # "in good years and in bad"
    of = s.left(s.phrase_start(i)) if s.tag(i) is Tag.NOUN else -1
    if s.text(i) in {"fact", "news"} and s.tag(of) is Tag.VERB:  # "we deplore the fact that"
        return _sign(s, of)
    text = s.text(s.left(of) if s.text(of) == "of" else i)  # "it is to the shame of our time that"
    return s.grammar.sign(text, "glad", "sorry")


def _verb_of(s: Sentence, i: int, /) -> int:
    """Return the finite verb of which a word of feeling is the predicate, or the word itself."""
    return next((j for j in range(i, max(-1, i - 9), -1) if s.tag(j) in FINITE), i)
