"""Invented acts to be amended, projects and tasks for the letters and the thematic report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from review.programme.instrument import STATES
from review.programme.risk import LEVELS
from review.records.chase import Chased, ChasingLetters, Thematic
from review.records.follow_up import (
    SourceStanding,
    TaskFigureInput,
    TaskFigureView,
    TaskInput,
    TaskView,
)
from review.records.programme import (
    Board,
    Expiry,
    InstrumentInput,
    InstrumentRow,
    ProjectInput,
    ProjectRow,
    Risk,
    StepView,
)
from tests.exports import reports

TODAY = date(2026, 11, 23)
DUE = date(2027, 3, 1)
NAMES = {"BYT": "Bộ Y tế", "BKHCN": "Bộ Khoa học và Công nghệ"}
HEAD = replace(reports.TASK_FORCE, symbol="TCT", addressee=())


def act(place: int, agency: str = "BYT", **changes: object) -> InstrumentRow:
    entered = InstrumentInput(
        f"95{place}/2020/TT-{agency}", f"Quy định giả định số {place}", "Thông tư", agency, DUE
    )
    row = InstrumentRow(
        place, 1, entered, None, "", "chua-lam", Risk("nguy-co", 98, 100), None, 0, 0, 1
    )
    return replace(row, **changes)


def project() -> ProjectRow:
    steps = (
        StepView("soan-thao", "Soạn thảo", 20, None, date(2026, 10, 1), passed=True),
        StepView("lay-y-kien", "Lấy ý kiến", 20, date(2026, 12, 5), None),
        StepView("ban-hanh", "Ban hành", 5, None, None),
        StepView("hieu-luc", "Có hiệu lực", 45, None, None),
    )
    entered = ProjectInput("Thông tư sửa đổi giả định", "thong-tu", "BYT", 2026, note="Minh họa.")
    name = "Chương trình lập pháp hằng năm"
    return ProjectRow(7, 1, entered, name, steps, "lay-y-kien", DUE, Risk("kip", 98, 70), 1, 3, 4)


ACTS = (
    act(1),
    act(
        2,
        project_id=7,
        project="Thông tư sửa đổi giả định",
        state="dang-lam",
        risk=Risk("kip", 98, 70),
    ),
    act(3, "BKHCN"),
)


def letters() -> ChasingLetters:
    """Return the letters to two ministries."""
    at = {7: ("Lấy ý kiến", date(2026, 12, 5))}
    made = (
        Chased("BYT", NAMES["BYT"], ACTS[:2], at),
        Chased("BKHCN", NAMES["BKHCN"], ACTS[2:], {}),
    )
    return ChasingLetters(HEAD, reports.CAMPAIGN, reports.STAMP, TODAY, made)


def board() -> Board:
    return Board(
        rows=list(ACTS),
        by_agency=[
            ("BYT", NAMES["BYT"], {"chua-lam": 1, "dang-lam": 1}),
            ("BKHCN", NAMES["BKHCN"], {"chua-lam": 1}),
        ],
        by_state={code: sum(row.state == code for row in ACTS) for code in STATES},
        by_risk={code: sum(row.risk.code == code for row in ACTS) for code in LEVELS},
        next_due=DUE,
        days_left=98,
        this_week=[],
    )


def task(code: str, section: str, *, late: bool = False) -> TaskView:
    entered = TaskInput(code, f"Nhiệm vụ giả định {code}", section, "BYT", TODAY, "dang-lam")
    figure = TaskFigureInput(
        TODAY, "Đã số hóa", 9_500_000.5, "dữ liệu", "Báo cáo giả định", "chưa đối chiếu"
    )
    view = TaskFigureView(figure, "Người ghi", datetime(2026, 11, 23, tzinfo=UTC))
    return TaskView(1, entered, late, (view,), 1)


def thematic() -> Thematic:
    """Return a report with every section filled but one task section."""
    lapse = Expiry(
        "q", "Nghị quyết 66.7/2025", date(2027, 2, 28), DUE, 9, 8, 6, ("Điều 15.3",), [], [],
        "đã đối chiếu",
    )  # fmt: skip
    source = SourceStanding("DD", "Cơ sở dữ liệu giả định", "BNNMT", (), (), 1, None, "")
    return Thematic(
        replace(HEAD, symbol="BC-TCT", addressee=("Thủ tướng Chính phủ",)),
        reports.CAMPAIGN,
        reports.STAMP,
        TODAY,
        reports.overall(),
        (project(),),
        board(),
        (lapse,),
        (task("NV-1", "ho-tich-dien-tu"), task("NV-2", "so-hoa-ho-tich", late=True)),
        (source,),
        NAMES,
    )
