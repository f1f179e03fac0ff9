"""The annexes of the reports: BM-01, BM-03, BM-04, BM-05, digest, legal bases (DOMAIN 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from exports import ordering, terms
from exports.formats import long_date, number, roman, short_date
from exports.word.tables import Column, Group, Line, Total
from exports.word.wording import of
from exports.word.writer import Writer, stamp_sentence
from review.proposals.proposal import HANDLINGS
from review.reports.records import (
    ActLine,
    BasisLine,
    BoardLine,
    DigestLine,
    FindingLine,
    ReportData,
    SummaryLine,
)

_QUOTE_LIMIT = 700  # characters of a provision in a printed cell; the whole text is in Excel
_PROPOSED = 160  # of a proposal beside the opinions on it, which stands whole in another annex


def start(writer: Writer, data: ReportData, key: str, *, landscape: bool) -> None:
    """Start the annex named ``key`` in wording.yaml; number and date are left to be filled in."""
    words = of("phu_luc")
    reference = words.say(
        "kem_theo",
        loai=writer.kind,
        symbol=data.head.symbol,
        ngay=long_date(data.head.dated, data.head.year),
        co_quan=data.head.agency,
    )
    writer.annex(words.say(key), reference, landscape=landscape)


def acts(writer: Writer, data: ReportData) -> None:
    """Write BM-01: every act of the review, with its result."""
    start(writer, data, "bm01", landscape=True)
    hit = {finding.act_id for finding in data.findings}
    columns = (
        Column("STT", 11, "center"),
        Column("Loại văn bản", 20),
        Column("Số, ký hiệu", 30),
        Column("Ngày ban hành", 20, "center"),
        Column("Cơ quan ban hành", 30),
        Column("Tên, trích yếu", 62),
        Column("Ngày có hiệu lực", 20, "center"),
        Column("Kết quả rà soát", 26),
        Column("Người rà soát, ngày", 30),
    )
    writer.table(columns, _grouped_acts(data, hit))


def _grouped_acts(data: ReportData, hit: set[int]) -> Iterator[Line]:
    by_agency = len(data.agencies) > 1
    place = 0
    previous = ""
    group = 0
    for act in ordering.acts(data):
        if by_agency and act.agency_code != previous:
            group, place, previous = group + 1, 0, act.agency_code
            yield Group(f"{roman(group)}. {data.agencies[act.agency_code].upper()}")
        place += 1
        yield (
            str(place),
            act.type,
            act.number,
            short_date(act.issued),
            act.issuer,
            act.title,
            short_date(act.effective),
            result(act, act.act_id in hit),
            ", ".join(part for part in (act.reviewer, short_date(act.reviewed_on)) if part),
        )


def result(act: ActLine, has_findings: bool) -> str:
    """Return what the review of an act came to."""
    if has_findings:
        return "Có vướng mắc" if act.reviewed else "Có vướng mắc (đang rà soát)"
    return "Không có vướng mắc" if act.reviewed else "Đang rà soát"


def findings(writer: Writer, data: ReportData) -> None:
    """Write BM-03: findings by act, each with its basis, source and proposal."""
    start(writer, data, "bm03", landscape=True)
    columns = (
        Column("STT", 12, "center"),
        Column("Mã", 12, "center"),
        Column("Điều, khoản, điểm, mẫu biểu", 20),
        Column("Nội dung quy định (trích)", 40),
        Column("Vướng mắc, bất cập", 28),
        Column("Căn cứ rà soát", 38),
        Column("Nguồn điện tử", 24),
        Column("Đề xuất xử lý", 18),
        Column("Nội dung sửa đổi cụ thể", 50),
        Column("Văn bản xử lý", 15),
        Column("Chủ trì; phối hợp", 20),
        Column("Thời hạn", 28, "center"),
    )
    writer.table(columns, _grouped_findings(data))


def _grouped_findings(data: ReportData) -> Iterator[Line]:
    titles = {act.act_id: f"{act.type} số {act.number}: {act.title}" for act in data.acts}
    names = {source.id: source.name for source in data.sources}
    previous = 0
    group = place = 0
    for line in ordering.findings(data):
        if line.act_id != previous:
            group, place, previous = group + 1, 0, line.act_id
            yield Group(f"{roman(group)}. {titles[line.act_id]}")
        place += 1
        yield _finding_cells(place, line, names)


def _finding_cells(
    place: int, line: FindingLine, source_names: Mapping[str, str]
) -> tuple[str, ...]:
    names = terms.load()
    proposal = line.proposal
    problem = f"{line.problem or line.category_name} (gợi ý {names.severity(line.severity)})"
    label = line.label + ("\n(phát sinh sau thời điểm chốt)" if line.after_cut_off else "")
    return (
        str(place),
        str(line.finding_id),
        label,
        shorten(line.text),
        problem,
        "\n\n".join(basis(entry) for entry in line.bases),
        "\n\n".join(source_names.get(code, code) for code in line.sources),
        proposal.handling_name if proposal else names.no_proposal,
        proposal.new_text if proposal else "",
        proposal.instrument if proposal else "",
        "; ".join([proposal.lead, *proposal.coordinating]).strip("; ") if proposal else "",
        short_date(proposal.deadline) if proposal else "",
    )


def cited(act: ActLine) -> str:
    """Return "Thông tư số 901/2021/TT-BYT", as an act is named once it is known."""
    return f"{act.type} số {act.number}" if act.number else act.title


def basis(entry: BasisLine) -> str:
    """Return a basis with its evidence mark, which is never left out."""
    return f"{entry.citation} [{entry.mark}]"


def excerpt(text: str, limit: int) -> str:
    """Return ``text`` cut at a word after ``limit`` characters, marked «[…]» where it is."""
    return text if len(text) <= limit else f"{text[:limit].rsplit(' ', 1)[0]} […]"


def shorten(text: str, limit: int = _QUOTE_LIMIT) -> str:
    """Return ``text`` as it fits a printed cell; says so where it is cut."""
    cut = excerpt(text, limit)
    return cut if cut == text else f"{cut} (toàn văn trong tệp Excel)"


def opinions(writer: Writer, data: ReportData) -> None:
    """Write BM-04: what each member said, for findings whose opinions are open."""
    start(writer, data, "bm04", landscape=True)
    lines = {line.finding_id: line for line in data.findings}
    acts_by_id = {act.act_id: act for act in data.acts}
    columns = (
        Column("STT", 11, "center"),
        Column("Mã", 10, "center"),
        Column("Văn bản; điều, khoản, điểm", 34),
        Column("Đề xuất của bộ", 42),
        Column("Ý kiến thành viên (BTP, BCA, VPCP)", 80),
        Column("Ý kiến độc lập của Tổ công tác", 32),
        Column("Tiếp thu, giải trình của bộ", 28),
        Column("Kết luận", 36),
    )
    opened = [board for board in data.boards if board.opened]
    rows = (
        _opinion_cells(place, board, lines[board.finding_id], acts_by_id)
        for place, board in enumerate(opened, 1)
    )
    writer.small(of("phu_luc").say("luoc"))
    writer.table(columns, rows, dense=True)


def _opinion_cells(
    place: int, board: BoardLine, line: FindingLine, acts_by_id: Mapping[int, ActLine]
) -> tuple[str, ...]:
    proposal = line.proposal
    return (
        str(place),
        str(line.finding_id),
        f"{line.label} {cited(acts_by_id[line.act_id])}",
        excerpt(": ".join(p for p in (proposal.handling_name, proposal.new_text) if p), _PROPOSED)
        if proposal
        else "",
        members_said(board),
        shorten(board.task_force),
        shorten(board.explanation),
        board.conclusion or ("Ba ý kiến thống nhất" if board.unanimous else "Chưa có kết luận"),
    )


def members_said(board: BoardLine) -> str:
    """Return all opinions below each other; members who said the same stand together."""
    said: dict[str, list[str]] = {}
    for opinion in board.opinions:
        said.setdefault(opinion_text(board, opinion.member), []).append(opinion.member)
    return "\n\n".join(f"{', '.join(names)}: {shorten(text)}" for text, names in said.items())


def opinion_text(board: BoardLine, member: str) -> str:
    """Return one member's opinion: agreed, not agreed, why, other wording (NĐ 34/2016 Đ153.2)."""
    for opinion in board.opinions:
        if opinion.member == member:
            parts = (
                opinion.verdict_name,
                opinion.agreed and f"nhất trí: {opinion.agreed}",
                opinion.disagreed and f"không nhất trí: {opinion.disagreed}",
                opinion.reason and f"lý do: {opinion.reason}",
                opinion.wording and f"phương án: {opinion.wording}",
            )
            return "; ".join(part.rstrip(" .;") for part in parts if part)
    return ""


