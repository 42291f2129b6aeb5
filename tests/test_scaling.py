"""Wordscores and Wordfish: the published example, the values of R, and laws."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

import discourse as ds
from discourse.record import ReadOnly

# The worked example of Laver, Benoit & Garry (2003): how often 1,000 words of each text are A, B,
# ..., ZK. The texts of reference are one distribution, moved by five words from each to the next.
BELL = [2, 3, 10, 22, 45, 78, 115, 146, 158, 146, 115, 78, 45, 22, 10, 3, 2]
SHIFTS = {"R1": 0, "R2": 5, "R3": 10, "R4": 15, "R5": 20, "V1": 7}
WORDS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *(f"Z{x}" for x in "ABCDEFGHIJK")]
REFERENCE = dict(zip(["R1", "R2", "R3", "R4", "R5"], [-1.5, -0.75, 0, 0.75, 1.5], strict=True))


def matrix(rows, docs, features):
    counts = csr_array(np.array(rows, np.int64))
    record = ds.count(["peace"]).record
    return ds.DocumentFeatureMatrix(counts, tuple(features), tuple(docs), ReadOnly({}), record)


@pytest.fixture(scope="module")
def example():
    rows = np.zeros((6, 37), int)
    for row, shift in zip(rows, SHIFTS.values(), strict=True):
        row[shift : shift + len(BELL)] = BELL
    return matrix(rows, SHIFTS, WORDS)


@pytest.fixture(scope="module")
def model(example):
    return ds.Wordscores().fit(example, REFERENCE)


def test_words_have_the_published_scores(model):
    scores = dict(zip(model.features, model.scores.tolist(), strict=True))
    published = {"A": -1.5, "F": -1.48125, "S": 0, "Z": 1.0369898, "ZK": 1.5}
    assert {word: scores[word] for word in published} == pytest.approx(published, abs=1e-7)


# From quanteda.textmodels in R 4.2, smoothing 0.
POSITIONS = {
    "none": [-1.31793133637844, -0.739559799963894, 0, 0.739559799963894, 1.31793133637844],
    "lbg": [-1.58967682744661, -0.884887235619574, 0.0163224829282652, 0.917532201476104],
    "mv": [-1.5, -0.841727993959235, 0, 0.841727993959235, 1.5],
}
UNKNOWN = {
    "none": (-0.448059076617713, 0.0118976667871439),
    # Its error is that of R less the mean position, which R adds to it.
    "lbg": (-0.529671491259039, 0.0308206924539065 - 0.0163224829282652),
    "mv": (-0.509957230983983, 0.0135412974015447),
}


@pytest.mark.parametrize("rescale", UNKNOWN)
def test_positions_and_errors_are_those_of_r(model, example, rescale):
    found = model.predict(example, rescale=rescale)
    expected = POSITIONS[rescale]
    np.testing.assert_allclose(found.positions[: len(expected)], expected, atol=1e-12)
    assert found.positions[5] == pytest.approx(UNKNOWN[rescale][0], rel=1e-12)
    tolerance = 1e-4 if rescale == "lbg" else 1e-9
    assert found.se[5] == pytest.approx(UNKNOWN[rescale][1], rel=tolerance)


@st.composite
def corpora(draw):
    shape = draw(st.tuples(st.integers(2, 5), st.integers(1, 6)))
    rows = np.array(
        draw(
            st.lists(
                st.lists(st.integers(0, 9), min_size=shape[1], max_size=shape[1]),
                min_size=shape[0],
                max_size=shape[0],
            )
        )
    )
    rows[:, 0] += 1
    docs = [f"d{i}" for i in range(shape[0])]
    return matrix(rows, docs, sorted(f"w{i}" for i in range(shape[1])))


numbers = st.floats(-100, 100)


@given(dfm=corpora(), scale=st.floats(0.1, 10), shift=numbers, data=st.data())
def test_positions_move_with_the_reference(dfm, scale, shift, data):
    given_scores = {doc: data.draw(numbers) for doc in dfm.docs[:2]}
    moved = {doc: scale * score + shift for doc, score in given_scores.items()}
    before = ds.Wordscores().fit(dfm, given_scores).predict(dfm)
    after = ds.Wordscores().fit(dfm, moved).predict(dfm)
    np.testing.assert_allclose(after.positions, scale * before.positions + shift, atol=1e-6)
    np.testing.assert_allclose(after.se, scale * before.se, atol=1e-4)
    low, high = min(given_scores.values()), max(given_scores.values())
    assert (before.positions >= low - 1e-9).all()
    assert (before.positions <= high + 1e-9).all()


@given(dfm=corpora())
def test_a_slow_loop_gives_the_same(dfm):
    reference = {dfm.docs[0]: -1.0, dfm.docs[1]: 2.0}
    found = ds.Wordscores().fit(dfm, reference).predict(dfm)
    rows = dfm.counts.toarray()
    shares = rows / rows.sum(axis=1, keepdims=True)
    for i, row in enumerate(rows):
        scored = []
        for j, n in enumerate(row):
            given_word = shares[:2, j].sum()
            if given_word:
                score = sum(s * shares[k, j] / given_word for k, s in enumerate(reference.values()))
                scored += [score] * n
        assert found.positions[i] == pytest.approx(np.mean(scored), abs=1e-9)
        assert found.se[i] == pytest.approx(np.std(scored) / np.sqrt(len(scored)), abs=1e-6)
        assert found.scored[i] == pytest.approx(len(scored) / row.sum())


def test_unknown_words_are_left_out_and_counted(model):
    rows = np.zeros((1, 38), int)
    rows[0, [3, 37]] = 1, 3
    found = model.predict(matrix(rows, ["x"], [*WORDS, "Zzz"]))
    assert found.positions.tolist() == pytest.approx([-1.5])
    assert found.scored.tolist() == [0.25]
    assert found.to_frame().columns.tolist() == ["doc", "position", "se", "scored"]


def test_both_results_can_be_verified(model, example):
    assert model.verify(example)
    assert model.predict(example, rescale="mv").verify(example)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda _d, _m: ds.Wordscores().fit([1], REFERENCE), "dfm must be"),
        (lambda d, _m: ds.Wordscores().fit(d, {"R1": 1}), "at least two"),
        (lambda d, _m: ds.Wordscores().fit(d, {"R1": 1, "R9": 2}), "unknown document 'R9'"),
        (lambda d, _m: ds.Wordscores().fit(d, {"R1": 1, "R2": "x"}), "must be a number"),
        (lambda d, _m: ds.Wordscores().fit(d, {"R1": 1, "R2": float("nan")}), "must be a number"),
        (lambda d, m: m.predict(d, rescale="lgb"), "Did you mean 'lbg'"),
        (lambda _d, m: m.predict(matrix([[1]], ["x"], ["war"])), "'x': no word has a score"),
        (lambda d, m: m.predict(d.columns([0], d.record).drop_empty(), rescale="lbg"), "are one"),
        (
            lambda _d, _m: ds.Wordscores().fit(
                matrix([[0], [1]], ["R1", "R2"], ["w"]), {"R1": 1, "R2": 2}
            ),
            "has no words",
        ),
    ],
)
def test_bad_calls_are_refused(model, example, call, message):
    with pytest.raises(ds.DiscourseError, match=message):
        call(example, model)


# -- Wordfish --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fish(example):
    return ds.Wordfish(direction=("R1", "R5")).fit(example)


def test_wordfish_places_the_example_as_r_does(fish):
    # From quanteda.textmodels in R 4.2, dir = c(1, 5).
    theta = [-1.29056981430824, -0.616439068268982, 0.0335098229274804, 0.709612444150645]
    errors = [0.0144842238152194, 0.0105961302718289, 0.0108537534513423, 0.0121410588606152]
    np.testing.assert_allclose(fish.theta[:4], theta, rtol=1e-9)
    np.testing.assert_allclose(fish.theta_se[:4], errors, rtol=1e-9)
    assert fish.theta[5] == pytest.approx(-0.35945025328458, rel=1e-9)
    assert fish.psi[0] == pytest.approx(-6.64146298556014, rel=1e-9)


def test_wordfish_places_the_irish_budget_debate_as_r_does(real_data):
    values = json.loads((real_data / "data" / "reference-values.json").read_text())
    expected = values["wordfish_irishbudget2010_dir_6_5"]
    table = pd.read_csv(
        real_data / "data" / "irish-budget-2010" / "dfm.csv", keep_default_na=False
    ).pivot_table(index="doc", columns="feature", values="n", fill_value=0)
    table = table.loc[expected["docs"], sorted(table.columns)]
    dfm = matrix(table.to_numpy().astype(int), table.index, table.columns)
    found = ds.Wordfish(direction=(dfm.docs[5], dfm.docs[4])).fit(dfm)
    np.testing.assert_allclose(found.theta, expected["theta"], rtol=1e-9)
    np.testing.assert_allclose(found.theta_se, expected["se_theta"], rtol=1e-9)
    np.testing.assert_allclose(found.alpha, expected["alpha"], rtol=1e-9)


def drawn(seed, n_docs=12, n_words=150):
    """Counts drawn by the model, and the positions that they were drawn with."""
    rng = np.random.default_rng(seed)
    theta = rng.normal(size=n_docs)
    theta = (theta - theta.mean()) / theta.std(ddof=1)
    logs = rng.normal(0, 0.3, (n_docs, 1)) + rng.normal(1, 1, n_words)
    counts = rng.poisson(np.exp(logs + np.outer(theta, rng.normal(0, 0.5, n_words))))
    names = [f"d{i:02}" for i in range(n_docs)]
    return matrix(counts, names, [f"w{j:03}" for j in range(n_words)]), theta


@pytest.mark.parametrize("seed", range(5))
def test_wordfish_finds_the_positions_that_counts_were_drawn_with(seed):
    dfm, theta = drawn(seed)
    order = np.argsort(theta)
    found = ds.Wordfish((dfm.docs[order[0]], dfm.docs[order[-1]])).fit(dfm)
    assert np.corrcoef(found.theta, theta)[0, 1] > 0.99
    assert found.theta.mean() == pytest.approx(0, abs=1e-12)
    assert found.theta.std(ddof=1) == pytest.approx(1)
    assert found.alpha.mean() == pytest.approx(0, abs=1e-12)


def test_the_direction_turns_the_dimension_round():
    dfm, _ = drawn(1)
    there, back = (ds.Wordfish(pair).fit(dfm) for pair in (("d00", "d05"), ("d05", "d00")))
    np.testing.assert_array_equal(there.theta, -back.theta)
    np.testing.assert_array_equal(there.beta, -back.beta)
    assert there.theta[0] < there.theta[5]


def test_words_that_do_not_occur_are_left_out(fish, example):
    rows = np.hstack([example.counts.toarray(), np.zeros((6, 1), int)])
    found = ds.Wordfish(("R1", "R5")).fit(matrix(rows, SHIFTS, [*WORDS, "Zzz"]))
    assert found.features == fish.features
    np.testing.assert_array_equal(found.theta, fish.theta)


def test_wordfish_can_be_verified_and_is_plain_data(fish, example):
    assert fish.verify(example)
    assert fish.to_frame()["doc"].tolist() == list(SHIFTS)
    assert len(fish.to_dict()["beta"]) == len(fish.features) == 37


@pytest.mark.parametrize(
    ("rows", "direction", "message"),
    [
        ([[1, 2], [3, 1]], ("a", "c"), "unknown document 'c'"),
        ([[1, 2], [3, 1]], ("a", "a"), "two different documents"),
        ([[1, 2], [3, 1]], "ab", "two different documents"),
        ([[1, 2], [0, 0]], ("a", "b"), "have no words: 'b'"),
        ([[1, 2], [1, 2]], ("a", "b"), "cannot be placed"),
        ([[1], [2]], ("a", "b"), "at least two documents and two features"),
    ],
)
def test_what_wordfish_cannot_place_is_refused(rows, direction, message):
    dfm = matrix(rows, ["a", "b"], ["v", "w"][: len(rows[0])])
    with pytest.raises(ds.DiscourseError, match=message):
        ds.Wordfish(direction).fit(dfm)
