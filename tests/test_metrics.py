"""Every metric is what its literature says and keeps the laws that it declares."""

import json
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.spatial import distance
from scipy.stats import contingency, entropy

from discourse.errors import DiscourseError, OptionError, UndefinedError
from discourse.metrics import METRICS, Metric, find
from discourse.metrics.terms import AS_GIVEN, apart, plain_sum

TOL = 1e-12
ROOT_TOL = 1e-7  # a square root doubles the digits lost near 0, in scipy as elsewhere

every_metric = pytest.mark.parametrize("m", METRICS.values(), ids=lambda m: m.name)


@st.composite
def rows(draw, n=2):
    """Rows over the same features, with zeros, ties and small counts; none is all zero."""
    n_features = draw(st.integers(2, 7))
    cells = st.sampled_from([0.0, 0.0, 1.0, 1.0, 2.0, 5.0]) | st.floats(1e-3, 1e3)
    values = draw(hnp.arrays(np.float64, (n, n_features), elements=cells))
    for row in values:
        row[draw(st.integers(0, n_features - 1))] += 1.0
    assume((np.ptp(values, axis=1) > 1e-3 * values.max(axis=1)).all())  # Pearson's needs variation
    return values


def background(n_features):
    """Four documents that have every feature and in which every feature varies."""
    i, j = np.mgrid[:4, :n_features]
    return 1.0 + (3 * i + 7 * j + i * j) % 11 + j / 100


def ready(m, n_features):
    """Return the metric, with a background if it takes one."""
    return m.using(background=background(n_features)) if m.learns else m


def known(n_features):
    """Return what formulas call by a name of one letter: what is known of the features."""
    counts = background(n_features)
    p = counts / counts.sum(axis=1, keepdims=True)
    rank = np.empty(n_features)
    rank[np.argsort(-counts.sum(axis=0), kind="stable")] = np.arange(1, n_features + 1)
    facts = {"s": p.std(axis=0, ddof=1), "m": p.mean(axis=0), "r": rank, "n": n_features}
    return facts | {"g": counts.sum(axis=0) / counts.sum()}


def distributions(a, b):
    return a / a.sum(), b / b.sum()


def slow_hellinger(a, b):
    p, q = distributions(a, b)
    return math.sqrt(sum((math.sqrt(x) - math.sqrt(y)) ** 2 for x, y in zip(p, q, strict=True)) / 2)


def slow_ruzicka(a, b):
    pairs = list(zip(a, b, strict=True))
    return sum(min(pair) for pair in pairs) / sum(max(pair) for pair in pairs)


def slow_overlap(a, b):
    both = sum(x > 0 and y > 0 for x, y in zip(a, b, strict=True))
    return both / min((a > 0).sum(), (b > 0).sum())


def slow_triangular(a, b):
    pairs = [(p, q) for p, q in zip(*distributions(a, b), strict=True) if p + q]
    return sum((p - q) ** 2 / (p + q) for p, q in pairs) / 2


def slow_chi_square(a, b):
    table = np.array([a, b])[:, (a + b) > 0]
    if table.shape[1] == 1:
        return 0.0
    return contingency.chi2_contingency(table, correction=False).statistic


def z_scores(*rows):
    facts = known(len(rows[0]))
    return [(row / row.sum() - facts["m"]) / facts["s"] for row in rows]


def slow_eder(a, b):
    facts = known(len(a))
    n = facts["n"]
    weights = (n - facts["r"] + 1) / n
    z, w = z_scores(a, b)
    return (weights * np.abs(z - w)).mean()


def smoothed(*rows):
    return [0.5 * row / row.sum() + 0.5 * known(len(row))["g"] for row in rows]


ORACLES = {
    "cosine": lambda a, b: 1 - distance.cosine(a, b),
    "jaccard": lambda a, b: 1 - distance.jaccard(a > 0, b > 0),
    "dice": lambda a, b: 1 - distance.dice(a > 0, b > 0),
    "overlap": slow_overlap,
    "simple_matching": lambda a, b: 1 - distance.hamming(a > 0, b > 0),
    "ruzicka": slow_ruzicka,
    "bray_curtis": distance.braycurtis,
    "manhattan": distance.cityblock,
    "euclidean": distance.euclidean,
    "minkowski": lambda a, b: distance.minkowski(a, b, p=3),
    "bhattacharyya": lambda a, b: 1 - slow_hellinger(a, b) ** 2,
    "hellinger": slow_hellinger,
    "jensen_shannon": lambda a, b: distance.jensenshannon(a, b, base=2) ** 2,
    "jensen_shannon_distance": lambda a, b: distance.jensenshannon(a, b, base=2),
    "triangular": slow_triangular,
    "chi_square": slow_chi_square,
    "canberra": distance.canberra,
    "pearson": lambda a, b: 1 - distance.correlation(a, b),
    "burrows_delta": lambda a, b: np.abs(np.subtract(*z_scores(a, b))).mean(),
    "eder_delta": slow_eder,
    "cosine_delta": lambda a, b: 1 - distance.cosine(*z_scores(a, b)),
    "kl": lambda a, b: entropy(*smoothed(a, b), base=2),
    "jeffreys": lambda a, b: sum(entropy(*ab, base=2) for ab in (smoothed(a, b), smoothed(b, a))),
}


