"""Comparisons as a page that opens in a browser."""

from discourse.reports.writing import report

__all__ = ["report"]
