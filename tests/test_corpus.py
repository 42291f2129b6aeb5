"""Documents, corpora, their parts, and what stands for a corpus."""

import datetime as dt
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus import Corpus, Document, as_corpus
from discourse.dfm import count
from discourse.errors import DiscourseError, OptionError
from strategies import corpora

PAGE = Document(
    "page", "Home\nOn Peace\n\nWe agree. They\ndo not.\n\nEnd.", {"year": 2020}, ((0, 4), (5, 13))
)


def test_a_document_keeps_a_copy_of_its_docvars_that_cannot_be_changed():
    docvars = {"year": 2020}
    document = Document("a", "Peace.", docvars)
    docvars["year"] = 1999
    assert document.docvars == {"year": 2020}
    with pytest.raises(TypeError):
        document.docvars["year"] = 1999


@pytest.mark.parametrize(
    "missing",
    [None, float("nan"), np.float32("nan"), np.datetime64("NaT"), pd.NaT, pd.NA],
    ids=repr,
)
def test_a_missing_docvar_is_none_wherever_it_comes_from(missing):
    docvars = {"party": ["X", missing]}
    frame = pd.DataFrame({"text": ["x", "y"]} | docvars)
    for corpus in (Corpus.from_texts(["x", "y"], docvars=docvars), as_corpus(frame)):
        assert corpus.docvars == {"party": ("X", None)}
        with pytest.raises(OptionError, match=r"1 document\(s\) have no group: 'text2'"):
            count(corpus).group("party")
        assert count(corpus).merge(count(corpus)).docvars == corpus.docvars


def test_docvars_that_are_there_stay_as_they_are():
    values = {"zero": 0, "no": False, "empty": "", "day": dt.date(2020, 1, 1), "list": [1.0]}
    assert Document("a", "x", values).docvars == values


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("sentence", ["We agree.", "They\ndo not.", "End."]),
        ("paragraph", ["We agree. They\ndo not.", "End."]),
    ],
)
def test_segments_begin_with_the_header_and_go_on_with_the_text(unit, found):
    segments = PAGE.segments(unit)
    cut = [(PAGE.text[s.start : s.end], s.kind) for s in segments]
    assert cut == [("Home", "header"), ("On Peace", "header"), *((text, "text") for text in found)]


@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
@given(corpus=corpora())
def test_splitting_keeps_every_character_but_space_and_knows_where_it_was(unit, corpus):
    pieces = corpus.split(unit)
    for document in corpus:
        own = [p for p in pieces if p.docvars["document"] == document.id]
        assert [p.id for p in own] == [f"{document.id}:{i + 1}" for i in range(len(own))]
        assert all(document.text[p.docvars["start"] : p.docvars["end"]] == p.text for p in own)
        assert all(p.docvars["party"] == document.docvars["party"] for p in own)
        kept = "".join("".join(p.text for p in own).split())
        assert kept == "".join(document.text.split())


def test_a_header_line_is_still_one_after_splitting():
    kinds = [(p.docvars["kind"], p.header) for p in Corpus((PAGE,)).split("sentence")]
    assert kinds[:2] == [("header", ((0, 4),)), ("header", ((0, 8),))]
    assert set(kinds[2:]) == {("text", ())}


@given(corpora())
def test_a_corpus_is_the_sequence_of_its_documents(corpus):
    assert tuple(corpus) == corpus.documents
    assert len(corpus) == len(corpus.ids) == len(corpus.texts) == len(corpus.docvars["party"])
    assert all(corpus[name].id == name for name in corpus.ids)
    rebuilt = Corpus.from_texts(corpus.texts, ids=corpus.ids, docvars=corpus.docvars)
    assert rebuilt == corpus
    assert rebuilt.digest == corpus.digest


@given(corpora())
def test_a_corpus_contains_its_documents_and_their_identifiers(corpus):
    assert all(name in corpus and corpus[name] in corpus for name in corpus.ids)
    assert "no" not in corpus
    assert Document(corpus.ids[0], "another text") not in corpus
    assert 0 not in corpus
    assert [corpus.ids[0]] not in corpus


def test_documents_are_found_as_fast_in_a_large_corpus():
    large = Corpus.from_texts(["x"] * 20_000)
    started = time.perf_counter()
    assert large.subset(reversed(large.ids)).ids == large.ids[::-1]
    assert all(large[name].id == name for name in large.ids)
    assert time.perf_counter() - started < 10  # a search through all takes minutes


def test_representations_are_short():
    assert repr(PAGE) == "Document('page', 43 characters)"
    assert repr(Corpus((PAGE,))) == "Corpus(1 documents)"


def test_docvars_are_none_where_a_document_lacks_one():
    both = Corpus((Document("a", "x", {"party": "X"}), Document("b", "y", {"year": 2020})))
    assert both.docvars == {"party": ("X", None), "year": (None, 2020)}


