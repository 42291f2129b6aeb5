"""The kernel finds in a whole corpus what `Lexicon.find` finds clause by clause."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse as ds
from discourse._kernels import matches
from discourse.lexicon import Lexicon, load_lexicon, occurrences, scan, split_parts
from discourse.tokens import Break

WORDS = ["us", "US", "peace", "Peace", "peaceful", "trade", "free-trade", "us's", "Peace’s", "e"]
PIECES = ["us", "US", "peace", "peace*", "*e", "p*e", "*c*f*", "trade", "free", "free-trade", "*"]

patterns = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda text: text.strip("* "))
)
entries = patterns | st.builds(lambda p, c: {"pattern": p, "case": c}, patterns, st.booleans())
lexicons = st.builds(
    Lexicon,
    st.dictionaries(st.sampled_from("zyx"), st.lists(entries, min_size=1, max_size=4), min_size=1),
    st.lists(entries, max_size=2),
)
documents = st.lists(
    st.lists(st.sampled_from([*WORDS, ",", ".", "-"]), max_size=12).map(" ".join),
    min_size=1,
    max_size=4,
)


def found_by_clause(tokens, lexicon):
    """Document by document, clause by clause: first and last token, and category, of each match."""
    surfaces = [tokens.vocabulary.surfaces[i] for i in tokens.surface_ids]
    starts = {*np.flatnonzero(tokens.breaks >= Break.CLAUSE).tolist(), *tokens.indptr.tolist()}
    edges = sorted(starts | {0, len(surfaces)})
    rows = set()
    for begin, end in pairwise(edges):
        parts = split_parts(surfaces[begin:end], [Break.NONE] * (end - begin))
        for match in lexicon.find(parts):
            first, last = parts[match.start].token, parts[match.end - 1].token
            rows.add((begin + first, begin + last, match.category))
    return rows


def rows_of(hits, lexicon):
    names = tuple(lexicon.categories)
    return {(first, last, names[j]) for first, last, j in np.stack(hits, axis=1).tolist()}


@given(lexicons, documents)
def test_the_kernel_finds_what_the_lexicon_finds_in_every_clause(lexicon, texts):
    tokens = ds.tokenize(texts)
    assert rows_of(scan(tokens, lexicon), lexicon) == found_by_clause(tokens, lexicon)


@given(lexicons, documents)
def test_hits_are_in_order_of_place(lexicon, texts):
    hits = scan(ds.tokenize(texts), lexicon)
    assert hits.first.tolist() == sorted(hits.first.tolist())
    assert (hits.first <= hits.last).all()


@given(lexicons, documents)
def test_occurrences_are_the_same_with_and_without_the_kernel(lexicon, texts):
    tokens = ds.tokenize(texts)
    for ours, theirs in zip(occurrences(tokens, lexicon), scan(tokens, lexicon), strict=True):
        assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("name", ["foreign-policy", "english"])
def test_the_lexicons_that_come_along_are_matched_alike(name):
    lexicon = load_lexicon(name)
    text = (
        "The United Nations Security Council, in order to keep peace, must perhaps reject "
        "protectionism. Developing countries and the US want free trade, and we do not."
    )
    tokens = ds.tokenize([text, "", text.upper()])
    expected = found_by_clause(tokens, lexicon)
    assert expected
    assert rows_of(scan(tokens, lexicon), lexicon) == expected


def test_the_kernels_compile_once():
    for words in (["peace"], ["peace us", "trade"]):
        scan(ds.tokenize(words), Lexicon({"x": ["peace", "us trade"]}))
    kernels = (matches._candidates, matches._settle)  # noqa: SLF001 - compiled knows how often
    assert [len(kernel.signatures) for kernel in kernels] == [1, 1]
