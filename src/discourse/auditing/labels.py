"""What was found against labels by hand: precision, recall, F1, and alpha of the stances."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from discourse import _html
from discourse.auditing.reliability import krippendorff_alpha
from discourse.corpus import Corpus
from discourse.corpus.columns import table_columns
from discourse.corpus.documents import is_missing
from discourse.errors import OptionError, check_known, shorten
from discourse.labelled import FloatArray, frozen, rebuild

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

STANCES = ("support", "oppose", "neutral")
ALL = "(all)"


class Label(NamedTuple):
    """A target at one place of a document, with its stance where that is known."""

    doc: str
    start: int
    end: int
    target: str
    stance: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LabelAgreement:
    """How what was found agrees with labels by hand.

    Attributes
    ----------
    categories : tuple of str
        Those of the lexicon that were labelled or found, and "(all)" at the end.
    labelled, found, matched : ndarray of shape (n_categories,), int64
        Labels, finds in the labelled part of documents, and finds that meet a label of their
        category with at least half of the shorter span; each label and find is met once.
    precision, recall, f1 : ndarray of shape (n_categories,), float64
        In [0, 1]; NaN where nothing was found, or labelled, or both.
    alpha : float or None
        Krippendorff's alpha of the stances of matched pairs, at most 1; None without stances, or
        where all are alike.
    n_stances : int
        Matched pairs with a stance on both sides.
    note : str
        What was left out.

    Examples
    --------
    >>> import discourse as ds
    >>> labels = [{"doc": "text1", "start": 10, "end": 15, "target": "trade", "stance": "support"}]
    >>> audit = ds.audit_lexicon({"trade": ["trade"]}, ["We praise trade."], gold=labels)
    >>> float(audit.labels.f1[-1])
    1.0
    """

    categories: tuple[str, ...]
    labelled: npt.NDArray[np.int64]
    found: npt.NDArray[np.int64]
    matched: npt.NDArray[np.int64]
    precision: FloatArray
    recall: FloatArray
    f1: FloatArray
    alpha: float | None
    n_stances: int
    note: str

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for array in self._columns().values():
            frozen(array)

    def __reduce__(self) -> tuple[object, ...]:
        """Return what rebuilds the agreement, arrays read-only, when it is copied or pickled."""
        return rebuild(self)

    def _columns(self) -> dict[str, npt.NDArray[Any]]:
        """Return the numbers by the names of the columns."""
        names = ("labelled", "found", "matched", "precision", "recall", "f1")
        return {name: getattr(self, name) for name in names}

    def to_frame(self) -> pd.DataFrame:
        """Return one row a category, all of them together in the last."""
        import pandas as pd

        return pd.DataFrame({"category": self.categories, **self._columns()})

    def _repr_html_(self) -> str:
        """Return the table that notebooks show."""
        frame = self.to_frame()
        rows = frame.itertuples(index=False, name=None)
        details = {"alpha": self.alpha, "stances": self.n_stances}
        notes = [self.note] if self.note else []
        return _html.table(
            "LabelAgreement",
            (len(frame), 0),
            list(frame.columns),
            rows,
            details=details,
            notes=notes,
        )

    def to_dict(self) -> dict[str, object]:
        """Return the agreement as plain data."""
        columns = {name: column.tolist() for name, column in self._columns().items()}
        return {
            "categories": list(self.categories),
            **columns,
            "alpha": self.alpha,
            "n_stances": self.n_stances,
            "note": self.note,
        }


def as_labels(gold: Any, corpus: Corpus, /) -> tuple[Label, ...]:
    """Return labels from rows (mappings, or a data frame) with doc, start, end, target, stance.

    Raises
    ------
    OptionError
        If a column is missing, a document unknown, a span outside its text or a stance unknown.
    """
    columns = table_columns(gold)
    if columns is not None:
        gold = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    is_listed = isinstance(gold, Iterable) and not isinstance(gold, (str, Mapping))
    listed = list(cast("Iterable[object]", gold)) if is_listed else []
    if not is_listed or not all(isinstance(row, (Mapping, Label)) for row in listed):
        msg = "gold must be rows with 'doc', 'start', 'end', 'target': mappings or a data frame."
        raise OptionError("gold", msg)
    return tuple(_label(row, corpus) for row in listed)


def _label(row: Any, corpus: Corpus, /) -> Label:
    """Return the label of one row, checked."""
    if isinstance(row, Label):
        return row
    for name in ("doc", "start", "end", "target"):
        check_known("column of gold", name, row)
    check_known("document", row["doc"], corpus.ids)
    stance = row.get("stance")
    try:
        start, end = index(row["start"]), index(row["end"])
    except TypeError as error:
        msg = f"start and end must be ints; gold has {row['start']!r} and {row['end']!r}."
        raise OptionError("gold", msg) from error
    if not 0 <= start < end <= len(corpus[row["doc"]].text):
        msg = f"gold has a span {start}:{end} that is empty or outside the text of {row['doc']!r}."
        raise OptionError("gold", msg)
    if is_missing(stance):
        return Label(row["doc"], start, end, str(row["target"]))
    check_known("stance", stance, STANCES)
    return Label(row["doc"], start, end, str(row["target"]), stance)


def compare_labels(
    found: Iterable[Label], gold: Sequence[Label], categories: Sequence[str], /
) -> LabelAgreement:
    """Return how finds agree with labels.

    A document counts up to the end of its last label: what follows is taken to be unlabelled.
    """
    known = frozenset(categories)
    others = sorted({label.target for label in gold} - known)
    last: dict[str, int] = {}
    for label in gold:
        last[label.doc] = max(label.end, last.get(label.doc, 0))
    finds = [find for find in found if find.start < last.get(find.doc, 0)]
    labels = [label for label in gold if label.target in known]
    pairs = _match(finds, labels)
    names = [name for name in categories if any(x.target == name for x in (*labels, *finds))]
    n_labels, n_finds = (_count((x.target for x in own), names) for own in (labels, finds))
    matched = _count((label.target for _, label in pairs), names)
    stances = [(a.stance, b.stance) for a, b in pairs if a.stance and b.stance]
    varies = len({stance for pair in stances for stance in pair}) > 1
    with np.errstate(invalid="ignore"):
        precision, recall = matched / n_finds, matched / n_labels
        f1 = 2 * matched / (n_labels + n_finds)
    n_left = sum(label.target not in known for label in gold)
    note = f"{n_left} label(s) are of no category of the lexicon: {shorten(others)}."
    return LabelAgreement(
        categories=(*names, ALL),
        labelled=n_labels,
        found=n_finds,
        matched=matched,
        precision=precision,
        recall=recall,
        f1=f1,
        alpha=krippendorff_alpha(stances) if varies else None,
        n_stances=len(stances),
        note=note if others else "",
    )


def _count(targets: Iterable[str], names: Sequence[str], /) -> npt.NDArray[np.int64]:
    """Return how often each name occurs, and the sum."""
    tally = Counter(targets)
    return np.array([*(tally[name] for name in names), tally.total()], np.int64)


def _match(finds: Sequence[Label], labels: Sequence[Label], /) -> list[tuple[Label, Label]]:
    """Return finds with the labels that they meet, longest overlap first, each once."""
    by_place: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, label in enumerate(labels):
        by_place[label.doc, label.target].append(j)
    overlaps: list[tuple[int, int, int]] = []
    for i, find in enumerate(finds):
        for j in by_place[find.doc, find.target]:
            label = labels[j]
            shared = min(find.end, label.end) - max(find.start, label.start)
            if 2 * shared >= min(find.end - find.start, label.end - label.start):
                overlaps.append((-shared, i, j))
    pairs: dict[int, int] = {}
    met: set[int] = set()
    for _, i, j in sorted(overlaps):
        if i not in pairs and j not in met:
            pairs[i] = j
            met.add(j)
    return [(finds[i], labels[j]) for i, j in sorted(pairs.items())]
