"""Files in a .zip archive: read as in a folder; what is damaged or was made to do harm, refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import time
import tracemalloc
import warnings
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds
from discourse.errors import ReadError
from discourse.reading import archives, opening
from discourse.reading.archives import find_members
from discourse.reading.files import File, raise_it
from discourse.reading.opening import pieces

METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]
PACK = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
SPEECH = "We demand peace. War must end now."


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Return the folder of the test, which is the working folder too."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pack(path, members, method=zipfile.ZIP_DEFLATED):
    """Write an archive of members: names, or descriptions of members, and contents."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", method) as archive:
        warnings.simplefilter("ignore")  # of names that occur twice
        for member, content in members:
            archive.writestr(member, content)


def texts(source, **options):
    """Return the texts of the documents of a source by identifier."""
    return {document.id: document.text for document in ds.read(source, **options)}


@pytest.mark.parametrize("method", METHODS)
def test_an_archive_is_read_as_the_folder_that_was_packed(folder, method):
    files = {
        "a.txt": SPEECH,
        "b.csv": "id,text\nx,One.\ny,Two.\n",
        "c.jsonl": '{"text": "Three."}\n',
    }
    (folder / "talks").mkdir()
    for name, content in files.items():
        (folder / "talks" / name).write_text(content)
    pack("talks.zip", files.items(), method)
    assert texts("talks.zip") == texts("talks")
    assert len(texts("talks")) == 4


@pytest.mark.parametrize("ending", PACK)
def test_a_member_may_be_compressed_itself(ending):
    pack("talks.zip", [(f"a.txt{ending}", PACK[ending](SPEECH.encode()))])
    assert texts("talks.zip") == {"a": SPEECH}


def test_the_names_in_an_archive_are_identifiers_and_in_the_error_of_a_row():
    pack(
        "t.zip",
        [("1970/chad.txt", SPEECH), ("1971/chad.txt", SPEECH), ("1971/x.csv", "text\na,b\n")],
    )
    assert list(texts("t.zip", on_error="skip")) == ["1970/chad", "1971/chad"]
    with pytest.raises(ReadError, match=r"^t\.zip: 1971/x\.csv: line 2: has 2 cells"):
        ds.read("t.zip")


def test_the_archives_of_a_folder_or_pattern_are_read_with_its_files(folder):
    pack("one.zip", [("a.txt", "One.")])
    pack("two.ZIP", [("a.txt", "Two.")])
    (folder / "a.txt").write_text("Three.")
    expected = {"one.zip/a": "One.", "two.ZIP/a": "Two.", folder.name + "/a": "Three."}
    assert texts(".") == expected
    assert texts("*") == expected
    assert texts(["one.zip", "one.zip"]) == {"a": "One."}


def test_what_is_no_text_in_an_archive_is_passed_over_as_in_a_folder():
    others = ["photo.png", ".hidden.txt", ".git/a.txt", "__MACOSX/._a.txt", "empty/"]
    pack("t.zip", [*((name, b"x") for name in others), ("a.txt", "One.")])
    assert texts("t.zip") == {"a": "One."}


def test_progress_is_told_of_every_byte_that_is_stored(folder):
    pack("t.zip", [(f"{i}.txt", f"{i}" * 10_000) for i in range(5)])
    stream = ds.stream("t.zip")
    read = []
    assert len(list(stream.documents(read.append))) == 5
    assert sum(read) == stream.n_bytes < (folder / "t.zip").stat().st_size


def test_an_archive_of_many_members_is_read_in_time_that_grows_with_their_number():
    pack("t.zip", [(f"{i}.txt", "Peace.") for i in range(5_000)])
    start = time.perf_counter()
    assert sum(1 for _ in ds.stream("t.zip")) == 5_000
    assert time.perf_counter() - start < 5  # each time anew, its directory would take minutes


