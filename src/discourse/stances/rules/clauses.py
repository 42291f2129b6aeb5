"""Rules by the clause beside the target: relative clauses, and what it does or is to do."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_verb
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import Group, lift, verb_groups
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

_REACH = 12  # words between a relative pronoun and its verb


def relative(c: Context, /) -> Verdict | None:
    """A relative clause may take its noun as the object of a verb of stance.

    Examples
    --------
    The [sanctions] that we reject have continued. -> oppose
    [Peace], which all of us desire, is far away. -> support
    The [Paris Agreement] to which we are committed is young. -> support
    The [sanctions] they oppose are new. -> oppose
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
    first = s.right(i + 1) if s.text(s.right(i)).endswith(("self", "selves")) else s.right(i)
    if s.tag(first) in FINITE:
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


def benefit(c: Context, /) -> Verdict | None:
    """What protects, helps and heals is spoken for; so is what is called upon to do its part.

    Examples
    --------
    [Dialogue] has helped to overcome our differences. -> support
    The [Security Council] must take on these tasks. -> support
    It must be done as [international law] demands. -> support
    [Sanctions] must not strike the poor. -> neutral
    """
    s = c.s
    before = s.left(c.outer.start)
    verb = s.right(c.outer.end)
    if s.text(before) == "as" and s.grammar.is_in(base_form(s, verb), "enjoining"):
        return Verdict(1, Chain(), (Phrase(before, before + 1), Phrase(verb, verb + 1)))
    for group in verb_groups(c):
        base = base_form(s, group.main)
        if group.be or group.negations or s.tag(group.main) not in {Tag.VERB, Tag.NOUN}:
            continue
        does_good = s.grammar.is_in(base, "benefiting", "remedying")
        if does_good or (group.obliged and _acts(s, group)):
            span = Phrase(group.start, group.main + 1)
            return Verdict(lift(c, 1), Chain(), (span,))
    return None


def _acts(s: Sentence, group: Group, /) -> bool:
    """Tell whether a verb group tells of a deed that nobody is known to reject."""
    forms = {"subject": {"reduce", "harm", "blame"}, "verb": {"harm", "blame"}}
    for form, classes in forms.items():
        found = s.starting_at(group.main, (form,))
        if found is not None and found.cue.cue_class in classes:
            return False
    return s.tag(group.main) is Tag.VERB
