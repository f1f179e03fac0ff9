"""Tờ trình: the paper by which a draft amending act is put before whoever issues it (DOMAIN 4.2.5).

It speaks of the proposals that are in the draft, and names those that are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from exports import reconcile, terms
from exports.drafting.amending import Body
from exports.drafting.order import Order, drafted, full_name, orders
from exports.errors import ERRORS
from exports.formats import count, short_date
from exports.word import results
from exports.word.amending_act import DraftOrder, subject_of
from exports.word.annexes import cited, shorten, start
from exports.word.tables import Column, Group, Line
from exports.word.wording import Wording, of
from exports.word.writer import Writer, campaign_name, stamp_sentence
from review.reports.records import BasisLine, FindingLine, ReportData, ReportHead

_OTHER_ARTICLES = 2  # transition; effect and responsibility
_UNIT = ("PC", "Vụ trưởng")  # symbol and head of the unit that submits to its own minister


def build(wanted: DraftOrder) -> bytes:
    """Return the tờ trình as .docx.

    Raises RS-701 (totals) and RS-704 (no proposal of that instrument).
    """
    data = wanted.data
    reconcile.require(data)
    words = of("to_trinh")
    order = orders(data).get(wanted.key)
    body = drafted(data, order) if order else None
    if order is None or body is None or not body.articles:
        todo = of("du_thao").say("khong_co", loai=wanted.key.lower())
        raise ERRORS.error("RS-704", title=f"Tờ trình dự thảo {wanted.key}", todo=todo)
    head = _head(data.head, order)
    name = subject_of(data, body)
    named = {
        "loai": order.instrument.type,
        "ten": f"{name[:1].lower()}{name[1:]}",
        "co_quan": head.agency,
        "noi_trinh": order.instrument.submitted_to,
    }
    writer = Writer(words.say("loai"), words.say("trich_yeu", **named), head)
    writer.address(head.addressee)
    opening = {"dot": campaign_name(data.campaign), "to_cong_tac": words.say("to_cong_tac")}
    writer.text(words.say("mo_dau", **opening, **named))
    lines = _inside(data, body)
    _need(writer, words, data, lines)
    _scope(writer, words, data, body)
    _course(writer, words, data, lines)
    writer.part(words.say("phan_iv"))
    articles = len(body.articles)
    writer.text(
        words.say("bo_cuc", dieu=count(articles + _OTHER_ARTICLES), dieu_sua=count(articles))
    )
    _conditions(writer, words, data, lines)
    _open_questions(writer, words, data, body, lines)
    writer.text(words.say("gui_kem", **named))
    writer.text(words.say("ket", **named))
    writer.close()
    _contents(writer, replace(data, head=head), lines)
    writer.small(words.say("ghi_chu"))
    writer.small(stamp_sentence(words, data.campaign, data.stamp))
    return writer.finish(data.campaign, data.stamp)


def _head(head: ReportHead, order: Order) -> ReportHead:
    """The ministry submits to the Government; its legal department to its own minister."""
    instrument = order.instrument
    made = replace(head, addressee=(instrument.submitted_to,))
    if not instrument.submitted_by:
        return made
    symbol, title = _UNIT
    return replace(
        made,
        parent=head.agency,
        agency=instrument.submitted_by,
        symbol=f"TTr-{symbol}",
        signer_form="",
        signer_title=title,
    )


def _inside(data: ReportData, body: Body) -> list[FindingLine]:
    """Return the findings that the draft takes up, in its order."""
    by_id = {line.finding_id: line for line in data.findings}
    numbers = (
        number
        for article in body.articles
        for clause in article.clauses
        for number in clause.finding_ids
    )
    return [by_id[number] for number in dict.fromkeys(numbers)]


def _need(writer: Writer, words: Wording, data: ReportData, lines: list[FindingLine]) -> None:
    writer.part(words.say("phan_i"))
    names = terms.load().groups
    groups = Counter(line.group for line in lines)
    told = "; ".join(
        words.say("nhom", ten=names.get(group, group), findings=count(groups[group]))
        for group in sorted(groups)
    )
    writer.text(
        words.say(
            "can_thiet",
            provisions=count(len({line.provision for line in lines})),
            acts=count(len({line.act_id for line in lines})),
            findings=count(len(lines)),
            nhom=told,
        )
    )
    bases: dict[str, BasisLine] = {entry.id: entry for line in lines for entry in line.bases}
    if bases:
        writer.text(words.say("can_cu"), keep_next=True)
        writer.items(
            words.say(
                "can_cu_dong",
                can_cu=entry.citation,
                ten=f" ({entry.title})" if entry.title else "",
                muc=entry.mark,
            )
            for entry in bases.values()
        )
    results.to_fill_in(writer, words, words.say("chi_dao"))


def _scope(writer: Writer, words: Wording, data: ReportData, body: Body) -> None:
    writer.part(words.say("phan_ii"))
    acts = {act.number: act for act in data.acts}
    writer.text(words.say("pham_vi", acts=count(len(body.articles))), keep_next=True)
    writer.items(
        words.say(
            "van_ban",
            ten=full_name(acts[article.target.number]),
            findings=count(len({path for clause in article.clauses for path in clause.paths}) or 1),
        )
        for article in body.articles
    )
    results.to_fill_in(writer, words, words.say("doi_tuong"))


def _course(writer: Writer, words: Wording, data: ReportData, lines: list[FindingLine]) -> None:
    writer.part(words.say("phan_iii"))
    numbers = {line.finding_id for line in lines}
    opened = [board for board in data.boards if board.opened and board.finding_id in numbers]
    writer.text(
        words.say(
            "qua_trinh",
            moc=short_date(data.campaign.as_of),
            trinh=count(sum(bool(line.proposal and line.proposal.submitted) for line in lines)),
            mo=count(len(opened)),
            dong_y=count(sum(board.unanimous for board in opened)),
        )
    )
    results.to_fill_in(writer, words, words.say("lay_y_kien"))


def _contents(writer: Writer, data: ReportData, lines: list[FindingLine]) -> None:
    start(writer, data, "to_trinh", landscape=True)
    columns = (
        Column("STT", 11, "center"),
        Column("Quy định", 40),
        Column("Quy định hiện hành", 70),
        Column("Nội dung sửa đổi", 70),
        Column("Lý do", 56),
    )
    writer.table(columns, _rows(data, lines))


def _rows(data: ReportData, lines: list[FindingLine]) -> Iterator[Line]:
    acts = {act.act_id: act for act in data.acts}
    previous = 0
    for place, line in enumerate(lines, 1):
        if line.act_id != previous:
            previous = line.act_id
            yield Group(f"{cited(acts[previous])}: {acts[previous].title}")
        proposal = line.proposal
        assert proposal is not None
        parts = (proposal.handling_name, shorten(proposal.new_text))
        yield (
            str(place),
            f"{line.label} (mã {line.finding_id})",
            shorten(line.text),
            "\n\n".join(part for part in parts if part),
            proposal.reason or line.problem or line.category_name,
        )


def _conditions(writer: Writer, words: Wording, data: ReportData, lines: list[FindingLine]) -> None:
    writer.part(words.say("phan_v"))
    used = {code for line in lines for code in line.sources}
    named = [source.name for source in data.sources if source.id in used]
    if named:
        writer.text(words.say("san_sang", nguon="; ".join(named)))
    else:
        writer.text(words.say("khong_nguon"))
    waiting = sum(line.readiness < results.READY for line in lines if line.sources)
    if waiting:
        writer.text(words.say("chua_san_sang", thieu=count(waiting)))
    results.to_fill_in(writer, words, words.say("nguon_luc"))


def _open_questions(
    writer: Writer, words: Wording, data: ReportData, body: Body, lines: list[FindingLine]
) -> None:
    writer.part(words.say("phan_vi"))
    by_id = {line.finding_id: line for line in lines}
    acts = {act.act_id: act for act in data.acts}
    told = [
        words.say(
            "khac",
            quy_dinh=f"{by_id[board.finding_id].label} "
            f"{cited(acts[by_id[board.finding_id].act_id])}",
            y_kien=", ".join(f"{o.member} {o.verdict_name.lower()}" for o in board.opinions),
        )
        for board in data.boards
        if board.opened and not board.unanimous and board.finding_id in by_id
    ]
    told += [
        words.say("ngoai", quy_dinh=f"{left.change.label}, {left.change.act}", ly_do=left.reason)
        for left in body.left_out
    ]
    if told:
        writer.items(told)
    else:
        writer.text(words.say("khong_co"))
