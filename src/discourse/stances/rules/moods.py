"""How one feels about a topic that has been named: "As far as X goes, we could not be keener"."""

from __future__ import annotations

from discourse.stances.chain import Chain
from discourse.stances.climbing import climb_from
from discourse.stances.cues import Cue
from discourse.stances.phrases import Found, Phrase
from discourse.stances.rules.context import Context, Verdict
from discourse.stances.syntax import FINITE, Sentence
from discourse.stances.words import Tag

_ENDS = frozenset({None, Tag.COMMA, Tag.STOP, Tag.CC})
_FELT = frozenset({"promote", "reduce"})
_FORMS = frozenset({"adjective", "phrase", "noun"})


def felt(c: Context, start: int, /) -> Verdict | None:
    """Return what the comment that begins at `start` says one feels or has for the topic."""
    s = c.s
    for i in range(start, len(s.words)):
        if s.tag(i) in {Tag.STOP, Tag.SUB, Tag.REL}:
            return None
        found = _open_cue(s, i)
        if found is None or not any(s.tag(k) in FINITE for k in range(start, i)):
            continue
        chain = Chain()
        if found.cue.form == "noun":
            return _had(c, found)
        chain.add(found)
        climb_from(s, found, chain)
        unsurpassed = _is_compared(s, i) and chain.negations == 1
        stance = found.cue.default
        verdict = Verdict(stance, chain, _spans(chain)) if unsurpassed else c.decide(chain)
        if verdict is not None:
            return verdict
    return None


def _spans(chain: Chain, /) -> tuple[Phrase, ...]:
    """Return the words of the links of a chain."""
    return tuple(Phrase(link.start, link.end) for link in chain.links)


def _open_cue(s: Sentence, i: int, /) -> Found | None:
    """Return the cue at `i` that ends its clause without its object: "opposed", "in favour"."""
    for base in _bases(s, i):
        for cue in s.lexicon.by_head.get(base, ()):
            end = _open_end(s, i, cue)
            if end is not None and _ends_clause(s, s.right(end)):
                return Found(i, end, cue)
    return None


def _ends_clause(s: Sentence, i: int, /) -> bool:
    """Tell whether a clause ends at `i`, but for what only stresses it: "no doubts whatsoever"."""
    return s.tag(i) in _ENDS or s.text(i) in {"whatever", "whatsoever", "at", "than"}


def _open_end(s: Sentence, i: int, cue: Cue, /) -> int | None:
    """Return where a cue ends at `i` if its last preposition is left out, None if it does not."""
    if cue.words == ("against",):
        return i + 1
    if cue.form not in _FORMS or cue.cue_class not in _FELT or cue.after or len(cue.words) < 2:
        return None
    leads = s.grammar.is_in(cue.words[-1], "prepositions") and cue.words[-1] != "than"
    if not leads and cue.words[-1] != "to":
        return None
    end = i + len(cue.words) - 1
    rest = (s.text(k) == word for k, word in enumerate(cue.words[1:-1], i + 1))
    return end if all(rest) else None


def _bases(s: Sentence, i: int, /) -> tuple[str, ...]:
    """Return a word, and if it is a comparative its adjective: "keener"."""
    text = s.text(i)
    if not text.endswith("er"):
        return (text,)
    return (text, text[:-1], text[:-2], text[:-3] + "y")


def _is_compared(s: Sentence, i: int, /) -> bool:
    """Tell whether more of a feeling could not be had: "could not be keener, more opposed"."""
    more = s.text(i - 1) == "more" or s.text(i).endswith("er")
    near = (s.text(k) for k in range(max(0, i - 6), i))
    return more and any(text in {"could", "cannot", "nobody", "none"} for text in near)


def _had(c: Context, found: Found, /) -> Verdict | None:
    """Return what one has for a topic: "we have no objections", "nothing but praise"."""
    s, start = c.s, c.s.phrase_start(found.start)
    have = s.left(start)
    only = s.text(have) == "but" and s.text(have - 1) == "nothing"
    have = s.left(have - 1) if only else have
    if s.tag(have) is not Tag.HAVE:
        return None
    chain = Chain()
    chain.add(found)
    if s.text(start) in {"no", "little", "few"}:
        chain.negate(start)
    climb_from(s, Found(have, have + 1, found.cue), chain)
    return c.decide(chain)
