"""An explanation adds up to the number it explains."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse as ds
from discourse.contributions import explain
from discourse.contributions.parts import ABSENT
from discourse.errors import DiscourseError, OptionError, UndefinedError
from discourse.labelled import Contributions
from discourse.metrics import METRICS
from discourse.pairwise import similarity
from discourse.record import ReadOnly, Record
from discourse.vectors import weight
from strategies import dfms

RTOL, ATOL = 1e-9, 1e-11
every_metric = pytest.mark.parametrize("metric", METRICS)


def attempt(call):
    """Return what a call returns, or the error that it raises."""
    try:
        return call()
    except DiscourseError as error:
        return error


@every_metric
@settings(max_examples=30)
@given(dfm=dfms(min_docs=2, min_features=1), scheme=st.sampled_from(["tfidf", "log", "binary"]))
def test_contributions_sum_to_the_similarity_of_the_two_documents(metric, dfm, scheme):
    vectors = weight(dfm, scheme)
    a, b = vectors.docs[:2]
    matrix = attempt(lambda: similarity(vectors, metric=metric, undefined="nan"))
    found = attempt(lambda: explain(vectors, a, b, metric=metric))
    if isinstance(matrix, DiscourseError):  # the documents are no background to learn from
        assert (type(found), str(found)) == (type(matrix), str(matrix))
    elif math.isnan(matrix.value(a, b)):
        assert isinstance(found, UndefinedError)
        assert {a, b} >= set(found.docs) > set()
    else:
        assert found.total == pytest.approx(matrix.value(a, b), rel=RTOL, abs=ATOL)
        assert math.isclose(found.values.sum(), found.total, rel_tol=RTOL, abs_tol=ATOL)


@every_metric
@settings(max_examples=30)
@given(dfm=dfms(min_docs=2, min_features=1))
def test_each_feature_gets_its_part_and_those_of_neither_document_share_one_row(metric, dfm):
    a, b = dfm.docs[:2]
    rows = dfm.counts.toarray().astype(float)
    chosen = METRICS[metric]
    if chosen.learns is not None:
        chosen = chosen.using(background=rows)
    parts = attempt(lambda: chosen.parts(rows[0], rows[1]))
    found = attempt(lambda: explain(dfm, a, b, metric=metric))
    if isinstance(parts, DiscourseError):
        assert type(found) is type(parts)
        return
    used = rows[:2].any(axis=0)
    expected = {f: p for f, p, u in zip(dfm.features, parts, used, strict=True) if u}
    expected[ABSENT] = parts[~used].sum()
    got = dict(zip(found.features, found.values.tolist(), strict=True))
    assert {**dict.fromkeys(expected, 0.0), **got} == pytest.approx(expected, rel=RTOL, abs=ATOL)
    assert 0.0 not in got.values()
    assert list(got) == sorted(got, key=lambda name: (-abs(got[name]), name))


def test_an_explanation_names_what_differs_and_what_is_shared():
    dfm = ds.count(ds.Corpus.from_texts(["peace peace law", "peace war"], ids=["x", "y"]))
    apart = explain(dfm, "x", "y", metric="manhattan")
    assert dict(zip(apart.features, apart.values, strict=True)) == {"law": 1, "peace": 1, "war": 1}
    assert apart.features == ("law", "peace", "war")
    shared = explain(dfm, "x", "y", metric="jaccard")
    assert (shared.features, shared.total) == (("peace",), pytest.approx(1 / 3))


def test_what_neither_document_has_counts_where_the_metric_says_so():
    dfm = ds.count(["a b", "b c", "d e", "e"])
    found = explain(dfm, "text1", "text2", metric="simple_matching")
    assert dict(zip(found.features, found.values, strict=True)) == pytest.approx(
        {ABSENT: 2 / 5, "b": 1 / 5}
    )
    assert ABSENT not in explain(dfm, "text1", "text2", metric="euclidean").features


def test_pearson_splits_into_summands_of_both_signs():
    dfm = ds.count(["a a a a b c", "a b b b d d", "e"])
    found = explain(dfm, "text1", "text2", metric="pearson")
    x, y = dfm.counts.toarray()[:2].astype(float)
    assert found.total == pytest.approx(np.corrcoef(x, y)[0, 1])
    products = (x - x.mean()) * (y - y.mean())
    products /= math.sqrt(((x - x.mean()) ** 2).sum() * ((y - y.mean()) ** 2).sum())
    expected = dict(zip("abcd", products, strict=False)) | {ABSENT: products[4]}
    assert dict(zip(found.features, found.values, strict=True)) == pytest.approx(expected)
    assert found.values.min() < 0 < found.values.max()


def test_a_background_is_learned_from_and_recorded():
    dfm, usual = ds.count(["a b", "b c"]), ds.count(["a b c d", "a a d", "b c c"])
    near = METRICS["cosine_delta"].using(background=usual)
    found = explain(dfm, "text1", "text2", metric=near)
    assert found.total == pytest.approx(similarity(dfm, metric=near).values[0, 1])
    assert ABSENT in found.features, "neither text has d, and the background has"
    assert found.record.digests["background"] == ds.vectors.as_vectors(usual).digest
    assert found.metric == "cosine_delta"


def test_weights_of_features_are_found_by_name():
    dfm = ds.count(["a b z", "b c z", "y"])
    found = explain(dfm, "text1", "text2", metric=METRICS["manhattan"].using(weights={"c": 3.0}))
    assert dict(zip(found.features, found.values, strict=True)) == {"c": 3, "a": 1}


def test_shares_are_of_all_magnitudes_and_keep_the_sign():
    record = Record("explain", ReadOnly({}))
    mixed = Contributions(("p", "q", "r"), np.array([3.0, -2.0, -1.0]), 0.0, "m", "a", "b", record)
    assert mixed.to_frame()["share"].tolist() == [0.5, -1 / 3, -1 / 6]
    negative = Contributions(("p", "q"), np.array([-3.0, -1.0]), -4.0, "m", "a", "b", record)
    assert negative.to_frame()["share"].tolist() == [-0.75, -0.25]
    positive = explain(ds.count(["a b c", "a b d"]), "text1", "text2", metric="jensen_shannon")
    frame = positive.to_frame()
    assert np.allclose(frame["share"], frame["value"] / positive.total, rtol=RTOL)


def test_contributions_that_do_not_add_up_are_no_explanation():
    record = Record("explain", ReadOnly({}))
    with pytest.raises(DiscourseError, match=r"sum to 1, not to total=1\.1"):
        Contributions(("p",), np.array([1.0]), 1.1, "m", "a", "b", record)
    with pytest.raises(DiscourseError, match="sum to"):
        Contributions(("p", "q"), np.array([1.0, -1.0]), 1e-9, "m", "a", "b", record)


def test_ties_come_by_code_point_whatever_the_order_of_the_columns():
    vectors = weight(ds.count(["a b c", "a b c"]), "log")
    turned = replace(vectors, features=("z", "y", "a"))
    assert explain(turned, "text1", "text2").features == ("a", "y", "z")


def test_equal_documents_have_no_distance_to_explain():
    found = explain(ds.count(["a b", "b a"]), "text1", "text2", metric="hellinger")
    assert (found.features, found.total) == ((), 0.0)
    assert found.to_frame().empty


@every_metric
def test_the_total_is_never_beyond_the_bounds(metric):
    rng = np.random.default_rng(1)
    for _ in range(30):
        tokens = rng.choice(list("abcdefghijklmnopqrstuvwxyz"), (2, 13))
        texts = [" ".join(tokens[0]), " ".join(letter * 2 for letter in tokens[1])]
        vectors = weight(ds.count(texts), "log")
        found = explain(vectors, "text1", "text2", metric=metric)
        assert METRICS[metric].bounds[0] <= found.total <= METRICS[metric].bounds[1]


@every_metric
def test_an_explanation_recomputes_from_the_same_inputs(metric):
    dfm = ds.count(["a b", "b c c"])
    found = explain(dfm, "text1", "text2", metric=metric, by={"x": ["a"], "y": ["b", "c"]})
    assert found.verify(dfm, "text1", "text2")
    with pytest.raises(DiscourseError, match="vectors is not the one"):
        found.verify(ds.count(["a b", "b d"]), "text1", "text2")


DFM = ds.count(["a b", "b c", "."])
BAD = [
    (lambda: explain(DFM, "text1", "text9"), OptionError, "unknown document 'text9'"),
    (lambda: explain(DFM, "text1", "text2", metric="cosin"), OptionError, "mean 'cosine'"),
    (lambda: explain(DFM, "text1", "text3"), UndefinedError, "undefined for 'text3'"),
    (lambda: explain(["a"], "text1", "text2"), OptionError, "got list"),
    (lambda: explain(DFM, "text1", "text2", by=3), OptionError, "lexicon must be a Lexicon"),
    (lambda: explain(DFM, "text1", "text2", by="foreign"), OptionError, "no lexicon 'foreign'"),
    (
        lambda: explain(replaced(-1.0), "text1", "text2"),
        DiscourseError,
        "weights must be finite and 0 or more",
    ),
]


def replaced(value):
    vectors = weight(ds.count(["a b", "b c"]), "log")
    values = vectors.values.copy()
    values.data = np.full(values.nnz, value)
    return replace(vectors, values=values)


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_what_cannot_be_explained_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
