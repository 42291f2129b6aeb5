"""Lexicons against corpora: audits, proposals of terms, candidates for targets."""

import copy
import itertools
import json
import math
import tarfile
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import (
    Corpus,
    DiscourseError,
    Document,
    Lexicon,
    OptionError,
    agreement,
    keyword_vectors,
    load_lexicon,
    stance,
)
from discourse.auditing import audit_lexicon, discover_targets, krippendorff_alpha, suggest_terms
from discourse.auditing.clauses import Matcher
from discourse.auditing.globs import suspicion
from discourse.auditing.influence import StanceNumbers
from discourse.lexicon import parse_pattern
from discourse.tokens import token_spans

WORDS = ["us", "US", "peace", "Peace", "peaceful", "trade", "free", "free-trade", "Peace’s", ","]
PATTERNS = ["us", "US", "peace", "peace*", "*e", "p*e", "trade", "free", "free trade", "trade free"]


def entries():
    patterns = st.sampled_from(PATTERNS)
    return patterns | st.builds(lambda p, c: {"pattern": p, "case": c}, patterns, st.booleans())


def lexicons():
    return st.builds(
        Lexicon,
        st.dictionaries(
            st.sampled_from("xyz"), st.lists(entries(), min_size=1, max_size=4), min_size=1
        ),
        st.lists(entries(), max_size=2),
    )


def texts():
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).filter(lambda w: w != [","])
    return st.lists(words.map(" ".join), min_size=1, max_size=3).filter(
        lambda own: all(any(map(str.isalpha, text)) for text in own)
    )


def by_pattern(audit):
    return {entry.pattern: entry for entry in audit.entries}


# -- alpha -----------------------------------------------------------------------------------

