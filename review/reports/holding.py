"""«Toàn bộ dữ liệu»: every table of the store, as far as a person may see it, row by row.

Each table is read under the permission that shows the same on a screen, and for the same agencies;
what a screen keeps back (closed opinions, drafts of others, secrets) is kept back here. Which table
is which is data: ``holdings.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, Select, select
from sqlalchemy import Table as StoreTable

from review.audit import shown
from review.errors import ERRORS, NotFound
from review.opinions.ballot import ballots
from review.people.permission import allows, belongs, check, scope
from review.records import Person
from review.reports.letter_rows import MEMBER_ROLE
from review.reports.records import CampaignHead, Stamp
from review.store import tables as t
from review.store.engine import Store

_FILE: Final = Path(__file__).with_name("holdings.yaml")
_KEYS: Final = {"ten", "quyen", "duong", "chung", "moi_dot", "loc", "bo", "cot"}
_NAMED: Final = "written_by"  # a person whose name stands beside the number
_BATCH: Final = 1_000
_SUBMITTED: Final = ("da_trinh", "tra_lai")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Holding:
    """One table: its name for people, who may read it, and how its rows belong to an agency."""

    name: str
    title: str
    action: str
    way: tuple[str, ...]  # columns to follow to the row that has agency and campaign
    common: bool  # belongs to no agency
    timeless: bool  # belongs to no campaign
    rule: str
    columns: Mapping[str, str]  # name → meaning


@cache
def holdings() -> Mapping[str, Holding]:
    """Return the tables by name; raises ``ValueError`` naming the entry that is wrong."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    made = {}
    for name, entry in data["bang"].items():
        if unknown := set(entry) - _KEYS:
            raise ValueError(f"{_FILE.name}: {name} có trường lạ {sorted(unknown)}")
        left_out, own = set(entry.get("bo", ())), entry.get("cot", {})
        columns: dict[str, str] = {}
        for column in (one.name for one in t.metadata.tables[name].columns):
            if column in left_out:
                continue
            if column not in own and column not in data["cot"]:
                raise ValueError(f"{_FILE.name}: cột {name}.{column} chưa có nghĩa")
            columns[column] = own.get(column) or data["cot"][column]
            if column == _NAMED:
                columns[f"{_NAMED}_name"] = data["cot"][f"{_NAMED}_name"]
        made[name] = Holding(
            name,
            entry["ten"],
            entry["quyen"],
            tuple(entry.get("duong", ())),
            entry.get("chung", False),
            entry.get("moi_dot", False),
            entry.get("loc", ""),
            columns,
        )
    return made


def left_out() -> Mapping[str, str]:
    """Return the tables that are not given out, each with why."""
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))["khong_xuat"]


@dataclass(frozen=True, slots=True)
class Inventory:
    """What one person may take along, not yet read; ``rows`` reads a table from the store."""

    campaign: CampaignHead
    stamp: Stamp
    tables: tuple[Holding, ...]
    rows: Callable[[Holding], Iterator[Row]]


class Holdings:
    """The tables of the store for one person; reads only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def inventory(self, person: Person, campaign: CampaignHead, stamp: Stamp) -> Inventory:
        """Return what the person may take along of a campaign; raises ``Forbidden`` RS-410."""
        check(person, "holdings.inventory")
        offered = tuple(one for one in holdings().values() if allows(person, one.action))
        return Inventory(
            campaign, stamp, offered, lambda holding: self._rows(person, campaign.id, holding)
        )

    def rows(self, person: Person, campaign_id: int, name: str) -> Iterator[Row]:
        """Yield the rows of one table; raises ``NotFound`` RS-601, ``Forbidden``."""
        check(person, "holdings.rows")
        holding = holdings().get(name)
        if holding is None:
            raise ERRORS.error("RS-601", NotFound, what="bảng", id=name)
        return self._rows(person, campaign_id, holding)

    def _rows(self, person: Person, campaign_id: int, holding: Holding) -> Iterator[Row]:
        seen = scope(person, holding.action)
        table = t.metadata.tables[holding.name]
        query = _query(table, holding, campaign_id, seen)
        if (where := _WHERE.get(holding.rule)) is not None:
            query = query.where(*where(person, table, seen))
        with self._store.read() as db:
            names = dict(db.execute(select(t.people.c.id, t.people.c.name)).tuples().all())
            found = db.execution_options(yield_per=_BATCH).execute(query).mappings()
            keep = _KEEP.get(holding.rule, _all)
            for batch in found.partitions():
                for row in keep(db, person, list(batch)):
                    yield {name: _value(name, row, names) for name in holding.columns}


def _value(name: str, row: Row, names: Mapping[int, str]) -> Any:
    if name == f"{_NAMED}_name":
        return names.get(row[_NAMED], "")
    return row[name]


def _query(
    table: StoreTable, holding: Holding, campaign_id: int, seen: frozenset[str] | None
) -> Select[Any]:
    source: FromClause = table
    last: StoreTable = table
    for column in holding.way:
        (key,) = last.c[column].foreign_keys
        source = source.join(key.column.table, last.c[column] == key.column)
        last = key.column.table
    where: list[ColumnElement[bool]] = []
    if not holding.timeless:
        campaign = last.c.id if last is t.campaigns else last.c.campaign_id
        where.append(campaign == campaign_id)
    if seen is not None and not holding.common:
        where.append(last.c.agency.in_(seen))
    extra = [last.c.agency.label("_agency")] if "agency" in last.c else []
    return select(table, *extra).select_from(source).where(*where).order_by(*table.primary_key)


def _all(db: Connection, person: Person, rows: list[RowMapping]) -> Iterator[Row]:
    yield from rows


def _submitted(db: Connection, person: Person, rows: list[RowMapping]) -> Iterator[Row]:
    """A ministry's own people read its drafts; others what it has submitted."""
    for row in rows:
        if row["state"] in _SUBMITTED or belongs(person, "proposals.get", row["_agency"]):
            yield row


