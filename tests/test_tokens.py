"""Corpora as arrays of integers."""

import copy
import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import _text
from discourse.corpus import Corpus, Document
from discourse.errors import DiscourseError, OptionError
from discourse.tokens import Break, Vocabulary, token_spans, tokenize
from strategies import corpora

NONE, CLAUSE, SENTENCE, PARAGRAPH = Break


def slow_words(document):
    """The types of a document, one word at a time."""
    return tuple(_text.fold(document.text[a:b]) for a, b in _text.word_spans(document.text))


@given(corpora())
def test_the_words_of_a_document_are_its_folded_surfaces_in_order(corpus):
    tokens = tokenize(corpus)
    assert len(tokens) == len(corpus)
    for document in corpus:
        assert tokens.words(document.id) == slow_words(document)


@given(corpora())
def test_spans_cut_the_surfaces_that_were_numbered(corpus):
    tokens = tokenize(corpus)
    surfaces = tokens.vocabulary.surfaces
    for i, document in enumerate(corpus):
        own = tokens.surface_ids[tokens.indptr[i] : tokens.indptr[i + 1]]
        cut = [document.text[a:b] for a, b in token_spans(document)]
        assert cut == [surfaces[j] for j in own]
        assert tokens.n_tokens[i] == len(cut)


@given(corpora())
def test_the_vocabulary_is_sorted_unique_and_used(corpus):
    tokens = tokenize(corpus)
    vocabulary = tokens.vocabulary
    assert list(vocabulary.surfaces) == sorted(set(vocabulary.surfaces))
    assert list(vocabulary.types) == sorted(set(vocabulary.types))
    assert set(tokens.surface_ids) == set(range(len(vocabulary.surfaces)))
    folded = [vocabulary.types[i] for i in vocabulary.type_of]
    assert folded == [_text.fold(surface) for surface in vocabulary.surfaces]


@given(corpora(min_docs=2), st.data())
def test_the_order_of_documents_changes_no_document(corpus, data):
    tokens = tokenize(corpus)
    shuffled = tokenize(corpus.subset(data.draw(st.permutations(corpus.ids))))
    assert shuffled.vocabulary.surfaces == tokens.vocabulary.surfaces
    assert all(shuffled.words(name) == tokens.words(name) for name in corpus.ids)


@given(corpora())
def test_arrays_have_the_types_they_promise_and_are_read_only(corpus):
    tokens = tokenize(corpus)
    arrays = (tokens.surface_ids, tokens.indptr, tokens.breaks, tokens.vocabulary.type_of)
    assert [a.dtype for a in arrays] == [np.int32, np.int64, np.uint8, np.int32]
    assert not any(a.flags.writeable for a in arrays)


def test_a_copy_holds_the_same_and_is_read_only():
    tokens = tokenize(["Peace, not war.", "..."])
    for again in (copy.deepcopy(tokens), pickle.loads(pickle.dumps(tokens))):  # noqa: S301
        arrays = (again.surface_ids, again.indptr, again.breaks, again.vocabulary.type_of)
        assert not any(a.flags.writeable for a in arrays)
        assert again.words("text1") == tokens.words("text1")
        assert (again.docs, again.docvars) == (tokens.docs, tokens.docvars)


def test_header_lines_are_left_out():
    document = Document("a", "On Peace\nWe agree.", header=((0, 8),))
    tokens = tokenize(document)
    assert tokens.words("a") == ("we", "agree")
    assert tokens.breaks.tolist() == [PARAGRAPH, NONE]


