"""The words of Chinese, found by a dictionary."""

from __future__ import annotations

import logging
import re
import sys
import warnings
from types import ModuleType

from discourse import _text
from discourse._text import Span
from discourse.errors import need

_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def jieba_spans(text: str, /) -> list[Span]:
    """Return the spans of the words of `text`, those of Chinese as jieba finds them.

    All else is found by the default rule.

    Raises
    ------
    DiscourseError
        If jieba is not installed.

    Examples
    --------
    >>> text = "G7支持和平"
    >>> [text[start:end] for start, end in jieba_spans(text)]
    ['G7', '支持', '和平']
    """
    return _text.spans_by(_cut, text)


def _cut(text: str, start: int, end: int, /) -> list[Span]:
    """Return the words of a run of scripts that are written without spaces."""
    spans: list[Span] = []
    edge = start
    for han in _HAN.finditer(text, start, end):
        spans += _moved(_text.word_spans(text[edge : han.start()]), edge)
        words = _jieba().tokenize(han[0])
        spans += _moved([(first, last) for _, first, last in words], han.start())
        edge = han.end()
    return spans + _moved(_text.word_spans(text[edge:end]), edge)


def _moved(spans: list[Span], by: int, /) -> list[Span]:
    """Return the spans so many characters further on."""
    return [(start + by, end + by) for start, end in spans]


def _jieba() -> ModuleType:
    """Return jieba, silent about reading its dictionary unless it was imported before."""
    if "jieba" in sys.modules:
        return need("jieba", extra="cjk")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own use of what Python has deprecated
        jieba = need("jieba", extra="cjk")
    jieba.setLogLevel(logging.WARNING)
    return jieba
