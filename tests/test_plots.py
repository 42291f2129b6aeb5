"""Plots show the numbers of the result, say what is left out, and take names by the letter."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import discourse as ds
from discourse.plots import plot
from discourse.plots.drawing import DRAWN
from discourse.plots.style import BLUE, ORANGE

matplotlib = pytest.importorskip("matplotlib", reason="the extra `report` is not installed")
matplotlib.use("agg")

HOSTILE = "$\\frac{1}{0}$ <b>_x_</b>\n$a"


@pytest.fixture(autouse=True)
def _closed():
    """Close the figures of a test."""
    yield
    matplotlib.pyplot.close("all")


@pytest.fixture(scope="module")
def corpus():
    return ds.read(Path(__file__).resolve().parents[1] / "seeds" / "samples" / "*.txt")


@pytest.fixture(scope="module")
def dfm(corpus):
    return ds.count(corpus)


@pytest.fixture(scope="module")
def stance(corpus):
    return ds.stance(corpus)


@pytest.fixture(scope="module")
def compared(corpus):
    return ds.compare(corpus["kestria"], corpus["velmora"])


@pytest.fixture(scope="module")
def matched_matrix(corpus):
    return ds.matched_matrix(corpus)


def names(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def bars(ax):
    return dict(zip(names(ax.yaxis), (bar.get_width() for bar in ax.patches), strict=True))


def points(ax):
    """Return x by row of all markers, one dict a series, and the intervals, one a series."""
    rows = names(ax.yaxis)
    series = len(ax.collections)
    drawn = [line for line in ax.lines if len(line.get_xdata()) == len(rows) > 0]
    values = []
    for i in range(series):
        filled, hollow = (drawn[2 * i + j].get_xdata() for j in (0, 1))
        both = np.where(np.isnan(filled), hollow, filled)
        values.append(dict(zip(rows, both, strict=True)))
    segments = ([line[:, 0] for line in c.get_segments() if len(line)] for c in ax.collections)
    return values, [np.array(lines) for lines in segments]


def title(ax):
    return ax.get_title(loc="left").replace("\n", " ").replace("\xa0", " ")


# -- bars --------------------------------------------------------------------------------------


def test_bars_of_keyness_are_as_long_as_the_statistics_of_the_largest_on_both_sides(dfm):
    result = ds.keyness(dfm, target="kestria")
    ax = plot(result, k=6)
    drawn = bars(ax)
    statistics = dict(zip(result.features, result.statistic, strict=True))
    assert drawn == {name: statistics[name] for name in drawn}
    ranked = sorted(statistics.values())
    assert list(drawn.values()) == [*ranked[:-4:-1], *reversed(ranked[:3])]
    assert f"6 of {len(result.features):,} features" in title(ax)
    assert f"{len(result.features) - 6:,} left out" in title(ax)
    assert "more in kestria →" in ax.get_xlabel()


def test_of_an_odd_number_of_bars_one_more_is_of_the_target(dfm):
    drawn = bars(plot(ds.keyness(dfm, target="kestria"), k=7))
    assert [length > 0 for length in drawn.values()] == [True] * 4 + [False] * 3


def test_keyness_names_measure_and_unit(dfm):
    by_ratio = ds.keyness(dfm, target=["kestria", "velmora"], measure="log_ratio")
    ax = plot(by_ratio)
    assert "log₂" in ax.get_xlabel()
    assert f"unit: {by_ratio.unit}" in title(ax)
    assert "the target (2 documents)" in title(ax)


def test_bars_without_a_small_adjusted_p_are_hollow():
    result = ds.keyness(
        ds.count(["peace " * 200 + "trade", "war " * 200 + "trade"]), target="text1"
    )
    ax = plot(result)
    hollow = {
        name: bar.get_facecolor() == (1.0, 1.0, 1.0, 1.0)
        for name, bar in zip(names(ax.yaxis), ax.patches, strict=True)
    }
    p = dict(zip(result.features, result.p_adjusted, strict=True))
    assert hollow == {name: not p[name] < 0.05 for name in hollow}


def test_keyness_without_any_difference_says_that_there_is_nothing_to_show():
    ax = plot(ds.keyness(ds.count(["peace", "peace peace"]), target="text1"))
    assert bars(ax) == {}
    assert [text.get_text() for text in ax.texts] == ["nothing to show"]


def test_the_bars_of_a_word_shift_sum_to_the_value_with_the_others_in_one(dfm):
    result = ds.explain(dfm, "kestria", "velmora", metric="pearson")
    ax = plot(result, k=5)
    drawn = bars(ax)
    assert list(drawn) == [*result.features[:5], "all others"]
    assert list(drawn.values())[:5] == result.values[:5].tolist()
    assert sum(drawn.values()) == pytest.approx(result.total)
    assert f"the other {len(result.features) - 5} in one bar" in title(ax)
    assert ax.get_xlabel() == "contribution to pearson"


def test_a_word_shift_that_is_shown_whole_has_no_bar_of_others():
    ax = plot(ds.explain(ds.count(["peace now", "war now"]), "text1", "text2", metric="manhattan"))
    assert bars(ax) == {"peace": 1.0, "war": 1.0}
    assert title(ax) == "What makes up the manhattan of text1 and text2, 2"


def test_bars_to_the_left_are_hatched_and_of_another_colour(dfm):
    groups = dict(zip(dfm.docs, "xxxyyy", strict=True))
    result = ds.separating(dfm, groups, "x", "y")
    ax = plot(result, k=8)
    for bar, value in zip(ax.patches, result.values[:8], strict=False):
        assert bar.get_width() == value
        assert (bar.get_hatch() == "////") == (value < 0)
        assert bar.get_edgecolor() == matplotlib.colors.to_rgba(ORANGE if value < 0 else BLUE)


def test_the_bars_of_agreement_sum_to_it(stance):
    result = ds.agreement_by_target(stance, "kestria", "dorvane")
    drawn = bars(plot(result))
    assert sum(drawn.values()) == pytest.approx(result.value)
    assert list(drawn.values()) == sorted(drawn.values(), key=abs, reverse=True)


# -- points with intervals ---------------------------------------------------------------------


def test_a_comparison_shows_the_balance_of_both_sides_with_its_interval(compared):
    values, intervals = points(plot(compared, k=50))
    frame = compared.targets.set_index("target")
    for side, drawn, lines in zip(("a", "b"), values, intervals, strict=True):
        wanted = frame.loc[list(drawn)]
        assert np.array_equal(list(drawn.values()), wanted[f"balance_{side}"], equal_nan=True)
        limits = wanted[[f"low_{side}", f"high_{side}"]].to_numpy()
        assert np.array_equal(lines, limits[~np.isnan(limits[:, 0])])


def test_targets_come_by_evidence_and_the_title_tells_how_many_are_left_out(stance):
    ax = plot(stance, k=3)
    evidence = dict(zip(stance.targets, stance.evidence.sum(axis=0), strict=True))
    shown = names(ax.yaxis)
    assert [evidence[name] for name in shown] == sorted(evidence.values(), reverse=True)[:3]
    of = sum(n > 0 for n in evidence.values())
    assert f"3 of {of} targets, most evidence first; {of - 3} left out; 95 % intervals" in title(ax)


def test_every_document_of_stance_vectors_has_its_own_colour_shape_and_name(stance):
    ax = plot(stance)
    handles, labels = ax.get_legend_handles_labels()
    assert labels == [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == list(stance.docs)
    assert len({handle.get_marker() for handle in handles}) == len(labels)
    assert len({handle.get_color() for handle in handles}) == len(labels)


def test_balances_are_in_view_from_all_against_to_all_for(stance):
    low, high = plot(stance).get_xlim()
    assert low < -1
    assert high > 1


def test_one_document_alone_needs_no_legend():
    assert plot(ds.stance(["We support peace."])).get_legend() is None


def test_the_balance_of_each_document_is_where_its_marker_is(stance):
    values, intervals = points(plot(stance, k=40))
    low, high = stance.limits()
    for i, (drawn, lines) in enumerate(zip(values, intervals, strict=True)):
        places = [stance.targets.index(name) for name in drawn]
        balance = stance.score("balance")[i, places]
        assert np.array_equal(list(drawn.values()), balance, equal_nan=True)
        there = [j for j in places if not np.isnan(low[i, j])]
        assert np.array_equal(lines, np.stack([low[i, there], high[i, there]], axis=1))


def test_stances_of_many_documents_become_a_heat_map():
    vectors = ds.stance(["We support peace. We oppose war."] * 9 + ["Hello."])
    ax = plot(vectors)
    assert names(ax.yaxis) == list(vectors.docs[:9])
    assert names(ax.xaxis) == ["peace", "war"]
    assert ax.images[0].get_array().tolist() == [[1.0, -1.0]] * 9
    assert "9 of 10 documents" in title(ax)


def test_a_difference_shows_its_interval_and_is_sorted(stance):
    groups = stance.group(dict(zip(stance.docs, "xxxyyy", strict=True)))
    result = ds.stance_difference(groups, "x", "y")
    ax = plot(result)
    (drawn,), (lines,) = points(ax)
    found = dict(zip(result.targets, result.difference, strict=True))
    assert drawn == {name: found[name] for name in drawn}
    assert list(drawn.values()) == sorted(drawn.values(), reverse=True)
    places = [result.targets.index(name) for name in drawn]
    limits = np.stack([result.low[places], result.high[places]], axis=1)
    assert np.array_equal(lines, limits)
    assert f"unit: {result.unit}" in title(ax)
    assert "x more for it →" in ax.get_xlabel()


def test_a_trend_shows_slopes_per_year():
    texts = ["We oppose war. We support peace."] * 5 + ["We support war. We support trade."] * 5
    corpus = ds.Corpus.from_texts(texts, docvars={"year": range(2010, 2020)})
    result = ds.stance_trend(ds.stance(corpus), "year")
    ax = plot(result)
    (drawn,), _ = points(ax)
    assert drawn == dict(zip(result.targets, result.slope, strict=True)) | drawn
    assert drawn["war"] == pytest.approx(0.303, abs=1e-3)
    assert "per year" in ax.get_xlabel()


def test_a_matched_estimate_stands_beside_its_baseline_and_excess(compared):
    found = compared.matched
    (drawn,), (lines,) = points(plot(found))
    parts = (found, found.within, found.excess)
    assert list(drawn.values()) == [part.value for part in parts]
    assert lines.tolist() == [[part.low, part.high] for part in parts]


def test_an_undefined_baseline_is_said():
    found = ds.matched("We agree. We do. " * 20, "They do not. They left. " * 20)
    nan = dataclasses.replace(found.within, value=np.nan, low=None, high=None)
    ax = plot(dataclasses.replace(found, within=nan))
    assert "jensen_shannon within undefined" in title(ax)
    _, (lines,) = points(ax)
    assert lines.tolist() == [[part.low, part.high] for part in (found, found.excess)]


def test_an_estimate_without_interval_is_a_point_alone(compared):
    ax = plot(compared.words)
    (drawn,), (lines,) = points(ax)
    assert list(drawn.values()) == [compared.words.value]
    assert lines.size == 0
    assert "interval" not in title(ax)


def test_a_percentile_stands_beside_the_quartiles(corpus):
    found = ds.matched_percentile(corpus["kestria"], corpus["velmora"], corpus, draws=20)
    ax = plot(found)
    (box,) = ax.patches
    low, _, high = found.quartiles
    assert (box.get_x(), box.get_x() + box.get_width()) == pytest.approx((low, high))
    assert ax.lines[0].get_xdata() == [found.value]
    assert str(found) in title(ax)


def test_rates_of_markers_have_their_bursty_intervals(corpus):
    rates = ds.markers(corpus.subset(lambda doc: doc.id in {"kestria", "velmora"}))
    ax = plot(rates)
    values, intervals = points(ax)
    for i, (drawn, lines) in enumerate(zip(values, intervals, strict=True)):
        places = [rates.features.index(name) for name in drawn]
        assert list(drawn.values()) == rates.values.toarray()[i, places].tolist()
        limits = np.stack([rates.burst_low[i, places], rates.burst_high[i, places]], axis=1)
        assert np.array_equal(lines, limits)
    assert ax.get_xlabel() == "markers per 1,000 tokens"


def test_short_texts_fall_back_on_intervals_of_independent_markers():
    rates = ds.markers(["Perhaps we must. We should not."])
    _, (lines,) = points(plot(rates))
    order = np.argsort(-rates.values.toarray()[0], kind="stable")
    assert np.array_equal(lines, np.stack([rates.low[0], rates.high[0]], axis=1)[order])


def test_positions_stand_in_order_with_their_standard_errors(dfm):
    result = ds.Wordscores().fit(dfm, {"kestria": -1, "velmora": 1}).predict(dfm)
    (drawn,), (lines,) = points(plot(result))
    assert drawn == dict(zip(result.docs, result.positions, strict=True))
    assert list(drawn.values()) == sorted(drawn.values())
    order = [result.docs.index(doc) for doc in drawn]
    half = (lines[:, 1] - lines[:, 0]) / 2
    assert half == pytest.approx(1.96 * result.se[order])


def test_the_positions_of_wordfish_are_those_of_documents(dfm):
    result = ds.Wordfish().fit(dfm)
    (drawn,), _ = points(plot(result))
    assert drawn == dict(zip(result.docs, result.theta, strict=True))


def test_of_many_positions_those_far_out_are_shown(dfm):
    result = ds.Wordscores().fit(dfm, {"kestria": -1, "velmora": 1}).predict(dfm)
    ax = plot(result, k=2)
    assert names(ax.yaxis) == ["kestria", "velmora"]
    assert "2 of 6 documents, farthest from the median; 4 left out" in title(ax)


# -- heat maps, trees, maps --------------------------------------------------------------------


def test_a_heat_map_holds_the_values_in_the_order_of_the_tree(dfm):
    result = ds.similarity(dfm, metric="cosine")
    ax = plot(result)
    order = ds.cluster(result).order
    assert names(ax.yaxis) == names(ax.xaxis) == [result.rows[i] for i in order]
    assert np.array_equal(ax.images[0].get_array(), result.values[np.ix_(order, order)])
    assert len(ax.child_axes) == 1


def test_small_heat_maps_hold_their_numbers(dfm):
    ax = plot(ds.similarity(dfm, metric="manhattan"))
    assert len(ax.texts) == 36
    assert ax.texts[0].get_text() == "0.00"


def test_a_heat_map_without_a_tree_keeps_the_order_and_says_what_is_undefined():
    dfm = ds.count(["peace now", "", "war now"])
    result = ds.similarity(dfm, metric="cosine", undefined="nan")
    ax = plot(result)
    assert names(ax.yaxis) == ["text1", "text2", "text3"]
    assert ax.child_axes == []
    assert "grey: undefined" in title(ax)


def test_a_heat_map_of_two_sets_of_documents_is_no_square(dfm):
    two = dfm.group(dict(zip(dfm.docs, "xxxyyy", strict=True)))
    ax = plot(ds.similarity(two, other=dfm, metric="cosine"))
    assert ax.images[0].get_array().shape == (2, 6)
    assert "2 by 6 documents" in title(ax)


def test_colours_of_values_both_ways_from_zero_are_even(stance):
    ax = plot(ds.agreement(stance))
    low, high = ax.images[0].get_clim()
    assert low == -high < 0


def test_matched_matrices_show_the_excess(matched_matrix):
    ax = plot(matched_matrix)
    drawn = np.sort(np.asarray(ax.images[0].get_array()), axis=None)
    assert np.array_equal(drawn, np.sort(matched_matrix.excess, axis=None))
    assert f"{matched_matrix.m} tokens" in title(ax)


def test_a_tree_joins_at_its_heights(matched_matrix):
    tree = ds.cluster(matched_matrix.matrix("excess"))
    ax = plot(tree)
    assert names(ax.yaxis) == [tree.names[i] for i in tree.order]
    (branches,) = ax.collections
    heights = sorted(segment[:, 0].max() for segment in branches.get_segments())
    assert heights == sorted(tree.linkage[:, 2])
    leaves = {
        float(y)
        for segment in branches.get_segments()
        for x, y in segment[[0, -1]]
        if x == 0.0 and float(y).is_integer()
    }
    assert leaves == set(range(6))


def test_a_map_has_every_document_at_its_place_and_its_stress_in_the_title(dfm):
    result = ds.mds(ds.similarity(dfm, metric="jensen_shannon_distance"))
    ax = plot(result)
    assert np.array_equal(ax.lines[0].get_xdata(), result.x)
    assert np.array_equal(ax.lines[0].get_ydata(), result.y)
    assert {text.get_text() for text in ax.texts} == set(result.names)
    assert f"stress {result.stress:.2f}" in title(ax)
    assert ax.get_aspect() == 1.0


def test_names_on_a_crowded_map_do_not_overlap_and_the_others_are_counted():
    rng = np.random.default_rng(0)
    ids = [f"a document with a long name {i}" for i in range(60)]
    texts = [" ".join(rng.choice(list("abcdefgh"), 30)) for _ in ids]
    dfm = ds.count(ds.Corpus.from_texts(texts, ids=ids))
    ax = plot(ds.mds(ds.similarity(dfm, metric="jensen_shannon_distance")))
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert 0 < len(boxes) < 60
    assert all(box.count_overlaps(boxes) == 1 for box in boxes)  # each with itself
    assert f"{len(boxes)} of 60 names, where there is room; {60 - len(boxes)} left out" in title(ax)


# -- style -------------------------------------------------------------------------------------


def drawable(corpus, dfm, stance, compared, matched_matrix):
    """Yield one result of every type that can be plotted."""
    pair = corpus.subset(lambda doc: doc.id in {"kestria", "velmora"})
    dated = ds.stance(corpus)
    tree = ds.similarity(dfm, metric="jensen_shannon_distance")
    return [
        compared, stance, compared.contributions, compared.words, compared.matched,
        ds.stance_difference(stance, "kestria", "velmora"), ds.stance_trend(dated, "date"),
        ds.agreement_by_target(stance, "kestria", "velmora"), ds.agreement(stance),
        ds.keyness(dfm, target="kestria"), tree, ds.cluster(tree), ds.mds(tree), matched_matrix,
        ds.separating(dfm, dict(zip(dfm.docs, "xxxyyy", strict=True)), "x", "y"),
        ds.matched_percentile(corpus["kestria"], corpus["velmora"], corpus, draws=20),
        ds.markers(pair), ds.Wordfish().fit(dfm),
        ds.Wordscores().fit(dfm, {"kestria": -1, "velmora": 1}).predict(dfm),
    ]  # fmt: skip


def test_every_type_is_drawn_titled_and_leaves_the_settings_alone(
    corpus, dfm, stance, compared, matched_matrix
):
    before = dict(matplotlib.rcParams)
    results = drawable(corpus, dfm, stance, compared, matched_matrix)
    assert {kind for result in results for kind in type(result).__mro__} >= set(DRAWN)
    for result in results:
        ax = plot(result)
        ax.figure.draw_without_rendering()
        assert title(ax), type(result)
        labels = [ax.get_xlabel(), *(other.get_xlabel() for other in ax.figure.axes)]
        assert any(labels), type(result)
        matplotlib.pyplot.close(ax.figure)
    assert dict(matplotlib.rcParams) == before


def test_a_plot_is_drawn_on_the_axes_that_are_given_and_pyplot_is_not_loaded():
    code = """
