"""The lint: silent on our documents, and each kind of damage is named."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from corpus.errors import RasoatError
from exports.docx_reading import Reading, words
from exports.lint import lint, lint_reading
from exports.lint_records import rules
from exports.word import ministry_report
from exports.word.oxml import element, field
from tests.exports import reports
from tests.exports.test_word import BUILDS


@pytest.mark.parametrize("name", BUILDS)
def test_our_documents_have_no_deviation(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(BUILDS[name]())
    assert [deviation.sentence() for deviation in lint(path)] == []


@pytest.fixture(scope="module")
def sound() -> bytes:
    return ministry_report.build(reports.ministry())


def _paragraph(document: Paper, start: str) -> BaseOxmlElement:
    return next(
        p for p in document.element.body.iter(qn("w:p")) if words(p).strip().startswith(start)
    )


def _run_property(document: Paper, start: str, tag: str, **attributes: str) -> None:
    """Put a run property into every run of a paragraph, in place of the one it has."""
    for run in _paragraph(document, start).iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        if properties is None:
            properties = element("rPr")
            run.insert(0, properties)
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
        properties.append(element(tag, **attributes))


def _set_text(document: Paper, start: str, text: str) -> None:
    nodes = list(_paragraph(document, start).iter(qn("w:t")))
    for node in nodes:
        node.text = ""
    nodes[0].text = text


def _style(document: Paper, style_id: str, tag: str) -> BaseOxmlElement:
    styles = document.styles.element.findall(qn("w:style"))
    style = next(s for s in styles if s.get(qn("w:styleId")) == style_id)
    return next(style.iter(qn(f"w:{tag}")))


def _letter_paper(document: Paper) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(216), Mm(279)


def _landscape_body(document: Paper) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)


def _narrow_left_margin(document: Paper) -> None:
    document.sections[0].left_margin = Mm(20)


def _wide_right_margin(document: Paper) -> None:
    document.sections[0].right_margin = Mm(25)


def _another_font(document: Paper) -> None:
    _run_property(document, "Thực hiện", "rFonts", ascii="Arial", hAnsi="Arial")


def _east_asian_font(document: Paper) -> None:
    _style(document, "NoiDung", "rFonts").set(qn("w:eastAsia"), "MS Mincho")


def _slot_missing(document: Paper) -> None:
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    del defaults.attrib[qn("w:cs")]


def _blue_words(document: Paper) -> None:
    _run_property(document, "Thực hiện", "color", val="0070C0")


def _highlight(document: Paper) -> None:
    _run_property(document, "Thực hiện", "highlight", val="yellow")


def _small_body(document: Paper) -> None:
    _run_property(document, "Thực hiện", "sz", val="24")


def _ragged_body(document: Paper) -> None:
    _style(document, "NoiDung", "jc").set(qn("w:val"), "left")


def _no_indent(document: Paper) -> None:
    _style(document, "NoiDung", "ind").set(qn("w:firstLine"), "0")


def _no_gap(document: Paper) -> None:
    _style(document, "NoiDung", "spacing").set(qn("w:before"), "40")


def _double_spaced(document: Paper) -> None:
    _style(document, "NoiDung", "spacing").set(qn("w:line"), "480")


def _no_page_number(document: Paper) -> None:
    header = document.sections[0].header._element
    for paragraph in header.findall(qn("w:p")):
        header.remove(paragraph)
    header.append(element("p"))


def _page_number_right(document: Paper) -> None:
    paragraph = document.sections[0].header.paragraphs[0]._p
    paragraph.pPr.append(element("jc", val="right"))


def _page_number_in_foot(document: Paper) -> None:
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    footer.paragraphs[0]._p.extend(field("PAGE"))


def _page_number_on_page_one(document: Paper) -> None:
    document.sections[0].different_first_page_header_footer = False


def _small_page_number(document: Paper) -> None:
    for size in document.sections[0].header._element.iter(qn("w:sz")):
        size.set(qn("w:val"), "20")


def _nation_misspelt(document: Paper) -> None:
    _set_text(document, "CỘNG", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM ")


def _nation_too_big(document: Paper) -> None:
    _run_property(document, "CỘNG", "sz", val="32")


def _motto_with_long_dashes(document: Paper) -> None:
    _set_text(document, "Độc lập", "Độc lập – Tự do – Hạnh phúc")


def _motto_underlined(document: Paper) -> None:
    _run_property(document, "Độc lập", "u", val="single")


def _motto_without_line(document: Paper) -> None:
    below = _paragraph(document, "Độc lập").getnext()
    below.pPr.remove(below.pPr.find(qn("w:pBdr")))


def _motto_line_too_short(document: Paper) -> None:
    indent = _paragraph(document, "Độc lập").getnext().pPr.find(qn("w:ind"))
    indent.set(qn("w:left"), "2400")
    indent.set(qn("w:right"), "2400")


def _issuer_line_too_long(document: Paper) -> None:
    indent = _paragraph(document, "BỘ Y TẾ").getnext().pPr.find(qn("w:ind"))
    indent.set(qn("w:left"), "0")
    indent.set(qn("w:right"), "0")


def _issuer_not_bold(document: Paper) -> None:
    _run_property(document, "BỘ Y TẾ", "b", val="0")


def _typed_line(document: Paper) -> None:
    _set_text(document, "BỘ Y TẾ", "BỘ Y TẾ ______")


def _number_without_zero(document: Paper) -> None:
    _set_text(document, "Số:", "Số: 5/BC-BYT")


def _day_without_zero(document: Paper) -> None:
    _set_text(document, "Hà Nội", "Hà Nội, ngày 5 tháng 12 năm 2026")


def _date_upright(document: Paper) -> None:
    _run_property(document, "Hà Nội", "i", val="0")


def _head_with_lines(document: Paper) -> None:
    borders = document.tables[0]._tbl.tblPr.find(qn("w:tblBorders"))
    for side in borders:
        side.set(qn("w:val"), "single")


def _title_in_small_letters(document: Paper) -> None:
    _set_text(document, "BÁO CÁO", "Báo cáo")


def _subject_without_line(document: Paper) -> None:
    drawn = [p for p in document.paragraphs if p._p.find(f".//{qn('w:pBdr')}") is not None]
    drawn[0]._p.getparent().remove(drawn[0]._p)


def _no_ending(document: Paper) -> None:
    for node in document.element.body.iter(qn("w:t")):
        if node.text == "./.":
            node.text = "."


def _recipients_upright(document: Paper) -> None:
    _run_property(document, "Nơi nhận", "i", val="0")


def _recipients_too_big(document: Paper) -> None:
    _run_property(document, "- Như trên", "sz", val="28")


def _signature_in_small_letters(document: Paper) -> None:
    _set_text(document, "BỘ TRƯỞNG", "Bộ trưởng")


def _signature_may_part(document: Paper) -> None:
    last = _paragraph(document, "Trên đây")
    last.pPr.remove(last.pPr.find(qn("w:keepNext")))


def _table_head_once(document: Paper) -> None:
    properties = document.tables[1].rows[0]._tr.trPr
    properties.remove(properties.find(qn("w:tblHeader")))


def _table_rows_part(document: Paper) -> None:
    properties = document.tables[1].rows[1]._tr.trPr
    properties.remove(properties.find(qn("w:cantSplit")))


def _table_justified(document: Paper) -> None:
    document.tables[1].cell(1, 0).paragraphs[0]._p.pPr.append(element("jc", val="both"))


def _annex_counts_on(document: Paper) -> None:
    section = document.sections[1]._sectPr
    section.remove(section.find(qn("w:pgNumType")))


def _annex_title_small(document: Paper) -> None:
    _run_property(document, "Phụ lục I", "sz", val="24")


def _letter_subject_bold(document: Paper) -> None:
    _run_property(document, "V/v", "b")


def _second_letter_counts_on(document: Paper) -> None:
    section = document.sections[1]._sectPr
    section.remove(section.find(qn("w:pgNumType")))


def _second_letter_without_recipients(document: Paper) -> None:
    for node in list(document.element.body.iter(qn("w:t")))[::-1]:
        if node.text == "Nơi nhận:":
            node.text = "Gửi:"
            return


def _basis_upright(document: Paper) -> None:
    _run_property(document, "Căn cứ Luật", "i", val="0")


BROKEN_OTHERS: list[tuple[str, Callable[[Paper], None], str]] = [
    ("don-doc", _letter_subject_bold, "trich_yeu_cong_van"),
    ("don-doc", _second_letter_counts_on, "so_trang_phu_luc"),
    ("don-doc", _second_letter_without_recipients, "noi_nhan"),
    ("du-thao", _basis_upright, "can_cu"),
]


@pytest.mark.parametrize(("name", "damage", "rule"), BROKEN_OTHERS)
def test_damage_to_letters_and_drafts_is_named(
    name: str, damage: Callable[[Paper], None], rule: str
) -> None:
    document = Document(io.BytesIO(BUILDS[name]()))
    damage(document)
    assert rule in {deviation.rule for deviation in lint_reading(Reading(document))}


BROKEN: list[tuple[Callable[[Paper], None], str]] = [
    (_letter_paper, "kho_giay"),
    (_landscape_body, "huong_giay"),
    (_narrow_left_margin, "le_giay"),
    (_wide_right_margin, "le_giay"),
    (_another_font, "phong_chu"),
    (_east_asian_font, "phong_chu"),
    (_slot_missing, "phong_chu"),
    (_blue_words, "mau_chu"),
    (_highlight, "mau_chu"),
    (_small_body, "co_chu_noi_dung"),
    (_ragged_body, "canh_deu"),
    (_no_indent, "thut_dau_dong"),
    (_no_gap, "cach_doan"),
    (_double_spaced, "gian_dong"),
    (_no_page_number, "so_trang"),
    (_page_number_right, "so_trang"),
    (_page_number_in_foot, "so_trang"),
    (_page_number_on_page_one, "so_trang_dau"),
    (_small_page_number, "co_chu_so_trang"),
    (_nation_misspelt, "quoc_hieu"),
    (_nation_too_big, "quoc_hieu"),
    (_motto_with_long_dashes, "tieu_ngu"),
    (_motto_underlined, "net_ve"),
    (_motto_without_line, "ke_tieu_ngu"),
    (_motto_line_too_short, "ke_tieu_ngu"),
    (_issuer_line_too_long, "ke_co_quan"),
    (_issuer_not_bold, "co_quan"),
    (_typed_line, "net_ve"),
    (_number_without_zero, "so_ky_hieu"),
    (_day_without_zero, "dia_danh"),
    (_date_upright, "dia_danh"),
    (_head_with_lines, "khung_dau"),
    (_title_in_small_letters, "ten_loai"),
    (_subject_without_line, "ke_trich_yeu"),
    (_no_ending, "ket_thuc"),
    (_recipients_upright, "noi_nhan"),
    (_recipients_too_big, "noi_nhan"),
    (_signature_in_small_letters, "ky"),
    (_signature_may_part, "ky"),
    (_table_head_once, "bang"),
    (_table_rows_part, "bang"),
    (_table_justified, "bang"),
    (_annex_counts_on, "so_trang_phu_luc"),
    (_annex_title_small, "phu_luc"),
]


@pytest.mark.parametrize(("damage", "rule"), BROKEN, ids=lambda v: getattr(v, "__name__", None))
def test_each_damage_is_named(damage: Callable[[Paper], None], rule: str, sound: bytes) -> None:
    document = Document(io.BytesIO(copy.copy(sound)))
    damage(document)
    found = lint_reading(Reading(document))
    assert rule in {deviation.rule for deviation in found}, [d.sentence() for d in found]


def test_a_long_row_may_break_over_pages(sound: bytes) -> None:
    document = Document(io.BytesIO(copy.copy(sound)))
    _table_rows_part(document)
    document.tables[1].rows[1].cells[0].paragraphs[0].add_run("hồ sơ nộp kèm bản sao " * 60)
    found = lint_reading(Reading(document))
    assert "hàng bị tách" not in " ".join(deviation.sentence() for deviation in found)


def test_every_rule_can_fail() -> None:
    assert set(rules()) == {rule for *_, rule in (*BROKEN, *BROKEN_OTHERS)}


def test_a_plain_document_is_told_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "plain.docx"
    document = Document()
    document.add_paragraph("Một đoạn văn bản dài hơn sáu mươi ký tự, không theo thể thức nào cả.")
    document.save(str(path))
    found = {deviation.rule for deviation in lint(path)}
    assert {"kho_giay", "khung_dau", "so_trang", "phong_chu", "noi_nhan", "ket_thuc"} <= found


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_a_file_that_is_no_word_document_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(content)
    with pytest.raises(RasoatError) as refused:
        lint(path)
    assert refused.value.code == "RS-705"
