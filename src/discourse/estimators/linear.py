"""One logistic regression for each stance, balanced within targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from discourse.errors import OptionError
from discourse.estimators.grams import Matrix
from discourse.labelled import FloatArray

Labels: TypeAlias = npt.NDArray[np.str_]
Fold: TypeAlias = npt.NDArray[np.intp]
Balance: TypeAlias = Literal["balanced"] | None
PRIOR_ROWS = 20


class Linear(NamedTuple):
    """Coefficients, shape (n_columns, n_stances), and intercepts of the decision values."""

    coefficients: FloatArray
    intercepts: FloatArray

    def decide(self, features: Matrix, /) -> FloatArray:
        """Return the decision value of each row for each stance; of two stances -d and d."""
        return features @ self.coefficients + self.intercepts


def fit_linear(
    features: Matrix, stances: Labels, targets: Sequence[str], /, *, c: float, balance: Balance
) -> Linear:
    """Return the regressions of each stance against the others, in sorted order of stances."""
    classes = np.unique(stances)
    parts: list[tuple[FloatArray, float]] = []
    for stance in classes[1:] if len(classes) == 2 else classes:
        is_it = stances == stance
        weights = _weights(is_it, targets) if balance else None
        # The dual is solved in a hundredth of the time where there are more columns than rows.
        model = LogisticRegression(
            C=c, solver="liblinear", dual=True, max_iter=1000, random_state=0
        )
        model.fit(features, is_it, sample_weight=weights)
        parts.append((model.coef_[0], float(model.intercept_[0])))
    if len(classes) == 2:
        parts.insert(0, (-parts[0][0], -parts[0][1]))
    return Linear(np.stack([w for w, _ in parts], axis=1), np.array([b for _, b in parts]))


def _weights(is_it: npt.NDArray[np.bool_], targets: Sequence[str], /) -> FloatArray:
    """Return weights with which half of the rows of each target are of the stance.

    The frequency of the stance within a target is estimated as if 20 rows more had that of all.
    """
    _, group = np.unique(np.array(targets), return_inverse=True)
    n, own = np.bincount(group), np.bincount(group, weights=is_it)
    frequency = (own + PRIOR_ROWS * is_it.mean()) / (n + PRIOR_ROWS)
    of_row: FloatArray = frequency[group]
    return 0.5 / np.where(is_it, of_row, 1 - of_row)


def out_of_fold(
    learn: Callable[[Matrix, Labels, Sequence[str]], Linear],
    features: Matrix,
    stances: Labels,
    targets: Sequence[str],
    folds: Iterable[tuple[Fold, Fold]],
    /,
) -> tuple[FloatArray, Labels]:
    """Return decision values by regressions that have not seen the row, and the rows' stances.

    Raises
    ------
    OptionError
        If no fold can be learned without all rows of some stance.
    """
    n_classes = len(np.unique(stances))
    values: list[FloatArray] = []
    labels: list[Labels] = []
    for train, test in folds:
        if len(np.unique(stances[train])) == n_classes:
            model = learn(features[train], stances[train], [targets[int(i)] for i in train])
            values.append(model.decide(features[test]))
            labels.append(stances[test])
    if not labels or len(np.unique(np.concatenate(labels))) < n_classes:
        msg = "some stance stands in too few groups to calibrate: join groups, or leave it out."
        raise OptionError("groups", msg)
    return np.concatenate(values), np.concatenate(labels)
