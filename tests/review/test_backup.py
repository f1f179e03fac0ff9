"""Back-up and restore bring back what was there, and never replace it by something else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import RasoatError
from review import backup
from review.records import CampaignInput
from review.settings import Settings
from review.workbench import Workbench


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path / "var", mode="production", database_url="")
    Workbench.open(settings).close()
    return settings


def campaigns(settings: Settings) -> int:
    with closing(sqlite3.connect(backup.store_file(settings))) as db:
        return db.execute("SELECT count(*) FROM campaigns").fetchone()[0]


def add_campaign(settings: Settings, code: str) -> None:
    workbench = Workbench.open(settings)
    operator = workbench.people.operator()
    workbench.campaigns.add(operator, CampaignInput(code, code, date(2026, 1, 1)))
    workbench.close()


def test_restoring_brings_back_the_store_of_the_backup(settings: Settings, tmp_path: Path) -> None:
    add_campaign(settings, "dot-1")
    copy = backup.backup(settings, tmp_path / "sao-luu" / "1.db")
    add_campaign(settings, "dot-2")
    backup.restore(settings, copy)
    assert campaigns(settings) == 1


def test_the_replaced_store_is_kept_beside_it(settings: Settings, tmp_path: Path) -> None:
    copy = backup.backup(settings, tmp_path / "1.db")
    add_campaign(settings, "dot-1")
    kept = backup.restore(settings, copy)
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("SELECT count(*) FROM campaigns").fetchone()[0] == 1


def test_a_backup_never_overwrites_an_older_one(settings: Settings, tmp_path: Path) -> None:
    target = backup.backup(settings, tmp_path / "1.db")
    with pytest.raises(RasoatError, match="RS-621"):
        backup.backup(settings, target)


@pytest.mark.parametrize("content", [None, b"", b"not a database", b"SQLite format 3\x00" * 9])
def test_what_is_no_backup_is_refused_and_the_store_stays(
    settings: Settings, tmp_path: Path, content: bytes | None
) -> None:
    add_campaign(settings, "dot-1")
    source = tmp_path / "la.db"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(RasoatError, match="RS-622"):
        backup.restore(settings, source)
    assert campaigns(settings) == 1


def test_a_postgresql_store_is_referred_to_its_own_tools(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url="postgresql+psycopg://x@localhost/x")
    with pytest.raises(RasoatError, match="RS-620"):
        backup.backup(settings, tmp_path / "1.db")


def test_the_administrator_s_back_up_is_made_as_a_job_and_listed(
    settings: Settings, tmp_path: Path
) -> None:
    add_campaign(settings, "mot")
    workbench = Workbench.open(settings)
    operator = workbench.people.operator()
    assert workbench.backups.list(operator) == []
    job = workbench.jobs.wait(workbench.backups.start(operator).id, 60)
    assert job.state == "xong"
    (made,) = workbench.backups.list(operator)
    workbench.close()
    assert (made.name, made.size > 0) == ((job.result or {})["name"], True)
    backup.restore(settings, settings.data_dir / "sao-luu" / made.name)
    assert campaigns(settings) == 1


def test_a_postgresql_store_is_not_backed_up_by_copying_a_file(settings: Settings) -> None:
    remote = Settings(
        data_dir=settings.data_dir, mode="production", database_url="postgresql+psycopg://h/d"
    )
    workbench = Workbench.open(settings)
    with pytest.raises(RasoatError, match="RS-620"):
        backup.Backups(remote, workbench.jobs).start(workbench.people.operator())
    workbench.close()
