"""Where a sentence names its topic apart from what it says of it: "As for X, we reject it"."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.phrases import Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.rules.groups import verb_groups
from discourse.stances.rules.moods import felt
from discourse.stances.syntax import FINITE, Sentence, base_form
from discourse.stances.words import NOMINAL, Tag

_PRONOUNS = frozenset({"it", "they", "them", "this", "that", "these", "those"})
_POINTING = frozenset({"this", "that", "these", "those"})


def resumption(c: Context, /) -> Phrase | None:
    """Return the pronoun that stands for the target in the clause beside it, None without one."""
    comment = _comment(c)
    if comment is not None:
        near = range(comment, len(c.s.words))
        return next((Phrase(i, i + 1) for i in near if _stands_alone(c.s, i)), None)
    s, start = c.s, c.outer.start
    pointed = s.text(start) in _POINTING and s.tag(start - 1) is Tag.COMMA
    if pointed and s.tag(s.right(c.outer.end)) in {None, Tag.STOP}:  # "we like it, this X"
        before = range(start - 2, -1, -1)
        return next((Phrase(i, i + 1) for i in before if s.text(i) in {"it", "they", "them"}), None)
    return _taken_up(c)


def _taken_up(c: Context, /) -> Phrase | None:
    """Return the pronoun for a subject in a later clause: "X is old, and we are proud of it"."""
    s = c.s
    if any(link.default for link in c.chain.links) or c.outer != c.phrase:
        return None
    if not _is_presented(c) and (c.chain.links or not verb_groups(c)):
        return None
    head = s.words[c.phrase.end - 1]
    wanted = {"they", "them"} if head.text.endswith("s") else {"it"}
    wanted |= {"it"} if head.surface[:1].isupper() else set()  # "the United Nations, and it"
    later = range(c.phrase.end, len(s.words))
    return next(
        (
            Phrase(i, i + 1)
            for i in later
            if s.text(i) in wanted and s.clause_start(i) > c.phrase.end
        ),
        None,
    )


def _is_presented(c: Context, /) -> bool:
    """Tell whether a clause only says that there is a thing: "there is an X", "we have an X"."""
    s, at = c.s, c.s.left(c.outer.start)
    at = s.left(at) if s.text(at) == "only" else at
    subject = s.text(s.left(at))
    there = s.tag(at) is Tag.BE and subject in {"there", "this", "that", "these", "it"}
    return there or (s.tag(at) is Tag.HAVE and subject in {"we", "you", "they"})


def _comment(c: Context, /) -> int | None:
    """Return where the comment begins if the target is a topic set before it, else None."""
    s, at = c.s, c.s.left(c.outer.start)
    border = s.right(c.outer.end)
    while s.tag(border) in NOMINAL | {Tag.PREP} and border > c.outer.start:
        border += 1  # "as for X among nations"
    verb = s.text(at) == "as" and s.text(at - 1) == "far" and s.tag(border) in FINITE
    if verb:  # "as far as X is concerned"
        border += 1 + (s.text(border + 1) == "concerned")
    if s.tag(border) not in {Tag.COMMA, Tag.STOP}:
        return None
    marked = s.spelled_to(at, "topics")
    if marked is None:
        opens = at < 0 and s.tag(border) is Tag.STOP
    else:
        opens = marked == s.clause_start(marked) or s.tag(marked - 1) is Tag.COMMA
    return border + 1 if opens else None


def _stands_alone(s: Sentence, i: int, /) -> bool:
    """Tell whether a pronoun stands for a thing, and does not point to a noun: "these are"."""
    if s.text(i) not in _PRONOUNS:
        return False
    if s.text(i) == "it":
        return True
    return s.tag(s.right(i + 1)) not in NOMINAL and s.text(i + 1) != "is"


def answered(c: Context, /) -> Verdict | None:
    """A thing that is named and then greeted or sent away is welcome or not.

    Examples
    --------
    As for [dialogue], the more the better. -> support
    When it comes to [sanctions], count us out. -> oppose
    [Sanctions]? No, thank you. -> oppose
    [Free trade]? Yes please! -> support
    When it comes to [sovereignty], we will not yield. -> support
    As far as [free trade] is concerned, we could not be happier. -> support
    With regard to [sanctions], my party remains opposed. -> oppose
    On [disarmament], we have no objections. -> support
    On [disarmament], the committee has met. -> neutral
    """
    start = _comment(c)
    if start is None:
        return None
    said = felt(c, start)
    if said is not None:
        return said
    for i in range(start, len(c.s.words)):
        if _holds_out(c.s, start, i):
            return Verdict(1, Chain(), (Phrase(i, i + 1),))
        for name, sign in (("dismissals", -1), ("greetings", 1)):
            first = c.s.spelled_to(i, name)
            if first is not None and first >= start:
                return Verdict(sign, Chain(), (Phrase(first, i + 1),))
    return None


def _holds_out(s: Sentence, start: int, i: int, /) -> bool:
    """Tell whether a verb at `i` tells that nothing is yielded: "we will never give way"."""
    gives = base_form(s, i) == "give" and s.text(i + 1) in {"way", "in", "ground"}
    yields = gives or s.grammar.is_in(base_form(s, i), "yielding")
    if s.tag(i) is not Tag.VERB or not yields:
        return False
    return any(s.tag(j) is Tag.NEG for j in range(start, i))
