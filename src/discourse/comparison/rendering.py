"""A comparison as plain text and as HTML: answers, targets with their sentences, words, markers."""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from discourse import seeds_
from discourse.labelled import decimals, interval, plain

if TYPE_CHECKING:
    import pandas as pd

    from discourse.comparison.result import Comparison

Role: TypeAlias = Literal["plain", "target", "cue"]
SideLetter: TypeAlias = Literal["a", "b"]
WORDS_SHOWN = 10
SENTENCES_SHOWN = 2
WIDTH = 96


def rows(frame: pd.DataFrame, /) -> list[dict[str, object]]:
    """Return a table as plain data, one dict a row; numpy scalars become Python's."""
    return [
        {str(key): plain(value) for key, value in row.items()} for row in frame.to_dict("records")
    ]


class Answer(NamedTuple):
    """One line at the top: the question, its value with interval, and what to hold it against."""

    question: str
    value: str
    note: str


def answers(found: Comparison, /) -> list[Answer]:
    """Return the three answers, and the wording at matched length."""
    lines = [
        Answer("same words", _number(found.words), found.words.note or ""),
        Answer("same topics", _number(found.topics), found.topics.note or ""),
        Answer("same side", _number(found.agreement), found.agreement.note or ""),
    ]
    matched = found.matched
    if matched is None:
        lines.append(Answer("matched length", "-", found.matched_note or ""))
    else:
        note = f"{matched.name} at {matched.m} tokens a side"
        if math.isnan(matched.within.value):
            note += f"; within one source {(matched.within.note or '').removesuffix('.')}"
        else:
            note += (
                f"; {matched.within.value:.3f} within one source, excess {_precise(matched.excess)}"
            )
        if matched.note and matched.note != matched.within.note:
            note += f"; {matched.note}"
        lines.append(Answer("matched length", _precise(matched), note))
    return lines


def _number(estimate: Any, /) -> str:
    return "undefined" if math.isnan(estimate.value) else str(estimate)


def _precise(estimate: Any, /) -> str:
    """Return a value and its interval to three decimals."""
    if estimate.low is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


class Side(NamedTuple):
    """A target on which at least one side takes a stance."""

    target: str
    a: str
    b: str
    verdict: str


def sides(found: Comparison, /) -> Iterator[Side]:
    """Yield the targets with evidence: first those of both sides, by contribution."""
    frame = found.targets
    frame = frame[(frame["status_a"] == "evidence") | (frame["status_b"] == "evidence")]
    shared = frame["contribution"].abs().fillna(-1)
    for _, row in (
        frame.assign(order=shared).sort_values("order", ascending=False, kind="stable").iterrows()
    ):
        yield Side(
            row["target"], _standing(row, "a"), _standing(row, "b"), _verdict(row["contribution"])
        )


_UNTAKEN = {
    "absent": "not mentioned",
    "neutral only": "no stance",
    "reported only": "only reported of others",
}


def _standing(row: Any, side: str, /) -> str:
    """Return the stance of one side: balance, interval and counts."""
    if row[f"status_{side}"] != "evidence":
        return _UNTAKEN[row[f"status_{side}"]]
    counts = f"{row[f'support_{side}']} for, {row[f'oppose_{side}']} against"
    limits = interval(row[f"low_{side}"], row[f"high_{side}"])
    return f"{decimals(row[f'balance_{side}'])} {limits} ({counts})"


def _verdict(contribution: float, /) -> str:
    if math.isnan(contribution):
        return ""
    if contribution > 0:
        return "same side"
    return "opposite sides" if contribution < 0 else "balanced"


class Evidence(NamedTuple):
    """A sentence behind a stance, in pieces that are plain, target or cue."""

    side: SideLetter
    doc: str
    stance: str
    pieces: tuple[tuple[str, Role], ...]


def evidence(found: Comparison, target: str, /, most: int = SENTENCES_SHOWN) -> list[Evidence]:
    """Return the first sentences on a target, of each side, that the stance counts rest on."""
    frame = found.mentions
    own = frame[
        (frame["target"] == target) & (frame["stance"] != "neutral") & (frame["holder"] != "other")
    ]
    sentences: list[Evidence] = []
    both: tuple[SideLetter, SideLetter] = ("a", "b")
    for side in both:
        chosen = own[own["side"] == side].drop_duplicates(["doc", "sentence", "stance"]).head(most)
        for _, row in chosen.iterrows():
            sentences.append(Evidence(side, row["doc"], row["stance"], pieces(row)))
    return sentences


def pieces(row: Any, /) -> tuple[tuple[str, Role], ...]:
    """Return the sentence of a mention cut into plain text, target and cues."""
    offset, passage = row["passage_start"], row["passage"]
    roles: list[Role] = ["plain"] * len(passage)
    for start, end in row["cue_spans"]:
        roles[start - offset : end - offset] = ["cue"] * (end - start)
    start, end = row["start"] - offset, row["end"] - offset
    roles[start:end] = ["target"] * (end - start)
    out: list[tuple[str, Role]] = []
    begin = 0
    for i in range(1, len(passage) + 1):
        if i == len(passage) or roles[i] != roles[begin]:
            out.append((passage[begin:i], roles[begin]))
            begin = i
    return tuple(out)


