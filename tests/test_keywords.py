"""Vectors of keyword categories."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import _text
from discourse.corpus import Corpus, Document
from discourse.errors import EmptyDocumentError, OptionError
from discourse.keywords import keyword_vectors
from discourse.lexicon import Lexicon, find_spans
from discourse.pairwise import similarity
from discourse.tokens import token_spans, tokenize
from strategies import corpora

LEXICON = Lexicon(
    {
        "peace": ["peace", "peace talk*", {"pattern": "UN", "case": True}],
        "economy": ["free trade", "trad*", "talk"],
        "talk": ["talk", "peace talk*"],
    },
    ignore=["trade union*"],
)
WORDS = ["peace", "Peace’s", "talks", "talk", "trade", "free-trade", "free", "unions", "UN", "un"]
MARKS = [" ", " ", " ", ", ", ". ", " (", "! "]

sentences = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(MARKS)).map("".join), max_size=15
).map("".join)


def slow_counts(corpus, lexicon):
    """One document and one match at a time."""
    counts = np.zeros((len(corpus), len(lexicon.categories)))
    for i, document in enumerate(corpus):
        for match in find_spans(document, token_spans(document), lexicon):
            counts[i, list(lexicon.categories).index(match.category)] += 1
    return counts


@given(corpora(elements=sentences))
def test_counts_are_those_of_the_slow_loop(corpus):
    vectors = keyword_vectors(corpus, LEXICON, per=None)
    assert vectors.unit == "count"
    assert vectors.features == ("peace", "economy", "talk")
    assert vectors.docs == corpus.ids
    assert np.array_equal(vectors.values.toarray(), slow_counts(corpus, LEXICON))


@given(corpora())
def test_counts_are_those_of_the_slow_loop_in_every_script(corpus):
    lexicon = Lexicon({"x": ["peace", "war", "和平", "co*"], "y": ["peace war", "λόγος"]})
    vectors = keyword_vectors(corpus, lexicon, per=None)
    assert np.array_equal(vectors.values.toarray(), slow_counts(corpus, lexicon))


@given(corpora(elements=sentences.map("peace ".__add__)), st.sampled_from([1, 100, 1000]))
def test_rates_are_counts_per_so_many_tokens(corpus, per):
    counts = keyword_vectors(corpus, LEXICON, per=None).values.toarray()
    rates = keyword_vectors(corpus, LEXICON, per=per)
    sizes = [len(_text.word_spans(text)) for text in corpus.texts]
    expected = counts * per / np.array(sizes)[:, np.newaxis]
    assert np.allclose(rates.values.toarray(), expected, rtol=1e-14, atol=0)


@given(corpora(min_docs=2, elements=sentences), st.data())
def test_permuting_documents_permutes_rows(corpus, data):
    vectors = keyword_vectors(corpus, LEXICON, per=None)
    order = data.draw(st.permutations(corpus.ids))
    shuffled = keyword_vectors(corpus.subset(order), LEXICON, per=None)
    assert all(np.array_equal(shuffled.row(name), vectors.row(name)) for name in corpus.ids)


@given(corpora(elements=sentences))
def test_counts_of_sentences_sum_to_those_of_their_document(corpus):
    whole = keyword_vectors(corpus, LEXICON, per=None)
    pieces = corpus.split("sentence")
    for name in corpus.ids:
        own = tuple(p for p in pieces if p.docvars["document"] == name)
        if own:
            rows = keyword_vectors(Corpus(own), LEXICON, per=None).values.toarray()
            assert np.array_equal(rows.sum(axis=0), whole.row(name))


def test_the_unit_says_what_the_values_are():
    vectors = keyword_vectors(["peace and free trade"], LEXICON)
    assert vectors.unit == "per 1,000 tokens"
    assert vectors.values.toarray().tolist() == [[250.0, 250.0, 0.0]]


def test_a_pattern_does_not_run_across_punctuation_or_documents():
    vectors = keyword_vectors(["free trade", "free, trade", "free", "trade"], {"x": ["free trade"]})
    assert vectors.values.toarray().ravel().tolist() == [500.0, 0.0, 0.0, 0.0]


def test_a_match_belongs_to_its_document_whatever_the_tokenizer_cuts():
    tokens = tokenize(["peace", " trade"], tokenizer=lambda text: [(0, len(text))])
    vectors = keyword_vectors(tokens, {"x": ["*trade"]}, per=None)
    assert vectors.values.toarray().tolist() == [[0.0], [1.0]]


def test_header_lines_are_not_counted():
    document = Document("a", "On Peace\nWe trade.", header=((0, 8),))
    assert keyword_vectors(document, LEXICON).values.toarray().tolist() == [[0.0, 500.0, 0.0]]


def test_documents_without_words_have_counts_but_no_rates():
    texts = ["...", "peace", ""]
    counts = keyword_vectors(texts, {"x": ["peace"]}, per=None)
    assert counts.values.toarray().tolist() == [[0.0], [1.0], [0.0]]
    with pytest.raises(EmptyDocumentError) as caught:
        keyword_vectors(texts, {"x": ["peace"]})
    assert caught.value.docs == ("text1", "text3")


def test_tokens_serve_as_well_as_the_corpus_they_came_from():
    corpus = Corpus.from_texts(["Peace talks.", "Trade."], docvars={"party": ["X", "Y"]})
    tokens = tokenize(corpus)
    vectors = keyword_vectors(tokens, LEXICON)
    assert vectors.digest == keyword_vectors(corpus, LEXICON).digest
    assert vectors.docvars == {"party": ("X", "Y")}
    assert vectors.verify(tokens, LEXICON)
    assert vectors.verify(corpus, LEXICON)


def test_vectors_by_another_tokenizer_verify_from_the_corpus_they_came_from():
    corpus = Corpus.from_texts(["peace talks"])
    tokens = tokenize(corpus, tokenizer=lambda text: [(0, len(text))])
    vectors = keyword_vectors(tokens, LEXICON)
    assert vectors.digest != keyword_vectors(corpus, LEXICON).digest
    assert vectors.verify(corpus, LEXICON)


def test_a_lexicon_of_markers_may_be_named_too():
    assert "hedges" in keyword_vectors(["Perhaps."], "english").features


def test_the_record_names_the_lexicon_and_notices_another_one():
    vectors = keyword_vectors(["peace"], LEXICON, per=100)
    assert vectors.record.parameters == {"tokenizer": "words", "lexicon": "custom", "per": 100}
    with pytest.raises(ValueError, match="lexicon is not the one"):
        vectors.verify(["peace"], Lexicon({name: ["peace"] for name in LEXICON.categories}))


def test_vectors_can_be_compared():
    vectors = keyword_vectors(["peace and trade", "trade and peace", "peace"], LEXICON)
    assert similarity(vectors).value("text1", "text2") == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: keyword_vectors(["a"], LEXICON, per=0), "per must be a positive int, or None"),
        (lambda: keyword_vectors(["a"], LEXICON, per=0.5), "per must be .*; got 0.5"),
        (lambda: keyword_vectors(["a"], "foreign-polcy"), "Did you mean 'foreign-policy'"),
        (lambda: keyword_vectors("a", LEXICON), "corpus must be a list of str"),
    ],
)
def test_bad_calls_are_refused(call, message):
    with pytest.raises(OptionError, match=message):
        call()
