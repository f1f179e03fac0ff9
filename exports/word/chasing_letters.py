"""Công văn đôn đốc sửa văn bản: to each ministry the acts it must amend, and how far each is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from corpus.text import unaccent
from exports.errors import ERRORS
from exports.formats import VIET_NAM, count, number, short_date
from exports.word.tables import Column, Line
from exports.word.wording import Wording, of
from exports.word.writer import Writer, campaign_name
from review.programme.risk import LEVELS
from review.records.chase import Chased, ChasingLetters
from review.records.programme import InstrumentRow

_COLUMNS = (
    Column("STT", 14, "center"),
    Column("Văn bản phải sửa", 45),
    Column("Dự án sửa đổi", 40),
    Column("Bước đang làm", 32),
    Column("Hạn có hiệu lực", 29, "center"),
    Column("Còn (ngày)", 17, "center"),
    Column("Rủi ro", 20),
)


def build(data: ChasingLetters) -> bytes:
    """Return one .docx with a letter for each ministry; raises RS-704 where nobody is chased."""
    words, letters = of("don_doc_sua"), _letters(data)
    writer: Writer | None = None
    for letter in letters:
        head = replace(data.head, addressee=(letter.agency,))
        if writer is None:
            writer = Writer(words.say("loai"), words.say("trich_yeu"), head, letter=True)
        else:
            writer.next_paper(words.say("trich_yeu"), head)
        _letter(writer, words, data, letter)
    assert writer is not None
    return writer.finish(data.campaign, data.stamp)


def build_files(data: ChasingLetters) -> bytes:
    """Return a .zip with a .docx for each ministry; raises RS-704 where nobody is chased."""
    stream = io.BytesIO()
    made = data.stamp.made_at.astimezone(VIET_NAM)
    moment = (made.year, made.month, made.day, made.hour, made.minute, made.second)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for letter in _letters(data):
            code = "".join(c if c.isalnum() else "-" for c in unaccent(letter.agency_code))
            entry = zipfile.ZipInfo(f"don-doc-sua-van-ban_{code}.docx", moment)
            package.writestr(entry, build(replace(data, letters=(letter,))))
    return stream.getvalue()


def _letters(data: ChasingLetters) -> tuple[Chased, ...]:
    if not data.letters:
        words = of("don_doc_sua")
        title = f"{words.say('loai')} {words.say('trich_yeu')}"
        raise ERRORS.error("RS-704", title=title, todo=words.say("khong_con"))
    return data.letters


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
