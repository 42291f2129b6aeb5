"""Corpora come from tables of any library, and go to tables of any library."""

import csv
import datetime as dt
import tempfile
import warnings
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds
from discourse.corpus import as_corpus

pa = pytest.importorskip("pyarrow")
pl = pytest.importorskip("polars")

COLUMNS = {
    "doc_id": ["a", "b"],
    "text": ["Peace now.", "War, never."],
    "year": [1990, None],
    "day": [dt.date(1990, 5, 1), None],
    "party": ["x", "y"],
}
CORPUS = ds.Corpus.from_texts(
    COLUMNS["text"],
    ids=COLUMNS["doc_id"],
    docvars={name: COLUMNS[name] for name in ("year", "day", "party")},
)


class Relation:
    """What gives a stream of Arrow and looks like a frame in part, as relations of DuckDB do."""

    columns = tuple(COLUMNS)

    def __getitem__(self, name):
        raise TypeError(name)

    def __arrow_c_stream__(self, requested_schema=None):
        return pa.table(COLUMNS).__arrow_c_stream__(requested_schema)


TABLES = {
    "polars": lambda: pl.DataFrame(COLUMNS),
    "table": lambda: pa.table(COLUMNS),
    "record batch": lambda: pa.record_batch(COLUMNS),
    "reader": lambda: pa.table(COLUMNS).to_reader(max_chunksize=1),
    "dictionaries": lambda: pa.table(
        {**COLUMNS, "party": pa.array(["x", "y"]).dictionary_encode()}
    ),
    "stream": Relation,
}


# -- in ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_of_any_library_stands_for_a_corpus(table):
    assert as_corpus(table()) == CORPUS
    assert ds.count(table()).digest == ds.count(CORPUS).digest
    assert ds.stance(table(), targets={"war": ["war"]}).docs == ("a", "b")


def test_columns_of_any_library_are_texts_and_docvars():
    corpus = ds.Corpus.from_texts(pl.Series(["x", "y"]), docvars=pa.table({"year": [1, 2]}))
    assert (corpus.texts, corpus.docvars) == (("x", "y"), {"year": (1, 2)})
    assert as_corpus(pl.Series(["x", "y"])).texts == ("x", "y")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (lambda: pa.table([pa.array(["x"])] * 2, ["text", "text"]), "columns must be unique; rep"),
        (lambda: pa.table({"texts": ["x"]}), "unknown column 'text'. Did you mean 'texts'"),
        (lambda: pa.table({"text": ["x", None]}), "column 'text' has no value in row 2"),
        (lambda: pl.DataFrame({"text": [1]}), "a document's text must be a str; got int"),
        (lambda: pl.LazyFrame(COLUMNS), "corpus must be a Corpus, .* got LazyFrame"),
        (lambda: pa.chunked_array([["x"]]), "the ChunkedArray cannot be read as a table of Arrow"),
    ],
)
def test_a_table_that_does_not_fit_is_explained(table, message):
    with pytest.raises(ds.OptionError, match=message):
        as_corpus(table())


# -- out ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "convert", [pl.DataFrame, pa.table, pa.RecordBatchReader.from_stream, lambda c: c]
)
def test_a_corpus_goes_through_arrow_and_comes_back_equal(convert):
    assert as_corpus(convert(CORPUS)) == CORPUS


characters = st.characters(exclude_categories=["Cs"])
kinds = [
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.booleans(),
    st.text(characters),
    st.dates(),
    st.datetimes(),
]
columns = st.one_of(*(st.lists(st.none() | kind, min_size=3, max_size=3) for kind in kinds))
TAKEN = {"id", "text", "doc_id"}
named = st.characters(exclude_categories=["Cs"], exclude_characters="\0")  # which ends names in C
names = st.text(named, min_size=1).filter(lambda name: name not in TAKEN)
triples = st.tuples(*[st.text(characters)] * 3)


@pytest.mark.parametrize("convert", [pl.DataFrame, pa.table])
@given(docvars=st.dictionaries(names, columns, max_size=4), texts=triples)
def test_docvars_go_through_arrow_and_come_back_with_their_types(convert, docvars, texts):
    corpus = ds.Corpus.from_texts(texts, docvars=docvars)
    again = as_corpus(convert(corpus))
    assert again == corpus
    for name, column in again.docvars.items():
        assert list(map(type, column)) == list(map(type, docvars[name]))


def test_a_corpus_as_a_data_frame_stands_for_itself():
    frame = CORPUS.to_frame()
    assert list(frame.columns) == ["id", "text", "year", "day", "party"]
    assert as_corpus(frame) == CORPUS
    assert ds.Corpus(()).to_frame().shape == (0, 2)


def test_arrow_gets_the_types_of_the_docvars():
    schema = pa.table(CORPUS).schema
    assert [str(schema.field(name).type) for name in ("year", "day")] == ["int64", "date32[day]"]
    mixed = ds.Corpus.from_texts(["x", "y"], docvars={"odd": [1, "a"]})
    assert pa.table(mixed).column("odd").to_pylist() == ["1", '"a"']


cells = st.text(characters, min_size=1)


@given(rows=st.lists(st.tuples(cells, cells, cells), min_size=1, unique_by=lambda row: row[0]))
def test_csv_has_every_character_of_a_corpus(rows):
    ids, texts, sides = zip(*rows, strict=True)
    corpus = ds.Corpus.from_texts(texts, ids=ids, docvars={"side": sides})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.csv")
        corpus.to_csv(path)
        with path.open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file)) == [["doc_id", "text", "side"], *map(list, rows)]


def test_a_corpus_written_as_csv_is_read_back(tmp_path):
    path = tmp_path / "corpus.csv"
    CORPUS.to_csv(path)
    with warnings.catch_warnings(action="error"):
        again = ds.read(path)
    assert (again.ids, again.texts) == (CORPUS.ids, CORPUS.texts)
    assert [d.docvars["party"] for d in again] == COLUMNS["party"]
    assert pd.read_csv(path, parse_dates=["day"])["day"].tolist()[0] == pd.Timestamp("1990-05-01")


@pytest.mark.parametrize(
    "call", [ds.Corpus.to_frame, pa.table, lambda corpus: corpus.to_csv("never_written.csv")]
)
def test_docvars_that_would_take_the_place_of_texts_are_refused(call):
    corpus = ds.Corpus.from_texts(["x"], docvars={"text": [1]})
    with pytest.raises(ds.DiscourseError, match="docvar 'text' has the name of another column"):
        call(corpus)
    assert not Path("never_written.csv").exists()


def test_a_lone_surrogate_is_no_csv_and_the_old_file_stays(tmp_path):
    path = tmp_path / "corpus.csv"
    path.write_text("old")
    with pytest.raises(ds.DiscourseError, match=r"corpus.csv' is written as UTF-8, .* '\\ud800'"):
        ds.Corpus.from_texts(["a\ud800"]).to_csv(path)
    assert [(file, file.read_text()) for file in tmp_path.iterdir()] == [(path, "old")]
