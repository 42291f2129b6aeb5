"""Positions of texts between reference texts whose positions are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from numbers import Real
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, get_args

import numpy as np

from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import OptionError, UndefinedError, check_known, check_option
from discourse.labelled import ColumnResult, FloatArray, frozen
from discourse.record import ReadOnly, Record

if TYPE_CHECKING:
    import pandas as pd

Rescale: TypeAlias = Literal["none", "lbg", "mv"]


@dataclass(frozen=True, slots=True, eq=False)
class Positions(ColumnResult):
    """Positions of documents on one dimension.

    Attributes
    ----------
    docs : tuple of str
    positions, se : ndarray of shape (n_docs,), float64
        In the unit of the reference scores, and the standard errors.
    scored : ndarray of shape (n_docs,), float64
        Share of each document's words that have a score, in (0, 1].

    Examples
    --------
    >>> import discourse as ds
    >>> corpus = ds.Corpus.from_texts(["cut taxes", "raise taxes", "cut cut"], ids=["R", "L", "v"])
    >>> model = ds.Wordscores().fit(ds.count(corpus), {"L": -1, "R": 1})
    >>> model.predict(ds.count(corpus)).to_frame()["position"].tolist()
    [0.5, -0.5, 1.0]
    """

    COLUMNS: ClassVar = ("positions", "se", "scored")

    docs: tuple[str, ...]
    positions: FloatArray
    se: FloatArray
    scored: FloatArray
    record: Record

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.docs)

    def __repr__(self) -> str:
        """Return the size."""
        return f"Positions({len(self):,} documents)"

    def to_frame(self) -> pd.DataFrame:
        """Return one row per document."""
        import pandas as pd

        names = {"doc": list(self.docs), "position": self.positions}
        return pd.DataFrame({**names, "se": self.se, "scored": self.scored})

    def to_dict(self) -> dict[str, object]:
        """Return the columns and the record as plain data."""
        columns = {name: array.tolist() for name, array in self.columns().items()}
        return {"docs": list(self.docs), **columns, "record": self.record.to_dict()}


@dataclass(frozen=True, slots=True)
class Wordscores:
    """Positions of texts by the words they share with reference texts of known position.

    The score of a word is the mean of the reference scores, weighted by how probable each reference
    text is given the word; the position of a text is the mean score of its words. Positions of
    texts other than references shrink towards the middle, since they share common words: compare
    them with one another, or rescale.

    References
    ----------
    .. [1] Laver, M., Benoit, K., & Garry, J. (2003). Extracting policy positions from political
       texts using words as data. *American Political Science Review* 97(2), 311-331.

    Examples
    --------
    >>> import discourse as ds
    >>> corpus = ds.Corpus.from_texts(["cut taxes", "raise taxes"], ids=["R", "L"])
    >>> ds.Wordscores().fit(ds.count(corpus), {"L": -1, "R": 1}).scores.tolist()
    [1.0, -1.0, 0.0]
    """

    def fit(self, dfm: DocumentFeatureMatrix, reference: Mapping[str, float], /) -> WordscoresModel:
        """Return the scores of the words of the reference texts.

        Parameters
        ----------
        dfm : DocumentFeatureMatrix
            Counts; documents that are no reference are passed over.
        reference : mapping of str to float
            Positions of at least two documents, by identifier.

        Raises
        ------
        OptionError
            If a document is unknown or has no words, or fewer than two positions are given.
        """
        given = _checked(dfm, reference)
        rows = [dfm.docs.index(name) for name in given]
        counts = dfm.counts[rows, :].toarray()
        if not counts.sum(axis=1).all():
            msg = "a reference text has no words: leave it out."
            raise OptionError("reference", msg)
        shares = counts / counts.sum(axis=1, keepdims=True)
        total = shares.sum(axis=0)
        kept = np.flatnonzero(total)
        positions = np.array(list(given.values()))
        scores: FloatArray = positions @ shares[:, kept] / total[kept]
        features = tuple(dfm.features[i] for i in kept)
        record = Record(
            "Wordscores.fit",
            ReadOnly({"reference": tuple(f"{name}={score:g}" for name, score in given.items())}),
            ReadOnly({"dfm": dfm.digest}),
            recompute=partial(_fitted, reference=given),
        )
        own = shares[:, kept] @ scores
        return WordscoresModel(features, scores, ReadOnly(given), frozen(own), record)


@dataclass(frozen=True, slots=True, eq=False)
class WordscoresModel(ColumnResult):
    """Scores of words.

    Attributes
    ----------
    features : tuple of str
        The words of the reference texts.
    scores : ndarray of shape (n_features,), float64
    reference : mapping of str to float
        The positions that were given.
    reference_positions : ndarray of shape (n_reference,), float64
        The positions that the reference texts get by their own words.

    Examples
    --------
    >>> import discourse as ds
    >>> corpus = ds.Corpus.from_texts(["cut taxes", "raise taxes"], ids=["R", "L"])
    >>> model = ds.Wordscores().fit(ds.count(corpus), {"L": -1, "R": 1})
    >>> model.reference_positions.tolist()
    [-0.5, 0.5]
    """

    COLUMNS: ClassVar = ("scores",)

    features: tuple[str, ...]
    scores: FloatArray
    reference: Mapping[str, float]
    reference_positions: FloatArray
    record: Record

    def __repr__(self) -> str:
        """Return the sizes."""
        sizes = f"{len(self.features):,} features, {len(self.reference)} reference texts"
        return f"WordscoresModel({sizes})"

    def predict(self, dfm: DocumentFeatureMatrix, /, *, rescale: Rescale = "none") -> Positions:
        """Return the position of every document.

        Parameters
        ----------
        dfm : DocumentFeatureMatrix
            Words without a score are left out.
        rescale : {"none", "lbg", "mv"}
            Whether positions are stretched, about their mean, to the standard deviation of the
            reference scores [1]_, or so that the two extreme reference texts are where they were
            put [2]_. The first depends on which documents are predicted together.

        Raises
        ------
        UndefinedError
            If a document has no word with a score, or positions that are all the same are to be
            stretched.

        References
        ----------
        .. [1] Laver, M., Benoit, K., & Garry, J. (2003). Extracting policy positions from political
           texts using words as data. *American Political Science Review* 97(2), 311-331.
        .. [2] Martin, L. W., & Vanberg, G. (2008). A robust transformation procedure for
           interpreting political text. *Political Analysis* 16(1), 93-100.

        Examples
        --------
        >>> import discourse as ds
        >>> corpus = ds.Corpus.from_texts(["cut taxes", "raise taxes", "cut"], ids=["R", "L", "v"])
        >>> model = ds.Wordscores().fit(ds.count(corpus), {"L": -1, "R": 1})
        >>> model.predict(ds.count(corpus), rescale="mv").positions.tolist()
        [1.0, -1.0, 2.0]
        """
        check_option("rescale", rescale, get_args(Rescale))
        place = {feature: i for i, feature in enumerate(self.features)}
        known = [i for i, feature in enumerate(dfm.features) if feature in place]
        scores = self.scores[[place[dfm.features[i]] for i in known]]
        counts: Any = dfm.counts[:, known]
        sizes = counts.sum(axis=1)
        if empty := [dfm.docs[i] for i in np.flatnonzero(sizes == 0)]:
            raise UndefinedError(empty, "no word has a score.")
        raw: FloatArray = counts @ scores / sizes
        spread = counts @ scores**2 / sizes - raw**2
        se = np.sqrt(np.maximum(spread, 0.0) / sizes)
        slope, centre, image = self._stretch(rescale, raw, dfm.docs)
        return Positions(
            dfm.docs,
            (raw - centre) * slope + image,
            se * abs(slope),
            sizes / dfm.totals,
            Record(
                "Wordscores.predict",
                ReadOnly({**self.record.parameters, "rescale": rescale}),
                ReadOnly({"dfm": dfm.digest, "reference": self.record.digests["dfm"]}),
                recompute=partial(self.predict, rescale=rescale),
            ),
        )

    def _stretch(
        self, rescale: Rescale, raw: FloatArray, docs: tuple[str, ...], /
    ) -> tuple[float, float, float]:
        """Return by what raw positions are stretched, the point that is moved, and where to."""
        if rescale == "none":
            return 1.0, 0.0, 0.0
        given = np.array(list(self.reference.values()))
        if rescale == "lbg":
            centre = float(raw.mean())
            before, after = (float(np.std(x, ddof=1)) if len(x) > 1 else 0.0 for x in (raw, given))
            image = centre
        else:
            first, last = int(given.argmin()), int(given.argmax())
            centre = float(self.reference_positions[first])
            before = float(self.reference_positions[last]) - centre
            image = float(given[first])
            after = float(given[last]) - image
        if before == 0:
            raise UndefinedError(docs, f"rescale={rescale!r} stretches positions that are one.")
        return after / before, centre, image

    def to_frame(self) -> pd.DataFrame:
        """Return one row per word."""
        import pandas as pd

        return pd.DataFrame({"feature": list(self.features), "score": self.scores})

    def to_dict(self) -> dict[str, object]:
        """Return the scores, the reference and the record as plain data."""
        return {
            "features": list(self.features),
            "scores": self.scores.tolist(),
            "reference": dict(self.reference),
            "record": self.record.to_dict(),
        }


def _fitted(dfm: DocumentFeatureMatrix, /, *, reference: Mapping[str, float]) -> WordscoresModel:
    """Return the scores, as `Wordscores.fit` does."""
    return Wordscores().fit(dfm, reference)


def _checked(dfm: DocumentFeatureMatrix, reference: Mapping[str, float], /) -> dict[str, float]:
    """Return the positions of the reference texts, or raise what is wrong with them."""
    if not isinstance(dfm, DocumentFeatureMatrix):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"dfm must be a DocumentFeatureMatrix of counts; got {type(dfm).__name__}."
        raise OptionError("dfm", msg)
    if not isinstance(reference, Mapping) or len(reference) < 2:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = "reference must give the positions of at least two documents, by identifier."
        raise OptionError("reference", msg)
    for name, position in reference.items():
        check_known("document", name, dfm.docs)
        if not isinstance(position, Real) or not np.isfinite(position):  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"the position of {name!r} must be a number; got {position!r}."
            raise OptionError("reference", msg)
    return {name: float(position) for name, position in reference.items()}
