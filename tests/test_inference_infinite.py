"""Values at infinite length and on closed sets, against slow loops, with the laws they keep."""

import json
import math
import re
from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial.distance import jensenshannon

import discourse as ds
from discourse.cli.streams import jsonable
from discourse.inference import matched
from discourse.inference.sources import sources_of
from discourse.resampling import GROUPS, blocks
from speech import sentences
from speech import speech as speech_of

TOL = 1e-9
WORDS = [f"word{chr(97 + i)}{chr(97 + j)}" for i in range(6) for j in range(5)]
CLOSED = WORDS[:6]
ALLOWED = ("jensen_shannon", "hellinger", "jensen_shannon_distance")
speech = partial(speech_of, words=WORDS)


def bags(text):
    return [s.lower().rstrip(".").split() for s in sentences(text)]


def numbers(found):
    return np.array([[e.value, e.low, e.high] for e in (found, found.within, found.excess)])


# -- the oracles: one pair of tokens, one deleted group at a time -------------------------------


def slow_recurrence(side):
    """Share of the pairs of tokens of different sentences that are the same word."""
    same = pairs = 0
    for i, j in product(range(len(side)), repeat=2):
        if i != j:
            pairs += len(side[i]) * len(side[j])
            same += sum(x == y for x in side[i] for y in side[j])
    return same / pairs


def slow_cosine(a, b):
    words = [[word for sentence in side for word in sentence] for side in (a, b)]
    shared = np.mean([x == y for x in words[0] for y in words[1]])
    return shared / math.sqrt(slow_recurrence(a) * slow_recurrence(b))


def shares(side):
    words = [word for sentence in side for word in sentence]
    return np.array([words.count(word) for word in CLOSED]) / len(words)


def slow_divergence(a, b):
    return jensenshannon(shares(a), shares(b), base=2) ** 2


def slow_hellinger_squared(a, b):
    return np.square(np.sqrt(shares(a)) - np.sqrt(shares(b))).sum() / 2


def slow_limits(value, a, b, level):
    """The value less its bias, and its limits, from every group left out by hand."""
    corrected, variance = value(a, b), 0.0
    for which in (0, 1):
        groups = blocks(len((a, b)[which]))
        left_out = []
        for k in range(GROUPS):
            sides = [a, b]
            sides[which] = [s for s, g in zip(sides[which], groups, strict=True) if g != k]
            left_out.append(value(*sides))
        corrected -= 19 * (np.mean(left_out) - value(a, b))
        variance += 19 / 20 * sum((x - np.mean(left_out)) ** 2 for x in left_out)
    reach = stats.t.ppf((1 + level) / 2, 19) * math.sqrt(variance)
    return np.array([corrected, corrected - reach, corrected + reach])


def test_the_cosine_and_its_interval_equal_those_of_a_slow_loop():
    texts = speech(21, 1), speech(26, 2, tilt=5.0)
    found = matched(*texts, metric="cosine", m=math.inf, level=0.9)
    expected = slow_limits(slow_cosine, *map(bags, texts), 0.9)
    np.testing.assert_allclose(numbers(found)[0], expected.clip(0, 1), rtol=0, atol=TOL)
    excess = 1 - expected[[0, 2, 1]]
    np.testing.assert_allclose(numbers(found)[2], excess, rtol=0, atol=TOL)


@pytest.mark.parametrize(
    ("metric", "slow", "root"),
    [
        ("jensen_shannon", slow_divergence, np.asarray),
        ("hellinger", slow_hellinger_squared, lambda x: np.sign(x) * np.sqrt(abs(x))),
    ],
)
@pytest.mark.parametrize("tilt", [1.0, 9.0])
def test_values_on_a_closed_set_equal_those_of_a_slow_loop(metric, slow, root, tilt):
    texts = speech(40, 1), speech(50, 2, tilt=tilt)
    found = matched(*texts, metric=metric, m=math.inf, features=CLOSED)
    kept = [[[w for w in s if w in CLOSED] for s in bags(text)] for text in texts]
    a, b = ([s for s in side if s] for side in kept)
    expected = root(slow_limits(slow, a, b, 0.95))
    np.testing.assert_allclose(numbers(found)[0], expected.clip(0, 1), rtol=0, atol=TOL)
    np.testing.assert_allclose(numbers(found)[2], expected, rtol=0, atol=TOL)


def test_a_cosine_by_hand():
    found = matched("Peace war. Peace.", "War. War.", metric="cosine", m=math.inf)
    assert found.value == pytest.approx((1 / 3) / math.sqrt(1 / 2 * 1))


# -- what is estimated ---------------------------------------------------------------------------


