"""Random orders, subsamples, the jackknife and false discovery rates, against slow loops."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import false_discovery_control

from discourse.resampling import (
    GROUPS,
    benjamini_hochberg,
    blocks,
    fill,
    jackknife_variance,
    random_orders,
)

TOL = 1e-12
P_VALUES = hnp.arrays(np.float64, st.integers(0, 30), elements=st.floats(0, 1))


@st.composite
def segments(draw):
    sizes = draw(st.lists(st.integers(0, 12), min_size=1, max_size=15).filter(any))
    order = draw(st.permutations(range(len(sizes))))
    return np.array(sizes), np.array([order]), draw(st.integers(1, sum(sizes)))


def slow_fill(order, sizes, m):
    weights, room = [0.0] * len(sizes), m
    for segment in order:
        taken = min(room, sizes[segment])
        if taken:
            weights[segment] = taken / sizes[segment]
        room -= taken
    return weights


@given(segments())
def test_filling_equals_a_loop_over_the_order_and_holds_m_tokens(case):
    sizes, orders, m = case
    weights = fill(orders, sizes, m)
    np.testing.assert_allclose(weights[0], slow_fill(orders[0], sizes, m), rtol=0, atol=TOL)
    assert weights @ sizes == pytest.approx([m], abs=1e-9)
    assert (weights >= 0).all()
    assert (weights <= 1).all()


@given(segments())
def test_the_two_ends_of_an_order_share_no_segment_that_fits_between_them(case):
    sizes, orders, m = case
    m = min(m, int(sizes.sum()) // 2)
    ends = fill(orders, sizes, m), fill(orders[:, ::-1], sizes, m)
    shared = (ends[0] > 0) & (ends[1] > 0)
    assert not shared[:, sizes <= sizes.sum() - 2 * m].any()
    assert shared.sum() <= 1
    assert (ends[0] + ends[1]).max() <= 1 + TOL


def test_the_two_ends_of_an_order_share_a_segment_that_is_longer():
    sizes = np.array([1, 8, 1])
    order = np.array([[0, 1, 2]])
    ends = [fill(orders, sizes, 4)[0, 1] for orders in (order, order[:, ::-1])]
    assert ends == [3 / 8, 3 / 8]


@given(segments(), st.integers(0, 14))
def test_a_deleted_segment_leaves_the_order_of_the_others(case, deleted):
    sizes, orders, m = case
    kept = np.where(np.arange(len(sizes)) == deleted, 0, sizes)
    rest = np.array([[i for i in orders[0] if i != deleted]], np.int64)
    m = min(m, int(kept.sum()))
    expected = slow_fill(rest[0], sizes, m)
    np.testing.assert_allclose(fill(orders, kept, m)[0], expected, rtol=0, atol=TOL)


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 5), st.integers(0, 2**32))
def test_orders_are_permutations_and_exchange_with_the_sources(n_a, n_b, half, seed):
    a, b = random_orders(n_a, n_b, 2 * half, np.random.default_rng(seed))
    for orders, n in ((a, n_a), (b, n_b)):
        assert orders.shape == (2 * half, n)
        assert (np.sort(orders, axis=1) == np.arange(n)).all()
    first, second = random_orders(n_b, n_a, 2 * half, np.random.default_rng(seed))
    swap = np.arange(2 * half).reshape(half, 2)[:, ::-1].ravel()
    assert (first == b[swap]).all()
    assert (second == a[swap]).all()


def test_every_segment_is_as_likely_to_come_first_on_either_side():
    orders = random_orders(4, 4, 4000, np.random.default_rng(1))
    for side in orders:
        counts = np.bincount(side[:, 0], minlength=4)
        assert np.abs(counts - 1000).max() < 5 * np.sqrt(4000 * 0.25 * 0.75)
    together = np.mean(orders[0][:, 0] == orders[1][:, 0])  # independent: one in four
    assert abs(together - 0.25) < 5 * np.sqrt(0.25 * 0.75 / 2000)


@given(st.integers(GROUPS, 500))
def test_blocks_are_runs_of_even_size(n):
    groups = blocks(n)
    assert (np.diff(groups) >= 0).all()
    sizes = np.bincount(groups)
    assert len(sizes) == GROUPS
    assert sizes.max() - sizes.min() <= 1


@given(hnp.arrays(np.float64, st.integers(2, 30), elements=st.floats(-100, 100)))
def test_the_jackknife_of_a_mean_is_its_squared_standard_error(values):
    replicates = (values.sum() - values) / (len(values) - 1)
    expected = values.var(ddof=1) / len(values)
    assert jackknife_variance(replicates) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(P_VALUES)
def test_benjamini_hochberg_equals_scipy(p):
    expected = false_discovery_control(p) if len(p) else p
    np.testing.assert_allclose(benjamini_hochberg(p), expected, rtol=TOL, atol=0)


def test_the_example_of_1995_rejects_as_many_as_was_published():
    # Benjamini and Hochberg (1995), section 4.1, where Bonferroni rejects three
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    p += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert np.count_nonzero(benjamini_hochberg(np.array(p)) <= 0.05) == 4


@given(P_VALUES)
def test_adjusting_never_lowers_a_p_value_nor_changes_the_order(p):
    adjusted = benjamini_hochberg(p)
    assert (adjusted >= p).all()
    assert (adjusted <= 1).all()
    order = np.argsort(p, kind="stable")
    assert (np.diff(adjusted[order]) >= 0).all()


@given(P_VALUES, st.integers(0, 30))
def test_adjusting_passes_nan_over_and_keeps_it(p, where):
    with_nan = np.insert(p, min(where, len(p)), np.nan)
    adjusted = benjamini_hochberg(with_nan)
    assert (np.isnan(adjusted) == np.isnan(with_nan)).all()
    assert (adjusted[~np.isnan(with_nan)] == benjamini_hochberg(p)).all()
