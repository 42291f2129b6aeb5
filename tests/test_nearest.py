"""Neighbours are those of the matrix of all pairs, by either path, under every restriction."""

import logging
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array

import discourse as ds
from discourse.errors import DiscourseError, OptionError, UndefinedError
from discourse.metrics import METRICS
from discourse.pairwise import blocks
from discourse.record import ReadOnly, Record
from discourse.vectors import FeatureVectors

every_metric = pytest.mark.parametrize("metric", METRICS)


def vectors_of(values, prefix="d"):
    """Wrap an array, documents in rows, in three groups."""
    values = np.asarray(values, np.float64)
    n_docs, n_features = values.shape
    return FeatureVectors(
        csr_array(values),
        tuple(f"f{j:02}" for j in range(n_features)),
        tuple(f"{prefix}{i}" for i in range(n_docs)),
        ReadOnly({"party": tuple("XYZ"[i % 3] for i in range(n_docs))}),
        "weight",
        Record("test", ReadOnly({})),
    )


@pytest.fixture(params=["definition", "kernel"])
def path(request, monkeypatch):
    """Take one way, whatever the size, in blocks of few rows."""
    monkeypatch.setattr(blocks, "_SMALL", math.inf if request.param == "definition" else -1)
    monkeypatch.setattr(blocks, "_MOST_ROWS", 4)


def counts(n_docs, seed):
    """Counts in which every document differs from every other, and varies."""
    return np.random.default_rng(seed).poisson(1.0, (n_docs, 40)) + 1.0 * np.eye(n_docs, 40)


def expected_of(matrix, k, *, allowed, threshold=None):
    """Return doc, neighbour and rank from the matrix of all pairs, by sorting."""
    sign = 1 if matrix.kind == "similarity" else -1
    found = []
    for i, row in enumerate(sign * matrix.values):
        fits = [(-key, j) for j, key in enumerate(row) if allowed(i, j)]
        if threshold is not None:
            fits = [(key, j) for key, j in fits if -key >= sign * threshold]
        found += [(i, j, rank) for rank, (_, j) in enumerate(sorted(fits)[:k], 1)]
    return found


def triples(neighbours):
    columns = (neighbours.doc, neighbours.neighbour, neighbours.rank)
    return list(zip(*(c.tolist() for c in columns), strict=True))


RULES = {
    "all": ({}, lambda i, j: True),  # noqa: ARG005
    "across": ({"across": "party"}, lambda i, j: i % 3 != j % 3),
    "within": ({"within": "party"}, lambda i, j: i % 3 == j % 3),
}


@pytest.mark.usefixtures("path")
@every_metric
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("n_jobs", [1, 2])
def test_neighbours_are_the_best_of_each_row_of_the_matrix(metric, rule, n_jobs):
    options, allowed = RULES[rule]
    one, two = vectors_of(counts(17, 1)), vectors_of(counts(11, 2), "e")
    matrix = ds.similarity(one, metric=metric)
    found = ds.nearest(one, k=3, metric=metric, n_jobs=n_jobs, **options)
    assert triples(found) == expected_of(matrix, 3, allowed=lambda i, j: i != j and allowed(i, j))
    np.testing.assert_allclose(
        found.values, matrix.values[found.doc, found.neighbour], rtol=1e-12, atol=1e-14
    )
    crossed = ds.similarity(one, two, metric=metric)
    found = ds.nearest(one, two, k=3, metric=metric, n_jobs=n_jobs, **options)
    assert triples(found) == expected_of(crossed, 3, allowed=allowed)


def test_the_same_documents_given_as_others_are_neighbours_of_themselves():
    vectors = vectors_of(counts(5, 6))
    found = ds.nearest(vectors, vectors, k=1, metric="manhattan")
    assert found.neighbour.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("metric", ["cosine", "jensen_shannon", "kl"])
@pytest.mark.parametrize("k", [2, None])
def test_a_threshold_leaves_out_what_is_less_alike(metric, k):
    vectors = vectors_of(counts(17, 3))
    matrix = ds.similarity(vectors, metric=metric)
    threshold = float(np.median(matrix.values)) + 1e-9
    found = ds.nearest(vectors, k=k, threshold=threshold, metric=metric)
    expected = expected_of(matrix, k, allowed=lambda i, j: i != j, threshold=threshold)
    assert triples(found) == expected
    assert 0 < len(found) < 17 * 16


