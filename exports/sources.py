"""Where the data of each kind of document comes from, and what must be chosen first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from exports.everything import Everything
from exports.excel.book import Body, Paper
from exports.formats import short_date
from exports.word import amending_act, meeting
from review.clock import VIET_NAM
from review.people.permission import allows
from review.records import Person
from review.records.follow_up import SavingEstimate
from review.records.worklist import WorklistTable
from review.reports import heads
from review.reports.records import ReportData, ReportHead
from review.reports.sealing import sealed
from review.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen on the page or the command line; 0 and "" where nothing was."""

    campaign_id: int
    agency: str = ""
    act_id: int = 0
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """How one kind of data is collected; ``action`` is the permission that offers it."""

    reach: Literal["ministry", "overall", "act", "own"]  # "own": what the person may see
    action: str
    collect: Callable[[Workbench, Person, Wanted], Any]
    choices: Callable[[Workbench, Person, Wanted], dict[str, str]] | None = None
    nothing: str = ""  # what to do first where there is nothing to choose from

    def offered(self, workbench: Workbench, person: Person) -> bool:
        """Whether some role of the person may collect this."""
        return allows(person, self.action)

    @property
    def counted(self) -> bool:
        """Whether its figures are those of the report, which must agree with their rows."""
        return self.action in ("reports.ministry", "reports.overall")


def _ministry(bench: Workbench, person: Person, wanted: Wanted) -> ReportData:
    return bench.reports.ministry(person, wanted.campaign_id, wanted.agency)


def _overall(bench: Workbench, person: Person, wanted: Wanted) -> ReportData:
    return bench.reports.overall(person, wanted.campaign_id)


def _headed(form: str) -> Callable[[Workbench, Person, Wanted], ReportData]:
    """A ministry's rows under the head of another kind of paper (``reports/heads.yaml``)."""

    def collect(bench: Workbench, person: Person, wanted: Wanted) -> ReportData:
        data = _ministry(bench, person, wanted)
        return replace(data, head=heads.sheet(wanted.agency, data.head.year, form))

    return collect


def _together(bench: Workbench, person: Person, wanted: Wanted) -> ReportData:
    data = _overall(bench, person, wanted)
    return replace(data, head=heads.of_task_force("phieu_y_kien", data.head.year))


def _draft(bench: Workbench, person: Person, wanted: Wanted) -> amending_act.DraftOrder:
    return amending_act.DraftOrder(_ministry(bench, person, wanted), wanted.choice)


def _submission(bench: Workbench, person: Person, wanted: Wanted) -> amending_act.DraftOrder:
    return amending_act.DraftOrder(_headed("to_trinh")(bench, person, wanted), wanted.choice)


def _draft_choices(bench: Workbench, person: Person, wanted: Wanted) -> dict[str, str]:
    if not wanted.agency:
        return {}
    return amending_act.choices(_ministry(bench, person, wanted))


def _everything(bench: Workbench, person: Person, wanted: Wanted) -> Everything:
    campaign, stamp = bench.reports.origin(person, wanted.campaign_id)
    agencies = sorted({m.agency for m in person.memberships if m.agency})
    head = ReportHead(agency_code=agencies[0] if len(agencies) == 1 else "", agency="")
    return Everything(head, bench.holdings.inventory(person, campaign, stamp))


def _meeting(form: str) -> Callable[[Workbench, Person, Wanted], meeting.MeetingPaper]:
    def collect(bench: Workbench, person: Person, wanted: Wanted) -> meeting.MeetingPaper:
        found = bench.meetings.minutes(person, int(wanted.choice))
        campaign, stamp = bench.reports.origin(person, wanted.campaign_id)
        head = heads.of_task_force(form, found.held_on.year)
        return meeting.MeetingPaper(head, campaign, sealed(stamp, found), found)

    return collect


def _meetings(bench: Workbench, person: Person, wanted: Wanted) -> dict[str, str]:
    return {
        str(row.id): f"{row.number}. {row.input.title} ({row.input.held_on:%d/%m/%Y})"
        for row in bench.meetings.list(person, wanted.campaign_id)
    }


