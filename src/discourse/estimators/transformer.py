"""What the transformers of texts share: scikit-learn is told that they take strings."""

from __future__ import annotations

from typing import Any

from sklearn.base import BaseEstimator, TransformerMixin


class TextTransformer(TransformerMixin, BaseEstimator):
    """A transformer whose input is a sequence of texts."""

    def __sklearn_tags__(self) -> Any:
        """Return the tags of any transformer, but for the kind of input."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        return tags
