"""Acts in the store: loading, listing, reading, signing off."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from corpus.errors import RasoatError
from corpus.reading import Limits, read_bytes, read_paths
from corpus.records import Act, Notice, RawDocument, ReadResult
from corpus.structure import parse_act
from models.records import ScreenResult
from models.screen import Screener
from review import agencies
from review.acts import storing
from review.acts.effect import Facts
from review.acts.filtering import asked_for, in_scope
from review.acts.view import ACT_COLUMNS, act_conflict, act_row, act_view, counts_of
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS, Forbidden, NotFound
from review.findings.query import (
    SUPPRESSED_COLUMNS,
    joined_suppressed,
    suppressed_row,
)
from review.job import Jobs, Report
from review.people.permission import allows, check, scope
from review.records import (
    ActFilter,
    ActRow,
    ActView,
    JobView,
    LoadLine,
    LoadReport,
    Page,
    PageRequest,
    Person,
    SuppressedRow,
)
from review.settings import Settings
from review.state import RECOGNISED, UNDECIDED
from review.store import tables as t
from review.store.engine import Store
from review.store.folded import contains
from review.work.work_filter import assigned_to, assigned_to_nobody

Progress = Callable[[int, int, str], None]  # done, total (0 = unknown), what is being done
Parse = Callable[[RawDocument], Act]
Screen = Callable[[Act, date], ScreenResult]

_LOG = logging.getLogger(__name__)
_MEGABYTE = 1024 * 1024
_LOADING = "nap_van_ban"


@cache
def _screener() -> Screener:
    return Screener()


def screen(act: Act, as_of: date) -> ScreenResult:
    """Screen with the shipped catalogue; it is read and compiled at the first act."""
    return _screener().screen(act, as_of)


class Library:
    """Acts: ``parse`` and ``screen`` are the pipeline that loading runs."""

    def __init__(
        self,
        store: Store,
        jobs: Jobs,
        settings: Settings,
        parse: Parse = parse_act,
        screen: Screen = screen,
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._settings = settings
        self._parse = parse
        self._screen = screen
        self._facts = Facts()

    def load(
        self,
        person: Person,
        results: Iterable[ReadResult],
        campaign_id: int,
        progress: Progress | None = None,
        total: int = 0,
    ) -> LoadReport:
        """Parse, screen and store; one transaction per act, so nothing is ever half-stored.

        Law is applied as of the campaign's basis date. ``progress`` is called after each act with
        ``total`` (0 = unknown). What fails is a line of the report; the rest goes on.
        """
        check(person, "library.load")
        with self._store.read() as db:
            as_of = read_campaign(db, campaign_id).basis_date
        report = LoadReport()
        for done, result in enumerate(results, 1):
            report.lines.append(self._load_one(person, result, campaign_id, as_of))
            if progress:
                progress(done, max(total, done) if total else 0, result.source)
        return report

    def load_paths(
        self,
        person: Person,
        paths: list[Path],
        campaign_id: int,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Load files, folders and archives that lie on the machine itself."""
        check(person, "library.load_paths")
        return self.load(person, read_paths(paths), campaign_id, progress)

    def load_files(
        self, person: Person, files: list[tuple[str, bytes]], campaign_id: int
    ) -> JobView:
        """Load uploads as a job; ``report_of`` gives the load report when it has ended."""
        check(person, "library.load_files")
        with self._store.read() as db:
            read_campaign(db, campaign_id)

        def work(report: Report) -> dict[str, Any]:
            lines: list[LoadLine] = []
            for done, (name, data) in enumerate(files):
                report(done, len(files), name)
                lines += self.load(person, self._read(name, data), campaign_id).lines
            return {"lines": [asdict(line) for line in lines]}

        names = ", ".join(name for name, _ in files[:3]) + (" …" if len(files) > 3 else "")
        return self._jobs.submit(person, _LOADING, f"Nạp {names}", work)

    def report_of(self, person: Person, job_id: int) -> LoadReport:
        """Return the load report of a loading job; empty while it runs. RS-601: no such job."""
        check(person, "library.report_of")
        job = self._jobs.status(person, job_id)
        if job.kind != _LOADING:
            raise ERRORS.error("RS-601", NotFound, what="lần nạp", id=job_id)
        lines: Any = (job.result or {}).get("lines", [])
        return LoadReport(
            [
                LoadLine(**{**line, "notices": [Notice(**note) for note in line["notices"]]})
                for line in lines
            ]
        )

    def acts(
        self,
        person: Person,
        filter: ActFilter,
        page: PageRequest = PageRequest(),  # noqa: B008  (frozen)
    ) -> Page[ActRow]:
        """Return the acts the person may see, last loaded first; two queries."""
        where = _conditions(filter, scope(person, "library.acts"))
        with self._store.read() as db:
            if filter.effect and filter.campaign_id is not None:
                on = filter.effect_on or self._store.today()
                found = self._facts.in_state(db, filter.campaign_id, filter.effect, on)
                where.append(t.acts.c.id.in_(found))
            total = db.scalar(select(func.count()).select_from(t.acts).where(*where)) or 0
            rows = db.execute(
                _select_acts()
                .where(*where)
                .order_by(t.acts.c.id.desc())
                .limit(page.size)
                .offset(page.start)
            ).all()
        return Page([act_row(row) for row in rows], total, page.number, page.size)

    def types(self, person: Person, campaign_id: int) -> list[str]:
        """Return the types of act present, for the filter."""
        where = _conditions(ActFilter(campaign_id), scope(person, "library.types"))
        with self._store.read() as db:
            found = db.scalars(select(t.acts.c.type).where(*where, t.acts.c.type != "").distinct())
            return sorted(found)

    def years(self, person: Person, campaign_id: int) -> list[int]:
        """Return the years of issue present, newest first, for the filter."""
        where = _conditions(ActFilter(campaign_id), scope(person, "library.years"))
        with self._store.read() as db:
            found = db.scalars(
                select(t.acts.c.year).where(*where, t.acts.c.year.is_not(None)).distinct()
            )
            return sorted(found, reverse=True)

    def act(self, person: Person, act_id: int) -> ActView:
        """Return an act to read, its findings only to who may see findings.

        Raises ``NotFound`` RS-601, ``Forbidden`` RS-411.
        """
        with self._store.read() as db:
            row = self._visible(db, person, act_id, "library.act")
            return act_view(db, row, findings=allows(person, "findings.get", row.agency))

    def source_text(self, person: Person, act_id: int, version_id: int | None = None) -> str:
        """Return the untouched text of a version, the current one by default."""
        with self._store.read() as db:
            row = self._visible(db, person, act_id, "library.source_text")
            text = db.scalar(
                select(t.act_versions.c.text).where(
                    t.act_versions.c.act_id == act_id,
                    t.act_versions.c.id == (version_id or row.version_id),
                )
            )
        if text is None:
            raise ERRORS.error("RS-601", NotFound, what="bản văn bản", id=version_id)
        return text

    def suppressed(self, person: Person, act_id: int) -> list[SuppressedRow]:
        """Return what the screen set aside in the current text of one act, in text order."""
        with self._store.read() as db:
            self._visible(db, person, act_id, "library.suppressed")
            rows = db.execute(
                select(*SUPPRESSED_COLUMNS)
                .select_from(joined_suppressed())
                .where(t.suppressed.c.act_id == act_id)
                .order_by(t.suppressed.c.place, t.suppressed.c.id)
            )
            return [suppressed_row(row) for row in rows]

    def assign(self, person: Person, act_id: int, version: int, agency: str) -> ActRow:
        """Give an act to the agency that reviews it; raises RS-602, ``Conflict`` RS-501."""
        if not agencies.exists(agency, self._store.today()):
            raise ERRORS.error("RS-602", agency=agency)
        with self._store.write() as db:
            row = self._visible(db, person, act_id, "library.assign")
            written = db.execute(
                update(t.acts)
                .where(t.acts.c.id == act_id, t.acts.c.version == version)
                .values(agency=agency, version=version + 1, written_by=person.id)
            )
            if not written.rowcount:
                raise act_conflict(db, row, {"agency": agency})
            return act_row(self._visible(db, person, act_id, "library.assign"))

    def sign_off(self, person: Person, act_id: int, note: str = "") -> None:
        """Record «không có vướng mắc» (NĐ 34/2016 Đ151.2).

        Raises RS-510 while suggestions are undecided or a finding has been recognised.
        """
        with self._store.write() as db:
            row = self._visible(db, person, act_id, "library.sign_off")
            undecided = counts_of(db, act_id, UNDECIDED)
            recognised = counts_of(db, act_id, RECOGNISED)
            if undecided or recognised:
                raise ERRORS.error("RS-510", undecided=undecided, confirmed=recognised)
            db.execute(
                insert(t.sign_offs).values(
                    act_id=act_id,
                    version_id=row.version_id,
                    note=note.strip(),
                    at=self._store.now(),
                    written_by=person.id,
                )
            )
            db.execute(
                update(t.acts)
                .where(t.acts.c.id == act_id)
                .values(state="da_ra_soat", version=row.version + 1, written_by=person.id)
            )

    def _read(self, name: str, data: bytes) -> Iterator[ReadResult]:
        if len(data) > self._settings.max_upload_bytes:
            size = f"{len(data) / _MEGABYTE:.0f}"
            notice = ERRORS.notice(
                "RS-615", name=name, size=size, limit=self._settings.max_upload_mb
            )
            yield ReadResult(name, None, [notice])
            return
        limits = Limits(file_mb=self._settings.max_upload_mb)
        yield from read_bytes(name, data, limits)

    def _load_one(
        self, person: Person, result: ReadResult, campaign_id: int, as_of: date
    ) -> LoadLine:
        line = LoadLine(result.source, "loi", notices=list(result.notes))
        if result.document is None:
            line.status = "bo_qua" if result.skipped else "loi"
            return line
        try:
            self._store_one(person, result.document, campaign_id, as_of, line)
        except Forbidden as error:
            line.status = "tu_choi"
            line.notices.append(error.notice())
        except RasoatError as error:
            line.status = "loi"
            line.notices.append(error.notice())
        except Exception as error:  # noqa: BLE001  (one bad act never stops the others)
            _LOG.exception("Loading %s failed", result.source)
            line.status, line.act_id = "loi", None
            reason = f"{type(error).__name__}: {error}"[:300]
            line.notices.append(ERRORS.notice("RS-613", source=result.source, reason=reason))
        return line

    def _store_one(
        self, person: Person, document: RawDocument, campaign_id: int, as_of: date, line: LoadLine
    ) -> None:
        act = self._parse(document)
        line.number, line.title = act.head.number, act.head.title
        known = {(notice.code, notice.message) for notice in line.notices}
        line.notices += [n for n in act.notes if (n.code, n.message) not in known]
        head, today = act.head, self._store.today()
        issuer, agency = agencies.routed(head.number, head.issuer, today, head.title)
        if agency not in ("", agencies.today_of(issuer, today), *agencies.PROVINCES):
            field = {
                "issuer": agencies.name_of(issuer),
                "general": agencies.name_of(agencies.today_of(issuer, today)),
                "agency": agencies.name_of(agency),
            }
            line.notices.append(ERRORS.notice("RS-617", **field))
        agency = self._agency_for(person, issuer, agency, line)
        found = self._screen(act, as_of)
        incoming = storing.Incoming(
            act, found, person, campaign_id, issuer, agency, self._store.now()
        )
        with self._store.write() as db:
            known_act = storing.find_known(db, campaign_id, storing.identity_of(act))
            if known_act and known_act.agency != agency:
                # Assigned already: the newer text belongs to whoever reviews the act.
                check(person, "library.load", known_act.agency)
            storing.store(db, incoming, line)

    def _agency_for(self, person: Person, issuer: str, agency: str, line: LoadLine) -> str:
        """Return whose work the act is; raises RS-610 when the loader may not load it."""
        own = scope(person, "library.load")
        if agency and (own is None or agency in own):
            return agency
        if agency:
            raise ERRORS.error("RS-610", Forbidden, agency=agencies.name_of(agency))
        if own is None:
            line.notices.append(ERRORS.notice("RS-614"))
            return ""
        # Acts of Quốc hội, Chính phủ, Thủ tướng, or of an issuer not read: reviewed by the loader.
        return min(own)

    def _visible(self, db: Connection, person: Person, act_id: int, action: str) -> Row:
        row = db.execute(_select_acts().where(t.acts.c.id == act_id)).one_or_none()
        check(person, action)
        if row is None:
            raise ERRORS.error("RS-601", NotFound, what="văn bản", id=act_id)
        check(person, action, row.agency)
        return row


def _select_acts() -> Select:
    return select(*ACT_COLUMNS).join(t.act_versions, t.act_versions.c.id == t.acts.c.version_id)


def _conditions(
    wanted: ActFilter, agencies_seen: frozenset[str] | None
) -> list[ColumnElement[bool]]:
    found = [in_scope(agencies_seen)]
    found += asked_for(wanted.campaign_id, wanted.agency)
    if wanted.type:
        found.append(t.acts.c.type == wanted.type)
    if wanted.year is not None:
        found.append(t.acts.c.year == wanted.year)
    if wanted.state:
        found.append(t.acts.c.state == wanted.state)
    if wanted.reviewer:
        found.append(assigned_to(wanted.reviewer))
    elif wanted.reviewer == 0:
        found.append(assigned_to_nobody())
    if wanted.with_findings is not None:
        some = (
            select(t.findings.c.id)
            .where(t.findings.c.act_id == t.acts.c.id, t.findings.c.standing)
            .exists()
        )
        found.append(some if wanted.with_findings else ~some)
    if wanted.text:
        # Lawyers write "90/2020" for a number and words for a title; both are in one column.
        found.append(contains(t.acts.c.search, wanted.text))
    return found
