"""From a document to its mentions: every target with the stance its sentence expresses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeAlias

from discourse._text import word_spans
from discourse.corpus import Document
from discourse.labelled import plain
from discourse.lexicon import Lexicon, split_parts
from discourse.stances.asides import without_asides
from discourse.stances.belief import denials, on_no_occasion
from discourse.stances.chain import Chain, Link
from discourse.stances.cues import CueClass, CueLexicon
from discourse.stances.cues import lexicon as cue_lexicon
from discourse.stances.grammar import grammar
from discourse.stances.holder import Holder, holder, own_names
from discourse.stances.matching import find_cues
from discourse.stances.parties import doer, is_own
from discourse.stances.phrases import Phrase
from discourse.stances.rules import RULES, Context, Verdict
from discourse.stances.syntax import Sentence
from discourse.stances.tagging import Tagger
from discourse.stances.words import NOMINAL, Word, read_words
from discourse.tokens import CLAUSE_MARKS

StanceLabel: TypeAlias = Literal["support", "oppose", "neutral"]
_LABELS: dict[int, StanceLabel] = {1: "support", -1: "oppose", 0: "neutral"}
NO_RULE = "none"
PARTS: dict[CueClass, str] = {
    "promote": "that promotes",
    "reduce": "that reduces",
    "harm": "of harm",
    "blame": "of blame",
    "neutral": "that passes on",
}
LONGEST = 150  # words that are read as one sentence
TOPIC = 5  # words of a question that only names a topic
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """One target at one place, with the stance that its sentence expresses toward it.

    Offsets are code points of the document's text. `cues` are the spans of the deciding words;
    `rule` is the id of the scope rule, "none" for a neutral mention; `strength` (1 weak, 2 plain,
    3 strong) is for reading and enters no score; `holder_span` names a holder who is reported;
    `links` are what governs the target from the inside out, each as its words and its part.
    """

    doc: str
    sentence: int
    start: int
    end: int
    text: str
    target: str
    stance: StanceLabel
    holder: Holder
    cues: tuple[str, ...]
    cue_spans: tuple[tuple[int, int], ...]
    rule: str
    strength: int
    holder_span: tuple[int, int] | None = None
    sentence_span: tuple[int, int] = (0, 0)
    links: tuple[tuple[str, str], ...] = ()

    @property
    def trace(self) -> tuple[str, ...]:
        """Every decision in words: rules that did not decide, the one that did, links, holder.

        Examples
        --------
        >>> import discourse as ds
        >>> mention, = ds.stance(["We will never support sanctions."]).found
        >>> for line in mention.trace[-5:]:
        ...     print(line)
        passage: does not decide
        verb: decides
          "support": verb that promotes
          "never": negation
        oppose, held by self
        """
        before = [f"{name}: does not decide" for name in _before(self.rule)]
        decides = [] if self.rule == NO_RULE else [f"{self.rule}: decides"]
        links = [f'  "{words}": {part}' for words, part in self.links]
        if not links and decides:
            links = [f'  "{words}": cue' for words in self.cues]
        return (*before, *decides, *links, f"{self.stance}, held by {self.holder}")

    def to_dict(self) -> dict[str, object]:
        """Return the mention as plain data."""
        return {name: plain(getattr(self, name)) for name in self.__slots__}


@lru_cache(maxsize=4)
def _tagger(cues: CueLexicon, /) -> Tagger:
    """Return the tagger that knows the verbs of a cue lexicon."""
    return Tagger(grammar(), cues)


def find_mentions(
    document: Document, targets: Lexicon, /, cues: CueLexicon | None = None
) -> Iterator[Mention]:
    """Yield the mentions of a document in the order of its text; header lines have none.

    `cues` are those of the seeds unless others are given.
    """
    own = own_names(document)
    tagger = _tagger(cues or cue_lexicon())
    for number, span, words in _sentences(document):
        surfaces = [document.text[a:b] for a, b in words]
        if not targets.occurs_in(surfaces):
            continue
        parts = split_parts(surfaces, _borders(document.text, words))
        matches = targets.find(parts)
        if not matches:
            continue
        tagged, index = read_words(document.text, parts, words, span)
        places = [(Phrase(index[m.start], index[m.end - 1] + 1), m.category) for m in matches]
        phrases = [phrase for phrase, _ in places]
        core = without_asides(tagged, phrases, tagger.grammar, tagger.verbs.keys())
        sentence = _read(core.words, core.targets, tagger)
        for phrase, (_, category) in zip(core.targets, places, strict=True):
            if not _swallowed(sentence, phrase):
                yield _mention(document, number, span, sentence, phrase, category, own)


def _sentences(document: Document, /) -> Iterator[tuple[int, Span, Sequence[Span]]]:
    """Yield the number and span of each sentence and the spans of its words.

    What runs on without a full stop is read in pieces, since no scope is that long and reading
    takes time that grows with the square of the length.
    """
    body = document.header[-1][1] if document.header else 0
    words = [span for span in word_spans(document.text) if span[0] >= body]
    starts = [start for start, _ in words]
    number = stop = 0
    asked: tuple[int, int] | None = None  # where a topic begins that the next sentence answers
    for segment in document.segments("sentence"):
        begin, stop = stop, bisect_left(starts, segment.end, stop)
        if begin == stop:
            continue
        first, start = asked or (begin, segment.start)
        own = words[first:stop]
        last = stop == len(words)
        asked = None
        if not last and _is_topic(document.text[start : segment.end], own):
            asked = first, start
            number += 1
            continue
        for first in range(0, len(own), LONGEST):
            piece = own[first : first + LONGEST]
            opens = start if first == 0 else piece[0][0]
            end = segment.end if first + LONGEST >= len(own) else piece[-1][1]
            yield number, (opens, end), piece
        number += 1


def _is_topic(text: str, words: Sequence[Span], /) -> bool:
    """Tell whether a sentence only names what the next is about: "Sanctions?"."""
    if not text.rstrip().endswith("?") or len(words) > TOPIC:
        return False
    asking = ("be", "have", "do", "modals", "pronouns", "relatives", "subordinators", "asking")
    return not any(grammar().is_in(word.strip("?"), *asking) for word in text.lower().split())


def _borders(text: str, words: Sequence[Span], /) -> list[bool]:
    """Tell of each word whether punctuation stands before it, which no target name runs across."""
    gaps = [text[a:b] for (_, a), (b, _) in pairwise(words)]
    return [False, *(gap != " " and not CLAUSE_MARKS.isdisjoint(gap) for gap in gaps)]


def _read(words: Sequence[Word], targets: tuple[Phrase, ...], tagger: Tagger, /) -> Sentence:
    """Return the tagged sentence with its cues."""
    named = frozenset(i for phrase in targets for i in range(phrase.start, phrase.end))
    tagger.tag(words, named)
    sentence = Sentence(words, targets, tagger.grammar, tagger.cues)
    sentence.add_cues(find_cues(sentence))
    return sentence


def _swallowed(s: Sentence, target: Phrase, /) -> bool:
    """Tell whether a target word is itself the cue of another target: "attacks on peace"."""
    for found in s.cues:
        inside = found.start <= target.start and target.end < found.end
        if inside and found.cue.form == "noun" and found.cue.default:
            reach = s.phrase_end(found.end)
            while reach < len(s.words) and s.tag(reach) in NOMINAL:
                reach += 1
            if any(found.end <= other.start < reach for other in s.targets):
                return True
    return False


def _mention(
    document: Document,
    number: int,
    span: tuple[int, int],
    sentence: Sentence,
    target: Phrase,
    category: str,
    own: frozenset[str],
    /,
) -> Mention:
    """Return the mention of a target: the first rule that decides, and whose stance it is."""
    rule, verdict = _decide(sentence, target, own)
    start, end = _offsets(sentence, target)
    chain = verdict.chain if verdict else Chain()
    held = holder(sentence, chain, verdict.cues, target, own) if verdict else None
    cues = tuple(sorted({_offsets(sentence, c) for c in verdict.cues})) if verdict else ()
    return Mention(
        doc=document.id,
        sentence=number,
        start=start,
        end=end,
        text=document.text[start:end],
        target=category,
        stance=_LABELS[verdict.stance if verdict else 0],
        holder=held.holder if held else "unclear",
        cues=tuple(document.text[a:b] for a, b in cues),
        cue_spans=cues,
        rule=rule,
        strength=_strength(sentence, verdict) if verdict else 1,
        holder_span=_offsets(sentence, held.name) if held and held.name else None,
        sentence_span=span,
        links=tuple(_described(sentence, link, document.text) for link in chain.links),
    )


def _described(s: Sentence, link: Link, text: str, /) -> tuple[str, str]:
    """Return the words of a link of a chain, and what part they play."""
    start, end = _offsets(s, Phrase(link.start, link.end))
    if link.cue is None:
        return text[start:end], "negation"
    form = link.cue.form if link.step == "cue" else link.step
    return text[start:end], f"{form} {PARTS[link.cue.cue_class]}"


def _before(rule: str, /) -> Iterator[str]:
    """Yield the rules that are asked before one."""
    for name, _ in RULES:
        if name == rule:
            return
        yield name


def _decide(s: Sentence, target: Phrase, own: frozenset[str], /) -> tuple[str, Verdict | None]:
    """Return the id of the first rule that decides, with its verdict."""

    def is_self(chain: Chain, /) -> bool:
        subject = doer(s, chain)
        return subject is not None and is_own(s, subject, own)

    context = Context.read(s, target, is_self)
    for name, rule in RULES:
        verdict = rule(context)
        if verdict is not None and verdict.stance:
            return name, _believed(context, verdict)
    return NO_RULE, None


def _believed(c: Context, verdict: Verdict, /) -> Verdict:
    """Return the verdict on a clause after what the clauses above make of it."""
    chain = verdict.chain
    start = min([c.target.start, *(cue.start for cue in verdict.cues)])
    denied = denials(c.s, start, chain.subject or c.outer)
    if chain.innermost is None or not chain.innermost.is_a("harm", "blame"):
        denied += on_no_occasion(c.s, start)
    if not denied:
        return verdict
    cues = (*verdict.cues, *(Phrase(link.start, link.end) for link in denied))
    stance = -verdict.stance if len(denied) % 2 else verdict.stance
    chain.links.extend(denied)
    return verdict._replace(stance=stance, cues=cues)


def _strength(s: Sentence, verdict: Verdict, /) -> int:
    """Return how strongly a stance is put: that of its strongest cue, and its adverbs."""
    spans = {(c.start, c.end) for c in verdict.cues}
    strength = max((f.cue.strength for f in s.cues if (f.start, f.end) in spans), default=2)
    near = {s.text(i) for c in verdict.cues for i in (c.start - 1, c.end)}
    strength += bool(near & s.lexicon.strengtheners) - bool(near & s.lexicon.weakeners)
    return min(3, max(1, strength))


def _offsets(s: Sentence, phrase: Phrase, /) -> tuple[int, int]:
    """Return the span of some words in the document."""
    return s.words[phrase.start].start, s.words[phrase.end - 1].end
