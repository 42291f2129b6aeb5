"""A command for every verb: each prints, as page, JSON, CSV and HTML, what the library returns."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import discourse as ds
from discourse import seeds_
from discourse.cli.learning import _files as seed_files
from discourse.cli.streams import jsonable
from shell import ESCAPE, OURS, environment, flat, furnish, in_a_fresh_process, printed, run, settle

PLACE = "speeches/*/*.txt"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    settle(tmp_path, monkeypatch)
    furnish()


def corpus(pattern=PLACE):
    return ds.read(pattern)


def words(pattern=PLACE):
    return ds.count(corpus(pattern))


RESULTS = {
    "compare ours.txt theirs.txt": lambda: ds.compare(corpus("ours.txt"), corpus("theirs.txt")),
    "matched ours.txt theirs.txt --draws 20": lambda: ds.matched(
        corpus("ours.txt"), corpus("theirs.txt"), draws=20
    ),
    "keyness ours.txt theirs.txt --measure log_ratio": lambda: ds.keyness(
        words("*s.txt"), target="ours", measure="log_ratio"
    ),
    f"similar {PLACE}": lambda: ds.similarity(words()),
    f"similar {PLACE} --weight tfidf --metric jensen_shannon": lambda: ds.similarity(
        ds.weight(words(), "tfidf"), metric="jensen_shannon"
    ),
    "similar speeches/1970 --other speeches/2020 --lexicon foreign-policy": lambda: ds.similarity(
        ds.keyword_vectors(corpus("speeches/1970"), "foreign-policy"),
        ds.keyword_vectors(corpus("speeches/2020"), "foreign-policy"),
    ),
    f"nearest {PLACE} --k 2 --threshold 0.8": lambda: ds.nearest(words(), k=2, threshold=0.8),
    "nearest speeches/1970 --other speeches/2020": lambda: ds.nearest(
        words("speeches/1970"), words("speeches/2020"), k=3
    ),
    "agreement ours.txt theirs.txt --level 0.9": lambda: ds.agreement(
        ds.stance(corpus("*s.txt")), level=0.9
    ),
    "stance ours.txt --holders all": lambda: ds.stance(corpus("ours.txt"), holders="all"),
    f"positions {PLACE} --reference ilmaris=1 --reference dorvane=-1 --rescale lbg": lambda: (
        ds.Wordscores()
        .fit(words(), {"ilmaris": 1.0, "dorvane": -1.0})
        .predict(words(), rescale="lbg")
    ),
    f"kwic multilateral* {PLACE} --window 3": lambda: ds.kwic(corpus(), "multilateral*", window=3),
    f"markers {PLACE} --level 0.9": lambda: ds.markers(corpus(), level=0.9),
    f"keywords {PLACE} --lexicon targets.toml": lambda: ds.keyword_vectors(
        corpus(), "targets.toml"
    ),
    f"keywords {PLACE} --per 0": lambda: ds.keyword_vectors(corpus(), "foreign-policy", per=None),
    f"profile {PLACE} --window 50": lambda: ds.profile(corpus(), window=50),
    f"collocations {PLACE} --min-count 3": lambda: ds.collocations(corpus(), min_count=3),
    "passages speeches/1970 speeches/2020 --min-tokens 3": lambda: ds.passages(
        corpus("speeches/1970"), corpus("speeches/2020"), min_tokens=3
    ),
    f"coverage {PLACE}": lambda: ds.coverage(corpus()),
    f"coverage {PLACE} --lexicon foreign-policy": lambda: ds.coverage(corpus(), "foreign-policy"),
    f"count {PLACE} --ngrams 1-2 --within sentence": lambda: ds.count(
        corpus(), ngrams=(1, 2), within="sentence"
    ),
    f"count {PLACE} --stopwords english": lambda: ds.count(corpus(), stopwords="english"),
}
# of these, --csv prints another table than that of the result
OTHER_TABLES = {"compare", "stance", "count"}


@pytest.mark.parametrize("command", RESULTS)
def test_json_is_the_whole_result_of_the_library(command):
    out = json.loads(printed(*command.split(), "--json"))
    expected = jsonable(RESULTS[command]().to_dict())
    for record in (out, expected):  # a stream of files is counted in batches
        record["record"].pop("parameters")
    assert out == expected


@pytest.mark.parametrize("command", [c for c in RESULTS if c.split()[0] not in OTHER_TABLES])
def test_csv_is_the_table_of_the_result(command):
    rows = list(csv.reader(io.StringIO(printed(*command.split(), "--csv"))))
    frame = RESULTS[command]().to_frame()
    named = rows[0][0] == "doc" and "doc" not in frame
    assert rows[0] == [*(["doc"] if named else []), *frame.columns]
    if named:
        assert [row[0] for row in rows[1:]] == frame.index.tolist()
    cells = [row[named:] for row in rows[1:]]
    assert len(cells) == len(frame)
    for row, values in zip(cells, frame.itertuples(index=False), strict=True):
        for cell, value in zip(row, values, strict=True):
            expected = "" if value is None or value != value else value  # noqa: PLR0124 - NaN
            got = float(cell) if isinstance(expected, float) else cell
            assert got == (pytest.approx(expected) if isinstance(got, float) else str(expected))


@pytest.mark.parametrize("command", RESULTS)
def test_html_is_one_page_that_asks_nothing_of_a_network(command):
    page = printed(*command.split(), "--html", "-")
    assert page.startswith("<!DOCTYPE html>")
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", page)


@pytest.mark.parametrize("command", ["compare ours.txt theirs.txt", "markers ours.txt"])
def test_html_in_a_file_is_what_is_printed_and_its_place_is_told(command):
    result = run(*command.split(), "--html", "page.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "page.html is written; a browser opens it.\n"
    assert Path("page.html").read_text(encoding="utf-8") == printed(*command.split(), "--html", "-")


def test_a_page_for_browsers_has_every_row_but_of_counts_as_many_as_asked_for():
    table = "".join(f"country{i},We oppose sanctions.\n" for i in range(300))
    Path("many.csv").write_text(f"id,text\n{table}", encoding="utf-8")
    whole = printed("markers", "many.csv", "--html", "-")
    assert "country299" in whole
    first = printed("count", "many.csv", "--html", "-", "--most", "5")
    assert "country4" in first
    assert "country5" not in first


# -- pages -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "parts"),
    [
        ("matched ours.txt theirs.txt", ["between the sides", "within a side", "excess"]),
        ("keyness ours.txt theirs.txt", ["More in ours.txt", "velmora 6 0", "independent tokens"]),
        ("keyness ours.txt theirs.txt --most 1", ["and 355 more: --most shows more"]),
        ("similar ours.txt theirs.txt", ["cosine, a similarity", "ours 1.00 0.85"]),
        (f"similar {PLACE} ours.txt --most 2", ["velmora ours 1.00", "and 19 more"]),
        (f"nearest {PLACE} --k 1", ["kestria asterholm 0.89", "ilmaris sorrenay 0.91"]),
        ("agreement ours.txt theirs.txt", ["agreement, a similarity", "theirs -0.24"]),
        ("markers ours.txt", ["ours per 1,000 tokens", "self_mention 36 45.3 [31.7, 62.7]"]),
        ("kwic multi* ours.txt", ["2 matches", "ours is kept That is why multilateralism is for"]),
        ("kwic multi* ours.txt --most 1", ["and 1 more"]),
        ("collocations speeches/*/*.txt --most 1", ["pairs of words", "more"]),
        ("passages ours.txt ours.txt", ["shared passages", "words in ours and ours"]),
        ("profile ours.txt", ["moving ratio: of 100 words", "Yule's K"]),
        (
            f"positions {PLACE} --reference velmora=1 --reference dorvane=-1 --rescale mv",
            ["velmora 1 1.00 [0.92, 1.08] 100%", "kestria -0.10 [-0.21, 0.01] 67%"],
        ),
        ("keywords ours.txt", ["climate_action 5.0"]),
        ("keywords ours.txt --per 0", ["climate_action 4"]),
        ("keywords theirs.txt --lexicon none.toml", ["has no word of these categories."]),
        ("coverage ours.txt", ["ours Latin 795 18.1 0% -"]),
        ("coverage ours.txt --lexicon foreign-policy", ["ours Latin 795 18.1 0% 6%"]),
        ("count ours.txt", ["795 words", "394 of them different", "the 54"]),
    ],
)
def test_a_page_shows_the_numbers_that_count(command, parts):
    Path("none.toml").write_text('[categories.a]\npatterns = ["zzz"]\n', encoding="utf-8")
    page = flat(printed(*command.split()))
    for part in parts:
        assert part in page


def test_a_match_is_one_line_with_the_word_in_the_middle():
    lines = printed("kwic", "multilateralism", PLACE, "--window", "30").splitlines()[3:]
    assert len(lines) > 5
    assert len({line.lower().index("  multilateralism  ") for line in lines}) == 1
    assert all(70 < len(line) <= 80 for line in lines)
    assert re.search(r"kestria +…\S.*  multilateralism  .*\S…$", lines[0])


def test_agreement_beyond_a_small_matrix_comes_with_intervals():
    page = flat(printed("agreement", PLACE, "ours.txt", "--most", "1"))
    assert "95% interval" in page
    assert re.search(r"kestria velmora 1\.00 \[-?\d\.\d\d, 1\.00\]", page)


HOSTILE = f"[bold]x{ESCAPE}[5m :smile: of a length that no column of any table has room for"


@pytest.mark.parametrize(
    "command",
    [
        *("keyness", "matched", "similar", "nearest", "agreement"),
        *("markers", "keywords", "coverage", "count", "stance"),
    ],
)
def test_a_hostile_name_is_shown_as_text_and_breaks_no_table(command):
    Path(f"{HOSTILE}.txt").write_text(OURS * 3, encoding="utf-8")
    two = [f"{HOSTILE}.txt", "theirs.txt"]
    page = printed(command, *two)
    assert ESCAPE not in page
    assert max(map(len, page.splitlines())) <= 80
    if command != "matched":
        assert "[bold]" in page
    html = printed(command, *two, "--html", "-")
    assert "<bold>" not in html
    assert ESCAPE not in html or command == "count"


# -- sides -------------------------------------------------------------------------------------


def test_documents_of_one_name_on_both_sides_are_told_apart():
    Path("speeches/2020/velmora.txt").write_text(OURS, encoding="utf-8")
    out = json.loads(printed("keyness", "speeches/1970", "speeches/2020", "--json"))
    assert "speeches/1970:velmora" in out["target"]
    assert "speeches/2020:velmora" in out["reference"]


@pytest.mark.parametrize("sides", [("-", "theirs.txt"), ("theirs.txt", "-")])
def test_standard_input_is_either_side_of_keyness(sides):
    out = json.loads(printed("keyness", *sides, "--json", stdin=OURS))
    assert {*out["target"], *out["reference"]} == {"stdin", "theirs"}
    assert out["target"] == ["stdin" if sides[0] == "-" else "theirs"]


def test_a_report_of_three_sides_compares_each_pair():
    place = "discourse-report.html"
    result = run("report", "ours.txt", "theirs.txt", "-", "--title", "Three <b>", stdin=OURS)
    assert result.stderr == f"{place} is written; a browser opens it.\n"
    page = Path(place).read_text(encoding="utf-8")
    assert "Three &lt;b&gt;" in page
    for pair in ("ours and theirs", "ours and stdin", "theirs and stdin"):
        assert pair in page


def test_a_report_of_two_sides_is_that_of_the_library():
    ds.report(ds.compare(corpus("ours.txt"), corpus("theirs.txt")), "library.html", title="Two")
    printed("report", "ours.txt", "theirs.txt", "--html", "here.html", "--title", "Two")
    assert Path("here.html").read_bytes() == Path("library.html").read_bytes()


# -- counts ------------------------------------------------------------------------------------


def triplets(text):
    rows = list(csv.DictReader(io.StringIO(text)))
    return {(row["doc"], row["feature"]): int(row["count"]) for row in rows}


def test_counts_as_csv_are_the_cells_that_are_not_zero():
    found = triplets(printed("count", PLACE, "--csv"))
    frame = words().to_frame()
    assert found == {
        (doc, feature): n for doc, row in frame.iterrows() for feature, n in row.items() if n > 0
    }


@pytest.mark.parametrize("name", ["counts.parquet", "counts.mtx", "counts.csv"])
def test_counts_go_into_a_file_that_is_read_again(name):
    result = run("count", PLACE, "--out", name)
    assert (result.stdout, result.stderr) == ("", f"{name} is written.\n")
    found = words()
    if name == "counts.parquet":
        assert ds.DocumentFeatureMatrix.load(name).digest == found.digest
    elif name == "counts.mtx":
        again = ds.read_counts(name)
        assert (again.docs, again.features) == (found.docs, found.features)
        assert (again.counts != found.counts).nnz == 0
    else:
        found.to_csv("library.csv")
        assert Path(name).read_bytes() == Path("library.csv").read_bytes()


def test_counts_are_summed_by_a_column_and_standard_input_joins_the_files():
    files = ("1970.csv", "2020.csv", "--text", "speech", "--csv")
    assert {doc for doc, _ in triplets(printed("count", *files, "--group", "country"))} == {*"abc"}
    both = triplets(printed("count", "ours.txt", "-", "--csv", stdin="Peace."))
    assert both["stdin", "peace"] == 1
    assert ("ours", "peace") in both


# -- what comes along --------------------------------------------------------------------------


def test_every_seed_is_listed_with_what_it_holds():
    page = printed("seeds")
    for name in seed_files():
        assert re.search(rf"^  {name} +\S", page, re.MULTILINE)
    assert "targets/foreign-policy" in page
    assert "version =" not in page


@pytest.mark.parametrize("name", ["foreign-policy", "targets/foreign-policy.toml", "velmora"])
def test_a_seed_is_printed_as_it_is(name):
    folder, suffix = ("samples", ".txt") if name == "velmora" else ("targets", ".toml")
    stem = name.rpartition("/")[2].removesuffix(".toml")
    file = seeds_.file(folder, stem, suffix)
    assert printed("seeds", name) == file.read_text(encoding="utf-8")
    assert printed("seeds", name, "--path") == f"{file}\n"


def test_a_seed_is_copied_to_a_file_or_folder_and_then_used():
    printed("seeds", "foreign-policy", "--copy", "own.toml")
    printed("seeds", "foreign-policy", "--copy", "speeches")
    assert Path("own.toml").read_bytes() == Path("speeches/foreign-policy.toml").read_bytes()
    out = json.loads(printed("stance", "ours.txt", "--targets", "own.toml", "--json"))
    assert out["docs"] == ["ours"]


def test_the_demonstration_writes_its_report_and_says_where():
    page = printed("demo", "--report", "own.html")
    assert page.endswith(f"\n{Path('own.html').resolve().as_uri()}\n")
    a, b = (ds.read(seeds_.path() / "samples" / f"{name}.txt") for name in ("velmora", "dorvane"))
    ds.report(ds.compare(a, b), "library.html")
    assert Path("own.html").read_bytes() == Path("library.html").read_bytes()


def test_without_the_library_for_reports_the_demonstration_says_what_to_install():
    done = in_a_fresh_process("demo", first="sys.modules['jinja2'] = None")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(
        'No report was written: this needs jinja2: pip install "discourse-comparison[report]".\n'
    )
    assert not Path("discourse-report.html").exists()


def test_progress_is_silent_where_there_is_no_terminal():
    done = in_a_fresh_process("count", PLACE, "--csv")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_at_a_terminal_there_is_a_sign_of_life_on_standard_error_only():
    import pty

    parent, child = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "discourse", "stance", "ours.txt", "--json"],
        stdout=subprocess.PIPE,
        stderr=child,
        env=environment(TERM="xterm"),
        check=True,
    )
    os.close(child)
    assert b"finding stances" in os.read(parent, 4096)
    os.close(parent)
    assert json.loads(done.stdout)["docs"] == ["ours"]