@every_metric
@given(ab=rows())
def test_every_metric_agrees_with_scipy_or_a_slow_loop(m, ab):
    a, b = ab
    m = ready(m, len(a))
    tolerance = ROOT_TOL if m.kind == "distance" else 1e-10
    # scipy computes the root of a sum that rounding may leave below 0: equal rows are tested below.
    expected = 0.0 if m.kind != "similarity" and (a == b).all() else ORACLES[m.name](a, b)
    assert m.pair(a, b) == pytest.approx(expected, rel=1e-9, abs=tolerance)


def evaluated(formula, **names):
    return eval(formula, vars(np) | names)  # noqa: S307 - the formulas are this library's own


@every_metric
@given(ab=rows(), least=st.floats(1e-3, 1.0))
def test_the_formulas_say_what_is_computed(m, ab, least):
    n_features = ab.shape[1]
    m = ready(m, n_features)
    if "log2" in m.formula or "/ (a + b)" in m.formula or "* (a + b)" in m.formula:
        ab = ab + least  # 0 log2(0) and 0 / 0 are meant to be 0
    facts = known(n_features)
    a, b = (evaluated(m.preparation.formula, x=row, **facts) for row in ab)
    np.testing.assert_allclose([m.prepare(row) for row in ab], [a, b], rtol=1e-9, atol=1e-14)
    root = m.formula.startswith("sqrt")  # compared squared: rounding may leave less than 0 in it
    expected = evaluated(m.formula.removeprefix("sqrt"), a=a, b=b, **facts)
    assert m.pair(*ab) ** (1 + root) == pytest.approx(expected, rel=1e-9, abs=TOL)


@every_metric
@given(abc=rows(3))
def test_every_metric_keeps_the_laws_it_declares(m, abc):
    a, b, c = abc
    m = ready(m, len(a))
    low, high = m.bounds
    assert low <= m.pair(a, b) <= high
    assert (m.pair(a, b) == m.pair(b, a)) or not m.symmetric
    if m.is_metric:
        assert m.pair(a, c) <= m.pair(a, b) + m.pair(b, c) + 1e-9


@every_metric
@given(ab=rows())
def test_a_row_is_as_like_itself_as_can_be(m, ab):
    m = ready(m, ab.shape[1])
    for row in ab:
        if m.kind == "similarity":
            assert m.pair(row, row) == pytest.approx(m.bounds[1], abs=TOL)
        else:
            assert m.pair(row, row) == 0.0


@every_metric
@given(ab=rows(), data=st.data())
def test_the_order_of_features_and_unused_features_change_nothing(m, ab, data):
    n_features = ab.shape[1]
    order = data.draw(st.permutations(range(n_features)))
    expected = pytest.approx(ready(m, n_features).pair(*ab), rel=1e-9, abs=ROOT_TOL)
    moved, wider = (
        background(n_features)[:, order],
        np.pad(background(n_features), ((0, 0), (0, 3))),
    )
    assert (m.using(background=moved) if m.learns else m).pair(*ab[:, order]) == expected
    if not m.uses_n_features:
        more = m.using(background=wider) if m.learns else m
        assert more.pair(*np.pad(ab, ((0, 0), (0, 3)))) == expected


@pytest.mark.parametrize("m", [m for m in METRICS.values() if m.uses_n_features])
def test_a_feature_that_neither_has_changes_what_is_declared_to_use_it(m):
    assert m.pair([1, 2, 0], [1, 0, 2]) != pytest.approx(
        m.pair([1, 2, 0, 0], [1, 0, 2, 0]), abs=0.01
    )


@every_metric
@given(ab=rows(), factor=st.floats(0.01, 100))
def test_scale_changes_nothing_once_rows_are_prepared(m, ab, factor):
    a, b = ab
    m = ready(m, len(a))
    same = m.pair(factor * a, b) == pytest.approx(m.pair(a, b), rel=1e-9, abs=ROOT_TOL)
    assert same or m.preparation is AS_GIVEN


