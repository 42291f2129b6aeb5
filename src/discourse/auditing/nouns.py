"""The noun-like terms of a corpus: heads of noun phrases, alone and with the word before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from discourse.auditing.terms import is_content, sentences
from discourse.corpus import Corpus, Document
from discourse.stances.cues import lexicon as cue_lexicon
from discourse.stances.grammar import grammar, plural
from discourse.stances.matching import find_cues
from discourse.stances.phrases import Found
from discourse.stances.syntax import Sentence
from discourse.stances.tagging import Tagger
from discourse.stances.words import Tag, Word, read_words

HALF = 0.5


def noun_terms(
    corpus: Corpus, min_count: int, stops: frozenset[str], /
) -> dict[str, tuple[str, ...]]:
    """Return terms with the forms that they stand for: their own, and singular or plural.

    A word is a term if it is tagged as a noun in at least half of its places, is a cue ("threat
    to") in less than half, and heads a noun phrase in at least `min_count`. So is the pair of it
    and the noun or adjective before it, unless that is a cue.
    """
    tagger = Tagger(grammar(), cue_lexicon())
    counts = {name: Counter[str]() for name in ("heads", "nouns", "cues", "places")}
    for sentence in (s for document in corpus for s in _sentences(document, tagger)):
        words = sentence.words
        counts["places"].update(word.text for word in words)
        counts["nouns"].update(word.text for word in words if word.tag is Tag.NOUN)
        cues = {found.start for found in find_cues(sentence) if _takes_a_side(found)}
        counts["cues"].update(words[i].text for i in cues)
        counts["heads"].update(_heads(words))

    def is_term(*words: str) -> bool:
        head, before = words[-1], words[:-1]
        share = {name: counts[name][head] / counts["places"][head] for name in ("nouns", "cues")}
        content = all(is_content(word, stops) for word in words)
        is_noun = share["nouns"] >= HALF > share["cues"]
        return is_noun and content and tagger.adjectives.isdisjoint(before)

    heads = {t: n for t, n in counts["heads"].items() if n >= min_count and is_term(*t.split())}
    return _with_plurals(heads)


def _takes_a_side(found: Found, /) -> bool:
    """Tell whether a cue is a noun that takes a side."""
    return found.cue.form == "noun" and found.cue.default != 0


def _sentences(document: Document, tagger: Tagger, /) -> Iterator[Sentence]:
    """Yield the tagged sentences of a document."""
    for tokens, parts in sentences(document):
        spans = [(token.start, token.end) for token in tokens]
        words, _ = read_words(document.text, parts, spans, (spans[0][0], spans[-1][1]))
        tagger.tag(words, frozenset())
        yield Sentence(words, (), tagger.grammar, tagger.cues)


def _heads(words: Sequence[Word], /) -> Iterator[str]:
    """Yield the heads of the noun phrases of a sentence, alone and with the word before."""
    tags = [word.tag for word in words] + [None]
    for i, word in enumerate(words):
        if word.tag is Tag.NOUN and tags[i + 1] is not Tag.NOUN:
            yield word.text
            if i and tags[i - 1] in {Tag.NOUN, Tag.ADJ}:
                yield f"{words[i - 1].text} {word.text}"


def _with_plurals(counts: dict[str, int], /) -> dict[str, tuple[str, ...]]:
    """Return the terms, singular and plural under the more frequent of the two."""
    terms: dict[str, tuple[str, ...]] = {}
    for term, count in sorted(counts.items()):
        other = counts.get(plural(term))
        if other is not None:
            shown, hidden = (term, plural(term)) if count >= other else (plural(term), term)
            terms[shown] = (shown, hidden)
    joined = {form for forms in terms.values() for form in forms}
    terms.update({term: (term,) for term in counts if term not in joined})
    return terms
