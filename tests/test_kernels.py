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
from discourse._kernels import Overlap, _jit, pairs
from discourse._kernels.pairs import overlaps

every_overlap = pytest.mark.parametrize("overlap", Overlap, ids=lambda o: o.name)


def lb(x):
    return x * math.log2(x)


SLOW = {
    Overlap.PRODUCT: lambda x, y: x * y,
    Overlap.MINIMUM: min,
    Overlap.ENTROPY: lambda x, y: (lb(x + y) - lb(x) - lb(y)) / 2,
}


def slow(overlap, rows, columns):
    def total(a, b):
        return sum(SLOW[overlap](x, y) for x, y in zip(a, b, strict=True) if x and y)

    return np.array([[total(a, b) for b in columns] for a in rows]).reshape(len(rows), len(columns))


@st.composite
def matrices(draw, n=2):
    n_features = draw(st.integers(1, 6))
    cells = st.sampled_from([0.0, 0.0, 1.0, 2.0]) | st.floats(1e-3, 10)
    sizes = [draw(st.integers(0, 6)) for _ in range(n)]
    return [draw(hnp.arrays(np.float64, (size, n_features), elements=cells)) for size in sizes]


@every_overlap
@given(ab=matrices(), n_jobs=st.integers(1, 3))
def test_overlaps_are_those_of_a_slow_loop(overlap, ab, n_jobs):
    a, b = ab
    found = overlaps(overlap, csr_array(a), csr_array(b), n_jobs=n_jobs)
    np.testing.assert_allclose(found, slow(overlap, a, b), rtol=1e-12, atol=1e-12)


@every_overlap
@given(ab=matrices(1))
def test_the_lower_half_is_that_of_the_whole_and_the_rest_is_zero(overlap, ab):
    a = csr_array(ab[0])
    whole = overlaps(overlap, a, a)
    np.testing.assert_array_equal(overlaps(overlap, a, a, lower=True), np.tril(whole))


@every_overlap
@pytest.mark.parametrize("lower", [False, True])
def test_the_number_of_threads_changes_not_one_bit(overlap, lower):
    a = csr_array(np.random.default_rng(1).poisson(0.5, (100, 30)).astype(np.float64))
    one, *others = (overlaps(overlap, a, a, lower=lower, n_jobs=n) for n in (1, 2, 5, 200))
    for other in others:
        np.testing.assert_array_equal(one, other)


def test_the_kernel_compiles_once_for_all_overlaps_and_index_types():
    a = csr_array(np.eye(3))
    wide = csr_array((a.data, a.indices.astype(np.int64), a.indptr.astype(np.int64)), shape=a.shape)
    frozen = csr_array(a, copy=True)
    frozen.data.setflags(write=False)
    for matrix in (a, wide, frozen, a.astype(np.float32)):
        for overlap in Overlap:
            overlaps(overlap, matrix, a, lower=overlap is Overlap.MINIMUM, n_jobs=2)
    assert len(pairs._accumulate.signatures) == 1  # noqa: SLF001 - what compiled knows how often


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
print(pairs.overlaps(Overlap.PRODUCT, a, a).item())
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
