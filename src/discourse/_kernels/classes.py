"""What the rule for words makes of a character."""

from __future__ import annotations

from enum import IntEnum


class CharacterClass(IntEnum):
    """The part that a character plays in words.

    The numbers are baked into compiled kernels that may lie in a cache: never renumber them.
    """

    OTHER = 0
    WORD = 1  # begins a word and goes on with it
    MARK = 2  # goes on with a word
    JOINT = 3  # stands within a word, before a character that could begin one
