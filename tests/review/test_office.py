"""Figures, campaigns, agencies, drafts, jobs, audit and the store itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    Float,
    Integer,
    String,
    Table,
    insert,
    select,
    text,
    update,
)

from corpus.errors import RasoatError
from review.errors import Conflict, Forbidden, NotFound
from review.records import (
    ActFilter,
    CampaignAgency,
    CampaignInput,
    FindingFilter,
    PageRequest,
    Tally,
)
from review.settings import Settings
from review.store import tables as t
from review.store.engine import Store
from review.store.tables.base import Utc
from review.store.triggers import APPEND_ONLY
from tests.review.conftest import NOW, Clock, Desk, document
from tests.review.test_opinion import speak, submitted

# --- figures ----------------------------------------------------------------------------------


def worked(desk: Desk) -> None:
    """Two ministries' acts in many states."""
    finding = submitted(desk)
    for name in ("long", "nam", "phuong"):
        speak(desk, finding, name)
    desk.load(
        document("910/2019/TT-BXD", *("1. Nộp sổ hộ khẩu và sổ tạm trú.",) * 4),
        document("911/2019/TT-BYT", *("1. Nộp sổ tạm trú.",) * 3),
        document("912/2019/NĐ-CP", "1. Nộp sổ hộ khẩu."),
        by="son",
    )
    rows = desk.findings(states=("goi_y",))
    desk.bench.findings.reject(desk["ha"], rows[0].id, 1, "N05")
    desk.bench.findings.ask(desk["ha"], rows[1].id, 1, "Hỏi.")
    desk.bench.findings.confirm(desk["ha"], rows[2].id, 1)
    desk.bench.findings.edit(desk["ha"], rows[2].id, 2, "A3", severity=3)


def rows_of(desk: Desk, name: str, tally: Tally) -> int:
    if isinstance(tally.filter, ActFilter):
        return desk.bench.library.acts(desk[name], tally.filter, PageRequest(size=1)).total
    return desk.bench.findings.queue(desk[name], tally.filter, PageRequest(size=1)).total


@pytest.mark.parametrize("name", ["ha", "minh", "lan", "long", "son", "binh"])
def test_every_figure_equals_the_rows_behind_it(desk: Desk, name: str) -> None:
    worked(desk)
    figures = desk.bench.overview.figures(desk[name], desk.campaign.id)
    tallies = [figures.acts, figures.findings, figures.decided, figures.agreed, figures.late]
    tallies += [one.findings for one in figures.by_category] + [line.tally for line in figures.mine]
    for one in figures.by_agency:
        tallies += [one.acts, one.findings, one.decided, one.agreed, one.late]
    assert [tally.value for tally in tallies] == [rows_of(desk, name, tally) for tally in tallies]
    assert sum(one.findings.value for one in figures.by_agency) == figures.findings.value
    assert sum(one.acts.value for one in figures.by_agency) == figures.acts.value
    assert sum(one.findings.value for one in figures.by_category) == figures.findings.value


def test_figures_of_a_ministry_and_of_the_task_force(desk: Desk) -> None:
    worked(desk)
    own = desk.bench.overview.figures(desk["ha"], desk.campaign.id)
    assert [one.code for one in own.by_agency] == ["BXD"]
    assert (own.findings.value, own.decided.value, own.agreed.value, own.late.value) == (9, 3, 1, 6)
    everything = desk.bench.overview.figures(desk["son"], desk.campaign.id)
    assert [(one.code, one.findings.value) for one in everything.by_agency] == [
        ("BXD", 9),
        ("BYT", 3),
        ("", 1),
    ]
    assert everything.by_agency[2].name == "Chưa phân công"


# --- campaigns and agencies -------------------------------------------------------------------

ENTERED = CampaignInput(
    "moi",
    "Đợt mới",
    date(2026, 6, 1),
    date(2027, 3, 1),
    agencies=(CampaignAgency("BXD", "", None),),
)


