"""Rules by the clause beside the target: relative clause, cleft, consequence, question."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_verb
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import Group, lift, verb_groups
from discourse.stances.syntax import FINITE, Found, Phrase, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

_REACH = 12  # words between a relative pronoun and its verb


def relative(c: Context, /) -> Verdict | None:
    """A relative clause may take its noun as the object of a verb of stance.

    Examples
    --------
    The [sanctions] that we reject have continued. -> oppose
    [Peace], which all of us desire, is far away. -> support
    The [treaty on the prohibition of nuclear weapons] to which we are committed is young. -> support
    The [sanctions] they oppose are new. -> oppose
    The [sanctions] which hurt us are new. -> oppose
    """
    s = c.s
    found = _object_cue(s, c.outer.end)
    if found is None:
        return None
    chain = Chain()
    chain.add(found)
    climb_verb(s, found.start, chain)
    verdict = c.decide(chain)
    return verdict and verdict._replace(stance=lift(c, verdict.stance))


def _object_cue(s: Sentence, end: int, /) -> Found | None:
    """Return the cue of a clause after a noun phrase that ends at `end`, which is its object."""
    i = s.right(end)
    i = s.right(i + 1) if s.tag(i) is Tag.COMMA else i
    preposition = s.text(i) if s.tag(i) is Tag.PREP and s.tag(i + 1) is Tag.REL else ""
    i += bool(preposition)
    if s.tag(i) is Tag.REL:
        if s.text(i) not in {"which", "that", "whom"}:
            return None
        i += 1
    elif s.text(i) not in {"we", "i", "they", "you"} or s.tag(end) is Tag.COMMA:
        return None
    if s.tag(s.right(i)) in FINITE:
        return None  # the pronoun is the subject of its clause
    for k in range(i, min(len(s.words), i + _REACH)):
        if s.tag(k) is Tag.STOP:
            return None
        found = _with_gap(s, k, preposition)
        if found is not None:
            return found
    return None


def _with_gap(s: Sentence, i: int, preposition: str, /) -> Found | None:
    """Return the cue at `i` that lacks its object: the words after its verb, or its preposition."""
    if preposition:
        forms = {"verb", "adjective", "noun"}
        cues = (x for x in s.lexicon.by_head.get(s.text(i), ()) if x.form in forms and x.default)
        cue = next((x for x in cues if x.words[1:] == (preposition,) and not x.after), None)
        return None if cue is None else Found(i, i + 1, cue)
    found = s.starting_at(i, ("verb", "adjective"))
    if found is None or not found.cue.default or s.tag(i) not in {Tag.VERB, Tag.ED, Tag.ADJ}:
        return None
    if found.cue.form == "adjective" and len(found.cue.words) == 1:
        return None
    follows = s.right(found.end)
    has_object = s.tag(follows) in NOMINAL | {Tag.PRON, Tag.REL} or s.text(follows) == "that"
    return None if has_object else found


def consequence(c: Context, /) -> Verdict | None:
    """Who says that a thing brings good or ill speaks for it or against it.

    In a question that expects the answer "nothing", too: "what has X brought but misery?"

    Examples
    --------
    [Sanctions] have brought nothing but grief to our people. -> oppose
    [Dialogue] gives us hope. -> support
    What has [protectionism] brought the poor, apart from dearer misery? -> oppose
    Has [unilateralism] ever brought us anything but prosperity? -> support
    [Sanctions] have not brought happiness. -> oppose
    """
    for group in verb_groups(c):
        verdict = _effects(c, group)
        if verdict is not None:
            return verdict
    return _questioned(c)


def _effects(c: Context, group: Group, /) -> Verdict | None:
    """Return what the object of a verb of effect tells of its subject."""
    s = c.s
    if not s.grammar.is_in(base_form(s, group.main), "causing"):
        return None
    value = _value(s, group.main + 1)
    if value is None:
        return None
    place, sign = value
    if len(group.negations) % 2:
        sign = -sign
    spans = (Phrase(group.main, group.main + 1), Phrase(place, place + 1))
    return Verdict(lift(c, sign), Chain(), spans)


def _value(s: Sentence, start: int, /) -> tuple[int, int] | None:
    """Return the first good or evil after a verb of effect, and its sign.

    "no", "little" and "less" before it turn it round; "nothing but" and its like do not.
    """
    sign = 1
    for i in range(start, min(len(s.words), start + 12)):
        text = s.text(i)
        named = any(t.start <= i < t.end for t in s.targets)
        if s.tag(i) in FINITE or s.tag(i) in {Tag.STOP, Tag.REL, Tag.SUB}:
            return None
        if text in {"no", "neither", "little", "less"} or (text == "nothing" and not _but(s, i)):
            sign = -sign
        elif s.tag(i) is Tag.NOUN and not named and s.tag(i + 1) is not Tag.NOUN:
            value = int(s.grammar.is_in(text, "goods")) - int(s.grammar.is_in(text, "evils"))
            if value:
                return i, sign * value
    return None


def _but(s: Sentence, i: int, /) -> bool:
    """Tell whether an exception follows: "nothing but", "anything other than"."""
    return s.text(i + 1) in {"but", "except", "save", "if", "other", "apart", "more"}


def _questioned(c: Context, /) -> Verdict | None:
    """Return what a question after the effects of a thing takes for granted."""
    s = c.s
    before = s.left(c.outer.start)
    if s.words[-1].text != "?" or s.tag(before) not in {Tag.HAVE, Tag.DO, Tag.MODAL}:
        return None
    for i in range(c.outer.end, len(s.words)):
        if s.spelled_to(i, "exceptions") is not None:
            value = _value(s, i + 1)
            sign = -1 if value is None else value[1]
            place = i if value is None else value[0]
            return Verdict(sign, Chain(), (Phrase(before, before + 1), Phrase(place, place + 1)))
    return None