# Krippendorff (2011): two observers and two values, two and five, four and five with gaps.
BINARY = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))
NOMINAL = list(zip("aabbdcccedda", "babbbcccedd" + "d", strict=True))
GAPS = [
    *([1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4]),
    *([4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [5, 5, 5], [1, 1], [3]),
]


@pytest.mark.parametrize(
    ("units", "alpha"), [(BINARY, 0.095), (NOMINAL, 0.692), (GAPS, 0.743)], ids=["A", "B", "C"]
)
def test_alpha_is_that_of_the_published_examples(units, alpha):
    assert round(krippendorff_alpha(units), 3) == alpha


UNITS = st.lists(st.lists(st.sampled_from("abc"), max_size=4), min_size=2, max_size=8).filter(
    lambda units: len({label for unit in units if len(unit) > 1 for label in unit}) > 1
)


@given(UNITS)
def test_alpha_is_one_less_observed_over_expected_disagreement_of_pairs(units):
    paired = [unit for unit in units if len(unit) > 1]
    labels = [label for unit in paired for label in unit]
    observed = sum(
        sum(a != b for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in paired
    ) / len(labels)
    pairs = list(itertools.permutations(labels, 2))
    expected = sum(a != b for a, b in pairs) / len(pairs)
    assert krippendorff_alpha(units) == pytest.approx(1 - observed / expected)
    assert krippendorff_alpha(units) <= 1


@given(UNITS, st.permutations("abc"))
def test_alpha_knows_no_names_of_labels_and_no_order_of_coders(units, names):
    renamed = [[names["abc".index(label)] for label in reversed(unit)] for unit in units]
    assert krippendorff_alpha(renamed) == pytest.approx(krippendorff_alpha(units))


@pytest.mark.parametrize("units", [[], [("a", "a"), ("a", "a")], [("a",), ("b",)]])
def test_alpha_needs_labels_that_differ(units):
    with pytest.raises(DiscourseError, match="alpha is undefined: no two labels differ"):
        krippendorff_alpha(units)


# -- what entries match ----------------------------------------------------------------------


def clauses_of(matcher, documents):
    corpus = Corpus.from_texts(documents)
    return [c for document in corpus for c in matcher.clauses(document, token_spans(document))]


def counted(lexicon, documents):
    """What keywords count, by category."""
    counts = keyword_vectors(documents, lexicon, per=None)
    totals = counts.values.sum(axis=0).astype(int).tolist()
    return {name: n for name, n in zip(counts.features, totals, strict=True) if n}


@given(lexicons(), texts())
def test_matches_of_a_category_are_those_that_keywords_count(lexicon, documents):
    matcher = Matcher(lexicon)
    clauses = clauses_of(matcher, documents)
    found = Counter(name for clause in clauses for _, name in matcher.matches(clause))
    assert found == counted(lexicon, documents)


@settings(max_examples=50)
@given(lexicons(), texts())
def test_matches_without_an_entry_are_those_of_the_lexicon_without_it(lexicon, documents):
    matcher = Matcher(lexicon)
    clauses = clauses_of(matcher, documents)
    for number, (_, left_out) in enumerate(matcher.entries):

        def rest(name, own, left_out=left_out):
            return [entry for entry in own if parse_pattern(name, entry) != left_out]

        fewer = {name: rest(name, own) for name, own in lexicon.categories.items()}
        fewer = {"none": ["zzz"], **{name: own for name, own in fewer.items() if own}}
        expected = counted(Lexicon(fewer, rest(None, lexicon.ignore)), documents)
        own = (matcher.matches(clause, without=number) for clause in clauses)
        assert Counter(name for matches in own for _, name in matches) == expected


@given(lexicons(), texts())
def test_each_entry_either_wins_or_loses_where_it_matches(lexicon, documents):
    audit = audit_lexicon(lexicon, documents, result="keywords")
    for entry in audit.entries:
        own = {"pattern": entry.pattern, "case": entry.case}
        alone = Lexicon({"x": [own]})
        at_least = keyword_vectors(documents, alone, per=None).values.sum()
        assert entry.count + entry.hidden >= at_least  # alone it may overlap with itself
        assert (entry.count + entry.hidden > 0) == (at_least > 0)
        assert sum(entry.surfaces.values()) == entry.count


TRADE = Lexicon(
    {"trade": ["trade", "free trade", "tariff*", "quota"], "goods": ["trade goods"]},
    ignore=["trade wind*"],
)
TALK = [
    "Free trade and tariffs. Tariffs, tariff walls.",
    "Trade goods fell with the trade winds. No TRADE.",
]


def test_entries_are_counted_shared_out_and_shown_as_written():
    entries = by_pattern(audit_lexicon(TRADE, TALK))
    tariffs, trade = entries["tariff*"], entries["trade"]
    assert (tariffs.count, tariffs.docs, tariffs.hidden) == (3, 1, 0)
    assert list(tariffs.surfaces.items()) == [("Tariffs", 1), ("tariff", 1), ("tariffs", 1)]
    assert (tariffs.category_share, tariffs.total_share) == (3 / 5, 3 / 6)
    assert (trade.count, trade.hidden, dict(trade.surfaces)) == (1, 3, {"TRADE": 1})
    assert (entries["free trade"].hides, entries["trade goods"].hides) == (1, 1)


def test_overlaps_name_what_loses_and_what_wins():
    audit = audit_lexicon(TRADE, TALK)
    assert set(audit.overlaps) == {
        ("trade", "trade", "trade", "free trade", 1),
        ("trade", "trade", "goods", "trade goods", 1),
        ("trade", "trade", "(ignore)", "trade wind*", 1),
    }
    assert list(pd.DataFrame(audit.overlaps)) == [
        *("category", "pattern", "by_category", "by_pattern", "n"),
    ]


def test_rates_change_by_what_goes_and_what_takes_its_place():
    audit = audit_lexicon(TRADE, TALK, result="keywords")
    rates = {(c.pattern, c.of): (c.before, c.after) for c in audit.changes}
    per_token = 1000 / 16
    assert rates == {
        ("trade", "trade"): (5 * per_token, 4 * per_token),
        ("tariff*", "trade"): (5 * per_token, 2 * per_token),
        ("trade goods", "goods"): (per_token, 0),
        ("trade goods", "trade"): (5 * per_token, 6 * per_token),
    }
    assert {e.pattern: e.change for e in audit.entries} == {
        "trade": -per_token,
        "free trade": 0,
        "tariff*": -3 * per_token,
        "quota": 0,
        "trade goods": -per_token,
    }


def test_only_what_overlaps_hides_and_nothing_hides_itself():
    audit = audit_lexicon({"x": ["peace", "world peace", "war"]}, ["World peace war."])
    assert audit.overlaps == (("x", "peace", "x", "world peace", 1),)
    entry = audit_lexicon({"x": ["win win"]}, ["Win win win."]).entries[0]
    assert (entry.count, entry.hidden, entry.hides) == (1, 1, 0)


def test_entries_that_never_match_are_told_from_those_that_always_lose():
    audit = audit_lexicon({"x": ["peace", "war", "world peace"]}, ["World peace."])
    assert [entry.pattern for entry in audit.unmatched] == ["war"]
    assert by_pattern(audit)["peace"].hidden == 1


def test_equal_patterns_share_their_matches_and_one_is_listed_once():
    audit = audit_lexicon({"x": ["win win", "Win-Win"], "y": ["win win"]}, ["A win-win."])
    assert [(e.category, e.pattern, e.count) for e in audit.entries] == [
        ("x", "win win", 1),
        ("y", "win win", 1),
    ]
    assert [e.total_share for e in audit.entries] == [0.5, 0.5]


def test_shares_without_any_match_do_not_exist():
    entry = audit_lexicon({"x": ["peace"]}, ["Rain."]).entries[0]
    assert math.isnan(entry.category_share)
    assert math.isnan(entry.total_share)


# -- asterisks -------------------------------------------------------------------------------

REGULAR = {
    "sanction*": ["sanction", "sanctions", "sanctioned", "sanctioning", "sanctionable"],
    "multilateral*": ["multilateralism", "multilateralist", "multilaterally"],
    "countr*": ["country", "countries"],
    "democra*": ["democracy", "democratic", "democratically", "democratisation"],
    "econom*": ["economy", "economies", "economically", "economist"],
    "econ*": ["economy", "economies", "economist", "economic"],
    "compet*": ["compete", "competitive", "competitors"],
    "reliab*": ["reliable"],
    "program*": ["programme", "programs", "programmed", "programming"],
    "organi*ation": ["organisation", "organization"],
    "arms race*": ["arms race", "arms races"],
    "non proliferat*": ["non proliferation", "non proliferating"],
    "ban": ["ban"],
    "* race": ["arms race"],
}
ODD = {
    "ir*": ["iran"],
    "*ism": ["terrorism"],
    "iran*": ["iranshahr"],
    "deter*": ["determined", "deterrence", "deteriorate"],
    "cash*": ["cash", "cashel"],
    "nation*": ["nationwide"],
    "comm*": ["communist", "common", "command", "committee"],
    "free trad*": ["free tradwind"],
}


@pytest.mark.parametrize(("glob", "words"), REGULAR.items())
def test_asterisks_that_stand_for_english_endings_are_not_suspicious(glob, words):
    counts = {tuple(word.split()): 1 for word in words}
    assert suspicion(parse_pattern("x", glob), counts) == ""


@pytest.mark.parametrize(("glob", "words"), ODD.items())
def test_asterisks_that_match_other_words_are_suspicious(glob, words):
    assert suspicion(parse_pattern("x", glob), {tuple(word.split()): 1 for word in words})


def test_a_few_odd_words_among_many_are_not_suspicious():
    pattern = parse_pattern("x", "peace*")
    assert suspicion(pattern, {("peace",): 91, ("peacekeeper",): 9}) == ""
    assert suspicion(pattern, {("peace",): 90, ("peacekeeper",): 10}) == (
        "10 of 100 matches go on in no English ending: 'peacekeeper'"
    )


def test_suspicious_entries_come_by_number_of_matches():
    audit = audit_lexicon({"x": ["ir*", "un*"]}, ["Ireland, unity, union."])
    assert [entry.pattern for entry in audit.suspicious] == ["un*", "ir*"]


# -- what leaving out an entry changes -------------------------------------------------------

SPEECHES = [
    "We support free trade. We oppose tariffs. We oppose quotas. They praise peace.",
    "We oppose free trade. We welcome trade. We oppose tariffs and war.",
    "We welcome peace and trade.",
]
TARGETS = {
    "trade": ["trade", "free trade"],
    "barriers": ["tariff*", "quotas"],
    "peace": ["peace"],
    "war": ["war"],
}


def test_numbers_before_are_those_of_the_stance():
    found = stance(SPEECHES, targets=TARGETS)
    np.testing.assert_allclose(
        StanceNumbers(found).agreement, agreement(found).values, rtol=1e-12, equal_nan=True
    )
    share = found.mentioned.sum(axis=0) / found.mentioned.sum()
    balance = (found.support - found.oppose).sum(axis=0) / found.evidence.sum(axis=0)
    for change in audit_lexicon(TARGETS, SPEECHES).changes:
        if change.measure in {"salience", "balance"}:
            expected = share if change.measure == "salience" else balance
            assert change.before == expected[found.targets.index(change.of)]


def without(patterns):
    """The audit's changes when each of these entries is left out, by measure and of what."""
    audit = audit_lexicon(TARGETS, SPEECHES)
    return {(c.measure, c.of): c.after for c in audit.changes if c.pattern == patterns}


@pytest.mark.parametrize("pattern", ["tariff*", "quotas", "peace", "war"])
def test_changes_are_those_of_a_recount_where_nothing_takes_the_place(pattern):
    fewer = {name: [p for p in own if p != pattern] for name, own in TARGETS.items()}
    found = stance(SPEECHES, targets={name: own for name, own in fewer.items() if own})
    changes = without(pattern)
    (name,) = (name for name, own in TARGETS.items() if pattern in own)
    if name in found.targets:
        j = found.targets.index(name)
        share = found.mentioned[:, j].sum() / found.mentioned.sum()
        assert changes["salience", name] == pytest.approx(share)
    else:
        assert changes["salience", name] == 0
        assert math.isnan(changes["balance", name])
    matrix = agreement(found)
    for (measure, of), after in changes.items():
        if measure == "agreement":
            assert after == pytest.approx(matrix.value(*of.split(" ~ ")), nan_ok=True)


def test_what_takes_the_place_of_a_mention_has_its_stance():
    assert without("free trade") == {}  # "trade" stands there too
    audit = audit_lexicon({"free": ["free trade"], "trade": ["trade"]}, SPEECHES[:1])
    after = {(c.measure, c.of): c.after for c in audit.changes if c.pattern == "free trade"}
    assert after["salience", "trade"] == 1
    assert after["balance", "trade"] == 1
    assert math.isnan(after["balance", "free"])


def test_a_mention_is_replaced_where_it_stands_and_nowhere_else():
    text = "We support free trade. We oppose free trade. Peace came."
    lexicon = {"free": ["free trade"], "trade": ["trade"], "peace": ["peace"]}
    changes = audit_lexicon(lexicon, [text]).changes
    after = {(c.measure, c.of): c.after for c in changes if c.pattern == "free trade"}
    assert after["salience", "trade"] == pytest.approx(2 / 3)
    assert after["balance", "trade"] == 0


def test_a_pair_that_no_longer_shares_a_target_changes_most():
    targets = {"peace": ["peace"], "war": ["war"]}
    speeches = ["We support peace.", "We support peace.", "We oppose war and support peace."]
    audit = audit_lexicon(targets, speeches)
    (change,) = (c for c in audit.changes if c.measure == "agreement" and c.pattern == "peace")
    assert (change.of, change.before) == ("text1 ~ text2", 1)
    assert math.isnan(change.after)


def test_what_others_hold_does_not_count_for_balances():
    text = "We support peace. The rebels oppose peace."
    found = stance([text], targets={"peace": ["peace"]})
    audit = audit_lexicon({"peace": ["peace"]}, [text])
    before = next(c.before for c in audit.changes if c.measure == "balance")
    assert before == found.score("balance")[0, 0]


def test_the_main_change_stands_with_the_entry():
    entries = by_pattern(audit_lexicon({"x": ["peace", "war"]}, ["We support peace, oppose war."]))
    assert (entries["peace"].change, entries["war"].change) == (-1.0, 1.0)


# -- labels ----------------------------------------------------------------------------------

LABELLED = "We support peace. We oppose war. We saw peace. Peace came."


def label(word, target, stance_=None, n=0, **more):
    start = [i for i in range(len(LABELLED)) if LABELLED.startswith(word, i)][n]
    row = {"doc": "text1", "start": start, "end": start + len(word), "target": target, **more}
    return row if stance_ is None else {**row, "stance": stance_}


GOLD = [
    label("peace", "peace", "support"),
    label("war", "war", "neutral"),
    label("saw", "war"),
    label("peace", "peace", "neutral", 1),
    label("We", "pronouns"),
]
BOTH = {"peace": ["peace"], "war": ["war"], "rain": ["rain"]}


@pytest.mark.parametrize("gold", [GOLD, pd.DataFrame(GOLD)], ids=["rows", "frame"])
def test_precision_recall_and_f1_are_those_of_the_labels(gold):
    found = audit_lexicon(BOTH, [LABELLED], gold=gold).labels
    rows = found.to_frame().set_index("category")
    # "Peace" stands after the last label, so that it is no false find.
    assert rows.loc["peace"].tolist() == [2, 2, 2, 1.0, 1.0, 1.0]
    assert rows.loc["war"].tolist() == [2, 1, 1, 1.0, 0.5, pytest.approx(2 / 3)]
    assert rows.loc["(all)"].tolist() == [4, 3, 3, 1.0, 0.75, pytest.approx(6 / 7)]
    assert "rain" not in rows.index
    assert found.note == "1 label(s) are of no category of the lexicon: 'pronouns'."


def test_alpha_is_that_of_the_stances_of_matched_labels():
    found = audit_lexicon(BOTH, [LABELLED], gold=GOLD).labels
    pairs = [("support", "support"), ("oppose", "neutral"), ("neutral", "neutral")]
    assert found.alpha == krippendorff_alpha(pairs)
    assert found.n_stances == 3


def test_matches_of_keywords_have_no_stance_and_so_no_alpha():
    found = audit_lexicon(BOTH, [LABELLED], gold=GOLD, result="keywords").labels
    assert found.to_frame().matched.tolist() == [2, 1, 3]
    assert (found.alpha, found.n_stances) == (None, 0)


def test_stances_that_are_all_alike_have_no_alpha():
    found = audit_lexicon(BOTH, [LABELLED], gold=GOLD[:1]).labels
    assert (found.alpha, found.n_stances) == (None, 1)


@pytest.mark.parametrize(
    ("span", "matched"),
    [
        ("support peace", 1),
        ("eace. W", 1),
        ("t peace", 1),
        ("ce", 1),
        ("ce. We oppose", 0),
        ("support", 0),
    ],
)
def test_half_of_the_shorter_span_must_be_shared(span, matched):
    gold = [label(span, "peace"), label("came", "rain")]
    found = audit_lexicon(BOTH, [LABELLED], gold=gold, result="keywords").labels
    assert found.matched[0] == matched


def test_each_label_is_met_once():
    gold = [label("peace", "peace"), label("support peace", "peace"), label("came", "rain")]
    found = audit_lexicon({"peace": ["peace"]}, [LABELLED], gold=gold, result="keywords").labels
    assert (found.labelled[0], found.found[0], found.matched[0]) == (2, 3, 1)


def test_each_find_is_met_once():
    gold = [label("peace. We oppose war. We saw peace", "peace")]
    found = audit_lexicon({"peace": ["peace"]}, [LABELLED], gold=gold, result="keywords").labels
    assert (found.labelled[0], found.found[0], found.matched[0]) == (1, 2, 1)


def test_the_longest_overlap_is_met_first():
    gold = [label("eac", "peace", "oppose"), label("peace", "peace", "support"), GOLD[1]]
    found = audit_lexicon(BOTH, [LABELLED], gold=gold).labels
    assert found.alpha == krippendorff_alpha([("support", "support"), ("oppose", "neutral")])


# -- the audit as a result -------------------------------------------------------------------


@pytest.mark.parametrize("result", ["stance", "keywords"])
def test_an_audit_can_be_verified_copied_and_written_down(result):
    audit = audit_lexicon(TRADE, TALK, result=result, gold=[])
    again = copy.deepcopy(audit)
    assert again.entries == audit.entries
    assert audit.verify(TRADE, TALK)
    with pytest.raises(DiscourseError, match="lexicon is not the one"):
        audit.verify(TARGETS, TALK)
    assert json.loads(json.dumps(audit.to_dict()))["entries"][2]["pattern"] == "tariff*"
    assert audit.to_frame()["count"].tolist() == [1, 1, 3, 0, 1]
    assert "tariff*" in audit._repr_html_()


def test_labels_survive_copies_read_only():
    audit = copy.deepcopy(audit_lexicon(BOTH, [LABELLED], gold=GOLD))
    assert audit.labels.categories[-1] == "(all)"
    assert not audit.labels.recall.flags.writeable
    assert audit.verify(BOTH, [LABELLED])


ROW = label("peace", "peace")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: audit_lexicon(BOTH, [LABELLED], result="stances"),
            "result must be one of 'stance",
        ),
        (lambda: audit_lexicon("nowhere", [LABELLED]), "no lexicon 'nowhere'"),
        (lambda: audit_lexicon(BOTH, LABELLED), "corpus must be a list of str"),
        (lambda: audit_lexicon(BOTH, [LABELLED], gold="a.jsonl"), "gold must be rows with 'doc'"),
        (lambda: audit_lexicon(BOTH, [LABELLED], gold=ROW), "gold must be rows with 'doc'"),
        (lambda: audit_lexicon(BOTH, [LABELLED], gold=[1]), "gold must be rows with 'doc'"),
        (lambda: audit_lexicon(BOTH, [LABELLED], gold=[{"doc": "a"}]), "column of gold 'start'"),
        (
            lambda: audit_lexicon(BOTH, [LABELLED], gold=[{**ROW, "doc": "text2"}]),
            "unknown document 'text2'",
        ),
        (
            lambda: audit_lexicon(BOTH, [LABELLED], gold=[{**ROW, "end": 900}]),
            "span 11:900 that is empty or outside the text of 'text1'",
        ),
        (lambda: audit_lexicon(BOTH, [LABELLED], gold=[{**ROW, "end": 11}]), "span 11:11 that is"),
        (lambda: audit_lexicon(BOTH, [LABELLED], gold=[{**ROW, "end": "16"}]), "must be ints"),
        (
            lambda: audit_lexicon(BOTH, [LABELLED], gold=[{**ROW, "stance": "favour"}]),
            "unknown stance 'favour'",
        ),
        (lambda: suggest_terms("trade", TALK, lexicon=TRADE, k=0), "k must be a positive int"),
        (lambda: suggest_terms("trade", TALK, lexicon=TRADE, measure="chi2"), "measure must be"),
        (lambda: suggest_terms("tade", TALK, lexicon=TRADE), "unknown target 'tade'.*'trade'"),
        (lambda: suggest_terms("trade", TALK, lexicon=TRADE, stopwords="elvish"), "elvish"),
        (lambda: suggest_terms("trade", TALK, lexicon=TRADE, stopwords=[1]), "list of str"),
        (lambda: suggest_terms("trade", TALK, lexicon=TRADE, stopwords=3), "list of str"),
        (lambda: discover_targets(SPEECHES, k=True - 1), "k must be a positive int; got 0"),
        (lambda: discover_targets(SPEECHES, min_count=1.5), "min_count must be a positive int"),
    ],
)
def test_bad_calls_are_refused(call, message):
    with pytest.raises(OptionError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: suggest_terms("trade", ["Rain falls."], lexicon=TRADE),
            "no sentence has the target 'trade'",
        ),
        (
            lambda: suggest_terms("trade", ["Trade falls."], lexicon=TRADE),
            "every sentence has the target 'trade'",
        ),
        (lambda: discover_targets(SPEECHES, min_count=99), "no noun heads 99 noun phrases"),
        (
            lambda: discover_targets(["The rain fell. Some rain fell."], min_count=2),
            "no mention has a stance",
        ),
        (lambda: discover_targets(["We support pensions."], min_count=1), "all mentions have"),
    ],
)
def test_what_cannot_be_compared_is_refused(call, message):
    with pytest.raises(DiscourseError, match=message):
        call()


