"""From files to a corpus, and from files of counts to a document-feature matrix."""

from __future__ import annotations

from discourse.reading.corpora import read
from discourse.reading.forecasts import Forecast, estimate
from discourse.reading.frequencies import read_counts
from discourse.reading.streams import DocumentStream, stream

__all__ = ["DocumentStream", "Forecast", "estimate", "read", "read_counts", "stream"]
