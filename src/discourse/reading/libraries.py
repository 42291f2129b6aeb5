"""What the libraries of the formats are asked, so that their failures are those of the file."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from discourse.errors import DiscourseError
from discourse.reading.files import File
from discourse.reading.opening import Advance

T = TypeVar("T")


def ask(file: File, what: str, function: Callable[..., T], /, *given: object) -> T:
    """Return what a function of a library says.

    Parameters
    ----------
    file : File
    what : str
        What cannot be read if the function fails: "this PDF", "page 3".
    function : callable
    *given
        Its arguments.

    Raises
    ------
    ReadError
        If it raises anything but what says that a library is missing; warnings are passed over.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(*given)
    except (DiscourseError, ImportError):  # the latter is no failure of the file
        raise
    except Exception as error:  # whatever a library raises for damaged bytes
        said = " ".join(str(error).split()) or type(error).__name__
        reason = f"{what} cannot be read: {said[:200].rstrip('.')}."
        raise file.error(reason) from error


def hush(*names: str) -> None:
    """Keep loggers that nobody listens to from printing."""
    for name in names:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def shared(items: Sequence[T], file: File, advance: Advance, /) -> Generator[T]:
    """Yield the parts of a file that was read whole, telling of its bytes as if part by part."""
    done = 0
    for number, item in enumerate(items, 1):
        now = file.n_bytes * number // len(items)
        advance(now - done)
        done = now
        yield item
