"""All pairs of sources at one length: against a slow loop, `matched`, and the laws they keep."""

import itertools
import json
import math
import pickle
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import discourse as ds
from discourse.inference import common, matched, matched_matrix
from discourse.inference.drawing import seed_of
from discourse.inference.sources import sources_of
from discourse.resampling import GROUPS, blocks
from speech import speech as speech_of

TOL = 1e-10
WORDS = [f"word{chr(97 + i)}{chr(97 + j)}" for i in range(10) for j in range(10)]
METRICS = ["jensen_shannon", "cosine", "manhattan", "jaccard"]
speech = partial(speech_of, words=WORDS)


def speeches(*lengths, seed=0):
    texts = [speech(n, seed + i, tilt=1.0 + 3 * i) for i, n in enumerate(lengths)]
    return ds.Corpus.from_texts(texts, ids=[f"doc{i}" for i in range(len(texts))])


ARRAYS = ("values", "low", "high", "excess", "excess_low", "excess_high")


def arrays(found):
    return {name: getattr(found, name) for name in ARRAYS}


def assert_same(one, other, order=None):
    for name in ARRAYS:
        expected = getattr(one, name)
        if order is not None:
            expected = expected[np.ix_(order, order)]
        np.testing.assert_allclose(getattr(other, name), expected, rtol=0, atol=TOL)


# -- the oracle: one draw, one sentence at a time ----------------------------------------------


def slow_sample(counts, order, left_out, m):
    """Weighted counts of the first m tokens of the sentences in this order."""
    sample, room = np.zeros(counts.shape[1]), m
    for i in order:
        if i in left_out:
            continue
        size = counts[i].sum()
        taken = min(room, size)
        sample += counts[i] * taken / size
        room -= taken
    assert not room
    return sample


class SlowSource:
    """A source whose samples are drawn in plain Python."""

    def __init__(self, source, seed, draws, m):
        self.counts = source.counts.toarray()
        self.m = m
        orders = np.tile(np.arange(len(self.counts)), (draws, 1))
        self.orders = source.generator(seed).permuted(orders, axis=1)
        self.groups = blocks(len(self.counts))

    def ends(self, draw, group=None):
        out = set() if group is None else set(np.flatnonzero(self.groups == group).tolist())
        order = self.orders[draw].tolist()
        return [slow_sample(self.counts, o, out, self.m) for o in (order, order[::-1])]


def slow_level(metric, a, b, draws, group_a=None, group_b=None):
    """Mean value over draws; of one source, that between its two ends."""
    values = []
    for draw in range(draws):
        ends_a = a.ends(draw, group_a)
        pairs = [ends_a] if a is b else zip(ends_a, b.ends(draw, group_b), strict=True)
        values += [ds.METRICS[metric].pair(*pair) for pair in pairs]
    return np.mean(values)


def slow_errors(metric, a, b, draws):
    """Standard errors of the value between and of the excess."""
    squares = np.zeros(2)
    for left in (0, 1):
        replicates = []
        for group in range(GROUPS):
            groups = (group, None) if left == 0 else (None, group)
            d = slow_level(metric, a, b, draws, *groups)
            own = (a, b)[left]
            replicates.append((d, d - slow_level(metric, own, own, draws, group) / 2))
        squares += (GROUPS - 1) * np.var(replicates, axis=0)
    return np.sqrt(squares)


