"""suggest_terms(): words that keep company with a target, for a person to accept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from discourse.auditing.company import Company, Suggestion
from discourse.auditing.terms import check_size
from discourse.corpus import as_corpus
from discourse.corpus.columns import refuse_string
from discourse.dfm import as_stopwords
from discourse.errors import check_known, check_option
from discourse.keyterms import Measure
from discourse.labelled import Result, plain
from discourse.lexicon import Entry, Lexicon, as_lexicon
from discourse.record import ReadOnly, Record

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class TermSuggestions(Result):
    """Terms that keep company with a target, the most typical first.

    Attributes
    ----------
    target : str
    measure : {"g2", "log_ratio"}
        What they are ordered by.
    suggestions : tuple of Suggestion
    lexicon : Lexicon
        The one that they are to complete.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.auditing import suggest_terms
    >>> texts = ["Tariffs and quotas hurt trade.", "Quotas on trade end.", "The rain fell."]
    >>> found = suggest_terms("trade", texts, lexicon={"trade": ["trade"]}, min_count=2)
    >>> found.terms, dict(found.accept(["quotas"]).categories)
    (('quotas',), {'trade': ('trade', 'quotas')})
    """

    target: str
    measure: Measure
    suggestions: tuple[Suggestion, ...]
    lexicon: Lexicon
    record: Record

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms alone."""
        return tuple(suggestion.term for suggestion in self.suggestions)

    def accept(self, terms: Iterable[str], /, *, category: str | None = None) -> Lexicon:
        """Return a new lexicon with some of the terms, which `save` writes to a file.

        Parameters
        ----------
        terms : iterable of str
            Some of `terms`.
        category : str, optional
            Where they go, by default to the target; a new category comes last.

        Raises
        ------
        OptionError
            If a term was not suggested.
        """
        refuse_string("terms", terms)
        accepted = tuple(terms)
        for term in accepted:
            check_known("term", term, self.terms)
        name = self.target if category is None else category
        before = self.lexicon.categories
        categories = {**before, name: (*before.get(name, ()), *accepted)}
        return Lexicon(categories, self.lexicon.ignore, self.lexicon.name)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a term."""
        import pandas as pd

        return pd.DataFrame(self.suggestions, columns=list(Suggestion._fields))

    def to_dict(self) -> dict[str, object]:
        """Return the terms and the record as plain data."""
        return {
            "target": self.target,
            "measure": self.measure,
            "suggestions": [plain(suggestion._asdict()) for suggestion in self.suggestions],
            "record": self.record.to_dict(),
        }


def suggest_terms(
    target: str,
    corpus: Any,
    /,
    *,
    lexicon: Lexicon | Mapping[str, Sequence[Entry]] | str | Path = "foreign-policy",
    k: int = 20,
    measure: Measure = "g2",
    min_count: int = 3,
    stopwords: str | Iterable[str] = "english",
) -> TermSuggestions:
    """Return words and pairs of words that sentences with a target use more than others.

    They are proposals: words go together because they mean the same, or the opposite, or because
    the one does something to the other. A person has to choose, and `accept` adds what was chosen.

    Parameters
    ----------
    target : str
        A category of the lexicon.
    corpus : Corpus, or list of str or Document, or data frame with a text column
    lexicon : Lexicon, mapping of categories to patterns, name or path
        What it matches already, or ignores, is not proposed.
    k : int
        How many, at most.
    measure : {"g2", "log_ratio"}
        What orders them: evidence, or size.
    min_count : int
        Occurrences in sentences with the target, at least.
    stopwords : str or iterable of str
        Words that are not proposed, nor as a part of a pair: the name of a list, or a list.

    Returns
    -------
    TermSuggestions

    Raises
    ------
    OptionError
        If the target, the lexicon or an option is unknown.
    DiscourseError
        If no sentence has the target, or all have: then there is nothing to compare.

    References
    ----------
    .. [1] Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
       *Computational Linguistics* 19(1), 61-74.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.auditing import suggest_terms
    >>> texts = ["Tariffs and quotas hurt trade.", "Quotas on trade end.", "The rain fell."]
    >>> found = suggest_terms("trade", texts, lexicon={"trade": ["trade"]}, min_count=2)
    >>> found.suggestions[0].term, found.suggestions[0].examples
    ('quotas', ('Tariffs and quotas hurt trade', 'Quotas on trade end'))
    """
    check_option("measure", measure, get_args(Measure))
    check_size("k", k)
    check_size("min_count", min_count)
    corpus, chosen, stops = as_corpus(corpus), as_lexicon(lexicon), as_stopwords(stopwords)
    check_known("target", target, chosen.categories)
    company = Company(chosen, target, stops)
    company.read(corpus)
    found = [s for n in (1, 2) for s in company.suggestions(n, min_count)]
    found.sort(key=lambda s: (-getattr(s, measure), s.term))
    options: dict[str, Any] = {
        "k": k,
        "measure": measure,
        "min_count": min_count,
        "stopwords": stopwords if isinstance(stopwords, str) else tuple(sorted(stops)),
    }
    return TermSuggestions(
        target=target,
        measure=measure,
        suggestions=tuple(found[:k]),
        lexicon=chosen,
        record=Record(
            "suggest_terms",
            ReadOnly({"target": target, "lexicon": chosen.name, **options}),
            ReadOnly({"corpus": corpus.digest, "lexicon": chosen.digest}),
            recompute=partial(suggest_terms, target, lexicon=chosen, **options),
        ),
    )
