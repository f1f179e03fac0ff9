"""Two web servers on one PostgreSQL, as replicas of a ministry's machine: one desk, two doors.

Each has a data folder and a process of its own; only the database is shared. The browser keeps one
cookie for both, because cookies do not tell ports apart: as behind a load balancer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import Engine, create_engine, text

from models.shelf import Shelf
from tests.browser import acts
from tests.browser import server as servers
from tests.browser.conftest import VIEWPORT
from tests.browser.desk import Desk
from tests.browser.server import RunningServer
from tests.review.conftest import Cluster, cluster  # noqa: F401  (a fixture)

pytestmark = pytest.mark.xdist_group("browser")

REVIEWER, LEAD = "ra.soat.bxd", "phap.che.bxd"
CODE, ISSUER = "BXD", "Bộ Xây dựng"
NUMBER = acts.NUMBER.format(code=CODE)
WAIT_SECONDS = 300  # a job, or an index after the look that each server takes every 20 seconds


@dataclass
class Pair:
    """Both servers and the database behind them."""

    first: RunningServer
    second: RunningServer
    engine: Engine

    def rows(self, query: str, **values: object) -> list:
        with self.engine.connect() as connection:
            return list(connection.execute(text(query), values))


@pytest.fixture(scope="module")
def pair(
    chromium_path: str,
    cluster: Cluster,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Pair]:
    url = cluster.create("template1")
    started: list[RunningServer] = []
    engine = create_engine(url)
    try:
        for name in ("mot", "hai"):
            started.append(servers.start(tmp_path_factory.mktemp(name), database_url=url))
        yield Pair(*started, engine)
    finally:
        engine.dispose()
        for server in started:
            server.stop()


@pytest.fixture
def at(browser: Browser, pair: Pair) -> Iterator[Callable[[RunningServer, str], Desk]]:
    """Open a window of somebody at one of the servers; who signed in at one is known at both."""
    signed_in: dict[str, BrowserContext] = {}
    contexts: list[BrowserContext] = []
    desks: list[Desk] = []

    def window(server: RunningServer, username: str) -> Desk:
        known = signed_in.get(username)
        context = browser.new_context(
            viewport=VIEWPORT,
            base_url=server.url,
            locale="vi-VN",
            storage_state=known.storage_state() if known else None,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        desk = Desk(page)
        desks.append(desk)
        if known is None:
            desk.sign_in(username)
            signed_in[username] = context
        return desk

    yield window
    for desk in desks:
        desk.no_complaints()
    for context in contexts:
        context.close()


def wait(found: Callable[[], object], what: str) -> object:
    """Return what ``found`` returns once it is something; fails after ``WAIT_SECONDS``."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        if value := found():
            return value
        time.sleep(0.5)
    pytest.fail(f"chờ mãi không thấy {what}")


def suggestion(pair: Pair) -> int:
    """A finding of BXD that nobody has decided."""
    return pair.rows(
        "SELECT f.id FROM findings f JOIN acts a ON a.id = f.act_id JOIN campaigns c"
        " ON c.id = a.campaign_id WHERE c.code = '2026' AND a.agency = 'BXD'"
        " AND f.state = 'goi_y' AND f.standing ORDER BY f.id LIMIT 1"
    )[0].id


def test_the_demo_was_prepared_once(pair: Pair) -> None:
    doubled = pair.rows("SELECT username FROM people GROUP BY username HAVING count(*) > 1")
    assert doubled == []
    assert len(pair.rows("SELECT id FROM acts WHERE number = '902/2019/NĐ-CP'")) == 1


def test_who_signs_in_at_one_door_works_at_the_other(
    pair: Pair, at: Callable[[RunningServer, str], Desk]
) -> None:
    at(pair.first, REVIEWER)
    other = at(pair.second, REVIEWER)
    one = suggestion(pair)
    other.open("ra-soat", phat_hien=one)
    other.press("xac-nhan")
    (row,) = pair.rows(
        "SELECT f.state, p.username FROM findings f JOIN people p ON p.id = f.decided_by"
        " WHERE f.id = :one",
        one=one,
    )
    assert (row.state, row.username) == ("xac_nhan", REVIEWER)
    here = at(pair.first, REVIEWER)
    here.open("ra-soat", phat_hien=one)
    here.shows("Đã xác nhận")


def test_a_decision_at_the_other_door_is_a_conflict_and_not_overwritten(
    pair: Pair, at: Callable[[RunningServer, str], Desk]
) -> None:
    one = suggestion(pair)
    slow, quick = at(pair.first, LEAD), at(pair.second, REVIEWER)
    for desk in (slow, quick):
        desk.open("ra-soat", phat_hien=one)
    quick.press("xac-nhan")
    slow.press("xac-nhan")
    slow.shows("RS-501")
    steps = pair.rows(
        "SELECT p.username FROM decisions d JOIN people p ON p.id = d.written_by"
        " WHERE d.finding_id = :one",
        one=one,
    )
    assert [row.username for row in steps] == [REVIEWER]


def test_a_job_runs_once_and_what_it_loads_is_found_at_both_doors(
    pair: Pair, at: Callable[[RunningServer, str], Desk], tmp_path: Path
) -> None:
    desk = at(pair.first, LEAD)
    desk.open("kho-van-ban")
    desk.hand_in(acts.word_file(tmp_path, CODE, ISSUER))
    desk.press("nap")
    wait(
        lambda: pair.rows("SELECT id FROM jobs WHERE kind = 'nap_van_ban' AND state = 'xong'"),
        "lần nạp xong",
    )
    assert len(pair.rows("SELECT id FROM jobs WHERE kind = 'nap_van_ban'")) == 1
    assert len(pair.rows("SELECT id FROM acts WHERE number = :number", number=NUMBER)) == 1
    other = at(pair.second, LEAD)
    other.open("kho-van-ban", tu_khoa=NUMBER)
    other.page.get_by_role("link", name=NUMBER).first.wait_for()
    # Each server keeps an index of its own and brings in what the other loaded.
    for server in (pair.first, pair.second):
        wait(lambda s=server: holds(pair, s, NUMBER), f"văn bản trong chỉ mục ở {server.url}")  # type: ignore[misc]


def holds(pair: Pair, server: RunningServer, number: str) -> bool:
    """Whether the server's own index holds the act, whoever loaded it."""
    shelf = Shelf(server.data_dir / "models" / "similar")
    (row,) = pair.rows("SELECT version_id FROM acts WHERE number = :number", number=number)
    name = shelf.current()
    if not name:
        return False
    held = {version.split(":")[0] for version in shelf.about(name).versions}
    return str(row.version_id) in held


def test_jobs_of_a_server_that_died_are_told_so_by_the_other(pair: Pair) -> None:
    with pair.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO jobs (kind, title, state, done, total, message, worker, created_at,"
                " touched_at, person_id) SELECT 'xuat', 'Việc dở', 'dang_chay', 1, 2, '',"
                " j.worker, now(), now(), j.person_id FROM jobs j WHERE j.worker <> ''"
                " ORDER BY j.id LIMIT 1"
            )
        )
    pair.first.kill()
    wait(
        lambda: pair.rows("SELECT id FROM jobs WHERE title = 'Việc dở' AND state = 'gian_doan'"),
        "dấu gián đoạn",
    )
