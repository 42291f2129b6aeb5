"""The exceptions of the library and the checks of options that raise them."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from importlib import import_module
from numbers import Real
from types import ModuleType


class DiscourseError(ValueError):
    """Base of every error that the library raises on purpose.

    Examples
    --------
    >>> import discourse as ds
    >>> try:
    ...     ds.Corpus.from_texts(["Peace.", "War."], ids=["a", "a"])
    ... except ds.DiscourseError as error:
    ...     print(error)
    document ids must be unique; repeated: 'a'. Give ids=, or rename one of the documents.
    """


class OptionError(DiscourseError):
    """An argument has a value that is not allowed.

    Attributes
    ----------
    name : str
        The argument.

    Examples
    --------
    >>> import discourse as ds
    >>> try:
    ...     ds.count(["peace"], within="sentense")
    ... except ds.OptionError as error:
    ...     print(error.name, "-", error)
    within - within must be one of 'document', 'sentence'; got 'sentense'. Did you mean 'sentence'?
    """

    def __init__(self, name: str, message: str, /) -> None:
        self.name = name
        super().__init__(message)


class EmptyDocumentError(DiscourseError):
    """Some documents have no features, so the quantity is undefined.

    Attributes
    ----------
    docs : tuple of str
        Identifiers of the documents.

    Examples
    --------
    >>> import discourse as ds
    >>> ds.EmptyDocumentError(["a", "b"]).docs
    ('a', 'b')
    """

    def __init__(self, docs: Sequence[str], /) -> None:
        self.docs = tuple(docs)
        super().__init__(
            f"{len(self.docs)} document(s) have no words: {shorten(self.docs)}. "
            "Leave them out (corpus.subset, dfm.drop_empty)."
        )


class UndefinedError(DiscourseError):
    """A number does not exist for these documents.

    Attributes
    ----------
    docs : tuple of str
        Identifiers of the documents.
    reason : str
        Why.

    Examples
    --------
    >>> import discourse as ds
    >>> print(ds.UndefinedError(["a", "b"], "they share no target."))
    undefined for 'a', 'b': they share no target.
    """

    def __init__(self, docs: Sequence[str], reason: str, /) -> None:
        self.docs = tuple(docs)
        self.reason = reason
        super().__init__(f"undefined for {shorten(self.docs)}: {reason}")


_LONGEST = 300  # characters of a path in a message; a text that was taken for one is longer


class ReadError(DiscourseError):
    """A file could not be read.

    Attributes
    ----------
    source : str
        The file, as it was named.

    Examples
    --------
    >>> import discourse as ds
    >>> print(ds.ReadError("speech.txt", "byte 17 is not UTF-8."))
    speech.txt: byte 17 is not UTF-8.
    """

    def __init__(self, source: str, reason: str, /) -> None:
        self.source = source
        shown = source if len(source) <= _LONGEST else f"{source[:60]}...{source[-60:]}"
        super().__init__(f"{shown}: {reason}")


def shorten(names: Sequence[str], /, most: int = 3) -> str:
    """Return the first names, comma-separated, with an ellipsis if there are more.

    Examples
    --------
    >>> shorten(["a", "b", "c", "d"])
    "'a', 'b', 'c', ..."
    """
    return ", ".join(map(repr, names[:most])) + (", ..." if len(names) > most else "")


def repetition(kind: str, names: Iterable[str], /) -> str:
    """Return the message that names must be unique, or an empty string if they are.

    Examples
    --------
    >>> repetition("columns", ["id", "text", "id"])
    "columns must be unique; repeated: 'id'."
    >>> repetition("columns", ["id", "text"])
    ''
    """
    repeated = [name for name, n in Counter(names).items() if n > 1]
    return f"{kind} must be unique; repeated: {shorten(repeated)}." if repeated else ""


def did_you_mean(got: object, allowed: Iterable[str], /) -> str:
    """Return a hint with the closest allowed name, or an empty string if there is none.

    Examples
    --------
    >>> did_you_mean("jacard", ["cosine", "jaccard"])
    " Did you mean 'jaccard'?"
    """
    close = difflib.get_close_matches(got, list(allowed), n=1) if isinstance(got, str) else []
    return f" Did you mean {close[0]!r}?" if close else ""


def check_option(name: str, got: object, allowed: Sequence[str], /) -> None:
    """Raise `OptionError` unless `got` is one of the allowed strings.

    Examples
    --------
    >>> check_option("metric", "jacard", ["cosine", "jaccard"])
    Traceback (most recent call last):
    ...
    discourse.errors.OptionError: metric must be one of 'cosine', 'jaccard'; got 'jacard'. Did you \
mean 'jaccard'?
    """
    if not isinstance(got, str) or got not in allowed:
        listed = ", ".join(map(repr, allowed))
        hint = did_you_mean(got, allowed)
        raise OptionError(name, f"{name} must be one of {listed}; got {got!r}.{hint}")


def check_known(kind: str, got: object, known: Collection[str], /) -> None:
    """Raise `OptionError` unless `got` is among the known names (of documents, columns, ...).

    Examples
    --------
    >>> check_known("document", 0, ["a", "b"])
    Traceback (most recent call last):
    ...
    discourse.errors.OptionError: unknown document 0: it is named by a str. There are: 'a', 'b'.
    """
    if not isinstance(got, str) or got not in known:
        rule = "" if isinstance(got, str) else ": it is named by a str"
        hint = did_you_mean(got, known) or f" There are: {shorten(list(known), 8)}."
        raise OptionError(kind, f"unknown {kind} {got!r}{rule}.{hint}")


def check_level(level: float, /) -> None:
    """Raise `OptionError` unless the nominal coverage of an interval lies between 0 and 1."""
    if not isinstance(level, Real) or not 0 < level < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"level must lie between 0 and 1, for instance 0.95; got {level!r}."
        raise OptionError("level", msg)


def check_jobs(n_jobs: int, /) -> int:
    """Return the number of threads or processes: all processors for -1.

    Raises
    ------
    OptionError
        If it is neither positive nor -1.
    """
    if not isinstance(n_jobs, int) or (n_jobs < 1 and n_jobs != -1):  # pyright: ignore[reportUnnecessaryIsInstance]
        msg = f"n_jobs must be a positive int, or -1 for all processors; got {n_jobs!r}."
        raise OptionError("n_jobs", msg)
    return (os.cpu_count() or 1) if n_jobs == -1 else n_jobs


def need(module: str, /, *, extra: str) -> ModuleType:
    """Return a module that comes with one of the extras of this distribution.

    Raises
    ------
    DiscourseError
        If it is not installed.

    Examples
    --------
    >>> try:
    ...     need("a_library_that_is_not_there", extra="formats")
    ... except DiscourseError as error:
    ...     print(error)
    this needs a_library_that_is_not_there: pip install "discourse-comparison[formats]".
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise
        msg = f'this needs {error.name}: pip install "discourse-comparison[{extra}]".'
        raise DiscourseError(msg) from error
