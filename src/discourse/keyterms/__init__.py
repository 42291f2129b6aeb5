"""Which features one set of documents uses more, or less, than another."""

from discourse.keyterms.result import Inference, Keyness, Measure, Unit, Which
from discourse.keyterms.selection import keyness
from discourse.keyterms.statistics import log_ratios, signed_g2

__all__ = [
    "Inference",
    "Keyness",
    "Measure",
    "Unit",
    "Which",
    "keyness",
    "log_ratios",
    "signed_g2",
]
