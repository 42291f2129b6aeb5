"""Whether a source is closer to one than to another, and than the pairs of a reference."""

import itertools
import json
import math
import re
from functools import partial

import numpy as np
import pytest
from scipy import stats

import discourse as ds
from discourse.inference import closer, matched, matched_matrix, matched_percentile
from discourse.inference.common import common_levels
from discourse.inference.drawing import seed_of
from discourse.inference.sources import bound, sources_of
from discourse.resampling import GROUPS, jackknife_variance
from speech import speech as speech_of

TOL = 1e-10
WORDS = [f"word{chr(97 + i)}{chr(97 + j)}" for i in range(10) for j in range(10)]
speech = partial(speech_of, words=WORDS)


NEAR, OTHER, FAR = speech(40, 1), speech(50, 2), speech(45, 3, tilt=60.0)


# -- closer --------------------------------------------------------------------------------------


@pytest.mark.parametrize("metric", ["jensen_shannon", "cosine"])
def test_positive_means_closer_to_the_second_whatever_the_metric(metric):
    assert closer(NEAR, OTHER, FAR, metric=metric).low > 0
    assert closer(NEAR, FAR, OTHER, metric=metric).high < 0


@pytest.mark.parametrize("metric", ["jensen_shannon", "cosine"])
def test_value_and_interval_follow_from_the_replicates_of_each_source(metric):
    found = closer(NEAR, OTHER, FAR, metric=metric, draws=8, rng=3)
    corpora = [ds.Corpus.from_texts([text]) for text in (NEAR, OTHER, FAR)]
    sources = sources_of("abc", corpora)
    levels = common_levels(*bound(metric, sources), m=found.m, draws=8, seed=seed_of(3))
    sign = -1 if metric == "cosine" else 1
    assert found.value == pytest.approx(sign * (levels.between[0, 2] - levels.between[0, 1]))
    variance = jackknife_variance(levels.less_first[0, 2] - levels.less_first[0, 1])
    variance += sum(jackknife_variance(levels.less_second[0, other]) for other in (1, 2))
    reach = stats.t.ppf(0.975, GROUPS - 1) * math.sqrt(variance)
    assert found.high - found.value == pytest.approx(reach, abs=TOL)
    assert found.value - found.low == pytest.approx(reach, abs=TOL)


def test_the_value_is_the_difference_of_two_values_of_matched():
    found = closer(NEAR, OTHER, FAR, draws=1000)
    one, other = (matched(NEAR, x, m=found.m, draws=1000).value for x in (FAR, OTHER))
    assert found.value == pytest.approx(one - other, abs=0.03 * (found.high - found.low))
    assert found.m == min(matched(NEAR, x, draws=2).m for x in (OTHER, FAR))


def test_exchanging_the_two_others_turns_the_sign_and_nothing_else():
    one, other = closer(NEAR, OTHER, FAR, draws=8), closer(NEAR, FAR, OTHER, draws=8)
    assert other.value == pytest.approx(-one.value, abs=TOL)
    assert other.low == pytest.approx(-one.high, abs=TOL)


def test_leaving_groups_out_of_both_differences_at_once_narrows_the_interval():
    varied = " ".join(speech(6, seed, tilt=1.0 + 40 * (seed % 2)) for seed in range(10))
    found = closer(varied, OTHER, speech(50, 9))
    apart = [matched(varied, x, m=found.m) for x in (OTHER, speech(50, 9))]
    unpaired = math.hypot(*(e.high - e.value for e in apart))
    assert found.high - found.value < 0.8 * unpaired


def test_two_texts_of_one_source_are_equally_close_in_nearly_all_intervals():
    inside = 0
    for seed in range(40):
        found = closer(*(speech(60, 3 * seed + i) for i in range(3)), draws=40)
        inside += found.low <= 0 <= found.high
    assert inside >= 35


def test_with_fewer_than_twenty_sentences_there_is_no_interval_and_the_note_says_why():
    found = closer(NEAR, ds.Document("short", speech(19, 1)), FAR, draws=8)
    assert (found.low, found.high) == (None, None)
    assert found.note == "no interval: it needs 20 sentences of each source, and 'short' has 19."
    assert found.name == "jensen_shannon: how much closer 'a' is to 'short' than to 'c'"
    assert math.isfinite(found.value)


def test_one_document_may_stand_in_several_places():
    document = ds.Document("x", NEAR)
    found = closer(document, document, FAR, draws=8)
    assert found.value > 0
    assert found.note is None


def test_what_is_closer_is_plain_data_and_found_again():
    found = closer(NEAR, OTHER, FAR, draws=8, rng=5)
    assert json.loads(json.dumps(found.to_dict()))["record"]["parameters"] == {
        "metric": "jensen_shannon", "m": found.m, "draws": 8, "level": 0.95, "rng": 5,
    }  # fmt: skip
    assert found.verify(NEAR, OTHER, FAR)
    with pytest.raises(ds.DiscourseError, match="c is not the one"):
        found.verify(NEAR, OTHER, OTHER)


# -- percentile ----------------------------------------------------------------------------------

REFERENCE = ds.Corpus.from_texts([speech(30, s, tilt=1.0 + 4 * s) for s in range(8)])


