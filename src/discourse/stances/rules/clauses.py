"""Rules by the clause beside the target: relative clauses, and what it does or is to do."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_from, climb_verb
from discourse.stances.denial import NOBODY
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.finites import described_by
from discourse.stances.rules.gaps import with_gap
from discourse.stances.rules.groups import cleft, cleft_denial, lift, value_after, verb_groups
from discourse.stances.rules.verbgroups import Group
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

_REACH = 12  # words between a relative pronoun and its verb


def relative(c: Context, /) -> Verdict | None:
    """A relative clause may take its noun as the object of a verb of stance.

    Examples
    --------
    The [sanctions] that we reject have continued. -> oppose
    [Peace], which all of us desire, was the topic. -> support
    The [Paris Agreement] to which we are committed is young. -> support
    The [sanctions] they oppose are new. -> oppose
    It is [war] that we want to prevent. -> oppose
    It is [dialogue], not force, that we need. -> support
    It is not [free trade] that we want. -> oppose
    """
    s = c.s
    at = s.left(c.outer.start)
    fronted = s.tag(at) is Tag.PREP and at == s.clause_start(at)
    found = _object_cue(s, cleft(c) or c.outer.end, fronted=fronted)
    if found is None:
        return None
    chain = Chain()
    chain.add(found)
    climb_verb(s, found.start, chain)
    denial = cleft_denial(c)
    if denial is not None:
        chain.negate(denial)
    verdict = c.decide(chain)
    return verdict and verdict._replace(stance=lift(c, verdict.stance))


def _object_cue(s: Sentence, end: int, /, *, fronted: bool) -> Found | None:
    """Return the cue of a clause after a noun phrase that ends at `end`, which is its object."""
    i = s.right(end)
    i = s.right(i + 1) if s.tag(i) is Tag.COMMA else i
    preposition = s.text(i) if s.tag(i) is Tag.PREP and s.tag(i + 1) is Tag.REL else ""
    i += bool(preposition)
    if s.tag(i) is Tag.REL or (i == end and s.text(i) == "that"):
        if s.text(i) not in {"which", "that", "whom"}:
            return None
        i += 1
    elif s.tag(end) is Tag.COMMA or not _opens_contact(s, i):
        return None
    elif fronted:
        return None  # "With X we shall overcome", "On X this house will not yield"
    first = s.right(i + 1) if s.text(s.right(i)).endswith(("self", "selves")) else s.right(i)
    if s.tag(first) in FINITE:
        return None  # the pronoun is the subject of its clause
    for k in range(i, min(len(s.words), i + _REACH)):
        if s.tag(k) is Tag.STOP:
            return None
        found = with_gap(s, k, preposition)
        if found is not None:
            return found
    return None


def _opens_contact(s: Sentence, i: int, /) -> bool:
    """Tell whether a clause begins at `i`: "the thing we need", "the thing our sons need"."""
    if s.text(i) in {"we", "i", "they", "you"}:
        return True
    end = s.noun_phrase_end(i)
    named = s.tag(i) in {Tag.DET, Tag.POSS} and s.tag(i - 1) in {Tag.NOUN, Tag.PRON}
    return named and end > i + 1 and s.tag(s.right(end)) in FINITE


def benefit(c: Context, /) -> Verdict | None:
    """What protects, helps and heals is spoken for; so is what is called upon to do its part.

    Examples
    --------
    [Dialogue] has helped to overcome our differences. -> support
    The [Security Council] must take on these tasks. -> support
    It must be done as [international law] demands. -> support
    It is the duty of the [Security Council] to act. -> support
    The [Security Council] bears a special responsibility. -> support
    The [Security Council] must be ready to act. -> support
    [Sanctions] must not strike the poor. -> neutral
    [War] heals nobody. -> oppose
    [Free trade] has served us badly. -> oppose
    [Sanctions] have never helped anybody. -> oppose
    At no time has the [embargo] created a single job. -> oppose
    """
    s = c.s
    before = s.left(c.outer.start)
    verb = s.right(c.outer.end)
    if s.text(before) == "as" and s.grammar.is_in(base_form(s, verb), "enjoining"):
        return Verdict(1, Chain(), (Phrase(before, before + 1), Phrase(verb, verb + 1)))
    task = _task_of(c, before)
    if task is not None:
        return Verdict(1, Chain(), (task,))
    for group in verb_groups(c):
        base = base_form(s, group.main)
        task = _task_after(s, group)
        if task is not None:
            return Verdict(lift(c, 1), Chain(), (task,))
        if group.be or s.tag(group.main) not in {Tag.VERB, Tag.NOUN}:
            continue
        if group.negations:
            if _is_useless(c, group, base):
                return Verdict(lift(c, -1), Chain(), (Phrase(group.start, group.main + 1),))
            continue
        does_good = s.grammar.is_in(base, "benefiting")
        does_good |= s.grammar.is_in(base, "remedying") and _has_object(s, group.main)
        if _comes_to_nothing(s, group.main + 1):
            if does_good:
                return Verdict(lift(c, -1), Chain(), (Phrase(group.main, group.main + 2),))
            continue
        if does_good or (group.obliged and _acts(s, group)):
            span = Phrase(group.start, group.main + 1)
            return Verdict(lift(c, 1), Chain(), (span,))
    return None


def _comes_to_nothing(s: Sentence, i: int, /) -> bool:
    """Tell whether what is done is done badly, or to nobody: "served us badly"."""
    near = [s.text(j) for j in range(i, i + 4)]
    badly = any(s.grammar.is_in(text, "badly") for text in near)
    return badly or s.text(s.right(i)) in NOBODY


def _has_object(s: Sentence, verb: int, /) -> bool:
    """Tell whether a verb is not used of what happens by itself: "had ended", "keeps growing"."""
    after = s.right(verb + 1)
    return s.tag(after) not in {None, Tag.COMMA, Tag.STOP, Tag.ING, Tag.ED}


def _task_of(c: Context, before: int, /) -> Phrase | None:
    """Return the words that give the target a task: "the duty of X to", "it is up to X to"."""
    s, head = c.s, c.s.left(before)
    if s.tag(s.right(c.outer.end)) is not Tag.TO:
        return None
    owed = s.text(before) == "of" and s.grammar.is_in(s.text(head), "tasks")
    left = s.text(before) == "to" and s.grammar.is_in(base_form(s, head), "devolving")
    return Phrase(head, before + 1) if owed or left else None


def _task_after(s: Sentence, group: Group, /) -> Phrase | None:
    """Return the words by which a target has a task, or must be ready for one."""
    if group.negations:
        return None
    if group.be:
        ready = group.obliged and s.grammar.is_in(s.text(group.main), "readiness")
        return Phrase(group.start, group.main + 1) if ready else None
    verb = group.main - (s.tag(group.main) is not Tag.VERB)  # "has a duty"
    if not s.grammar.is_in(base_form(s, verb), "bearing"):
        return None
    start = s.right(verb + 1)
    end = s.noun_phrase_end(start)
    tasked = s.text(start) != "no" and s.grammar.is_in(s.text(end - 1), "tasks")
    return Phrase(verb, end) if end > start and tasked else None


def _is_useless(c: Context, group: Group, base: str, /) -> bool:
    """Tell whether a verb group denies that a thing helps at all: "has never solved anything"."""
    s, start = c.s, c.outer.start
    never = {"never", "cannot", "rarely", "seldom"}
    ever = any(i < start or s.text(i) in never for i in group.negations)
    if not ever or group.obliged:
        return False
    if s.grammar.is_in(base, "benefiting", "remedying"):
        return True
    harm = value_after(s, group.main + 1, group.main + 7)
    aimed = range(group.main + 1, group.main + 7)
    spared = any(t.start in aimed for t in s.targets) or (harm is not None and harm.sign < 0)
    brings = base == "bring" and s.text(group.main + 1) in {"about", "down"}
    return (brings or s.grammar.is_in(base, "achieving")) and not spared


def _acts(s: Sentence, group: Group, /) -> bool:
    """Tell whether a verb group tells of a deed that nobody is known to reject."""
    forms = {"subject": {"reduce", "harm", "blame"}, "verb": {"harm", "blame"}}
    for form, classes in forms.items():
        found = s.starting_at(group.main, (form,))
        if found is not None and found.cue.cue_class in classes:
            return False
    denied = s.text(s.right(group.main + 1)) in {"no", "nobody", "nothing"}
    return s.tag(group.main) is Tag.VERB and not denied


def described(c: Context, /) -> Verdict | None:
    """A target that "is a thing we reject" or "is what we need" takes the stance of that clause.

    Examples
    --------
    [Sanctions] are a step that we have resisted for decades. -> oppose
    [Dialogue] is what we need. -> support
    [Sanctions] are the last thing we need. -> oppose
    """
    for group in verb_groups(c):
        found = (_relative_verb(c.s, group) or _said_of_head(c.s, group)) if group.be else None
        if found is None:
            continue
        chain = Chain()
        chain.add(found)
        climb_from(c.s, found, chain)
        last = (i for i in range(group.main, found.start) if c.s.text(i) == "last")
        for i in (*group.negations, *last):  # "the last thing we need"
            chain.negate(i)
        verdict = c.decide(chain)
        return verdict and verdict._replace(stance=lift(c, verdict.stance))
    return None


def _said_of_head(s: Sentence, group: Group, /) -> Found | None:
    """Return what a clause says of a predicate's noun: "a cause to which we are committed"."""
    for head in range(group.main, min(len(s.words), group.main + 6)):
        if s.tag(head) not in NOMINAL | {Tag.PRON} or s.starting_at(head, ("predicate",)):
            return None
        if s.tag(head) in {Tag.NOUN, Tag.PRON} and s.tag(head + 1) not in NOMINAL:
            return _object_cue(s, head + 1, fronted=False)
        if s.tag(head) is Tag.NOUN and _opens_contact(s, head + 1):
            return _object_cue(s, head + 1, fronted=False)
    return None


def _relative_verb(s: Sentence, group: Group, /) -> Found | None:
    """Return the verb of the clause that describes a predicate: "a step that we resist"."""
    if described_by(s, group.main) is not None:
        return None  # the predicate is its subject
    for relative in range(group.main, min(len(s.words), group.main + 6)):
        if s.tag(relative) is Tag.PREP:
            return None  # the clause belongs to another noun
        if s.text(relative) in {"that", "which", "what"}:
            break
        if s.text(relative) in {"we", "i", "they"} and s.tag(relative - 1) in {
            Tag.NOUN,
            Tag.DET,
            Tag.PRON,
        }:
            break  # "a thing we need"
    else:
        return None
    end = next((i for i in range(relative + 1, relative + 8) if s.tag(i) is Tag.SUB), relative + 8)
    near = range(relative + 1, end)
    verbs = (s.starting_at(i, ("verb",)) for i in near)
    found = next((f for f in verbs if f is not None and f.cue.default), None)
    # A verb with an object of its own does not speak of the target.
    own = found is not None and s.tag(found.end) in NOMINAL and s.text(found.end) != "most"
    return None if own else found
