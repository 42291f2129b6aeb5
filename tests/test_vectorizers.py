"""The transformers of texts: the numbers of the verbs, and what scikit-learn expects."""

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import issparse
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks as checks

import discourse as ds
from discourse import _text
from strategies import texts

LEXICON = {"peace": ["peace*", "cease fire"], "war": ["war", "wars"]}
SPEECHES = ["Peace and a cease-fire.", "Two wars, and peace after war!", "Trade, trade and trade."]
OTHERS = ["No words of these, but: trade.", "", "Peace?", "Unheard."]
SCHEMES = ["proportion", "per_1000", "tfidf", "log", "binary"]

ALL = [
    ds.DfmVectorizer(),
    ds.DfmVectorizer(weighting="tfidf", sparse_output=False, ngrams=(1, 2)),
    ds.KeywordVectorizer(LEXICON),
    ds.StanceVectorizer(targets={"peace": ["peace"], "trade": ["trade"]}),
]
every_vectorizer = pytest.mark.parametrize("vectorizer", ALL, ids=repr)


def dense(values):
    return values.toarray() if issparse(values) else values


# -- the numbers of the verbs ----------------------------------------------------------------


@given(said=st.lists(texts(), min_size=1, max_size=5), ngrams=st.sampled_from([1, 2, (1, 3)]))
def test_counts_are_those_of_the_verb(said, ngrams):
    vectorizer = ds.DfmVectorizer(ngrams=ngrams)
    counts = vectorizer.fit_transform(said)
    dfm = ds.count(said, ngrams=ngrams)
    assert tuple(vectorizer.get_feature_names_out()) == vectorizer.features_ == dfm.features
    assert (counts != dfm.counts).nnz == 0
    assert counts.dtype == np.int64


@pytest.mark.parametrize("scheme", SCHEMES)
def test_weights_are_those_of_the_verb(scheme):
    found = ds.DfmVectorizer(weighting=scheme, min_docs=2).fit_transform(SPEECHES)
    expected = ds.weight(ds.count(SPEECHES).trim(min_docs=2), scheme).values
    np.testing.assert_array_equal(found.toarray(), expected.toarray())


@pytest.mark.parametrize("scheme", ["count", *SCHEMES])
def test_a_text_without_any_known_word_has_zeros(scheme):
    vectorizer = ds.DfmVectorizer(weighting=scheme).fit(SPEECHES)
    found = vectorizer.transform(OTHERS).toarray()
    assert found.shape == (4, len(vectorizer.features_))
    assert not found[[1, 3]].any()
    assert (found[[0, 2]].sum(axis=1) > 0).all()


def test_counts_are_those_of_scikit_learn_by_the_same_rule():
    rule = _text.word_pattern().pattern
    theirs = CountVectorizer(token_pattern=rule, lowercase=False, preprocessor=_text.fold)
    theirs.fit(SPEECHES)
    ours = ds.DfmVectorizer().fit(SPEECHES)
    assert ours.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()
    counts = theirs.transform(SPEECHES + OTHERS)
    assert (counts != ours.transform(SPEECHES + OTHERS)).nnz == 0
    weights = TfidfTransformer(norm=None).fit(theirs.transform(SPEECHES)).transform(counts)
    found = ds.DfmVectorizer(weighting="tfidf").fit(SPEECHES).transform(SPEECHES + OTHERS)
    np.testing.assert_allclose(found.toarray(), weights.toarray(), rtol=1e-12)


@pytest.mark.parametrize("per", [None, 1, 1000])
def test_keywords_are_those_of_the_verb(per):
    found = ds.KeywordVectorizer(LEXICON, per=per).fit_transform(SPEECHES)
    np.testing.assert_array_equal(
        found, ds.keyword_vectors(SPEECHES, LEXICON, per=per).values.toarray()
    )


# -- what scikit-learn expects: its own checks -------------------------------------------------


@pytest.mark.parametrize(
    "check",
    [
        # Those that hand over numbers (fit, dtypes, sparse input, sample weights) do not apply to
        # texts; their like for texts is below.
        checks.check_do_not_raise_errors_in_init_or_set_params,
        checks.check_estimator_cloneable,
        checks.check_estimator_repr,
        checks.check_estimator_tags_renamed,
        checks.check_get_params_invariance,
        checks.check_mixin_order,
        checks.check_no_attributes_set_in_init,
        checks.check_parameters_default_constructible,
        checks.check_set_params,
        checks.check_valid_tag_types,
    ],
    ids=lambda check: check.__name__,
)
@every_vectorizer
def test_the_checks_of_scikit_learn_pass(check, vectorizer):
    check(type(vectorizer).__name__, clone(vectorizer))


