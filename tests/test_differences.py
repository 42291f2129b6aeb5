"""Differences of stance per target: clusters, permutation test, limits and the result."""

import itertools
import json
import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from discourse.corpus import Corpus
from discourse.errors import OptionError
from discourse.resampling import benjamini_hochberg
from discourse.stances import permutation, stance, stance_difference
from discourse.stances.effective import (
    limits_by_document,
    limits_by_sentence,
    size_number,
    spread_number,
)
from discourse.stances.permutation import permutation_p
from discourse.stances.wilson import newcombe, wilson

TOL = 1e-9
SENTENCES = (
    "We support peace.",
    "We oppose sanctions and war.",
    "They met to talk about sanctions.",
    "We oppose peace, and we support peace.",
    "Sorrenay argued that sanctions must be lifted.",
    "We support sanctions.",
    "Nothing happened.",
)
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
clusters = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), min_size=1, max_size=6
).map(np.array)


def rng():
    return np.random.default_rng(0)


def singles(support, oppose):
    """Clusters of one mention each."""
    return np.array([[1, 0]] * support + [[0, 1]] * oppose).reshape(-1, 2)


# -- the permutation test ------------------------------------------------------------------------


def slow_p(a, b):
    """The share of all ways to choose as many clusters whose balances differ as much."""
    pooled = [*a.tolist(), *b.tolist()]

    def gap(chosen):
        share = []
        for inside in (True, False):
            own = [pooled[i] for i in range(len(pooled)) if (i in chosen) == inside]
            share.append(sum(s for s, _ in own) / sum(s + o for s, o in own))
        return abs(share[0] - share[1])

    ways = [gap(set(c)) for c in itertools.combinations(range(len(pooled)), len(a))]
    least = gap(set(range(len(a)))) - 1e-12
    return sum(g >= least for g in ways) / len(ways)


@settings(max_examples=40)
@given(clusters, clusters)
def test_p_is_the_share_of_all_ways_to_deal_out_the_clusters(a, b):
    assert permutation_p(a, b, rng()) == pytest.approx(slow_p(a, b), abs=TOL)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 20))
def test_for_sides_of_one_size_and_one_mention_a_cluster_it_is_fishers_exact_test(x, y, n):
    x, y = x % (n + 1), y % (n + 1)
    expected = stats.fisher_exact([[x, n - x], [y, n - y]]).pvalue
    assert permutation_p(singles(x, n - x), singles(y, n - y), rng()) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("a", "b", "p"),
    [((3, 1), (1, 3), 0.4857), ((4, 0), (0, 4), 0.0286), ((10, 2), (3, 15), 0.000537)],
)
def test_the_lady_tasting_tea_and_the_twins_of_convicts_have_their_known_p(a, b, p):
    assert permutation_p(singles(*a), singles(*b), rng()) == pytest.approx(p, rel=0.01)


@given(clusters, clusters)
def test_exchanging_the_sides_or_the_stances_changes_no_p(a, b):
    p = permutation_p(a, b, rng())
    assert 0 < p <= 1
    assert permutation_p(b, a, rng()) == pytest.approx(p, abs=TOL)
    assert permutation_p(a[:, ::-1], b[:, ::-1], rng()) == pytest.approx(p, abs=TOL)


def test_where_outcomes_are_too_many_to_list_they_are_drawn(monkeypatch):
    generator = rng()
    a, b = (generator.poisson(1, (n, 2)) + np.eye(2, dtype=int)[i] for i, n in enumerate((12, 9)))
    monkeypatch.setattr(permutation, "MOST", 10**7)
    exact = permutation_p(a, b, rng())
    monkeypatch.setattr(permutation, "MOST", 0)
    drawn = permutation_p(a, b, rng())
    assert drawn != exact
    error = math.sqrt(exact * (1 - exact) / permutation.DRAWS)
    assert abs(drawn - exact) < 4 * error
    assert permutation_p(b, a, rng()) == drawn
    assert permutation_p(singles(300, 0), singles(0, 300), rng()) == 1 / (1 + permutation.DRAWS)


def test_whether_outcomes_are_listed_or_drawn_does_not_depend_on_the_order_of_the_sides(
    monkeypatch,
):
    a, b = np.array([[1, 0], [2, 0]]), np.array([[1, 0], [0, 1], [2, 0], [0, 2]] * 5)
    monkeypatch.setattr(permutation, "MOST", 100)  # between what the smaller and larger side allow
    p = permutation_p(a, b, rng())
    assert p * (1 + permutation.DRAWS) % 1 > TOL  # listed
    assert permutation_p(b, a, rng()) == p


