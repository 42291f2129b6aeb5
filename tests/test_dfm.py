"""Counts of features in documents."""

import copy
import datetime as dt
import json
import pickle
import re
from collections import Counter
from dataclasses import replace
from functools import reduce
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer

from discourse import seeds_
from discourse._text import fold, word_pattern
from discourse.corpus import Corpus, Document
from discourse.dfm import DocumentFeatureMatrix, count
from discourse.errors import DiscourseError, OptionError
from discourse.tokens import tokenize
from strategies import SPACED, corpora, dfms, texts

# Without the characters that folding drops or turns into joiners: scikit-learn folds a whole
# text before it looks for words, which may join two words that the text keeps apart.
FOLDED_ALIKE = tuple(piece for piece in SPACED if piece not in {"\u00ad", "\u200d", "ʼ"})


def cells(dfm):
    """The non-zero counts by labels, whatever the order of rows."""
    dense = dfm.counts.toarray()
    return {
        (doc, feature): int(dense[i, j])
        for i, doc in enumerate(dfm.docs)
        for j, feature in enumerate(dfm.features)
        if dense[i, j]
    }


def same(a, b):
    """Whether two matrices have the same labels, docvars and counts, in the same order."""
    labels = (a.docs, a.features, dict(a.docvars)) == (b.docs, b.features, dict(b.docvars))
    return labels and np.array_equal(a.counts.toarray(), b.counts.toarray())


def by_hand(docs, features, rows, **docvars):
    columns = MappingProxyType({name: tuple(column) for name, column in docvars.items()})
    counts = csr_array(np.array(rows, np.int64).reshape(len(docs), len(features)))
    return DocumentFeatureMatrix(counts, tuple(features), tuple(docs), columns, count(["a"]).record)


# -- counting ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ngrams", [(1, 1), (1, 2), (2, 3)])
@given(corpus=corpora(elements=texts(FOLDED_ALIKE)))
def test_counts_are_those_of_scikit_learn(ngrams, corpus):
    vectorizer = CountVectorizer(
        token_pattern=word_pattern().pattern,
        lowercase=False,
        preprocessor=fold,
        ngram_range=ngrams,
    )
    dfm = count(corpus, ngrams=ngrams)
    try:
        expected = vectorizer.fit_transform(corpus.texts).toarray()
    except ValueError:  # scikit-learn refuses an empty vocabulary
        assert dfm.features == ()
        return
    assert dfm.features == tuple(vectorizer.get_feature_names_out())
    assert np.array_equal(dfm.counts.toarray(), expected)


@given(corpora(), st.integers(1, 6), st.sampled_from(["document", "sentence"]))
def test_counts_are_those_of_a_loop_over_sentences(corpus, n, within):
    expected = Counter()
    for document in corpus:
        unit = corpus.subset([document.id])
        pieces = unit.split("sentence") if within == "sentence" else unit
        for piece in pieces:
            found = tokenize(piece).words(piece.id)
            for i in range(len(found) - n + 1):
                expected[document.id, " ".join(found[i : i + n])] += 1
    assert cells(count(corpus, ngrams=n, within=within)) == expected


def test_ngrams_within_sentences_do_not_cross_a_full_stop():
    assert count(["We agree. They differ."], ngrams=2, within="sentence").features == (
        "they differ",
        "we agree",
    )
    assert "agree they" in count(["We agree. They differ."], ngrams=2).features


def test_ngrams_of_words_that_hold_spaces_are_summed_where_their_names_are_equal():
    def thirds(_):
        return [(0, 3), (4, 5), (6, 7), (8, 11)]

    dfm = count(tokenize(["a b c a b c"], tokenizer=thirds), ngrams=(1, 2))
    once = dict.fromkeys(("a b", "c", "a", "b c", "c a"), 1)
    assert cells(dfm) == {("text1", name): n for name, n in {**once, "a b c": 2}.items()}


def test_ngrams_do_not_cross_documents():
    assert count(["peace", "now"], ngrams=2).features == ()


@given(corpora(min_docs=2), st.data())
def test_each_row_belongs_to_its_document_whatever_the_order(corpus, data):
    shuffled = corpus.subset(data.draw(st.permutations(corpus.ids)))
    assert cells(count(shuffled)) == cells(count(corpus))
    assert count(shuffled).docs == shuffled.ids


