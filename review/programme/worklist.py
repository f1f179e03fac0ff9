"""Work lists: the annex tables of NQ 66.7/2025/NQ-CP, row by row against the stored provisions.

Rows are kept as printed. Matching says for each whether the provision stands in a loaded act and
whether a finding stands on it; it can be repeated at any time, as acts come in.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from corpus.agency import shipped
from corpus.annex import AnnexRow, read_annex
from corpus.number import number_key
from review import agencies
from review.acts.filtering import in_scope
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS, NotFound
from review.job import Jobs, Report
from review.people.permission import check, scope
from review.programme.alias import names
from review.programme.instrument_store import from_name, insert_missing
from review.programme.worklist_match import UNCLEAR, Shelf, Understood, spellings
from review.records import JobView, Page, PageRequest, Person
from review.records.programme import InstrumentInput
from review.records.worklist import Match, Spelling, WorklistRow, WorklistTable, WorklistView
from review.store import tables as t
from review.store.engine import Store

COLUMNS = (
    "annex",
    "field",
    "order",
    "procedure_code",
    "procedure",
    "component",
    "database",
    "owner",
    "act",
    "location",
)
_JOIN = ";"  # between agencies in one column
KIND = "phu_luc"  # kind of the jobs
_LISTED = "III"  # the annex that names the acts to be amended


class Worklists:
    """Annexes of the Government as lists of work."""

    def __init__(self, store: Store, jobs: Jobs) -> None:
        self._store = store
        self._jobs = jobs

    def start(self, person: Person, campaign_id: int, name: str, data: bytes, due: date) -> JobView:
        """Queue ``load``; the job's result names the list."""
        check(person, "worklists.start")

        def work(report: Report) -> Mapping[str, object]:
            view = self.load(person, campaign_id, name, data, due, report)
            return {"worklist": view.id}

        return self._jobs.submit(person, KIND, f"Nạp phụ lục «{name}»", work)

    def load(
        self,
        person: Person,
        campaign_id: int,
        name: str,
        data: bytes,
        due: date,
        report: Report | None = None,
    ) -> WorklistView:
        """Read an annex file, keep its rows, match them, and list its acts as instruments.

        ``due``: the day before which the acts of Phụ lục III must be amended. The same file given
        again is recognised. Raises RS-121 (no annex in it), RS-601, ``Forbidden``.
        """
        check(person, "worklists.load")
        annex = read_annex(name, data)
        digest = hashlib.sha256(data).hexdigest()
        with self._store.write() as db:
            read_campaign(db, campaign_id)
            known = db.scalar(
                select(t.worklists.c.id).where(
                    t.worklists.c.campaign_id == campaign_id, t.worklists.c.digest == digest
                )
            )
            if known is None:
                known = self._insert(db, person, campaign_id, name, digest, annex)
            listed = _instruments(annex.rows, due, self._store.today())
            insert_missing(db, person, campaign_id, listed, self._store.now())
        self._match(known, campaign_id, report)
        with self._store.read() as db:
            return _view(db, known)

    def list(self, person: Person, campaign_id: int) -> list[WorklistView]:
        """Return the loaded files with the counts of their matches."""
        check(person, "worklists.list")
        with self._store.read() as db:
            ids = db.scalars(
                select(t.worklists.c.id)
                .where(t.worklists.c.campaign_id == campaign_id)
                .order_by(t.worklists.c.id.desc())
            ).all()
            return [_view(db, one) for one in ids]

    def rows(
        self,
        person: Person,
        worklist_id: int,
        *,
        annex: str = "",
        state: str = "",
        page: PageRequest = PageRequest(),  # noqa: B008  (frozen)
    ) -> Page[WorklistRow]:
        """Return rows in the order of the file; places in acts beyond the person's scope stay out.

        Raises ``NotFound`` RS-601.
        """
        check(person, "worklists.rows")
        seen = scope(person, "worklists.rows")
        where = [t.worklist_rows.c.worklist_id == worklist_id]
        if annex:
            where.append(t.worklist_rows.c.annex == annex)
        if state:
            where.append(t.worklist_rows.c.state == state)
        with self._store.read() as db:
            _read(db, worklist_id)
            total = db.scalar(select(func.count()).select_from(t.worklist_rows).where(*where)) or 0
            rows = db.execute(
                select(t.worklist_rows)
                .where(*where)
                .order_by(t.worklist_rows.c.position)
                .limit(page.size)
                .offset(page.start)
            ).all()
            visible = _visible_acts(db, rows, seen)
        return Page([_row(row, visible) for row in rows], total, page.number, page.size)

    def match(self, person: Person, worklist_id: int) -> WorklistView:
        """Match all rows again, after acts were loaded; raises ``NotFound`` RS-601."""
        check(person, "worklists.match")
        with self._store.read() as db:
            row = _read(db, worklist_id)
        self._match(worklist_id, row.campaign_id)
        with self._store.read() as db:
            return _view(db, worklist_id)

    def start_match(self, person: Person, worklist_id: int) -> JobView:
        """Queue ``match``; raises ``NotFound`` RS-601."""
        check(person, "worklists.start_match")
        with self._store.read() as db:
            row = _read(db, worklist_id)

        def work(report: Report) -> Mapping[str, object]:
            self._match(worklist_id, row.campaign_id, report)
            return {"worklist": worklist_id}

        return self._jobs.submit(person, KIND, f"Đối chiếu lại phụ lục «{row.name}»", work)

    def table(self, person: Person, worklist_id: int) -> WorklistTable:
        """Return every row with its cells as printed; raises ``NotFound`` RS-601.

        Places in acts beyond the person's scope stay out.
        """
        check(person, "worklists.table")
        with self._store.read() as db:
            rows = db.execute(
                select(t.worklist_rows)
                .where(t.worklist_rows.c.worklist_id == worklist_id)
                .order_by(t.worklist_rows.c.position)
            ).all()
            visible = _visible_acts(db, rows, scope(person, "worklists.table"))
            return WorklistTable(_view(db, worklist_id), [_row(row, visible) for row in rows])

    def spellings(self, person: Person, worklist_id: int) -> list[Spelling]:
        """Return the names the list prints and what they are taken for, unknown ones first.

        Raises ``NotFound`` RS-601.
        """
        check(person, "worklists.spellings")
        with self._store.read() as db:
            _read(db, worklist_id)
            cells = db.scalars(
                select(t.worklist_rows.c.cells).where(t.worklist_rows.c.worklist_id == worklist_id)
            ).all()
            found = [Spelling(*one) for one in spellings(cells, names(db))]
        return sorted(found, key=lambda one: (bool(one.means), one.kind, -one.rows, one.printed))

    def _insert(
        self,
        db: Connection,
        person: Person,
        campaign_id: int,
        name: str,
        digest: str,
        annex: Any,
    ) -> int:
        added = db.execute(
            insert(t.worklists).values(
                campaign_id=campaign_id,
                name=name,
                digest=digest,
                doubts=[doubt.message for doubt in annex.doubts],
                at=self._store.now(),
                written_by=person.id,
            )
        ).inserted_primary_key[0]
        rows = [_values(added, place, row) for place, row in enumerate(annex.rows, 1)]
        db.execute(insert(t.worklist_rows), rows)
        return added

    def _match(self, worklist_id: int, campaign_id: int, report: Report | None = None) -> None:
        # What takes long only reads: progress is written meanwhile, and there is one writer.
        now, found = self._store.now(), []
        with self._store.read() as db:
            shelf, known = Shelf(db, campaign_id), names(db)
            rows = db.execute(
                select(t.worklist_rows.c.id, t.worklist_rows.c.cells).where(
                    t.worklist_rows.c.worklist_id == worklist_id
                )
            ).all()
            for done, row in enumerate(rows, 1):
                understood = Understood.of(row.cells, known)
                found.append((row.id, understood, *shelf.match(understood)))
                if report:
                    report(done, len(rows), "đối chiếu")
        with self._store.write() as db:
            for number, understood, state, places in found:
                db.execute(
                    update(t.worklist_rows)
                    .where(t.worklist_rows.c.id == number)
                    .values(
                        sources=list(understood.sources),
                        owner=_JOIN.join(understood.owners),
                        acts=list(understood.acts),
                        targets=[[target.act, target.path] for target in understood.targets],
                        state=state,
                        found=places,
                        matched_at=now,
                    )
                )


