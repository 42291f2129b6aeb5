"""Rates of rhetorical markers, their intervals and their places."""

import json
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from discourse import _text
from discourse.corpus import Corpus, Document
from discourse.errors import EmptyDocumentError, OptionError
from discourse.keywords import keyword_vectors
from discourse.lexicon import Lexicon, load_lexicon
from discourse.pairwise import similarity
from discourse.resampling import GROUPS, jackknife_variance
from discourse.rhetoric import Marker, burst_limits, dispersion, markers, poisson_limits
from strategies import corpora

RTOL = 1e-10
LEXICON = Lexicon({"duty": ["must", "have to", "should"], "denial": ["not", "no", "must not"]})
WORDS = ["We", "must", "not", "must-not", "have", "to", "should", "No", "peace", "don’t"]
sentences = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", ", ", ". We "])).map("".join),
    min_size=1,
    max_size=15,
).map("".join)


# -- intervals -------------------------------------------------------------------------------

levels = st.sampled_from([0.5, 0.9, 0.95, 0.99])


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=20), levels)
def test_limits_are_chi_square_quantiles(counts, level):
    k, tail = np.array(counts), (1 - level) / 2
    low, high = poisson_limits(counts, level=level)
    expected = np.where(k == 0, 0, stats.chi2.ppf(tail, 2 * np.maximum(k, 1)) / 2)
    assert np.allclose(low, expected, rtol=RTOL, atol=0)
    assert np.allclose(high, stats.chi2.isf(tail, 2 * k + 2) / 2, rtol=RTOL, atol=0)


@given(st.integers(0, 500), levels)
def test_at_the_limits_so_extreme_a_count_has_half_the_error(k, level):
    low, high = (float(limit) for limit in poisson_limits(k, level=level))
    assert stats.poisson.cdf(k, high) == pytest.approx((1 - level) / 2, rel=1e-8)
    if k:
        assert stats.poisson.sf(k - 1, low) == pytest.approx((1 - level) / 2, rel=1e-8)
    assert low <= k < high


@given(st.floats(0.01, 60), levels)
def test_intervals_cover_the_expected_value_at_least_as_often_as_they_say(mean, level):
    counts = np.arange(400)
    low, high = poisson_limits(counts, level=level)
    inside = (low <= mean) & (mean <= high)
    assert stats.poisson.pmf(counts[inside], mean).sum() >= level - 1e-12


