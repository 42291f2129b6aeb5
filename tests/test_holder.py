"""Whose stance it is: the speaker's own names, reported holders, and hostile text."""

from __future__ import annotations

import pytest

from discourse.corpus import Document
from discourse.lexicon import load_lexicon
from discourse.stances.holder import own_names
from discourse.stances.mentions import Mention, find_mentions


def mentions(text: str, **docvars: str) -> list[Mention]:
    return list(find_mentions(Document("d", text, docvars), load_lexicon("foreign-policy")))


@pytest.mark.parametrize(
    ("text", "docvars", "name"),
    [
        ("Nothing here.", {"country": "Velmora"}, "velmora"),
        ("Nothing here.", {"author": "Ana Bo, Minister of Velmora"}, "velmora"),
        ("My country, Velmora, is small.", {}, "velmora"),
        ("Velmora, my country, is small.", {}, "velmora"),
        ("I speak on behalf of the people of Velmora today.", {}, "velmora"),
        ("Velmora is old. Velmora has ports. Velmora will stay.", {}, "velmora"),
    ],
)
def test_a_speaker_is_known_by_docvars_phrases_and_frequent_subjects(text, docvars, name):
    assert name in own_names(Document("d", text, docvars))


def test_a_frequent_subject_beside_a_known_name_must_speak_for_itself():
    facts = "Dorvane has ports. Dorvane is old. Dorvane has ships."
    assert "dorvane" not in own_names(Document("d", facts, {"country": "Velmora"}))
    wishes = f"{facts} Dorvane welcomes talks."
    assert "dorvane" in own_names(Document("d", wishes, {"country": "Velmora"}))


def test_a_title_alone_is_no_name():
    assert "president" not in own_names(Document("d", "", {"author": "President"}))


@pytest.mark.parametrize(
    "text", ["A" * 200_000 + " b", "Aa " * 50_000, "my country, " + "Aa of the " * 50_000]
)
def test_a_hostile_text_of_capitals_is_read_to_its_end(text):
    assert isinstance(own_names(Document("d", text)), frozenset)


@pytest.mark.parametrize(
    ("text", "holder", "name"),
    [
        ("We support multilateralism.", "self", None),
        ("Velmora supports multilateralism.", "self", None),
        ("Our government opposes sanctions.", "self", None),
        ("All states must respect sovereignty.", "self", None),
        ("Such acts undermine peace.", "self", None),
        ("Many countries support multilateralism.", "other", "Many countries"),
        ("Our neighbours oppose sanctions.", "other", "Our neighbours"),
        ("The critics claim that sanctions are a crime.", "other", "The critics"),
        ("Some claim that sanctions are a crime.", "other", "Some"),
        ("We believe that sanctions are a crime.", "self", None),
        ("According to Dorvane, sanctions are a crime.", "other", "Dorvane"),
        ("The minister said: “We oppose sanctions.”", "other", "The minister"),
        ("“We oppose sanctions,” said the minister of Chad.", "other", "the minister"),
        ("“We oppose sanctions,” I said last year.", "self", None),
        ("They praise the “virtues” of sanctions.", "other", "They"),
        ("The delegates called on us to support multilateralism.", "self", None),
        ("Our teachers taught us to reject sanctions.", "self", None),
        ("The bakers of Velmora oppose sanctions.", "self", None),
        ("Half of Dorvane opposes sanctions.", "other", "Half"),
        ("A government of ours opposes sanctions.", "self", None),
        ("The mayor of Dorvane, clad in red and white, opposes sanctions.", "other", "The mayor"),
        ("The tailor whom I met on the train opposes sanctions.", "other", "The tailor"),
        ("In Dorvane’s eyes, sanctions are a crime.", "other", "Dorvane"),
        ("In our view, sanctions are a crime.", "self", None),
        ("For the bishop, sanctions are a crime.", "other", "the bishop"),
        ("For the poor, sanctions are a crime.", "self", None),
        ("Our rivals are of the opinion that sanctions are a crime.", "other", "Our rivals"),
        ("They would have us believe that sanctions are a crime.", "other", "They"),
        ("The envoy has convinced us that sanctions are a crime.", "self", None),
        ("The envoy voiced his anger at the sanctions.", "other", "The envoy"),
        ("The Kremlin’s contempt for multilateralism is known.", "other", "The Kremlin"),
        ("Their contempt for multilateralism is known.", "other", "Their"),
        ("Our envoy expressed his contempt for sanctions.", "self", None),
        ("The critics accuse us of undermining peace.", "other", "The critics"),
        ("We accuse the critics of undermining peace.", "self", None),
        ("Nothing has shaken our faith in multilateralism.", "self", None),
        ("The envoys begged the council to reject sanctions.", "other", "The envoys"),
        ("Some towns have rightly rejected sanctions.", "self", None),
        ("The towns do not respect international law.", "self", None),
        ("The envoy took an axe to the sanctions.", "other", "The envoy"),
        ("The envoys said that all of them support multilateralism.", "other", "The envoys"),
    ],
)
def test_holder(text, holder, name):
    (mention,) = mentions(text, country="Velmora")
    assert mention.stance != "neutral"
    assert mention.holder == holder
    shown = mention.holder_span and text[slice(*mention.holder_span)]
    assert shown == name


def test_a_neutral_mention_has_no_holder():
    (mention,) = mentions("The meeting on sanctions was held in May.")
    assert (mention.stance, mention.holder) == ("neutral", "unclear")