@every_vectorizer
def test_fitting_twice_fitting_and_transforming_and_both_at_once_are_one(vectorizer):
    once = clone(vectorizer).fit(SPEECHES)
    first = dense(once.transform(SPEECHES))
    np.testing.assert_array_equal(dense(once.fit(SPEECHES).transform(SPEECHES)), first)
    np.testing.assert_array_equal(dense(clone(vectorizer).fit_transform(SPEECHES)), first)


@every_vectorizer
def test_each_row_depends_on_its_text_alone(vectorizer):
    fitted = clone(vectorizer).fit(SPEECHES)
    whole = dense(fitted.transform(SPEECHES + OTHERS))
    single = [dense(fitted.transform([text]))[0] for text in SPEECHES + OTHERS]
    np.testing.assert_array_equal(single, whole)
    np.testing.assert_array_equal(dense(fitted.transform((SPEECHES + OTHERS)[::-1])), whole[::-1])


@every_vectorizer
def test_it_survives_pickling_and_cloning(vectorizer):
    fitted = clone(vectorizer).fit(SPEECHES)
    again = pickle.loads(pickle.dumps(fitted))  # noqa: S301 - our own bytes
    np.testing.assert_array_equal(dense(again.transform(OTHERS)), dense(fitted.transform(OTHERS)))
    assert again.get_feature_names_out().tolist() == fitted.get_feature_names_out().tolist()
    with pytest.raises(NotFittedError):
        clone(fitted).transform(OTHERS)


@every_vectorizer
def test_fitting_changes_no_parameter_and_no_text(vectorizer):
    before, said = repr(vectorizer.get_params()), list(SPEECHES)
    assert clone(vectorizer).fit(said) is not vectorizer
    clone(vectorizer).fit_transform(said)
    assert repr(vectorizer.get_params()) == before
    assert said == SPEECHES


@every_vectorizer
def test_arrays_series_corpora_and_lists_give_the_same(vectorizer):
    fitted = clone(vectorizer).fit(SPEECHES)
    expected = dense(fitted.transform(SPEECHES))
    for given_texts in (np.array(SPEECHES), pd.Series(SPEECHES), ds.Corpus.from_texts(SPEECHES)):
        np.testing.assert_array_equal(dense(fitted.transform(given_texts)), expected)


@every_vectorizer
def test_what_holds_no_texts_is_refused(vectorizer):
    fitted = clone(vectorizer).fit(SPEECHES)
    for wrong in ("one text", [], np.zeros((2, 2)), [1, 2]):
        with pytest.raises(ds.DiscourseError):
            fitted.transform(wrong)


@every_vectorizer
def test_nothing_is_transformed_before_it_is_fitted(vectorizer):
    for call in (lambda v: v.transform(SPEECHES), lambda v: v.get_feature_names_out()):
        with pytest.raises(NotFittedError):
            call(clone(vectorizer))


def test_it_gives_pandas_what_pandas_can_hold():
    for vectorizer in (ds.DfmVectorizer(sparse_output=False), ds.KeywordVectorizer(LEXICON)):
        frame = vectorizer.set_output(transform="pandas").fit_transform(SPEECHES)
        assert frame.columns.tolist() == vectorizer.get_feature_names_out().tolist()
        assert frame.shape[0] == 3


def test_they_serve_side_by_side_in_a_pipeline_and_a_grid_search():
    frame = pd.DataFrame({"title": SPEECHES * 4, "body": SPEECHES[::-1] * 4})
    labels = ["a", "b", "c"] * 4
    columns = ColumnTransformer(
        [
            ("words", ds.DfmVectorizer(), "title"),
            ("keywords", ds.KeywordVectorizer(LEXICON), "body"),
            ("stance", ALL[-1], "body"),
        ]
    )
    pipeline = make_pipeline(columns, LogisticRegression())
    grid = {
        "columntransformer__words__weighting": ["count", "tfidf"],
        "columntransformer__words__ngrams": [1, (1, 2)],
        "columntransformer__keywords__per": [None, 100],
    }
    search = GridSearchCV(pipeline, grid, cv=2).fit(frame, labels)
    assert search.predict(frame[:3]).tolist() == ["a", "b", "c"]
    names = search.best_estimator_[0].get_feature_names_out()
    assert {"words__peace", "keywords__war", "stance__trade_support"} <= set(names)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"weighting": "tf-idf"}, "weighting must be one of .* Did you mean 'tfidf'"),
        ({"min_docs": 0.5}, "min_docs must be a count of 0 or more"),
        ({"ngrams": (2, 1)}, "ngrams must be"),
        ({"within": "page"}, "within must be one of"),
        ({"stopwords": "klingon"}, "klingon"),
    ],
)
def test_options_are_checked_when_it_is_fitted(options, message):
    with pytest.raises(ds.OptionError, match=message):
        ds.DfmVectorizer(**options).fit(SPEECHES)


def test_keywords_are_given_per_a_positive_number_of_tokens():
    with pytest.raises(ds.OptionError, match="per must be a positive int"):
        ds.KeywordVectorizer(LEXICON, per=0).fit(SPEECHES)
