"""Keyness against scipy, published values and laws."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array
from scipy.stats import chi2_contingency, false_discovery_control, ttest_ind

import discourse as ds
from discourse.keyterms import keyness, log_ratios, signed_g2

RTOL = 1e-9
QUANTEDA_OFFSET = 1e-9  # added there within each logarithm, hence 2e-9 a token to G2
COLUMNS = [
    *("feature", "n_target", "n_reference", "freq_target", "freq_reference"),
    *("statistic", "log_ratio", "p", "p_adjusted", "unit"),
]


def matrix(rows):
    """A document-feature matrix with documents d0, d1, ... and features f00, f01, ..."""
    counts = np.asarray(rows)
    made = ds.count([" ".join(f"f{j:02}" for j in range(counts.shape[1]))])
    return ds.DocumentFeatureMatrix(
        csr_array(counts.astype(np.int64)),
        made.features,
        tuple(f"d{i}" for i in range(len(counts))),
        {},
        made.record,
    )


@st.composite
def two_sides(draw, min_docs=1, max_docs=4):
    """Counts of two sides with at least one word each, and how many documents the first has."""
    n_docs = [draw(st.integers(min_docs, max_docs)) for _ in range(2)]
    width = draw(st.integers(1, 6))
    sides = [
        draw(hnp.arrays(np.int64, (n, width), elements=st.integers(0, 9)).filter(np.any))
        for n in n_docs
    ]
    return np.concatenate(sides), n_docs[0]


def docs(start, stop):
    return [f"d{i}" for i in range(start, stop)]


def columns(result):
    return result.to_frame().set_index("feature").sort_index()


# -- oracles -----------------------------------------------------------------------------------


@given(two_sides())
def test_g2_and_its_p_value_equal_those_of_scipy(case):
    counts, n = case
    found = columns(keyness(matrix(counts), target=docs(0, n), inference="tokens"))
    a, b = counts[:n].sum(axis=0), counts[n:].sum(axis=0)
    used = [j for j in range(len(a)) if a[j] + b[j]]
    assert list(found.index) == [f"f{j:02}" for j in used]
    for (_, row), j in zip(found.iterrows(), used, strict=True):
        cells = np.array([[a[j], b[j]], [a.sum() - a[j], b.sum() - b[j]]])
        if not cells[1].any():
            expected = 0.0, 1.0
        else:
            expected = chi2_contingency(cells, lambda_="log-likelihood", correction=False)[:2]
        assert abs(row.statistic) == pytest.approx(expected[0], rel=RTOL, abs=1e-9)
        assert row.p == pytest.approx(expected[1], rel=1e-7)
        more = a[j] * b.sum() - b[j] * a.sum()
        assert np.sign(row.statistic) == np.sign(more)


@pytest.mark.filterwarnings("ignore:Precision loss:RuntimeWarning")  # scipy's, on equal shares
@given(two_sides(min_docs=2, max_docs=7))
def test_the_p_value_over_documents_is_that_of_welch(case):
    counts, n = case
    totals = counts.sum(axis=1)
    nonempty = [np.flatnonzero(totals[:n]), n + np.flatnonzero(totals[n:])]
    if min(map(len, nonempty)) < 2:
        with pytest.raises(ds.UndefinedError, match="at least 2"):
            keyness(matrix(counts), target=docs(0, n), inference="documents")
        return
    found = columns(keyness(matrix(counts), target=docs(0, n), inference="documents"))
    shares = [counts[side] / totals[side, np.newaxis] for side in nonempty]
    for feature, row in found.iterrows():
        a, b = (side[:, int(feature[1:])] for side in shares)
        if np.allclose(a, a[0]) and np.allclose(b, b[0]):
            assert np.isnan(row.p)
        else:
            assert row.p == pytest.approx(ttest_ind(a, b, equal_var=False).pvalue, rel=1e-7)


@given(two_sides())
def test_adjusted_p_values_are_those_of_benjamini_and_hochberg(case):
    counts, n = case
    found = keyness(matrix(counts), target=docs(0, n), inference="tokens")
    np.testing.assert_allclose(found.p_adjusted, false_discovery_control(found.p), rtol=RTOL)


# -- golden values -----------------------------------------------------------------------------


def test_g2_equals_the_values_of_quanteda():
    # quanteda 1.4.1, textstat_keyness(measure = "lr", correction = "none") on two texts of 100
    # and 97 tokens: "tax", "the", "river", "."; the last number on a side is all the others.
    a, b = np.array([8, 12, 0, 8, 72]), np.array([0, 18, 5, 8, 66])
    golden = [11.1769587957496, -1.64770915969507, -7.21921500039039, -0.00403938269007698]
    found = signed_g2(a, b)[:4]
    offset = np.sign(found) * 2 * QUANTEDA_OFFSET * (a.sum() + b.sum())
    np.testing.assert_allclose(found + offset, golden, rtol=RTOL)


def test_every_g2_of_the_quanteda_example_is_found_again(real_data):
    path = real_data / "data" / "reference-values.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    golden = values["keyness"]["lr_none"]
    a, b = np.array(golden["n_target"]), np.array(golden["n_reference"])
    found = signed_g2(a, b)
    offset = np.sign(found) * 2 * QUANTEDA_OFFSET * (a.sum() + b.sum())
    np.testing.assert_allclose(found + offset, golden["G2"], rtol=RTOL)


def test_each_doubling_is_one_unit_of_log_ratio_and_zero_counts_as_a_half():
    a, b = np.array([40, 10, 50, 0]), np.array([10, 20, 169, 1])
    found = log_ratios(a, b)
    assert found.tolist() == [3.0, 0.0, np.log2(0.5 / 0.845), 0.0]


# -- laws --------------------------------------------------------------------------------------


@given(two_sides(), st.sampled_from(["g2", "log_ratio"]))
def test_exchanging_the_sides_negates_statistic_and_log_ratio(case, measure):
    counts, n = case
    dfm, a, b = matrix(counts), docs(0, n), docs(n, len(counts))
    one = columns(keyness(dfm, target=a, reference=b, measure=measure))
    other = columns(keyness(dfm, target=b, reference=a, measure=measure))
    for name in ("statistic", "log_ratio"):
        np.testing.assert_allclose(one[name], -other[name], rtol=RTOL, atol=1e-9)
    np.testing.assert_allclose(one.p, other.p, rtol=1e-7)
    assert (one.n_target == other.n_reference).all()
    assert (one.freq_target == other.freq_reference).all()


@given(two_sides())
def test_equal_relative_frequencies_give_exactly_zero(case):
    counts, n = case
    a = counts[:n].sum(axis=0)
    assert not signed_g2(a, 3 * a).any()


@given(two_sides(), st.sampled_from(["g2", "log_ratio"]))
def test_features_come_by_falling_statistic_and_then_by_code_point(case, measure):
    counts, n = case
    found = keyness(matrix(counts), target=docs(0, n), measure=measure)
    keys = list(zip(-found.statistic, found.features, strict=True))
    assert keys == sorted(keys)


@given(two_sides(max_docs=3))
def test_names_masks_and_the_rest_name_the_same_sides(case):
    counts, n = case
    dfm, mask = matrix(counts), np.arange(len(counts)) < n
    ways = [
        keyness(dfm, target=docs(0, n)),
        keyness(dfm, target=mask, reference=(~mask).tolist()),
        keyness(dfm, target=docs(0, n)[::-1], reference=docs(n, len(counts))),
    ]
    frames = [way.to_frame() for way in ways]
    assert frames[0].equals(frames[1])
    assert frames[0].equals(frames[2])
    assert ways[0].target == ways[2].target == tuple(docs(0, n))


@given(two_sides())
def test_summing_the_documents_of_a_side_changes_no_statistic(case):
    counts, n = case
    dfm = matrix(counts)
    groups = {doc: "X" if i < n else "Y" for i, doc in enumerate(dfm.docs)}
    whole = keyness(dfm, target=docs(0, n), inference="tokens")
    grouped = keyness(dfm.group(groups), target="X", inference="tokens")
    assert whole.to_frame().equals(grouped.to_frame())


def bursty(n_docs, rng):
    """Documents of one source in which a word, where it occurs, occurs in numbers."""
    rates = rng.gamma(0.3, 10.0, (n_docs, 40))
    return rng.poisson(rates)


def test_on_bursty_documents_tokens_cry_wolf_and_documents_do_not():
    rng = np.random.default_rng(3)
    false = {"tokens": 0.0, "documents": 0.0}
    for _ in range(40):
        dfm = matrix(bursty(20, rng))
        for unit in false:
            p = keyness(dfm, target=docs(0, 10), inference=unit).p
            false[unit] += np.mean(p < 0.05) / 40
    assert false["documents"] < 0.07
    assert false["tokens"] > 0.25


def test_g2_is_not_scale_free_and_the_log_ratio_is():
    a, b = np.array([5, 95]), np.array([10, 90])
    assert signed_g2(10 * a, 10 * b) == pytest.approx(10 * signed_g2(a, b))
    assert log_ratios(10 * a, 10 * b) == pytest.approx(log_ratios(a, b))


def with_one_large_document():
    """Thirty documents against thirty; the pooled share of one large one is not like the mean."""
    small = [[1, 99 + i % 3] for i in range(29)]
    reference = [[5, 95 + i % 3] for i in range(30)]
    return np.array([*small, [20_000, 80_000], *reference])


@pytest.mark.parametrize("measure", ["g2", "log_ratio"])
def test_the_note_counts_the_features_whose_documents_contradict_the_statistic(measure):
    dfm = matrix(with_one_large_document())
    found = keyness(dfm, target=docs(0, 30), measure=measure)
    share = with_one_large_document() / with_one_large_document().sum(axis=1, keepdims=True)
    assert share[:30, 0].mean() < share[30:, 0].mean()
    f00 = found.features.index("f00")
    assert found.statistic[f00] > 0
    assert found.p[f00] < 0.05
    assert found.note.endswith("for 2 feature(s) with p < 0.05 the two differ in direction.")
    turned = keyness(dfm, target=docs(30, 60), measure=measure)
    assert turned.note == found.note
    by_tokens = keyness(dfm, target=docs(0, 30), measure=measure, inference="tokens")
    assert by_tokens.note == "the p-values assume independent tokens."


@pytest.mark.parametrize("n_docs", [3, 6, 7])
@pytest.mark.parametrize("share", [(1, 10), (3, 10), (1, 49)])
def test_shares_that_are_equal_but_for_rounding_leave_nothing_to_test(n_docs, share):
    rising = np.arange(1, n_docs + 1)[:, np.newaxis]
    side = rising * np.array([share[0], share[1] - share[0]])
    other = rising * np.array([2 * share[0], share[1]])
    found = keyness(
        matrix(np.concatenate([side, other])), target=docs(0, n_docs), inference="documents"
    )
    assert np.isnan(found.p).all()
    assert np.isnan(found.p_adjusted).all()


def test_shares_that_differ_by_one_token_in_a_million_are_tested():
    side = np.array([[10**5, 9 * 10**5], [10**5 + 1, 9 * 10**5 - 1], [10**5, 9 * 10**5]])
    found = keyness(
        matrix(np.concatenate([side, 2 * side])), target=docs(0, 3), inference="documents"
    )
    assert found.p == pytest.approx(1.0)


# -- the result --------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["g2", "log_ratio"])
def test_the_columns_are_the_same_whatever_the_measure(measure):
    found = keyness(matrix([[3, 1], [1, 2]]), target="d0", measure=measure)
    assert list(found.to_frame().columns) == COLUMNS
    assert found.to_frame()[measure.replace("g2", "statistic")].tolist() == list(found.statistic)
    assert found.to_frame().attrs["note"] == found.note


def test_p_values_are_over_documents_from_five_a_side_on():
    rng = np.random.default_rng(0)
    few = keyness(matrix(rng.integers(1, 9, (9, 3))), target=docs(0, 4))
    many = keyness(matrix(rng.integers(1, 9, (10, 3))), target=docs(0, 5))
    chosen = keyness(matrix(rng.integers(1, 9, (10, 3))), target=docs(0, 5), inference="tokens")
    assert (few.unit, many.unit, chosen.unit) == ("tokens", "documents", "tokens")
    assert "assume independent tokens: there are fewer than 5 documents" in few.note
    assert many.note == (
        "the p-values are of mean shares per document, the statistic of all tokens pooled."
    )
    assert chosen.note == "the p-values assume independent tokens."


def test_frequencies_are_per_thousand_tokens():
    found = columns(keyness(matrix([[1, 3], [2, 6]]), target="d0"))
    assert found.freq_target.tolist() == [250.0, 750.0]
    assert found.freq_target.equals(found.freq_reference.rename("freq_target"))


def test_a_result_is_plain_data_read_only_and_found_again():
    dfm = matrix([[3, 1], [1, 2]])
    found = keyness(dfm, target="d0")
    assert json.loads(json.dumps(found.to_dict()))["features"] == ["f00", "f01"]
    assert not found.p.flags.writeable
    assert found.verify(dfm)
    with pytest.raises(ds.DiscourseError, match="its digest differs"):
        found.verify(matrix([[3, 1], [1, 3]]))


DFM = matrix([[3, 1], [1, 2], [0, 0]])
BAD_CALLS = [
    ({"target": "d7"}, "unknown target document 'd7'. There are: 'd0'"),
    ({"target": "d0", "reference": ["d1 "]}, "unknown reference document 'd1 '. Did you mean 'd1'"),
    ({"target": ["d0", "d1"], "reference": "d1"}, "target and reference share 1 document"),
    ({"target": []}, "target is empty: it must hold at least one document"),
    ({"target": ["d0", "d1", "d2"]}, "reference is empty: it must hold at least one document"),
    ({"target": [True, False]}, r"target is a mask of shape \(2,\) for 3 documents"),
    ({"target": "d2"}, "undefined for 'd2': there are no words"),
    ({"target": "d0", "measure": "g3"}, "measure must be one of 'g2', 'log_ratio'; got 'g3'"),
    ({"target": "d0", "inference": "docs"}, "inference must be one of 'auto', 'documents'"),
    ({"target": "d0", "inference": "documents"}, "a test over documents needs at least 2"),
]


@pytest.mark.parametrize(("options", "message"), BAD_CALLS)
def test_a_bad_call_is_explained(options, message):
    with pytest.raises(ds.DiscourseError, match=message):
        keyness(DFM, **options)


def test_weights_are_refused_with_the_reason():
    weights = ds.weight(DFM, "binary")
    with pytest.raises(ds.OptionError, match="needs a DocumentFeatureMatrix, got FeatureVectors"):
        keyness(weights, target="d0")
