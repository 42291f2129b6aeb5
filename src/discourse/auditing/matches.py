"""Where the entries of a lexicon match in a corpus, and where they lose to others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from discourse.auditing.clauses import Clause, Matcher, Span
from discourse.auditing.labels import Label
from discourse.corpus import Corpus
from discourse.lexicon import Lexicon
from discourse.tokens import token_spans

IGNORED = "(ignore)"


class Reading:
    """The matches of a lexicon in a corpus, by the numbers of its entries.

    `won` holds the places of the matches that count, of entries of `ignore` those that win; `lost`
    counts the matches that do not, `hides` those of others that lose to an entry, and `beaten` how
    often which one loses to which.
    """

    def __init__(self, lexicon: Lexicon, corpus: Corpus, /) -> None:
        self.matcher = Matcher(lexicon)
        self.n_tokens = 0
        self.won: dict[int, list[tuple[Clause, Span]]] = defaultdict(list)
        self.lost: Counter[int] = Counter()
        self.hides: Counter[int] = Counter()
        self.beaten: Counter[tuple[int, int]] = Counter()
        self.per_category: Counter[str] = Counter()
        self._clauses: list[Clause] = []
        self._texts = {document.id: document.text for document in corpus}
        for document in corpus:
            words = token_spans(document)
            self.n_tokens += len(words)
            for clause in self.matcher.clauses(document, words):
                self._add(clause)

    def _add(self, clause: Clause, /) -> None:
        self._clauses.append(clause)
        self.per_category.update(name for _, name in self.matcher.matches(clause))
        for span, own in clause.won.items():
            for number in own:
                self.won[number].append((clause, span))
        for span, number in clause.lost:
            self.lost[number] += 1
            for rival in clause.rivals(span):
                self.beaten[number, rival] += 1
                self.hides[rival] += rival != number

    @property
    def listed(self) -> list[int]:
        """The numbers of the entries that are in a category."""
        entries = enumerate(self.matcher.entries)
        return [number for number, own in entries if own.pattern.category is not None]

    def name(self, number: int, /) -> tuple[str, str]:
        """Return category and pattern of an entry."""
        own = self.matcher.entries[number]
        return own.pattern.category or IGNORED, own.text

    def surface(self, clause: Clause, span: Span, /) -> str:
        """Return what stands at a place, as written."""
        start, end = clause.place(span)
        return self._texts[clause.doc][start:end]

    def finds(self) -> Iterator[Label]:
        """Yield the matches that count as labels without stance."""
        for clause in self._clauses:
            for span, name in sorted(self.matcher.matches(clause)):
                yield Label(clause.doc, *clause.place(span), name)
