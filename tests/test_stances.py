"""Stance vectors and mentions: exact spans, laws of the engine, scores against formulas."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse as ds
from discourse import seeds_
from discourse.corpus import Corpus, Document
from discourse.errors import DiscourseError, OptionError, ReadError
from discourse.lexicon import find_spans, load_lexicon
from discourse.stances import stance
from discourse.stances.cues import build
from discourse.stances.cues import lexicon as cue_lexicon
from discourse.stances.holder import own_names
from discourse.stances.mentions import find_mentions
from discourse.stances.rules import RULES
from discourse.stances.vectors import COLUMNS
from discourse.tokens import token_spans

TOL = 1e-12
TARGETS = load_lexicon("foreign-policy")
SENTENCES = (
    "We support peace.",
    "We oppose sanctions, walls and war.",
    "They met to talk about sanctions.",
    "Attacks on sovereignty put peace at risk, and we will not allow it!",
    "Sorrenay argued that “sanctions must be lifted”.",
    "The U.N. charter, Mr. President, isn’t only about peace.",
    "Nothing happened.",
    "War is no answer; dialogue is the only way out.",
)
texts = st.lists(st.sampled_from(SENTENCES), max_size=6).map(" ".join)


def samples():
    return ds.read(sorted((seeds_.path() / "samples").glob("*.txt")))


@pytest.fixture(scope="module")
def statements():
    corpus = samples()
    return corpus, stance(corpus)


def counts(found):
    return found.support, found.oppose, found.neutral, found.mentioned, found.effective


def assert_same_counts(one, other):
    for x, y in zip(counts(one), counts(other), strict=True):
        np.testing.assert_array_equal(x, y)


# -- mentions ----------------------------------------------------------------------------------


def assert_spans_hold(document, mention):
    text = document.text
    assert text[mention.start : mention.end] == mention.text
    assert tuple(text[a:b] for a, b in mention.cue_spans) == mention.cues
    first, last = mention.sentence_span
    spans = [(mention.start, mention.end), *mention.cue_spans]
    spans += [mention.holder_span] if mention.holder_span else []
    assert all(first <= a < b <= last for a, b in spans)
    if mention.holder_span:
        assert mention.holder == "other"
    if mention.stance == "neutral":
        assert (mention.rule, mention.holder, mention.cues) == ("none", "unclear", ())
    else:
        assert mention.rule in dict(RULES)
        assert mention.holder in {"self", "other"}
        assert mention.cues
    assert mention.strength in {1, 2, 3}


def test_the_spans_of_the_statements_cut_their_words(statements):
    corpus, found = statements
    assert len(found.found) > 100
    for mention in found.found:
        assert_spans_hold(corpus[mention.doc], mention)
        alone = Document("alone", mention.text)
        named = find_spans(alone, list(token_spans(alone)), TARGETS)
        assert (0, len(mention.text), mention.target) in named


@given(texts)
def test_the_spans_of_any_text_cut_their_words(text):
    document = Document("drawn", text)
    for mention in find_mentions(document, TARGETS):
        assert_spans_hold(document, mention)


def test_mentions_come_in_the_order_of_documents_and_text(statements):
    corpus, found = statements
    places = [(corpus.ids.index(m.doc), m.start) for m in found.found]
    assert places == sorted(places)


def test_the_table_of_mentions_has_its_columns_and_a_row_for_each(statements):
    _, found = statements
    table = found.mentions
    assert tuple(table.columns) == COLUMNS
    assert table["text"].tolist() == [m.text for m in found.found]
    assert table["rule"].tolist() == [m.rule for m in found.found]


def test_a_corpus_without_mentions_has_an_empty_table_with_columns():
    found = stance(["Nothing happened."])
    assert tuple(found.mentions.columns) == COLUMNS
    assert len(found.mentions) == len(found.to_frame()) == 0


def test_header_lines_have_no_mentions():
    text = "We support sanctions\nWe oppose peace.\n"
    header = Document("a", text, header=((0, 20),))
    assert [m.target for m in stance([header]).found] == ["peace"]
    assert len(stance([Document("a", text)]).found) == 2


def test_the_reporter_of_somebody_elses_stance_is_named():
    [mention] = stance(["Sorrenay argued that sanctions must be lifted."]).found
    assert (mention.stance, mention.holder) == ("oppose", "other")
    assert mention.holder_span == (0, len("Sorrenay"))


def test_a_question_that_only_names_a_topic_is_read_with_its_answer():
    text = (
        "The ports are full. Sanctions? Over my dead body. Who wants sanctions? Over my dead body."
    )
    first, second = find_mentions(Document("x", text), load_lexicon("foreign-policy"))
    assert (first.text, first.stance, first.cues) == ("Sanctions", "oppose", ("Over my dead body",))
    assert text[slice(*first.sentence_span)] == "Sanctions? Over my dead body."
    assert text[slice(*second.sentence_span)] == "Who wants sanctions?"


def test_one_sentence_mention_is_plain_data():
    [mention] = stance(["We oppose sanctions."]).found
    plain = mention.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert (plain["cues"], plain["cue_spans"]) == (["oppose"], [[3, 9]])


# -- laws --------------------------------------------------------------------------------------

FILLERS = ("Lunch followed at noon.", "It rained all day, and the delegates read.", "“Is it late?”")


@settings(max_examples=25)
@given(st.data(), st.sampled_from(FILLERS))
def test_a_sentence_without_targets_changes_nothing_but_places(data, filler):
    document = data.draw(st.sampled_from(samples().documents))
    starts = [s.start for s in document.segments("sentence") if s.kind == "text"]
    k = data.draw(st.integers(0, len(starts) - 1))
    at, gap = starts[k], len(filler) + 1
    longer = f"{document.text[:at]}{filler} {document.text[at:]}"
    changed = Document(document.id, longer, document.docvars, document.header)

    def moved(place):
        return place + gap if place >= at else place

    def shape(mention, move):
        spans = (mention.sentence_span, *mention.cue_spans, mention.holder_span or (0, 0))
        places = [(move(a), move(a) + b - a) for a, b in (*spans, (mention.start, mention.end))]
        label = (mention.text, mention.target, mention.stance, mention.holder, mention.rule)
        return (*label, mention.cues, mention.strength, tuple(places))

    before = [shape(m, moved) for m in find_mentions(document, TARGETS)]
    after = [shape(m, lambda place: place) for m in find_mentions(changed, TARGETS)]
    # A missing holder has the span (0, 0), which moves along when the filler comes first.
    assert [x[:-1] for x in after] == [x[:-1] for x in before]
    for x, y in zip(after, before, strict=True):
        assert [p for p in x[-1] if p[0] != p[1]] == [p for p in y[-1] if p[0] != p[1]]


@settings(max_examples=40)
@given(st.lists(texts, min_size=2, max_size=5), st.data())
def test_the_parts_of_a_corpus_have_the_vectors_of_the_whole(bodies, data):
    corpus = Corpus.from_texts(bodies)
    k = data.draw(st.integers(1, len(bodies) - 1))
    parts = [stance(corpus.subset(corpus.ids[i:j])) for i, j in ((0, k), (k, len(bodies)))]
    whole = stance(corpus)
    for x, *pieces in zip(counts(whole), *map(counts, parts), strict=True):
        np.testing.assert_array_equal(x, np.concatenate(pieces))
    assert whole.found == parts[0].found + parts[1].found


@settings(max_examples=40)
@given(st.lists(texts.filter(bool), min_size=1, max_size=3))
def test_the_sentences_of_a_document_add_up_to_it(bodies):
    corpus = Corpus.from_texts(bodies)
    assert_same_counts(stance(corpus.split("sentence")).group("document"), stance(corpus))


# Each class of cue with the class of opposite effect and opposite stance.
SWAPPED = {"promote": "reduce", "reduce": "promote", "harm": "blame", "blame": "harm"}
TOY = {
    "verb": {
        "promote": ["support", "protect"],
        "reduce": ["oppose", "ban"],
        "harm": ["undermine"],
        "blame": ["foment"],
    },
    "noun": {
        "promote": ["commitment to"],
        "reduce": ["opposition to"],
        "harm": ["threat to"],
        "blame": ["scourge of"],
    },
    "adjective": {
        "promote": ["dedicated to"],
        "reduce": ["opposed to"],
        "harm": ["harmful to"],
        "blame": ["plagued by"],
    },
    "phrase": {
        "promote": ["in favour of"],
        "reduce": ["instead of"],
        "harm": ["at the expense of"],
        "blame": ["under the yoke of"],
    },
    "predicate": {"promote": ["solution"], "reduce": ["problem"]},
    "subject": {
        "promote": ["win through"],
        "reduce": ["come to nothing"],
        "harm": ["fall apart"],
        "blame": ["run riot"],
    },
}
# What turns a stance around takes no side itself, so that it stays as it is.
TURNERS = [
    {"form": "operator", "class": "reduce", "entries": ["refuse to", "stop -ing"]},
    {"form": "operator", "class": "promote", "entries": ["want to"]},
    {"form": "negator", "strength": 3, "entries": ["not", "never", "no"]},
]
TOY_FRAMES = {
    "verb": (
        "We {cue} {target}.",
        "We do not {cue} {target}.",
        "We must {cue} {target}.",
        "We will {cue} {target}.",
        "We will never {cue} {target}.",
        "They {cue} {target} and hegemony.",
        "They refuse to {cue} {target}.",
        "We want to {cue} {target}.",
    ),
    "noun": ("The {cue} {target} was noted.", "There is no {cue} {target}."),
    "adjective": ("We are {cue} {target}.", "They are not {cue} {target}."),
    "phrase": ("They acted {cue} {target}.",),
    "predicate": ("{target} is the {cue}.", "{target} is not a {cue}."),
    "subject": ("{target} will {cue}.", "{target} will not {cue}."),
}
toy_sentences = st.sampled_from(
    [
        frame.format(cue=cue, target=target)
        for form, frames in TOY_FRAMES.items()
        for cues in TOY[form].values()
        for cue in cues
        for frame in frames
        for target in ("democracy", "migration")
    ]
).map(lambda s: s[0].upper() + s[1:])


def toy_lexicon(classes):
    """The cue lexicon of TOY with its classes renamed."""
    blocks = [
        {"form": form, "class": classes.get(name, name), "entries": entries}
        for form, by_class in TOY.items()
        for name, entries in by_class.items()
    ]
    no_words = {"words": []}
    return build({"cues": blocks + TURNERS, "strengtheners": no_words, "weakeners": no_words})


def stance_with(cues, corpus):
    """Return the stances that another lexicon of cues finds."""
    return stance(corpus, holders="all", cues=cues)


@settings(max_examples=100)
@given(st.lists(toy_sentences, min_size=1, max_size=4))
def test_exchanging_the_classes_of_cues_negates_every_score(sentences):
    corpus = Corpus.from_texts(sentences)
    one, other = (stance_with(toy_lexicon(classes), corpus) for classes in ({}, SWAPPED))
    assert (one.evidence.sum(axis=1) > 0).all()
    np.testing.assert_array_equal(one.support, other.oppose)
    np.testing.assert_array_equal(one.neutral, other.neutral)
    for name in ("balance", "net", "logit"):
        np.testing.assert_allclose(one.score(name), -other.score(name), atol=TOL)
    low, high = one.limits()
    np.testing.assert_allclose(other.limits(), (-high, -low), atol=TOL)


def test_the_cues_of_the_library_are_back_after_others_were_used():
    stance_with(toy_lexicon(SWAPPED), ["We support peace."])
    assert [m.stance for m in stance(["We support peace."]).found] == ["support"]


OWN_CUES = """
[[cues]]
class = "reduce"
form = "verb"
entries = ["bin", "support"]
"""


def test_cues_of_ones_own_are_added_and_win_over_those_of_the_library(tmp_path):
    file = tmp_path / "cues.toml"
    file.write_text(OWN_CUES, encoding="utf-8")
    found = stance(["We binned sanctions. We support peace. We oppose war."], cues=file)
    assert [m.stance for m in found.found] == ["oppose", "oppose", "oppose"]
    plain = stance(["We binned sanctions."])
    assert plain.found[0].stance == "neutral"
    assert plain.record.digests["cues"] != found.record.digests["cues"]
    assert found.verify(["We binned sanctions. We support peace. We oppose war."])


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"class": "promot", "form": "verb", "entries": ["bin"]}, "Did you mean 'promote'"),
        ({"class": "promote", "form": "verbs", "entries": ["bin"]}, "form of a block of cues"),
        ({"class": "promote", "form": "verb", "entries": 3}, "must be a list of words"),
        ({"class": "promote", "form": "verb", "entries": [" "]}, "must be a list of words"),
    ],
)
def test_a_malformed_block_of_cues_is_refused(block, message):
    with pytest.raises(OptionError, match=message):
        stance(["We bin sanctions."], cues={"cues": [block]})


def test_a_file_of_cues_that_is_no_toml_is_named(tmp_path):
    file = tmp_path / "cues.toml"
    file.write_text("[[cues", encoding="utf-8")
    with pytest.raises(ReadError, match="cues"):
        stance(["We bin sanctions."], cues=file)


def _cue_words():
    cues = [cue for of_head in cue_lexicon().by_head.values() for cue in of_head]
    words = {word for cue in cues for word in (*cue.words, *cue.after)}
    return words | set(cue_lexicon().by_head)


# One word each, uncountable, without a longer name that they begin or end in these frames.
ONE_WORD = [
    word
    for word in (
        "multilateralism", "unilateralism", "protectionism", "isolationism", "hegemony",
        "colonialism", "imperialism", "sovereignty", "terrorism", "disarmament", "cooperation",
        "dialogue", "diplomacy", "democracy", "migration", "coercion", "warfare",
    )
    if word not in _cue_words()
]  # fmt: skip


def _listed(block):
    entries = block["entries"]
    return [e.strip() for e in entries.split("|")] if isinstance(entries, str) else entries


def _entries(form, most=3):
    """Entries of one form, written without gaps and placeholders."""
    blocks = seeds_.toml("stance", "english-cues")["cues"]
    listed = {e for b in blocks if b["form"] == form for e in _listed(b)}
    plain = (e for e in listed if not {"...", "-ing", "one's", "oneself"} & set(e.split()))
    return sorted(e for e in plain if len(e.split()) <= most)


FRAMES = {
    "verb": (
        "We {cue} {target}.",
        "We do not {cue} {target} today.",
        "They must never {cue} {target} and poverty.",
        "We will {cue} peace, trade and {target}.",
        "Kestria refuses to {cue} {target}, and says so.",
        "No one should {cue} {target} in our region.",
        "The minister said that they {cue} {target}.",
    ),
    "noun": (
        "The {cue} {target} was noted.",
        "We reject any {cue} {target} and peace.",
        "There is no {cue} {target}.",
    ),
    "adjective": ("They are {cue} {target}.", "This {cue} {target} goes on."),
    "phrase": ("They acted {cue} {target}.", "We must not speak {cue} {target}."),
    "predicate": (
        "{target} is the {cue}.",
        "We know that {target} is not a {cue} for us.",
        "Our {cue} is {target}.",
    ),
    "subject": ("{target} must {cue}.", "They say that {target} will not {cue}."),
    "operator": ("We {cue} support {target}.", "They {cue} undermine {target}."),
}
frames = st.sampled_from(sorted(FRAMES)).flatmap(
    lambda form: st.tuples(st.sampled_from(FRAMES[form]), st.sampled_from(_entries(form)))
)


def label(frame, cue, target):
    """Stance, holder, rule and cues where a word is a whole target; None inside a longer name."""
    sentence = frame.format(cue=cue, target=target)
    start = frame.format(cue=cue, target="\0").index("\0")
    if not start:
        sentence = sentence[0].upper() + sentence[1:]
    span, document = (start, start + len(target)), Document("drawn", sentence)
    named = find_spans(document, list(token_spans(document)), TARGETS)
    if span not in [match[:2] for match in named]:
        return None  # "act of terrorism" is one name
    [mention] = [m for m in find_mentions(document, TARGETS) if (m.start, m.end) == span]
    return mention.stance, mention.holder, mention.rule, mention.cues


@settings(max_examples=200)
@given(frames, st.permutations(ONE_WORD))
def test_another_target_of_the_same_form_in_its_place_changes_no_label(frame, words):
    found = {word: label(*frame, word) for word in words[:5]}
    whole = [labels for labels in found.values() if labels is not None]
    assert len(whole) >= 2
    assert len(set(whole)) == 1, found


def test_the_replaced_targets_are_many_and_of_both_usual_signs():
    assert len(ONE_WORD) >= 12
    assert {"multilateralism", "unilateralism", "terrorism", "democracy"} <= set(ONE_WORD)


def test_the_number_that_hashing_starts_from_changes_nothing():
    program = (
        "import discourse as ds, sys\n"
        "found = ds.stance(ds.read(sys.argv[1:]))\n"
        "print(found.mentions.to_csv())"
    )
    files = [str(f) for f in sorted((seeds_.path() / "samples").glob("*.txt"))[:2]]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, *files],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 1000


@pytest.mark.parametrize(
    "text",
    [
        "We oppose the failure to respect peace.",
        "We criticise the failure to protect peace.",
        "We oppose efforts to stop protecting peace.",
    ],
)
def test_an_outer_cue_turns_what_an_operator_has_turned(text):
    [mention] = stance([text]).found
    assert mention.stance == "support"
    assert len(mention.cues) >= 3


# -- minimal pairs -----------------------------------------------------------------------------

# Each pair of frames differs in its side alone, and meets one target that is usually praised and
# one that is usually blamed: half of the sentences say what nobody would expect.
PAIRS = [
    ("We resolutely defend {}.", "We resolutely resist {}.", "sovereignty", "protectionism"),
    ("My country supports {}.", "My country rejects {}.", "multilateralism", "sanctions"),
    ("We are committed to {}.", "We are opposed to {}.", "dialogue", "hegemony"),
    ("{} must be strengthened.", "{} must be abolished.", "democracy", "colonialism"),
    ("{} is indispensable.", "{} is unacceptable.", "disarmament", "interference"),
    ("Our support for {} is firm.", "Our opposition to {} is firm.", "free trade", "war"),
    ("We call for {}.", "We call for an end to {}.", "cooperation", "terrorism"),
    ("We will always champion {}.", "We will never champion {}.", "peace", "unilateralism"),
    ("They welcome {}.", "They condemn {}.", "migration", "blackmail"),
    ("Such acts undermine {}.", "Such acts foment {}.", "peace", "terrorism"),
    ("We are in favour of {}.", "We are against {}.", "human rights", "nuclear weapons"),
    ("We must protect {}.", "We must combat {}.", "development", "poverty"),
    ("The merits of {} are plain.", "The horrors of {} are plain.", "diplomacy", "imperialism"),
    ("We choose {} over silence.", "We choose silence over {}.", "dialogue", "sanctions"),
    ("Nobody should weaken {}.", "Nobody should tolerate {}.", "international law", "coercion"),
    ("{} brings us prosperity.", "{} brings us misery.", "free trade", "protectionism"),
    ("We refuse to give up {}.", "We refuse to accept {}.", "sovereignty", "hegemony"),
    ("{} deserves our trust.", "{} deserves our contempt.", "democracy", "warfare"),
    ("Long live {}!", "Down with {}!", "multilateralism", "isolationism"),
    ("We strive for {}.", "We strive against {}.", "climate action", "climate change"),
]
CHALLENGE = [
    (frame.format(target), target, stance, usual)
    for support, oppose, good, bad in PAIRS
    for target, usual in ((good, "support"), (bad, "oppose"))
    for frame, stance in ((support, "support"), (oppose, "oppose"))
]
CHALLENGE_FLOOR = 0.9


def read_challenge():
    """Return the stance that the engine reads in each sentence of the challenge."""
    read = []
    for text, target, *_ in CHALLENGE:
        sentence = text[0].upper() + text[1:]
        start = text.index(target)
        found = find_mentions(Document("challenge", sentence), TARGETS)
        read.append(next((m.stance for m in found if m.start == start), None))
    return read


def test_forty_minimal_pairs_are_read_right_nine_times_in_ten():
    assert len(CHALLENGE) == 80
    right = [got == want for got, (_, _, want, _) in zip(read_challenge(), CHALLENGE, strict=True)]
    assert sum(right) / len(right) >= CHALLENGE_FLOOR


def test_one_sign_for_each_target_gets_half_of_the_pairs():
    assert sum(usual == want for *_, want, usual in CHALLENGE) / len(CHALLENGE) == 0.5
    wanted = [(target, want) for _, target, want, _ in CHALLENGE]
    for target in {target for target, _ in wanted}:
        assert wanted.count((target, "support")) == wanted.count((target, "oppose"))


# -- counts and scores -------------------------------------------------------------------------


def cell(found, target, doc="text1"):
    return found.row(doc), found.targets.index(target)


@settings(max_examples=40)
@given(st.lists(texts, min_size=1, max_size=4), st.sampled_from(["self", "all"]))
def test_counts_and_effective_numbers_equal_those_of_a_slow_loop(bodies, holders):
    found = stance(bodies, holders=holders)
    for (i, doc), (j, target) in (
        (a, b) for a in enumerate(found.docs) for b in enumerate(found.targets)
    ):
        own = [m for m in found.found if (m.doc, m.target) == (doc, target)]
        assert found.mentioned[i, j] == len(own)
        counted = [m for m in own if holders == "all" or m.holder != "other"]
        for name in ("support", "oppose", "neutral"):
            assert getattr(found, name)[i, j] == sum(m.stance == name for m in counted)
        sentences = [m.sentence for m in counted if m.stance != "neutral"]
        squares = sum(sentences.count(s) ** 2 for s in set(sentences))
        expected = len(sentences) ** 2 / squares if squares else 0
        assert found.effective[i, j] == pytest.approx(expected, abs=TOL)


def test_mentions_of_one_sentence_count_as_one_in_the_limits():
    one = stance(["We support peace, peace and peace."])
    three = stance(["We support peace. We support peace. We support peace."])
    i, j = cell(one, "peace")
    assert (one.support[i, j], three.support[i, j]) == (3, 3)
    assert (one.effective[i, j], three.effective[i, j]) == (1, 3)
    assert one.limits()[0][i, j] < three.limits()[0][i, j]


def test_stances_of_others_are_left_out_unless_asked_for():
    text = "Sorrenay argued that sanctions must be lifted. They met to talk about sanctions."
    own, everyone = stance([text]), stance([text], holders="all")
    i, j = cell(own, "sanctions")
    assert (own.oppose[i, j], own.neutral[i, j], own.mentioned[i, j]) == (0, 1, 2)
    assert (everyone.oppose[i, j], everyone.neutral[i, j], everyone.mentioned[i, j]) == (1, 1, 2)
    assert own.found == everyone.found


@settings(max_examples=30)
@given(st.lists(st.tuples(texts, st.sampled_from("XY")), min_size=1, max_size=5))
def test_the_vectors_of_a_group_are_the_sums_of_its_documents(rows):
    bodies, parties = zip(*rows, strict=True)
    found = stance(Corpus.from_texts(bodies, docvars={"party": parties}))
    grouped = found.group("party")
    assert grouped.docs == tuple(sorted(set(parties)))
    assert grouped.docvars == {"party": grouped.docs}
    for i, party in enumerate(grouped.docs):
        members = [k for k, name in enumerate(parties) if name == party]
        for name in ("support", "oppose", "neutral", "mentioned"):
            expected = getattr(found, name)[members].sum(axis=0)
            np.testing.assert_array_equal(getattr(grouped, name)[i], expected)
    mapping = dict(zip(found.docs, parties, strict=True))
    assert_same_counts(found.group(mapping), grouped)


def test_each_score_is_its_formula():
    text = "We support peace. We support peace. We oppose peace. They met to talk about peace. "
    found = stance([text * 2])
    s, o, n = 4, 2, 2
    i, j = cell(found, "peace")
    assert (found.support[i, j], found.oppose[i, j], found.neutral[i, j]) == (s, o, n)
    assert found.score()[i, j] == found.score("balance")[i, j] == (s - o) / (s + o)
    assert found.score("net")[i, j] == (s - o) / (s + o + n)
    assert found.score("logit")[i, j] == pytest.approx(np.log((s + 0.5) / (o + 0.5)))
    low, high = found.limits(level=0.95)
    z2 = 1.959963984540054**2
    half = np.sqrt(z2) * np.sqrt(s * o / (s + o) + z2 / 4) / (s + o + z2)
    centre = (s + z2 / 2) / (s + o + z2)
    assert low[i, j] == pytest.approx(2 * (centre - half) - 1)
    assert high[i, j] == pytest.approx(2 * (centre + half) - 1)


def test_absent_and_neutral_only_cells_have_no_score_and_evidence_has():
    found = stance(["They met to talk about sanctions. We support peace and oppose peace."])
    states = {"sanctions": "neutral only", "war": "absent", "peace": "evidence"}
    for target, state in states.items():
        place = cell(found, target)
        assert found.status[place] == state
        numbers = [found.score(name)[place] for name in ("balance", "net", "logit")]
        numbers += [limits[place] for limits in found.limits()]
        assert np.isnan(numbers).tolist() == [state != "evidence"] * 5
    assert found.score()[cell(found, "peace")] == 0.0


def test_arrays_of_counts_are_read_only():
    for array in counts(stance(["We support peace."])):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1


def test_the_table_has_a_row_for_each_mentioned_target(statements):
    _, found = statements
    table = found.to_frame()
    assert len(table) == (found.mentioned > 0).sum()
    for _, row in table.iterrows():
        place = cell(found, row["target"], row["doc"])
        for name in ("support", "oppose", "neutral"):
            assert row[name] == getattr(found, name)[place]
        np.testing.assert_array_equal(row["balance"], found.score()[place])
        assert row["status"] == found.status[place]


def test_vectors_are_plain_data_and_can_be_verified(statements):
    corpus, found = statements
    plain = found.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["support"] == found.support.tolist()
    assert len(plain["mentions"]) == len(found.found)
    assert found.verify(corpus)
    with pytest.raises(DiscourseError, match="corpus is not the one"):
        found.verify(corpus.subset(corpus.ids[1:]))


# -- own names, own targets, bad calls ---------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (Document("a", "x", {"country": "France"}), "france"),
        (Document("a", "x", {"party": "CPC"}), "cpc"),
        (Document("a", "x", {"country": "Republic of Kestria"}), "kestria"),
        (Document("a", "My country, Velmora, trades."), "velmora"),
        (Document("a", "On behalf of the people of Sorrenay, I thank you."), "sorrenay"),
        (Document("a", "Dorvane, our nation, is old."), "dorvane"),
        (Document("a", "Ilmaris is old. Ilmaris has hope. Ilmaris must act."), "ilmaris"),
    ],
)
def test_the_names_of_the_speakers_own_side_are_known(document, name):
    assert name in own_names(document)


def test_the_stance_of_the_speakers_own_country_is_the_speakers():
    text = "France rejects sanctions."
    own = Document("own", text, {"country": "France"})
    other = Document("other", text, {"country": "Russia"})
    assert [m.holder for m in stance([own, other]).found] == ["self", "other"]
    named = "I speak for my country, Kestria, today. Kestria rejects sanctions."
    assert [m.holder for m in stance([named]).found] == ["self"]


def test_own_targets_are_a_mapping_of_names_to_patterns():
    found = stance(["We support the metric system and oppose daylight saving time."], targets={
        "metric": ["metric system"], "clocks": ["daylight saving*", "daylight saving time"],
    })  # fmt: skip
    assert found.targets == ("metric", "clocks")
    assert found.score().tolist() == [[1.0, -1.0]]
    assert [m.text for m in found.found] == ["metric system", "daylight saving time"]


def test_a_data_frame_with_texts_serves_as_a_corpus():
    frame = pd.DataFrame({"id": ["x"], "text": ["We oppose sanctions."], "party": ["P"]})
    found = stance(frame)
    assert (found.docs, dict(found.docvars)) == (("x",), {"party": ("P",)})
    assert found.oppose.sum() == 1


BAD_CALLS = [
    (lambda: stance(["x"], targets="foreign-polcy"), r"'foreign-polcy'.*Did you mean 'foreign-pol"),
    (lambda: stance(["x"], targets=3), "lexicon must be a Lexicon, a mapping"),
    (lambda: stance(["x"], holders="everyone"), "holders must be one of 'self', 'all'"),
    (lambda: stance(["x"], holders="al"), "Did you mean 'all'"),
    (lambda: stance("We support peace."), r"corpus must be a list of str.*write \[corpus\]"),
    (lambda: stance(["x"]).score("balence"), "score must be one of .*Did you mean 'balance'"),
    (lambda: stance(["x"]).limits(level=95), "level must lie between 0 and 1"),
    (lambda: stance(["x"]).row("text2"), "unknown document 'text2'. Did you mean 'text1'"),
    (lambda: stance(["x"]).group("party"), "unknown docvar 'party'"),
    (lambda: stance(["x"]).group({}), r"1 document\(s\) have no group: 'text1'"),
]


@pytest.mark.parametrize(("call", "message"), BAD_CALLS)
def test_bad_calls_are_refused_with_what_is_allowed(call, message):
    with pytest.raises(OptionError, match=message):
        call()


# -- the benchmark -----------------------------------------------------------------------------


@pytest.mark.usefixtures("real_data")
def test_the_benchmark_prints_the_figures_of_the_documents_in_view():
    program = [sys.executable, "-m", "benchmarks.stance"]
    root = Path(__file__).resolve().parents[1]
    ran = subprocess.run(program, cwd=root, check=True, capture_output=True, text=True)
    assert "one careful reading by a language model, not from human coders" in ran.stdout
    interval = r"0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]"
    for row in (r"detection F +>= \.85", r"macro-F +>= \.75", r"holder-other F +>= \.50", "F_avg"):
        assert re.search(rf"^{row}( +{interval}){{2,3}}$", ran.stdout, re.MULTILINE)
    for row in (r"sentences with a stance +1082 +>= \.90 +0\.619", r"both of a pair +541 +0\.470"):
        assert re.search(rf"^{row} +0\.\d{{3}}", ran.stdout, re.MULTILINE)
    assert "held out" not in ran.stdout