def summary(writer: Writer, data: ReportData) -> None:
    """Write BM-05: a row for each ministry, and the totals."""
    start(writer, data, "bm05", landscape=True)
    writer.table(*summary_table(data.summary, wide=True))


def summary_table(
    rows: tuple[SummaryLine, ...], *, wide: bool
) -> tuple[tuple[Column, ...], list[Line]]:
    """Return columns and lines of BM-05; ``wide`` adds groups, handling and opinions."""
    names = terms.load()
    counts = [("Văn bản", lambda r: r.acts), ("Đã rà soát", lambda r: r.reviewed)]
    counts += [("Văn bản có vướng mắc", lambda r: r.with_findings)]
    counts += [("Quy định", lambda r: r.provisions), ("Phát hiện", lambda r: r.findings)]
    if wide:
        counts += [
            (f"Nhóm {group}", lambda r, g=group: r.by_group.get(g, 0)) for group in names.groups
        ]
        counts += [
            (code, lambda r, c=code: r.by_handling.get(c, 0))
            for code in HANDLINGS
            if any(row.by_handling.get(code) for row in rows)
        ]
        counts += [("Thống nhất", lambda r: r.agreed), ("Chưa thống nhất", lambda r: r.not_agreed)]
    columns = (
        Column("STT", 15, "center"),
        Column("Bộ, cơ quan", 46),
        *(Column(title, 17 if len(title) < 10 else 20, "center") for title, _ in counts),
    )
    lines: list[Line] = [
        (str(place), row.agency, *(number(value(row)) for _, value in counts))
        for place, row in enumerate(rows, 1)
    ]
    totals = (number(sum(value(row) for row in rows)) for _, value in counts)
    return columns, [*lines, Total(("", "Tổng cộng", *totals))]


