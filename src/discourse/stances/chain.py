"""The chain of cues above a target, and the stance that it amounts to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from discourse.stances.cues import Cue
from discourse.stances.grammar import grammar
from discourse.stances.phrases import Found, Phrase

Step: TypeAlias = Literal["cue", "operator", "not"]


@dataclass(frozen=True, slots=True)
class Link:
    """One element of a chain, from the target outward; a negation has no cue."""

    step: Step
    start: int
    end: int
    cue: Cue | None = None
    missed: bool = False  # a negation of what should have been done, or could not be

    @property
    def effect(self) -> int:
        """+1 if it makes more of what it governs, -1 if less."""
        return self.cue.effect if self.cue else -1

    @property
    def default(self) -> int:
        """Its stance toward what it governs."""
        return self.cue.default if self.cue else 0

    @property
    def is_noun(self) -> bool:
        """Whether its cue is a noun."""
        return self.cue is not None and self.cue.form == "noun"

    @property
    def is_deed(self) -> bool:
        """Whether its cue is a verb of something done, not undergone."""
        undergone = grammar().classes["undergone"]
        return (
            self.cue is not None and self.cue.form == "verb" and self.cue.words[0] not in undergone
        )

    @property
    def is_enmity(self) -> bool:
        """Whether its cue is a noun for how somebody feels: "contempt for", "enemies of"."""
        return (
            self.is_noun
            and self.cue is not None
            and self.cue.words[0] in grammar().classes["enmities"]
        )

    def is_a(self, *classes: str) -> bool:
        """Tell whether its cue is of one of these classes."""
        return self.cue is not None and self.cue.cue_class in classes


@dataclass(slots=True)
class Chain:
    """The links from a target outward, and the clause at their end.

    `subject` is the noun phrase or pronoun whose doing it is, `supposed` says that it does so only
    in a supposition.
    """

    links: list[Link] = field(default_factory=list[Link])
    subject: Phrase | None = None
    obliged: bool = False
    intended: bool = False
    supposed: bool = False

    def add(self, found: Found, step: Step = "cue", /) -> None:
        """Append a cue that was found."""
        self.links.append(Link(step, found.start, found.end, found.cue))

    def negate(self, i: int, /, *, missed: bool = False) -> None:
        """Append a negation at word `i`."""
        self.links.append(Link("not", i, i + 1, missed=missed))

    @property
    def innermost(self) -> Link | None:
        """The cue nearest to the target."""
        return next((link for link in self.links if link.step == "cue"), None)

    @property
    def leftmost(self) -> float:
        """Where the leftmost link begins; infinite without links."""
        return min((link.start for link in self.links), default=float("inf"))

    @property
    def negations(self) -> int:
        """How many negations stand in the chain."""
        return sum(link.step == "not" for link in self.links)


def pejorative(chain: Chain, /) -> bool:
    """Tell whether the innermost cue is a noun of blame, which nothing above it turns.

    Who says "the scourge of X" rejects X, whatever is done about the scourge.
    """
    first = chain.innermost
    return first is not None and first.is_a("blame") and first.is_noun


def _sheltered(chain: Chain, /) -> bool:
    """Tell whether the innermost cue says that one is safe from a thing, which makes it an evil.

    Nobody is "immune from" a good, and that no one is immune is no praise of the thing.
    """
    first = chain.innermost
    shelters = grammar().classes["sheltering"]
    return (
        first is not None
        and first.cue is not None
        and first.cue.form == "adjective"
        and first.cue.words[0] in shelters
        and first.is_a("reduce")
    )


def _lessens_quality(chain: Chain, link: Link, /) -> bool:
    """Tell whether a cue takes away from what gives a thing its worth: "lowers the authority of".

    That is a harm to the thing, unless the holder does it or wants it done.
    """
    first = chain.innermost
    classes = grammar().classes
    return (
        first is not None
        and first.cue is not None
        and first is not link
        and first.cue.words[0] in classes["qualities"]
        and link.cue is not None
        and link.cue.words[0] in classes["lessening"]
    )


def _settles_matter(chain: Chain, link: Link, /) -> bool:
    """Tell whether a verb settles a question about a thing, and not the thing itself."""
    first, classes = chain.innermost, grammar().classes
    return (
        first is not None
        and first is not link
        and first.cue is not None
        and link.cue is not None
        and any(
            x.cue is not None
            and x.cue.form in {"noun", "operator"}
            and x.cue.words[0] in classes["matters"]
            for x in chain.links
        )
        and link.cue.words[0] in classes["remedying"]
    )


def _meets_goal(chain: Chain, link: Link, /) -> bool:
    """Tell whether a weak verb has another sense before a noun of support: "meet the goals of"."""
    first = chain.innermost
    weak = link.is_a("reduce") and link.cue is not None and link.cue.strength == 1
    weak &= not link.is_noun and link.cue is not None and not _doubts(link.cue)
    return weak and first is not None and first is not link and first.is_noun and first.default > 0


def _is_affected(chain: Chain, link: Link, /) -> bool:
    """Tell whether an adjective only tells that a quality or a feeling moves somebody.

    "We were struck by the courage of X" praises X, "sick with worry over X" fears it.
    """
    first, classes = chain.innermost, grammar().classes
    return (
        first is not None
        and first is not link
        and first.cue is not None
        and first.is_noun
        and link.cue is not None
        and link.cue.form == "adjective"
        and link.is_a("blame")
        and first.cue.words[0] in classes["moving"]
    )


def _doubts(cue: Cue, /) -> bool:
    """Tell whether a verb tells of doubt, which has no other sense."""
    return cue.words[0] in grammar().classes["doubting"]


def _leaves_undone(chain: Chain, link: Link, /, *, own: bool) -> bool:
    """Tell whether an operator tells of a failure: "fail to"; said of others, "instead of".

    Others who refuse to do what is due ("refuse to implement X") fail to do it as well.
    """
    if link.cue is None:
        return False
    if not own and link.is_a("reduce") and link.cue.words[0] in {"refuse", "refusal", "decline"}:
        due = grammar().classes["performing"]
        return any(x.cue is not None and x.cue.words[0] in due for x in chain.links)
    return link.is_a("harm") or (not own and link.cue.words[0] == "instead")


def _missed(chain: Chain, link: Link, /) -> int:
    """Return 1 if what somebody failed to do is a cue: "fail to engage in X" misses X."""
    return int(link.step == "operator" and chain.innermost is not None)


def evaluate(chain: Chain, /, *, own: bool = False) -> int:
    """Return the stance toward the target: +1, -1, or 0 if no cue decides.

    Under an outer cue the stance is the product of effects, else the default of the innermost.
    What somebody failed to do is missed: it keeps its stance, and "must not fail" keeps it too.
    Harm and blame keep their default under a bare negation: "does not threaten X" still values
    X. They lose it when the holder is the one who does it ("we undermine X") or wants it done
    ("they must foment X"); what one undergoes ("we suffer from X") is not done.

    Parameters
    ----------
    chain : Chain
    own : bool
        Whether the subject of the innermost verb is the holder.
    """
    if pejorative(chain) or _sheltered(chain):
        return -1
    stance, effect = 0, 1
    kept: Link | None = None  # the last cue, if it is of harm or blame
    failed = False
    for link in chain.links:
        passes = (_settles_matter, _meets_goal, _is_affected)
        if link.step == "cue" and any(passed(chain, link) for passed in passes):
            continue
        if link.step == "cue":
            if link.default:
                lessened = not own and not chain.obliged and _lessens_quality(chain, link)
                stance = 1 if lessened else link.default * effect
                kept = link if lessened or link.is_a("harm", "blame") else None
            effect *= link.effect
        elif link.missed or (link.step == "operator" and _leaves_undone(chain, link, own=own)):
            stance = stance or _missed(chain, link) * effect
            failed, effect = True, -effect
        elif link.step == "not" and failed:
            failed, effect = False, -effect
        elif link.step == "not" or link.effect < 0:
            effect = -effect
            if kept is None:
                stance = -stance
        elif not stance and link.is_a("promote") and link.cue and link.cue.strength > 1:
            stance = effect  # "want to engage in": what one wants to do is wanted
    released = (own or chain.obliged) and not chain.supposed and not chain.negations
    if kept is not None and released and (kept.is_deed or kept.is_enmity):
        return effect
    return stance
