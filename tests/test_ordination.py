"""Clusterings and maps, held against scipy, scikit-learn, known configurations and bad calls."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform
from scipy.stats import spearmanr
from sklearn.manifold import smacof

import discourse as ds
from discourse.errors import DiscourseError, OptionError, UndefinedError
from discourse.labelled import SimilarityMatrix
from discourse.ordination import cluster, mds
from discourse.record import Record

TOL = 1e-9
MAP_TOL = 1e-6  # of the largest distance; the search for a map ends when little changes
METHODS = ("average", "complete", "single", "weighted", "ward", "centroid", "median")
NOT_OF_POINTS = METHODS[:4]


def matrix_of(values, *, metric="euclidean", kind="distance", names=None, columns=None):
    values = np.array(values, np.float64)
    names = tuple(names or (f"d{i:02}" for i in range(len(values))))
    return SimilarityMatrix(values, names, columns or names, metric, kind, Record("made", {}))


def distances_of(points, **facts):
    return matrix_of(squareform(pdist(points)), **facts)


def points(seed, n=12, dimensions=2):
    return np.random.default_rng(seed).normal(size=(n, dimensions))


def shuffled(matrix, order):
    names = [matrix.rows[i] for i in order]
    values = matrix.values[np.ix_(order, order)]
    return matrix_of(values, metric=matrix.metric, kind=matrix.kind, names=names)


def together(table):
    """Return the clusters as sets of documents, whatever their numbers."""
    return {frozenset(group) for _, group in table.groupby("cluster")["doc"]}


def agreeing(first, second):
    """Raise unless two maps show the same documents in the same places."""
    order = [second.names.index(name) for name in first.names]
    size = np.abs(first.x).max()
    np.testing.assert_allclose(second.x[order], first.x, atol=1e-4 * size)
    np.testing.assert_allclose(second.y[order], first.y, atol=1e-4 * size)


seeds = st.integers(0, 2**32 - 1)


# -- clustering ----------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
@given(seed=seeds)
def test_a_clustering_is_that_of_scipy(method, seed):
    matrix = distances_of(points(seed))
    condensed = squareform(matrix.values)
    found = cluster(matrix, method=method)
    expected = hierarchy.linkage(condensed, method)
    np.testing.assert_allclose(found.linkage[:, 2], expected[:, 2], rtol=TOL)
    np.testing.assert_array_equal(np.sort(found.linkage[:, :2]), np.sort(expected[:, :2]))
    assert found.cophenetic == pytest.approx(hierarchy.cophenet(expected, condensed)[0], abs=TOL)


@given(seed=seeds)
def test_documents_of_one_cluster_are_next_to_each_other_in_the_order_of_leaves(seed):
    found = cluster(distances_of(points(seed)))
    assert sorted(found.order) == list(range(12))
    for k in range(1, 13):
        labels = found.cut(k=k)["cluster"].to_numpy()[found.order]
        assert np.count_nonzero(np.diff(labels)) == k - 1


@pytest.mark.parametrize("method", METHODS[:5])
@given(seed=seeds, k=st.integers(1, 12), height=st.floats(0, 4))
def test_cuts_are_those_of_scipy(method, seed, k, height):
    found = cluster(distances_of(points(seed)), method=method)

    def scipys(cut, criterion):
        labels = hierarchy.fcluster(found.linkage, cut, criterion)
        members = ([n for n, x in zip(found.names, labels, strict=True) if x == y] for y in labels)
        return {frozenset(names) for names in members}

    assert together(found.cut(k=k)) == scipys(k, "maxclust")
    assert together(found.cut(height=height)) == scipys(height, "distance")


@given(seed=seeds, k=st.integers(1, 12), method=st.sampled_from(METHODS))
def test_there_are_as_many_clusters_as_asked_for_numbered_along_the_leaves(seed, k, method):
    found = cluster(distances_of(points(seed)), method=method)
    numbers = found.cut(k=k)["cluster"].to_numpy()[found.order]
    assert numbers[0] == 1
    assert numbers[-1] == k
    assert set(np.diff(numbers)) <= {0, 1}


def test_tied_documents_still_make_as_many_clusters_as_asked_for():
    found = cluster(matrix_of(1.0 - np.eye(5)))
    assert [found.cut(k=k)["cluster"].max() for k in range(1, 6)] == [1, 2, 3, 4, 5]
    assert np.isnan(found.cophenetic)


@given(seed=seeds, method=st.sampled_from(METHODS), order=st.permutations(range(12)))
def test_the_tree_does_not_depend_on_the_order_of_the_documents(seed, method, order):
    matrix = distances_of(points(seed))
    first, second = cluster(matrix, method=method), cluster(shuffled(matrix, order), method=method)
    np.testing.assert_allclose(first.linkage[:, 2:], second.linkage[:, 2:], rtol=TOL)
    for k in range(1, 13):
        assert together(first.cut(k=k)) == together(second.cut(k=k))


def test_single_linkage_joins_through_the_shortest_links():
    # The chain of Gower and Ross (1969): the heights are the links of the shortest spanning tree.
    found = cluster(distances_of([[0.0], [1.0], [3.0], [6.0], [10.0]]), method="single")
    assert found.linkage[:, 2].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert found.to_frame()["size"].tolist() == [2, 3, 4, 5]
    assert set(found.to_frame().loc[1, ["left", "right"]]) == {"merge 1", "d02"}


def test_merges_are_named_by_documents_and_by_earlier_merges():
    frame = cluster(distances_of([[0.0], [1.0], [5.0]])).to_frame()
    assert frame.columns.tolist() == ["left", "right", "height", "size"]
    assert {frame.loc[0, "left"], frame.loc[0, "right"]} == {"d00", "d01"}
    assert {frame.loc[1, "left"], frame.loc[1, "right"]} == {"merge 1", "d02"}
    assert frame["height"].tolist() == [1.0, 4.5]


@pytest.mark.parametrize("metric", [m.name for m in ds.METRICS.values() if m.symmetric])
def test_every_symmetric_metric_can_be_clustered_and_mapped(metric):
    texts = ["peace and trade", "trade and peace now", "war on the roads", "roads and rails"]
    matrix = ds.similarity(ds.count(texts), metric=metric)
    tree, places = cluster(matrix), mds(matrix)
    assert together(tree.cut(k=3)) >= {frozenset({"text1", "text2"})}
    assert np.hypot(*np.subtract((places.x[0], places.y[0]), (places.x[1], places.y[1]))) < 0.6 * (
        np.hypot(*np.subtract((places.x[0], places.y[0]), (places.x[2], places.y[2])))
    )


def test_a_similarity_is_as_far_from_its_largest_value_as_documents_are_apart():
    similar = np.array([[1.0, 0.75, 0.25], [0.75, 1.0, 0.25], [0.25, 0.25, 1.0]])
    near = matrix_of(similar, metric="cosine", kind="similarity")
    far = matrix_of(1.0 - similar, metric="bray_curtis", kind="divergence")
    np.testing.assert_array_equal(cluster(near).linkage, cluster(far).linkage)
    np.testing.assert_array_equal(mds(near).x, mds(far).x)


def test_agreement_and_salience_become_distances_from_1():
    stance = ds.stance(
        ["We support peace and trade.", "We support peace and oppose trade.", "We oppose peace."]
    )
    tree = cluster(ds.agreement(stance, undefined="raise"))
    assert tree.linkage[:, 2].tolist() == [1.0, 2.0]
    assert cluster(ds.salience(stance)).linkage[0].tolist()[2:] == [0.0, 2.0]


def test_what_a_document_has_with_itself_does_not_count():
    values = squareform([1.0, 2.0, 2.5])
    other = values + np.diag([0.3, np.nan, 0.1])
    np.testing.assert_array_equal(
        cluster(matrix_of(values)).linkage, cluster(matrix_of(other)).linkage
    )
    np.testing.assert_array_equal(mds(matrix_of(values)).x, mds(matrix_of(other)).x)


def test_rounding_makes_no_distance_negative():
    values = np.array([[1.0, 1.0 + 2e-16, 0.5], [1.0 + 2e-16, 1.0, 0.5], [0.5, 0.5, 1.0]])
    values[values > 1.0] = np.nextafter(1.0, 2.0)
    tree = cluster(matrix_of(values, metric="cosine", kind="similarity"))
    assert tree.linkage[:, 2].tolist() == [0.0, 0.5]


def test_an_excess_below_zero_counts_as_none():
    texts = ["We trade. We agree on trade. " * 15, "They fight. War is a loss. " * 15]
    texts += ["We agree. We trade in peace. " * 15, "They lost a war. They fight. " * 15]
    excess = ds.matched_matrix(ds.Corpus.from_texts(texts)).matrix("excess")
    tree = cluster(excess)
    assert (tree.linkage[:, 2] >= 0.0).all()
    assert len(set(tree.cut(k=2)["cluster"][[0, 2]])) == 1
    assert mds(excess).names == excess.rows
    below = matrix_of(-squareform([0.1, 0.2, 0.3]))
    with pytest.raises(ds.DiscourseError, match="distances must be 0 or more"):
        cluster(below)
    assert cluster(replace(below, metric="hellinger excess")).linkage[:, 2].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("verb", [cluster, mds])
def test_rounding_makes_no_matrix_asymmetric(verb):
    values = squareform([3e6, 4e6, 5e6])
    values[0, 1] *= 1.0 + 1e-12
    assert verb(matrix_of(values)).names == ("d00", "d01", "d02")


def test_documents_that_join_at_the_height_of_a_cut_are_together():
    found = cluster(distances_of([[0.0], [1.0], [5.0]]))
    assert found.cut(height=1.0)["cluster"].nunique() == 2
    assert found.cut(height=4.5)["cluster"].nunique() == 1


# -- maps ----------------------------------------------------------------------------------


@given(seed=seeds, angle=st.floats(0, 2 * np.pi), scale=st.floats(1e-6, 1e6))
def test_a_configuration_in_the_plane_is_recovered(seed, angle, scale):
    given_points = scale * points(seed)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    found = mds(distances_of(given_points @ turn))
    shown = pdist(np.column_stack([found.x, found.y]))
    np.testing.assert_allclose(shown, pdist(given_points), atol=MAP_TOL * scale)
    assert found.stress < MAP_TOL
    assert found.rank_correlation == pytest.approx(1.0, abs=1e-3)
    assert found.note is None


@given(seed=seeds, data=st.data())
def test_the_map_does_not_depend_on_the_order_of_the_documents(seed, data):
    matrix = distances_of(points(seed, dimensions=4))
    order = data.draw(st.permutations(range(12)))
    agreeing(mds(matrix), mds(shuffled(matrix, order)))


@given(seed=seeds)
def test_a_map_lies_around_0_on_its_principal_axes_with_the_farthest_document_positive(seed):
    found = mds(distances_of(points(seed, dimensions=5)))
    assert np.abs([found.x.mean(), found.y.mean()]).max() < TOL
    assert found.x @ found.x >= found.y @ found.y
    assert abs(found.x @ found.y) < TOL * (found.x @ found.x)
    assert found.x.max() >= (1 - 1e-6) * -found.x.min()
    assert found.y.max() >= (1 - 1e-6) * -found.y.min()


@given(seed=seeds)
def test_stress_and_rank_correlation_are_those_of_a_slow_loop(seed):
    matrix = distances_of(points(seed, dimensions=6))
    found = mds(matrix)
    above = below = 0.0
    given_distances, shown = [], []
    for i in range(12):
        for j in range(i):
            e = np.hypot(found.x[i] - found.x[j], found.y[i] - found.y[j])
            above += (matrix.values[i, j] - e) ** 2
            below += e**2
            given_distances.append(matrix.values[i, j])
            shown.append(e)
    assert found.stress == pytest.approx(np.sqrt(above / below), rel=1e-6)
    expected = spearmanr(given_distances, shown).statistic
    assert found.rank_correlation == pytest.approx(expected, abs=TOL)


@pytest.mark.parametrize("seed", range(5))
def test_random_starts_of_scikit_learn_find_no_map_much_better(seed):
    matrix = distances_of(points(seed, n=30, dimensions=5))
    found = mds(matrix)
    raw = np.square(pdist(np.column_stack([found.x, found.y])) - squareform(matrix.values)).sum()
    runs = (
        smacof(matrix.values, init=points(s, 30), n_init=1, max_iter=1000, eps=1e-8)[1]
        for s in range(4)
    )
    assert raw <= 1.05 * min(runs)


def test_a_poor_map_says_so():
    found = mds(matrix_of(1.0 - np.eye(20)))
    assert found.stress > 0.2
    assert found.note == (
        f"stress {found.stress:.2f} is above 0.2: two dimensions show these distances poorly."
    )
    assert np.isnan(found.rank_correlation)


def test_documents_that_are_the_same_lie_on_one_place():
    found = mds(matrix_of([[0, 0, 3, 4], [0, 0, 3, 4], [3, 3, 0, 5], [4, 4, 5, 0]]))
    assert (found.x[0], found.y[0]) == pytest.approx((found.x[1], found.y[1]), abs=1e-6)
    assert found.stress < MAP_TOL


@pytest.mark.parametrize("n", range(3, 12))
@pytest.mark.parametrize("step", [1, -1])
def test_what_lies_on_a_line_stays_on_it_and_of_two_ends_the_first_by_name_is_positive(n, step):
    line = np.linspace(0.0, 0.7, n)[:, np.newaxis]
    found = mds(distances_of(line, names=[*"abcdefghijk"[:n]][::step]))
    assert found.x * step == pytest.approx(np.linspace(0.35, -0.35, n), abs=MAP_TOL)
    assert found.y == pytest.approx(np.zeros(n), abs=MAP_TOL)


# -- both ----------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [cluster, mds])
def test_a_result_is_verified_against_its_matrix(verb):
    matrix = distances_of(points(1))
    result = verb(matrix)
    assert result.verify(matrix)
    assert result.record.verb == verb.__name__
    with pytest.raises(DiscourseError, match="its digest differs"):
        result.verify(distances_of(points(2)))


@pytest.mark.parametrize("verb", [cluster, mds])
def test_a_result_holds_read_only_arrays_and_the_matrix_is_left_as_it_was(verb):
    matrix = distances_of(points(1))
    before = matrix.values.copy()
    result = verb(matrix)
    arrays = [
        getattr(result, name) for name in ("linkage", "order", "x", "y") if name in dir(result)
    ]
    assert len(arrays) == 2
    assert not any(array.flags.writeable for array in arrays)
    np.testing.assert_array_equal(matrix.values, before)


def test_a_map_becomes_a_table_of_documents_and_places():
    found = mds(distances_of(points(1), names=[*"abcdefghijkl"]))
    frame = found.to_frame()
    assert frame.columns.tolist() == ["doc", "x", "y"]
    assert frame["doc"].tolist() == [*"abcdefghijkl"]
    np.testing.assert_array_equal(frame["y"], found.y)


@pytest.mark.parametrize("verb", [cluster, mds])
@given(missing=hnp.arrays(bool, (6, 6)))
def test_without_the_documents_that_are_named_no_value_is_missing(verb, missing):
    np.fill_diagonal(missing, val=False)
    missing |= missing.T
    values = np.where(missing, np.nan, 1.0)
    if not missing.any():
        assert verb(matrix_of(values)).names == matrix_of(values).rows
        return
    with pytest.raises(UndefinedError) as error:
        verb(matrix_of(values))
    left = [i for i, name in enumerate(matrix_of(values).rows) if name not in error.value.docs]
    assert not missing[np.ix_(left, left)].any()


def test_one_empty_document_is_the_one_that_is_named():
    matrix = ds.similarity(ds.count(["peace", "", "war", "trade"]), undefined="nan")
    with pytest.raises(UndefinedError, match="undefined for 'text2': some of their values"):
        cluster(matrix)


ONE_WAY = [[0.0, 1.0, 2.0], [1.5, 0.0, 1.0], [2.0, 1.0, 0.0]]
BAD_CALLS = [
    ({"values": ONE_WAY, "metric": "kl", "kind": "divergence"}, "'kl' depends on the order"),
    ({"values": ONE_WAY, "columns": tuple("abc")}, "same documents in rows and in columns"),
    ({"values": [[0.0]]}, r"at least \d documents; got 1"),
    (
        {"values": squareform([1.0, -0.5, 1.0])},
        "distances must be 0 or more; that between 'd00', 'd02' would be -0.5",
    ),
    (
        {"values": squareform([1.5, 0.5, 1.0]), "metric": "cosine", "kind": "similarity"},
        "that between 'd00', 'd01' would be -0.5",
    ),
    ({"values": squareform([np.inf, 0.5, 1.0])}, "some of their values are missing"),
]


@pytest.mark.parametrize("verb", [cluster, mds])
@pytest.mark.parametrize(("facts", "message"), BAD_CALLS)
def test_matrices_that_are_no_distances_between_documents_are_refused(verb, facts, message):
    with pytest.raises(DiscourseError, match=message):
        verb(matrix_of(facts["values"], **{k: v for k, v in facts.items() if k != "values"}))


@pytest.mark.parametrize("verb", [cluster, mds])
def test_only_a_similarity_matrix_is_accepted(verb):
    with pytest.raises(OptionError, match=r"must be a SimilarityMatrix.* got ndarray"):
        verb(np.eye(3))


def test_a_map_needs_three_documents_that_differ():
    with pytest.raises(OptionError, match="at least 3 documents; got 2"):
        mds(matrix_of(squareform([1.0])))
    with pytest.raises(UndefinedError, match="all distances are 0"):
        mds(matrix_of(np.zeros((3, 3))))


@pytest.mark.parametrize("method", ["ward", "centroid", "median"])
def test_methods_of_points_are_refused_where_documents_are_no_points(method):
    dfm = ds.count(["peace", "war and peace", "roads"])
    with pytest.raises(OptionError, match=f"{method!r} needs Euclidean.*'hellinger' or"):
        cluster(ds.similarity(dfm, metric="cosine"), method=method)


@pytest.mark.parametrize("metric", ["euclidean", "hellinger", "jensen_shannon_distance"])
@given(rows=hnp.arrays(np.int64, (7, 5), elements=st.integers(0, 9)))
def test_metrics_for_methods_of_points_place_documents_in_a_euclidean_space(metric, rows):
    rows[:, 0] += 1  # no row is empty
    squared = ds.METRICS[metric].pair(rows[:, np.newaxis], rows[np.newaxis]) ** 2
    centre = np.eye(7) - 1 / 7
    assert np.linalg.eigvalsh(-centre @ squared @ centre).min() > -TOL * max(1.0, squared.max())


def test_manhattan_distances_are_not_euclidean():
    rows = np.array([[0, 0], [0, 2], [2, 0], [2, 2], [1, 1]])
    squared = ds.METRICS["manhattan"].pair(rows[:, np.newaxis], rows[np.newaxis]) ** 2
    centre = np.eye(5) - 1 / 5
    assert np.linalg.eigvalsh(-centre @ squared @ centre).min() < -0.1


BAD_CUTS = [
    ({}, "k or height must be given"),
    ({"k": 2, "height": 0.5}, "k or height must be given"),
    ({"k": 0}, "k must be an int from 1 to 12, the documents; got 0"),
    ({"k": 13}, "k must be an int from 1 to 12"),
    ({"k": 2.0}, "k must be an int"),
]


@pytest.mark.parametrize(("options", "message"), BAD_CUTS)
def test_bad_cuts_are_refused(options, message):
    with pytest.raises(OptionError, match=message):
        cluster(distances_of(points(1))).cut(**options)


def test_a_tree_whose_heights_fall_is_cut_by_number_only():
    # Of an equilateral triangle the third corner is nearer to the middle of the other two.
    corners = distances_of([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])
    found = cluster(corners, method="centroid")
    assert found.linkage[:, 2] == pytest.approx([1.0, np.sqrt(0.75)])
    with pytest.raises(OptionError, match=r"heights fall. Use cut\(k=...\)"):
        found.cut(height=0.9)
    assert found.cut(k=2)["cluster"].nunique() == 2


def test_an_unknown_method_is_refused():
    with pytest.raises(OptionError, match=r"method must be one of .* Did you mean 'average'"):
        cluster(distances_of(points(1)), method="averge")


def test_bare_distances_of_unequal_lengths_cluster_by_length():
    rng = np.random.default_rng(0)
    shares = 1 / np.arange(1, 3001)
    counts = [rng.multinomial(n, shares / shares.sum()) for n in (200,) * 4 + (20_000,) * 4]
    texts = [" ".join(f"w{i} " * n for i, n in enumerate(row) if n) for row in counts]
    found = cluster(ds.similarity(ds.count(texts), metric="jensen_shannon"))
    assert frozenset({"text5", "text6", "text7", "text8"}) in together(found.cut(k=5))


def test_inaugural_addresses_are_ordered_by_their_years(real_data):
    path = real_data / "data" / "us-inaugural" / "addresses.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    corpus = ds.Corpus.from_texts([r["text"] for r in rows], ids=[r["doc_id"] for r in rows])
    matrix = ds.similarity(ds.count(corpus), metric="jensen_shannon_distance")
    years = np.array([row["year"] for row in rows])
    places = mds(matrix)
    # What was said first and last lies on opposite sides of the first axis.
    assert abs(spearmanr(places.x, years).statistic) > 0.5
    tree = cluster(matrix, method="ward")
    halves = tree.cut(k=2)["cluster"].to_numpy()
    assert abs(years[halves == 1].mean() - years[halves == 2].mean()) > 50
