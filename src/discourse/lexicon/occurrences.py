"""Where a lexicon matches in a corpus, by whichever way is faster for its size."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from discourse.lexicon.categories import Lexicon
from discourse.lexicon.patterns import split_parts
from discourse.lexicon.scanning import Hits, scan
from discourse.tokens import Break, Tokens

# Fewer tokens are searched in a second or two; numba would take as long to load or compile.
SMALL = 1_000_000


def occurrences(tokens: Tokens, lexicon: Lexicon, /) -> Hits:
    """Return the matches in every clause, in order of their places, then of their categories.

    Patterns do not run across punctuation; where they overlap the longest wins.

    Parameters
    ----------
    tokens : Tokens
    lexicon : Lexicon
        Its categories are numbered in their order.
    """
    return scan(tokens, lexicon) if len(tokens.surface_ids) >= SMALL else _found(tokens, lexicon)


def _found(tokens: Tokens, lexicon: Lexicon, /) -> Hits:
    """Return what `scan` does, clause by clause."""
    number = {name: j for j, name in enumerate(lexicon.categories)}
    surfaces = tokens.vocabulary.surfaces
    rows: list[tuple[int, int, int]] = []
    for start, end in _clauses(tokens, lexicon):
        ids: list[int] = tokens.surface_ids[start:end].tolist()
        parts = split_parts([surfaces[i] for i in ids], [Break.NONE] * len(ids))
        found = [
            (match.start, match.end - 1, number[match.category]) for match in lexicon.find(parts)
        ]
        rows += [(start + parts[a].token, start + parts[b].token, j) for a, b, j in sorted(found)]
    return Hits(*np.array(rows, np.int64).reshape(-1, 3).T)


def _clauses(tokens: Tokens, lexicon: Lexicon, /) -> Iterator[tuple[int, int]]:
    """Yield the stretches between punctuation in which some word may start a pattern."""
    promising = [lexicon.may_start(surface) for surface in tokens.vocabulary.surfaces]
    borders = tokens.breaks >= Break.CLAUSE
    borders[tokens.indptr[:-1][tokens.n_tokens > 0]] = True
    edges = [*np.flatnonzero(borders).tolist(), len(borders)]
    clause_of = np.cumsum(borders) - 1
    wanted = np.array(promising, np.bool_)[tokens.surface_ids]
    for clause in np.unique(clause_of[wanted]).tolist():
        yield edges[clause], edges[clause + 1]