def link(name):
    """Return the description of a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


UNSAFE = [
    "../a.txt", "x/../../a.txt", "/etc/a.txt", "./a.txt", "x//a.txt", "C:/a.txt", "c:a.txt",
    "x\\a.txt", "..\\a.txt",
]  # fmt: skip
REFUSED = [
    *[([(name, SPEECH)], "the name is no path within the archive") for name in UNSAFE],
    ([(link("a.txt"), "/etc/passwd")], "a link is not followed"),
    ([("in.zip", b"PK")], "an archive in an archive is not read"),
    ([("a.txt", "One."), ("a.txt", "Two.")], "occurs twice"),
]


@pytest.mark.parametrize(("members", "message"), REFUSED)
def test_a_member_that_may_do_harm_is_refused_and_the_others_read(folder, members, message):
    pack("t.zip", [*members, ("good.txt", SPEECH)])
    with pytest.raises(ReadError, match=rf"^t\.zip: .*: {message}"):
        ds.read("t.zip")
    read = texts("t.zip", on_error="skip")
    assert read["good"] == SPEECH
    assert len(read) == len(members)
    with pytest.warns(UserWarning, match=message):
        ds.read("t.zip", on_error="warn")
    assert [path.name for path in folder.iterdir()] == ["t.zip"]  # nothing is unpacked to disk
    pack("t.zip", members[-1:] if "twice" not in message else members)
    if "twice" not in message:
        with pytest.raises(ReadError, match="nothing could be read"):
            ds.read("t.zip", on_error="skip")


def test_a_name_that_ends_at_a_null_character_is_refused(folder):
    pack("t.zip", [("aXb.txt", SPEECH), ("a_b.txt", SPEECH)])
    data = (folder / "t.zip").read_bytes()
    (folder / "t.zip").write_bytes(data.replace(b"aXb.txt", b"a.txt\0\0"))
    with pytest.raises(ReadError, match="no path within the archive"):
        ds.read("t.zip")


def test_a_member_without_a_name_is_passed_over(folder):
    pack("t.zip", [("a.txt", SPEECH), ("b.txt", SPEECH)])
    data = (folder / "t.zip").read_bytes()
    (folder / "t.zip").write_bytes(data.replace(b"a.txt", b"\0.txt"))
    assert texts("t.zip") == {"b": SPEECH}


def changed(data, offset, form, value, signature=b"PK\1\2"):
    """Return the archive with one field of its directory, or of another header, set."""
    data = bytearray(data)
    struct.pack_into(form, data, data.index(signature) + offset, value)
    return bytes(data)


SUM = "not those of which the directory has the check sum"
SMALL = io.BytesIO()
pack(SMALL, [("a.txt", SPEECH * 3)])
SMALL = SMALL.getvalue()
DAMAGED = {
    "empty": (b"", "the archive is damaged: File is not a zip file"),
    "no archive": (b"We agree.", "the archive is damaged: File is not a zip file"),
    "breaks off": (SMALL[:-30], "the archive is damaged: File is not a zip file"),
    "no directory": (SMALL.replace(b"PK\1\2", b"PK\7\7"), "the archive is damaged: Bad magic"),
    "encrypted": (changed(SMALL, 8, "<H", 1), "encrypted. Unpack the archive with its password"),
    "lzma": (changed(SMALL, 10, "<H", 14), "compressed by method 14, which is not read"),
    "deflate64": (changed(SMALL, 10, "<H", 9), "compressed by method 9, which is not read"),
    "method": (changed(SMALL, 10, "<H", 12), "the compressed data are damaged: Invalid data"),
    "stored": (changed(SMALL, 10, "<H", 0), "t.zip: a.txt: not utf-8: byte 5"),
    "check sum": (changed(SMALL, 16, "<I", 7), SUM),
    "less than said": (changed(SMALL, 24, "<I", 2000), SUM),
    "more than said": (changed(SMALL, 24, "<I", 20), SUM),
    "less packed": (changed(SMALL, 20, "<I", 20), "the compressed data are damaged: they break"),
    "more packed": (changed(SMALL, 20, "<I", 2000), "the archive is damaged: it breaks off"),
    "elsewhere": (changed(SMALL, 42, "<I", 7), "the member is not where the directory says"),
    "beyond the end": (changed(SMALL, 42, "<I", 2**31), "the archive is damaged: it breaks off"),
    "new version": (changed(SMALL, 6, "<H", 99), "the archive is damaged: zip file version 9.9"),
    "name": (changed(SMALL, 8, "<H", 2048).replace(b"a.tx", b"\xff.tx"), "damaged: 'utf-8' codec"),
    "before": (changed(SMALL, 16, "<I", 2**31, b"PK\5\6"), "the archive is damaged: "),
}  # fmt: skip


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_archive_is_an_error_that_names_it(folder, kind):
    data, message = DAMAGED[kind]
    (folder / "t.zip").write_bytes(data)
    with pytest.raises(ReadError) as caught:
        ds.read("t.zip")
    assert message in str(caught.value)
    assert str(caught.value).startswith("t.zip: ")
    (folder / "good.txt").write_text(SPEECH)
    assert texts(["t.zip", "good.txt"], on_error="skip") == {"good": SPEECH}


def test_an_archive_that_cannot_be_opened_or_has_no_text_is_told(folder):
    pack("t.zip", [("a.png", b"x")])
    with pytest.raises(ReadError, match=r"^t\.zip: the archive has no files that end in .*\.txt"):
        ds.read("t.zip")
    pack("empty.zip", [])
    with pytest.raises(ReadError, match=r"^empty\.zip: the archive has no files"):
        ds.read("empty.zip")
    with pytest.raises(ReadError, match="cannot be opened: No such file"):
        find_members(folder / "none.zip", [".txt"], raise_it)


def test_a_member_that_vanishes_is_an_error(folder):
    pack("t.zip", [("a.txt", SPEECH)])
    stream = ds.stream("t.zip")
    (folder / "t.zip").unlink()
    assert stream.n_bytes > 0
    with pytest.raises(ReadError, match=r"^t\.zip: a\.txt: cannot be opened: No such file"):
        list(stream)


ZEROS = 1 << 20


def zeros(compressor, n_bytes):
    """Return so many zeros, compressed."""
    parts = [compressor.compress(bytes(ZEROS)) for _ in range(n_bytes // ZEROS)]
    return b"".join([*parts, compressor.flush()])


BOMBS = {
    ".gz": lambda: zeros(zlib.compressobj(9, zlib.DEFLATED, 31), 1 << 27),
    ".bz2": lambda: zeros(bz2.BZ2Compressor(), 1 << 27),
    ".xz": lambda: zeros(lzma.LZMACompressor(preset=1), 1 << 27),
}


@pytest.mark.parametrize(
    ("form", "ending"), [("txt", ".gz"), ("csv", ".gz"), ("jsonl", ".bz2"), ("txt", ".xz")]
)
def test_a_file_that_was_made_to_fill_the_memory_is_refused_before_it_does(folder, form, ending):
    path = folder / f"t.{form}{ending}"
    path.write_bytes(BOMBS[ending]())
    tracemalloc.start()
    with pytest.raises(ReadError, match="not utf-8: it would be full of null"):
        ds.read(path)
    with pytest.raises(ReadError, match="it unpacks to more than 250 times its size"):
        File(path, "t").data()
    assert tracemalloc.get_traced_memory()[1] < 2e8
    tracemalloc.stop()


def test_a_bomb_of_letters_is_refused_before_it_fills_the_memory(folder):
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [compressor.compress(b"a" * ZEROS) for _ in range(80)]
    (folder / "t.txt.gz").write_bytes(b"".join([*parts, compressor.flush()]))
    with pytest.raises(ReadError, match=r"250 times its size\. If you trust it"):
        ds.read("t.txt.gz")


def test_an_honest_file_that_packs_a_hundred_times_is_read(folder):
    row = b"the same words in every row, " * 10 + b"\n"
    data = b"text\n" + row * 300_000
    compressed = gzip.compress(data, 1)
    assert len(data) > opening.FREE_BYTES
    assert 100 < len(data) / len(compressed) < opening.MOST_TIMES
    (folder / "t.csv.gz").write_bytes(compressed)
    assert sum(len(piece) for piece in pieces(folder / "t.csv.gz", opening.ignore)) == len(data)


def test_an_archive_that_was_made_to_fill_the_memory_is_refused_unopened(folder):
    pack("t.zip", [(f"{i}.txt", bytes(1 << 24)) for i in range(5)])
    assert (folder / "t.zip").stat().st_size < 1e5
    with pytest.raises(ReadError, match=r"^t\.zip: it unpacks to more than 250 times its size"):
        ds.stream("t.zip")
    (folder / "t.zip").write_bytes(changed(SMALL, 24, "<I", 2**32 - 2))
    with pytest.raises(ReadError, match=r"^t\.zip: it unpacks to more than 250 times its size"):
        ds.stream("t.zip")


def test_members_that_overlap_do_not_multiply_what_is_stored(folder):
    """As in D. Fifield's archive: one body of data, and many entries of the directory for it."""
    pack("t.zip", [("0.txt", bytes(1 << 24))])
    data = (folder / "t.zip").read_bytes()
    begin, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    entries = b"".join(data[begin:end].replace(b"0.txt", b"%d.txt" % i) for i in range(10))
    tail = struct.pack("<4s4HIIH", b"PK\5\6", 0, 0, 10, 10, len(entries), begin, 0)
    (folder / "t.zip").write_bytes(data[:begin] + entries + tail)
    with pytest.raises(ReadError, match=r"^t\.zip: it unpacks to more than 250 times its size"):
        ds.stream("t.zip")


