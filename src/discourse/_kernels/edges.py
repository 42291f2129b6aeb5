"""Where words start and end: one text after another, in the same room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from discourse._kernels import words
from discourse._kernels._jit import plain

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Ids = npt.NDArray[np.int32]

_LINE_END = b"\n"  # belongs to no word, so that none runs from one text into the next


class Edges:
    """Finds the words of texts by the rule of the expression.

    Parameters
    ----------
    classes : bytes
        The `CharacterClass` of every code point.
    """

    __slots__ = ("_classes", "_edges", "_marks", "_marks_of")

    def __init__(self, classes: bytes, /) -> None:
        self._classes = plain(np.frombuffer(classes, np.uint8), np.uint8)
        self._marks_of = plain(words.marks_of_bytes(self._classes), np.uint8)
        self._marks = np.empty(0, np.uint8)
        self._edges = np.empty(1, np.int32)

    def find(self, text: Bytes, /) -> Ids:
        """Return by turns where words start and end, in bytes, until the next text is looked at.

        Parameters
        ----------
        text : ndarray of shape (n_bytes,), uint8
            What `padded` returns.
        """
        if text.size > self._marks.size:
            self._marks, self._edges = np.empty(text.size, np.uint8), np.empty(text.size, np.int32)
        marks = self._marks[: text.size]
        n = words.find(text, self._marks_of, self._classes, marks, self._edges)
        return self._edges[:n]

    def spans(self, text: str, /) -> Places:
        """Return where the words of a text start and end, in code points, shape (n_words, 2).

        Parameters
        ----------
        text : str
            Less than 2 GB in UTF-8.
        """
        encoded = text.encode("utf-8", "surrogatepass")
        joined = padded([encoded])
        edges = self.find(joined).astype(np.int64)
        if len(encoded) > len(text):
            words.in_code_points(joined, edges)
        return edges.reshape(-1, 2)


def padded(texts: Sequence[bytes], /, *, lower: bool = False) -> Bytes:
    """Return the texts as one, a line end after each, and so many more as the loops need."""
    size = sum(map(len, texts)) + len(texts)
    room = -(-(size + words.AHEAD) // words.BLOCK) * words.BLOCK
    joined = bytearray(_LINE_END).join([*texts, _LINE_END * (room - size)])
    text = np.frombuffer(joined, np.uint8)
    if lower:
        words.lower(text)
    return plain(text, np.uint8)
