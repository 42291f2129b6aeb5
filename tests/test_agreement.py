"""Agreement and salience against slow loops over mentions, enumeration and simulation."""

import itertools
import math
import pickle
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

import discourse as ds
from discourse.errors import OptionError, UndefinedError
from discourse.record import Record
from discourse.stances import (
    StanceVectors,
    agreement,
    agreement_by_target,
    expected_salience,
    salience,
    stance,
)
from discourse.stances.expectation import expected_products

TOL = 1e-10
TARGETS = ("peace", "sanctions", "war")
PAIR = (
    "We support multilateralism and oppose sanctions.",
    "We oppose multilateralism and support sanctions.",
)
SENTENCES = (
    "We support peace.",
    "We oppose sanctions and war.",
    "They met to talk about sanctions.",
    "We oppose peace, and we support peace.",
    "Sorrenay argued that sanctions must be lifted.",
    "We support sanctions.",
    "Nothing happened.",
)
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(" ".join)
corpora = st.lists(texts, min_size=2, max_size=4)


def vectors(support, oppose, neutral=None, docs=None):
    """Stance vectors with these counts, one mention a sentence."""
    support, oppose = np.array(support, np.int64), np.array(oppose, np.int64)
    neutral = np.zeros_like(support) if neutral is None else np.array(neutral, np.int64)
    docs = tuple("abcdefg"[: len(support)]) if docs is None else docs
    return StanceVectors(
        support=support,
        oppose=oppose,
        neutral=neutral,
        mentioned=support + oppose + neutral,
        effective=(support + oppose).astype(float),
        targets=tuple(f"t{j}" for j in range(support.shape[1])),
        docs=docs,
        docvars=MappingProxyType({}),
        members=tuple((doc,) for doc in docs),
        found=(),
        target_set="test",
        holders="self",
        record=Record("stance", MappingProxyType({})),
    )


def counts(rows=3, columns=4, most=6):
    return hnp.arrays(np.int64, (rows, columns), elements=st.integers(0, most))


drawn = st.tuples(counts(), counts(), counts()).map(lambda three: vectors(*three))


# -- the oracle: one mention, one target, one corner at a time ----------------------------------


def slow_wilson(balance, n, z):
    p = (balance + 1) / 2
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    return 2 * max(0, centre - half) - 1, 2 * min(1, centre + half) - 1


def slow_side(mentions, doc, target):
    """Balance, number and limits of the stances that a document itself takes on a target."""
    own = [m for m in mentions if m.doc == doc and m.target == target and m.holder != "other"]
    signs = [{"support": 1, "oppose": -1}[m.stance] for m in own if m.stance != "neutral"]
    if not signs:
        return None
    per_sentence = {}
    for m in own:
        if m.stance != "neutral":
            per_sentence[m.sentence] = per_sentence.get(m.sentence, 0) + 1
    n_eff = len(signs) ** 2 / sum(n * n for n in per_sentence.values())
    balance = sum(signs) / len(signs)
    return balance, len(signs), *slow_wilson(balance, n_eff, stats.norm.ppf(0.975))


def slow_agreement(mentions, a, b):
    """Value and limits, None without a shared target."""
    targets = sorted({m.target for m in mentions})
    both = [(slow_side(mentions, a, t), slow_side(mentions, b, t)) for t in targets]
    both = [(x, y) for x, y in both if x and y]
    if not both:
        return None
    total = sum(math.sqrt(x[1] * y[1]) for x, y in both)
    value = below = above = 0.0
    for x, y in both:
        w = math.sqrt(x[1] * y[1]) / total
        product = x[0] * y[0]
        corners = [p * q for p in x[2:] for q in y[2:]]
        if a == b:  # a square, not a product of independent balances
            corners = [x[2] ** 2, x[3] ** 2, *([0] if x[2] < 0 < x[3] else [])]
        value += w * product
        below += (w * (product - min(corners))) ** 2
        above += (w * (max(corners) - product)) ** 2
    return value, max(-1, value - math.sqrt(below)), min(1, value + math.sqrt(above))