def test_a_text_without_words_has_no_tokens():
    tokens = tokenize(["peace", "...", "war"])
    assert tokens.n_tokens.tolist() == [1, 0, 1]
    assert tokens.words("text2") == ()


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("peace now", [PARAGRAPH, NONE]),
        ("peace, now", [PARAGRAPH, CLAUSE]),
        ("peace (now) yes", [PARAGRAPH, CLAUSE, CLAUSE]),
        ("Peace. Now", [PARAGRAPH, SENTENCE]),
        ("Peace. “Now, yes.”", [PARAGRAPH, SENTENCE, CLAUSE]),
        ("One\ntwo.\n\nThree", [PARAGRAPH, NONE, PARAGRAPH]),
        ("One.\n\n...\n\nTwo", [PARAGRAPH, PARAGRAPH]),
        ("“One” two", [PARAGRAPH, CLAUSE]),
        ("和平，万岁。好", [PARAGRAPH, CLAUSE, SENTENCE]),
        ("和平万", [PARAGRAPH, NONE]),
    ],
)
def test_the_break_before_each_token(text, breaks):
    assert tokenize([text]).breaks.tolist() == breaks


@given(corpora())
def test_every_sentence_with_words_starts_at_a_break(corpus):
    tokens = tokenize(corpus)
    for i, document in enumerate(corpus):
        own = tokens.breaks[tokens.indptr[i] : tokens.indptr[i + 1]]
        spans = token_spans(document)
        for kind, unit in ((SENTENCE, "sentence"), (PARAGRAPH, "paragraph")):
            starts = [s.start for s in document.segments(unit)]
            units = [sum(start <= a for start in starts) for a, _ in spans]
            begins = [k == 0 or units[k] != units[k - 1] for k in range(len(spans))]
            assert (own >= kind).tolist() == begins


def letters(text):
    return [(i, i + 1) for i, char in enumerate(text) if char.isalpha()]


def test_any_callable_that_returns_spans_is_a_tokenizer():
    tokens = tokenize(["ab A"], tokenizer=letters)
    assert tokens.words("text1") == ("a", "b", "a")
    assert tokens.record.parameters == {"tokenizer": "letters"}


def test_the_record_names_verb_rule_and_corpus():
    corpus = Corpus.from_texts(["peace"])
    record = tokenize(corpus).record
    assert (record.verb, dict(record.parameters)) == ("tokenize", {"tokenizer": "words"})
    assert record.digests == {"corpus": corpus.digest}
    assert record.recompute(corpus).words("text1") == ("peace",)


def test_a_vocabulary_shows_its_sizes():
    assert repr(Vocabulary(["Peace", "peace"])) == "Vocabulary(2 surfaces, 1 types)"


def test_tokens_show_their_sizes():
    assert repr(tokenize(["Peace now"])) == "Tokens(1 documents, 2 tokens)"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: tokenize("peace"), OptionError, "corpus must be a list of str, not a single"),
        (lambda: tokenize([]), DiscourseError, "corpus is empty"),
        (lambda: tokenize(["a"]).words("b"), OptionError, "unknown document 'b'"),
        (
            lambda: tokenize(["ab"], tokenizer=lambda _: [(1, 1)]),
            OptionError,
            "a span that is empty or outside the text of 'text1'",
        ),
        (lambda: tokenize(["ab"], tokenizer=lambda _: [(0, 3)]), OptionError, "outside the text"),
        (lambda: tokenize(["ab"], tokenizer="words"), OptionError, "must be a callable .* 'words'"),
        *(
            (
                lambda wrong=wrong: tokenize(["ab cd"], tokenizer=wrong),
                OptionError,
                r"tokenizer must return \(start, end\) spans of the text; got ",
            )
            for wrong in (str.split, len, lambda _: [(0.0, 1.0)], lambda _: [(0, 1, 2)])
        ),
        (
            lambda: replace(tokenize(["ab"]), docvars={"party": ("X", "Y")}),
            DiscourseError,
            "docvar 'party' has 2 values for 1 docs",
        ),
        (lambda: tokenize(["ab"], tokenizer=lambda _: [(-1, 1)]), OptionError, "outside the text"),
        (
            lambda: tokenize(["ab"], tokenizer=lambda _: [(1, 2), (0, 1)]),
            OptionError,
            "spans that do not ascend for 'text1'",
        ),
    ],
)
def test_a_bad_call_says_what_is_wrong(call, error, message):
    with pytest.raises(error, match=message):
        call()