import sys
import discourse as ds
from discourse.plots import plot
assert "matplotlib" not in sys.modules
from matplotlib.figure import Figure
left, right = Figure().subplots(1, 2)
ax = plot(ds.keyness(ds.count(["peace", "war"]), target="text1"), ax=right)
assert ax is right and not left.patches and len(right.patches) == 2
assert "matplotlib.pyplot" not in sys.modules
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_names_are_shown_by_the_letter_whatever_is_in_them():
    dfm = ds.count(ds.Corpus.from_texts(["peace now", "war now", "war"], ids=[HOSTILE, "_b", "$"]))
    ax = plot(ds.similarity(dfm, metric="cosine"))
    ax.figure.draw_without_rendering()
    for label in ax.get_yticklabels():
        assert label._preprocess_math(label.get_text())[1] is False  # noqa: SLF001
    shown = {label._preprocess_math(label.get_text())[0] for label in ax.get_yticklabels()}  # noqa: SLF001
    assert shown == {"$\\frac{1}{0}$ <b>_x…", " _b", "$"}


def test_the_title_shows_names_by_the_letter():
    stance = ds.stance(
        ds.Corpus.from_texts(["We support peace.", "We oppose peace."], ids=["$x$", "a\u202eb"])
    )
    text = plot(stance).figure.axes[0]._left_title  # noqa: SLF001
    shown, is_math = text._preprocess_math(text.get_text())  # noqa: SLF001
    assert not is_math
    assert "Where $x$ and a\ufffdb stand" in shown


