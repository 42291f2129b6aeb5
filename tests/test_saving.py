"""What is saved comes back as it was, and a save that fails or is killed loses nothing."""

import datetime as dt
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

import discourse as ds
from discourse._files import replacing
from discourse.corpus.saving import row_reader
from discourse.record import ReadOnly

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

texts = st.text(st.characters(), max_size=12)  # lone surrogates and NUL among them
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    texts,
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(dt.UTC)),
)
columns = st.one_of(
    st.lists(values, min_size=4, max_size=4),
    *(
        st.lists(st.none() | kind, min_size=4, max_size=4)
        for kind in (st.integers(), st.floats(allow_nan=False), texts, st.dates(), st.datetimes())
    ),
)
names = st.one_of(texts, st.sampled_from(["id", "text", "header", "lacking", "docvar 0", "id'"]))


@st.composite
def corpora(draw):
    ids = draw(st.lists(texts, min_size=1, max_size=4, unique=True))
    table = draw(st.dictionaries(names, columns, max_size=4))
    documents = []
    for row, name in enumerate(ids):
        text = draw(texts)
        edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
        header = tuple(zip(edges[::2], edges[1::2], strict=False))
        own = {key: column[row] for key, column in table.items() if draw(st.booleans())}
        documents.append(ds.Document(name, text, own, header))
    return ds.Corpus(tuple(documents))


def types(corpus):
    return [[(key, type(value)) for key, value in sorted(d.docvars.items())] for d in corpus]


@given(corpus=corpora())
def test_a_corpus_comes_back_equal_down_to_the_types_of_its_docvars(corpus):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "saved.parquet")
        corpus.save(path)
        again = ds.Corpus.load(path)
        assert [file.name for file in Path(folder).iterdir()] == [path.name]
    assert again == corpus
    assert types(again) == types(corpus)
    assert again.digest == corpus.digest


