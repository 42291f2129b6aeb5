"""The limits of balances and agreements against oracles, golden values and simulated coverage."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from discourse.errors import OptionError
from discourse.stances.wilson import mover, newcombe, normal_quantile, wilson

TOL = 1e-9
LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])
BALANCES = st.integers(0, 12).flatmap(
    lambda n: st.integers(0, n).map(lambda k: 0.0 if n == 0 else (2 * k - n) / n)
)


# -- Wilson ------------------------------------------------------------------------------------


def score_limits(share, n, level):
    """Where the distance of the share from p is z standard errors at p, solved numerically."""
    z = stats.norm.ppf(0.5 + level / 2)

    def gap(p):
        return n * (share - p) ** 2 - z**2 * p * (1 - p)

    # At a share of 0 or 1 the share itself solves the equation as well; look beyond it.
    low = 0.0 if share == 0 else optimize.brentq(gap, 0.0, min(share, 1 - 1e-9), xtol=1e-14)
    high = 1.0 if share == 1 else optimize.brentq(gap, max(share, 1e-9), 1.0, xtol=1e-14)
    return 2 * low - 1, 2 * high - 1


@given(st.integers(1, 60), st.data(), LEVELS)
def test_limits_are_those_of_scipy_for_whole_numbers(n, data, level):
    k = data.draw(st.integers(0, n))
    expected = stats.binomtest(k, n).proportion_ci(level, method="wilson")
    low, high = wilson((2 * k - n) / n, n, level)
    assert low == pytest.approx(2 * expected.low - 1, abs=TOL)
    assert high == pytest.approx(2 * expected.high - 1, abs=TOL)


@given(st.integers(0, 1000), st.floats(0.5, 500), LEVELS)
def test_limits_solve_the_score_equation_for_fractional_numbers(per_mille, n, level):
    share = per_mille / 1000
    found = wilson(2 * share - 1, n, level)
    np.testing.assert_allclose(found, score_limits(share, n, level), atol=TOL)


@given(BALANCES, st.floats(1, 100), st.floats(0.01, 100), LEVELS)
def test_more_mentions_narrow_the_interval_from_both_sides(balance, n, more, level):
    few, many = wilson(balance, n, level), wilson(balance, n + more, level)
    assert -1 <= few[0] <= many[0] + TOL
    assert many[0] <= balance <= many[1]
    assert many[1] - TOL <= few[1] <= 1
    assert many[1] - many[0] < few[1] - few[0]


@given(BALANCES, st.floats(1, 100), LEVELS)
def test_exchanging_support_and_opposition_mirrors_the_limits(balance, n, level):
    low, high = wilson(balance, n, level)
    mirrored = wilson(-balance, n, level)
    np.testing.assert_allclose(mirrored, (-high, -low), atol=TOL)


def test_a_single_mention_and_unanimous_mentions_have_the_known_limits():
    z2 = normal_quantile(0.95) ** 2
    assert [round(float(x), 3) for x in wilson(1.0, 1.0, 0.95)] == [-0.587, 1.0]
    for n in (1, 2, 5, 40):
        low, high = wilson(1.0, n, 0.95)
        assert high == 1.0
        assert low == pytest.approx((n - z2) / (n + z2), abs=TOL)
        assert wilson(-1.0, n, 0.95)[0] == -1.0


def test_no_evidence_has_no_limits_and_raises_no_warning():
    low, high = wilson([np.nan, 0.0], [0.0, 4.0], 0.95)
    assert np.isnan([low[0], high[0]]).all()
    assert low[1] == pytest.approx(-high[1], abs=TOL)


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, math.nan])
def test_levels_outside_0_and_1_are_refused(level):
    with pytest.raises(OptionError, match=r"level must lie between 0 and 1, for instance 0\.95"):
        normal_quantile(level)


# -- differences -------------------------------------------------------------------------------

# Newcombe (1998), table II, method 10: x1, n1, x2, n2 and the limits of the difference of shares.
PUBLISHED = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


@pytest.mark.parametrize(("x", "n", "y", "m", "low", "high"), PUBLISHED)
def test_limits_of_differences_are_the_published_ones(x, n, y, m, low, high):
    a, b = side(2 * x / n - 1, n), side(2 * y / m - 1, m)
    found = [float(limit) / 2 for limit in newcombe(a, b)]
    assert found == pytest.approx([low, high], abs=5.1e-5)


@given(BALANCES, BALANCES, st.floats(1, 60), st.floats(1, 60), LEVELS)
def test_limits_of_a_difference_hold_it_stay_in_bounds_and_mirror(x, y, n, m, level):
    a, b = side(x, n, level), side(y, m, level)
    low, high = newcombe(a, b)
    assert -2 - TOL <= low <= x - y <= high <= 2 + TOL
    assert newcombe(b, a) == pytest.approx((-high, -low), abs=TOL)


# -- MOVER -------------------------------------------------------------------------------------


def side(balance, n, level=0.95):
    balance = np.asarray(balance, float)
    return balance, *wilson(balance, np.asarray(n, float), level)


def slow_mover(weights, a, b):
    """The same limits, one target and one corner at a time."""
    value, below, above = 0.0, 0.0, 0.0
    for t, w in enumerate(weights):
        product = a[0][t] * b[0][t]
        corners = [a[i][t] * b[j][t] for i, j in itertools.product((1, 2), repeat=2)]
        value += w * product
        below += (w * (product - min(corners))) ** 2
        above += (w * (max(corners) - product)) ** 2
    return max(-1.0, value - math.sqrt(below)), min(1.0, value + math.sqrt(above))


@st.composite
def pairs(draw):
    """Weights that sum to 1, and two sides."""
    size = draw(st.integers(1, 5))
    column = st.lists(st.tuples(BALANCES, st.integers(1, 30)), min_size=size, max_size=size)
    a, b = (list(zip(*draw(column), strict=True)) for _ in range(2))
    weights = np.sqrt(np.array(a[1]) * np.array(b[1]))
    return weights / weights.sum(), side(*a), side(*b)


@given(pairs())
def test_limits_of_a_sum_of_products_equal_those_of_a_slow_loop(pair):
    assert mover(*pair) == pytest.approx(slow_mover(*pair), abs=TOL)


@given(pairs())
def test_the_limits_hold_the_value_and_stay_within_bounds(pair):
    weights, a, b = pair
    low, high = mover(weights, a, b)
    assert -1 <= low <= float(weights @ (a[0] * b[0])) + TOL
    assert float(weights @ (a[0] * b[0])) - TOL <= high <= 1


@given(pairs())
def test_exchanging_the_sides_changes_nothing(pair):
    weights, a, b = pair
    assert mover(weights, a, b) == pytest.approx(mover(weights, b, a), abs=TOL)


@given(pairs())
def test_negating_one_side_mirrors_the_limits(pair):
    weights, a, b = pair
    low, high = mover(weights, a, b)
    assert mover(weights, (-a[0], -a[2], -a[1]), b) == pytest.approx((-high, -low), abs=TOL)


def test_one_mention_a_side_on_each_of_two_opposite_targets_gives_the_published_interval():
    a, b = side([1.0, -1.0], [1, 1]), side([-1.0, 1.0], [1, 1])
    low, high = mover(np.array([0.5, 0.5]), a, b)
    assert low == -1.0
    assert round(high, 2) == 0.12


@pytest.mark.parametrize("n", [1, 3, 10])
@pytest.mark.parametrize("tilt", [0.0, 0.3, 0.45])
def test_simulated_intervals_hold_the_true_agreement_nine_times_in_ten(n, tilt):
    rng = np.random.default_rng(100 * n + round(100 * tilt))
    shares = np.clip(0.5 + tilt * np.array([[1, -1, 1, -1], [1, -1, -1, 1]]), 0, 1)
    sizes = np.array([n, n + 2, 2 * n, n])
    weights = sizes / sizes.sum()
    truth = float(weights @ np.prod(2 * shares - 1, axis=0))
    held, runs = 0, 400
    for _ in range(runs):
        drawn = rng.binomial(sizes, shares)
        sides = [side((2 * k - sizes) / sizes, sizes) for k in drawn]
        low, high = mover(weights, *sides)
        held += low <= truth <= high
    assert held >= 0.9 * runs
