"""The page of the worked study shows the numbers that its program wrote."""

import csv
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "study.md").read_text("utf-8")
SHOWN = {
    "un": "United Nations",
    "terrorism": "terrorism",
    "nuclear_weapons": "nuclear weapons",
    "migration": "migration",
    "democracy": "democracy",
    "climate_change": "climate change",
    "hegemony": "hegemony",
}


def rows(name):
    """The rows of one table of the study."""
    with (DOCS / "study" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(value):
    """A number between -1 and 1 as the page prints it, with three decimals."""
    return f"{float(value):.3f}".replace("0.", ".", 1)


@pytest.mark.parametrize("row", rows("pairs"), ids=lambda row: row["kind"])
def test_the_page_shows_the_pairs_of_each_kind(row):
    numbers = " | ".join(shown(row[column]) for column in ("bare", "matched", "excess"))
    assert f"| {row['pairs']} | {numbers} |" in PAGE


@pytest.mark.parametrize("row", rows("shares"), ids=lambda row: row["target"])
def test_the_page_shows_the_targets_whose_interval_leaves_out_zero_and_no_others(row):
    low, high = float(row["share_low"]), float(row["share_high"])
    assert (row["target"] in SHOWN) == (low > 0 or high < 0)
    if row["target"] in SHOWN:
        ends = f"[{shown(low)}, {shown(high)}]"
        numbers = " | ".join(shown(row[column]) for column in ("share_a", "share_b"))
        difference = f"{shown(row['share_difference'])} {ends}"
        assert f"| {SHOWN[row['target']]} | {numbers} | {difference} |" in PAGE


def test_the_page_shows_how_far_the_years_are_apart():
    (row,) = rows("years")
    for names in (("value", "low", "high"), ("excess", "excess_low", "excess_high")):
        value, low, high = (shown(row[name]) for name in names)
        assert f"{value} [{low}, {high}]" in PAGE.replace("\n", " ")


def test_no_balance_differs_beyond_its_interval():
    balances = rows("stance")
    assert all(float(row["low"]) < 0 < float(row["high"]) for row in balances)
    assert f"the smallest adjusted p is {min(r['p_adjusted'] for r in balances)[1:]}" in PAGE
