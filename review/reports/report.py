"""Reports: everything an export says about one ministry, or all, in a campaign.

Ministries get their own rows only; the task force gets proposals once they are submitted; opinions
are given out only when Bộ Tư pháp, Bộ Công an and Văn phòng Chính phủ have all spoken.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import Connection, select

from models.catalogue import Catalogue
from models.catalogue import load as load_catalogue
from models.source import READINESS, Source
from review.agencies import name_of
from review.errors import ERRORS, NotFound
from review.people.permission import allows, check
from review.records import Person
from review.reports import boards, heads, letter_rows, programme_rows, report_rows, summary
from review.reports.letter_records import OpinionSheet, Reminders
from review.reports.programme_records import NONE, ProgrammeLines, ReadinessLine
from review.reports.records import (
    CampaignHead,
    MeetingLine,
    ReportData,
    ReportHead,
    ReviewSheet,
    SampledLine,
    Scope,
    SheetItem,
    SourceLine,
    Stamp,
)
from review.reports.report_rows import Rows
from review.store import tables as t
from review.store.engine import Store


class Reports:
    """Report data from the store; every method checks role and agency itself."""

    def __init__(self, store: Store, catalogue: Catalogue | None = None) -> None:
        self._store = store
        self._catalogue = catalogue or load_catalogue()

    def agencies(self, person: Person, campaign_id: int) -> dict[str, str]:
        """Return the ministries (code → name) the person may report on in a campaign."""
        with self._store.read() as db:
            codes = db.scalars(
                select(t.acts.c.agency)
                .where(t.acts.c.campaign_id == campaign_id, t.acts.c.agency != "")
                .distinct()
                .order_by(t.acts.c.agency)
            ).all()
        return {code: name_of(code) for code in codes if allows(person, "reports.ministry", code)}

    def may_see_all(self, person: Person) -> bool:
        """Whether the person may make reports on all ministries together."""
        return allows(person, "reports.overall")

    def ministry(self, person: Person, campaign_id: int, agency: str) -> ReportData:
        """Return the data of one ministry.

        Raises ``Forbidden`` RS-410/RS-411 and ``NotFound`` RS-601 (no such campaign).
        """
        check(person, "reports.ministry", agency)
        drafts = allows(person, "proposals.save", agency)
        head = heads.ministry(agency, self._store.today().year)
        return self._data(person, campaign_id, "ministry", head, agency, drafts=drafts)

    def overall(self, person: Person, campaign_id: int) -> ReportData:
        """Return the data of all ministries; proposals only where they have been submitted."""
        check(person, "reports.overall")
        head = heads.task_force(self._store.today().year)
        return self._data(person, campaign_id, "overall", head, "", drafts=False)

    def origin(self, person: Person, campaign_id: int) -> tuple[CampaignHead, Stamp]:
        """Return campaign and stamp for a paper whose rows another service gives; RS-601."""
        check(person, "reports.origin")
        with self._store.read() as db:
            campaign = self._campaign(db, campaign_id)
        return campaign, Stamp(person.name, self._store.now(), self._catalogue.version)

    def reminders(self, person: Person, campaign_id: int) -> Reminders:
        """Return the letters to the ministries that are late; raises ``Forbidden``, RS-601."""
        check(person, "reports.reminders")
        data = self.overall(person, campaign_id)
        today = self._store.today()
        with self._store.read() as db:
            letters = letter_rows.late(db, data.campaign, data, today)
        head = heads.of_task_force("don_doc", today.year)
        return Reminders(head, data.campaign, data.stamp, today, letters)

    def opinion_members(self, person: Person, campaign_id: int) -> dict[str, str]:
        """Return the members (code → name) whose opinion sheet the person may have."""
        check(person, "reports.opinion_members")
        data = self.overall(person, campaign_id)
        return {code: name_of(code) for code in letter_rows.members(person, data)}

    def opinion_sheet(self, person: Person, campaign_id: int, member: str) -> OpinionSheet:
        """Return a member's opinions; raises RS-601 while they are not open."""
        check(person, "reports.opinion_sheet")
        data = self.overall(person, campaign_id)
        if member not in letter_rows.members(person, data):
            raise ERRORS.error("RS-601", NotFound, what="phiếu ý kiến của", id=member)
        with self._store.read() as db:
            items = letter_rows.items(db, person, data, member)
        head = heads.sheet(member, self._store.today().year, "phieu_y_kien")
        return OpinionSheet(head, data.campaign, data.stamp, member, name_of(member), items)

    def sheet(self, person: Person, act_id: int) -> ReviewSheet:
        """Return the phiếu rà soát of one act; raises ``NotFound`` RS-601, ``Forbidden`` RS-411."""
        with self._store.read() as db:
            act = db.execute(
                select(t.acts.c.campaign_id, t.acts.c.agency).where(t.acts.c.id == act_id)
            ).one_or_none()
            if act is None:
                raise ERRORS.error("RS-601", NotFound, what="văn bản", id=act_id)
            check(person, "reports.sheet", act.agency)
            campaign = self._campaign(db, act.campaign_id)
            drafts = allows(person, "proposals.save", act.agency)
            rows = report_rows.read(
                db, self._catalogue, campaign, act.agency, drafts=drafts, act_id=act_id
            )
        data = self._assemble(
            person,
            "ministry",
            heads.sheet(act.agency, self._store.today().year),
            campaign,
            rows,
        )
        line = data.acts[0]
        return ReviewSheet(
            head=data.head,
            campaign=campaign,
            stamp=data.stamp,
            act=line,
            items=tuple(
                SheetItem(
                    aspect="Nội dung",
                    label=finding.label,
                    quote=finding.text,
                    bases=finding.bases,
                    assessment=finding.problem,
                    proposal=_proposal_text(finding.proposal),
                    finding_id=finding.finding_id,
                    path=finding.path,
                )
                for finding in data.findings
            ),
            unit=line.unit,
            reviewer=line.reviewer,
            reviewed_on=line.reviewed_on,
        )

    def _data(
        self,
        person: Person,
        campaign_id: int,
        scope: Scope,
        head: ReportHead,
        agency: str,
        *,
        drafts: bool,
    ) -> ReportData:
        with self._store.read() as db:
            campaign = self._campaign(db, campaign_id)
            rows = report_rows.read(db, self._catalogue, campaign, agency, drafts=drafts)
            listed = self._listed(db, campaign_id, agency, rows)
            sent = report_rows.submissions(db, campaign_id)
            sampled = report_rows.sampled(db, campaign_id, listed, rows.acts)
            met = boards.meetings(db, campaign_id) if scope == "overall" else ()
            programme = programme_rows.read(
                db, self._catalogue, campaign_id, agency, rows.acts, rows.findings
            )
        return self._assemble(
            person, scope, head, campaign, rows, listed, sent, programme, sampled, met
        )

    def _assemble(
        self,
        person: Person,
        scope: Scope,
        head: ReportHead,
        campaign: CampaignHead,
        rows: Rows,
        listed: Mapping[str, str] | None = None,
        sent: Mapping[str, tuple[date, bool]] = MappingProxyType({}),
        programme: ProgrammeLines = NONE,
        sampled: tuple[SampledLine, ...] = (),
        met: tuple[MeetingLine, ...] = (),
    ) -> ReportData:
        agencies = listed or {}
        return summary.sealed(
            ReportData(
                scope=scope,
                head=head,
                campaign=campaign,
                stamp=Stamp(
                    author=person.name,
                    made_at=self._store.now(),
                    ruleset=", ".join(rows.rulesets) or self._catalogue.version,
                ),
                figures=summary.figures(rows.acts, rows.findings, rows.boards, rows.set_aside),
                acts=rows.acts,
                findings=rows.findings,
                boards=rows.boards,
                summary=summary.summary(
                    agencies, rows.acts, rows.findings, rows.boards, sent, campaign.deadline
                ),
                sources=self._sources(rows, programme),
                digest=summary.digest(rows.acts, rows.findings),
                agencies=dict(agencies),
                programme=programme,
                sampled=sampled,
                meetings=met,
            )
        )

    def _campaign(self, db: Connection, campaign_id: int) -> CampaignHead:
        row = db.execute(select(t.campaigns).where(t.campaigns.c.id == campaign_id)).one_or_none()
        if row is None:
            raise ERRORS.error("RS-601", NotFound, what="đợt rà soát", id=campaign_id)
        return CampaignHead(
            id=row.id,
            code=row.code,
            name=row.name,
            as_of=row.basis_date,
            deadline=row.deadline,
            cut_off=row.cutoff,
            documents=tuple(row.documents),
        )

    def _listed(self, db: Connection, campaign_id: int, agency: str, rows: Rows) -> dict[str, str]:
        """Return the agencies of BM-05: those taking part, then any other with acts."""
        if agency:
            return {agency: name_of(agency)}
        taking_part = db.execute(
            select(t.campaign_agencies.c.agency, t.campaign_agencies.c.name)
            .where(t.campaign_agencies.c.campaign_id == campaign_id)
            .order_by(t.campaign_agencies.c.position)
        ).all()
        listed = {row.agency: row.name for row in taking_part}
        for act in rows.acts:
            listed.setdefault(act.agency_code, name_of(act.agency_code) or "Chưa phân công")
        return listed

    def _sources(self, rows: Rows, programme: ProgrammeLines) -> tuple[SourceLine, ...]:
        bases = self._catalogue.bases.rows
        recorded = {line.source: line for line in programme.readiness}
        return tuple(
            SourceLine(
                id=source.id,
                name=source.name,
                owner=name_of(source.owner),
                replaces="; ".join(source.papers),
                basis="; ".join(bases[code].citation for code in source.bases if code in bases),
                mark=source.confidence,
                readiness=_readiness(source, recorded.get(source.id)),
                findings=sum(source.id in finding.sources for finding in rows.findings),
                figures=recorded[source.id].figures if source.id in recorded else "",
            )
            for source in self._catalogue.sources.rows.values()
        )


def _readiness(source: Source, recorded: ReadinessLine | None) -> str:
    """Return what people recorded of a source, else what the catalogue says."""
    if recorded is None or recorded.readiness is None:
        return source.readiness_label
    code = f"D{recorded.readiness}"
    return f"{code} · {READINESS[code]} (từ {recorded.since:%d/%m/%Y})"


def _proposal_text(proposal: report_rows.ProposalLine | None) -> str:
    if proposal is None:
        return ""
    return ": ".join(part for part in (proposal.handling_name, proposal.new_text) if part)
