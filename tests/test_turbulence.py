"""Rank-turbulence divergence: its laws, a slow loop, and bad calls."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

import discourse as ds

words = st.lists(st.sampled_from([f"w{i}" for i in range(12)]), min_size=1, max_size=30)
alphas = st.sampled_from([0.0, 0.1, 1 / 3, 1.0, 5.0, math.inf])


def counted(*texts):
    return ds.count([" ".join(text) for text in texts])


def divergence(dfm, alpha, a="text1", b="text2"):
    return ds.rank_turbulence(dfm, a, b, alpha=alpha)


def slow(dfm, alpha):
    """The published sum, word by word, for finite alpha above 0."""
    pair = dfm.counts.toarray()[:2]
    pair = pair[:, pair.any(axis=0)]
    first, second = rankdata(-pair, axis=1)
    n_first, n_second = (pair > 0).sum(axis=1)

    def part(r, s):
        return abs(r**-alpha - s**-alpha) ** (1 / (alpha + 1))

    rank_in_second = n_second + (n_first + 1) / 2
    rank_in_first = n_first + (n_second + 1) / 2
    norm = sum(part(r, rank_in_second) for r in rankdata(-pair[0][pair[0] > 0]))
    norm += sum(part(rank_in_first, r) for r in rankdata(-pair[1][pair[1] > 0]))
    return sum(part(r, s) for r, s in zip(first, second, strict=True)) / norm


@given(a=words, b=words, alpha=st.sampled_from([0.1, 1 / 3, 1.0, 5.0]))
def test_a_slow_loop_gives_the_same(a, b, alpha):
    dfm = counted(a, b)
    assert divergence(dfm, alpha).total == pytest.approx(slow(dfm, alpha), abs=1e-12)


@given(a=words, b=words, alpha=alphas)
def test_it_is_symmetric_and_between_0_and_1(a, b, alpha):
    dfm = counted(a, b)
    there, back = divergence(dfm, alpha), divergence(dfm, alpha, "text2", "text1")
    assert there.total == pytest.approx(back.total, abs=1e-12)
    assert -1e-12 <= there.total <= 1 + 1e-12
    assert (there.values > 0).all()


@given(a=words, alpha=alphas, times=st.integers(1, 4))
def test_equal_rankings_are_0_apart_whatever_the_lengths(a, alpha, times):
    found = divergence(counted(a, a * times), alpha)
    assert (found.total, found.features) == (0, ())


@given(a=words, b=words, alpha=alphas)
def test_texts_without_a_common_word_are_1_apart(a, b, alpha):
    dfm = counted(a, [word.replace("w", "v") for word in b])
    assert divergence(dfm, alpha).total == pytest.approx(1, abs=1e-12)


@given(a=words, b=words, other=words, alpha=alphas)
def test_other_documents_change_nothing(a, b, other, alpha):
    alone, among = divergence(counted(a, b), alpha), divergence(counted(a, b, other), alpha)
    assert alone.total == pytest.approx(among.total, abs=1e-12)
    assert alone.features == among.features


@given(a=words, b=words)
def test_the_ends_are_limits(a, b):
    dfm = counted(a, b)
    for end, near in ((0.0, 1e-7), (math.inf, 300.0)):
        assert divergence(dfm, near).total == pytest.approx(divergence(dfm, end).total, abs=0.02)


def test_a_result_can_be_verified():
    dfm = counted(["peace"], ["war", "peace"])
    assert divergence(dfm, 1.0).verify(dfm, "text1", "text2")
    assert np.isclose(divergence(dfm, 1.0).to_frame()["share"].sum(), 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda d: ds.rank_turbulence(d, "text1", "text9"), "unknown document 'text9'"),
        (lambda d: ds.rank_turbulence(d, "text1", "text2", alpha=-1), "alpha must be a number"),
        (lambda d: ds.rank_turbulence(d, "text1", "text2", alpha=math.nan), "alpha must be"),
        (lambda d: ds.rank_turbulence(d, "text1", "text2", alpha="1"), "alpha must be a number"),
        (lambda d: ds.rank_turbulence(d, "text1", "text3"), "have no words: 'text3'"),
        (lambda d: ds.rank_turbulence(d.counts, "text1", "text2"), "dfm must be"),
    ],
)
def test_bad_calls_are_refused(call, message):
    with pytest.raises(ds.DiscourseError, match=message):
        call(counted(["peace"], ["war"], []))