# -- proposals -------------------------------------------------------------------------------

NEWS = [
    "The embargo on grain hurts, and sanctions bite. New sanctions, a new embargo on grain!",
    "An arms embargo and the U.S. sanctions of 1996 bite. Rain fell on grain. It rained.",
    "Sanctions brought the arms embargo. The harbour is open. Grain prices fell.",
]
GRAIN = Lexicon({"sanctions": ["sanction*"], "rain": ["rain*"]}, ignore=["grain prices"])


def suggest(**options):
    return suggest_terms("sanctions", NEWS, lexicon=GRAIN, **{"min_count": 1, **options})


def test_company_of_a_target_is_proposed_with_its_sentences():
    found = suggest(min_count=2)
    assert found.terms[0] == "embargo"
    best = found.suggestions[0]
    assert (best.n_with, best.n_without, best.docs) == (4, 0, 3)
    assert best.examples == (
        "The embargo on grain hurts, and sanctions bite",
        "New sanctions, a new embargo on grain",
        "An arms embargo and the U.S. sanctions of ...",
    )
    assert "arms embargo" in found.terms


def test_what_is_known_stop_words_and_numbers_are_not_proposed():
    proposed = suggest(k=1000).terms
    words = {word for term in proposed for word in term.split()}
    assert not words & {"sanctions", "rain", "rained", "prices", "the", "on", "1996", "u.s"}
    assert "sanctions bite" not in proposed
    assert "new embargo" in proposed
    assert "embargo grain" not in proposed  # "on" stands between


