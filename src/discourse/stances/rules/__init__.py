"""The scope rules: named, ordered, each a reason and examples; the first that decides, decides.

The examples in the docstrings are run as tests: in each, the words in [brackets] are the target
and the word after the arrow is the stance.
"""

from collections.abc import Sequence

from discourse.stances.rules import (
    causes,
    clauses,
    contrasts,
    effects,
    feelings,
    frames,
    gaps,
    governed,
    kinds,
    origins,
    passives,
    predicates,
    results,
    topics,
    values,
    wishes,
    yields,
)
from discourse.stances.rules.context import Context, Rule, Verdict

__all__ = ["RULES", "Context", "Rule", "Verdict"]

_DIRECT: Sequence[tuple[str, Rule]] = (
    ("answer", topics.answered),
    ("prefix", governed.prefixed),
    ("choice", contrasts.chosen_over),
    ("alternative", contrasts.negated_alternative),
    ("singled", contrasts.affirmed_alternative),
    ("absence", frames.absent),
    ("comparison", contrasts.compared),
    ("apposition", contrasts.apposed),
    ("exclamation", contrasts.exclaimed),
    ("label", contrasts.labelled),
    ("permission", frames.allowed_to_be),
    ("kind", kinds.kind),
    ("feeling", feelings.felt),
    ("origin", origins.origin),
    ("counterfactual", origins.counterfactual),
    ("rhetorical", origins.answer),
    ("balance", origins.balance),
    ("cause", causes.cause),
    ("exchange", origins.exchanged),
    ("passage", origins.passage),
    ("verb", governed.verb_object),
    ("gap", governed.enclosed),
    ("adjective", governed.adjective_complement),
    ("phrase", governed.phrasal),
    ("condition", values.condition),
    ("yield", yields.yielded),
    ("passive", passives.passive),
    ("description", clauses.described),
    ("copula", predicates.copular),
    ("subject", predicates.subject_of),
    ("relative", clauses.relative),
    ("front", gaps.fronted),
    ("consequence", effects.consequence),
    ("result", results.result),
    ("compound", governed.compound),
    ("nominal", governed.nominal),
    ("renunciation", frames.renounced),
    ("wish", wishes.wished),
    ("identity", frames.identified),
    ("means", effects.means),
    ("instrument", effects.instrument),
    ("merit", values.merit),
    ("purpose", values.purpose),
    ("instance", values.instance),
    ("agent", effects.agent),
    ("superlative", values.superlative),
    ("credit", values.credited),
    ("outcome", effects.outcome),
    ("attribute", governed.attributive),
    ("benefit", clauses.benefit),
)


def topic(c: Context, /) -> Verdict | None:
    """What is said of the pronoun that takes up a topic or a subject is said of it.

    Examples
    --------
    As for [sanctions], we reject them. -> oppose
    [Dialogue]: we shall defend it. -> support
    We cherish it, this [peace]. -> support
    [Democracy] is old, and we are proud of it. -> support
    There is only one [United Nations], and we shall defend it. -> support
    """
    pronoun = topics.resumption(c)
    if pronoun is None:
        return None
    resumed = Context.read(c.s, pronoun, c.own)
    return next((v for _, rule in _DIRECT if (v := rule(resumed)) and v.stance), None)


RULES: Sequence[tuple[str, Rule]] = (*_DIRECT, ("topic", topic))
