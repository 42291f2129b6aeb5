"""Features of (text, target) rows: n-grams and evidence, shared by targets and of each alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from discourse.estimators.evidence import EVIDENCE, evidence, read_target
from discourse.estimators.grams import Grams, IntArray, Matrix, Products
from discourse.estimators.rows import Rows
from discourse.estimators.words import character_grams, near, word_grams, words
from discourse.labelled import FloatArray

# A target with this many rows of its own counts as much for itself as all targets together.
POOLING = 50

# Squared weights of the copies of what is observed: n-grams of words, of characters, evidence and
# words near the target. They say how much each adds to the likeness of two rows.
SHARED = (0.25, 0.25, 0.1, 0.2)
TURNED = (0.15, 0.15, 0.1, 0.1)
OWN = (1.0, 1.0, 0.05)
CROSSED = 0.5
IDENTITY = 0.1
SIGN = 0.04


class Observed(NamedTuple):
    """What is observed of rows: strings of each kind, evidence and the signs of the targets."""

    words: Sequence[Sequence[str]]
    characters: Sequence[Sequence[str]]
    near: Sequence[Sequence[str]]
    about: Sequence[Sequence[str]]
    identity: Sequence[Sequence[str]]
    evidence: FloatArray
    signs: FloatArray


def observe(rows: Rows, /) -> Observed:
    """Return what is observed of rows."""
    found = [words(text) for text in rows.texts]
    targets = [read_target(target) for target in rows.targets]
    return Observed(
        words=[word_grams(own) for own in found],
        characters=[character_grams(own) for own in found],
        near=[near(own, target.stems) for own, target in zip(found, targets, strict=True)],
        about=[sorted(target.stems) for target in targets],
        identity=[[target] for target in rows.targets],
        evidence=np.array([evidence(*row) for row in zip(rows.texts, targets, strict=True)]),
        signs=np.array([target.sign for target in targets], np.float64),
    )


class PairFeatures:
    """Features of rows of a text and a target.

    What is observed of a row stands in copies: one that all targets share, one that is turned
    round where the target rejects what it names, products of words with the words of the target,
    and one for each target alone [1]_. A target with n rows gives the share n / (n + 50) of its
    weight to its own copy, so that one never seen leans on the others.

    Attributes
    ----------
    features : tuple of str
        What is observed of a row.
    origin : ndarray of shape (n_columns,), int64
        The feature that each column of the matrix is a copy of.

    References
    ----------
    .. [1] Daume III, H. (2007). Frustratingly easy domain adaptation. *Proceedings of the 45th
       Annual Meeting of the ACL*, 256-263.
    """

    features: tuple[str, ...]
    origin: IntArray

    def fit_transform(self, rows: Rows, /) -> Matrix:
        """Learn the vocabularies and return the features of the rows."""
        observed = observe(rows)
        self._rows_of = Counter(rows.targets)
        self._words, self._characters, self._near, self._about, self._identity = (
            Grams().fit(docs) for docs in observed[:5]
        )
        base, about, identity = self._observations(observed)
        self._crossed = Products().fit(base[:, : len(self._words.names)], about)
        self._own = Products().fit(base[:, : self._n_own], identity)
        self.features = (
            *(f"word: {name}" for name in self._words.names),
            *(f"characters: {name!r}" for name in self._characters.names),
            *EVIDENCE,
            *(f"near target: {name}" for name in self._near.names),
            "target",
        )
        every = np.arange(base.shape[1])
        levels = np.full(identity.shape[1] + 1, base.shape[1])
        self.origin = np.concatenate([every, every, self._crossed.left, self._own.left, levels])
        return self._copies(rows, observed.signs, base, about, identity)

    def transform(self, rows: Rows, /) -> Matrix:
        """Return the features of the rows."""
        observed = observe(rows)
        return self._copies(rows, observed.signs, *self._observations(observed))

    @property
    def _sizes(self) -> tuple[int, int, int, int]:
        """How many words, n-grams of characters, kinds of evidence and words near there are."""
        groups = self._words.names, self._characters.names, EVIDENCE, self._near.names
        n_words, n_characters, n_evidence, n_near = map(len, groups)
        return n_words, n_characters, n_evidence, n_near

    @property
    def _n_own(self) -> int:
        """How many of what is observed each target has a copy of."""
        return sum(self._sizes[:3])

    def _observations(self, observed: Observed, /) -> tuple[Matrix, Matrix, Matrix]:
        """Return the matrices of what is observed, of words of targets and of their identity."""
        from scipy.sparse import csr_array, hstack

        base: Any = hstack(
            [
                self._words.transform(observed.words),
                self._characters.transform(observed.characters),
                csr_array(observed.evidence),
                self._near.transform(observed.near),
            ],
            format="csr",
        )
        about = self._about.transform(observed.about)
        return base, about, self._identity.transform(observed.identity)

    def _copies(
        self, rows: Rows, signs: FloatArray, base: Matrix, about: Matrix, identity: Matrix, /
    ) -> Matrix:
        """Return the weighted copies side by side."""
        from scipy.sparse import csr_array, hstack

        n = np.array([self._rows_of[target] for target in rows.targets], np.float64)
        alone, pooled = np.sqrt(n / (n + POOLING)), np.sqrt(POOLING / (n + POOLING))
        n_words, n_own = self._sizes[0], self._n_own
        copies = [
            _scaled(base, pooled, np.repeat(SHARED, self._sizes)),
            _scaled(base, pooled * signs, np.repeat(TURNED, self._sizes)),
            _scaled(self._crossed.transform(base[:, :n_words], about), pooled, CROSSED),
            self._own.transform(
                _scaled(base[:, :n_own], alone, np.repeat(OWN, self._sizes[:3])), identity
            ),
            _scaled(identity, alone, IDENTITY),
            csr_array((pooled * signs)[:, np.newaxis] * np.sqrt(SIGN)),
        ]
        stacked: Any = hstack(copies, format="csr")
        # The solver takes indices of 32 bits only.
        indices, borders = stacked.indices.astype(np.int32), stacked.indptr.astype(np.int32)
        return csr_array((stacked.data, indices, borders), shape=stacked.shape)


def _scaled(matrix: Matrix, rows: FloatArray, squared: Any, /) -> Matrix:
    """Return the matrix times a weight for each row and the root of one for each column."""
    from scipy.sparse import csr_array

    columns = np.broadcast_to(np.sqrt(squared), matrix.shape[1:])
    data = matrix.data * np.repeat(rows, np.diff(matrix.indptr)) * columns[matrix.indices]
    return csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
