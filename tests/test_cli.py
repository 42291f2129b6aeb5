"""The command line: what it prints, what it refuses, and that it says what the library says."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

import discourse as ds
from discourse.cli.demonstration import DEMO, PAIR, judge, recovered
from discourse.cli.pages import WIDEST
from discourse.cli.streams import jsonable, visible
from shell import ESCAPE, OURS, THEIRS, flat, furnish, in_a_fresh_process, printed, run, settle


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch)


# -- compare -----------------------------------------------------------------------------------


def test_compare_shows_answers_targets_sentences_words_and_markers():
    page = flat(printed("compare", "ours.txt", "theirs.txt"))
    found = ds.compare(ds.read("ours.txt"), ds.read("theirs.txt"))
    assert "ours (10 words) and theirs (10 words); targets: foreign-policy" in page
    assert f"same side {found.agreement}" in page
    assert "multilateralism 1.00 [-0.59, 1.00] -1.00 [-1.00, 0.59] opposite sides" in page
    assert "+ ours We support multilateralism." in page
    assert "- theirs We oppose multilateralism." in page
    assert "Words that differ" in page
    assert "self_mention 300.0 [61.9, 876.7] 100.0 [2.5, 557.2]" in page
    assert "Keywords" not in page


def test_rates_of_keywords_are_shown_if_they_are_asked_for():
    page = printed("compare", "ours.txt", "theirs.txt", "--keywords", "foreign-policy")
    rates = flat(page[page.index("Keywords") :])
    assert "multilateralism 100.0 [2.5, 557.2] 100.0 [2.5, 557.2]" in rates


def test_no_line_of_a_page_is_wider_than_the_terminal():
    Path("a_file_whose_name_is_long_enough_for_trouble_in_any_table.txt").write_text(
        OURS * 30, encoding="utf-8"
    )
    wide = "a_file_whose_name_is_long_enough_for_trouble_in_any_table.txt"
    pages = (
        printed("compare", wide, "theirs.txt", "--keywords", "foreign-policy"),
        printed("stance", wide, "--mentions"),
        printed("demo"),
    )
    for page in pages:
        lines = [line for line in page.splitlines() if not line.startswith("file:")]
        assert max(map(len, lines)) <= 80


def test_lines_end_at_the_widest_where_the_terminal_is_wider(monkeypatch):
    monkeypatch.setenv("COLUMNS", "250")
    assert max(map(len, printed("compare", "ours.txt", "theirs.txt").splitlines())) == WIDEST


@pytest.mark.parametrize(("number", "lines"), [(0, 0), (1, 1), (2, 2), (3, 3)])
def test_sentences_limits_those_of_each_side(number, lines):
    Path("ours.txt").write_text("We oppose sanctions. " * 5, encoding="utf-8")
    page = printed("compare", "ours.txt", "theirs.txt", "--sentences", str(number))
    assert page.count("We oppose sanctions.") == lines


def test_sides_without_a_stance_say_so():
    Path("dull.txt").write_text("The weather was fine.", encoding="utf-8")
    page = flat(printed("compare", "dull.txt", "dull.txt"))
    assert "same side undefined" in page
    assert "Neither takes a stance on any of these targets." in page


def test_the_options_of_compare_are_those_of_the_library():
    options = {"targets": "targets.toml", "keywords": "foreign-policy", "metric": "cosine"}
    furnish()
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    out = json.loads(printed("compare", "ours.txt", "theirs.txt", "--rng", "7", "--json", *flags))
    found = ds.compare(ds.read("ours.txt"), ds.read("theirs.txt"), rng=7, **options)
    assert out == jsonable(found.to_dict())
    assert out["record"]["parameters"]["rng"] == 7


def test_a_collection_is_pooled():
    out = json.loads(printed("compare", "*.txt", "theirs.txt", "--json"))
    assert out["tokens"]["a"] == 20


def test_compare_json_is_the_result_of_the_library_with_null_for_nan():
    out = json.loads(printed("compare", "ours.txt", "theirs.txt", "--json"))
    found = ds.compare(ds.read("ours.txt"), ds.read("theirs.txt"))
    assert out == jsonable(found.to_dict())
    one_sided = next(row for row in out["targets"] if row["target"] == "peace")
    assert one_sided["balance_b"] is None


def test_compare_csv_is_the_table_of_targets():
    rows = list(csv.DictReader(io.StringIO(printed("compare", "ours.txt", "theirs.txt", "--csv"))))
    found = ds.compare(ds.read("ours.txt"), ds.read("theirs.txt")).targets
    assert [row["target"] for row in rows] == found["target"].tolist()
    assert [float(row["low_a"] or "nan") for row in rows] == pytest.approx(
        found["low_a"].tolist(), nan_ok=True
    )


# -- stance ------------------------------------------------------------------------------------


def test_stance_shows_counts_balance_and_interval_of_every_document():
    page = flat(printed("stance", "ours.txt", "theirs.txt"))
    assert "ours targets: foreign-policy" in page
    assert "sanctions 0 1 0 -1.00 [-1.00, 0.59]" in page
    assert "sanctions 1 0 0 1.00 [-0.59, 1.00]" in page
    assert "rule:" not in page


def test_mentions_come_with_sentence_rule_and_cues():
    page = printed("stance", "ours.txt", "--mentions")
    assert "- oppose sanctions (rule: verb; cues: oppose)" in page
    assert page.count("We oppose sanctions, and we cherish peace.") == 2


def test_a_stance_of_others_counts_only_if_holders_says_so():
    Path("report.txt").write_text("They claim that sanctions are illegal.", encoding="utf-8")
    assert "sanctions 0 0 0 - no stance" in flat(printed("stance", "report.txt"))
    everyone = flat(printed("stance", "report.txt", "--holders", "all"))
    assert "sanctions 0 1 0 -1.00" in everyone
    assert "holder: other" in printed("stance", "report.txt", "--mentions")


def test_a_document_without_targets_says_so():
    Path("dull.txt").write_text("The weather was fine.", encoding="utf-8")
    assert "mentions none of these targets." in printed("stance", "dull.txt")


def test_stance_json_is_the_result_of_the_library():
    out = json.loads(printed("stance", "ours.txt", "theirs.txt", "--json"))
    assert out == jsonable(ds.stance(ds.read(["ours.txt", "theirs.txt"])).to_dict())


def test_stance_csv_is_the_mentions():
    rows = list(csv.DictReader(io.StringIO(printed("stance", "theirs.txt", "--csv"))))
    mentions = ds.stance(ds.read("theirs.txt")).mentions
    assert list(rows[0]) == list(mentions.columns)
    assert [row["text"] for row in rows] == mentions["text"].tolist()
    assert [row["cues"] for row in rows] == ["; ".join(cues) for cues in mentions["cues"]]


# -- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize("sides", [("-", "theirs.txt"), ("theirs.txt", "-")])
def test_either_side_may_be_standard_input(sides):
    out = json.loads(printed("compare", *sides, "--json", stdin=OURS))
    assert {out["a"], out["b"]} == {"stdin", "theirs"}


def test_standard_input_is_read_like_a_text_file():
    text = f"\ufeffTitle: On Sanctions\n\n{OURS}"
    Path("stdin.txt").write_text(text, encoding="utf-8")
    piped = json.loads(printed("stance", "-", "--json", stdin=text))
    assert piped == json.loads(printed("stance", "stdin.txt", "--json"))


def test_standard_input_joins_the_files():
    out = json.loads(printed("stance", "ours.txt", "-", "--json", stdin=THEIRS))
    assert out["docs"] == ["ours", "stdin"]


def test_encoding_text_and_id_reach_the_reader():
    Path("old.csv").write_bytes("nom,discours\nChloé,We oppose sanctions.\n".encode("latin-1"))
    options = ("--encoding", "latin-1", "--text", "discours", "--id", "nom")
    assert json.loads(printed("stance", "old.csv", "--json", *options))["docs"] == ["Chloé"]
    piped = run("stance", "-", "--json", "--encoding", "latin-1", stdin="Chloé".encode("latin-1"))
    assert piped.exit_code == 0


# -- hostile text ------------------------------------------------------------------------------

HOSTILE = (
    f"We oppose sanctions [bold]now[/bold] {ESCAPE}[31mred {ESCAPE}]0;x\x07 :smile: [/] [link=x]."
)


def test_markup_emoji_and_control_characters_are_shown_as_text():
    name = f"[red]x{ESCAPE}[5m :smile:"
    Path(f"{name}.txt").write_text(HOSTILE, encoding="utf-8")
    Path("targets.toml").write_text(
        '[categories."[blink]s:smile:"]\npatterns = ["sanctions"]\n', encoding="utf-8"
    )
    shown = "We oppose sanctions [bold]now[/bold] ␛[31mred ␛]0;x␇ :smile: [/] [link=x]."
    for arguments in (
        ["compare", f"{name}.txt", "theirs.txt"],
        ["stance", f"{name}.txt", "--mentions"],
    ):
        page = printed(*arguments, "--targets", "targets.toml")
        assert not set(page) & {ESCAPE, "\x07"}
        assert "[red]x␛[5m" in page
        assert "[blink]s:smile:" in page
        assert shown in flat(page)


def test_lone_surrogates_do_not_stop_a_page():
    row = {"text": "We oppose sanctions \ud800 here."}
    Path("odd.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert "We oppose sanctions \ufffd here." in flat(printed("stance", "odd.jsonl", "--mentions"))
    assert in_a_fresh_process("stance", "odd.jsonl", "--csv").returncode == 0
    assert json.loads(printed("stance", "odd.jsonl", "--json"))["docs"] == ["odd.1"]


def test_an_error_message_steers_no_terminal():
    result = run("stance", f"a{ESCAPE}\nb.txt")
    assert result.output == "a␛ b.txt: no such file or folder.\n"


def test_a_text_cannot_turn_the_direction_of_its_line():
    assert visible("a\u202eb\u2066c\x9bd\x7fe") == "a\ufffdb\ufffdc\ufffdd␡e"


def test_a_terminal_that_knows_only_ascii_is_served():
    Path("ours.txt").write_text("Nous – “we” – oppose sanctions, señor.", encoding="utf-8")
    done = in_a_fresh_process("stance", "ours.txt", "--mentions", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert r"se\xf1or" in done.stdout


def test_colour_is_for_terminals_only():
    piped = in_a_fresh_process("compare", "ours.txt", "theirs.txt")
    assert piped.returncode == 0, piped.stderr
    assert ESCAPE not in piped.stdout
    forced = in_a_fresh_process("compare", "ours.txt", "theirs.txt", FORCE_COLOR="1", TERM="xterm")
    assert f"{ESCAPE}[4moppose{ESCAPE}[0m {ESCAPE}[1;7msanctions{ESCAPE}[0m" in forced.stdout


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (float("nan"), None),
        (float("-inf"), None),
        (
            {"a": [1, 0.5, None, True, "x", [float("inf")]]},
            {"a": [1, 0.5, None, True, "x", [None]]},
        ),
    ],
)
def test_plain_data_become_what_json_can_say(value, plain):
    assert jsonable(value) == plain


# -- demonstration -----------------------------------------------------------------------------


def test_the_demonstration_opens_with_the_pair_that_cosine_cannot_tell_apart():
    page = flat(printed("demo"))
    opening = page[: page.index("Two statements")]
    assert "cosine similarity: 1.000" in opening
    for answer in ("same words 1.00", "same topics 1.00", "same side -1.00 [-1.00, 0.12]"):
        assert answer in opening
    for mention in ("+ a", "- a", "+ b", "- b"):
        assert f"{mention} {PAIR['ab'.index(mention[-1])]}" in opening


def test_the_demonstration_ends_with_how_much_was_recovered():
    samples = ds.read([ds.seeds_.path() / "samples" / f"{name}.txt" for name in DEMO])
    judgements = list(judge(ds.stance(samples)))
    ok = sum(one.intended == one.recovered for one in judgements)
    assert {one.doc for one in judgements} == set(DEMO)
    page = printed("demo")
    assert f"\n{ok} of {len(judgements)} intended stances recovered\n" in page
    table = page[page.index("Intended and recovered") :]
    assert len(re.findall(r" ok *$", table, re.MULTILINE)) == ok


def test_most_intended_stances_of_the_demonstration_are_recovered():
    samples = ds.read([ds.seeds_.path() / "samples" / f"{name}.txt" for name in DEMO])
    judgements = list(judge(ds.stance(samples)))
    assert sum(one.ok for one in judgements) / len(judgements) > 0.7


@pytest.mark.parametrize(
    ("balance", "reading"),
    [
        (1.0, "support"),
        (0.34, "support"),
        (1 / 3, "mixed"),
        (0.0, "mixed"),
        (-1 / 3, "mixed"),
        (-0.34, "oppose"),
        (-1.0, "oppose"),
        (float("nan"), "none"),
    ],
)
def test_a_balance_beyond_a_third_takes_a_side(balance, reading):
    assert recovered(balance) == reading


def test_the_demonstration_compiles_nothing():
    done = in_a_fresh_process("demo", then="print('numba' in sys.modules)")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "False"
