"""Who stands where on what: mentions of targets, stance vectors, agreement and salience."""

from discourse.stances.agreement import AgreementMatrix, agreement
from discourse.stances.breakdown import AgreementByTarget, agreement_by_target
from discourse.stances.differences import StanceDifference, stance_difference
from discourse.stances.finding import stance
from discourse.stances.mentions import Mention
from discourse.stances.topics import expected_salience, salience
from discourse.stances.trends import StanceTrend, stance_trend
from discourse.stances.vectors import StanceVectors

__all__ = [
    "AgreementByTarget",
    "AgreementMatrix",
    "Mention",
    "StanceDifference",
    "StanceTrend",
    "StanceVectors",
    "agreement",
    "agreement_by_target",
    "expected_salience",
    "salience",
    "stance",
    "stance_difference",
    "stance_trend",
]
