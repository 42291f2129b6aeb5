"""The scope rules: named, ordered, each a reason and examples; the first that decides, decides.

The examples in the docstrings are run as tests: in each, the words in [brackets] are the target
and the word after the arrow is the stance.
"""

from collections.abc import Sequence

from discourse.stances.rules import (
    clauses,
    contrasts,
    effects,
    feelings,
    frames,
    governed,
    predicates,
    values,
)
from discourse.stances.rules.context import Context, Rule, Verdict

__all__ = ["RULES", "Context", "Rule", "Verdict"]

RULES: Sequence[tuple[str, Rule]] = (
    ("prefix", governed.prefixed),
    ("choice", contrasts.chosen_over),
    ("alternative", contrasts.negated_alternative),
    ("absence", frames.absent),
    ("comparison", contrasts.compared),
    ("apposition", contrasts.apposed),
    ("label", contrasts.labelled),
    ("permission", frames.allowed_to_be),
    ("feeling", feelings.felt),
    ("verb", governed.verb_object),
    ("gap", governed.enclosed),
    ("adjective", governed.adjective_complement),
    ("phrase", governed.phrasal),
    ("condition", values.condition),
    ("passive", predicates.passive),
    ("description", frames.described),
    ("copula", predicates.copular),
    ("subject", predicates.subject_of),
    ("relative", clauses.relative),
    ("consequence", effects.consequence),
    ("compound", governed.compound),
    ("nominal", governed.nominal),
    ("renunciation", frames.renounced),
    ("identity", frames.identified),
    ("instrument", frames.instrument),
    ("merit", values.merit),
    ("purpose", values.purpose),
    ("instance", values.instance),
    ("agent", effects.agent),
    ("superlative", values.superlative),
    ("credit", values.credited),
    ("means", effects.means),
    ("attribute", governed.attributive),
    ("benefit", clauses.benefit),
)
