"""What goes wrong becomes one line on standard error and an exit code."""

from __future__ import annotations

import warnings
from collections.abc import Generator
from contextlib import contextmanager

import typer

from discourse.errors import DiscourseError, OptionError

DATA, USAGE = 1, 2  # exit codes: the data cannot be used; the command cannot be understood


@contextmanager
def explained(*, debug: bool) -> Generator[None]:
    """Turn an error into one line and an exit code, and each warning into one line.

    With `debug` errors stay as they are.
    """
    with warnings.catch_warnings():
        if not debug:
            warnings.showwarning = _show_warning
        try:
            yield
        except (DiscourseError, OSError) as error:
            if debug or isinstance(error, BrokenPipeError):
                raise
            _say(_reason(error))
            code = USAGE if isinstance(error, OptionError) else DATA
            raise typer.Exit(code) from error


def _reason(error: DiscourseError | OSError, /) -> str:
    """Return what went wrong, without the number that the system gives it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _show_warning(
    message: Warning | str, category: type[Warning], *_: object, **__: object
) -> None:
    """Print a warning that is meant for users."""
    if issubclass(category, UserWarning):
        _say(f"warning: {message}")


def _say(message: str, /) -> None:
    """Print one line on standard error."""
    from discourse.cli.streams import visible

    typer.echo(visible(message), err=True)
