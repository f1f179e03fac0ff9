"""Công văn: reminders to late ministries as a mail merge, and requests for opinions."""

from __future__ import annotations

from collections.abc import Iterator

from exports import ordering, reconcile
from exports.errors import ERRORS
from exports.formats import count, short_date
from exports.word.annexes import basis, shorten, start
from exports.word.mail_merge import MailMerge
from exports.word.tables import Column, Group, Line
from exports.word.wording import Wording, of
from exports.word.writer import Writer, campaign_name, stamp_sentence
from review.reports.letter_records import Reminder, Reminders
from review.reports.records import FindingLine, ReportData

_STANDING_BODY = "Bộ Tư pháp"


def reminders(data: Reminders) -> bytes:
    """Return one .docx with a letter for each late ministry; raises RS-704 where nobody is late."""
    return _REMINDERS.one_file(data)


def reminder_files(data: Reminders) -> bytes:
    """Return a .zip with a .docx for each late ministry; raises RS-704 where nobody is late."""
    return _REMINDERS.files(data)


def _reminder(writer: Writer, words: Wording, data: Reminders, letter: Reminder) -> None:
    name = letter.agency
    writer.address((name,))
    writer.text(
        words.say(
            "mo_dau",
            dot=campaign_name(data.campaign),
            to_cong_tac=words.say("to_cong_tac"),
            co_quan=name,
            de_tai=words.say("de_tai"),
            han=short_date(letter.deadline),
        )
    )
    writer.text(
        words.say(
            "cham",
            hom_nay=short_date(data.today),
            co_quan=name,
            ngay=count(letter.days_late),
        )
    )
    if letter.acts:
        writer.text(
            words.say(
                "so_lieu",
                co_quan=name,
                acts=count(letter.acts),
                reviewed=count(letter.reviewed),
                con=_left(words, letter),
            )
        )
    else:
        writer.text(words.say("khong_van_ban", co_quan=name))
    writer.text(words.say("de_nghi", co_quan=name), keep_next=True)
    year = data.today.year
    writer.items([words.say("viec_1"), words.say("viec_2", nam=year), words.say("viec_3")])
    writer.text(words.say("ket", co_quan=name))
    writer.close()


def _left(words: Wording, letter: Reminder) -> str:
    """Return "; còn 02 gợi ý … và 01 phát hiện …" for what is still to be done, "" for nothing."""
    counts = (("con_goi_y", letter.undecided), ("con_phat_hien", letter.unsubmitted))
    left = [words.say(key, so=count(times)) for key, times in counts if times]
    return words.say("con", viec=" và ".join(left)) if left else ""


_REMINDERS = MailMerge("don_doc", "don-doc", _reminder)


def opinion_request(data: ReportData) -> bytes:
    """Return the letter of a ministry that asks others about its proposals, with their list.

    Raises RS-701 (totals), RS-704 where nothing is proposed.
    """
    reconcile.require(data)
    words = of("lay_y_kien")
    lines = [line for line in ordering.findings(data) if line.proposal is not None]
    if not lines:
        title = f"{words.say('loai')} {words.say('trich_yeu')}"
        raise ERRORS.error("RS-704", title=title, todo=words.say("chua_co"))
    concerned = _concerned(data, lines)
    writer = Writer(words.say("loai"), words.say("trich_yeu"), data.head, letter=True)
    writer.address(tuple(concerned))
    name = data.head.agency
    writer.text(
        words.say(
            "mo_dau",
            dot=campaign_name(data.campaign),
            to_cong_tac=words.say("to_cong_tac"),
            co_quan=name,
            de_tai=words.say("de_tai"),
            lines=count(len(lines)),
            acts=count(len({line.act_id for line in lines})),
        )
    )
    writer.text(words.say("de_nghi", co_quan=name, nam=data.head.year or ""), keep_next=True)
    writer.items([words.say("y_1"), words.say("y_2"), words.say("y_3")])
    writer.text(words.say("lien_quan"), keep_next=True)
    writer.items(
        words.say("moi_noi", ten=agency, lines=count(found)) for agency, found in concerned.items()
    )
    writer.text(words.say("ket", co_quan=name))
    writer.close()
    writer.kind = "Công văn"
    start(writer, data, "lay_y_kien", landscape=True)
    writer.table(
        (
            Column("STT", 11, "center"),
            Column("Quy định", 44),
            Column("Nội dung hiện hành", 58),
            Column("Đề xuất xử lý", 58),
            Column("Lý do, căn cứ", 48),
            Column("Cơ quan liên quan", 28),
        ),
        _request_rows(data, lines),
    )
    writer.small(stamp_sentence(words, data.campaign, data.stamp))
    return writer.finish(data.campaign, data.stamp)


def _concerned(data: ReportData, lines: list[FindingLine]) -> dict[str, int]:
    """Return whom to ask and about how many proposals; the standing body about all of them."""
    found: dict[str, int] = {_STANDING_BODY: len(lines)}
    if data.head.agency == _STANDING_BODY:
        found = {}
    for line in lines:
        for agency in _asked(data, line):
            if agency not in (data.head.agency, _STANDING_BODY):
                found[agency] = found.get(agency, 0) + 1
    return found or {_STANDING_BODY: len(lines)}


def _asked(data: ReportData, line: FindingLine) -> list[str]:
    owners = {source.id: source.owner for source in data.sources}
    named = list(line.proposal.coordinating) if line.proposal else []
    named += [owners[code] for code in line.sources if owners.get(code)]
    return list(dict.fromkeys(named))


def _request_rows(data: ReportData, lines: list[FindingLine]) -> Iterator[Line]:
    titles = {act.act_id: f"{act.type} số {act.number}: {act.title}" for act in data.acts}
    previous = 0
    for place, line in enumerate(lines, 1):
        if line.act_id != previous:
            previous = line.act_id
            yield Group(titles[line.act_id])
        proposal = line.proposal
        wish = [proposal.handling_name, proposal.new_text, proposal.instrument] if proposal else []
        why = [proposal.reason if proposal else "", *(basis(entry) for entry in line.bases)]
        yield (
            str(place),
            f"{line.label} (mã {line.finding_id})",
            shorten(line.text),
            "\n\n".join(part for part in wish if part),
            "\n\n".join(part for part in why if part),
            "; ".join(_asked(data, line)),
        )
