"""stance(): a corpus in, vectors of stances with their mentions out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args

from discourse.corpus import as_corpus
from discourse.errors import check_jobs, check_option
from discourse.lexicon import Entry, Lexicon, as_lexicon
from discourse.record import ReadOnly, Record
from discourse.stances.collecting import collect_mentions
from discourse.stances.counting import Holders
from discourse.stances.cues import Cues, as_cues
from discourse.stances.vectors import StanceVectors, from_mentions


def stance(
    corpus: Any,
    /,
    *,
    targets: Lexicon | Mapping[str, Sequence[Entry]] | str | Path = "foreign-policy",
    holders: Holders = "self",
    cues: Cues | None = None,
    n_jobs: int = 1,
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
    n_jobs : int
        Processes, -1 for as many as there are processors. The result does not depend on it; short
        corpora are read faster by one.

    Returns
    -------
    StanceVectors

    Raises
    ------
    OptionError
        If the target set is unknown, `holders` misspelt, a block of cues malformed, or `n_jobs`
        neither positive nor -1.
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
    own = None if cues is None else known
    found = collect_mentions(corpus, lexicon, own, n_jobs=check_jobs(n_jobs))
    record = Record(
        "stance",
        ReadOnly({"targets": lexicon.name, "holders": holders}),
        ReadOnly({"corpus": corpus.digest, "targets": lexicon.digest, "cues": known.digest}),
        recompute=partial(stance, targets=lexicon, holders=holders, cues=own, n_jobs=n_jobs),
    )
    return from_mentions(
        found,
        tuple((name,) for name in corpus.ids),
        tuple(lexicon.categories),
        docs=corpus.ids,
        docvars=corpus.docvars,
        target_set=lexicon.name,
        holders=holders,
        record=record,
    )
