"""The permutation of documents between groups: exact cases, validity, units."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_array

import discourse as ds
from discourse.inference import matched_matrix, permuting
from discourse.inference.permuting import Collection, permutation_p
from discourse.inference.sources import Source
from discourse.resampling import benjamini_hochberg, fill

TOL = 1e-12
N_FEATURES = 30


def collection(n_units, seed, *, side=0, shift=0.0, longest=8):
    """A few units of some sentences each; `shift` moves words to the first features."""
    rng = np.random.default_rng(seed)
    p = 1.0 / (np.arange(N_FEATURES) + 2.0)
    p = (1 - shift) * p / p.sum() + shift * (np.arange(N_FEATURES) < 3) / 3
    unit = np.sort(np.concatenate([np.arange(n_units), rng.integers(0, n_units, 4 * n_units)]))
    counts = rng.multinomial(rng.integers(1, longest + 1, len(unit)), p).astype(float)
    source = Source("s", (), csr_array(counts), counts.sum(axis=1).astype(int), unit, (seed, side))
    return Collection(source, unit)


def p_value(a, b, *, metric="jensen_shannon", m=10, permutations=10**6, seed=0):
    chosen = ds.METRICS[metric]
    return permutation_p(chosen, a, b, m=m, permutations=permutations, seed=seed)


# -- the oracle: every way to deal the units out, one by one -------------------------------------


def slow_excess(metric, counts, order, kept, m):
    """Excess of one draw, from the weights of sentences that are kept on each side."""
    sizes = counts.sum(axis=1).astype(int)
    ends = [
        [fill(o[np.newaxis], np.where(own, sizes, 0), m)[0] @ counts for o in (order, order[::-1])]
        for own in (kept, ~kept)
    ]
    pair = ds.METRICS[metric].pair
    between = pair(ends[0][0], ends[1][0]) + pair(ends[0][1], ends[1][1])
    within = pair(*ends[0]) + pair(*ends[1])
    sign = -1 if ds.METRICS[metric].kind == "similarity" else 1
    return sign * (between - within) / 2


def slow_p(metric, a, b, m, seed):
    """Share of all ways whose excess is as large as that observed, sides in the same order."""
    a, b = sorted((a, b), key=lambda side: (side.unit.max(), side.source.key))
    counts = np.vstack([side.source.counts.toarray() for side in (a, b)])
    unit = np.concatenate([a.unit, b.unit + a.unit.max() + 1])
    tokens = np.bincount(unit, counts.sum(axis=1))
    n, n_a = unit.max() + 1, a.unit.max() + 1
    m = min(m, int(np.sort(tokens)[:n_a].sum()) // 2)
    rng = np.random.default_rng([seed, *a.source.key, *b.source.key])
    orders = [rng.permutation(len(unit)) for _ in range(permuting._DRAWS)]  # noqa: SLF001
    values = [
        np.mean([slow_excess(metric, counts, o, np.isin(unit, chosen), m) for o in orders])
        for chosen in itertools.combinations(range(n), int(n_a))
    ]
    return np.mean(np.array(values) >= values[0] - 1e-9), m


@pytest.mark.parametrize("metric", ["jensen_shannon", "cosine", "manhattan"])
@pytest.mark.parametrize("sizes", [(2, 2), (3, 3), (2, 4)])
@pytest.mark.parametrize("shift", [0.0, 0.3])
def test_few_ways_are_all_listed(metric, sizes, shift):
    a, b = collection(sizes[0], 1), collection(sizes[1], 2, shift=shift)
    assert p_value(a, b, metric=metric) == pytest.approx(slow_p(metric, a, b, 10, 0), abs=TOL)


def test_all_ways_are_listed_only_where_they_are_no_more_than_asked_for():
    a, b = collection(3, 1), collection(3, 2)  # 10 ways, halves counted once
    ways = permuting._dealt(3, 6, 9, np.random.default_rng(0))  # noqa: SLF001
    assert len({tuple(row) for row in ways.tolist()}) == 10
    assert ways[0].tolist() == [True] * 3 + [False] * 3
    drawn = permuting._dealt(3, 6, 8, np.random.default_rng(0))  # noqa: SLF001
    assert (len(drawn), drawn.sum(axis=1).tolist()) == (9, [3] * 9)
    assert p_value(a, b, permutations=9) == p_value(a, b)
    assert p_value(a, b, permutations=8).p * 9 == pytest.approx(
        round(p_value(a, b, permutations=8).p * 9)
    )


def test_all_ways_of_unequal_sides_are_listed():
    ways = permuting._dealt(2, 5, 9, np.random.default_rng(0))  # noqa: SLF001
    assert len({tuple(row) for row in ways.tolist()}) == len(ways) == 10


# -- laws ----------------------------------------------------------------------------------------


@settings(max_examples=20)
@given(st.integers(0, 1000), st.integers(2, 6), st.integers(2, 6), st.integers(1, 40))
def test_exchanging_the_sides_changes_nothing(seed, n_a, n_b, m):
    a, b = collection(n_a, seed), collection(n_b, seed + 1)
    one, other = (p_value(*pair, m=m, permutations=19) for pair in ((a, b), (b, a)))
    assert one == other
    assert 1 / 20 <= one.p <= 1.0
    assert 1 <= one.m <= m


def test_sides_of_different_words_are_told_apart_and_equal_ones_are_not():
    a, b = collection(6, 1), collection(6, 2, shift=0.8)
    assert p_value(a, b).p < 0.02
    same = [p_value(collection(4, s), collection(4, s + 500), permutations=19).p for s in range(40)]
    assert 0.3 < np.mean(same) < 0.7


def test_p_values_are_uniform_where_units_are_exchangeable_though_each_has_its_own_words():
    def mixed(n_units, rng, key):
        """Units with frequencies of their own: sentences of a unit are alike."""
        own = rng.dirichlet(np.full(N_FEATURES, 0.3), n_units)
        unit = np.repeat(np.arange(n_units), rng.integers(4, 12, n_units))
        counts = np.array([rng.multinomial(8, own[u]) for u in unit], float)
        sizes = counts.sum(axis=1).astype(int)
        return Collection(Source("s", (), csr_array(counts), sizes, unit, key), unit)

    p = [
        p_value(mixed(4, rng, (0, 0)), mixed(5, rng, (0, 1)), m=60, permutations=19, seed=i).p
        for i in range(200)
        for rng in (np.random.default_rng(i),)
    ]
    ranks = np.round(np.array(p) * 20).astype(int)
    assert stats.chisquare(np.bincount((ranks - 1) // 4, minlength=5)).pvalue > 0.01
    assert np.mean(np.array(p) <= 0.1) < 0.16


# -- in a matrix ---------------------------------------------------------------------------------


def grouped(*sides, speakers=None, n=5):
    """Documents of a few sentences; the words of a document are those of its side."""
    rng = np.random.default_rng(0)
    words = [f"word{chr(97 + i)}" for i in range(20)]
    texts = []
    for side in sides:
        p = np.ones(20) + 30 * (np.arange(20) == "XYZ".index(side))
        drawn = (rng.choice(words, 6, p=p / p.sum()) for _ in range(n))
        texts.append(" ".join(f"{' '.join(sentence).capitalize()}." for sentence in drawn))
    docvars = {"side": list(sides)} | ({} if speakers is None else {"speaker": list(speakers)})
    return ds.Corpus.from_texts(texts, docvars=docvars)


def test_p_values_of_all_pairs_are_adjusted_together():
    found = matched_matrix(grouped(*"XXXXYYYYZZZZ"), by="side", draws=8, permutations=99)
    above = np.triu_indices(3, 1)
    assert found.p[above].tolist() == pytest.approx([1 / 35] * 3)
    assert found.p_adjusted[above].tolist() == benjamini_hochberg(found.p[above]).tolist()
    assert (found.p == found.p.T)[above].all()
    assert np.isnan(found.p.diagonal()).all()
    assert found.note is None
    assert found.to_frame()["p"].tolist() == found.p[above].tolist()
    plain = matched_matrix(grouped(*"XXXXYYYYZZZZ"), by="side", draws=8)
    assert plain.p is None
    assert (plain.values == found.values).all()


def test_the_names_of_the_groups_change_no_p_value():
    corpus = grouped(*"XXXYYYZZZZ")
    other = dict(zip(corpus.ids, "cccaaabbbb", strict=True))
    one = matched_matrix(corpus, by="side", draws=8, permutations=19)
    two = matched_matrix(corpus, by=other, draws=8, permutations=19)
    order = [1, 2, 0]  # a, b, c are Y, Z, X
    np.testing.assert_array_equal(one.p[np.ix_(order, order)], two.p)


def test_documents_of_a_unit_stay_together():
    corpus = grouped(*"XXXXYYYY", speakers="aabbccdd")
    by_speaker = matched_matrix(corpus, by="side", unit="speaker", draws=8, permutations=99)
    mapping = dict(zip(corpus.ids, "aabbccdd", strict=True))
    by_mapping = matched_matrix(corpus, by="side", unit=mapping, draws=8, permutations=99)
    assert by_speaker.p[0, 1] == by_mapping.p[0, 1] == pytest.approx(1 / 3)
    assert by_speaker.verify(corpus)
    assert by_mapping.record.parameters["unit"] == "a mapping"


def test_a_group_of_one_unit_has_no_p_value_and_the_note_names_it():
    corpus = grouped(*"XXXYYYZ", n=10)
    found = matched_matrix(corpus, by="side", draws=8, permutations=99)
    assert np.isnan(found.p).tolist() == [
        [True, False, True], [False, True, True], [True, True, True],
    ]  # fmt: skip
    assert found.p_adjusted[0, 1] == found.p[0, 1]
    assert found.note.endswith("no p-value for a group of a single unit: 'Z'.")
    alone = matched_matrix(grouped(*"XY", n=20), by="side", draws=8, permutations=9)
    assert np.isnan(alone.p).all()


def test_documents_without_words_are_no_units():
    corpus = grouped(*"XXYY", n=10) + ds.Corpus((ds.Document("empty", "...", {"side": "X"}),))
    found = matched_matrix(corpus, by="side", draws=8, permutations=99)
    assert found.p[0, 1] == pytest.approx(1 / 3)


def test_shorter_samples_of_a_test_are_noted():
    corpus = grouped(*"XXYY", n=30) + ds.Corpus(
        tuple(ds.Document(f"short{s}", "Wordq wordr. Words.", {"side": s}) for s in "XY")
    )
    found = matched_matrix(corpus, by="side", draws=8, permutations=99)
    assert "1 of 1 p-values are of samples of" in found.note


BAD_UNITS = [
    ("speaker", "unit 'a' has documents in 'X' and in 'Y'. A unit must be in one group"),
    ("speakr", "unknown docvar 'speakr'"),
    ({"text1": "a"}, "3 document"),
]


@pytest.mark.parametrize(("unit", "message"), BAD_UNITS)
def test_a_bad_unit_is_explained(unit, message):
    corpus = grouped(*"XXYY", speakers="abac", n=10)
    with pytest.raises(ds.OptionError, match=message):
        matched_matrix(corpus, by="side", unit=unit, draws=8, permutations=9)
