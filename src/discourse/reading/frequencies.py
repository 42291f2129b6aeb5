"""From files of counts to a document-feature matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import OptionError
from discourse.reading.archives import is_archive
from discourse.reading.countfiles import read_count_file
from discourse.reading.countlists import read_count_list
from discourse.reading.encodings import chosen
from discourse.reading.files import File, check_delimiter, check_encoding, raise_it
from discourse.reading.matrixmarket import read_matrix, read_names
from discourse.reading.opening import COMPRESSED, plain_path
from discourse.reading.sources import find_files
from discourse.reading.tallies import Tally
from discourse.record import ReadOnly, Record

_LISTS = (".csv", ".tsv")
ENDINGS = (*_LISTS, ".json", ".mtx")


def read_counts(
    path: str | Path,
    /,
    *,
    docs: str | Path | None = None,
    features: str | Path | None = None,
    encoding: str = "utf-8",
    delimiter: str | None = None,
) -> DocumentFeatureMatrix:
    r"""Return the document-feature matrix of a file of counts, so that no text is needed.

    Parameters
    ----------
    path : str or path
        A file, which may be compressed (.gz, .bz2, .xz) or the only one of counts in a .zip:

        - a table (.csv, .tsv) with the columns ``word`` (or ``feature``, ``term``) and ``count``
          (or ``frequency``, ``n``), which is one document named by the file; or of several
          documents, with a column ``doc`` (or ``doc_id``, ``document``) too;
        - a matrix (.mtx, Matrix Market's form) whose rows are documents, with names of documents
          and features beside it, one a line: ``name.docs.txt`` and ``name.features.txt`` for
          ``name.mtx``;
        - a count file (.json), an object with ``"format": "discourse-counts"``, ``"version": 1``
          and ``"documents"``, a list of objects with an ``"id"``, ``"docvars"`` (an object; may be
          absent) and ``"counts"`` (of features).
    docs, features : str or path, optional
        The files of names if they are not beside the matrix.
    encoding : str
        Of all these files.
    delimiter : str, optional
        What ends the cells of a table; by default a tab in .tsv, a comma in .csv.

    Returns
    -------
    DocumentFeatureMatrix
        Features as they stand in the file: nothing is folded.

    Raises
    ------
    ReadError
        If the file is not of these forms, a count is negative or not an integer, a document, key
        or count is repeated, or the counts add up to more than 2**53.
    OptionError
        If an option has a value that is not allowed.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import discourse as ds
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "speeches.csv")
    ...     _ = file.write_text("doc,word,count\na,peace,3\na,war,1\nb,peace,2\n")
    ...     dfm = ds.read_counts(file)
    >>> dfm.docs, dfm.features, dfm.counts.toarray().tolist()
    (('a', 'b'), ('peace', 'war'), [[3, 1], [2, 0]])
    """
    for option, value in (("path", path), ("docs", docs), ("features", features)):
        if not isinstance(value, (str, Path)) and (value is not None or option == "path"):
            msg = f"{option} must be a str or a path; got {type(value).__name__}."
            raise OptionError(option, msg)
    check_encoding(encoding)
    check_delimiter(delimiter)
    tally = _tally(
        Path(path).expanduser(), {"docs": docs, "features": features}, encoding, delimiter
    )
    recompute = partial(
        read_counts, docs=docs, features=features, encoding=encoding, delimiter=delimiter
    )
    parameters = {"file": Path(path).name}
    return tally.matrix(Record("read_counts", ReadOnly(parameters), recompute=recompute))


def _tally(
    path: Path, names: Mapping[str, str | Path | None], encoding: str, delimiter: str | None, /
) -> Tally:
    """Return the counts of a file by the form its ending stands for."""
    file, others = _find(path)
    if file.suffix == ".mtx":
        parts = [_names(file, kind, given, others, encoding) for kind, given in names.items()]
        return read_matrix(file, chosen(file, encoding), *parts)
    for option, given in names.items():
        if given is not None:
            msg = f"{option}= is for .mtx files, which hold no names; not for {path.name!r:.100}."
            raise OptionError(option, msg)
    if file.suffix in _LISTS:
        return read_count_list(file, chosen(file, encoding), delimiter)
    return read_count_file(file, chosen(file, encoding))


def _find(path: Path, /) -> tuple[File, list[File]]:
    """Return the file of counts that a path means, and the other files of an archive."""
    file = File(path, plain_path(path).stem)
    if not is_archive(path.name):
        if file.suffix not in ENDINGS:
            known = f"{', '.join(ENDINGS[:-1])} and {ENDINGS[-1]}"
            reason = f"counts are read from {known} files; this one ends in {file.suffix!r}."
            raise file.error(reason)
        return file, []
    files = find_files(path, (*ENDINGS, ".txt"), raise_it)
    found = [one for one in files if one.suffix in ENDINGS]
    if len(found) != 1:
        reason = f"must hold one file of counts ({', '.join(ENDINGS)}); it holds {len(found)}."
        raise file.error(reason)
    return found[0], [one for one in files if one is not found[0]]


def _names(
    file: File, kind: str, given: str | Path | None, others: Sequence[File], encoding: str, /
) -> list[str]:
    """Return the names of the rows or columns of a matrix."""
    if given is not None:
        source = File(Path(given).expanduser(), kind)
    else:
        name = f"{file.plain.stem}.{kind}.txt"
        if not file.member:
            paths = (file.path.with_name(name + ending) for ending in ("", *COMPRESSED))
            others = [File(path, kind) for path in paths if path.is_file()]
        beside = [one for one in others if one.plain == file.plain.with_name(name)]
        if not beside:
            reason = f"its {kind} have no names: there is no {name!r} beside it. Pass {kind}=..."
            raise file.error(reason)
        source = beside[0]
    return read_names(source, chosen(source, encoding))
