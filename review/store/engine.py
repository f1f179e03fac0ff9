"""The store: an engine, read and write transactions, and the clock everything is stamped with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from review.clock import VIET_NAM
from review.errors import ERRORS
from review.store.triggers import sha256

MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 60606  # number of the advisory lock of PostgreSQL

_WRITES = "rasoat_writes"


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Connections to one database.

    ``write`` takes SQLite's write lock at the start (BEGIN IMMEDIATE), so that a transaction
    never has to be given up halfway because another writer came first.
    """

    def __init__(self, url: str, clock: Callable[[], datetime] = _now) -> None:
        self.engine = _engine(url)
        self.clock = clock

    @property
    def sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def now(self) -> datetime:
        """The present instant, UTC."""
        return self.clock()

    def today(self) -> date:
        """The present day in Viet Nam."""
        return self.clock().astimezone(VIET_NAM).date()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is stored as a whole or not at all."""
        with self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one process at a time in, of all that share the database; a dead one lets go.

        For what is done once in the life of a store. It must not be entered twice at once.
        """
        if not self.sqlite:
            with self.engine.connect() as connection:
                # Of the session, outside any transaction: what is done meanwhile has its own.
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.execute(text(f"SELECT pg_advisory_lock({_LOCK})"))
                try:
                    yield
                finally:
                    connection.execute(text(f"SELECT pg_advisory_unlock({_LOCK})"))
            return
        path = self.engine.url.database
        if not path or path == ":memory:":
            yield  # nobody else has it
            return
        with FileLock(f"{path}.khoa"):
            yield

    def migrate(self) -> None:
        """Bring the tables to the newest form.

        Raises RS-630 when the database cannot be opened, RS-631 when another version made it.
        """
        try:
            with self.alone(), self.write() as connection:
                config = Config()
                config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except OperationalError as error:
            raise ERRORS.error("RS-630", reason=error.orig) from error
        except CommandError as error:
            raise ERRORS.error("RS-631", reason=error) from error

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        try:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ERRORS.error("RS-630", reason=error.strerror) from error
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # the driver begins nothing; _begin_sqlite does
    connection.create_function("rasoat_sha256", 1, sha256, deterministic=True)
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=5000")  # first: the next line may have to wait
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