def zipf(tilt):
    p = 1.0 / (np.arange(len(WORDS)) + tilt)
    return p / p.sum()


def hits(metric, truth, tilt, n_sentences, **options):
    """How many of 40 intervals hold the truth; the mean excess, that of a distance squared."""
    held, total = 0, 0.0
    squared = ds.METRICS[metric].is_metric
    for seed in range(40):
        texts = speech(n_sentences, 2 * seed), speech(n_sentences, 2 * seed + 1, tilt=tilt)
        found = matched(*texts, metric=metric, m=math.inf, **options)
        held += found.low <= truth <= found.high
        excess = found.excess.value
        total += (excess * abs(excess) if squared else excess) / 40
    return held, total


@pytest.mark.parametrize("tilt", [1.0, 20.0])
def test_intervals_hold_the_cosine_of_the_frequencies_themselves(tilt):
    p, q = zipf(1.0), zipf(tilt)
    truth = min(1.0, p @ q / math.sqrt((p @ p) * (q @ q)))
    held, mean = hits("cosine", truth, tilt, 60)
    assert held >= 36
    assert mean == pytest.approx(1 - truth, abs=0.01)


@pytest.mark.parametrize("metric", ALLOWED)
@pytest.mark.parametrize("tilt", [1.0, 20.0])
def test_intervals_hold_the_value_of_the_frequencies_on_a_closed_set(metric, tilt):
    p, q = (zipf(t)[: len(CLOSED)] for t in (1.0, tilt))
    truth = ds.METRICS[metric].pair(p, q)
    held, mean = hits(metric, truth, tilt, 60, features=CLOSED)
    assert held >= 36
    assert mean == pytest.approx(truth**2 if ds.METRICS[metric].is_metric else truth, abs=0.005)


def test_the_cosine_of_two_long_samples_tends_to_that_at_infinite_length():
    texts = speech(3000, 1), speech(3000, 2, tilt=20.0)
    limit = matched(*texts, metric="cosine", m=math.inf)
    at = [matched(*texts, metric="cosine", m=m, draws=20).value for m in (50, 500, 5000)]
    assert at == sorted(at)
    assert at[0] < limit.low < at[2] < limit.high
    assert limit.value - at[2] < 0.1 * (limit.value - at[0])


def test_on_real_speeches_the_limit_moves_less_with_length_than_the_bare_cosine(real_data):
    path = real_data / "data" / "us-inaugural" / "addresses.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    texts = {row["doc_id"]: row["text"] for row in rows}
    whole = [texts[doc] for doc in ("1981-Reagan", "1997-Clinton")]
    rng = np.random.default_rng(0)
    cut = []
    for text in whole:
        pieces = [s.text for s in ds.Corpus.from_texts([text]).split("sentence")]
        cut.append("\n\n".join(pieces[i] for i in rng.permutation(len(pieces))[:30]))
    limits = [matched(*pair, metric="cosine", m=math.inf) for pair in (cut, whole)]
    bare = [ds.METRICS["cosine"].pair(*ds.count(pair).counts.toarray()) for pair in (cut, whole)]
    assert bare[1] - bare[0] > 0.04
    assert limits[0].low <= limits[1].value <= limits[0].high


# -- laws ----------------------------------------------------------------------------------------


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.sampled_from(["cosine", *ALLOWED]))
def test_exchanging_the_sides_changes_nothing(seed, metric):
    a, b = speech(45, seed), speech(40 + seed % 9, seed + 1, tilt=3.0)
    options = {"metric": metric, "m": math.inf, "features": CLOSED}
    one, other = (numbers(matched(*pair, **options)) for pair in ((a, b), (b, a)))
    np.testing.assert_allclose(one, other, rtol=0, atol=TOL)


@settings(max_examples=10)
@given(st.permutations(range(len(WORDS))))
def test_exchanging_the_names_of_the_words_changes_no_cosine(permutation):
    renamed = {WORDS[i]: WORDS[j] for i, j in enumerate(permutation)}
    texts = speech(25, 5), speech(25, 6, tilt=3.0)
    other = [re.sub(r"\w+", lambda match: renamed[match[0].lower()], text) for text in texts]
    other = [text.replace(".", ".\n\n") for text in other]  # ends that need no capital
    one, two = (numbers(matched(*t, metric="cosine", m=math.inf)) for t in (texts, other))
    np.testing.assert_allclose(one, two, rtol=0, atol=TOL)


def test_neither_draws_nor_seed_change_a_value_at_infinite_length():
    texts = speech(30, 1), speech(30, 2)
    one = matched(*texts, metric="cosine", m=math.inf)
    other = matched(*texts, metric="cosine", m=math.inf, draws=2, rng=9)
    assert (numbers(one) == numbers(other)).all()


