"""Pairs of sentences, and what words of one side only add, sum to the value of two texts."""

import itertools
import math
import pickle
from collections import Counter
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse as ds
from discourse.contributions import SegmentContributions, explain, explain_segments
from discourse.errors import DiscourseError, EmptyDocumentError, OptionError, UndefinedError
from discourse.metrics import METRICS
from discourse.vectors import Scheme, weight
from strategies import texts

RTOL, ATOL = 1e-9, 1e-11
A = "We want peace. Peace and trade, not war!\n\nTrade is law."
B = "They want war. Trade, and peace again; peace."

every_metric = pytest.mark.parametrize("metric", METRICS)


def sentences():
    words = st.lists(st.sampled_from("peace war trade law and".split()), min_size=1, max_size=5)
    return st.lists(
        words.map(lambda w: " ".join(w).capitalize() + "."), min_size=1, max_size=5
    ).map(" ".join)


def in_all(found):
    return found.values.sum() + found.only_a.sum() + found.only_b.sum() + found.absent


def by_loops(a, b, parts):
    """Return what each pair of sentences gets, from lists of words, by the rule as it is written.

    Parameters
    ----------
    a, b : list of list of str
    parts : dict
    """
    x, y = (Counter(itertools.chain(*side)) for side in (a, b))
    values = np.zeros((len(a), len(b)))
    for (i, s), (j, r) in itertools.product(enumerate(a), enumerate(b)):
        for word in set(s) & set(r):
            values[i, j] += parts[word] * s.count(word) / x[word] * r.count(word) / y[word]
    only = [
        [sum(parts[w] * s.count(w) / own[w] for w in set(s) if w not in other) for s in side]
        for side, own, other in ((a, x, y), (b, y, x))
    ]
    return values, *only


@every_metric
@settings(max_examples=20)
@given(a=sentences(), b=sentences(), scheme=st.sampled_from([None, *get_args(Scheme)]))
def test_all_parts_sum_to_the_value_of_the_whole_texts(metric, a, b, scheme):
    dfm = ds.count([a, b])
    vectors = dfm if scheme is None else weight(dfm, scheme)
    try:
        expected = ds.similarity(vectors, metric=metric).values[0, 1]
    except DiscourseError as error:
        with pytest.raises(type(error)):
            explain_segments(a, b, metric=metric, weight=scheme)
        return
    found = explain_segments(a, b, metric=metric, weight=scheme)
    assert found.total == pytest.approx(expected, rel=RTOL, abs=ATOL)
    assert math.isclose(in_all(found), found.total, rel_tol=RTOL, abs_tol=ATOL)
    plain = explain(vectors, "text1", "text2", metric=metric)
    words = dict(zip(found.features, found.parts.tolist(), strict=True))
    own = {word: part for word, part in words.items() if part}
    assert own == pytest.approx(dict(zip(plain.features, plain.values, strict=True)))
    rows = [
        [s.text.lower().rstrip(".").split() for s in x]
        for x in (found.segments_a, found.segments_b)
    ]
    for got, oracle in zip(
        (found.values, found.only_a, found.only_b), by_loops(*rows, words), strict=True
    ):
        assert np.allclose(got, oracle, rtol=RTOL, atol=ATOL)


@settings(max_examples=60)
@given(a=texts(), b=texts(), unit=st.sampled_from(["sentence", "paragraph"]))
def test_segments_lie_in_their_texts_and_hold_their_words(a, b, unit):
    found = explain_segments(a, b, metric="manhattan", segments=unit)
    for source, segments, shares in (
        (a, found.segments_a, found.shares_a),
        (b, found.segments_b, found.shares_b),
    ):
        spans = [(s.start, s.end) for s in segments]
        assert spans == sorted(set(spans))
        assert all(source[s.start : s.end] == s.text for s in segments)
        counts = ds.count([s.text for s in segments]) if segments else None
        for i in range(len(segments)):
            words = {found.features[j] for j in shares[[i], :].indices.tolist()}
            own = counts.counts[[i], :].indices.tolist()
            assert words == {counts.features[j] for j in own}
    assert found.total == np.abs(found.parts).sum()


def test_of_cosine_this_is_the_bilinear_form():
    found = explain_segments(A, B, metric="cosine")
    rows = ds.count([s.text for s in (*found.segments_a, *found.segments_b)]).counts.toarray()
    a, b = rows[: len(found.segments_a)], rows[len(found.segments_a) :]
    norms = np.linalg.norm(a.sum(axis=0)) * np.linalg.norm(b.sum(axis=0))
    assert np.allclose(found.values, a @ b.T / norms, rtol=RTOL)
    assert not found.only_a.any()
    assert not found.only_b.any()


def test_of_other_products_a_pair_is_not_its_sentences_by_themselves():
    found = explain_segments("Peace. Peace.", "Peace.", metric="bhattacharyya")
    assert found.values.tolist() == [[0.5], [0.5]]


def test_words_of_one_side_go_to_the_margins():
    found = explain_segments("Peace. War, war.", "Peace. Law.", metric="manhattan")
    assert found.values.tolist() == [[0, 0], [0, 0]]
    assert (found.only_a.tolist(), found.only_b.tolist()) == ([0, 2], [0, 1])


def test_what_a_background_alone_has_is_absent_from_both():
    usual = ds.count(["peace war law", "peace peace tax", "war tax tax"])
    metric = METRICS["cosine_delta"].using(background=usual)
    found = explain_segments("Peace. War.", "War, war. Peace. Law.", metric=metric)
    assert found.absent != 0
    assert math.isclose(in_all(found), found.total, rel_tol=RTOL)
    assert found.record.digests["background"] == ds.vectors.as_vectors(usual).digest


