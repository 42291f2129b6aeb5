"""Positions of documents on one dimension, from the frequencies of their words."""

from discourse.scaling.wordfish import Wordfish, WordfishModel
from discourse.scaling.wordscores import Positions, Wordscores, WordscoresModel

__all__ = ["Positions", "Wordfish", "WordfishModel", "Wordscores", "WordscoresModel"]
