"""Key words in context: every match, with the words around it."""

import fnmatch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds

TEXTS = ["We want peace, and a lasting peace.", "War? No war!", ""]
words = st.sampled_from(["peace", "Peaceful", "war", "and", "trade", "peaces"])
documents = st.lists(st.lists(words, max_size=8).map(" ".join), min_size=1, max_size=4)


@given(
    texts=documents, window=st.integers(0, 4), pattern=st.sampled_from(["peace", "peace*", "w*"])
)
def test_a_slow_loop_finds_the_same(texts, window, pattern):
    found = ds.kwic(texts, pattern, window=window)
    expected = []
    for number, text in enumerate(texts, 1):
        own = text.split()
        for i, word in enumerate(own):
            if fnmatch.fnmatchcase(word.lower(), pattern):
                left, right = own[max(i - window, 0) : i], own[i + 1 : i + 1 + window]
                row = f"text{number}", i, i + 1, " ".join(left), word, " ".join(right), pattern
                expected.append(row)
    assert list(found.to_frame().itertuples(index=False, name=None)) == expected
    assert len(found) == len(expected)


def test_words_stand_as_they_were_written_and_punctuation_goes():
    found = ds.kwic(TEXTS, "peace", window=2)
    assert found.left == ("We want", "a lasting")
    assert found.right == ("and a", "")
    assert str(found) == "  We want  peace  and a\na lasting  peace"


def test_several_patterns_and_a_lexicon_name_what_matched():
    assert ds.kwic(TEXTS, ["war", "no war"]).pattern == ("war", "no war")
    assert ds.kwic(TEXTS, {"conflict": ["war*"], "calm": ["peace"]}).pattern == (
        *("calm", "calm"),
        *("conflict", "conflict"),
    )


def test_matches_are_the_counts_of_keyword_vectors():
    lexicon = ds.load_lexicon("foreign-policy")
    text = "Trade and peace. Sanctions, multilateral trade and free trade, say we, serve peace." * 9
    counts = ds.keyword_vectors([text], lexicon, per=None)
    found = ds.kwic([text], lexicon)
    assert len(found) == counts.values.sum() > 9
    assert set(found.pattern) == {
        name for name, n in zip(counts.features, counts.row("text1"), strict=True) if n
    }


def test_no_match_is_an_empty_result():
    found = ds.kwic(TEXTS, "treaty")
    assert (len(found), str(found), len(found.to_frame())) == (0, "", 0)
    assert found.to_dict()["matches"] == []


def test_a_result_is_plain_data_read_only_and_found_again():
    found = ds.kwic(ds.Corpus.from_texts(TEXTS), "peace")
    assert found.to_dict()["matches"][0]["keyword"] == "peace"
    assert found.verify(ds.Corpus.from_texts(TEXTS), "peace")
    with pytest.raises(ValueError, match="read-only"):
        found.start[0] = 1
    assert found.start.dtype == found.end.dtype == np.int64


@pytest.mark.parametrize(
    ("pattern", "options", "message"),
    [
        ("peace", {"window": -1}, "window must be a number of words"),
        ("peace", {"window": 1.5}, "window must be a number of words"),
        ([], {}, "pattern must be a str"),
        ([1], {}, "pattern must be a str"),
        ("", {}, "pattern"),
        ("*", {}, "pattern"),
    ],
)
def test_bad_calls_are_refused(pattern, options, message):
    with pytest.raises(ds.DiscourseError, match=message):
        ds.kwic(TEXTS, pattern, **options)
