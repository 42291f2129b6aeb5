"""The page that ds.report writes: the same numbers, the same bytes, and nothing interpreted."""

from __future__ import annotations

import base64
import hashlib
import math
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds
from discourse import seeds_
from discourse.record import Record
from discourse.reports import report
from discourse.reports.answers import LIKENESS, answers, likeness
from discourse.reports.display import short, visible
from discourse.reports.evidence import QUOTES_SHOWN, targets
from discourse.reports.overview import Overview
from discourse.reports.tables import WORDS_SHOWN, words

pytest.importorskip("jinja2", reason="reports need the extra 'report'")

PAIR = (
    "Our country supports multilateralism and opposes sanctions.",
    "Our country opposes multilateralism and supports sanctions.",
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</script></style></title></bdi>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202eturned\u2066",
    "\x00\x07\x1b[31m\x85",
    "\ud800",
    "&lt;b&gt;",
)


BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class _Page(HTMLParser):
    """A page taken apart: its elements, its text, and what is in its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.raw: dict[str, str] = {}
        self.bare: list[str] = []  # text that stands in no <bdi>
        self._inside = ""
        self._isolated = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag if tag in {"script", "style"} else ""
        self._isolated += tag == "bdi"

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        self._isolated -= tag == "bdi"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw[self._inside] = self.raw.get(self._inside, "") + data
        else:
            self.text += data
            if not self._isolated:
                self.bare.append(data)


@pytest.fixture(scope="module")
def samples():
    folder = seeds_.path() / "samples"
    return {name: ds.read(folder / f"{name}.txt") for name in ("velmora", "dorvane", "kestria")}


@pytest.fixture(scope="module")
def sampled(samples):
    return ds.compare(samples["velmora"], samples["dorvane"])


@pytest.fixture(scope="module")
def readme():
    return ds.compare(*PAIR)


def _written(folder, *args, **options):
    return report(*args, folder / "page.html", **options).read_bytes().decode()


def test_the_same_comparison_gives_the_same_bytes(tmp_path, samples, sampled):
    sides = samples["velmora"], samples["dorvane"]
    first = report(sampled, tmp_path / "one.html").read_bytes()
    again = sampled.record.recompute(*sides)
    assert report(again, tmp_path / "two.html").read_bytes() == first


def test_the_bytes_do_not_depend_on_the_order_of_sets(tmp_path):
    program = (
        "import sys, discourse as ds; ds.report("
        f"ds.compare({PAIR[0]!r}, {PAIR[1] + ' We seek peace.'!r}), sys.argv[1])"
    )
    written: set[bytes] = set()
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        written.add((tmp_path / seed).read_bytes())
    assert len(written) == 1


@given(st.text(st.characters(codec=None), max_size=60), st.integers(1, 20))
def test_whatever_a_text_holds_it_is_shown_in_one_line(text, most):
    shown = visible(text)
    assert visible(shown) == shown
    shown.encode("utf-8")
    hidden = {"Cc", "Cs"}
    assert not [c for c in shown if unicodedata.category(c) in hidden or c in BIDI]
    assert short(text, most) == (shown if len(text) <= most else f"{visible(text[:most])}…")


def test_the_path_of_the_page_is_returned_and_nothing_else_is_left_there(tmp_path, readme):
    (tmp_path / "page.html").write_text("old")
    assert report(readme, str(tmp_path / "page.html")) == tmp_path / "page.html"
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_the_page_of_two_sentences_is_small(tmp_path, readme):
    assert len(_written(tmp_path, readme)) < 60_000


def test_the_page_names_no_other_place(tmp_path, sampled):
    page = _Page(_written(tmp_path, sampled))
    for tag, attributes in page.elements:
        assert "src" not in attributes
        assert attributes.get("href", "#").startswith("#"), tag
        assert tag not in {"link", "img", "iframe", "base", "form", "object"}
    assert "url(" not in page.raw["style"]
    assert not re.search(r"fetch|XMLHttp|import\(|innerHTML|eval", page.raw["script"])


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_no_other(tmp_path, readme):
    page = _Page(_written(tmp_path, readme))
    (policy,) = (a["content"] for tag, a in page.elements if "http-equiv" in a)
    hashes = re.findall(r"'sha256-([^']+)'", policy)
    expected = [
        base64.b64encode(hashlib.sha256(page.raw[name].encode()).digest()).decode()
        for name in ("style", "script")
    ]
    assert hashes == expected
    assert policy.startswith("default-src 'none';")
    assert not any("style" in a or any(n.startswith("on") for n in a) for _, a in page.elements)


def test_anchors_are_unique_and_every_link_has_one(tmp_path, readme, sampled):
    page = _Page(_written(tmp_path, [readme, sampled]))
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        for name in ("href", "aria-labelledby"):
            if name in attributes:
                assert attributes[name].removeprefix("#") in ids


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_text_is_shown_and_not_interpreted(tmp_path, evil):
    in_names = "" if evil == "\ud800" else evil  # tables of pandas hold none as names
    a = ds.Document(f"a{in_names}", f"We support peace {evil} and sanctions.")
    lexicon = {f"peace{in_names}": ["peace"], "sanctions": ["sanctions"]}
    plain = ds.compare(ds.Document("a", "We support peace and sanctions."), "We reject peace.")
    found = ds.compare(a, ds.Document("b", f"We reject peace. {evil}"), targets=lexicon)
    page = _Page(_written(tmp_path, found, title=f"On {evil}"))
    clean = _Page(_written(tmp_path, plain))
    kinds = {tag for tag, _ in page.elements}
    assert kinds <= {tag for tag, _ in clean.elements} | {"p", "u", "mark"}
    assert sum(tag in {"script", "style", "title"} for tag, _ in page.elements) == 3
    assert page.raw == clean.raw
    assert page.text.count(visible(evil)) >= (4 if in_names else 3)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page.text)


def test_words_from_right_to_left_do_not_turn_what_stands_beside_them(tmp_path):
    name, word = "\u05d3\u05d5\u05d1\u05e8", "\u05e9\u05dc\u05d5\u05dd"
    lexicon = {word: ["peace", word], "war": ["war"]}
    a = ds.Document(name, f"We support peace, and it is {word} that we all want for you. No war.")
    page = _Page(_written(tmp_path, ds.compare(a, "We reject war and peace.", targets=lexicon)))
    bare = [text for text in page.bare if name in text or word in text]
    title, paragraph = bare  # a title cannot hold elements; the paragraph is to be copied
    assert title == f"{name} and b"
    assert paragraph.startswith("We compared")
    assert page.text.count(name) + page.text.count(word) > 20


def test_the_answers_of_the_page_are_those_of_the_comparison(tmp_path, sampled):
    text = _Page(_written(tmp_path, sampled)).text
    m = sampled.matched
    for number in (
        f"{sampled.words.value:.2f}",
        f"{sampled.topics.value:.2f}",
        f"{sampled.agreement.value:.2f}",
        f"{sampled.agreement.low:.2f}, {sampled.agreement.high:.2f}",
        f"{m.value:.3f} [{m.low:.3f}, {m.high:.3f}]",
        f"would have {m.within.value:.3f}",
        f"{m.excess.value:.3f} [{m.excess.low:.3f}, {m.excess.high:.3f}]",
        f"{sampled.contributions.total:.3f}",
    ):
        assert number.replace("-", "−") in text
    assert sampled.topics.note.rstrip(".") in text


def test_every_target_is_there_with_balance_counts_and_sentences(tmp_path, sampled):
    text = _Page(_written(tmp_path, sampled)).text
    for row in sampled.targets.to_dict("records"):
        assert row["target"].replace("_", " ") in text
    rows = {target.name: target for target in targets(sampled)}
    assert len(rows) == len(sampled.targets)
    migration = rows["migration"]
    assert migration.verdict == "opposite sides"
    assert migration.stands[0].text.startswith("1.00 [−0.32")
    assert migration.stands[1].counts == "0 for, 3 against"
    quote = migration.quotes[0].shown[0]
    assert "".join(text for text, _ in quote.pieces).startswith("Migration is no crime")
    assert [text for text, role in quote.pieces if role == "target"] == ["Migration"]
    assert (quote.stance, quote.holder) == ("support", "own stance")


def test_stances_come_before_mentions_without_one_and_the_rest_is_counted():
    text = "Peace is a word. " + "We support peace now. We oppose peace too. " * 9
    found = ds.compare(text, "We met.")
    (peace,) = targets(found)
    quotes = peace.quotes[0]
    assert len(quotes.shown) == QUOTES_SHOWN
    assert quotes.more == 19 - QUOTES_SHOWN
    assert all(quote.stance != "no stance" for quote in quotes.shown)
    assert peace.quotes[1].shown == ()


def test_targets_of_both_sides_come_first(sampled):
    verdicts = [bool(target.verdict) for target in targets(sampled)]
    assert verdicts == sorted(verdicts, reverse=True)


def test_the_words_of_the_page_are_those_with_the_largest_g2(sampled):
    table = words(sampled)
    frame = sampled.differing
    largest = frame.loc[frame["statistic"].abs().idxmax(), "feature"]
    assert table.rows[0].word == largest
    keys = [float(row.cells[2].key) for row in table.rows]
    assert keys == sorted(keys, reverse=True)
    assert sum(row.more_in == "a" for row in table.rows) <= WORDS_SHOWN
    assert len(table.rows) + table.left_out == int((frame["statistic"] != 0).sum())
    assert not table.tested


def test_p_values_are_shown_where_there_are_documents_enough(tmp_path):
    a = [f"We support peace and trade number {i}." for i in range(6)]
    b = [f"They want war and walls number {i}." for i in range(6)]
    assert "Adjusted p" in _written(tmp_path, ds.compare(a, b))


def test_lines_for_those_who_have_no_targets_and_no_difference(tmp_path):
    page = _written(tmp_path, ds.compare("The cat sat.", "The cat sat."))
    assert "Neither side mentions a target of the list." in page
    assert "No word is used at a higher rate on one side" in page
    assert "undefined" in page


def test_keywords_are_shown_where_they_were_asked_for(tmp_path):
    found = ds.compare(*PAIR, keywords={"nation": ["country"]})
    text = _Page(_written(tmp_path, found)).text
    assert "Keywords" in text
    assert "nation" in text


def test_the_methods_paragraph_cites_what_it_lists(sampled):
    from discourse.reports.methods import paragraph, references

    text = paragraph(sampled)
    assert "velmora (795 words)" in text
    assert f"random sentences of {sampled.matched.m:.0f} words a side" in text
    assert "(seed 0)" in text
    for work in references(sampled):
        assert work.partition(",")[0] in text


def _with(found, value, low, high):
    record = Record("agreement", {})
    estimate = ds.Estimate("agreement", value, low, high, 0.95, record, note="2 shared targets")
    return answers(replace(found, agreement=estimate))[2]


@pytest.mark.parametrize(
    ("value", "low", "high", "headline"),
    [
        (0.8, 0.2, 0.9, "They stand on the same side."),
        (-0.8, -0.9, -0.2, "They stand on opposite sides."),
        (0.8, -0.1, 0.9, "They lean to the same side; it is not settled."),
        (-0.8, -0.9, 0.1, "They lean to opposite sides; it is not settled."),
        (-0.09, -0.3, 0.3, "They agree about as much as they disagree."),
    ],
)
def test_the_headline_on_sides_leaves_open_what_the_interval_leaves_open(
    readme, value, low, high, headline
):
    assert _with(readme, value, low, high).headline == headline


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        (0.1, 0.3, "So their wording differs more than one side from itself, by"),
        (-0.3, -0.1, "So their wording differs less than one side from itself, by"),
        (-0.1, 0.3, "So they differ no more than one side from itself, as far as can be told:"),
    ],
)
@pytest.mark.parametrize("kind", ["divergence", "similarity"])
def test_the_sentence_on_wording_follows_the_interval_of_the_excess(
    samples, sampled, low, high, sentence, kind
):
    found = sampled
    if kind == "similarity":  # whose excess has its sign turned, so that more is more different
        found = ds.compare(samples["velmora"], samples["dorvane"], metric="cosine")
    excess = replace(found.matched.excess, low=low, high=high)
    shown = answers(replace(found, matched=replace(found.matched, excess=excess)))[0].sentences
    assert shown[-2].startswith(sentence)


def test_the_note_on_wording_is_told_once(sampled):
    first, *_, last = answers(sampled)[0].sentences
    assert first.startswith("Likeness 0.58 of 1: 1 less the Jensen-Shannon divergence of 0.4")
    assert last.startswith("No interval: the bare value also measures length")
    doubted = replace(sampled.words, note=f"{sampled.words.note}; 'x' is not English")
    assert answers(replace(sampled, words=doubted))[0].sentences[-1].endswith("'x' is not English.")


def test_every_likeness_has_its_words():
    assert [likeness(least) for least, _ in LIKENESS] == [name for _, name in LIKENESS]
    assert likeness(math.nextafter(0.9, 0)) == "largely the same"


def test_several_comparisons_get_a_table_and_maps(tmp_path, samples):
    names = list(samples)
    pairs = [
        ds.compare(samples[one], samples[other])
        for i, one in enumerate(names)
        for other in names[i + 1 :]
    ]
    overview = Overview.of(pairs)
    assert overview.names == tuple(names)
    assert [row.names for row in overview.rows] == [(p.a, p.b) for p in pairs]
    side = overview.maps[2]
    assert side.rows[0][1][1].text == side.rows[1][1][0].text
    assert side.rows[0][1][0].step == "none"
    page = _Page(_written(tmp_path, pairs))
    assert "3 comparisons" in page.text
    assert sum(a.get("class") == "map" for _, a in page.elements) == 3


def test_names_that_stand_for_two_texts_get_no_maps(readme):
    other = ds.compare(PAIR[0], "We reject war.")
    assert Overview.of([readme, other]).maps == ()
    assert Overview.of([readme, readme]).maps == ()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([], "got none"),
        ("text", "got str"),
        (3, "got int"),
        ([3], "got int"),
    ],
)
def test_what_is_no_comparison_is_refused(tmp_path, wrong, message):
    with pytest.raises(ds.OptionError, match=message):
        report(wrong, tmp_path / "page.html")
    assert not list(tmp_path.iterdir())


def test_a_large_text_gives_a_page_of_bounded_size(tmp_path):
    a = "We support peace and oppose sanctions. " * 5_000
    b = "w" * 200_000 + " peace " + "is what we and they want in the world, " * 10_000
    assert len(_written(tmp_path, ds.compare(ds.Document("n" * 10_000, a), b))) < 150_000