def test_a_campaign_is_opened_and_changed_by_version(desk: Desk) -> None:
    try:
        added = desk.bench.campaigns.add(desk["son"], ENTERED)
        assert added.agencies[0].name == "Bộ Xây dựng"
        assert added.days_left(date(2026, 11, 23)) == 98
        changed = desk.bench.campaigns.change(
            desk["vy"], added.id, 1, replace(ENTERED, name="Tên khác")
        )
        assert (changed.name, changed.version) == ("Tên khác", 2)
        with pytest.raises(Conflict) as met:
            desk.bench.campaigns.change(desk["son"], added.id, 1, replace(ENTERED, name="Của tôi"))
        assert (met.value.who, met.value.theirs["name"], met.value.mine["name"]) == (
            "Vy",
            "Tên khác",
            "Của tôi",
        )
        with pytest.raises(RasoatError, match="RS-603"):
            desk.bench.campaigns.add(desk["son"], ENTERED)
    finally:
        with desk.store.write() as db:
            for table in (t.campaign_agencies, t.campaigns):
                column = table.c.get("campaign_id", table.c.id)
                db.execute(table.delete().where(column != desk.campaign.id))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": " "}, "RS-604"),
        ({"deadline": date(2026, 1, 1)}, "RS-604"),
        ({"agencies": (CampaignAgency("BXD", "", None),) * 2}, "RS-604"),
        ({"agencies": (CampaignAgency("XYZ", "", None),)}, "RS-602"),
    ],
)
def test_a_wrong_campaign_is_refused(desk: Desk, change: dict, code: str) -> None:
    with pytest.raises(RasoatError) as refused:
        desk.bench.campaigns.add(desk["son"], replace(ENTERED, **change))
    assert refused.value.code == code


def test_agencies_with_counts_and_succession(desk: Desk, act) -> None:
    desk.load(act)
    rows = {row.code: row for row in desk.bench.agencies.list(desk["ha"])}
    assert rows["BTTTT"].responsible_today == "BKHCN"
    assert (rows["BXD"].acts, rows["BXD"].people) == (1, 3)
    choices = dict(desk.bench.agencies.choices(desk["ha"], date(2026, 11, 23)))
    assert choices["BXD"] == "Bộ Xây dựng"
    assert not {"BTTTT", "QH", "CP", "TCT"} & set(choices)


# --- drafts -----------------------------------------------------------------------------------


def test_a_draft_is_found_again_by_its_author_alone(
    desk: Desk, make_desk: Callable[..., Desk], desk_url: str
) -> None:
    desk.bench.drafts.save(desk["ha"], "y-kien:1", {"reason": "Đang gõ"})
    saved = desk.bench.drafts.save(desk["ha"], "y-kien:1", {"reason": "Đang gõ dở", "agreed": ""})
    restarted = Store(desk_url, desk.clock)
    again = type(desk.bench)(desk.settings, restarted)
    assert again.drafts.load(desk["ha"], "y-kien:1") == saved
    assert again.drafts.load(desk["minh"], "y-kien:1") is None
    assert [draft.key for draft in again.drafts.list(desk["ha"])] == ["y-kien:1"]
    again.drafts.discard(desk["ha"], "y-kien:1")
    assert again.drafts.load(desk["ha"], "y-kien:1") is None
    again.close()


# --- jobs -------------------------------------------------------------------------------------


def test_a_job_tells_progress_and_keeps_its_result(desk: Desk) -> None:
    go = threading.Event()

    def work(report: Callable[[int, int, str], None]) -> dict:
        report(3, 10, "đang làm")
        go.wait(10)
        return {"tep": "bao-cao.docx"}

    job = desk.bench.jobs.submit(desk["ha"], "xuat", "Xuất báo cáo", work)
    for _ in range(200):
        running = desk.bench.jobs.status(desk["ha"], job.id)
        if running.done:
            break
        threading.Event().wait(0.02)
    assert (running.state, running.done, running.total, running.message) == (
        "dang_chay",
        3,
        10,
        "đang làm",
    )
    go.set()
    done = desk.bench.jobs.wait(job.id, 10)
    assert (done.state, done.result) == ("xong", {"tep": "bao-cao.docx"})
    assert [one.id for one in desk.bench.jobs.list(desk["ha"], "xuat")] == [job.id]


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (RuntimeError("hết đĩa"), "RS-641"),
        (RasoatError("RS-799", "Không xuất được.", "Thử lại."), "RS-799"),
    ],
)
def test_a_failed_job_says_what_to_do(desk: Desk, failure: Exception, said: str) -> None:
    def work(_report: object) -> dict:
        raise failure

    job = desk.bench.jobs.submit(desk["ha"], "xuat", "Xuất báo cáo", work)
    done = desk.bench.jobs.wait(job.id, 10)
    assert (done.state, done.message.split(":")[0]) == ("loi", said)
    later = desk.bench.jobs.submit(desk["ha"], "xuat", "Sau đó", lambda _: {})
    assert desk.bench.jobs.wait(later.id, 10).state == "xong"


def test_jobs_are_ones_own(desk: Desk) -> None:
    job = desk.bench.jobs.submit(desk["ha"], "xuat", "Xuất báo cáo", lambda _: {})
    with pytest.raises(NotFound):
        desk.bench.jobs.status(desk["lan"], job.id)
    assert desk.bench.jobs.status(desk["vy"], job.id).person == "Ha"
    assert desk.bench.jobs.list(desk["lan"]) == []


