"""Phiếu rà soát văn bản of one act (BM-02; NĐ 34/2016 Đ151: only for acts with problems)."""

from __future__ import annotations

from collections.abc import Iterator

from exports.errors import ERRORS
from exports.formats import count, short_date
from exports.word.annexes import basis, shorten
from exports.word.tables import Column, Group, Line
from exports.word.wording import of
from exports.word.writer import Writer, stamp_sentence
from review.reports.records import ReviewSheet, SheetItem

# The four questions of NĐ 34/2016 Đ147, in its order.
_ASPECTS = ("Hiệu lực", "Căn cứ ban hành", "Thẩm quyền", "Nội dung")
_TO_FILL_IN = ("", "", "", "", "")  # the screen reads contents only; the rest is for a person


def build(data: ReviewSheet) -> bytes:
    """Return the sheet as a .docx file; raises RS-704 for an act without problems (Đ151.2)."""
    words = of("phieu")
    title = f"Phiếu rà soát {data.act.number}"
    if not data.items:
        waiting = data.act.undecided
        todo = words.say("con_goi_y", so=waiting) if waiting else words.say("khong_lap")
        raise ERRORS.error("RS-704", title=title, todo=todo)
    act = data.act
    named = f"{act.type} số {act.number}"
    dated = f" ngày {short_date(act.issued)}" if act.issued else ""
    writer = Writer(words.say("loai"), f"{named}\n{act.title}", data.head)
    for label, value in (
        ("van_ban", f"{named}{dated} của {act.issuer}" if act.issuer else f"{named}{dated}"),
        ("don_vi", data.unit),
        ("nguoi", data.reviewer),
        ("thoi_diem", short_date(data.reviewed_on)),
        ("moc", short_date(data.campaign.as_of)),
    ):
        writer.text(f"{words.say(label)}: {value or '.' * 20}.")
    writer.table(
        (
            Column("STT", 12, "center"),
            Column("Nội dung rà soát", 44),
            Column("Căn cứ rà soát", 36),
            Column("Ý kiến đánh giá của người rà soát", 32),
            Column("Ý kiến đề xuất", 46),
        ),
        _lines(data),
    )
    provisions = len({item.path for item in data.items if item.finding_id})
    findings = sum(item.finding_id is not None for item in data.items)
    writer.text(words.say("ket_luan", provisions=count(provisions), findings=count(findings)))
    writer.sign(words.say("thu_truong"), words.say("ky"))
    writer.gap()
    writer.small(words.say("ghi_chu"))
    writer.small(stamp_sentence(words, data.campaign, data.stamp))
    return writer.finish(data.campaign, data.stamp)


def _lines(data: ReviewSheet) -> Iterator[Line]:
    place = 0
    for aspect in _ASPECTS:
        items = [item for item in data.items if item.aspect == aspect]
        yield Group(aspect)
        if not items:
            yield _in_force(data) if aspect == _ASPECTS[0] else _TO_FILL_IN
        for item in items:
            place += 1
            yield _cells(place, item)


def _in_force(data: ReviewSheet) -> Line:
    """What the workbench knows of the act's validity; the assessment stays the reviewer's."""
    if not data.act.validity:
        return _TO_FILL_IN
    asked = f"Tình trạng hiệu lực tại ngày {short_date(data.campaign.as_of)}"
    return "", asked, "", data.act.validity, ""


def _cells(place: int, item: SheetItem) -> tuple[str, ...]:
    quote = f"{item.label}: {shorten(item.quote)}" if item.quote else item.label
    return (
        str(place),
        quote,
        "\n\n".join(basis(entry) for entry in item.bases),
        item.assessment,
        item.proposal,
    )
