"""Words, types, sentences and paragraphs of a text."""

import itertools
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse._text import (
    fold,
    paragraph_spans,
    part_spans,
    sentence_spans,
    trim_span,
    word_pattern,
    word_spans,
)
from strategies import spaced_texts, texts

ANY_CHARACTER = st.characters(exclude_categories=())  # lone surrogates included


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


def words(text):
    return [text[start:end] for start, end in word_spans(text)]


# -- words -----------------------------------------------------------------------------------


@given(spaced_texts())
def test_words_are_those_of_the_expression_where_no_unspaced_script_occurs(text):
    assert words(text) == word_pattern().findall(text)


def slow_words(text):
    """The rule for words once more, as a loop over characters."""

    def is_word(char):
        return re.fullmatch(r"\w", char) is not None

    def goes_on(char):
        inner = unicodedata.category(char)[0] == "M" or char in "\u00ad\u200c\u200d"
        return is_word(char) or inner

    found, i = [], 0
    while i < len(text):
        start = i
        if is_word(text[i]):
            i += 1
            while i < len(text):
                joins = text[i] in "'’‐‑-" and i + 1 < len(text) and is_word(text[i + 1])
                if not joins and not goes_on(text[i]):
                    break
                i += 2 if joins else 1
            found.append((start, i))
        else:
            i += 1
    return found


@given(spaced_texts() | st.text("a'’-‐\u0301\u00ad\u200dé7_ ", max_size=12))
def test_words_are_those_of_a_loop_over_characters(text):
    assert word_spans(text) == slow_words(text)


@given(texts() | st.text(ANY_CHARACTER, max_size=20))
def test_word_spans_are_non_empty_and_ascend_within_the_text(text):
    spans = word_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[0] < b[0] and a[1] <= b[1] for a, b in itertools.pairwise(spans))


@given(texts())
def test_every_character_of_a_word_lies_in_a_span(text):
    covered = {i for start, end in word_spans(text) for i in range(start, end)}
    found = {i for m in word_pattern().finditer(text) for i in range(*m.span())}
    assert covered <= found
    joints = set("'’‐‑-")
    assert all(text[i] in joints for i in found - covered)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("... — !", []),
        ("peace", ["peace"]),
        ("don't, don’t", ["don't", "don’t"]),
        ("the peoples' rights", ["the", "peoples", "rights"]),
        ("‘quoted’ -dash- 'tis", ["quoted", "dash", "tis"]),
        ("co-operation—and re‑open", ["co-operation", "and", "re‑open"]),
        ("a--b", ["a", "b"]),
        ("U.N. 3.5", ["U", "N", "3", "5"]),
        ("cafe\u0301 हिन्दी", ["cafe\u0301", "हिन्दी"]),
        ("سَلام שָׁלוֹם", ["سَلام", "שָׁלוֹם"]),
        ("co\u00adop نمی\u200cخواهم", ["co\u00adop", "نمی\u200cخواهم"]),
        ("和", ["和"]),
        ("和平万岁。和", ["和平", "平万", "万岁", "和"]),
        ("G7峰会", ["G7", "峰会"]),
        ("和-b", ["和", "b"]),
        ("สันติ", ["สัน", "นติ"]),
    ],
)
def test_words_of_a_text(text, found):
    assert words(text) == found


# -- types -----------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [0, 1, 2, 3, 14])  # the planes with assigned characters
def test_folding_any_character_twice_is_folding_it_once(block):
    for code in range(block * 0x10000, (block + 1) * 0x10000):
        char = chr(code)
        for surface in (char, f"a{char}", f"{char}\u0301", f"Σ{char}"):
            assert fold(fold(surface)) == fold(surface), hex(code)


@given(st.text(ANY_CHARACTER, max_size=8) | texts())
@example("I\u0307")
@example("ΟΔΟΣ")
@example("A\u00ad\u030a")
@example("\u1e9e\u0323\u0307")
def test_folding_is_idempotent(surface):
    assert fold(fold(surface)) == fold(surface)


@given(st.text(st.characters(max_codepoint=127), max_size=8))
def test_folding_ascii_only_lowers(surface):
    assert fold(surface) == surface.lower()


@given(st.text(max_size=8))
def test_folding_does_not_see_composition(surface):
    soft = {0xAD: None, 0x200C: None, 0x200D: None}
    surface = surface.translate(soft)  # between two marks they would hinder their reordering
    assert fold(unicodedata.normalize("NFD", surface)) == fold(surface)


@pytest.mark.parametrize(
    ("surface", "type_"),
    [
        ("PEACE", "peace"),
        ("Cafe\u0301", "café"),
        ("co\u00adoperation", "cooperation"),
        ("نمی\u200cخواهم", "نمیخواهم"),
        ("Don’t", "don't"),
        ("Donʼt", "don't"),
        ("re‑open", "re-open"),
        ("re‐open", "re-open"),
        ("ΟΔΟΣ", "οδοσ"),
        ("οδός", "οδόσ"),
        ("İ", "i\u0307"),
        ("ı", "ı"),
        ("Straße", "straße"),
    ],
)
def test_the_type_of_a_surface(surface, type_):
    assert fold(surface) == type_


