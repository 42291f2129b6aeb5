"""The three answers in words: a headline, a value, and what to hold it against."""

from __future__ import annotations

import math
from functools import partial
from typing import NamedTuple

from discourse.comparison import Comparison
from discourse.labelled import Estimate, MatchedEstimate
from discourse.metrics import METRICS
from discourse.reports.display import limits, number, percent, short

# what the words for a likeness between 0 and 1 stand for
LIKENESS = (
    (0.9, "nearly the same"),
    (0.7, "largely the same"),
    (0.4, "partly the same"),
    (0.1, "mostly different"),
    (0.0, "almost wholly different"),
)

NOTE_LENGTH = 800  # names of documents may make a note longer
MIXED = 1 / 3  # an agreement whose interval holds 0 leans to a side if it lies farther from 0


class Scale(NamedTuple):
    """A value, its interval and a baseline on a line, as shares of its length."""

    caption: str
    left: str
    right: str
    value: str
    low: str
    width: str
    baseline: str
    zero: str


class Answer(NamedTuple):
    """One of the three questions with its answer."""

    question: str
    headline: str
    value: str
    interval: str
    scales: tuple[Scale, ...]
    sentences: tuple[str, ...]


def answers(found: Comparison, /) -> tuple[Answer, Answer, Answer]:
    """Return the answers on words, topics and sides."""
    return _words(found), _topics(found), _side(found)


def meanings() -> str:
    """Return from which likeness on its words hold.

    Examples
    --------
    >>> meanings()[:45]
    'Nearly the same: from 0.90 on; largely the sa'
    """
    steps = "; ".join(f"{words}: from {number(least)} on" for least, words in LIKENESS[:-1])
    return f"{_capital(steps)}; {LIKENESS[-1][1]}: below."


def likeness(value: float, /) -> str:
    """Return the words for a likeness.

    Examples
    --------
    >>> likeness(0.93), likeness(0.05)
    ('nearly the same', 'almost wholly different')
    """
    return next(words for least, words in LIKENESS if value >= least)


def _words(found: Comparison, /) -> Answer:
    value, (likeness_by, note) = found.words.value, _bare(found)
    return Answer(
        "Same words?",
        f"They use {likeness(value)} words.",
        number(value),
        "",
        _word_scales(found),
        (likeness_by, *_at_length(found.matched, found.matched_note), note),
    )


def _bare(found: Comparison, /) -> tuple[str, str]:
    """Return how the likeness came from the metric, and what the note says beyond that."""
    metric, note = found.contributions.metric, found.words.note or ""
    shown = f"Likeness {number(found.words.value)} of 1"
    if METRICS[metric].kind == "similarity":
        return f"{shown}: the {title(metric)}.", _capital(_ended(note))
    total = number(found.contributions.total, 3)
    note = note.partition("; ")[2]  # its first part is the same value
    return f"{shown}: 1 less the {title(metric)} of {total}.", _capital(_ended(note))


def title(metric: str, /) -> str:
    """Return the name of a metric as prose has it.

    Examples
    --------
    >>> title("jensen_shannon"), title("jaccard")
    ('Jensen-Shannon divergence', 'Jaccard similarity')
    """
    known = METRICS[metric]
    name = metric.removesuffix(f"_{known.kind}").split("_")
    joint = "-" if name == ["jensen", "shannon"] else " "
    return f"{joint.join(part.capitalize() for part in name)} {known.kind}"


def _at_length(matched: MatchedEstimate | None, reason: str | None, /) -> tuple[str, ...]:
    """Return what the value at matched length says, beside its baseline."""
    if matched is None:
        return (f"Not compared at matched length: {_ended(reason or '')}",)
    value = f"{number(matched.value, 3)} {limits(matched.low, matched.high, 3)}".rstrip()
    sample = f"Two samples of {matched.m:,.0f} words, one of each side, have {value}"
    if math.isnan(matched.within.value):
        return (f"{sample}.", _capital(_ended(matched.within.note or "")))
    within = number(matched.within.value, 3)
    apart = f"{sample}; two samples of one and the same side would have {within}."
    return apart, _excess(matched)


