"""Weights are what their formula says, row by row, and refuse what has none."""

import copy
import math
import pickle
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfTransformer

import discourse as ds
from discourse.errors import DiscourseError, EmptyDocumentError, OptionError
from discourse.vectors import FeatureVectors, Scheme, as_vectors, weight
from strategies import dfms

SCHEMES = get_args(Scheme)


def slow(counts, scheme):
    n_docs = len(counts)
    in_docs = [(counts[:, j] > 0).sum() for j in range(counts.shape[1])]
    formula = {
        "proportion": lambda tf, n, _df: tf / n,
        "per_1000": lambda tf, n, _df: 1000 * tf / n,
        "tfidf": lambda tf, _n, df: tf * (math.log((1 + n_docs) / (1 + df)) + 1),
        "log": lambda tf, _n, _df: math.log(1 + tf),
        "binary": lambda _tf, _n, _df: 1.0,
    }[scheme]
    values = [
        [formula(tf, row.sum(), df) if tf else 0.0 for tf, df in zip(row, in_docs, strict=True)]
        for row in counts
    ]
    return np.array(values).reshape(counts.shape)


@given(dfm=dfms(), scheme=st.sampled_from(SCHEMES))
def test_every_scheme_agrees_with_its_formula_in_a_loop(dfm, scheme):
    dfm = dfm.drop_empty()
    vectors = weight(dfm, scheme)
    np.testing.assert_allclose(
        vectors.values.toarray(), slow(dfm.counts.toarray(), scheme), rtol=1e-14
    )
    assert (vectors.docs, vectors.features) == (dfm.docs, dfm.features)
    assert vectors.docvars == dfm.docvars


@given(dfm=dfms(min_features=1))
def test_tfidf_is_that_of_scikit_learn_without_normalisation(dfm):
    expected = TfidfTransformer(norm=None).fit_transform(dfm.counts).toarray()
    np.testing.assert_allclose(weight(dfm, "tfidf").values.toarray(), expected, rtol=1e-14)


@given(dfm=dfms())
def test_proportions_sum_to_one_and_rates_to_a_thousand(dfm):
    dfm = dfm.drop_empty()
    for scheme, total in (("proportion", 1.0), ("per_1000", 1000.0)):
        np.testing.assert_allclose(weight(dfm, scheme).values.sum(axis=1), total, rtol=1e-14)


@pytest.mark.parametrize(
    ("scheme", "unit"),
    [
        ("proportion", "proportion"),
        ("per_1000", "per 1,000"),
        ("tfidf", "tf-idf"),
        ("log", "ln(1 + count)"),
        ("binary", "0 or 1"),
    ],
)
def test_the_unit_says_what_the_values_are(scheme, unit):
    vectors = weight(ds.count(["a a b"]), scheme)
    assert vectors.unit == unit
    assert vectors.to_dict()["unit"] == unit


def test_weights_leave_the_counts_alone_and_are_read_only():
    dfm = ds.count(["a a b", "b"])
    before = dfm.digest
    vectors = weight(dfm, "log")
    assert dfm.digest == before
    for array in (vectors.values.data, vectors.values.indices, vectors.values.indptr):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7


@pytest.mark.parametrize("scheme", SCHEMES)
def test_weights_recompute_from_their_counts_and_from_no_others(scheme):
    dfm = ds.count(["a a b", "b"])
    vectors = weight(dfm, scheme)
    assert vectors.verify(dfm)
    with pytest.raises(DiscourseError, match="digest differs"):
        vectors.verify(ds.count(["a b", "b"]))


def test_a_copy_holds_the_same_and_is_read_only():
    vectors = weight(ds.count(["a a b", "b"]), "log")
    for again in (copy.deepcopy(vectors), pickle.loads(pickle.dumps(vectors))):  # noqa: S301
        assert again.digest == vectors.digest
        assert not again.values.data.flags.writeable
        assert again.verify(ds.count(["a a b", "b"]))


def test_the_representation_is_short():
    assert repr(weight(TWO, "log")) == "FeatureVectors(2 documents, 2 features, ln(1 + count))"


