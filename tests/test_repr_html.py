"""What notebooks show: every result has a small table with a caption, all of it escaped."""

from __future__ import annotations

import inspect
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.sparse import csr_array

import discourse as ds
from discourse._html import table
from discourse.labelled import Result, SimilarityMatrix
from discourse.record import Record

HOSTILE = "<script>alert(1)</script>\x00\"'&"
A = "We support peace and oppose war. Perhaps trade must grow. "
B = "We oppose peace and support war. Sanctions should end now. "


@pytest.fixture(scope="module")
def on():
    """Return what the examples are made of."""
    docvars = {"party": ["x", "y", "y"], "year": [2001, 2002, 2003]}
    corpus = ds.Corpus.from_texts(
        [A * 12, B * 12, (A + B) * 6], ids=[HOSTILE, "b", "c"], docvars=docvars
    )
    return SimpleNamespace(corpus=corpus, dfm=ds.count(corpus), stance=ds.stance(corpus))


@pytest.fixture(scope="module")
def dfm(on):
    return on.dfm


TRADE = {"trade": ["trade"]}
QUOTAS = ["Tariffs and quotas hurt trade.", "Quotas on trade end.", "The rain fell."]
PENSIONS = ["We support pensions. The town lies there.", "They defend pensions. A town."]
LABEL = {"doc": "text1", "start": 3, "end": 8, "target": "trade", "stance": "support"}


def _model(on):
    return ds.Wordscores().fit(on.dfm, {HOSTILE: -1, "b": 1})


# One of each public type that has something to show, named by its type.
SHOWN = {
    "AgreementByTarget": lambda on: ds.agreement_by_target(on.stance, HOSTILE, "b"),
    "AgreementMatrix": lambda on: ds.agreement(on.stance),
    "Clustering": lambda on: ds.cluster(ds.similarity(on.dfm)),
    "Concordance": lambda on: ds.kwic(on.corpus, "peace"),
    "Contributions": lambda on: ds.explain(on.dfm, HOSTILE, "b"),
    "Corpus": lambda on: on.corpus,
    "Coverage": lambda on: ds.coverage(on.corpus),
    "Document": lambda on: on.corpus[HOSTILE],
    "DocumentFeatureMatrix": lambda on: on.dfm,
    "DocumentMap": lambda on: ds.mds(ds.similarity(on.dfm)),
    "Estimate": lambda on: ds.matched(on.corpus["b"], on.corpus["c"]).excess,
    "FeatureVectors": lambda on: ds.weight(on.dfm, "tfidf"),
    "Keyness": lambda on: ds.keyness(on.dfm, target=HOSTILE),
    "LabelAgreement": lambda _: ds.audit_lexicon(TRADE, ["We trade."], gold=[LABEL]).labels,
    "Lexicon": lambda _: ds.load_lexicon("foreign-policy"),
    "LexiconAudit": lambda on: ds.audit_lexicon({HOSTILE: ["trade"]}, on.corpus),
    "MarkerRates": lambda on: ds.markers(on.corpus),
    "MatchedEstimate": lambda on: ds.matched(on.corpus["b"], on.corpus["c"]),
    "MatchedMatrix": lambda on: ds.matched_matrix(on.corpus),
    "MatchedPercentile": lambda on: ds.matched_percentile(
        on.corpus["b"], on.corpus["c"], on.corpus, draws=10
    ),
    "Neighbours": lambda on: ds.nearest(on.dfm, k=1),
    "Positions": lambda on: _model(on).predict(on.dfm),
    "SegmentContributions": lambda on: ds.explain_segments(on.corpus["b"], on.corpus["c"]),
    "Separation": lambda on: ds.separating(on.dfm, "party", "x", "y"),
    "SimilarityMatrix": lambda on: ds.similarity(on.dfm),
    "StanceDifference": lambda on: ds.stance_difference(on.stance, HOSTILE, "b"),
    "StanceTrend": lambda on: ds.stance_trend(on.stance, "year"),
    "StanceVectors": lambda on: on.stance,
    "TargetCandidates": lambda _: ds.discover_targets(PENSIONS, min_count=2),
    "TermSuggestions": lambda _: ds.suggest_terms("trade", QUOTAS, lexicon=TRADE, min_count=2),
    "Tokens": lambda on: ds.tokenize(on.corpus),
    "WordscoresModel": _model,
}
TAGS = {"table", "caption", "strong", "thead", "tbody", "tr", "th", "td", "p"}
NOT_SHOWN = {"Metric", "TextSegment", "Vocabulary"}  # their repr says it


