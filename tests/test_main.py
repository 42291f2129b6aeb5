"""The package run as a module."""

import subprocess
import sys

import discourse


def test_the_package_runs_as_the_command_line():
    command = [sys.executable, "-m", "discourse", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"discourse {discourse.__version__}\n"
