"""Figures of a campaign: each equals the row count of the filter that stands beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import case, func, select

from review import agencies
from review.acts.filtering import in_scope
from review.campaigns.campaign import read_campaign
from review.findings.query import conditions, is_late, joined
from review.people.permission import allows, scope
from review.records import (
    ActFilter,
    AgencyFigures,
    CampaignAgency,
    CampaignView,
    CategoryFigure,
    Figures,
    FindingFilter,
    Person,
    Tally,
    WorkLine,
)
from review.state import AGREED, DECIDED
from review.store import tables as t
from review.store.engine import Store
from review.work.work_list import personal, unshared, unspoken

# «Việc của tôi»: sentence, states, and the permission of those whose work it is.
_MINE = (
    ("Gợi ý chưa quyết định", ("goi_y",), "findings.confirm"),
    ("Đang hỏi đồng nghiệp", ("can_hoi",), "findings.confirm"),
    ("Đã xác nhận, chưa có đề xuất", ("xac_nhan",), "proposals.save"),
    ("Đề xuất đang soạn", ("bo_de_xuat",), "proposals.save"),
    ("Tổ công tác trả lại, chờ giải trình", ("tra_lai_bo",), "proposals.save"),
    ("Ý kiến khác nhau, chờ xử lý", ("co_y_kien_doc_lap",), "opinions.send_back"),
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Findings of one agency, category, severity and state."""

    agency: str
    category: str
    severity: int
    state: str
    changed: bool
    count: int
    late: int


class Overview:
    """«Tổng quan» as far as the person may see the campaign."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def figures(self, person: Person, campaign_id: int) -> Figures:
        """Return the figures; raises ``NotFound`` RS-601, ``Forbidden`` RS-410."""
        seen = scope(person, "overview.figures")
        base = FindingFilter(campaign_id=campaign_id)
        today = self._store.today()
        grouped = (
            t.acts.c.agency,
            t.findings.c.category,
            t.findings.c.severity,
            t.findings.c.state,
            t.findings.c.changed,
        )
        late = func.sum(case((is_late(today), 1), else_=0))
        with self._store.read() as db:
            campaign = read_campaign(db, campaign_id)
            waiting = personal(db, person, campaign, seen, today, self._store.now())
            waiting += unshared(db, person, campaign_id, seen)
            waiting += unspoken(db, person, campaign_id, seen, today)
            rows = db.execute(
                select(*grouped, func.count(), late)
                .select_from(joined())
                .where(*conditions(base, seen, today))
                .group_by(*grouped)
            )
            groups = [_Group(*row) for row in rows]
            acts = db.execute(
                select(t.acts.c.agency, t.acts.c.state, func.count())
                .where(t.acts.c.campaign_id == campaign_id, in_scope(seen))
                .group_by(t.acts.c.agency, t.acts.c.state)
            ).all()
        all_acts, reviewed = Counter[str](), Counter[str]()
        for agency, state, count in acts:
            all_acts[agency] += count
            reviewed[agency] += count * (state == "da_ra_soat")
        by_agency = []
        for code, parts in _taking_part(campaign, today, seen, sorted(all_acts)).items():
            wanted = code or "-"
            own = [group for group in groups if group.agency == code]
            figures = _tallies(own, replace(base, agency=wanted))
            deadlines = [part.deadline for part in parts if part.deadline]
            by_agency.append(
                AgencyFigures(
                    code=code,
                    name=_name(code, parts),
                    deadline=max(deadlines, default=None) or campaign.deadline,
                    acts=Tally(all_acts[code], ActFilter(campaign_id, agency=wanted)),
                    acts_reviewed=reviewed[code],
                    **figures,
                )
            )
        return Figures(
            campaign=campaign,
            acts=Tally(all_acts.total(), ActFilter(campaign_id)),
            by_agency=by_agency,
            by_category=_by_category(groups, base),
            mine=[*waiting, *_mine(person, groups, base)],
            **_tallies(groups, base),
        )


def _taking_part(
    campaign: CampaignView, today: date, seen: frozenset[str] | None, holding: Iterable[str]
) -> dict[str, list[CampaignAgency]]:
    """Return who answers today for the parts of the campaign, and whoever else holds acts."""
    found: dict[str, list[CampaignAgency]] = {}
    for part in campaign.agencies:
        code = agencies.today_of(part.code, today)
        if seen is None or code in seen:
            found.setdefault(code, []).append(part)
    for code in holding:
        found.setdefault(code, [])
    return found


def _name(code: str, parts: Iterable[CampaignAgency]) -> str:
    """Return the name as the campaign has it, with the ministries whose work went to it since."""
    own = next((part.name for part in parts if part.code == code), "")
    name = own or agencies.name_of(code) or "Chưa phân công"
    merged = [part.name for part in parts if part.code != code]
    return f"{name} (cả {', '.join(merged)})" if merged else name


def _tallies(groups: Iterable[_Group], base: FindingFilter) -> dict[str, Tally]:
    groups = list(groups)

    def in_states(states: tuple[str, ...]) -> Tally:
        count = sum(group.count for group in groups if group.state in states)
        return Tally(count, replace(base, states=states))

    return {
        "findings": Tally(sum(group.count for group in groups), base),
        "decided": in_states(DECIDED),
        "agreed": in_states(AGREED),
        "late": Tally(sum(group.late for group in groups), replace(base, late=True)),
    }


def _by_category(groups: list[_Group], base: FindingFilter) -> list[CategoryFigure]:
    counts = Counter[tuple[str, int]]()
    for group in groups:
        counts[group.category, group.severity] += group.count
    ordered = sorted(counts, key=lambda key: (key[0][0], int(key[0][1:] or 0), -key[1]))
    return [
        CategoryFigure(
            category,
            severity,
            Tally(counts[category, severity], replace(base, category=category, severity=severity)),
        )
        for category, severity in ordered
    ]


def _mine(person: Person, groups: list[_Group], base: FindingFilter) -> list[WorkLine]:
    mine = []
    for sentence, states, permission in _MINE:
        if allows(person, permission):
            count = sum(group.count for group in groups if group.state in states)
            mine.append(WorkLine(sentence, Tally(count, replace(base, states=states))))
    if allows(person, "findings.confirm"):
        changed = Tally(
            sum(group.count for group in groups if group.changed), replace(base, changed=True)
        )
        late = Tally(sum(group.late for group in groups), replace(base, late=True))
        mine += [
            WorkLine("Quy định đã thay đổi sau quyết định", changed),
            WorkLine("Quá hạn, chưa quyết định", late, late=True),
        ]
    return mine
