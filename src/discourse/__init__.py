"""Compare what texts say: the same words, the same topics, the same side."""

import lazy_loader

from discourse.record import VERSION as __version__  # noqa: F401, N811 - the usual name

# The names are listed once, in __init__.pyi; each loads its module when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
