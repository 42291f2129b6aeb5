"""Comparisons of two sides: what goes in, what comes out, and how it is shown."""

import html
import json
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse as ds
from discourse import seeds_
from discourse.comparison import Comparison, compare
from discourse.corpus import Corpus, Document
from discourse.errors import DiscourseError, EmptyDocumentError, OptionError
from discourse.labelled import Contributions, Estimate, MatchedEstimate, same
from discourse.stances import agreement_by_target, expected_salience, salience, stance

TOL = 1e-10
A = "We support multilateralism and oppose sanctions. They met to talk about war."
B = "We oppose multilateralism. Perhaps we support sanctions."
PAIR = (
    "We support multilateralism and oppose sanctions.",
    "We oppose multilateralism and support sanctions.",
)
SENTENCES = (
    "We support peace.",
    "We oppose sanctions and war.",
    "They met to talk about trade.",
    "We oppose peace.",
    "Nothing happened.",
)
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
HOSTILE = 'We support peace <script>alert("x")</script> & [bold]trade[/bold] <b>.'


@pytest.fixture(scope="module")
def found():
    return compare(A, B)


@pytest.fixture(scope="module")
def statements():
    folder = seeds_.path() / "samples"
    sides = tuple(ds.read(folder / f"{name}.txt") for name in ("dorvane", "velmora"))
    return sides, compare(*sides)


# -- what goes in ------------------------------------------------------------------------------


def numbers(comparison):
    """The parts that do not depend on what the documents are called."""
    plain = comparison.to_dict()
    return [plain["targets"], plain["differing"], plain["markers"]] + [
        plain[name]["value"] for name in ("words", "topics", "agreement", "matched")
    ]


FIRST, SECOND = "We support multilateralism and oppose sanctions.", "They met to talk about war."
ONE_SIDE = {
    "str": A,
    "document": Document("x", A),
    "corpus": Corpus.from_texts([A]),
    "list of str": [A],
    "list of documents": [Document("x", A)],
    "data frame": pd.DataFrame({"text": [A]}),
}
NAMES = {"document": "x", "corpus": "text1"}  # the others have no name of their own


@pytest.mark.parametrize("kind", ONE_SIDE)
def test_a_side_may_be_anything_that_holds_texts(found, kind):
    other = compare(ONE_SIDE[kind], B)
    assert same(numbers(other), numbers(found))
    assert (other.a, other.b) == (NAMES.get(kind, "a"), "b")


@pytest.mark.parametrize("kind", ["corpus", "list", "frame"])
def test_a_collection_is_pooled(kind):
    pieces = [FIRST, SECOND]
    kinds = {
        "corpus": Corpus.from_texts(pieces),
        "list": pieces,
        "frame": pd.DataFrame({"id": ["one", "two"], "text": pieces}),
    }
    pooled, whole = compare(kinds[kind], B), compare(A, B)
    assert (pooled.a, pooled.b) == ("a", "b")
    assert same(numbers(pooled)[:-1], numbers(whole)[:-1])
    assert pooled.mentions["doc"].nunique() == 3


def test_sides_and_documents_of_the_same_name_are_told_apart():
    one, two = Document("speech", A), Document("speech", B)
    comparison = compare(one, two)
    assert (comparison.a, comparison.b) == ("speech (a)", "speech (b)")
    assert set(comparison.mentions["doc"]) == {"speech (a)", "speech (b)"}
    assert same(numbers(comparison), numbers(compare(A, B)))
    assert comparison.verify(one, two)


def test_a_text_compared_with_itself_is_the_same_in_words_and_topics():
    comparison = compare(A, A)
    assert comparison.words.value == comparison.topics.value == comparison.agreement.value == 1.0
    assert np.abs(comparison.contributions.values).sum() < TOL


