"""Positions of texts on the dimension along which their words differ most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import DiscourseError, EmptyDocumentError, OptionError, check_known
from discourse.labelled import ColumnResult, FloatArray, frozen
from discourse.record import ReadOnly, Record

if TYPE_CHECKING:
    import pandas as pd

_PRIOR_THETA, _PRIOR_BETA = 1.0, 1 / 9  # precisions of the normal priors
_RISE = 1e-6  # of the objective, at which sweeps end
_SWEEPS = 1_000
_STEPS, _SHORT = 10, 1e-8  # of Newton's method, in each half of a sweep
_LARGEST = 700.0  # logarithm of a mean


@dataclass(frozen=True, slots=True, eq=False)
class WordfishModel(ColumnResult):
    """Positions of documents and weights of words.

    Attributes
    ----------
    docs, features : tuple of str
    theta, theta_se : ndarray of shape (n_docs,), float64
        Positions, of mean 0 and standard deviation 1, and their standard errors.
    alpha : ndarray of shape (n_docs,), float64
        How much each document says, as a logarithm, of mean 0.
    beta, psi : ndarray of shape (n_features,), float64
        How much a word tells positions apart, and how frequent it is, as a logarithm.
    sweeps : int
        How many it took.

    Examples
    --------
    >>> import discourse as ds
    >>> dfm = ds.count(["cut cut cut tax", "cut cut tax tax", "cut tax tax tax"])
    >>> model = ds.Wordfish().fit(dfm)
    >>> model.features, bool(model.beta[0] < model.beta[1])
    (('cut', 'tax'), True)
    """

    COLUMNS: ClassVar = ("theta", "theta_se", "alpha")

    docs: tuple[str, ...]
    features: tuple[str, ...]
    theta: FloatArray
    theta_se: FloatArray
    alpha: FloatArray
    beta: FloatArray
    psi: FloatArray
    sweeps: int
    record: Record

    def __post_init__(self) -> None:
        """Make the arrays read-only."""
        for array in (*self.columns().values(), self.beta, self.psi):
            frozen(array)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.docs)

    def __repr__(self) -> str:
        """Return the sizes."""
        return f"WordfishModel({len(self):,} documents, {len(self.features):,} features)"

    def to_frame(self) -> pd.DataFrame:
        """Return one row per document."""
        import pandas as pd

        return pd.DataFrame({"doc": list(self.docs), **self.columns()})

    def to_dict(self) -> dict[str, object]:
        """Return all estimates and the record as plain data."""
        return {
            "docs": list(self.docs),
            "features": list(self.features),
            **{name: array.tolist() for name, array in self.columns().items()},
            "beta": self.beta.tolist(),
            "psi": self.psi.tolist(),
            "sweeps": self.sweeps,
            "record": self.record.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Wordfish:
    """Positions of documents from word counts alone, without any known position.

    The count of word j in document i is taken for Poisson with mean
    ``exp(alpha_i + psi_j + beta_j theta_i)`` [1]_. Which dimension that is, the words must tell:
    look at those of large beta before it is given a name.

    Parameters
    ----------
    direction : (str, str), optional
        Two documents, the first of which shall stand below the second; by default the first and
        the last.

    Notes
    -----
    Newton steps for the words and for the documents by turns, with normal priors of variance 9 for
    beta and 1 for theta, which is standardised after each sweep. That is no step uphill, so sweeps
    end where the objective rises no more; as in the implementation of R that is used most, whose
    estimates these are. The standard errors take the words' weights for given and words for
    independent of one another: they are too small.

    The counts are held dense: 8 bytes for each document and word, several times.

    References
    ----------
    .. [1] Slapin, J. B., & Proksch, S.-O. (2008). A scaling model for estimating time-series party
       positions from texts. *American Journal of Political Science* 52(3), 705-722.

    Examples
    --------
    >>> import discourse as ds
    >>> dfm = ds.count(["cut cut cut tax", "cut cut tax tax", "cut tax tax tax"])
    >>> model = ds.Wordfish(direction=("text3", "text1")).fit(dfm)
    >>> bool(model.theta[2] < model.theta[1] < model.theta[0])
    True
    """

    direction: tuple[str, str] | None = None

    def fit(self, dfm: DocumentFeatureMatrix, /) -> WordfishModel:
        """Return the positions of the documents.

        Parameters
        ----------
        dfm : DocumentFeatureMatrix
            At least two documents; words that do not occur are left out.

        Raises
        ------
        OptionError
            If `dfm` is no matrix of counts of two documents and two words, or a document of the
            direction is unknown.
        EmptyDocumentError
            If a document has no words.
        DiscourseError
            If there are no estimates, since words do not tell the documents apart.
        """
        low, high = self._direction(dfm)
        occurs = np.flatnonzero(np.asarray(dfm.counts.sum(axis=0)))
        counts = dfm.counts[:, occurs].toarray().astype(np.float64)
        with np.errstate(all="ignore"):  # what comes of it is looked at
            found, sweeps = _estimated(counts)
        if found.theta[low] > found.theta[high]:
            found = replace(found, theta=-found.theta, beta=-found.beta)
        return WordfishModel(
            dfm.docs,
            tuple(dfm.features[i] for i in occurs),
            found.theta,
            _errors(found),
            found.alpha,
            found.beta,
            found.psi,
            sweeps,
            Record(
                "Wordfish.fit",
                ReadOnly({"direction": (dfm.docs[low], dfm.docs[high])}),
                ReadOnly({"dfm": dfm.digest}),
                recompute=partial(_fitted, direction=self.direction),
            ),
        )

    def _direction(self, dfm: DocumentFeatureMatrix, /) -> tuple[int, int]:
        """Return which document shall stand below which, the matrix checked."""
        if not isinstance(dfm, DocumentFeatureMatrix) or min(dfm.counts.shape) < 2:  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = "dfm must be a DocumentFeatureMatrix of at least two documents and two features."
            raise OptionError("dfm", msg)
        if empty := np.flatnonzero(dfm.totals == 0).tolist():
            raise EmptyDocumentError([dfm.docs[i] for i in empty])
        names: Sequence[str] = self.direction or (dfm.docs[0], dfm.docs[-1])
        if isinstance(names, str) or len(names) != 2 or names[0] == names[1]:
            msg = f"direction must name two different documents; got {names!r}."
            raise OptionError("direction", msg)
        for name in names:
            check_known("document", name, dfm.docs)
        return dfm.docs.index(names[0]), dfm.docs.index(names[1])


def _fitted(dfm: DocumentFeatureMatrix, /, *, direction: tuple[str, str] | None) -> WordfishModel:
    """Return the positions, as `Wordfish.fit` does."""
    return Wordfish(direction).fit(dfm)


@dataclass(frozen=True, slots=True)
class _Estimates:
    """The parameters of the model."""

    alpha: FloatArray
    psi: FloatArray
    beta: FloatArray
    theta: FloatArray

    def logs(self) -> FloatArray:
        """Return the logarithms of the expected counts."""
        return self.alpha[:, np.newaxis] + self.psi + np.outer(self.theta, self.beta)


def _estimated(counts: FloatArray, /) -> tuple[_Estimates, int]:
    """Return the estimates, and after how many sweeps they rose no more."""
    found = _first(counts)
    before, now = -np.inf, _objective(counts, found)
    sweeps = 0
    while now - before > _RISE and sweeps < _SWEEPS:
        sweeps += 1
        careful = 0.5 if sweeps == 1 else 1.0  # the first step of all, from far away
        psi, beta = _newton(
            (counts.T, found.alpha, found.theta), (found.psi, found.beta), _PRIOR_BETA, careful
        )
        alpha, theta = _newton(
            (counts, psi, beta), (found.alpha, found.theta), _PRIOR_THETA, careful
        )
        found = _Estimates(alpha - alpha.mean(), psi, beta, _standardised(theta))
        before, now = now, _objective(counts, found)
    if not np.isfinite(now):
        msg = "the documents cannot be placed: their words do not differ, or are too few."
        raise DiscourseError(msg)
    return found, sweeps


def _standardised(theta: FloatArray, /) -> FloatArray:
    """Return the positions with mean 0 and standard deviation 1."""
    return np.asarray((theta - theta.mean()) / theta.std(ddof=1), np.float64)


def _first(counts: FloatArray, /) -> _Estimates:
    """Return where to start: the first dimension of a correspondence analysis."""
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    expected = np.outer(rows, columns) / counts.sum()
    left, *_ = np.linalg.svd((counts - expected) / np.sqrt(expected), full_matrices=False)
    return _Estimates(
        np.log(rows / rows.mean()),
        np.log(columns / len(counts)),
        np.full_like(columns, -0.5),
        _standardised(left[:, 0] / np.sqrt(rows)),
    )


def _newton(
    given: tuple[FloatArray, FloatArray, FloatArray],
    start: tuple[FloatArray, FloatArray],
    precision: float,
    factor: float,
    /,
) -> tuple[FloatArray, FloatArray]:
    """Return level and slope of each row, whose means are ``exp(level + offset + slope * along)``.

    Parameters
    ----------
    given : (ndarray of shape (n, m), ndarray of shape (m,), ndarray of shape (m,))
        Counts, offsets, and what the slopes are multiplied by.
    start : (ndarray of shape (n,), ndarray of shape (n,))
        Level and slope.
    precision : float
        Of the prior of the slopes.
    factor : float
        By which the first step is shortened.
    """
    counts, offset, along = given
    level, slope = start
    for _ in range(_STEPS):
        logs = level[:, np.newaxis] + offset + np.outer(slope, along)
        means = np.exp(np.minimum(logs, _LARGEST))
        rest = counts - means
        up, across = rest.sum(axis=1), rest @ along - precision * slope
        a, b, c = means.sum(axis=1), means @ along, means @ along**2 + precision
        scale = factor / (a * c - b * b)
        steps = np.stack([c * up - b * across, a * across - b * up]) * scale
        level, slope = level + steps[0], slope + steps[1]
        factor = 1.0
        if np.abs(steps).max() < _SHORT:
            break
    return level, slope


def _objective(counts: FloatArray, found: _Estimates, /) -> float:
    """Return the log-likelihood plus the logarithms of the priors, but for constants."""
    logs = found.logs()
    likelihood = (counts * logs - np.exp(logs)).sum()
    priors = _PRIOR_THETA * found.theta @ found.theta + _PRIOR_BETA * found.beta @ found.beta
    return float(likelihood - 0.5 * priors)


def _errors(found: _Estimates, /) -> FloatArray:
    """Return the standard errors of the positions, the words being given."""
    means = np.exp(found.logs())
    a, b = means.sum(axis=1), means @ found.beta
    c = means @ found.beta**2 + _PRIOR_THETA
    return np.asarray(np.sqrt(a / (a * c - b * b)), np.float64)
