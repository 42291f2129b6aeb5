"""The document-feature matrix: integer counts, documents in rows, features in columns."""

from discourse.dfm.counting import Within, as_stopwords, count
from discourse.dfm.matrix import DocumentFeatureMatrix

__all__ = ["DocumentFeatureMatrix", "Within", "as_stopwords", "count"]
