"""Settings of the documentation, and the tables that it prints: of metrics and of scope rules."""

import inspect
import math
import re

import discourse
from discourse.stances.rules import RULES, Rule

project = "discourse"
author = "The discourse authors"
copyright = f"2026, {author}"  # noqa: A001 - the name that Sphinx reads
version = release = discourse.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "numpydoc"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"discourse {release}"

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the sections of the docstrings name the types for readers
numpydoc_show_class_members = False  # autodoc lists them
# Made by scikit-learn, with references to labels of its own documentation.
ROUTED = ("fit", "predict", "predict_proba", "decision_function", "score")
autodoc_default_options = {"exclude-members": ",".join(f"set_{name}_request" for name in ROUTED)}


def metric_row(metric: discourse.Metric) -> str:
    """Return how one metric is computed, and who defined it, as a row of a table."""
    prepared, value = metric.preparation.formula, metric.formula
    return f"| `{metric.name}` | `{prepared}` | `{value}` | {metric.reference} |"


def trap_row(metric: discourse.Metric) -> str:
    """Return what kind of number one metric gives, and what misleads, as a row of a table."""
    low, high = metric.bounds
    bounds = f"{low:g} to {'∞' if math.isinf(high) else f'{high:g}'}"
    return f"| `{metric.name}` | {metric.kind} | {bounds} | {metric.trap} |"


def rule_row(name: str, rule: Rule) -> str:
    """Return what one scope rule says of itself, with its first example, as a row of a table."""
    lines = inspect.cleandoc(rule.__doc__ or "").splitlines()
    example, stance = next(line for line in lines if " -> " in line).split(" -> ")
    return f"| `{name}` | {lines[0]} | {re.sub(r'[][]', '**', example)} | {stance} |"


METRICS_HEAD = ["| metric | row | value | reference |", "|---|---|---|---|"]
TRAPS_HEAD = ["| metric | kind | range | what misleads |", "|---|---|---|---|"]
RULES_HEAD = ["| rule | what it reads | example | stance |", "|---|---|---|---|"]

myst_enable_extensions = ["dollarmath", "substitution"]
myst_substitutions = {
    "metrics": "\n".join([*METRICS_HEAD, *map(metric_row, discourse.METRICS.values())]),
    "traps": "\n".join([*TRAPS_HEAD, *map(trap_row, discourse.METRICS.values())]),
    "rules": "\n".join([*RULES_HEAD, *(rule_row(*rule) for rule in RULES)]),
}
