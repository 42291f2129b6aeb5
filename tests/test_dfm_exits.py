"""Matrices of counts go to other programs, and what these read is what was counted."""

import csv
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from scipy.io import mmread
from scipy.sparse import csr_array

import discourse as ds
from discourse.record import ReadOnly
from strategies import dfms

DFM = ds.count(
    ds.Corpus.from_texts(["Peace, peace and wars.", "", "Wars."], ids=["a", "b c", "=1+1"])
)
R = shutil.which("Rscript")
anew = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # files are replaced


def matrix(counts, docs, features):
    dense = csr_array(np.array(counts, np.int64).reshape(len(docs), len(features)))
    return ds.DocumentFeatureMatrix(dense, features, docs, ReadOnly({}), DFM.record)


@anew
@given(dfm=dfms(min_docs=0))
def test_matrix_market_has_the_counts_and_their_labels(tmp_path, dfm):
    dfm.to_matrix_market(tmp_path / "counts.mtx")
    found = mmread(tmp_path / "counts.mtx", spmatrix=False)
    assert found.toarray().tolist() == dfm.counts.toarray().tolist()
    for name, labels in (("docs", dfm.docs), ("features", dfm.features)):
        written = (tmp_path / f"counts.{name}.txt").read_text(encoding="utf-8")
        assert written.splitlines() == list(labels)
    assert len(list(tmp_path.iterdir())) == 3


def test_matrix_market_is_read_back(tmp_path):
    DFM.to_matrix_market(tmp_path / "counts.mtx")
    again = ds.read_counts(tmp_path / "counts.mtx")
    assert again.digest == DFM.digest


def test_a_symmetric_matrix_is_written_in_full(tmp_path):
    matrix([[0, 2], [2, 0]], ("a", "b"), ("x", "y")).to_matrix_market(tmp_path / "counts.mtx")
    lines = (tmp_path / "counts.mtx").read_text().splitlines()
    assert lines[0] == "%%MatrixMarket matrix coordinate integer general"
    assert lines[-2:] == ["1 2 2", "2 1 2"]


@anew
@given(dfm=dfms(min_docs=0))
def test_csv_has_a_row_for_each_document_and_a_column_for_each_feature(tmp_path, dfm):
    dfm.to_csv(tmp_path / "counts.csv")
    with (tmp_path / "counts.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["doc_id", *dfm.features]
    assert tuple(row[0] for row in rows) == dfm.docs
    assert [[int(cell) for cell in row[1:]] for row in rows] == dfm.counts.toarray().tolist()


@given(dfm=dfms())
def test_arrow_has_a_row_for_every_count_above_zero(dfm):
    pa, pl = pytest.importorskip("pyarrow"), pytest.importorskip("polars")
    table = pa.table(dfm).to_pydict()
    triplets = list(zip(table["doc"], table["feature"], table["count"], strict=True))
    cells = dfm.counts.tocoo()
    rows, columns = (axis.tolist() for axis in cells.coords)
    assert triplets == [
        (dfm.docs[i], dfm.features[j], n)
        for i, j, n in zip(rows, columns, cells.data.tolist(), strict=True)
    ]
    assert pl.DataFrame(dfm)["count"].sum() == dfm.counts.sum()


def test_pandas_reads_a_matrix_of_counts_from_csv_as_its_own(tmp_path):
    DFM.to_csv(tmp_path / "counts.csv")
    again = pd.read_csv(tmp_path / "counts.csv", index_col=0)
    assert again.index.tolist() == ["a", "b c", "=1+1"]
    pd.testing.assert_frame_equal(again, DFM.to_frame(), check_names=False)


@pytest.mark.skipif(R is None, reason="R is not installed")
def test_r_reads_counts_from_matrix_market_and_from_csv(tmp_path):
    DFM.to_matrix_market(tmp_path / "counts.mtx")
    DFM.to_csv(tmp_path / "counts.csv")
    script = """
        market <- as.matrix(Matrix::readMM("counts.mtx"))
        dimnames(market) <- lapply(
            c("counts.docs.txt", "counts.features.txt"), readLines, encoding = "UTF-8"
        )
        table <- as.matrix(read.csv("counts.csv", row.names = 1, check.names = FALSE))
        stopifnot(identical(dimnames(market), dimnames(table)), all(market == table))
        cat(colnames(table), sum(table), table["a", "peace"])
    """
    done = subprocess.run(
        [R, "-e", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "and peace wars 5 2"


@pytest.mark.parametrize("label", ["a\nb", "a\r", "\u2028"])
def test_a_label_that_is_no_line_is_refused_and_nothing_is_written(tmp_path, label):
    dfm = matrix([1], ("a",), (label,))
    with pytest.raises(ds.DiscourseError, match="features have a label with the end of a line"):
        dfm.to_matrix_market(tmp_path / "counts.mtx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("write", ["to_matrix_market", "to_csv"])
def test_a_label_with_a_lone_surrogate_is_refused_and_nothing_is_written(tmp_path, write):
    dfm = matrix([1], ("a\udfff",), ("x",))
    with pytest.raises(ds.DiscourseError, match=r"written as UTF-8, .* surrogate like '\\udfff'"):
        getattr(dfm, write)(tmp_path / "counts.mtx")
    assert not list(tmp_path.iterdir())


def test_matrix_market_goes_to_files_that_are_named_so(tmp_path):
    with pytest.raises(ds.OptionError, match=r"path must end in '.mtx'; got 'counts.csv'"):
        DFM.to_matrix_market(tmp_path / "counts.csv")
