"""Days of the programme in one list: planned steps, acts due, tasks, campaigns, rules that end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Connection, select

from models import catalogue
from review import agencies
from review.people.permission import check
from review.programme.project_view import project_rows
from review.records import Person
from review.records.programme import AgendaEvent
from review.store import tables as t
from review.store.engine import Store

KINDS = {
    "buoc": "Bước của dự án",
    "van-ban": "Văn bản phải sửa",
    "nhiem-vu": "Nhiệm vụ",
    "dot": "Đợt rà soát",
    "het-hieu-luc": "Quy định thay thế hết hiệu lực",
}
_ORDER = {kind: place for place, kind in enumerate(KINDS)}
_SETTLED_TASK = "xong"


class Agenda:
    """What the calendar shows. Like the board, it holds what every reviewer may know."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def events(
        self,
        person: Person,
        campaign_id: int,
        first: date,
        last: date,
        agency: str = "",
    ) -> list[AgendaEvent]:
        """Return what falls on the days from ``first`` to ``last``, both included, by day.

        With ``agency`` only what concerns it; what concerns everybody stays.
        """
        check(person, "agenda.events")
        wanted = {agency, ""} if agency else None
        with self._store.read() as db:
            found = list(events_of(db, person, campaign_id, self._store.today()))
        return sorted(
            (
                event
                for event in found
                if first <= event.on <= last and (wanted is None or event.agency in wanted)
            ),
            key=day_order,
        )


def day_order(event: AgendaEvent) -> tuple[date, int, str, str]:
    """Return what events are ordered by: day, then kind, agency and words."""
    return event.on, _ORDER[event.kind], event.agency, event.title


def events_of(
    db: Connection, person: Person, campaign_id: int, today: date
) -> Iterator[AgendaEvent]:
    """Yield everything of a campaign that has a day, in no order."""
    yield from _steps(db, person, campaign_id, today)
    yield from _instruments(db, campaign_id, today)
    yield from _tasks(db, campaign_id, today)
    yield from _campaign(db, campaign_id, today)
    yield from _rules(today)


def _steps(db: Connection, person: Person, campaign_id: int, today: date) -> Iterable[AgendaEvent]:
    rows = db.execute(select(t.projects).where(t.projects.c.campaign_id == campaign_id))
    for project in project_rows(db, person, rows, today):
        for step in project.steps:
            on = step.done or step.planned
            if on is None:
                continue
            yield AgendaEvent(
                f"buoc-{project.id}-{step.code}",
                on,
                "buoc",
                f"{step.name}: {project.input.title}",
                project.input.agency,
                project.id,
                step.passed,
                not step.passed and on < today,
            )


def _instruments(db: Connection, campaign_id: int, today: date) -> Iterable[AgendaEvent]:
    """Yield one line per ministry and day: hundreds of acts are due on the same one."""
    counts = Counter[tuple[str, date]]()
    for row in db.execute(
        select(t.instruments.c.agency, t.instruments.c.due).where(
            t.instruments.c.campaign_id == campaign_id
        )
    ):
        counts[row.agency, row.due] += 1
    for (agency, due), count in counts.items():
        whose = agencies.name_of(agency) if agency else "chưa phân công"
        yield AgendaEvent(
            f"van-ban-{campaign_id}-{agency}-{due.isoformat()}",
            due,
            "van-ban",
            f"{count} văn bản phải sửa có hiệu lực trước ngày này ({whose})",
            agency,
            None,
            False,
            due <= today,
        )


def _tasks(db: Connection, campaign_id: int, today: date) -> Iterable[AgendaEvent]:
    for row in db.execute(
        select(t.tasks).where(t.tasks.c.campaign_id == campaign_id, t.tasks.c.due.is_not(None))
    ):
        done = row.state == _SETTLED_TASK
        yield AgendaEvent(
            f"nhiem-vu-{row.id}",
            row.due,
            "nhiem-vu",
            f"{row.code}: {row.title}",
            row.agency,
            None,
            done,
            not done and row.due < today,
        )


def _campaign(db: Connection, campaign_id: int, today: date) -> Iterable[AgendaEvent]:
    row = db.execute(select(t.campaigns).where(t.campaigns.c.id == campaign_id)).one_or_none()
    if row is not None and row.deadline is not None:
        yield AgendaEvent(
            f"dot-{row.id}",
            row.deadline,
            "dot",
            f"Hạn gửi báo cáo: {row.name}",
            "",
            None,
            False,
            row.deadline < today,
        )


def _rules(today: date) -> Iterable[AgendaEvent]:
    for rule in catalogue.load().overrides.rows.values():
        if rule.until is not None:
            yield AgendaEvent(
                f"het-hieu-luc-{rule.id}",
                rule.until,
                "het-hieu-luc",
                f"Ngày cuối của {rule.short_name} ({rule.confidence})",
                "",
                None,
                rule.until < today,
                False,
            )
