"""Rules by the good or evil that a text names beside the target: merit, kind, purpose, credit."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_verb
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import Value, lift, value_after, verb_groups
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import Tag


def condition(c: Context, /) -> Verdict | None:
    """What one would be the poorer for, if it went, is valued; what would be no loss is not.

    Examples
    --------
    If [multilateralism] were to fail, we should be the poorer for it. -> support
    Were [nuclear weapons] to disappear, we should not miss them. -> oppose
    If [sanctions] remain in force, the Council will meet. -> neutral
    As long as the [occupation] lasts, there can be no trust. -> oppose
    """
    s = c.s
    before = s.left(c.outer.start)
    inverted = before == 0 and s.text(before) in {"were", "should", "had"}
    while_so = s.text(before) == "as" and s.text(before - 1) == "long"
    if not (s.text(before) == "if" or inverted or while_so):
        return None
    comma = next((i for i in range(c.outer.end, len(s.words)) if s.tag(i) is Tag.COMMA), None)
    if comma is None:
        return None
    if (s.text(comma + 1), s.text(comma + 2), s.text(comma + 3)) == ("it", "is", "because"):
        return None  # the condition is a fact, and its cause is told
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
        if s.text(i) == "no" and s.text(i - 1) == "be" and s.tag(i - 2) is Tag.MODAL:
            return Value(i, -1)  # "there can be no peace"
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
    There is little to be said for [sanctions]. -> oppose
    There is no splendour in [war]. -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    head = s.left(at)
    if c.chain.links:
        return None
    if s.text(at) in {"for", "against"} and s.text(head) == "said":
        return _said_for(s, head, at)
    if s.text(at) not in {"in", "with", "about"}:
        return None
    value = _worth_of(s, head)
    if not value or s.grammar.is_in(base_form(s, s.left(s.phrase_start(head))), "remedying"):
        return None  # "overcoming troubles with X": X is the means
    start = s.clause_start(head)
    denied = [i for i in range(start, head) if _denies(s, i)]
    asked = s.words[-1].text == "?" and s.text(start - 1) == "where"
    sign = -value if (len(denied) + asked) % 2 else value
    spans = (Phrase(head, at + 1), *(Phrase(i, i + 1) for i in denied))
    return Verdict(sign, Chain(), spans)


def _said_for(s: Sentence, said: int, at: int, /) -> Verdict | None:
    """Return what "there is much to be said for" says, and "little to be said against"."""
    amount = said - 3  # before "to be said"
    if (s.text(said - 2), s.text(said - 1)) != ("to", "be"):
        return None
    sign = 1 if s.text(at) == "for" else -1
    sign = -sign if any(_denies(s, i) for i in range(s.clause_start(said), said)) else sign
    return Verdict(sign, Chain(), (Phrase(amount, at + 1),))


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
    We have three priorities: [free trade], schools and roads. -> support
    Two dangers lie ahead: drought and [war]. -> oppose
    """
    s = c.s
    listed = _enumerated(c)
    if listed is not None:
        return listed
    before = s.left(c.phrase.start)
    if s.tag(before) in {Tag.CC, Tag.COMMA} and s.text(s.left(c.outer.start)) in _NAMING | {"as"}:
        before = s.left(c.outer.start)  # "threats like hunger and X"
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


def _enumerated(c: Context, /) -> Verdict | None:
    """Return the verdict on a member of a list that a colon opens: that of what it lists."""
    s, colon = c.s, c.outer.start - 1
    if s.tag(colon) is Tag.QUOTE:
        colon -= 1
    if s.text(colon).strip() != ":" or c.chain.links:
        return None
    for i in range(colon - 1, max(-1, colon - 20), -1):
        if s.tag(i) is Tag.STOP:
            return None
        counted = s.tag(i) is Tag.NOUN and s.text(i).endswith("s")
        if counted and s.tag(i + 1) is not Tag.NOUN:
            value = _worth_of(s, i) or _predicate_value(s, i)
            if value and not any(t.start <= i < t.end for t in s.targets):
                return Verdict(value, Chain(), (Phrase(i, i + 1), Phrase(colon, colon + 1)))
    return None


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
    Measures were adopted for [disarmament]. -> support
    The reasons for the [war] are known. -> neutral
    Their land must not become an arena for [war]. -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    head, links = s.left(at), c.chain.links
    if len(links) == 1 and links[0].is_noun:  # a noun that passes on: "measures were taken for"
        head, at, links = links[0].start, links[0].end - 1, []
    if s.text(at) != "for" or s.tag(head) is not Tag.NOUN or links:
        return None
    named = head > 0 and s.words[head].surface[:1].isupper()
    if named or s.grammar.is_in(s.text(head), "unpurposed"):
        return None
    if any(t.start <= head < t.end for t in s.targets):
        return None
    above = Chain()
    verb = s.left(s.phrase_start(head))
    if s.tag(verb) is Tag.VERB:
        climb_verb(s, verb, above)
    if above.negations % 2:  # "must not become an arena for X"
        return Verdict(-1, Chain(), (Phrase(verb, at + 1),)) if above.obliged else None
    return Verdict(1, Chain(), (Phrase(head, at + 1),))