def test_pairs_do_not_run_across_punctuation():
    own = {"x": ["war"]}
    found = suggest_terms("x", ["Bread, butter war.", "Salt."], lexicon=own, min_count=1)
    assert set(found.terms) == {"bread", "butter"}
    found = suggest_terms("x", ["Bread butter, war.", "Salt."], lexicon=own, min_count=1)
    assert set(found.terms) == {"bread", "butter", "bread butter"}


def test_stop_words_may_be_given():
    assert "embargo" not in suggest(stopwords=["Embargo"]).terms
    assert "the" in suggest(stopwords=[], k=100).terms


def test_the_statistics_compare_frequencies_per_word_of_the_sentences():
    from scipy.stats import chi2_contingency

    sizes = [0, 0]
    for document in Corpus.from_texts(NEWS).split("sentence"):
        sizes["sanction" in document.text.lower()] += len(token_spans(document))
    found = suggest(k=1000)
    assert len(found.suggestions) > 5
    for own in found.suggestions:
        rest = sizes[1] - own.n_with, sizes[0] - own.n_without
        table = [[own.n_with, own.n_without], rest]
        test = chi2_contingency(table, correction=False, lambda_="log-likelihood")
        assert own.g2 == pytest.approx(test.statistic)
        ratio = (own.n_with / sizes[1]) / ((own.n_without or 0.5) / sizes[0])
        assert own.log_ratio == pytest.approx(math.log2(ratio))


