"""Công văn đôn đốc sửa văn bản: to each ministry the acts it must amend, and how far each is."""

from __future__ import annotations

from collections.abc import Iterator

from exports.formats import count, number, short_date
from exports.word.mail_merge import MailMerge
from exports.word.tables import Column, Line
from exports.word.wording import Wording
from exports.word.writer import Writer, campaign_name
from review.programme.risk import LEVELS
from review.records.chase import Chased, ChasingLetters
from review.records.programme import InstrumentRow

_COLUMNS = (
    Column("STT", 13, "center"),
    Column("Văn bản phải sửa", 56),
    Column("Dự án sửa đổi", 40),
    Column("Bước đang làm", 30),
    Column("Hạn có hiệu lực", 34, "center"),
    Column("Còn (ngày)", 17, "center"),
    Column("Rủi ro", 18),
)


def build(data: ChasingLetters) -> bytes:
    """Return one .docx with a letter for each ministry; raises RS-704 where nobody is chased."""
    return _MERGE.one_file(data)


def build_files(data: ChasingLetters) -> bytes:
    """Return a .zip with a .docx for each ministry; raises RS-704 where nobody is chased."""
    return _MERGE.files(data)


def _letter(writer: Writer, words: Wording, data: ChasingLetters, letter: Chased) -> None:
    name = letter.agency
    writer.address((name,))
    writer.text(
        words.say(
            "mo_dau",
            dot=campaign_name(data.campaign),
            to_cong_tac=words.say("to_cong_tac"),
            co_quan=name,
            so=count(len(letter.acts)),
            han=short_date(min(row.input.due for row in letter.acts)),
        )
    )
    said = [words.say("hom_nay", ngay=short_date(data.today))]
    if letter.without_project:
        said.append(words.say("chua_du_an", so=count(letter.without_project)))
    if letter.at_risk:
        said.append(words.say("nguy_co", so=count(letter.at_risk)))
    if len(said) > 1:
        writer.text(" ".join(said))
    writer.table(_COLUMNS, _lines(data, letter))
    writer.text(words.say("de_nghi", co_quan=name), keep_next=True)
    writer.items([words.say("viec_1"), words.say("viec_2"), words.say("viec_3")])
    writer.text(words.say("uoc_tinh"), italic=True)
    writer.text(words.say("ket", co_quan=name))
    writer.close()


_MERGE = MailMerge("don_doc_sua", "don-doc-sua-van-ban", _letter)


def _lines(data: ChasingLetters, letter: Chased) -> Iterator[Line]:
    for place, row in enumerate(letter.acts, 1):
        step, planned = letter.steps.get(row.project_id or 0, ("", None))
        at = f"{step} (dự kiến {short_date(planned)})" if planned else step
        yield (
            str(place),
            named(row),
            row.project or "Chưa có dự án",
            at or "–",
            short_date(row.input.due),
            number((row.input.due - data.today).days),
            LEVELS[row.risk.code],
        )


def named(row: InstrumentRow) -> str:
    """Return an act as a table names it: «Thông tư số 950/2020/TT-BXD: title»."""
    entered = row.input
    if not entered.number:
        return entered.title
    head = f"{entered.type} số {entered.number}"
    return f"{head}: {entered.title}" if entered.title else head
