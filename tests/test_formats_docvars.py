"""Typed docvars: from columns, fields and the names of files."""

import csv
import datetime as dt
import json
from pathlib import PurePath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import OptionError, ReadError
from discourse.reading import read, stream
from discourse.reading.docvars import typed
from discourse.reading.filenames import NamePattern
from strategies import texts

DAY = dt.date(2020, 9, 4)


def docvars(path, **options):
    """Return the docvars of the documents of a file."""
    return [dict(document.docvars) for document in read(path, **options)]


# -- kinds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("1970", "int", 1970),
        (" -3 ", "int", -3),
        ("1970.0", "int", 1970),
        (1970.0, "int", 1970),
        (1970, "float", 1970.0),
        ("2.5e3", "float", 2500.0),
        (".5", "float", 0.5),
        ("TRUE", "bool", True),
        ("no", "bool", False),
        (1, "bool", True),
        ("2020-09-04", "date", DAY),
        ("20200904", "date", DAY),
        ("4 September 2020", "date", DAY),
        ("September 4, 2020", "date", DAY),
        ("2020-09-04T23:59:00+02:00", "date", DAY),
        (dt.datetime(2020, 9, 4, 23, 59, tzinfo=dt.UTC), "date", DAY),
        (DAY, "date", DAY),
        (7, "str", "7"),
        (" x ", "str", " x "),
        *((missing, kind, None) for missing in ("", " ", None, np.nan) for kind in ("int", "date")),
    ],
)
def test_a_value_is_read_as_the_kind_that_was_asked_for(value, kind, expected):
    got = typed(value, kind)
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize(
    ("value", "kind", "called"),
    [
        ("x", "int", "a whole number"),
        ("2.5", "int", "a whole number"),
        (True, "int", "a whole number"),
        ("1_000", "int", "a whole number"),
        ("٣", "int", "a whole number"),
        ("9" * 5000, "int", "a whole number"),
        ("1,5", "float", "a number"),
        ("nan", "float", "a number"),
        ("maybe", "bool", "true, false"),
        (2, "bool", "true, false"),
        ("2020-02-30", "date", "a date"),
        ("04.09.2020", "date", "a date"),
        ("last week", "date", "a date"),
    ],
)
def test_a_value_of_another_kind_is_refused(value, kind, called):
    with pytest.raises(ValueError, match=f"must be {called}.*; got '"):
        typed(value, kind)


@given(value=st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans())
def test_what_is_written_is_read_back(value):
    kind = type(value).__name__
    assert typed(repr(value), kind) == value


@given(value=st.dates())
def test_days_are_read_back_from_both_forms_of_the_norm(value):
    assert typed(value.isoformat(), "date") == value
    assert typed(value.strftime("%Y%m%d").rjust(8, "0"), "date") == value


# -- columns and fields --------------------------------------------------------------------------


@pytest.mark.parametrize("kinds", [{"year": "int", "day": "date"}, {"year": int, "day": dt.date}])
def test_docvars_are_typed_in_tables_and_objects(tmp_path, kinds):
    csv, jsonl = tmp_path / "t.csv", tmp_path / "t.jsonl"
    csv.write_text("text,year,day,note\nx,1970,2020-09-04,1\ny,,,\n")
    rows = [{"text": "x", "year": "1970", "day": "2020-09-04", "note": "1"}, {"text": "y"}]
    jsonl.write_text("\n".join(map(json.dumps, rows)))
    first = {"year": 1970, "day": DAY, "note": "1"}
    assert docvars(csv, docvars=kinds) == [first, dict.fromkeys(first)]
    assert docvars(jsonl, docvars=kinds) == [first, {}]
    assert [dict(d.docvars) for d in stream(csv, docvars=kinds)] == docvars(csv, docvars=kinds)