def test_p_is_below_a_twentieth_no_more_often_than_that_if_nothing_differs():
    generator, runs = rng(), 400
    below = 0
    for _ in range(runs):
        sizes, sides = generator.integers(1, 4, 30), generator.random(30) < 0.7
        pairs = np.column_stack([sides * sizes, ~sides * sizes])
        below += permutation_p(pairs[:12], pairs[12:], generator) < 0.05
    assert below <= runs * 0.05 + 3 * math.sqrt(runs * 0.05 * 0.95)


# -- effective numbers -----------------------------------------------------------------------------


@given(clusters)
def test_mentions_are_worth_no_more_than_all_and_no_less_than_one_a_cluster_at_worst(pairs):
    n = pairs.sum()
    assert 1 <= size_number(pairs.sum(axis=1)) <= min(n, len(pairs)) + TOL
    assert size_number(pairs.sum(axis=1)) <= spread_number(pairs) <= n + TOL


@given(st.integers(2, 8), st.integers(1, 5), st.integers(1, 5))
def test_clusters_of_one_mind_count_once_and_clusters_that_are_alike_count_in_full(k, s, o):
    alike = np.array([[s, o]] * k)
    assert spread_number(alike) == pytest.approx(k * (s + o))
    unanimous = np.array([[s, 0], [0, s]] * k)
    assert spread_number(unanimous) == pytest.approx(2 * k, rel=1 / (2 * k - 1) + TOL)
    assert spread_number(np.array([[s, 0]] * k)) == pytest.approx(k)


@given(st.integers(5, 40).flatmap(lambda k: st.lists(st.booleans(), min_size=k, max_size=k)))
def test_the_variance_of_the_effective_number_is_that_of_the_ratio_estimator(sides):
    sizes = np.arange(len(sides)) % 3 + 1
    pairs = np.column_stack([sizes * sides, sizes * ~np.array(sides)])
    p, n, k = pairs[:, 0].sum() / pairs.sum(), pairs.sum(), len(pairs)
    found = spread_number(pairs)
    if size_number(sizes) + TOL < found < n - TOL:
        residual = pairs[:, 0] - p * sizes
        assert p * (1 - p) / found == pytest.approx(k * residual.var(ddof=1) / n**2)


@settings(max_examples=30)
@given(st.lists(clusters, min_size=1, max_size=4), st.sampled_from([0.8, 0.95, 0.99]))
def test_limits_by_sentence_are_wilsons_and_those_by_document_have_the_quantile_of_t(
    targets, level
):
    numbers, (balance, low, high) = limits_by_sentence(targets, level)
    for i, pairs in enumerate(targets):
        s, o = pairs.sum(axis=0)
        assert balance[i] == pytest.approx((s - o) / (s + o))
        assert numbers[i] == pytest.approx(size_number(pairs.sum(axis=1)))
        assert (low[i], high[i]) == pytest.approx(wilson(balance[i], numbers[i], level))
    numbers, (balance, low, high) = limits_by_document(targets, level)
    for i, pairs in enumerate(targets):
        z = stats.t.isf((1 - level) / 2, max(1, len(pairs) - 1))
        for p in (1 + low[i]) / 2, (1 + high[i]) / 2:
            if TOL < p < 1 - TOL:  # Wilson's equation
                gap = (1 + balance[i]) / 2 - p
                assert numbers[i] * gap**2 == pytest.approx(z**2 * p * (1 - p), rel=1e-5)


def test_documents_that_differ_need_limits_by_document():
    generator, runs, truth = rng(), 300, 0.0
    held = np.zeros(2)
    for _ in range(runs):
        sides = []
        for _ in range(2):
            own = generator.beta(0.7, 0.7, 12)  # an intraclass correlation of .42
            sizes = 1 + generator.poisson(4, 12)
            support = generator.binomial(sizes, own)
            sides.append(np.column_stack([support, sizes - support]))
        alone = [np.concatenate([singles(*pair) for pair in side]) for side in sides]
        for i, (limits, pair) in enumerate(
            ((limits_by_document, sides), (limits_by_sentence, alone))
        ):
            low, high = newcombe(*(limits([side], 0.95)[1] for side in pair))
            held[i] += low[0] <= truth <= high[0]
    assert held[0] >= 0.92 * runs
    assert held[1] < 0.85 * runs


# -- the verb --------------------------------------------------------------------------------------