def test_log_ratio_orders_by_size():
    found = suggest(measure="log_ratio", k=1000)
    ratios = [s.log_ratio for s in found.suggestions]
    assert ratios == sorted(ratios, reverse=True)
    assert found.to_frame().columns.tolist()[4:6] == ["g2", "log_ratio"]


def test_an_ignored_pattern_of_equal_length_is_no_target():
    lexicon = Lexicon({"x": ["us", "war"]}, ignore=[{"pattern": "US", "case": True}])
    with pytest.raises(DiscourseError, match="no sentence has the target 'x'"):
        suggest_terms("x", ["The US spoke."], lexicon=lexicon)


def test_accepted_terms_make_a_new_lexicon():
    found = suggest(min_count=2)
    more = found.accept(["embargo", "arms embargo"])
    assert more.categories["sanctions"] == ("sanction*", "embargo", "arms embargo")
    assert more.ignore == GRAIN.ignore
    assert GRAIN.categories["sanctions"] == ("sanction*",)
    assert list(found.accept(["embargo"], category="bans").categories) == [
        *GRAIN.categories,
        "bans",
    ]
    assert not suggest_terms("sanctions", NEWS, lexicon=more, min_count=4).terms


@pytest.mark.parametrize(
    ("terms", "message"),
    [("embargo", "not a single string"), (["embagro"], "mean 'embargo'")],
)
def test_only_proposed_terms_are_accepted(terms, message):
    with pytest.raises(OptionError, match=message):
        suggest(min_count=2).accept(terms)


