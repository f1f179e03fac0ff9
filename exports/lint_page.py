"""Rules about the page, the type, the body, tables and annexes."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from exports.docx_reading import Reading, has_head, words
from exports.layout import Layout, Value
from exports.lint_records import Deviation, excerpt
from exports.row_height import WHOLE_LINES, lines
from exports.word.oxml import FONT_SLOTS, TWIPS_PER_MM

_BODY_LENGTH = 60  # a shorter paragraph may be a heading or a line of a list
_BLACK = {"000000", "auto"}


def _mm(element: BaseOxmlElement | None, attribute: str) -> float:
    value = element.get(qn(attribute)) if element is not None else None
    return float(value) / TWIPS_PER_MM if value else 0.0


def _outside(value: Value, measured: float, tolerance: float = 0.2) -> bool:
    return not value.allows(measured, tolerance)


def paper(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check paper size, orientation and margins of every section."""
    for number, section in enumerate(reading.sections(), 1):
        place = f"phần {number}"
        size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
        width, height = _mm(size, "w:w"), _mm(size, "w:h")
        short, long = sorted((width, height))
        if _outside(layout.page["rong"], short) or _outside(layout.page["dai"], long):
            yield Deviation("kho_giay", place, f"{width:.0f} × {height:.0f} mm")
        if number == 1 and width > height:
            yield Deviation("huong_giay", place, "đặt ngang")
        for key, name in (("tren", "top"), ("duoi", "bottom"), ("trai", "left"), ("phai", "right")):
            measured = _mm(margins, f"w:{name}")
            if _outside(layout.page[f"le_{key}"], measured):
                side = {"tren": "trên", "duoi": "dưới", "trai": "trái", "phai": "phải"}[key]
                yield Deviation("le_giay", f"{place}, lề {side}", f"{measured:.1f} mm")


