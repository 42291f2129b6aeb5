"""Groups, periods, merging and trends of stance vectors."""

import datetime as dt
import itertools
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from discourse.corpus import Corpus
from discourse.errors import OptionError
from discourse.stances import stance, stance_trend
from discourse.stances.periods import find_periods

TOL = 1e-9
SENTENCES = (
    "We support peace.",
    "We oppose sanctions and war.",
    "They met to talk about sanctions.",
    "We oppose peace, and we support peace.",
    "Sorrenay argued that sanctions must be lifted.",
    "Nothing happened.",
)
COUNTS = ("support", "oppose", "neutral", "mentioned", "effective")
texts = st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join)
dates = st.dates(dt.date(1946, 1, 1), dt.date(2030, 12, 31))
rows = st.lists(st.tuples(texts, st.sampled_from("XY"), dates), min_size=1, max_size=6)


def corpus_of(drawn):
    """Documents with a party and a date, whose identifiers are not in order."""
    bodies, parties, days = zip(*drawn, strict=True)
    ids = [f"d{(7 * i) % 11}" for i in range(len(bodies))]
    return Corpus.from_texts(bodies, ids=ids, docvars={"party": parties, "date": days})


def assert_same_rows(one, other):
    """Rows of the same names are the same."""
    assert set(one.docs) == set(other.docs)
    order = [other.row(name) for name in one.docs]
    for name in COUNTS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name)[order])
    for i, j in enumerate(order):
        assert set(one.members[i]) == set(other.members[j])
    assert set(one.found) == set(other.found)
    for name in one.docvars:
        assert one.docvars[name] == tuple(other.docvars[name][j] for j in order)


# -- merging -------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(rows.filter(lambda r: len(r) > 1), st.data(), st.sampled_from([None, "party"]))
def test_the_parts_of_a_corpus_merge_to_the_whole(drawn, data, by):
    corpus = corpus_of(drawn)
    k = data.draw(st.integers(1, len(corpus) - 1))
    whole, *parts = (
        stance(part) if by is None else stance(part).group(by)
        for part in (corpus, corpus.subset(corpus.ids[:k]), corpus.subset(corpus.ids[k:]))
    )
    merged = parts[0].merge(parts[1])
    assert_same_rows(merged, whole)
    assert merged.docs == tuple(sorted(whole.docs))
    places = [(m.doc, m.start) for m in merged.found]
    assert places == sorted(places)


@settings(max_examples=30)
@given(rows.filter(lambda r: len(r) > 2), st.sampled_from([None, "party"]))
def test_merging_is_commutative_and_associative(drawn, by):
    corpus = corpus_of(drawn)
    thirds = [stance(corpus.subset(corpus.ids[i::3])) for i in range(3)]
    a, b, c = thirds if by is None else (part.group(by) for part in thirds)

    def contents(found):
        data = found.to_dict()
        return {name: data[name] for name in data if name != "record"}

    assert contents(a.merge(b)) == contents(b.merge(a))
    assert contents(a.merge(b).merge(c)) == contents(a.merge(b.merge(c)))


def test_merged_vectors_can_be_verified_from_both_parts():
    one, other = stance(["We support peace."]), stance(Corpus.from_texts(["War."], ids=["b"]))
    merged = one.merge(other)
    assert merged.verify(one, other)
    assert merged.verify(other, one)
    with pytest.raises(ValueError, match="is not the one"):
        merged.verify(one, stance(Corpus.from_texts(["Peace."], ids=["b"])))


OWN = {"peace": ["peace"], "war": ["war"]}
ONE = stance(["We support peace."], targets=OWN)


def other_than(**options):
    return stance(Corpus.from_texts(["War."], ids=["b"]), **{"targets": OWN, **options})


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (lambda: None, "other must be StanceVectors; got NoneType"),
        (lambda: ONE, r"both have the document\(s\) 'text1', whose mentions would count twice"),
        (lambda: other_than(targets="foreign-policy"), "differ in target_set: 'custom' and 'fo"),
        (lambda: other_than(targets={"peace": ["peace"]}), "differ in targets"),
        (
            lambda: other_than(targets={"peace": ["peace"], "war": ["wars"]}),
            "made with different targets",
        ),
        (lambda: other_than(holders="all"), "differ in holders: 'self' and 'all'"),
        (
            lambda: other_than(
                cues={"cues": [{"class": "reduce", "form": "verb", "entries": ["bin"]}]}
            ),
            "made with different cues",
        ),
    ],
)
def test_vectors_that_do_not_fit_are_not_merged(other, message):
    with pytest.raises(OptionError, match=message):
        ONE.merge(other())


