"""Levels at a matched length against a slow loop over sentences, and the laws they keep."""

import json
import math
import re
import subprocess
import sys
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import discourse as ds
from discourse.inference import levels, matched
from discourse.inference.sources import sources_of
from discourse.resampling import GROUPS, blocks, random_orders
from speech import sentences
from speech import speech as speech_of

TOL = 1e-10
WORDS = [f"word{chr(97 + i)}{chr(97 + j)}" for i in range(10) for j in range(10)]
speech = partial(speech_of, words=WORDS)


# -- the oracle: one draw, one sentence, one token at a time -----------------------------------


def slow_sample(bags, order, left_out, m):
    """Weighted counts of the first m tokens of the sentences in this order."""
    sample, room = {}, m
    for i in order:
        size = sum(bags[i].values())
        if i in left_out or not room:
            continue
        taken = min(room, size)
        for word, n in bags[i].items():
            sample[word] = sample.get(word, 0.0) + n * taken / size
        room -= taken
    assert not room
    return sample


def slow_value(metric, a, b):
    words = sorted({*a, *b})
    rows = [[side.get(word, 0.0) for word in words] for side in (a, b)]
    return ds.METRICS[metric].pair(*rows)


def slow_levels(metric, bags, orders, m, out=((), ())):
    """Mean value between and within, from both ends of every order."""
    between, within = [], [[], []]
    for a_order, b_order in zip(*orders, strict=True):
        ends = [
            [slow_sample(bag, o, left, m) for o in (list(order), list(order)[::-1])]
            for bag, order, left in zip(bags, (a_order, b_order), out, strict=True)
        ]
        between += [slow_value(metric, x, y) for x, y in zip(*ends, strict=True)]
        for side in (0, 1):
            within[side].append(slow_value(metric, *ends[side]))
    return np.mean(between), (np.mean(within[0]) + np.mean(within[1])) / 2