@given(
    values=hnp.arrays(np.float64, (6, 3), elements=st.sampled_from([0.0, 1.0, 2.0])),
    k=st.integers(1, 5),
)
def test_equal_values_are_ranked_in_the_order_of_the_documents(values, k):
    found = ds.nearest(vectors_of(values), k=k, metric="manhattan")
    matrix = ds.similarity(vectors_of(values), metric="manhattan")
    assert triples(found) == expected_of(matrix, k, allowed=lambda i, j: i != j)


@pytest.mark.usefixtures("path")
def test_documents_without_a_value_are_neighbours_of_none():
    dfm = ds.count(["a b", "...", "a", "b c"])
    with pytest.raises(UndefinedError, match="'text2'"):
        ds.nearest(dfm, k=1)
    found = ds.nearest(dfm, k=3, undefined="nan")
    assert "text2" not in {*found.to_frame()["doc"], *found.to_frame()["neighbour"]}
    assert "'text2'" in found.note
    assert found.of("text2") == {}
    assert list(found.of("text1")) == ["text3", "text4"]


def test_groups_may_be_given_by_identifier():
    dfm = ds.count(["a b", "a b c", "a"])
    groups = {"text1": "X", "text2": "X", "text3": "Y"}
    found = ds.nearest(dfm, k=1, across=groups)
    assert found.of("text1") == {"text3": pytest.approx(math.sqrt(0.5))}
    assert found.record.parameters["across"] == "a mapping"
    assert found.verify(dfm)


def test_a_result_is_a_table_plain_data_and_found_again():
    dfm = ds.count(["a b", "a b c", "a"])
    found = ds.nearest(dfm, k=2, metric="jaccard")
    frame = found.to_frame()
    assert list(frame.columns) == ["doc", "neighbour", "rank", "value"]
    assert frame["rank"].tolist() == [1, 2] * 3
    assert found.to_dict()["neighbours"][0]["neighbour"] == "text2"
    assert len(found) == 6
    assert found.verify(dfm)
    assert not found.values.flags.writeable
    with pytest.raises(OptionError, match="unknown document 'text9'"):
        found.of("text9")


@pytest.mark.usefixtures("path")
def test_no_documents_have_no_neighbours():
    none = ds.count(["a"]).select([]).drop_empty()
    assert len(ds.nearest(none, ds.count(["a"]), k=1)) == 0


def test_what_a_run_needs_is_told_before_it(monkeypatch, caplog):
    monkeypatch.setattr(blocks, "_SMALL", -1)
    with caplog.at_level(logging.INFO, "discourse"):
        ds.nearest(vectors_of(counts(17, 4)), k=1, n_jobs=2)
        ds.similarity(vectors_of(counts(17, 4)))
    blocks_of = "cosine of 17 x 17 documents: blocks of 17 rows, 0.0 MiB in all."
    matrix_of = "all pairs of 17 x 17 documents: 0.0 MiB."
    assert caplog.messages == [blocks_of, matrix_of, blocks_of]


DFM = ds.count(["a b", "b c", "c"])
BAD = [
    ({"k": 3}, OptionError, "k must be between 1 and 2, the documents to choose from; got 3"),
    ({"k": 0}, OptionError, "k must be between 1 and 2"),
    ({"k": 1.0}, OptionError, "k must be between 1 and 2"),
    ({"k": None}, OptionError, "give threshold="),
    ({"k": 1, "threshold": math.nan}, OptionError, "threshold must be a finite number"),
    ({"k": 1, "across": "party", "within": "party"}, OptionError, "not for both"),
    ({"k": 1, "across": "party"}, OptionError, "unknown docvar 'party'"),
    ({"k": 1, "metric": "cosin"}, OptionError, "Did you mean 'cosine'"),
    ({"k": 1, "n_jobs": 0}, OptionError, "n_jobs"),
    ({"k": 1, "undefined": "skip"}, OptionError, "undefined must be"),
]


@pytest.mark.parametrize(("options", "error", "message"), BAD)
def test_what_cannot_be_asked_for_is_refused(options, error, message):
    with pytest.raises(error, match=message):
        ds.nearest(DFM, **options)


def test_negative_weights_are_refused():
    with pytest.raises(DiscourseError, match="'d1'"):
        ds.nearest(vectors_of([[1.0, 2.0], [1.0, -1.0]]), k=1)