@given(corpora())
def test_counting_tokens_is_counting_their_corpus(corpus):
    assert same(count(tokenize(corpus)), count(corpus))


@given(corpora())
def test_totals_are_the_numbers_of_tokens(corpus):
    assert count(corpus).totals.tolist() == tokenize(corpus).n_tokens.tolist()


@pytest.mark.parametrize("within", ["document", "sentence"])
def test_ngrams_longer_than_the_corpus_do_not_exist(within):
    dfm = count(["a b c"], ngrams=5, within=within)
    assert (dfm.features, dfm.docs, dfm.counts.shape) == ((), ("text1",), (1, 0))


def test_ngrams_within_sentences_do_not_cross_documents_that_begin_with_space():
    def characters(text):
        return [(i, i + 1) for i in range(len(text))]

    tokens = tokenize(["a", " b"], tokenizer=characters)
    assert count(tokens, ngrams=2, within="sentence").features == ()


def test_header_lines_are_not_counted():
    assert count(Document("a", "On Peace\nWe agree.", header=((0, 8),))).features == ("agree", "we")


def test_stop_words_are_left_out_alone_and_in_ngrams():
    text = ["The rule of law"]
    assert count(text, stopwords=["of", "the"]).features == ("law", "rule")
    assert count(text, stopwords=["THE"], ngrams=2).features == ("of law", "rule of")
    assert count(text, stopwords="english").features == ("law", "rule")


def test_the_record_says_how_it_was_counted():
    record = count(["the law"], ngrams=(1, 2), stopwords=["the"]).record
    assert record.verb == "count"
    assert dict(record.parameters) == {
        "ngrams": "1-2",
        "within": "document",
        "stopwords": ("the",),
        "tokenizer": "words",
    }


@given(corpora())
def test_counts_can_be_verified(corpus):
    assert count(corpus, ngrams=(1, 2), stopwords=["peace"]).verify(corpus)


def test_counts_are_not_verified_on_another_corpus():
    with pytest.raises(DiscourseError, match="corpus is not the one that this result came from"):
        count(["peace"]).verify(["war"])


# -- the matrix --------------------------------------------------------------------------------


@given(corpora())
def test_counts_are_canonical_and_read_only(corpus):
    counts = count(corpus).counts
    assert counts.dtype == np.int64
    assert counts.has_canonical_format
    assert (counts.data > 0).all()
    assert not any(a.flags.writeable for a in (counts.data, counts.indices, counts.indptr))


@given(dfms())
def test_a_copy_holds_the_same_and_is_read_only(dfm):
    for again in (copy.deepcopy(dfm), pickle.loads(pickle.dumps(dfm))):  # noqa: S301
        counts = again.counts
        assert again.digest == dfm.digest
        assert again.record == dfm.record
        assert not any(a.flags.writeable for a in (counts.data, counts.indices, counts.indptr))


def test_the_representation_is_short():
    assert repr(count(["a b", "b"])) == "DocumentFeatureMatrix(2 documents, 2 features)"


def test_docvars_become_plain_data():
    day = dt.date(2020, 9, 4)
    held = {"days": {"first": day}, "names": {"b", "a"}, "at": np.datetime64(day, "ns")}
    docvars = {
        "any": [held],
        "array": [np.array([[1, 2]])],
        "scalar": [np.float64(0.5)],
        "time": [dt.time(12, 30)],
        "other": [1 + 2j],
    }
    plain = count(Corpus.from_texts(["x"], docvars=docvars)).to_dict()
    assert json.loads(json.dumps(plain))["docvars"] == {
        "any": [
            {
                "days": {"first": "2020-09-04"},
                "names": ["a", "b"],
                "at": "2020-09-04T00:00:00",
            }
        ],
        "array": [[[1, 2]]],
        "scalar": [0.5],
        "time": ["12:30:00"],
        "other": ["(1+2j)"],
    }


def letters(text):
    return [(i, i + 1) for i, char in enumerate(text) if char.isalpha()]


