"""How far labels agree beyond chance: Krippendorff's alpha."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from discourse.errors import DiscourseError


def krippendorff_alpha(units: Iterable[Sequence[Hashable]], /) -> float:
    """Return Krippendorff's alpha of nominal labels, at most 1; 0 is what chance gives.

    With n labels of units that have at least two, n_c of them c, and D the number of ordered
    pairs of unlike labels within a unit, each over the unit's labels less one, alpha is
    ``1 - (n - 1) * D / (n**2 - sum(n_c**2))``.

    Parameters
    ----------
    units : iterable of sequence
        The labels that each unit got, from any number of coders; units with fewer than two say
        nothing about agreement.

    Raises
    ------
    DiscourseError
        If all labels are the same, or there are none: then nothing can disagree.

    References
    ----------
    .. [1] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of
       Pennsylvania, Annenberg School for Communication.

    Examples
    --------
    >>> round(krippendorff_alpha([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]), 3)
    0.533
    """
    totals: Counter[Hashable] = Counter()
    disagreement = 0.0
    for labels in units:
        if len(labels) > 1:
            own = Counter(labels)
            unlike = len(labels) ** 2 - sum(n * n for n in own.values())
            disagreement += unlike / (len(labels) - 1)
            totals += own
    n = totals.total()
    expected = n * n - sum(size * size for size in totals.values())
    if not expected:
        msg = "alpha is undefined: no two labels differ, so that nothing can disagree."
        raise DiscourseError(msg)
    return 1 - (n - 1) * disagreement / expected
