"""Báo cáo kết quả rà soát of one ministry (skeleton of DOMAIN 4.2.1), numbers from the rows."""

from __future__ import annotations

from exports import reconcile, tally, terms
from exports.formats import count
from exports.word import annexes, pictures, results
from exports.word.wording import Wording, of
from exports.word.writer import Writer, campaign_name
from review.reports.records import ReportData

_LEADING = 10  # findings named in the body; the annex has them all


def build(data: ReportData) -> bytes:
    """Return the report as a .docx file; raises RS-701 when a total does not fit its rows."""
    reconcile.require(data)
    words = of("bao_cao_bo")
    subject = words.say("trich_yeu", de_tai=words.say("de_tai"))
    writer = Writer(words.say("loai"), subject, data.head)
    writer.address(data.head.addressee)
    _opening(writer, words, data)
    _organisation(writer, words, data)
    _results(writer, words, data)
    _problems(writer, words, data)
    _proposals(writer, words, data)
    _difficulties(writer, words, data)
    results.addendum(writer, words, data, "phan_vi")
    writer.text(words.say("ket", co_quan=data.head.agency))
    writer.close()
    annexes.acts(writer, data)
    annexes.findings(writer, data)
    annexes.digest(writer, data)
    annexes.sources_and_stamp(writer, data)
    return writer.finish(data.campaign, data.stamp)


def _opening(writer: Writer, words: Wording, data: ReportData) -> None:
    writer.text(
        words.say(
            "mo_dau",
            dot=campaign_name(data.campaign),
            to_cong_tac=words.say("to_cong_tac"),
            co_quan=data.head.agency,
            de_tai=words.say("de_tai"),
        )
    )


def _organisation(writer: Writer, words: Wording, data: ReportData) -> None:
    writer.part(words.say("phan_i"))
    results.to_fill_in(writer, words, words.say("chi_dao", co_quan=data.head.agency))
    results.dates(writer, data)
    people = {line.confirmed_by for line in data.findings if line.confirmed_by}
    if people:
        writer.text(words.say("nguoi", nguoi=count(len(people))))


def _results(writer: Writer, words: Wording, data: ReportData) -> None:
    figures = data.figures
    writer.part(words.say("phan_ii"))
    writer.clause(words.say("muc_pham_vi"))
    writer.text(words.say("don_vi_dem"))
    results.scope(writer, data)
    results.type_table(writer, words.say("bang_loai"), data)
    writer.clause(words.say("muc_nhom"))
    results.group_table(writer, words, data)
    pictures.group_chart(writer, words, data)
    writer.clause(words.say("muc_khong"))
    if figures.clear:
        writer.text(words.say("khong_vuong", clear=count(figures.clear)))
    else:
        writer.text(words.say("khong_co"))
    writer.clause(words.say("muc_doc_kiem"))
    results.sample(writer, words, data)


def _problems(writer: Writer, words: Wording, data: ReportData) -> None:
    writer.part(words.say("phan_iii"))
    levels = tally.by_severity(data)
    if not levels:
        writer.text(words.say("khong_co"))
        return
    names = terms.load()
    told = "; ".join(
        f"{names.severity(level)}: {count(found)} phát hiện" for level, found in levels
    )
    writer.text(words.say("muc_do", levels=told))
    gravest = {line.finding_id for line in data.findings if line.severity == levels[0][0]}
    leading = [line.text for line in data.digest if line.finding_id in gravest]
    limit = f" ({count(_LEADING)} phát hiện đầu)" if len(leading) > _LEADING else ""
    writer.text(words.say("chu_yeu", gioi_han=limit), keep_next=True)
    writer.items(leading[:_LEADING])
    writer.text(words.say("day_du", findings=count(data.figures.findings)))


def _proposals(writer: Writer, words: Wording, data: ReportData) -> None:
    writer.part(words.say("phan_iv"))
    results.proposals(writer, words, data)


def _difficulties(writer: Writer, words: Wording, data: ReportData) -> None:
    writer.part(words.say("phan_v"))
    waiting = sum(line.readiness < results.READY for line in data.findings)
    if waiting:
        writer.text(words.say("du_lieu", thieu=count(waiting)))
    results.to_fill_in(writer, words, words.say("khac", co_quan=data.head.agency))