def slow_matched(metric, texts, draws, seed):
    bags = [
        [
            {word: s.split().count(word) for word in s.split()}
            for s in (x.lower().rstrip(".") for x in sentences(text))
        ]
        for text in texts
    ]
    orders = random_orders(*map(len, bags), draws, np.random.default_rng(seed))
    sizes = [[sum(bag.values()) for bag in side] for side in bags]
    groups = [blocks(len(side)) for side in bags]
    m = min(
        math.floor(0.45 * (sum(n) - max(sum(x for x, h in zip(n, g, strict=True) if h == k)
                                        for k in range(GROUPS))) + 1e-9)
        for n, g in zip(sizes, groups, strict=True)
    )  # fmt: skip
    between, within = slow_levels(metric, bags, orders, m)
    sign = -1 if ds.METRICS[metric].kind == "similarity" else 1
    variances = np.zeros(3)
    few = [o[: draws // 4] for o in orders]
    for side in (0, 1):
        replicates = []
        for k in range(GROUPS):
            out = [(), ()]
            out[side] = set(np.flatnonzero(groups[side] == k).tolist())
            d, w = slow_levels(metric, bags, few, m, out)
            replicates.append((d, w, d - w))
        variances += 19 / 20 * np.square(np.array(replicates) - np.mean(replicates, 0)).sum(0)
    return m, (between, within, sign * (between - within)), np.sqrt(variances)


@pytest.mark.parametrize("metric", ["jensen_shannon", "cosine", "manhattan"])
def test_value_baseline_excess_and_intervals_equal_those_of_a_slow_loop(metric):
    texts = speech(22, 1), speech(30, 2, tilt=5.0)
    found = matched(*texts, metric=metric, draws=8, rng=7)
    m, values, errors = slow_matched(metric, texts, 8, 7)
    assert found.m == m
    reach = stats.t.ppf(0.975, GROUPS - 1) * errors
    low, high = ds.METRICS[metric].bounds
    for part, value, half in zip((found, found.within, found.excess), values, reach, strict=True):
        assert part.value == pytest.approx(value, abs=TOL)
        edges = (-math.inf, math.inf) if part is found.excess else (low, high)
        assert part.low == pytest.approx(max(edges[0], value - half), abs=TOL)
        assert part.high == pytest.approx(min(edges[1], value + half), abs=TOL)


# -- laws --------------------------------------------------------------------------------------


def parts(found):
    return np.array([[e.value, e.low, e.high] for e in (found, found.within, found.excess)])


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.sampled_from(["jensen_shannon", "cosine", "hellinger"]))
def test_exchanging_the_sides_changes_nothing(seed, metric):
    a, b = speech(25, seed), speech(25 + seed % 9, seed + 1, tilt=3.0)
    one, other = (matched(*pair, metric=metric, draws=20, rng=seed) for pair in ((a, b), (b, a)))
    np.testing.assert_allclose(parts(one), parts(other), rtol=0, atol=TOL)


@settings(max_examples=15)
@given(st.permutations(range(len(WORDS))))
def test_exchanging_the_names_of_the_words_changes_nothing(permutation):
    renamed = {WORDS[i]: WORDS[j] for i, j in enumerate(permutation)}
    texts = speech(25, 5), speech(25, 6, tilt=3.0)
    other = [re.sub(r"\w+", lambda match: renamed[match[0].lower()], text) for text in texts]
    other = [text.replace(".", ".\n\n") for text in other]  # ends that need no capital
    one, two = (matched(*pair, draws=8) for pair in (texts, other))
    np.testing.assert_allclose(parts(one), parts(two), rtol=0, atol=TOL)


def test_the_same_seed_gives_the_same_numbers_and_another_gives_others():
    texts = speech(40, 1), speech(40, 2)
    assert (parts(matched(*texts, rng=3)) == parts(matched(*texts, rng=3))).all()
    given_generator = matched(*texts, rng=np.random.default_rng(3))
    assert (parts(given_generator) == parts(matched(*texts, rng=3))).all()
    assert matched(*texts, rng=4).value != matched(*texts, rng=3).value


def test_the_number_of_threads_changes_nothing():
    one, many = (matched(speech(60, 1), speech(50, 2), n_jobs=n) for n in (1, 3))
    assert one.to_dict() == many.to_dict()
    with pytest.raises(ds.OptionError, match="n_jobs must be"):
        matched(speech(60, 1), speech(50, 2), n_jobs=0)


def test_more_draws_move_the_value_by_less_than_a_tenth_of_the_interval():
    texts = speech(120, 1), speech(120, 2, tilt=3.0)
    few, many = matched(*texts, rng=0), matched(*texts, draws=4000, rng=1)
    assert abs(few.value - many.value) < 0.1 * (many.high - many.low)
    assert many.high - many.low == pytest.approx(few.high - few.low, rel=0.15)


@pytest.mark.parametrize("metric", ["jensen_shannon", "cosine"])
def test_the_excess_of_two_halves_of_one_shuffled_source_is_near_zero(metric):
    inside, mean = 0, 0.0
    for seed in range(30):
        pieces = sentences(speech(160, seed))
        order = np.random.default_rng(seed).permutation(len(pieces))
        halves = [" ".join(pieces[i] for i in order[start::2]) for start in (0, 1)]
        excess = matched(*halves, metric=metric, draws=40, rng=seed).excess
        inside += excess.low <= 0 <= excess.high
        mean += excess.value / 30
    assert inside >= 27
    assert abs(mean) < 0.01


def test_the_excess_of_two_sources_is_positive_for_similarities_too():
    texts = speech(80, 1), speech(80, 2, tilt=30.0)
    for metric in ("jensen_shannon", "cosine"):
        assert matched(*texts, metric=metric).excess.low > 0


def at_two_lengths(texts, short, m):
    """Values matched at m and bare, for random sentences of each text and for all of them."""
    rng = np.random.default_rng(0)
    whole = [sentences(text) for text in texts]
    cut = [[side[i] for i in rng.permutation(len(side))[:short]] for side in whole]
    values = []
    for sides in (cut, whole):
        joined = [" ".join(side) for side in sides]
        rows = [source.counts.sum(axis=0) for source in sources_of("ab", [*map(corpus, joined)])]
        values.append((matched(*joined, m=m).value, ds.METRICS["jensen_shannon"].pair(*rows)))
    return np.array(values).T


def test_the_value_at_one_m_does_not_move_with_length_while_the_bare_value_does():
    at_m, bare = at_two_lengths((speech(800, 1), speech(800, 2, tilt=4.0)), 100, 200)
    assert bare[0] > 1.8 * bare[1]
    assert at_m[0] == pytest.approx(at_m[1], rel=0.1)


def test_so_it_is_with_real_addresses(real_data):
    path = real_data / "data" / "us-inaugural" / "addresses.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    texts = {row["doc_id"]: row["text"] for row in rows}
    at_m, bare = at_two_lengths((texts["1981-Reagan"], texts["1997-Clinton"]), 25, 160)
    assert bare[0] > bare[1] + 0.1
    assert at_m[0] == pytest.approx(at_m[1], abs=0.03)


def corpus(text):
    return ds.Corpus.from_texts([text])


def test_identical_sources_differ_by_less_than_two_samples_of_one():
    text = speech(60, 1)
    found = matched(text, text)
    assert 0 < found.value < found.within.value
    assert found.excess.value < 0


def test_a_collection_is_one_source():
    text, other = speech(60, 1), speech(60, 2)
    pieces = sentences(text)
    collection = [" ".join(pieces[:20]), "...", " ".join(pieces[20:])]
    assert (parts(matched(collection, other)) == parts(matched(text, other))).all()


def test_headers_are_left_out():
    text, other = speech(30, 1), speech(30, 2)
    header = "Unrelated title: debate\n"
    document = ds.Document("x", header + text, header=((0, len(header) - 1),))
    assert (parts(matched(document, other)) == parts(matched(text, other))).all()


def test_segments_are_the_sentences_that_have_words():
    a, b = sources_of(
        "ab", [corpus("Peace, peace. ... War!"), ds.Corpus.from_texts(["War.", "No war."])]
    )
    assert a.features == ("no", "peace", "war")
    assert a.counts.toarray().tolist() == [[0, 2, 0], [0, 0, 1]]
    assert b.counts.toarray().tolist() == [[0, 0, 1], [1, 0, 1]]


# -- the result --------------------------------------------------------------------------------


def test_with_fewer_than_twenty_sentences_there_is_no_interval_and_the_note_says_why():
    found = matched(speech(30, 1), ds.Document("short", speech(19, 2)))
    for part in (found, found.within, found.excess):
        assert (part.low, part.high) == (None, None)
        assert part.note == "no interval: it needs 20 sentences of each source, and 'short' has 19."
        assert math.isfinite(part.value)
    assert matched(speech(20, 1), speech(20, 2)).note is None


def test_sources_of_one_sentence_have_a_value_but_no_baseline():
    texts = "They support trade and oppose war", "They oppose trade and support war"
    found = matched(*texts)
    assert (found.value, found.m) == (0.0, 2)
    assert found.note.endswith("'a' has 1, 'b' has 1.")
    for part in (found.within, found.excess):
        assert math.isnan(part.value)
        assert (part.low, part.high) == (None, None)
        assert part.note == (
            "no baseline, and no excess: two samples of 2 tokens may draw on one sentence of 'a', "
            "'b'. Take more text."
        )
        assert part.verify(*texts)
    assert found.verify(*texts)
    frame = found.to_frame()
    assert frame["value"].isna().tolist() == [False, True, True]
    assert frame["note"].tolist() == [found.note, found.within.note, found.excess.note]


def with_one_long_sentence(n, longest, seed):
    words = speech(longest, seed, longest=1).replace(".", "").lower()
    return f"{speech(n, seed)} {words.capitalize()}."


def test_a_sentence_too_long_for_two_samples_leaves_no_baseline_at_any_larger_m():
    long, other = with_one_long_sentence(12, 50, 1), speech(100, 2)
    found = matched(ds.Document("long", long), other)
    assert math.isfinite(found.value)
    assert math.isnan(found.within.value)
    assert math.isnan(found.excess.value)
    assert "may draw on one sentence of 'long'" in found.within.note
    most = int(re.search(r"Take an m of at most (\d+), or more text\.", found.excess.note)[1])
    assert most == (sum(len(s.split()) for s in sentences(long)) - 50) // 2
    fits, exceeds = (matched(long, other, m=m, draws=8).within for m in (most, most + 1))
    assert fits.value > 0
    assert fits.note == "no interval: it needs 20 sentences of each source, and 'a' has 13."
    assert math.isnan(exceeds.value)


@settings(max_examples=30)
@given(st.integers(19, 40), st.integers(1, 400), st.integers(0, 1000))
def test_with_twenty_sentences_a_side_there_is_always_a_baseline(n, longest, seed):
    found = matched(with_one_long_sentence(n, longest, seed), speech(30, seed), draws=2)
    assert found.within.low <= found.within.value <= found.within.high


@pytest.mark.parametrize("n", [6, 12])
def test_the_excess_of_one_source_is_near_zero_or_not_given_however_few_its_sentences(n):
    found = [
        matched(speech(n, 2 * seed), speech(n, 2 * seed + 1), m=m, draws=20).excess.value
        for seed in range(200)
        for m in (3, 6)
    ]
    assert np.isfinite(found).sum() >= 40
    assert abs(np.nanmean(found)) < 0.01


def test_limits_of_value_and_baseline_stay_within_the_bounds_of_the_metric():
    found = matched(speech(20, 1, longest=2), speech(20, 2, longest=2), level=0.9999)
    assert found.low >= 0.0
    assert found.high == 1.0
    assert found.excess.low < 0


def test_a_wider_level_gives_wider_limits():
    texts = speech(40, 1), speech(40, 2)
    narrow, wide = matched(*texts, level=0.8), matched(*texts, level=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high
    assert narrow.value == wide.value


def test_a_result_and_its_parts_are_plain_data_and_found_again():
    texts = speech(25, 1), speech(25, 2)
    found = matched(*texts, draws=8, rng=5)
    data = json.loads(json.dumps(found.to_dict()))
    assert data["record"]["parameters"] == {
        "metric": "jensen_shannon", "m": found.m, "draws": 8, "level": 0.95, "features": None,
        "rng": 5,
    }  # fmt: skip
    for part in (found, found.within, found.excess):
        assert part.verify(*texts)
    with pytest.raises(ds.DiscourseError, match="b is not the one"):
        found.verify(texts[0], texts[0])
    frame = found.to_frame()
    assert frame["value"].tolist() == [found.value, found.within.value, found.excess.value]
    assert found.within.to_frame().equals(frame[1:2].reset_index(drop=True))


def test_what_a_generator_drew_cannot_be_drawn_again():
    found = matched(speech(25, 1), speech(25, 2), draws=8, rng=np.random.default_rng(0))
    assert found.record.parameters["rng"] == "generator"
    with pytest.raises(ds.DiscourseError, match="does not know how to recompute"):
        found.verify("", "")


def test_nothing_is_compiled():
    code = (
        "import sys, discourse; discourse.matched('We agree. ' * 30, 'They do not. ' * 30);"
        "print([m for m in ('numba', 'sklearn', 'pandas', 'scipy.stats') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


TEXT = speech(30, 1)
BAD_CALLS = [
    ((TEXT, TEXT), {"metric": "jensen_shanon"}, "Did you mean 'jensen_shannon'"),
    ((TEXT, TEXT), {"draws": 7}, "draws must be a positive even number; got 7"),
    ((TEXT, TEXT), {"draws": 0}, "draws must be a positive even number; got 0"),
    ((TEXT, TEXT), {"level": 95}, "level must lie between 0 and 1, for instance 0.95; got 95"),
    (
        (TEXT, TEXT),
        {"m": 10**6},
        r"m must be between 1 and \d+, the largest length that 'a' allows",
    ),
    ((TEXT, TEXT), {"m": 0}, r"m must be between 1 and \d+.*; got 0"),
    ((TEXT, TEXT), {"m": 20.0}, r"m must be between 1 and \d+.*; got 20\.0"),
    ((TEXT, TEXT), {"m": math.nan}, r"m must be between 1 and \d+.*; got nan"),
    ((TEXT, TEXT), {"m": -math.inf}, r"m must be between 1 and \d+.*; got -inf"),
    ((TEXT, ""), {}, "undefined for 'b': there are no words"),
    ((ds.Document("x", "..."), ""), {}, "undefined for 'x', 'b': there are no words"),
    (("Peace", "War"), {}, "undefined for 'a', 'b': too few words"),
    ((TEXT, []), {}, "b is empty: there is no document"),
    ((7, TEXT), {}, "a must be a Corpus, a list of str"),
]


@pytest.mark.parametrize(("sources", "options", "message"), BAD_CALLS)
def test_a_bad_call_is_explained(sources, options, message):
    with pytest.raises(ds.DiscourseError, match=message):
        matched(*sources, **options)


def test_the_largest_m_that_a_message_names_is_allowed():
    with pytest.raises(ds.OptionError) as caught:
        matched(TEXT, TEXT, m=10**6)
    most = int(re.search(r"and (\d+),", str(caught.value))[1])
    assert matched(TEXT, TEXT, m=most, draws=8).m == most == matched(TEXT, TEXT, draws=8).m


def test_levels_need_no_text():
    a, b = (s.counts for s in sources_of("ab", [corpus(speech(25, i)) for i in (1, 2)]))
    found = levels(ds.METRICS["cosine"], a, b, m=20, draws=8, rng=np.random.default_rng(2))
    whole = matched(speech(25, 1), speech(25, 2), metric="cosine", m=20, draws=8, rng=2)
    assert found.between.value == whole.value
    assert found.excess.value == whole.excess.value
