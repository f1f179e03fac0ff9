"""Phiếu ý kiến of one member, and the sheet that sets all members side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exports import reconcile
from exports.formats import count, short_date
from exports.word.annexes import members_said, shorten
from exports.word.tables import Column, Group, Line
from exports.word.wording import of
from exports.word.writer import Writer, campaign_name, stamp_sentence
from review.reports.letter_records import OpinionItem, OpinionSheet
from review.reports.records import FindingLine, ReportData


def member(data: OpinionSheet) -> bytes:
    """Return the sheet of one member as .docx: agreed, not agreed, why, other wording."""
    words = of("phieu_y_kien")
    subject = words.say("trich_yeu", de_tai=words.say("de_tai"))
    writer = Writer(words.say("loai"), subject, data.head)
    for label, value in (
        ("thanh_vien", f"{data.member_name} (nhóm thường trực Tổ công tác 236)"),
        ("dot", data.campaign.name),
        ("moc", short_date(data.campaign.as_of)),
    ):
        writer.text(f"{words.say(label)}: {value}.")
    given = [item.opinion for item in data.items if item.opinion]
    verdicts = Counter(opinion.verdict_name.lower() for opinion in given)
    told = ", ".join(f"{name} {count(times)}" for name, times in verdicts.most_common())
    if data.items:
        writer.text(
            words.say(
                "tong_so",
                items=count(len(data.items)),
                member=data.member_name,
                given=count(len(given)),
                verdicts=told or words.say("chua_noi"),
            )
        )
        columns = (
            Column("STT", 11, "center"),
            Column("Quy định", 34),
            Column("Đề xuất của bộ", 44),
            Column("Ý kiến", 18),
            Column("Nội dung nhất trí, không nhất trí", 31),
            Column("Lý do; ý kiến khác", 35),
        )
        writer.table(columns, _member_rows(data.items))
    else:
        writer.text(words.say("chua_trinh"))
    writer.text(words.say("ghi_chu"))
    writer.sign(words.say("thu_truong"), words.say("nguoi_lap"))
    writer.gap()
    writer.small(stamp_sentence(words, data.campaign, data.stamp))
    return writer.finish(data.campaign, data.stamp)


def _member_rows(items: tuple[OpinionItem, ...]) -> Iterator[Line]:
    previous = 0
    for place, item in enumerate(items, 1):
        if item.act.act_id != previous:
            previous = item.act.act_id
            yield Group(f"{item.act.type} số {item.act.number}: {item.act.title}")
        opinion = item.opinion
        agreed = opinion.agreed if opinion else ""
        disagreed = opinion.disagreed if opinion else ""
        sides = (agreed and f"Nhất trí: {agreed}", disagreed and f"Không nhất trí: {disagreed}")
        why = (
            (opinion.reason, opinion.wording and f"Ý kiến khác: {opinion.wording}")
            if opinion
            else ()
        )
        yield (
            str(place),
            f"{item.finding.label} (mã {item.finding.finding_id})\n\n{shorten(item.finding.text)}",
            _proposal(item.finding),
            opinion.verdict_name if opinion else "Chưa có ý kiến",
            "\n\n".join(part for part in sides if part),
            "\n\n".join(part for part in why if part),
        )


def _proposal(line: FindingLine) -> str:
    if line.proposal is None:
        return ""
    parts = (line.proposal.handling_name, line.proposal.new_text)
    return "\n\n".join(part for part in parts if part)


def together(data: ReportData) -> bytes:
    """Return all opened opinions side by side as .docx; raises RS-701 (totals)."""
    reconcile.require(data)
    words = of("phieu_tong_hop")
    figures = data.figures
    subject = words.say("trich_yeu", de_tai=words.say("de_tai"))
    writer = Writer(words.say("loai"), subject, data.head)
    named = campaign_name(data.campaign)
    writer.text(f"{named[:1].upper()}{named[1:]}.")
    opened = [board for board in data.boards if board.opened]
    writer.text(
        words.say(
            "tong_so",
            opened=count(figures.opened),
            agreed=count(figures.agreed),
            not_agreed=count(figures.not_agreed),
            closed=count(figures.findings - figures.opened),
        )
    )
    lines = {line.finding_id: line for line in data.findings}
    acts = {act.act_id: act for act in data.acts}
    if opened:
        rows = (
            (
                str(place),
                f"{(line := lines[board.finding_id]).label}, {acts[line.act_id].number} "
                f"(mã {board.finding_id})",
                _proposal(line),
                members_said(board),
                "Thống nhất" if board.unanimous else "Chưa thống nhất",
            )
            for place, board in enumerate(opened, 1)
        )
        columns = (
            Column("STT", 11, "center"),
            Column("Quy định", 32),
            Column("Đề xuất của bộ", 48),
            Column("Ý kiến thành viên (BTP, BCA, VPCP)", 54),
            Column("Kết quả", 20),
        )
        writer.table(columns, rows)
    else:
        writer.text(words.say("chua_mo"))
    writer.sign(words.say("thu_truong"), words.say("nguoi_lap"))
    writer.gap()
    writer.small(stamp_sentence(words, data.campaign, data.stamp))
    return writer.finish(data.campaign, data.stamp)
