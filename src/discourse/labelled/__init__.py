"""The result types that several rooms return: matrices, estimates and contributions with labels."""

from discourse.labelled.estimates import Estimate, MatchedEstimate, decimals, interval
from discourse.labelled.explanations import Contributions
from discourse.labelled.matrices import SimilarityMatrix
from discourse.labelled.results import (
    ColumnResult,
    FloatArray,
    Kind,
    Result,
    check_docvars,
    docvar_columns,
    frozen,
    group_values,
    joined_docvars,
    plain,
    rebuild,
    same,
    shares,
)
from discourse.labelled.sparse import check_matrix, contents, corner, dense_frame, row_dicts

__all__ = [
    "ColumnResult",
    "Contributions",
    "Estimate",
    "FloatArray",
    "Kind",
    "MatchedEstimate",
    "Result",
    "SimilarityMatrix",
    "check_docvars",
    "check_matrix",
    "contents",
    "corner",
    "decimals",
    "dense_frame",
    "docvar_columns",
    "frozen",
    "group_values",
    "interval",
    "joined_docvars",
    "plain",
    "rebuild",
    "row_dicts",
    "same",
    "shares",
]
