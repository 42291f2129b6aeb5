"""The kernels sum what slow loops sum, for any number of threads, and compile once."""

import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array

from discourse import _kernels
from discourse._kernels import Overlap, _jit, logarithm, pairs
from discourse._kernels.neighbours import NOBODY, nobody, offer, ranked
from discourse._kernels.pairs import Pairs

every_overlap = pytest.mark.parametrize("overlap", Overlap, ids=lambda o: o.name)


def lb(x):
    return x * math.log2(x)


EXPONENT = 3.0
SLOW = {
    Overlap.PRODUCT: lambda x, y: x * y,
    Overlap.MINIMUM: min,
    Overlap.ENTROPY: lambda x, y: (lb(x + y) - lb(x) - lb(y)) / 2,
    Overlap.HARMONIC: lambda x, y: x * y / (x + y),
    Overlap.RELATIVE: lambda x, y: 1 + 2 * min(x, y) / (x + y),
    Overlap.POWER: lambda x, y: x**EXPONENT + y**EXPONENT - abs(x - y) ** EXPONENT,
}


def slow(overlap, rows, columns):
    def total(a, b):
        return sum(SLOW[overlap](x, y) for x, y in zip(a, b, strict=True) if x and y)

    return np.array([[total(a, b) for b in columns] for a in rows]).reshape(len(rows), len(columns))


def filled(overlap, rows, columns, start=0, stop=None, n_first=None):
    """Return the overlaps of some rows with the first columns, over what an array held before."""
    stop = rows.shape[0] if stop is None else stop
    n_first = columns.shape[0] if n_first is None else n_first
    out = np.full((stop - start, n_first), np.nan)
    Pairs(overlap, csr_array(rows), csr_array(columns), exponent=EXPONENT).fill(start, stop, out)
    return out


@st.composite
def matrices(draw, n=2):
    n_features = draw(st.integers(1, 6))
    cells = st.sampled_from([0.0, 0.0, 1.0, 2.0]) | st.floats(1e-3, 10)
    sizes = [draw(st.integers(0, 6)) for _ in range(n)]
    return [draw(hnp.arrays(np.float64, (size, n_features), elements=cells)) for size in sizes]


@pytest.fixture(params=["full", "stored"])
def common(request, monkeypatch):
    """Take all features for common ones, or none."""
    monkeypatch.setattr(pairs, "_DENSE", -1.0 if request.param == "full" else 2.0)


@pytest.mark.parametrize("exponent", [1.0, 1.5, 4.0])
def test_powers_may_be_whole_or_not(exponent):
    a, b = csr_array([[0.3, 2.0]]), csr_array([[0.9, 0.5]])
    out = np.empty((1, 1))
    Pairs(Overlap.POWER, a, b, exponent=exponent).fill(0, 1, out)
    expected = sum(
        x**exponent + y**exponent - abs(x - y) ** exponent for x, y in ((0.3, 0.9), (2.0, 0.5))
    )
    assert out.item() == pytest.approx(expected, rel=1e-14)


@every_overlap
@given(ab=matrices())
def test_overlaps_are_those_of_a_slow_loop(overlap, ab):
    a, b = ab
    np.testing.assert_allclose(filled(overlap, a, b), slow(overlap, a, b), rtol=1e-11, atol=1e-11)


@pytest.mark.usefixtures("common")
def test_products_are_the_same_by_full_matrices_and_by_what_is_stored():
    rng = np.random.default_rng(0)
    a, b = rng.poisson(0.5, (30, 20)).astype(float), rng.poisson(0.5, (25, 20)).astype(float)
    np.testing.assert_allclose(filled(Overlap.PRODUCT, a, b), a @ b.T, rtol=1e-13)


@every_overlap
@given(ab=matrices(), data=st.data())
def test_a_block_is_a_part_of_the_whole(overlap, ab, data):
    a, b = ab
    start = data.draw(st.integers(0, len(a)))
    stop, n_first = data.draw(st.integers(start, len(a))), data.draw(st.integers(0, len(b)))
    found = filled(overlap, a, b, start, stop, n_first)
    expected = filled(overlap, a, b)[start:stop, :n_first]
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-13)


