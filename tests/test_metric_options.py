"""Weights of features, backgrounds and other options do what they say, or are refused."""

import copy
import pickle

import numpy as np
import pytest
from scipy.spatial import distance

import discourse as ds
from discourse.errors import DiscourseError, OptionError
from discourse.metrics import METRICS
from discourse.pairwise import blocks

A, B = np.array([3.0, 0.0, 1.0, 2.0]), np.array([1.0, 2.0, 0.0, 2.0])
W = np.array([2.0, 0.5, 0.0, 1.0])

WEIGHTED = {
    "cosine": lambda: 1 - distance.cosine(A, B, w=W),
    "jaccard": lambda: 1 - distance.jaccard(A > 0, B > 0, w=W),
    "dice": lambda: 1 - distance.dice(A > 0, B > 0, w=W),
    "overlap": lambda: 3.0 / min(3.0, 3.5),
    "ruzicka": lambda: (W * np.minimum(A, B)).sum() / (W * np.maximum(A, B)).sum(),
    "bray_curtis": lambda: distance.braycurtis(A, B, w=W),
    "manhattan": lambda: distance.cityblock(A, B, w=W),
    "euclidean": lambda: distance.euclidean(A, B, w=W),
    "minkowski": lambda: distance.minkowski(A, B, p=3, w=W),
}
DFM = ds.count(["a a a c d d", "a b b d d"])  # A and B
NAMED = dict(zip(DFM.features, W.tolist(), strict=True))


@pytest.mark.parametrize("name", WEIGHTED)
@pytest.mark.parametrize("small", [10**7, -1])
def test_weights_of_features_are_those_of_scipy(name, small, monkeypatch):
    monkeypatch.setattr(blocks, "_SMALL", small)
    expected = WEIGHTED[name]()
    assert METRICS[name].using(weights=W).pair(A, B) == pytest.approx(expected, rel=1e-12)
    metric = METRICS[name].using(weights=NAMED)
    found = ds.similarity(DFM, metric=metric)
    assert found.value("text1", "text2") == pytest.approx(expected, rel=1e-12)
    assert ds.explain(DFM, "text1", "text2", metric=metric).total == pytest.approx(expected)
    assert found.verify(DFM)


def test_every_other_metric_refuses_weights():
    for name in METRICS.keys() - WEIGHTED.keys():
        with pytest.raises(OptionError, match=f"{name} takes no weights"):
            METRICS[name].using(weights=W)


def test_features_that_are_not_named_weigh_one():
    metric = METRICS["manhattan"].using(weights={"a": 2.0})
    assert ds.similarity(DFM, metric=metric).value("text1", "text2") == 2 * 2 + 2 + 1


@pytest.mark.parametrize("small", [10**7, -1])
def test_a_row_of_features_that_weigh_nothing_has_none(small, monkeypatch):
    monkeypatch.setattr(blocks, "_SMALL", small)
    metric = METRICS["cosine"].using(weights={"b": 0.0})
    found = ds.similarity(ds.count(["a b", "b"]), metric=metric, undefined="nan")
    np.testing.assert_array_equal(found.values, [[1.0, np.nan], [np.nan, np.nan]])
    with pytest.raises(DiscourseError, match="'text2'"):
        ds.similarity(ds.count(["a b", "b"]), metric=metric)


STYLES = ds.count(["a a b c d", "a b b c c", "a a a b d", "a c c c d d e"], stopwords=None)
DELTAS = ("burrows_delta", "eder_delta", "cosine_delta")


def z_scores(dfm):
    """Return z-scores of proportions, and the counts of the features that vary."""
    counts = dfm.counts.toarray()
    p = counts / counts.sum(axis=1, keepdims=True)
    sd = p.std(axis=0, ddof=1)
    return ((p - p.mean(axis=0)) / np.where(sd, sd, np.inf))[:, sd > 0], counts.sum(axis=0)[sd > 0]


@pytest.mark.parametrize("small", [10**7, -1])
def test_deltas_are_means_and_cosines_of_z_scores(small, monkeypatch):
    monkeypatch.setattr(blocks, "_SMALL", small)
    z, frequencies = z_scores(STYLES)
    n = z.shape[1]
    rank = np.argsort(np.argsort(-frequencies, kind="stable")) + 1
    gaps = np.abs(z[:, None] - z)
    expected = {
        "burrows_delta": gaps.mean(axis=-1),
        "eder_delta": (gaps * (n - rank + 1) / n).mean(axis=-1),
        "cosine_delta": 1 - distance.cdist(z, z, "cosine"),
    }
    for name in DELTAS:
        found = ds.similarity(STYLES, metric=name).values
        np.testing.assert_allclose(found, expected[name], rtol=1e-10, atol=1e-12, err_msg=name)


