"""Dự thảo văn bản sửa đổi, bổ sung: the amending act itself, from the proposals (DOMAIN 4.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exports import reconcile
from exports.drafting.amending import Body, read_back, same_ops
from exports.drafting.order import Order, drafted, full_name, orders
from exports.errors import ERRORS
from exports.word.document import BODY
from exports.word.oxml import Run, paragraph
from exports.word.tables import Column
from exports.word.wording import Wording, of
from exports.word.writer import Writer, stamp_sentence
from review.reports.records import CampaignHead, ReportData, ReportHead, Stamp

_AS_ABOVE = "Như trên"  # in «Nơi nhận» of what has a «Kính gửi»; an act has none
_LONGEST_TITLE = 300  # characters of a title that names the one amended act


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """The rows of a ministry, and which amending act is wanted: "Thông tư của Bộ Y tế"."""

    data: ReportData
    key: str

    @property
    def head(self) -> ReportHead:
        return self.data.head

    @property
    def campaign(self) -> CampaignHead:
        return self.data.campaign

    @property
    def stamp(self) -> Stamp:
        return self.data.stamp


def choices(data: ReportData) -> dict[str, str]:
    """Return the amending acts that can be drafted from the proposals of ``data``."""
    return {
        key: f"{key} ({len(order.changes)} đề xuất)"
        for key, order in orders(data).items()
        if order.changes
    }


def build(wanted: DraftOrder) -> bytes:
    """Return the draft as .docx.

    Raises RS-701 (totals), RS-704 (no proposal of that instrument), RS-706 (a clause does not read
    back as the proposals mean it).
    """
    data = wanted.data
    reconcile.require(data)
    words = of("du_thao")
    found = orders(data)
    order = found.get(wanted.key)
    body = drafted(data, order) if order else None
    if order is None or body is None or not body.articles:
        todo = words.say("khong_co", loai=wanted.key.lower())
        raise ERRORS.error("RS-704", title=f"Dự thảo {wanted.key}", todo=todo)
    lines = body_lines(body)
    if not same_ops(read_back(lines), body.ops()):
        raise ERRORS.error("RS-706", title=wanted.key)
    kind = order.instrument.type
    subject = subject_of(data, body)
    writer = Writer(kind, subject, _head(data.head, order))
    _preamble(writer, words, order, subject)
    for line in lines:
        _line(writer, line)
    _closing_articles(writer, words, order, data, len(body.articles))
    writer.close()
    for form in body.forms():
        reference = words.say("kem_theo", loai=kind, nam=data.head.year or "")
        writer.form(form.label, reference, form.lines or (words.say("mau_trong"),))
    _left_out(writer, words, data, body)
    return writer.finish(data.campaign, data.stamp)


def body_lines(body: Body) -> list[str]:
    """Return the amending articles as lines of text, «Điều n. …» first."""
    return [
        line
        for place, article in enumerate(body.articles, 1)
        for line in (f"Điều {place}. {article.heading()}", *article.lines())
    ]


def _head(head: ReportHead, order: Order) -> ReportHead:
    instrument = order.instrument
    return replace(
        head,
        agency=instrument.issuer,
        parent="",
        symbol=instrument.symbol,
        number_label=instrument.number_label,
        addressee=(),
        recipients=tuple(name for name in head.recipients if name != _AS_ABOVE),
        signer_form=instrument.signer_form,
        signer_title=instrument.signer_title,
        signer_office=(),
    )


def subject_of(data: ReportData, body: Body) -> str:
    """Return the title of the amending act: the one act it amends, or their common subject."""
    words = of("du_thao")
    acts = {act.number: act for act in data.acts}
    if len(body.articles) == 1:
        named = words.say("trich_yeu_mot", van_ban=full_name(acts[body.articles[0].target.number]))
        if len(named) <= _LONGEST_TITLE:
            return named
    return words.say("trich_yeu_nhieu")


def _preamble(writer: Writer, words: Wording, order: Order, subject: str) -> None:
    for key in ("can_cu_luat", "can_cu_khac", "de_nghi"):
        writer.text(words.say(key), italic=True)
    name = subject[:1].lower() + subject[1:]
    sentence = words.say(
        "ban_hanh", ai=order.instrument.issues, loai=order.instrument.type, ten=name
    )
    writer.text(sentence, italic=True)


def _line(writer: Writer, line: str) -> None:
    """«Điều n.» in bold, as NĐ 30/2020 sets it; quoted Điều stay as they are."""
    if line.startswith("Điều "):
        writer.add(paragraph(Run(line, bold=True), BODY, keep_next=True))
    else:
        writer.text(line)


def _closing_articles(
    writer: Writer, words: Wording, order: Order, data: ReportData, articles: int
) -> None:
    kind = order.instrument.type
    _line(writer, f"Điều {articles + 1}. {words.say('chuyen_tiep')}")
    writer.text(words.say("chuyen_tiep_noi_dung", loai=kind))
    _line(writer, f"Điều {articles + 2}. {words.say('hieu_luc')}")
    writer.text(words.say("hieu_luc_1", loai=kind, nam=data.head.year or ""))
    writer.text(words.say("hieu_luc_2", co_quan=data.head.agency).removesuffix("."))


def _left_out(writer: Writer, words: Wording, data: ReportData, body: Body) -> None:
    writer.annex(words.say("ngoai"), "", landscape=False)
    if body.left_out:
        writer.small(words.say("ngoai_dan"))
        rows = [
            (
                str(place),
                f"{left.change.label}, {left.change.act}",
                left.change.new_text or "(bãi bỏ)",
                left.reason,
            )
            for place, left in enumerate(body.left_out, 1)
        ]
        columns = (
            Column("STT", 11, "center"),
            Column("Quy định", 40),
            Column("Nội dung đề xuất", 60),
            Column("Vì sao chưa đưa vào", 50),
        )
        writer.table(columns, rows)
    else:
        writer.small(words.say("ngoai_khong"))
    writer.small(stamp_sentence(words, data.campaign, data.stamp))
