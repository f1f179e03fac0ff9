"""Rules about the head of a document, its title, its lines and its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from exports.docx_reading import Look, Reading, words
from exports.layout import Layout
from exports.lint_page import is_bordered
from exports.lint_records import Deviation, excerpt
from exports.word.metrics import width as line_width

_NUMBER = re.compile(r"^(?:Số|(?:Luật|Pháp lệnh) số):\s*(\d*)\s*/?\s*\S*")
_DATE = re.compile(r"ngày\s*(\d*)\s*tháng\s*(\d*)\s*năm\s*(\d*)")
_EMU_PER_TWIP = 635
_UNDERSCORES = re.compile(r"_{3,}|[─—-]{4,}")


def _paragraphs(element: BaseOxmlElement) -> list[BaseOxmlElement]:
    return [p for p in element.iter(qn("w:p")) if words(p).strip()]


def _head_table(blocks: list[BaseOxmlElement]) -> BaseOxmlElement | None:
    return blocks[0] if blocks and blocks[0].tag == qn("w:tbl") else None


def head(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check issuer, nation, motto, number, place and date, and the lines below them."""
    for blocks in reading.papers():
        yield from _head(reading, layout, _head_table(blocks))


def _head(reading: Reading, layout: Layout, table: BaseOxmlElement | None) -> Iterator[Deviation]:
    if table is None:
        yield Deviation("khung_dau", "đầu văn bản", "không có bảng đầu văn bản")
        return
    if is_bordered(table):
        yield Deviation("khung_dau", "đầu văn bản", "bảng có kẻ khung")
    cells = list(table.iter(qn("w:tc")))
    paragraphs = _paragraphs(table)
    looks = [reading.look(paragraph) for paragraph in paragraphs]
    yield from _nation(layout, looks)
    yield from _motto(reading, layout, paragraphs, looks)
    yield from _issuer(reading, layout, cells[0])
    yield from _number(layout, looks)
    yield from _subject_of_letter(layout, looks)
    yield from _place_and_date(layout, looks)


def _nation(layout: Layout, looks: list[Look]) -> Iterator[Deviation]:
    found = [look for look in looks if look.text.strip().upper().startswith("CỘNG H")]
    if not found or found[0].text.strip() != layout.nation:
        text = excerpt(found[0].text) if found else "không có"
        yield Deviation("quoc_hieu", "đầu văn bản", text)
    for look in found[:1]:
        allowed = layout.sizes["quoc_hieu"].allows(look.size)
        if not (allowed and look.bold and not look.italic):
            yield Deviation("quoc_hieu", "đầu văn bản", _format(look))


def _motto(
    reading: Reading, layout: Layout, paragraphs: list[BaseOxmlElement], looks: list[Look]
) -> Iterator[Deviation]:
    for paragraph, look in zip(paragraphs, looks, strict=True):
        if look.text.strip().lower().startswith("độc lập"):
            allowed = layout.sizes["tieu_ngu"].allows(look.size)
            if look.text.strip() != layout.motto or not (allowed and look.bold):
                yield Deviation("tieu_ngu", "đầu văn bản", f"{excerpt(look.text)}, {_format(look)}")
            yield from _line_below(reading, layout, paragraph, look, "tieu_ngu")
            return
    yield Deviation("tieu_ngu", "đầu văn bản", "không có")


def _issuer(reading: Reading, layout: Layout, cell: BaseOxmlElement) -> Iterator[Deviation]:
    paragraphs = _paragraphs(cell)
    if not paragraphs:
        yield Deviation("co_quan", "đầu văn bản", "không có tên cơ quan ban hành")
        return
    last = paragraphs[-1]
    look = reading.look(last)
    allowed = layout.sizes["co_quan"].allows(look.size)
    if not (allowed and look.bold and look.text == look.text.upper()):
        yield Deviation("co_quan", excerpt(look.text), _format(look))
    yield from _line_below(reading, layout, last, look, "co_quan")