def test_the_table_shows_the_pairs_that_carry_most_and_their_words():
    found = explain_segments(A, B, metric="cosine")
    frame = found.to_frame()
    assert frame.columns.tolist() == ["a", "b", "value", "share", "text_a", "text_b", "words"]
    first = frame.iloc[0]
    assert (first["a"], first["b"]) == (1, 1)
    assert first["text_a"] == "Peace and trade, not war!"
    assert first["words"] == "peace, and, trade"
    assert frame["value"].tolist() == sorted(found.values[found.values != 0], reverse=True)
    assert frame["share"].sum() == pytest.approx(1)
    assert found.to_frame(most=2).equals(frame.head(2))
    assert found.to_frame(most=None).equals(frame)
    assert found.words(2, 0) == ()


def test_no_more_than_five_words_are_shown_for_a_pair():
    found = explain_segments("a b c d e f g.", "a b c d e f g.", metric="cosine")
    assert found.to_frame()["words"].tolist() == ["a, b, c, d, e"]
    assert len(found.words(0, 0)) == 7


@every_metric
def test_the_tables_of_sentences_sum_to_the_value_with_the_other_margin(metric):
    found = explain_segments(A, B, metric=metric)
    for side, other in (("a", found.only_b), ("b", found.only_a)):
        frame = found.sentences(side)
        assert (frame["shared"] + frame["only"]).equals(frame["value"])
        assert frame["value"].sum() + other.sum() + found.absent == pytest.approx(found.total)
        assert [*zip(frame["start"], frame["end"], strict=True)] == [
            (s.start, s.end) for s in getattr(found, f"segments_{side}")
        ]


def test_paragraphs_are_segments_too():
    found = explain_segments(A, B, segments="paragraph")
    assert [s.text for s in found.segments_a] == A.split("\n\n")
    assert found.total == pytest.approx(explain_segments(A, B).total)


def test_documents_keep_their_names_and_headers_are_left_out():
    a = ds.Document("first", "A TITLE\nPeace now.", header=((0, 8),))
    found = explain_segments(a, ds.Document("second", "Peace."))
    assert (found.a, found.b) == ("first", "second")
    assert [(s.doc, s.start, s.text) for s in found.segments_a] == [("first", 8, "Peace now.")]
    twice = explain_segments(a, a)
    assert (twice.a, twice.b, twice.total) == ("first (a)", "first (b)", 0.0)


def test_a_corpus_is_one_text_of_several_documents():
    corpus = ds.Corpus.from_texts(["Peace. War.", "Law."], ids=["x", "y"])
    found = explain_segments(corpus, ["Peace, law."])
    assert [(s.doc, s.text) for s in found.segments_a] == [
        ("x", "Peace."),
        ("x", "War."),
        ("y", "Law."),
    ]
    whole = explain_segments("Peace. War. Law.", "Peace, law.")
    assert np.array_equal(found.values, whole.values)


@every_metric
def test_it_recomputes_from_the_same_texts_and_pickles(metric):
    found = explain_segments(A, B, metric=metric, segments="paragraph", weight="log")
    assert found.verify(A, B)
    with pytest.raises(DiscourseError, match="b is not the one"):
        found.verify(A, f"{B} War.")
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - made here
    assert again.to_dict() == found.to_dict()
    assert not again.values.flags.writeable
    assert not again.shares_a.data.flags.writeable


def test_parts_that_do_not_add_up_or_fit_are_refused():
    found = explain_segments(A, B)
    fields = {name: getattr(found, name) for name in SegmentContributions.__slots__}
    with pytest.raises(DiscourseError, match="not to total=2"):
        SegmentContributions(**fields | {"total": 2.0})
    with pytest.raises(DiscourseError, match=r"shape \(1, 1\) for 3 x 2 segments"):
        SegmentContributions(**fields | {"values": np.zeros((1, 1))})


BAD = [
    (lambda: explain_segments(A, B, metric="cosin"), OptionError, "mean 'cosine'"),
    (lambda: explain_segments(A, B, segments="clause"), OptionError, "segments must be one of"),
    (lambda: explain_segments(A, B, weight="tf"), OptionError, "scheme must be one of"),
    (lambda: explain_segments(A, 3), OptionError, "b must be a Corpus"),
    (lambda: explain_segments(A, []), DiscourseError, "b is empty"),
    (lambda: explain_segments(A, "..."), UndefinedError, "undefined for 'b': no features"),
    (lambda: explain_segments("?", B, weight="proportion"), EmptyDocumentError, "'a'"),
    (lambda: explain_segments(A, B).to_frame(most=0), OptionError, "most must be a positive int"),
    (lambda: explain_segments(A, B).sentences("c"), OptionError, "side must be one of 'a', 'b'"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD)
def test_bad_calls_are_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_speeches_are_taken_apart_by_their_sentences(real_data):
    speeches = ds.read(real_data / "data" / "us-inaugural" / "addresses.jsonl")
    a, b = list(speeches)[-2:]
    found = explain_segments(a, b)
    assert math.isclose(in_all(found), found.total, rel_tol=RTOL)
    whole = ds.similarity(ds.count([a, b]), metric=found.metric)
    assert found.total == pytest.approx(whole.values[0, 1], rel=RTOL)
    assert min(found.values.shape) > 20
