"""Passages that both reports share: dates, figures, tables of results, proposals, addendum."""

from __future__ import annotations

from collections.abc import Sequence

from exports import collation, sampled, tally, terms
from exports.formats import count, number, short_date
from exports.word.tables import Column, Line, Total
from exports.word.wording import Wording, of
from exports.word.writer import Writer
from review.reports.records import ReportData

READY = 2  # readiness from which data can stand for the paper
_SEVERITIES = (4, 3, 2, 1, 0)
_LEADING = 10  # findings spelt out under one heading; the annexes have them all


def to_fill_in(writer: Writer, words: Wording, what: str) -> None:
    """Write, in italics and brackets, what only the drafting unit can write."""
    writer.text(words.say("bo_sung", noi_dung=what, don_vi="đơn vị soạn thảo"), italic=True)


def leading(writer: Writer, words: Wording, told: Sequence[tuple[int, str]]) -> None:
    """Write the first of ``told`` (finding, sentence); of the others the numbers, to look up."""
    if not told:
        writer.text(words.say("khong_co"))
        return
    sentences = [sentence for _, sentence in told[:_LEADING]]
    if rest := told[_LEADING:]:
        numbers = ", ".join(str(finding) for finding, _ in rest)
        sentences.append(words.say("con_nua", con=count(len(rest)), ma=numbers))
    writer.items(sentences)


def dates(writer: Writer, data: ReportData) -> None:
    """Write the documents, the as-of date, the deadline and the cut-off of the campaign."""
    campaign, common = data.campaign, of("bao_cao_bo")
    if campaign.documents:
        writer.text(common.say("theo_van_ban", van_ban="; ".join(campaign.documents)))
    deadline = common.say("han", ngay=short_date(campaign.deadline)) if campaign.deadline else ""
    cut_off = common.say("chot", ngay=short_date(campaign.cut_off)) if campaign.cut_off else ""
    writer.text(common.say("moc", moc=short_date(campaign.as_of), han=deadline, chot=cut_off))


def scope(writer: Writer, data: ReportData) -> None:
    """Write the counts of acts, provisions and findings, and what is still undecided."""
    figures, common = data.figures, of("bao_cao_bo")
    clear = common.say("khong_vuong_mac", clear=count(figures.clear)) if figures.clear else ""
    writer.text(
        common.say(
            "pham_vi",
            acts=count(figures.acts),
            reviewed=count(figures.reviewed),
            clear=clear,
            with_findings=count(figures.with_findings),
            provisions=count(figures.provisions),
            findings=count(figures.findings),
        )
    )
    rest = []
    if figures.set_aside:
        rest.append(common.say("da_loai", set_aside=count(figures.set_aside)))
    if figures.undecided:
        rest.append(common.say("con_lai", undecided=count(figures.undecided)))
    if rest:
        writer.text(" ".join(rest))


def type_table(writer: Writer, title: str, data: ReportData) -> None:
    """Write the table of acts, provisions and findings by type of act."""
    rows = tally.by_type(data)
    columns = (
        Column("Loại văn bản", 44),
        Column("Văn bản", 22, "center"),
        Column("Đã rà soát", 22, "center"),
        Column("Văn bản có vướng mắc", 26, "center"),
        Column("Quy định", 22, "center"),
        Column("Phát hiện", 22, "center"),
    )
    counts = [
        (row.acts, row.reviewed, row.with_findings, row.provisions, row.findings) for row in rows
    ]
    lines: list[Line] = [
        (row.type, *map(number, values)) for row, values in zip(rows, counts, strict=True)
    ]
    totals = [sum(column) for column in zip(*counts, strict=True)] or [0] * 5
    writer.table(columns, [*lines, Total(("Tổng cộng", *map(number, totals)))], title)


def group_table(writer: Writer, words: Wording, data: ReportData) -> None:
    """Write the table of findings by category group and severity."""
    rows = tally.by_group(data)
    if not rows:
        writer.text(words.say("khong_co"))
        return
    names = terms.load()
    shown = [level for level in _SEVERITIES if any(row.by_severity[level] for row in rows)]
    columns = (
        Column("Nhóm", 16, "center"),
        Column("Nội dung", 66),
        *(Column(f"M{level}", 14, "center") for level in shown),
        Column("Phát hiện", 22, "center"),
        Column("Quy định", 22, "center"),
    )
    lines: list[Line] = [
        (
            row.group,
            names.groups.get(row.group, ""),
            *(number(row.by_severity[level]) for level in shown),
            number(row.findings),
            number(row.provisions),
        )
        for row in rows
    ]
    totals = [number(sum(row.by_severity[level] for row in rows)) for level in shown]
    totals += [number(data.figures.findings), number(data.figures.provisions)]
    writer.table(columns, [*lines, Total(("", "Tổng cộng", *totals))], words.say("bang_nhom"))
    legend = "; ".join(names.severity(level) for level in shown)
    writer.text(words.say("chu_bang_nhom", muc=legend), italic=True)