_NO_DRAFT = "Chưa có đề xuất nào sửa được bằng văn bản; soạn ở trang «Đề xuất xử lý» trước."
_NO_MEETING = "Chưa có cuộc họp nào; lập ở trang «Cuộc họp» trước."


def _head(bench: Workbench, person: Person, form: str, year: int) -> ReportHead:
    """The task force's head for those who see all, else that of the person's own agency."""
    agencies = person.agencies()
    if bench.reports.may_see_all(person) or not agencies:
        return heads.of_task_force(form, year)
    return heads.sheet(agencies[0], year, form)


def _paper(bench: Workbench, person: Person, wanted: Wanted, body: Body) -> Paper[Body]:
    """Return a workbook's rows that are not those of a report, under head and stamp."""
    campaign, stamp = bench.reports.origin(person, wanted.campaign_id)
    head = _head(bench, person, "danh_sach", stamp.made_at.year)
    return Paper(head, campaign, sealed(stamp, body), body)


def _worklist(bench: Workbench, person: Person, wanted: Wanted) -> Paper[WorklistTable]:
    return _paper(bench, person, wanted, bench.worklists.table(person, int(wanted.choice)))


def _worklists(bench: Workbench, person: Person, wanted: Wanted) -> dict[str, str]:
    return {
        str(view.id): f"{view.name} ({short_date(view.at.astimezone(VIET_NAM).date())})"
        for view in bench.worklists.list(person, wanted.campaign_id)
    }


def _savings(bench: Workbench, person: Person, wanted: Wanted) -> Paper[SavingEstimate]:
    return _paper(bench, person, wanted, bench.savings.estimate(person, wanted.campaign_id))


SOURCES = {
    "worklist": Source(
        "overall",
        "worklists.table",
        _worklist,
        _worklists,
        "Chưa nạp phụ lục nào; nạp ở trang «Phụ lục NQ 66.7» trước.",
    ),
    "savings": Source("overall", "savings.estimate", _savings),
    "ministry": Source("ministry", "reports.ministry", _ministry),
    "overall": Source("overall", "reports.overall", _overall),
    "act": Source(
        "act",
        "reports.sheet",
        lambda bench, person, wanted: bench.reports.sheet(person, wanted.act_id),
    ),
    "comparison": Source("ministry", "reports.ministry", _headed("bang_so_sanh")),
    "request": Source("ministry", "reports.ministry", _headed("lay_y_kien")),
    "draft": Source(
        "ministry",
        "reports.ministry",
        _draft,
        _draft_choices,
        _NO_DRAFT,
    ),
    "submission": Source("ministry", "reports.ministry", _submission, _draft_choices, _NO_DRAFT),
    "opinions": Source(
        "overall",
        "reports.opinion_sheet",
        lambda bench, person, wanted: bench.reports.opinion_sheet(
            person, wanted.campaign_id, wanted.choice
        ),
        lambda bench, person, wanted: bench.reports.opinion_members(person, wanted.campaign_id),
        "Chưa có ý kiến nào được mở; thành viên chỉ lập được phiếu của cơ quan mình.",
    ),
    "together": Source("overall", "reports.overall", _together),
    "minutes": Source("overall", "meetings.minutes", _meeting("bien_ban"), _meetings, _NO_MEETING),
    "conclusion": Source(
        "overall", "meetings.minutes", _meeting("thong_bao"), _meetings, _NO_MEETING
    ),
    "everything": Source("own", "holdings.inventory", _everything),
    "chase": Source(
        "overall",
        "chases.letters",
        lambda bench, person, wanted: bench.chases.letters(person, wanted.campaign_id),
    ),
    "thematic": Source(
        "overall",
        "chases.thematic",
        lambda bench, person, wanted: bench.chases.thematic(person, wanted.campaign_id),
    ),
    "late": Source(
        "overall",
        "reports.reminders",
        lambda bench, person, wanted: bench.reports.reminders(person, wanted.campaign_id),
    ),
}
