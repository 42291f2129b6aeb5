"""Pictures of results."""

from discourse.plots.drawing import plot

__all__ = ["plot"]
