"""Contributions by category: what the lexicon finds in a feature, and a sum that stays exact."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse as ds
from discourse.contributions import explain
from discourse.contributions.categories import NO_CATEGORY, by_category, categories_of
from discourse.contributions.parts import ABSENT
from discourse.metrics import METRICS

WORDS = ["peace", "peaceful", "trade", "trading", "war", "free-trade", "us", "law"]
LEXICON = ds.Lexicon(
    {"peace": ["peace*"], "economy": ["trad*", "free trade"], "good": ["peaceful", "trade", "law"]},
    ignore=["trading"],
)


def texts():
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize("metric", METRICS)
@settings(max_examples=15)
@given(pair=st.tuples(texts(), texts(), texts()))
def test_categories_sum_to_the_value_as_features_do(metric, pair):
    dfm = ds.count([*pair, "peace", "war law"])
    try:
        plain = explain(dfm, "text1", "text2", metric=metric)
    except ds.UndefinedError:
        return
    found = explain(dfm, "text1", "text2", metric=metric, by=LEXICON)
    assert found.total == plain.total
    assert math.isclose(found.values.sum(), plain.total, rel_tol=1e-9, abs_tol=1e-11)
    assert set(found.features) <= {*LEXICON.categories, NO_CATEGORY, ABSENT}


@given(texts=st.lists(texts(), min_size=1, max_size=4))
def test_a_word_is_in_the_categories_that_keyword_vectors_counts(texts):
    dfm = ds.count(texts)
    alone = ds.keyword_vectors(list(dfm.features), LEXICON, per=None)
    for feature, row in zip(dfm.features, alone.values.toarray(), strict=True):
        counted = {name for name, n in zip(alone.features, row, strict=True) if n}
        assert set(categories_of(feature, LEXICON)) == counted


def test_a_word_of_two_categories_is_shared_equally():
    names, values = by_category(
        ["peaceful", "war"],
        np.array([3.0, 1.0]),
        ds.Lexicon({"peace": ["peace*"], "good": ["peacef*"], "calm": ["peacef*"], "none": ["x"]}),
    )
    expected = {"peace": 0, "good": 1.5, "calm": 1.5, "none": 0, NO_CATEGORY: 1}
    assert dict(zip(names, values, strict=True)) == expected, "of overlapping ones the longest wins"


def test_ignored_words_are_in_no_category():
    assert categories_of("trading", LEXICON) == []
    assert categories_of("traded", LEXICON) == ["economy"]


def test_hyphenated_words_and_ngrams_match_patterns_of_several_words():
    dfm = ds.count(["free trade now", "free-trade then"], ngrams=(1, 2))
    found = explain(dfm, "text1", "text2", metric="manhattan", by={"e": ["free trade"]})
    assert dict(zip(found.features, found.values, strict=True)) == {NO_CATEGORY: 5, "e": 3}
    assert found.note is None, "some features are n-grams"


def test_patterns_that_no_word_can_match_are_named():
    dfm = ds.count(["US trade", "us war"])
    by = {"e": ["free trade", "trade", "rule of law"], "s": [{"pattern": "US", "case": True}]}
    lexicon = ds.Lexicon(by, ignore=["trade winds"])
    found = explain(dfm, "text1", "text2", by=lexicon, metric="manhattan")
    assert found.note == (
        "2 pattern(s) of several words match hyphenated words at most: features are single words: "
        "'free trade', 'rule of law'; 1 pattern(s) match as written only: features are folded: 'US'"
    )
    assert found.to_dict()["note"] == found.note


def test_features_absent_from_both_stay_in_their_own_row():
    dfm = ds.count(["peace", "peace war", "law", "trade"])
    found = explain(dfm, "text1", "text2", metric="simple_matching", by=LEXICON)
    assert dict(zip(found.features, found.values, strict=True)) == {ABSENT: 0.5, "peace": 0.25}


def test_a_lexicon_of_the_library_is_named_in_the_record():
    dfm = ds.count(["we oppose sanctions", "we support sanctions and peace"])
    found = explain(dfm, "text1", "text2", by="foreign-policy")
    assert "sanctions" in found.features
    assert found.record.parameters["by"] == "foreign-policy"
    assert found.record.digests["by"] == ds.load_lexicon("foreign-policy").digest