def test_adding_corpora_keeps_order():
    one, two = Corpus.from_texts(["x"], ids=["b"]), Corpus.from_texts(["y"], ids=["a"])
    assert (one + two).ids == ("b", "a")


@pytest.mark.parametrize(
    "other",
    [
        [Document("b", "x"), Document("a", "y")],
        [Document("a", "x")],
        [Document("a", "xy"), Document("b", "")],
        [Document("a", "x"), Document("b", "y ")],
        [Document("a", "x", header=((0, 1),)), Document("b", "y")],
        [Document("ab", "x"), Document("", "y")],
    ],
)
def test_the_digest_changes_with_identifiers_texts_headers_and_order(other):
    corpus = Corpus((Document("a", "x"), Document("b", "y")))
    assert Corpus(tuple(other)).digest != corpus.digest


@given(corpora(), st.data())
def test_a_subset_by_identifiers_comes_in_the_order_asked_for(corpus, data):
    names = data.draw(st.permutations(corpus.ids))
    assert corpus.subset(names).ids == tuple(names)


@given(corpora())
def test_the_subsets_of_all_values_of_a_docvar_are_the_corpus(corpus):
    found = [document for value in "XY" for document in corpus.subset(party=value)]
    assert sorted(d.id for d in found) == sorted(corpus.ids)
    assert all(d.docvars["party"] == "Y" for d in corpus.subset(party="Y"))


def test_a_subset_may_combine_a_test_and_values():
    corpus = Corpus.from_texts(["a", "b", "ab"], docvars={"party": ["X", "X", "Y"]})
    assert corpus.subset(lambda d: "b" in d.text, party="X").texts == ("b",)
    assert corpus.subset().ids == corpus.ids
    assert corpus.subset(name for name in ["text2", "text1"]).ids == ("text2", "text1")


# -- what stands for a corpus ------------------------------------------------------------------


FRAME = pd.DataFrame({"id": [7, 8], "text": ["x", "y"], "year": [2020, 2021], 0: ["p", "q"]})


@pytest.mark.parametrize(
    ("value", "ids", "docvars"),
    [
        (["x", "y"], ("text1", "text2"), {}),
        (("x", "y"), ("text1", "text2"), {}),
        (iter(["x", "y"]), ("text1", "text2"), {}),
        (pd.Series(["x", "y"]), ("text1", "text2"), {}),
        ([Document("a", "x"), Document("b", "y")], ("a", "b"), {}),
        (Corpus((Document("a", "x"), Document("b", "y"))), ("a", "b"), {}),
        (FRAME, ("7", "8"), {"year": (2020, 2021), "0": ("p", "q")}),
        (FRAME[["text"]], ("text1", "text2"), {}),
        (FRAME[["text"]].assign(doc_id=["a", "b"]), ("a", "b"), {}),
        (
            pd.DataFrame({"id": ["a", "b"], "doc_id": [1, 2], "text": ["x", "y"]}),
            ("a", "b"),
            {"doc_id": (1, 2)},
        ),
    ],
)
def test_what_stands_for_a_corpus_becomes_one(value, ids, docvars):
    corpus = as_corpus(value)
    assert (corpus.ids, corpus.texts, corpus.docvars) == (ids, ("x", "y"), docvars)


@pytest.mark.parametrize(
    "docvars",
    [
        {"year": [2020, 2021]},
        {"year": pd.Series([2020, 2021], index=[1, 0])},
        {"year": iter([2020, 2021])},
        pd.DataFrame({"year": [2020, 2021]}, index=["p", "q"]),
    ],
)
def test_columns_go_by_position_whatever_holds_them(docvars):
    corpus = Corpus.from_texts((t for t in "xy"), ids=iter("ab"), docvars=docvars)
    assert (corpus.ids, corpus.texts) == (("a", "b"), ("x", "y"))
    assert corpus.docvars == {"year": (2020, 2021)}


def test_a_document_stands_for_a_corpus_of_one():
    assert as_corpus(PAGE).documents == (PAGE,)


# -- bad calls ---------------------------------------------------------------------------------


