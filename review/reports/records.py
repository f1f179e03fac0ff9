"""What an export says: one campaign, one ministry or all of them, as plain dataclasses.

A «văn bản» (act), a «quy định» (provision) and a «phát hiện» (finding) are three different counts:
one provision may hold several findings, one act several provisions. Every figure here can be
counted again from the rows (``exports.reconcile`` does so and refuses what does not agree).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from models.elusion import Elusion
from review.reports.programme_records import NONE, ProgrammeLines

Scope = Literal["ministry", "overall"]


@dataclass(frozen=True, slots=True)
class ReportHead:
    """Who reports to whom; the document number is left blank for the document office."""

    agency_code: str  # "BYT"; "TCT" for the task force
    agency: str  # cơ quan ban hành, "Bộ Y tế"
    parent: str = ""  # cơ quan chủ quản, where there is one
    symbol: str = ""  # "BC-BYT"
    number_label: str = "Số:"
    place: str = "Hà Nội"
    dated: date | None = None  # None: the document office fills day and month in
    year: int = 0  # printed where ``dated`` is None
    addressee: tuple[str, ...] = ()
    signer_form: str = ""  # "KT. BỘ TRƯỞNG"; empty: only the title
    signer_title: str = ""  # "THỨ TRƯỞNG"
    signer_office: tuple[str, ...] = ()  # office held elsewhere, above the name (tổ công tác)
    signer_name: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CampaignHead:
    """The campaign an export belongs to. Dates are calendar dates in Viet Nam."""

    id: int
    code: str
    name: str
    as_of: date  # law as valid on this date
    deadline: date | None = None
    cut_off: date | None = None  # findings made later are an addendum
    documents: tuple[str, ...] = ()  # what ordered the review, as the campaign says


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes an export traceable; ``digest`` is SHA-256 (hex) of the data without it."""

    author: str
    made_at: datetime  # UTC
    ruleset: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A legal basis as cited, with the evidence mark it must never lose."""

    id: str
    number: str  # "68/2020/QH14"
    provision: str  # "khoản 3 Điều 38"
    mark: str  # "đã đối chiếu", "nguồn thứ cấp", "theo trí nhớ"
    citation: str = ""  # "khoản 3 Điều 38 Luật số 68/2020/QH14"
    title: str = ""
    meaning: str = ""  # paraphrase («diễn giải»), never a quotation


@dataclass(frozen=True, slots=True)
class ActLine:
    """One reviewed act (BM-01)."""

    act_id: int
    agency_code: str  # ministry responsible on the as-of date
    type: str
    number: str
    title: str
    issuer: str
    issuer_code: str = ""
    issued: date | None = None
    effective: date | None = None
    validity: str = ""
    field: str = ""  # lĩnh vực
    unit: str = ""  # đơn vị rà soát
    origin: str = ""  # nguồn văn bản (NĐ 34/2016 Đ141)
    reviewed: bool = False  # signed off, or nothing left undecided
    reviewer: str = ""
    reviewed_on: date | None = None
    undecided: int = 0  # suggestions still without a decision


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """How a ministry proposes to handle one finding (BM-03)."""

    handling: str  # SĐ, TT, BB, BBT, BHM, ĐC
    handling_name: str
    new_text: str = ""
    reason: str = ""
    instrument: str = ""
    lead: str = ""
    coordinating: tuple[str, ...] = ()
    deadline: date | None = None
    submitted: bool = False  # signed and put before the task force
    version: int = 0  # of the proposal, for the way back of a filled table
    old_text: str = ""  # the provision's words when the proposal was written
    lead_code: str = ""
    coordinating_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding a person confirmed (BM-03). Suggestions without a decision are never listed."""

    finding_id: int
    version: int
    act_id: int
    agency_code: str
    path: str
    label: str  # "điểm b khoản 2 Điều 10"
    quote: str
    text: str  # own words of the provision
    category: str  # "A1" … "F13"
    category_name: str
    severity: int
    readiness: int
    state: str  # Vietnamese name of the state
    problem: str = ""  # vướng mắc, bất cập
    bases: tuple[BasisLine, ...] = ()
    sources: tuple[str, ...] = ()  # ids of the electronic-source catalogue
    proposal: ProposalLine | None = None
    confirmed_by: str = ""
    note: str = ""
    after_cut_off: bool = False
    has_children: bool = False  # the provision has numbered units below it, not part of ``text``

    @property
    def group(self) -> str:
        """The category group, A … G."""
        return self.category[:1]

    @property
    def provision(self) -> tuple[int, str]:
        """What is counted as one «quy định»."""
        return self.act_id, self.path


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """One member's independent opinion (schema of NĐ 34/2016 Đ153.2)."""

    member: str  # BTP, BCA, VPCP
    verdict: str  # code of review.opinion.VERDICTS
    verdict_name: str
    agreed: str = ""
    disagreed: str = ""
    reason: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """The opinions on one finding (BM-04); ``opinions`` stays empty until they are opened."""

    finding_id: int
    opened: bool
    given: int  # how many members have spoken; 0 … ``expected``
    expected: int = 3
    opinions: tuple[OpinionLine, ...] = ()
    unanimous: bool = False  # opened, and every member agrees
    task_force: str = ""  # independent opinion of the task force
    explanation: str = ""  # tiếp thu, giải trình
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One ministry in BM-05; ``by_type`` counts acts with findings, the other two findings."""

    agency_code: str
    agency: str
    acts: int
    reviewed: int
    with_findings: int
    provisions: int
    findings: int
    by_type: dict[str, int]
    by_group: dict[str, int]
    by_handling: dict[str, int]
    agreed: int
    not_agreed: int
    proposed: int = 0  # findings whose proposal has been submitted
    submitted: date | None = None
    on_time: bool | None = None  # None: not submitted, or the campaign has no deadline


@dataclass(frozen=True, slots=True)
class SampledLine:
    """What reading a random sample of unflagged provisions says of one ministry.

    ``estimate`` is None where nobody has read one.
    """

    agency_code: str
    agency: str
    rounds: int
    last_on: date | None  # of the newest round
    estimate: Elusion | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One electronic source (BM-11) and how often the findings lean on it."""

    id: str
    name: str
    owner: str
    replaces: str
    basis: str
    mark: str
    readiness: str
    findings: int
    figures: str = ""  # the newest recorded, each with its day


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One sentence of the digest. It stands for exactly one finding on exactly one provision."""

    finding_id: int
    act_id: int
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting of the task force that has been closed."""

    number: int
    title: str
    held_on: date
    agencies: tuple[str, ...]  # names
    findings: int  # on its agenda


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """The totals a report names in its sentences."""

    acts: int
    reviewed: int
    with_findings: int
    clear: int  # reviewed, and nothing was found
    provisions: int
    findings: int
    proposed: int  # findings with a proposal
    undecided: int  # suggestions without a decision
    set_aside: int  # suggestions a person rejected
    after_cut_off: int
    opened: int  # findings whose opinions are open
    agreed: int
    not_agreed: int


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything one export renders. Overall reports hold every ministry's rows."""

    scope: Scope
    head: ReportHead
    campaign: CampaignHead
    stamp: Stamp
    figures: ReportFigures
    acts: tuple[ActLine, ...]
    findings: tuple[FindingLine, ...]
    boards: tuple[BoardLine, ...] = ()
    summary: tuple[SummaryLine, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    digest: tuple[DigestLine, ...] = ()
    agencies: dict[str, str] = field(default_factory=dict)  # code → name, of the rows
    programme: ProgrammeLines = NONE
    sampled: tuple[SampledLine, ...] = ()  # of every agency with acts
    meetings: tuple[MeetingLine, ...] = ()  # of the overall report


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One line of a phiếu rà soát (BM-02)."""

    aspect: str  # hiệu lực, căn cứ, thẩm quyền or nội dung (NĐ 34/2016 Đ147)
    label: str
    quote: str
    bases: tuple[BasisLine, ...]
    assessment: str
    proposal: str
    finding_id: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A phiếu rà soát of one act."""

    head: ReportHead
    campaign: CampaignHead
    stamp: Stamp
    act: ActLine
    items: tuple[SheetItem, ...]
    unit: str = ""
    reviewer: str = ""
    reviewed_on: date | None = None