def test_rows_with_two_values_of_a_docvar_are_not_merged():
    parts = [
        stance(Corpus.from_texts(["Peace."], ids=[name], docvars={"date": [day]}))
        for name, day in (("a", "2017-01-01"), ("b", "2018-01-01"))
    ]
    one = parts[0].group("date", every="year")
    assert one.merge(parts[1].group("date", every="year")).docs == ("2017", "2018")
    other = parts[1].group({"b": "2017"})
    assert one.merge(other).docvars == one.docvars
    with pytest.raises(OptionError, match="document '2017' has two values of docvar 'date'"):
        one.merge(
            stance(Corpus.from_texts(["Peace."], ids=["c"], docvars={"date": ["2017"]})).group(
                "date"
            )
        )


def test_a_docvar_that_one_part_lacks_comes_from_the_other():
    def vectors(name):
        docvars = {"date": [f"{name[:4]}-05-01"]}
        return stance(Corpus.from_texts(["Peace."], ids=[name], docvars=docvars))

    unnamed = vectors("2017 a").group({"2017 a": "2017"})
    later = vectors("2018 a").group("date", every="year")
    dated = vectors("2017 b").group("date", every="year")
    first, second = dt.date(2017, 1, 1), dt.date(2018, 1, 1)
    assert unnamed.merge(later).docvars == {"date": (None, second)}
    for merged in (unnamed.merge(later).merge(dated), dated.merge(unnamed.merge(later))):
        assert merged.docvars == {"date": (first, second)}
        assert merged.members == (("2017 a", "2017 b"), ("2018 a",))


# -- groups --------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(rows)
def test_groups_of_groups_are_groups_of_the_documents(drawn):
    found = stance(corpus_of(drawn))
    by_date = found.group("date", every="year")
    halves = {year: "early" if year < "1990" else "late" for year in by_date.docs}
    direct = found.group(
        {
            doc: halves[str(day.year)]
            for doc, day in zip(found.docs, found.docvars["date"], strict=True)
        }
    )
    assert_same_rows(by_date.group(halves), direct)


def test_a_group_holds_the_names_of_its_documents():
    found = stance(Corpus.from_texts(["Peace.", "", "War."], docvars={"party": ["X", "Y", "X"]}))
    assert found.members == (("text1",), ("text2",), ("text3",))
    assert found.group("party").members == (("text1", "text3"), ("text2",))


def test_the_table_has_the_docvars_of_each_row_and_renames_what_would_hide_a_column():
    corpus = Corpus.from_texts(
        ["We support peace and oppose war.", "We support peace."],
        docvars={"year": [2016, 2017], "low": ["x", None]},
    )
    frame = stance(corpus).to_frame()
    assert frame["year"].tolist() == [2016, 2016, 2017]
    assert frame["docvar_low"].fillna("none").tolist() == ["x", "x", "none"]
    assert frame["low"].dtype == np.float64
    assert frame["effective"].tolist() == [1.0, 1.0, 1.0]


# -- periods -------------------------------------------------------------------------------------

FREQUENCIES = {"day": "D", "month": "M", "quarter": "Q", "year": "Y"}


@given(st.lists(dates, min_size=1, max_size=5), st.sampled_from(sorted(FREQUENCIES)))
def test_periods_are_those_of_pandas(days, every):
    found = find_periods("date", list(map(str, days)), days, every)
    expected = pd.PeriodIndex(pd.to_datetime(days), freq=FREQUENCIES[every])
    assert [p.start for p in found] == [p.start_time.date() for p in expected]
    labels = [str(p).replace("Q", "-Q") for p in expected]
    assert [p.label for p in found] == labels


@given(st.lists(dates, min_size=1, max_size=5), st.integers(1, 30))
def test_periods_of_years_hold_their_dates_start_at_a_multiple_and_sort_by_time(days, years):
    found = find_periods("date", list(map(str, days)), days, years)
    for day, period in zip(days, found, strict=True):
        assert period.start.year % years == 0
        assert period.start.year <= day.year < period.start.year + years
        first = int(period.label[:4])
        assert period.label == (f"{first}" if years == 1 else f"{first}-{first + years - 1}")
    assert [p.start for p in sorted(found)] == sorted(p.start for p in found)
    decades = find_periods("date", list(map(str, days)), days, "decade")
    tens = find_periods("date", list(map(str, days)), days, 10)
    assert [p.start for p in decades] == [p.start for p in tens]
    assert [p.label for p in decades] == [f"{p.label[:4]}s" for p in tens]