@pytest.mark.parametrize(("a", "b", "empty"), [("", B, "a"), (A, " .", "b"), (["", ""], B, "a")])
def test_a_side_without_words_is_an_error_that_names_it(a, b, empty):
    with pytest.raises(EmptyDocumentError) as caught:
        compare(a, b)
    assert caught.value.docs == (empty,)


BAD_CALLS = [
    ({"metric": "jenson_shannon"}, "Did you mean 'jensen_shannon'"),
    ({"targets": "foreign-polcy"}, "Did you mean 'foreign-policy'"),
    ({"keywords": "foreign-polcy"}, "Did you mean 'foreign-policy'"),
    ({"targets": 7}, "lexicon must be a Lexicon"),
]


@pytest.mark.parametrize(("options", "message"), BAD_CALLS)
def test_misspelt_options_are_refused_with_a_hint(options, message):
    with pytest.raises(OptionError, match=message):
        compare(A, B, **options)


def test_a_side_that_holds_no_texts_is_refused():
    with pytest.raises(OptionError, match="b must be a Corpus, a list of str"):
        compare(A, 7)


# -- what comes out ----------------------------------------------------------------------------

TYPES = {
    "a": str, "b": str, "target_set": str, "words": Estimate, "topics": Estimate,
    "agreement": Estimate, "matched": MatchedEstimate, "targets": pd.DataFrame,
    "differing": pd.DataFrame, "markers": pd.DataFrame, "mentions": pd.DataFrame,
    "contributions": Contributions,
}  # fmt: skip


@pytest.mark.parametrize("name", TYPES)
def test_every_part_of_the_contract_is_there(found, name):
    assert isinstance(found, Comparison)
    assert isinstance(getattr(found, name), TYPES[name])


def test_words_are_one_less_the_jensen_shannon_divergence(found):
    dfm = ds.count([A, B])
    divergence = ds.similarity(dfm, metric="jensen_shannon").value("text1", "text2")
    assert found.words.value == pytest.approx(1 - divergence, abs=TOL)
    assert f"{divergence:.3f} bits" in found.words.note
    assert found.words.low is found.words.high is None
    assert "no interval" in found.words.note


BOUNDED = [n for n, m in ds.METRICS.items() if m.bounds == (0.0, 1.0)]


@pytest.mark.parametrize("metric", BOUNDED)
def test_same_words_grows_with_likeness_for_every_metric(metric):
    comparison = compare(A, B, metric=metric)
    value = ds.similarity(ds.count([A, B]), metric=metric).value("text1", "text2")
    expected = value if ds.METRICS[metric].kind == "similarity" else 1 - value
    assert comparison.words.value == pytest.approx(expected, abs=TOL)
    assert compare(A, A, metric=metric).words.value == pytest.approx(1, abs=TOL)
    assert 0 <= comparison.words.value <= 1
    assert comparison.contributions.total == pytest.approx(value, abs=TOL)
    assert comparison.matched.name == metric


@pytest.mark.parametrize("metric", sorted(set(ds.METRICS) - set(BOUNDED)))
def test_a_metric_beyond_0_and_1_gives_no_likeness(metric):
    with pytest.raises(ds.OptionError, match="does not lie between 0 and 1"):
        compare(A, B, metric=metric)


def test_every_part_of_a_comparison_can_be_verified():
    comparison = compare(A, B, keywords={"peace": ["peace"]})
    parts = (comparison.words, comparison.topics, comparison.agreement, comparison.contributions)
    assert all(part.verify(A, B) for part in (*parts, comparison.matched, comparison))


def test_a_document_without_words_does_not_stop_its_side():
    comparison = compare(["We support peace.", "..."], ["We oppose peace."])
    assert comparison.agreement.value == -1
    assert "peace" in str(compare(A, B, keywords={"of peace": ["peace"]}))


def test_what_is_only_reported_of_others_is_neither_absent_nor_a_stance():
    comparison = compare("Sorrenay argued that sanctions must be lifted.", "We oppose sanctions.")
    assert comparison.targets["status_a"].tolist() == ["reported only"]
    assert "only reported of others" in str(comparison)


