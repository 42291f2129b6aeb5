"""From files to a corpus, and from files of counts to a document-feature matrix."""

from __future__ import annotations

from discourse.reading.corpora import read
from discourse.reading.frequencies import read_counts

__all__ = ["read", "read_counts"]