@pytest.mark.parametrize(
    "value",
    [
        *("2017-09-19", " 2017-09-19 ", "20170919", "2017-09-19T10:30:00", "2017-09-19 10:30"),
        *(dt.date(2017, 9, 19), dt.datetime(2017, 9, 19, 23, 59, tzinfo=dt.UTC)),
        *(pd.Timestamp("2017-09-19 12:00"), np.datetime64("2017-09-19T12:00")),
    ],
)
def test_a_date_may_be_written_in_many_ways(value):
    [period] = find_periods("date", ["a"], [value], "day")
    assert period == ("2017-09-19", dt.date(2017, 9, 19))


@pytest.mark.parametrize(
    "value", [2017, 2017.0, np.int64(2017), np.float64(2017), "2017", np.datetime64("2017")]
)
def test_a_year_may_be_written_in_many_ways_and_has_no_month(value):
    assert find_periods("year", ["a"], [value], "year")[0].label == "2017"
    with pytest.raises(OptionError, match="every='month' needs a month, which docvar 'year' does"):
        find_periods("year", ["a"], [value], "month")


@pytest.mark.parametrize("value", ["2017-09", np.datetime64("2017-09")])
def test_a_month_has_no_day(value):
    assert find_periods("date", ["a"], [value], "quarter")[0].label == "2017-Q3"
    with pytest.raises(OptionError, match="every='day' needs a day"):
        find_periods("date", ["a"], [value], "day")


@pytest.mark.parametrize(
    "value",
    [
        *("last May", "", "2017-13", "2017-02-30", "19.9.2017", 2017.5, float("nan")),
        *(True, None, 0, 10**6, [2017], np.datetime64("NaT")),
    ],
)
def test_what_is_no_date_is_named_with_its_document(value):
    with pytest.raises(OptionError, match=r"docvar 'when' holds no date for 1 document.* of 'b'"):
        find_periods("when", ["a", "b"], ["2017", value], "year")


@pytest.mark.parametrize(
    ("every", "message"),
    [
        ("years", "every must be one of 'day', .*; got 'years'. Did you mean 'year'"),
        (0, "every must be at least 1 year; got 0"),
        (True, "every must be one of .* or a whole number of years; got True"),
        (2.5, "or a whole number of years; got 2.5"),
    ],
)
def test_other_lengths_of_periods_are_refused(every, message):
    with pytest.raises(OptionError, match=message):
        find_periods("date", ["a"], ["2017"], every)


def test_the_first_years_have_a_period():
    assert find_periods("date", ["a"], ["0004"], "decade")[0] == ("0000s", dt.date(1, 1, 1))


@settings(max_examples=30)
@given(rows)
def test_a_period_pools_the_documents_of_its_dates(drawn):
    found = stance(corpus_of(drawn))
    by_decade = found.group("date", every="decade")
    assert by_decade.docs == tuple(sorted(by_decade.docs))
    starts = by_decade.docvars["date"]
    assert list(starts) == sorted(set(starts))
    for i, start in enumerate(starts):
        own = [
            k for k, day in enumerate(found.docvars["date"]) if day.year // 10 * 10 == start.year
        ]
        assert by_decade.members[i] == tuple(found.docs[k] for k in own)
        for name in ("support", "oppose", "neutral", "mentioned"):
            pooled = getattr(found, name)[own].sum(axis=0)
            np.testing.assert_array_equal(getattr(by_decade, name)[i], pooled)
    assert by_decade.verify(corpus_of(drawn))
    json.dumps(by_decade.to_dict())


