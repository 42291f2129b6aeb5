"""What a comparison holds: three answers, their parts, and the sentences behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discourse.comparison import rendering
from discourse.labelled import Contributions, Estimate, MatchedEstimate, Result
from discourse.record import Record

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Result):
    """How two sides compare: same words, same topics, same side.

    Attributes
    ----------
    a, b : str
        What the sides are called.
    target_set : str
        Name of the lexicon of targets on which topics and sides rest.
    words : Estimate
        Likeness of wording in [0, 1]: one less the Jensen-Shannon divergence (or other distance),
        or the metric itself where it is a similarity. Its note gives the divergence.
    topics : Estimate
        Salience in [0, 1]: how far both speak of the same targets. NaN, with the reason in its
        note, where one of them mentions none. Its note gives the value to expect by chance.
    agreement : Estimate
        Agreement in [-1, 1] with its interval; NaN, with the reason, where they share no target
        on which both take a stance.
    matched : MatchedEstimate or None
        The metric at matched length, with baseline and excess; None where the texts are too
        short, and `matched_note` says so.
    targets : DataFrame
        One row per mentioned target: mentions, balances, shares and contributions.
    differing : DataFrame
        Keyness of every word, side a against side b; p-values are NaN unless both sides have
        documents enough to test over.
    markers : DataFrame
        Rhetorical markers per 1,000 tokens on each side.
    keywords : DataFrame or None
        Rates of the categories of the given lexicon.
    mentions : DataFrame
        Every mention with its side ("a" or "b") and sentence.
    contributions : Contributions
        What each word adds to the divergence (or the metric).

    Examples
    --------
    >>> import discourse as ds
    >>> found = ds.compare("We support multilateralism and oppose sanctions.",
    ...                    "We oppose multilateralism and support sanctions.")
    >>> found.words.value, found.topics.value, str(found.agreement)
    (1.0, 1.0, '-1.00 [-1.00, 0.12]')
    """

    a: str
    b: str
    target_set: str
    words: Estimate
    topics: Estimate
    agreement: Estimate
    matched: MatchedEstimate | None
    matched_note: str | None
    targets: pd.DataFrame
    differing: pd.DataFrame
    markers: pd.DataFrame
    keywords: pd.DataFrame | None
    mentions: pd.DataFrame
    contributions: Contributions
    tokens: Mapping[str, int]
    record: Record

    def to_frame(self) -> pd.DataFrame:
        """Return the answers as a table: question, value, interval, note."""
        import pandas as pd

        answers = [
            ("same words", self.words),
            ("same topics", self.topics),
            ("same side", self.agreement),
        ]
        if self.matched is not None:
            answers.append((f"{self.matched.name} at matched length", self.matched))
            answers.append(("difference beyond one source", self.matched.excess))
        return pd.DataFrame(
            [
                {"question": name, "value": e.value, "low": e.low, "high": e.high, "note": e.note}
                for name, e in answers
            ]
        )

    def to_dict(self) -> dict[str, object]:
        """Return every part as plain data; tables become lists of rows."""
        tables = {
            "targets": self.targets,
            "differing": self.differing,
            "markers": self.markers,
            "keywords": self.keywords,
            "mentions": self.mentions,
        }
        return {
            "a": self.a,
            "b": self.b,
            "target_set": self.target_set,
            "tokens": dict(self.tokens),
            "words": self.words.to_dict(),
            "topics": self.topics.to_dict(),
            "agreement": self.agreement.to_dict(),
            "matched": None if self.matched is None else self.matched.to_dict(),
            "matched_note": self.matched_note,
            **{name: None if t is None else rendering.rows(t) for name, t in tables.items()},
            "contributions": self.contributions.to_dict(),
            "record": self.record.to_dict(),
        }

    def __str__(self) -> str:
        """Return the comparison as plain text: answers, targets with evidence, words, markers."""
        return rendering.as_text(self)

    def _repr_html_(self) -> str:
        """Return the comparison as HTML; every piece of text is escaped."""
        return rendering.as_html(self)
