"""The command line: compare files, list stances, or see the demonstration."""

from discourse.cli.commands import app, main

__all__ = ["app", "main"]
