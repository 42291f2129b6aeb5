"""A classifier that learns the stance of texts toward targets from labelled examples."""

# ruff: noqa: N803 - scikit-learn calls what is learned from X, and the penalty C

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from numbers import Integral, Real
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold
from sklearn.utils.validation import check_is_fitted

from discourse.errors import OptionError, check_known, check_option
from discourse.estimators.features import PairFeatures
from discourse.estimators.linear import Balance, Fold, Labels, fit_linear, out_of_fold
from discourse.estimators.rows import read_groups, read_labels, read_rows
from discourse.labelled import Contributions, FloatArray
from discourse.record import ReadOnly, Record


class StanceClassifier(ClassifierMixin, BaseEstimator):
    """Classifier of (text, target) rows by their stance, learned from labelled rows.

    A linear model of n-grams of words and characters, of words near the target, and of what the
    stance rules and cues find. Everything observed has one weight that all targets share and one
    for each target [1]_; so it serves few targets with many rows each, and targets never seen.

    Parameters
    ----------
    C : float
        Inverse strength of the penalty on squared coefficients, above 0.
    class_weight : {"balanced"} or None
        Whether each stance weighs as much as the others within each target, which favours recall
        of rare stances, or each row as much as any other.
    cv : int
        Folds of the inner cross-validation that calibrates the probabilities, 2 or more.

    Attributes
    ----------
    classes_ : ndarray of shape (n_stances,)
        The stances, sorted.

    Notes
    -----
    Targets are given as ``targets=``, or with the texts as rows of (text, target), which is the
    form for `cross_validate` and `GridSearchCV`. With metadata routing on,
    ``set_fit_request(targets=True)`` and its like route the first form as well. To cross-validate
    by group, give ``cv=GroupKFold()`` and ``groups=`` to `cross_validate`.

    `predict` takes the largest decision value. Probabilities follow the frequencies of stances in
    the rows learned from, so that with balanced weights a rare stance may be predicted although
    another one is more probable.

    References
    ----------
    .. [1] Daume III, H. (2007). Frustratingly easy domain adaptation. *Proceedings of the 45th
       Annual Meeting of the ACL*, 256-263.

    Examples
    --------
    >>> import discourse as ds
    >>> from discourse.estimators import StanceClassifier
    >>> texts = ["Tariffs help us.", "Tariffs hurt us.", "Tariffs helped.", "Tariffs do hurt."]
    >>> stances = ["support", "oppose", "support", "oppose"]
    >>> model = StanceClassifier(cv=2).fit(texts, stances, targets="tariffs")
    >>> model.predict(["They hurt."], targets=["tariffs"]).tolist()
    ['oppose']
    """

    def __init__(
        self,
        *,
        C: float = 10.0,
        class_weight: Balance = "balanced",
        cv: int = 5,
    ) -> None:
        self.C = C
        self.class_weight: Balance = class_weight
        self.cv = cv

    def fit(self, X: Any, y: Any, *, targets: Any = None, groups: Any = None) -> StanceClassifier:
        """Return the classifier, fitted.

        Parameters
        ----------
        X : list of str, or rows of (text, target)
            An array or data frame of rows has two columns, texts first.
        y : list of str
            The stance of each row.
        targets : str or list of str, optional
            What each text is about, if `X` holds texts alone.
        groups : list, optional
            Rows of one group stay together in the inner cross-validation. Probabilities for
            targets never seen are calibrated with the targets as groups.

        Raises
        ------
        OptionError
            If lengths differ, something is no str or missing, there is but one stance, or one
            stands in too few rows to calibrate.
        """
        self._check_options()
        rows = read_rows(X, targets)
        stances = read_labels(y, len(rows.texts))
        folds = self._folds(stances, read_groups(groups, len(stances)))
        learn = partial(fit_linear, c=self.C, balance=self.class_weight)
        self.classes_: Labels = np.unique(stances)
        self._features = PairFeatures()
        features = self._features.fit_transform(rows)
        self._linear = learn(features, stances, rows.targets)
        unseen = out_of_fold(learn, features, stances, rows.targets, folds)
        self._calibration = LogisticRegression(max_iter=1000).fit(*unseen)
        return self

    def _check_options(self) -> None:
        """Raise unless the parameters are allowed."""
        if not isinstance(self.C, Real) or not 0 < self.C < np.inf:  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"C must be a number above 0; got {self.C!r}."
            raise OptionError("C", msg)
        if self.class_weight is not None:
            check_option("class_weight", self.class_weight, ["balanced"])
        if not isinstance(self.cv, Integral) or self.cv < 2:  # pyright: ignore[reportUnnecessaryIsInstance]
            msg = f"cv must be an int, 2 or more; got {self.cv!r}."
            raise OptionError("cv", msg)

    def _folds(self, stances: Labels, groups: Labels | None, /) -> Iterator[tuple[Fold, Fold]]:
        """Return the rows to learn from and to predict, as many times as there are folds."""
        found, counts = np.unique(stances, return_counts=True)
        if counts.min() < 2:
            msg = f"every stance needs two rows at least; {str(found[counts.argmin()])!r} has one."
            raise OptionError("y", msg)
        n = min(self.cv, int(counts.min()), len(stances if groups is None else np.unique(groups)))
        if n < 2:
            msg = "groups must be two at least; all rows are of one."
            raise OptionError("groups", msg)
        kind = StratifiedKFold if groups is None else StratifiedGroupKFold
        return kind(n, shuffle=True, random_state=0).split(stances, stances, groups)

    def _decide(self, X: Any, targets: Any, /) -> FloatArray:
        """Return the decision value of each row for each stance, shape (n, n_stances)."""
        return self._linear.decide(self._features.transform(read_rows(X, targets)))

    def decision_function(self, X: Any, *, targets: Any = None) -> FloatArray:
        """Return the log odds of each stance against the others, of two that of the second.

        Returns
        -------
        ndarray of shape (n, n_stances), or (n,) where there are two stances
        """
        check_is_fitted(self)
        values = self._decide(X, targets)
        return values[:, 1] if len(self.classes_) == 2 else values

    def predict(self, X: Any, *, targets: Any = None) -> Labels:
        """Return the stance of each row, ndarray of str.

        Parameters
        ----------
        X : list of str, or rows of (text, target)
        targets : str or list of str, optional
            They need not be among those learned from.
        """
        check_is_fitted(self)
        predicted: Labels = self.classes_[self._decide(X, targets).argmax(axis=1)]
        return predicted

    def predict_proba(self, X: Any, *, targets: Any = None) -> FloatArray:
        """Return the probability of each stance, in the order of ``classes_``.

        They come from a logistic regression of the stances on decision values of models that had
        not seen the row [1]_.

        Returns
        -------
        ndarray of shape (n, n_stances)
            In [0, 1]; rows sum to 1.

        References
        ----------
        .. [1] Platt, J. (1999). Probabilistic outputs for support vector machines and comparisons
           to regularized likelihood methods. *Advances in Large Margin Classifiers*, 61-74.
        """
        check_is_fitted(self)
        values = self._decide(X, targets)
        return np.asarray(self._calibration.predict_proba(values), np.float64)

    def score(
        self,
        X: Any,
        y: Any,
        sample_weight: Any = None,
        *,
        targets: Any = None,
    ) -> float:
        """Return the share of rows whose stance is predicted as given, in [0, 1]."""
        return float(
            accuracy_score(y, self.predict(X, targets=targets), sample_weight=sample_weight)
        )

    def explain(self, text: str, target: str, *, stance: str | None = None) -> Contributions:
        """Return what each feature adds to the decision value of a stance.

        Parameters
        ----------
        text, target : str
        stance : str, optional
            By default the one that is predicted.

        Returns
        -------
        Contributions
            In log odds, largest magnitude first; they sum to the decision value. The copies of a
            feature that all targets share and that one has alone are added up.

        Examples
        --------
        >>> from discourse.estimators import StanceClassifier
        >>> rows = [("Yes!", "x"), ("No!", "x"), ("Oh yes", "x"), ("Oh no", "x")]
        >>> model = StanceClassifier(cv=2).fit(rows, ["for", "against", "for", "against"])
        >>> model.explain("yes", "x").features[0]
        'word: yes'
        """
        check_is_fitted(self)
        features = self._features.transform(read_rows([(text, target)]))
        values = self._linear.decide(features)[0]
        chosen = str(self.classes_[values.argmax()]) if stance is None else stance
        check_known("stance", chosen, self.classes_.tolist())
        k = self.classes_.tolist().index(chosen)
        names = (*self._features.features, "intercept")
        parts = np.zeros(len(names))
        added = features.data * self._linear.coefficients[features.indices, k]
        np.add.at(parts, self._features.origin[features.indices], added)
        parts[-1] = self._linear.intercepts[k]
        order = sorted(np.flatnonzero(parts).tolist(), key=lambda i: (-abs(parts[i]), names[i]))
        return Contributions(
            tuple(names[i] for i in order),
            parts[order],
            float(values[k]),
            f"log odds of {chosen!r}",
            text,
            target,
            Record(
                "explain",
                ReadOnly({"stance": chosen}),
                recompute=partial(self.explain, stance=chosen),
            ),
        )
