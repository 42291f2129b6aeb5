"""Words that stand side by side more often than by chance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse.errors import OptionError
from discourse.labelled import ColumnResult, FloatArray
from discourse.record import ReadOnly, Record
from discourse.tokens import Break, Tokens, as_tokens, from_tokens

if TYPE_CHECKING:
    import pandas as pd

IntArray: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Collocations(ColumnResult):
    """Pairs of neighbouring words, those most surely associated first.

    Attributes
    ----------
    pairs : tuple of (str, str)
    counts : ndarray of shape (n_pairs,), int64
    log_odds : ndarray of shape (n_pairs,), float64
        Natural logarithm of the odds ratio: above 0 for words that attract each other.
    z : ndarray of shape (n_pairs,), float64
        `log_odds` over its standard error: an order, no test, since pairs are chosen by it.

    Examples
    --------
    >>> import discourse as ds
    >>> found = ds.collocations(["free trade and free trade", "trade and peace, and war"])
    >>> found.pairs, found.counts.tolist()
    ((('free', 'trade'), ('trade', 'and')), [2, 2])
    """

    COLUMNS: ClassVar = ("counts", "log_odds", "z")

    pairs: tuple[tuple[str, str], ...]
    counts: IntArray
    log_odds: FloatArray
    z: FloatArray
    record: Record

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.pairs)

    def __repr__(self) -> str:
        """Return the size."""
        return f"Collocations({len(self):,} pairs)"

    def to_frame(self) -> pd.DataFrame:
        """Return one row per pair."""
        import pandas as pd

        return pd.DataFrame({"collocation": list(map(" ".join, self.pairs)), **self.columns()})

    def to_dict(self) -> dict[str, object]:
        """Return the columns and the record as plain data."""
        columns = {name: array.tolist() for name, array in self.columns().items()}
        return {"pairs": list(map(list, self.pairs)), **columns, "record": self.record.to_dict()}


def collocations(corpus_or_tokens: Any, /, *, min_count: int = 2) -> Collocations:
    """Return pairs of neighbouring words and how surely they attract each other.

    All neighbours between which there is no punctuation are counted in a table of two rows and two
    columns: whether the first word is the one, and the second the other. With 0.5 added to each
    cell, ``log_odds`` is the logarithm of the odds ratio and its standard error the root of the sum
    of reciprocals [1]_.

    Parameters
    ----------
    corpus_or_tokens : Tokens, or what `tokenize` takes
    min_count : int
        Rarer pairs are left out.

    Returns
    -------
    Collocations

    Raises
    ------
    OptionError
        If `min_count` is not a positive int.

    References
    ----------
    .. [1] Blaheta, D., & Johnson, M. (2001). Unsupervised learning of multi-word verbs.
       *Proceedings of the ACL Workshop on Collocations*, 54-60.

    Examples
    --------
    >>> import discourse as ds
    >>> ds.collocations(["New York, New York!"]).to_frame()["collocation"].tolist()
    ['new york']
    """
    if not isinstance(min_count, int) or min_count < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"min_count must be a positive int; got {min_count!r}."
        raise OptionError("min_count", msg)
    tokens = as_tokens(corpus_or_tokens)
    first, second = _neighbours(tokens)
    n_types = len(tokens.vocabulary.types)
    codes, counts = np.unique(first * n_types + second, return_counts=True)
    kept = counts >= min_count
    firsts, seconds, both = codes[kept] // n_types, codes[kept] % n_types, counts[kept]
    one = np.bincount(first, minlength=n_types)[firsts] - both
    other = np.bincount(second, minlength=n_types)[seconds] - both
    neither = len(first) - both - one - other
    table = np.stack([both, neither, one, other]) + 0.5
    log_odds = np.array([1.0, 1.0, -1.0, -1.0]) @ np.log(table)
    z = log_odds / np.sqrt((1 / table).sum(axis=0))
    order = np.argsort(-z, kind="stable")
    types = tokens.vocabulary.types
    numbers: list[list[int]] = np.stack([firsts, seconds], axis=1)[order].tolist()
    return Collocations(
        tuple((types[i], types[j]) for i, j in numbers),
        both[order],
        log_odds[order],
        z[order],
        Record(
            "collocations",
            ReadOnly({**tokens.record.parameters, "min_count": min_count}),
            tokens.record.digests,
            recompute=from_tokens(partial(collocations, min_count=min_count), tokens),
        ),
    )


def _neighbours(tokens: Tokens, /) -> tuple[IntArray, IntArray]:
    """Return the types of all pairs of neighbours between which nothing stands."""
    apart = tokens.breaks >= Break.CLAUSE
    apart[tokens.indptr[:-1][tokens.n_tokens > 0]] = True
    second = np.flatnonzero(~apart)
    ids = tokens.ids.astype(np.int64)
    return ids[second - 1], ids[second]
