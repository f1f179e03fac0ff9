"""Long work in the background: one worker thread per process, progress and result in the store."""

from __future__ import annotations

import logging
import os
import queue
import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import Row, Select, insert, select, update

from corpus.errors import RasoatError
from review.errors import ERRORS, NotFound
from review.people.permission import allows, check
from review.records import JobView, Person
from review.store import tables as t
from review.store.engine import Store

Report = Callable[[int, int, str], None]  # done, total, message
Work = Callable[[Report], Mapping[str, object]]  # the result must be JSON
_Entry = tuple[int, str, str, Work]  # job id, kind, title, work

_LOG = logging.getLogger(__name__)
_UNFINISHED = ("cho", "dang_chay")
_LISTED = 50
_STALE = timedelta(minutes=30)  # without a sign of life from a process on another machine
_REPORT_EVERY = 0.3  # seconds between two progress rows


class _Lane:
    """Work that is done one piece after the other, in a thread of its own."""

    def __init__(self, name: str, do: Callable[[_Entry], None]) -> None:
        self._name = name
        self._do = do
        self._waiting: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def put(self, entry: _Entry) -> None:
        self._waiting.put(entry)
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def close(self) -> None:
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while (entry := self._waiting.get()) is not None:
            self._do(entry)


class Jobs:
    """Jobs of this process run one after the other; their rows outlive it.

    Upkeep that nobody waits for has a lane of its own: it never holds up a load or a report.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._work = _Lane("jobs", self._do)
        self._upkeep = _Lane("upkeep", self._do)
        self._followers: list[Callable[[str], object]] = []

    def after(self, follower: Callable[[str], object]) -> None:
        """Call ``follower`` with the kind of each job of this process that has ended well."""
        self._followers.append(follower)

    def submit(
        self, person: Person, kind: str, title: str, work: Work, *, upkeep: bool = False
    ) -> JobView:
        """Queue the work and return at once; it goes on when the page is left."""
        check(person, "jobs.submit")
        now = self._store.now()
        with self._store.write() as db:
            job_id = db.execute(
                insert(t.jobs).values(
                    kind=kind,
                    title=title,
                    state="cho",
                    done=0,
                    total=0,
                    message="",
                    worker=self._worker,
                    created_at=now,
                    touched_at=now,
                    person_id=person.id,
                )
            ).inserted_primary_key[0]
        lane = self._upkeep if upkeep else self._work
        lane.put((job_id, kind, title, work))
        return self._get(job_id)

    def status(self, person: Person, job_id: int) -> JobView:
        """Return one's own job, anybody's for an administrator; raises RS-601 otherwise."""
        check(person, "jobs.status")
        with self._store.read() as db:
            owner = db.scalar(select(t.jobs.c.person_id).where(t.jobs.c.id == job_id))
        if owner is None or (owner != person.id and not allows(person, "jobs.all")):
            raise ERRORS.error("RS-601", NotFound, what="việc", id=job_id)
        return self._get(job_id)

    def list(self, person: Person, kind: str = "") -> list[JobView]:
        """Return one's own jobs (all for an administrator), newest first, at most 50."""
        check(person, "jobs.list")
        statement = _select().order_by(t.jobs.c.id.desc()).limit(_LISTED)
        if not allows(person, "jobs.all"):
            statement = statement.where(t.jobs.c.person_id == person.id)
        if kind:
            statement = statement.where(t.jobs.c.kind == kind)
        with self._store.read() as db:
            return [_view(row) for row in db.execute(statement)]

    def running(self, kind: str) -> JobView | None:
        """Return the job of this kind that waits or runs in any live process; for services."""
        statement = _select().where(t.jobs.c.kind == kind, t.jobs.c.state.in_(_UNFINISHED))
        with self._store.read() as db:
            rows = db.execute(statement.order_by(t.jobs.c.id)).all()
        alive = [row for row in rows if not self._gone(row)]
        return _view(alive[0]) if alive else None

    def last(self, kind: str) -> JobView | None:
        """Return the newest job of this kind, whoever started it; for services."""
        statement = _select().where(t.jobs.c.kind == kind).order_by(t.jobs.c.id.desc()).limit(1)
        with self._store.read() as db:
            row = db.execute(statement).one_or_none()
        return _view(row) if row else None

    def wait(self, job_id: int, timeout: float) -> JobView:
        """Return the job when it has ended or ``timeout`` seconds have passed."""
        until = time.monotonic() + timeout
        while not (job := self._get(job_id)).finished and time.monotonic() < until:
            time.sleep(0.05)
        return job

    def mark_interrupted(self) -> int:
        """Mark jobs of processes that are gone «gián đoạn», with what to do; return how many."""
        now = self._store.now()
        with self._store.write() as db:
            rows = db.execute(select(t.jobs).where(t.jobs.c.state.in_(_UNFINISHED))).all()
            gone = [row for row in rows if self._gone(row)]
            for row in gone:
                db.execute(
                    update(t.jobs)
                    .where(t.jobs.c.id == row.id)
                    .values(
                        state="gian_doan",
                        message=ERRORS.notice("RS-640", title=row.title).message,
                        finished_at=now,
                        touched_at=now,
                    )
                )
        return len(gone)

    def close(self) -> None:
        """Let the running jobs end, start no other."""
        self._work.close()
        self._upkeep.close()

    def _gone(self, row: Row) -> bool:
        if row.worker == self._worker:
            return False
        host, pid, _ = row.worker.rsplit(":", 2)
        if host != socket.gethostname():
            return row.touched_at < self._store.now() - _STALE
        return int(pid) == os.getpid() or not _alive(int(pid))

    def _do(self, entry: _Entry) -> None:
        job_id, kind, title, work = entry
        if self._run_one(job_id, title, work):
            self._tell_followers(kind)

    def _run_one(self, job_id: int, title: str, work: Work) -> bool:
        self._write(job_id, state="dang_chay", started_at=self._store.now())
        told = 0.0

        def report(done: int, total: int, message: str) -> None:
            nonlocal told
            if time.monotonic() - told >= _REPORT_EVERY:
                told = time.monotonic()
                self._write(job_id, done=done, total=total, message=message)

        try:
            result = work(report)
        except RasoatError as error:
            self._write(job_id, state="loi", message=str(error), finished_at=self._store.now())
        except Exception as error:  # noqa: BLE001  (told to the person, logged in full)
            _LOG.exception("Job %s failed", job_id)
            failure = ERRORS.error("RS-641", title=title, reason=type(error).__name__)
            self._write(job_id, state="loi", message=str(failure), finished_at=self._store.now())
        else:
            self._write(
                job_id, state="xong", message="", result=result, finished_at=self._store.now()
            )
            return True
        return False

    def _tell_followers(self, kind: str) -> None:
        for follower in self._followers:
            try:
                follower(kind)
            except Exception:  # noqa: BLE001  (logged; the next job must still run)
                _LOG.exception("What follows a job of kind %s failed", kind)

    def _write(self, job_id: int, **values: object) -> None:
        with self._store.write() as db:
            db.execute(
                update(t.jobs)
                .where(t.jobs.c.id == job_id)
                .values(**values, touched_at=self._store.now())
            )

    def _get(self, job_id: int) -> JobView:
        with self._store.read() as db:
            row = db.execute(_select().where(t.jobs.c.id == job_id)).one_or_none()
        if row is None:
            raise ERRORS.error("RS-601", NotFound, what="việc", id=job_id)
        return _view(row)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _select() -> Select:
    return select(t.jobs, t.people.c.name).join(t.people, t.people.c.id == t.jobs.c.person_id)


def _view(row: Row) -> JobView:
    return JobView(
        id=row.id,
        kind=row.kind,
        title=row.title,
        state=row.state,
        done=row.done,
        total=row.total,
        message=row.message,
        result=row.result,
        person=row.name,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