SIGNED = {"pearson", "cosine_delta", "kl"}


@every_metric
@given(ab=rows())
def test_parts_sum_to_the_value_and_are_non_negative_unless_declared(m, ab):
    m = ready(m, ab.shape[1])
    parts = m.parts(*ab)
    assert parts.shape == ab[0].shape
    assert (parts >= 0).all() or m.name in SIGNED
    digits = 1e-14 if m.name in SIGNED else 0.0
    assert math.isclose(parts.sum(), m.pair(*ab), rel_tol=1e-12, abs_tol=digits)


@pytest.mark.parametrize("name", sorted(SIGNED))
def test_where_terms_have_signs_some_parts_are_negative(name):
    parts = ready(METRICS[name], 3).parts([1.0, 2.0, 5.0], [4.0, 1.0, 1.0])
    assert parts.min() < -0.01


@every_metric
@given(abc=rows(4))
def test_arrays_of_rows_give_what_their_rows_give(m, abc):
    m = ready(m, abc.shape[1])
    left, right = abc[:2], abc[2:]
    expected = [m.pair(a, b) for a, b in zip(left, right, strict=True)]
    np.testing.assert_allclose(m.pair(left, right), expected, rtol=1e-12, atol=1e-15)
    expected = [m.pair(a, right[0]) for a in left]
    np.testing.assert_allclose(m.pair(left, right[0]), expected, rtol=1e-12, atol=1e-15)
    expected = m.parts(left[1], right[1])
    np.testing.assert_allclose(m.parts(left, right)[1], expected, rtol=1e-12, atol=1e-15)


@every_metric
def test_inputs_stay_as_they_are(m):
    a, b = np.array([1.0, 2.0, 0.0]), np.array([3.0, 0.0, 1.0])
    m = ready(m, 3)
    m.pair(a, b)
    m.parts(a, b)
    assert (a.tolist(), b.tolist()) == ([1.0, 2.0, 0.0], [3.0, 0.0, 1.0])


TRIANGLES = {  # three rows of which the outer two are farther apart than both are from the middle
    "cosine": ([1, 0], [1, 1], [0, 1]),
    "dice": ([1, 0], [1, 1], [0, 1]),
    "overlap": ([1, 0], [1, 1], [0, 1]),
    "bray_curtis": ([1, 0], [1, 1], [0, 1]),
    "bhattacharyya": ([1, 0], [1, 1], [0, 1]),
    "jensen_shannon": ([1, 0], [1, 1], [0, 1]),
    "triangular": ([1, 0], [1, 1], [0, 1]),
    "chi_square": ([9, 1], [1, 1], [1, 9]),
    "pearson": ([2, 1, 0], [1, 0, 0], [2, 0, 1]),
    "cosine_delta": ([9, 1, 1], [5, 5, 1], [1, 9, 1]),
    "kl": ([9, 1], [5, 5], [1, 9]),
    "jeffreys": ([9, 1], [5, 5], [1, 9]),
}
# One less these is a distance, though the registry lists them as the similarities that they are.
DISTANCES = {"jaccard", "ruzicka", "simple_matching"}


@pytest.mark.parametrize("name", TRIANGLES)
def test_the_triangle_inequality_fails_where_it_is_not_declared(name):
    a, b, c = TRIANGLES[name]
    m = ready(METRICS[name], len(a))
    d = [
        1 - m.pair(*ab) if m.kind == "similarity" else m.pair(*ab)
        for ab in ((a, b), (b, c), (a, c))
    ]
    assert not m.is_metric
    assert d[0] + d[1] < d[2] - 0.01


@pytest.mark.parametrize("name", sorted(DISTANCES))
@given(abc=rows(3))
def test_one_less_some_similarities_is_a_distance(name, abc):
    ab, bc, ac = (METRICS[name].pair(abc[i], abc[j]) for i, j in ((0, 1), (1, 2), (0, 2)))
    assert 1 - ac <= (1 - ab) + (1 - bc) + 1e-9


def test_a_counterexample_is_known_for_all_that_is_no_distance():
    others = {m.name for m in METRICS.values() if not m.is_metric}
    assert others == set(TRIANGLES) | DISTANCES


def test_the_order_of_texts_matters_where_it_is_declared_to():
    m = ready(METRICS["kl"], 3)
    assert m.pair([9, 1, 1], [1, 1, 1]) != pytest.approx(m.pair([1, 1, 1], [9, 1, 1]), rel=0.01)
    assert [m.name for m in METRICS.values() if not m.symmetric] == ["kl"]


