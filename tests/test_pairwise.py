"""All pairs are what each pair is, by either path, and nothing undefined passes in silence."""

import math
import subprocess
import sys
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import cosine_similarity

import discourse as ds
from discourse.errors import DiscourseError, OptionError, UndefinedError
from discourse.metrics import METRICS
from discourse.metrics.terms import AS_GIVEN
from discourse.pairwise import blocks, matrix, similarity
from discourse.record import Record
from discourse.vectors import FeatureVectors, weight
from strategies import dfms

AGREE = 1e-10
every_metric = pytest.mark.parametrize("metric", METRICS)


def pair_of(metric, background):
    """Return the definition of a metric, over rows that serve as its background."""
    m = METRICS[metric]
    return (m.using(background=background) if m.learns else m).pair


def vectors_of(values, docs=None, features=None):
    """Wrap an array, documents in rows."""
    values = np.asarray(values, np.float64)
    return FeatureVectors(
        csr_array(values),
        tuple(features or (f"f{i:02}" for i in range(values.shape[1]))),
        tuple(docs or (f"d{i}" for i in range(values.shape[0]))),
        MappingProxyType({}),
        "weight",
        Record("test", MappingProxyType({})),
    )


@st.composite
def alike_rows(draw):
    """Rows with features, among them copies, scaled copies and copies that differ by a little."""
    n_features = draw(st.integers(2, 6))
    cells = st.sampled_from([0.0, 0.0, 1.0, 1.0, 3.0]) | st.floats(1e-3, 1e2)
    values = draw(hnp.arrays(np.float64, (3, n_features), elements=cells))
    values[:, draw(st.integers(0, n_features - 1))] += 1.0
    step = draw(st.sampled_from([1e-12, 1e-9, 1e-6, 1e-4]))
    moved = values[0] * (1 + step * np.arange(n_features))
    assume((np.ptp(values, axis=1) > 1e-2 * values.max(axis=1)).all())  # Pearson's needs variation
    proportions = values / values.sum(axis=1, keepdims=True)
    gaps = np.abs(proportions - (proportions.T @ [3, 2, 1]) / 6)
    assume((gaps.max(axis=1) > 1e-2).all())  # Cosine Delta needs rows that are not the mean
    return np.vstack([values, values[0], 3 * values[1], moved])


@pytest.fixture(params=["definition", "kernel"])
def path(request, monkeypatch):
    """Take one way, whatever the size."""
    monkeypatch.setattr(blocks, "_SMALL", math.inf if request.param == "definition" else -1)


def by_kernel(*args, **options):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_SMALL", -1)
        return similarity(*args, **options)


@every_metric
@given(values=alike_rows(), n_jobs=st.integers(1, 2))
def test_the_fast_path_agrees_with_the_definition(metric, values, n_jobs):
    vectors = vectors_of(values)
    expected = pair_of(metric, values)(values[:, np.newaxis], values)
    for found in (
        similarity(vectors, metric=metric),
        by_kernel(vectors, metric=metric, n_jobs=n_jobs),
    ):
        np.testing.assert_allclose(found.values, expected, rtol=AGREE, atol=AGREE)
    expected = pair_of(metric, np.vstack([values, values]))(values[:, np.newaxis], values)
    for compare in (similarity, by_kernel):
        found = compare(vectors, vectors_of(values), metric=metric)
        np.testing.assert_allclose(found.values, expected, rtol=AGREE, atol=AGREE)


@every_metric
@given(values=alike_rows())
def test_matrices_are_exactly_symmetric_and_zero_where_rows_are_equal(metric, values):
    for compare in (similarity, by_kernel):
        found = compare(vectors_of(values), metric=metric).values
        if METRICS[metric].symmetric:
            np.testing.assert_array_equal(found, found.T)
        crossed = compare(vectors_of(values), vectors_of(values), metric=metric).values
        if METRICS[metric].kind != "similarity":
            assert (np.diag(found) == 0.0).all()
            assert (np.diag(crossed) == 0.0).all()
            assert found[0, 3] == 0.0


@every_metric
@given(values=alike_rows())
def test_values_stay_within_the_bounds_of_the_metric_exactly(metric, values):
    low, high = METRICS[metric].bounds
    for compare in (similarity, by_kernel):
        found = compare(vectors_of(values), metric=metric)
        assert (found.values >= low).all()
        assert (found.values <= high).all()
        assert (found.metric, found.kind) == (metric, METRICS[metric].kind)


