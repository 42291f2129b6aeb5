"""What each format holds beside its text, and what is refused."""

import datetime as dt
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import ReadError
from discourse.reading import estimate, read, stream
from discourse.reading.records import ID_COLUMNS
from strategies import texts
from test_formats import CASES, arrow, docx, html, pa, parquet, pdf, pypdf, tei, word

DAY = dt.date(2020, 9, 4)


def put(folder, name, data):
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def refused(folder, name, data, message, **options):
    """Check that a file is refused with this message."""
    path = put(folder, name, data)
    with pytest.raises(ReadError, match=message) as caught:
        read(path, **options)
    assert str(caught.value).startswith(f"{path}: ")


written = st.lists(texts().filter(str.strip), min_size=1, max_size=3)


# -- JSON ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ([{"text": "x", "n": 1}, {"text": "y", "n": 2}], ("t.1", "t.2")),
        ([{"text": "x", "n": 1, "id": 7}, {"text": "y", "n": 2, "id": "b"}], ("7", "b")),
        ({"about": "z", "rows": [{"text": "x", "n": 1}, {"text": "y", "n": 2}]}, ("t.1", "t.2")),
        ({"a": {"text": "x", "n": 1}, "b": {"text": "y", "n": 2}}, ("a", "b")),
        ({"a": {"text": "x", "n": 1, "id": 7}, "b": {"text": "y", "n": 2}}, ("7", "b")),
    ],
)
def test_json_is_a_list_an_object_with_one_or_objects_by_identifier(tmp_path, value, ids):
    corpus = read(put(tmp_path, "t.json", json.dumps(value, indent=1)))
    assert (corpus.ids, corpus.texts) == (ids, ("x", "y"))
    assert [dict(document.docvars) for document in corpus] == [{"n": 1}, {"n": 2}]


def test_a_json_object_with_a_text_is_one_document(tmp_path):
    (document,) = read(put(tmp_path, "t.json", '{"text": "x", "notes": [{"by": "a"}]}'))
    assert (document.id, document.text, document.docvars["notes"]) == ("t", "x", [{"by": "a"}])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "has no documents: .* got an empty list"),
        ("{}", "has no documents: .* got {}"),
        ("3", "has no documents: .* got one int"),
        ('{"a": [{"x": 1}], "b": [{"x": 1}]}', "got an object with the keys 'a', 'b'"),
        ("[3]", "object 't.1': must be a JSON object; got int"),
        ('[{"text": "x"}, {"txt": "y"}]', "object 't.2': no field 'text'; .* Did you mean 'txt'"),
        ('{"a": {"text": 3}}', "object 'a': 'text' must be a string; got int"),
        ("[" * 100_000, "not JSON: it is nested too deeply"),
        ('[{"text": "x", "text": "y"}]', "not JSON: the key 'text' is repeated"),
        ('[\n{"text": "x"}\n3]', "not JSON: .* at line 3, column 1"),
    ],
)
def test_json_of_another_form_is_refused(tmp_path, content, message):
    refused(tmp_path, "t.json", content, message)


@given(own=written)
def test_texts_come_back_from_json_to_the_character(tmp_path_factory, own):
    value = [{"text": text} for text in own]
    path = put(tmp_path_factory.mktemp("json"), "t.json", json.dumps(value))
    assert read(path).texts == tuple(own)


# -- Parquet and Arrow ---------------------------------------------------------------------------

TYPED = {
    "text": ["x", "y"],
    "year": [1970, None],
    "share": [0.5, float("nan")],
    "held": [True, False],
    "day": [DAY, None],
    "at": [dt.datetime(2020, 9, 4, 12, 30, tzinfo=dt.UTC), None],
    "tags": [["a"], []],
}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("t.parquet", parquet),
        ("t.arrow", arrow),
        ("t.feather", arrow),
        ("t.arrow", lambda **own: arrow(pa.ipc.new_stream, **own)),
    ],
)
def test_docvars_have_the_types_of_their_columns(tmp_path, name, make):
    first, second = read(put(tmp_path, name, make(**TYPED)))
    assert dict(first.docvars) == {key: own[0] for key, own in TYPED.items() if key != "text"}
    expected = {"year": None, "share": None, "held": False, "day": None, "at": None, "tags": []}
    assert dict(second.docvars) == expected