def test_p_values_need_documents_enough_on_both_sides():
    assert compare(A, B).differing["p"].isna().all()
    many = compare(["We seek peace and trade."] * 4 + ["Peace now."], ["War is bad, we fear."] * 5)
    assert set(many.differing["unit"]) == {"documents"}
    assert many.differing["p"].notna().any()


@settings(max_examples=20)
@given(texts, texts)
def test_contributions_sum_to_their_total_and_topics_and_agreement_are_those_of_the_stances(a, b):
    comparison = compare(a, b)
    total = comparison.contributions.total
    assert math.fsum(comparison.contributions.values) == pytest.approx(total, abs=TOL)
    assert comparison.words.value == pytest.approx(1 - total, abs=TOL)
    vectors = stance(Corpus.from_texts([a, b], ids=["a", "b"]))
    if vectors.mentioned.sum(axis=1).all():
        assert comparison.topics.value == pytest.approx(salience(vectors).value("a", "b"), abs=TOL)
        assert f"{expected_salience(vectors, 'a', 'b'):.2f} is expected" in comparison.topics.note
    else:
        assert math.isnan(comparison.topics.value)
        assert "a side mentions no target" in comparison.topics.note
    i, j = (vectors.row(name) for name in "ab")
    if ((vectors.evidence[i] > 0) & (vectors.evidence[j] > 0)).any():
        parts = agreement_by_target(vectors, "a", "b")
        for name in ("value", "low", "high", "level"):
            expected = getattr(parts, name)
            assert getattr(comparison.agreement, name) == pytest.approx(expected, abs=TOL)
    else:
        assert math.isnan(comparison.agreement.value)
        assert "no target on which both take a stance" in comparison.agreement.note


@settings(max_examples=20)
@given(texts, texts)
def test_the_table_of_targets_adds_up_to_topics_and_agreement(a, b):
    comparison = compare(a, b)
    table = comparison.targets
    for side in "ab":
        parts = table[[f"support_{side}", f"oppose_{side}", f"neutral_{side}"]].sum(axis=1)
        assert (parts == table[f"n_{side}"]).all()  # nobody is reported here
        if table[f"n_{side}"].sum():
            assert table[f"share_{side}"].sum() == pytest.approx(1)
    if not math.isnan(comparison.topics.value):
        shared = table[["share_a", "share_b"]].min(axis=1).sum()
        assert shared == pytest.approx(comparison.topics.value)
    if not math.isnan(comparison.agreement.value):
        assert table["contribution"].sum() == pytest.approx(comparison.agreement.value)
    else:
        assert table["contribution"].isna().all()
    mentioned = comparison.mentions.groupby("target").size()
    assert dict(mentioned) == dict(zip(table["target"], table["n_a"] + table["n_b"], strict=True))
    assert (table["n_a"] + table["n_b"]).is_monotonic_decreasing


@settings(max_examples=20)
@given(texts, texts)
def test_exchanging_the_sides_exchanges_their_columns(a, b):
    one, other = compare(a, b), compare(b, a)
    for name in ("words", "topics", "agreement"):
        values = getattr(one, name).value, getattr(other, name).value
        np.testing.assert_allclose(*values, atol=TOL)
    columns = {c: f"{c[:-1]}{'ab'[c[-1] == 'a']}" for c in one.targets if c[-2:] in {"_a", "_b"}}
    mirrored = other.targets.rename(columns=columns)[list(one.targets)]
    pd.testing.assert_frame_equal(one.targets, mirrored)
    differing = [dict(zip(c.differing["feature"], c.differing["statistic"], strict=True))
                 for c in (one, other)]  # fmt: skip
    assert differing[0] == pytest.approx({w: -g for w, g in differing[1].items()}, abs=TOL)


