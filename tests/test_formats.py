"""Every format, packed in every way, good, empty and damaged: what comes out of `read`."""

import bz2
import gzip
import io
import json
import lzma
import sys
import zipfile

import pytest

from discourse.errors import DiscourseError, ReadError
from discourse.reading import read, stream
from discourse.reading.formats import FORMATS

pa = pytest.importorskip("pyarrow")
docx = pytest.importorskip("docx")
pypdf = pytest.importorskip("pypdf")
pytest.importorskip("trafilatura")
pytest.importorskip("lxml")

TEXTS = ("We agree: peace now.", "They do not, señor.")
LONG = (
    "{0} That was said on Monday, in the great hall of the city, before some two hundred people "
    "who had come to hear both sides. Asked again, the speaker said: {0}"
)


# -- files of every format -----------------------------------------------------------------------


def table(delimiter):
    """Return a table of the two texts."""
    rows = [("id", "text"), *zip("ab", (f'"{text}"' for text in TEXTS), strict=True)]
    return "\n".join(map(delimiter.join, rows)).encode()


def objects():
    """Return the two texts as JSON objects."""
    return [{"id": name, "text": text} for name, text in zip("ab", TEXTS, strict=True)]


def parquet(**columns):
    """Return a Parquet file of the two texts, or of these columns."""
    from pyarrow import parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table(columns or {"id": ["a", "b"], "text": TEXTS}), sink)
    return sink.getvalue()


def arrow(new=pa.ipc.new_file, **columns):
    """Return an Arrow file of the two texts, or of these columns."""
    sink = io.BytesIO()
    own = pa.table(columns or {"id": ["a", "b"], "text": TEXTS})
    with new(sink, own.schema) as writer:
        writer.write_table(own)
    return sink.getvalue()


def html(head="", body=None):
    """Return a web page with navigation around a main text."""
    body = body or "".join(f"<p>{LONG.format(text)}</p>" for text in TEXTS)
    return (
        f'<html><head><meta charset="utf-8">{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>On Peace</h1>{body}</article><footer>Imprint</footer></body></html>"
    ).encode()


def pdf(*pages):
    """Return a PDF file with these texts on its pages, nothing for an empty string."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    parts.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    kids = []
    for text in pages or TEXTS:
        lines = text.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)").splitlines()
        shown = b" T* ".join(b"(%s) Tj" % line for line in lines)
        drawn = b"BT /F1 12 Tf 14 TL 72 720 Td " + shown + b" ET" if text else b""
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(b"%d 0 R" % (len(parts) + 1))
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(parts)
        )
    parts[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    return out + head + table + trailer % (len(parts) + 1, len(out))


def word(*paragraphs):
    """Return a Word file of these paragraphs."""
    opened, sink = docx.Document(), io.BytesIO()
    for text in paragraphs or TEXTS:
        opened.add_paragraph(text)
    opened.save(sink)
    return sink.getvalue()


HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Sitting 7</title></titleStmt><sourceDesc><bibl>"
    '<title>Minutes</title><date when="2020-09-04">4. 9.</date></bibl></sourceDesc></fileDesc>'
    "</teiHeader>"
)


def tei(body=None, header=HEADER, before=""):
    """Return a TEI file, of the two texts or of this body."""
    speeches = zip("ab", TEXTS, strict=True)
    body = body or "".join(
        f'<u xml:id="{n}" who="#P{n}" ana="#regular"><seg>{text}</seg></u>' for n, text in speeches
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<TEI xmlns="http://www.tei-c.org/ns/1.0">'
        f"{header}<text><body>{body}</body></text></TEI>"
    ).encode()


JOINED = "\n\n".join(TEXTS)
PAGE = "\n".join(map(LONG.format, TEXTS))

# suffix: the good file, its texts, what an empty one is refused with, a damaged one, its message
CASES = {
    ".txt": (JOINED.encode(), (JOINED,), "has no text", b"caf\xe9", "byte 3 does not decode"),
    ".md": (JOINED.encode(), (JOINED,), "has no text", b"caf\xe9", "byte 3 does not decode"),
    ".csv": (table(","), TEXTS, "has no text", b'text\n"x', "line 2: not well-formed"),
    ".tsv": (table("\t"), TEXTS, "has no text", b"text\tid\nx", "line 2: has 1 cells"),
    ".json": (
        json.dumps(objects()).encode(),
        TEXTS,
        "has no text",
        b'[{"text": "x"}, ',
        "not JSON: .* line 1, column 1",
    ),
    ".jsonl": (
        "\n".join(map(json.dumps, objects())).encode(),
        TEXTS,
        "has no text",
        b'{"text": "x"}\n{"te',
        "line 2: not JSON: .* column 2",
    ),
    ".parquet": (
        parquet(),
        TEXTS,
        "this Parquet file cannot be read",
        parquet()[:-30],
        "this Parquet file cannot be read",
    ),
    ".arrow": (
        arrow(),
        TEXTS,
        "this Arrow file cannot be read",
        arrow()[:-30],
        "this Arrow file cannot be read",
    ),
    ".html": (html(), (f"On Peace\n{PAGE}",), "has no text", b"<p>caf\xe9", "not utf-8: byte 6"),
    ".pdf": (pdf(), TEXTS, "has no text", b"%PDF-1.4\n" + b"x" * 99, "this PDF cannot be read"),
    ".docx": (word(), (JOINED,), "has no text", word()[:-99], "this Word file cannot be read"),
    ".xml": (
        tei(),
        TEXTS,
        "this XML file cannot be read",
        tei()[:-30],
        "this XML file cannot be read: .*line 1",
    ),
}
CASES |= {
    ".ndjson": CASES[".jsonl"],
    ".feather": CASES[".arrow"],
    ".htm": CASES[".html"],
    ".tei": CASES[".xml"],
}
STATES = ("good", "empty", "damaged")


def zipped(data, name):
    """Return an archive with one member."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return sink.getvalue()