def slow_salience(mentions, a, b):
    shares = []
    for doc in (a, b):
        own = [m.target for m in mentions if m.doc == doc]
        shares.append({t: own.count(t) / len(own) for t in own})
    names = {*shares[0], *shares[1]}
    return 1 - sum(abs(shares[0].get(t, 0) - shares[1].get(t, 0)) for t in names) / 2


@settings(max_examples=40)
@given(corpora)
def test_the_matrix_and_its_limits_equal_those_of_a_slow_loop_over_mentions(bodies):
    found = stance(bodies)
    matrix = agreement(found)
    undefined = False
    for (i, a), (j, b) in itertools.product(enumerate(found.docs), repeat=2):
        expected = slow_agreement(found.found, a, b)
        undefined |= expected is None
        got = matrix.values[i, j], matrix.low[i, j], matrix.high[i, j]
        np.testing.assert_allclose(got, expected or (np.nan,) * 3, rtol=0, atol=TOL)
    assert (matrix.note is not None) == undefined


@settings(max_examples=40)
@given(corpora)
def test_salience_equals_a_slow_loop_over_mentions(bodies):
    found = stance([f"{body} Peace." for body in bodies])
    matrix = salience(found)
    for a, b in itertools.product(found.docs, repeat=2):
        expected = slow_salience(found.found, a, b)
        assert matrix.value(a, b) == pytest.approx(expected, abs=TOL)


# -- laws of agreement -------------------------------------------------------------------------


@given(drawn)
def test_the_matrix_is_symmetric_within_its_limits_and_in_bounds(found):
    matrix = agreement(found)
    np.testing.assert_array_equal(matrix.values, matrix.values.T)
    np.testing.assert_array_equal(np.isnan(matrix.values), np.isnan(matrix.low))
    defined = ~np.isnan(matrix.values)
    edges = np.stack([matrix.low, matrix.values, matrix.high])[:, defined]
    assert (np.diff(edges, axis=0) >= -TOL).all()
    assert (np.abs(edges) <= 1 + TOL).all()


@given(drawn)
def test_contributions_sum_to_the_agreement(found):
    for a, b in itertools.combinations(found.docs, 2):
        try:
            parts = agreement_by_target(found, a, b)
        except UndefinedError:
            continue
        assert parts.value == pytest.approx(parts.contributions.sum(), abs=TOL)
        weights = np.sqrt(parts.n_a * parts.n_b)
        expected = weights * parts.balance_a * parts.balance_b / weights.sum()
        np.testing.assert_allclose(parts.contributions, expected, atol=TOL)
        assert parts.effective_targets == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
        assert 1 - TOL <= parts.effective_targets <= len(parts.targets) + TOL
        assert parts.evidence_share_a == parts.n_a.sum() / found.evidence[found.row(a)].sum()
        assert parts.evidence_share_b == parts.n_b.sum() / found.evidence[found.row(b)].sum()
        frame = parts.to_frame()
        assert frame["contribution"].sum() == pytest.approx(parts.value, abs=TOL)
        assert (frame["contribution"].abs().diff().dropna() <= TOL).all()


@given(drawn)
def test_exchanging_the_documents_exchanges_the_sides(found):
    for a, b in itertools.combinations(found.docs, 2):
        try:
            one, other = agreement_by_target(found, a, b), agreement_by_target(found, b, a)
        except UndefinedError:
            continue
        got = (one.value, one.low, one.high)
        assert got == pytest.approx((other.value, other.low, other.high), abs=TOL)
        np.testing.assert_array_equal(one.balance_a, other.balance_b)
        np.testing.assert_array_equal(one.n_a, other.n_b)
        assert one.evidence_share_a == other.evidence_share_b


@given(drawn)
def test_a_document_agrees_with_itself_by_its_squared_balances(found):
    matrix = agreement(found)
    for i, doc in enumerate(found.docs):
        n = found.evidence[i]
        if not n.sum():
            assert np.isnan(matrix.value(doc, doc))
            continue
        s = np.nan_to_num(found.score("balance")[i])
        assert matrix.value(doc, doc) == pytest.approx((n * s**2).sum() / n.sum(), abs=TOL)


