"""The standing group's opinions in the report to the Prime Minister: figures, then what is open.

The body names what still divides the members; what each said in full stands in the annex BM-04.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from exports import collation, sampled
from exports.formats import count, number
from exports.word import results
from exports.word.annexes import excerpt
from exports.word.tables import Column, Line, Total
from exports.word.wording import Wording
from exports.word.writer import Writer
from review.reports.records import BoardLine, FindingLine, ReportData
from review.reports.summary import subject

_EXCERPT = 160  # characters of a wording in the body; the annex has it in full
_WANTS_MORE = "bo_sung"


def write(writer: Writer, words: Wording, data: ReportData) -> None:
    """Write part IV: opinions by ministry, what is agreed, what is not, what members ask for."""
    figures = data.figures
    writer.part(words.say("phan_iv"))
    writer.text(
        words.say(
            "y_kien",
            opened=count(figures.opened),
            agreed=count(figures.agreed),
            not_agreed=count(figures.not_agreed),
            closed=count(figures.findings - figures.opened),
        )
    )
    opened = [board for board in data.boards if board.opened]
    if opened:
        _table(writer, words, data, opened)
    lines = {line.finding_id: line for line in data.findings}
    _agreed(writer, words, [lines[board.finding_id] for board in opened if board.unanimous])
    _divided(writer, words, data, [board for board in opened if not board.unanimous])
    _asked(writer, words, opened)
    if opened:
        writer.text(words.say("xem_bm04"))


def _table(writer: Writer, words: Wording, data: ReportData, opened: Sequence[BoardLine]) -> None:
    agency_of = {line.finding_id: line.agency_code for line in data.findings}
    asked = Counter(agency_of[board.finding_id] for board in opened if _additions(board))
    rows = sorted(
        (row for row in data.summary if row.agreed + row.not_agreed),
        key=lambda row: collation.key(row.agency),
    )
    counts = [
        (row.agreed + row.not_agreed, row.agreed, row.not_agreed, asked[row.agency_code])
        for row in rows
    ]
    columns = (
        Column("Bộ, cơ quan", 60),
        Column("Đã mở ý kiến", 25, "center"),
        Column("Thống nhất", 25, "center"),
        Column("Chưa thống nhất", 25, "center"),
        Column("Có phương án khác", 25, "center"),
    )
    lines: list[Line] = [
        (row.agency, *map(number, values)) for row, values in zip(rows, counts, strict=True)
    ]
    totals = [sum(column) for column in zip(*counts, strict=True)] or [0] * 4
    place = 4 if sampled.read_lines(data) else 3
    writer.table(
        columns,
        [*lines, Total(("Tổng cộng", *map(number, totals)))],
        words.say("bang_y_kien", so=place),
    )


def _agreed(writer: Writer, words: Wording, agreed: Sequence[FindingLine]) -> None:
    writer.clause(words.say("muc_thong_nhat"))
    if not agreed:
        writer.text(words.say("khong_co"))
        return
    handled = Counter(line.proposal.handling_name for line in agreed if line.proposal)
    writer.text(words.say("thong_nhat", so=count(len(agreed))), keep_next=True)
    writer.items(
        words.say("thong_nhat_dong", ten=name, so=count(times))
        for name, times in handled.most_common()
    )


def _divided(
    writer: Writer, words: Wording, data: ReportData, divided: Sequence[BoardLine]
) -> None:
    """Name the gravest; of the others the numbers, by which the annex is read."""
    acts = {act.act_id: act for act in data.acts}
    lines = {line.finding_id: line for line in data.findings}
    ranked = sorted(divided, key=lambda board: -lines[board.finding_id].severity)
    writer.clause(words.say("muc_chua"))
    results.leading(
        writer,
        words,
        [
            (
                board.finding_id,
                words.say(
                    "chua_dong",
                    quy_dinh=subject(line := lines[board.finding_id], acts[line.act_id]),
                    ma=board.finding_id,
                    y_kien=", ".join(
                        f"{o.member} {o.verdict_name.lower()}" for o in board.opinions
                    ),
                ),
            )
            for board in ranked
        ],
    )


def _asked(writer: Writer, words: Wording, opened: Iterable[BoardLine]) -> None:
    """Say what members want added, once for all findings of which they say the same."""
    asked: dict[str, list[int]] = {}
    for board in opened:
        for said in _additions(board):
            asked.setdefault(said, []).append(board.finding_id)
    writer.clause(words.say("muc_bo_sung"))
    if not asked:
        writer.text(words.say("khong_co"))
        return
    ranked = sorted(asked.items(), key=lambda one: -len(one[1]))
    writer.items(
        words.say(
            "bo_sung_dong",
            y_kien=said.rstrip(" .;"),
            so=count(len(findings)),
            ma=", ".join(map(str, findings)),
        )
        for said, findings in ranked
    )


def _additions(board: BoardLine) -> list[str]:
    """Return what members want added: another wording, or more from the ministry."""
    return [
        f"{opinion.member}: {excerpt(opinion.wording or opinion.reason, _EXCERPT)}"
        for opinion in board.opinions
        if opinion.wording or opinion.verdict == _WANTS_MORE
    ]