def test_mentions_come_with_their_side_and_sentence(statements):
    sides, comparison = statements
    texts_of = {d.id: d.text for side in sides for d in side}
    names = {"a": comparison.a, "b": comparison.b}
    for _, row in comparison.mentions.iterrows():
        assert row["doc"] == names[row["side"]]
        text, start = texts_of[row["doc"]], row["passage_start"]
        assert text[start : start + len(row["passage"])] == row["passage"]
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["text"] in row["passage"]
        assert tuple(text[a:b] for a, b in row["cue_spans"]) == row["cues"]


def test_marker_rates_are_counts_per_thousand_words(found):
    table = found.markers.set_index("category")
    hedges = table.loc["hedges"]
    assert (hedges["count_a"], hedges["count_b"]) == (0, 1)
    assert hedges["rate_b"] == pytest.approx(1000 / found.tokens["b"])
    assert (table["low_b"] <= table["rate_b"]).all()
    assert (table["rate_b"] <= table["high_b"]).all()
    assert found.keywords is None


def test_keywords_are_compared_when_they_are_given():
    comparison = compare(A, B, keywords={"meeting": ["met", "talk*"], "none": ["zebra"]})
    table = comparison.keywords.set_index("category")
    assert table["count_a"].to_dict() == {"meeting": 2, "none": 0}
    assert table["count_b"].sum() == 0
    assert comparison.to_dict()["keywords"][0]["count_a"] == 2


def test_own_targets_are_named_in_the_answer():
    clocks = ds.Lexicon({"clocks": ["daylight saving time"]}, (), "household")
    comparison = compare("We support daylight saving time.", "We oppose it.", targets=clocks)
    assert comparison.target_set == "household"
    assert comparison.targets["target"].tolist() == ["clocks"]
    assert "targets: household" in str(comparison)
    assert "targets: household" in comparison._repr_html_()


def test_the_pair_of_the_first_page_differs_in_its_side_alone():
    comparison = compare(*PAIR)
    assert (comparison.words.value, comparison.topics.value) == (1.0, 1.0)
    assert str(comparison.agreement) == "-1.00 [-1.00, 0.12]"


# -- short texts and texts without targets -------------------------------------------------------


def test_short_texts_have_no_interval_at_matched_length_and_the_reason(found):
    assert found.matched.low is found.matched.high is None
    assert "it needs 20 sentences of each source" in found.matched.note


def test_texts_of_one_word_have_no_matched_length_and_the_reason():
    comparison = compare("Peace.", "War.")
    assert comparison.matched is None
    assert comparison.matched_note
    assert comparison.matched_note.replace("\n", " ")[:20] in " ".join(str(comparison).split())
    assert comparison.to_dict()["matched"] is None


def test_long_texts_have_an_interval_at_matched_length(statements):
    _, comparison = statements
    matched = comparison.matched
    assert matched.low < matched.value < matched.high
    assert matched.excess.low <= matched.excess.value <= matched.excess.high
    assert comparison.matched_note is None


def test_texts_without_targets_have_neither_topics_nor_agreement_and_the_reasons():
    comparison = compare("Nothing happened here.", "It rained.")
    assert math.isnan(comparison.topics.value)
    assert math.isnan(comparison.agreement.value)
    assert comparison.topics.note == "a side mentions no target"
    assert "no target on which both take a stance" in comparison.agreement.note
    assert comparison.agreement.low is comparison.agreement.high is None
    assert len(comparison.targets) == len(comparison.mentions) == 0
    assert str(comparison).count("undefined") >= 2
    assert "undefined" in comparison._repr_html_()
    assert comparison.verify("Nothing happened here.", "It rained.")


# -- how it is shown ---------------------------------------------------------------------------


def test_plain_text_holds_the_answers_the_target_set_and_the_sentences():
    shown = " ".join(str(compare(*PAIR)).split())
    for piece in (
        "targets: foreign-policy",
        "same words 1.00",
        "same topics 1.00",
        "same side -1.00 [-1.00, 0.12]",
        "opposite sides",
        "We *support* [multilateralism] and oppose sanctions.",
    ):
        assert piece in shown