def _values(worklist_id: int, position: int, row: AnnexRow) -> dict[str, Any]:
    return {
        "worklist_id": worklist_id,
        "position": position,
        "annex": row.annex,
        "place": row.place,
        "cells": {column: getattr(row, column) for column in COLUMNS},
        "printed": [list(pair) for pair in row.printed],
        "sources": [],
        "owner": "",
        "acts": [],
        "targets": [],
        "state": UNCLEAR,
        "found": [],
    }


def _instruments(rows: Sequence[AnnexRow], due: date, today: date) -> list[InstrumentInput]:
    """Return the acts of Phụ lục III for the countdown board, each with who answers for it."""
    owners = _owners(rows)
    listed = []
    for row in rows:
        if row.annex != _LISTED or not row.acts:
            continue
        _, routed = agencies.routed(row.acts[0], "", today)
        agency = routed or owners.get(number_key(row.acts[0]), "")
        listed.append(from_name(row.act, due, agency, f"Phụ lục {row.annex}, {row.place}"))
    return listed


def _owners(rows: Iterable[AnnexRow]) -> Mapping[str, str]:
    """Return who answers for an act of the Government, by the fields its procedures stand in.

    «LĨNH VỰC QUẢN LÝ NHÀ NƯỚC CỦA BỘ CÔNG THƯƠNG» over a row that cites it names the ministry.
    """
    votes: dict[str, Counter[str]] = {}
    for row in rows:
        # «… CỦA BỘ CÔNG THƯƠNG»: the name stands last.
        agency = shipped().find(row.field.casefold().rpartition("của ")[2]) if row.field else None
        if agency is None:
            continue
        for act in row.acts:
            votes.setdefault(number_key(act), Counter())[agency.code] += 1
    return {key: counted.most_common(1)[0][0] for key, counted in votes.items()}


