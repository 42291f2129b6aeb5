"""A logarithm that compilers can compute for many numbers at a time."""

from __future__ import annotations

import math

import numpy as np

from discourse._kernels._jit import jit

# The series of the inverse hyperbolic tangent, log2(m) = 2 / ln 2 (s + s^3 / 3 + s^5 / 5 + ...)
# with s = (m - 1) / (m + 1). For m between the roots of 1/2 and 2 that is below .172: the eleventh
# term is beyond the last digit.
_C = [2.0 / ((2 * k + 1) * math.log(2.0)) for k in range(10)]
_C0, _C1, _C2, _C3, _C4, _C5, _C6, _C7, _C8, _C9 = _C
_ROOT = 0x3FE6A09E667F3BCD  # the bits of the root of 1/2
_MANTISSA = 52  # bits


@jit
def log2(x: float, /) -> float:
    """Return the logarithm of a positive, normal float to base 2, to its last digits.

    What calls it must be compiled too.
    """
    bits = np.float64(x).view(np.int64)
    exponent = (bits - _ROOT) >> _MANTISSA
    m = np.int64(bits - (exponent << _MANTISSA)).view(np.float64)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    series = _C6 + z * (_C7 + z * (_C8 + z * _C9))
    series = _C3 + z * (_C4 + z * (_C5 + z * series))
    series = _C0 + z * (_C1 + z * (_C2 + z * series))
    return float(exponent + s * series)