@pytest.mark.parametrize("id", ID_COLUMNS)
def test_a_column_names_the_documents(tmp_path, id):  # noqa: A002 - as the option
    path = put(tmp_path, "t.parquet", parquet(**{id: [7, 8], "text": ["x", "y"]}))
    assert read(path).ids == ("7", "8")


def test_texts_may_be_a_dictionary_or_large(tmp_path):
    column = pa.array(["x", "y"])
    views = pa.array(["x", "y"], pa.string_view())
    for own in (column.dictionary_encode(), column.cast("large_string"), views):
        assert read(put(tmp_path, "t.arrow", arrow(text=own))).texts == ("x", "y")


def test_a_row_that_cannot_be_read_may_be_left_out(tmp_path):
    path = put(tmp_path, "t.parquet", parquet(text=["x", None, " ", "y"]))
    assert read(path, on_error="skip").ids == ("t.1", "t.4")
    with pytest.raises(ReadError, match=r"t.parquet: row 2: 'text' has no text"):
        read(path)


@pytest.mark.parametrize("make", [parquet, arrow])
def test_large_tables_are_read_in_parts(tmp_path, make):
    own = [f"talk {n}" for n in range(2500)]
    name = "t.parquet" if make is parquet else "t.arrow"
    path = put(tmp_path, name, make(text=own))
    assert read(path).texts == tuple(own)
    told = []
    documents = iter(stream(path).documents(told.append))
    next(documents)
    assert 0 < sum(told) < path.stat().st_size / 2
    assert len(list(documents)) == len(own) - 1
    assert sum(told) == path.stat().st_size


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"text": [1, 2]}, "the column 'text' holds int64, not strings. Pass text="),
        ({"text": [b"x"]}, "the column 'text' holds binary, not strings"),
        ({"txt": ["x"]}, "its schema: no field 'text'; there are: 'txt'. Did you mean 'txt'"),
        ({"text": pa.array([], "string")}, "has no rows"),
    ],
)
def test_tables_without_texts_are_refused(tmp_path, own, message):
    refused(tmp_path, "t.parquet", parquet(**own), message)
    refused(tmp_path, "t.arrow", arrow(**own), message)


def test_damaged_offsets_do_not_lead_out_of_the_memory_of_the_file(tmp_path):
    own = pa.table({"id": ["a", "b"], "text": ["agree", "doubt"]})
    offsets, data = (
        b"\5\0\0\0\n\0\0\0",
        arrow(**dict(zip(own.column_names, own.columns, strict=True))),
    )
    assert data.count(offsets) == 1
    damaged = data.replace(offsets, b"\5\0\0\0\xff\xff\xff\x7f")
    refused(tmp_path, "t.arrow", damaged, "part 1 cannot be read")


def test_a_name_of_a_column_that_is_no_text_is_refused(tmp_path):
    data = arrow(text=["x"], note=["y"])
    refused(tmp_path, "t.arrow", data.replace(b"note", b"no\xff\xff"), "its schema cannot be read")


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    sink = io.BytesIO()
    own = pa.table([["x"], ["y"]], names=["text", "text"])
    with pa.ipc.new_file(sink, own.schema) as writer:
        writer.write_table(own)
    refused(tmp_path, "t.arrow", sink.getvalue(), "columns must be unique; repeated: 'text'")


@given(own=written)
def test_texts_come_back_from_arrow_to_the_character(tmp_path_factory, own):
    folder = tmp_path_factory.mktemp("arrow")
    assert read(put(folder, "t.arrow", arrow(text=own))).texts == tuple(own)
    assert read(put(folder, "t.parquet", parquet(text=own))).texts == tuple(own)


# -- web pages -----------------------------------------------------------------------------------