def test_small_differences_keep_their_digits():
    p, q = np.array([0.5, 0.5]), np.array([0.5 + 1e-9, 0.5 - 1e-9])
    expected = (1e-9) ** 2 / (2 * math.log(2))  # second order: sum of d^2 / (8 p ln 2), d = 1e-9
    assert METRICS["jensen_shannon"].pair(p, q) == pytest.approx(expected, rel=1e-5)


def test_a_feature_that_one_side_hardly_has_adds_half_of_the_other():
    parts = METRICS["jensen_shannon"].parts([1.0, 1e-300], [1e-300, 1.0])
    assert parts.tolist() == pytest.approx([0.5, 0.5], abs=1e-15)


def test_the_divergence_of_disjoint_rows_is_one_exactly():
    rng = np.random.default_rng(0)
    for width in range(1, 60):
        a, b = rng.random(2 * width), rng.random(2 * width)
        a[:width] = b[width:] = 0.0
        for name in ("jensen_shannon", "hellinger", "jensen_shannon_distance"):
            assert METRICS[name].pair(a, b) <= 1.0
            assert METRICS[name].parts(a, b).sum() == pytest.approx(1.0, rel=1e-15 * 8 * width)


EXTREMES = [  # the cosine of rows whose squares, or whose sums, are beyond the range of floats
    ([1e200, 1.0], [1e200, 1.0], 1.0),
    ([1e200, 1e200], [1e-200, 0.0], math.sqrt(0.5)),
    ([1e-200, 1e-200], [1e-200, 1e-200], 1.0),
    ([5e-324, 5e-324], [5e-324, 0.0], math.sqrt(0.5)),
    ([1.7e308, 1.7e308], [1.7e308, 0.0], math.sqrt(0.5)),
    ([1e200, 1.0], [1.0, 1e200], 0.0),
]


@pytest.mark.parametrize(("a", "b", "expected"), EXTREMES)
def test_no_size_of_the_values_overflows_or_underflows(a, b, expected):
    assert METRICS["cosine"].pair(a, b) == pytest.approx(expected, rel=1e-12, abs=1e-150)
    p, q = (np.ldexp(row, -1 - int(np.frexp(max(row))[1])) for row in (a, b))
    for m in METRICS.values():
        if m.preparation is not AS_GIVEN and m.name != "pearson":  # which needs rows that vary
            m = ready(m, 2)  # noqa: PLW2901 - the same metric
            assert m.pair(a, b) == pytest.approx(m.pair(p, q), rel=1e-12, abs=1e-15)


GOLDEN = [
    # Lin (1991): a fair coin against a certain one, 3/4 lb(4/3) ... = 1.5 - 0.75 lb 3 bits
    ("jensen_shannon", [1, 0], [0.5, 0.5], 1.5 - 0.75 * math.log2(3)),
    ("jensen_shannon", [1, 0], [0, 1], 1.0),
    ("hellinger", [1, 0], [0.5, 0.5], math.sqrt(1 - math.sqrt(0.5))),
]
# Manning, Raghavan & Schütze (2008), Introduction to Information Retrieval, example 6.3: counts of
# "affection", "jealous" and "gossip" in three novels, to the three decimals of the book.
NOVELS = {"SaS": [115, 10, 2], "PaP": [58, 7, 0], "WH": [20, 11, 6]}


@pytest.mark.parametrize(("name", "a", "b", "expected"), GOLDEN)
def test_values_known_in_closed_form_come_out(name, a, b, expected):
    assert METRICS[name].pair(a, b) == pytest.approx(expected, abs=TOL)


def test_the_cosines_of_three_novels_are_those_of_the_textbook():
    cosine = METRICS["cosine"].pair
    assert cosine(NOVELS["SaS"], NOVELS["PaP"]) == pytest.approx(0.999, abs=1e-3)
    assert cosine(NOVELS["SaS"], NOVELS["WH"]) == pytest.approx(0.888, abs=1e-3)


# proxyC 0.5.2 (R 4.2.2) on the counts of six short texts: the first row, simil() or dist().
# Its ejaccard and edice are products over sums of squares, not Ruzicka or Bray-Curtis, and its
# jensen is in nats.
PROXYC = {
    "cosine": [1, 0.64639873553497, 0.42536812041542, 0.6363592899589, 0.61225118926063],
    "dice": [1, 0.42105263157895, 0.34146341463415, 0.35897435897436, 0.30769230769231],
    "jaccard": [1, 0.26666666666667, 0.20588235294118, 0.21875, 0.18181818181818],
    "euclidean": [0, 7.48331477354788, 9, 7.93725393319377, 7.74596669241483],
    "manhattan": [0, 36, 45, 39, 38],
}
PROXYC_JENSEN_SMOOTH1 = [0, 0.03298656384886, 0.04467930740169, 0.03830317384681, 0.03827367982886]