def superlative(c: Context, /) -> Verdict | None:
    """Nothing is more so than what is more so than anything.

    Examples
    --------
    What could be fairer than [free trade]? -> support
    Nothing could be wiser than [dialogue]. -> support
    Nothing would alarm us more than a [war]. -> oppose
    There is no worse burden on a land than [protectionism]. -> oppose
    """
    s = c.s
    inside = s.text(c.outer.start + 1) == "than"  # "more than X" may be read as one phrase
    than = c.outer.start + 1 if inside else s.left(c.outer.start)
    if s.text(than) != "than":
        return None
    i = than - 1
    while s.text(i) not in {"more", "less"} and not _is_graded(s, i) and i > max(0, than - 9):
        i -= 1
    sign = _graded(s, i) or _more_of(s, i)
    noun = s.starting_at(i + 1, ("predicate",))
    if sign and noun is not None and s.text(i) not in {"more", "less", "better", "worse"}:
        sign = noun.cue.effect  # "what truer friend", "what bigger burden"
    if not sign and s.grammar.is_in(s.text(i), "heights"):  # "in higher esteem than"
        sign = _worth_of(s, i + 1) * (-1 if s.text(i) in {"lower", "less"} else 1)
    start = s.clause_start(i)
    nothing = {"nothing", "what", "anything", "no", "who", "none", "few", "hardly"}
    if not sign or not any(s.text(j) in nothing for j in range(max(0, start - 3), than)):
        return None
    return Verdict(sign, Chain(), (Phrase(i, than + 1),))


def _more_of(s: Sentence, more: int, /) -> int:
    """Return the sign of the verb that "more" goes with: "nothing that we love more than X"."""
    for i in range(more - 1, max(-1, more - 5), -1):
        if s.tag(i) is Tag.VERB:
            found = s.starting_at(i, ("verb",))
            sign = 0 if found is None else found.cue.default
            base = base_form(s, i)
            helps = (
                base == "do" and s.text(more + 1) == "for"
            )  # "nothing has done more for us than"
            sign = int(helps) or sign or s.grammar.sign(base, "rejoicing", "regretting")
            for felt in (base + "d", base + "ed"):  # what pleases leaves one pleased
                sign = sign or s.grammar.sign(felt, "glad", "sorry")
            return -sign if s.text(more) == "less" else sign
    return 0


def _is_graded(s: Sentence, i: int, /) -> bool:
    """Tell whether a word is a comparative that judges: "fairer", "more precious"."""
    compared = s.text(i).endswith("er") or s.text(i) == "worse" or s.text(i - 1) in {"more", "less"}
    return compared and bool(_graded(s, i))


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
    It is to [democracy] that we owe our misfortune. -> oppose
    """
    s = c.s
    verb = s.left(c.outer.start)
    to = s.right(c.phrase.end)
    if s.tag(verb) is Tag.HAVE and s.text(to) == "to" and s.text(to + 1) in {"thank", "blame"}:
        value = value_after(s, to + 2)
        sign = 1 if s.text(to + 1) == "thank" else -1
        sign = min(sign, value.sign) if value else sign
        return Verdict(sign, Chain(), (Phrase(verb, verb + 1), Phrase(to, to + 2)))
    if s.text(verb) == "to" and s.tag(s.left(verb)) is not Tag.BE:
        return _owed(s, range(verb - 1, s.clause_start(verb) - 1, -1), verb)
    starts = (c.outer.end, *(group.main for group in verb_groups(c) if group.be))
    relative = next((at for i in starts if (at := _to_which(s, i)) is not None), None)
    if relative is not None:  # "X, to which we owe", "X is a thing to which we owe"
        return _owed(s, range(relative + 2, min(len(s.words), relative + 12)), relative)
    if s.text(verb) == "to":  # "it was to X that we owed"
        that = next((i for i in range(to, len(s.words)) if s.text(i) == "that"), len(s.words))
        return _owed(s, range(that, min(len(s.words), that + 8)), verb)
    return None


def _to_which(s: Sentence, start: int, /) -> int | None:
    """Return where "to which" begins that belongs to the noun phrase at `start`."""
    for i in range(start, min(len(s.words), start + 6)):
        if s.text(i) == "to" and s.tag(i + 1) is Tag.REL:
            return i
        if s.tag(i) in FINITE or s.tag(i) is Tag.STOP:
            return None
    return None


def _owed(s: Sentence, places: range, to: int, /) -> Verdict | None:
    """Return praise or blame if the first finite verb at these places tells what is owed."""
    owe = next((i for i in places if s.tag(i) in FINITE), None)
    if owe is None or base_form(s, owe) != "owe":
        return None
    value = value_after(s, owe + 1, to if to > owe else None)
    none = s.text(s.right(owe + 1)) in {"nothing", "little"}
    sign = value.sign if value else 1 - 2 * none
    return Verdict(sign, Chain(), (Phrase(owe, owe + 1), Phrase(to, to + 1)))
