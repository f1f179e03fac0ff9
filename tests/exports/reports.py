"""Invented report data for the tests of exports: two ministries, fictional numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from exports.word.amending_act import DraftOrder
from exports.word.meeting import MeetingPaper
from models.elusion import estimate
from review.records import FindingRow, ProposalInput
from review.records.meeting import Attendee, Charge, MeetingDecision, Minutes, MinutesItem
from review.reports.letter_records import OpinionItem, OpinionSheet, Reminder, Reminders
from review.reports.programme_records import (
    ComponentLine,
    ExpiredLine,
    InstrumentLine,
    ProcedureLine,
    ProgrammeLines,
    ProjectLine,
)
from review.reports.records import (
    ActLine,
    BasisLine,
    BoardLine,
    CampaignHead,
    DigestLine,
    FindingLine,
    MeetingLine,
    OpinionLine,
    ProposalLine,
    ReportData,
    ReportFigures,
    ReportHead,
    ReviewSheet,
    SampledLine,
    SheetItem,
    SourceLine,
    Stamp,
    SummaryLine,
)

CAMPAIGN = CampaignHead(
    id=1,
    code="THU-2026",
    name="Đợt rà soát thử 2026",
    as_of=date(2026, 11, 23),
    deadline=date(2026, 12, 15),
    cut_off=date(2026, 12, 10),
    documents=("Kế hoạch số 999/KH-TCT ngày 01/10/2026 (văn bản giả định)",),
)
STAMP = Stamp(
    author="Nguyễn Thị Mẫu",
    made_at=datetime(2026, 11, 23, 3, 41, tzinfo=UTC),
    ruleset="a1b2c3d4e5f6",
    digest="0f" * 32,
)
MINISTRY = ReportHead(
    agency_code="BYT",
    agency="Bộ Y tế",
    symbol="BC-BYT",
    year=2026,
    addressee=("Bộ Tư pháp (cơ quan thường trực Tổ công tác 236)",),
    signer_title="Bộ trưởng",
    recipients=("Như trên", "Lãnh đạo Bộ (để b/c)", "Lưu: VT, PC (03b)"),
)
TASK_FORCE = ReportHead(
    agency_code="TCT",
    agency="Tổ công tác của Thủ tướng Chính phủ về rà soát văn bản quy phạm pháp luật",
    symbol="BC-TCT",
    year=2026,
    addressee=("Thủ tướng Chính phủ",),
    signer_title="Tổ trưởng",
    signer_office=("Bộ trưởng Bộ Tư pháp",),
    recipients=("Như trên", "Các thành viên Tổ công tác", "Lưu: VT, KTrVB (05b)"),
)
RESIDENCE = BasisLine(
    id="luat-cu-tru-38-3",
    number="68/2020/QH14",
    provision="khoản 3 Điều 38",
    mark="đã đối chiếu",
    citation="khoản 3 Điều 38 Luật số 68/2020/QH14",
    title="Luật Cư trú",
    meaning="Sổ hộ khẩu, sổ tạm trú giấy chỉ còn giá trị đến hết năm 2022.",
)
UNREAD = BasisLine(
    id="nd-999",
    number="999/2025/NĐ-CP",
    provision="Điều 4",
    mark="chưa đối chiếu",
    citation="Điều 4 Nghị định số 999/2025/NĐ-CP",
    title="Nghị định giả định",
)
AGENCIES = {"BYT": "Bộ Y tế", "BKHCN": "Bộ Khoa học và Công nghệ", "BNV": "Bộ Nội vụ"}
SOURCES = (
    SourceLine(
        "DC",
        "Cơ sở dữ liệu quốc gia về dân cư",
        "Bộ Công an",
        "thông tin cư trú, căn cước",
        "NQ 66.7/2025/NQ-CP Đ4.1",
        "đã đối chiếu",
        "D3",
        0,
    ),
    SourceLine(
        "HT",
        "Cơ sở dữ liệu hộ tịch điện tử",
        "Bộ Tư pháp",
        "khai sinh, kết hôn",
        "NQ 66.7/2025/NQ-CP Đ4.2",
        "đã đối chiếu",
        "D2",
        0,
    ),
)

PROGRAMME = ProgrammeLines(
    components=(
        ComponentLine(
            "I", "Hỗ trợ", "1.000001", "Hỗ trợ giả định", "Bản sao sổ hộ khẩu",
            "Cơ sở dữ liệu quốc gia về dân cư", "Bộ Công an", "Thông tư số 902/2021/TT-BYT",
            "điểm b khoản 2 Điều 5", "Phụ lục giả định",
        ),
        ComponentLine(
            "", "", "1.000002", "Thủ tục giả định", "giấy khai sinh", "Cơ sở dữ liệu hộ tịch điện tử",
            "Bộ Tư pháp", "Luật số 906/2019/QH14", "khoản 2 Điều 9", "Phát hiện mã 16",
        ),
    ),
    expired=(
        ExpiredLine(
            21, "Thông tư số 902/2021/TT-BYT", "khoản 3 Điều 8", "3. Nộp sổ tạm trú.",
            "Đã được bãi bỏ bởi văn bản giả định", date(2026, 11, 20),
        ),
    ),
    instruments=(
        InstrumentLine(
            1, "901/2019/NĐ-CP", "Nghị định", "Quy định giả định", "Bộ Y tế", date(2027, 3, 1),
            "Phụ lục giả định", "Nghị định sửa đổi giả định", "Nghị định", "Bộ Y tế",
            "Lấy ý kiến", "", None, "",
        ),
    ),
    projects=(
        ProjectLine(
            1, "Luật sửa đổi giả định", "Luật", "Bộ Y tế", "Bộ Công an", 2026,
            (("soan-thao", date(2026, 12, 20), None, ""), ("thong-qua", None, None, "Kỳ họp thứ 2")),
            "Kế hoạch giả định", "", (11, 12), "",
        ),
    ),
    procedures=(
        ProcedureLine(
            1, "1.000001", "Hỗ trợ giả định", "Bộ Y tế", "999/QĐ-BYT", date(2026, 10, 1), True, (11,), "",
        ),
        ProcedureLine(2, "1.000002", "Thủ tục giả định", "Bộ Y tế", "", None, None, (), ""),
    ),
)  # fmt: skip


def act(place: int, agency: str, kind: str = "Thông tư", **changes: object) -> ActLine:
    """Return an invented act."""
    made = ActLine(
        act_id=place,
        agency_code=agency,
        type=kind,
        number=f"{900 + place}/2021/TT-{agency}",
        title=f"Quy định giả định số {place} về hồ sơ hỗ trợ",
        issuer=AGENCIES[agency],
        issued=date(2021, 5, 4),
        effective=date(2021, 7, 1),
        validity="Còn hiệu lực",
        reviewed=True,
        reviewer="Trần Văn Thử",
        reviewed_on=date(2026, 11, 20),
    )
    return replace(made, **changes)


def finding(place: int, of: ActLine, path: str, label: str, **changes: object) -> FindingLine:
    """Return a confirmed finding with a proposal."""
    made = FindingLine(
        finding_id=place,
        version=2,
        act_id=of.act_id,
        agency_code=of.agency_code,
        path=path,
        label=label,
        quote="bản sao sổ hộ khẩu",
        text="b) Bản sao sổ hộ khẩu của người đề nghị;",
        category="A1",
        category_name="Sổ hộ khẩu là thành phần hồ sơ",
        severity=4,
        readiness=3,
        state="Bộ đề xuất",
        bases=(RESIDENCE,),
        sources=("DC",),
        confirmed_by="Trần Văn Thử",
        proposal=ProposalLine(
            handling="BB",
            handling_name="Bãi bỏ một phần",
            new_text="Bãi bỏ điểm này.",
            reason="Dữ liệu cư trú đã có.",
            instrument="Thông tư",
            lead=AGENCIES[of.agency_code],
            coordinating=("Bộ Công an",),
            deadline=date(2027, 2, 28),
            submitted=True,
        ),
    )
    return replace(made, **changes)


def _acts() -> tuple[ActLine, ...]:
    return (
        act(1, "BYT", "Nghị định", number="901/2019/NĐ-CP", issuer="Chính phủ"),
        act(2, "BYT"),
        act(3, "BYT", title="Quy định giả định không có vướng mắc"),
        act(4, "BYT", reviewed=False, reviewer="", reviewed_on=None, undecided=3),
        act(5, "BKHCN"),
        act(6, "BKHCN", "Luật", number="906/2019/QH14", issuer="Quốc hội"),
    )


def _findings(acts: tuple[ActLine, ...]) -> tuple[FindingLine, ...]:
    decree, circular, _, _, other, law = acts
    return (
        finding(11, decree, "dieu-5/khoan-2/diem-b", "điểm b khoản 2 Điều 5"),
        finding(
            12,
            decree,
            "dieu-7/khoan-1",
            "khoản 1 Điều 7",
            category="F6",
            category_name="Nhiều bộ hồ sơ",
            severity=2,
            readiness=1,
            text="1. Hồ sơ lập thành 03 bộ, ký tên, đóng dấu và nộp trực tiếp.",
            bases=(UNREAD,),
            sources=(),
            proposal=replace(
                finding(0, decree, "", "").proposal,
                handling="SĐ",
                handling_name="Sửa đổi, bổ sung",
                new_text="1. Hồ sơ lập thành 01 bộ, nộp trực tiếp, qua bưu chính hoặc trực tuyến.",
                instrument="Nghị định",
                deadline=None,
            ),
        ),
        finding(
            13,
            decree,
            "dieu-7/khoan-1",
            "khoản 1 Điều 7",
            category="F3",
            category_name="Chữ ký sống và con dấu trên hồ sơ",
            severity=2,
            readiness=1,
            text="1. Hồ sơ lập thành 03 bộ, ký tên, đóng dấu và nộp trực tiếp.",
            proposal=None,
        ),
        finding(
            14,
            circular,
            "mau-02/dong-5",
            "dòng 5 Mẫu số 02",
            category="B6",
            category_name="Trường hộ khẩu trong mẫu biểu",
            severity=1,
            text="5. Hộ khẩu thường trú: ……",
            after_cut_off=True,
        ),
        finding(15, other, "dieu-3/khoan-1/diem-a", "điểm a khoản 1 Điều 3"),
        finding(
            16,
            law,
            "dieu-9/khoan-2",
            "khoản 2 Điều 9",
            category="D1",
            category_name="Giấy khai sinh",
            severity=3,
            sources=("HT",),
        ),
    )


def _boards() -> tuple[BoardLine, ...]:
    agree = tuple(OpinionLine(m, "thong_nhat", "Thống nhất") for m in ("BTP", "BCA", "VPCP"))
    differ = (
        *agree[:2],
        OpinionLine(
            "VPCP",
            "mot_phan",
            "Thống nhất một phần",
            agreed="bỏ giấy tờ",
            disagreed="thời hạn xử lý",
            reason="dữ liệu chưa đủ",
        ),
    )
    return (
        BoardLine(11, opened=True, given=3, opinions=agree, unanimous=True),
        BoardLine(
            12,
            opened=True,
            given=3,
            opinions=differ,
            task_force="Thống nhất một phần; lý do: cần dữ liệu",
            explanation="Giải trình; dữ liệu đã kết nối",
            conclusion="Chưa thống nhất",
        ),
        BoardLine(15, opened=False, given=2),
    )


def _figures(
    acts: tuple[ActLine, ...], findings: tuple[FindingLine, ...], boards: tuple[BoardLine, ...]
) -> ReportFigures:
    hit = {line.act_id for line in findings}
    opened = [board for board in boards if board.opened]
    agreed = sum(board.unanimous for board in opened)
    return ReportFigures(
        acts=len(acts),
        reviewed=sum(line.reviewed for line in acts),
        with_findings=len(hit),
        clear=sum(line.reviewed and line.act_id not in hit for line in acts),
        provisions=len({line.provision for line in findings}),
        findings=len(findings),
        proposed=sum(line.proposal is not None for line in findings),
        undecided=sum(line.undecided for line in acts),
        set_aside=7,
        after_cut_off=sum(line.after_cut_off for line in findings),
        opened=len(opened),
        agreed=agreed,
        not_agreed=len(opened) - agreed,
    )


_SUMMARY = (
    SummaryLine(
        "BYT", "Bộ Y tế", 4, 3, 2, 3, 4, {"Nghị định": 1, "Thông tư": 1},
        {"A": 1, "B": 1, "F": 2}, {"BB": 2, "SĐ": 1}, 1, 1, 3, date(2026, 11, 30), True,
    ),
    SummaryLine(
        "BKHCN", "Bộ Khoa học và Công nghệ", 2, 2, 2, 2, 2, {"Luật": 1, "Thông tư": 1},
        {"A": 1, "D": 1}, {"BB": 2}, 0, 0, 2,
    ),
)  # fmt: skip


_SAMPLED = (
    SampledLine("BYT", "Bộ Y tế", 2, date(2026, 11, 22), estimate(120, 1, 4000, 4)),
    SampledLine("BKHCN", "Bộ Khoa học và Công nghệ", 0, None, None),
)


def assemble(
    acts: tuple[ActLine, ...],
    findings: tuple[FindingLine, ...],
    boards: tuple[BoardLine, ...] = (),
    summary: tuple[SummaryLine, ...] = (),
    head: ReportHead = MINISTRY,
) -> ReportData:
    """Return data whose figures and digest fit its rows."""
    named = {line.act_id: line for line in acts}
    return ReportData(
        scope="ministry" if head is MINISTRY else "overall",
        head=head,
        campaign=CAMPAIGN,
        stamp=STAMP,
        figures=_figures(acts, findings, boards),
        acts=acts,
        findings=findings,
        boards=boards,
        summary=summary,
        sources=SOURCES,
        digest=tuple(
            DigestLine(
                line.finding_id,
                line.act_id,
                line.path,
                f"{line.label} {named[line.act_id].type} số {named[line.act_id].number}: {line.category_name.lower()}",
            )
            for line in findings
        ),
        agencies={line.agency_code: AGENCIES[line.agency_code] for line in acts},
        sampled=tuple(
            line for line in _SAMPLED if line.agency_code in {a.agency_code for a in acts}
        ),
    )


def ministry() -> ReportData:
    """Return the report of the invented Bộ Y tế."""
    acts = _acts()
    findings = tuple(line for line in _findings(acts) if line.agency_code == "BYT")
    acts = tuple(line for line in acts if line.agency_code == "BYT")
    boards = tuple(b for b in _boards() if b.finding_id in {line.finding_id for line in findings})
    return assemble(acts, findings, boards, _SUMMARY[:1])


def overall() -> ReportData:
    """Return the consolidated report of both ministries."""
    acts = _acts()
    made = assemble(acts, _findings(acts), _boards(), _SUMMARY, TASK_FORCE)
    met = MeetingLine(3, "Lĩnh vực y tế", date(2026, 11, 20), ("Bộ Y tế",), 2)
    return replace(made, meetings=(met,))


def headed(data: ReportData, symbol: str) -> ReportData:
    """Return ``data`` under the head of another kind of paper."""
    return replace(data, head=replace(data.head, symbol=symbol))


def draft_order() -> DraftOrder:
    """Return the decree that the proposals of the invented Bộ Y tế call for."""
    data = ministry()
    lines = tuple(
        replace(line, proposal=replace(line.proposal, instrument="Nghị định"))
        if line.act_id == 1 and line.proposal
        else line
        for line in data.findings
    )
    return DraftOrder(replace(data, findings=lines), "Nghị định của Chính phủ")


def reminders() -> Reminders:
    """Return the letters to two late ministries."""
    head = replace(TASK_FORCE, symbol="TCT", addressee=())
    letters = (
        Reminder("BYT", "Bộ Y tế", date(2026, 12, 1), 20, 4, 3, 3, 1),
        Reminder("BKHCN", "Bộ Khoa học và Công nghệ", date(2026, 12, 15), 6, 0, 0, 0, 0),
    )
    return Reminders(head, CAMPAIGN, STAMP, date(2026, 12, 21), letters)


def opinions() -> OpinionSheet:
    """Return the sheet of Văn phòng Chính phủ: two opinions given, one still to come."""
    data = overall()
    acts = {act.act_id: act for act in data.acts}
    lines = {line.finding_id: line for line in data.findings}
    items = tuple(
        OpinionItem(
            acts[lines[board.finding_id].act_id],
            lines[board.finding_id],
            next((o for o in board.opinions if o.member == "VPCP"), None),
        )
        for board in data.boards
    )
    head = replace(MINISTRY, agency_code="VPCP", agency="Văn phòng Chính phủ", symbol="PYK-VPCP")
    return OpinionSheet(head, CAMPAIGN, STAMP, "VPCP", "Văn phòng Chính phủ", items)


def meeting(form: str) -> MeetingPaper:
    """Return an invented meeting; ``form`` is the symbol of the paper."""
    row = FindingRow(
        11, 1, "901/2019/NĐ-CP", "Quy định giả định", "BYT", 1, "dieu-5/khoan-2/diem-b",
        "điểm b khoản 2 Điều 5", "A1", 4, 3, "cho_y_kien", "may", "bản sao sổ hộ khẩu", 0, 5, (),
        "BB", False, "Trần Văn Thử", None, 2,
    )  # fmt: skip
    decision = MeetingDecision(
        1, 11, "dong_y", "Thống nhất bỏ giấy tờ này.", "BYT", date(2027, 1, 15), "Lê Thử",
        datetime(2026, 11, 20, 3, 0, tzinfo=UTC),
    )  # fmt: skip
    item = MinutesItem(
        "Bộ Y tế", row, "b) Bản sao sổ hộ khẩu của người đề nghị;", "Sổ hộ khẩu",
        ProposalInput("BB", "Bãi bỏ điểm này."), "Bãi bỏ một phần", (), decision, "Đồng ý",
    )  # fmt: skip
    held = Minutes(
        "THU-2026", "Đợt rà soát thử 2026", (), 3, "Lĩnh vực y tế", "Y tế", ("Bộ Y tế",),
        date(2026, 11, 20), "08:30", None, None, "phòng họp giả định", "Nguyễn Thử", "Lê Thử",
        (Attendee("Trần Văn Thử", "BYT", "du_hop", "Chuyên viên"),), (),
        (item,), (Charge("Bộ Y tế", "Hoàn thiện đề xuất", date(2027, 1, 15), row),),
        "Các bộ thống nhất phương án.", True,
    )  # fmt: skip
    head = replace(TASK_FORCE, symbol=form)
    return MeetingPaper(head, CAMPAIGN, STAMP, held)


def sheet() -> ReviewSheet:
    """Return the review sheet of the invented decree."""
    data = ministry()
    lines = [line for line in data.findings if line.act_id == 1]
    return ReviewSheet(
        head=replace(MINISTRY, symbol="PRS-BYT"),
        campaign=CAMPAIGN,
        stamp=STAMP,
        act=data.acts[0],
        items=tuple(
            SheetItem(
                aspect="Nội dung",
                label=line.label,
                quote=line.text,
                bases=line.bases,
                assessment=line.category_name,
                proposal=line.proposal.handling_name if line.proposal else "",
                finding_id=line.finding_id,
                path=line.path,
            )
            for line in lines
        ),
        unit="Vụ Pháp chế",
        reviewer="Trần Văn Thử",
        reviewed_on=date(2026, 11, 20),
    )
