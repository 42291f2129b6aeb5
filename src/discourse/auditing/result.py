"""What an audit returns: entries with their hits, overlaps, changes and agreement with labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from discourse.auditing.labels import LabelAgreement
from discourse.labelled import Result, plain
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd

Measured: TypeAlias = Literal["stance", "keywords"]
Measure: TypeAlias = Literal["balance", "salience", "agreement", "rate"]


@dataclass(frozen=True, slots=True)
class EntryAudit:
    """What one entry of a lexicon does in a corpus.

    Attributes
    ----------
    category, pattern : str
        As listed.
    case : bool
        Whether it matches as written only.
    count, docs : int
        Matches that count, and documents that have any.
    category_share, total_share : float
        Matches over those of the category, and over all; NaN without any. Equal patterns share
        matches, so that shares may sum to more than 1.
    surfaces : mapping of str to int
        What it matched as written, most frequent first.
    hidden : int
        Matches that do not count, since a longer pattern has the place.
    hides : int
        Matches of other entries that do not count because of it.
    suspicion : str
        Why its asterisk may match what is not meant; empty if nothing speaks for it.
    change : float
        What leaving the entry out adds to the balance (or rate) of its category; NaN if there is
        none before or after.
    """

    category: str
    pattern: str
    case: bool
    count: int
    docs: int
    category_share: float
    total_share: float
    surfaces: Mapping[str, int]
    hidden: int
    hides: int
    suspicion: str
    change: float


class Overlap(NamedTuple):
    """Matches of one entry that do not count because another one has their place.

    `by_category` is "(ignore)" for entries that count for nothing.
    """

    category: str
    pattern: str
    by_category: str
    by_pattern: str
    n: int


class Change(NamedTuple):
    """A number with and without one entry of the lexicon; NaN where it does not exist.

    `of` is the category that the number is of, or "a ~ b" for the agreement of two documents.
    """

    category: str
    pattern: str
    measure: Measure
    of: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class LexiconAudit(Result):
    """What each entry of a lexicon does in a corpus.

    Attributes
    ----------
    lexicon : str
        Its name.
    result : {"stance", "keywords"}
        What the changes are of.
    entries : tuple of EntryAudit
        In the order of the lexicon, each pattern of a category once.
    overlaps : tuple of Overlap
        Most frequent first. ``pandas.DataFrame(audit.overlaps)`` makes a table.
    changes : tuple of Change
        What leaving out one entry changes, entry by entry.
    labels : LabelAgreement or None
        How the matches agree with labels by hand, if there are any.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.auditing import audit_lexicon
    >>> audit = audit_lexicon({"trade": ["trade", "tariff*"]}, ["We oppose tariffs."])
    >>> [entry.pattern for entry in audit.unmatched]
    ['trade']
    """

    lexicon: str
    result: Measured
    entries: tuple[EntryAudit, ...]
    overlaps: tuple[Overlap, ...]
    changes: tuple[Change, ...]
    labels: LabelAgreement | None
    record: Record

    @property
    def unmatched(self) -> tuple[EntryAudit, ...]:
        """Entries that never match, not even where a longer one has the place."""
        return tuple(entry for entry in self.entries if not entry.count + entry.hidden)

    @property
    def suspicious(self) -> tuple[EntryAudit, ...]:
        """Entries whose asterisk may match what is not meant, most matches first."""
        found = (entry for entry in self.entries if entry.suspicion)
        return tuple(sorted(found, key=lambda entry: -entry.count))

    def to_frame(self) -> pd.DataFrame:
        """Return one row an entry, in the order of the lexicon."""
        import pandas as pd

        columns = EntryAudit.__slots__
        rows = [[getattr(entry, name) for name in columns] for entry in self.entries]
        return pd.DataFrame(rows, columns=list(columns))

    def to_dict(self) -> dict[str, object]:
        """Return entries, overlaps, changes and labels as plain data."""
        entries = [
            {name: plain(getattr(entry, name)) for name in EntryAudit.__slots__}
            for entry in self.entries
        ]
        return {
            "lexicon": self.lexicon,
            "result": self.result,
            "entries": entries,
            "overlaps": [overlap._asdict() for overlap in self.overlaps],
            "changes": [change._asdict() for change in self.changes],
            "labels": None if self.labels is None else self.labels.to_dict(),
            "record": self.record.to_dict(),
        }