def test_the_kernel_compiles_once_for_all_overlaps_and_index_types():
    a = csr_array(np.eye(3))
    wide = csr_array((a.data, a.indices.astype(np.int64), a.indptr.astype(np.int64)), shape=a.shape)
    frozen = csr_array(a, copy=True)
    frozen.data.setflags(write=False)
    for matrix in (a, wide, frozen, a.astype(np.float32)):
        for overlap in Overlap:
            filled(overlap, matrix, a)
    assert len(pairs._accumulate.signatures) == 1  # noqa: SLF001 - what compiled knows how often


@given(x=st.floats(2.3e-308, 1.7e308))
def test_the_logarithm_is_that_of_the_standard_library(x):
    assert logarithm.log2(x) == pytest.approx(math.log2(x), rel=1e-15, abs=1e-15)


@given(
    keys=hnp.arrays(np.float64, (7, 7), elements=st.sampled_from([0.1, 0.2, 0.2, 0.5, np.nan])),
    k=st.integers(1, 8),
    wanted=st.sampled_from([-1, 0, 1]),
    both=st.booleans(),
    least=st.sampled_from([-math.inf, 0.2]),
)
def test_heaps_keep_the_best_of_each_document_ties_by_number(keys, k, wanted, both, least):
    groups = np.array([0, 1, 0, 1, 1, 0, 2])
    parts = [nobody(7, k, least) for _ in range(2)]
    if both:
        keys = np.tril(keys, -1) + np.tril(keys, -1).T
    for part, start in zip(parts, (4, 0), strict=True):  # blocks of several threads, in no order
        block = keys[start : start + 4]
        offer(block, start, (groups, groups), wanted, part, both=both)
    found_keys, found_ids = ranked(parts)
    for i in range(7):
        fits = [
            (-keys[i, j], j)
            for j in range(7)
            if keys[i, j] >= least
            and not (both and i == j)
            and wanted in (0, 1 if groups[i] == groups[j] else -1)
        ]
        expected = sorted(fits)[:k]
        here = found_ids[i] < NOBODY
        assert found_ids[i][here].tolist() == [j for _, j in expected]
        assert found_keys[i][here].tolist() == [-key for key, _ in expected]


def test_the_array_door_gives_one_type_and_leaves_the_input_writable():
    indptr = np.array([0, 1], np.int32)
    plain = _jit.plain(indptr, np.int64)
    assert (plain.dtype, plain.flags.writeable, plain.flags.c_contiguous) == (np.int64, False, True)
    values = np.ones((2, 3))
    assert not _jit.plain(values).flags.writeable
    assert values.flags.writeable
    assert _jit.plain(values[:, 1]).flags.c_contiguous


PROBE = """
import numpy as np
from scipy.sparse import csr_array
from discourse._kernels import Overlap, pairs
print(pairs.__file__)
print(pairs._accumulate.stats.cache_path)
a = csr_array(np.array([[1.0, 2.0]]))
out = np.empty((1, 1))
pairs.Pairs(Overlap.PRODUCT, a, a).fill(0, 1, out)
print(out.item())
"""


def run_probe(tmp_path, *, writable):
    """Run the probe on a copy of the package; where not writable, files stand in the way."""
    source = Path(_kernels.__file__).parents[1]
    package = tmp_path / "discourse"
    shutil.copytree(source, package, ignore=shutil.ignore_patterns("__pycache__"))
    home = tmp_path / "home"
    if writable:
        home.mkdir()
    else:  # also for root, whom permissions do not stop
        home.write_text("")
        (package / "_kernels" / "__pycache__").write_text("")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NUMBA")}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home), "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    file, cache, value = done.stdout.splitlines()
    assert file == str(package / "_kernels" / "pairs.py")
    assert value == "5.0"
    return cache


def test_kernels_work_where_no_cache_can_be_written(tmp_path):
    assert run_probe(tmp_path, writable=False) == "None"


def test_kernels_are_cached_beside_the_package_where_they_can_be(tmp_path):
    cache = run_probe(tmp_path, writable=True)
    assert list(Path(cache).glob("pairs._accumulate-*.nbc"))
