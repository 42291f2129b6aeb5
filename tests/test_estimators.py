"""The two estimators: what scikit-learn expects of them, and what they promise beyond."""

import pickle

import numpy as np
import pandas as pd
import pytest
import sklearn
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_validate
from sklearn.pipeline import make_pipeline

from discourse.corpus import Corpus
from discourse.errors import DiscourseError, OptionError
from discourse.estimators import StanceClassifier, StanceVectorizer
from discourse.estimators.evidence import EVIDENCE, evidence, read_target
from discourse.estimators.grams import Grams, Products
from discourse.estimators.words import character_grams, words
from discourse.stances import stance
from strategies import texts

TARGETS = {"tariffs": ["tariff*"], "peace": ["peace"]}
SPEECHES = ["We oppose tariffs.", "We support peace and tariffs.", "Peace was discussed."]

GOOD, BAD = ["helps us all", "is a fine thing", "makes life better"], ["hurts us", "is a shame"]
PLAIN = ["is on the list", "came up today", "was named"]
ROWS = [
    (f"The {target} {said}, {who}.", target)
    for target in ("tariff", "treaty", "tax")
    for said in (*GOOD, *BAD, *PLAIN)
    for who in ("friends", "he said", "you know")
]
LABELS = [
    "support"
    if any(p in text for p in GOOD)
    else "oppose"
    if any(p in text for p in BAD)
    else "neutral"
    for text, _ in ROWS
]
TEXTS, ABOUT = (list(column) for column in zip(*ROWS, strict=True))


@pytest.fixture(scope="module")
def model():
    return StanceClassifier(cv=3).fit(ROWS, LABELS)


@pytest.fixture(scope="module")
def binary():
    return StanceClassifier(cv=2).fit(["yes", "no", "oh yes", "oh no"], list("abab"), targets="x")


# -- the classifier ------------------------------------------------------------------------


def test_it_learns_what_it_was_told(model):
    assert model.score(ROWS, LABELS) == 1.0


def test_predictions_are_an_array_of_str(model):
    predicted = model.predict(TEXTS[:4], targets=ABOUT[:4])
    assert isinstance(predicted, np.ndarray)
    assert predicted.dtype.kind == "U"


@pytest.mark.parametrize(
    "rows",
    [
        ROWS[::5],
        [list(row) for row in ROWS[::5]],
        np.array(ROWS[::5], dtype=object),
        pd.DataFrame(ROWS[::5], columns=["said", "about"]),
    ],
    ids=["tuples", "lists", "array", "frame"],
)
def test_rows_and_columns_give_the_same(model, rows):
    columns = model.predict_proba(pd.Series(TEXTS[::5]), targets=ABOUT[::5])
    np.testing.assert_array_equal(model.predict_proba(rows), columns)


def test_one_target_may_stand_for_all_and_texts_for_a_corpus(model):
    listed = model.predict_proba(TEXTS[:3], targets=["tax"] * 3)
    np.testing.assert_array_equal(
        model.predict_proba(Corpus.from_texts(TEXTS[:3]), targets="tax"), listed
    )


def test_a_target_never_seen_is_read_by_what_all_targets_share(model):
    said = ["Oh, that helps us all.", "Oh, that hurts us.", "It was named."]
    assert model.predict(said, targets="whaling").tolist() == ["support", "oppose", "neutral"]


def test_texts_without_any_known_word_have_a_stance_too(model):
    assert np.isfinite(model.predict_proba(["", "...", "和平", "😀"], targets="")).all()


def test_any_labels_serve():
    fitted = StanceClassifier(cv=2).fit(ROWS, [label.upper() for label in LABELS])
    assert fitted.classes_.tolist() == ["NEUTRAL", "OPPOSE", "SUPPORT"]


def test_fitting_again_gives_the_same_numbers(model):
    again = StanceClassifier(cv=3).fit(ROWS, LABELS)
    np.testing.assert_array_equal(again.decision_function(ROWS), model.decision_function(ROWS))
    np.testing.assert_array_equal(again.predict_proba(ROWS), model.predict_proba(ROWS))


def test_it_survives_pickling(model):
    copy = pickle.loads(pickle.dumps(model))  # noqa: S301 - its own dump
    np.testing.assert_array_equal(copy.predict_proba(ROWS), model.predict_proba(ROWS))