@given(drawn)
def test_turning_every_stance_of_one_document_negates_its_agreement_with_others(found):
    support, oppose = found.support.copy(), found.oppose.copy()
    support[0], oppose[0] = found.oppose[0], found.support[0]
    one, other = agreement(found), agreement(vectors(support, oppose, found.neutral))
    np.testing.assert_allclose(other.values[0, 1:], -one.values[0, 1:], atol=TOL)
    np.testing.assert_allclose(other.low[0, 1:], -one.high[0, 1:], atol=TOL)
    np.testing.assert_allclose(other.values[1:, 1:], one.values[1:, 1:], atol=TOL)


@given(st.permutations(range(3)), drawn)
def test_the_order_of_the_documents_does_not_matter(order, found):
    moved = vectors(*(x[list(order)] for x in (found.support, found.oppose, found.neutral)))
    expected = agreement(found).values[np.ix_(order, order)]
    np.testing.assert_allclose(agreement(moved).values, expected, atol=TOL)
    expected = salience(found).values[np.ix_(order, order)]
    np.testing.assert_allclose(salience(moved).values, expected, atol=TOL)


def test_an_ambivalent_document_does_not_fully_agree_with_itself():
    found = vectors([[1, 3]], [[1, 0]])
    assert agreement(found).value("a", "a") == 3 / 5


def test_mild_opposites_are_no_agreement():
    # 1 - |difference| would call balances of +.4 and -.4 alike.
    found = vectors([[7], [3]], [[3], [7]])
    assert agreement(found).value("a", "b") == pytest.approx(-0.16)


# -- what to expect, and what is contested -------------------------------------------------------


def slow_expectation(reference, target):
    """The mean product of balances over pairs of documents, None if there is none."""
    balances = [s for s in reference.score("balance")[:, target] if not np.isnan(s)]
    products = [x * y for x, y in itertools.combinations(balances, 2)]
    return sum(products) / len(products) if products else None


@given(drawn)
def test_expectations_equal_a_slow_loop_over_pairs_of_documents(found):
    expected = [slow_expectation(found, t) for t in range(len(found.targets))]
    expected = [np.nan if e is None else e for e in expected]
    np.testing.assert_allclose(expected_products(found), expected, atol=TOL)


def slow_contested(found, reference, a, b):
    """Agreement and expected agreement with contested weights, None if nothing is contested."""
    i, j, n, s = found.row(a), found.row(b), found.evidence, found.score("balance")
    total = value = expected = 0.0
    for t in range(len(found.targets)):
        e = slow_expectation(reference, t)
        if n[i, t] and n[j, t] and e is not None:
            w = math.sqrt(n[i, t] * n[j, t]) * (1 - e)
            total, value = total + w, value + w * s[i, t] * s[j, t]
            expected += w * e
    return (value / total, expected / total) if total > TOL else None


@settings(max_examples=40)
@given(drawn, drawn)
def test_contested_agreement_equals_a_slow_loop_over_targets(found, reference):
    for given_reference, used in ((None, found), (reference, reference)):
        matrix = agreement(found, weights="contested", reference=given_reference)
        for (i, a), (j, b) in itertools.product(enumerate(found.docs), repeat=2):
            slow = slow_contested(found, used, a, b)
            got = matrix.values[i, j], matrix.expected[i, j]
            np.testing.assert_allclose(got, slow or (np.nan, np.nan), atol=1e-8)
            if slow is None:
                with pytest.raises(UndefinedError, match="documents of the reference differ"):
                    agreement_by_target(found, a, b, weights="contested", reference=given_reference)
            else:
                parts = agreement_by_target(
                    found, a, b, weights="contested", reference=given_reference
                )
                assert (parts.value, parts.expected) == pytest.approx(got, abs=TOL)
                assert parts.contributions.sum() == pytest.approx(parts.value, abs=TOL)
                limits = matrix.low[i, j], matrix.high[i, j]
                assert (parts.low, parts.high) == pytest.approx(limits, abs=TOL)
                assert matrix.n_targets[i, j] == len(parts.targets)


