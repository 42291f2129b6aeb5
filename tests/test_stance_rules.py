"""The examples in the docstrings of the scope rules hold."""

from __future__ import annotations

import inspect
import re

import pytest

from discourse.corpus import Document
from discourse.lexicon import load_lexicon
from discourse.stances.mentions import find_mentions
from discourse.stances.rules import RULES

EXAMPLE = re.compile(
    r"^\s*(?P<text>.*\[(?P<target>.+?)\].*?) -> (?P<stance>support|oppose|neutral)$", re.MULTILINE
)


def examples() -> list[tuple[str, str, str, str]]:
    """Return rule id, sentence, target words and stance of every example."""
    return [
        (rule_id, m["text"].replace("[", "").replace("]", ""), m["target"], m["stance"])
        for rule_id, rule in RULES
        for m in EXAMPLE.finditer(inspect.getdoc(rule) or "")
    ]


@pytest.mark.parametrize(("rule", "text", "target", "stance"), examples())
def test_every_example_of_a_rule_holds(rule: str, text: str, target: str, stance: str) -> None:
    mentions = list(find_mentions(Document("example", text), load_lexicon("foreign-policy")))
    start = text.index(target)
    found = [m for m in mentions if m.start < start + len(target) and m.end > start]
    assert [m.stance for m in found] == [stance]
    if stance != "neutral":
        assert found[0].rule == rule


@pytest.mark.parametrize(("rule_id", "rule"), RULES)
def test_every_rule_says_why_and_shows_at_least_two_examples(rule_id: str, rule: object) -> None:
    shown = [example for example in examples() if example[0] == rule_id]
    assert len(shown) >= 2
    assert len((inspect.getdoc(rule) or "").splitlines()) > 4