def fonts(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check that no other font is named, and that all four slots are filled by default."""
    strange: dict[str, str] = {}
    for place, part in reading.parts():
        for named in part.iter(qn("w:rFonts")):
            for name, value in named.attrib.items():
                if name.endswith("Theme"):
                    strange.setdefault(f"phông theo chủ đề ({value})", place)
                elif name != qn("w:hint") and value != layout.font:
                    strange.setdefault(value, place)
    for name, place in strange.items():
        yield Deviation("phong_chu", place, name)
    defaults = reading.document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    for slot in FONT_SLOTS:
        if defaults is None or defaults.get(qn(f"w:{slot}")) is None:
            yield Deviation("phong_chu", f"mặc định, ô {slot}", "không ghi phông")


def colours(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check that everything is black and nothing is highlighted."""
    for place, part in reading.parts():
        for colour in part.iter(qn("w:color")):
            value = colour.get(qn("w:val")) or "auto"
            if value not in _BLACK or colour.get(qn("w:themeColor")):
                yield Deviation("mau_chu", place, f"màu {value}")
        for mark in part.iter(qn("w:highlight")):
            yield Deviation("mau_chu", place, f"tô nền {mark.get(qn('w:val'))}")


def page_numbers(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check the PAGE field: in the header, centred, 13–14 upright, not on the first page."""
    fields = [
        paragraph
        for section in reading.document.sections
        if not section.header.is_linked_to_previous
        for paragraph in section.header._element.iter(qn("w:p"))
        if _has_page_field(paragraph)
    ]
    if not fields:
        yield Deviation("so_trang", "đầu trang", "không có số trang")
    for section in reading.document.sections:
        footer = section.footer
        if not footer.is_linked_to_previous and _has_page_field(footer._element):
            yield Deviation("so_trang", "chân trang", "số trang đặt ở chân trang")
            break
    for paragraph in fields:
        align = reading.value(paragraph, "pPr", "w:jc") or "left"
        if align != "center":
            yield Deviation("so_trang", "đầu trang", f"canh {align}")
        run = next(iter(paragraph.iter(qn("w:r"))), None)
        size = float(reading.value(paragraph, "rPr", "w:sz", run=run) or 20) / 2
        if not layout.sizes["so_trang"].allows(size):
            yield Deviation("co_chu_so_trang", "đầu trang", f"cỡ {size:g}")
    for number, section in enumerate(reading.document.sections, 1):
        first = section.first_page_header
        if not section.different_first_page_header_footer or _has_page_field(first._element):
            yield Deviation("so_trang_dau", f"phần {number}", "trang đầu có số trang")


def _has_page_field(part: BaseOxmlElement) -> bool:
    codes = [node.text or "" for node in part.iter(qn("w:instrText"))]
    codes += [node.get(qn("w:instr")) or "" for node in part.iter(qn("w:fldSimple"))]
    return any(code.split()[:1] == ["PAGE"] for code in codes)


def body_paragraphs(reading: Reading) -> list[BaseOxmlElement]:
    """Return the running text of every paper: after the head, before the signature."""
    return [made for blocks in reading.papers() for made in _running_text(reading, blocks)]


def _running_text(reading: Reading, blocks: list[BaseOxmlElement]) -> list[BaseOxmlElement]:
    tables = [place for place, block in enumerate(blocks) if block.tag == qn("w:tbl")]
    if len(tables) < 2:
        return []
    inner = blocks[tables[0] + 1 : tables[-1]]
    return [
        block
        for block in inner
        if block.tag == qn("w:p")
        and len(words(block)) > _BODY_LENGTH
        and reading.value(block, "pPr", "w:jc") != "center"
    ]


def body(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check size, justification, indent and spacing of the running text."""
    rule = layout.paragraph
    for paragraph in body_paragraphs(reading):
        look = reading.look(paragraph)
        place = excerpt(look.text)
        if not layout.sizes["noi_dung"].allows(look.size):
            yield Deviation("co_chu_noi_dung", place, f"cỡ {look.size:g}")
        if look.align != "both":
            yield Deviation("canh_deu", place, f"canh {look.align}")
        indent = float(reading.value(paragraph, "pPr", "w:ind", "w:firstLine") or 0)
        if not rule["thut_dau_dong"].allows(indent / TWIPS_PER_MM, 0.2):
            yield Deviation("thut_dau_dong", place, f"{indent / TWIPS_PER_MM / 10:.2f} cm")
        gap = max(
            float(reading.value(paragraph, "pPr", "w:spacing", f"w:{side}") or 0) / 20
            for side in ("before", "after")
        )
        if not rule["cach_doan"].allows(gap):
            yield Deviation("cach_doan", place, f"{gap:g} pt")
        # Word's «exact» heights are points, not lines: compared by the size of the type.
        kind = reading.value(paragraph, "pPr", "w:spacing", "w:lineRule") or "auto"
        line = float(reading.value(paragraph, "pPr", "w:spacing", "w:line") or 240)
        lines = line / 240 if kind == "auto" else line / 20 / (look.size * 1.15)
        if not rule["gian_dong"].allows(lines):
            yield Deviation("gian_dong", place, f"{lines:.2f} dòng")


def tables(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check that tables repeat their head, keep rows whole and do not justify cells."""
    for number, table in enumerate(_data_tables(reading), 1):
        place = f"bảng {number}"
        rows = table.findall(qn("w:tr"))
        if rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            yield Deviation("bang", place, "dòng tiêu đề không lặp lại")
        if any(_parts(reading, row) for row in rows):
            yield Deviation("bang", place, "có hàng bị tách qua trang")
        if any(reading.value(p, "pPr", "w:jc") == "both" for p in table.iter(qn("w:p"))):
            yield Deviation("bang", place, "chữ trong ô canh đều hai lề")


def _parts(reading: Reading, row: BaseOxmlElement) -> bool:
    """Whether a row may break over pages although it is short enough to stay on one."""
    if row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None:
        return False
    return all(_height(reading, cell) <= WHOLE_LINES for cell in row.findall(qn("w:tc")))


def _height(reading: Reading, cell: BaseOxmlElement) -> int:
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    if width is None or width.get(qn("w:type")) != "dxa":
        return 0
    looks = [reading.look(paragraph) for paragraph in cell.iter(qn("w:p"))]
    size = max((look.size for look in looks), default=0) or 1
    texts = (part for look in looks for part in look.text.split("\n") if part)
    return lines(texts, float(width.get(qn("w:w"))), size)


def _data_tables(reading: Reading) -> list[BaseOxmlElement]:
    return [table for table in reading.body.findall(qn("w:tbl")) if is_bordered(table)]


def is_bordered(table: BaseOxmlElement) -> bool:
    """Whether lines are drawn between the cells of a table."""
    borders = table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
    styled = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
    if borders is None:
        return styled is not None
    return any(side.get(qn("w:val")) not in ("nil", "none") for side in borders)


def annexes(reading: Reading, layout: Layout) -> Iterator[Deviation]:
    """Check the title of each annex and that its pages are counted from 1."""
    sections, properties = reading.section_blocks(), reading.sections()
    for number, blocks in enumerate(sections[1:], 1):
        paragraphs = [b for b in blocks if b.tag == qn("w:p") and words(b).strip()]
        annex = bool(paragraphs) and words(paragraphs[0]).strip().lower().startswith("phụ lục")
        if not annex and not has_head(blocks):
            continue
        place = f"phần {number + 1}"
        if annex:
            look = reading.look(paragraphs[0])
            place = excerpt(look.text)
            allowed = layout.sizes["phu_luc"].allows(look.size)
            if not (allowed and look.bold and look.align == "center"):
                yield Deviation("phu_luc", place, f"cỡ {look.size:g}, canh {look.align}")
        numbering = properties[number].find(qn("w:pgNumType"))
        if numbering is None or numbering.get(qn("w:start")) != "1":
            yield Deviation("so_trang_phu_luc", place, "đánh số tiếp theo văn bản")