def test_an_archive_within_the_limit_may_not_hold_a_bomb_in_a_compressed_member():
    pack("t.zip", [("a.txt.gz", BOMBS[".gz"]()), ("b.txt", SPEECH)], zipfile.ZIP_STORED)
    read = texts("t.zip", on_error="skip")
    assert read == {"b": SPEECH}


def test_the_number_and_the_size_of_members_are_limited(folder, monkeypatch):
    pack("t.zip", [(f"{i}.txt", SPEECH) for i in range(5)])
    monkeypatch.setattr(archives, "MOST_MEMBERS", 5)
    assert len(ds.read("t.zip")) == 5
    monkeypatch.setattr(archives, "MOST_MEMBERS", 4)
    with pytest.raises(ReadError, match=r"^t\.zip: it has more than 4 members"):
        ds.read("t.zip")
    monkeypatch.setattr(opening, "MOST_BYTES", 100)
    with pytest.raises(ReadError, match=r"^t\.zip: it unpacks to more than 0\.0 GB"):
        ds.read("t.zip")
    (folder / "t.txt.gz").write_bytes(gzip.compress(SPEECH.encode() * 5))
    with pytest.raises(ReadError, match=r"^t\.txt\.gz: it unpacks to more than 0\.0 GB"):
        ds.read("t.txt.gz")


