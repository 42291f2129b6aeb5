"""Positions of documents on one dimension, from the frequencies of their words."""

from discourse.scaling.wordscores import Positions, Wordscores, WordscoresModel

__all__ = ["Positions", "Wordscores", "WordscoresModel"]
