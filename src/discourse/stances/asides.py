"""Parentheses and asides that no target stands in are left out before a sentence is read."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from discourse.stances.grammar import Grammar
from discourse.stances.phrases import Phrase
from discourse.stances.words import Tag, Word

LONGEST = 30  # words of an aside
_CLOSING = {"(": ")", "[": "]", "–": "–", "—": "—", "-": "-"}
_OPENING = frozenset({Tag.COMMA, Tag.STOP})
_RELATIVE = frozenset({"which", "who", "whom", "whose"})
_OPEN = frozenset({"either", "whatever", "whoever", "whichever"})
_DENYING = frozenset({"no", "not", "never", "nor", "neither", "only"})


class Core(NamedTuple):
    """The words of a sentence without its asides, and the phrases of the targets among them."""

    words: list[Word]
    targets: tuple[Phrase, ...]


def without_asides(
    words: Sequence[Word], targets: Sequence[Phrase], grammar: Grammar, verbs: AbstractSet[str], /
) -> Core:
    """Return the sentence without what stands apart in it and names no target.

    "The new law, as we had hoped, curbs X" is read as "The new law curbs X". What denies
    ("in no case") stays, and so does what may be a member of a list.
    """
    named = frozenset(i for phrase in targets for i in range(phrase.start, phrase.end))
    dropped: set[int] = set()
    for i in range(1, len(words) - 2):  # "loathing as we do"
        texts = tuple(words[j].text for j in range(i, i + 3))
        if texts[0] == "as" and texts[1] in {"we", "i", "they"} and texts[2] in {"do", "did"}:
            dropped.update(range(i, i + 3))
        denied = "no" in {words[j].text for j in range(max(0, i - 3), i)}
        if denied and texts[0] in {"whatever", "whatsoever"}:  # "no desire whatever to"
            dropped.add(i)
        if denied and texts[:2] == ("at", "all"):
            dropped.update(range(i, i + 2))
        if (words[i - 1].text, *texts) == (",", "not", "least", ","):  # "rivers and, not least, X"
            dropped.update(range(i - 1, i + 3))
    dropped.difference_update(named)
    i = 1
    while i < len(words):
        end = _aside_end(words, i, named, grammar, verbs)
        if end is None:
            i += 1
        else:
            dropped.update(range(i, end - _is_fronted(words, i, dropped, grammar)))
            i = end
    if not dropped:
        return Core(list(words), tuple(targets))
    kept = [i for i in range(len(words)) if i not in dropped]
    place = {old: new for new, old in enumerate(kept)}
    return Core(
        [words[i] for i in kept],
        tuple(Phrase(place[p.start], place[p.end - 1] + 1) for p in targets),
    )


def _is_fronted(
    words: Sequence[Word], i: int, dropped: AbstractSet[int], grammar: Grammar, /
) -> bool:
    """Tell whether the comma after an aside closes what the sentence opens with: "If X, as Y,"."""
    opens = grammar.is_in(words[0].text, "subordinators", "prepositions", "modals", "be")
    opens |= words[0].text in {"to", "according"}
    commas = (j for j in range(i) if words[j].tag is Tag.COMMA and j not in dropped)
    return opens and words[i].tag is Tag.COMMA and next(commas, None) is None


def _aside_end(
    words: Sequence[Word],
    i: int,
    named: AbstractSet[int],
    grammar: Grammar,
    verbs: AbstractSet[str],
    /,
) -> int | None:
    """Return where the aside ends that the mark at `i` opens, None if it opens none."""
    mark = words[i]
    if mark.tag not in _OPENING:
        return None
    closing = "," if mark.tag is Tag.COMMA else _CLOSING.get(mark.text.strip(), "")
    if not closing:
        return None
    for j in range(i + 1, min(len(words), i + LONGEST)):
        denies = words[j].text in _DENYING and (words[j].text, words[j - 1].text) != ("no", "with")
        if j in named or (denies and words[i + 1].text not in {"and", "but"}):
            return None
        at_end = mark.tag is Tag.COMMA and words[j].tag is Tag.COMMA
        if at_end or words[j].text.strip() == closing:
            if j == i + 1 or j + 1 == len(words):
                return None
            if mark.tag is Tag.STOP or _stands_apart(words, i, j, named, grammar, verbs):
                return j + 1
            return None
        if words[j].tag is Tag.STOP and mark.tag is Tag.COMMA:
            return None
    return None


def _stands_apart(
    words: Sequence[Word],
    i: int,
    j: int,
    named: AbstractSet[int],
    grammar: Grammar,
    verbs: AbstractSet[str],
    /,
) -> bool:
    """Tell whether the words between two commas are an aside and no member of a list."""
    first, second, after = words[i + 1].text, words[i + 2].text, words[j + 1].text
    if first in {"and", "but"}:  # "I think, and few would deny, that"; "it is, and nothing else, X"
        return after in {"that", "to"}
    if grammar.is_in(after, "conjunctions"):
        return False
    if first in _RELATIVE:
        return i - 1 not in named
    if first in _OPEN or grammar.is_in(first, "subordinators") or "as" in {first, second}:
        return True
    if grammar.is_in(first, "prepositions"):
        earlier = any(words[k].text == first for k in range(i))
        return after != first and not (earlier and first in {"to", "for", "of", "against"})
    if first in {"i", "we"}:
        return j - i <= 4
    apposed = first in {"a", "an", "the", "that", "my", "our", "its"} and after in verbs
    return apposed and i - 1 not in named and words[i - 1].surface[:1].isupper()