HEAD = (
    "<title>On Peace - The Paper</title><meta name='author' content='Ann Bo'>"
    "<meta property='article:published_time' content='2020-09-04T10:00:00Z'>"
)


def test_a_page_gives_its_title_author_and_day(tmp_path):
    (document,) = read(put(tmp_path, "talk.html", html(HEAD)))
    assert document.id == "talk"
    assert dict(document.docvars) == {"title": "On Peace", "author": "Ann Bo", "date": DAY}
    assert "Home" not in document.text
    assert "Imprint" not in document.text


def test_a_page_in_another_encoding_says_which(tmp_path):
    page = html().replace(b"utf-8", b"windows-1252").decode().encode("cp1252")
    message = "not utf-8. The page says: encoding='cp1252'."
    refused(tmp_path, "talk.html", page, message)
    path = tmp_path / "talk.html"
    assert "señor" in read(path, encoding="cp1252").texts[0]


@pytest.mark.parametrize("declared", [b"utf-8", b"nonsense", b"\xff"])
def test_a_page_that_declares_nothing_else_says_which_byte_does_not_decode(tmp_path, declared):
    page = html().replace(b"utf-8", declared) + b"\xff"
    refused(tmp_path, "talk.html", page, "not utf-8: byte")


@pytest.mark.parametrize(
    "page", ["<html></html>", "<nav><a href='/'>Home</a></nav>", "\0<", "<!--"]
)
def test_a_page_without_a_main_text_is_refused(tmp_path, page):
    refused(tmp_path, "talk.html", page, "the page has no main text|null characters")


# -- PDF -----------------------------------------------------------------------------------------


def test_a_pdf_is_a_document_a_page_and_pages_without_text_are_passed_over(tmp_path):
    path = put(tmp_path, "plan.pdf", pdf("We agree.", "", "They (all) do not."))
    first, last = read(path)
    assert (first.id, last.id) == ("plan.1", "plan.3")
    assert (first.text, last.text) == ("We agree.", "They (all) do not.")
    assert dict(first.docvars) == {"page": 1, "pages": 3}
    assert dict(last.docvars) == {"page": 3, "pages": 3}


def test_a_word_that_was_divided_to_set_it_is_joined_and_lines_stay_lines(tmp_path):
    page = "We all agree, inter-\nnational and Anglo-\nSaxon, in 1914-\n1918 -\nas said."
    (text,) = read(put(tmp_path, "plan.pdf", pdf(page))).texts
    assert text == page.replace("inter-\nnational", "international")


def test_a_pdf_without_pages_is_refused(tmp_path):
    data = pdf("x").replace(b"/Count 1 /Kids [5 0 R]", b"/Count 0 /Kids [     ]")
    refused(tmp_path, "plan.pdf", data, "has no pages")


def rewritten(data, change):
    """Return a PDF file after a change by pypdf's writer."""
    writer, sink = pypdf.PdfWriter(io.BytesIO(data)), io.BytesIO()
    change(writer)
    writer.write(sink)
    return sink.getvalue()


def test_a_pdf_gives_its_title_and_author(tmp_path):
    about = {"/Title": "On Peace", "/Author": "Ann Bo"}
    data = rewritten(pdf("We agree."), lambda writer: writer.add_metadata(about))
    (document,) = read(put(tmp_path, "plan.pdf", data))
    assert dict(document.docvars) == {
        "title": "On Peace",
        "author": "Ann Bo",
        "page": 1,
        "pages": 1,
    }


def test_a_pdf_without_text_asks_for_character_recognition(tmp_path):
    refused(tmp_path, "plan.pdf", pdf("", ""), r"none of its 2 page\(s\) has text: .*OCR")


def test_a_pdf_that_needs_a_password_is_refused_and_one_that_only_forbids_is_read(tmp_path):
    def encrypt(user):
        return rewritten(pdf("We agree."), lambda w: w.encrypt(user, "owner", algorithm="RC4-128"))

    refused(tmp_path, "plan.pdf", encrypt("secret"), "is encrypted: save a copy")
    assert read(put(tmp_path, "plan.pdf", encrypt(""))).texts == ("We agree.",)


