"""Profiles of documents and collocations: values of R, slow loops, laws."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds

words = st.lists(st.sampled_from("abcdefg"), max_size=25).map(" ".join)


TEXT = "red fish blue fish and one fish"


def test_ratios_are_those_of_their_definitions():
    found = ds.profile([TEXT], window=3)
    assert found.n_tokens.tolist() == [7]
    assert found.n_types.tolist() == [5]
    assert found.ttr[0] == pytest.approx(5 / 7)
    assert found.hapax[0] == pytest.approx(4 / 7)
    assert found.yule_k[0] == pytest.approx(10_000 * (4 * 1 + 9 - 7) / 49)
    assert found.mattr[0] == pytest.approx((3 + 2 + 3 + 3 + 3) / 15)


def test_values_are_those_of_quanteda(real_data):
    # Of version 1.4.1: textstat_lexdiv, whose K lacks the term -1/N, and textstat_collocations.
    values = json.loads((real_data / "data" / "reference-values.json").read_text())
    said, theirs = list(values["texts"].values()), values["lexdiv"]
    found = ds.profile(said, window=10)
    np.testing.assert_allclose(found.ttr, theirs["TTR"], rtol=1e-12)
    np.testing.assert_allclose(found.mattr, theirs["MATTR"], rtol=1e-12)
    np.testing.assert_allclose(found.yule_k + 10_000 / found.n_tokens, theirs["K"], rtol=1e-12)
    theirs = values["collocations_size2_min2"]
    found = ds.collocations(said).to_frame().set_index("collocation").loc[theirs["collocation"]]
    assert len(ds.collocations(said)) == len(theirs["collocation"])
    assert found["counts"].tolist() == theirs["count"]
    np.testing.assert_allclose(found["log_odds"], theirs["lambda"], rtol=1e-12)
    np.testing.assert_allclose(found["z"], theirs["z"], rtol=1e-12)


@given(texts=st.lists(words, min_size=1, max_size=4), window=st.integers(1, 8))
def test_slow_loops_give_the_same_profile(texts, window):
    found = ds.profile(texts, window=window)
    for i, text in enumerate(texts):
        own = text.split()
        stretches = [own[j : j + window] for j in range(len(own) - window + 1)]
        ratios = [len(set(stretch)) / window for stretch in stretches]
        assert found.mattr[i] == pytest.approx(np.mean(ratios) if ratios else math.nan, nan_ok=True)
        assert (found.n_tokens[i], found.n_types[i]) == (len(own), len(set(own)))
        assert found.n_sentences[i] == (len(own) > 0)
        if own:
            assert found.ttr[i] == len(set(own)) / len(own)
            assert found.hapax[i] == sum(own.count(w) == 1 for w in own) / len(own)
        else:
            assert np.isnan([found.ttr[i], found.hapax[i], found.yule_k[i]]).all()


@given(texts=st.lists(words, min_size=1, max_size=4))
def test_a_slow_loop_finds_the_same_collocations(texts):
    pairs = [pair for text in texts for pair in pairwise(text.split())]
    found = ds.collocations(texts, min_count=1)
    assert set(found.pairs) == set(pairs)
    for pair, n, value, z in zip(found.pairs, found.counts, found.log_odds, found.z, strict=True):
        both = pairs.count(pair)
        one = sum(a == pair[0] and b != pair[1] for a, b in pairs)
        other = sum(a != pair[0] and b == pair[1] for a, b in pairs)
        cells = [x + 0.5 for x in (both, len(pairs) - both - one - other, one, other)]
        assert n == both
        assert value == pytest.approx(math.log(cells[0] * cells[1] / cells[2] / cells[3]))
        assert z == pytest.approx(value / math.sqrt(sum(1 / x for x in cells)))
    assert (np.diff(found.z) <= 1e-12).all()


def test_no_pair_runs_across_punctuation_or_documents():
    assert ds.collocations(["war, peace. War; peace", "peace"], min_count=1).pairs == ()


def test_sentences_are_counted_where_they_have_words():
    found = ds.profile(["Peace now. War never! ...", "One."])
    assert found.n_sentences.tolist() == [2, 1]
    assert found.sentence_length.tolist() == [2, 1]
    assert np.isnan(found.mattr).all()


@pytest.mark.parametrize("verb", [ds.profile, ds.collocations])
def test_results_are_plain_data_and_found_again(verb):
    texts = ["free trade and free trade"]
    found = verb(texts)
    assert found.verify(texts)
    assert len(found.to_frame()) == len(found) == 1
    assert "record" in found.to_dict()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ds.profile(["a"], window=0), "window must be a positive number"),
        (lambda: ds.collocations(["a"], min_count=0), "min_count must be a positive int"),
        (lambda: ds.profile("a"), "not a single string"),
    ],
)
def test_bad_calls_are_refused(call, message):
    with pytest.raises(ds.OptionError, match=message):
        call()