def test_what_must_be_in_memory_at_once_is_limited(monkeypatch):
    monkeypatch.setattr(opening, "MOST_WHOLE", 10)
    assert opening.whole([b"12345", b"67890"]) == b"1234567890"
    with pytest.raises(opening.OversizeError, match="must be in memory at once"):
        opening.whole([b"12345", b"678901"])


def test_a_dictionary_larger_than_a_text_needs_is_refused(folder):
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}]
    small = lzma.compress(SPEECH.encode(), filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 4096}])
    (folder / "a.txt.xz").write_bytes(small)
    assert texts("a.txt.xz") == {"a": SPEECH}
    encoder = lzma.LZMACompressor(format=lzma.FORMAT_XZ, filters=filters)
    (folder / "b.txt.xz").write_bytes(encoder.compress(SPEECH.encode()) + encoder.flush())
    with pytest.raises(ReadError, match=r"^b\.txt\.xz: the compressed data are damaged: Memory"):
        ds.read("b.txt.xz")


@given(st.binary(max_size=3000), st.sampled_from(METHODS), st.integers(1, 100))
def test_the_bytes_of_a_member_come_back_whatever_the_pieces(tmp_path_factory, data, method, size):
    path = tmp_path_factory.mktemp("t") / "t.zip"
    pack(path, [("a.txt", data)], method)
    (member,) = find_members(path, [".txt"], raise_it)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_PIECE", size)
        patch.setattr(archives, "_PACKED", size)
        got = list(archives.member_pieces(path, member, opening.ignore))
    assert b"".join(got) == data
    assert all(0 < len(piece) <= size for piece in got)


@given(
    st.binary(max_size=3000),
    st.sampled_from(sorted(PACK)),
    st.integers(1, 100),
    st.integers(1, 100),
)
def test_what_was_compressed_comes_back_whatever_the_pieces(
    tmp_path_factory, data, ending, size, out
):
    path = tmp_path_factory.mktemp("t") / f"t{ending}"
    path.write_bytes(PACK[ending](data) + PACK[ending](data[::-1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_PIECE", out)
        patch.setattr(opening, "_PACKED", size)
        got = list(pieces(path, opening.ignore))
    assert b"".join(got) == data + data[::-1]
    assert all(0 < len(piece) <= out for piece in got)


def test_a_forecast_takes_an_archive_as_the_folder_that_was_packed(folder):
    files = {f"{i}.txt": f"Peace {i} and war. " * 200 for i in range(40)}
    (folder / "talks").mkdir()
    for name, content in files.items():
        (folder / "talks" / name).write_text(content)
    pack("talks.zip", files.items())
    ours, expected = ds.estimate("talks.zip"), ds.estimate("talks")
    assert ours.exact
    assert (ours.documents, ours.tokens, ours.entries) == (40, expected.tokens, expected.entries)
    assert not ds.estimate("talks.zip", sample=500).exact
