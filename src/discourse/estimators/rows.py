"""What estimators are given: rows of a text and a target, and their labels."""

# ruff: noqa: N803 - scikit-learn calls what is learned from X, and the penalty C

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from discourse.corpus import Corpus
from discourse.errors import OptionError

ADVICE = "pass targets=, one for each text, or give X as rows of (text, target)"


class Rows(NamedTuple):
    """Texts and the target of each."""

    texts: Sequence[str]
    targets: Sequence[str]


def read_rows(X: Any, targets: Any = None, /) -> Rows:
    """Return texts and targets from a column of each, or from rows of both.

    Parameters
    ----------
    X : list of str or Corpus with `targets`; else list of (text, target), array or data frame
        A data frame or array has two columns, the texts first.
    targets : str or list of str, optional
        One for each text, or one for all.

    Raises
    ------
    OptionError
        If it is neither, if lengths differ or if a text or target is no str.
    """
    items = _items("X", X.texts if isinstance(X, Corpus) else X)
    if targets is None:
        pairs = [_pair(i, item) for i, item in enumerate(items)]
        texts, of = [text for text, _ in pairs], [target for _, target in pairs]
    else:
        texts = items
        of = [targets] * len(items) if isinstance(targets, str) else _items("targets", targets)
    _check_length("targets", of, len(texts))
    return Rows(_strings("text", texts), _strings("target", of))


def read_labels(y: Any, n: int, /) -> npt.NDArray[np.str_]:
    """Return the labels of n texts, of two classes at least.

    Raises
    ------
    OptionError
        If their number differs, one is no str or all are the same.
    """
    labels = _items("y", y)
    _check_length("y", labels, n)
    array = np.array(_strings("stance", labels), np.str_)
    if len(found := np.unique(array)) < 2:
        msg = f"y must have at least two stances to tell apart; got only {str(found[0])!r}."
        raise OptionError("y", msg)
    return array


def read_groups(groups: Any, n: int, /) -> npt.NDArray[np.str_] | None:
    """Return the name of the group of each of n texts, None if there are none."""
    if groups is None:
        return None
    items = _items("groups", groups)
    _check_length("groups", items, n)
    return np.array([str(item) for item in items], np.str_)


def _items(name: str, value: Any, /) -> list[Any]:
    """Return the items of a list, a column or the rows of a table; there must be some."""
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        msg = f"{name} must be a list; got {value!r:.60}."
        raise OptionError(name, msg)
    # A data frame would yield its columns.
    array: Any = getattr(value, "to_numpy", None)  # pyright: ignore[reportUnknownArgumentType]
    items: list[Any] = list(value if array is None else array())  # pyright: ignore[reportUnknownArgumentType]
    if not items:
        msg = f"{name} is empty: there is no text to work on."
        raise OptionError(name, msg)
    return items


def _pair(i: int, item: Any, /) -> tuple[Any, Any]:
    """Return the text and the target of a row."""
    if isinstance(item, (str, bytes)) or not isinstance(item, Iterable):
        msg = f"row {i} of X is {item!r:.60}, without a target: {ADVICE}."
        raise OptionError("targets", msg)
    cells: list[Any] = list(item)  # pyright: ignore[reportUnknownArgumentType]
    if len(cells) != 2:
        msg = f"row {i} of X has {len(cells)} cells, not a text and a target: {ADVICE}."
        raise OptionError("X", msg)
    return cells[0], cells[1]


def _check_length(name: str, values: Sequence[object], n: int, /) -> None:
    """Raise unless there is one value for each text."""
    if len(values) != n:
        msg = f"{name} has {len(values)} values for {n} texts."
        raise OptionError(name, msg)


def _strings(kind: str, values: Sequence[object], /) -> list[str]:
    """Return the values, which must be str."""
    for i, value in enumerate(values):
        if not isinstance(value, str):
            msg = f"every {kind} must be a str; that of row {i} is {value!r:.60}."
            raise OptionError(kind, msg)
    return [str(value) for value in values]