@settings(max_examples=40)
@given(drawn)
def test_expected_agreement_is_that_of_the_expected_products(found):
    matrix = agreement(found)
    for a, b in itertools.combinations(found.docs, 2):
        try:
            parts = agreement_by_target(found, a, b)
        except UndefinedError:
            continue
        weights = np.sqrt(parts.n_a * parts.n_b)
        assert parts.expected == pytest.approx(
            np.average(parts.expected_by_target, weights=weights), abs=TOL
        )
        assert parts.excess == pytest.approx(parts.value - parts.expected, abs=TOL)
        i, j = found.row(a), found.row(b)
        assert matrix.expected[i, j] == pytest.approx(parts.expected, abs=TOL)
        assert matrix.excess[i, j] == pytest.approx(parts.excess, abs=TOL)
        frame = parts.to_frame().set_index("target")["expected"]
        assert frame[list(parts.targets)].tolist() == parts.expected_by_target.tolist()


@given(drawn)
def test_a_reference_does_not_change_a_default_agreement_where_it_covers_all_targets(found):
    own, other = agreement(found), agreement(found, reference=found)
    off = ~np.eye(len(found), dtype=bool)
    np.testing.assert_array_equal(own.values[off], other.values[off])
    np.testing.assert_array_equal(own.expected[off], other.expected[off])


def test_what_all_say_counts_nothing_once_it_is_contested_weights_that_count():
    # All support t0; on t1 two against two. The first two agree on both.
    found = vectors([[3, 1], [3, 1], [3, 0], [3, 0]], [[0, 0], [0, 0], [0, 1], [0, 1]])
    plain, contested = agreement(found), agreement(found, weights="contested")
    assert plain.value("a", "c") == pytest.approx((3 - 1) / 4)
    assert contested.value("a", "c") == -1.0
    assert contested.value("a", "b") == 1.0
    assert contested.n_targets[0, 2] == 1
    # Of the six pairs on t1 two agree and four do not.
    assert contested.expected[0, 2] == pytest.approx(-1 / 3)
    assert contested.excess[0, 1] == pytest.approx(4 / 3)


def test_targets_that_a_given_reference_does_not_tell_about_are_left_out():
    found = vectors([[1, 1], [1, 1]], np.zeros((2, 2)))
    reference = vectors([[1, 1], [1, 0], [0, 0]], [[0, 0], [0, 0], [1, 0]])
    parts = agreement_by_target(found, "a", "b", reference=reference)
    assert parts.targets == ("t0",)
    assert parts.expected == pytest.approx(-1 / 3)
    assert parts.evidence_share_a == 0.5
    nothing = vectors([[0, 1], [1, 0], [0, 0]], np.zeros((3, 2)))
    with pytest.raises(UndefinedError, match="both and two documents of the reference take"):
        agreement_by_target(found, "a", "b", reference=nothing)


def test_two_documents_tell_nothing_of_what_to_expect():
    found = vectors([[1], [1]], [[0], [0]])
    assert agreement(found).expected is None
    assert agreement(found).excess is None
    parts = agreement_by_target(found, "a", "b")
    assert (parts.expected, parts.excess, parts.expected_by_target) == (None, None, None)
    assert "expected" not in parts.to_frame()
    for call in (agreement, lambda f, **options: agreement_by_target(f, "a", "b", **options)):
        with pytest.raises(OptionError, match="needs documents that tell what is contested"):
            call(found, weights="contested")


def test_nothing_is_expected_of_a_document_with_itself_on_what_it_alone_speaks_of():
    found = vectors([[1, 1], [1, 0], [1, 0]], np.zeros((3, 2)))
    alone = agreement_by_target(found, "a", "a")
    assert (alone.value, alone.expected, alone.expected_by_target) == (1.0, None, None)
    assert np.isnan(agreement(found).expected[0, 0])
    assert agreement_by_target(found, "b", "b").expected == 1.0


