"""A profile of each document: its length, its sentences, and how varied its words are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.errors import OptionError
from discourse.labelled import ColumnResult, FloatArray, shares
from discourse.record import ReadOnly, Record
from discourse.tokens import Break, as_tokens, from_tokens

if TYPE_CHECKING:
    import pandas as pd

IntArray: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Profile(ColumnResult):
    """Sizes of documents, and how varied their words are.

    Attributes
    ----------
    docs : tuple of str
    n_tokens, n_types, n_sentences : ndarray of shape (n_docs,), int64
        Words, different words, and sentences that have words.
    sentence_length : ndarray of shape (n_docs,), float64
        Tokens per sentence, on average.
    hapax : ndarray of shape (n_docs,), float64
        Share of the tokens, in [0, 1], whose word occurs once in the document.
    ttr : ndarray of shape (n_docs,), float64
        Type-token ratio, in (0, 1]. It falls with length: compare documents of one length.
    mattr : ndarray of shape (n_docs,), float64
        Type-token ratio of all stretches of `window` tokens, on average [1]_, which does not depend
        on length; NaN for a shorter document.
    yule_k : ndarray of shape (n_docs,), float64
        Yule's characteristic [2]_, 0 or more: 10,000 times the chance that two tokens are one word,
        drawn without putting back, times (n - 1) / n. It hardly depends on length.
    window : int

    Notes
    -----
    A document without tokens has NaN in all but the counts.

    References
    ----------
    .. [1] Covington, M. A., & McFall, J. D. (2010). Cutting the Gordian knot: the moving-average
       type-token ratio (MATTR). *Journal of Quantitative Linguistics* 17(2), 94-100.
    .. [2] Yule, G. U. (1944). *The statistical study of literary vocabulary*. Cambridge University
       Press.

    Examples
    --------
    >>> import discourse as ds
    >>> found = ds.profile(["Peace now. We want peace."], window=3)
    >>> found.n_tokens[0], found.n_types[0], found.n_sentences[0], found.ttr[0], found.hapax[0]
    (np.int64(5), np.int64(4), np.int64(2), np.float64(0.8), np.float64(0.6))
    """

    COLUMNS: ClassVar = (
        *("n_tokens", "n_types", "n_sentences", "sentence_length"),
        *("hapax", "ttr", "mattr", "yule_k"),
    )

    docs: tuple[str, ...]
    n_tokens: IntArray
    n_types: IntArray
    n_sentences: IntArray
    sentence_length: FloatArray
    hapax: FloatArray
    ttr: FloatArray
    mattr: FloatArray
    yule_k: FloatArray
    window: int
    record: Record

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.docs)

    def __repr__(self) -> str:
        """Return the size."""
        return f"Profile({len(self):,} documents)"

    def to_frame(self) -> pd.DataFrame:
        """Return one row per document."""
        import pandas as pd

        return pd.DataFrame({"doc": list(self.docs), **self.columns()})

    def to_dict(self) -> dict[str, object]:
        """Return the columns, the window and the record as plain data."""
        columns = {name: array.tolist() for name, array in self.columns().items()}
        rest = {"window": self.window, "record": self.record.to_dict()}
        return {"docs": list(self.docs), **columns, **rest}


def profile(corpus_or_tokens: Any, /, *, window: int = 100) -> Profile:
    """Return the size of each document and how varied its words are.

    Parameters
    ----------
    corpus_or_tokens : Tokens, or what `tokenize` takes
    window : int
        Tokens of a stretch, of which the moving average of type-token ratios is made.

    Returns
    -------
    Profile

    Raises
    ------
    OptionError
        If the window is not a positive int.

    Examples
    --------
    >>> import discourse as ds
    >>> ds.profile(["Peace and peace and war."], window=2).mattr.tolist()
    [1.0]
    """
    if not isinstance(window, int) or window < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"window must be a positive number of tokens; got {window!r}."
        raise OptionError("window", msg)
    tokens = as_tokens(corpus_or_tokens)
    n_tokens = tokens.n_tokens
    ids = [tokens.ids[a:b] for a, b in zip(tokens.indptr[:-1], tokens.indptr[1:], strict=True)]
    times = [np.unique(own, return_counts=True)[1] for own in ids]
    n_types = np.array([len(own) for own in times], np.int64)
    once = np.array([(own == 1).sum() for own in times], np.int64)
    squares = np.array([(own**2).sum() for own in times], np.int64)
    n_sentences = _sentences(tokens.breaks, tokens.indptr)
    return Profile(
        tokens.docs,
        n_tokens,
        n_types,
        n_sentences,
        shares(n_tokens, n_sentences),
        shares(once, n_tokens),
        shares(n_types, n_tokens),
        np.array([_moving_ratio(own, window) for own in ids]),
        shares(10_000 * (squares - n_tokens), n_tokens**2),
        window,
        Record(
            "profile",
            ReadOnly({**tokens.record.parameters, "window": window}),
            tokens.record.digests,
            recompute=from_tokens(partial(profile, window=window), tokens),
        ),
    )


def _sentences(breaks: npt.NDArray[np.uint8], indptr: IntArray, /) -> IntArray:
    """Return in how many sentences the tokens of each document stand."""
    begins = breaks >= Break.SENTENCE
    begins[indptr[:-1][np.diff(indptr) > 0]] = True
    before = np.concatenate([[0], np.cumsum(begins, dtype=np.int64)])
    return np.asarray(before[indptr[1:]] - before[indptr[:-1]], np.int64)


def _moving_ratio(ids: npt.NDArray[np.int32], window: int, /) -> float:
    """Return the type-token ratio of every stretch of so many tokens, on average.

    A token is the first of its word in the stretches that begin after the one before it: counting
    those for each token counts the types of all stretches.
    """
    n = len(ids)
    if n < window:
        return float("nan")
    order = np.argsort(ids, kind="stable")
    before = np.full(n, -1)
    same = ids[order[1:]] == ids[order[:-1]]
    before[order[1:][same]] = order[:-1][same]
    place = np.arange(n)
    first = np.maximum(before + 1, place - window + 1)
    last = np.minimum(place, n - window)
    types = np.maximum(last - np.maximum(first, 0) + 1, 0).sum()
    return float(types / (window * (n - window + 1)))
