"""A small good file of every form that a reader takes."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import discourse as ds
from discourse.errors import need

_TEXTS = ("We demand peace – now; no more war.", "They say: «Taxes must fall», and I agree.")
_ROWS = [
    {"id": name, "text": text, "year": 1970, "day": "2020-09-04"}
    for name, text in zip("ab", _TEXTS, strict=True)
]
_COUNTS = {
    "format": "discourse-counts",
    "version": 1,
    "documents": [{"id": "a", "docvars": {"year": 1970}, "counts": {"peace": 3, "war": 1}}],
}
_MATRIX = b"%%MatrixMarket matrix coordinate integer general\n% counts\n2 3 2\n1 1 3\n2 3 4\n"
_OWN = {"ignore": ["war room"], "categories": {"peace": {"patterns": ["peace*", "cease fire"]}}}
_NODES = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<dictionary style="x"><cnode name="policy"><cnode '
    b'name="tax"><pnode name="tax*"/></cnode></cnode></dictionary>'
)


@dataclass(frozen=True, slots=True)
class Form:
    """A good file, and the verb that reads it.

    Attributes
    ----------
    name : str
        Of the file.
    data : bytes
        What is damaged within.
    read : callable
        Takes the path.
    wrap : callable
        Makes the file of the data: compresses or packs them.
    beside : mapping of str to bytes
        Files that the verb looks for beside it.
    share : int
        Of the inputs, among those of the others; more where reading is fast.
    """

    name: str
    data: bytes
    read: Callable[[Path], object]
    wrap: Callable[[bytes], bytes] = bytes
    beside: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    share: int = 8


@cache
def forms() -> list[Form]:
    """Return a form for every ending that a reader takes."""
    return [*_documents(), *_packed(), *_counts(), *_lexicons(), *_saved()]


def _documents() -> Iterator[Form]:
    """Yield what `read` takes."""
    header = "Title: Peace\nDate: 4 September 2020\n\n"
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _ROWS)
    table = partial(ds.read, docvars={"year": "int", "day": "date"})
    yield Form("t.txt", (header + _TEXTS[0]).encode(), ds.read)
    yield Form("t.md", _TEXTS[0].encode("cp1252"), partial(ds.read, encoding="detect"), share=4)
    yield Form("t.csv", _table(","), table)
    skipping = partial(ds.read, encoding="detect", on_error="skip")
    yield Form("t.tsv", _table("\t"), skipping, share=4)
    yield Form("t.jsonl", lines.encode(), ds.read)
    yield Form("t.json", json.dumps(_ROWS).encode(), table)
    yield Form("t.html", _page(), ds.read, share=1)
    yield Form("t.xml", _speeches(), ds.read)
    yield Form("t.pdf", _pdf(), ds.read, share=2)
    document = _word()
    for part in ("word/document.xml", "docProps/core.xml"):
        inner = zipfile.ZipFile(io.BytesIO(document)).read(part)
        yield Form("t.docx", inner, ds.read, partial(_repacked, document, part), share=1)
    for ending in ("parquet", "arrow"):
        yield Form(f"t.{ending}", _columns(ending), ds.read)


def _packed() -> Iterator[Form]:
    """Yield files that are compressed or in an archive."""
    packers: dict[str, Callable[[bytes], bytes]]
    packers = {"gz": partial(gzip.compress, mtime=0), "bz2": bz2.compress, "xz": lzma.compress}
    for ending, pack in packers.items():
        yield Form(f"t.csv.{ending}", _table(","), ds.read, pack, share=4)
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2):
        yield Form("t.zip", _TEXTS[0].encode(), ds.read, partial(_archive, "x/a.txt", method))
    yield Form("t.zip", b"word,count\npeace,3\n", ds.read_counts, partial(_archive, "a.csv", 8))


def _counts() -> Iterator[Form]:
    """Yield what `read_counts` takes."""
    beside = {"t.docs.txt": b"a\nb\n", "t.features.txt": b"peace\nwar\nzeal\n"}
    yield Form("t.csv", b"doc,word,count\na,peace,3\na,war,1\nb,peace,2\n", ds.read_counts)
    yield Form("t.tsv", b"word\tcount\npeace\t3\nwar\t1\n", ds.read_counts)
    yield Form("t.json", json.dumps(_COUNTS).encode(), ds.read_counts)
    yield Form("t.mtx", _MATRIX, ds.read_counts, beside=beside)
    names = {"t.mtx": _MATRIX, "t.docs.txt": b"a\nb\n"}
    yield Form("t.features.txt", b"peace\nwar\nzeal\n", _named, beside=names, share=4)


def _named(path: Path, /) -> object:
    """Return the counts whose names are in this file."""
    return ds.read_counts(path.with_name("t.mtx"))


def _lexicons() -> Iterator[Form]:
    """Yield what `load_lexicon` takes."""
    own = b'ignore = ["war room"]\n[categories.peace]\npatterns = ["peace*", "cease fire"]\n'
    yield Form("t.toml", own, ds.load_lexicon)
    yield Form("t.json", json.dumps(_OWN).encode(), ds.load_lexicon)
    yield Form("t.json", b'{"policy": {"tax": ["tax*"], "x": ["levy"]}}', ds.load_lexicon)
    yield Form("t.yaml", b"policy:\n  tax: [tax*, levy]\n  other:\n    - rate\n", ds.load_lexicon)
    yield Form("t.dic", b"%\n1\tpeace\n2\twar\n%\npeace*\t1\nwar\t2\t1\n", ds.load_lexicon)
    yield Form("t.cat", b"POLICY\n\tTAX* (1)\n\tOTHER\n\t\tRATE (1)\n", ds.load_lexicon)
    yield Form("t.lc3", b"+Policy\n--tax*--\n+Other\n--rate--\n", ds.load_lexicon)
    yield Form("t.lcd", _NODES, ds.load_lexicon)
    yield Form("t.ykd", _NODES, ds.load_lexicon)


def _saved() -> Iterator[Form]:
    """Yield what `Corpus.load` and `DocumentFeatureMatrix.load` take."""
    corpus = ds.Corpus(
        tuple(ds.Document(n, t, {"year": 1970}) for n, t in zip("ab", _TEXTS, strict=True))
    )
    matrix = ds.DocumentFeatureMatrix
    for saved, load in ((corpus, ds.Corpus.load), (ds.count(corpus), matrix.load)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "t.parquet")
            saved.save(path)
            yield Form("t.parquet", path.read_bytes(), load)


def _table(mark: str, /) -> bytes:
    """Return a table of two documents."""
    rows = [_ROWS[0], *(row.values() for row in _ROWS)]
    return "\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows).encode()


def _page() -> bytes:
    """Return a web page."""
    more = "It is a long way, and a hard one, for all of us."
    body = "".join(f"<p>{text} {more}</p>" for text in _TEXTS * 3)
    head = '<meta charset="utf-8"><title>Peace</title><meta name="author" content="A. Speaker">'
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def _speeches() -> bytes:
    """Return a sitting in ParlaMint's form."""
    said = "".join(f'<u xml:id="u{i}" who="#p{i}"><seg>{t}</seg></u>' for i, t in enumerate(_TEXTS))
    title = "<fileDesc><titleStmt><title>Sitting 7</title></titleStmt></fileDesc>"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">'
        f"<teiHeader>{title}</teiHeader><text><body><div>{said}</div></body></text></TEI>"
    ).encode()


