"""Key words in context: every match of a pattern, with the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from discourse.errors import OptionError
from discourse.labelled import Result, frozen
from discourse.lexicon import Entry, Lexicon, as_lexicon, occurrences
from discourse.record import ReadOnly, Record
from discourse.tokens import as_tokens, from_tokens

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("doc", "start", "end", "left", "keyword", "right", "pattern")


@dataclass(frozen=True, slots=True, eq=False)
class Concordance(Result):
    """Matches in their contexts, in the order of the texts.

    Attributes
    ----------
    docs : tuple of str
        The document of each match.
    start, end : ndarray of shape (n_matches,), int64
        The tokens of the match: from `start` to before `end`, counted within the document.
    left, keyword, right : tuple of str
        The words before, of and after each match, as they were written, joined by spaces.
    pattern : tuple of str
        What matched: the pattern, or its category in a lexicon.

    Examples
    --------
    >>> import discourse as ds
    >>> found = ds.kwic(["We want peace, and a lasting peace."], "peace", window=2)
    >>> list(zip(found.left, found.keyword, found.right))
    [('We want', 'peace', 'and a'), ('a lasting', 'peace', '')]
    """

    docs: tuple[str, ...]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    left: tuple[str, ...]
    keyword: tuple[str, ...]
    right: tuple[str, ...]
    pattern: tuple[str, ...]
    record: Record

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        frozen(self.start)
        frozen(self.end)

    def __len__(self) -> int:
        """Return the number of matches."""
        return len(self.docs)

    def __repr__(self) -> str:
        """Return the size."""
        return f"Concordance({len(self):,} matches in {len(set(self.docs)):,} documents)"

    def __str__(self) -> str:
        """Return the matches one below the other, a line each."""
        before = max(map(len, self.left), default=0)
        middle = max(map(len, self.keyword), default=0)
        lines = zip(self.left, self.keyword, self.right, strict=True)
        return "\n".join(f"{a:>{before}}  {k:^{middle}}  {b}".rstrip() for a, k, b in lines)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per match."""
        import pandas as pd

        columns = (self.docs, self.start, self.end, *self._texts(), self.pattern)
        return pd.DataFrame(dict(zip(_COLUMNS, map(list, columns), strict=True)))

    def to_dict(self) -> dict[str, object]:
        """Return the matches and the record as plain data."""
        columns = (self.docs, self.start.tolist(), self.end.tolist(), *self._texts(), self.pattern)
        rows = [dict(zip(_COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]
        return {"matches": rows, "record": self.record.to_dict()}

    def _texts(self) -> Iterator[tuple[str, ...]]:
        """Yield the columns of words."""
        yield from (self.left, self.keyword, self.right)


def kwic(
    corpus_or_tokens: Any,
    pattern: str | Sequence[str] | Mapping[str, Sequence[Entry]] | Lexicon | Path,
    /,
    *,
    window: int = 5,
) -> Concordance:
    """Return every match of a pattern with the words around it.

    Parameters
    ----------
    corpus_or_tokens : Tokens, or what `tokenize` takes
    pattern : str, sequence of str, Lexicon, mapping of categories to patterns, or Path
        One pattern, several, or a lexicon. ``*`` stands for any letters; a pattern of several words
        does not run across punctuation. Where patterns overlap the longest wins.
    window : int
        Words on each side, 0 or more; they do not leave the document.

    Returns
    -------
    Concordance

    Raises
    ------
    OptionError
        If the window is no int of at least 0, or there is no pattern.

    References
    ----------
    .. [1] Luhn, H. P. (1960). Key word-in-context index for technical literature. *American
       Documentation* 11(4), 288-295.

    Examples
    --------
    >>> import discourse as ds
    >>> print(ds.kwic(["A cease-fire now, and multilateral talks."], ["cease fire", "multi*"]))
                       A   cease-fire   now and multilateral talks
    A cease-fire now and  multilateral  talks
    """
    if not isinstance(window, int) or window < 0:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"window must be a number of words, 0 or more; got {window!r}."
        raise OptionError("window", msg)
    lexicon = _lexicon(pattern)
    tokens = as_tokens(corpus_or_tokens)
    hits = occurrences(tokens, lexicon)
    rows = np.searchsorted(tokens.indptr, hits.first, side="right") - 1
    begins, ends = tokens.indptr[rows], tokens.indptr[rows + 1]

    def words(starts: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]) -> tuple[str, ...]:
        surfaces, ids = tokens.vocabulary.surfaces, tokens.surface_ids
        pairs = zip(starts.tolist(), stops.tolist(), strict=True)
        spans: list[list[int]] = [ids[a:b].tolist() for a, b in pairs]
        return tuple(" ".join(surfaces[i] for i in span) for span in spans)

    names = tuple(lexicon.categories)
    return Concordance(
        tuple(map(tokens.docs.__getitem__, rows)),
        hits.first - begins,
        hits.last + 1 - begins,
        words(np.maximum(hits.first - window, begins), hits.first),
        words(hits.first, hits.last + 1),
        words(hits.last + 1, np.minimum(hits.last + 1 + window, ends)),
        tuple(map(names.__getitem__, hits.category)),
        Record(
            "kwic",
            ReadOnly({**tokens.record.parameters, "window": window}),
            ReadOnly({**tokens.record.digests, "lexicon": lexicon.digest}),
            recompute=from_tokens(partial(kwic, window=window), tokens),
        ),
    )


def _lexicon(pattern: Any, /) -> Lexicon:
    """Return one pattern, or several, as a lexicon with a category for each."""
    if isinstance(pattern, (Lexicon, Path)) or issubclass(type(pattern), Mapping):
        return as_lexicon(pattern)
    patterns = [pattern] if isinstance(pattern, str) else list(pattern)
    if not patterns or not all(isinstance(own, str) for own in patterns):
        msg = f"pattern must be a str, a list of str or a lexicon; got {pattern!r:.60}."
        raise OptionError("pattern", msg)
    return Lexicon({own: [own] for own in patterns}, name="patterns")