def test_the_largest_decision_value_is_predicted(model, binary):
    values = model.decision_function(ROWS)
    assert values.shape == (len(ROWS), 3)
    assert (model.classes_[values.argmax(axis=1)] == model.predict(ROWS)).all()
    rows = [("yes", "x"), ("no", "y")]
    second = binary.decision_function(rows) > 0
    assert (binary.classes_[second.astype(int)] == binary.predict(rows)).all()


def test_probabilities_follow_the_frequencies_of_the_stances():
    rng = np.random.default_rng(0)
    labels = rng.choice(["a", "b"], 400, p=[0.8, 0.2]).tolist()
    # One word in five misleads, so that no text is certain.
    said = [
        f"{'ja' if (label == 'a') == (rng.random() < 0.8) else 'nein'} w{rng.integers(9)}"
        for label in labels
    ]
    fitted = StanceClassifier().fit(said[:200], labels[:200], targets="x")
    given_b = fitted.predict_proba(said[200:], targets="x")[:, 1]
    truth = np.array(labels[200:]) == "b"
    assert given_b.mean() == pytest.approx(truth.mean(), abs=0.07)
    for half in (given_b > np.median(given_b), given_b <= np.median(given_b)):
        assert given_b[half].mean() == pytest.approx(truth[half].mean(), abs=0.12)


def test_balance_finds_more_of_a_rare_stance():
    said = ["good"] * 6 + ["good bad"] * 30 + ["good"] * 60
    labels = ["no"] * 6 + ["no"] * 4 + ["yes"] * 86
    found = {
        weight: (
            StanceClassifier(class_weight=weight, cv=2)
            .fit(said, labels, targets="x")
            .predict(["bad"], targets="x")[0]
        )
        for weight in ("balanced", None)
    }
    assert found == {"balanced": "no", None: "yes"}


@pytest.mark.parametrize("chosen", ["support", "oppose", "neutral", None])
def test_an_explanation_sums_to_the_decision_value(model, chosen):
    text, target = "This tariff helps nobody, and hurts us.", "tariff"
    parts = model.explain(text, target, stance=chosen)
    values = model.decision_function([(text, target)])[0]
    k = values.argmax() if chosen is None else model.classes_.tolist().index(chosen)
    assert parts.total == pytest.approx(values[k], rel=1e-12)
    assert parts.values.sum() == pytest.approx(values[k], rel=1e-9)
    assert (np.diff(np.abs(parts.values)) <= 0).all()
    assert len(set(parts.features)) == len(parts.features)


def test_of_two_stances_one_explanation_is_the_negative_of_the_other(binary):
    a, b = (binary.explain("yes", "x", stance=name).to_dict() for name in "ab")
    assert a["contributions"] == {k: -v for k, v in b["contributions"].items()}
    assert b["total"] == pytest.approx(binary.decision_function([("yes", "x")])[0])


def test_an_explanation_names_the_word_that_decides_and_can_be_verified(binary):
    parts = binary.explain("yes indeed", "x")
    assert parts.features[0] == "word: yes"
    assert parts.verify("yes indeed", "x")


def test_clones_and_parameters_follow_scikit_learn(model):
    copy = clone(model)
    assert copy.get_params() == {"C": 10.0, "class_weight": "balanced", "cv": 3}
    assert not hasattr(copy, "classes_")
    assert copy.set_params(C=2.0).C == 2.0


def test_a_grid_search_takes_rows():
    search = GridSearchCV(StanceClassifier(cv=2), {"C": [0.5, 5.0]}, cv=2).fit(ROWS, LABELS)
    assert search.best_score_ > 0.5
    assert search.predict(ROWS[:2]).shape == (2,)


def test_cross_validation_by_group_takes_rows():
    done = cross_validate(
        StanceClassifier(cv=2), ROWS, LABELS, groups=ABOUT, cv=GroupKFold(3), scoring="f1_macro"
    )
    assert done["test_score"].min() > 0.9


def test_targets_and_groups_are_routed_as_metadata():
    with sklearn.config_context(enable_metadata_routing=True):
        estimator = StanceClassifier(cv=2).set_fit_request(targets=True, groups=False)
        estimator.set_score_request(targets=True)
        done = cross_validate(estimator, TEXTS, LABELS, params={"targets": ABOUT}, cv=3)
    assert done["test_score"].min() > 0.5