class Cells(HTMLParser):
    """The tags, and the text of the caption and of every row."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.caption, self.rows, self.notes = [], "", [], []
        self._at = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - the signature is given
        self.tags.append(tag)
        self._at = {"th": "cell", "td": "cell", "caption": "caption", "p": "note"}.get(
            tag, self._at
        )
        if tag == "tr":
            self.rows.append([])
        elif self._at == "cell" and tag in {"th", "td"}:
            self.rows[-1].append("")
        elif tag == "p":
            self.notes.append("")

    def handle_endtag(self, tag):
        if tag != "strong":
            self._at = ""

    def handle_data(self, data):
        if self._at == "cell":
            self.rows[-1][-1] += data
        elif self._at == "caption":
            self.caption += data
        elif self._at == "note":
            self.notes[-1] += data


def shown_types():
    """Yield the public types that are neither errors nor models yet to be fitted."""
    for name in ds.__all__:
        kind = getattr(ds, name)
        if inspect.isclass(kind) and not issubclass(kind, Exception) and not hasattr(kind, "fit"):
            yield name, kind


def test_every_public_type_is_shown():
    lacking = {name for name, kind in shown_types() if not hasattr(kind, "_repr_html_")}
    assert lacking == NOT_SHOWN


@pytest.mark.parametrize("name", SHOWN)
def test_notebooks_show_a_small_escaped_table_with_a_caption(name, on):
    result = SHOWN[name](on)
    assert type(result).__name__ == name
    page = result._repr_html_()
    assert "<script>" not in page
    assert len(page) < 30_000
    found = Cells(page)
    assert found.caption.startswith(name)
    assert set(found.tags) <= TAGS
    assert "\x00" not in page
    assert len({len(row) for row in found.rows}) == 1, "all rows have the same cells"
    assert 1 < len(found.rows) <= 31


def test_a_comparison_is_shown_escaped_in_a_form_of_its_own(on):
    page = ds.compare(on.corpus[HOSTILE], on.corpus["b"])._repr_html_()
    assert "<script>" not in page
    assert "same side" in page


def test_files_are_shown_without_being_opened(tmp_path):
    for name in ("a.txt", "<b>.txt"):
        (tmp_path / name).write_text("Peace now.", encoding="utf-8")
    found = Cells(ds.stream(tmp_path)._repr_html_())
    assert found.caption == "DocumentStream: 2 rows; bytes: 20"
    assert [row[0].rsplit("/", 1)[-1] for row in found.rows[1:]] == ["<b>.txt", "a.txt"]


def test_a_forecast_is_shown(tmp_path):
    (tmp_path / "a.txt").write_text("Peace now.", encoding="utf-8")
    assert Cells(ds.estimate(tmp_path)._repr_html_()).caption.startswith("Forecast")


def test_a_caption_says_unit_and_size_and_which_rows_are_shown(dfm):
    found = Cells(ds.weight(dfm, "per_1000")._repr_html_())
    n = len(dfm.features)
    assert found.caption == f"FeatureVectors: 3 rows by {n} columns, 3 by 12 shown; unit: per 1,000"
    words = " ".join(f"w{i}" for i in range(50))
    found = Cells(ds.keyness(ds.count([words, "x"]), target="text1")._repr_html_())
    assert found.caption.startswith("Keyness: 51 rows, 20 shown; measure: g2")
    assert len(found.rows) == 21


def test_the_most_frequent_features_are_shown(dfm):
    found = Cells(dfm._repr_html_())
    totals = dict(zip(dfm.features, np.asarray(dfm.counts.sum(axis=0)).ravel(), strict=True))
    assert [totals[name] for name in found.rows[0][1:]] == sorted(totals.values())[:-13:-1]
    row = dict(zip(found.rows[0][1:], found.rows[2][1:], strict=True))
    assert row["peace"] == "12"


def test_all_rows_and_columns_are_shown_on_request(dfm):
    found = Cells(dfm.to_html(rows=None))
    assert found.rows[0][1:] == list(dfm.features)
    assert found.caption == "DocumentFeatureMatrix: 3 rows"
    assert len(Cells(ds.explain(dfm, "b", "c").to_html(rows=2)).rows) == 3


def test_a_missing_number_comes_with_its_reason():
    found = Cells(ds.stance(["We mention peace. We support trade."])._repr_html_())
    peace = next(row for row in found.rows if "peace" in row)
    assert "NaN" in peace
    assert found.notes == ["NaN: no mention there takes sides."]
    result = ds.similarity(ds.count(["peace", ""]), undefined="nan")
    assert Cells(result._repr_html_()).notes == [result.note, "NaN: undefined."]


def test_nothing_is_said_of_missing_numbers_where_there_are_none(dfm):
    assert Cells(ds.similarity(dfm)._repr_html_()).notes == []


def test_a_wide_sparse_matrix_is_shown_without_being_made_dense():
    n, m = 10_000, 1_000_000  # dense: 80 GB
    docs, features = tuple(f"d{i}" for i in range(n)), tuple(f"f{j:07}" for j in range(m))
    values = csr_array((np.ones(n), (np.arange(n), np.arange(n))), shape=(n, m))
    vectors = ds.FeatureVectors(values, features, docs, {}, "weight", Record("test", {}))
    found = Cells(vectors._repr_html_())
    assert found.caption == (
        "FeatureVectors: 10,000 rows by 1,000,000 columns, 20 by 12 shown; unit: weight"
    )
    assert [len(found.rows), len(found.rows[0])] == [21, 13]


def test_a_large_matrix_of_pairs_shows_its_corner():
    n = 10_000
    names = tuple(f"d{i}" for i in range(n))
    values = np.broadcast_to(np.float64(0.5), (n, n))
    matrix = SimilarityMatrix(values, names, names, "cosine", "similarity", Record("test", {}))
    found = Cells(matrix._repr_html_())
    assert "10,000 rows by 10,000 columns, 20 by 12 shown" in found.caption
    assert found.rows[1][:2] == ["d0", "0.500"]


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ([0.5, 12.25], ["0.500", "12.250"]),
        ([0.00123, 0.000456], ["0.00123", "0.00046"]),
        ([3.0, 1200.0], ["3", "1,200"]),
        ([-0.0001, 1.5], ["-1.0e-04", "1.500"]),
        ([0.0, 1.5], ["0.000", "1.500"]),
        ([1_000_000, 2], ["1,000,000", "2"]),
        ([True, None], ["True", ""]),
        ([float("nan"), float("inf")], ["NaN", "inf"]),
        ([float("nan"), 0.25], ["NaN", "0.250"]),
        ([("a", "<b>"), []], ["a, <b>", ""]),
        (["a\n\ud800b", "x" * 100], ["a b", "x" * 79 + "…"]),
    ],
)
def test_numbers_have_the_digits_of_their_column(column, cells):
    page = table("t", (2, 1), ["row", "value"], [["1", column[0]], ["2", column[1]]])
    assert [row[1] for row in Cells(page).rows[1:]] == cells


def test_an_empty_table_has_its_head():
    found = Cells(table("t", (0, 1), ["a", "b"], []))
    assert (found.caption, found.rows) == ("t: 0 rows", [["a", "b"]])


def test_every_result_type_says_why_a_number_may_be_missing():
    kinds = [kind for _, kind in shown_types() if issubclass(kind, Result)]
    assert all(kind.UNDEFINED for kind in kinds)