@given(spaced_texts())
def test_part_spans_hold_no_hyphen_and_no_possessive(text):
    for word in words(text):
        spans = part_spans(word)
        assert all(0 <= a < b <= len(word) for a, b in spans)
        pieces = [word[a:b] for a, b in spans]
        assert not any(re.search(r"[-‐‑]|['’ʼ][sS]$", piece) for piece in pieces)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("anti-sanctions", ["anti", "sanctions"]),
        ("anti‑sanctions", ["anti", "sanctions"]),
        ("China’s", ["China"]),
        ("CHINA'S-led", ["CHINA", "led"]),
        ("don't", ["don't"]),
        ("peace", ["peace"]),
    ],
)
def test_the_parts_of_a_word(word, pieces):
    assert [word[a:b] for a, b in part_spans(word)] == pieces


# -- sentences -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "whole",
    [
        ["We agree.", "They do not."],
        ["Mr. A. Bo spoke.", "Nobody left."],
        ["Dr. Li met Gen. Ruiz, Sen. Poe and Prof. Ray."],
        ["It grew by 3.5 per cent.", "No more."],
        ["See Art. 51 and res. 2231 (para. 4)."],
        ["He spoke at 5 p.m. and left.", "Then came the vote."],
        ["He left at 5 p.m.", "The vote came."],
        ["The U.S. Government agreed."],
        ["They trade with the U.S.", "They know why."],
        ["J. K. Doe, e.g. in Geneva, i.e. at home, said no."],
        ["“We agree.”", "Nobody left."],
        ["He asked: “Why now?”", "We know."],
        ["(It was late.)", "We went on."],
        ["What?!", "Never...", "Well…", "Go!"],
        ["Wait... for it."],
        ["1. We agree.", "2. We differ."],
        ["Peace!", "And war."],
        ["No stop at the end"],
        ["ends. with lower case"],
        ["我们支持多边主义。", "我们反对制裁！", "为什么？"],
        ["「我们同意。」", "他说。"],
        ["हम सहमत हैं।", "वे नहीं।"],
        ["هل توافق؟", "نعم."],
    ],
)
def test_sentences_that_are_joined_by_space_are_found_again(whole):
    joint = "\n" if whole == ["Peace!", "And war."] else " "
    assert sentences(joint.join(whole)) == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We support\npeace and oppose\nwar. Good\nnight.", 2),  # wrapped lines
        ("First line.\nSecond line.\nThird line.", 3),  # a paragraph a line
        ("We support peace and\n\noppose war.", 1),  # a page break within a sentence
        ("A heading\n\nWe support peace.", 2),
        ("It ends.\n\nand starts in lower case.", 2),
    ],
)
def test_line_ends_divide_sentences_only_where_they_end(text, expected):
    assert len(sentences(text)) == expected


def test_a_full_stop_of_a_script_without_spaces_needs_no_space():
    assert sentences("我们同意。他们不。") == ["我们同意。", "他们不。"]


def test_a_sentence_ends_where_its_paragraph_does():
    assert sentences("One line\nof two.\n\nAnd no stop\n\nLast") == [
        "One line\nof two.",
        "And no stop",
        "Last",
    ]


# -- paragraphs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \n\n ", []),
        ("One.", ["One."]),
        ("One\nline.\n\nTwo.", ["One\nline.", "Two."]),
        ("One.\nTwo.\r\nThree.\rFour.", ["One.", "Two.", "Three.", "Four."]),
        ("One\r\nline.\r\n\r\nTwo.", ["One\r\nline.", "Two."]),
        ("One\rline.\r\rTwo.", ["One\rline.", "Two."]),
        ("One.\n \t\n\n  Two.\n", ["One.", "Two."]),
        ("One\nline.\u2029Two.", ["One\nline.", "Two."]),
    ],
)
def test_paragraphs_of_a_text(text, found):
    assert [text[start:end] for start, end in paragraph_spans(text)] == found


@pytest.mark.parametrize("spans", [sentence_spans, paragraph_spans])
@given(text=texts() | st.text(ANY_CHARACTER, max_size=20))
def test_spans_ascend_apart_from_each_other_and_cover_all_but_space(spans, text):
    found = spans(text)
    assert all(start < end for start, end in found)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    assert all(trim_span(text, *span) == span for span in found)
    covered = {i for start, end in found for i in range(start, end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


@given(texts())
def test_every_sentence_lies_in_one_paragraph(text):
    borders = paragraph_spans(text)
    for start, end in sentence_spans(text):
        assert sum(a <= start and end <= b for a, b in borders) == 1


@given(st.text(max_size=8), st.integers(0, 8), st.integers(0, 8))
def test_trimming_a_span_is_stripping_its_text(text, a, b):
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    low, high = trim_span(text, start, end)
    assert start <= low <= high <= end
    assert text[low:high] == text[start:end].strip()