def test_settings_of_the_user_do_not_change_how_names_are_read():
    with matplotlib.rc_context({"text.usetex": True}):
        ax = plot(ds.keyness(ds.count(["peace_ war", "war"]), target="text1"))
        assert not any(label.get_usetex() for label in ax.get_yticklabels())


def test_letters_that_the_style_lacks_come_from_the_font_of_the_user():
    with matplotlib.rc_context({"font.family": ["DejaVu Serif"]}):
        ax = plot(ds.keyness(ds.count(["peace", "war"]), target="text1"))
        assert matplotlib.rcParams["font.family"] == ["DejaVu Serif"]
    assert ax.get_yticklabels()[0].get_fontfamily() == ["DejaVu Sans", "DejaVu Serif"]
    ax = plot(ds.keyness(ds.count(["peace", "war"]), target="text1"))
    assert ax.get_yticklabels()[0].get_fontfamily() == ["DejaVu Sans"]


def test_the_same_result_gives_the_same_picture(stance, tmp_path):
    pictures = []
    for i in (1, 2):
        plot(stance).figure.savefig(tmp_path / f"{i}.png", metadata={"Software": None})
        pictures.append((tmp_path / f"{i}.png").read_bytes())
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda dfm: (dfm, {}), "cannot plot a DocumentFeatureMatrix; what can be plotted: Agree"),
        (lambda _: (3, {}), "cannot plot a int"),
        (lambda dfm: (ds.keyness(dfm, target="kestria"), {"k": 0}), "k must be a positive int"),
        (lambda dfm: (ds.keyness(dfm, target="kestria"), {"k": True}), "got True"),
        (lambda _: (ds.markers(["We must."] * 7), {}), "at most 6 documents"),
    ],
)
def test_what_cannot_be_drawn_is_an_option_error(dfm, make, message):
    result, options = make(dfm)
    with pytest.raises(ds.OptionError, match=message):
        plot(result, **options)


def test_without_matplotlib_the_extra_is_named():
    code = """
import sys
sys.modules["matplotlib"] = None
import discourse as ds
from discourse.plots import plot
try:
    plot(ds.keyness(ds.count(["peace", "war"]), target="text1"))
except ds.DiscourseError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == 'this needs matplotlib: pip install "discourse-comparison[report]".\n'