def test_groups_stay_together_in_calibration():
    by_group = StanceClassifier(cv=3).fit(ROWS, LABELS, groups=ABOUT)
    without = StanceClassifier(cv=3).fit(ROWS, LABELS)
    rows = [(text, "whaling") for text in TEXTS]
    np.testing.assert_array_equal(by_group.decision_function(rows), without.decision_function(rows))
    assert not np.array_equal(by_group.predict_proba(rows), without.predict_proba(rows))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: StanceClassifier().fit(["a", "b"], ["x", "y"]), "without a target: pass targets="),
        (lambda: StanceClassifier().fit("ab", ["x", "y"]), "X must be a list"),
        (lambda: StanceClassifier().fit([], []), "X is empty"),
        (lambda: StanceClassifier().fit([("a", "b", "c")], ["x"]), "row 0 of X has 3 cells"),
        (
            lambda: StanceClassifier().fit(["a"], ["x"], targets=["t", "t"]),
            "targets has 2 .* for 1",
        ),
        (lambda: StanceClassifier().fit(ROWS, LABELS[:-1]), "y has 71 values for 72 texts"),
        (lambda: StanceClassifier().fit(ROWS, LABELS, groups=["a"]), "groups has 1 values for 72"),
        (lambda: StanceClassifier().fit(ROWS, ["x"] * 72), "two stances .* got only 'x'"),
        (lambda: StanceClassifier().fit([(np.nan, "t")], ["x"]), "every text .* row 0 is nan"),
        (lambda: StanceClassifier().fit([("a", None)], ["x"]), "every target .* row 0 is None"),
        (lambda: StanceClassifier().fit([("a", "t")], [np.nan]), "every stance must be a str"),
        (lambda: StanceClassifier().fit(ROWS[:3], ["x", "x", "y"]), "'y' has one"),
        (lambda: StanceClassifier().fit(ROWS, LABELS, groups=["a"] * 72), "groups must be two"),
        (lambda: StanceClassifier().fit(ROWS, LABELS, groups=LABELS), "too few groups"),
        (lambda: StanceClassifier(C=0).fit(ROWS, LABELS), "C must be a number above 0; got 0"),
        (lambda: StanceClassifier(cv=1).fit(ROWS, LABELS), "cv must be an int, 2 or more"),
        (lambda: StanceClassifier(class_weight="equal").fit(ROWS, LABELS), "class_weight must be"),
        (lambda: StanceVectorizer(score="mean").fit(SPEECHES), "score must be one of 'counts'"),
        (lambda: StanceVectorizer(holders="me").fit(SPEECHES), "holders must be one of"),
        (lambda: StanceVectorizer(targets="forein-policy").fit([]), "Did you mean"),
        (lambda: StanceVectorizer(targets=TARGETS).fit([]).transform("peace"), "X must be a list"),
    ],
)
def test_bad_calls_are_refused(call, message):
    with pytest.raises(OptionError, match=message):
        call()


def test_an_unknown_stance_has_no_explanation(model):
    with pytest.raises(OptionError, match=r"unknown stance 'suport'.*Did you mean 'support'"):
        model.explain("a", "tax", stance="suport")


def test_what_is_not_fitted_predicts_nothing():
    with pytest.raises(sklearn.exceptions.NotFittedError):
        StanceClassifier().predict(ROWS)


# -- its features --------------------------------------------------------------------------


def test_a_hashtag_and_its_words_are_words():
    assert words("#StopTheWar now") == ["#stopthewar", "stop", "the", "war", "now"]


@given(texts())
def test_words_and_their_runs_of_characters_hold_no_capitals_and_no_blank_alone(text):
    found = words(text)
    assert all(word and word.strip() == word for word in found)
    assert all(2 <= len(gram) <= 5 for gram in character_grams(found))


def test_a_target_that_rejects_something_is_turned_round():
    assert read_target("We should ban guns").sign == -1
    assert read_target("We should allow guns").sign == 1
    assert read_target("").patterns is None


