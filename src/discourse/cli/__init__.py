"""The command line: a command for every verb of the library."""

from discourse.cli.application import app, main

__all__ = ["app", "main"]
