"""The sample statements are what their authors intend, and the rules recover a good part of it."""

import re
from collections import Counter

import pytest

import discourse as ds
from discourse import seeds_
from discourse.lexicon import load_lexicon
from discourse.stances import stance

INTENDED = seeds_.toml("samples", "intended")
ROWS = INTENDED["sentences"]
PHENOMENA = range(1, 16)
IMPLIED_POLES, TRAP = 4, 13  # pairs without a cue are neutral; traps name no target at all

# Floors: what the rules recover at least. They may only be raised.
DOCUMENTS_RECOVERED = 73
SENTENCES_RECOVERED = 146
HOLDERS_RECOVERED = 133


@pytest.fixture(scope="module")
def corpus():
    return ds.read(sorted((seeds_.path() / "samples").glob("*.txt")))


@pytest.fixture(scope="module")
def found(corpus):
    return stance(corpus)


def row_name(row):
    return f"{row['document']}-{row['target']}"


def place(corpus, row):
    """The span of the mention that a row speaks of."""
    text = corpus[row["document"]].text
    start = text.index(row["text"]) + row["text"].index(row["mention"])
    return start, start + len(row["mention"])


def mention_at(corpus, found, row):
    """The mention of the row's target there, None if the rules see none."""
    start, end = place(corpus, row)
    here = (
        m
        for m in found.found
        if (m.doc, m.target) == (row["document"], row["target"]) and m.start < end and start < m.end
    )
    return next(here, None)


def expected(row):
    return "neutral" if row.get("phenomenon") in {IMPLIED_POLES, TRAP} else row["stance"]


def test_there_are_six_statements_and_intentions_for_each(corpus):
    assert set(INTENDED) == {"version", "documents", "sentences"}
    assert len(corpus) == 6
    assert set(INTENDED["documents"]) == set(corpus.ids) == {r["document"] for r in ROWS}


def test_every_statement_has_a_header_of_title_author_source_and_date(corpus):
    for document in corpus:
        header = " ".join(document.text[a:b] for a, b in document.header)
        first = document.text.splitlines()[:4]
        assert [line.split(":")[0] for line in first] == ["Title", "Author", "Source", "Date"]
        assert document.header
        assert all(line.split(": ", 1)[1] in header for line in first)
        assert "fictional" in header
        assert re.search(r"\d{4}-\d\d-\d\d", header)


def test_every_statement_has_600_to_900_words_and_more_than_20_sentences(corpus):
    assert all(600 <= n <= 900 for n in ds.count(corpus).totals)
    for document in corpus:
        assert sum(s.kind == "text" for s in document.segments("sentence")) > 20


def test_intentions_name_known_targets_stances_and_holders():
    known = set(load_lexicon("foreign-policy").categories)
    for intended in INTENDED["documents"].values():
        assert set(intended) == {"targets"}
        assert set(intended["targets"]) <= known
        assert set(intended["targets"].values()) <= {"support", "oppose", "mixed"}
    for row in ROWS:
        assert {"document", "text", "target", "mention", "stance", "holder"} <= set(row)
        assert row["target"] in known
        assert row["stance"] in {"support", "oppose", "neutral"}
        assert row["holder"] in {"self", "other", "unclear"}
        assert (row["holder"] == "unclear") == (row["stance"] == "neutral")


def test_at_least_eight_of_the_fifteen_phenomena_occur_more_than_once():
    times = Counter(row["phenomenon"] for row in ROWS if "phenomenon" in row)
    assert set(times) <= set(PHENOMENA)
    assert sum(n > 1 for n in times.values()) >= 8


@pytest.mark.parametrize("row", ROWS, ids=row_name)
def test_the_sentence_of_a_row_occurs_once_and_holds_its_mention(corpus, row):
    assert corpus[row["document"]].text.count(row["text"]) == 1
    assert row["mention"] in row["text"]


def test_both_sides_are_taken_on_some_targets():
    sides = {}
    for intended in INTENDED["documents"].values():
        for target, side in intended["targets"].items():
            sides.setdefault(target, set()).add(side)
    assert sum({"support", "oppose"} <= taken for taken in sides.values()) >= 5


def test_the_stances_of_documents_are_recovered(found):
    recovered = 0
    for doc, intended in INTENDED["documents"].items():
        for target, side in intended["targets"].items():
            cell = found.row(doc), found.targets.index(target)
            s, o = int(found.support[cell]), int(found.oppose[cell])
            # A side needs twice the mentions of the other.
            sides = {"support": s > 2 * o, "oppose": o > 2 * s}
            recovered += sides.get(side, s + o > 0 and not any(sides.values()))
    assert recovered >= DOCUMENTS_RECOVERED


def test_the_stances_of_sentences_are_recovered(corpus, found):
    recovered = 0
    for row in ROWS:
        mention = mention_at(corpus, found, row)
        if row.get("phenomenon") == TRAP:
            recovered += mention is None or mention.stance == "neutral"
        else:
            recovered += mention is not None and mention.stance == expected(row)
    assert recovered >= SENTENCES_RECOVERED


def test_the_holders_of_stances_are_recovered(corpus, found):
    rows = [(mention_at(corpus, found, row), row) for row in ROWS if expected(row) != "neutral"]
    recovered = sum(m is not None and m.holder == row["holder"] for m, row in rows)
    assert recovered >= HOLDERS_RECOVERED
