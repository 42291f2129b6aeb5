"""The verb group that begins at a word: its negations, its modality and its main verb."""

from __future__ import annotations

from typing import NamedTuple

from discourse.stances.rules.context import Context
from discourse.stances.syntax import Sentence, base_form
from discourse.stances.words import Tag


class Group(NamedTuple):
    """The verb group whose subject is the phrase: `main` is its first word that is no auxiliary."""

    start: int
    main: int
    negations: tuple[int, ...]
    obliged: bool
    intended: bool
    be: bool


def verb_group(c: Context, start: int, /) -> Group:
    """Return the verb group that begins at `start`."""
    s, i = c.s, start
    least = c.phrase if s.text(c.phrase.start) in {"more", "fewer", "less"} else c.outer
    negations = [least.start] if s.has_determiner_no(least) else []
    obliged = intended = be = False
    while i < len(s.words):
        text, to = s.text(i), s.tag(s.right(i + 1)) is Tag.TO
        graded = _degree(s, i) if be else None
        if graded is not None:
            negations += [i] if _turns(s, i) else []
            i = graded + 1
            continue
        if to and s.grammar.is_in(text, "semi_modals"):  # "is to vanish"
            obliged = True
            i = s.right(i + 1)
        elif s.tag(i) is Tag.PREP and s.text(i + 1) == "no":  # "can in no case be"
            negations.append(i + 1)
            i += 2
        elif not obliged and (last := _spelled_from(s, i, "linking")) is not None:
            be = True
            i = last
        elif s.tag(i) is Tag.BE or (s.grammar.is_in(text, "copulas") and not _takes_object(s, i)):
            be = True
        elif s.text(i + 1) in {"into", "to"} and s.grammar.is_in(base_form(s, i), "becoming"):
            be = True  # "has evolved into a threat"
            i += 1
        elif to and be and s.grammar.is_in(text, "prospects"):
            be = False  # "is likely to ruin us", "must be ready to act"
            i = s.right(i + 1)
        else:
            last = _passed_over(s, start, i)
            if last is None:
                break
            negations += [i] if text in {"nothing", "little"} else []
            i = last
        negations += [i] if _negates(s, i) else []
        obliged |= s.grammar.is_in(text, "obligations")
        ordered = s.tag(i) is Tag.TO and s.tag(i - 1) is Tag.BE and s.text(i - 1) != "were"
        obliged |= ordered  # "is to be ended", not "if it were to end"
        intended |= s.grammar.is_in(text, "intentions")
        i += 1
    return Group(start, i, tuple(negations), obliged, intended, be)


def _passed_over(s: Sentence, start: int, i: int, /) -> int | None:
    """Return the last word of what stands at `i` before the main verb, None if that is at `i`."""
    text, after = s.text(i), s.right(i + 1)
    amount = s.tag(i - 1) is Tag.DO and s.grammar.is_in(text, "amounts")  # "did more to save us"
    if s.tag(after) is Tag.TO and (amount or s.grammar.is_in(base_form(s, i), "catenatives")):
        return after  # "serves to enhance"
    if text == "more" and s.text(i + 1) == "than" and s.tag(i + 2) in {Tag.ED, Tag.VERB}:
        return i + 1  # "has more than justified"
    joins = s.tag(i) is Tag.CC and s.tag(after) in _AUXILIARY and i > start  # "does and will"
    only = s.grammar.is_in(text, "restrictors") and s.tag(after) in VERBAL  # "has only worsened"
    keeps = s.grammar.base_of.get(text) == "keep" and s.tag(i + 1) is Tag.ING  # "keeps widening"
    return i if s.tag(i) in _AUXILIARY or joins or only or keeps else None


VERBAL = frozenset({Tag.VERB, Tag.ED, Tag.ING})
_AUXILIARY = frozenset({Tag.NEG, Tag.MODAL, Tag.HAVE, Tag.DO, Tag.ADV, Tag.QUOTE, Tag.TO})


def _negates(s: Sentence, i: int, /) -> bool:
    """Tell whether a word of a verb group negates it; "not only" does not."""
    if s.grammar.is_in(s.text(i + 1), "restrictors"):
        return False
    return s.tag(i) is Tag.NEG or s.text(i) in {"cannot", "no", "unable", "unlikely"}


def _takes_object(s: Sentence, i: int, /) -> bool:
    """Tell whether a word that may be a copula is a full verb here: "makes peace"."""
    return (
        s.text(i) in {"make", "makes", "made", "form", "forms", "go", "represent", "represents"}
        and s.tag(i + 1) is Tag.NOUN
    )


def _spelled_from(s: Sentence, i: int, name: str, /) -> int | None:
    """Return the last word of an entry of a class that begins with the verb at `i`: "came as"."""
    entries = s.grammar.entries_by_end(name)
    for end in range(i + 5, i, -1):
        for words in entries.get(s.text(end), ()):
            if len(words) == end - i + 1 and words[0] in {s.text(i), base_form(s, i)}:
                inner = zip(range(i + 1, end), words[1:], strict=False)
                if all(s.text(k) == word for k, word in inner):
                    return end
    return None


def _degree(s: Sentence, i: int, /) -> int | None:
    """Return the last word of what only grades the predicate: "nothing if not", "far from"."""
    last = _spelled_from(s, i, "degrees")
    if last is None or s.text(last) != "from" or s.tag(last + 1) in _GRADED:
        return last
    return last if s.starting_at(last + 1, ("adjective", "predicate")) is not None else None


def _turns(s: Sentence, i: int, /) -> bool:
    """Tell whether what grades a predicate denies it: "anything but", "none too", "far from"."""
    return s.text(i) in {"anything", "everything", "far", "none", "not"}


_GRADED = frozenset({Tag.ADJ, Tag.ED, Tag.ING, Tag.DET, Tag.BE})