def _number(layout: Layout, looks: list[Look]) -> Iterator[Deviation]:
    found = [(look, match) for look in looks if (match := _NUMBER.match(look.text.strip()))]
    if not found:
        yield Deviation("so_ky_hieu", "đầu văn bản", "không có «Số:»")
    for look, match in found[:1]:
        digits = match.group(1)
        if not layout.sizes["so_ky_hieu"].allows(look.size) or look.italic or look.bold:
            yield Deviation("so_ky_hieu", excerpt(look.text), _format(look))
        if len(digits) == 1:
            yield Deviation("so_ky_hieu", excerpt(look.text), "thiếu số 0 ở trước")


def _subject_of_letter(layout: Layout, looks: list[Look]) -> Iterator[Deviation]:
    for look in looks:
        if not look.text.strip().startswith("V/v"):
            continue
        allowed = layout.sizes["trich_yeu_cong_van"].allows(look.size)
        if not allowed or look.bold or look.italic or look.align != "center":
            yield Deviation("trich_yeu_cong_van", excerpt(look.text), _format(look))


def _place_and_date(layout: Layout, looks: list[Look]) -> Iterator[Deviation]:
    found = [(look, match) for look in looks if (match := _DATE.search(look.text))]
    if not found:
        yield Deviation("dia_danh", "đầu văn bản", "không có địa danh, ngày, tháng, năm")
    for look, match in found[:1]:
        day, month, _ = match.groups()
        if not layout.sizes["dia_danh"].allows(look.size) or not look.italic or look.bold:
            yield Deviation("dia_danh", excerpt(look.text), _format(look))
        if len(day) == 1 or month in ("1", "2"):
            yield Deviation("dia_danh", excerpt(look.text), "thiếu số 0 ở trước")


def _format(look: Look) -> str:
    shape = " ".join(name for name, on in (("đậm", look.bold), ("nghiêng", look.italic)) if on)
    return f"cỡ {look.size:g}, {shape or 'thường'}"


def _line_below(
    reading: Reading, layout: Layout, paragraph: BaseOxmlElement, look: Look, kind: str
) -> Iterator[Deviation]:
    """Check the rule under a line of words: drawn, and as long as it must be."""
    rule, place = f"ke_{kind}", excerpt(look.text)
    if _own_drawing(paragraph) is not None:
        return  # a drawn shape: its length is not measured
    below = paragraph.getnext()
    if below is None or below.tag != qn("w:p"):
        yield Deviation(rule, place, "không có đường kẻ")
        return
    if _own_drawing(below) is not None:
        return
    if below.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:top')}") is None:
        yield Deviation(rule, place, "không có đường kẻ")
        return
    room = _room(reading, below)
    indents = sum(
        float(reading.value(below, "pPr", "w:ind", f"w:{side}") or 0) for side in ("left", "right")
    )
    long = line_width(look.text.strip(), look.size, bold=look.bold) * 20
    share = (room - indents) / long if long else 0.0
    if not layout.lines[kind].allows(share, 0.03):
        yield Deviation(rule, place, f"đường kẻ dài {share:.2f} lần dòng chữ")


def _own_drawing(paragraph: BaseOxmlElement) -> BaseOxmlElement | None:
    drawing = paragraph.find(f".//{qn('w:drawing')}")
    return drawing if drawing is not None else paragraph.find(f".//{qn('w:pict')}")


def _room(reading: Reading, paragraph: BaseOxmlElement) -> float:
    """Return the width a paragraph stands in (twips): its cell, or the page between margins."""
    cell = paragraph.getparent()
    if cell.tag == qn("w:tc"):
        return float(cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}").get(qn("w:w")))
    section = reading.document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    return width / _EMU_PER_TWIP


