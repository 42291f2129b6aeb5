"""Rules by the good or evil that a text names beside the target: merit, kind, purpose, credit."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import Value, lift, value_after
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import Tag


def condition(c: Context, /) -> Verdict | None:
    """What one would be the poorer for, if it went, is valued; what would be no loss is not.

    Examples
    --------
    If [multilateralism] were to fail, we should be the poorer for it. -> support
    Were [nuclear weapons] to disappear, we should not miss them. -> oppose
    If [sanctions] remain in force, the Council will meet. -> neutral
    """
    s = c.s
    before = s.left(c.outer.start)
    inverted = before == 0 and s.text(before) in {"were", "should", "had"}
    if not (s.text(before) == "if" or inverted):
        return None
    comma = next((i for i in range(c.outer.end, len(s.words)) if s.tag(i) is Tag.COMMA), None)
    if comma is None:
        return None
    effect = _becomes(c, comma)
    value = _outcome(s, comma + 1)
    if not effect or value is None:
        return None
    spans = (Phrase(before, before + 1), Phrase(value.place, value.place + 1))
    return Verdict(lift(c, effect * value.sign), Chain(), spans)


def _becomes(c: Context, end: int, /) -> int:
    """Return whether a supposition is of more (+1) or less (-1) of the target; 0 if of neither."""
    s = c.s
    for i in range(c.outer.end, end):
        if s.tag(i) not in {Tag.VERB, Tag.ED, Tag.ING}:
            continue
        found = s.starting_at(i, ("subject",)) or s.starting_at(i, ("verb",))
        denied = any(s.tag(j) is Tag.NEG for j in range(c.outer.end, i))
        if found is not None and found.cue.default:
            return -found.cue.effect if denied else found.cue.effect
        if s.grammar.is_in(base_form(s, i), "existing"):
            return -1 if denied else 1
    return 0


def _outcome(s: Sentence, start: int, /) -> Value | None:
    """Return the good or ill that follows: "we should be the poorer", "the loss would be ours"."""
    for i in range(start, len(s.words)):
        for name, sign in (("poorer", -1), ("richer", 1), ("missing", -1)):
            word = base_form(s, i) if s.tag(i) is Tag.VERB else s.text(i)
            if s.grammar.is_in(word, name):
                denied = any(_denies(s, j) for j in range(start, i))
                return Value(i, -sign if denied else sign)
        value = value_after(s, i, i + 1)
        if value is not None:
            return value
    return None


def merit(c: Context, /) -> Verdict | None:
    """Who finds good or ill in a thing speaks for it or against it.

    Examples
    --------
    There is much wisdom in [dialogue]. -> support
    We see nothing wrong with [sanctions]. -> support
    Where is the harm in [free trade]? -> support
    There is no splendour in [war]. -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    head = s.left(at)
    if s.text(at) not in {"in", "with", "about"} or c.chain.links:
        return None
    value = _worth_of(s, head)
    if not value:
        return None
    start = s.clause_start(head)
    denied = [i for i in range(start, head) if _denies(s, i)]
    asked = s.words[-1].text == "?" and s.text(start - 1) == "where"
    sign = -value if (len(denied) + asked) % 2 else value
    spans = (Phrase(head, at + 1), *(Phrase(i, i + 1) for i in denied))
    return Verdict(sign, Chain(), spans)


def _worth_of(s: Sentence, i: int, /) -> int:
    """Return whether a word names a good (+1) or an evil (-1), 0 if neither."""
    classes = ("goods", "evils") if s.tag(i) is Tag.NOUN else ("glad", "sorry")
    return s.grammar.sign(s.text(i), *classes)


def _denies(s: Sentence, i: int, /) -> bool:
    """Tell whether a word denies what follows: "no", "nothing", "little", a negated verb."""
    return s.tag(i) is Tag.NEG or s.text(i) in {"no", "nothing", "little", "cannot"}


def instance(c: Context, /) -> Verdict | None:
    """What is named as one of a kind of goods or evils is one, and so is what poses it.

    Examples
    --------
    The world is full of horrors such as [terrorism]. -> oppose
    The list of our achievements, including [free trade], is long. -> support
    We know the threat that [migration] poses to our towns. -> oppose
    Countries such as the [United Nations] members met. -> neutral
    """
    s = c.s
    before = s.left(c.phrase.start)
    relative = s.tag(before) is Tag.REL and s.text(before) in {"that", "which"}
    first = before if relative or s.text(before) == "like" else s.spelled_to(before, "additive")
    if first is None or c.chain.links or not (relative or s.text(first) in _NAMING):
        return None
    if relative and not s.grammar.is_in(base_form(s, s.right(c.phrase.end)), "posing"):
        return None
    head = s.left(first)
    head = s.left(head) if s.tag(head) is Tag.COMMA else head
    value = _worth_of(s, head) or _predicate_value(s, head)
    if not value:
        return None
    return Verdict(value, Chain(), (Phrase(head, head + 1), Phrase(first, before + 1)))