def differing_words(found: Comparison, /, most: int = WORDS_SHOWN) -> tuple[list[str], list[str]]:
    """Return the words that most set each side apart, function words left out."""
    frame = found.differing
    content = frame[~frame["feature"].isin(seeds_.stopwords("english"))]
    more_a = content[content["statistic"] > 0].head(most)["feature"]
    more_b = content[content["statistic"] < 0].iloc[::-1].head(most)["feature"]
    return list(more_a), list(more_b)


# -- plain text --------------------------------------------------------------------------------

_MARKS: dict[Role, tuple[str, str]] = {"plain": ("", ""), "target": ("[", "]"), "cue": ("*", "*")}


def as_text(found: Comparison, /) -> str:
    """Return the comparison as plain text; targets stand in [brackets], cues in *asterisks*."""
    sizes = [f"{name} ({found.tokens[name]:,} words)" for name in (found.a, found.b)]
    lines = [f"a: {sizes[0]}   b: {sizes[1]}   targets: {found.target_set}", ""]
    for answer in answers(found):
        lines += _wrapped(f"{answer.question:<16}{answer.value:<24}", answer.note)
    lines += ["", "Where they stand, target by target"]
    for side in sides(found):
        lines.append(f"  {side.target:<20}a {side.a:<40} b {side.b:<40} {side.verdict}".rstrip())
        for sentence in evidence(found, side.target):
            text = "".join(
                f"{_MARKS[role][0]}{piece}{_MARKS[role][1]}" for piece, role in sentence.pieces
            )
            lines += _wrapped(f"      {sentence.side}: ", " ".join(text.split()))
    more_a, more_b = differing_words(found)
    lines += ["", "Words that differ (by G2, function words left out)"]
    lines += _wrapped("  more in a: ", ", ".join(more_a))
    lines += _wrapped("  more in b: ", ", ".join(more_b))
    for title, frame in _rate_tables(found):
        lines += ["", f"{title} per 1,000 words", f"  {'':<16}{'a':>8}{'':<18}{'b':>8}"]
        for _, row in frame.iterrows():
            a, b = (f"{row[f'rate_{s}']:8.1f} {_limits(row, s):<17}" for s in ("a", "b"))
            lines.append(f"  {row['category']:<16}{a}{b}".rstrip())
    return "\n".join(lines)


def _rate_tables(found: Comparison, /) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of rates with their titles."""
    yield "Markers", found.markers
    if found.keywords is not None:
        yield "Keywords", found.keywords


def _limits(row: Any, side: str, /) -> str:
    return f"[{row[f'low_{side}']:.1f}, {row[f'high_{side}']:.1f}]"


def _wrapped(head: str, text: str, /) -> list[str]:
    """Return text wrapped behind a heading, later lines indented below it."""
    return textwrap.wrap(text or "-", WIDTH, initial_indent=head, subsequent_indent=" " * len(head))


# -- HTML --------------------------------------------------------------------------------------


def as_html(found: Comparison, /) -> str:
    """Return the comparison as one HTML fragment; every piece of text is escaped."""
    head = "".join(
        f"<tr><th scope='row'>{a.question}</th><td>{html.escape(a.value)}</td>"
        f"<td>{html.escape(a.note)}</td></tr>"
        for a in answers(found)
    )
    body = "".join(_target_html(found, side) for side in sides(found))
    more_a, more_b = ("; ".join(map(html.escape, words)) for words in differing_words(found))
    a, b = html.escape(found.a), html.escape(found.b)
    return (
        f"<div class='discourse-comparison'><p><b>{a}</b> and <b>{b}</b>, "
        f"targets: {html.escape(found.target_set)}</p><table>{head}</table>"
        f"<table><tr><th>target</th><th>{a}</th><th>{b}</th><th></th></tr>{body}</table>"
        f"<p>more in {a}: {more_a}</p><p>more in {b}: {more_b}</p>{_rates_html(found)}</div>"
    )


def _rates_html(found: Comparison, /) -> str:
    """Return the tables of rates."""
    a, b = html.escape(found.a), html.escape(found.b)
    tables = ""
    for title, frame in _rate_tables(found):
        body = "".join(
            f"<tr><th scope='row'>{html.escape(str(row['category']))}</th>"
            f"<td>{row['rate_a']:.1f} {_limits(row, 'a')}</td>"
            f"<td>{row['rate_b']:.1f} {_limits(row, 'b')}</td></tr>"
            for _, row in frame.iterrows()
        )
        head = f"<tr><th>{title} per 1,000 words</th><th>{a}</th><th>{b}</th></tr>"
        tables += f"<table>{head}{body}</table>"
    return tables


def _target_html(found: Comparison, side: Side, /) -> str:
    """Return the row of a target and the sentences behind it."""
    quotes = "".join(
        f"<p><b>{html.escape(found.a if e.side == 'a' else found.b)}</b>: {_pieces_html(e)}</p>"
        for e in evidence(found, side.target)
    )
    cells = "".join(f"<td>{html.escape(text)}</td>" for text in side)
    details = f"<details><summary>sentences</summary>{quotes}</details>"
    return f"<tr>{cells}</tr><tr><td colspan='4'>{details}</td></tr>"


_TAGS: dict[Role, tuple[str, str]] = {
    "plain": ("", ""),
    "target": ("<mark>", "</mark>"),
    "cue": ("<u>", "</u>"),
}


def _pieces_html(sentence: Evidence, /) -> str:
    return "".join(f"{_TAGS[r][0]}{html.escape(text)}{_TAGS[r][1]}" for text, r in sentence.pieces)
