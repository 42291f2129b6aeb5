"""Estimators for scikit-learn: stance as features, and a classifier that learns it from labels."""

from discourse.estimators.classifier import StanceClassifier
from discourse.estimators.vectorizer import StanceVectorizer

__all__ = ["StanceClassifier", "StanceVectorizer"]