def corpus():
    return Corpus.from_texts(["x", "y"], ids=["france", "chad"], docvars={"party": ["X", "Y"]})


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: Document("a", None), OptionError, "text must be a str; got NoneType"),
        (lambda: Document("a", b"x"), OptionError, "text must be a str; got bytes"),
        (lambda: Document(7, "x"), OptionError, "id must be a str; got int"),
        (lambda: PAGE.segments("word"), OptionError, "unit must be one of 'sentence', 'paragraph'"),
        (lambda: corpus().split("sentance"), OptionError, "Did you mean 'sentence'"),
        (
            lambda: Corpus((PAGE, PAGE)),
            DiscourseError,
            "document ids must be unique; repeated: 'page'. Give ids=",
        ),
        (lambda: corpus() + corpus(), DiscourseError, "repeated: 'france', 'chad'"),
        (lambda: Corpus.from_texts("x y"), OptionError, r"texts must be a list .* write \[texts\]"),
        (lambda: Corpus.from_texts(["x"], ids="a"), OptionError, "ids must be a list of str"),
        (lambda: Corpus.from_texts(["x"], ids=["a", "b"]), OptionError, "ids has 2 values for 1"),
        (
            lambda: Corpus.from_texts(["x", "y"], docvars={"party": "XY"}),
            OptionError,
            "party must be a list of str",
        ),
        (
            lambda: Corpus.from_texts(["x"], docvars={"party": []}),
            OptionError,
            "party has 0 values for 1 texts",
        ),
        (lambda: Corpus.from_texts(["x", 7]), OptionError, "text must be a str; got int"),
        (lambda: corpus()["frances"], OptionError, "unknown document 'frances'. Did you mean"),
        (lambda: corpus()["peru"], OptionError, "unknown document 'peru'. There are: 'france'"),
        (lambda: corpus().subset("france"), OptionError, "which must be a list of str"),
        (lambda: corpus().subset(["peru"]), OptionError, "unknown document 'peru'"),
        (lambda: corpus().subset(parti="X"), OptionError, "unknown docvar 'parti'. Did you mean"),
        (lambda: as_corpus("x y"), OptionError, r"corpus must be a list .* write \[corpus\]"),
        (lambda: as_corpus(b"x"), OptionError, "not a single string"),
        (lambda: as_corpus("x", name="a"), OptionError, r"a must be a list .* write \[a\]"),
        (lambda: as_corpus(7), OptionError, "a data frame with a column 'text'; got int"),
        (lambda: as_corpus({"a": "x"}), OptionError, "got dict"),
        (lambda: as_corpus([]), DiscourseError, "corpus is empty"),
        (lambda: as_corpus(Corpus(())), DiscourseError, "there is no document to work on"),
        (
            lambda: as_corpus(pd.DataFrame({"txt": ["x"]})),
            OptionError,
            "unknown column 'text'. Did you mean 'txt'",
        ),
        *(
            (
                lambda text=text: as_corpus(pd.DataFrame({"text": ["x", text]})),
                OptionError,
                "column 'text' has no value in row 2 of the table",
            )
            for text in (None, float("nan"), pd.NA)
        ),
        (
            lambda: as_corpus(pd.DataFrame({"text": ["x"], "doc_id": [float("nan")]})),
            OptionError,
            "column 'doc_id' has no value in row 1",
        ),
        (
            lambda: as_corpus(pd.DataFrame([["x", "y"]], columns=["text", "text"])),
            OptionError,
            "columns must be unique; repeated: 'text'",
        ),
        (lambda: as_corpus(Path("a.txt")), OptionError, r"read it first, discourse.read\('a.txt'"),
        (lambda: Document("a", "x", None), OptionError, "docvars must map names .* got NoneType"),
        *(
            (
                lambda header=header: Document("a", "xyz", {}, header),
                OptionError,
                "header must hold .* spans of the 3 characters of 'a', in order; got",
            )
            for header in (((0, 4),), ((-1, 2),), ((2, 1),), ((1, 2), (0, 1)), (0, 2), None)
        ),
        (lambda: Corpus(["x"]), OptionError, "a list of Document; got str in it. Corpus.from_t"),
        (lambda: Corpus("x"), OptionError, "documents must be a list of str, not a single"),
        (lambda: Corpus(None), OptionError, "documents must be a list; got NoneType"),
        (lambda: corpus().__add__(["x"]), OptionError, "only a Corpus can be added .*; got list"),
        (lambda: Corpus.from_texts(7), OptionError, "texts must be a list; got int"),
        (lambda: Corpus.from_texts(["x"], docvars=[1]), OptionError, "docvars must map .* got lis"),
        (
            lambda: Corpus.from_texts(["x"], docvars=pd.Series([1])),
            OptionError,
            "docvars must map names to columns, or be a data frame; got Series",
        ),
        (
            lambda: Corpus.from_texts(["x"], docvars={"year": 7}),
            OptionError,
            "year must be a list; got int",
        ),
        (lambda: corpus()[0], OptionError, "unknown document 0: it is named by a str. There are"),
        (lambda: corpus().subset([0]), OptionError, "unknown document 0: it is named by a str"),
        (lambda: corpus().subset(7), OptionError, "which must be a list; got int"),
        (lambda: PAGE.segments(["word"]), OptionError, r"unit must be one of .* got \['word'\]"),
        *(
            (
                lambda name=name: Corpus((Document("a", "x", {name: 1}),)).split("sentence"),
                OptionError,
                f"a docvar '{name}', which 'a' has already",
            )
            for name in ("document", "start", "end", "kind")
        ),
        (lambda: as_corpus([PAGE, "x"]), OptionError, "text must be a str; got Document"),
    ],
)
def test_a_bad_call_says_what_is_wrong(call, error, message):
    with pytest.raises(error, match=message):
        call()
