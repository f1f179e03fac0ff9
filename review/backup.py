"""Back-up and restore of the embedded store: one file, taken while people work."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from review.errors import ERRORS
from review.job import Jobs, Report
from review.people.permission import check
from review.records import BackupRow, JobView, Person
from review.settings import Settings


class Backups:
    """Back-ups that the administrator makes from the screen, kept in the data folder."""

    def __init__(self, settings: Settings, jobs: Jobs) -> None:
        self._settings, self._jobs = settings, jobs

    def list(self, person: Person) -> list[BackupRow]:
        """Return what was made, newest first."""
        check(person, "backups.list")
        rows = []
        for path in self._folder.glob("*.db"):
            facts = path.stat()
            at = datetime.fromtimestamp(facts.st_mtime, UTC)
            rows.append(BackupRow(path.name, at, facts.st_size))
        return sorted(rows, key=lambda row: row.at, reverse=True)

    def start(self, person: Person) -> JobView:
        """Make a back-up as a job; RS-620 at once where the store is PostgreSQL."""
        check(person, "backups.start")
        store_file(self._settings)

        def work(report: Report) -> dict[str, object]:
            name = f"rasoat-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.db"
            report(0, 1, name)
            backup(self._settings, self._folder / name)
            report(1, 1, name)
            return {"name": name}

        return self._jobs.submit(person, "sao_luu", "Sao lưu kho dữ liệu", work)

    @property
    def _folder(self) -> Path:
        return self._settings.data_dir / "sao-luu"


def store_file(settings: Settings) -> Path:
    """Return the SQLite file of the store; raises RS-620 where the store is PostgreSQL."""
    url = make_url(settings.url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise ERRORS.error("RS-620")
    return Path(url.database)


def backup(settings: Settings, target: Path) -> Path:
    """Copy the store, consistent although others write; raises RS-621 where ``target`` exists."""
    if target.exists():
        raise ERRORS.error("RS-621", path=target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(store_file(settings))) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
    return target


def restore(settings: Settings, source: Path) -> Path:
    """Put a back-up in the place of the store and return where the replaced store was kept.

    Raises RS-622 where ``source`` is no sound back-up. The workbench must not be running.
    """
    _check(source)
    store = store_file(settings)
    store.parent.mkdir(parents=True, exist_ok=True)
    kept = store.with_name(f"{store.stem}-truoc-phuc-hoi-{datetime.now():%Y%m%d-%H%M%S}.db")
    if store.exists():
        # Through SQLite, so that what still stands in the write-ahead log comes along.
        backup(settings, kept)
    with (
        closing(sqlite3.connect(source)) as copy,
        closing(sqlite3.connect(store)) as target,
    ):
        copy.backup(target)
    return kept


def _check(path: Path) -> None:
    if not path.is_file():
        raise ERRORS.error("RS-622", path=path)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        try:
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
            copy.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError as error:
            raise ERRORS.error("RS-622", path=path) from error
    if verdict != "ok":
        raise ERRORS.error("RS-622", path=path)