def slow_clusters(found, row, target, unit):
    """Support and opposition of each sentence or document, one mention at a time."""
    own = {}
    for m in found.found:
        if m.doc in found.members[row] and m.target == target:
            counts = own.setdefault((m.doc, m.sentence if unit == "sentences" else 0), [0, 0])
            if m.holder != "other" and m.stance != "neutral":
                counts[m.stance == "oppose"] += 1
    return np.array([pair for pair in own.values() if any(pair)]).reshape(-1, 2)


@settings(max_examples=40)
@given(st.lists(texts, min_size=2, max_size=6), st.sampled_from(["sentences", "documents"]))
def test_differences_equal_a_slow_loop_over_mentions(bodies, unit):
    by_document = stance(bodies)
    sides = {doc: "ab"[i % 2] for i, doc in enumerate(by_document.docs)}
    found = by_document.group(sides)
    result = stance_difference(found, "a", "b", unit=unit)
    mentioned = {m.target for m in found.found}
    assert result.targets == tuple(t for t in found.targets if t in mentioned)
    limits = limits_by_sentence if unit == "sentences" else limits_by_document
    totals = found.mentioned.sum(axis=1)
    for k, target in enumerate(result.targets):
        a, b = (slow_clusters(found, i, target, unit) for i in (0, 1))
        t = found.targets.index(target)
        shares = [found.mentioned[i, t] / totals[i] if totals[i] else np.nan for i in (0, 1)]
        np.testing.assert_allclose([result.share_a[k], result.share_b[k]], shares, atol=TOL)
        assert (result.n_a[k], result.n_b[k]) == (a.sum(), b.sum())
        got = [result.difference[k], result.low[k], result.high[k], result.p[k]]
        if len(a) and len(b):
            (na, sa), (nb, sb) = (limits([side], 0.95) for side in (a, b))
            low, high = newcombe(sa, sb)
            expected = [sa[0][0] - sb[0][0], low[0], high[0], permutation_p(a, b, rng())]
            np.testing.assert_allclose(got, expected, atol=TOL)
            assert (result.effective_a[k], result.effective_b[k]) == pytest.approx((na[0], nb[0]))
        else:
            assert np.isnan(got).all()
    np.testing.assert_array_equal(result.p_adjusted, benjamini_hochberg(result.p))


@settings(max_examples=40)
@given(texts, texts)
def test_exchanging_the_documents_mirrors_every_difference(a, b):
    found = stance([a, b])
    one = stance_difference(found, "text1", "text2")
    other = stance_difference(found, "text2", "text1")
    assert one.targets == other.targets
    np.testing.assert_allclose(one.difference, -other.difference, atol=TOL)
    np.testing.assert_allclose(one.low, -other.high, atol=TOL)
    np.testing.assert_allclose(one.share_low, -other.share_high, atol=TOL)
    np.testing.assert_allclose(one.p, other.p, atol=TOL)
    np.testing.assert_allclose(one.p_adjusted, other.p_adjusted, atol=TOL)


@settings(max_examples=40)
@given(texts, texts)
def test_limits_hold_the_differences_and_stay_in_bounds(a, b):
    found = stance_difference(stance([a, b]), "text1", "text2")
    for low, value, high, bound in (
        (found.low, found.difference, found.high, 2),
        (found.share_low, found.share_difference, found.share_high, 1),
    ):
        defined = ~np.isnan(value)
        edges = np.stack([low, value, high])[:, defined]
        assert (np.diff(edges, axis=0) >= -TOL).all()
        assert (np.abs(edges) <= bound + TOL).all()
    for shares in (found.share_a, found.share_b):
        assert np.isnan(shares).all() or shares.sum() == pytest.approx(1)


@settings(max_examples=20)
@given(texts, texts)
def test_a_sentence_without_targets_changes_no_difference(a, b):
    one, other = (
        stance_difference(stance([first, b]), "text1", "text2").to_frame()
        for first in (a, f"{a} It rained all day.")
    )
    assert one.equals(other)


def grouped(n=5):
    bodies = ["We support peace."] * n + ["We oppose peace. We oppose sanctions."] * n
    corpus = Corpus.from_texts(bodies, docvars={"side": ["X"] * n + ["Y"] * n})
    return stance(corpus).group("side")


