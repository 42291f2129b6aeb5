"""From files to a corpus, and from files of counts to a matrix."""

import csv
import itertools
import json
import threading
import warnings
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import seeds_
from discourse.errors import OptionError, ReadError
from discourse.lexicon import load_lexicon
from discourse.reading import read, read_counts
from discourse.reading.files import File
from discourse.reading.headers import find_header
from strategies import texts


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, content="We agree."):
    """Write a file in UTF-8, line ends as they are, and return its path."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# -- which files -------------------------------------------------------------------------------


def test_a_file_may_be_named_by_a_string_or_a_path(folder):
    write("speech.txt", "We agree.")
    for source in ("speech.txt", Path("speech.txt"), folder / "speech.txt", ["speech.txt"]):
        corpus = read(source)
        assert (corpus.ids, corpus.texts) == (("speech",), ("We agree.",))


def test_a_folder_stands_for_its_visible_files_of_known_formats_in_order(folder):
    for name in ("b.txt", "a.md", "C.TXT", "photo.png", ".hidden.txt", "sub/deep.txt"):
        write(name)
    assert read(folder).ids == ("C", "a", "b")
    assert read(str(folder)) == read(folder)


@pytest.mark.parametrize(
    ("pattern", "ids"),
    [
        ("talks/*.txt", ("a", "b")),
        ("talks/**/*.txt", ("c", "a", "b")),  # talks/1970/c.txt is first
        ("talks/[b-z].txt", ("b",)),
        ("talks/?.md", ("d",)),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_pattern_stands_for_the_files_it_matches_in_order(pattern, ids):
    for name in ("b.txt", "a.txt", "1970/c.txt", "d.md", "folder.txt/e.md"):
        write(f"talks/{name}")
    assert read(pattern).ids == ids


@pytest.mark.usefixtures("folder")
def test_a_file_whose_name_looks_like_a_pattern_is_that_file():
    write("a[1].txt", "one")
    write("a1.txt", "two")
    assert read("a[1].txt").texts == ("one",)


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_named_twice_is_read_once_in_the_place_of_its_first_naming():
    write("a.txt")
    write("b.txt")
    assert read(["b.txt", "*.txt", "./b.txt", Path("..", Path.cwd().name, "a.txt")]).ids == (
        "b",
        "a",
    )


@pytest.mark.parametrize(
    ("paths", "ids"),
    [
        (["1970/chad.txt", "1971/peru.txt"], ("chad", "peru")),
        (["1970/chad.txt", "1971/chad.txt", "peru.txt"], ("1970/chad", "1971/chad", "peru")),
        (["a/x/chad.txt", "b/x/chad.txt", "y/chad.txt"], ("a/x/chad", "b/x/chad", "y/chad")),
        (["talks/chad.txt", "talks/chad.md"], ("chad.txt", "chad.md")),
        (["a.b.txt"], ("a.b",)),
    ],
)
@pytest.mark.usefixtures("folder")
def test_names_are_the_shortest_ends_of_paths_that_are_unique(paths, ids):
    assert read([write(path) for path in paths]).ids == ids


# -- text files --------------------------------------------------------------------------------


@given(body=texts().filter(str.strip))
def test_a_text_is_that_of_the_file_to_the_character(tmp_path_factory, body):
    file = write(tmp_path_factory.mktemp("texts") / "a.txt", ("x\r\n" + body))
    assert read(file).texts == ("x\r\n" + body,)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbfcaf\xc3\xa9\r\n", "utf-8"),
        (b"caf\xe9\r\n", "latin-1"),
        ("café\r\n".encode("utf-16"), "utf-16"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_bytes_are_decoded_as_told_without_a_byte_order_mark(data, encoding):
    assert read(write("a.txt", data), encoding=encoding).texts == ("café\r\n",)


DAY = date(2020, 9, 4)


@pytest.mark.parametrize(
    ("text", "docvars", "header"),
    [
        (
            "Title: On Peace\nAuthor: A. Bo\nSource: The Paper\nDate: 2020-09-04\n\nWe agree.",
            {"title": "On Peace", "author": "A. Bo", "source": "The Paper", "date": DAY},
            ["Title: On Peace", "Author: A. Bo", "Source: The Paper", "Date: 2020-09-04"],
        ),
        (
            "\r\n  TITLE : On Peace  \r\nby: A. Bo\r\nWe agree.\r\nSource: none",
            {"title": "On Peace", "author": "A. Bo"},
            ["TITLE : On Peace", "by: A. Bo"],
        ),
        (
            "Published: 2020-09-04\nUpdated: 2021-01-01\nAuthor:\nWe agree.",
            {"date": DAY},
            ["Published: 2020-09-04", "Updated: 2021-01-01", "Author:"],
        ),
        (
            "Title: On Peace\n\n\nDate: 2020-09-04\n\nWe agree.\n\nSource: the river.",
            {"title": "On Peace", "date": DAY},
            ["Title: On Peace", "Date: 2020-09-04"],
        ),
        (
            "Source: " + "x" * 200 + "\n\nWe agree.",
            {"source": "x" * 200},
            ["Source: " + "x" * 200],
        ),
        ("Source: " + "x" * 201 + "\n\nWe agree.", {}, []),
        (
            "Title: On Peace\n\nSource: " + "word " * 80 + "\n\nWe agree.",
            {"title": "On Peace"},
            ["Title: On Peace"],
        ),
        ("Date: 4 September 2020\nx", {"date": DAY}, ["Date: 4 September 2020"]),
        ("Date: September 4, 2020\nx", {"date": DAY}, ["Date: September 4, 2020"]),
        ("Date: 31 June 2020\nx", {"date": "31 June 2020"}, ["Date: 31 June 2020"]),
        ("Date: 4 Brumaire 2020\nx", {"date": "4 Brumaire 2020"}, ["Date: 4 Brumaire 2020"]),
        ("Date: last week\nx", {"date": "last week"}, ["Date: last week"]),
        (
            "Home\n\nOn Peace\n\nBy A. Bo Source: The Paper Updated: 2020-09-04\n\nWe agree.",
            {"title": "On Peace", "author": "A. Bo", "source": "The Paper", "date": DAY},
            ["Home", "On Peace", "By A. Bo Source: The Paper Updated: 2020-09-04"],
        ),
        (
            "By A. Bo Date: 2020-09-04\rWe agree.",
            {"author": "A. Bo", "date": DAY},
            ["By A. Bo Date: 2020-09-04"],
        ),
        (
            "On Peace\nBy Source: The Paper\nWe agree.",
            {"title": "On Peace", "source": "The Paper"},
            ["On Peace", "By Source: The Paper"],
        ),
        ("By the year 2000 all had agreed.\n\nDate: 2020-09-04", {}, []),
        ("On Peace\nBy A. Bo\nWe agree.", {}, []),
        ("We agree.\nSource: The Paper", {}, []),
        ("Titles: two\nWe agree.", {}, []),
        ("1\n2\n3\n4\n5\n6\nBy A. Bo Source: The Paper\nWe agree.", {}, []),
        ("word " * 70 + "\nBy A. Bo Source: The Paper\nWe agree.", {}, []),
    ],
)
def test_the_header_of_a_saved_article(folder, text, docvars, header):
    document = read(write(folder / "a.txt", text))["a"]
    assert document.text == text
    assert dict(document.docvars) == docvars
    assert [text[start:end] for start, end in document.header] == header


@given(
    texts()
    | st.lists(st.sampled_from(["By ", "Source: ", "Date:", "\n", "\r", " ", "x"])).map("".join)
)
def test_header_spans_ascend_and_are_trimmed_lines(text):
    spans = find_header(text).spans
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(spans))


# -- tables and objects ------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_the_rows_of_a_table_are_documents_and_its_other_columns_docvars():
    write("talks.csv", 'year,text,party\r\n1970,"We, ""all"",\r\nagree.",X\r\n\r\n1971,No.,\r\n')
    corpus = read("talks.csv")
    assert corpus.ids == ("talks.1", "talks.2")
    assert corpus.texts == ('We, "all",\r\nagree.', "No.")
    assert corpus.docvars == {"year": ("1970", "1971"), "party": ("X", None)}


@pytest.mark.usefixtures("folder")
def test_the_lines_of_an_object_file_are_documents_and_the_other_fields_docvars():
    rows = [{"text": "We agree.\u2028So", "year": 1970, "tags": ["a"]}, {"text": "No.", "id": 7}]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    for name in ("talks.jsonl", "talks.ndjson"):
        corpus = read(write(name, "\ufeff" + lines.replace("\n", "\r\n\r\n")))
        assert corpus.ids == ("talks.1", "7")
        assert corpus.texts == ("We agree.\u2028So", "No.")
        assert corpus.docvars == {"year": (1970, None), "tags": (["a"], None)}


@pytest.mark.parametrize(
    ("content", "options", "ids", "docvars"),
    [
        ("id,text\na,x\nb,y\n", {}, ("a", "b"), {}),
        ("doc_id,text\na,x\nb,y\n", {}, ("a", "b"), {}),
        ("doc_id,id,text\na,1,x\nb,2,y\n", {}, ("1", "2"), {"doc_id": ("a", "b")}),
        ("id,text,name\n1,x,a\n2,y,b\n", {"id": "name"}, ("a", "b"), {"id": ("1", "2")}),
        ("body,text\nx,a\ny,b\n", {"text": "body"}, ("t.1", "t.2"), {"text": ("a", "b")}),
    ],
)
@pytest.mark.usefixtures("folder")
def test_options_name_the_columns_of_text_and_identifier(content, options, ids, docvars):
    rows = list(csv.DictReader(content.splitlines()))
    write("t.csv", content)
    write("t.jsonl", "\n".join(map(json.dumps, rows)))
    for name in ("t.csv", "t.jsonl"):
        corpus = read(name, **options)
        assert (corpus.ids, corpus.texts, corpus.docvars) == (ids, ("x", "y"), docvars)


@given(st.lists(st.tuples(*[st.text(max_size=8)] * 2), min_size=1, max_size=4))
def test_a_table_that_the_csv_module_wrote_is_read_back(tmp_path_factory, rows):
    file = tmp_path_factory.mktemp("tables") / "t.csv"
    rows = [(f"x{text}", value) for text, value in rows]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("text", "value"), *rows])
    corpus = read(file)
    assert corpus.texts == tuple(text for text, _ in rows)
    assert corpus.docvars["value"] == tuple(value or None for _, value in rows)


@pytest.mark.usefixtures("folder")
def test_a_cell_may_be_larger_than_the_limit_of_the_csv_module_which_stays_as_it_was():
    huge = "word " * 40_000
    write("t.csv", f"text\n{huge}\n")
    before = csv.field_size_limit()
    assert len(huge) > before
    found = []
    threads = [threading.Thread(target=lambda: found.append(read("t.csv").texts)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(huge,)] * 4
    assert csv.field_size_limit() == before


# -- what cannot be read -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "source", "message"),
    [
        (
            {"a.txt": b"caf\xe9 au lait"},
            "a.txt",
            "a.txt: not utf-8: byte 3 .* encoding='cp1252' or",
        ),
        ({"a.txt": b"\xff\xfep\x00"}, "a.txt", "a.txt: not utf-8: byte 0 .* encoding='utf-16'"),
        ({"chad.txt": "x"}, "chat.txt", "chat.txt: no such file .* Did you mean 'chad.txt'"),
        ({}, "talks/chad.txt", "there is no folder 'talks'"),
        ({}, "y" * 5000, r"^y{60}\.\.\.y{60}: no such file or folder"),
        ({}, "y" * 5000 + "/a", r"there is no folder 'y{99}\.$"),
        (
            {"a.txt": "We agree.".encode("utf-16-le")},
            "a.txt",
            "a.txt: not utf-8: .* encoding='utf-16-le'",
        ),
        ({"a.txt": "Café.".encode("utf-16-be")}, "a.txt", "not utf-8: .* encoding='utf-16-be'"),
        (
            {"t.csv": "id;text\n1;x, y\n"},
            "t.csv",
            r"line 1: has the one column 'id;text': .*';', not at ','. Pass delimiter=';'",
        ),
        ({"t.csv": "id\ttext\n1\tx\n"}, "t.csv", r"delimiter='\\t'"),
        ({"a.txt": "x"}, "*.csv", r"\*.csv: no file matches this pattern"),
        ({"t/a.png": "x"}, "t", "t: the folder has no files that end in .arrow, .csv, "),
        ({"a.png": "x"}, "a.png", "a.png: files that end in '.png' cannot be read; those in .txt"),
        ({"a.png": "x"}, "*", "a.png: files that end in '.png' cannot be read"),
        ({"speech": "x"}, "speech", "speech: files that end in '' cannot be read"),
        ({"a.txt": ""}, "a.txt", "a.txt: has no text.$"),
        ({"a.txt": "\ufeff \n"}, "a.txt", "a.txt: has no text.$"),
        ({"a.txt": "Title: On Peace\n\n"}, "a.txt", "has no text below its header lines"),
        ({"t.csv": ""}, "t.csv", "t.csv: has no text"),
        ({"t.csv": "text\n"}, "t.csv", "t.csv: has no rows below its header"),
        (
            {"t.csv": "txt,year\nx,1\n"},
            "t.csv",
            "line 1: no field 'text'; there are: 'txt', 'year'. Did you mean 'txt'.* Pass text=",
        ),
        (
            {"t.csv": "text,text\nx,y\n"},
            "t.csv",
            "line 1: columns must be unique; repeated: 'text'",
        ),
        ({"t.csv": "text,y\nx,1\nx\n"}, "t.csv", "line 3: has 1 cells where the header has 2"),
        ({"t.csv": 'text,y\n"x\nx",1\nx,1,2\n'}, "t.csv", "line 4: has 3 cells where"),
        ({"t.csv": 'text\n"x"y\n'}, "t.csv", "line 2: not well-formed: ',' expected after '\"'"),
        ({"t.csv": 'text\nx\n"y\nz'}, "t.csv", "line 3: not well-formed: unexpected end of data"),
        ({"t.csv": "text,y\nx,1\n ,2\n"}, "t.csv", "line 3: 'text' has no text"),
        ({"t.csv": "id,text\na,x\n,y\n"}, "t.csv", "line 3: the identifier 'id' must be a string"),
        ({"t.csv": "id,text\na,x\na,y\n"}, "t.csv", "t.csv: the identifier 'a' occurs twice"),
        ({"t.jsonl": " \n"}, "t.jsonl", "t.jsonl: has no text"),
        (
            {"t.jsonl": '{"text": "x"}\n\n{"text":'},
            "t.jsonl",
            r"line 3: not JSON: Expecting value at column 9\.$",
        ),
        ({"t.jsonl": '["x"]'}, "t.jsonl", "line 1: must be a JSON object; got list"),
        ({"t.jsonl": '{"txt": "x"}'}, "t.jsonl", "line 1: no field 'text'; .* Did you mean 'txt'"),
        ({"t.jsonl": "{}"}, "t.jsonl", "line 1: no field 'text'; there are: none"),
        ({"t.jsonl": '{"text": 7}'}, "t.jsonl", "line 1: 'text' must be a string; got int"),
        ({"t.jsonl": '{"text": null}'}, "t.jsonl", "line 1: 'text' has no text"),
        ({"t.jsonl": '{"text": NaN}'}, "t.jsonl", "line 1: 'text' has no text"),
        (
            {"t.jsonl": '{"text": "x", "text": "y"}'},
            "t.jsonl",
            "not JSON: the key 'text' is repeat",
        ),
        ({"t.jsonl": "[" * 100_000}, "t.jsonl", "line 1: not JSON: it is nested too deeply"),
        ({"t.jsonl": '{"text": "x", "id": true}'}, "t.jsonl", "a string or an integer; got True"),
    ],
)
def test_an_error_names_file_place_and_reason(folder, files, source, message):
    for name, content in files.items():
        write(folder / name, content)
    with pytest.raises(ReadError, match=message) as caught:
        read(source)
    assert caught.value.source
    for on_error in ("warn", "skip"):
        write(folder / "good.md")
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            corpus = read([source, "good.md"], on_error=on_error)
        assert "good" in corpus.ids
        assert len(told) == (on_error == "warn")


@pytest.mark.parametrize("option", ["text", "id"])
@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
@pytest.mark.usefixtures("folder")
def test_a_field_that_an_option_names_must_be_there(name, option):
    write("t.csv", "text,speech\nx,y\n")
    write("t.jsonl", '{"text": "x", "speech": "y"}')
    message = f"line 1: no field 'speach'; .* Did you mean 'speech'.* Pass {option}="
    with pytest.raises(ReadError, match=message):
        read(name, **{option: "speach"})


@pytest.mark.parametrize(
    ("source", "options", "message"),
    [
        ("a.txt", {"on_error": "ignore"}, "on_error must be one of 'raise', 'warn', 'skip'"),
        ("a.txt", {"encoding": "utf-99"}, "encoding must be the name of .* got 'utf-99'"),
        ("a.txt", {"encoding": "hex"}, "encoding must be the name of .* got 'hex'"),
        ("a.txt", {"encoding": None}, "encoding must be the name of .* got None"),
        ("a.txt", {"encoding": "\0"}, "encoding must be the name of .* got"),
        ([], {}, r"source must be a path, a folder, .* that is not empty; got \[\]"),
        (b"a.txt", {}, "source must be a path, .* got b'a.txt'"),
        (7, {}, "source must be a path, .* got 7"),
        (["a.txt", 7], {}, "source must be a path, .* got"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_an_option_that_is_not_allowed_is_refused(source, options, message):
    write("a.txt")
    with pytest.raises(OptionError, match=message):
        read(source, **options)


@pytest.mark.usefixtures("folder")
def test_a_file_that_cannot_be_opened_is_named():
    with pytest.raises(ReadError, match="cannot be opened: No such file"):
        File(Path("gone.txt"), "gone").decode("utf-8")


# -- one bad file never loses the others -------------------------------------------------------


def mixed():
    """Write a folder with good and bad files, and return the identifiers of what is good."""
    write("t/a.txt")
    write("t/bad.txt", b"\xff")
    write("t/c.csv", 'id,text\n1,x\n2\n3,\n4,"y"z\n5,w\n')
    write("t/d.jsonl", '{"text": "x"}\n{"text": 7}\noops\n{"text": "y"}')
    return ("a", "1", "5", "d.1", "d.4")


@pytest.mark.usefixtures("folder")
def test_bad_files_and_rows_may_be_skipped():
    good = mixed()
    assert read("t", on_error="skip").ids == good


@pytest.mark.usefixtures("folder")
def test_what_was_left_out_is_listed_in_one_warning_at_the_line_of_the_caller():
    good = mixed()
    with pytest.warns(UserWarning) as told:  # noqa: PT030 - the message is looked at below
        corpus = read("t", on_error="warn")
    assert corpus.ids == good
    assert [w.filename for w in told] == [__file__]
    message = str(told[0].message)
    assert message.startswith("read 5 document(s), left out 6:")
    for place in ("bad.txt: not utf-8", "c.csv: line 3", "line 4", "line 5", "d.jsonl: line 2"):
        assert place in message


@pytest.mark.usefixtures("folder")
def test_a_long_list_of_what_was_left_out_is_cut():
    write("a.txt")
    write("t.csv", "text,x\n" + "x\n" * 30 + "y,1\n")
    with pytest.warns(UserWarning, match=r"left out 30:(.|\n)*and 20 more$"):
        assert read(["a.txt", "t.csv"], on_error="warn").ids == ("a", "t.31")


@pytest.mark.usefixtures("folder")
def test_a_row_that_is_left_out_does_not_change_the_names_of_the_others():
    write("t.csv", 'text,year\nx,1\n"y"z,2\ny\nw,3\n')
    assert read("t.csv", on_error="skip").ids == ("t.1", "t.4")


@pytest.mark.usefixtures("folder")
def test_no_row_of_a_table_is_taken_for_its_malformed_header():
    write("t.csv", 'id,"text"s\nid,text\nb,y\n')
    with pytest.raises(ReadError, match="line 1: not well-formed"):
        read("t.csv", on_error="skip")


@pytest.mark.parametrize("on_error", ["raise", "warn", "skip"])
@pytest.mark.usefixtures("folder")
def test_it_is_an_error_if_nothing_is_left(on_error):
    write("bad.txt", b"\xff")
    write("worse.txt", b"\xff")
    with pytest.raises(ReadError, match=r"bad\.txt: not utf-8"):
        read(["bad.txt", "worse.txt"], on_error=on_error)


@pytest.mark.usefixtures("folder")
def test_a_field_is_named_by_a_string():
    write("t.jsonl", '{"text": "x"}')
    with pytest.raises(ReadError, match="no field None"):
        read("t.jsonl", text=None)


def test_a_tilde_stands_for_the_home_folder(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    write("talks/a.txt")
    write("t.csv", "word,count\np,1\n")
    write("mine.toml", '[categories.x]\npatterns = ["peace"]\n')
    assert read("~/talks").ids == read(["~/talks/*.txt"]).ids == ("a",)
    assert read_counts("~/t.csv").features == ("p",)
    assert load_lexicon("~/mine.toml").name == "mine"


# -- counts ------------------------------------------------------------------------------------


def count_file(documents, **fields):
    return json.dumps({"format": "discourse-counts", "version": 1, "documents": documents} | fields)


@pytest.mark.usefixtures("folder")
def test_a_count_file_becomes_a_matrix_of_its_features_as_they_stand():
    documents = [
        {"id": "b", "docvars": {"year": 1970}, "counts": {"war": 2, "Peace": 1, "of law": 0}},
        {"id": "a", "counts": {"peace": 3}},
        {"id": "c", "docvars": {"party": "X"}, "counts": {}},
    ]
    dfm = read_counts(write("t.json", count_file(documents, note="any")))
    assert (dfm.docs, dfm.features) == (("b", "a", "c"), ("Peace", "of law", "peace", "war"))
    assert dfm.counts.toarray().tolist() == [[1, 0, 0, 2], [0, 0, 3, 0], [0, 0, 0, 0]]
    assert dfm.counts.nnz == 3
    assert dfm.docvars == {"year": (1970, None, None), "party": (None, None, "X")}


@pytest.mark.usefixtures("folder")
def test_a_docvar_that_is_not_a_number_is_none():
    file = write("t.json", count_file([{"id": "a", "docvars": {"p": float("nan")}, "counts": {}}]))
    assert read_counts(file).docvars == {"p": (None,)}


def test_counts_are_read_from_a_path_alone():
    with pytest.raises(OptionError, match="path must be a str or a path; got NoneType"):
        read_counts(None)


@pytest.mark.usefixtures("folder")
def test_a_frequency_list_is_one_document():
    dfm = read_counts(write("speech.csv", 'count,word,rank\r\n3,peace,1\r\n1,"a, b",2\r\n'))
    assert (dfm.docs, dfm.features) == (("speech",), ("a, b", "peace"))
    assert dfm.counts.toarray().tolist() == [[1, 3]]


@pytest.mark.usefixtures("folder")
def test_counts_can_be_read_again_and_verified():
    file = write("speech.csv", "word,count\npeace,3\n")
    dfm = read_counts(file)
    assert dfm.verify(file)
    assert dict(dfm.record.parameters) == {"file": "speech.csv"}
    write("speech.csv", "word,count\npeace,4\n")
    with pytest.raises(ValueError, match="counts is not the one"):
        dfm.verify(file)


ONE = {"id": "a", "counts": {"p": 1}}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.txt", "x", r"from \.csv, \.tsv, \.json and \.mtx files; this one ends in '.txt'"),
        ("t.json", "{", "t.json: not JSON: Expecting"),
        ("t.json", "[]", r"the file must be a JSON object; got \[\]"),
        ("t.json", "{}", "not a count file: \"format\" must be 'discourse-counts'; got None"),
        ("t.json", count_file([ONE], version=2), '"version" must be 1; got 2'),
        ("t.json", count_file([]), '"documents" must be a list that is not empty'),
        ("t.json", count_file({}), '"documents" must be a list that is not empty'),
        ("t.json", count_file(["a"]), "document 1 must be a JSON object; got 'a'"),
        ("t.json", count_file([ONE, {"counts": {}}]), 'document 2: "id" must be a string'),
        ("t.json", count_file([{"id": 7, "counts": {}}]), '"id" must be a string .* got 7'),
        ("t.json", count_file([{"id": "a"}]), '"counts" of document 1 must be a JSON object'),
        ("t.json", count_file([ONE | {"docvars": []}]), '"docvars" of document 1 must be a JSON'),
        ("t.json", count_file([ONE, ONE]), "document ids must be unique; repeated: 'a'"),
        ("t.json", count_file([{"id": "a", "counts": {"": 1}}]), "a feature must not be empty"),
        *(
            (
                "t.json",
                count_file([{"id": "a", "counts": {"p": bad}}]),
                r"document 1: the count of 'p' must be an integer from 0 to 2\*\*53; got ",
            )
            for bad in (-1, 1.0, "1", True, None, 2**53 + 1)
        ),
        (
            "t.json",
            count_file([ONE]).replace('"p": 1', '"p": 1, "p": 2'),
            "not JSON: the key 'p' is repeated",
        ),
        ("t.csv", "", "t.csv: has no text"),
        ("t.csv", "words,count\np,1\n", "it has no column 'word'; .* Did you mean 'words'"),
        ("t.csv", "word,count\np,1\nq\n", "line 3: has 1 cells where the header has 2"),
        ("t.csv", "word,count\np,1\np,2\n", "line 3: the count of 'p' in 't' is repeated"),
        ("t.csv", "word,count\n,1\n", "line 2: a feature must not be empty"),
        *(
            ("t.csv", f"word,count\np,{bad}\n", "line 2: the count of 'p' must be an integer")
            for bad in ("-1", "1.0", "x", "", "²", "9" * 16, "9" * 5000)
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_file_of_counts_that_is_not_one_is_refused(name, content, message):
    with pytest.raises(ReadError, match=message):
        read_counts(write(name, content))


# -- real files --------------------------------------------------------------------------------


def test_the_header_of_a_page_that_was_saved_from_the_web_is_found(real_data):
    (document,) = read(real_data / "seeds")
    assert document.docvars["author"] == "Song Tao"
    assert document.docvars["source"] == "People's Daily Online"
    assert document.docvars["date"] == DAY
    assert document.docvars["title"].startswith("Working hard")
    assert len(document.header) == 3
    assert document.segments("paragraph")[3].kind == "text"


@pytest.mark.parametrize(
    ("name", "n", "first", "docvar"),
    [
        ("us-inaugural/addresses.jsonl", 60, "1789-Washington", ("year", 1789)),
        ("irish-budget-2010/speeches.jsonl", 14, "Lenihan, Brian (FF)", ("party", "FF")),
    ],
)
def test_a_published_corpus_is_read_with_its_identifiers_and_docvars(
    real_data, name, n, first, docvar
):
    corpus = read(real_data / "data" / name)
    assert (len(corpus), corpus.ids[0]) == (n, first)
    column, value = docvar
    assert corpus[first].docvars[column] == value


@pytest.mark.parametrize("file", sorted((seeds_.path() / "counts").glob("*.json")), ids=str)
def test_every_count_file_that_comes_along_can_be_read(file):
    dfm = read_counts(file)
    assert dfm.totals.all()
    assert dfm.verify(file)


def test_every_sample_that_comes_along_has_its_header():
    corpus = read(seeds_.path() / "samples")
    for document in corpus:
        assert document.docvars.keys() == {"title", "author", "source", "date"}
        assert isinstance(document.docvars["date"], date)
        assert len(document.header) == 4