def test_lines_of_plain_text_stay_below_a_hundred_columns(statements):
    _, comparison = statements
    prose = [line for line in str(comparison).splitlines() if not line.startswith("  ")]
    assert max(map(len, prose)) <= 100


def test_reported_stances_are_no_evidence_of_a_side():
    reported = "Sorrenay argued that sanctions must be lifted."
    shown = str(compare(f"{reported} We oppose sanctions.", "We oppose sanctions."))
    assert "Sorrenay" not in shown.partition("Words that differ")[0]


HTML_TAGS = set("div p b table tr th td details summary mark u".split())


@pytest.mark.parametrize("place", ["text", "name", "targets"])
def test_html_escapes_every_piece_of_text(place):
    name = "<script>alert(1)</script>"
    if place == "targets":
        targets = ds.Lexicon({name: ["peace"]}, (), name)
        shown = compare(HOSTILE, "We oppose peace.", targets=targets)._repr_html_()
    elif place == "name":
        shown = compare(Document(name, A), Document("[bold]", B))._repr_html_()
    else:
        shown = compare(HOSTILE, "We oppose peace <img src=x>.")._repr_html_()
        assert html.escape('<script>alert("x")</script>') in shown
        assert "[bold]trade[/bold]" in re.sub(r"</?(?:mark|u)>", "", shown)
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert set(re.findall(r"</?(\w+)", shown)) <= HTML_TAGS


def test_plain_text_holds_the_words_of_the_texts_as_they_are():
    shown = " ".join(str(compare(HOSTILE, "We oppose peace.")).split())
    assert '<script>alert("x")</script>' in shown
    assert "[bold]" in shown


def test_html_holds_the_answers_and_the_marked_sentences():
    shown = compare(*PAIR)._repr_html_()
    for piece in (
        "targets: foreign-policy",
        "<td>-1.00 [-1.00, 0.12]</td>",
        "<u>support</u> <mark>multilateralism</mark>",
    ):
        assert piece in shown
    assert shown.count("<tr>") == shown.count("</tr>")


def test_the_table_of_answers_has_a_row_for_each_question(found):
    table = found.to_frame()
    assert table["question"].tolist() == [
        "same words",
        "same topics",
        "same side",
        "jensen_shannon at matched length",
        "difference beyond one source",
    ]
    values = [found.words, found.topics, found.agreement, found.matched, found.matched.excess]
    np.testing.assert_array_equal(table["value"], [e.value for e in values])


# -- again -------------------------------------------------------------------------------------


@pytest.mark.parametrize("keywords", [None, {"x": ["met"]}])
def test_a_comparison_is_plain_data(keywords):
    plain = compare(A, B, keywords=keywords).to_dict()
    assert same(json.loads(json.dumps(plain)), plain)
    assert set(TYPES) <= set(plain)


def test_a_comparison_can_be_verified_and_refuses_other_texts(found):
    assert found.verify(A, B)
    with pytest.raises(DiscourseError, match="b is not the one"):
        found.verify(A, f"{B} And more.")
    with pytest.raises(DiscourseError, match="a is not the one"):
        found.verify(B, A)


def test_the_same_input_gives_the_same_result_and_another_seed_other_draws(statements):
    sides, comparison = statements
    assert same(compare(*sides).to_dict(), comparison.to_dict())
    assert compare(*sides, rng=1).matched.value != comparison.matched.value
    assert compare(*sides, rng=1).words.value == comparison.words.value


def test_a_generator_serves_but_cannot_be_recomputed(statements):
    sides, comparison = statements
    drawn = compare(*sides, rng=np.random.default_rng(0))
    assert drawn.matched.value == comparison.matched.value
    assert drawn.record.parameters["rng"] == "generator"
    assert drawn.record.recompute is None
    with pytest.raises(DiscourseError, match="does not know how to recompute"):
        drawn.verify(*sides)
