"""Text and numbers as a page shows them: nothing hidden, nothing that turns a line around."""

from __future__ import annotations

import math
import re

NAME_LENGTH = 60

_SPACES = re.compile(r"[ \t\r\n\u2028\u2029]+")
# controls, the bidirectional marks that embed, override or isolate, tags, and what is no character
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str, /) -> str:
    r"""Return text in one line with what cannot be seen spelled out.

    Examples
    --------
    >>> visible("peace\n and\x00 \u202eraw \ud800")
    'peace and[U+0000] [U+202E]raw [U+D800]'
    """
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", _SPACES.sub(" ", text))


def short(text: str, /, most: int = NAME_LENGTH) -> str:
    """Return visible text of at most that many characters and an ellipsis.

    Examples
    --------
    >>> short("multilateralism", 6)
    'multil…'
    """
    shown = visible(text[: most + 1])
    return shown if len(text) <= most else f"{visible(text[:most])}…"


def number(value: float, /, digits: int = 2) -> str:
    """Return a number with a minus sign, never "-0.00"; a dash where there is none.

    Examples
    --------
    >>> number(-0.5), number(-0.001), number(float("nan"))
    ('−0.50', '0.00', '–')
    """
    if math.isnan(value):
        return "–"
    text = f"{value:,.{digits}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.replace("-", "−")


def limits(low: float | None, high: float | None, /, digits: int = 2) -> str:
    """Return an interval in brackets, or nothing where there is none.

    Examples
    --------
    >>> limits(-1.0, 0.122)
    '[−1.00, 0.12]'
    """
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return ""
    return f"[{number(low, digits)}, {number(high, digits)}]"


def percent(share: float, /) -> str:
    """Return a position or length as SVG takes it.

    Examples
    --------
    >>> percent(0.5)
    '50%'
    """
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
