"""The loops over bytes find exactly the words of the expression, and count them the same."""

import itertools
import json
import subprocess
import sys
import tarfile
import unicodedata
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from discourse import _text
from discourse._kernels import numbering as numbering_module
from discourse._kernels.classes import CharacterClass
from discourse._kernels.edges import Edges
from discourse._kernels.numbering import Numbered, Numbering, by_column
from discourse._kernels.pairing import distinct_pairs
from discourse._text import character_classes, word_pattern
from discourse.corpus import Corpus, Document
from discourse.dfm import count, sequences
from discourse.errors import OptionError
from discourse.tokens import CLAUSE_MARKS, Break, batches, token_breaks, token_spans, tokenize
from strategies import corpora, spaced_texts, texts

APOSTROPHES, HYPHENS = "'’ʼ", "-‐‑"
SOFT = "\u00ad\u200c\u200d"
AWKWARD = (
    f"aé7_ \n\0\t.{APOSTROPHES}{HYPHENS}{SOFT}\u0301\u093f\ud800\udfff\U0001f600\U0001d49c"
    "\U000e0100万ั一"
)
awkward = st.text(AWKWARD, max_size=40)
ANY_CHARACTER = st.characters(exclude_categories=())  # lone surrogates included


@contextmanager
def paths(large, batch=2**20):
    """Take corpora of so many characters for large ones, and batches of so many bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "LARGE", large)
        patch.setattr(batches, "_BATCH", batch)
        yield


def by_expression(verb, *args, **options):
    with paths(sys.maxsize):
        return verb(*args, **options)


def by_loops(verb, *args, batch=2**20, **options):
    with paths(0, batch):
        return verb(*args, **options)


def arrays(tokens):
    return tokens.surface_ids, tokens.indptr, tokens.breaks


def check_same_tokens(a, b):
    assert a.vocabulary.surfaces == b.vocabulary.surfaces
    assert a.vocabulary.types == b.vocabulary.types
    for left, right in zip(arrays(a), arrays(b), strict=True):
        assert left.dtype == right.dtype
        assert not left.flags.writeable
        assert not right.flags.writeable
        assert np.array_equal(left, right)
    assert (a.docs, dict(a.docvars), a.record) == (b.docs, dict(b.docvars), b.record)


def check_same_counts(a, b):
    assert a.digest == b.digest
    assert (a.counts.dtype, a.counts.indices.dtype) == (b.counts.dtype, b.counts.indices.dtype)
    assert (a.features, dict(a.docvars), a.record) == (b.features, dict(b.docvars), b.record)


def words_of(numbering, numbered):
    """The words of each text, from their numbers."""
    names = numbering.words()
    return [
        [names[i] for i in numbered.ids[start:end]]
        for start, end in itertools.pairwise(numbered.indptr.tolist())
    ]


def found_by_loops(*given, numbering=None):
    numbering = Numbering(character_classes()) if numbering is None else numbering
    return words_of(numbering, numbering.add([encoded(text) for text in given]))


def encoded(text):
    return text.encode("utf-8", "surrogatepass")


# -- words -------------------------------------------------------------------------------------


@given(st.lists(texts() | spaced_texts() | awkward | st.text(ANY_CHARACTER), max_size=4))
@example(["", "", "a"])
@example(["a", "-b", "'", "\u0301c"])
@example(["a-", "b"])
@example(["a\0b\0", "\0"])
def test_the_words_of_texts_are_those_of_the_expression(given_texts):
    assert found_by_loops(*given_texts) == [word_pattern().findall(text) for text in given_texts]


@pytest.mark.parametrize("plane", range(17))
def test_every_character_plays_its_part_at_every_place_of_a_word(plane):
    every = map(chr, range(plane * 0x10000, (plane + 1) * 0x10000))
    text = "".join(f"{c} a{c}b{c} a-{c}a\n" for c in every)
    assert found_by_loops(text) == [word_pattern().findall(text)]


@pytest.mark.parametrize("letter", ["a", "é", "万", "\U0001d49c"])
def test_a_word_may_lie_anywhere_among_blocks_of_bytes(letter):
    text = [" " * before + letter * n + "'" + letter for before in range(66) for n in range(1, 36)]
    assert found_by_loops(*text) == [[one.strip()] for one in text]


def test_a_word_may_be_as_long_as_a_text():
    word = "aé" * 2**19
    assert found_by_loops(word, f"{word}x {word}") == [[word], [f"{word}x", word]]


def test_the_classes_of_characters_are_those_of_the_expression():
    classes = character_classes()
    assert len(classes) == sys.maxunicode + 1
    for code in range(0, sys.maxunicode + 1, 7):
        char = chr(code)
        begins, goes_on = (bool(word_pattern().fullmatch(text)) for text in (char, "a" + char))
        joins = bool(word_pattern().fullmatch(f"a{char}a")) and not goes_on
        assert classes[code] == (
            CharacterClass.WORD
            if begins
            else CharacterClass.MARK
            if goes_on
            else CharacterClass.JOINT
            if joins
            else CharacterClass.OTHER
        )


# -- numbers -----------------------------------------------------------------------------------


def alike(n):
    """Words of one length that begin and end alike."""
    return [f"{'x' * 12}{i:03}{'y' * 12}" for i in range(n)]


@pytest.fixture(params=["apart", "at one slot"])
def small_table(request, monkeypatch):
    """Begin with a table of few slots, and the search of all words apart or at one slot."""
    monkeypatch.setattr(numbering_module, "_SLOTS", 2)
    if request.param == "at one slot":
        monkeypatch.setattr(numbering_module, "_FACTOR", 0)


@pytest.mark.usefixtures("small_table")
def test_the_table_grows_and_keeps_words_apart_wherever_their_search_begins():
    words = [*alike(300), *(f"w{i}" for i in range(300)), *("z" * i for i in range(1, 40))]
    numbering = Numbering(character_classes())
    numbered = numbering.add([encoded(" ".join([*words, *reversed(words)]))])
    assert len(numbering) == len(words)
    assert numbering.words() == words
    assert numbered.ids.tolist() == [*range(len(words)), *reversed(range(len(words)))]


@pytest.mark.usefixtures("small_table")
def test_a_word_keeps_its_number_from_batch_to_batch():
    numbering = Numbering(character_classes())
    assert numbering.add([b"war and peace", b"and"]).ids.tolist() == [0, 1, 2, 1]
    numbered = numbering.add([b"", b"peace now", b"War"])
    assert numbered.ids.tolist() == [2, 3, 4]
    assert numbered.indptr.tolist() == [0, 0, 2, 3]
    assert numbering.words() == ["war", "and", "peace", "now", "War"]


@pytest.mark.usefixtures("small_table")
@given(st.lists(texts(), max_size=3), st.lists(texts(), max_size=3))
def test_taking_in_another_numbering_changes_no_word(mine, others):
    left, right = Numbering(character_classes()), Numbering(character_classes())
    left.add(list(map(encoded, mine)))
    numbered = right.add(list(map(encoded, others)))
    before = words_of(right, numbered)
    moved = numbered._replace(ids=left.take(right)[numbered.ids])
    assert words_of(left, moved) == before
    assert len(set(left.words())) == len(left)


@pytest.mark.parametrize("n_columns", [1, 5, 64, 65, 5_000, 300_000])
def test_counts_are_summed_by_column_in_order(n_columns):
    rng = np.random.default_rng(n_columns)
    column_of = rng.integers(n_columns, size=200).astype(np.int32)
    column_of[0] = n_columns - 1
    sizes = rng.integers(0, 60, 50)
    ids = rng.integers(200, size=sizes.sum()).astype(np.int32)
    indptr = np.concatenate([[0], np.cumsum(sizes)])
    cells = by_column(Numbered(ids, indptr), column_of, n_columns)
    slow = csr_array((np.ones(len(ids), np.int64), column_of[ids], indptr), shape=(50, n_columns))
    slow.sum_duplicates()
    assert cells.columns.tolist() == slow.indices.tolist()
    assert cells.counts.tolist() == slow.data.tolist()
    assert cells.indptr.tolist() == slow.indptr.tolist()


# -- tokens and counts ---------------------------------------------------------------------------

jobs, sizes = st.integers(1, 3), st.sampled_from([1, 30, 2**20])
any_corpora = corpora() | corpora(elements=awkward) | corpora(elements=st.text(ANY_CHARACTER))


@given(any_corpora, jobs, sizes)
def test_tokens_are_the_same_by_both_paths(corpus, n_jobs, batch):
    tokens = by_loops(tokenize, corpus, n_jobs=n_jobs, batch=batch)
    check_same_tokens(tokens, by_expression(tokenize, corpus))


@given(any_corpora, jobs, sizes, st.sampled_from([None, ["peace", "万"], "english"]))
def test_counts_are_the_same_by_both_paths(corpus, n_jobs, batch, stopwords):
    options = {"stopwords": stopwords}
    dfm = by_loops(count, corpus, n_jobs=n_jobs, batch=batch, **options)
    check_same_counts(dfm, by_expression(count, corpus, **options))


@given(corpora(), jobs)
def test_counts_by_both_paths_verify_each_other(corpus, n_jobs):
    dfm = by_expression(count, corpus)
    assert by_loops(dfm.verify, corpus)
    assert by_loops(count, corpus, n_jobs=n_jobs).verify(corpus)
    assert by_loops(count, corpus, n_jobs=n_jobs).verify(tokenize(corpus))


@given(st.data(), st.lists(texts() | awkward, min_size=1, max_size=3))
def test_header_lines_are_left_out_by_both_paths(data, bodies):
    borders = [data.draw(st.integers(0, len(text))) for text in bodies]
    corpus = Corpus(
        tuple(
            Document(str(i), text, header=((0, border),))
            for i, (text, border) in enumerate(zip(bodies, borders, strict=True))
        )
    )
    check_same_tokens(by_loops(tokenize, corpus), by_expression(tokenize, corpus))
    check_same_counts(by_loops(count, corpus), by_expression(count, corpus))


@pytest.mark.parametrize(
    ("text", "border", "suits"),
    [("On Peace\nWe", 8, True), ("On Peace\nWe", 9, True), ("Onwards", 2, False), ("On", 2, True)],
)
def test_a_header_that_ends_within_a_word_is_left_to_the_expression(text, border, suits):
    with paths(0):
        assert batches.suits(Corpus((Document("a", text, header=((0, border),)),))) == suits


@pytest.mark.parametrize(("loops", "times"), [("no.such.module", 1), ("sys", 16)])
def test_a_corpus_is_large_from_so_many_characters_on_or_fewer_where_the_loops_are_loaded(
    loops, times, monkeypatch
):
    monkeypatch.setattr(batches, "_LOOPS", loops)
    corpus = Corpus.from_texts(["a" * 6, "b" * 4])
    for large, suits in ((10 * times, True), (11 * times, False)):
        with paths(large):
            assert batches.suits(corpus) == suits


# -- small letters -----------------------------------------------------------------------------


@given(st.lists(texts() | spaced_texts() | awkward | st.text(ANY_CHARACTER), max_size=4))
@example(["ÀÅİKς ΑΣ Åſ", "@[`{ZAz"])
def test_small_letters_of_ascii_change_no_type_but_that_of_other_words(given_texts):
    lowered = found_by_loops(*given_texts, numbering=Numbering(character_classes(), lower=True))
    written = [word_pattern().findall(text) for text in given_texts]
    small = str.maketrans({c: c.lower() for c in map(chr, range(65, 91))})
    assert lowered == [[word.translate(small) for word in words] for words in written]
    fold = _text.fold
    assert [list(map(fold, ws)) for ws in lowered] == [list(map(fold, ws)) for ws in written]


def test_small_letters_of_ascii_change_no_type_before_any_character():
    capitals = [chr(c) for c in range(65, 91)]
    for mark in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.combining(mark):
            for capital in capitals:
                assert _text.fold(capital + mark) == _text.fold(capital.lower() + mark)


# -- pairs -------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3) | st.integers(0, 2**64 - 1), max_size=40))
@example([])
def test_pairs_are_sorted_and_found_as_numpy_does(pairs):
    given_pairs = np.array(pairs, np.uint64)
    expected, place = np.unique(given_pairs, return_inverse=True)
    found = distinct_pairs(given_pairs)
    assert np.array_equal(found[0], expected)
    assert np.array_equal(found[1], place)


def test_pairs_find_room_in_a_table_that_grows():
    pairs = np.random.default_rng(0).integers(0, 2**40, 400_000).astype(np.uint64)
    pairs = np.concatenate([pairs, pairs[::-3]])
    expected, place = np.unique(pairs, return_inverse=True)
    found = distinct_pairs(pairs)
    assert np.array_equal(found[0], expected)
    assert np.array_equal(found[1], place)


def test_sequences_are_the_same_whoever_finds_their_pairs():
    text = ["We agree. They differ, and we agree to differ."] * 3
    for ngrams in (2, 3, (1, 3)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sequences, "_WORDS", 0)
            by_table = count(text, ngrams=ngrams)
        check_same_counts(by_table, count(text, ngrams=ngrams))


def letters(text):
    return [(i, i + 1) for i, char in enumerate(text) if char.isalpha()]


def test_a_tokenizer_of_the_user_is_asked_whatever_the_size():
    assert by_loops(tokenize, ["ab A"], tokenizer=letters).words("text1") == ("a", "b", "a")


def test_real_texts_are_counted_the_same_by_both_paths(real_data):
    archive = min((real_data / "data" / "ungdc").glob("*.tar.gz"))
    with tarfile.open(archive) as tar:
        files = [tar.extractfile(m) for m in tar if m.name.endswith(".txt")]
        bodies = [file.read().decode("utf-8", "replace") for file in files]
    path = real_data / "data" / "us-inaugural" / "addresses.jsonl"
    bodies += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    corpus = Corpus.from_texts(bodies)
    assert sum(map(len, bodies)) > 10**6
    expected = by_expression(tokenize, corpus), by_expression(count, corpus)
    for n_jobs, batch in ((1, 2**20), (2, 10_000)):
        tokens = by_loops(tokenize, corpus, n_jobs=n_jobs, batch=batch)
        check_same_tokens(tokens, expected[0])
        check_same_counts(by_loops(count, corpus, n_jobs=n_jobs, batch=batch), expected[1])


def test_a_small_corpus_loads_no_compiler():
    code = (
        "import sys, discourse as ds; ds.count(['peace now', 'war']); ds.tokenize(['peace']);"
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("verb", [tokenize, count])
@pytest.mark.parametrize("n_jobs", [0, -2, "2", 1.0])
def test_a_wrong_number_of_threads_is_refused(verb, n_jobs):
    with pytest.raises(OptionError, match="n_jobs must be a positive int, or -1"):
        verb(["peace"], n_jobs=n_jobs)


# -- breaks ------------------------------------------------------------------------------------


def slow_breaks(document, spans):
    """The break before each token, by looking at all that lies before it."""
    starts = {
        unit: [s.start for s in document.segments(unit) if s.kind == "text"] for unit in UNITS
    }
    codes, previous, before = [], 0, -1
    for start, end in spans:
        gap = document.text[previous:start]
        code = Break.CLAUSE if set(gap) & CLAUSE_MARKS else Break.NONE
        for unit, border in UNITS.items():
            if any(before < s <= start for s in starts[unit]):
                code = max(code, border)
        codes.append(code)
        previous, before = end, start
    return codes


UNITS = {"sentence": Break.SENTENCE, "paragraph": Break.PARAGRAPH}


@given(corpora(), st.integers(0, 5))
def test_the_breaks_are_those_of_a_loop_over_tokens(corpus, border):
    for one in corpus:
        document = Document(one.id, one.text, header=((0, min(border, len(one.text))),))
        for tokenizer in (_text.word_spans, letters):
            spans = token_spans(document, tokenizer)
            assert token_breaks(document, spans) == slow_breaks(document, spans)


@given(st.lists(awkward | texts(), max_size=4))
def test_the_loops_find_words_where_the_expression_does(given_texts):
    edges = Edges(character_classes())
    for text in given_texts:
        found = [list(match.span()) for match in word_pattern().finditer(text)]
        assert edges.spans(text).tolist() == found


@given(corpora(), st.integers(0, 5))
def test_the_breaks_of_a_large_corpus_are_those_of_a_small_one(corpus, border):
    headed = Corpus(
        [Document(one.id, one.text, header=((0, min(border, len(one.text))),)) for one in corpus]
    )
    by_any = [by(lambda: tokenize(headed).breaks).tolist() for by in (by_loops, by_expression)]
    assert by_any[0] == by_any[1]