def test_header_lines_are_typed_too(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Title: 1984\nDate: 2020-09-04\n\nWe agree.")
    assert docvars(path, docvars={"title": "int"}) == [{"title": 1984, "date": DAY}]


def test_a_cell_of_another_kind_is_an_error_of_its_line_or_left_out(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("text,year\nx,1970\ny,soon\nz,1971\n")
    message = r"t.csv: line 3: the docvar 'year' must be a whole number; got 'soon'"
    with pytest.raises(ReadError, match=message):
        read(path, docvars={"year": "int"})
    kept = docvars(path, docvars={"year": "int"}, on_error="skip")
    assert kept == [{"year": 1970}, {"year": 1971}]


def test_a_docvar_that_no_document_has_is_an_error(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("text,year\nx,1970\n")
    with pytest.raises(OptionError, match=r"unknown docvar 'yaer'\. Did you mean 'year'"):
        read(path, docvars={"yaer": "int"})


@pytest.mark.parametrize(
    ("options", "name", "message"),
    [
        ({"docvars": {"year": "integer"}}, "docvars['year']", "must be one of 'str', 'int'.*'int'"),
        ({"docvars": {"year": list}}, "docvars['year']", "got 'list'"),
        ({"docvars": ["year"]}, "docvars", "must map names to kinds"),
        ({"names": 3}, "names", "it must be a str; got 3"),
        ({"names": "talk.txt"}, "names", "it has no field"),
        ({"names": "{}.txt"}, "names", "a field needs a name"),
        ({"names": "{a!r}.txt"}, "names", "a field needs a name and no conversion"),
        ({"names": "{a"}, "names", "expected '}'"),
        ({"names": "{a}_{a}"}, "names", "fields must be unique; repeated: 'a'"),
        ({"names": "{year:integer}"}, "names: the kind of 'year'", "got 'integer'"),
        ({"delimiter": ""}, "delimiter", "must be one character"),
        ({"delimiter": ";;"}, "delimiter", "must be one character, such as ';'.*; got ';;'"),
        ({"delimiter": "\n"}, "delimiter", "must be one character"),
        ({"delimiter": 3}, "delimiter", "must be one character"),
    ],
)
def test_options_are_checked_before_a_file_is_opened(options, name, message):
    for verb in (read, stream):
        with pytest.raises(OptionError, match=message) as caught:
            verb("nowhere.txt", **options)
        assert caught.value.name == name


# -- names of files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("{country}_{year:int}.txt", "a/chad_1970.txt", {"country": "chad", "year": 1970}),
        (
            "{country}_{year:int}",
            "south_africa_1970.txt",
            {"country": "south_africa", "year": 1970},
        ),
        ("{country}/{year:int}.txt", "x/chad/1970.txt", {"country": "chad", "year": 1970}),
        ("{day:date}-{who}", "2020-09-04-bo.pdf", {"day": DAY, "who": "bo"}),
        ("{day:date}", "20200904.pdf", {"day": DAY}),
        ("v{n:float}", "v1.5.txt", {"n": 1.5}),
        ("{a}({b})", "x(y).txt", {"a": "x", "b": "y"}),
        ("{{{a}}}", "{x}.txt", {"a": "x"}),
    ],
)
def test_a_pattern_takes_docvars_from_a_name(pattern, path, expected):
    assert NamePattern(pattern).docvars(PurePath(path)) == expected


@pytest.mark.parametrize("packing", ["", ".gz"])
def test_names_give_docvars_to_every_document_of_a_file(tmp_path, packing):
    import gzip

    data = b"text,x\nWe agree.,1\nThey do not.,2\n"
    path = tmp_path / f"chad_1970.csv{packing}"
    path.write_bytes(gzip.compress(data) if packing else data)
    given_ = {"country": "chad", "year": 1970}
    expected = [{**given_, "x": "1"}, {**given_, "x": "2"}]
    assert docvars(path, names="{country}_{year:int}.csv") == expected


def test_names_in_an_archive_give_docvars(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("talks/chad/1970.txt", "We agree.")
    expected = [{"country": "chad", "year": 1970}]
    assert docvars(tmp_path / "all.zip", names="{country}/{year:int}") == expected


def test_a_name_of_another_form_is_an_error_of_the_file_or_left_out(tmp_path):
    for name in ("chad_1970.txt", "notes.txt"):
        (tmp_path / name).write_text("We agree.")
    pattern = "{country}_{year:int}.txt"
    message = r"notes.txt: the name 'notes.txt' is not of the form '{country}_{year:int}.txt'"
    with pytest.raises(ReadError, match=message):
        read(tmp_path, names=pattern)
    assert read(tmp_path, names=pattern, on_error="skip").ids == ("chad_1970",)


def test_a_docvar_of_the_name_that_is_in_the_file_too_is_an_error(tmp_path):
    path = tmp_path / "1970.csv"
    path.write_text("text,year\nx,1971\n")
    with pytest.raises(ReadError, match="line 2: the docvar 'year' is in the file too"):
        read(path, names="{year:int}")


@given(
    country=st.text("abc_-. ()", min_size=1).filter(lambda name: name.strip() == name),
    year=st.integers(0, 9999),
)
def test_names_that_a_pattern_made_are_read_back(country, year):
    path = PurePath(f"{country}_{year}.txt")
    assert NamePattern("{c}_{y:int}.txt").docvars(path) == {"c": country, "y": year}


# -- delimiters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ";"), (".tsv", "|"), (".csv", "\t")])
def test_a_delimiter_may_be_named(tmp_path, suffix, delimiter):
    path = tmp_path / f"t{suffix}"
    path.write_text(f'text{delimiter}year\n"x, {delimiter} y"{delimiter}1970\n')
    (document,) = read(path, delimiter=delimiter)
    assert (document.text, dict(document.docvars)) == (f"x, {delimiter} y", {"year": "1970"})


@pytest.mark.parametrize(("suffix", "own"), [(".csv", ","), (".tsv", "\t")])
def test_a_table_of_another_delimiter_names_the_option(tmp_path, suffix, own):
    for other in {",", ";", "\t", "|"} - {own}:
        path = tmp_path / f"t{suffix}"
        path.write_text(f"text{other}year\nx{other}1970\n")
        with pytest.raises(ReadError) as caught:
            read(path)
        assert str(caught.value).endswith(f"not at {own!r}. Pass delimiter={other!r}.")
        assert read(path, delimiter=other).texts == ("x",)


@given(cells=st.lists(texts().filter(str.strip), min_size=1, max_size=4))
@pytest.mark.parametrize(("suffix", "delimiter"), [(".tsv", None), (".csv", ";"), (".csv", "|")])
def test_texts_come_back_from_tables_to_the_character(tmp_path_factory, suffix, delimiter, cells):
    path = tmp_path_factory.mktemp("tables") / f"t{suffix}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter or "\t")
        writer.writerows([["text", "x"], *([cell, "1"] for cell in cells)])
    assert read(path, delimiter=delimiter).texts == tuple(cells)
