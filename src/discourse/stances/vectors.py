"""Stance vectors: documents by targets, counts of support, opposition and neutral mention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import methodcaller
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from discourse.errors import OptionError, check_known, check_option
from discourse.labelled import FloatArray, Result, frozen, group_values, joined_docvars, plain
from discourse.record import ReadOnly, Record, digest
from discourse.stances.counting import Holders, IntArray, count_mentions
from discourse.stances.mentions import Mention
from discourse.stances.merging import check_alike, made_with, pooled
from discourse.stances.periods import Every, find_periods
from discourse.stances.wilson import wilson

if TYPE_CHECKING:
    import pandas as pd

Score: TypeAlias = Literal["balance", "logit", "net"]
COLUMNS = (
    "doc", "sentence", "start", "end", "text", "target", "stance", "holder", "cues", "rule",
    "strength",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class StanceVectors(Result):
    """Where documents stand on targets, and the mentions that say so.

    Attributes
    ----------
    support, oppose, neutral : ndarray of shape (n_docs, n_targets), int64
        Mentions of each stance. Mentions whose stance somebody else holds are left out unless
        ``holders="all"``; neutral ones always count.
    mentioned : ndarray of shape (n_docs, n_targets), int64
        All mentions, whoever holds their stance.
    effective : ndarray of shape (n_docs, n_targets), float64
        Effective number of the supporting and opposing mentions: n^2 / sum of squares of the
        numbers per sentence, since mentions of one sentence are not independent.
    targets : tuple of str
    docs : tuple of str
        Names of the rows: documents, or groups or periods of them.
    docvars : mapping of str to tuple
        Columns aligned with `docs`.
    members : tuple of tuple of str
        The documents of each row.
    found : tuple of Mention
        Every mention, in order of documents and text.
    target_set : str
        Name of the lexicon of targets.
    holders : {"self", "all"}
        Whose stances count.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(["We support multilateralism and oppose sanctions."])
    >>> balance = stance.score("balance")
    >>> float(balance[0, stance.targets.index("sanctions")])
    -1.0
    """

    UNDEFINED: ClassVar = "no mention there takes sides"

    support: IntArray
    oppose: IntArray
    neutral: IntArray
    mentioned: IntArray
    effective: FloatArray
    targets: tuple[str, ...]
    docs: tuple[str, ...]
    docvars: Mapping[str, tuple[object, ...]]
    members: tuple[tuple[str, ...], ...]
    found: tuple[Mention, ...]
    target_set: str
    holders: Holders
    record: Record

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for array in (self.support, self.oppose, self.neutral, self.mentioned, self.effective):
            frozen(array)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.docs)

    @property
    def evidence(self) -> IntArray:
        """Supporting and opposing mentions together, shape (n_docs, n_targets)."""
        return self.support + self.oppose

    @property
    def status(self) -> npt.NDArray[np.str_]:
        """State of each cell: "absent", "reported only" (of others), "neutral only", "evidence"."""
        states = np.where(self.mentioned > 0, "reported only", "absent")
        states = np.where(self.neutral > 0, "neutral only", states)
        return np.where(self.evidence > 0, "evidence", states)

    @property
    def mentions(self) -> pd.DataFrame:
        """Every mention as a row, with the columns of `COLUMNS`; offsets are code points."""
        import pandas as pd

        rows = [[getattr(mention, name) for name in COLUMNS] for mention in self.found]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def score(self, name: Score = "balance", /) -> FloatArray:
        """Return a score for every cell; NaN where there is no evidence.

        Parameters
        ----------
        name : {"balance", "logit", "net"}
            With S, O, N the mentions that support, oppose and are neutral: balance is
            (S - O)/(S + O) in [-1, 1]; logit is ln((S + .5)/(O + .5)), which grows with the
            amount of evidence; net is (S - O)/(S + O + N).

        References
        ----------
        .. [1] Lowe, W., Benoit, K., Mikhaylov, S. & Laver, M. (2011). Scaling policy preferences
           from coded political texts. *Legislative Studies Quarterly* 36(1), 123-155.
        """
        check_option("score", name, get_args(Score))
        support, oppose = self.support.astype(float), self.oppose.astype(float)
        if name == "logit":
            values = np.log((support + 0.5) / (oppose + 0.5))
        else:
            total = self.evidence + (self.neutral if name == "net" else 0)
            values = (support - oppose) / np.maximum(total, 1)
        return np.where(self.evidence > 0, values, np.nan)

    def limits(self, *, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Return the lower and upper limits of the balance of every cell (Wilson interval).

        The number of mentions counts as `effective`. Errors are sampling errors only: what a
        rule got wrong is not in them.

        References
        ----------
        .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
           inference. *Journal of the American Statistical Association* 22, 209-212.
        """
        low, high = wilson(self.score("balance"), self.effective, level)
        return low, high

    def row(self, doc: str, /) -> int:
        """Return the row of a document."""
        check_known("document", doc, self.docs)
        return self.docs.index(doc)

    def group(self, by: str | Mapping[str, str], /, *, every: Every | None = None) -> StanceVectors:
        """Return the vectors with one row per group, or per period, of documents.

        Documents are pooled: every mention counts alike, and so a long document counts for more
        than a short one. The limits of a group take its sentences to be independent;
        `stance_difference` compares groups by their documents instead.

        Parameters
        ----------
        by : str or mapping
            A docvar, or a group for every document identifier.
        every : {"day", "month", "quarter", "year", "decade"} or int, optional
            The docvar holds dates, and these are the periods; a number is one of years. Dates are
            date objects, ISO strings (2017-09-19, 2017-09, 2017) or years as numbers. Periods
            without documents have no row; the first day of each is the docvar `by` of its row.

        Raises
        ------
        OptionError
            If the docvar is unknown, a document has no group or no date, or its date is too coarse
            for the periods.

        Examples
        --------
        >>> import discourse as ds
        >>> corpus = ds.Corpus.from_texts(
        ...     ["We support peace.", "We oppose peace.", "We support peace."],
        ...     docvars={"date": ["2016-09-20", "2017-09-19", "2017-09-21"]})
        >>> by_year = ds.stance(corpus, targets={"peace": ["peace"]}).group("date", every="year")
        >>> by_year.docs, by_year.score("balance").ravel().tolist(), by_year.docvars["date"][0]
        (('2016', '2017'), [1.0, 0.0], datetime.date(2016, 1, 1))
        """
        values = group_values(self.docs, self.docvars, by)
        column: Mapping[str, object] = {value: value for value in values}
        step, again = f"group({by!r})", methodcaller("group", by)
        if every is not None:
            if not isinstance(by, str):
                msg = "every= cuts a docvar of dates into periods; by must be its name."
                raise OptionError("by", msg)
            periods = find_periods(by, self.docs, self.docvars[by], every)
            values, column = [period.label for period in periods], dict(periods)
            step = f"group({by!r}, every={every!r})"
            again = methodcaller("group", by, every=every)
        groups = tuple(sorted(column))
        return from_mentions(
            self.found,
            pooled(groups, zip(values, self.members, strict=True)),
            self.targets,
            docs=groups,
            docvars={by: tuple(column[name] for name in groups)} if isinstance(by, str) else {},
            target_set=self.target_set,
            holders=self.holders,
            record=self.record.then(step, again),
        )

    def merge(self, other: StanceVectors, /) -> StanceVectors:
        """Return the rows of both; a group that both have is pooled.

        Exact, associative and commutative: rows come out sorted by name, and mentions by document
        and place, so that the parts of a corpus may be merged in any order. Only the record tells
        the order.

        Raises
        ------
        OptionError
            If the two count different targets or holders, or share a document.

        Examples
        --------
        >>> import discourse as ds
        >>> parts = [ds.Corpus.from_texts(["We support peace."], ids=[name]) for name in "ab"]
        >>> ds.stance(parts[1]).merge(ds.stance(parts[0])).docs
        ('a', 'b')
        """
        if not isinstance(other, StanceVectors):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"other must be StanceVectors; got {type(other).__name__}."
            raise OptionError("other", msg)
        check_alike(self, other)
        docs = tuple(sorted({*self.docs, *other.docs}))
        rows = [row for part in (self, other) for row in zip(part.docs, part.members, strict=True)]
        members = tuple(tuple(sorted(own)) for own in pooled(docs, rows))
        digests = sorted(digest([*s.docs, *s.record.digests.values()]) for s in (self, other))
        return from_mentions(
            tuple(sorted(self.found + other.found, key=_place)),
            members,
            self.targets,
            docs=docs,
            docvars=joined_docvars(docs, self, other),
            target_set=self.target_set,
            holders=self.holders,
            record=Record(
                "merge",
                ReadOnly({}),
                ReadOnly({"first": digests[0], "second": digests[1], **made_with(self)}),
                recompute=StanceVectors.merge,
            ),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per document and mentioned target: counts, balance, limits, docvars.

        A docvar whose name is that of another column has ``docvar_`` put before it.
        """
        import pandas as pd

        low, high = self.limits()
        rows, columns = np.nonzero(self.mentioned)
        frame = pd.DataFrame(
            {
                "doc": [self.docs[i] for i in rows],
                "target": [self.targets[j] for j in columns],
                "support": self.support[rows, columns],
                "oppose": self.oppose[rows, columns],
                "neutral": self.neutral[rows, columns],
                "effective": self.effective[rows, columns],
                "balance": self.score("balance")[rows, columns],
                "low": low[rows, columns],
                "high": high[rows, columns],
                "status": self.status[rows, columns],
            }
        )
        for name, values in self.docvars.items():
            free = f"docvar_{name}" if name in frame.columns else name
            frame[free] = pd.Series([values[i] for i in rows], dtype=object).infer_objects()
        return frame

    def to_dict(self) -> dict[str, object]:
        """Return counts, mentions and record as plain data."""
        return {
            "target_set": self.target_set,
            "docs": list(self.docs),
            "docvars": {name: plain(values) for name, values in self.docvars.items()},
            "members": [list(own) for own in self.members],
            "targets": list(self.targets),
            "support": self.support.tolist(),
            "oppose": self.oppose.tolist(),
            "neutral": self.neutral.tolist(),
            "mentions": [mention.to_dict() for mention in self.found],
            "record": self.record.to_dict(),
        }


def _place(mention: Mention, /) -> tuple[object, ...]:
    """Return what orders mentions by document and place."""
    return mention.doc, mention.start, mention.end, mention.target


def from_mentions(
    found: tuple[Mention, ...],
    members: tuple[tuple[str, ...], ...],
    targets: tuple[str, ...],
    /,
    *,
    docs: tuple[str, ...],
    docvars: Mapping[str, tuple[object, ...]],
    target_set: str,
    holders: Holders,
    record: Record,
) -> StanceVectors:
    """Return the vectors whose rows count the mentions of these documents."""
    row_of = {doc: i for i, own in enumerate(members) for doc in own}
    counts = count_mentions(found, row_of, len(docs), targets, holders)
    return StanceVectors(
        *counts,
        targets=targets,
        docs=docs,
        docvars=ReadOnly(docvars),
        members=members,
        found=found,
        target_set=target_set,
        holders=holders,
        record=record,
    )
