"""Counts from lists, triplets and Matrix Market, compressed or not, for all that follows."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile

import numpy as np
import pytest
import scipy.io
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds
from discourse.errors import OptionError, ReadError
from discourse.reading import matrixmarket

PACK = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1
)
COUNTS = st.dictionaries(
    NAMES,
    st.dictionaries(NAMES, st.integers(1, 2**40), min_size=1, max_size=5),
    min_size=1,
    max_size=5,
)
HEAD = "%%MatrixMarket matrix coordinate integer general\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Return the folder of the test, which is the working folder too."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, content):
    """Write a text or bytes and return the path."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_matrix(folder, text, docs="a\nb\n", features="peace\nwar\nzeal\n"):
    """Write a matrix with the names beside it."""
    write(folder / "t.docs.txt", docs)
    write(folder / "t.features.txt", features)
    return write(folder / "t.mtx", text)


def plain(dfm):
    """Return the counts of a matrix as mappings."""
    return {
        doc: {f: n for f, n in zip(dfm.features, row, strict=True) if n}
        for doc, row in zip(dfm.docs, dfm.counts.toarray().tolist(), strict=True)
    }


TRIPLETS = [("a", "war", 2), ("b", "peace", 5), ("a", "peace", 3)]
EXPECTED = {"a": {"peace": 3, "war": 2}, "b": {"peace": 5}}