def _opened(db: Connection, person: Person, rows: list[RowMapping]) -> Iterator[Row]:
    """Opinions of an opened round, and one's own: a member's colleagues share its voice."""
    own = {held.agency for held in person.memberships if held.role == MEMBER_ROLE}
    rounds = {
        (ballot.finding_id, ballot.number): ballot
        for found in ballots(db, sorted({row["finding_id"] for row in rows})).values()
        for ballot in found
    }
    for row in rows:
        ballot = rounds.get((row["finding_id"], row["round"]))
        mine = row["written_by"] == person.id or row["member"] in own
        if mine or (ballot is not None and ballot.opened):
            yield row


def _events(db: Connection, person: Person, rows: list[RowMapping]) -> Iterator[Row]:
    for row in rows:
        name = row["table_name"]
        yield {**row, "old": shown(name, row["old"]), "new": shown(name, row["new"])}


def _called(db: Connection, person: Person, rows: list[RowMapping]) -> Iterator[Row]:
    seen = scope(person, "meetings.list")
    yield from (row for row in rows if seen is None or seen.intersection(row["agencies"]))


def _closed(
    person: Person, table: StoreTable, seen: frozenset[str] | None
) -> list[ColumnElement[bool]]:
    """Ministries learn of a meeting once it is closed, and of those they were called to."""
    if seen is None:
        return []
    return [
        table.c.meeting_id.in_(
            select(t.meeting_items.c.meeting_id)
            .join(t.meetings, t.meetings.c.id == t.meeting_items.c.meeting_id)
            .join(t.findings, t.findings.c.id == t.meeting_items.c.finding_id)
            .join(t.acts, t.acts.c.id == t.findings.c.act_id)
            .where(t.meetings.c.closed_at.is_not(None), t.acts.c.agency.in_(seen))
        )
    ]


def _of_colleagues(
    person: Person, table: StoreTable, seen: frozenset[str] | None
) -> list[ColumnElement[bool]]:
    if seen is None:
        return []
    colleagues = select(t.memberships.c.person_id).where(t.memberships.c.agency.in_(seen))
    return [table.c.written_by.in_(colleagues)]


def _mine(
    person: Person, table: StoreTable, seen: frozenset[str] | None
) -> list[ColumnElement[bool]]:
    return [table.c.person_id == person.id]


def _exported(
    person: Person, table: StoreTable, seen: frozenset[str] | None
) -> list[ColumnElement[bool]]:
    return [] if allows(person, "audit.list") else [table.c.written_by == person.id]


_Where = Callable[[Person, StoreTable, frozenset[str] | None], list[ColumnElement[bool]]]
_WHERE: Final[Mapping[str, _Where]] = {
    "hop_xong": _closed,
    "nguoi_cua_bo": _of_colleagues,
    "cua_toi": _mine,
    "da_xuat": _exported,
}
_Keep = Callable[[Connection, Person, list[RowMapping]], Iterator[Row]]
_KEEP: Final[Mapping[str, _Keep]] = {
    "de_xuat": _submitted,
    "y_kien": _opened,
    "hop": _called,
    "nhat_ky": _events,
}