_NAMING = frozenset({"such", "including", "like", "in"})


def _predicate_value(s: Sentence, head: int, /) -> int:
    """Return the sign of a noun as a predicate: a threat, an achievement."""
    found = s.ending_at(head, ("predicate",))
    return 0 if found is None or found.cue.cue_class == "harm" else found.cue.default


def purpose(c: Context, /) -> Verdict | None:
    """What means are provided for is wanted: a fund, a plan, a road for something.

    Examples
    --------
    A museum for [peace] was opened. -> support
    The deadlines for [disarmament] were printed. -> support
    The reasons for the [war] are known. -> neutral
    """
    s = c.s
    at = s.left(c.outer.start)
    head = s.left(at)
    if s.text(at) != "for" or s.tag(head) is not Tag.NOUN or c.chain.links:
        return None
    if s.grammar.is_in(s.text(head), "unpurposed") or s.words[head].surface[:1].isupper():
        return None
    if any(t.start <= head < t.end for t in s.targets):
        return None
    return Verdict(1, Chain(), (Phrase(head, at + 1),))


def superlative(c: Context, /) -> Verdict | None:
    """Nothing is more so than what is more so than anything.

    Examples
    --------
    What could be fairer than [free trade]? -> support
    Nothing could be wiser than [dialogue]. -> support
    """
    s = c.s
    than = s.left(c.outer.start)
    if s.text(than) != "than":
        return None
    i = than - 1
    while s.tag(i) in {Tag.NOUN, Tag.DET} and _graded(s, i) == 0 and i > than - 4:
        i -= 1
    sign = _graded(s, i)
    if not sign and s.grammar.is_in(s.text(i), "heights"):  # "in higher esteem than"
        sign = _worth_of(s, i + 1) * (-1 if s.text(i) in {"lower", "less"} else 1)
    start = s.clause_start(i)
    nothing = {"nothing", "what", "anything", "no", "who", "none"}
    if not sign or not any(s.text(j) in nothing for j in range(max(0, start - 1), than)):
        return None
    return Verdict(sign, Chain(), (Phrase(i, than + 1),))


def _graded(s: Sentence, i: int, /) -> int:
    """Return the sign of a comparative: "fairer", "more precious", "worse"."""
    text = s.text(i)
    bases = (text, text.removesuffix("r"), text.removesuffix("er"), text.removesuffix("ier") + "y")
    for base in bases:
        cues = (x for x in s.lexicon.by_head.get(base, ()) if x.form == "adjective" and x.default)
        cue = next((x for x in cues if len(x.words) == 1 and x.cue_class != "harm"), None)
        if cue is not None:
            return cue.default
        value = s.grammar.sign(base, "glad", "sorry")
        if value:
            return value
    return int(text == "better") - int(text == "worse")


def credited(c: Context, /) -> Verdict | None:
    """What one owes one's luck to is praised; what has one's misery to answer for is blamed.

    Examples
    --------
    We have [free trade] to thank for our success. -> support
    We have [immigration] to blame for our troubles. -> oppose
    We owe our ruin to [democracy]. -> oppose
    """
    s = c.s
    verb = s.left(c.outer.start)
    to = s.right(c.phrase.end)
    if s.tag(verb) is Tag.HAVE and s.text(to) == "to" and s.text(to + 1) in {"thank", "blame"}:
        value = value_after(s, to + 2)
        sign = 1 if s.text(to + 1) == "thank" else -1
        sign = min(sign, value.sign) if value else sign
        return Verdict(sign, Chain(), (Phrase(verb, verb + 1), Phrase(to, to + 2)))
    if s.text(verb) != "to":
        return None
    for i in range(verb - 1, s.clause_start(verb) - 1, -1):
        if s.tag(i) in FINITE:
            if base_form(s, i) != "owe":
                return None
            value = value_after(s, i + 1, verb)
            sign = value.sign if value else 1
            return Verdict(sign, Chain(), (Phrase(i, i + 1), Phrase(verb, verb + 1)))
    return None