PACKINGS = {
    "": lambda data, _: data,
    ".gz": lambda data, _: gzip.compress(data),
    ".bz2": lambda data, _: bz2.compress(data),
    ".xz": lambda data, _: lzma.compress(data),
    ".zip": zipped,
}


def put(folder, suffix, packing, data):
    """Write a file of these bytes, packed, and return its path and how messages name it."""
    inner = f"talks{suffix}"
    path = folder / ("all.zip" if packing == ".zip" else inner + packing)
    path.write_bytes(PACKINGS[packing](data, inner))
    return path, f"{path}: {inner}: " if packing == ".zip" else f"{path}: "


def test_every_format_is_in_the_matrix():
    assert CASES.keys() == FORMATS.keys()


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("suffix", CASES)
def test_a_good_file_gives_its_texts_however_it_is_packed(tmp_path, suffix, packing):
    data, texts, *_ = CASES[suffix]
    path, _ = put(tmp_path, suffix, packing, data)
    corpus = read(path)
    assert corpus.texts == texts
    assert corpus.ids in {("a", "b"), ("talks.1", "talks.2"), ("talks",)}
    assert tuple(stream(path)) == corpus.documents


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("suffix", CASES)
def test_an_empty_file_is_refused_however_it_is_packed(tmp_path, suffix, packing):
    path, named = put(tmp_path, suffix, packing, b"")
    with pytest.raises(ReadError, match=CASES[suffix][2]) as caught:
        read(path)
    assert str(caught.value).startswith(named)


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("suffix", CASES)
def test_a_damaged_file_is_refused_however_it_is_packed(tmp_path, suffix, packing):
    *_, data, message = CASES[suffix]
    path, named = put(tmp_path, suffix, packing, data)
    with pytest.raises(ReadError, match=message) as caught:
        read(path)
    assert str(caught.value).startswith(named)


@pytest.mark.parametrize(
    "suffix", sorted({*CASES} - {".md", ".ndjson", ".feather", ".htm", ".tei"})
)
def test_a_file_that_breaks_off_anywhere_is_read_or_refused(tmp_path, capfd, suffix):
    data = CASES[suffix][0]
    path = tmp_path / f"talks{suffix}"
    for end in range(1, len(data), max(1, len(data) // 40)):
        path.write_bytes(data[:end])
        try:
            assert len(read(path)) > 0
        except ReadError as error:
            assert error.source == str(path)  # noqa: PT017 - either outcome is right
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("suffix", "library"),
    [
        (".parquet", "pyarrow"),
        (".arrow", "pyarrow"),
        (".html", "trafilatura"),
        (".pdf", "pypdf"),
        (".docx", "docx"),
        (".xml", "lxml"),
    ],
)
@pytest.mark.parametrize("on_error", ["raise", "skip"])
def test_a_library_that_is_not_installed_is_named_with_the_extra_that_brings_it(
    tmp_path, monkeypatch, suffix, library, on_error
):
    class Nothing:
        """Finds no such library."""

        @staticmethod
        def find_spec(name, *_):
            if name == library:
                raise ModuleNotFoundError(name=name)

    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Nothing, *sys.meta_path])
    path, _ = put(tmp_path, suffix, "", CASES[suffix][0])
    message = rf"needs {library}: pip install \"discourse-comparison\[formats\]\""
    with pytest.raises(DiscourseError, match=message):
        read(path, on_error=on_error)


def test_a_folder_of_all_formats_is_one_corpus(tmp_path):
    for suffix, (data, *_) in CASES.items():
        (tmp_path / f"of_{suffix[1:]}{suffix}").write_bytes(data)
    with pytest.raises(ReadError, match="the identifier 'a' occurs twice"):
        read(tmp_path, names="of_{kind}")
    corpus = read(tmp_path, names="of_{kind}", on_error="skip")
    kinds = {document.docvars["kind"] for document in corpus}
    assert kinds == {"txt", "md", "html", "htm", "pdf", "docx", "arrow"}  # arrow has a and b first
