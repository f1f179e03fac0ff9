"""Bản so sánh: current words, proposed words, reason, side by side (DOMAIN 4.4).

``build`` strikes and underlines in black; ``build_tracked`` puts real tracked changes of Word
(w:ins, w:del) into the middle column, for drafters who go on there.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.xmlchemy import BaseOxmlElement

from exports import ordering, reconcile
from exports.errors import ERRORS
from exports.formats import count
from exports.word import redline
from exports.word.annexes import basis
from exports.word.document import CELL
from exports.word.oxml import Run, paragraph
from exports.word.tables import Column, Group, Line
from exports.word.wording import of
from exports.word.writer import Writer, campaign_name, stamp_sentence
from review.reports.records import FindingLine, ReportData

_REPEALS = {"BB", "BBT"}


def build(data: ReportData) -> bytes:
    """Return the comparison as .docx; raises RS-701, and RS-704 where nothing is proposed."""
    return _build(data, None)


def build_tracked(data: ReportData) -> bytes:
    """Return it with tracked changes, by the person of the stamp."""
    return _build(data, redline.Reviewer.of(data.stamp.author, data.stamp.made_at))


def _build(data: ReportData, reviewer: redline.Reviewer | None) -> bytes:
    reconcile.require(data)
    words = of("bang_so_sanh")
    lines = [line for line in ordering.findings(data) if line.proposal is not None]
    if not lines:
        raise ERRORS.error("RS-704", title=words.say("loai"), todo=words.say("chua_co"))
    writer = Writer(
        words.say("loai"), words.say("trich_yeu", de_tai=words.say("de_tai")), data.head
    )
    acts = len({line.act_id for line in lines})
    writer.text(
        words.say(
            "mo_dau", dot=campaign_name(data.campaign), acts=count(acts), lines=count(len(lines))
        )
    )
    writer.text(words.say("cach_doc_theo_doi" if reviewer else "cach_doc"))
    writer.text(words.say("ket"))
    writer.close()
    writer.annex(
        words.say("bang"),
        of("phu_luc").say(
            "kem_theo_moi",
            loai=words.say("loai"),
            symbol=data.head.symbol,
            nam=data.head.year or "",
        ),
        landscape=True,
    )
    writer.table(
        (
            Column("Quy định hiện hành", 84),
            Column("Dự thảo sửa đổi", 84),
            Column("Lý do, căn cứ", 79),
        ),
        _rows(data, lines, writer, reviewer),
    )
    writer.small(stamp_sentence(words, data.campaign, data.stamp))
    return writer.finish(data.campaign, data.stamp)


def _rows(
    data: ReportData,
    lines: list[FindingLine],
    writer: Writer,
    reviewer: redline.Reviewer | None,
) -> Iterator[Line]:
    titles = {act.act_id: f"{act.type} số {act.number}: {act.title}" for act in data.acts}
    size = writer.layout.sizes["bang"].chosen
    previous = 0
    for line in lines:
        if line.act_id != previous:
            previous = line.act_id
            yield Group(titles[line.act_id])
        old, new = line.text, new_words(line)
        label = paragraph(Run(line.label, bold=True, size=size), CELL)
        if reviewer is None:
            left = redline.struck(old, new, CELL, size)
            right = redline.inserted(old, new, CELL, size) if new else [_repealed(size)]
        else:
            left = [paragraph(Run(old, size=size), CELL)]
            right = redline.tracked(old, new, CELL, size, reviewer)
        yield [label, *left], right, _reason(line)


def new_words(line: FindingLine) -> str:
    """Return the provision as it will read; "" where it is repealed."""
    proposal = line.proposal
    if proposal is None:
        return line.text
    words = proposal.new_text.strip()
    if proposal.handling in _REPEALS and (not words or words.lower().startswith("bãi bỏ")):
        return ""
    if proposal.handling in {"GN", "BPK"} and not words:
        return line.text
    return words or line.text


def _repealed(size: float) -> BaseOxmlElement:
    return paragraph(Run("(Bãi bỏ)", italic=True, size=size), CELL)


def _reason(line: FindingLine) -> str:
    proposal = line.proposal
    parts = [proposal.handling_name, proposal.reason] if proposal else []
    parts += [basis(entry) for entry in line.bases]
    return "\n\n".join(part for part in parts if part)