def digest(writer: Writer, data: ReportData) -> None:
    """Write the digest: one line for one finding, by the number all annexes share."""
    start(writer, data, "tom_tat", landscape=False)
    writer.small(of("phu_luc").say("tom_tat_dan", findings=number(len(data.digest))))
    columns = (Column("STT", 11, "center"), Column("Mã", 14, "center"), Column("Tóm tắt", 136))
    writer.table(columns, _digest_lines(data.digest))


def _digest_lines(lines: Iterable[DigestLine]) -> Iterator[Line]:
    for place, line in enumerate(lines, 1):
        yield str(place), str(line.finding_id), line.text


def sources_and_stamp(writer: Writer, data: ReportData) -> None:
    """Write the legal bases with their evidence marks, abbreviations, and the stamp."""
    start(writer, data, "can_cu", landscape=False)
    words = of("phu_luc")
    writer.small(words.say("can_cu_dan"))
    cited: dict[str, tuple[BasisLine, int]] = {}
    for finding in data.findings:
        for entry in finding.bases:
            cited[entry.id] = (entry, cited.get(entry.id, (entry, 0))[1] + 1)
    columns = (
        Column("STT", 11, "center"),
        Column("Căn cứ", 48),
        Column("Diễn giải (không phải nguyên văn)", 62),
        Column("Mức đối chiếu", 24),
        Column("Số phát hiện", 18, "center"),
    )
    rows = (
        (
            str(place),
            f"{entry.citation}: {entry.title}" if entry.title else entry.citation,
            entry.meaning,
            entry.mark,
            number(times),
        )
        for place, (entry, times) in enumerate(cited.values(), 1)
    )
    writer.table(columns, rows)
    used = {line.proposal.handling for line in data.findings if line.proposal}
    short = "; ".join(f"{code}: {name}" for code, name in HANDLINGS.items() if code in used)
    if short:
        writer.small(f"Viết tắt hình thức xử lý: {short}.")
    groups = "; ".join(f"{code}: {name}" for code, name in terms.load().groups.items())
    writer.small(f"Nhóm quy định: {groups}.")
    writer.small(stamp_sentence(words, data.campaign, data.stamp))
