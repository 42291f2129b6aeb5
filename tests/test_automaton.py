"""The automaton of a lexicon: what it remembers changes no answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.lexicon import Lexicon, automaton, split_parts

WORDS = ["us", "US", "peace", "Peace", "free", "trade", "free-trade", "trading"]
ENTRIES = ["us", "free trade", "* trade", "tra*", "free * us", {"pattern": "US free", "case": True}]

rows = st.lists(st.sampled_from(WORDS), max_size=10)
lexicons = st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=4).map(
    lambda entries: Lexicon({"x": entries}, ignore=["peace us"])
)


def found(lexicon, words):
    return lexicon.find(split_parts(words, [0] * len(words)))


@given(lexicons, st.lists(rows, max_size=4))
def test_what_was_read_before_changes_no_match(lexicon, texts):
    fresh = [found(Lexicon(dict(lexicon.categories), lexicon.ignore), words) for words in texts]
    assert [found(lexicon, words) for words in texts] == fresh


@given(lexicons, rows)
def test_forgetting_changes_no_match(lexicon, words):
    remembered = automaton._REMEMBERED  # noqa: SLF001 - how many words are remembered
    expected = found(lexicon, words)
    try:
        automaton._REMEMBERED = 1  # noqa: SLF001
        assert found(Lexicon(dict(lexicon.categories), lexicon.ignore), words) == expected
    finally:
        automaton._REMEMBERED = remembered  # noqa: SLF001


@given(lexicons, rows)
def test_words_with_a_match_may_hold_one(lexicon, words):
    if found(lexicon, words):
        assert lexicon.occurs_in(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["we", "trade"], False),
        (["free", "trade"], True),
        (["free"], False),
        (["free-trade"], True),
        (["peace", "us"], True),  # an entry of `ignore` too
    ],
)
def test_a_row_of_words_is_promising_if_an_entry_stands_in_it(words, expected):
    assert Lexicon({"x": ["free trade"]}, ignore=["peace us"]).occurs_in(words) == expected


@pytest.mark.parametrize(("word", "expected"), [("free", True), ("un-free", True), ("me", False)])
def test_a_word_may_start_a_pattern_if_a_part_of_it_does(word, expected):
    assert Lexicon({"x": ["free trade"]}).may_start(word) == expected