def test_the_table_of_periods_has_their_first_days():
    corpus = Corpus.from_texts(
        ["We support peace."] * 3, docvars={"date": ["2016-09-20", "2017-09-19", "2017-01-02"]}
    )
    frame = stance(corpus).group("date", every="year").to_frame()
    assert frame[["doc", "date", "support"]].to_numpy().tolist() == [
        ["2016", dt.date(2016, 1, 1), 1],
        ["2017", dt.date(2017, 1, 1), 2],
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda f: f.group("dat", every="year"), "unknown docvar 'dat'. Did you mean 'date'"),
        (lambda f: f.group({"text1": "a"}, every="year"), "by must be its name"),
        (lambda f: f.group("date", every="week"), "every must be one of 'day'"),
        (lambda f: f.group("party", every="year"), "docvar 'party' holds no date .* 'X' of 'tex"),
        (lambda f: stance_trend(f, "party"), "docvar 'party' holds no date"),
        (lambda f: stance_trend(f, "datum"), "unknown docvar 'datum'"),
        (lambda f: stance_trend(f, "date", level=95), "level must lie between 0 and 1"),
    ],
)
def test_bad_calls_are_refused(call, message):
    docvars = {"date": ["2017-09-19"], "party": ["X"]}
    with pytest.raises(OptionError, match=message):
        call(stance(Corpus.from_texts(["We support peace."], docvars=docvars)))


# -- trends --------------------------------------------------------------------------------------


def mentions_of(found, target):
    """Days and stances of the mentions of a target, with their documents."""
    day = dict(zip(found.docs, found.docvars["date"], strict=True))
    own = [m for m in found.found if m.target == target and m.stance != "neutral"]
    own = [m for m in own if m.holder != "other"]
    signs = [{"support": 1.0, "oppose": -1.0}[m.stance] for m in own]
    return [day[m.doc].toordinal() / 365.2425 for m in own], signs, [m.doc for m in own]


def slow_trend(found, target, level):
    """Slope by scipy and the jackknife over documents, one at a time."""
    x, y, docs = mentions_of(found, target)

    def slope(pairs):
        return stats.linregress(*zip(*pairs, strict=True)).slope if pairs else np.nan

    pairs = list(zip(x, y, strict=True))
    names = sorted(set(docs))
    if len(set(x)) < 2:
        return np.nan, np.nan, np.nan
    whole = slope(pairs)
    kept = [[p for p, d in zip(pairs, docs, strict=True) if d != name] for name in names]
    if len(names) < 5 or any(len({x for x, _ in rest}) < 2 for rest in kept):
        return whole, np.nan, np.nan
    without = np.array([slope(rest) for rest in kept])
    k = len(names)
    error = np.sqrt((k - 1) / k * ((without - without.mean()) ** 2).sum())
    half = stats.t.ppf(0.5 + level / 2, k - 2) * error
    return whole, whole - half, whole + half


long_rows = st.lists(st.tuples(texts, st.sampled_from("XY"), dates), min_size=1, max_size=9)


@settings(max_examples=30)
@given(long_rows, st.sampled_from([0.8, 0.95]))
def test_trends_equal_a_slow_regression_over_mentions(drawn, level):
    found = stance(corpus_of(drawn))
    result = stance_trend(found, "date", level=level)
    takes = found.evidence.any(axis=0)
    assert result.targets == tuple(itertools.compress(found.targets, takes))
    for k, target in enumerate(result.targets):
        got = result.slope[k], result.low[k], result.high[k]
        np.testing.assert_allclose(got, slow_trend(found, target, level), rtol=1e-6, atol=1e-9)
        _, signs, docs = mentions_of(found, target)
        assert (result.n[k], result.n_docs[k]) == (len(signs), len(set(docs)))
    json.dumps(result.to_dict())
    assert result.verify(found, "date")


def test_a_steady_change_has_its_slope_and_turning_all_stances_negates_it():
    texts = [" ".join(["We support peace."] * k + ["We oppose peace."] * (8 - k)) for k in range(9)]
    turned = [text.replace("support", "X").replace("oppose", "support") for text in texts]
    turned = [text.replace("X", "oppose") for text in turned]
    docvars = {"date": [dt.date(2000 + i, 1, 1) for i in range(9)]}
    one, other = (
        stance_trend(stance(Corpus.from_texts(t, docvars=docvars)), "date") for t in (texts, turned)
    )
    assert one.slope[0] == pytest.approx(0.25, rel=1e-3)
    assert one.low[0] < 0.25 < one.high[0]
    assert other.slope[0] == pytest.approx(-one.slope[0])
    assert other.low[0] == pytest.approx(-one.high[0])


def test_a_corpus_without_stances_has_no_trends():
    corpus = Corpus.from_texts(["Peace."], docvars={"year": [2017]})
    assert len(stance_trend(stance(corpus), "year").to_frame()) == 0
