"""What sets two groups apart sums to the contrast of mean values between and within them."""

import itertools
import math
import pickle
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse as ds
from discourse.contributions import Separation, explain, separating
from discourse.contributions.blocks import Rows
from discourse.contributions.parts import ABSENT
from discourse.errors import DiscourseError, OptionError, UndefinedError
from discourse.metrics import METRICS
from discourse.vectors import weight
from strategies import dfms

RTOL, ATOL = 1e-9, 1e-11
every_metric = pytest.mark.parametrize("metric", METRICS)


def groups_of(dfm, sizes):
    names = ["X"] * sizes[0] + ["Y"] * sizes[1] + ["Z"] * len(dfm)
    return dict(zip(dfm.docs, names, strict=False))


def means_of(values, sizes):
    """Return the mean values between two groups and within each, over all orders within."""
    first, second = range(sizes[0]), range(sizes[0], sum(sizes))
    between = np.mean([values[i, j] for i, j in itertools.product(first, second)])
    within = [
        np.mean([values[i, j] for i, j in itertools.permutations(group, 2)])
        for group in (first, second)
        if len(group) > 1
    ]
    return between, within


@every_metric
@settings(max_examples=20)
@given(
    dfm=dfms(min_docs=3, max_docs=6, min_features=1),
    n=st.integers(1, 2),
    block=st.sampled_from([1, 12, 2**20]),
)
def test_values_sum_to_the_contrast_of_means(metric, dfm, n, block):
    sizes = (n, min(3, len(dfm) - n))
    by = groups_of(dfm, sizes)
    vectors = weight(dfm, "log")
    with mock.patch("discourse.contributions.blocks._BLOCK", block):
        try:
            found = separating(vectors, by, "X", "Y", metric=metric)
        except UndefinedError as error:
            values = ds.similarity(vectors, metric=metric, undefined="nan").values
            used = [dfm.docs.index(doc) for doc in error.docs]
            assert np.isnan(values[np.ix_(used, used)]).any()
            return
        except DiscourseError as error:
            with pytest.raises(type(error)):
                ds.similarity(vectors, metric=metric, undefined="nan")
            return
    values = ds.similarity(vectors, metric=metric, undefined="nan").values
    between, within = means_of(values, sizes)
    sign = -1 if METRICS[metric].kind == "similarity" else 1
    assert found.total == pytest.approx(sign * (between - np.mean(within)), rel=1e-9, abs=1e-10)
    assert math.isclose(found.values.sum(), found.total, rel_tol=RTOL, abs_tol=ATOL)
    assert found.between.sum() == pytest.approx(between, rel=1e-9, abs=1e-10)
    sums = [x.sum() for x in (found.within_a, found.within_b) if not np.isnan(x).all()]
    if found.features:
        assert sums == pytest.approx(within, rel=1e-9, abs=1e-10)


@every_metric
def test_each_column_is_the_mean_of_what_explain_says_of_the_pairs(metric):
    rng = np.random.default_rng(5)
    texts = [" ".join(rng.choice(list("abcdefgh"), 12)) for _ in range(7)]
    dfm = ds.count([*texts, "x y"])
    found = separating(dfm, groups_of(dfm, (3, 4)), "X", "Y", metric=metric)
    names = sorted({*found.features, *"abcdefghxy"} - {ABSENT})

    def mean(pairs):
        total = dict.fromkeys([*names, ABSENT], 0.0)
        for i, j in pairs:
            own = explain(dfm, dfm.docs[i], dfm.docs[j], metric=metric)
            for feature, value in zip(own.features, own.values, strict=True):
                total[feature] += value / len(pairs)
        return total

    columns = {
        "between": mean([*itertools.product(range(3), range(3, 7))]),
        "within_a": mean([*itertools.permutations(range(3), 2)]),
        "within_b": mean([*itertools.permutations(range(3, 7), 2)]),
    }
    for name, expected in columns.items():
        got = dict(zip(found.features, getattr(found, name).tolist(), strict=True))
        assert sum(got.values()) == pytest.approx(sum(expected.values()))
        if not expected[ABSENT]:  # else it holds features that other pairs have
            assert dict.fromkeys(expected, 0.0) | got == pytest.approx(expected, abs=ATOL)


def test_words_that_one_group_alone_uses_separate():
    texts = ["peace now law", "peace so law", "war now law", "war so law"]
    corpus = ds.Corpus.from_texts(texts, docvars={"party": ["X", "X", "Y", "Y"]})
    for metric in ("cosine", "jaccard", "jensen_shannon", "manhattan"):
        found = separating(ds.count(corpus), "party", "X", "Y", metric=metric)
        part = dict(zip(found.features, found.values.tolist(), strict=True))
        assert part["peace"] > 0
        assert part["war"] > 0
        assert found.total > 0
    assert found.features[:2] == ("peace", "war")
    assert part["now"] == part["so"] == -0.5, "they differ within the groups alone"
    assert "law" not in part