@pytest.mark.parametrize(
    ("worker", "interrupted"),
    [
        ("may-khac:1:aa", False),
        ("{host}:999999999:aa", True),
        ("{host}:{pid}:aa", True),
        ("{host}:{parent}:aa", False),
    ],
    ids=["another machine", "process gone", "number used again", "another living process"],
)
def test_jobs_running_at_a_restart_are_marked(desk: Desk, worker: str, interrupted: bool) -> None:
    import os
    import socket

    job = desk.bench.jobs.submit(desk["ha"], "nap", "Nạp văn bản", lambda _: {})
    desk.bench.jobs.wait(job.id, 10)
    name = worker.format(host=socket.gethostname(), pid=os.getpid(), parent=os.getppid())
    with desk.store.write() as db:
        db.execute(update(t.jobs).values(state="dang_chay", worker=name))
    desk.bench.jobs.mark_interrupted()
    after = desk.bench.jobs.status(desk["ha"], job.id)
    assert after.state == ("gian_doan" if interrupted else "dang_chay")
    assert ("chạy lại" in after.message) is interrupted
    desk.clock.forward(hours=1)
    desk.bench.jobs.mark_interrupted()
    expected = "dang_chay" if worker.startswith("{host}:{parent}") else "gian_doan"
    assert desk.bench.jobs.status(desk["ha"], job.id).state == expected


# --- audit ------------------------------------------------------------------------------------


def test_the_chain_holds_and_says_who(desk: Desk) -> None:
    submitted(desk)
    verdict = desk.bench.audit.verify(desk["vy"])
    assert verdict.broken is None
    assert "nguyên vẹn" in verdict.sentence
    events = desk.bench.audit.list(desk["vy"], "decisions").items
    assert [event.person for event in events[:3]] == ["Minh", "Ha", "Ha"]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_events SET new = replace(new, 'Thông tư', 'Nghị định') WHERE id = {middle}",
        "UPDATE audit_events SET person_id = 1 WHERE id = {middle}",
        "UPDATE audit_events SET at = '2020-01-01T00:00:00.000Z' WHERE id = {middle}",
        "DELETE FROM audit_events WHERE id = {middle}",
    ],
)
def test_tampering_is_found(desk: Desk, tampering: str) -> None:
    submitted(desk)
    middle = desk.bench.audit.list(desk["vy"], "proposals").items[-1].id
    try:
        with desk.store.write() as db:
            if desk.store.sqlite:  # what somebody with the file and time could do
                db.execute(text("DROP TRIGGER keep_audit_events_update"))
                db.execute(text("DROP TRIGGER keep_audit_events_delete"))
            else:
                db.execute(text("ALTER TABLE audit_events DISABLE TRIGGER USER"))
            db.execute(text(tampering.format(middle=middle)))
        assert desk.bench.audit.verify(desk["vy"]).broken in (middle, middle + 1)
    finally:
        if not desk.store.sqlite:
            with desk.store.write() as db:
                db.execute(text("TRUNCATE audit_events"))
                db.execute(text("ALTER TABLE audit_events ENABLE TRIGGER USER"))


@pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: table.name)
def test_what_people_wrote_cannot_be_changed_or_taken_out(desk: Desk, table: Table) -> None:
    submitted(desk)
    with desk.store.write() as db:
        any_row(db, table)
    for statement in (f"UPDATE {table.name} SET id = id", f"DELETE FROM {table.name}"):  # noqa: S608
        with pytest.raises(Exception, match="append-only"), desk.store.write() as db:
            db.execute(text(statement))


def any_row(db: Connection, table: Table) -> object:
    """Return the key of a row of ``table``; makes one, and what it refers to, where it is empty."""
    key = next(iter(table.primary_key.columns))
    found = db.scalar(select(key).limit(1))
    if found is not None:
        return found
    values: dict[str, object] = {}
    for column in table.columns:
        if column.nullable or column is key:
            continue
        if column.foreign_keys:
            values[column.name] = any_row(db, next(iter(column.foreign_keys)).column.table)
        else:
            values[column.name] = next(
                value for kind, value in _ANY.items() if isinstance(column.type, kind)
            )
    return db.execute(insert(table).values(values)).inserted_primary_key[0]


_ANY: dict[type, object] = {
    Utc: NOW,
    JSON: [],
    Date: date(2026, 11, 23),
    Boolean: True,
    Float: 1.0,
    Integer: 1,
    String: "x",
}


