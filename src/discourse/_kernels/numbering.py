"""Numbers for the distinct words of texts, batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from discourse._kernels import words
from discourse._kernels._jit import plain
from discourse._kernels.edges import Edges, padded

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Ids = npt.NDArray[np.int32]

_FACTOR = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio
_SLOTS = 2**16  # of a new table


class Numbered(NamedTuple):
    """The words of some texts, as numbers.

    Attributes
    ----------
    ids : ndarray of shape (n_words,), int32
    indptr : ndarray of shape (n_texts + 1,), int64
        The words of text i are ``ids[indptr[i]:indptr[i + 1]]``.
    """

    ids: Ids
    indptr: Places


class Cells(NamedTuple):
    """How often texts have words: the arrays of a canonical matrix, texts in rows.

    Attributes
    ----------
    columns : ndarray of shape (n_cells,), int32
    counts : ndarray of shape (n_cells,), int64
    indptr : ndarray of shape (n_texts + 1,), int64
        The cells of text i are those from ``indptr[i]`` to before ``indptr[i + 1]``.
    """

    columns: Ids
    counts: Places
    indptr: Places


class Numbering:
    """Words found so far, each with a number; equal bytes have one number, others have others.

    Parameters
    ----------
    classes : bytes
        The `CharacterClass` of every code point.
    lower : bool
        Whether the capital letters of ASCII are taken for small ones.
    """

    __slots__ = ("_edges", "_letters", "_lower", "_offsets", "_slots")

    def __init__(self, classes: bytes, /, *, lower: bool = False) -> None:
        self._lower = lower
        self._edges = Edges(classes)
        self._slots = np.zeros((_SLOTS, words.SLOT), np.uint64)
        self._offsets = np.zeros(_SLOTS // 2 + 2, np.int64)
        self._letters = np.empty(8 * _SLOTS, np.uint8)

    def __len__(self) -> int:
        """Return the number of distinct words."""
        return int(self._offsets[-1])

    def add(self, texts: Sequence[bytes], /) -> Numbered:
        """Return the numbers of the words of some texts, in order.

        Parameters
        ----------
        texts : sequence of bytes
            UTF-8, lone surrogates encoded like other characters; less than 2 GB together.
        """
        text = padded(texts, lower=self._lower)
        edges = self._edges.find(text)
        ends = np.cumsum([len(text) + 1 for text in texts])
        indptr = np.zeros(len(texts) + 1, np.int64)
        indptr[1:] = np.searchsorted(edges[::2], ends)
        return Numbered(self._number(text, edges), indptr)

    def take(self, other: Numbering, /) -> Ids:
        """Return the numbers that the words of another numbering have here."""
        n = len(other)
        edges = np.empty(2 * n, np.int32)
        edges[::2] = other._offsets[:n]
        edges[1::2] = other._offsets[1 : n + 1] - 1
        return self._number(padded([other._known()]), edges)

    def words(self) -> list[str]:
        """Return the words in order of their numbers."""
        return self._known().decode("utf-8", "surrogatepass").split("\n")[:-1]

    def _known(self) -> bytes:
        """Return the words, each followed by a line end."""
        return self._letters[: self._offsets[len(self)]].tobytes()

    def _number(self, text: Bytes, edges: Ids, /) -> Ids:
        """Return the number of each word; the table grows as often as it must."""
        ids = np.empty(edges.size // 2, np.int32)
        done = 0
        while True:
            table = self._slots, self._letters, self._offsets
            done = words.number(text, plain(edges, np.int32), done, np.uint64(_FACTOR), *table, ids)
            if done == ids.size:
                return ids
            self._grow(int(edges[2 * done + 1] - edges[2 * done]))

    def _grow(self, size: int, /) -> None:
        """Make room for a further word of that size: twice as much where there is none."""
        n = len(self)
        used = int(self._offsets[n])
        if used + size >= self._letters.size:
            self._letters = np.resize(self._letters, 2 * (used + size + 1))
        if n == self._offsets.size - 2:
            slots = np.zeros((2 * self._slots.shape[0], words.SLOT), np.uint64)
            words.move(self._slots, slots, np.uint64(_FACTOR))
            offsets = np.zeros(slots.shape[0] // 2 + 2, np.int64)
            offsets[: n + 1], offsets[-1] = self._offsets[: n + 1], n
            self._slots, self._offsets = slots, offsets


def by_column(numbered: Numbered, column_of: Ids, n_columns: int, /) -> Cells:
    """Return how often each text has the words of each column.

    Parameters
    ----------
    numbered : Numbered
    column_of : ndarray of shape (n_known,), int32
        Several words may share a column.
    n_columns : int
    """
    n_words = numbered.ids.size
    columns, counts = np.empty(n_words, np.int32), np.empty(n_words, np.int64)
    indptr = np.zeros(numbered.indptr.size, np.int64)
    n = words.by_column(
        plain(numbered.ids, np.int32),
        plain(numbered.indptr, np.int64),
        plain(column_of, np.int32),
        np.zeros(n_columns, np.int32),
        np.zeros((2, n_columns // words.BLOCK + 1), np.uint64),
        columns,
        counts,
        indptr,
    )
    return Cells(columns[:n].copy(), counts[:n].copy(), indptr)