@st.composite
def matrices(draw):
    docs = draw(st.lists(texts, min_size=1, max_size=4, unique=True))
    features = sorted(draw(st.lists(texts, max_size=6, unique=True)))
    cell = st.integers(0, 2**62) | st.just(0)
    shape = len(docs), len(features)
    dense = draw(st.lists(cell, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    docvars = {key: tuple(c[: len(docs)]) for key, c in draw(columns_by_name).items()}
    return ds.DocumentFeatureMatrix(
        csr_array(np.array(dense, np.int64).reshape(shape)),
        tuple(features),
        tuple(docs),
        ReadOnly(docvars),
        ds.count(["peace"], stopwords=["war"]).record,
    )


columns_by_name = st.dictionaries(names, columns, max_size=3)


@given(dfm=matrices())
def test_a_matrix_comes_back_equal_with_features_that_do_not_occur(dfm):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "saved.parquet")
        dfm.save(path)
        again = ds.DocumentFeatureMatrix.load(path)
    assert again.digest == dfm.digest
    assert again.counts.indices.dtype == np.int32
    assert dict(again.docvars) == dict(dfm.docvars)
    assert again.record == dfm.record
    assert again.record.recompute is None


def test_everything_goes_on_from_a_matrix_that_was_loaded(tmp_path):
    dfm = ds.count(ds.Corpus.from_texts(["peace now", "war now"], docvars={"side": ["a", "b"]}))
    dfm.save(tmp_path / "saved.parquet")
    again = ds.DocumentFeatureMatrix.load(tmp_path / "saved.parquet")
    assert again.group("side").docs == ("a", "b")
    assert ds.similarity(again).values.tolist() == ds.similarity(dfm).values.tolist()
    assert again.merge(dfm).counts.sum() == 8


def test_values_of_numpy_and_pandas_come_back_as_those_of_python(tmp_path):
    moment = dt.datetime(2020, 1, 2, 3, 4, 5, 6)  # noqa: DTZ001 - data frames have such times
    frame = pd.DataFrame({"text": ["a"], "n": [3], "when": [moment], "share": [np.float64(0.5)]})
    ds.Corpus.from_texts(
        frame["text"],
        docvars={
            "n": [np.int64(3)],
            "when": frame["when"],
            "then": np.array([moment], "datetime64[us]"),
            "share": frame["share"],
        },
    ).save(tmp_path / "saved.parquet")
    (document,) = ds.Corpus.load(tmp_path / "saved.parquet")
    assert dict(document.docvars) == {"n": 3, "when": moment, "then": moment, "share": 0.5}
    assert [type(v) for v in document.docvars.values()] == [int, dt.datetime, dt.datetime, float]


@given(corpus=corpora())
def test_read_takes_a_saved_corpus_as_it_was(corpus):
    with tempfile.TemporaryDirectory() as folder:
        corpus.save(Path(folder, "saved.parquet"))
        again = ds.read(Path(folder, "saved.parquet"))
    assert again == corpus
    assert types(again) == types(corpus)


def test_other_programs_read_the_columns(tmp_path):
    corpus = ds.Corpus.from_texts(["Peace.", "War."], docvars={"year": [1990, None]})
    corpus.save(tmp_path / "saved.parquet")
    frame = pd.read_parquet(tmp_path / "saved.parquet")
    assert list(frame.columns) == ["id", "text", "year"]
    assert ds.count(frame).features == ("peace", "war")


def test_rows_of_a_saved_corpus_become_its_documents_and_those_of_other_tables_do_not(tmp_path):
    path = tmp_path / "saved.parquet"
    day = dt.datetime(1990, 5, 1, tzinfo=dt.UTC)
    corpus = ds.Corpus(
        (
            ds.Document("a", "Title. Peace.", {"id": 1, "day": day}, ((0, 6),)),
            ds.Document("b", "\ud800", {"id": None}),
        )
    )
    corpus.save(path)
    table = pq.read_table(path)
    restored = row_reader("saved.parquet", table.schema.metadata)
    assert [restored(fields) for fields in table.to_pylist()] == list(corpus)
    ds.count(corpus).save(path)
    assert row_reader("saved.parquet", pq.read_schema(path).metadata) is None
    assert row_reader("table.parquet", None) is None


@pytest.mark.parametrize("value", [[1], {"a": 1}, 1j, object(), np.datetime64(1, "ns")])
def test_a_docvar_that_cannot_be_saved_is_named_and_the_old_file_stays(tmp_path, value):
    path = tmp_path / "saved.parquet"
    path.write_text("old")
    corpus = ds.Corpus.from_texts(["a"], docvars={"odd": [value]})
    with pytest.raises(ds.DiscourseError, match=r"docvar 'odd' holds .* can be saved"):
        corpus.save(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_each_kind_is_loaded_by_its_own_type(tmp_path):
    path = tmp_path / "saved.parquet"
    ds.count(["peace"]).save(path)
    with pytest.raises(ds.ReadError, match="holds no saved Corpus"):
        ds.Corpus.load(path)
    pd.DataFrame({"text": ["a"]}).to_parquet(path)
    with pytest.raises(ds.ReadError, match="holds no saved DocumentFeatureMatrix"):
        ds.DocumentFeatureMatrix.load(path)


@pytest.mark.parametrize("load", [ds.Corpus.load, ds.DocumentFeatureMatrix.load])
def test_a_file_that_is_missing_or_no_parquet_is_named(tmp_path, load):
    for path in (tmp_path / "missing.parquet", tmp_path / "text.parquet", tmp_path):
        if path.name == "text.parquet":
            path.write_text("peace")
        with pytest.raises(ds.ReadError, match=r"cannot be read as Parquet|holds no saved"):
            load(path)


@given(data=st.data())
def test_a_damaged_file_gives_what_was_saved_or_an_error(data):
    corpus = ds.Corpus.from_texts(["Peace now.", "War never."], docvars={"year": [1990, 2000]})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "saved.parquet")
        corpus.save(path)
        content = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        try:
            again = ds.Corpus.load(path)
        except ds.ReadError:
            return
    assert again.digest == corpus.digest


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("columns", [[10**6, 1], [1]], "a part of the saved matrix is damaged"),
        ("columns", [[0], [1]], "a part of the saved matrix is damaged"),
        ("counts", [[-1, 1], [1]], "a part of the saved matrix is damaged: counts must not be neg"),
        ("counts", [[1, 2], [1]], "the counts are not those that were saved"),
        ("id", ["a", "a"], "a part of the saved matrix is damaged: document ids must be unique"),
        ("id", ["a", "b"], "the counts are not those that were saved"),
        ("feature", [1, 2], "a part of the saved matrix is damaged"),
    ],
)
def test_a_matrix_that_another_program_has_changed_is_no_matrix(tmp_path, column, value, message):
    path = tmp_path / "saved.parquet"
    ds.count(["peace war", "war"]).save(path)
    table = pq.read_table(path)
    place = table.column_names.index(column)
    kind = table.schema.field(column).type if column != "feature" else None
    pq.write_table(table.set_column(place, column, pa.array(value, kind)), path)
    with pytest.raises(ds.ReadError, match=message):
        ds.DocumentFeatureMatrix.load(path)


def test_an_unfinished_file_goes_and_permissions_stay(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(KeyboardInterrupt), replacing(path) as unfinished:  # noqa: PT012
        unfinished.write_text("new")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    with replacing(path) as unfinished:
        unfinished.write_text("new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)
    assert list(tmp_path.iterdir()) == [path]


SAVE_FOREVER = """
import sys
import discourse as ds
corpora = [ds.Corpus.from_texts([word * 20_000] * 20) for word in ("peace ", "war ")]
print("ready", flush=True)
while True:
    for corpus in corpora:
        corpus.save(sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX")
def test_a_save_that_is_killed_leaves_the_old_or_the_new_file(tmp_path):
    path = tmp_path / "saved.parquet"
    whole = {word: ds.Corpus.from_texts([word * 20_000] * 20) for word in ("peace ", "war ")}
    whole["peace "].save(path)
    for delay in (0.0, 0.013, 0.047, 0.101):
        child = subprocess.Popen(
            [sys.executable, "-c", SAVE_FOREVER, path], stdout=subprocess.PIPE, text=True
        )
        with child:
            assert child.stdout.readline() == "ready\n"
            time.sleep(delay)
            child.send_signal(signal.SIGKILL)
        assert child.returncode == -signal.SIGKILL
        assert ds.Corpus.load(path) in whole.values()
        assert len(list(tmp_path.iterdir())) <= 6  # what was unfinished, at most one a kill
