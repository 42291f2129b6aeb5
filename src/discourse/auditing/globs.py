"""Asterisks that match too much: too few letters, or words that no ending explains."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from discourse.errors import shorten
from discourse.lexicon import Pattern

MIN_LETTERS = 4
ODD_SHARE = 0.1

# English inflection and derivation; a chain of these, after one letter that links ("stop-p-ed").
_ENDINGS = """
    s es ed d ing ings er ers or ors est ly y ies ied ish hood hoods ship ships dom doms
    age ages al als ally ial ical ic ics ity ities ility ilities ive ives ative itive ous ious ful
    less ness nesses ment ments ation ations ition itions ion ions ption itor itors ate ates ated
    ating cy cies ance ances ence ences ant ants ent ents ancy ency an ans ian ians ary aries arily
    ism isms ist ists ise ize ises izes ised ized ising izing isation ization isations izations
    able ible le les ability ibility abilities ably ibly en ens ened ening wise me mes
""".split()
_TAIL = re.compile(rf"[^\W\d_]?(?:{'|'.join(_ENDINGS)})*")
_MOST_SHARED = 2


def suspicion(pattern: Pattern, words: Mapping[tuple[str, ...], int], /) -> str:
    """Return why a pattern may match what it is not meant to, or an empty string.

    A pattern with an asterisk is suspicious if it is one word of which fewer than 4 letters are
    given, as in "ir*", or if at least a tenth of its matches go on after the given letters in a
    way that no chain of English endings does, as "determined" after "deter". Up to 2 letters more
    may belong to the stem, if all of several words share them: "om" in "econ*".

    Parameters
    ----------
    pattern : Pattern
    words : mapping of tuple of str to int
        What it matched, folded and in parts, with the number of times.

    Examples
    --------
    >>> from discourse.lexicon import parse_pattern
    >>> suspicion(parse_pattern("x", "sanction*"), {("sanctions",): 3, ("sanctioned",): 1})
    ''
    >>> suspicion(parse_pattern("x", "peace*"), {("peace",): 3, ("peacekeeper",): 1})
    "1 of 4 matches go on in no English ending: 'peacekeeper'"
    """
    given = len("".join(pattern.pieces[0]))
    if len(pattern.pieces) == 1 < len(pattern.pieces[0]) and given < MIN_LETTERS:
        return f"only {given} letter(s) beside the asterisk"
    stems = _stems(pattern, list(words))
    odd = {own: n for own, n in words.items() if not _regular(stems, own)}
    total, strange = sum(words.values()), sum(odd.values())
    if strange and strange >= ODD_SHARE * total:
        most = [" ".join(own) for own in sorted(odd, key=lambda own: (-odd[own], own))]
        return f"{strange} of {total} matches go on in no English ending: {shorten(most)}"
    return ""


def _stems(pattern: Pattern, words: Sequence[tuple[str, ...]], /) -> dict[int, tuple[int, int]]:
    """Return how many letters are given, and how many may be, in each word that goes on."""
    stems: dict[int, tuple[int, int]] = {}
    for i, pieces in enumerate(pattern.pieces):
        if len(pieces) == 2 and pieces[0] and not pieces[1]:
            given, own = len(pieces[0]), {word[i] for word in words}
            after = [set(letters) for letters in zip(*(word[given:] for word in own), strict=False)]
            shared = next((n for n, letters in enumerate(after) if len(letters) > 1), len(after))
            stems[i] = given, given + min(shared if len(own) > 1 else 0, _MOST_SHARED)
    return stems


def _regular(stems: Mapping[int, tuple[int, int]], words: tuple[str, ...], /) -> bool:
    """Tell whether each word goes on as English words do where the pattern lets it go on."""
    return all(
        any(_TAIL.fullmatch(words[i], given) for given in lengths) for i, lengths in stems.items()
    )
