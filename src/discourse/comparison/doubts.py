"""Which documents of a comparison were not understood, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from discourse import _text, seeds_
from discourse.dfm import DocumentFeatureMatrix
from discourse.errors import shorten

Flags: TypeAlias = npt.NDArray[np.bool_]

_UNSPLIT = 0.2  # of the words: from here on a text is not only quoting
# Half of the words of English are function words; of 600 speeches none had under a third. Words of
# that spelling are an eighth of Dutch or Italian. The less than a fifth, the shorter the text.
_FUNCTION_WORDS = 0.2
_SLACK = 3

SCRIPT = "is in a script without spaces, whose words are counted as pairs of characters"
LANGUAGE = "has hardly any function words of English, the one language that stances are found in"


def doubts(dfm: DocumentFeatureMatrix, /) -> Mapping[str, str]:
    """Return the reasons to doubt a comparison, and for each the documents that give it, in words.

    Parameters
    ----------
    dfm : DocumentFeatureMatrix
        All words of every document.

    Examples
    --------
    >>> import discourse as ds
    >>> doubts(ds.count(["We seek peace.", "我们要和平，不要战争。"]))[SCRIPT]
    "'text2' is in a script without spaces, whose words are counted as pairs of characters"
    """
    common = seeds_.stopwords("english")
    total = dfm.totals
    unsplit = _occurrences(dfm, [_text.has_unspaced(word) for word in dfm.features])
    function = _occurrences(dfm, [word in common for word in dfm.features])
    found: dict[str, Flags] = {
        SCRIPT: (unsplit > _UNSPLIT * total),
        LANGUAGE: (function < _FUNCTION_WORDS * total - _SLACK),
    }
    return {
        reason: f"{shorten([dfm.docs[i] for i in np.flatnonzero(flags)])} {reason}"
        for reason, flags in found.items()
        if flags.any()
    }


def _occurrences(dfm: DocumentFeatureMatrix, chosen: list[bool], /) -> npt.NDArray[np.int64]:
    """Return how many words of each document are among the chosen features."""
    return np.asarray(dfm.counts @ np.array(chosen, np.int64))
