"""Marks and bars of the report lie where the numbers say."""

from __future__ import annotations

from dataclasses import replace

import pytest

import discourse as ds
from discourse import seeds_
from discourse.reports.answers import answers
from discourse.reports.evidence import targets
from discourse.reports.overview import Overview
from discourse.reports.tables import parts, rates, sizes, topics


@pytest.fixture(scope="module")
def found():
    velmora, dorvane = (
        ds.read(seeds_.path() / "samples" / f"{name}.txt") for name in ("velmora", "dorvane")
    )
    return ds.compare(velmora, dorvane)


def _share(place: str) -> float:
    assert place.endswith("%")
    return float(place.removesuffix("%")) / 100


def _near(value: float):
    return pytest.approx(value, abs=6e-5)


def test_agreement_lies_between_minus_one_and_one(found):
    (scale,) = answers(found)[2].scales
    agreement = found.agreement
    assert _share(scale.value) == _near((1 + agreement.value) / 2)
    assert _share(scale.low) == _near((1 + agreement.low) / 2)
    assert _share(scale.width) == _near((agreement.high - agreement.low) / 2)
    assert (scale.zero, scale.baseline) == ("50%", "")


def test_likeness_lies_between_zero_and_one_and_has_its_baseline_at_matched_length(found):
    bare, matched = answers(found)[0].scales
    assert _share(bare.value) == _near(found.words.value)
    assert (bare.width, bare.zero, bare.baseline) == ("0%", "", "")
    assert _share(matched.value) == _near(found.matched.value)
    assert _share(matched.width) == _near(found.matched.high - found.matched.low)
    assert _share(matched.baseline) == _near(found.matched.within.value)
    assert (matched.left, matched.right) == ("same words", "no word in common")


def test_an_interval_beyond_the_bounds_is_cut_there(found):
    wide = replace(found.matched, low=-0.2, high=1.4)
    scale = answers(replace(found, matched=wide))[0].scales[1]
    assert (scale.low, scale.width) == ("0%", "100%")


def test_support_lies_on_the_right_and_opposition_on_the_left(found):
    rows = {target.name: target.stands for target in targets(found)}
    a, b = rows["migration"]  # 1 against -1
    assert (a.place, a.high, b.place, b.low) == ("97%", "97%", "3%", "3%")
    frame = found.targets.set_index("target")
    assert _share(a.low) == _near(0.5 + 0.47 * frame.loc["migration", "low_a"])
    assert _share(b.high) == _near(0.5 + 0.47 * frame.loc["migration", "high_b"])
    assert rows["un"][1].place == "50%"


def test_bars_of_topics_are_shares_of_the_largest(found):
    frame = found.targets
    largest = frame[["share_a", "share_b"]].to_numpy().max()
    for topic, row in zip(topics(found), frame.to_dict("records"), strict=True):
        assert _share(topic.widths[0]) == _near(row["share_a"] / largest)
        assert _share(topic.widths[1]) == _near(row["share_b"] / largest)
        assert [float(cell.key) for cell in topic.counts] == [row["n_a"], row["n_b"]]


def test_bars_of_contributions_are_shares_of_the_largest(found):
    frame = found.contributions.to_frame()
    table = parts(found)
    assert table.rows[0].width == "100%"
    for part, row in zip(table.rows, frame.to_dict("records"), strict=False):
        assert part.word == row["feature"]
        assert _share(part.width) == _near(abs(row["value"]) / frame["value"].abs().max())
    assert len(table.rows) + table.left_out == int((frame["value"] != 0).sum())
    count = found.differing.set_index("feature")
    for part in table.rows:
        more_a = count.loc[part.word, "freq_target"] > count.loc[part.word, "freq_reference"]
        assert part.more_in == ("a" if more_a else "b")


def test_rates_lie_between_zero_and_the_largest_limit(found):
    (table,) = rates(found)
    frame = found.markers
    largest = frame[["high_a", "high_b"]].to_numpy().max()
    places = [_share(place) for _, both in table.rows for rate in both for place in rate[2:]]
    expected = [
        0.02 + 0.96 * row[f"{name}_{side}"] / largest
        for row in frame.to_dict("records")
        for side in "ab"
        for name in ("rate", "low", "high")
    ]
    assert places == [_near(place) for place in expected]
    assert max(places) == _near(0.98)


def test_sizes_count_words_mentions_and_stances(found):
    table = {name: (a, b) for name, a, b in sizes(found)}
    frame = found.targets
    assert table["words"] == (str(found.tokens["velmora"]), str(found.tokens["dorvane"]))
    assert table["mentions of targets"] == (str(frame["n_a"].sum()), str(frame["n_b"].sum()))
    taken = [str((frame[f"support_{s}"] + frame[f"oppose_{s}"]).sum()) for s in "ab"]
    assert list(table["stances taken"]) == taken
    used = [int((found.differing[name] > 0).sum()) for name in ("n_target", "n_reference")]
    assert list(table["different words"]) == list(map(str, used))
    reported = found.mentions.query("holder == 'other' and stance != 'neutral'")["side"]
    assert list(table["stances reported of others"]) == [
        str((reported == side).sum()) for side in "ab"
    ]


def test_shades_of_maps_have_the_sign_and_size_of_the_answer():
    one, other, third = (
        ds.Document(name, f"We {verb} peace, and we {verb} the sanctions of others.")
        for name, verb in (("one", "support"), ("other", "reject"), ("third", "support"))
    )
    pairs = [ds.compare(one, other), ds.compare(one, third)]
    side = Overview.of(pairs).maps[2]
    assert [shade.step for shade in side.rows[0][1]] == ["none", "m10", "p10"]
    assert [shade.text for shade in side.rows[0][1]] == ["", "−1.00", "1.00"]
    assert side.rows[1][1][2].text == ""  # a pair that was not compared