@pytest.mark.usefixtures("path")
def test_large_matrices_agree_with_scipy_and_scikit_learn():
    rng = np.random.default_rng(3)
    a, b = rng.poisson(0.6, (40, 50)) + np.eye(40, 50), rng.poisson(0.6, (30, 50)) + np.eye(30, 50)
    left, right = vectors_of(a), vectors_of(b)
    p, q = (x / x.sum(axis=1, keepdims=True) for x in (a, b))
    expected = {
        "cosine": cosine_similarity(a, b),
        "jaccard": 1 - cdist(a > 0, b > 0, "jaccard"),
        "dice": 1 - cdist(a > 0, b > 0, "dice"),
        "bray_curtis": cdist(a, b, "braycurtis"),
        "manhattan": cdist(a, b, "cityblock"),
        "euclidean": cdist(a, b),
        "hellinger": cdist(np.sqrt(p), np.sqrt(q)) / math.sqrt(2),
        "jensen_shannon_distance": cdist(p, q, "jensenshannon")
        / math.sqrt(math.log(2)),  # from nats
    }
    for metric, values in expected.items():
        found = similarity(left, right, metric=metric).values
        np.testing.assert_allclose(found, values, rtol=AGREE, atol=AGREE, err_msg=metric)


@pytest.mark.usefixtures("path")
def test_many_alike_documents_are_recomputed_in_pieces(monkeypatch):
    monkeypatch.setattr(blocks, "_NEAR_BLOCK", 3)
    monkeypatch.setattr(matrix, "_MIRROR_BLOCK", 4)
    values = np.vstack([np.tile([1.0, 2.0, 3.0], (11, 1)), [[3.0, 2.0, 1.0]]])
    found = similarity(vectors_of(values), metric="euclidean").values
    expected = np.zeros((12, 12))
    expected[11, :11] = expected[:11, 11] = math.sqrt(8)
    np.testing.assert_allclose(found, expected, rtol=1e-14, atol=0)


@pytest.mark.usefixtures("path")
@every_metric
def test_features_are_matched_by_name(metric):
    left = vectors_of([[1, 2, 0], [0, 1, 1]], features=["a", "b", "c"])
    right = vectors_of([[2, 0, 1]], features=["c", "z", "a"], docs=["x"])
    found = similarity(left, right, metric=metric)
    b = [1, 0, 2, 0]
    rows = np.array([[1, 2, 0, 0], [0, 1, 1, 0], [1, 0, 2, 0]])
    pair = pair_of(metric, rows)
    expected = [pair(a, b) for a in ([1, 2, 0, 0], [0, 1, 1, 0])]
    np.testing.assert_allclose(found.values[:, 0], expected, rtol=1e-12)
    assert (found.rows, found.columns) == (("d0", "d1"), ("x",))