# -- Word ----------------------------------------------------------------------------------------


def test_a_word_file_gives_paragraphs_and_tables_in_order_and_what_it_says_of_itself(tmp_path):
    opened, sink = docx.Document(), io.BytesIO()
    opened.add_heading("On Peace", 1)
    run = opened.add_paragraph("We\tagree").add_run("\nto it.")
    table = opened.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    opened.add_paragraph("The end.")
    about = opened.core_properties
    about.title, about.author = "On Peace", "Ann Bo"
    about.created = dt.datetime(2020, 9, 4, 12, tzinfo=dt.UTC)
    opened.save(sink)
    (document,) = read(put(tmp_path, "talk.docx", sink.getvalue()))
    assert run.text in document.text
    assert document.text == (
        "On Peace\n\nWe\tagree\nto it.\n\ncell 0\tcell 1\ncell 2\tcell 3\n\nThe end."
    )
    assert dict(document.docvars) == {"title": "On Peace", "author": "Ann Bo", "date": DAY}


def changed(data, part, change):
    """Return a Word file of which one part is changed."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return sink.getvalue()


def test_what_was_inserted_is_text_and_what_was_deleted_is_not(tmp_path):
    tracked = (
        b'<w:ins w:id="1" w:author="a"><w:r><w:t>agree</w:t></w:r></w:ins>'
        b'<w:del w:id="2" w:author="a"><w:r><w:delText>doubt</w:delText></w:r></w:del>'
    )
    data = changed(
        word("We MARK."),
        "word/document.xml",
        lambda xml: xml.replace(b"MARK.", b"</w:t></w:r>" + tracked + b"<w:r><w:t>."),
    )
    (text,) = read(put(tmp_path, "talk.docx", data)).texts
    assert text == "We agree."


def test_a_word_file_that_unpacks_to_too_much_is_refused(tmp_path):
    data = changed(word("x"), "word/document.xml", lambda xml: xml + b" " * (1 << 28))
    refused(tmp_path, "talk.docx", data, "it unpacks to more than 256 MB")


def test_a_word_file_without_text_or_that_is_another_archive_is_refused(tmp_path):
    refused(tmp_path, "talk.docx", word(""), "has no text")
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a.txt", "x")
    refused(tmp_path, "talk.docx", sink.getvalue(), "this Word file cannot be read")


@settings(max_examples=20)  # python-docx takes its time
@given(own=st.lists(st.text("aé\U0001f54a .,", min_size=1).filter(str.strip), min_size=1))
def test_paragraphs_come_back_from_word_to_the_character(tmp_path_factory, own):
    path = put(tmp_path_factory.mktemp("word"), "t.docx", word(*own))
    assert read(path).texts == ("\n\n".join(own),)


# -- TEI -----------------------------------------------------------------------------------------

SPEECHES = """
  <note type="speaker">Ms Bo:</note>
  <u xml:id="u1" who="#BoAnn" ana="#chair">
    <seg>We agree,
         all of us. <note>(Applause)</note> <vocal><desc>laughs</desc></vocal>Thank you.</seg>
    <seg>Next <gap reason="inaudible"/> point.</seg>
  </u>
  <u who="#X">No.</u>