def test_the_digest_depends_on_labels_unit_and_values():
    vectors = weight(ds.count(["a a b", "b"]), "proportion")
    others = [
        weight(ds.count(["a a b", "b"]), "per_1000"),
        weight(ds.count(["a b", "b"]), "proportion"),
        replace(vectors, docs=("x", "y")),
        replace(vectors, features=("a", "c")),
        replace(vectors, unit="share"),
    ]
    assert len({v.digest for v in [vectors, *others]}) == 6
    assert weight(ds.count(["a a b", "b"]), "proportion").digest == vectors.digest


def test_tables_and_plain_data_hold_the_values():
    vectors = weight(ds.count(["a a b", "b"]), "proportion")
    assert len(vectors) == 2
    assert vectors.to_frame().loc["text2"].to_dict() == {"a": 0.0, "b": 1.0}
    assert vectors.to_dict()["values"] == [{"a": 2 / 3, "b": 1 / 3}, {"b": 1.0}]
    assert vectors.row("text1").tolist() == [2 / 3, 1 / 3]


def test_counts_serve_as_vectors_of_unit_count():
    dfm = ds.count(["a a b", "b"])
    vectors = as_vectors(dfm)
    assert vectors.unit == "count"
    assert vectors.values.toarray().tolist() == [[2.0, 1.0], [0.0, 1.0]]
    assert as_vectors(vectors) is vectors


def test_stored_zeros_duplicates_and_unsorted_columns_become_canonical():
    arrays = (np.array([0.0, 1.0, 3.0, 1.0, 1.0]), [0, 1, 1, 0, 0], [0, 2, 5])
    vectors = replace(weight(ds.count(["a", "b"]), "log"), values=csr_array(arrays, shape=(2, 2)))
    assert vectors.values.has_canonical_format
    assert vectors.values.data.tolist() == [1.0, 2.0, 3.0]
    assert vectors.values.indices.tolist() == [1, 0, 1]


TWO = ds.count(["a b", "b"])
BAD_CALLS = [
    (lambda: weight(TWO, "tf-idf"), OptionError, "scheme must be one of .* mean 'tfidf'"),
    (lambda: weight(weight(TWO, "log"), "log"), OptionError, "matrix|DocumentFeatureMatrix"),
    (lambda: weight(["a"], "log"), OptionError, "got list. Count a corpus first"),
    (lambda: weight(ds.count(["a", "."]), "proportion"), EmptyDocumentError, "'text2'"),
    (lambda: weight(ds.count(["a", "."]), "per_1000"), EmptyDocumentError, "'text2'"),
    (
        lambda: weight(ds.count(["a", "."]), "proportion"),
        EmptyDocumentError,
        r"1 document\(s\) have no words: 'text2'. Leave them out \(corpus.subset, dfm.drop_empty",
    ),
    (lambda: weight(TWO, 1), OptionError, "scheme must be one of .* got 1"),
    (lambda: weight(TWO, "log").row(0), OptionError, "unknown document 0: it is named by a str"),
    (lambda: as_vectors(["a"]), OptionError, "vectors must be FeatureVectors or .* got list"),
    (lambda: weight(TWO, "log").row("text3"), OptionError, "unknown document 'text3'"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD_CALLS)
def test_what_cannot_be_weighted_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


BAD_VECTORS = [
    ({"docs": ("x",)}, r"values have shape \(2, 2\) for 1 docs and 2 features"),
    ({"docs": ("x", "x")}, "document ids must be unique; repeated: 'x'"),
    ({"features": ("a", "a")}, "features must be unique; repeated: 'a'"),
    ({"values": TWO.counts}, "values must be float64; got int64"),
    ({"docvars": {"party": ("X",)}}, "docvar 'party' has 1 values for 2 docs"),
]


@pytest.mark.parametrize(("change", "message"), BAD_VECTORS)
def test_vectors_whose_parts_do_not_fit_are_refused(change, message):
    with pytest.raises(DiscourseError, match=message):
        replace(weight(TWO, "log"), **change)


def test_a_matrix_without_documents_has_weights_too():
    nothing = TWO.select([]).drop_empty()
    assert isinstance(weight(nothing, "tfidf"), FeatureVectors)
    assert weight(nothing, "proportion").values.shape == (0, 0)