def test_a_group_of_one_document_is_held_against_the_other_alone():
    dfm = ds.count(["peace", "war law", "war tax"])
    found = separating(dfm, dict(zip(dfm.docs, "XYY", strict=True)), "X", "Y", metric="manhattan")
    assert found.total == 3 - 2
    assert np.isnan(found.within_a).all()
    assert found.note == (
        "'X' has a single document, so no pairs within: the contrast is with the pairs within 'Y' "
        "alone."
    )
    turned = separating(dfm, dict(zip(dfm.docs, "XYY", strict=True)), "Y", "X", metric="manhattan")
    assert turned.total == found.total
    assert np.isnan(turned.within_b).all()
    assert "pairs within 'Y' alone" in turned.note


def test_the_order_of_pairs_between_runs_from_a_to_b_and_counts_both_ways_within():
    dfm = ds.count(["a a b", "a b b c", "b c c", "c c c a"])
    by = groups_of(dfm, (2, 2))
    values = ds.similarity(dfm, metric="kl").values
    one, other = (separating(dfm, by, *names, metric="kl") for names in ("XY", "YX"))
    assert one.between.sum() == pytest.approx(values[:2, 2:].mean())
    assert other.between.sum() == pytest.approx(values[2:, :2].mean())
    assert one.within_a.sum() == pytest.approx((values[0, 1] + values[1, 0]) / 2)
    assert one.total != other.total


def test_features_of_neither_group_share_one_row():
    dfm = ds.count(["a b", "a c", "b c", "b", "z z", "y"])
    found = separating(dfm, groups_of(dfm, (2, 2)), "X", "Y", metric="simple_matching")
    at = found.features.index(ABSENT) if ABSENT in found.features else None
    assert at is not None
    assert found.between[at] == pytest.approx(2 / 5)
    assert found.values[at] == pytest.approx(0, abs=ATOL)
    assert not {"y", "z"} & set(found.features)


def test_the_table_has_a_row_a_feature():
    dfm = ds.count(["a b", "a c", "b c", "b"])
    found = separating(dfm, groups_of(dfm, (2, 2)), "X", "Y", metric="euclidean")
    frame = found.to_frame()
    assert frame.columns.tolist() == [
        *("feature", "value", "share", "between", "within_a", "within_b")
    ]
    assert frame["value"].sum() == pytest.approx(found.total)
    assert frame["share"].abs().sum() == pytest.approx(1)
    keys = [(-abs(v), f) for f, v in zip(frame["feature"], frame["value"], strict=True)]
    assert keys == sorted(keys)


@every_metric
def test_it_recomputes_from_the_same_inputs_and_pickles(metric):
    dfm = ds.count(["a b", "a c", "b c", "b d a"])
    by = groups_of(dfm, (2, 2))
    found = separating(dfm, by, "X", "Y", metric=metric)
    assert found.verify(dfm, by)
    with pytest.raises(DiscourseError, match="groups is not the one"):
        found.verify(dfm, groups_of(dfm, (3, 1)))
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - made here
    assert again.to_dict() == found.to_dict()
    assert not again.between.flags.writeable


def test_a_separation_that_does_not_add_up_is_refused():
    dfm = ds.count(["a b", "a c", "b c", "b d a"])
    found = separating(dfm, groups_of(dfm, (2, 2)), "X", "Y")
    fields = {name: getattr(found, name) for name in Separation.__slots__}
    with pytest.raises(DiscourseError, match="not to total=2"):
        Separation(**fields | {"total": 2.0})


def test_an_unused_feature_is_not_even_looked_at_by_local_metrics():
    dfm = ds.count(["a b", "a c", "b c", "b d a", "v w x y z"])
    by = groups_of(dfm, (2, 2))
    with mock.patch.object(Rows, "row", autospec=True, side_effect=Rows.row) as row:
        separating(dfm, by, "X", "Y", metric="jensen_shannon")
    assert all(call.kwargs["stored"] for call in row.call_args_list)


DFM = ds.count(["a b", "b c", "c", "."])
BY = dict(zip(DFM.docs, "XYYZ", strict=True))
BAD = [
    (lambda: separating(DFM, BY, "X", "W"), OptionError, "unknown group 'W'"),
    (lambda: separating(DFM, BY, "X", 1), OptionError, "unknown group 1: it is named by a str"),
    (lambda: separating(DFM, BY, "Y", "Y"), OptionError, "must be two groups; both are 'Y'"),
    (lambda: separating(DFM, "party", "X", "Y"), OptionError, "unknown docvar 'party'"),
    (lambda: separating(DFM, {"text1": "X"}, "X", "Y"), OptionError, "have no group"),
    (lambda: separating(DFM, BY, "X", "Y", metric="cosin"), OptionError, "mean 'cosine'"),
    (lambda: separating(["a"], BY, "X", "Y"), OptionError, "got list"),
    (lambda: separating(DFM, BY, "X", "Z"), UndefinedError, "both groups have a single"),
    (lambda: separating(DFM, BY, "Y", "Z"), UndefinedError, "'text4': no features there"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_bad_calls_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
