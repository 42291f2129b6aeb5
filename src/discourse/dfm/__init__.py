"""The document-feature matrix: integer counts, documents in rows, features in columns."""

from discourse.dfm.counting import as_stopwords, count
from discourse.dfm.matrix import DocumentFeatureMatrix

__all__ = ["DocumentFeatureMatrix", "as_stopwords", "count"]
