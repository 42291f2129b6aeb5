"""From files to documents one by one, from a stream to counts, and what it will take."""

import bz2
import csv
import gzip
import io
import itertools
import json
import lzma
import pickle
import re
import warnings
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus import Corpus, Document
from discourse.dfm import count, streaming
from discourse.dfm.streaming import DocumentSource, count_stream
from discourse.errors import DiscourseError, OptionError, ReadError
from discourse.reading import estimate, read, stream
from discourse.reading import opening as opening_module
from discourse.reading.identifiers import Identifiers
from strategies import corpora

PACK = {"": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, content):
    """Write a file in UTF-8, line ends as they are, and return its path."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def as_objects(corpus):
    rows = ({"id": d.id, "text": d.text, **d.docvars} for d in corpus)
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_table(corpus):
    sheet = io.StringIO(newline="")
    rows = [(d.id, d.text, *d.docvars.values()) for d in corpus]
    csv.writer(sheet).writerows([("id", "text", "party"), *rows])
    return sheet.getvalue().encode()


def same_matrix(a, b):
    """Tell whether two matrices agree in everything but how they are computed again."""
    return (a.digest, dict(a.docvars), a.record) == (b.digest, dict(b.docvars), b.record)


def small_pieces(monkeypatch, size):
    monkeypatch.setattr(opening_module, "_PIECE", size)
    monkeypatch.setattr(opening_module, "_PACKED", size)


def plain(text):
    return not re.search("[\0\ud800-\udfff]", text)


READABLE = corpora(elements=st.text(max_size=30).filter(lambda t: t.strip() and plain(t)))

TALKS = '{"id": "a", "text": "Peace now.", "party": "X"}\n{"id": "b", "text": "War, no."}\n'


# -- the documents -----------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_count_takes_a_stream_as_it_takes_a_corpus():
    write("talks.jsonl", TALKS.replace('"War, no."', '"War, no.", "party": "Y"'))
    for options in ({}, {"ngrams": 2}, {"stopwords": "english"}, {"group": "party"}):
        found = count(stream("talks.jsonl"), n_jobs=2, **options)
        expected = count(read("talks.jsonl"), **options)
        assert found.digest == expected.digest
        assert dict(found.docvars) == dict(expected.docvars)
        assert found.record.parameters == expected.record.parameters
        assert found.verify(stream("talks.jsonl"))
    once = count(stream("talks.jsonl"), stopwords=iter(["now"]))
    assert once.features == ("no", "peace", "war")
    with pytest.raises(OptionError, match="unknown docvar 'side'"):
        count(read("talks.jsonl"), group="side")
    with pytest.raises(OptionError, match="within must be"):
        count(stream("nothing/*.txt", on_error="skip"), within="page")


@pytest.mark.usefixtures("folder")
def test_a_stream_yields_what_read_returns_and_can_be_looped_over_again():
    write("t/speech.txt", "Title: On Peace\n\nWe agree.")
    write("t/b.csv", "text,year\nx,1\n")
    write("t/c.jsonl", TALKS)
    documents = stream("t")
    assert tuple(documents) == tuple(documents) == read("t").documents
    assert isinstance(documents, DocumentSource)


@pytest.mark.usefixtures("folder")
def test_files_are_opened_when_their_turn_comes():
    write("a.txt", "one")
    write("b.txt", "two")
    documents = iter(stream(["a.txt", "b.txt"]))
    assert next(documents).text == "one"
    write("b.txt", "three")
    assert next(documents).text == "three"


@pytest.mark.parametrize("name", ["t.jsonl", "t.csv"])
@pytest.mark.usefixtures("folder")
def test_rows_are_read_when_their_turn_comes(monkeypatch, name):
    small_pieces(monkeypatch, 100)
    corpus = Corpus.from_texts(["peace " * 20] * 50, docvars={"party": ["X"] * 50})
    size = len(write_corpus(name, corpus))
    read_so_far = []
    documents = stream(name).documents(read_so_far.append)
    assert read_so_far == []
    next(documents)
    assert 100 <= sum(read_so_far) <= 400
    list(documents)
    assert sum(read_so_far) == size == stream(name).n_bytes


def write_corpus(name, corpus):
    suffix = Path(name).suffix
    data = PACK.get(suffix, bytes)(as_table(corpus) if ".csv" in name else as_objects(corpus))
    write(name, data)
    return data


@pytest.mark.parametrize("ending", ["jsonl", "ndjson", "csv"])
@pytest.mark.parametrize("packed", PACK)
@given(corpus=READABLE, piece=st.integers(1, 40))
def test_a_corpus_comes_back_from_every_format_whatever_the_pieces_it_is_read_in(
    tmp_path_factory, ending, packed, corpus, piece
):
    file = tmp_path_factory.mktemp("t") / f"talks.{ending}{packed}"
    write_corpus(str(file), corpus)
    with pytest.MonkeyPatch.context() as patch:
        small_pieces(patch, piece)
        assert tuple(stream(file)) == corpus.documents


@pytest.mark.parametrize("packed", PACK)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.usefixtures("folder")
def test_a_character_that_is_broken_in_two_is_decoded(monkeypatch, packed, encoding):
    small_pieces(monkeypatch, 1)
    text = "Café naïve\r\n“so”\r" + ("" if encoding == "cp1252" else "和平😀")
    file = write(f"a.txt{packed}", PACK[packed](text.encode(encoding)))
    assert [d.text for d in stream(file, encoding=encoding)] == [text]


@pytest.mark.parametrize("packed", [".gz", ".bz2", ".xz"])
@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.usefixtures("folder")
def test_compressed_files_that_were_joined_or_padded_are_read_to_the_end(monkeypatch, packed, size):
    small_pieces(monkeypatch, size)
    parts = [PACK[packed](text.encode()) for text in ("We ", "", "agree.")]
    file = write(f"a.txt{packed}", b"".join(parts) + b"\0" * 12)
    assert [d.text for d in stream(file)] == ["We agree."]


@pytest.mark.parametrize("packed", PACK)
@pytest.mark.usefixtures("folder")
def test_the_ending_of_a_compressed_file_is_not_part_of_its_name(packed):
    write(f"t/talks.jsonl{packed}", PACK[packed](b'{"text": "x"}'))
    write(f"t/b.TXT{packed.upper()}", PACK[packed](b"x"))
    assert {d.id for d in stream("t")} == {"talks.1", "b"} == set(read("t").ids)


# -- what cannot be read -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "first", "message"),
    [
        ({"t.jsonl": TALKS + "oops\n"}, ["a", "b"], r"t\.jsonl: line 3: not JSON"),
        ({"t.jsonl": '{"id": "a", "text":\n' + TALKS}, [], "not JSON: Expecting .* at column 20"),
        ({"t.jsonl": TALKS + "[]\n" + TALKS}, ["a", "b"], r"t\.jsonl: line 3: must be a JSON obj"),
        ({"t.jsonl": TALKS + TALKS}, ["a", "b"], r"t\.jsonl: the identifier 'a' occurs twice"),
        ({"t.jsonl": TALKS, "u.jsonl": TALKS}, ["a", "b"], r"u\.jsonl: the identifier 'a' occurs"),
        ({"t.csv": "id,text\na,x\nb\nc,y\n"}, ["a"], r"t\.csv: line 3: has 1 cells"),
        ({"t.csv": 'id,text\na,"x\ny"\nb,"y"z\n'}, ["a"], r"t\.csv: line 4: not well-formed"),
        ({"t.jsonl": b'{"text": "x"}\n{"text": "caf\xe9"}'}, [], r"not utf-8: byte 27 does not"),
        (
            {"t.jsonl.gz": gzip.compress(TALKS.encode())[:-9]},
            ["a", "b"],
            r"gz: the compressed data are damaged: they break off",
        ),
        ({"t.jsonl.bz2": b"BZh9 no"}, [], r"bz2: the compressed data are damaged: "),
        ({"t.jsonl.xz": lzma.compress(b"x" * 99)[:40]}, [], r"xz: the compressed data are damaged"),
        ({"t.jsonl.xz": b"no"}, [], r"xz: the compressed data are damaged"),
        (
            {"t.jsonl.gz": TALKS},
            [],
            "compressed data are damaged: .*incorrect header",
        ),
        ({"t.jsonl": "\n \n"}, [], r"t\.jsonl: has no text"),
        ({"t.csv": "text\n"}, [], r"t\.csv: has no rows below its header"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_documents_come_before_the_error_that_names_file_place_and_reason(files, first, message):
    for name, content in files.items():
        write(name, content)
    documents = stream(list(files), id="id" if first else None)
    seen = []
    with pytest.raises(ReadError, match=message):
        seen.extend(d.id for d in documents)  # extend keeps what came before the error
    assert seen == first
    with pytest.raises(ReadError, match=message):
        read(list(files), id="id" if first else None)


@pytest.mark.usefixtures("folder")
def test_the_byte_that_does_not_decode_is_counted_from_the_start_of_the_file(monkeypatch):
    for data, at in ((b"x" * 50 + b"\xff", 50), ("é".encode() * 9 + b"\xc3", 18)):
        for size in (1, 3, 7, 1000):
            small_pieces(monkeypatch, size)
            with pytest.raises(ReadError, match=f"byte {at} does not decode"):
                list(stream(write("a.txt", data)))


@pytest.mark.usefixtures("folder")
def test_what_a_loop_left_out_is_counted_and_its_first_errors_listed():
    write("t.jsonl", "oops\n" * 30 + TALKS + "[]\n" + TALKS)
    write("u.txt", b"\xff")
    documents = stream(["t.jsonl", "gone.txt", "u.txt"], on_error="skip")
    for _ in range(2):
        assert [d.id for d in documents] == ["a", "b"]
        assert documents.left_out.n == 1 + 30 + 1 + 2 + 1
        assert len(documents.left_out.first) == 10
        assert "gone.txt: no such file" in str(documents.left_out.first[0])
        assert "line 1: not JSON" in str(documents.left_out)
        assert str(documents.left_out).endswith("and 25 more")


@pytest.mark.usefixtures("folder")
def test_what_was_left_out_is_listed_in_one_warning_at_the_line_of_the_caller():
    write("t.jsonl", TALKS + "oops\n")
    documents = stream("t.jsonl", on_error="warn")
    for use in (list, partial(count_stream, count=count, batch=1)):
        with pytest.warns(
            UserWarning, match=r"read 2 document\(s\), left out 1:\n.*line 3"
        ) as told:
            use(documents)
        assert [w.filename for w in told] == [__file__]


@pytest.mark.usefixtures("folder")
def test_a_source_without_a_document_is_an_error():
    write("bad.txt", b"\xff")
    for on_error in ("warn", "skip"):
        with pytest.raises(ReadError, match=r"nothing could be read:\s+bad\.txt: not utf-8"):
            list(stream("bad.txt", on_error=on_error))
        with pytest.raises(ReadError, match=r"nothing could be read:\s+gone\.txt: no such file"):
            list(stream("gone.txt", on_error=on_error))
    with pytest.raises(ReadError, match=r"gone\.txt: no such file"):
        stream("gone.txt")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (partial(stream, "a.txt", on_error="stop"), "on_error must be one of 'raise', 'warn', 'sk"),
        (partial(stream, "a.txt", encoding="utf-9"), "encoding must be the name of a text encod"),
        (partial(stream, 7), "source must be a path, "),
        (partial(estimate, "a.txt", sample=0), "sample must be a positive number of bytes; got 0"),
        (partial(estimate, "a.txt", sample=1.5), "sample must be a positive .* got 1.5"),
        (partial(estimate, "a.txt", ngrams=0), "ngrams must be a positive int"),
        (
            partial(count_stream, [Document("a", "x")], count=count, progress="yes"),
            "progress must be True, False or None; got 'yes'",
        ),
        (
            partial(count_stream, [Document("a", "x")], count=count, group="party"),
            "unknown docvar 'party'",
        ),
        (
            partial(count_stream, [Document("a", "x")], count=count, group={"b": "X"}),
            r"1 document\(s\) have no group: 'a'",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_an_option_that_is_not_allowed_is_refused(call, message):
    write("a.txt", "x")
    with pytest.raises(OptionError, match=message):
        call()


# -- identifiers -------------------------------------------------------------------------------


# -- counts ------------------------------------------------------------------------------------


@given(corpus=corpora(max_docs=8), batch=st.integers(1, 2000))
def test_counting_in_batches_is_counting_at_once(corpus, batch):
    dfm = count_stream(iter(corpus), count=count, batch=batch)
    assert same_matrix(dfm, count(corpus))
    grouped = count_stream(iter(corpus), count=count, batch=batch, group="party")
    assert same_matrix(grouped, count(corpus).group("party"))


@given(
    corpus=corpora(max_docs=8),
    batch=st.integers(1, 2000),
    ngrams=st.sampled_from([1, 2, (1, 2)]),
    within=st.sampled_from(["document", "sentence"]),
    stopwords=st.sampled_from([None, ["peace"]]),
)
def test_the_options_of_counting_hold_in_batches(corpus, batch, ngrams, within, stopwords):
    verb = partial(count, ngrams=ngrams, within=within, stopwords=stopwords)
    assert same_matrix(count_stream(corpus, count=verb, batch=batch), verb(corpus))


@pytest.mark.parametrize("packed", PACK)
@pytest.mark.parametrize("ending", ["jsonl", "csv"])
@pytest.mark.usefixtures("folder")
def test_a_stream_of_files_counts_as_the_corpus_that_is_read_from_them(ending, packed):
    rng = np.random.default_rng(0)
    words = np.array(["peace", "war", "treaty", "Treaty", "和平", "café"])
    texts = [" ".join(words[rng.integers(6, size=n)]) for n in rng.integers(1, 60, 200)]
    parties = rng.choice(["X", "Y", "Z"], 200).tolist()
    write_corpus(f"t.{ending}{packed}", Corpus.from_texts(texts, docvars={"party": parties}))
    corpus, documents = read("t.*"), stream("t.*")
    for batch in (1, 5_000, 10**7):
        dfm = count_stream(documents, count=count, batch=batch)
        assert same_matrix(dfm, count(corpus))
        grouped = count_stream(documents, count=count, batch=batch, group="party")
        assert same_matrix(grouped, count(corpus).group("party"))


@pytest.mark.usefixtures("folder")
def test_header_lines_are_not_counted_in_a_stream_either():
    for i in range(3):
        write(f"t/{i}.txt", f"Title: On Peace\n\nWe agree {i}.")
    assert same_matrix(count_stream(stream("t"), count=count, batch=1), count(read("t")))


def test_documents_are_grouped_by_identifier_too():
    corpus = Corpus.from_texts(["a b", "b", "c"], ids=["x", "y", "z"])
    by = {"x": "2", "y": "10", "z": "2"}
    dfm = count_stream(corpus, count=count, batch=1, group=by)
    assert (dfm.docs, dict(dfm.docvars)) == (("10", "2"), {})
    assert dfm.counts.toarray().tolist() == [[0, 1, 0], [1, 1, 1]]


def test_a_batch_holds_so_many_documents_at_most(monkeypatch):
    monkeypatch.setattr(streaming, "_MOST_HELD", 2)
    held = []

    def counting(corpus):
        held.append(len(corpus))
        return count(corpus)

    corpus = Corpus.from_texts(["peace", "war", "treaty", "war", "peace"])
    assert same_matrix(count_stream(corpus, count=counting), count(corpus))
    assert held == [2, 2, 1]


@given(st.lists(st.lists(st.integers(0, 10**5), max_size=4), max_size=60))
def test_an_array_that_grows_holds_what_was_appended(parts):
    growing = streaming._Growing(np.uint8)  # noqa: SLF001 - its memory is the point of it
    for part in parts:
        values = np.array(part, np.int64)
        growing.extend(values.astype(np.min_scalar_type(values.max(initial=0))))
    expected = [value for part in parts for value in part]
    assert len(growing) == len(expected)
    assert growing.taken().tolist() == expected


def test_the_sums_of_batches_that_wait_to_be_added_up_are_few():
    running = streaming._Groups(count, "who")  # noqa: SLF001 - as many would cost the square
    for i in range(200):
        running.add(Corpus((Document(f"d{i}", f"word{i} peace", {"who": f"g{i % 7}"}),)))
        sizes = [part.nnz for part in running._sums]  # noqa: SLF001
        assert all(a >= 2 * b for a, b in itertools.pairwise(sizes))


def test_many_batches_into_many_groups_add_up():
    rng = np.random.default_rng(1)
    texts = [" ".join(f"w{j}" for j in rng.geometric(0.05, 20)) for _ in range(300)]
    groups = [f"g{g}" for g in rng.geometric(0.1, 300)]
    corpus = Corpus.from_texts(texts, docvars={"who": groups})
    dfm = count_stream(corpus, count=count, batch=1, group="who")
    assert same_matrix(dfm, count(corpus).group("who"))


def test_a_docvar_that_comes_late_or_goes_early_is_none_elsewhere():
    documents = [
        Document("a", "x", {"party": "X"}),
        Document("b", "y"),
        Document("c", "z", {"year": 1970, "party": "X"}),
    ]
    dfm = count_stream(documents, count=count, batch=1)
    assert dfm.docvars == {"party": ("X", None, "X"), "year": (None, None, 1970)}


@pytest.mark.parametrize("sizes", [(1, 300, 70_000), (70_000, 1, 300), (300, 255, 256)])
def test_counts_of_any_size_are_kept(sizes):
    corpus = Corpus.from_texts(["peace " * n + "war" for n in sizes])
    dfm = count_stream(corpus, count=count, batch=1)
    assert dfm.counts.toarray().tolist() == [[n, 1] for n in sizes]
    assert same_matrix(dfm, count(corpus))


def test_values_of_docvars_that_repeat_are_kept_once():
    documents = (Document(f"d{i}", "x", {"party": "XYZ"[:2]}) for i in range(5))
    values = count_stream(documents, count=count, batch=1).docvars["party"]
    assert values == ("XY",) * 5
    assert len(set(map(id, values))) == 1


@pytest.mark.usefixtures("folder")
def test_a_count_can_be_verified_against_the_stream_and_against_the_corpus():
    documents = stream(write("t.jsonl", TALKS + TALKS.replace('"a"', '"c"').replace('"b"', '"d"')))
    group = {"a": "X", "b": "Y", "c": "Y", "d": "X"}
    for dfm in (
        count_stream(documents, count=count, batch=1),
        count_stream(documents, count=count, batch=1, group=group),
    ):
        again = pickle.loads(pickle.dumps(dfm))  # noqa: S301 - of this very process
        assert again.verify(documents)
        assert again.verify(read("t.jsonl"))
        changed = Corpus(tuple(documents)[1:])
        with pytest.raises(DiscourseError, match="corpus is not the one"):
            again.verify(changed)


@pytest.mark.parametrize("group", [None, "party"])
def test_without_documents_there_is_nothing_to_count(group):
    with pytest.raises(DiscourseError, match="the stream is empty: there is no document"):
        count_stream(iter(()), count=count, group=group)


@pytest.mark.usefixtures("folder")
def test_an_error_in_the_middle_of_a_file_ends_the_count():
    write("t.jsonl", TALKS + "oops\n")
    with pytest.raises(ReadError, match=r"t\.jsonl: line 3: not JSON"):
        count_stream(stream("t.jsonl"), count=count, batch=1)
    dfm = count_stream(stream("t.jsonl", on_error="skip"), count=count, batch=1)
    assert dfm.docs == ("a", "b")


def test_documents_without_a_word_are_rows_and_groups_all_the_same():
    corpus = Corpus.from_texts(["...", "a", "!"], docvars={"who": ["X", "Y", "Z"]})
    for batch in (1, 10**6):
        assert same_matrix(count_stream(corpus, count=count, batch=batch), count(corpus))
        dfm = count_stream(corpus, count=count, batch=batch, group="who")
        assert same_matrix(dfm, count(corpus).group("who"))


# -- progress ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_nothing_is_shown_unless_a_terminal_looks_on_or_it_is_asked_for(capsys, monkeypatch):
    documents = stream(write("t.jsonl", TALKS))
    count_stream(documents, count=count)
    count_stream(documents, count=count, progress=False)
    assert capsys.readouterr() == ("", "")
    count_stream(documents, count=count, progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert "counting: 100%" in err
    assert f"{documents.n_bytes}/{documents.n_bytes}" in err.replace(".0", "")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    count_stream(documents, count=count)
    assert "counting: 100%" in capsys.readouterr().err
    count_stream(documents, count=count, progress=False)
    assert capsys.readouterr().err == ""


# -- what it will take -------------------------------------------------------------------------


def alike(n, rng):
    """Return a corpus of documents of one kind."""
    rows = rng.geometric(0.02, (n, 40))
    texts = [" ".join(f"word{j}" for j in row) for row in rows]
    return Corpus.from_texts(texts, docvars={"party": ["X"] * n})


@pytest.mark.parametrize("name", ["t.jsonl", "t.csv", "t.jsonl.gz"])
@pytest.mark.usefixtures("folder")
def test_the_forecast_for_documents_of_one_kind_is_close(monkeypatch, name):
    small_pieces(monkeypatch, 5_000)
    write_corpus(name, alike(4_000, np.random.default_rng(0)))
    dfm = count(read(name))
    whole = stream(name).n_bytes
    found = estimate(name, sample=whole // 5)
    assert not found.exact
    assert whole // 5 <= found.sampled_bytes <= whole // 2
    assert found.documents == pytest.approx(4_000, rel=0.1)
    assert found.tokens == pytest.approx(dfm.counts.sum(), rel=0.1)
    assert found.entries == pytest.approx(dfm.counts.nnz, rel=0.1)
    assert len(dfm.features) * 0.9 <= found.features <= len(dfm.features) * 2
    assert found.characters == pytest.approx(sum(map(len, read(name).texts)), rel=0.1)
    streamed = count_stream(stream(name), count=count).counts
    stored = streamed.data.nbytes + streamed.indices.nbytes + streamed.indptr.nbytes
    assert found.matrix_bytes == pytest.approx(stored, rel=0.1)
    assert found.seconds > 0


@pytest.mark.usefixtures("folder")
def test_the_sample_is_spread_over_the_files():
    for i in range(100):
        write(f"t/{i:02}.txt", f"peace {i} " * (50 + i))
    found = estimate("t", sample=stream("t").n_bytes // 4)
    assert 20 <= found.sampled_files == found.sampled_documents <= 30  # not the shortest alone
    assert found.n_files == 100
    assert found.documents == pytest.approx(100, rel=0.05)


@pytest.mark.usefixtures("folder")
def test_the_sample_holds_the_beginnings_of_several_large_files(monkeypatch):
    small_pieces(monkeypatch, 1_000)
    for name, size in (("short", 10), ("long", 1_000)):
        rows = ({"text": "peace " * size} for _ in range(60_000 // size))
        write(f"t/{name}.jsonl", "\n".join(map(json.dumps, rows)))
    found = estimate("t", sample=stream("t").n_bytes // 5)
    assert found.sampled_files == 2
    assert found.documents == pytest.approx(6_060, rel=0.2)


@pytest.mark.parametrize("packed", PACK)
@pytest.mark.usefixtures("folder")
def test_a_source_that_was_sampled_whole_is_counted_exactly(packed):
    corpus = alike(30, np.random.default_rng(0))
    write_corpus(f"t.jsonl{packed}", corpus)
    found, dfm = estimate(f"t.jsonl{packed}", ngrams=2), count(corpus, ngrams=2)
    assert found.exact
    assert (found.documents, found.tokens) == (30, dfm.counts.sum())
    assert (found.features, found.entries) == (len(dfm.features), dfm.counts.nnz)
    assert found.characters == sum(map(len, corpus.texts))


@pytest.mark.usefixtures("folder")
def test_a_forecast_is_a_table_plain_data_and_a_text():
    found = estimate(write("t.jsonl", TALKS))
    frame, plain = found.to_frame(), found.to_dict()
    assert dict(zip(frame["figure"], frame["value"], strict=True)) == {
        key: value for key, value in plain.items() if key != "record"
    }
    assert json.loads(json.dumps(plain)) == plain
    assert str(found).startswith(f"{len(TALKS)} B in 1 file(s): 2 documents, 4 tokens, 4 features")
    assert "the whole source" in str(found)


@pytest.mark.usefixtures("folder")
def test_a_row_that_cannot_be_read_is_an_error_of_the_forecast_or_passed_over():
    write("t.jsonl", TALKS + "oops\n" + TALKS)
    with pytest.raises(ReadError, match=r"t\.jsonl: line 3"):
        estimate("t.jsonl")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert estimate("t.jsonl", on_error="skip").documents == 2
    write("bad.txt", b"\xff")
    with pytest.raises(DiscourseError, match="the sample is empty"):
        estimate("bad.txt", on_error="skip")


# -- real files --------------------------------------------------------------------------------


def test_published_speeches_count_in_batches_as_at_once(real_data):
    file = real_data / "data" / "irish-budget-2010" / "speeches.jsonl"
    corpus = read(file)
    assert same_matrix(count_stream(stream(file), count=count, batch=50_000), count(corpus))
    dfm = count_stream(stream(file), count=count, batch=50_000, group="party")
    assert same_matrix(dfm, count(corpus).group("party"))


# -- identifiers -------------------------------------------------------------------------------


@given(st.lists(st.text(max_size=2)))
def test_an_identifier_is_new_once(names):
    seen, known = Identifiers(), set()
    for name in names:
        assert seen.add(name) == (name not in known)
        known.add(name)
    assert len(seen) == len(known)


def test_a_hundred_thousand_identifiers_take_a_few_bytes_each():
    seen = Identifiers()
    assert all(seen.add(f"document {i}") for i in range(100_000))
    assert not any(seen.add(f"document {i}") for i in range(100_000))
    assert len(seen) == 100_000
    assert len(seen._slots) * 8 <= 24 * 100_000  # noqa: SLF001 - the promise is about these
