"""How much of a text was understood, against loops over its characters and words."""

import json
import pickle
import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds
from discourse._text import has_unspaced, word_spans
from discourse.legibility import coverage
from strategies import corpora

COLUMNS = [
    *("doc", "script", "n_chars", "n_letters", "n_tokens", "per_100_chars", "unsplit", "known"),
]


@given(corpora(min_docs=1))
def test_the_numbers_are_those_of_a_loop_over_characters(corpus):
    found = coverage(corpus)
    for i, text in enumerate(corpus.texts):
        letters = [char for char in text if unicodedata.category(char)[0] == "L"]
        assert found.n_chars[i] == len(text)
        assert found.n_letters[i] == len(letters)
        assert found.n_tokens[i] == len(word_spans(text))
        if letters:
            assert found.unsplit[i] == sum(map(has_unspaced, letters)) / len(letters)
        else:
            assert np.isnan(found.unsplit[i])
            assert found.script[i] is None


@given(corpora(), st.sampled_from(["peace", "war", "peace war", "p*", "और"]))
def test_the_share_of_known_words_is_the_same_by_either_way_of_searching(corpus, pattern):
    lexicon = {"x": [pattern]}
    slow = coverage(corpus, lexicon).known
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["discourse.lexicon.occurrences"], "SMALL", 0)
        assert np.array_equal(coverage(corpus, lexicon).known, slow, equal_nan=True)


def test_a_word_of_one_part_is_known_where_the_lexicon_lists_it():
    texts = ["Peace, war and peace.", "War!", "Trade."]
    found = coverage(texts, {"x": ["peace", "war"]})
    assert found.known.tolist() == [0.75, 1.0, 0.0]


def test_every_word_of_a_longer_pattern_is_known_and_none_twice():
    found = coverage(["A cease fire now, cease-fire."], {"x": ["cease fire"], "y": ["cease fire"]})
    assert found.known.tolist() == [0.6]


def test_no_match_runs_from_one_document_into_the_next():
    assert coverage(["cease", "fire"], {"x": ["cease fire"]}).known.tolist() == [0.0, 0.0]


def test_header_lines_are_left_out():
    document = ds.Document("a", "和平\nPeace now", header=((0, 2),))
    found = coverage(document)
    assert (found.n_chars[0], found.n_letters[0], found.unsplit[0]) == (10, 8, 0.0)


@pytest.mark.parametrize(
    ("text", "script", "unsplit"),
    [
        ("We seek peace.", "Latin", 0.0),
        ("Мы за мир.", "Cyrillic", 0.0),
        ("Θέλουμε ειρήνη.", "Greek", 0.0),
        ("نريد السلام.", "Arabic", 0.0),
        ("אנו רוצים שלום.", "Hebrew", 0.0),
        ("हम शांति चाहते हैं।", "Devanagari", 0.0),
        ("우리는 평화를 원한다.", "Hangul", 0.0),
        ("我们要和平。", "Han", 1.0),
        ("へいわをねがう。", "Hiragana", 1.0),
        ("เราต้องการสันติภาพ", "Thai", 1.0),
        ("ພວກເຮົາຕ້ອງການສັນຕິພາບ", "Lao", 1.0),
        ("យើងចង់បានសន្តិភាព", "Khmer", 1.0),
        ("ငြိမ်းချမ်းရေး", "Myanmar", 1.0),
        ("G7峰会", "Han", 2 / 3),
        ("7 + 8 = 15", None, None),
        ("", None, None),
    ],
)
def test_the_script_of_a_text_and_the_share_that_cannot_be_split(text, script, unsplit):
    found = coverage([text])
    assert found.script == (script,)
    assert found.unsplit[0] == unsplit or (unsplit is None and np.isnan(found.unsplit[0]))


def test_a_document_without_characters_has_no_shares():
    found = coverage(["", "Peace."], {"x": ["peace"]})
    assert np.isnan([found.per_100_chars[0], found.unsplit[0], found.known[0]]).all()
    assert found.n_tokens.tolist() == [0, 1]


def test_without_a_lexicon_nothing_is_known_or_unknown():
    assert np.isnan(coverage(["Peace."]).known).all()


def test_coverage_is_a_result():
    corpus, lexicon = ["Peace now.", "和平"], {"x": ["peace"]}
    found = coverage(corpus, lexicon)
    assert found.to_frame().columns.tolist() == COLUMNS
    assert json.loads(json.dumps(found.to_dict()))["n_tokens"] == [2, 1]
    assert found.verify(corpus, lexicon)
    assert coverage(corpus).verify(corpus)
    assert "<table" in found._repr_html_()
    assert repr(found) == "Coverage(2 documents)"
    assert len(found) == 2
    copy = pickle.loads(pickle.dumps(found))  # noqa: S301 - of our own making
    assert copy.known.tolist() == found.known.tolist()
    assert not copy.known.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        found.n_tokens[0] = 7


@pytest.mark.parametrize(
    ("corpus", "lexicon", "message"),
    [
        ("Peace.", None, "corpus"),
        ([], None, "corpus is empty"),
        (["Peace."], "no-such-lexicon", "no-such-lexicon"),
        (["Peace."], {"x": []}, "list of patterns|no pattern|empty"),
    ],
)
def test_what_cannot_be_covered_is_refused(corpus, lexicon, message):
    with pytest.raises(ds.DiscourseError, match=message):
        coverage(corpus, lexicon)