def test_contested_intervals_hold_the_true_agreement_nine_times_in_ten():
    rng = np.random.default_rng(0)
    shares, n, runs = np.array([[0.9, 0.2, 0.5, 0.7], [0.8, 0.7, 0.5, 0.4]]), 6, 300
    reference = vectors([[5, 3, 1, 2], [4, 1, 2, 5], [5, 2, 4, 0]], [[0, 2, 4, 3], [1, 4, 3, 0],
                        [0, 3, 1, 5]])  # fmt: skip
    factor = 1 - expected_products(reference)
    truth = float(factor @ np.prod(2 * shares - 1, axis=0) / factor.sum())
    held = 0
    for _ in range(runs):
        support = rng.binomial(n, shares)
        found = vectors(support, n - support)
        parts = agreement_by_target(found, "a", "b", weights="contested", reference=reference)
        held += parts.low <= truth <= parts.high
    assert held >= 0.9 * runs


# -- common targets ------------------------------------------------------------------------------

common_counts = st.integers(2, 6).flatmap(
    lambda rows: st.tuples(counts(rows, 3), counts(rows, 3), counts(rows, 3))
)


@given(common_counts, st.sampled_from(["evidence", "contested"]))
def test_over_common_targets_agreement_is_a_kernel(three, weights):
    support = three[0].copy()
    support[:, 0] += 1  # a target on which all take a stance
    found = vectors(support, *three[1:])
    try:
        matrix = agreement(found, targets="common", weights=weights)
    except (UndefinedError, OptionError):  # nothing contested, or two documents
        assert weights == "contested"
        return
    assert not np.isnan(matrix.values).any()
    assert np.linalg.eigvalsh(matrix.values).min() > -1e-9
    assert (matrix.n_targets == len(matrix.targets)).all()
    squared = np.add.outer(np.diag(matrix.values), np.diag(matrix.values)) - 2 * matrix.values
    used = [found.targets.index(t) for t in matrix.targets]
    s, w = found.score("balance")[:, used], np.exp(np.log(found.evidence[:, used]).mean(axis=0))
    if weights == "contested":
        w = w * (1 - expected_products(found)[used])
    apart = (s[:, None] - s[None]) ** 2 @ (w / w.sum())
    np.testing.assert_allclose(squared, apart, atol=1e-8)


@given(counts(2, 4), counts(2, 4))
def test_two_documents_have_the_same_agreement_over_common_as_over_shared_targets(s, o):
    found = vectors(s, o)
    shared = agreement(found)
    if np.isnan(shared.value("a", "b")):
        with pytest.raises(UndefinedError):
            agreement(found, targets="common")
        return
    common = agreement(found, targets="common")
    assert common.value("a", "b") == pytest.approx(shared.value("a", "b"), abs=TOL)
    assert common.high[0, 1] == pytest.approx(shared.high[0, 1], abs=TOL)


def test_over_shared_targets_agreement_is_no_kernel():
    # a and b agree on t0, b and c on t1, and a and c oppose each other on t2.
    found = vectors([[1, 0, 1], [1, 1, 0], [0, 1, 0]], [[0, 0, 0], [0, 0, 0], [0, 0, 1]])
    assert np.linalg.eigvalsh(agreement(found).values).min() < -0.1


def test_without_a_common_target_the_documents_to_leave_out_are_named():
    found = vectors([[1, 2], [1, 0], [1, 0], [0, 1]], np.zeros((4, 2)))
    with pytest.raises(UndefinedError, match=r"'t0' is common to the other 3") as caught:
        agreement(found, targets="common")
    assert caught.value.docs == ("d",)
    rest = vectors([[1, 2], [1, 0], [1, 0]], np.zeros((3, 2)))
    assert agreement(rest, targets="common").targets == ("t0",)
    with pytest.raises(UndefinedError, match="no document takes a stance on a target that counts"):
        agreement(vectors(np.zeros((2, 2)), np.zeros((2, 2))), targets="common")


@given(counts(4, 3), counts(4, 3))
def test_leaving_out_the_documents_that_are_named_leaves_a_common_target(s, o):
    found = vectors(s, o)
    try:
        agreement(found, targets="common")
    except UndefinedError as error:
        left = [i for i, doc in enumerate(found.docs) if doc not in error.docs]
        if left:
            rest = vectors(s[left], o[left])
            assert agreement(rest, targets="common").targets
        most = (found.evidence > 0).sum(axis=0).max()
        assert len(left) == most  # no fewer could be left out
    else:
        assert (found.evidence > 0).all(axis=0).any()


# -- undefined ---------------------------------------------------------------------------------