def test_counts_by_another_tokenizer_verify_from_the_corpus_and_from_the_tokens():
    corpus = Corpus.from_texts(["ab A", "b"])
    tokens = tokenize(corpus, tokenizer=letters)
    for dfm in (count(tokens), count(tokens, stopwords=["a"]).trim(min_docs=2)):
        assert dfm.verify(corpus)
        assert dfm.verify(tokens)
        assert pickle.loads(pickle.dumps(dfm)).verify(corpus)  # noqa: S301


@given(dfms(), dfms())
def test_a_merged_matrix_verifies_from_its_parts(a, b):
    assert a.merge(b).verify(a, b)
    assert a.merge(b).verify(b, a)


def test_a_merged_matrix_does_not_verify_from_other_parts():
    a, b = by_hand("a", "p", [[1]]), by_hand("b", "p", [[1]])
    with pytest.raises(DiscourseError, match=r"(first|second) is not the one"):
        a.merge(b).verify(a, a)


def test_stored_zeros_and_duplicates_are_resolved():
    stored = csr_array(([1, 0, 2], [1, 0, 1], [0, 3]), shape=(1, 2), dtype=np.int64)
    dfm = replace(by_hand("a", "pq", [[0, 0]]), counts=stored)
    assert (dfm.counts.data.tolist(), dfm.counts.indices.tolist()) == ([3], [1])


@given(dfms())
def test_plain_data_and_table_hold_the_counts(dfm):
    plain = dfm.to_dict()
    assert cells(dfm) == {
        (doc, feature): n
        for doc, row in zip(plain["docs"], plain["counts"], strict=True)
        for feature, n in row.items()
    }
    frame = dfm.to_frame()
    assert (tuple(frame.index), tuple(frame.columns)) == (dfm.docs, dfm.features)
    assert np.array_equal(frame.to_numpy(), dfm.counts.toarray())


@given(dfms())
def test_equal_content_has_an_equal_digest(dfm):
    again = by_hand(dfm.docs, dfm.features, dfm.counts.toarray())
    assert again.digest == dfm.digest


@pytest.mark.parametrize(
    "other",
    [
        by_hand("ab", "pq", [[1, 0], [2, 4]]),
        by_hand("ab", "pq", [[0, 1], [2, 3]]),
        by_hand("ba", "pq", [[1, 0], [2, 3]]),
        by_hand("ab", "pr", [[1, 0], [2, 3]]),
        by_hand("abc", "pq", [[1, 0], [2, 3], [0, 0]]),
        by_hand("ab", "pqr", [[1, 0, 0], [2, 3, 0]]),
    ],
)
def test_the_digest_changes_with_labels_counts_and_order(other):
    assert by_hand("ab", "pq", [[1, 0], [2, 3]]).digest != other.digest


# -- trim, select, drop_empty ------------------------------------------------------------------


@given(dfms(), st.integers(1, 4), st.integers(0, 4), st.integers(1, 8))
def test_trimming_keeps_the_features_that_a_loop_keeps(dfm, min_docs, max_docs, min_count):
    trimmed = dfm.trim(min_docs=min_docs, max_docs=max_docs, min_count=min_count)
    kept = []
    for feature in dfm.features:
        column = [n for (_, f), n in cells(dfm).items() if f == feature]
        if min_docs <= len(column) <= max_docs and sum(column) >= min_count:
            kept.append(feature)
    assert trimmed.features == tuple(kept)
    assert cells(trimmed) == {k: n for k, n in cells(dfm).items() if k[1] in kept}
    assert same(trimmed.trim(min_docs=min_docs, max_docs=max_docs, min_count=min_count), trimmed)


@given(dfms(), st.integers(0, 7), st.integers(1, 3))
def test_the_most_frequent_features_are_kept_ties_by_code_point(dfm, most, min_docs):
    candidates = dfm.trim(min_docs=min_docs)
    total = Counter()
    for (_, feature), n in cells(candidates).items():
        total[feature] += n
    best = sorted(candidates.features, key=lambda f: (-total[f], f))[:most]
    trimmed = dfm.trim(min_docs=min_docs, max_features=most)
    assert trimmed.features == tuple(sorted(best))


def test_features_that_are_too_rare_do_not_take_the_place_of_frequent_ones():
    dfm = by_hand("ab", "pq", [[9, 1], [0, 1]])
    assert dfm.trim(min_docs=2, max_features=1).features == ("q",)