def _pdf() -> bytes:
    """Return a PDF file of one page."""
    drawn = b"BT /F1 12 Tf 72 720 Td (We demand peace.) Tj ET"
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Font << /F1 3 0 R >> >>",
    )
    out, table = b"%PDF-1.4\n", b"xref\n0 7\n0000000000 65535 f \n"
    for number, part in enumerate(parts, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    return out + table + b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def _word() -> bytes:
    """Return a Word file with a paragraph and a table."""
    document: Any = need("docx", extra="formats").Document()
    document.add_paragraph(_TEXTS[0])
    document.add_table(1, 2).cell(0, 1).text = _TEXTS[1]
    document.core_properties.author = "A. Speaker"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _columns(ending: str, /) -> bytes:
    """Return a columnar file of two documents."""
    pa: Any = need("pyarrow", extra="formats")
    table = pa.Table.from_pylist(_ROWS)
    sink = pa.BufferOutputStream()
    if ending == "parquet":
        need("pyarrow.parquet", extra="formats").write_table(table, sink)
    else:
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _archive(name: str, method: int, data: bytes, /) -> bytes:
    """Return an archive with a file of that name, and another."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for member, content in ((name, data), ("note.png", b"x" * 20)):
            archive.writestr(zipfile.ZipInfo(member), content, method)
    return file.getvalue()


def _repacked(document: bytes, part: str, data: bytes, /) -> bytes:
    """Return an archive with one of its members replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            content = data if name == part else before.read(name)
            after.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