def test_pairs_without_a_shared_target_are_nan_with_the_reason():
    found = vectors([[1, 0], [0, 1], [1, 1]], np.zeros((3, 2)))
    matrix = agreement(found)
    assert np.isnan([matrix.value("a", "b"), matrix.low[0, 1], matrix.high[0, 1]]).all()
    assert matrix.note == "NaN: no target on which both take a stance"
    assert matrix.value("a", "c") == 1.0


def test_neutral_mentions_are_no_shared_stance():
    found = vectors([[1], [0]], [[0], [0]], [[0], [5]])
    assert np.isnan(agreement(found).value("a", "b"))
    assert salience(found).value("a", "b") == 1.0


def test_without_undefined_pairs_there_is_no_note():
    found = vectors([[1], [2]], [[0], [1]])
    assert agreement(found).note is None
    assert salience(found).note is None


def test_undefined_raise_names_the_documents():
    found = vectors([[1, 0], [0, 1]], np.zeros((2, 2)))
    with pytest.raises(UndefinedError, match="no target on which both take a stance") as caught:
        agreement(found, undefined="raise")
    assert set(caught.value.docs) == {"a", "b"}


def test_documents_without_mentions_have_no_salience():
    found = vectors([[1], [0]], [[0], [0]])
    matrix = salience(found)
    assert np.isnan(matrix.values[1]).all()
    assert np.isnan(matrix.values[:, 1]).all()
    assert matrix.value("a", "a") == 1.0
    assert matrix.note == "NaN: a document that mentions no target"
    for undefined in (
        lambda: salience(found, undefined="raise"),
        lambda: expected_salience(found, "a", "b"),
    ):
        with pytest.raises(UndefinedError, match="no target of 'test' is mentioned") as caught:
            undefined()
        assert caught.value.docs == ("b",)


BAD_CALLS = [
    (lambda f: agreement(f, undefined="rise"), r"undefined must be one of .* Did you mean 'raise'"),
    (lambda f: salience(f, undefined="nam"), r"undefined must be one of .* Did you mean 'nan'"),
    (lambda f: agreement(f, level=95), r"level must lie between 0 and 1"),
    (lambda f: agreement_by_target(f, "a", "aa"), r"unknown document 'aa'"),
    (lambda f: expected_salience(f, "z", "a"), r"unknown document 'z'"),
    (lambda f: agreement(f, weights="contest"), r"weights must be one of .* 'contested'\?"),
    (lambda f: agreement(f, targets="comon"), r"targets must be one of .* Did you mean 'common'"),
    (lambda f: agreement(f, reference=f), r"reference must have at least 3 documents; got 2"),
    (lambda f: agreement(f, reference=agreement(f)), r"reference must be StanceVectors; got Agr"),
    (
        lambda f: agreement(f, reference=vectors(np.ones((3, 2)), np.ones((3, 2)))),
        r"reference is about other targets",
    ),
    (lambda f: agreement_by_target(f, "a", "b", weights=1), r"weights must be one of"),
]


@pytest.mark.parametrize(("call", "message"), BAD_CALLS)
def test_bad_calls_are_refused_with_what_is_allowed(call, message):
    with pytest.raises(OptionError, match=message):
        call(vectors([[1], [1]], [[1], [1]]))


# -- salience ----------------------------------------------------------------------------------


@given(drawn)
def test_salience_is_symmetric_and_between_0_and_1(found):
    values = salience(found).values
    np.testing.assert_array_equal(values, values.T)
    defined = values[~np.isnan(values)]
    assert ((defined >= 0) & (defined <= 1)).all()
    diagonal = np.diag(values)
    np.testing.assert_allclose(diagonal[~np.isnan(diagonal)], 1.0, atol=TOL)


@given(drawn)
def test_salience_does_not_look_at_stances(found):
    other = vectors(found.oppose, found.neutral, found.support)
    np.testing.assert_array_equal(salience(found).values, salience(other).values)


