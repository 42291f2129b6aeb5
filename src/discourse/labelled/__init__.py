"""The result types that several rooms return: matrices, estimates and contributions with labels."""

from discourse.labelled.estimates import Estimate, MatchedEstimate, decimals, interval
from discourse.labelled.explanations import Contributions
from discourse.labelled.matrices import SimilarityMatrix
from discourse.labelled.results import (
    FloatArray,
    Kind,
    Result,
    check_docvars,
    docvar_columns,
    frozen,
    group_values,
    plain,
    rebuild,
    same,
)

__all__ = [
    "Contributions",
    "Estimate",
    "FloatArray",
    "Kind",
    "MatchedEstimate",
    "Result",
    "SimilarityMatrix",
    "check_docvars",
    "decimals",
    "docvar_columns",
    "frozen",
    "group_values",
    "interval",
    "plain",
    "rebuild",
    "same",
]