def test_by_default_five_documents_a_side_are_the_units():
    five, four = (stance_difference(grouped(n), "X", "Y") for n in (5, 4))
    assert (five.unit, four.unit) == ("documents", "sentences")
    assert five.p[0] == pytest.approx(2 / math.comb(10, 5))
    assert five.note == "intervals and p-values take documents to be independent."
    assert "fewer than 5 documents on a side" in four.note
    assert "not of where they come from" in four.note
    assert five.to_frame().attrs["note"] == five.note
    forced = stance_difference(grouped(4), "X", "Y", unit="documents")
    assert (forced.unit, forced.note) == ("documents", five.note)
    assert "fewer than" not in stance_difference(grouped(), "X", "Y", unit="sentences").note


def test_documents_that_belong_together_are_one_unit():
    found = grouped()
    docs = [doc for own in found.members for doc in own]
    alone = stance_difference(found, "X", "Y", unit={doc: doc for doc in docs})
    by_document = stance_difference(found, "X", "Y")
    assert (alone.unit, by_document.unit) == ("clusters", "documents")
    for name in ("low", "high", "p", "effective_b", "share_low"):
        np.testing.assert_array_equal(getattr(alone, name), getattr(by_document, name))
    pairs = {doc: f"speaker {i // 5} {i % 5 // 2}" for i, doc in enumerate(docs)}
    together = stance_difference(found, "X", "Y", unit=pairs)
    assert together.p[0] == pytest.approx(2 / math.comb(6, 3))
    assert together.effective_a[0] == pytest.approx(25 / 9)
    assert (
        together.note == "intervals and p-values take the clusters of documents to be independent."
    )
    assert together.record.parameters["unit"] == "clusters"
    assert together.verify(found, "X", "Y")


def test_mentions_of_one_sentence_and_of_one_document_of_a_mind_count_as_one():
    bodies = ["We support peace, peace and peace.", "We oppose peace. " * 3]
    found = stance_difference(stance(bodies), "text1", "text2")
    assert (found.n_a[0], found.effective_a[0]) == (3, 1)
    assert (found.n_b[0], found.effective_b[0]) == (3, 3)
    by_document = stance_difference(stance(bodies), "text1", "text2", unit="documents")
    assert (by_document.effective_b[0], by_document.p[0]) == (1, 1)


def test_the_table_has_the_smallest_p_first_and_what_cannot_be_compared_last():
    frame = stance_difference(grouped(), "X", "Y").to_frame()
    assert frame["target"].tolist() == ["peace", "sanctions"]
    assert frame["difference"].tolist()[0] == 2.0
    assert np.isnan(frame["p"].tolist()[1])


def test_documents_without_mentions_have_no_rows():
    found = stance_difference(stance(["Nothing.", "Nothing at all."]), "text1", "text2")
    assert found.targets == ()
    assert len(found.to_frame()) == 0


def test_one_silent_document_has_no_share():
    found = stance_difference(stance(["Nothing.", "We support peace."]), "text1", "text2")
    assert np.isnan([found.share_a[0], found.share_difference[0], found.share_low[0]]).all()
    assert found.share_b.tolist() == [1.0]


def test_the_result_is_plain_data_read_only_and_can_be_verified():
    vectors = grouped()
    found = stance_difference(vectors, "X", "Y")
    data = json.loads(json.dumps(found.to_dict()))
    assert data["difference"][0] == 2.0
    assert data["record"]["parameters"]["rng"] == 0
    assert found.verify(vectors, "X", "Y")
    again = pickle.loads(pickle.dumps(found))  # noqa: S301
    for name in ("p", "low", "share_high", "n_a"):
        assert not getattr(again, name).flags.writeable
        np.testing.assert_array_equal(getattr(again, name), getattr(found, name))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda f: stance_difference(f, "X", "X"), "b must be another row than a; got 'X' twice"),
        (lambda f: stance_difference(f, "X", "Z"), "unknown document 'Z'"),
        (lambda f: stance_difference(f, "X", "Y", unit="docs"), "unit must be one of 'auto', 'doc"),
        (lambda f: stance_difference(f, "X", "Y", unit={}), "no cluster for 10 document"),
        (
            lambda f: stance_difference(f, "X", "Y", unit={f"text{i}": "one" for i in range(11)}),
            "a cluster of unit must be on one side; on both are 'one'",
        ),
        (lambda f: stance_difference(f, "X", "Y", level=95), "level must lie between 0 and 1"),
        (
            lambda f: stance_difference(f, "X", "Y", unit="sentences", level=0),
            "level must lie between 0 and 1",
        ),
    ],
)
def test_bad_calls_are_refused(call, message):
    with pytest.raises(OptionError, match=message):
        call(grouped())