def title(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check type of document and subject, and the line below; a công văn has neither."""
    for blocks in reading.papers():
        if not _is_letter(blocks):
            yield from _title(reading, layout, blocks)


def _is_letter(blocks: list[BaseOxmlElement]) -> bool:
    table = _head_table(blocks)
    return table is not None and any(
        words(paragraph).strip().startswith("V/v") for paragraph in _paragraphs(table)
    )


def _title(reading: Reading, layout: Layout, blocks: list[BaseOxmlElement]) -> Iterator[Deviation]:
    lines = [b for b in blocks if b.tag == qn("w:p") and words(b).strip()]
    if not lines:
        yield Deviation("ten_loai", "văn bản", "không có nội dung")
        return
    look = reading.look(lines[0])
    allowed = layout.sizes["ten_loai"].allows(look.size)
    upper = look.text == look.text.upper()
    if not (allowed and look.bold and upper and look.align == "center"):
        yield Deviation("ten_loai", excerpt(look.text), f"{_format(look)}, canh {look.align}")
    subject = lines[0]
    for line in lines[1:]:
        following = reading.look(line)
        if not (following.bold and following.align == "center"):
            break
        subject = line
    if subject is not lines[0]:
        look = reading.look(subject)
        yield from _line_below(reading, layout, subject, look, "trich_yeu")


def underlines(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check that lines are drawn, not typed and not underlined."""
    near = [
        paragraph
        for blocks in reading.papers()
        if (table := _head_table(blocks)) is not None
        for paragraph in (
            *table.iter(qn("w:p")),
            *(b for b in blocks[1:12] if b.tag == qn("w:p")),
        )
    ]
    for paragraph in near:
        look = reading.look(paragraph)
        if look.underlined:
            yield Deviation("net_ve", excerpt(look.text), "chữ gạch dưới")
        if _UNDERSCORES.search(look.text):
            yield Deviation("net_ve", excerpt(look.text), "dấu gạch nối dài")


def closing(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check «./.», the recipients and the signature block."""
    for blocks in reading.papers():
        yield from _closing(reading, layout, blocks)


def legal_bases(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check that the bases of a decision or an act are italic, «;» after each."""
    for blocks in reading.papers():
        for block in blocks:
            if block.tag != qn("w:p"):
                continue
            look = reading.look(block)
            text = look.text.strip()
            if text.startswith("Căn cứ ") and text.endswith(";") and not look.italic:
                yield Deviation("can_cu", excerpt(text), _format(look))


def _closing(
    reading: Reading, layout: Layout, blocks: list[BaseOxmlElement]
) -> Iterator[Deviation]:
    paragraphs = [b for b in blocks if b.tag == qn("w:p") and words(b).strip()]
    kind = words(paragraphs[0]).strip().upper() if paragraphs else ""
    tables = [block for block in blocks if block.tag == qn("w:tbl")]
    end = tables[-1] if len(tables) > 1 else None
    if kind.startswith(layout.forms):
        return
    if not any(words(block).rstrip().endswith(layout.ending) for block in paragraphs):
        yield Deviation("ket_thuc", "cuối văn bản", "không có «./.»")
    recipients = _paragraphs(end) if end is not None else []
    starts = [p for p in recipients if words(p).strip() == "Nơi nhận:"]
    if not starts:
        yield Deviation("noi_nhan", "cuối văn bản", "không có «Nơi nhận:»")
        return
    yield from _recipients(reading, layout, starts[0])
    yield from _signature(reading, layout, end, paragraphs[-1])


def _recipients(reading: Reading, layout: Layout, start: BaseOxmlElement) -> Iterator[Deviation]:
    look = reading.look(start)
    if not (layout.sizes["noi_nhan"].allows(look.size) and look.bold and look.italic):
        yield Deviation("noi_nhan", excerpt(look.text), _format(look))
    for paragraph in _paragraphs(start.getparent())[1:]:
        line = reading.look(paragraph)
        if not layout.sizes["noi_nhan_dong"].allows(line.size) or line.italic or line.bold:
            yield Deviation("noi_nhan", excerpt(line.text), _format(line))


def _signature(
    reading: Reading, layout: Layout, table: BaseOxmlElement | None, last: BaseOxmlElement
) -> Iterator[Deviation]:
    if table is None:
        return
    cells = table.findall(f"{qn('w:tr')}/{qn('w:tc')}")
    signed = _paragraphs(cells[-1])
    if not signed:
        yield Deviation("ky", "cuối văn bản", "không có chức vụ người ký")
        return
    look = reading.look(signed[0])
    upper = look.text == look.text.upper()
    if not (layout.sizes["ky"].allows(look.size) and look.bold and upper):
        yield Deviation("ky", excerpt(look.text), _format(look))
    if reading.value(last, "pPr", "w:keepNext") is None:
        yield Deviation("ky", excerpt(words(last)), "khối ký có thể tách sang trang khác")
