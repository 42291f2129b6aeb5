"""A transformer of texts into features of stance, for pipelines of scikit-learn."""

# ruff: noqa: N803 - scikit-learn calls what is learned from X, and the penalty C

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
from sklearn.utils.validation import check_is_fitted

from discourse.corpus import as_corpus
from discourse.errors import check_option
from discourse.estimators.transformer import TextTransformer
from discourse.lexicon import Entry, Lexicon, as_lexicon
from discourse.stances import stance
from discourse.stances.counting import Holders

Output: TypeAlias = Literal["counts", "balance", "logit", "net"]
STANCES = ("support", "oppose", "neutral")


class StanceVectorizer(TextTransformer):
    """Transformer of texts into how often they support, oppose and just mention each target.

    Nothing is learned from the texts: the rules of `discourse.stance` read each by itself.

    Parameters
    ----------
    targets : Lexicon, mapping of categories to patterns, name or path
    score : {"counts", "balance", "logit", "net"}
        Three counts for each target, or one score of `StanceVectors.score`, in which 0 also stands
        for no evidence.
    holders : {"self", "all"}
        Whether a stance that is reported of somebody else counts.

    Attributes
    ----------
    lexicon_ : Lexicon

    Notes
    -----
    The output is dense, so that ``set_output(transform="pandas")`` works. A text without words has
    zeros.

    Examples
    --------
    >>> from discourse.estimators import StanceVectorizer
    >>> vectorizer = StanceVectorizer(targets={"tariffs": ["tariff*"]})
    >>> vectorizer.fit_transform(["We oppose tariffs. We reject tariffs."]).tolist()
    [[0, 2, 0]]
    >>> vectorizer.get_feature_names_out().tolist()
    ['tariffs_support', 'tariffs_oppose', 'tariffs_neutral']
    """

    def __init__(
        self,
        *,
        targets: Lexicon | Mapping[str, Sequence[Entry]] | str | Path = "foreign-policy",
        score: Output = "counts",
        holders: Holders = "self",
    ) -> None:
        self.targets = targets
        self.score: Output = score
        self.holders: Holders = holders

    def fit(self, X: Any, y: Any = None) -> StanceVectorizer:  # noqa: ARG002
        """Return the transformer, its options checked; texts are not looked at.

        Raises
        ------
        OptionError
            If the target set is unknown or an option misspelt.
        """
        check_option("score", self.score, get_args(Output))
        check_option("holders", self.holders, get_args(Holders))
        self.lexicon_ = as_lexicon(self.targets)
        return self

    def transform(self, X: Any) -> npt.NDArray[Any]:
        """Return the features of each text.

        Parameters
        ----------
        X : Corpus, or list of str or Document, or data frame with a text column

        Returns
        -------
        ndarray of int64, shape (n_texts, 3 n_targets), or of float64, shape (n_texts, n_targets)

        Raises
        ------
        DiscourseError
            If there is no text, or `X` holds none.
        """
        check_is_fitted(self)
        found = stance(as_corpus(X, "X"), targets=self.lexicon_, holders=self.holders)
        if self.score != "counts":
            return np.nan_to_num(found.score(self.score))
        counts = np.stack([found.support, found.oppose, found.neutral], axis=2)
        return counts.reshape(len(found), -1)

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return "<target>_support", "<target>_oppose" ..., or "<target>_<score>"."""
        check_is_fitted(self)
        kinds = STANCES if self.score == "counts" else (self.score,)
        names = [f"{target}_{kind}" for target in self.lexicon_.categories for kind in kinds]
        return np.array(names, dtype=object)
