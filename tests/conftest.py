"""Fixtures of all rooms."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real acts beside the project; tests that need it skip where it is absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("không có ../shared: phép thử này cần văn bản thật")
    return SHARED