def _excess(matched: MatchedEstimate, /) -> str:
    """Return whether the sides differ more than one of them from itself."""
    excess = matched.excess
    size = f"{number(excess.value, 3)} {limits(excess.low, excess.high, 3)}".rstrip()
    if excess.low is None or excess.high is None:
        return f"The excess is {size}. {_capital(_ended(excess.note or ''))}".rstrip()
    if excess.low > 0:
        return f"So their wording differs more than one side from itself, by {size}."
    if excess.high < 0:
        return f"So their wording differs less than one side from itself, by {size}."
    return f"So they differ no more than one side from itself, as far as can be told: {size}."


def _topics(found: Comparison, /) -> Answer:
    value, note = found.topics.value, _capital(_ended(found.topics.note or ""))
    if math.isnan(value):
        return _undefined("Same topics?", "Their topics cannot be compared.", found.topics)
    return Answer(
        "Same topics?",
        f"They speak of {likeness(value)} topics.",
        number(value),
        "",
        (_scale(found.topics, ("no target in common", "same shares")),),
        (f"The shares that they give to the targets overlap by {number(value)} of 1.", note),
    )


def _side(found: Comparison, /) -> Answer:
    agreement = found.agreement
    if math.isnan(agreement.value):
        return _undefined("Same side?", "Whether they agree cannot be said.", agreement)
    note = f"It rests on {_ended(agreement.note or '')}"
    return Answer(
        "Same side?",
        _stand(agreement),
        number(agreement.value),
        limits(agreement.low, agreement.high),
        (_scale(agreement, ("opposite sides", "same side"), bounds=(-1, 1)),),
        (
            "Agreement lies between −1, always opposed, and 1, always together.",
            *(_interval(agreement),),
            note,
        ),
    )


def _stand(agreement: Estimate, /) -> str:
    """Return the headline on the sides; what the interval leaves open stays open."""
    low, high, value = agreement.low, agreement.high, agreement.value
    if low is not None and low > 0:
        return "They stand on the same side."
    if high is not None and high < 0:
        return "They stand on opposite sides."
    if abs(value) <= MIXED:
        return "They agree about as much as they disagree."
    return f"They lean to {'the same side' if value > 0 else 'opposite sides'}; it is not settled."


def _interval(agreement: Estimate, /) -> str:
    """Return what the interval says of it."""
    if agreement.low is None or agreement.high is None:
        return "It has no interval."
    shown = f"The {agreement.level:.0%} interval {limits(agreement.low, agreement.high)}"
    if agreement.low > 0 or agreement.high < 0:
        return f"{shown} leaves 0 out."
    return f"{shown} holds 0, so neither side is ruled out."


def _undefined(question: str, headline: str, estimate: Estimate, /) -> Answer:
    """Return the answer where there is none, with the reason."""
    reason = _capital(_ended(estimate.note or ""))
    return Answer(question, headline, "undefined", "", (), (reason,))


def _word_scales(found: Comparison, /) -> tuple[Scale, ...]:
    """Return the likeness on a line and, below it, the metric at matched length."""
    plain = _scale(found.words, ("no word in common", "same words"))
    if found.matched is None:
        return (plain,)
    ends = ("same words", "no word in common")
    if METRICS[found.contributions.metric].kind == "similarity":
        ends = (ends[1], ends[0])
    within = found.matched.within.value
    caption = f"{title(found.matched.name)} at matched length"
    if not math.isnan(within):
        caption += "; | is one side against itself"
    return plain, _scale(found.matched, ends, caption=caption, baseline=within)


def _scale(
    estimate: Estimate,
    ends: tuple[str, str],
    /,
    *,
    bounds: tuple[float, float] = (0, 1),
    caption: str = "",
    baseline: float = math.nan,
) -> Scale:
    """Return where the value, its interval and a baseline lie between the bounds."""
    low = estimate.value if estimate.low is None else estimate.low
    high = estimate.value if estimate.high is None else estimate.high
    place = partial(_place, bounds=bounds)
    return Scale(
        caption,
        *ends,
        value=percent(place(estimate.value)),
        low=percent(place(low)),
        width=percent(place(high) - place(low)),
        baseline="" if math.isnan(baseline) else percent(place(baseline)),
        zero=percent(place(0)) if bounds[0] < 0 else "",
    )


def _place(value: float, /, bounds: tuple[float, float]) -> float:
    """Return where a value lies between the bounds, as a share."""
    low, high = bounds
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _ended(text: str, /) -> str:
    """Return a sentence with its full stop."""
    return f"{short(text, NOTE_LENGTH).rstrip('.')}." if text else ""


def _capital(text: str, /) -> str:
    """Return a sentence with its capital letter."""
    return text[:1].upper() + text[1:]
