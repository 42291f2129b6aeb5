"""Rhetorical markers: rates of hedges, boosters and other classes, with intervals and places."""

from discourse.rhetoric.finding import markers
from discourse.rhetoric.intervals import burst_limits, dispersion, poisson_limits
from discourse.rhetoric.rates import Marker, MarkerRates

__all__ = [
    "Marker",
    "MarkerRates",
    "burst_limits",
    "dispersion",
    "markers",
    "poisson_limits",
]