"""


def test_an_utterance_is_a_document_with_its_speaker_and_session(tmp_path):
    first, second = read(put(tmp_path, "sitting.xml", tei(SPEECHES)))
    session = {"title": "Sitting 7", "date": DAY}
    assert (first.id, second.id) == ("u1", "sitting.2")
    assert first.text == "We agree, all of us. Thank you.\n\nNext point."
    assert dict(first.docvars) == {"who": "BoAnn", "role": "chair", **session}
    assert (second.text, dict(second.docvars)) == ("No.", {"who": "X", **session})


def test_annotated_words_are_joined_as_they_are_marked(tmp_path):
    body = (
        '<u><seg><s><w>We</w>\n<w join="right">agree</w>\n<pc>.</pc></s>\n'
        '<s><pc join="right">(</pc>\n<w>No</w>\n<pc join="left">)</pc></s></seg></u>'
    )
    assert read(put(tmp_path, "t.xml", tei(body))).texts == ("We agree. (No)",)


def test_a_body_without_utterances_is_one_document(tmp_path):
    body = "<div><head>On Peace</head><p>We <hi>agree</hi>.<note>1</note></p>\n<p>All.</p></div>"
    (document,) = read(put(tmp_path, "t.tei", tei(body, header="")))
    assert (document.id, document.text) == ("t", "On Peace\n\nWe agree.\n\nAll.")
    assert dict(document.docvars) == {}


def test_the_encoding_is_the_one_that_the_file_declares(tmp_path):
    data = tei("<u>Señor.</u>").replace(b"utf-8", b"iso-8859-1").decode().encode("latin-1")
    assert read(put(tmp_path, "t.xml", data)).texts == ("Señor.",)


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("before", "body"),
    [
        (f'<!DOCTYPE TEI [<!ENTITY a0 "x">{BOMB}]>', "<u>&a11;</u>"),
        (f'<!DOCTYPE TEI [<!ENTITY a0 "x">{BOMB}]>', '<u who="&a11;">x</u>'),
        ('<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "<u>&a;</u>"),
        ('<!DOCTYPE TEI [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>', "<u>&a;</u>"),
        ('<!DOCTYPE TEI [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]>', "<u>x</u>"),
    ],
)
def test_entities_are_refused(tmp_path, before, body):
    data = tei(body, before=before)
    refused(tmp_path, "t.xml", data, "declares entities|this XML file cannot be read")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("<a>x</a>", "no TEI file: it has no utterance <u> and no <body>"),
        (tei("<p> </p>"), "its <body> has no text"),
        (tei('<u xml:id="u1"><note>x</note></u>'), "utterance 'u1': has no text"),
        (tei("<u>x</p>"), "this XML file cannot be read: .*line 1"),
        (tei("<p>" * 5000), "this XML file cannot be read"),
        ("no XML", "this XML file cannot be read: .*line 1"),
    ],
)
def test_xml_without_speeches_is_refused(tmp_path, data, message):
    refused(tmp_path, "t.xml", data, message)


def test_an_utterance_without_text_may_be_left_out(tmp_path):
    path = put(tmp_path, "t.xml", tei("<u/><u>We agree.</u>"))
    assert read(path, on_error="skip").ids == ("t.2",)


@given(own=st.lists(st.text("aé\U0001f54a&<.", min_size=1), min_size=1))
def test_speeches_come_back_from_tei_to_the_character(tmp_path_factory, own):
    from xml.sax.saxutils import escape

    body = "".join(f"<u><seg>{escape(text)}</seg></u>" for text in own)
    assert read(put(tmp_path_factory.mktemp("tei"), "t.xml", tei(body))).texts == tuple(own)


# -- what counting will take ---------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".tsv", ".json", ".jsonl", ".parquet", ".pdf", ".xml", ".docx"])
def test_the_forecast_of_a_whole_file_is_exact_in_every_format(tmp_path, suffix):
    data, expected, *_ = CASES[suffix]
    forecast = estimate(put(tmp_path, f"talks{suffix}", data))
    assert forecast.exact
    assert (forecast.documents, forecast.n_bytes) == (len(expected), len(data))


def test_the_forecast_of_a_part_of_a_json_file_is_close(tmp_path):
    rows = [{"text": f"talk {n:05}"} for n in range(5000)]
    path = put(tmp_path, "t.json", json.dumps(rows))
    forecast = estimate(path, sample=path.stat().st_size // 10)
    assert not forecast.exact
    assert forecast.documents == pytest.approx(5000, rel=0.01)


def test_a_forecast_takes_the_delimiter(tmp_path):
    assert estimate(put(tmp_path, "t.csv", "id;text\na;x\n"), delimiter=";").documents == 1