def test_a_closed_set_of_all_words_is_the_open_vocabulary():
    texts = speech(30, 1), speech(30, 2, tilt=3.0)
    for options in ({"draws": 8}, {"metric": "cosine", "m": math.inf}):
        every = matched(*texts, features=WORDS, **options)
        assert every.m == matched(*texts, **options).m
        np.testing.assert_allclose(
            numbers(every), numbers(matched(*texts, **options)), rtol=0, atol=TOL
        )


@pytest.mark.parametrize("m", [None, math.inf])
def test_only_the_words_of_the_set_count(m):
    texts = speech(50, 1), speech(50, 2, tilt=3.0)
    changed = [re.sub(r"word[bcdef]\w", "other", text) for text in texts]  # CLOSED is worda, wordba
    first = WORDS[:5]
    one, other = (matched(*pair, features=first, m=m, draws=8) for pair in (texts, changed))
    assert one.m == other.m
    assert (numbers(one) == numbers(other)).all()


@pytest.mark.parametrize("m", [None, math.inf])
def test_a_set_has_neither_order_nor_case_and_unknown_words_have_no_counts(m):
    texts = speech(60, 1), speech(60, 2, tilt=3.0)
    one = matched(*texts, features=CLOSED, m=m, draws=8)
    shuffled = [word.upper() for word in reversed(CLOSED)]
    other = matched(*texts, features=[*shuffled, "absent"], m=m, draws=8)
    np.testing.assert_allclose(numbers(one), numbers(other), rtol=0, atol=TOL)


@pytest.mark.parametrize("m", [None, math.inf])
def test_a_lexicon_of_single_words_is_the_list_of_them(m):
    texts = speech(60, 1), speech(60, 2, tilt=3.0)
    lexicon = ds.Lexicon({word: [word] for word in CLOSED})
    one, other = (matched(*texts, features=f, m=m, draws=8) for f in (CLOSED, lexicon))
    np.testing.assert_allclose(numbers(one), numbers(other), rtol=0, atol=TOL)


def test_the_features_of_a_lexicon_are_its_categories_sentence_by_sentence():
    lexicon = ds.Lexicon({"peace": ["peace*", "cease fire"], "war": ["war", "wars"]})
    a, b = (
        ds.Corpus.from_texts([text])
        for text in ("Peace, a cease-fire. They ceased. Fire! War.", "Peaceful wars.")
    )
    sources = sources_of("ab", (a, b), lexicon)
    assert sources[0].features == tuple(lexicon.categories)
    assert [source.counts.toarray().tolist() for source in sources] == [[[2, 0], [0, 1]], [[1, 1]]]


def test_m_counts_occurrences_of_the_set():
    text = "Peace and a long sentence about much else. War, of which there is less. " * 20
    assert matched(text, text, features=["peace", "war"], draws=2).m == 17  # 0.45 of 38


# -- the result ----------------------------------------------------------------------------------


def test_within_is_given_by_definition():
    texts = speech(50, 1), speech(50, 2)
    cosine = matched(*texts, metric="cosine", m=math.inf)
    divergence = matched(*texts, features=CLOSED, m=math.inf)
    assert numbers(cosine)[1].tolist() == [1.0, 1.0, 1.0]
    assert numbers(divergence)[1].tolist() == [0.0, 0.0, 0.0]
    assert cosine.within.note == divergence.within.note
    assert cosine.within.note.startswith("by definition")
    assert cosine.note is None


def test_the_value_stays_within_the_bounds_and_the_excess_need_not():
    text = speech(60, 1)
    cosine = matched(text, text, metric="cosine", m=math.inf)
    assert (cosine.value, cosine.high) == (1.0, 1.0)
    assert cosine.excess.value < 0
    divergence = matched(text, text, features=CLOSED, m=math.inf)
    assert (divergence.value, divergence.low) == (0.0, 0.0)
    assert divergence.excess.value < 0


def test_with_fewer_than_twenty_sentences_the_cosine_has_no_interval():
    found = matched(speech(30, 1), speech(19, 2), metric="cosine", m=math.inf)
    for part in (found, found.excess):
        assert (part.low, part.high) == (None, None)
        assert part.note == "no interval: it needs 20 sentences of each source, and 'b' has 19."
    few = "Other words. " * 9 + "Peace. " * 19
    note = matched(few, few, features=["peace"], draws=2).note
    assert note == (
        "no interval: it needs 20 sentences with features of the set of each source, and "
        "'a' has 19, 'b' has 19."
    )


