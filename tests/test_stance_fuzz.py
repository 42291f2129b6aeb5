"""Any string of words is read to its end, with spans that cut the text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from discourse.corpus import Document
from discourse.lexicon import load_lexicon
from discourse.stances import cues
from discourse.stances.grammar import grammar
from discourse.stances.mentions import LONGEST, find_mentions

WORDS = (
    "we they the a no not never only but and or nor of to for against that who which what if "
    "when is are was be been have has must should will rather than over before more less by "
    "through without ending feeding undermining promoting support supports opposed threat "
    "attempts refuse committed essential scourge peace war sanctions poverty , ; : . ? “ ” ( ) "
    "- said claim Velmora cause cause hunger it is those us give put at risk choose let allow "
    "such as including "
).split()

FUNCTION_WORDS = sorted(frozenset().union(*grammar().classes.values()))
CUES = sorted(
    {
        " ".join((head, *cue.words[1:], *(("peace", *cue.after) if cue.after else ())))
        for head, found in cues.lexicon().by_head.items()
        for cue in found
    }
)

sentences = st.lists(
    st.sampled_from(WORDS) | st.sampled_from(FUNCTION_WORDS) | st.sampled_from(CUES),
    min_size=1,
    max_size=30,
).map(" ".join)


@given(text=sentences)
@example(text="Neither peace nor the defence of peace is served by war")
@example(text="said community of “ sanctions peace declare")
def test_any_string_of_words_is_read_and_spans_cut_it(text: str) -> None:
    for mention in find_mentions(Document("d", text), load_lexicon("foreign-policy")):
        assert text[mention.start : mention.end] == mention.text
        assert [text[a:b] for a, b in mention.cue_spans] == list(mention.cues)
        start, end = mention.holder_span or (0, 1)
        assert 0 <= start < end <= len(text)


def test_gerunds_before_relative_clauses_do_not_turn_in_circles() -> None:
    text = "The tasks are clear: of ending wars that cause poverty, and of feeding the hungry."
    assert list(find_mentions(Document("d", text), load_lexicon("foreign-policy")))


def test_a_text_without_full_stops_is_read_in_pieces() -> None:
    text = "we support peace and oppose war " * LONGEST
    mentions = list(find_mentions(Document("d", text), load_lexicon("foreign-policy")))
    assert len(mentions) == 2 * LONGEST
    assert {m.sentence for m in mentions} == {0}
    assert all(text[m.start : m.end] == m.text for m in mentions)