@pytest.mark.parametrize("stopwords", ["english", ["the", "a"]])
def test_proposals_can_be_verified_and_written_down(stopwords):
    found = suggest(stopwords=stopwords)
    assert found.verify(NEWS)
    assert json.loads(json.dumps(found.to_dict()))["target"] == "sanctions"
    assert copy.deepcopy(found).suggestions == found.suggestions


# -- candidates for targets ------------------------------------------------------------------

DOMAIN = [
    "We support coal subsidies. We oppose a coal furnace. The town has a furnace and a harbour.",
    "They defend coal subsidies. The furnaces are old. The town lies on the river.",
    "We welcome subsidies. The subsidy is paid. The harbour of the town is open on Monday.",
]


def test_nouns_that_attract_stances_come_first():
    found = discover_targets(DOMAIN, min_count=2)
    assert found.terms[0] in {"coal subsidies", "subsidies"}
    assert found.terms[-1] == "town"
    town = found.candidates[-1]
    assert (town.support, town.oppose, town.mentions, town.docs) == (0, 0, 3, 3)
    assert town.g2 < 0 < found.candidates[0].g2


def test_singular_and_plural_are_one_term():
    forms = {c.term: c.forms for c in discover_targets(DOMAIN, min_count=1).candidates}
    assert forms["furnace"] == ("furnace", "furnaces")
    assert "furnaces" not in forms