@pytest.mark.parametrize(
    ("count", "low", "high"),  # tables of Garwood (1936) limits, 95 %
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_limits_are_those_of_the_published_tables(count, low, high):
    got = poisson_limits(count, level=0.95)
    assert np.round(got, 3) == pytest.approx(np.round([low, high], 3), abs=1e-9)


# -- intervals that allow for bursts -----------------------------------------------------------


@st.composite
def segments(draw, least=GROUPS):
    """Events of two features in segments, and the words of these."""
    n = draw(st.integers(least, 3 * GROUPS))
    column = st.lists(st.integers(0, 9), min_size=n, max_size=n)
    return np.column_stack([draw(column), draw(column)]), np.array(draw(column)) + 1


def slow_dispersion(events, words):
    """The variance of the total over that of a Poisson count, one block at a time."""
    n, total = len(words), sum(events)
    if not total:
        return 1.0
    variance = 0.0
    for block in range(GROUPS):
        own = [i for i in range(n) if i * GROUPS // n == block]
        expected = total * sum(words[i] for i in own) / sum(words)
        variance += (sum(events[i] for i in own) - expected) ** 2
    return max(1.0, GROUPS / (GROUPS - 1) * variance / total)


@given(segments())
def test_dispersion_equals_a_slow_loop_over_blocks(drawn):
    counts, words = drawn
    expected = [slow_dispersion(column.tolist(), words.tolist()) for column in counts.T]
    assert np.allclose(dispersion(counts, words), expected, rtol=RTOL, atol=0)


@given(st.lists(st.integers(0, 9), min_size=GROUPS, max_size=GROUPS).filter(any))
def test_dispersion_is_the_jackknife_variance_of_the_rate_where_blocks_have_one_length(events):
    # Leaving out one block of 20 changes the rate by 1/19 of its excess.
    without = (sum(events) - np.array(events, float)) / (GROUPS - 1)
    variance = jackknife_variance(without) * GROUPS**2 / sum(events)
    [found] = dispersion(np.array([events]).T, [7] * GROUPS)
    assert found == pytest.approx(max(1, variance), rel=1e-9)


@given(segments(), st.integers(2, 5))
def test_events_that_come_in_equal_bunches_multiply_the_dispersion(drawn, bunch):
    counts, words = drawn
    one, other = dispersion(counts, words), dispersion(bunch * counts, words)
    clipped = one == 1
    assert np.allclose(other[~clipped], bunch * one[~clipped], rtol=RTOL, atol=0)
    assert (other <= bunch * one * (1 + RTOL)).all()


@given(segments(least=1))
def test_fewer_than_20_segments_have_no_dispersion(drawn):
    counts, words = (part[: GROUPS - 1] for part in drawn)
    assert np.isnan(dispersion(counts, words)).all()
    assert np.isnan(burst_limits([0, 3], dispersion(counts, words), level=0.95)).all()


@given(st.integers(0, 2000), st.floats(1, 50), levels)
def test_limits_for_bursts_are_those_of_the_effective_count_at_the_level_of_student(
    k, spread, level
):
    low, high = burst_limits(k, spread, level=level)
    tail = stats.norm.sf(stats.t.isf((1 - level) / 2, GROUPS - 1))
    expected = spread * stats.chi2.ppf(tail, 2 * k / spread) / 2 if k else 0
    assert low == pytest.approx(expected, rel=1e-8, abs=1e-12)
    assert high == pytest.approx(spread * stats.chi2.isf(tail, 2 * k / spread + 2) / 2, rel=1e-8)


@given(st.integers(0, 2000), st.floats(1, 50), st.floats(0, 10), levels)
def test_more_dispersion_widens_the_limits_from_both_sides(k, spread, more, level):
    exact = poisson_limits(k, level=level)
    less, greater = (burst_limits(k, s, level=level) for s in (spread, spread + more))
    lows = [float(low) for low, _ in (greater, less, exact)]
    highs = [float(high) for _, high in (exact, less, greater)]
    slack = 1e-9 * (k + 1)
    assert lows[0] <= lows[1] + slack
    assert lows[1] <= lows[2] + slack
    assert lows[2] <= k
    assert k < highs[0] <= highs[1] + slack
    assert highs[1] <= highs[2] + slack


def bursty(rng, runs, variation, passage, n=400, rate=0.4):
    """Markers per sentence whose rate changes from passage to passage."""
    for _ in range(runs):
        turn = np.cumsum(rng.random(n) < 1 / passage)
        level = rng.gamma(1 / variation, variation, turn[-1] + 1)[turn]
        yield rng.poisson(rate * level)


def test_in_bursts_the_exact_limits_hold_too_seldom_and_the_others_nearly_as_often_as_they_say():
    rng, runs, n, rate = np.random.default_rng(0), 500, 400, 0.4
    held = np.zeros(2)
    for events in bursty(rng, runs, 1, 5, n, rate):
        exact = poisson_limits(events.sum(), level=0.95)
        spread = dispersion(events[:, np.newaxis], np.full(n, 20))[0]
        limits = (exact, burst_limits(events.sum(), spread, level=0.95))
        held += [low <= n * rate <= high for low, high in limits]
    assert held[0] < 0.75 * runs
    assert held[1] > 0.9 * runs


# -- rates -----------------------------------------------------------------------------------


@given(corpora(elements=sentences))
def test_rates_are_the_keyword_vectors_of_the_lexicon(corpus):
    rates = markers(corpus, lexicon=LEXICON)
    vectors = keyword_vectors(corpus, LEXICON, per=1000)
    counts = keyword_vectors(corpus, LEXICON, per=None)
    assert np.array_equal(rates.counts, counts.values.toarray())
    assert np.allclose(rates.values.toarray(), vectors.values.toarray(), rtol=RTOL, atol=0)
    assert (rates.docs, rates.features) == (vectors.docs, vectors.features)
    assert (rates.docvars, rates.unit) == (vectors.docvars, vectors.unit)


@given(corpora(elements=sentences))
def test_exposure_is_the_number_of_words(corpus):
    sizes = [len(_text.word_spans(text)) for text in corpus.texts]
    assert markers(corpus, lexicon=LEXICON).exposure.tolist() == sizes


@given(corpora(elements=sentences))
def test_sentences_are_those_that_have_words(corpus):
    rates = markers(corpus, lexicon=LEXICON)
    for document, n in zip(corpus, rates.sentences, strict=True):
        texts = [document.text[s.start : s.end] for s in document.segments("sentence")]
        assert n == sum(bool(_text.word_spans(text)) for text in texts)
    assert np.allclose(rates.per_sentence * rates.sentences[:, np.newaxis], rates.counts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("We must.\n\n***\n\nWe must not.", 2), ("和平。战争。", 2), ("We must. We must not", 2)],
)
def test_lines_without_words_are_no_sentences_and_sentences_need_no_space(text, expected):
    rates = markers([text], lexicon={"duty": ["must"]})
    assert rates.sentences.tolist() == [expected]


@given(st.lists(sentences, min_size=GROUPS, max_size=2 * GROUPS))
def test_limits_for_bursts_are_those_of_the_sentences_one_by_one(bodies):
    text = "\n\n".join(f"We met. {body}" for body in bodies)
    document = Document("a", text)
    parts = [text[s.start : s.end] for s in document.segments("sentence")]
    worded = [part for part in parts if _text.word_spans(part)]
    each = markers(worded, lexicon=LEXICON)
    rates = markers([document], lexicon=LEXICON)
    assert np.array_equal(each.counts.sum(axis=0), rates.counts[0])
    spread = dispersion(each.counts, each.exposure)
    assert np.allclose(rates.dispersion[0], spread, rtol=RTOL, atol=0)
    low, high = burst_limits(rates.counts[0], spread, level=0.95)
    assert np.allclose(rates.burst_low[0] * rates.exposure / 1000, low, rtol=RTOL, atol=0)
    assert np.allclose(rates.burst_high[0] * rates.exposure / 1000, high, rtol=RTOL, atol=0)
    assert rates.note is None


@given(corpora(elements=sentences))
def test_spans_cut_the_texts_and_are_what_is_counted(corpus):
    rates = markers(corpus, lexicon=LEXICON)
    places = [(corpus.ids.index(span.doc), span.start) for span in rates.spans]
    assert places == sorted(places)
    counts = np.zeros_like(rates.counts)
    for span in rates.spans:
        assert corpus[span.doc].text[span.start : span.end] == span.text
        assert _text.fold(span.text.replace("-", " ")) in LEXICON.categories[span.category]
        counts[rates.docs.index(span.doc), rates.features.index(span.category)] += 1
    assert np.array_equal(counts, rates.counts)


@given(corpora(elements=sentences), levels)
def test_limits_are_those_of_the_counts_in_the_unit_of_the_rates(corpus, level):
    rates = markers(corpus, lexicon=LEXICON, level=level)
    unit = rates.exposure[:, np.newaxis] / 1000
    low, high = poisson_limits(rates.counts, level=level)
    assert np.allclose(rates.low * unit, low, rtol=RTOL, atol=0)
    assert np.allclose(rates.high * unit, high, rtol=RTOL, atol=0)
    values = rates.values.toarray()
    assert ((rates.low <= values) & (values < rates.high)).all()


@given(corpora(min_docs=2, elements=sentences), st.data())
def test_permuting_documents_permutes_rows(corpus, data):
    rates = markers(corpus, lexicon=LEXICON)
    order = data.draw(st.permutations(corpus.ids))
    shuffled = markers(corpus.subset(order), lexicon=LEXICON)
    at = [corpus.ids.index(name) for name in order]
    assert np.array_equal(shuffled.counts, rates.counts[at])
    assert np.array_equal(shuffled.exposure, rates.exposure[at])
    assert np.array_equal(shuffled.high, rates.high[at])
    assert sorted(shuffled.spans) == sorted(rates.spans)


def test_header_lines_have_no_markers():
    document = Document("a", "We must\nWe should.", header=((0, 7),))
    rates = markers(document, lexicon=LEXICON)
    assert rates.spans == (Marker("a", "duty", 11, 17, "should"),)
    assert rates.exposure.tolist() == [2]


EXAMPLES = {
    "hedges": ("In May it may perhaps rain.", ["may", "perhaps"]),
    "boosters": ("There is no doubt: it is certainly true.", ["There is no doubt", "certainly"]),
    "attitude": ("Unfortunately, it rained.", ["Unfortunately"]),
    "self_mention": ("The US told us that we lost.", ["us", "we"]),
    "obligation": ("They must pay what they have to.", ["must", "have to"]),
    "engagement": ("Let us ask, dear colleagues.", ["Let us", "dear colleagues"]),
    "negation": ("Not only this; it can’t be.", ["can’t"]),
}


@pytest.mark.parametrize("category", load_lexicon("english", kind="markers").categories)
def test_every_class_of_the_english_lexicon_finds_its_example(category):
    text, expected = EXAMPLES[category]
    assert [s.text for s in markers([text]).spans if s.category == category] == expected


# -- the result as a value -------------------------------------------------------------------


def rates_of_two():
    corpus = Corpus.from_texts(["We must. " * 5, "No."], ids=["a", "b"])
    return corpus, markers(corpus, lexicon=LEXICON)


def test_the_table_has_a_row_for_every_document_and_class():
    frame = rates_of_two()[1].to_frame()
    exact = ["doc", "category", "count", "exposure", "rate", "low", "high"]
    wide = ["dispersion", "burst_low", "burst_high"]
    assert frame.columns.tolist() == [*exact, *wide, "sentences", "per_sentence"]
    assert frame[wide].isna().all(axis=None)
    assert frame["sentences"].tolist() == [5, 5, 1, 1]
    assert frame["per_sentence"].tolist() == [1.0, 0.0, 0.0, 1.0]
    assert frame.attrs["note"] == "no limits for bursts: fewer than 20 sentences in 'a', 'b'"
    assert frame[exact].round(1).to_numpy().tolist() == [
        ["a", "duty", 5, 10, 500.0, 162.3, 1166.8],
        ["a", "denial", 0, 10, 0.0, 0.0, 368.9],
        ["b", "duty", 0, 1, 0.0, 0.0, 3688.9],
        ["b", "denial", 1, 1, 1000.0, 25.3, 5571.6],
    ]


def test_the_result_is_plain_data_and_can_be_verified():
    corpus, rates = rates_of_two()
    data = json.loads(json.dumps(rates.to_dict()))
    assert data["counts"] == [[5, 0], [0, 1]]
    assert data["exposure"] == [10, 1]
    assert data["values"] == [{"duty": 500.0}, {"denial": 1000.0}]
    last = data["spans"][-1]
    assert last == {"doc": "b", "category": "denial", "start": 0, "end": 2, "text": "No"}
    assert data["low"] == rates.low.tolist()
    assert data["high"] == rates.high.tolist()
    assert data["record"]["parameters"] == {"lexicon": "custom", "level": 0.95}
    assert rates.verify(corpus)
    with pytest.raises(ValueError, match="corpus is not the one"):
        rates.verify(["Another."])


def test_arrays_have_the_types_they_promise_and_are_read_only():
    rates = rates_of_two()[1]
    counts = (rates.counts, rates.exposure, rates.sentences)
    limits = (rates.low, rates.high, rates.burst_low, rates.burst_high)
    arrays = (*counts, *limits, rates.dispersion, rates.values.data)
    assert [a.dtype for a in arrays] == [np.int64] * 3 + [np.float64] * 6
    assert not any(a.flags.writeable for a in arrays)


def test_a_copy_holds_the_same_and_is_read_only():
    rates = markers(["We must. " * 20, "Not so. " * 20], lexicon=LEXICON)
    again = pickle.loads(pickle.dumps(rates))  # noqa: S301
    arrays = (again.counts, again.exposure, again.low, again.high, again.values.data)
    assert not any(a.flags.writeable for a in arrays)
    assert again.to_dict() == rates.to_dict()
    assert repr(again).startswith("MarkerRates(2 documents, ")


def test_rates_can_be_compared_as_vectors():
    rates = markers(["We must.", "They must.", "No."], lexicon=LEXICON)
    matrix = similarity(rates, metric="cosine")
    assert matrix.value("text1", "text2") == pytest.approx(1, abs=1e-12)
    assert matrix.value("text1", "text3") == 0


def test_documents_without_words_have_no_rates():
    with pytest.raises(EmptyDocumentError) as caught:
        markers(["...", "Peace.", ""])
    assert caught.value.docs == ("text1", "text3")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: markers(["a"], level=0), "level must lie between 0 and 1"),
        (lambda: markers(["a"], level=95), "level must lie between 0 and 1, .*; got 95"),
        (lambda: markers(["a"], lexicon="engish"), "Did you mean 'english'"),
        (lambda: markers(["a"], level="0.95"), "level must lie between 0 and 1, .*; got '0.95'"),
        (lambda: markers("a"), "corpus must be a list of str"),
    ],
)
def test_bad_calls_are_refused(call, message):
    with pytest.raises(OptionError, match=message):
        call()
