"""Sentences of the hard cases in sentences.txt, and the words in the seeds by which they end."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds
from discourse import seeds_
from discourse._text import sentence_spans
from discourse.corpus import Document

KINDS = ("never", "number", "closing", "name")
LISTS = seeds_.toml("sentences", "abbreviations")
# What no rule here gets right: letters and titles that are words as well, long headings, lines of a
# script that has no full stop, and quotations that end in one but not the sentence.
MISSES = {
    "Pres. Adams wrote to Sec. Marcy. |Marcy never replied.",
    "L'on. Moro e il prof. Conti votarono sì. |La legge passò.",
    "“和平！”他们喊道。|国王逃走了。",
    "This is plan B. |Plan A failed.",
    "Speech by the President/|New York, 24 September 2019//|We support peace.",
    "เราต้องการสันติภาพ/|เราคัดค้านสงคราม",
}


def cases():
    lines = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[2] for line in lines if line and not line.startswith("#")]


def marked(text):
    """The text with a mark where each sentence but the first begins."""
    starts = [start for start, _ in sentence_spans(text)][1:]
    edges = [0, *starts, len(text)]
    return "|".join(text[a:b] for a, b in itertools.pairwise(edges)).replace("\n", "/")


@pytest.mark.parametrize("case", cases())
def test_the_sentences_of_a_hard_case_are_found_but_for_the_known_misses(case):
    found = marked(case.replace("|", "").replace("/", "\n"))
    assert (found == case) == (case not in MISSES), found


def test_the_known_misses_are_cases():
    assert set(cases()) >= MISSES


def test_no_case_is_labelled_twice():
    assert len(set(cases())) == len(cases()) >= 200


# -- the words in the seeds --------------------------------------------------------------------


def test_an_abbreviation_has_one_kind_and_is_spelled_as_it_is_looked_up():
    words = [word for kind in KINDS for word in LISTS[kind]]
    assert len(set(words)) == len(words)
    for word in [*words, *LISTS["starters"], *LISTS["after_ordinal"]]:
        assert word == word.lower()
        assert not word.endswith(".")
        assert " " not in word


@given(st.sampled_from(LISTS["never"]), st.sampled_from(["Peace", "The", "7", "Он"]))
def test_no_sentence_ends_at_a_title(title, following):
    text = f"We met {title.capitalize()}. {following} came."
    assert sentence_spans(text) == [(0, len(text))]


@given(st.sampled_from(LISTS["number"]))
def test_a_sentence_ends_at_a_numbering_word_unless_a_number_follows(word):
    assert len(sentence_spans(f"It names {word}. 7 and {word}. IV of it.")) == 1
    assert len(sentence_spans(f"It names {word}. Peace came.")) == 2


@given(st.sampled_from(LISTS["closing"]))
def test_a_sentence_ends_at_a_closing_word_unless_it_goes_on_in_lower_case(word):
    assert len(sentence_spans(f"Oil, gas {word}. and peace.")) == 1
    assert len(sentence_spans(f"Oil, gas {word}. Peace came.")) == 2


@given(
    st.sampled_from([*LISTS["name"], "U.S", "x", "J.-P"]),
    st.sampled_from([word for word in LISTS["starters"] if len(word) > 1]),
)
def test_a_sentence_ends_at_other_abbreviations_only_before_a_word_that_starts_one(word, starter):
    assert len(sentence_spans(f"It was {word}. Wexford that came.")) == 1
    assert len(sentence_spans(f"It was {word}. {starter.capitalize()} came.")) == 2


@given(st.sampled_from(LISTS["after_ordinal"]), st.integers(1, 31))
def test_the_full_stop_of_an_ordinal_ends_no_sentence(word, number):
    assert len(sentence_spans(f"Am {number}. {word.capitalize()} kam er.")) == 1
    assert len(sentence_spans(f"Es waren {number}. Alle kamen.")) == 2
    assert len(sentence_spans(f"Das war 19{number:02}. {word.capitalize()} kam er.")) == 2


# -- paragraphs of lists and headings ----------------------------------------------------------


def paragraphs(text):
    return [text[s.start : s.end] for s in Document("a", text).segments("paragraph")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We want\n- peace\n- trade", ["We want", "- peace", "- trade"]),
        ("We want\n- peace and\n  quiet\n- trade", ["We want", "- peace and\n  quiet", "- trade"]),
        ("It was late - or so\n- he said", ["It was late - or so\n- he said"]),  # one is no list
        ("(a) peace\n(b) trade", ["(a) peace", "(b) trade"]),
        ("We thank Mr.\nOkafor for it.\nHe came.", ["We thank Mr.\nOkafor for it.", "He came."]),
        ("a) peace\nb) trade.\nc) work.", ["a) peace", "b) trade.", "c) work."]),
        ("1. peace\n2. trade\n\nWe agree.", ["1. peace", "2. trade", "We agree."]),
        (
            "Our aims\nPeace is what all of us want and what none of us has had\nfor long.",
            ["Our aims", "Peace is what all of us want and what none of us has had\nfor long."],
        ),
        (
            "We told the\nAssembly that peace is what all of us\nwant and none has had.",
            ["We told the\nAssembly that peace is what all of us\nwant and none has had."],
        ),
    ],
)
def test_items_and_headings_are_paragraphs(text, found):
    assert paragraphs(text) == found


LONG = "that peace is what all of us want and what none of us in this old and tired world has had"


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n- or so\n{LONG}\n{LONG}\n{LONG}\n{LONG}\n{LONG}\n- he said\n{LONG}",  # few
        f"And the Senator —\nThe plan is clear, and it is {LONG}",  # breaks off in earnest
        f"We do it as it is in\nGeneva, for {LONG}",  # too many words for a heading
        f"We say {LONG}\nin the new\nAssembly, and {LONG}",  # the line before goes on
    ],
)
def test_what_only_looks_like_items_and_headings_divides_no_paragraph(text):
    assert paragraphs(text) == [text]


def test_evidence_is_the_whole_sentence_around_an_abbreviation():
    text = "He was late. Mr. Bo of the U.S. Senate said we oppose sanctions. Nobody left."
    mention = ds.stance([text], targets={"sanctions": ["sanctions"]}).found[0]
    assert text[slice(*mention.sentence_span)].startswith("Mr. Bo")
