"""Reports of ministries: drafted, sent, returned, received, consolidated (DOMAIN 1.3).

Every step is a new row. Sending freezes a snapshot; «late» is the first sending after the agency's
deadline as it stood on that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from review.agencies import name_of, today_of
from review.campaigns import snapshot as snapshots
from review.campaigns.campaign import read_campaign
from review.clock import VIET_NAM
from review.errors import ERRORS, Conflict
from review.people.permission import allows, check, scope
from review.records import (
    AuditVerdict,
    CampaignAgency,
    CampaignView,
    Difference,
    Person,
    SnapshotView,
    SubmissionStep,
    SubmissionView,
)
from review.state import SUBMISSION_STATES
from review.store import tables as t
from review.store.engine import Store


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a report; ``freezes``: the rows are kept as they stand."""

    action: str
    label: str
    sources: frozenset[str]
    target: str
    freezes: bool = False
    needs_reason: bool = False


def _step(action: str, label: str, sources: str, target: str, **more: bool) -> Step:
    return Step(action, label, frozenset(sources.split()), target, **more)


STEPS = {
    step.action: step
    for step in (
        _step("start", "bắt đầu soạn", "chua_nop tra_lai", "du_thao"),
        _step("send", "gửi báo cáo", "chua_nop du_thao tra_lai", "da_nop", freezes=True),
        _step("withdraw", "rút lại", "da_nop", "du_thao", needs_reason=True),
        _step("give_back", "trả lại", "da_nop", "tra_lai", needs_reason=True),
        _step("receive", "tiếp nhận", "da_nop", "da_tiep_nhan"),
        _step("consolidate", "tổng hợp", "da_tiep_nhan", "da_tong_hop"),
        # «Phát sinh sau thời điểm báo cáo»: a further snapshot beside the first.
        _step("supplement", "gửi bổ sung", "da_tiep_nhan da_tong_hop", "da_nop", freezes=True),
    )
}