@pytest.mark.parametrize("metric", METRICS)
def test_every_number_equals_that_of_a_slow_loop(metric):
    corpus, draws = speeches(22, 30, 25), 8
    found = matched_matrix(corpus, metric=metric, draws=draws, rng=7)
    sources = sources_of(corpus.ids, [ds.Corpus((d,)) for d in corpus])
    slow = [SlowSource(source, seed_of(7), draws, found.m) for source in sources]
    within = [slow_level(metric, s, s, draws) for s in slow]
    np.testing.assert_allclose(found.within, within, rtol=0, atol=TOL)
    sign = -1 if ds.METRICS[metric].kind == "similarity" else 1
    reach = stats.t.ppf(0.975, GROUPS - 1)
    lowest, highest = ds.METRICS[metric].bounds
    for i, j in itertools.combinations(range(3), 2):
        value = slow_level(metric, slow[i], slow[j], draws)
        excess = sign * (value - (within[i] + within[j]) / 2)
        errors = slow_errors(metric, slow[i], slow[j], draws // 4)
        expected = {
            "values": value,
            "low": max(lowest, value - reach * errors[0]),
            "high": min(highest, value + reach * errors[0]),
            "excess": excess,
            "excess_low": excess - reach * errors[1],
            "excess_high": excess + reach * errors[1],
        }
        for name, number in expected.items():
            assert getattr(found, name)[i, j] == pytest.approx(number, abs=TOL), name


def test_the_limits_of_a_level_within_come_from_its_source_alone():
    corpus, draws = speeches(24, 30), 8
    found = matched_matrix(corpus, draws=draws, rng=1)
    source = sources_of(corpus.ids, [ds.Corpus((d,)) for d in corpus])[0]
    slow = SlowSource(source, seed_of(1), draws, found.m)
    replicates = [slow_level("jensen_shannon", slow, slow, 2, g) for g in range(GROUPS)]
    reach = stats.t.ppf(0.975, GROUPS - 1) * math.sqrt((GROUPS - 1) * np.var(replicates))
    assert found.high[0, 0] - found.within[0] == pytest.approx(reach, abs=TOL)


@pytest.mark.parametrize("metric", ["jensen_shannon", "cosine"])
def test_a_pair_is_what_matched_gives_at_the_same_length(metric):
    corpus = speeches(60, 90, 75)
    found = matched_matrix(corpus, metric=metric, draws=1000)
    for i, j in itertools.combinations(range(3), 2):
        pair = matched(*(corpus.documents[x] for x in (i, j)), metric=metric, m=found.m, draws=1000)
        width = pair.high - pair.low
        assert found.values[i, j] == pytest.approx(pair.value, abs=0.03 * width)
        assert found.low[i, j] == pytest.approx(pair.low, abs=0.08 * width)
        assert found.high[i, j] == pytest.approx(pair.high, abs=0.08 * width)
        width = pair.excess.high - pair.excess.low
        assert found.excess[i, j] == pytest.approx(pair.excess.value, abs=0.03 * width)
        assert found.excess_low[i, j] == pytest.approx(pair.excess.low, abs=0.08 * width)
        within = (found.within[i] + found.within[j]) / 2
        assert within == pytest.approx(pair.within.value, abs=0.03 * width)


def test_the_default_length_of_two_sources_is_that_of_matched():
    corpus = speeches(25, 40)
    assert matched_matrix(corpus, draws=2).m == matched(*corpus, draws=2).m


# -- laws --------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(st.permutations(range(4)), st.integers(0, 1000), st.sampled_from(METRICS))
def test_permuting_the_sources_permutes_the_matrix(order, seed, metric):
    corpus = speeches(25, 12, 30, 21, seed=seed)
    moved = ds.Corpus(tuple(corpus.documents[i] for i in order))
    one, other = (matched_matrix(c, metric=metric, draws=8, rng=seed) for c in (corpus, moved))
    assert one.m == other.m
    assert_same(one, other, order)


def test_the_names_of_the_sources_change_nothing():
    corpus = speeches(25, 30)
    renamed = ds.Corpus.from_texts(corpus.texts, ids=["z", "y"])
    assert_same(matched_matrix(corpus, draws=8), matched_matrix(renamed, draws=8))


def test_other_sources_change_nothing_at_the_same_length():
    corpus = speeches(25, 30, 40, 22)
    m = matched_matrix(corpus, draws=8).m
    alone = matched_matrix(corpus.subset(["doc0", "doc2"]), draws=8, m=m)
    np.testing.assert_allclose(
        alone.values, matched_matrix(corpus, draws=8).values[np.ix_([0, 2], [0, 2])], atol=TOL
    )


@pytest.mark.parametrize("metric", METRICS)
def test_the_matrix_is_symmetric_and_its_excess_is_zero_on_the_diagonal(metric):
    found = matched_matrix(speeches(25, 30, 21, 22), metric=metric, draws=8)
    for array in arrays(found).values():
        assert (array == array.T).all()
    for array in (found.excess, found.excess_low, found.excess_high):
        assert (array.diagonal() == 0).all()


def test_blocks_of_draws_change_nothing(monkeypatch):
    corpus = speeches(25, 30, 21)
    whole = matched_matrix(corpus, draws=20)
    monkeypatch.setattr(common, "_BLOCK", 1)
    assert_same(whole, matched_matrix(corpus, draws=20))


def test_threads_change_nothing():
    corpus = speeches(25, 30, 21)
    assert_same(*(matched_matrix(corpus, draws=8, n_jobs=n) for n in (1, 2)))


def test_the_same_text_twice_is_drawn_from_twice():
    text = speech(60, 1)
    found = matched_matrix([text, text])
    assert 0 < found.values[0, 1] < found.within.min()
    assert found.within[0] != found.within[1]
    assert found.excess[0, 1] < 0


@pytest.mark.parametrize("metric", ["jensen_shannon", "cosine"])
def test_the_excess_of_two_halves_of_one_source_is_near_zero(metric):
    inside, mean = 0, 0.0
    for seed in range(30):
        pieces = [f"{piece}." for piece in speech(160, seed).split(".")[:-1]]
        order = np.random.default_rng(seed).permutation(len(pieces))
        halves = [" ".join(pieces[i] for i in order[start::2]) for start in (0, 1)]
        found = matched_matrix(halves, metric=metric, draws=40)
        inside += found.excess_low[0, 1] <= 0 <= found.excess_high[0, 1]
        mean += found.excess[0, 1] / 30
    assert inside >= 27
    assert abs(mean) < 0.01


def test_the_excess_of_two_sources_is_positive_for_similarities_too():
    texts = speech(80, 1), speech(80, 2, tilt=30.0)
    for metric in ("jensen_shannon", "cosine"):
        assert matched_matrix(texts, metric=metric).excess_low[0, 1] > 0


def test_groups_are_sources_of_the_pooled_sentences():
    texts = [speech(15, seed, tilt=1 + seed) for seed in range(4)]
    corpus = ds.Corpus.from_texts(texts, docvars={"side": ["X", "Y", "X", "Y"]})
    by_docvar = matched_matrix(corpus, by="side", draws=8)
    by_mapping = matched_matrix(corpus, by=dict(zip(corpus.ids, "YXYX", strict=True)), draws=8)
    joined = matched_matrix([f"{texts[0]} {texts[2]}", f"{texts[1]} {texts[3]}"], draws=8)
    assert by_docvar.names == by_mapping.names == ("X", "Y")
    assert_same(by_docvar, by_mapping, [1, 0])
    assert by_docvar.m == joined.m
    np.testing.assert_allclose(by_docvar.values, joined.values, atol=0.1)


def test_headers_are_left_out():
    corpus = speeches(25, 30)
    header = "Unrelated title: debate\n"
    titled = [ds.Document(d.id, header + d.text, header=((0, len(header) - 1),)) for d in corpus]
    found = matched_matrix(titled, draws=400)
    plain = matched_matrix(corpus, draws=400)
    assert found.m == plain.m
    np.testing.assert_allclose(found.values, plain.values, atol=0.02)


def test_metrics_that_count_absent_features_count_those_of_all_sources():
    counting = [name for name, metric in ds.METRICS.items() if metric.uses_n_features]
    for name in counting:
        found = matched_matrix(speeches(25, 30, 21), metric=name, draws=8)
        assert np.isfinite(found.excess).all()


# -- the result --------------------------------------------------------------------------------


def test_sources_of_few_sentences_have_values_but_no_limits_and_the_note_names_them():
    found = matched_matrix(speeches(30, 19, 25), draws=8)
    assert np.isfinite(found.values).all()
    assert np.isnan(found.low).tolist() == [[False, True, False], [True] * 3, [False, True, False]]
    assert np.isnan(found.excess_high[0, 1])
    assert np.isfinite(found.excess_high[0, 2])
    assert found.note == ("no interval: it needs 20 sentences of each source, and 'doc1' has 19.")
    assert matched_matrix(speeches(20, 20), draws=8).note is None


def test_a_sentence_too_long_for_two_samples_leaves_no_baseline_and_the_note_names_the_source():
    texts = ["They support trade and oppose war", speech(40, 1), speech(40, 2)]
    found = matched_matrix(texts, draws=8)
    assert np.isfinite(found.values[0, 1:]).all()
    assert np.isnan(found.excess).tolist() == [
        [True] * 3,
        [True, False, False],
        [True, False, False],
    ]
    assert np.isnan(found.within).tolist() == [True, False, False]
    assert (
        "no baseline, and no excess: two samples of 2 tokens may draw on one sentence of 'text1'"
        in found.note
    )
    assert "'text1'" in found.note


def test_the_table_has_one_row_a_pair():
    found = matched_matrix(speeches(25, 30, 19), draws=8)
    frame = found.to_frame()
    assert list(frame.columns) == [
        *("a", "b", "value", "low", "high", "within"),
        *("excess", "excess_low", "excess_high", "p", "p_adjusted", "m"),
    ]
    assert frame[["a", "b"]].to_numpy().tolist() == [
        ["doc0", "doc1"], ["doc0", "doc2"], ["doc1", "doc2"],
    ]  # fmt: skip
    assert frame["value"].tolist() == found.values[np.triu_indices(3, 1)].tolist()
    np.testing.assert_allclose(frame["value"] - frame["within"], frame["excess"], atol=TOL)
    assert frame["p"].isna().all()
    assert set(frame["m"]) == {found.m}
    assert frame.attrs["note"] == found.note


def test_the_matrix_of_values_has_levels_within_on_its_diagonal_and_that_of_excess_zeros():
    found = matched_matrix(speeches(25, 30, 22), metric="cosine", draws=8)
    value, excess = found.matrix(), found.matrix("excess")
    assert (value.values == found.values).all()
    assert (value.values.diagonal() == found.within).all()
    assert (value.kind, value.metric, value.level) == ("similarity", "cosine", 0.95)
    assert (excess.kind, excess.metric) == ("divergence", "cosine excess")
    assert excess.rows == excess.columns == found.names
    assert (excess.values.diagonal() == 0).all()
    assert (excess.high == found.excess_high).all()


def test_a_result_is_plain_data_and_found_again():
    corpus = speeches(25, 30, 19)
    found = matched_matrix(corpus, draws=8, rng=5)
    data = json.loads(json.dumps(found.to_dict()))
    assert data["record"]["parameters"] == {
        "metric": "jensen_shannon", "m": found.m, "draws": 8, "level": 0.95, "by": None,
        "permutations": 0, "unit": None, "rng": 5,
    }  # fmt: skip
    assert data["values"] == found.values.tolist()
    assert found.verify(corpus)
    assert found.matrix("excess").verify(corpus)
    assert_same(found, pickle.loads(pickle.dumps(found)))  # noqa: S301
    with pytest.raises(ds.DiscourseError, match="corpus is not the one"):
        found.verify(speeches(40, 40, 40))
    with pytest.raises(ValueError, match="read-only"):
        found.values[0, 0] = 1.0


def test_the_same_seed_gives_the_same_numbers_and_another_gives_others():
    corpus = speeches(25, 30)
    one = matched_matrix(corpus, draws=8, rng=3)
    generator = matched_matrix(corpus, draws=8, rng=np.random.default_rng(3))
    assert_same(one, generator)
    assert generator.record.parameters["rng"] == "generator"
    with pytest.raises(ds.DiscourseError, match="does not know how to recompute"):
        generator.verify(corpus)
    assert matched_matrix(corpus, draws=8, rng=4).values[0, 1] != one.values[0, 1]


def test_the_largest_length_that_a_message_names_is_allowed():
    corpus = speeches(25, 60)
    with pytest.raises(ds.OptionError, match="that 'doc0' allows; got 1000000") as caught:
        matched_matrix(corpus, m=10**6)
    most = int(str(caught.value).split(" and ")[1].split(",")[0])
    assert matched_matrix(corpus, m=most, draws=2).m == most == matched_matrix(corpus, draws=2).m


TEXTS = [speech(25, 1), speech(25, 2)]
BAD_CALLS = [
    (TEXTS, {"metric": "jensen_shanon"}, "Did you mean 'jensen_shannon'"),
    (TEXTS, {"draws": 0}, "draws must be an int of at least 1; got 0"),
    (TEXTS, {"draws": 2.5}, "draws must be an int of at least 1; got 2.5"),
    (TEXTS, {"level": 95}, "level must lie between 0 and 1, for instance 0.95; got 95"),
    (TEXTS, {"m": 0}, r"m must be between 1 and \d+, .*'text\d' allows; got 0"),
    (TEXTS, {"m": 3.5}, r"m must be between 1 and \d+, .*; got 3.5"),
    (TEXTS, {"m": math.inf}, r"m must be between 1 and \d+, .*; got inf"),
    (TEXTS, {"n_jobs": 0}, "n_jobs must be a positive int"),
    (TEXTS, {"permutations": -1}, "permutations must be an int of at least 0; got -1"),
    (TEXTS, {"permutations": 9}, "permutations deal out the documents of groups, and by= names"),
    (TEXTS, {"unit": "speaker"}, "unit says what permutations deal out together, and there are no"),
    (TEXTS, {"by": "side"}, "unknown docvar 'side'"),
    (TEXTS, {"by": {"text1": "X"}}, r"1 document\(s\) have no group: 'text2'"),
    (TEXTS, {"by": {"text1": "X", "text2": "X"}}, "two sources are needed; there is one: 'X'"),
    (TEXTS[:1], {}, "at least two sources are needed; there is one: 'text1'"),
    ([*TEXTS, "", "..."], {}, "undefined for 'text3', 'text4': there are no words"),
    ([*TEXTS, "Peace"], {}, "undefined for 'text3': too few words to draw two samples from"),
    ([], {}, "corpus is empty: there is no document"),
    (7, {}, "corpus must be a Corpus, a list of str"),
]  # fmt: skip


@pytest.mark.parametrize(("corpus", "options", "message"), BAD_CALLS)
def test_a_bad_call_is_explained(corpus, options, message):
    with pytest.raises(ds.DiscourseError, match=message):
        matched_matrix(corpus, **options)


def test_a_matrix_of_another_shape_is_refused():
    found = matched_matrix(TEXTS, draws=2)
    fields = {name: getattr(found, name) for name in found.__dataclass_fields__}
    with pytest.raises(ds.DiscourseError, match=r"low has shape \(1, 1\) for 2 names"):
        type(found)(**fields | {"low": np.zeros((1, 1))})


def test_sixty_addresses_take_seconds(real_data):
    path = real_data / "data" / "us-inaugural" / "addresses.jsonl"
    rows = list(map(json.loads, path.read_text(encoding="utf-8").splitlines()))
    corpus = ds.Corpus.from_texts([r["text"] for r in rows], ids=[r["doc_id"] for r in rows])
    recent = corpus.subset(lambda d: len(d.text) > 9000)
    found = matched_matrix(recent, draws=40)
    assert len(found.names) > 30
    i, j = (found.names.index(name) for name in ("2009-Obama", "2013-Obama"))
    above = np.triu_indices(len(found.names), 1)
    assert found.excess[i, j] < np.quantile(found.excess[above], 0.1)
