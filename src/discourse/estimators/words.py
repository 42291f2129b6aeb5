"""Words and n-grams of short texts, posts with hashtags, addresses and drawn-out words included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from discourse import seeds_
from discourse._text import fold

ADDRESS = "<url>"
REACH = 3  # words on either side of a target that count as near
_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_WORD = re.compile(rf"{ADDRESS}|[@#]?\w+(?:['’ʼ‐‑-]\w+)*|[!?]+|…")
_CAPITALISED = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+")


def words(text: str, /) -> list[str]:
    """Return the folded words of a text; a hashtag is followed by the words it is made of.

    Examples
    --------
    >>> words("Sooooo true! #StopTheWar @you http://t.co/x")
    ['soo', 'true', '!', '#stopthewar', 'stop', 'the', 'war', '@you', '<url>']
    """
    found: list[str] = []
    plain = _DRAWN_OUT.sub(r"\1\1", _ADDRESS.sub(ADDRESS, text))
    for word in _WORD.findall(plain):
        found.append(fold(word))
        if word.startswith("#"):
            found += [fold(part) for part in _CAPITALISED.findall(word)]
    return found


def word_grams(found: Sequence[str], /) -> list[str]:
    """Return the words and the pairs of neighbours."""
    return [*found, *(f"{a} {b}" for a, b in pairwise(found))]


def character_grams(found: Sequence[str], /) -> list[str]:
    """Return the runs of 2 to 5 characters of the words, their borders included."""
    return [gram for word in found for gram in _runs(word)]


@lru_cache(maxsize=100_000)
def _runs(word: str, /) -> tuple[str, ...]:
    """Return the runs of characters of one word between blanks."""
    padded = f" {word} "
    return tuple(
        padded[i : i + n]
        for n in range(2, min(6, len(padded) + 1))
        for i in range(len(padded) - n + 1)
    )


@cache
def _function_words() -> frozenset[str]:
    return seeds_.stopwords("english") | {
        *("no", "not", "nor", "never", "cannot", "must", "should", "shall", "ought", "let"),
    }


def content_words(target: str, /) -> list[str]:
    """Return the words of a target that name something, each once; all of them if none does.

    Examples
    --------
    >>> content_words("Legalization of Abortion"), content_words("We")
    (['legalization', 'abortion'], ['we'])
    """
    found = list(dict.fromkeys(word.lstrip("#@") for word in words(target) if word[-1].isalnum()))
    return [w for w in found if len(w) > 2 and w not in _function_words()] or found


def stem(word: str, /) -> str:
    """Return a word without its sigil and the s of a plural.

    Examples
    --------
    >>> stem("#weapons"), stem("class")
    ('weapon', 'class')
    """
    word = word.lstrip("#@")
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word


def near(found: Sequence[str], target: frozenset[str], /) -> list[str]:
    """Return what stands around the target, the target itself masked.

    Parameters
    ----------
    found : sequence of str
        Words of the text.
    target : frozenset of str
        Stems of the words that name the target.

    Examples
    --------
    >>> near(["we", "must", "ban", "guns", "now"], frozenset({"gun"}))
    ['we ... T', 'must ... T', 'ban ... T', 'T ... now', 'ban T', 'T now']
    """
    is_target = [stem(word) in target for word in found]
    around: list[str] = []
    for i in (i for i, hit in enumerate(is_target) if hit):
        before = [j for j in range(max(0, i - REACH), i) if not is_target[j]]
        after = [j for j in range(i + 1, min(len(found), i + REACH + 1)) if not is_target[j]]
        around += [f"{found[j]} ... T" for j in before] + [f"T ... {found[j]}" for j in after]
        around += [f"{found[j]} T" for j in before[-1:] if j == i - 1]
        around += [f"T {found[j]}" for j in after[:1] if j == i + 1]
    return around
