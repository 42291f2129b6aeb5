"""Shared passages: what a slow loop finds, exact places, and bad calls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds

texts = st.lists(st.sampled_from("abc"), max_size=14).map(" ".join)
sides = st.lists(texts, min_size=1, max_size=3)


def slow(a, b, least):
    """All runs that cannot be made longer at either end."""
    found = []
    for m, first in enumerate(a, 1):
        for n, second in enumerate(b, 1):
            own, other = first.split(), second.split()
            for i in range(len(own)):
                for j in range(len(other)):
                    if i and j and own[i - 1] == other[j - 1]:
                        continue
                    k = 0
                    while i + k < len(own) and j + k < len(other) and own[i + k] == other[j + k]:
                        k += 1
                    if k >= least:
                        found.append((f"text{m}", f"text{n}", k, 2 * i, 2 * j))
    return found


@given(a=sides, b=sides, least=st.integers(1, 6))
def test_a_slow_loop_finds_the_same(a, b, least):
    found = ds.passages(a, b, min_tokens=least)
    rows = zip(found.a, found.b, found.n_tokens, found.a_start, found.b_start, strict=True)
    assert sorted(rows) == sorted(slow(a, b, least))
    assert found.n_tokens.tolist() == sorted(found.n_tokens.tolist(), reverse=True)


@given(a=sides, b=sides, least=st.integers(1, 6))
def test_the_sides_may_change_places(a, b, least):
    there, back = ds.passages(a, b, min_tokens=least), ds.passages(b, a, min_tokens=least)
    ours = zip(there.a, there.b, there.a_start, there.b_start, there.n_tokens, strict=True)
    theirs = zip(back.b, back.a, back.b_start, back.a_start, back.n_tokens, strict=True)
    assert sorted(ours) == sorted(theirs)


def test_places_cut_the_passage_out_of_both_texts_whatever_stands_between_its_words():
    a = "He said: We, the people, want peace now!"
    b = "“we the People want PEACE – now”, it says."
    found = ds.passages(a, b, min_tokens=5)
    assert found.text == ("We, the people, want peace now",)
    assert b[found.b_start[0] : found.b_end[0]] == "we the People want PEACE – now"


def test_no_passage_runs_from_one_document_into_the_next():
    assert len(ds.passages(["a b", "c d"], ["a b c d"], min_tokens=3)) == 0


def test_header_lines_are_passed_over_and_places_stay_those_of_the_text():
    document = ds.Document("x", "peace and war\nAll want peace and trade.", header=((0, 13),))
    found = ds.passages([document], "peace and trade. peace and war", min_tokens=3)
    assert [document.text[s:e] for s, e in zip(found.a_start, found.a_end, strict=True)] == [
        "peace and trade"
    ]


def test_it_takes_real_lengths():
    same = " ".join(f"w{i}" for i in range(2_000))
    a = f"{same} x " * 3
    found = ds.passages(a, f"y {same}", min_tokens=8)
    assert found.n_tokens.tolist() == [2_000] * 3


def test_a_result_is_plain_data_and_found_again():
    found = ds.passages("a b c", ["b c"], min_tokens=2)
    assert found.verify("a b c", ["b c"])
    assert found.to_frame()["text"].tolist() == found.to_dict()["text"] == ["b c"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ds.passages("a", "b", min_tokens=0), "min_tokens must be a positive int"),
        (lambda: ds.passages("a", 1), "b must be a Corpus"),
        (lambda: ds.passages([], "b"), "a is empty"),
    ],
)
def test_bad_calls_are_refused(call, message):
    with pytest.raises(ds.DiscourseError, match=message):
        call()
