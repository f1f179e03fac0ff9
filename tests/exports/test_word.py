"""Word documents: what stands in the XML, not which bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from corpus.errors import RasoatError
from exports.docx_reading import words
from exports.lint import lint
from exports.word import (
    amending_act,
    chasing_letters,
    comparison,
    consolidated_report,
    letters,
    meeting,
    ministry_report,
    opinion_sheet,
    redline,
    review_sheet,
    submission,
    thematic_report,
)
from exports.word.metrics import width, wrap
from exports.word.tables import Column
from exports.word.writer import Writer
from review.reports.records import BoardLine, OpinionLine, ReportData, SummaryLine
from tests.exports import chasing, reports

BUILDS: dict[str, Callable[[], bytes]] = {
    "bao-cao-bo": lambda: ministry_report.build(reports.ministry()),
    "bao-cao-tong-hop": lambda: consolidated_report.build(reports.overall()),
    "phieu": lambda: review_sheet.build(reports.sheet()),
    "bang-so-sanh": lambda: comparison.build(reports.headed(reports.ministry(), "BSS-BYT")),
    "bang-so-sanh-theo-doi": lambda: comparison.build_tracked(
        reports.headed(reports.ministry(), "BSS-BYT")
    ),
    "du-thao": lambda: amending_act.build(reports.draft_order()),
    "to-trinh": lambda: submission.build(
        replace(reports.draft_order(), data=reports.headed(reports.draft_order().data, "TTr-BYT"))
    ),
    "lay-y-kien": lambda: letters.opinion_request(reports.headed(reports.ministry(), "BYT-PC")),
    "phieu-y-kien": lambda: opinion_sheet.member(reports.opinions()),
    "phieu-tong-hop-y-kien": lambda: opinion_sheet.together(
        reports.headed(reports.overall(), "PYK-TCT")
    ),
    "bien-ban": lambda: meeting.minutes(reports.meeting("BB-TCT")),
    "thong-bao": lambda: meeting.conclusion(reports.meeting("TB-TCT")),
    "don-doc": lambda: letters.reminders(reports.reminders()),
    "don-doc-van-ban": lambda: chasing_letters.build(chasing.letters()),
    "bao-cao-chuyen-de": lambda: thematic_report.build(chasing.thematic()),
}


def opened(content: bytes) -> Paper:
    return Document(io.BytesIO(content))


def lines(document: Paper) -> list[str]:
    return [text for p in document.element.body.iter(qn("w:p")) if (text := words(p).strip())]


@pytest.fixture(scope="module")
def ministry() -> Paper:
    return opened(BUILDS["bao-cao-bo"]())


@pytest.fixture(scope="module")
def overall() -> Paper:
    return opened(BUILDS["bao-cao-tong-hop"]())


@pytest.mark.parametrize("name", BUILDS)
def test_every_font_slot_everywhere_is_times_new_roman(name: str) -> None:
    document = opened(BUILDS[name]())
    for part in (document.element, document.styles.element):
        for fonts in part.iter(qn("w:rFonts")):
            slots = {
                slot: fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")
            }
            assert set(slots.values()) == {"Times New Roman"}


def test_head_leaves_number_and_day_to_the_document_office(ministry: Paper) -> None:
    head = [re.sub(r"\s+", " ", text) for text in lines(ministry)[:8]]
    assert head[:5] == [
        "BỘ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: /BC-BYT",
        "Hà Nội, ngày tháng năm 2026",
    ]
    assert head[5] == "BÁO CÁO"


def test_sections_of_the_ministry_report_stand_in_order(ministry: Paper) -> None:
    parts = [text for text in lines(ministry) if re.match(r"^[IVX]+\. [A-ZĐÀ-Ỹ, ]+$", text)]
    assert parts == [
        "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
        "II. KẾT QUẢ RÀ SOÁT",
        "III. VƯỚNG MẮC, BẤT CẬP CHỦ YẾU",
        "IV. ĐỀ XUẤT, KIẾN NGHỊ XỬ LÝ",
        "V. KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ",
        "VI. BỔ SUNG SAU THỜI ĐIỂM CHỐT SỐ LIỆU",
    ]


def test_acts_provisions_and_findings_are_counted_apart_in_the_text(ministry: Paper) -> None:
    text = "\n".join(lines(ministry))
    assert "có 04 văn bản; đã rà soát xong 03 văn bản" in text
    assert "Có 02 văn bản đã xác nhận có vướng mắc, với 03 quy định và 04 phát hiện" in text
    assert "Còn 03 gợi ý của phần mềm chưa được người rà soát quyết định" in text


def test_a_ministry_says_what_its_random_sample_leaves_to_be_missed(ministry: Paper) -> None:
    text = "\n".join(lines(ministry))
    assert (
        "Đã đọc 120 quy định rút ngẫu nhiên (02 đợt rút mẫu, lần gần nhất ngày 22/11/2026)" in text
    )
    assert "tỷ lệ 0,83% (khoảng tin cậy 95%: 0,02% – 4,56%)" in text
    assert "còn sót ước tính 33, trong khoảng từ 01 đến 182" in text


def test_a_ministry_without_a_sample_says_that_nothing_is_estimated() -> None:
    data = replace(reports.ministry(), sampled=())
    text = "\n".join(lines(opened(ministry_report.build(data))))
    assert "Chưa có kết quả đọc kiểm ngẫu nhiên" in text
    assert "Clopper" not in text


def test_the_task_force_lists_every_sample_and_names_who_read_none(overall: Paper) -> None:
    text = "\n".join(lines(overall))
    table = next(
        t for t in overall.element.body.findall(qn("w:tbl")) if "Thấy vướng mắc" in words(t)
    )
    cells = [words(cell) for cell in table.findall(qn("w:tr"))[1].findall(qn("w:tc"))]
    assert cells == ["Bộ Y tế", "4.000", "120", "1", "0,83% (0,02% – 4,56%)", "33 (1 – 182)"]
    assert "không quá 182. Chưa có kết quả đọc kiểm, không có ước tính: Bộ Khoa học" in text


def test_each_finding_has_exactly_one_digest_line_and_one_row(ministry: Paper) -> None:
    tables = ministry.element.body.findall(qn("w:tbl"))

    def numbers(title: str, column: int) -> list[str]:
        found = next(t for t in tables if words(t.find(qn("w:tr"))).endswith(title))
        rows = [row.findall(qn("w:tc")) for row in found.findall(qn("w:tr"))[1:]]
        return [words(cells[column]) for cells in rows if len(cells) > 1]

    assert numbers("Tóm tắt", 1) == ["11", "12", "13", "14"]
    assert numbers("Thời hạn", 1) == ["11", "12", "13", "14"]


def test_a_basis_never_loses_its_evidence_mark(ministry: Paper) -> None:
    text = "\n".join(lines(ministry))
    assert "khoản 3 Điều 38 Luật số 68/2020/QH14 [đã đối chiếu]" in text
    assert "Điều 4 Nghị định số 999/2025/NĐ-CP [chưa đối chiếu]" in text


def test_opinions_that_are_not_open_are_not_printed(overall: Paper) -> None:
    text = "\n".join(lines(overall))
    assert (
        "đối với 02 phát hiện: thống nhất 01, chưa thống nhất 01. Còn 04 phát hiện chưa đủ" in text
    )
    opinions = next(
        t for t in overall.element.body.findall(qn("w:tbl")) if "Ý kiến thành viên" in words(t)
    )
    assert len(opinions.findall(qn("w:tr"))) == 3  # head and the two open boards


def test_the_task_force_is_named_by_its_founding_decision(overall: Paper) -> None:
    text = "\n".join(lines(overall))
    assert "Quyết định số 236/QĐ-TTg ngày 12 tháng 02 năm 2020" in text
    assert "Tổ công tác 236" in text


def test_findings_in_laws_go_to_the_prime_minister(overall: Paper) -> None:
    text = lines(overall)
    place = text.index("VI. VẤN ĐỀ XIN Ý KIẾN THỦ TƯỚNG CHÍNH PHỦ")
    assert "Có 01 phát hiện tại luật" in text[place + 1]
    assert "906/2019/QH14" in text[place + 2]


def test_the_report_ends_with_the_sign_and_the_signature_stays_with_it(ministry: Paper) -> None:
    last = next(p for p in ministry.paragraphs if p.text.endswith("./."))
    assert last.paragraph_format.keep_with_next
    assert not any(p.text.endswith("../.") for p in ministry.paragraphs)


def test_tables_repeat_their_head_and_keep_rows_whole(ministry: Paper) -> None:
    for table in ministry.tables[1:]:
        rows = table._tbl.findall(qn("w:tr"))
        if len(rows) > 1:
            assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_annexes_count_their_pages_from_one_and_wide_ones_lie_across(ministry: Paper) -> None:
    annexes = ministry.sections[1:]
    starts = [s._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for s in annexes]
    assert starts == ["1"] * 4
    assert [s.page_width > s.page_height for s in annexes] == [True, True, False, False]


@pytest.mark.parametrize("name", BUILDS)
def test_the_stamp_stands_in_the_properties(name: str) -> None:
    core = opened(BUILDS[name]()).core_properties
    assert (core.author, core.identifier, core.version) == (
        "Nguyễn Thị Mẫu",
        reports.STAMP.digest,
        reports.STAMP.ruleset,
    )
    assert core.keywords == "THU-2026; as-of 2026-11-23; cut-off 2026-12-10"


# What goes to other ministries as it is carries the stamp in its properties only.
@pytest.mark.parametrize("name", sorted(set(BUILDS) - {"don-doc", "don-doc-van-ban", "thong-bao"}))
def test_the_stamp_stands_in_the_text(name: str) -> None:
    document = opened(BUILDS[name]())
    stamp = next(text for text in lines(document) if text.startswith("Thông tin trích xuất"))
    for part in (
        "Đợt rà soát thử 2026",
        "23/11/2026",
        "10:41",
        "a1b2c3d4e5f6",
        reports.STAMP.digest,
    ):
        assert part in stamp


def test_the_same_data_gives_the_same_document() -> None:
    first, second = (opened(BUILDS["bao-cao-bo"]()) for _ in range(2))
    assert lines(first) == lines(second)


@pytest.mark.parametrize(
    ("undecided", "advice"),
    [(0, "Văn bản không có vướng mắc thì không lập phiếu"), (3, "còn 3 gợi ý chưa quyết định")],
)
def test_a_sheet_is_refused_for_an_act_without_problems(undecided: int, advice: str) -> None:
    made = reports.sheet()
    with pytest.raises(RasoatError, match=advice) as refused:
        review_sheet.build(replace(made, items=(), act=replace(made.act, undecided=undecided)))
    assert refused.value.code == "RS-704"


def _divided(findings: int) -> ReportData:
    """Return a report of all ministries whose members are divided on so many findings."""
    acts = tuple(reports.act(number, "BYT") for number in range(1, 4))
    first = reports.finding(1, acts[0], "", "")
    lines = tuple(
        replace(
            first,
            finding_id=number,
            path=f"dieu-{number}",
            label=f"Điều {number}",
            severity=4 if number == findings else 2,
        )
        for number in range(1, findings + 1)
    )
    boards = tuple(
        BoardLine(
            line.finding_id,
            opened=True,
            given=3,
            opinions=(
                OpinionLine("BTP", "thong_nhat", "Thống nhất"),
                OpinionLine(
                    "BCA",
                    "mot_phan",
                    "Thống nhất một phần",
                    wording="Chờ dữ liệu " + "rất lâu " * 60,
                ),
            ),
        )
        for line in lines
    )
    row = SummaryLine(
        "BYT", "Bộ Y tế", 3, 3, 1, findings, findings,
        {"Thông tư": 1}, {"A": findings}, {"BB": findings}, 0, findings, findings,
    )  # fmt: skip
    return reports.assemble(acts, lines, boards, (row,), reports.TASK_FORCE)


def test_the_body_names_the_gravest_disputes_and_the_numbers_of_all_others() -> None:
    text = lines(opened(consolidated_report.build(_divided(15))))
    start = text.index("2. Vấn đề chưa thống nhất")
    end = text.index("3. Vấn đề thành viên Tổ công tác đề nghị bổ sung hoặc có phương án khác")
    told = text[start + 1 : end]
    assert len(told) == 11
    assert told[0].startswith("- Điều 15 Thông tư số 901/2021/TT-BYT")
    assert told[0].endswith("(mã 15): BTP thống nhất, BCA thống nhất một phần;")
    assert told[-1] == "- 05 phát hiện khác, ghi tại các phụ lục (mã 10, 11, 12, 13, 14)."


def test_what_members_say_alike_is_said_once_with_the_numbers_it_holds_for() -> None:
    text = lines(opened(consolidated_report.build(_divided(3))))
    start = text.index("3. Vấn đề thành viên Tổ công tác đề nghị bổ sung hoặc có phương án khác")
    assert text[start + 1].startswith("- BCA: Chờ dữ liệu rất lâu")
    assert text[start + 1].endswith("[…] (03 phát hiện, mã 1, 2, 3).")


def test_short_rows_stay_whole_and_long_ones_may_break() -> None:
    """A long row kept whole leaves half a page empty, and one higher than a page is cut off."""
    long = "Hồ sơ nộp kèm bản sao sổ hộ khẩu. " * 60
    writer = Writer("Báo cáo", "về việc thử", reports.MINISTRY)
    writer.table((Column("STT", 10), Column("Nội dung", 100)), [("1", "Ngắn."), ("2", long)])
    document = opened(writer.finish(reports.CAMPAIGN, reports.STAMP))
    rows = document.tables[-1].rows
    whole = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows]
    assert whole == [True, True, False]


def test_a_row_of_marked_words_is_as_high_as_the_words_it_shows() -> None:
    data = reports.ministry()
    first = data.findings[0]
    text = "b) Bản sao sổ hộ khẩu của người đề nghị, nộp kèm theo đơn; " * 6  # seven lines
    changed = replace(first, text=text, proposal=replace(first.proposal, new_text=text))
    made = replace(data, findings=(changed, *data.findings[1:]))
    for build in (comparison.build, comparison.build_tracked):
        table = opened(build(reports.headed(made, "BSS-BYT"))).tables[-1]
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


@pytest.mark.parametrize(("rows", "kept"), [(4, True), (30, False)])
def test_a_titled_table_of_few_rows_stays_on_one_page(rows: int, kept: bool) -> None:
    writer = Writer("Báo cáo", "về việc thử", reports.MINISTRY)
    lines_ = [(str(number), "Bộ Y tế") for number in range(rows)]
    writer.table((Column("STT", 10), Column("Bộ", 100)), lines_, "Bảng 1. Thử")
    table = opened(writer.finish(reports.CAMPAIGN, reports.STAMP)).tables[-1]
    marks = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert marks == ([True] * rows + [None] if kept else [None] * (rows + 1))


def test_control_characters_in_a_provision_do_not_break_the_file() -> None:
    data = reports.ministry()
    dirty = replace(data.findings[0], text="b)\x00 Bản sao\x07 sổ\x0bhộ khẩu <w:p/> & «»")
    document = opened(ministry_report.build(replace(data, findings=(dirty, *data.findings[1:]))))
    assert "b) Bản sao sổ hộ khẩu <w:p/> & «»" in "\n".join(lines(document))


def test_a_long_provision_is_cut_in_print_and_says_so() -> None:
    data = reports.ministry()
    long = replace(data.findings[0], text="chữ " * 1000)
    document = opened(ministry_report.build(replace(data, findings=(long, *data.findings[1:]))))
    assert any("(toàn văn trong tệp Excel)" in text for text in lines(document))


def _empty(data: ReportData) -> ReportData:
    return reports.assemble((), (), (), (), data.head)


def test_a_campaign_without_acts_still_gives_a_report() -> None:
    document = opened(ministry_report.build(_empty(reports.ministry())))
    assert "Không có." in lines(document)


@pytest.mark.parametrize(
    ("text", "size", "bold", "points"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, 269.3),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, 171.1),
        ("", 14, True, 0),
    ],
)
def test_line_lengths_are_those_of_times_new_roman(
    text: str, size: float, bold: bool, points: float
) -> None:
    assert width(text, size, bold=bold) == pytest.approx(points, rel=0.01)


def test_a_long_title_is_broken_into_even_lines() -> None:
    text = "Kết quả rà soát quy định về nộp, xuất trình giấy tờ và xác nhận cư trú"
    broken = wrap(text, 14, 300, bold=True)
    assert " ".join(broken) == text
    assert all(width(line, 14, bold=True) <= 300 for line in broken)


def test_the_minutes_name_who_met_what_was_decided_and_who_is_charged() -> None:
    text = "\n".join(lines(opened(BUILDS["bien-ban"]())))
    for part in (
        "BIÊN BẢN", "ngày 20 tháng 11 năm 2026, tại phòng họp giả định", "Trần Văn Thử, Chuyên viên",
        "Thống nhất bỏ giấy tờ này.", "Bộ Y tế: Hoàn thiện đề xuất (mã 11), trước ngày 15/01/2027",
        "CHỦ TỌA",
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1. Lập thành 03 bộ, nộp trực tiếp.", "1. Lập thành 01 bộ, nộp trực tiếp, trực tuyến."),
        ("a) Sổ  hộ khẩu;\nb) Đơn.", "a) Căn cước;\nb) Đơn."),
        ("Như cũ.", "Như cũ."),
        ("", "Mới."),
        ("Cũ.", ""),
    ],
)
def test_both_texts_stand_in_a_comparison_to_the_letter(old: str, new: str) -> None:
    found = redline.changes(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "them") == old
    assert "".join(piece.text for piece in found if piece.kind != "bot") == new


def test_a_draft_act_is_not_sent_to_those_above() -> None:
    assert "- Như trên;" not in lines(opened(BUILDS["du-thao"]()))


def test_tracked_changes_are_those_of_word() -> None:
    document = opened(BUILDS["bang-so-sanh-theo-doi"]())
    made = list(document.element.body.iter(qn("w:ins"), qn("w:del")))
    assert {change.get(qn("w:author")) for change in made} == {"Nguyễn Thị Mẫu"}
    assert len({change.get(qn("w:id")) for change in made}) == len(made)
    gone = "".join(node.text or "" for node in document.element.body.iter(qn("w:delText")))
    assert "03" in gone
    assert not any(
        True for change in made for run in change.iter(qn("w:del")) for _ in run.iter(qn("w:t"))
    )


def charts(document: Paper) -> list[BaseOxmlElement]:
    """Return the charts in the order of the text."""
    return [
        parse_xml(document.part.rels[found.get(qn("r:id"))].target_part.blob)
        for found in document.element.body.iter(qn("c:chart"))
    ]


def drawn(chart: BaseOxmlElement) -> dict[str, dict[str, int]]:
    """Return what a chart shows: by segment, the value of each bar; nought is not drawn."""
    shown = {}
    for series in chart.iter(qn("c:ser")):
        name = series.find(f"{qn('c:tx')}//{qn('c:v')}").text
        bars = {p.get("idx"): p[0].text for p in series.find(qn("c:cat")).iter(qn("c:pt"))}
        values = {p.get("idx"): int(p[0].text) for p in series.find(qn("c:val")).iter(qn("c:pt"))}
        shown[name] = {bars[place]: value for place, value in values.items()}
    return shown


def test_charts_show_the_figures_of_the_rows(overall: Paper) -> None:
    data = reports.overall()
    progress, groups = map(drawn, charts(overall))
    assert sum(progress["Văn bản đã rà soát"].values()) == data.figures.reviewed
    left = progress["Văn bản chưa rà soát xong"]
    assert sum(left.values()) == data.figures.acts - data.figures.reviewed
    assert left == {"Bộ Y tế": 1}
    assert sum(sum(values.values()) for values in groups.values()) == data.figures.findings
    assert groups["M4 · Trái trực tiếp"] == {"A. Sổ hộ khẩu, sổ tạm trú": 2}


def test_a_chart_is_told_to_those_who_cannot_see_it(overall: Paper) -> None:
    told = [found.get("descr") for found in overall.element.body.iter(qn("wp:docPr"))]
    assert told[0] == (
        "Bộ Khoa học và Công nghệ: văn bản đã rà soát 2, văn bản chưa rà soát xong 0; "
        "Bộ Y tế: văn bản đã rà soát 3, văn bản chưa rà soát xong 1"
    )


def test_the_numbers_of_a_chart_can_be_edited_in_word(overall: Paper) -> None:
    relation = next(overall.element.body.iter(qn("c:chart"))).get(qn("r:id"))
    inside = overall.part.rels[relation].target_part.rels["rId1"].target_part
    page = openpyxl.load_workbook(io.BytesIO(inside.blob)).active
    assert [[cell.value for cell in row] for row in page] == [
        [None, "Văn bản đã rà soát", "Văn bản chưa rà soát xong"],
        ["Bộ Khoa học và Công nghệ", 2, 0],
        ["Bộ Y tế", 3, 1],
    ]


def test_a_campaign_without_findings_has_no_empty_chart() -> None:
    assert charts(opened(ministry_report.build(_empty(reports.ministry())))) == []


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("lay-y-kien", ["Phụ lục"]),
        ("bang-so-sanh", ["Phụ lục"]),
        ("to-trinh", ["Phụ lục"]),
        ("bao-cao-bo", ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]),
    ],
)
def test_annexes_are_numbered_where_there_are_several(name: str, labels: list[str]) -> None:
    found = [
        text for text in lines(opened(BUILDS[name]())) if re.fullmatch("Phụ lục( [IV]+)?", text)
    ]
    assert found == labels


def test_the_report_to_the_prime_minister_lists_the_acts_to_be_amended(overall: Paper) -> None:
    tables = overall.element.body.findall(qn("w:tbl"))
    found = next(t for t in tables if "Nội dung, lý do kiến nghị" in words(t))
    told = words(found)
    assert set(re.findall(r"\(mã (\d+)\)", told)) == {
        str(line.finding_id)
        for line in reports.overall().findings
        if line.proposal and line.proposal.handling != "GN"
    }
    assert "I. BỘ KHOA HỌC VÀ CÔNG NGHỆ" in told


def test_the_report_to_the_prime_minister_tells_meetings_and_what_was_concluded(
    overall: Paper,
) -> None:
    text = "\n".join(lines(overall))
    assert "Tổ công tác 236 đã tổ chức 01 cuộc họp" in text
    assert "Cuộc họp số 03 ngày 20/11/2026, Lĩnh vực y tế (Bộ Y tế): 02 phát hiện" in text
    opinions = next(
        t for t in overall.element.body.findall(qn("w:tbl")) if "Ý kiến thành viên" in words(t)
    )
    last = [words(cell) for cell in opinions.findall(qn("w:tr"))[2].findall(qn("w:tc"))]
    assert last[-3:] == [
        "Thống nhất một phần; lý do: cần dữ liệu",
        "Giải trình; dữ liệu đã kết nối",
        "Chưa thống nhất",
    ]


def test_a_draft_is_submitted_to_whom_it_is_for() -> None:
    text = lines(opened(BUILDS["to-trinh"]()))
    assert "TỜ TRÌNH" in text
    assert "Kính gửi: Chính phủ." in text
    assert "Dự thảo gồm 03 điều: 01 điều sửa đổi" in "\n".join(text)
    split = "- khoản 1 Điều 7 Nghị định số 901/2019/NĐ-CP: BTP thống nhất, BCA thống nhất, VPCP"
    assert any(line.startswith(split) for line in text)


def test_a_circular_is_submitted_to_the_minister_by_the_legal_department() -> None:
    data = reports.headed(reports.ministry(), "TTr-BYT")
    own = next(key for key in amending_act.choices(data) if key.startswith("Thông tư"))
    text = lines(opened(submission.build(amending_act.DraftOrder(data, own))))
    assert {"VỤ PHÁP CHẾ", "VỤ TRƯỞNG", "Kính gửi: Bộ trưởng Bộ Y tế."} <= set(text)
    assert any(line.endswith("/TTr-PC") for line in text)


def test_a_paper_on_a_draft_that_nothing_calls_for_is_refused() -> None:
    with pytest.raises(RasoatError, match="RS-704"):
        submission.build(amending_act.DraftOrder(reports.ministry(), "Luật của Quốc hội"))


def test_the_minutes_are_signed_over_the_names() -> None:
    text = lines(opened(BUILDS["bien-ban"]()))
    assert text[text.index("THƯ KÝ") + 1] == "Lê Thử"
    assert text[text.index("CHỦ TỌA") + 1] == "Nguyễn Thử"


def test_a_sheet_says_whether_the_act_is_in_force() -> None:
    assert "Tình trạng hiệu lực tại ngày 23/11/2026" in lines(opened(BUILDS["phieu"]()))


# --- the programme -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def thematic() -> str:
    return "\n".join(lines(opened(BUILDS["bao-cao-chuyen-de"]())))


@pytest.mark.parametrize(
    "sentence",
    [
        "4. Cấp bản điện tử giấy tờ hộ tịch và liên thông thủ tục hành chính",
        "5. Số hóa sổ hộ tịch và đăng ký hộ tịch trực tuyến",
        "6. Kết nối phần mềm chuyên ngành với cơ sở dữ liệu quốc gia về dân cư",
        "Chương trình lập pháp hằng năm năm 2026: 01 dự án",
        "Có 03 văn bản phải sửa; hạn gần nhất là trước ngày 01/03/2027, còn 98 ngày.",
        "06 quy định phải áp dụng lại như đã in, trong 08 quy định chưa sửa",
        "Đã số hóa: 9.500.000,5 dữ liệu, tính đến 23/11/2026 (Báo cáo giả định; chưa đối chiếu)",
        "Chưa ghi nhiệm vụ nào ở mục này.",
        "01 nhiệm vụ quá hạn: NV-2",
        "Lập dự án cho 02 văn bản phải sửa chưa có dự án",
        "Nâng mức sẵn sàng của 01 nguồn điện tử: Cơ sở dữ liệu giả định",
    ],
)
def test_the_thematic_report_says_what_the_rows_say(thematic: str, sentence: str) -> None:
    assert sentence in thematic


def test_of_each_figure_the_newest_is_named() -> None:
    data = chasing.thematic()
    task = data.tasks[0]
    older = replace(task.figures[0], input=replace(task.figures[0].input, value=7.0))
    both = replace(data, tasks=(replace(task, figures=(*task.figures, older)),))
    text = "\n".join(lines(opened(thematic_report.build(both))))
    assert "Đã số hóa: 9.500.000,5 dữ liệu" in text
    assert "Đã số hóa: 7 dữ liệu" not in text


def test_letters_chase_each_ministry_with_its_own_acts() -> None:
    text = lines(opened(BUILDS["don-doc-van-ban"]()))
    byt, bkhcn = (index for index, line in enumerate(text) if line.startswith("Thực hiện đợt"))
    assert "951/2020/TT-BYT" in "\n".join(text[byt:bkhcn])
    assert "953/2020/TT-BKHCN" not in "\n".join(text[byt:bkhcn])
    assert "953/2020/TT-BKHCN" in "\n".join(text[bkhcn:])
    assert "01 văn bản chưa có dự án sửa đổi. 01 văn bản có nguy cơ trễ" in "\n".join(text)


def test_nobody_is_chased_where_everything_is_issued() -> None:
    with pytest.raises(RasoatError, match="RS-704"):
        chasing_letters.build(replace(chasing.letters(), letters=()))


def test_each_chased_ministry_has_a_file_of_its_own() -> None:
    with zipfile.ZipFile(io.BytesIO(chasing_letters.build_files(chasing.letters()))) as package:
        assert package.namelist() == [
            "don-doc-sua-van-ban_BYT.docx",
            "don-doc-sua-van-ban_BKHCN.docx",
        ]


def test_a_new_form_goes_with_the_draft_on_a_page_of_its_own(tmp_path: Path) -> None:
    data = reports.ministry()
    old = next(line for line in data.findings if line.path.startswith("mau-02"))
    new_text = "TỜ KHAI\n1. Số định danh cá nhân: ……"
    proposal = replace(old.proposal, handling="TT", handling_name="Thay thế", new_text=new_text)
    form = replace(old, path="mau-02", label="Mẫu số 02", text="Mẫu số 02", proposal=proposal)
    data = replace(
        data,
        summary=(),
        findings=tuple(form if line is old else line for line in data.findings),
        digest=tuple(
            replace(line, path="mau-02") if line.finding_id == old.finding_id else line
            for line in data.digest
        ),
    )
    content = amending_act.build(amending_act.DraftOrder(data, "Thông tư của Bộ Y tế"))
    text = lines(opened(content))
    assert any("Mẫu số 02 bằng Mẫu số 02 ban hành kèm theo Thông tư này" in line for line in text)
    place = text.index("Mẫu số 02")
    assert text[place + 2 : place + 4] == ["TỜ KHAI", "1. Số định danh cá nhân: ……"]
    path = tmp_path / "du-thao.docx"
    path.write_bytes(content)
    assert [deviation.sentence() for deviation in lint(path)] == []