def test_the_counts_are_those_of_the_stance_on_these_terms():
    found = discover_targets(DOMAIN, min_count=1, k=1000)
    assert found.n_terms == len(found.candidates)
    again = stance(DOMAIN, targets=found.accept(found.terms), holders="all")
    for candidate in found.candidates:
        j = again.targets.index(candidate.term)
        assert candidate.support == again.support[:, j].sum()
        assert candidate.oppose == again.oppose[:, j].sum()
        assert candidate.mentions == again.mentioned[:, j].sum()
        assert candidate.docs == np.count_nonzero(again.mentioned[:, j])
    total = sum(c.mentions for c in found.candidates)
    taken = sum(c.support + c.oppose for c in found.candidates)
    assert found.share == taken / total


def test_the_test_is_the_likelihood_ratio_of_a_table_of_two_by_two():
    from scipy.stats import binomtest, chi2_contingency

    found = discover_targets(DOMAIN, min_count=1, k=1000)
    total = sum(c.mentions for c in found.candidates)
    all_taken = sum(c.support + c.oppose for c in found.candidates)
    for own in found.candidates:
        taken = own.support + own.oppose
        rest = all_taken - taken
        table = [[taken, own.mentions - taken], [rest, total - own.mentions - rest]]
        test = chi2_contingency(table, correction=False, lambda_="log-likelihood")
        assert abs(own.g2) == pytest.approx(test.statistic)
        assert own.p == pytest.approx(test.pvalue)
        assert (own.g2 > 0) == (own.share > found.share)
        limits = binomtest(taken, own.mentions).proportion_ci(method="wilson")
        assert (own.low, own.high) == pytest.approx((limits.low, limits.high), abs=1e-9)
        assert own.p <= own.p_adjusted <= 1


