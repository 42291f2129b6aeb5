"""Transformers of texts into counts: of words, and of the keywords of a lexicon."""

# ruff: noqa: N803 - scikit-learn calls what is learned from X

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
from sklearn.utils.validation import check_is_fitted

from discourse.corpus import as_corpus
from discourse.dfm import DocumentFeatureMatrix, Within, count
from discourse.errors import check_option
from discourse.estimators.transformer import TextTransformer
from discourse.keywords import check_per, keyword_vectors
from discourse.lexicon import Entry, Lexicon, as_lexicon
from discourse.tokens import as_tokens
from discourse.vectors import SCHEMES, Scheme, compressed, inverse_frequency

Weights: TypeAlias = Literal["count"] | Scheme
WEIGHTS = ("count", *get_args(Scheme))


class DfmVectorizer(TextTransformer):
    """Transformer of texts into counts of words or n-grams, or weights of them.

    The features are those of the texts it was fitted on; other words of later texts are left out.

    Parameters
    ----------
    ngrams, within, stopwords
        As in `discourse.count`.
    min_docs, max_docs, min_count, max_features
        As in `DocumentFeatureMatrix.trim`.
    weighting : {"count", "proportion", "per_1000", "tfidf", "log", "binary"}
        Counts, or a scheme of `discourse.weight`. Of ``"tfidf"`` the document frequencies are those
        of the texts it was fitted on.
    sparse_output : bool
        Whether the output is a sparse array. ``set_output(transform="pandas")`` needs False.
    n_jobs : int
        As in `discourse.count`.

    Attributes
    ----------
    features_ : tuple of str
        Sorted by code point.
    idf_ : ndarray of shape (n_features,), float64
        Inverse document frequencies, if the weighting is ``"tfidf"``.

    Notes
    -----
    A text without any of the features has zeros, where `discourse.weight` raises.

    Examples
    --------
    >>> from discourse.estimators import DfmVectorizer
    >>> vectorizer = DfmVectorizer(sparse_output=False)
    >>> vectorizer.fit_transform(["Peace and trade.", "Peace, peace!"]).tolist()
    [[1, 1, 1], [0, 2, 0]]
    >>> vectorizer.get_feature_names_out().tolist(), vectorizer.transform(["War and war"]).tolist()
    (['and', 'peace', 'trade'], [[1, 0, 0]])
    """

    def __init__(
        self,
        *,
        ngrams: int | tuple[int, int] = 1,
        within: Within = "document",
        stopwords: str | Iterable[str] | None = None,
        min_docs: int = 1,
        max_docs: int | None = None,
        min_count: int = 1,
        max_features: int | None = None,
        weighting: Weights = "count",
        sparse_output: bool = True,
        n_jobs: int = 1,
    ) -> None:
        self.ngrams = ngrams
        self.within: Within = within
        self.stopwords = stopwords
        self.min_docs = min_docs
        self.max_docs = max_docs
        self.min_count = min_count
        self.max_features = max_features
        self.weighting: Weights = weighting
        self.sparse_output = sparse_output
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None) -> DfmVectorizer:  # noqa: ARG002
        """Return the transformer with the features of these texts.

        Raises
        ------
        OptionError
            If an option is not allowed.
        DiscourseError
            If there is no text, or `X` holds none.
        """
        self._learn(X)
        return self

    def fit_transform(self, X: Any, y: Any = None, **params: Any) -> Any:  # noqa: ARG002
        """Return the features of these texts, which are counted once."""
        return self._weighted(self._learn(X).counts)

    def transform(self, X: Any) -> Any:
        """Return the features of each text.

        Parameters
        ----------
        X : Corpus, or list of str or Document, or data frame with a text column

        Returns
        -------
        csr_array or ndarray, shape (n_texts, n_features)
            Of int64 where the weighting is "count", else of float64.

        Raises
        ------
        DiscourseError
            If there is no text, or `X` holds none.
        """
        check_is_fitted(self)
        dfm = self._counted(X)
        place = {feature: i for i, feature in enumerate(self.features_)}
        known = [i for i, feature in enumerate(dfm.features) if feature in place]
        counts: Any = dfm.counts[:, known]
        columns = np.array([place[dfm.features[i]] for i in known], counts.indices.dtype)
        shape = (len(dfm), len(self.features_))
        return self._weighted(
            compressed(counts.data, columns[counts.indices], counts.indptr, shape)
        )

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the features."""
        check_is_fitted(self)
        return np.array(self.features_, dtype=object)

    def _learn(self, X: Any) -> DocumentFeatureMatrix:
        """Return the counts of texts, whose features are kept."""
        check_option("weighting", self.weighting, WEIGHTS)
        dfm = self._counted(X).trim(
            min_docs=self.min_docs,
            max_docs=self.max_docs,
            min_count=self.min_count,
            max_features=self.max_features,
        )
        self.features_ = dfm.features
        if self.weighting == "tfidf":
            self.idf_ = inverse_frequency(dfm.counts)
        return dfm

    def _counted(self, X: Any) -> DocumentFeatureMatrix:
        """Return the counts of all features that texts have."""
        return count(
            as_corpus(X, "X"),
            ngrams=self.ngrams,
            within=self.within,
            stopwords=self.stopwords,
            n_jobs=self.n_jobs,
        )

    def _weighted(self, counts: Any) -> Any:
        """Return counts as they are asked for."""
        values = counts
        if self.weighting != "count":
            data = (
                counts.data * self.idf_[counts.indices]
                if self.weighting == "tfidf"
                else SCHEMES[self.weighting].of(counts)
            )
            values = compressed(data, counts.indices, counts.indptr, counts.shape)
        return values if self.sparse_output else values.toarray()


class KeywordVectorizer(TextTransformer):
    """Transformer of texts into how often they match the patterns of each category.

    Nothing is learned from the texts.

    Parameters
    ----------
    lexicon : Lexicon, mapping of categories to patterns, name or path
    per : int or None
        Matches per this many tokens; None for bare counts.

    Attributes
    ----------
    lexicon_ : Lexicon

    Notes
    -----
    The output is dense, so that ``set_output(transform="pandas")`` works. A text without words has
    zeros, where `discourse.keyword_vectors` raises.

    Examples
    --------
    >>> from discourse.estimators import KeywordVectorizer
    >>> vectorizer = KeywordVectorizer({"peace": ["peace*"], "war": ["war", "wars"]}, per=100)
    >>> vectorizer.fit_transform(["Peace after two wars.", ""]).tolist()
    [[25.0, 25.0], [0.0, 0.0]]
    >>> vectorizer.get_feature_names_out().tolist()
    ['peace', 'war']
    """

    def __init__(
        self,
        lexicon: Lexicon | Mapping[str, Sequence[Entry]] | str | Path = "foreign-policy",
        *,
        per: int | None = 1000,
    ) -> None:
        self.lexicon = lexicon
        self.per = per

    def fit(self, X: Any, y: Any = None) -> KeywordVectorizer:  # noqa: ARG002
        """Return the transformer, its options checked; texts are not looked at.

        Raises
        ------
        OptionError
            If the lexicon is unknown, or `per` is not a positive int.
        """
        check_per(self.per)
        self.lexicon_ = as_lexicon(self.lexicon)
        return self

    def transform(self, X: Any) -> npt.NDArray[np.float64]:
        """Return the features of each text.

        Parameters
        ----------
        X : Corpus, or list of str or Document, or data frame with a text column

        Returns
        -------
        ndarray of shape (n_texts, n_categories), float64

        Raises
        ------
        DiscourseError
            If there is no text, or `X` holds none.
        """
        check_is_fitted(self)
        tokens = as_tokens(as_corpus(X, "X"))
        counts = keyword_vectors(tokens, self.lexicon_, per=None).values.toarray()
        if self.per is None:
            return counts
        return counts * self.per / np.maximum(tokens.n_tokens, 1)[:, np.newaxis]

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the categories."""
        check_is_fitted(self)
        return np.array([*self.lexicon_.categories], dtype=object)
