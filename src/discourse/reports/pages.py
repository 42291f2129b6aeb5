"""What the page shows of one comparison."""

from __future__ import annotations

from dataclasses import dataclass

from discourse.comparison import Comparison
from discourse.reports import answers, evidence, methods, tables
from discourse.reports.display import short


@dataclass(frozen=True, slots=True)
class Pair:
    """One comparison, ready for the template; `key` sets its anchors apart from those of others."""

    key: str
    names: tuple[str, str]
    target_set: str
    level: str
    answers: tuple[answers.Answer, ...]
    meanings: str
    targets: tuple[evidence.Target, ...]
    topics: tuple[tables.Topic, ...]
    words: tables.Words
    parts: tables.Parts
    rates: tuple[tables.Rates, ...]
    sizes: tuple[tuple[str, str, str], ...]
    settings: tuple[tuple[str, str], ...]
    paragraph: str
    references: tuple[str, ...]

    @classmethod
    def of(cls, found: Comparison, key: str, /) -> Pair:
        """Return a comparison as the page shows it."""
        return cls(
            key=key,
            names=(short(found.a), short(found.b)),
            target_set=short(found.target_set),
            level=f"{found.agreement.level:.0%}",
            answers=answers.answers(found),
            meanings=answers.meanings(),
            targets=tuple(evidence.targets(found)),
            topics=tuple(tables.topics(found)),
            words=tables.words(found),
            parts=tables.parts(found),
            rates=tuple(tables.rates(found)),
            sizes=tuple(tables.sizes(found)),
            settings=tuple(tables.settings(found)),
            paragraph=methods.paragraph(found),
            references=tuple(methods.references(found)),
        )
