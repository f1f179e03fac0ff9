"""Báo cáo chuyên đề: how far the tasks of the programme are, all numbers from the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exports import reconcile
from exports.formats import count, number, short_date
from exports.word import annexes, results
from exports.word.chasing_letters import named
from exports.word.tables import Column, Line
from exports.word.wording import Wording, of
from exports.word.writer import Writer, campaign_name
from review.programme.instrument import STATES
from review.programme.risk import LEVELS
from review.programme.step import plan
from review.programme.task import STATES as TASK_STATES
from review.records.chase import Thematic
from review.records.follow_up import TaskFigureView, TaskView
from review.records.programme import ProjectRow

_READY = 2  # readiness from which data can stand for the paper
_LATE = ("nguy-co", "qua-han")
# Sections of tracked tasks, in the report's order: key of the wording, section of the task.
_TASKS = (
    ("muc_ho_tich", "ho-tich-dien-tu"),
    ("muc_so_hoa", "so-hoa-ho-tich"),
    ("muc_ket_noi", "ket-noi"),
    ("muc_khac", "khac"),
)


def build(data: Thematic) -> bytes:
    """Return the report as a .docx file; raises RS-701 when a total does not fit its rows."""
    reconcile.require(data.report)
    words = of("chuyen_de")
    writer = Writer(words.say("loai"), words.say("trich_yeu", ten=data.campaign.name), data.head)
    writer.address(data.head.addressee)
    writer.text(
        words.say(
            "mo_dau",
            to_cong_tac=words.say("to_cong_tac"),
            dot=campaign_name(data.campaign),
            ngay=short_date(data.today),
        )
    )
    writer.part(words.say("phan_i"))
    _review(writer, words, data)
    _programme(writer, words, data)
    _countdown(writer, words, data)
    place = 4
    for key, section in _TASKS:
        tasks = [task for task in data.tasks if task.input.section == section]
        if tasks or section != "khac":
            writer.clause(words.say(key, so=place))
            _tasks(writer, words, data, tasks)
            place += 1
    writer.clause(words.say("muc_cong_bo", so=place))
    _procedures(writer, words, data)
    writer.part(words.say("phan_ii"))
    _difficulties(writer, words, data)
    writer.part(words.say("phan_iii"))
    _to_do(writer, words, data)
    writer.text(words.say("ket"))
    writer.close()
    _annex_projects(writer, data)
    _annex_acts(writer, data)
    annexes.sources_and_stamp(writer, data.report)
    return writer.finish(data.campaign, data.stamp)


def _review(writer: Writer, words: Wording, data: Thematic) -> None:
    report = data.report
    writer.clause(words.say("muc_ra_soat"))
    results.dates(writer, report)
    writer.text(words.say("don_vi_dem"))
    results.scope(writer, report)
    results.group_table(writer, words, report)
    sent = sum(row.submitted is not None for row in report.summary)
    writer.text(
        words.say(
            "gui",
            da_gui=count(sent),
            bo=count(len(report.summary)),
            opened=count(report.figures.opened),
            agreed=count(report.figures.agreed),
            not_agreed=count(report.figures.not_agreed),
        )
    )


def _programme(writer: Writer, words: Wording, data: Thematic) -> None:
    writer.clause(words.say("muc_chuong_trinh"))
    if not data.projects:
        writer.text(words.say("khong_du_an"))
        return
    years = Counter((row.input.year, row.programme) for row in data.projects)
    writer.text(words.say("du_an", so=count(len(data.projects))), keep_next=True)
    writer.items(
        words.say("du_an_nam", ten=name, nam=year, so=count(found))
        for (year, name), found in sorted(years.items())
    )
    columns = Counter(plan().column(row.input.kind, row.current) for row in data.projects)
    told = "; ".join(
        f"{name.lower()} {count(columns[code])}"
        for code, name in plan().columns.items()
        if columns[code]
    )
    writer.text(words.say("du_an_buoc", buoc=told))
    carried = sum(row.findings for row in data.projects)
    writer.text(words.say("du_an_quy_dinh", so=count(carried)))


def _countdown(writer: Writer, words: Wording, data: Thematic) -> None:
    board = data.board
    writer.clause(words.say("muc_thoi_han"))
    if not board.rows:
        writer.text(words.say("khong_van_ban"))
        return
    writer.text(
        words.say(
            "van_ban",
            so=count(len(board.rows)),
            han=short_date(board.next_due),
            con=number(board.days_left or 0),
        )
        if board.next_due
        else words.say("van_ban_xong", so=count(len(board.rows)))
    )
    columns = (
        Column("Bộ, cơ quan", 52),
        *(Column(name, 26, "center") for name in STATES.values()),
        Column("Tổng số", 18, "center"),
    )
    lines: list[Line] = [
        (name, *(number(states.get(code, 0)) for code in STATES), number(sum(states.values())))
        for _, name, states in board.by_agency
    ]
    writer.table(columns, lines, words.say("bang_van_ban"))
    risks = "; ".join(
        f"{name.lower()} {count(board.by_risk[code])}"
        for code, name in LEVELS.items()
        if board.by_risk[code]
    )
    writer.text(words.say("rui_ro", muc=risks))
    for rule in data.expiry:
        if rule.findings:
            writer.text(
                words.say(
                    "het_hieu_luc",
                    ten=rule.rule,
                    muc=rule.confidence,
                    ngay=short_date(rule.last_day),
                    tra_lai=count(rule.returning),
                    con_mo=count(rule.open),
                )
            )


def _tasks(writer: Writer, words: Wording, data: Thematic, tasks: list[TaskView]) -> None:
    if not tasks:
        writer.text(words.say("khong_nhiem_vu"))
        return
    for task in tasks:
        entered = task.input
        due = words.say("nhiem_vu_han", ngay=short_date(entered.due)) if entered.due else ""
        late = words.say("nhiem_vu_cham") if task.late else ""
        writer.text(
            words.say(
                "nhiem_vu",
                ten=entered.title.rstrip("."),
                co_quan=data.agencies[entered.agency],
                trang_thai=TASK_STATES[entered.state].lower(),
                han=due,
                cham=late,
            )
            + (f" {entered.text}" if entered.text else ""),
            keep_next=bool(task.figures),
        )
        writer.items(
            words.say(
                "so_lieu",
                ten=figure.input.name,
                gia_tri=_amount(figure.input.value),
                don_vi=figure.input.unit,
                ngay=short_date(figure.input.on),
                nguon=figure.input.document,
                muc=figure.input.confidence,
            )
            for figure in _newest(task)
        )


def _newest(task: TaskView) -> list[TaskFigureView]:
    """Return the newest figure of each name; the ones before it stay readable on the page."""
    found: dict[str, TaskFigureView] = {}
    for figure in task.figures:
        found.setdefault(figure.input.name, figure)
    return list(found.values())


def _amount(value: float) -> str:
    """Return 32000000.0 as «32.000.000» and 98.5 as «98,5»."""
    if value == int(value):
        return number(int(value))
    whole, _, part = f"{value:.2f}".rstrip("0").partition(".")
    return f"{number(int(whole))},{part}"


def _procedures(writer: Writer, words: Wording, data: Thematic) -> None:
    listed = data.report.programme.procedures
    if not listed:
        writer.text(words.say("khong_thu_tuc"))
        return
    done = sum(bool(one.decision and one.published and one.uses_data) for one in listed)
    writer.text(words.say("thu_tuc", so=count(len(listed)), du=count(done)))


def _difficulties(writer: Writer, words: Wording, data: Thematic) -> None:
    known = []
    late = [row for row in data.board.rows if row.risk.code in _LATE]
    if late:
        known.append(words.say("kho_van_ban", so=count(len(late))))
    waiting = sum(line.readiness < _READY for line in data.report.findings)
    if waiting:
        known.append(words.say("kho_du_lieu", so=count(waiting)))
    slow = [task for task in data.tasks if task.late]
    if slow:
        known.append(
            words.say(
                "kho_nhiem_vu", so=count(len(slow)), ten="; ".join(t.input.code for t in slow)
            )
        )
    if known:
        writer.text(words.say("kho_dan"), keep_next=True)
        writer.items(known)
    results.to_fill_in(writer, words, words.say("kho_khac"))


def _to_do(writer: Writer, words: Wording, data: Thematic) -> None:
    figures = data.report.figures
    missing = [row.agency for row in data.report.summary if not row.submitted]
    procedures = data.report.programme.procedures
    open_duty = sum(not (one.decision and one.published and one.uses_data) for one in procedures)
    weak = [source.name for source in data.sources if source.readiness < _READY]
    counts = (
        ("can_quyet", figures.undecided, {}),
        ("can_gui", len(missing), {"ten": "; ".join(missing)}),
        ("can_du_an", data.board.by_state["chua-lam"], {}),
        ("can_kiem", data.board.by_state["hieu-luc"], {}),
        ("can_nguon", len(weak), {"ten": "; ".join(weak)}),
        ("can_cong_bo", open_duty, {}),
    )
    found = [words.say(key, so=count(total), **named) for key, total, named in counts if total]
    if found:
        writer.text(words.say("can_dan"), keep_next=True)
        writer.items(found)
    results.to_fill_in(writer, words, words.say("can_khac"))


def _annex_projects(writer: Writer, data: Thematic) -> None:
    if not data.projects:
        return
    annexes.start(writer, data.report, "du_an", landscape=True)
    writer.table(
        (
            Column("STT", 14, "center"),
            Column("Dự án", 48),
            Column("Loại", 20),
            Column("Cơ quan chủ trì", 28),
            Column("Chương trình", 32),
            Column("Bước đang làm", 28),
            Column("Các bước đã xong", 36),
            Column("Căn cứ giao", 84),
        ),
        _project_lines(data),
        dense=True,
    )


def _project_lines(data: Thematic) -> Iterator[Line]:
    for place, row in enumerate(data.projects, 1):
        done = [f"{step.name}: {short_date(step.done)}" for step in row.steps if step.done]
        yield (
            str(place),
            " – ".join(part for part in (row.input.title, row.input.number) if part),
            plan().kinds[row.input.kind].name,
            data.agencies[row.input.agency],
            f"{row.programme} {row.input.year}",
            _at(row),
            "; ".join(done) or "–",
            "\n\n".join(part for part in (row.input.basis, row.input.note) if part),
        )


def _at(row: ProjectRow) -> str:
    planned = next((step.planned for step in row.steps if step.code == row.current), None)
    if not row.current:
        return "Xong mọi bước"
    return f"{row.step_name} (dự kiến {short_date(planned)})" if planned else row.step_name


def _annex_acts(writer: Writer, data: Thematic) -> None:
    if not data.board.rows:
        return
    annexes.start(writer, data.report, "van_ban_sua", landscape=True)
    writer.table(
        (
            Column("STT", 14, "center"),
            Column("Văn bản phải sửa", 70),
            Column("Cơ quan chịu trách nhiệm", 38),
            Column("Hạn có hiệu lực", 27, "center"),
            Column("Tình trạng", 32),
            Column("Dự án sửa đổi", 58),
            Column("Rủi ro", 24),
            Column("Quy định đã xử lý", 22, "center"),
        ),
        (
            (
                str(place),
                named(row),
                data.agencies.get(row.input.agency, "Chưa phân công"),
                short_date(row.input.due),
                STATES[row.state],
                row.project or "–",
                LEVELS[row.risk.code],
                f"{number(row.settled)}/{number(row.findings)}",
            )
            for place, row in enumerate(data.board.rows, 1)
        ),
    )
