"""The command line as another program calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def rasoat(tmp_path: Path) -> Run:
    """Run ``rasoat`` with its data in a folder of its own."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "RASOAT_DATA_DIR": str(tmp_path / "var"), "COLUMNS": "100"}
        return subprocess.run(
            [Path(sys.executable).with_name("rasoat"), *map(str, arguments)],
            capture_output=True,
            text=True,
            env=environment,
            timeout=300,
            check=False,
        )

    return run
