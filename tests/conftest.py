"""Profiles of hypothesis, chosen by HYPOTHESIS_PROFILE, and the folder of real data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", derandomize=True, max_examples=200, deadline=None)
settings.register_profile("brief", derandomize=True, max_examples=20, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real data that DISCOURSE_DATA names; without it the test is skipped."""
    if not (folder := os.environ.get("DISCOURSE_DATA")):
        pytest.skip("DISCOURSE_DATA names no folder of real data")
    return Path(folder)