class Submissions:
    """Reports of the agencies that take part in a campaign."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, person: Person, campaign_id: int) -> list[SubmissionView]:
        """Return the reports the person may see, in the campaign's order of agencies."""
        seen = scope(person, "submissions.list")
        today = self._store.today()
        with self._store.read() as db:
            campaign = read_campaign(db, campaign_id)
            steps = _steps(db, campaign_id)
        return [
            self._view(person, campaign, part, steps[part.code])
            for part in campaign.agencies
            if seen is None or today_of(part.code, today) in seen
        ]

    def get(self, person: Person, campaign_id: int, agency: str) -> SubmissionView:
        """Return one report; RS-567 when the agency takes no part, ``Forbidden`` RS-411."""
        with self._store.read() as db:
            campaign, part = self._part(db, person, campaign_id, agency, "submissions.get")
            return self._view(person, campaign, part, _steps(db, campaign_id, agency)[agency])

    def start(self, person: Person, campaign_id: int, agency: str, version: int) -> SubmissionView:
        """Begin to write; ``version`` is the one of the view (every step adds one)."""
        return self._take(person, campaign_id, agency, version, "start")

    def send(
        self, person: Person, campaign_id: int, agency: str, version: int, note: str = ""
    ) -> SubmissionView:
        """Send the report: the rows are frozen with their SHA-256."""
        return self._take(person, campaign_id, agency, version, "send", note)

    def withdraw(
        self, person: Person, campaign_id: int, agency: str, version: int, note: str
    ) -> SubmissionView:
        """Take back what nobody has received yet; RS-566 without a reason."""
        return self._take(person, campaign_id, agency, version, "withdraw", note)

    def give_back(
        self, person: Person, campaign_id: int, agency: str, version: int, note: str
    ) -> SubmissionView:
        """Return the report to the ministry to complete; RS-566 without a reason."""
        return self._take(person, campaign_id, agency, version, "give_back", note)

    def receive(
        self, person: Person, campaign_id: int, agency: str, version: int, note: str = ""
    ) -> SubmissionView:
        """Accept the report; raises RS-569 when its snapshot does not have its digest any more."""
        return self._take(person, campaign_id, agency, version, "receive", note)

    def consolidate(
        self, person: Person, campaign_id: int, agency: str, version: int, note: str = ""
    ) -> SubmissionView:
        """Say that the report is in the consolidated one."""
        return self._take(person, campaign_id, agency, version, "consolidate", note)

    def supplement(
        self, person: Person, campaign_id: int, agency: str, version: int, note: str = ""
    ) -> SubmissionView:
        """Send what came up after the report; the earlier snapshot stays as it is."""
        return self._take(person, campaign_id, agency, version, "supplement", note)

    def differences(self, person: Person, campaign_id: int, agency: str) -> list[Difference]:
        """Return what changed since the last sending; empty when nothing was sent yet."""
        with self._store.read() as db:
            campaign, _ = self._part(db, person, campaign_id, agency, "submissions.differences")
            content = db.scalar(
                select(t.snapshots.c.content)
                .where(t.snapshots.c.campaign_id == campaign_id, t.snapshots.c.agency == agency)
                .order_by(t.snapshots.c.id.desc())
                .limit(1)
            )
            if content is None:
                return []
            rows = snapshots.rows_of(db, campaign, agency, self._store.today())
        return snapshots.differences(content, rows)

    def content(self, person: Person, campaign_id: int, agency: str, snapshot_id: int) -> str:
        """Return the canonical JSON of a snapshot, for keeping elsewhere; RS-569 when damaged."""
        with self._store.read() as db:
            self._part(db, person, campaign_id, agency, "submissions.content")
            row = db.execute(
                select(t.snapshots).where(
                    t.snapshots.c.id == snapshot_id,
                    t.snapshots.c.campaign_id == campaign_id,
                    t.snapshots.c.agency == agency,
                )
            ).one_or_none()
        if row is None:
            raise ERRORS.error("RS-601", what="bản chốt số liệu", id=snapshot_id)
        _check_sound(row)
        return row.content

    def verify(self, person: Person) -> AuditVerdict:
        """Compute the digest of every snapshot anew; the first that does not fit is named."""
        check(person, "submissions.verify")
        count = 0
        with self._store.read() as db:
            for row in db.execute(select(t.snapshots).order_by(t.snapshots.c.id)):
                if snapshots.digest_of(row.content) != row.digest:
                    failure = ERRORS.error("RS-569", id=row.id)
                    return AuditVerdict(count, row.id, str(failure))
                count += 1
        return AuditVerdict(count, None, f"Bản chốt số liệu: {count} bản đúng mã băm lúc gửi.")

    def _take(
        self,
        person: Person,
        campaign_id: int,
        agency: str,
        version: int,
        action: str,
        note: str = "",
    ) -> SubmissionView:
        step = STEPS[action]
        with self._store.write() as db:
            campaign, part = self._part(db, person, campaign_id, agency, f"submissions.{action}")
            steps = _steps(db, campaign_id, agency)[agency]
            state = steps[0].state if steps else "chua_nop"
            if len(steps) != version:
                raise _conflict(action, note, steps)
            if state not in step.sources:
                raise ERRORS.error("RS-565", action=step.label, state=SUBMISSION_STATES[state])
            if step.needs_reason and not note.strip():
                raise ERRORS.error("RS-566", action=step.label)
            self._write(db, person, campaign, part, step, note, steps)
            return self._view(person, campaign, part, _steps(db, campaign_id, agency)[agency])

    def _write(
        self,
        db: Connection,
        person: Person,
        campaign: CampaignView,
        part: CampaignAgency,
        step: Step,
        note: str,
        steps: Sequence[SubmissionStep],
    ) -> None:
        now, deadline = self._store.now(), part.deadline or campaign.deadline
        first = step.freezes and not any(earlier.snapshot for earlier in steps)
        snapshot_id = self._freeze(db, person, campaign, part.code) if step.freezes else None
        if step.action == "receive":
            _check_sound(_newest(db, campaign.id, part.code))
        values = {
            "campaign_id": campaign.id,
            "agency": part.code,
            "sequence": len(steps) + 1,
            "action": step.action,
            "state": step.target,
            "note": note.strip(),
            "deadline": deadline,
            "late": bool(first and deadline and self._store.today() > deadline),
            "snapshot_id": snapshot_id,
            "at": now,
            "written_by": person.id,
        }
        try:
            with db.begin_nested():
                db.execute(insert(t.submissions).values(values))
        except IntegrityError:
            raise _conflict(
                step.action, note, _steps(db, campaign.id, part.code)[part.code]
            ) from None

    def _freeze(self, db: Connection, person: Person, campaign: CampaignView, agency: str) -> int:
        rows = snapshots.rows_of(db, campaign, agency, self._store.today())
        content = snapshots.canonical(campaign, agency, rows)
        return db.execute(
            insert(t.snapshots).values(
                campaign_id=campaign.id,
                agency=agency,
                content=content,
                digest=snapshots.digest_of(content),
                acts=len(rows["van_ban"]),
                findings=len(rows["phat_hien"]),
                at=self._store.now(),
                written_by=person.id,
            )
        ).inserted_primary_key[0]

    def _part(
        self, db: Connection, person: Person, campaign_id: int, agency: str, action: str
    ) -> tuple[CampaignView, CampaignAgency]:
        """Return the campaign and the agency's part in it if the person may do ``action``."""
        check(person, action, today_of(agency, self._store.today()))
        campaign = read_campaign(db, campaign_id)
        for part in campaign.agencies:
            if part.code == agency:
                return campaign, part
        raise ERRORS.error("RS-567", agency=name_of(agency), campaign=campaign.name)

    def _view(
        self,
        person: Person,
        campaign: CampaignView,
        part: CampaignAgency,
        steps: Sequence[SubmissionStep],
    ) -> SubmissionView:
        today = self._store.today()
        deadline = part.deadline or campaign.deadline
        first = next((step for step in reversed(steps) if step.snapshot), None)
        state = steps[0].state if steps else "chua_nop"
        late = first.late if first else bool(deadline and today > deadline)
        sent: date | None = first.at.astimezone(VIET_NAM).date() if first else None
        may = today_of(part.code, today)
        return SubmissionView(
            campaign_id=campaign.id,
            agency=part.code,
            name=part.name,
            sector_group=part.sector_group,
            state=state,
            deadline=deadline,
            sent=sent,
            late=late,
            version=len(steps),
            steps=tuple(steps),
            actions=tuple(
                step.action
                for step in STEPS.values()
                if state in step.sources and allows(person, f"submissions.{step.action}", may)
            ),
        )


