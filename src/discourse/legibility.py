"""How much of each text the rule for words understood."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from discourse import _text
from discourse.corpus import Document, as_corpus
from discourse.labelled import ColumnResult, FloatArray, shares
from discourse.lexicon import Entry, Lexicon, as_lexicon, occurrences
from discourse.record import ReadOnly, Record
from discourse.tokens import Tokens, tokenize

if TYPE_CHECKING:
    import pandas as pd

IntArray: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Coverage(ColumnResult):
    """How much of each document was understood.

    Attributes
    ----------
    docs : tuple of str
    script : tuple of (str or None)
        The script of most letters of each document ("Latin", "Han", ...); None without letters.
    n_chars, n_letters : ndarray of shape (n_docs,), int64
        Characters after the header lines, and those of them that are letters.
    n_tokens : ndarray of shape (n_docs,), int64
    per_100_chars : ndarray of shape (n_docs,), float64
        Tokens per 100 characters: 15 to 20 in most alphabets. NaN for a document of no characters.
    unsplit : ndarray of shape (n_docs,), float64
        Share, in [0, 1], of letters in scripts written without spaces, whose words the rule cannot
        find: it takes pairs of characters. NaN for a document without letters.
    known : ndarray of shape (n_docs,), float64
        Share, in [0, 1], of tokens that lie in a match of the lexicon. NaN without a lexicon, and
        for a document without tokens.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.legibility import coverage
    >>> found = coverage(["We seek peace.", "我们支持和平"])
    >>> found.script, found.n_tokens.tolist(), found.unsplit.tolist()
    (('Latin', 'Han'), [3, 5], [0.0, 1.0])
    """

    COLUMNS: ClassVar = (
        *("n_chars", "n_letters", "n_tokens"),
        *("per_100_chars", "unsplit", "known"),
    )

    docs: tuple[str, ...]
    script: tuple[str | None, ...]
    n_chars: IntArray
    n_letters: IntArray
    n_tokens: IntArray
    per_100_chars: FloatArray
    unsplit: FloatArray
    known: FloatArray
    record: Record

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.docs)

    def __repr__(self) -> str:
        """Return the size."""
        return f"Coverage({len(self):,} documents)"

    def to_frame(self) -> pd.DataFrame:
        """Return one row per document."""
        import pandas as pd

        names = {"doc": list(self.docs), "script": list(self.script)}
        return pd.DataFrame({**names, **self.columns()})

    def to_dict(self) -> dict[str, object]:
        """Return the columns and the record as plain data."""
        return {
            "docs": list(self.docs),
            "script": list(self.script),
            **{name: array.tolist() for name, array in self.columns().items()},
            "record": self.record.to_dict(),
        }


def coverage(
    corpus: Any,
    /,
    lexicon: Lexicon | Mapping[str, Sequence[Entry]] | str | Path | None = None,
) -> Coverage:
    """Return how much of each document the default rule for words understood.

    Look at it before trusting numbers about texts in a language you do not read.

    Parameters
    ----------
    corpus : Corpus, or list of str or Document, or data frame with a text column
    lexicon : Lexicon, mapping of categories to patterns, name or path, optional
        Of which words the share is wanted.

    Returns
    -------
    Coverage

    Raises
    ------
    OptionError
        If the lexicon is unknown.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.legibility import coverage
    >>> found = coverage(["We seek peace."], {"peace": ["peace", "cease fire"]})
    >>> found.known.round(2).tolist(), found.per_100_chars.round(1).tolist()
    ([0.33], [21.4])
    """
    texts = as_corpus(corpus)
    chosen = None if lexicon is None else as_lexicon(lexicon)
    tokens = tokenize(texts)
    counted = [_letters(document) for document in texts]
    n_chars, n_letters, n_unsplit = (
        np.array(column, np.int64) for column in zip(*(c[:3] for c in counted), strict=True)
    )
    n_tokens = tokens.n_tokens
    digests = dict(tokens.record.digests)
    return Coverage(
        docs=tokens.docs,
        script=tuple(c.script for c in counted),
        n_chars=n_chars,
        n_letters=n_letters,
        n_tokens=n_tokens,
        per_100_chars=shares(100 * n_tokens, n_chars),
        unsplit=shares(n_unsplit, n_letters),
        known=np.full(len(tokens), np.nan) if chosen is None else _known(tokens, chosen),
        record=Record(
            "coverage",
            ReadOnly({"lexicon": None if chosen is None else chosen.name}),
            ReadOnly(digests if chosen is None else {**digests, "lexicon": chosen.digest}),
            recompute=coverage,
        ),
    )


class _Letters(NamedTuple):
    """Characters, letters, letters of unspaced scripts, and the script of most letters."""

    chars: int
    letters: int
    unsplit: int
    script: str | None


def _letters(document: Document, /) -> _Letters:
    """Return how many letters a document has, header lines left out."""
    body = document.header[-1][1] if document.header else 0
    counts = Counter(document.text[body:])
    letters = {char: n for char, n in counts.items() if char.isalpha()}
    unsplit = sum(n for char, n in letters.items() if _text.has_unspaced(char))
    return _Letters(counts.total(), sum(letters.values()), unsplit, _main_script(letters))


def _main_script(letters: Mapping[str, int], /) -> str | None:
    """Return the script of most letters, the first by name if two have as many."""
    scripts: Counter[str] = Counter()
    for char, n in letters.items():
        scripts[_script(char)] += n
    return min(scripts, key=lambda name: (-scripts[name], name), default=None)


def _script(letter: str, /) -> str:
    """Return the script of a letter, with which its Unicode name begins."""
    word = unicodedata.name(letter, "UNKNOWN").split()[0]
    return "Han" if word == "CJK" else word.capitalize()


def _known(tokens: Tokens, lexicon: Lexicon, /) -> FloatArray:
    """Return the share of the tokens of each document that lie in a match."""
    hits = occurrences(tokens, lexicon)
    known = np.zeros(len(tokens.surface_ids), np.bool_)
    for first, last in zip(hits.first.tolist(), hits.last.tolist(), strict=True):
        known[first : last + 1] = True
    total = np.concatenate([[0], np.cumsum(known, dtype=np.int64)])
    return shares(total[tokens.indptr[1:]] - total[tokens.indptr[:-1]], tokens.n_tokens)
