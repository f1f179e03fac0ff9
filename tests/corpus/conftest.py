"""Real acts that several tests read."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.reading import read_paths
from corpus.records import Act
from corpus.structure import parse_act

FOLDERS = ("doc", "docx", "html", "pdf")


@pytest.fixture(scope="session")
def originals(shared: Path) -> dict[str, Act]:
    """All acts of the originals that can be read without OCR, by «folder/file»."""
    return {
        f"{folder}/{result.source}": parse_act(result.document)
        for folder in FOLDERS
        for result in read_paths([shared / "corpus" / "originals" / folder])
        if result.document
    }