def test_words_that_are_cues_are_no_terms():
    texts_ = [
        "Threats to peace grow. A threat to order. The threat to us. We support rain and peace."
    ]
    terms = discover_targets(texts_, min_count=1, k=100).terms
    assert "peace" in terms
    assert not {"threat", "threats"} & set(terms)


def test_words_that_judge_or_stand_before_a_head_are_no_terms():
    terms = discover_targets([*DOMAIN, "Illegal subsidies."], min_count=1, k=100).terms
    assert "illegal subsidies" not in terms
    assert "coal furnace" in terms
    assert "coal" not in discover_targets(DOMAIN, min_count=2).terms


def test_stop_words_are_no_terms():
    assert "town" not in discover_targets(DOMAIN, min_count=1, k=100, stopwords=["town"]).terms


def test_candidates_make_a_lexicon():
    found = discover_targets(DOMAIN, min_count=1)
    lexicon = found.accept(["furnace"])
    assert dict(lexicon.categories) == {"furnace": ("furnace", "furnaces")}
    with pytest.raises(OptionError, match="unknown term 'furnac'"):
        found.accept(["furnac"])
    with pytest.raises(OptionError, match="not a single string"):
        found.accept("furnace")


def test_candidates_can_be_verified_and_written_down():
    found = discover_targets(DOMAIN, min_count=1, k=3)
    assert found.verify(DOMAIN)
    assert len(found.to_frame()) == 3
    assert json.loads(json.dumps(found.to_dict()))["n_terms"] == found.n_terms
    assert copy.deepcopy(found).candidates == found.candidates


# -- on speeches -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def speeches(real_data):
    with tarfile.open(
        real_data / "data" / "ungdc" / "twelve_countries_2000_2024.tar.gz"
    ) as archive:
        files = [m for m in archive.getmembers() if m.isfile() and m.name.endswith("_2010.txt")]
        bodies = {m.name: archive.extractfile(m).read().decode("utf-8-sig") for m in files}
    return [Document(name, text) for name, text in sorted(bodies.items())]


def test_targets_of_foreign_policy_are_found_without_a_lexicon(speeches):
    terms = discover_targets(speeches).terms
    expected = {"peace", "development", "terrorism", "dialogue", "poverty", "nuclear weapons"}
    assert len(expected & set(terms)) >= 4


def test_an_audit_of_the_targets_counts_what_keywords_count(speeches):
    lexicon = load_lexicon("foreign-policy")
    audit = audit_lexicon(lexicon, speeches)
    rows = audit.to_frame().groupby("category")["count"].sum()
    counts = keyword_vectors(speeches, lexicon, per=None)
    for name, n in zip(counts.features, counts.values.sum(axis=0), strict=True):
        assert rows[name] == n
    assert audit.labels is None
    assert len(audit.unmatched) < len(audit.entries)
