"""audit_lexicon(): a lexicon and a corpus in, what each entry does there out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args

from discourse.auditing.globs import suspicion
from discourse.auditing.influence import KeywordRates, StanceNumbers, exchange
from discourse.auditing.labels import Label, as_labels, compare_labels
from discourse.auditing.matches import Reading
from discourse.auditing.result import Change, EntryAudit, LexiconAudit, Measured, Overlap
from discourse.corpus import as_corpus
from discourse.errors import check_option
from discourse.lexicon import Entry, Lexicon, as_lexicon
from discourse.record import ReadOnly, Record, digest
from discourse.stances import StanceVectors, stance


def audit_lexicon(
    lexicon: Lexicon | Mapping[str, Sequence[Entry]] | str | Path,
    corpus: Any,
    /,
    *,
    result: Measured = "stance",
    gold: Any = None,
) -> LexiconAudit:
    """Return what each entry of a lexicon matches in a corpus, and what hangs on it.

    Parameters
    ----------
    lexicon : Lexicon, mapping of categories to patterns, name or path
    corpus : Corpus, or list of str or Document, or data frame with a text column
    result : {"stance", "keywords"}
        What leaving out an entry may change. "stance": balance and salience of targets over the
        corpus, and the agreement of the two documents that it moves most. "keywords": matches per
        1,000 tokens. Without an entry other patterns may win its place; in "stance" they take
        over the stance that was read there, and nothing is read again.
    gold : rows or data frame, optional
        Labels by hand with `doc`, `start`, `end` (code points), `target` (a category) and, if
        known, `stance` ("support", "oppose", "neutral").

    Returns
    -------
    LexiconAudit

    Raises
    ------
    OptionError
        If the lexicon is unknown, `result` misspelt, or `gold` holds no such labels.

    References
    ----------
    .. [1] Grimmer, J. and Stewart, B. M. (2013). Text as data: the promise and pitfalls of
       automatic content analysis methods for political texts. *Political Analysis* 21(3),
       267-297.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.auditing import audit_lexicon
    >>> lexicon = {"iran": ["ir*"], "trade": ["trade", "free trade"]}
    >>> texts = ["We support Iran and free trade.", "Ireland rejects free trade."]
    >>> audit = audit_lexicon(lexicon, texts)
    >>> for entry in audit.entries:
    ...     print(entry.pattern, entry.count, dict(entry.surfaces), entry.hidden, entry.hides)
    ir* 2 {'Iran': 1, 'Ireland': 1} 0 0
    trade 0 {} 2 0
    free trade 2 {'free trade': 2} 0 2
    >>> audit.suspicious[0].suspicion
    'only 2 letter(s) beside the asterisk'
    """
    check_option("result", result, get_args(Measured))
    chosen, corpus = as_lexicon(lexicon), as_corpus(corpus)
    labels = None if gold is None else as_labels(gold, corpus)
    read = Reading(chosen, corpus)
    stances = stance(corpus, targets=chosen) if result == "stance" else None
    numbers = (
        KeywordRates(read.per_category, read.n_tokens)
        if stances is None
        else StanceNumbers(stances)
    )
    changes = {number: tuple(_changes(read, number, numbers)) for number in read.listed}
    finds = read.finds() if stances is None else _mentions(stances)
    digests = {"lexicon": chosen.digest, "corpus": corpus.digest}
    if labels is not None:
        digests["gold"] = digest(map(repr, labels))
    return LexiconAudit(
        lexicon=chosen.name,
        result=result,
        entries=tuple(_entry(read, number, changes[number]) for number in read.listed),
        overlaps=_overlaps(read),
        changes=tuple(change for own in changes.values() for change in own),
        labels=None if labels is None else compare_labels(finds, labels, [*chosen.categories]),
        record=Record(
            "audit_lexicon",
            ReadOnly({"lexicon": chosen.name, "result": result}),
            ReadOnly(digests),
            recompute=partial(audit_lexicon, result=result, gold=labels),
        ),
    )


def _mentions(stances: StanceVectors, /) -> Iterator[Label]:
    """Yield the mentions of targets as labels."""
    return (Label(m.doc, m.start, m.end, m.target, m.stance) for m in stances.found)


def _changes(
    read: Reading, number: int, numbers: KeywordRates | StanceNumbers, /
) -> Iterator[Change]:
    """Yield what leaving out an entry changes."""
    clauses = tuple({id(clause): clause for clause, _ in read.won[number]}.values())
    for value in numbers.values(exchange(read.matcher, clauses, number)):
        yield Change(*read.name(number), value.measure, value.of, value.before, value.after)


def _entry(read: Reading, number: int, changes: Sequence[Change], /) -> EntryAudit:
    """Return what an entry does."""
    category, text = read.name(number)
    places, pattern = read.won[number], read.matcher.entries[number].pattern
    surfaces = Counter(read.surface(*place) for place in places)
    words = Counter(tuple(p.text for p in c.parts[start:end]) for c, (start, end) in places)
    in_category, total = read.per_category[category], read.per_category.total()
    main = (c for c in changes if c.of == category and c.measure in {"balance", "rate"})
    return EntryAudit(
        category=category,
        pattern=text,
        case=pattern.case,
        count=len(places),
        docs=len({clause.doc for clause, _ in places}),
        category_share=len(places) / in_category if in_category else math.nan,
        total_share=len(places) / total if total else math.nan,
        surfaces=ReadOnly(dict(sorted(surfaces.items(), key=lambda item: (-item[1], item[0])))),
        hidden=read.lost[number],
        hides=read.hides[number],
        suspicion=suspicion(pattern, words),
        change=next((c.after - c.before for c in main), 0.0),
    )


def _overlaps(read: Reading, /) -> tuple[Overlap, ...]:
    """Return which entries lose matches to which, the most frequent first."""
    beaten = sorted(read.beaten.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Overlap(*read.name(a), *read.name(b), n) for (a, b), n in beaten)
