"""Words that are tagged by one look get the tag that their neighbours would give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import _text, seeds_
from discourse.lexicon import split_parts
from discourse.stances.cues import lexicon
from discourse.stances.grammar import grammar
from discourse.stances.tagging import Tagger
from discourse.stances.words import read_words

QUICK, SLOW = Tagger(grammar(), lexicon()), Tagger(grammar(), lexicon())
SLOW.__dict__["_fixed"] = {}

closed = st.sampled_from(sorted(SLOW.closed))
verbs = st.sampled_from(sorted(SLOW.verbs))
sentences = st.lists(closed | verbs | st.sampled_from(["peace", ",", "anti-"]), min_size=1).map(
    " ".join
)


def tags(tagger, text):
    spans = _text.word_spans(text)
    parts = split_parts([text[a:b] for a, b in spans], [0] * len(spans))
    words, _ = read_words(text, parts, spans, (0, len(text)))
    tagger.tag(words, frozenset())
    return [(word.text, word.tag) for word in words]


@given(sentences)
def test_neighbours_do_not_matter_to_the_words_said_to_be_fixed(text):
    assert tags(QUICK, text) == tags(SLOW, text)


BATCHES = [name for name in seeds_.names("challenge", ".toml") if name.startswith("batch")]


@pytest.mark.parametrize("name", BATCHES)
def test_neighbours_do_not_matter_in_the_challenge_sentences_either(name):
    content = seeds_.toml("challenge", name)
    for pair in content["pairs"]:
        for sentence in pair["sentences"]:
            assert tags(QUICK, sentence["text"]) == tags(SLOW, sentence["text"])