@given(dfm=dfms(min_docs=1, min_features=1))
def test_counts_and_their_vectors_compare_alike(dfm):
    found = similarity(dfm, metric="manhattan").values
    np.testing.assert_array_equal(found, cdist(*[dfm.counts.toarray()] * 2, "cityblock"))


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize(
    ("metric", "missing"),
    [
        ("cosine", [[0, 1, 1], [1, 1, 1], [1, 1, 1]]),
        ("jensen_shannon", [[0, 1, 1], [1, 1, 1], [1, 1, 1]]),
        ("jaccard", [[0, 0, 0], [0, 1, 1], [0, 1, 1]]),
        ("bray_curtis", [[0, 0, 0], [0, 1, 1], [0, 1, 1]]),
        ("manhattan", [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
        ("euclidean", [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
    ],
)
def test_pairs_without_a_value_raise_or_become_nan_with_a_note(metric, missing):
    dfm = ds.count(["a b", "...", "!"])
    found = similarity(dfm, metric=metric, undefined="nan")
    assert np.isnan(found.values).astype(int).tolist() == missing
    if not np.any(missing):
        assert found.note is None
        assert similarity(dfm, metric=metric).values.shape == (3, 3)
        return
    assert found.note.startswith("undefined for 'text2', 'text3': no features")
    with pytest.raises(UndefinedError, match=r"'text2', 'text3': .* undefined='nan'") as caught:
        similarity(dfm, metric=metric)
    assert caught.value.docs == ("text2", "text3")


def test_an_empty_document_on_one_side_only_leaves_ratios_defined():
    found = similarity(ds.count(["a"]), other=ds.count(["."]), metric="jaccard")
    assert (found.values.tolist(), found.note) == ([[0.0]], None)


def test_results_recompute_and_record_what_they_came_from():
    dfm = ds.count(["a b", "b c", "c"])
    found = similarity(dfm, metric="hellinger", n_jobs=2)
    assert found.verify(dfm)
    assert set(found.record.digests) == {"vectors"}
    assert dict(found.record.parameters) == {"metric": "hellinger", "undefined": "raise"}
    crossed = similarity(dfm, weight(dfm, "log"))
    assert crossed.verify(dfm, weight(dfm, "log"))
    with pytest.raises(DiscourseError, match="other is not the one"):
        crossed.verify(dfm, weight(dfm, "tfidf"))


def test_the_table_of_pairs_has_each_pair_once_unless_its_order_matters():
    dfm = ds.count(["a b", "b c", "c"])
    found = similarity(dfm, metric="manhattan").pairs()
    assert found.values.tolist() == [
        ["text1", "text2", 2.0],
        ["text1", "text3", 3.0],
        ["text2", "text3", 1.0],
    ]
    assert len(similarity(dfm, metric="kl").pairs()) == 6
    other = ds.count(ds.Corpus.from_texts(["a", "b"], ids=["x", "y"]))
    assert len(similarity(dfm, other, metric="manhattan").pairs()) == 6
    limits = ds.matched_matrix(["We agree. We trade. " * 15, "They left. They lost. " * 15])
    assert list(limits.matrix().pairs().columns) == ["a", "b", "value", "low", "high"]


@pytest.mark.usefixtures("path")
def test_no_documents_make_an_empty_matrix():
    none = ds.count(["a"]).select([]).drop_empty()
    assert similarity(none).values.shape == (0, 0)
    assert similarity(ds.count(["a"]), none).values.shape == (1, 0)


every_scaled_metric = pytest.mark.parametrize(
    "metric",
    [
        m.name
        for m in METRICS.values()
        if m.preparation is not AS_GIVEN and not (m.level or m.learns)
    ],
)


@pytest.mark.usefixtures("path")
@every_scaled_metric
def test_no_size_of_the_weights_overflows_or_underflows(metric):
    values = np.array([[1e200, 1.0], [1.0, 1e200], [1e-200, 1e-200], [1.7e308, 1.7e308]])
    values = np.vstack([values, [5e-324, 0.0]])
    found = similarity(vectors_of(values), metric=metric)
    expected = pair_of(metric, values)(values[:, np.newaxis], values)
    np.testing.assert_allclose(found.values, expected, rtol=AGREE, atol=AGREE)


@every_scaled_metric
def test_a_weight_too_small_beside_the_others_counts_as_none(metric):
    values = np.array([[1e-300, 1e300], [1.0, 1.0], [1.0, 0.0]])
    found = by_kernel(vectors_of(values), metric=metric).values
    expected = pair_of(metric, values)(values[:, np.newaxis], values)
    np.testing.assert_allclose(found, expected, rtol=AGREE, atol=AGREE)


ALONE = """
import sys
import discourse as ds
dfm = ds.count(["war and peace", "peace and law"])
for metric in ds.METRICS:
    ds.similarity(dfm, metric=metric)
print(sorted({"numba", "sklearn", "pandas"} & set(sys.modules)))
"""


def test_two_texts_are_compared_without_loading_numba():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


DFM = ds.count(["a b", "b c"])
NEGATIVE = vectors_of([[1.0, 2.0], [1.0, -1.0]], docs=["good", "bad"])
HOLES = replace(NEGATIVE, values=csr_array(np.array([[math.nan, 2.0], [1.0, math.inf]])))
BAD = [
    (lambda: similarity(DFM, metric="jacard"), OptionError, "Did you mean 'jaccard'"),
    (lambda: similarity(DFM, undefined="skip"), OptionError, "undefined must be one of 'raise'"),
    (lambda: similarity(DFM, n_jobs=0), OptionError, "n_jobs must be a positive int, or -1"),
    (lambda: similarity(["a", "b"]), OptionError, "vectors must be FeatureVectors or"),
    (lambda: similarity(DFM, ["a"]), OptionError, "vectors must be FeatureVectors or"),
    (lambda: similarity(NEGATIVE), DiscourseError, r"0 or more; .* 1 document\(s\) .* 'bad'"),
    (lambda: similarity(DFM, NEGATIVE), DiscourseError, "'bad'"),
    (lambda: similarity(HOLES, undefined="nan"), DiscourseError, "'good', 'bad'"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_what_cannot_be_compared_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_all_processors_may_be_asked_for():
    np.testing.assert_array_equal(by_kernel(DFM, n_jobs=-1).values, by_kernel(DFM).values)