def test_where_no_word_recurs_the_cosine_is_undefined_and_says_so():
    a, b = "We trade. They fight.", "Peace. Peace."
    found = matched(ds.Document("once", a), b, metric="cosine", m=math.inf)
    for part in (found, found.excess):
        assert math.isnan(part.value)
        assert part.note == "undefined: no feature recurs between sentences of 'once'."
    assert found.within.value == 1.0
    assert found.verify(ds.Document("once", a), b)


def test_where_words_recur_in_one_twentieth_alone_there_is_no_interval():
    words = [f"{x}{y}." for x in "abcdefg" for y in "abc"]
    rare = " ".join(word.capitalize() for word in ["peace.", *words, "peace."])
    found = matched(rare, speech(30, 1), metric="cosine", m=math.inf)
    assert found.value == 0.0
    assert (found.low, found.high) == (None, None)
    assert found.note == (
        "no interval: with one twentieth left out no feature recurs between sentences of 'a'."
    )


def test_a_result_is_plain_data_and_found_again():
    texts = speech(50, 1), speech(50, 2)
    found = matched(*texts, features=reversed(CLOSED), m=math.inf)
    data = json.loads(json.dumps(jsonable(found.to_dict()), allow_nan=False))
    assert data["m"] is None
    assert data["record"]["parameters"]["features"] == CLOSED
    assert found.to_frame()["m"].tolist() == [math.inf] * 3
    for part in (found, found.within, found.excess):
        assert part.verify(*texts)


def test_the_record_names_the_lexicon_and_its_digest():
    lexicon = ds.Lexicon({"x": CLOSED[:2], "y": CLOSED[2:]}, name="mine")
    texts = speech(50, 1), speech(50, 2)
    found = matched(*texts, features=lexicon, m=math.inf)
    assert found.record.parameters["features"] == "mine"
    assert found.record.digests["features"] == lexicon.digest
    assert found.verify(*texts)


# -- what is refused -----------------------------------------------------------------------------

INF = {"m": math.inf}
TEXT = speech(60, 1)
ONE_LINE = " ".join(WORDS * 10)
BAD_CALLS = [
    ({**INF}, "'jensen_shannon' of whole texts .* measures how long they are.* closed set"),
    ({**INF, "metric": "manhattan"}, "'manhattan' grows without limit.*Take metric='cosine', or"),
    ({**INF, "metric": "jaccard"}, "'jaccard' jumps or bends where shares are 0 or equal"),
    ({**INF, "metric": "bray_curtis", "features": CLOSED}, "'bray_curtis' jumps or bends"),
    ({**INF, "metric": "ruzicka", "features": CLOSED}, "'ruzicka' jumps or bends"),
    (
        {**INF, "features": [f"{x}{y}" for x in "abcdefgh" for y in "abcdefgh"]},
        "undefined for 'a', 'b': there are no features of the set",
    ),
    (
        {**INF, "features": [*CLOSED, *(f"{x}{y}" for x in "abcdefgh" for y in "abcdefgh")]},
        r"m=inf with 70 features needs 700 occurrences of them a side; 'a' has \d+ and 'b' has",
    ),
    ({"features": "foreign-policy"}, "a list of words, or a Lexicon; got 'foreign-policy'. load_l"),
    ({"features": {"peace": ["peace"]}}, "a list of words, or a Lexicon; got {'peace'"),
    ({"features": 7}, "a list of words, or a Lexicon; got 7"),
    ({"features": []}, "features is empty: name at least one word"),
    ({"features": ["peace", "rule of law"]}, "single words; got 'rule of law'. A Lexicon may"),
    ({"features": ["peace", 7]}, "features must be single words; got 7"),
    ({"features": ["peace", "Peace"]}, "features must be unique; repeated: 'peace'. Case makes"),
    ({"features": CLOSED, "m": 10**6}, r"m must be between 1 and \d+"),
]


@pytest.mark.parametrize(("options", "message"), BAD_CALLS)
def test_a_bad_call_is_explained(options, message):
    with pytest.raises(ds.DiscourseError, match=message):
        matched(TEXT, TEXT, **options)


def test_a_closed_set_needs_twenty_sentences_at_infinite_length():
    with pytest.raises(ds.UndefinedError, match="for 'b': m=inf needs 20 sentences with feat"):
        matched(TEXT, ONE_LINE, features=CLOSED, m=math.inf)


@pytest.mark.parametrize("metric", ALLOWED)
def test_these_metrics_exist_at_infinite_length_on_closed_sets_only(metric):
    assert matched(TEXT, TEXT, metric=metric, features=CLOSED, m=math.inf).low == 0.0
    with pytest.raises(ds.OptionError, match="closed set"):
        matched(TEXT, TEXT, metric=metric, m=math.inf)
