"""Báo cáo tổng hợp of the task force to the Prime Minister (skeleton of DOMAIN 4.2.2)."""

from __future__ import annotations

from exports import collation, reconcile
from exports.formats import count
from exports.word import annexes, charges, handling_list, pictures, results, standing_opinions
from exports.word.wording import Wording, of
from exports.word.writer import Writer, campaign_name
from review.reports.records import ReportData

_PARLIAMENT = {"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"}


def build(data: ReportData) -> bytes:
    """Return the report as a .docx file; raises RS-701 when a total does not fit its rows."""
    reconcile.require(data)
    words = of("bao_cao_tong_hop")
    subject = words.say("trich_yeu", de_tai=words.say("de_tai"))
    writer = Writer(words.say("loai"), subject, data.head)
    writer.address(data.head.addressee)
    task_force = words.say("to_cong_tac")
    writer.text(words.say("mo_dau", to_cong_tac=task_force, dot=campaign_name(data.campaign)))
    _course(writer, words, data)
    _submissions(writer, words, data)
    _results(writer, words, data)
    standing_opinions.write(writer, words, data)
    writer.part(words.say("phan_v"))
    results.proposals(writer, words, data)
    charges.charged(writer, words, data)
    _beyond_competence(writer, words, data)
    writer.part(words.say("phan_vii"))
    results.to_fill_in(writer, words, words.say("kho_khan"))
    results.addendum(writer, words, data, "phan_viii")
    writer.text(words.say("ket"))
    writer.close()
    annexes.summary(writer, data)
    annexes.opinions(writer, data)
    handling_list.write(writer, data)
    annexes.digest(writer, data)
    annexes.sources_and_stamp(writer, data)
    return writer.finish(data.campaign, data.stamp)


def _course(writer: Writer, words: Wording, data: ReportData) -> None:
    writer.part(words.say("phan_i"))
    results.dates(writer, data)
    names = sorted((row.agency for row in data.summary), key=collation.key)
    if names:
        owners = count(sum(row.acts > 0 for row in data.summary))
        writer.text(words.say("tham_gia", bo=count(len(names)), ten="; ".join(names), co=owners))
    charges.meetings(writer, words, data)


def _submissions(writer: Writer, words: Wording, data: ReportData) -> None:
    writer.part(words.say("phan_ii"))
    writer.text(
        words.say(
            "trinh",
            proposed=count(sum(row.proposed for row in data.summary)),
            findings=count(data.figures.findings),
        )
    )
    sent = [row for row in data.summary if row.submitted]
    if not sent:
        results.to_fill_in(writer, words, words.say("chua_ghi_gui"))
        return
    late = [row.agency for row in sent if row.on_time is False]
    missing = [row.agency for row in data.summary if not row.submitted]
    writer.text(
        words.say(
            "gui",
            da_gui=count(len(sent)),
            bo=count(len(data.summary)),
            dung=count(len(sent) - len(late)),
            cham=count(len(late)),
            chua=count(len(missing)),
        )
    )
    if late:
        writer.text(words.say("ten_cham", ten="; ".join(sorted(late, key=collation.key))))
    if missing:
        writer.text(words.say("ten_chua", ten="; ".join(sorted(missing, key=collation.key))))


def _results(writer: Writer, words: Wording, data: ReportData) -> None:
    writer.part(words.say("phan_iii"))
    writer.text(words.say("don_vi_dem"))
    results.scope(writer, data)
    columns, lines = annexes.summary_table(data.summary, wide=False)
    writer.table(columns, lines, words.say("bang_bo"))
    pictures.progress_chart(writer, words, data)
    results.group_table(writer, words, data)
    pictures.group_chart(writer, words, data)
    results.sample_table(writer, words, data)


def _beyond_competence(writer: Writer, words: Wording, data: ReportData) -> None:
    writer.part(words.say("phan_vi"))
    acts = {act.act_id for act in data.acts if act.type in _PARLIAMENT}
    numbers = {line.finding_id for line in data.findings if line.act_id in acts}
    if numbers:
        writer.text(words.say("luat", so=count(len(numbers))), keep_next=True)
        told = [(d.finding_id, d.text) for d in data.digest if d.finding_id in numbers]
        results.leading(writer, words, told)
    else:
        writer.text(words.say("khong_luat"))
    results.to_fill_in(writer, words, words.say("xin_y_kien"))
