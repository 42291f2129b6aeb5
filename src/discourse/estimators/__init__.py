"""For scikit-learn: texts as features, and a classifier of stance learned from labels."""

from discourse.estimators.classifier import StanceClassifier
from discourse.estimators.counts import DfmVectorizer, KeywordVectorizer
from discourse.estimators.vectorizer import StanceVectorizer

__all__ = ["DfmVectorizer", "KeywordVectorizer", "StanceClassifier", "StanceVectorizer"]