def sample(writer: Writer, words: Wording, data: ReportData) -> None:
    """Write what a random sample of one ministry's unflagged provisions says was missed."""
    found = sampled.read_lines(data)
    if not found:
        writer.text(words.say("chua_doc_kiem"))
        return
    for line, estimate in found:
        low, likely, high = map(count, estimate.missed)
        sentences = [
            words.say(
                "doc_kiem",
                read=count(estimate.read),
                rounds=count(line.rounds),
                ngay=short_date(line.last_on),
                population=count(estimate.population),
                hits=count(estimate.hits),
                share=sampled.share(estimate.share),
                muc=sampled.confidence(),
                khoang=sampled.interval(estimate),
            ),
            words.say("con_sot", likely=likely, low=low, high=high),
        ]
        if estimate.recall:
            worst, middle, _ = map(sampled.share, estimate.recall)
            sentences.append(words.say("tim_thay", likely=middle, low=worst))
        writer.text(" ".join(sentences))


def sample_table(writer: Writer, words: Wording, data: ReportData) -> None:
    """Write the same of all ministries as a table, and name those that read no sample."""
    found = sampled.read_lines(data)
    if not found:
        writer.text(words.say("chua_doc_kiem"))
        return
    columns = (
        Column("Bộ, cơ quan", 46),
        Column("Không có gợi ý", 22, "center"),
        Column("Đã đọc", 18, "center"),
        Column("Thấy vướng mắc", 22, "center"),
        Column(f"Tỷ lệ (khoảng {sampled.confidence()})", 40, "center"),
        Column("Còn sót (ước tính, khoảng)", 36, "center"),
    )
    lines: list[Line] = []
    for line, estimate in sorted(found, key=lambda one: collation.key(one[0].agency)):
        low, likely, high = map(number, estimate.missed)
        lines.append(
            (
                line.agency,
                number(estimate.population),
                number(estimate.read),
                number(estimate.hits),
                f"{sampled.share(estimate.share)} ({sampled.interval(estimate)})",
                f"{likely} ({low} – {high})",
            )
        )
    writer.table(columns, lines, words.say("bang_doc_kiem"))
    notes = [
        words.say("cach_doc_kiem", muc=sampled.confidence(), high=count(sampled.at_most(data)))
    ]
    if names := sampled.unread_names(data):
        notes.append(words.say("bo_chua_doc_kiem", ten="; ".join(sorted(names, key=collation.key))))
    writer.text(" ".join(notes), italic=True)


def proposals(writer: Writer, words: Wording, data: ReportData) -> None:
    """Write the proposals by handling form, by amending instrument and by deadline."""
    common = of("bao_cao_bo")
    for title, sentence, rows in (
        ("muc_hinh_thuc", "hinh_thuc", tally.by_handling(data)),
        ("muc_van_ban", "van_ban", tally.by_instrument(data)),
    ):
        writer.clause(words.say(title))
        rows = [row for row in rows if row[0] != terms.load().no_proposal]
        if not rows:
            writer.text(words.say("khong_co"))
        writer.items(
            common.say(sentence, ten=name, acts=count(acts), findings=count(found))
            for name, acts, found in rows
        )
    writer.clause(words.say("muc_lo_trinh"))
    schedule = tally.by_deadline(data)
    if not schedule:
        writer.text(words.say("khong_co"))
    writer.items(
        common.say("lo_trinh", ngay=short_date(day), findings=count(found))
        if day
        else common.say("chua_han", findings=count(found))
        for day, found in schedule
    )

    missing = data.figures.findings - data.figures.proposed
    if missing:
        writer.text(common.say("chua_de_xuat", thieu=count(missing)))


def addendum(writer: Writer, words: Wording, data: ReportData, title: str) -> None:
    """Write what came after the cut-off; nothing where nothing came."""
    if not data.figures.after_cut_off:
        return
    writer.part(words.say(title))
    later = {line.finding_id for line in data.findings if line.after_cut_off}
    writer.text(
        of("bao_cao_bo").say(
            "bo_sung_sau",
            chot=short_date(data.campaign.cut_off),
            later=count(data.figures.after_cut_off),
        ),
        keep_next=True,
    )
    writer.items(line.text for line in data.digest if line.finding_id in later)
