"""``rasoat evaluate --base REF``: the earlier revision answers with its own code."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from corpus.errors import RasoatError
from review.cli.evaluate import _said_at

# The old tree's command: it must be this one that runs, not the code under test.
OLD_MAIN = """
import json, sys
def run():
    out = sys.argv[sys.argv.index("--json") + 1]
    with open(out, "w", encoding="utf-8") as target:
        json.dump({"said": {"nhan-1": ["A9"]}}, target)
"""


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Thử", "-c", "user.email=thu@example.invalid")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def old_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose only revision holds another ``rasoat``."""
    command = tmp_path / "kho" / "review" / "cli"
    command.mkdir(parents=True)
    (command / "main.py").write_text(OLD_MAIN, encoding="utf-8")
    for package in (command, command.parent):
        (package / "__init__.py").touch()
    repository = tmp_path / "kho"
    git(repository, "init", "--quiet")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "cũ")
    monkeypatch.chdir(repository)
    return repository


def test_the_old_tree_answers(old_repository: Path, tmp_path: Path) -> None:
    labels = tmp_path / "nhan.jsonl"
    labels.touch()
    assert _said_at("HEAD", [labels]) == {"nhan-1": ["A9"]}
    worktrees = subprocess.run(
        ["git", "worktree", "list"], cwd=old_repository, check=True, capture_output=True, text=True
    ).stdout
    assert len(worktrees.splitlines()) == 1  # nothing is left behind


def test_a_revision_that_is_none_is_said(old_repository: Path, tmp_path: Path) -> None:
    with pytest.raises(RasoatError, match="RS-814"):
        _said_at("khong-co-ban-nay", [tmp_path / "nhan.jsonl"])
