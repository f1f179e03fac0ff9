"""Biên bản and thông báo kết luận of a meeting of the task force (DOMAIN 4.2.3)."""

from __future__ import annotations

from dataclasses import dataclass

from exports.formats import count, long_date, short_date
from exports.word.annexes import shorten
from exports.word.tables import Column
from exports.word.wording import Wording, of
from exports.word.writer import Writer, stamp_sentence
from review.agencies import name_of
from review.records.meeting import Attendee, Minutes
from review.reports.records import CampaignHead, ReportHead, Stamp


@dataclass(frozen=True, slots=True)
class MeetingPaper:
    """The minutes of a meeting with head, campaign and stamp of the paper made from them."""

    head: ReportHead
    campaign: CampaignHead
    stamp: Stamp
    minutes: Minutes


def minutes(data: MeetingPaper) -> bytes:
    """Return the biên bản as .docx: who met, what was said on each finding, who signs."""
    words, held = of("bien_ban"), data.minutes
    writer = Writer(words.say("loai"), _subject(words, held), data.head)
    begins = words.say("luc", gio=held.begins) if held.begins else ""
    place = words.say("tai", dia_diem=held.place) if held.place else ""
    writer.text(words.say("mo_dau", luc=begins, ngay=long_date(held.held_on), tai=place))
    writer.clause(words.say("thanh_phan"))
    for key, person in (("chu_tri", held.chair), ("thu_ky", held.secretary)):
        writer.text(f"{words.say(key)}: {person or '.' * 20}.")
    writer.text(words.say("du_hop", so=count(len(held.present))), keep_next=bool(held.present))
    writer.items(map(_attendee, held.present))
    if held.absent:
        writer.text(words.say("vang", so=count(len(held.absent))), keep_next=True)
        writer.items(map(_attendee, held.absent))
    writer.clause(words.say("noi_dung"))
    _findings(writer, words, held)
    writer.clause(words.say("ket_luan"))
    _conclusion(writer, words, held)
    writer.clause(words.say("giao_viec"))
    _charges(writer, words, held)
    writer.text(words.say("het" if held.closed else "chua_het"))
    writer.sign(words.say("thu_ky"), words.say("chu_toa"), (held.secretary, held.chair))
    writer.gap()
    writer.small(stamp_sentence(words, data.campaign, data.stamp))
    return writer.finish(data.campaign, data.stamp)


def conclusion(data: MeetingPaper) -> bytes:
    """Return the thông báo kết luận as .docx: conclusion, each decision, charges with deadlines."""
    words, held = of("thong_bao"), data.minutes
    writer = Writer(words.say("loai"), _subject(words, held), data.head)
    writer.text(
        words.say(
            "mo_dau",
            ngay=f"N{long_date(held.held_on)[1:]}",
            chu_tri=held.chair or "[chủ trì]",
            ten=held.title,
            thanh_phan="; ".join(held.agencies) or "[thành phần]",
        )
    )
    writer.text(words.say("sau_khi"))
    writer.clause(words.say("ket_luan"))
    _conclusion(writer, words, held)
    writer.clause(words.say("tung_noi_dung"))
    _findings(writer, words, held)
    writer.clause(words.say("giao_viec"))
    _charges(writer, words, held)
    writer.text(words.say("ket"))
    writer.close()
    return writer.finish(data.campaign, data.stamp)


def _subject(words: Wording, held: Minutes) -> str:
    return words.say("trich_yeu", so=count(held.number), ten=held.title)


def _attendee(person: Attendee) -> str:
    title = f", {person.title}" if person.title else ""
    agency = f" ({name_of(person.agency)})" if person.agency else ""
    return f"{person.name}{title}{agency}"


def _conclusion(writer: Writer, words: Wording, held: Minutes) -> None:
    paragraphs = [line.strip() for line in held.conclusion.split("\n") if line.strip()]
    if not paragraphs:
        writer.text(words.say("chua_ket_luan"), italic=True)
    for paragraph in paragraphs:
        writer.text(paragraph)


def _findings(writer: Writer, words: Wording, held: Minutes) -> None:
    if not held.items:
        writer.text(words.say("khong_co"))
        return
    rows = [
        (
            str(place),
            f"{item.finding.label}, {item.finding.number} (mã {item.finding.id})\n\n{item.agency}",
            shorten(item.text),
            "\n\n".join(
                part
                for part in (item.handling, item.proposal.new_text if item.proposal else "")
                if part
            ),
            "\n\n".join(
                part
                for part in (
                    item.decision_name or words.say("chua_quyet"),
                    item.decision.text if item.decision else "",
                )
                if part
            ),
        )
        for place, item in enumerate(held.items, 1)
    ]
    writer.table(
        (
            Column("STT", 11, "center"),
            Column("Quy định; bộ, cơ quan", 34),
            Column("Nội dung", 36),
            Column("Đề xuất của bộ", 46),
            Column("Quyết định của cuộc họp", 34),
        ),
        rows,
    )


def _charges(writer: Writer, words: Wording, held: Minutes) -> None:
    if not held.charges:
        writer.text(words.say("khong_giao"))
        return
    writer.items(
        words.say(
            "viec",
            co_quan=charge.agency,
            viec=charge.text or charge.finding.label,
            ma=charge.finding.id,
            han=words.say("han", ngay=short_date(charge.deadline)) if charge.deadline else "",
        )
        for charge in held.charges
    )
