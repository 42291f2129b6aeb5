"""Stance vectors: documents by targets, counts of support, opposition and neutral mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from discourse.corpus import as_corpus
from discourse.errors import check_known, check_option
from discourse.labelled import FloatArray, Result, frozen, group_values
from discourse.lexicon import Entry, Lexicon, as_lexicon
from discourse.record import ReadOnly, Record
from discourse.stances.cues import Cues, as_cues
from discourse.stances.mentions import Mention, find_mentions
from discourse.stances.wilson import wilson

if TYPE_CHECKING:
    import pandas as pd

IntArray: TypeAlias = npt.NDArray[np.int64]
Score: TypeAlias = Literal["balance", "logit", "net"]
Holders: TypeAlias = Literal["self", "all"]
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

    support: IntArray
    oppose: IntArray
    neutral: IntArray
    mentioned: IntArray
    effective: FloatArray
    targets: tuple[str, ...]
    docs: tuple[str, ...]
    docvars: Mapping[str, tuple[object, ...]]
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

    def group(self, by: str | Mapping[str, str], /) -> StanceVectors:
        """Return the vectors with one row per group; its mentions are those of its documents.

        Parameters
        ----------
        by : str or mapping
            A docvar, or a group for every document identifier.

        Raises
        ------
        OptionError
            If the docvar is unknown, or a document has no group.

        Examples
        --------
        >>> import discourse as ds
        >>> stance = ds.stance(["We support peace.", "We oppose war."])
        >>> both = stance.group({"text1": "we", "text2": "we"})
        >>> both.docs, int(both.evidence.sum())
        (('we',), 2)
        """
        values = group_values(self.docs, self.docvars, by)
        groups = tuple(sorted(set(values)))
        return _tally(
            self.found,
            dict(zip(self.docs, values, strict=True)),
            self.targets,
            docs=groups,
            docvars=ReadOnly({by: groups} if isinstance(by, str) else {}),
            target_set=self.target_set,
            holders=self.holders,
            record=self.record.then(f"group({by!r})", methodcaller("group", by)),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per document and mentioned target: counts, balance and limits."""
        import pandas as pd

        low, high = self.limits()
        rows, columns = np.nonzero(self.mentioned)
        return pd.DataFrame(
            {
                "doc": [self.docs[i] for i in rows],
                "target": [self.targets[j] for j in columns],
                "support": self.support[rows, columns],
                "oppose": self.oppose[rows, columns],
                "neutral": self.neutral[rows, columns],
                "balance": self.score("balance")[rows, columns],
                "low": low[rows, columns],
                "high": high[rows, columns],
                "status": self.status[rows, columns],
            }
        )

    def to_dict(self) -> dict[str, object]:
        """Return counts, mentions and record as plain data."""
        return {
            "target_set": self.target_set,
            "docs": list(self.docs),
            "targets": list(self.targets),
            "support": self.support.tolist(),
            "oppose": self.oppose.tolist(),
            "neutral": self.neutral.tolist(),
            "mentions": [mention.to_dict() for mention in self.found],
            "record": self.record.to_dict(),
        }


def stance(
    corpus: Any,
    /,
    *,
    targets: Lexicon | Mapping[str, Sequence[Entry]] | str | Path = "foreign-policy",
    holders: Holders = "self",
    cues: Cues | None = None,
) -> StanceVectors:
    """Return where each document stands on each target, with every mention as evidence.

    Cues alone decide: verbs, nouns, adjectives and phrases of stance, their negation and what
    stands above them, read by named rules. The usual connotation of a target decides nothing.

    Parameters
    ----------
    corpus : Corpus, or list of str or Document, or data frame with a text column
    targets : Lexicon, mapping of categories to patterns, name or path
        What stances are about.
    holders : {"self", "all"}
        Whether a stance that is reported of somebody else counts for the document.
    cues : mapping, str or Path, optional
        Cues of your own beside those of the library: a TOML file, or its content, of blocks
        ``[[cues]]`` with `class`, `form` and `entries` as in `stance/english-cues.toml` of the
        seeds. An entry that both list is yours.

    Returns
    -------
    StanceVectors

    Raises
    ------
    OptionError
        If the target set is unknown, `holders` misspelt or a block of cues malformed.
    ReadError
        If a file of cues cannot be read.

    Examples
    --------
    >>> import discourse as ds
    >>> stance = ds.stance(["We oppose sanctions."])
    >>> stance.mentions[["text", "target", "stance", "holder", "rule"]].values.tolist()
    [['sanctions', 'sanctions', 'oppose', 'self', 'verb']]

    Words that no list foresaw are added:

    >>> own = {"cues": [{"class": "reduce", "form": "verb", "entries": ["bin"]}]}
    >>> ds.stance(["We bin sanctions."], cues=own).mentions["stance"].tolist()
    ['oppose']
    """
    check_option("holders", holders, get_args(Holders))
    corpus, lexicon = as_corpus(corpus), as_lexicon(targets)
    known = as_cues(cues)
    found = tuple(m for document in corpus for m in find_mentions(document, lexicon, known))
    record = Record(
        "stance",
        ReadOnly({"targets": lexicon.name, "holders": holders}),
        ReadOnly({"corpus": corpus.digest, "targets": lexicon.digest, "cues": known.digest}),
        recompute=partial(stance, targets=lexicon, holders=holders, cues=cues and known),
    )
    return _tally(
        found,
        {name: name for name in corpus.ids},
        tuple(lexicon.categories),
        docs=corpus.ids,
        docvars=ReadOnly(corpus.docvars),
        target_set=lexicon.name,
        holders=holders,
        record=record,
    )


def _tally(
    found: tuple[Mention, ...],
    row_of: Mapping[str, str],
    targets: tuple[str, ...],
    /,
    *,
    docs: tuple[str, ...],
    docvars: Mapping[str, tuple[object, ...]],
    target_set: str,
    holders: Holders,
    record: Record,
) -> StanceVectors:
    """Return the counts of mentions, the document of each counting for the row it maps to."""
    shape = (len(docs), len(targets))
    row = {name: i for i, name in enumerate(docs)}
    column = {name: j for j, name in enumerate(targets)}
    counts = {label: np.zeros(shape, np.int64) for label in ("support", "oppose", "neutral", "all")}
    sentences: Counter[tuple[int, int, str, int]] = Counter()
    for mention in found:
        i, j = row[row_of[mention.doc]], column[mention.target]
        counts["all"][i, j] += 1
        if mention.holder != "other" or holders == "all":
            counts[mention.stance][i, j] += 1
            if mention.stance != "neutral":
                sentences[i, j, mention.doc, mention.sentence] += 1
    return StanceVectors(
        support=counts["support"],
        oppose=counts["oppose"],
        neutral=counts["neutral"],
        mentioned=counts["all"],
        effective=_effective(sentences, shape),
        targets=targets,
        docs=docs,
        docvars=docvars,
        found=found,
        target_set=target_set,
        holders=holders,
        record=record,
    )


def _effective(
    sentences: Mapping[tuple[int, int, str, int], int], shape: tuple[int, int], /
) -> FloatArray:
    """Return n^2 / sum of n_s^2 per cell, n_s the mentions in sentence s; 0 without mentions."""
    total, squares = np.zeros(shape), np.zeros(shape)
    for (i, j, *_), n in sentences.items():
        total[i, j] += n
        squares[i, j] += n * n
    return total**2 / np.maximum(squares, 1)
