"""Tracked tasks with figures over time: what of the programme is not the amending of acts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from sqlalchemy import Connection, Row, insert, select

from corpus.datafile import CONFIDENCES
from review import agencies
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS, NotFound
from review.people.permission import check
from review.records import Person
from review.records.follow_up import TaskFigureInput, TaskFigureView, TaskInput, TaskView
from review.store import tables as t
from review.store.engine import Store
from review.store.versioned import write_version

STATES = {"chua-lam": "Chưa làm", "dang-lam": "Đang làm", "xong": "Đã xong"}
# Sections of the thematic report, in its order.
SECTIONS = {
    "ho-tich-dien-tu": "Bản điện tử giấy tờ hộ tịch và liên thông thủ tục",
    "so-hoa-ho-tich": "Số hóa sổ hộ tịch, đăng ký hộ tịch trực tuyến",
    "ket-noi": "Kết nối phần mềm chuyên ngành với cơ sở dữ liệu quốc gia về dân cư",
    "khac": "Nhiệm vụ khác",
}


class Tasks:
    """Tasks of a campaign; figures are only added."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, person: Person, campaign_id: int) -> list[TaskView]:
        """Return the tasks in the order of the report's sections, figures newest first."""
        check(person, "tasks.list")
        with self._store.read() as db:
            rows = db.execute(select(t.tasks).where(t.tasks.c.campaign_id == campaign_id)).all()
            figures = _figures(db, [row.id for row in rows])
        today = self._store.today()
        order = {code: place for place, code in enumerate(SECTIONS)}
        views = [
            TaskView(
                row.id,
                _input(row),
                row.due is not None and row.due < today and row.state != "xong",
                tuple(figures.get(row.id, ())),
                row.version,
            )
            for row in rows
        ]
        return sorted(views, key=lambda one: (order[one.input.section], one.input.code))

    def add(self, person: Person, campaign_id: int, entered: TaskInput) -> int:
        """Add a task, return its id; raises RS-587 (incomplete, or its code is taken), RS-602."""
        check(person, "tasks.add")
        _validate(entered)
        with self._store.write() as db:
            read_campaign(db, campaign_id)
            taken = db.scalar(
                select(t.tasks.c.id).where(
                    t.tasks.c.campaign_id == campaign_id, t.tasks.c.code == entered.code
                )
            )
            if taken:
                raise ERRORS.error("RS-587", reason=f"mã {entered.code} đã có")
            return db.execute(
                insert(t.tasks).values(
                    campaign_id=campaign_id,
                    version=1,
                    written_by=person.id,
                    written_at=self._store.now(),
                    **asdict(entered),
                )
            ).inserted_primary_key[0]

    def change(self, person: Person, task_id: int, version: int, entered: TaskInput) -> None:
        """Change a task; raises RS-587, RS-602, ``Conflict`` RS-501."""
        check(person, "tasks.change")
        _validate(entered)
        with self._store.write() as db:
            standing = _read(db, task_id)
            values = asdict(entered)
            write_version(db, t.tasks, standing, version, values, person, self._store.now())

    def record(self, person: Person, task_id: int, entered: TaskFigureInput) -> None:
        """Add a figure; raises RS-601, RS-587 (incomplete, in the future, unknown mark)."""
        check(person, "tasks.record")
        reason = ""
        if not entered.name.strip() or not entered.document.strip():
            reason = "thiếu tên số liệu hoặc văn bản nêu số liệu"
        elif entered.on > self._store.today():
            reason = "ngày ở tương lai"
        elif entered.confidence not in CONFIDENCES:
            reason = "không có mức tin cậy này"
        if reason:
            raise ERRORS.error("RS-587", reason=reason)
        with self._store.write() as db:
            _read(db, task_id)
            db.execute(
                insert(t.task_figures).values(
                    task_id=task_id,
                    at=self._store.now(),
                    written_by=person.id,
                    **asdict(entered),
                )
            )


def _validate(entered: TaskInput) -> None:
    reason = ""
    if not entered.code.strip() or not entered.title.strip():
        reason = "thiếu mã hoặc tên nhiệm vụ"
    elif entered.section not in SECTIONS:
        reason = "không có mục báo cáo này"
    elif entered.state not in STATES:
        reason = "không có trạng thái này"
    if reason:
        raise ERRORS.error("RS-587", reason=reason)
    if not agencies.exists(entered.agency):
        raise ERRORS.error("RS-602", agency=entered.agency)


def _read(db: Connection, task_id: int) -> Row:
    row = db.execute(select(t.tasks).where(t.tasks.c.id == task_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="nhiệm vụ", id=task_id)
    return row


def _input(row: Row) -> TaskInput:
    return TaskInput(row.code, row.title, row.section, row.agency, row.due, row.state, row.text)


def _figures(db: Connection, ids: list[int]) -> dict[int, list[TaskFigureView]]:
    found: dict[int, list[TaskFigureView]] = defaultdict(list)
    for row in db.execute(
        select(t.task_figures, t.people.c.name.label("person"))
        .join(t.people, t.people.c.id == t.task_figures.c.written_by)
        .where(t.task_figures.c.task_id.in_(ids))
        .order_by(t.task_figures.c.on.desc(), t.task_figures.c.id.desc())
    ):
        entered = TaskFigureInput(
            row.on, row.name, row.value, row.unit, row.document, row.confidence
        )
        found[row.task_id].append(TaskFigureView(entered, row.person, row.at))
    return found