def enumerated_salience(a, b):
    """The mean over every way to share the pooled mentions between two documents."""
    pooled = [t for t, k in enumerate(np.array(a) + np.array(b)) for _ in range(k)]
    splits = list(itertools.combinations(range(len(pooled)), sum(a)))
    total = 0.0
    for chosen in splits:
        x = np.bincount([pooled[i] for i in chosen], minlength=len(a))
        y = np.bincount(pooled, minlength=len(a)) - x
        total += np.minimum(x / sum(a), y / sum(b)).sum()
    return total / len(splits)


@pytest.mark.parametrize(
    ("a", "b"), [((1, 0, 0), (0, 1, 0)), ((2, 1, 0), (1, 1, 1)), ((1, 1, 1), (0, 2, 0))]
)
def test_expected_salience_is_the_mean_over_all_splits(a, b):
    found = vectors([a, b], np.zeros((2, 3)))
    assert expected_salience(found, "a", "b") == pytest.approx(enumerated_salience(a, b), abs=TOL)


def test_expected_salience_is_unbiased_for_short_documents_of_one_source():
    source = 1 / np.arange(1, 29)
    source /= source.sum()
    rng = np.random.default_rng(0)
    observed, expected = [], []
    for _ in range(400):
        x, y = rng.multinomial(3, source), rng.multinomial(3, source)
        found = vectors([x, y], np.zeros((2, 28)))
        observed.append(salience(found).value("a", "b"))
        expected.append(expected_salience(found, "a", "b"))
    difference = np.array(observed) - np.array(expected)
    assert abs(difference.mean()) < 4 * difference.std() / math.sqrt(len(difference))


@pytest.mark.parametrize("scale", [1, 20])
def test_expected_salience_is_the_mean_of_simulated_documents(scale):
    a, b = scale * np.array([5, 3, 1, 0]), scale * np.array([1, 2, 2, 2])
    found = vectors([a, b], np.zeros((2, 4)))
    rng = np.random.default_rng(0)
    x = rng.multivariate_hypergeometric(a + b, a.sum(), 20_000)
    simulated = np.minimum(x / a.sum(), (a + b - x) / b.sum()).sum(axis=1)
    error = simulated.std() / math.sqrt(len(simulated))
    assert abs(expected_salience(found, "a", "b") - simulated.mean()) < 4 * error


# -- golden ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pair",
    [
        PAIR,
        (
            "supports multilateralism and opposes sanctions",
            "opposes multilateralism and supports sanctions",
        ),
    ],
    ids=["sentences", "headlines"],
)
def test_same_words_and_topics_and_opposite_sides(pair):
    cosine = ds.similarity(ds.weight(ds.count(pair), "tfidf"), metric="cosine")
    assert f"{cosine.value('text1', 'text2'):.3f}" == "1.000"
    found = ds.stance(pair)
    assert ds.salience(found).value("text1", "text2") == 1.0
    matrix = ds.agreement(found)
    limits = matrix.low[0, 1], matrix.values[0, 1], matrix.high[0, 1]
    assert [round(float(x), 2) for x in limits] == [-1.0, -1.0, 0.12]


def test_results_can_be_verified_and_become_plain_data():
    found = stance(PAIR)
    three = stance([*PAIR, "We support sanctions. We support multilateralism."])
    for options in ({"weights": "contested"}, {"targets": "common"}, {"reference": three}):
        assert agreement(three, **options).verify(three)
        assert agreement_by_target(found, *found.docs, reference=three).verify(found, *found.docs)
    data = agreement(three, targets="common").to_dict()
    assert data["targets"] == ["multilateralism", "sanctions"]
    assert data["n_targets"] == [[2] * 3] * 3
    again = pickle.loads(pickle.dumps(agreement(three)))  # noqa: S301
    assert again.to_dict() == agreement(three).to_dict()
    assert not again.expected.flags.writeable
    for result in (agreement(found), salience(found)):
        assert result.verify(found)
        assert result.to_dict()["record"]["verb"] == result.record.verb
    assert agreement_by_target(found, *found.docs).verify(found, *found.docs)
    parts = agreement_by_target(found, *found.docs).to_dict()
    assert (parts["value"], len(parts["targets"])) == (-1.0, 2)
    with pytest.raises(ds.DiscourseError, match="corpus is not the one"):
        agreement(found).verify(stance(["We support peace."]))