def test_the_share_is_that_of_the_pairs_of_the_matrix():
    a, b = REFERENCE["text2"], REFERENCE["text4"]
    found = matched_percentile(a, b, REFERENCE, m=50, draws=100)
    matrix = matched_matrix(REFERENCE, m=50, draws=100)
    pairs = [
        matrix.excess[i, j] for i, j in itertools.combinations(range(8), 2) if (i, j) != (1, 3)
    ]
    assert found.n_pairs == len(pairs) == 27
    assert found.closer_than == pytest.approx(np.mean(np.array(pairs) > found.value), abs=2 / 27)
    quartiles = np.quantile(pairs, (0.25, 0.5, 0.75))
    np.testing.assert_allclose(found.quartiles, quartiles, atol=0.01)
    assert str(found) == f"closer than {100 * found.closer_than:.0f} % of 27 pairs"


def test_sources_of_its_own_leave_all_pairs_in():
    found = matched_percentile(speech(30, 50), speech(30, 51), REFERENCE, m=50, draws=20)
    assert found.n_pairs == 28
    assert (found.a, found.b, found.note) == ("a", "b", None)


@pytest.mark.parametrize("metric", ["jensen_shannon", "cosine"])
def test_the_likest_pair_is_closer_than_all_and_the_unlikest_than_none(metric):
    options = {"m": 34, "draws": 100, "metric": metric}
    like = matched_percentile(speech(60, 70), speech(60, 71), REFERENCE, **options)
    unlike = matched_percentile("Zork quux. " * 40, speech(30, 1), REFERENCE, **options)
    assert like.closer_than > 0.8
    assert unlike.closer_than == 0.0
    assert unlike.value > unlike.quartiles[2]


def test_documents_too_short_for_samples_are_left_out_and_named():
    corpus = REFERENCE + ds.Corpus((ds.Document("brief", speech(5, 1)), ds.Document("none", "")))
    found = matched_percentile(speech(30, 50), speech(30, 51), corpus, m=50, draws=20)
    assert found.n_pairs == 28
    assert found.note == (
        "2 document(s) of the reference are too short for two samples of 50 tokens and were left "
        "out: 'brief', 'none'."
    )
    whole = matched_percentile(speech(30, 50), speech(30, 51), REFERENCE, m=50, draws=20)
    assert found.closer_than == whole.closer_than


def test_a_percentile_is_plain_data_and_found_again():
    sides = speech(30, 50), speech(30, 51)
    found = matched_percentile(*sides, REFERENCE, draws=8, rng=2)
    assert json.loads(json.dumps(found.to_dict()))["quartiles"] == list(found.quartiles)
    assert found.verify(*sides, REFERENCE)
    row = found.to_frame().iloc[0]
    assert (row["q25"], row["q50"], row["q75"]) == found.quartiles
    assert row["closer_than"] == found.closer_than


BAD_CALLS = [
    (closer, (NEAR, OTHER, ""), {}, "undefined for 'c': there are no words"),
    (closer, (NEAR, 7, FAR), {}, "b must be a Corpus, a list of str"),
    (closer, (NEAR, OTHER, FAR), {"m": 10**6}, r"between 1 and \d+, the largest .*'\w' allows"),
    (closer, (NEAR, OTHER, FAR), {"draws": 0}, "draws must be an int of at least 1; got 0"),
    (closer, (NEAR, OTHER, FAR), {"level": 2}, "level must lie between 0 and 1"),
    (closer, (NEAR, OTHER, FAR), {"metric": "cosin"}, "Did you mean 'cosine'"),
    (matched_percentile, (NEAR, OTHER, []), {}, "reference is empty"),
    (matched_percentile, (NEAR, OTHER, [FAR]), {"m": 5}, "fewer than two documents"),
    (matched_percentile, (NEAR, OTHER, ["Peace.", FAR]), {"m": 5}, "fewer than two documents"),
    (matched_percentile, (NEAR, OTHER, REFERENCE), {"m": 10**6}, "m must be between 1 and"),
    (matched_percentile, (NEAR, OTHER, REFERENCE), {"draws": 0}, "draws must be an int"),
    (matched_percentile, (NEAR, OTHER, REFERENCE), {"n_jobs": 0}, "n_jobs must be a positive int"),
    (matched_percentile, ("We agree now", OTHER, REFERENCE), {}, "may draw on one sentence"),
    (
        matched_percentile,
        (REFERENCE["text1"], REFERENCE["text2"], REFERENCE.subset(["text1", "text2"])),
        {},
        "no other pair of documents",
    ),
]


@pytest.mark.parametrize(("verb", "sources", "options", "message"), BAD_CALLS)
def test_a_bad_call_is_explained(verb, sources, options, message):
    with pytest.raises(ds.DiscourseError, match=message):
        verb(*sources, **options)


def test_the_largest_length_that_a_message_names_is_allowed():
    with pytest.raises(ds.OptionError) as caught:
        closer(NEAR, OTHER, FAR, m=10**6)
    most = int(re.search(r"and (\d+),", str(caught.value))[1])
    assert closer(NEAR, OTHER, FAR, m=most, draws=2).m == most