def _visible_acts(
    db: Connection, rows: Iterable[Row], seen: frozenset[str] | None
) -> Mapping[int, str]:
    """Return the numbers of the acts that the rows mean and the person may see."""
    ids = {place["act_id"] for row in rows for place in row.found}
    found = db.execute(
        select(t.acts.c.id, t.acts.c.number).where(t.acts.c.id.in_(ids), in_scope(seen))
    )
    return {row.id: row.number for row in found}


def _row(row: Row, visible: Mapping[int, str]) -> WorklistRow:
    return WorklistRow(
        row.id,
        row.position,
        row.annex,
        row.place,
        dict(row.cells),
        tuple(row.sources),
        tuple(row.owner.split(_JOIN)) if row.owner else (),
        row.state,
        tuple(
            Match(
                place["act_id"],
                place.get("path", ""),
                place.get("provision_id"),
                place.get("finding_id"),
                visible[place["act_id"]],
                place.get("near", False),
            )
            for place in row.found
            if place["act_id"] in visible
        ),
        tuple((heading, cell) for heading, cell in row.printed),
    )


def _read(db: Connection, worklist_id: int) -> Row:
    row = db.execute(select(t.worklists).where(t.worklists.c.id == worklist_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="danh mục", id=worklist_id)
    return row


def _view(db: Connection, worklist_id: int) -> WorklistView:
    row = _read(db, worklist_id)
    counted = db.execute(
        select(t.worklist_rows.c.annex, t.worklist_rows.c.state, func.count())
        .where(t.worklist_rows.c.worklist_id == worklist_id)
        .group_by(t.worklist_rows.c.annex, t.worklist_rows.c.state)
    )
    counts: dict[str, dict[str, int]] = {}
    for annex, state, count in counted:
        counts.setdefault(annex, {})[state] = count
    return WorklistView(row.id, row.name, dict(sorted(counts.items())), tuple(row.doubts), row.at)