@given(dfms())
def test_trimming_without_limits_leaves_what_occurs(dfm):
    assert cells(dfm.trim()) == cells(dfm)
    assert dfm.trim().docs == dfm.docs


@given(dfms(), st.sets(st.text("pqrsé", min_size=1, max_size=3)))
def test_selecting_and_dropping_share_the_features_between_them(dfm, names):
    kept, left = dfm.select(names), dfm.select(names, drop=True)
    assert kept.features == tuple(f for f in dfm.features if f in names)
    assert left.features == tuple(f for f in dfm.features if f not in names)
    assert cells(kept) | cells(left) == cells(dfm)
    assert same(dfm.select(lambda f: f in names), kept)
    assert same(dfm.select(iter(names)), kept)


@given(dfms())
def test_dropping_empty_documents_drops_these_and_no_others(dfm):
    full = dfm.drop_empty()
    assert full.docs == tuple(d for d, n in zip(dfm.docs, dfm.totals, strict=True) if n)
    assert cells(full) == cells(dfm)
    kept = dict(zip(dfm.docs, dfm.docvars["party"], strict=True))
    assert full.docvars["party"] == tuple(kept[doc] for doc in full.docs)
    assert same(full.drop_empty(), full)


# -- group -------------------------------------------------------------------------------------


@given(dfms(min_docs=2), st.data())
def test_groups_sum_the_counts_of_their_documents(dfm, data):
    grouped = dfm.group("party")
    party = dict(zip(dfm.docs, dfm.docvars["party"], strict=True))
    expected = Counter()
    for (doc, feature), n in cells(dfm).items():
        expected[party[doc], feature] += n
    assert cells(grouped) == expected
    assert grouped.docs == tuple(sorted(set(party.values())))
    assert grouped.docvars == {"party": grouped.docs}
    shuffled = {doc: party[doc] for doc in data.draw(st.permutations(dfm.docs))}
    assert cells(dfm.group(shuffled)) == expected


@given(corpora(min_docs=2), st.data())
def test_grouping_goes_by_identifier_not_by_position(corpus, data):
    shuffled = corpus.subset(data.draw(st.permutations(corpus.ids)))
    assert same(count(shuffled).group("party"), count(corpus).group("party"))


@given(dfms())
def test_groups_of_one_leave_the_counts_alone(dfm):
    assert cells(dfm.group({doc: doc for doc in dfm.docs})) == cells(dfm)


def test_a_group_may_be_named_by_a_number():
    corpus = Corpus.from_texts(["a", "b"], docvars={"year": [2020, 2020]})
    assert count(corpus).group("year").docs == ("2020",)


# -- merge -------------------------------------------------------------------------------------


@given(dfms(), dfms())
def test_merging_sums_and_does_not_mind_the_order(a, b):
    merged = a.merge(b)
    assert cells(merged) == Counter(cells(a)) + Counter(cells(b))
    assert merged.docs == tuple(sorted({*a.docs, *b.docs}))
    assert merged.features == tuple(sorted({*a.features, *b.features}))
    assert same(b.merge(a), merged)
    assert b.merge(a).record == merged.record


@given(*(dfms(party=party) for party in (True, False, True)))
def test_merging_does_not_mind_the_grouping(a, b, c):
    assert same(a.merge(b).merge(c), a.merge(b.merge(c)))


@given(corpora(min_docs=2))
def test_partial_counts_merge_to_the_counts_of_the_whole(corpus):
    parts = [count(corpus.subset([name])) for name in sorted(corpus.ids)]
    whole = count(corpus.subset(sorted(corpus.ids)))
    assert same(reduce(DocumentFeatureMatrix.merge, parts), whole)


def test_merging_is_exact_beyond_the_precision_of_floats():
    big = by_hand("a", "p", [[2**53]])
    one = by_hand("a", "p", [[1]])
    assert cells(big.merge(one)) == {("a", "p"): 2**53 + 1}


def test_docvars_are_joined_by_document():
    left = by_hand("ab", "p", [[1], [1]], party="XY")
    right = by_hand("bc", "p", [[1], [1]], year=[2020, 2021])
    assert left.merge(right).docvars == {"party": ("X", "Y", None), "year": (None, 2020, 2021)}


