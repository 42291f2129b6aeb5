"""What robustness() tells is what each specification gives when it is computed by hand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata, spearmanr

import discourse as ds
from discourse.multiverse import CHOICES

TEXTS = [
    "We want peace and the rule of law.",
    "Peace, peace, and no war: that is the law.",
    "They want war, not peace, and trade.",
    "Trade and the sea have made us rich, and law has kept us so.",
]
words = st.lists(st.sampled_from("peace war trade law".split()), min_size=1, max_size=8)
corpora = st.lists(words.map(" ".join), min_size=3, max_size=5)
FEW = {"stopwords": [None], "min_docs": [1]}


def by_hand(specification):
    """Return the values of every pair, and 1 if a low one means alike, else -1."""
    chosen = dict(specification)
    dfm = ds.count(TEXTS, ngrams=chosen["ngrams"], stopwords=chosen["stopwords"])
    vectors = ds.weight(dfm.trim(min_docs=chosen["min_docs"]), chosen["scheme"])
    found = ds.similarity(vectors, metric=chosen["metric"])
    values = [found.value(a, b) for a, b in itertools.combinations(found.rows, 2)]
    return values, -1 if found.kind == "similarity" else 1


def test_each_specification_is_what_the_verbs_give_one_after_another():
    found = ds.robustness(TEXTS)
    assert len(found) == 32 == len({str(dict(s)) for s in found.specifications})
    for specification, values, ranks in zip(
        found.specifications, found.values, found.ranks, strict=True
    ):
        expected, direction = by_hand(specification)
        np.testing.assert_allclose(values, expected, atol=1e-12)
        np.testing.assert_array_equal(ranks, rankdata(direction * values.round(12)))


def test_the_first_alternatives_are_the_specification_compared_with():
    found = ds.robustness(TEXTS, choices={"metric": ["hellinger", "jaccard"]})
    assert dict(found.specifications[0]) == {
        "ngrams": 1, "stopwords": None, "min_docs": 1, "scheme": "proportion",
        "metric": "hellinger",
    }  # fmt: skip
    assert found.correlations[0] == pytest.approx(1)
    assert found.to_frame()["correlation"].tolist() == found.correlations.tolist()


def test_the_correlations_are_those_of_scipy():
    found = ds.robustness(TEXTS)
    for ranks, correlation in zip(found.ranks, found.correlations, strict=True):
        assert correlation == pytest.approx(spearmanr(found.ranks[0], ranks).statistic)


def test_the_concordance_without_ties_follows_from_the_mean_correlation():
    """W = ((m - 1) r + 1) / m, r being the mean of Spearman's correlations of all two rankings."""
    texts = [*TEXTS, "War on the sea, war on land, and no trade at all: who wants that?"]
    choices = {"stopwords": [None], "min_docs": [1], "metric": ["jensen_shannon", "cosine"]}
    found = ds.robustness(texts, choices=choices)
    assert all(len(set(row)) == len(row) for row in found.ranks)
    m = len(found)
    two = itertools.combinations(found.ranks, 2)
    mean = np.mean([spearmanr(a, b).statistic for a, b in two])
    assert found.concordance == pytest.approx(((m - 1) * mean + 1) / m)


def test_a_choice_is_judged_by_specifications_that_differ_in_it_alone():
    found = ds.robustness(TEXTS)
    frame = found.by_choice().set_index("choice")
    assert list(frame.index) == ["ngrams", "stopwords", "min_docs", "scheme", "metric"]
    own = [
        spearmanr(found.ranks[i], found.ranks[i + 1]).statistic for i in range(0, len(found), 2)
    ]  # neighbours differ in the metric, the last of the choices
    assert frame.loc["metric", "correlation"] == pytest.approx(np.mean(own))
    assert frame.loc["metric", "lowest"] == pytest.approx(min(own))


def test_pairs_are_listed_nearest_first_with_the_range_of_their_ranks():
    found = ds.robustness(TEXTS)
    frame = found.by_pair()
    assert frame["rank"].is_monotonic_increasing
    for row in frame.itertuples():
        own = found.ranks[:, found.pairs.index((row.doc, row.other))]
        assert (row.lowest, row.highest, row.median) == (min(own), max(own), np.median(own))


@given(corpora)
def test_nearer_and_farther_share_all_specifications(texts):
    found = ds.robustness(texts, choices=FEW)
    a, b, c = (f"text{i}" for i in (1, 2, 3))
    assert found.closer(a, b, c) + found.closer(a, c, b) == pytest.approx(1)
    assert found.closer(a, b, c) == found.closer(*("text1", "text2", "text3"))


@given(corpora, st.randoms())
def test_the_order_of_documents_does_not_matter(texts, random):
    ids = [f"d{i}" for i in range(len(texts))]
    shuffled = random.sample(range(len(texts)), len(texts))
    one = ds.robustness(ds.Corpus.from_texts(texts, ids=ids), choices=FEW)
    other = ds.robustness(
        ds.Corpus.from_texts([texts[i] for i in shuffled], ids=[ids[i] for i in shuffled]),
        choices=FEW,
    )
    same = one.concordance, other.concordance
    assert same[0] == pytest.approx(same[1], nan_ok=True)
    assert one.closer("d0", "d1", "d2") == other.closer("d0", "d1", "d2")


def test_one_specification_agrees_with_itself():
    choices = {name: alternatives[:1] for name, alternatives in CHOICES.items()}
    found = ds.robustness(TEXTS, choices=choices)
    assert (len(found), found.concordance) == (1, pytest.approx(1))


def test_equal_documents_have_no_order():
    found = ds.robustness(["peace"] * 3, choices=FEW)
    assert math.isnan(found.concordance)
    assert np.isnan(found.correlations).all()
    assert "no order" in found.to_html()


def test_the_result_is_found_again():
    tokens = ds.tokenize(TEXTS)
    assert ds.robustness(tokens).verify(tokens)
    assert ds.robustness(TEXTS, n_jobs=2).verify(TEXTS)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ds.robustness(TEXTS[:2]), "three documents or more"),
        (lambda: ds.robustness(TEXTS, choices={"metrics": ["cosine"]}), "metric"),
        (lambda: ds.robustness(TEXTS, choices={"metric": "cosine"}), "in a list"),
        (lambda: ds.robustness(TEXTS, choices={"metric": []}), "not empty"),
        (lambda: ds.robustness(TEXTS, choices={"metric": ["cosin"]}), "cosine"),
        (lambda: ds.robustness(TEXTS, choices={"scheme": ["tf-idf"]}), "tfidf"),
        (lambda: ds.robustness(TEXTS).closer("text1", "text2", "text9"), "text9"),
        (lambda: ds.robustness(TEXTS).closer("text1", "text1", "text2"), "twice"),
        (lambda: ds.robustness([*TEXTS, "the of and"]), "text5"),
    ],
)
def test_what_cannot_be_compared_is_refused(call, message):
    with pytest.raises(ds.DiscourseError, match=message):
        call()