@pytest.mark.parametrize(("ending", "mark"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize(
    "columns",
    [("doc", "word", "count"), ("doc_id", "feature", "count"), ("document", "term", "n"),
     ("document", "feature", "frequency")],
)  # fmt: skip
def test_triplets_in_any_order_become_a_matrix(folder, ending, mark, columns):
    rows = [columns, *TRIPLETS]
    path = write(folder / f"t.{ending}", "\n".join(mark.join(map(str, row)) for row in rows))
    dfm = ds.read_counts(path)
    assert plain(dfm) == EXPECTED
    assert dfm.features == ("peace", "war")
    assert dfm.verify(path)


def test_a_list_of_one_document_may_have_tabs_or_another_delimiter(folder):
    expected = {"t": {"peace": 3, "war": 1}}
    assert (
        plain(ds.read_counts(write(folder / "t.tsv", "word\tcount\npeace\t3\nwar\t1\n")))
        == expected
    )
    path = write(folder / "t.csv", "word;count\npeace;3\nwar;1\n")
    assert plain(ds.read_counts(path, delimiter=";")) == expected
    with pytest.raises(ReadError, match="Pass delimiter=';'"):
        ds.read_counts(path)


@given(COUNTS)
def test_counts_come_back_from_triplets_matrix_and_count_file(tmp_path_factory, counts):
    folder = tmp_path_factory.mktemp("t")
    docs, features = list(counts), sorted({f for row in counts.values() for f in row})
    entries = [(d, f, n) for d, row in counts.items() for f, n in row.items()]
    table = io.StringIO()
    csv.writer(table).writerows([("doc", "word", "count"), *entries])
    lines = [f"{docs.index(d) + 1} {features.index(f) + 1} {n}\n" for d, f, n in entries[::-1]]
    sizes = f"{len(docs)} {len(features)} {len(entries)}\n"
    content = {
        "format": "discourse-counts",
        "version": 1,
        "documents": [{"id": d, "counts": row} for d, row in counts.items()],
    }
    sources = [
        write(folder / "t.csv", table.getvalue()),
        write_matrix(folder, HEAD + sizes + "".join(lines), "\n".join(docs), "\n".join(features)),
        write(folder / "t.json", json.dumps(content)),
    ]
    for source in sources:
        dfm = ds.read_counts(source)
        assert plain(dfm) == counts
        assert dfm.digest == ds.read_counts(sources[0]).digest


@given(st.integers(0, 2**32 - 1), st.sampled_from(["integer", "real"]), st.integers(1, 10))
def test_a_matrix_is_read_as_scipy_reads_it(tmp_path_factory, seed, field, batch):
    folder = tmp_path_factory.mktemp("t")
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(1, 8, 2))
    matrix = scipy.sparse.coo_array(rng.integers(0, 4, shape) * rng.integers(0, 10**6, shape))
    file = io.BytesIO()
    scipy.io.mmwrite(file, matrix, comment="a comment", field=field, symmetry="general")
    names = [f"n{i}" for i in range(8)]
    path = write_matrix(
        folder, file.getvalue(), "\n".join(names[: shape[0]]), "\n".join(names[: shape[1]])
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matrixmarket, "_BATCH", batch)
        dfm = ds.read_counts(path)
    expected = np.asarray(scipy.io.mmread(io.BytesIO(file.getvalue())).todense())
    np.testing.assert_array_equal(dfm.counts.toarray(), expected)


def test_a_matrix_may_have_whole_numbers_written_as_others_or_only_a_pattern(folder):
    real = HEAD.replace("integer", "real")
    path = write_matrix(folder, real + "% x\n\n2 3 3\n1 1 3.0\n1 2 1e+05\n\n2 3 7\n")
    assert plain(ds.read_counts(path)) == {"a": {"peace": 3, "war": 100_000}, "b": {"zeal": 7}}
    path = write_matrix(folder, HEAD.replace("integer", "PATTERN") + "2 3 2\r\n1 1\r\n2 3")
    assert plain(ds.read_counts(path)) == {"a": {"peace": 1}, "b": {"zeal": 1}}
    path = write_matrix(folder, HEAD + "2 3 0\n")
    assert plain(ds.read_counts(path)) == {"a": {}, "b": {}}


def test_the_names_of_a_matrix_may_be_elsewhere(folder):
    path = write_matrix(folder, HEAD + "2 3 1\n1 3 4\n")
    docs = (folder / "t.docs.txt").rename(folder / "x.txt")
    features = (folder / "t.features.txt").rename(folder / "y.txt")
    with pytest.raises(ReadError, match=r"its docs have no names: there is no 't\.docs\.txt'"):
        ds.read_counts(path)
    with pytest.raises(ReadError, match=r"its features have .* Pass features=\.\.\."):
        ds.read_counts(path, docs=docs)
    dfm = ds.read_counts(path, docs=str(docs), features=features)
    assert plain(dfm) == {"a": {"zeal": 4}, "b": {}}
    assert dfm.verify(path)
    with pytest.raises(ReadError, match=r"none\.txt: cannot be opened"):
        ds.read_counts(path, docs="none.txt")


@pytest.mark.parametrize("ending", [*PACK, ".zip"])
def test_files_of_counts_may_be_compressed(folder, ending):
    files = {
        "t.csv": b"doc,word,count\na,peace,3\nb,zeal,4\n",
        "t.mtx": (HEAD + "2 3 2\n1 1 3\n2 3 4\n").encode(),
        "t.docs.txt": b"a\nb\n",
        "t.features.txt": b"peace\nwar\nzeal\n",
    }
    for group in (["t.csv"], ["t.mtx", "t.docs.txt", "t.features.txt"]):
        if ending == ".zip":
            with zipfile.ZipFile("t.zip", "w") as archive:
                for name in group:
                    archive.writestr(f"x/{name}", files[name])
            path = folder / "t.zip"
        else:
            for name in group:
                write(folder / f"{name}{ending}", PACK[ending](files[name]))
            path = folder / f"{group[0]}{ending}"
        assert plain(ds.read_counts(path)) == {"a": {"peace": 3}, "b": {"zeal": 4}}


def test_an_archive_must_hold_one_file_of_counts(folder):
    for n, names in ((0, ["a.txt"]), (2, ["a.csv", "b.csv"])):
        with zipfile.ZipFile("t.zip", "w") as archive:
            for name in names:
                archive.writestr(name, "word,count\np,1\n")
        with pytest.raises(ReadError, match=f"must hold one file of counts .* it holds {n}"):
            ds.read_counts("t.zip")
    write(folder / "t.csv.gz", b"no")
    with pytest.raises(ReadError, match="the compressed data are damaged"):
        ds.read_counts("t.csv.gz")


def test_lists_may_be_in_an_older_encoding(folder):
    path = write(folder / "t.csv", "word,count\nÜberraschung für Völker,3\n".encode("cp1252"))
    for encoding in ("cp1252", "detect"):
        assert plain(ds.read_counts(path, encoding=encoding)) == {
            "t": {"Überraschung für Völker": 3}
        }
    with pytest.raises(ReadError, match="not utf-8: byte 11"):
        ds.read_counts(path)


LIST, SIZES = "doc,word,count\n", "2 3 1\n"
BAD_MATRICES = [
    ("", "line 1: must be '%%MatrixMarket matrix coordinate integer general' .* got ''"),
    (HEAD.replace("coordinate", "array") + SIZES, "line 1: must be '%%MatrixMarket"),
    (HEAD.replace("general", "symmetric") + SIZES, "line 1: must be '%%MatrixMarket"),
    (HEAD.replace("integer", "complex") + SIZES, "line 1: must be '%%MatrixMarket"),
    (HEAD, "line 2: must say how many rows, columns and entries there are; got ''"),
    (HEAD + "2 3\n", "line 2: must say how many rows.*got '2 3'"),
    (HEAD + "2 -3 1\n", "line 2: must say how many rows"),
    (HEAD + "3 2 1\n", "line 2: has 3 rows and 2 columns, but 2 documents .* It is transposed"),
    (
        HEAD + "9 3 1\n",
        "line 2: has 9 rows and 3 columns, but 2 documents and 3 features",
    ),
    (HEAD + "2 3 99999999999\n1 1 1\n", "must have 99,999,999,999 entries; it has 1"),
    (HEAD + "2 3 1\n1 1 1\n1 2 1\n", "must have 1 entries; it has 2"),
    (HEAD + "% x\n2 3 1\n\n3 1 1\n", "line 5: there is no row 3 with column 1"),
    (HEAD + SIZES + "1 4 1\n", "line 3: there is no row 1 with column 4"),
    (HEAD + SIZES + "0 1 1\n", "line 3: there is no row 0 with column 1: they are numbered from 1"),
    (HEAD + SIZES + "x 1 1\n", "line 3: row and column must be positive integers; got 'x 1 1'"),
    (HEAD + SIZES + "1 1\n", "line 3: must have 3 numbers; got '1 1'"),
    (HEAD + SIZES + "1 1 1 1\n", "line 3: must have 3 numbers"),
    *(
        (
            HEAD + SIZES + f"1 1 {bad}\n",
            r"line 3: a count must be an integer from 0 to 2\*\*53; got",
        )
        for bad in ("-1", "1.5", "nan", "inf", "1e400", "x", "1_0", 2**53 + 1, 2**64, "9" * 5000)
    ),
    (HEAD + "2 3 2\n1 1 1\n1 1 2\n", "line 4: the count of 'peace' in 'a' is repeated"),
    (HEAD + f"2 3 2\n1 1 {2**53}\n1 2 1\n", r"the counts add up to more than 2\*\*53"),
]
BAD_LISTS = [
    (LIST, "has no rows below its header"),
    ("doc,count\na,1\n", "line 1: not a list of counts: it has no column 'word'; there are: 'doc'"),
    ("doc,term,n,count\na,x,1,1\n", "line 1: has several columns of a count: 'count', 'n'"),
    (LIST + ",x,1\n", "line 2: a document must not be empty"),
    (LIST + "a,,1\n", "line 2: a feature must not be empty"),
    (LIST + "a,x,1.5\n", "line 2: the count of 'x' must be an integer from .* got '1.5'"),
    (LIST + "a,x,-1\n", "line 2: the count of 'x' must be .* got '-1'"),
    (LIST + "a,x,nan\n", "line 2: the count of 'x' must be .* got 'nan'"),
    (LIST + f"a,x,{2**53 + 1}\n", "line 2: the count of 'x' must be an integer"),
    (LIST + "a,x,1\nb,x,1\na,x,2\n", "line 4: the count of 'x' in 'a' is repeated"),
    (LIST + f"a,x,{2**53}\nb,x,1\n", r"the counts add up to more than 2\*\*53"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BAD_MATRICES)
def test_a_matrix_that_is_not_one_of_counts_is_refused(folder, text, message):
    with pytest.raises(ReadError, match=rf"t\.mtx: {message}"):
        ds.read_counts(write_matrix(folder, text))


@pytest.mark.parametrize(("text", "message"), BAD_LISTS)
def test_a_list_that_is_not_one_of_counts_is_refused(folder, text, message):
    with pytest.raises(ReadError, match=rf"t\.csv: {message}"):
        ds.read_counts(write(folder / "t.csv", text))


@pytest.mark.parametrize(
    ("docs", "message"),
    [("", "has no names"), ("a\n\nb\n", "line 2: a name must not be empty"),
     ("a\na\n", "names must be unique; repeated: 'a'"), (b"\xff\n", "not utf-8")],
)  # fmt: skip
def test_names_that_cannot_be_are_refused(folder, docs, message):
    path = write_matrix(folder, HEAD + "2 3 0\n", docs)
    with pytest.raises(ReadError, match=rf"t\.docs\.txt: {message}"):
        ds.read_counts(path)


@pytest.mark.parametrize(
    ("path", "options", "message"),
    [
        (7, {}, "path must be a str or a path; got int"),
        ("t.mtx", {"docs": 7}, "docs must be a str or a path; got int"),
        ("t.csv", {"docs": "x"}, r"docs= is for \.mtx files.* not for 't\.csv'"),
        ("t.csv", {"features": "x"}, r"features= is for \.mtx files"),
        ("t.csv", {"encoding": "x"}, "encoding must be the name"),
        ("t.csv", {"delimiter": "xy"}, "delimiter must be one character"),
    ],
)
def test_an_option_that_is_not_allowed_is_refused(path, options, message):
    with pytest.raises(OptionError, match=message):
        ds.read_counts(path, **options)


def test_all_that_follows_from_counts_is_that_of_the_texts_they_were_counted_in(folder):
    texts = [
        "We demand peace and we want no war.",
        "Peace is what we want; war is no answer.",
        "Markets grow and taxes fall, and markets grow.",
    ]
    counted = ds.count(texts)
    rows = [
        f"{doc},{feature},{n}\n"
        for doc, row in plain(counted).items()
        for feature, n in reversed(row.items())
    ]
    dfm = ds.read_counts(write(folder / "t.csv", LIST + "".join(rows)))
    assert dfm.digest == counted.digest
    np.testing.assert_array_equal(ds.similarity(dfm).values, ds.similarity(counted).values)
    for own, other in zip(follow(dfm), follow(counted), strict=True):
        assert own == other


def follow(dfm):
    """Return results of the verbs that take counts, as plain data."""
    doc = dfm.docs[0]
    yield ds.keyness(dfm, target=doc).to_frame().to_dict()
    yield ds.weight(dfm, "tfidf").to_frame().to_dict()
    yield ds.nearest(ds.weight(dfm, "tfidf"), k=1).to_frame().to_dict()
    yield ds.explain(dfm, *dfm.docs[:2]).to_frame().to_dict()
    yield dfm.trim(min_docs=2).to_frame().to_dict()


def test_a_table_with_a_column_for_each_feature_is_not_taken_for_a_list(tmp_path):
    ds.count(["n word term", "count word"]).to_csv(tmp_path / "counts.csv")
    with pytest.raises(ds.ReadError, match=r"several columns of a word|column for each feature"):
        ds.read_counts(tmp_path / "counts.csv")
    ds.count(["n word peace", "n word n"]).to_csv(tmp_path / "counts.csv")
    with pytest.raises(ds.ReadError, match="a column for each feature"):
        ds.read_counts(tmp_path / "counts.csv")