# -- bad calls ---------------------------------------------------------------------------------


def dfm():
    return by_hand(["a", "b"], ["p", "q"], [[1, 0], [2, 3]], party=["X", None])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: count("peace"), OptionError, "corpus must be a list of str, not a single string"),
        (lambda: count([]), DiscourseError, "corpus is empty"),
        (lambda: count(["a"], ngrams=0), OptionError, "ngrams must be a positive int or .* got 0"),
        (lambda: count(["a"], ngrams=(2, 1)), OptionError, r"ngrams .* got \(2, 1\)"),
        (lambda: count(["a"], ngrams=(1,)), OptionError, r"ngrams .* got \(1,\)"),
        (lambda: count(["a"], ngrams="12"), OptionError, "ngrams .* got '12'"),
        (lambda: count(["a"], ngrams=1.5), OptionError, "ngrams .* got 1.5"),
        (lambda: count(["a"], within="sentense"), OptionError, "Did you mean 'sentence'"),
        (lambda: count(["a"], stopwords="englsh"), OptionError, "no stopwords named 'englsh'"),
        *(
            (
                lambda words=words: count(["a"], stopwords=words),
                OptionError,
                "stopwords must be the name of a list, or a list of str; got",
            )
            for words in ([1], [b"a"], 7)
        ),
        (
            lambda: dfm().trim(min_docs=0.5),
            OptionError,
            "min_docs must be a count of 0 or more, proportions are not taken; got 0.5",
        ),
        (lambda: dfm().trim(max_docs=0.9), OptionError, "max_docs must .* got 0.9"),
        (lambda: dfm().trim(min_count="2"), OptionError, "min_count must .* got '2'"),
        (lambda: dfm().trim(min_count=None), OptionError, "min_count must .* got None"),
        (lambda: dfm().trim(max_features=-1), OptionError, "max_features must .* got -1"),
        (lambda: dfm().merge("x"), OptionError, "must be a DocumentFeatureMatrix; got str"),
        (
            lambda: replace(dfm(), counts=dfm().counts.astype(float)),
            DiscourseError,
            "counts must be a csr_array of int64; got csr_array of float64",
        ),
        (
            lambda: replace(dfm(), counts=dfm().counts.toarray()),
            DiscourseError,
            "counts must be a csr_array of int64; got ndarray of int64",
        ),
        (lambda: replace(dfm(), counts=-dfm().counts), DiscourseError, "negative; got -3"),
        (
            lambda: replace(dfm(), docvars={"party": ("X",)}),
            DiscourseError,
            "docvar 'party' has 1 values for 2 docs",
        ),
        (
            lambda: dfm().select("p"),
            OptionError,
            r"features must be a list of str, .* write \[features\]",
        ),
        (lambda: dfm().group("parti"), OptionError, "unknown docvar 'parti'. Did you mean 'party'"),
        (lambda: dfm().group("party"), OptionError, r"1 document\(s\) have no group: 'b'"),
        (lambda: dfm().group({"b": "X"}), OptionError, r"1 document\(s\) have no group: 'a'"),
        (lambda: dfm().group(["X", "Y"]), OptionError, "mapping of ids to groups; got list"),
        (
            lambda: dfm().merge(by_hand("a", "p", [[1]], party=["Y"])),
            DiscourseError,
            "document 'a' has two values of docvar 'party'",
        ),
        (
            lambda: replace(dfm(), docs=("a",)),
            DiscourseError,
            re.escape("counts have shape (2, 2) for 1 docs and 2 features"),
        ),
        (
            lambda: replace(dfm(), docs=("a", "a")),
            DiscourseError,
            "document ids must be unique; repeated: 'a'",
        ),
        (lambda: replace(dfm(), features=("q", "p")), DiscourseError, "features must be unique"),
        (lambda: replace(dfm(), features=("p", "p")), DiscourseError, "features must be unique"),
    ],
)
def test_a_bad_call_says_what_is_wrong(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_every_stop_word_that_comes_along_is_a_word_as_it_would_be_counted():
    for name in seeds_.names("stopwords", ".txt"):
        for word in seeds_.stopwords(name):
            assert count([word]).features == (word,)