@pytest.fixture(scope="module")
def reference_counts(real_data):
    file = real_data / "data" / "reference-values.json"
    return np.array(json.loads(file.read_text())["input"]["counts"]["values"], np.float64)


@pytest.mark.parametrize("name", PROXYC)
def test_values_of_proxyc_come_out(name, reference_counts):
    values = METRICS[name].pair(reference_counts[0], reference_counts[:5])
    np.testing.assert_allclose(values, PROXYC[name], atol=1e-12)


def test_the_smoothed_jensen_of_proxyc_comes_out_in_nats(reference_counts):
    smoothed = reference_counts + 1
    values = METRICS["jensen_shannon"].pair(smoothed[0], smoothed[:5]) * math.log(2)
    np.testing.assert_allclose(values, PROXYC_JENSEN_SMOOTH1, atol=1e-12)


def test_a_row_without_features_is_nothing_like_one_with_features():
    assert METRICS["jaccard"].pair([0, 0], [1, 0]) == 0.0
    assert METRICS["bray_curtis"].pair([0, 0], [1, 0]) == 1.0
    assert METRICS["manhattan"].pair([0, 0], [0, 0]) == 0.0


BAD = [
    ("cosine", [1, -1], [1, 1], DiscourseError, "a must hold finite values of 0 or more"),
    ("cosine", [1, 1], [1, math.nan], DiscourseError, "b must hold finite values of 0 or more"),
    ("manhattan", [1, math.inf], [1, 1], DiscourseError, "a must hold finite values"),
    ("cosine", [1, 1], [1, 1, 1], OptionError, r"same features; got shapes \(2,\) and \(3,\)"),
    ("cosine", 1, 1, OptionError, "must be rows"),
    ("cosine", [0, 0], [1, 1], UndefinedError, "undefined for 'a': .* cosine .* both sides"),
    ("hellinger", [1, 1], [[0, 0], [1, 1]], UndefinedError, "undefined for 'b': .* hellinger"),
    ("jaccard", [0, 0], [0, 0], UndefinedError, "for 'a', 'b': .* at least one side"),
    ("bray_curtis", [[0, 0], [1, 0]], [0, 0], UndefinedError, "for 'a', 'b'"),
]


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("method", ["pair", "parts"])
def test_rows_that_cannot_be_compared_are_refused(method, bad):
    name, a, b, error, message = bad
    with pytest.raises(error, match=message):
        getattr(METRICS[name], method)(a, b)


def test_errors_call_the_sides_by_the_names_they_are_given():
    with pytest.raises(UndefinedError, match="'speech'") as caught:
        METRICS["cosine"].pair([1, 1], [0, 0], names=("other", "speech"))
    assert caught.value.docs == ("speech",)


def test_an_unknown_metric_is_refused_with_the_closest_name():
    with pytest.raises(OptionError, match="Did you mean 'jaccard'"):
        find("jacard")


@pytest.mark.parametrize("m", [m for m in METRICS.values() if m.cancels], ids=lambda m: m.name)
def test_rounding_never_leaves_a_negative_difference_to_finish(m):
    half = np.array(0.5)
    values, near = m.finish(np.array([1 + 1e-15, 0.5]), half, half)
    assert values[0] == 0.0
    assert [0] in near.tolist()


def test_the_registry_is_read_only_and_cites_its_sources():
    with pytest.raises(TypeError):
        METRICS["mine"] = METRICS["cosine"]
    assert all(
        name == m.name and any(c.isdigit() for c in m.reference) and m.trap
        for name, m in METRICS.items()
    )
    assert set(ORACLES) == set(METRICS)


def test_a_new_metric_is_a_record_and_nothing_else():
    m = METRICS["manhattan"]
    halved = Metric(
        name="variation",
        kind="distance",
        preparation=METRICS["jensen_shannon"].preparation,
        formula="sum(abs(a - b)) / 2",
        terms=lambda a, b: np.abs(a - b) / 2,
        total=plain_sum,
        overlap=m.overlap,
        gather=apart,
        bounds=(0.0, 1.0),
        reference="total variation",
        trap="none",
    )
    assert halved.pair([1, 1], [1, 0]) == 0.5
    assert halved.finish(np.array(0.5), np.array(0.5), np.array(0.5))[0] == 0.5
