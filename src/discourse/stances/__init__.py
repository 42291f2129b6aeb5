"""Who stands where on what: mentions of targets, stance vectors, agreement and salience."""

from discourse.stances.agreement import AgreementByTarget, agreement, agreement_by_target
from discourse.stances.finding import stance
from discourse.stances.mentions import Mention
from discourse.stances.topics import expected_salience, salience
from discourse.stances.vectors import StanceVectors

__all__ = [
    "AgreementByTarget",
    "Mention",
    "StanceVectors",
    "agreement",
    "agreement_by_target",
    "expected_salience",
    "salience",
    "stance",
]