def _check_sound(row: Row | None) -> None:
    if row is not None and snapshots.digest_of(row.content) != row.digest:
        raise ERRORS.error("RS-569", id=row.id)


def _newest(db: Connection, campaign_id: int, agency: str) -> Row | None:
    return db.execute(
        select(t.snapshots)
        .where(t.snapshots.c.campaign_id == campaign_id, t.snapshots.c.agency == agency)
        .order_by(t.snapshots.c.id.desc())
        .limit(1)
    ).one_or_none()


def _conflict(action: str, note: str, steps: Sequence[SubmissionStep]) -> Conflict:
    last = steps[0] if steps else None
    theirs = {
        "state": SUBMISSION_STATES[last.state] if last else "",
        "note": last.note if last else "",
    }
    mine = {"state": SUBMISSION_STATES[STEPS[action].target], "note": note}
    return Conflict.of(mine, theirs, last.person if last else "", last.at if last else None)


def _steps(
    db: Connection, campaign_id: int, agency: str = ""
) -> Mapping[str, list[SubmissionStep]]:
    """Return the steps by agency, newest first; the content of snapshots is not read."""
    writer = t.people.alias("writer")
    rows = db.execute(
        select(
            t.submissions,
            writer.c.name,
            t.snapshots.c.digest,
            t.snapshots.c.acts,
            t.snapshots.c.findings,
        )
        .select_from(
            t.submissions.join(writer, writer.c.id == t.submissions.c.written_by).outerjoin(
                t.snapshots, t.snapshots.c.id == t.submissions.c.snapshot_id
            )
        )
        .where(
            t.submissions.c.campaign_id == campaign_id,
            *([t.submissions.c.agency == agency] if agency else []),
        )
        .order_by(t.submissions.c.agency, t.submissions.c.sequence.desc())
    )
    found: dict[str, list[SubmissionStep]] = defaultdict(list)
    for row in rows:
        kept = None
        if row.snapshot_id is not None:
            kept = SnapshotView(
                row.snapshot_id, row.digest, row.acts, row.findings, row.name, row.at
            )
        found[row.agency].append(
            SubmissionStep(
                row.action, row.state, row.note, row.name, row.at, row.deadline, row.late, kept
            )
        )
    return found
