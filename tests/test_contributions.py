"""An explanation adds up to the number it explains."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds
from discourse.contributions import explain
from discourse.errors import DiscourseError, OptionError, UndefinedError
from discourse.metrics import METRICS
from discourse.pairwise import similarity
from discourse.vectors import weight
from strategies import dfms

every_metric = pytest.mark.parametrize("metric", METRICS)


@every_metric
@given(dfm=dfms(min_docs=2, min_features=1), scheme=st.sampled_from(["tfidf", "log", "binary"]))
def test_contributions_sum_to_the_similarity_of_the_two_documents(metric, dfm, scheme):
    vectors = weight(dfm, scheme)
    a, b = vectors.docs[:2]
    expected = similarity(vectors, metric=metric, undefined="nan").value(a, b)
    if math.isnan(expected):
        with pytest.raises(UndefinedError, match=f"'{a}'|'{b}'"):
            explain(vectors, a, b, metric=metric)
        return
    found = explain(vectors, a, b, metric=metric)
    assert found.total == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert math.isclose(found.values.sum(), found.total, rel_tol=1e-9, abs_tol=1e-12)


@every_metric
@given(dfm=dfms(min_docs=2, min_features=1))
def test_features_come_largest_first_ties_by_code_point_and_zeros_not_at_all(metric, dfm):
    dfm = dfm.drop_empty()
    a, b = (dfm.docs * 2)[:2] if len(dfm) else (None, None)
    if a is None:
        return
    found = explain(dfm, a, b, metric=metric)
    keys = [(-v, f) for f, v in zip(found.features, found.values.tolist(), strict=True)]
    assert keys == sorted(keys)
    assert (found.values > 0).all()
    parts = METRICS[metric].parts(*(dfm.to_frame().loc[doc] for doc in (a, b)))
    assert len(found.features) == np.count_nonzero(parts)


def test_an_explanation_names_what_differs_and_what_is_shared():
    dfm = ds.count(ds.Corpus.from_texts(["peace peace law", "peace war"], ids=["x", "y"]))
    apart = explain(dfm, "x", "y", metric="manhattan")
    assert dict(zip(apart.features, apart.values, strict=True)) == {"law": 1, "peace": 1, "war": 1}
    assert apart.features == ("law", "peace", "war")
    shared = explain(dfm, "x", "y", metric="jaccard")
    assert (shared.features, shared.total) == (("peace",), pytest.approx(1 / 3))


def test_ties_come_by_code_point_whatever_the_order_of_the_columns():
    vectors = weight(ds.count(["a b c", "a b c"]), "log")
    turned = replace(vectors, features=("z", "y", "a"))
    assert explain(turned, "text1", "text2").features == ("a", "y", "z")


def test_equal_documents_have_no_distance_to_explain():
    found = explain(ds.count(["a b", "b a"]), "text1", "text2", metric="hellinger")
    assert (found.features, found.total) == ((), 0.0)


@every_metric
def test_the_total_is_never_beyond_the_bounds(metric):
    rng = np.random.default_rng(1)
    for _ in range(30):
        tokens = rng.choice(list("abcdefghijklmnopqrstuvwxyz"), (2, 13))
        texts = [" ".join(tokens[0]), " ".join(letter * 2 for letter in tokens[1])]
        vectors = weight(ds.count(texts), "log")
        found = explain(vectors, "text1", "text2", metric=metric)
        assert METRICS[metric].bounds[0] <= found.total <= METRICS[metric].bounds[1]


def test_an_explanation_recomputes_from_the_same_inputs():
    dfm = ds.count(["a b", "b c"])
    found = explain(dfm, "text1", "text2", metric="jensen_shannon")
    assert found.verify(dfm, "text1", "text2")
    with pytest.raises(DiscourseError, match="vectors is not the one"):
        found.verify(ds.count(["a b", "b d"]), "text1", "text2")


DFM = ds.count(["a b", "b c", "."])
BAD = [
    (lambda: explain(DFM, "text1", "text9"), OptionError, "unknown document 'text9'"),
    (lambda: explain(DFM, "text1", "text2", metric="cosin"), OptionError, "mean 'cosine'"),
    (lambda: explain(DFM, "text1", "text3"), UndefinedError, "undefined for 'text3'"),
    (lambda: explain(["a"], "text1", "text2"), OptionError, "got list"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_what_cannot_be_explained_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