def test_evidence_counts_cues_and_reads_the_rules():
    found = dict(zip(EVIDENCE, evidence("We oppose tariffs.", read_target("tariffs")), strict=True))
    assert found["rules: oppose"] == 1
    assert found["rules: support"] == found["rules: neutral mention only"] == 0
    assert found["cues: reduce"] == pytest.approx(0.5 * np.log(2))


def test_weights_of_strings_are_those_of_scikit_learn():
    from sklearn.feature_extraction.text import TfidfVectorizer

    docs = [["a", "a", "b"], ["b", "c"], ["c", "c", "c", "d"], []]
    oracle = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    expected = oracle.fit_transform(docs).toarray()
    grams = Grams().fit(docs)
    assert grams.names == tuple(oracle.get_feature_names_out())
    np.testing.assert_allclose(grams.transform(docs).toarray(), expected, rtol=1e-12)


@given(st.integers(0, 2**32 - 1))
def test_products_are_those_of_a_loop(seed):
    from scipy.sparse import csr_array

    rng = np.random.default_rng(seed)
    left, right = (rng.integers(0, 3, (4, n)).astype(float) for n in (3, 2))
    products = Products().fit(csr_array(left), csr_array(right))
    got = products.transform(csr_array(left), csr_array(right)).toarray()
    full = np.stack([np.kron(a, b) for a, b in zip(left, right, strict=True)])
    kept = full.any(axis=0)
    np.testing.assert_array_equal(got, full[:, kept])
    np.testing.assert_array_equal(products.left, np.flatnonzero(kept) // 2)


# -- the vectorizer ------------------------------------------------------------------------


def test_counts_are_those_of_the_verb():
    found = stance(SPEECHES, targets=TARGETS)
    values = StanceVectorizer(targets=TARGETS).fit_transform(SPEECHES)
    names = StanceVectorizer(targets=TARGETS).fit(SPEECHES).get_feature_names_out().tolist()
    for kind in ("support", "oppose", "neutral"):
        columns = [names.index(f"{target}_{kind}") for target in TARGETS]
        np.testing.assert_array_equal(values[:, columns], getattr(found, kind))
    assert values.dtype == np.int64
    assert values.sum() == len(found.found)


@pytest.mark.parametrize("score", ["balance", "logit", "net"])
def test_scores_are_those_of_the_verb_with_0_for_no_evidence(score):
    vectorizer = StanceVectorizer(targets=TARGETS, score=score).fit(SPEECHES)
    expected = np.nan_to_num(stance(SPEECHES, targets=TARGETS).score(score))
    np.testing.assert_array_equal(vectorizer.transform(SPEECHES), expected)
    assert vectorizer.get_feature_names_out().tolist() == [f"{t}_{score}" for t in TARGETS]


def test_it_gives_pandas_what_pandas_can_hold():
    vectorizer = StanceVectorizer(targets=TARGETS).set_output(transform="pandas")
    frame = vectorizer.fit_transform(SPEECHES)
    assert frame.columns.tolist() == vectorizer.get_feature_names_out().tolist()
    assert frame.loc[0, "tariffs_oppose"] == 1


def test_texts_documents_and_a_corpus_give_the_same():
    corpus = Corpus.from_texts(SPEECHES)
    vectorizer = StanceVectorizer(targets=TARGETS).fit(corpus)
    for given_texts in (corpus, list(corpus), SPEECHES):
        assert vectorizer.transform(given_texts).tolist() == vectorizer.transform(corpus).tolist()


def test_it_serves_in_a_pipeline_and_a_grid_search():
    said, labels = SPEECHES[:2] * 6, ["no", "yes"] * 6
    pipeline = make_pipeline(StanceVectorizer(targets=TARGETS), LogisticRegression())
    search = GridSearchCV(pipeline, {"stancevectorizer__score": ["counts", "balance"]}, cv=2)
    assert search.fit(said, labels).predict(SPEECHES[:2]).tolist() == ["no", "yes"]
    assert clone(pipeline).get_params()["stancevectorizer__targets"] == TARGETS


def test_no_text_is_refused_and_an_empty_one_has_zeros():
    vectorizer = StanceVectorizer(targets=TARGETS).fit([])
    assert vectorizer.transform([""]).tolist() == [[0] * 6]
    with pytest.raises(DiscourseError, match="X is empty"):
        vectorizer.transform([])