def test_the_log_shows_neither_blind_opinions_nor_drafts(desk: Desk) -> None:
    finding = submitted(desk)
    speak(desk, finding, "long")
    for table in ("opinions", "proposals"):
        shown = desk.bench.audit.list(desk["vy"], table).items[0].new
        assert "(ẩn)" in shown.values()
        assert "Trái Luật Cư trú." not in shown.values()
    with pytest.raises(Forbidden):
        desk.bench.audit.list(desk["son"])


def test_the_log_does_not_show_what_colleagues_ask_each_other(desk: Desk) -> None:
    desk.load(document("902/2019/TT-BXD", "1. Nộp bản sao sổ hộ khẩu."))
    row = desk.findings()[0]
    desk.bench.findings.ask(desk["ha"], row.id, row.version, "Còn thu giấy này không?")
    for table in ("decisions", "questions"):
        shown = desk.bench.audit.list(desk["vy"], table).items[0].new
        assert "(ẩn)" in shown.values()
        assert "Còn thu giấy này không?" not in shown.values()


def test_exports_are_written_down(desk: Desk) -> None:
    desk.bench.audit.exported(
        desk["ha"], "word", "Báo cáo", "bao-cao.docx", "a" * 64, desk.campaign.id
    )
    row = desk.bench.audit.exports(desk["ha"]).items[0]
    assert (row.person, row.filename, row.digest) == ("Ha", "bao-cao.docx", "a" * 64)
    assert desk.bench.audit.exports(desk["lan"]).total == 0
    assert desk.bench.audit.exports(desk["vy"]).total == 1


# --- the store --------------------------------------------------------------------------------


def _not_the_word_index(name: str | None, kind: str, _parents: object) -> bool:
    """Full-text search differs by database and stands in no table of the metadata."""
    return kind != "table" or not str(name).startswith("provision_words")


def test_migrations_from_empty_make_exactly_the_tables(store_url: str) -> None:
    store = Store(store_url)
    store.migrate()
    with store.read() as db:
        context = MigrationContext.configure(db, opts={"include_name": _not_the_word_index})
        assert compare_metadata(context, t.metadata) == []
    store.close()


def test_sqlite_is_set_up_for_many_readers(tmp_path) -> None:
    store = Store(f"sqlite:///{tmp_path}/x/y.db", Clock())
    with store.read() as db:
        found = [
            db.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "busy_timeout", "foreign_keys")
        ]
    assert found == ["wal", 5000, 1]
    store.close()


def test_a_store_that_cannot_be_opened_says_what_to_do(tmp_path) -> None:
    (tmp_path / "tep").write_text("")
    with pytest.raises(RasoatError, match="RS-630"):
        Store(f"sqlite:///{tmp_path}/tep/kho.db").migrate()


@pytest.mark.parametrize("zone_hour", [(16, date(2026, 11, 23)), (17, date(2026, 11, 24))])
def test_today_is_the_day_in_viet_nam(zone_hour: tuple[int, date]) -> None:
    clock = Clock()
    clock.now = clock.now.replace(hour=zone_hour[0])
    assert Store("sqlite://", clock).today() == zone_hour[1]


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASOAT_MODE", "production")
    monkeypatch.setenv("RASOAT_MAX_UPLOAD_MB", "7")
    monkeypatch.setenv("RASOAT_DATA_DIR", "kho")
    settings = Settings()
    assert (settings.demo, settings.max_upload_bytes, settings.url) == (
        False,
        7 * 1024 * 1024,
        "sqlite:///kho/rasoat.db",
    )


def test_filters_with_no_rows_are_pages_too(desk: Desk) -> None:
    page = desk.bench.findings.queue(desk["ha"], FindingFilter(), PageRequest(number=0, size=0))
    assert (page.total, page.number, page.size, page.count, page.items) == (0, 1, 1, 1, [])


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_upkeep_holds_up_no_work_that_somebody_waits_for(desk: Desk) -> None:
    release = threading.Event()

    def long_upkeep(report: object) -> dict[str, object]:
        release.wait(30)
        return {}

    upkeep = desk.bench.jobs.submit(desk["vy"], "giu", "Giữ", long_upkeep, upkeep=True)
    try:
        work = desk.bench.jobs.submit(desk["ha"], "thu", "Thử", lambda report: {"n": 1})
        assert desk.bench.jobs.wait(work.id, 20).state == "xong"
        assert desk.bench.jobs.status(desk["vy"], upkeep.id).state in ("cho", "dang_chay")
    finally:
        release.set()
    assert desk.bench.jobs.wait(upkeep.id, 20).state == "xong"


def test_a_store_of_another_version_is_told_and_left_alone(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'kho.db'}")
    store.migrate()
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_moi_hon'"))
    with pytest.raises(RasoatError, match="RS-631") as told:
        store.migrate()
    store.close()
    assert "9999_moi_hon" in str(told.value)