def test_a_named_background_takes_the_place_of_the_documents_compared():
    pair = ds.count(ds.Corpus.from_texts(["a a b c d", "a b b c c"], ids=["x", "y"]))
    for name in (*DELTAS, "kl", "jeffreys"):
        metric = METRICS[name].using(background=STYLES)
        whole = ds.similarity(STYLES, metric=metric).value("text1", "text2")
        found = ds.similarity(pair, metric=metric)
        assert found.value("x", "y") == pytest.approx(whole, rel=1e-12)
        assert found.verify(pair)
        assert set(found.record.digests) == {"vectors", "background"}


def test_smoothing_goes_from_the_documents_to_the_background():
    values = [
        ds.similarity(STYLES, metric=METRICS["kl"].using(smoothing=s)).value("text1", "text4")
        for s in (0.001, 0.5, 0.999)
    ]
    assert values[0] > values[1] > values[2] > 0.0
    assert values[2] < 1e-5


def test_the_power_of_minkowski_is_an_option():
    for p, other in ((1, "manhattan"), (2, "euclidean")):
        metric = METRICS["minkowski"].using(p=p)
        assert metric.pair(A, B) == pytest.approx(METRICS[other].pair(A, B))
        assert metric.options["p"] == p
    found = ds.similarity(DFM, metric=METRICS["minkowski"].using(p=1.5))
    assert found.record.parameters["p"] == 1.5
    assert found.value("text1", "text2") == pytest.approx(distance.minkowski(A, B, p=1.5))


def test_options_given_one_after_the_other_are_all_kept():
    metric = METRICS["kl"].using(smoothing=0.2).using(background=STYLES)
    assert (metric.options["smoothing"], metric.background) == (0.2, STYLES)
    assert metric.using(smoothing=0.3).background is STYLES


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_can_be_copied_and_pickled(name):
    for other in (copy.deepcopy(METRICS[name]), pickle.loads(pickle.dumps(METRICS[name]))):  # noqa: S301
        assert (other.name, other.formula, other.bounds) == (
            name,
            METRICS[name].formula,
            METRICS[name].bounds,
        )


ONE = ds.count(["a b b"])
BAD = [
    (lambda: METRICS["kl"].pair(A, B), OptionError, "kl needs a background"),
    (lambda: METRICS["kl"].using(smoothing=1.0), OptionError, "smoothing must lie between 0 and 1"),
    (lambda: METRICS["kl"].using(p=2), OptionError, "option of kl must be one of 'smoothing'"),
    (lambda: METRICS["minkowski"].using(p=0.5), OptionError, "p must be 1 or more"),
    (lambda: METRICS["cosine"].using(background=DFM), OptionError, "cosine needs no background"),
    (lambda: METRICS["cosine"].using(weights=NAMED).pair(A, B), OptionError, "as an array here"),
    (lambda: METRICS["cosine"].using(weights=W[:2]).pair(A, B), OptionError, "4 columns"),
    (lambda: METRICS["cosine"].using(weights=-W).pair(A, B), DiscourseError, "weights must hold"),
    (
        lambda: ds.similarity(DFM, metric=METRICS["cosine"].using(weights={"a": -1.0})),
        DiscourseError,
        "weights must hold finite values of 0 or more",
    ),
    (
        lambda: ds.similarity(DFM, metric=METRICS["cosine"].using(weights={"a": float("nan")})),
        DiscourseError,
        "weights must hold finite values of 0 or more",
    ),
    (
        lambda: ds.similarity(DFM, metric=METRICS["cosine"].using(weights=W)),
        OptionError,
        "weights must map features to weights here",
    ),
    (
        lambda: ds.similarity(DFM, metric=METRICS["kl"].using(background=W)),
        OptionError,
        "background must be FeatureVectors or a DocumentFeatureMatrix here",
    ),
    (
        lambda: ds.similarity(DFM, metric=METRICS["kl"].using(background=ONE)),
        DiscourseError,
        "must have every feature of the documents",
    ),
    (lambda: ds.similarity(ONE, metric="burrows_delta"), DiscourseError, "two documents with"),
    (
        lambda: ds.similarity(ds.count(["a b", "b a"]), metric="burrows_delta"),
        DiscourseError,
        "no feature varies",
    ),
    (
        lambda: METRICS["pearson"].pair([1, 1], [1, 2]),
        DiscourseError,
        "no features that differ from the mean",
    ),
    (
        lambda: ds.similarity(ds.count(["a b"]), metric="pearson"),
        DiscourseError,
        "no features that differ from the mean",
    ),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_options_that_make_no_sense_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
